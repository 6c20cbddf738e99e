"""Feeds of some of the station's episodes: which are whose, and their documents and pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nashra.arabic.letters import strip_marks
from nashra.configuration import FILE
from nashra.errors import FeedError
from nashra.settings import Show, Strand, StrandShow, Subscribe
from nashra.store import read, sha256, storing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nashra.feed.listing import Channel
    from nashra.model import Episode
    from nashra.station import Station

_ASKED = ("categories", "tags", "authors")
_COMMA = re.compile("[,،;؛]")


@dataclass(frozen=True, slots=True)
class Live:
    """A strand that has episodes, newest first; `key` changes with whatever its files are made from."""

    strand: Strand
    show: StrandShow
    episodes: tuple[Episode, ...]
    key: str

    @property
    def name(self) -> str:
        """What its files are called by."""
        return self.strand.name

    @property
    def slugs(self) -> frozenset[str]:
        """Which episodes it has."""
        return frozenset(each.slug for each in self.episodes)


class Stories(NamedTuple):
    """What all feeds share, by slug: keys of episodes, files beside them with their bytes, the unchanged."""

    keys: Mapping[str, str]
    beside: Mapping[str, Mapping[str, int]]
    unchanged: frozenset[str]


class Before(Protocol):
    """What the last build left: marks of the list pages and keys of the documents that may stay."""

    @property
    def feeds(self) -> Sequence[Show]:
        """The show and its strands."""

    @property
    def lists(self) -> Mapping[str, str]:
        """The marks by file."""

    @property
    def documents(self) -> Mapping[str, str]:
        """The keys by file."""


class Rendered(NamedTuple):
    """The files of a strand: those to put, those that stay, the marks of its documents and list pages."""

    files: dict[str, bytes]
    standing: tuple[str, ...]
    documents: dict[str, str]
    lists: dict[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """All that it has."""
        return (*self.files, *self.standing)


def show_of(show: Show, strand: Strand) -> StrandShow:
    """Return a strand as its listeners know it; what it does not say of itself is the show's."""
    said = {each.name: getattr(show, each.name) for each in fields(Show)}
    own = {
        "title": strand.title,
        "description": strand.description or strand.title,
        "cover": strand.cover,
        "name": strand.name,
        "author": show.author or show.title,
    }
    if strand.itunes_category:
        own |= {"category": strand.itunes_category, "subcategory": strand.itunes_subcategory}
    return StrandShow(**(said | own))


def subscribe_of(said: Subscribe, strand: Strand) -> Subscribe:
    """Return where a strand is listed: each feed has numbers of its own at Apple's and Spotify's."""
    return Subscribe(strand.apple, strand.spotify, said.apps)


def chosen(strand: Strand, episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """Return the episodes of a strand, in their order; vowel marks, capitals and spaces are all one."""
    wanted = [set(map(_plain, getattr(strand, kind))) for kind in _ASKED]
    found = []
    for episode in episodes:
        had = (episode.category, episode.tags, _COMMA.split(episode.author))
        pairs = zip(wanted, had, strict=True)
        if all(not names or names & set(map(_plain, those)) for names, those in pairs):
            found.append(episode)
    return tuple(found)


@lru_cache(10_000)
def _plain(name: str) -> str:
    """Return a name as it is compared; ten thousand episodes have some hundred of them."""
    return " ".join(strip_marks(name).casefold().split())


def empty(station: Station, episodes: Iterable[Episode]) -> tuple[str, ...]:
    """Return, for each strand without an episode that is aired, a sentence: what it wants, what to do."""
    listed = [episode for episode in episodes if episode.is_listed]
    return tuple(
        f"{FILE}: the feed `{strand.name}` has no episode, and is not there: none is under {_asked(strand)}; "
        "give an article that in its front matter, or correct the [[feed]]"
        for strand in station.settings.feed
        if not chosen(strand, listed)
    )


def _asked(strand: Strand) -> str:
    kinds = ((kind, getattr(strand, kind)) for kind in _ASKED)
    return " and ".join(
        f"{kind} {' or '.join(f'«{name}»' for name in names)}" for kind, names in kinds if names
    )


def live(station: Station, listed: Sequence[Episode], base: str, keys: Mapping[str, str]) -> tuple[Live, ...]:
    """Return the strands that have episodes; `base` and `keys` stand for the rest of the feed, by slug.

    Raises FeedError for a cover that cannot be read.
    """
    found = []
    for strand in station.settings.feed:
        episodes = chosen(strand, listed)
        if not episodes:
            continue
        show = show_of(station.settings.show, strand)
        with storing(FeedError, strand.cover):
            cover = (strand.cover and read(station.root / strand.cover)) or b""
        made_of = (repr(strand), station.strand_guid(strand), cover, base)
        key = sha256(*made_of, *(keys[each.slug] for each in episodes))
        found.append(Live(strand, show, episodes, key))
    return tuple(found)


def shows(station: Station, strands: Sequence[Live]) -> tuple[Show, ...]:
    """Return the show and its strands, for pages to name them; nothing where there are no strands."""
    return (station.settings.show, *(each.show for each in strands)) if strands else ()


def rendered(station: Station, live: Live, channel: Channel, before: Before, stories: Stories) -> Rendered:
    """Return the documents and pages of a strand; the sound, pages and transcripts are the whole show's.

    Documents and pages of the list that are as they were `before` stay. Raises FeedError as `rss` and
    `pages` do.
    """
    from nashra import catalogue  # noqa: PLC0415 feedgen, Jinja2: not for a build with nothing to do
    from nashra.feed.list_pages import list_pages  # noqa: PLC0415 as above
    from nashra.feed.pages import strand_pages  # noqa: PLC0415 as above

    show = live.show
    subscribe = subscribe_of(station.settings.subscribe, live.strand)
    # Whatever stands on each of its pages and documents: a strand with another cover has other archives.
    own = sha256(repr(channel), repr(subscribe), repr(before.feeds))
    marks = {
        page.file: (page.fingerprint, sha256(own, page.fingerprint))
        for page in list_pages(live.episodes, show.page_file, show.archive)
    }
    files = strand_pages(
        show,
        live.episodes,
        station.templates,
        channel.small,
        subscribe,
        unchanged=stories.unchanged,
        standing={file: plain for file, (plain, mark) in marks.items() if before.lists.get(file) == mark},
        feeds=before.feeds,
    )
    whole = catalogue.Catalogue(
        station.audio,
        channel,
        live.episodes,
        {each.slug: sha256(own, stories.keys[each.slug]) for each in live.episodes},
        stories.beside,
    )
    documents = {}
    for file, key, data in catalogue.documents(whole, before.documents):
        documents[file] = key
        if data:
            files[file] = data
    standing = tuple(name for name in (*marks, *documents) if name not in files)
    return Rendered(files, standing, documents, {file: mark for file, (_plain, mark) in marks.items()})


def is_of(name: str, strand: str) -> bool:
    """Say whether a file of `feed/` is one that a strand has, by their names.

    >>> [is_of(name, "sport") for name in ("sport.xml", "sport-2025-01.xml", "sport-archive-2.html")]
    [True, True, True]
    >>> is_of("sports.xml", "sport"), is_of("sport-women.xml", "sport")
    (False, False)
    """
    forms = r"(\.xml|\.json|\.html|-\d{4}-\d{2}(-\d+)?\.xml|-archive-\d+\.html)"
    return re.fullmatch(re.escape(strand) + forms, name) is not None
