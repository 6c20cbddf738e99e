"""The live feed's documents, and the guids by which listeners' apps know the show and its strands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.errors import PublishingError
from nashra.feed.guid import is_guid
from nashra.publishing.refusing import feed_of
from nashra.restoring.told import further, told
from nashra.station import GUID, STRAND_GUID
from nashra.store import storing, write

if TYPE_CHECKING:
    from nashra.checking.built import Document
    from nashra.restoring.carrying import Live
    from nashra.station import Station

FEED = "feed/feed.xml"


def documents(live: Live, feed_url: str) -> tuple[Document, ...]:
    """Return the documents of a feed, the first first; each is read once."""
    waiting, seen, found = [FEED], {FEED}, []
    while waiting:
        path = waiting.pop(0)
        raw = live.read(path, "feed")
        one = feed_of(path, raw) if raw else None
        if one is None or one.channel is None:
            raise PublishingError(
                "is no feed that can be read", where=live.base + path, then="check the address"
            )
        found.append(one)
        waiting += [each for each in further(one, live.base) if each not in seen]
        seen |= set(waiting)
    if not any(told(one, live.base) for one in found):
        raise PublishingError("lists nothing that Nashra published", where=feed_url, then="check the address")
    return tuple(found)


def take_guid(station: Station, first: Document, feed_url: str) -> None:
    """Keep the podcast's guid in podcast.guid; raises PublishingError if the station has another."""
    there = first.channel.text_of("podcast:guid").strip() if first.channel else ""
    ours = station.settings.podcast.guid or station.frozen_guid
    if not is_guid(there):
        return
    if ours and ours != there:
        raise PublishingError(
            f"is of the podcast {there}, and this station is {ours}", where=feed_url, then="check the address"
        )
    if not ours:
        with storing(PublishingError, GUID):
            write(station.root / GUID, f"{there}\n".encode())


def take_strand_guids(live: Live) -> None:
    """Keep the guid of each `[[feed]]` that is live in its file, if none is there yet."""
    for strand in live.station.settings.feed:
        if strand.guid or live.station.strand_guids.get(strand.name):
            continue
        path = f"feed/{strand.name}.xml"
        raw = live.read(path, "feed")
        one = feed_of(path, raw) if raw else None
        there = one.channel.text_of("podcast:guid").strip() if one and one.channel else ""
        if is_guid(there):
            file = STRAND_GUID.format(name=strand.name)
            with storing(PublishingError, file):
                write(live.station.root / file, f"{there}\n".encode())
