"""Everything before the first byte goes out: what is refused, what is there, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from nashra import last_feed, records, redirects
from nashra.checking.addressing import path_of
from nashra.checking.looking import look
from nashra.errors import PublishingError
from nashra.publishing import known as knowledge
from nashra.publishing.items import FEED, FEEDS, items, rule_of
from nashra.publishing.refusing import feed_of, listed, refuse_address, refuse_broken, refuse_new_guids
from nashra.publishing.steps import Steps, guard, steps
from nashra.store import sizes, storing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime

    from nashra.checking.built import Document
    from nashra.model import Episode
    from nashra.publishing.target import Target
    from nashra.station import Station

    Live = Callable[[], bytes | None]
    """What reads the feed at the station's address: None where there is none yet."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be done, and what it was decided by: what is known there, the tags of its feeds.

    `warnings` say what the place may not take.
    """

    steps: Steps
    known: Mapping[str, datetime | None]
    tags: Mapping[str, str | None]
    warnings: tuple[str, ...] = ()


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
    with storing(PublishingError, str(station.root)):
        there_here = {f"{f}/{n}": b for f in ("audio", "feed") for n, b in sizes(station.root / f).items()}
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
    to_do = steps(
        here,
        there,
        known,
        redirects.moved(episodes),
        redirects.gone(episodes),
        now,
        timedelta(days=said.publish.keep_days),
        target.alike,
    )
    if not delete_many:
        # By guid: an episode stands in each [[feed]] that it belongs to, and goes once.
        before, after = ({item.guid for item in listed(each)} for each in (documents, built.documents))
        guard(len(to_do.removals), len(known), len(before - after), len(before))
    tags = {name: found[1] if found else None for name, found in read.items()}
    return Prepared(to_do, known, tags, target.warnings(here))


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
