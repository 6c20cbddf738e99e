"""Rules of the documents as a whole: can they be read, how large are they, do they find one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra import redirects
from nashra.checking.built import Found
from nashra.checking.documents import SPACES
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built

REFUSED_BYTES = 5_000_000
"""Bytes at which the W3C's validator stops reading."""

HEAVY_BYTES = 1_000_000
"""Bytes at which directories begin to choke (changelog.com's issue 284)."""

_NEEDED = ("itunes", "podcast", "atom", "content")


def well_formed(built: Built) -> Iterator[Found]:
    """Find documents that are not RSS 2.0 in UTF-8 with one channel."""
    for document in built.documents:
        yield from (Found(document.name, fault) for fault in document.faults)


def name_spaces(built: Built) -> Iterator[Found]:
    """Find name spaces that are missing or spelled otherwise."""
    for document, _channel in built.channels():
        for prefix in _NEEDED:
            said, right = document.spaces.get(prefix, "not declared"), SPACES[prefix]
            if said != right:
                yield Found(document.name, f"the name space `{prefix}` is {shown(said)}, not {right}")


def understood(built: Built) -> Iterator[Found]:
    """Find documents of which feedparser complains, or of whose items it sees another number."""
    for document, channel in built.channels():
        if document.complaint:
            yield Found(document.name, f"feedparser complains: {shown(document.complaint, 120)}")
        items = len(channel.all("item"))
        if items != document.entries:
            yield Found(document.name, f"feedparser sees {document.entries} items of {items}")


def bytes_refused(built: Built) -> Iterator[Found]:
    """Find documents that validators refuse to read to their end."""
    for document in built.documents:
        if document.bytes > REFUSED_BYTES:
            yield Found(document.name, f"has {document.bytes:,} bytes, more than {REFUSED_BYTES:,}")


def bytes_heavy(built: Built) -> Iterator[Found]:
    """Find documents that directories take badly."""
    for document in built.documents:
        if HEAVY_BYTES < document.bytes <= REFUSED_BYTES:
            yield Found(document.name, f"has {document.bytes:,} bytes, more than {HEAVY_BYTES:,}")


def has_episodes(built: Built) -> Iterator[Found]:
    """Find documents without an item: directories refuse an empty feed.

    But for one that a withdrawal emptied, which has left a table of what is gone: to hold it back would
    leave online what must not be there.
    """
    emptied = redirects.PATH in built.files and len(built.documents) == 1
    for document, channel in built.channels():
        if not channel.all("item") and not emptied:
            yield Found(document.name, "lists no episode")


def there(built: Built) -> Iterator[Found]:
    """Find feeds that `nashra.toml` asks for and that have no document."""
    for path in built.wanted:
        if path not in built.files:
            yield Found(path, "is not there: no episode belongs to that feed")


def linked(built: Built) -> Iterator[Found]:
    """Find documents that following `next` from the first of their feed does not reach (RFC 5005)."""
    for feed in built.feeds():
        yield from _linked(feed)


def _linked(built: Built) -> Iterator[Found]:
    links = {
        document.name: {
            link.attributes.get("rel", ""): built.path_of(link.attributes.get("href", ""))
            for link in channel.all("atom:link")
        }
        for document, channel in built.channels()
    }
    if built.documents[0].name not in links:
        return  # the first cannot be read, and another rule says so
    reached: list[str] = []
    at: str | None = built.documents[0].name
    while at and at in links and at not in reached:
        reached.append(at)
        at = links[at].get("next")
    for document in built.documents:
        if document.name not in reached:
            yield Found(document.name, f"no app that follows `next` from {document.feed} comes to it")
