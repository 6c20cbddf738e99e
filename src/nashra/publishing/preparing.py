"""Everything before the first byte goes out: what is refused, what is there, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from nashra import last_feed, records, redirects
from nashra.checking.addressing import path_of
from nashra.checking.looking import look
from nashra.errors import PublishingError
from nashra.feed.sides import slug_of
from nashra.folders import sizes, stamps
from nashra.publishing import known as knowledge
from nashra.publishing import seen
from nashra.publishing.items import FEED, FEEDS, is_beside, items, rule_of
from nashra.publishing.refusing import feed_of, listed, refuse_address, refuse_broken, refuse_new_guids
from nashra.publishing.steps import Steps, guard, steps
from nashra.store import storing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime

    from nashra.checking.built import Document
    from nashra.model import Episode
    from nashra.publishing.items import Item
    from nashra.publishing.target import Found, Target
    from nashra.station import Station

    Live = Callable[[], bytes | None]
    """What reads the feed at the station's address: None where there is none yet."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be done, and what it was decided by: what is known there, the tags of its feeds.

    `warnings` say what the place may not take; `same` are the marks of what is there already.
    """

    steps: Steps
    known: Mapping[str, datetime | None]
    tags: Mapping[str, str | None]
    warnings: tuple[str, ...] = ()
    same: Mapping[str, seen.Mark] = field(default_factory=dict)


def prepare(
    station: Station, target: Target, live: Live, now: datetime, *, delete_many: bool = False
) -> Prepared:
    """Return what publishing is to do at a target; nothing is changed, here or there.

    Raises FeedError for a station that breaks a *must*, PublishingError for whatever else must not be
    published. The caller holds the station's lock.
    """
    said = station.settings
    refuse_address(said.show.base_url)
    built = look(station.root, said.show.base_url, now, [strand.name for strand in said.feed])
    refuse_broken(built)
    there_here = _here(station)
    feed = last_feed.remembered(station).files
    episodes = _standing(records.load(station.audio, cues=False), feed)
    told = _told(built.documents, said.show.base_url)
    here = items(station.root, episodes, told, feed, there_here)

    there = target.files()
    got = target.read(knowledge.NAME)
    known = knowledge.decode(got[0] if got else None, f"{target.where}/{knowledge.NAME}")
    ours = known.keys() | {item.name for item in here}
    feeds = {name for name in there if rule_of(name).group == FEEDS and name in ours} | {FEED}
    read = {name: target.read(name) for name in sorted(feeds)}
    documents = [feed_of(name, found[0]) for name, found in read.items() if found and name.endswith(".xml")]
    _compare(built.documents, documents, f"{target.where}/{FEED}")
    at_address = live()
    if at_address:
        _compare(built.documents, [feed_of(FEED, at_address)], said.show.feed_url)
    withdrawn = _withdrawn(episodes, known)
    marks = seen.load(station.cache, target.where)
    same: dict[str, seen.Mark] = {}

    def alike(item: Item, found: Found) -> bool:
        mark = seen.mark_of(item, found.tag)
        is_same = (mark is not None and marks.get(item.name) == mark) or target.alike(item, found)
        if mark and is_same:
            same[item.name] = mark
        return is_same

    to_do = steps(
        here,
        there,
        known,
        redirects.moved(episodes),
        withdrawn,
        now,
        timedelta(days=said.publish.keep_days),
        alike,
    )
    if not delete_many:
        # By guid: an episode stands in each [[feed]] that it belongs to, and goes once.
        before, after = ({item.guid for item in listed(each)} for each in (documents, built.documents))
        gone = before - after - _let_go(episodes)
        guard(len(set(to_do.removals) - withdrawn), len(known), len(gone), len(before))
    tags = {name: found[1] if found else None for name, found in read.items()}
    return Prepared(to_do, known, tags, target.warnings(here), same)


def _here(station: Station) -> dict[str, tuple[int, int]]:
    """Return size and time (ns) of the files of `audio/` and `feed/`, by their paths; none that is hidden."""
    found = {}
    with storing(PublishingError, str(station.root)):
        for folder in ("audio", "feed"):
            names = sizes(station.root / folder)
            for name, size, time in stamps(station.root / folder):
                if name in names:
                    found[f"{folder}/{name}"] = size, time
    return found


def _let_go(episodes: Iterable[Episode]) -> frozenset[str]:
    """Return the guids that somebody took out of the feed by name: what was withdrawn, or issued anew."""
    taken_back = {each.guid for each in episodes if each.withdrawn}
    return frozenset(taken_back | {issue.guid for each in episodes for issue in each.issues})


def _withdrawn(episodes: Iterable[Episode], known: Iterable[str]) -> frozenset[str]:
    """Return what goes at once: the sound of withdrawn episodes, and what beside it says their text."""
    slugs = {each.slug for each in episodes if each.withdrawn}
    beside = {name for name in known if is_beside(name) and slug_of(name) in slugs}
    return redirects.gone(episodes) | beside


def _standing(episodes: Iterable[Episode], feed: Collection[str]) -> tuple[Episode, ...]:
    """Return the episodes that have a page, and those withdrawn.

    The record of an article that was deleted stays for good, its sound goes with its time: to ask for that
    would refuse every publication from then on.
    """
    return tuple(each for each in episodes if each.withdrawn or f"episodes/{each.slug}.html" in feed)


def _compare(ours: Iterable[Document], theirs: Iterable[Document], where: str) -> None:
    """Refuse new guids; a feed there that nobody can read is refused too, for it may be somebody's."""
    theirs = list(theirs)
    if any(each.channel is None for each in theirs):
        raise PublishingError(
            "is no feed that can be read", where=where, then="look what it is; move it away if it is nothing"
        )
    refuse_new_guids(list(ours), theirs, where)


def _told(documents: Iterable[Document], base_url: str) -> set[str]:
    """Return the station's files that the feed's documents name."""
    named = {
        path_of(base_url, value)
        for each in documents
        if each.channel
        for tag in each.channel.walk()
        for value in tag.attributes.values()
        if value.startswith(base_url)
    }
    return {path for path in named if path}
