"""All listed episodes as the documents of the feed: what changed is rendered, what did not is named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nashra import records
from nashra.feed.listing import Item, Link, titles
from nashra.feed.paging import fitted, weight
from nashra.feed.rss import rss
from nashra.feed.sides import named
from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from nashra.feed.listing import Channel
    from nashra.feed.paging import Document
    from nashra.model import Episode

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The listed episodes, newest first; by slug, their keys and the files beside them with their bytes.

    Episodes may come without cues: `audio` is where their records are. `withdrawn` is when others were.
    """

    audio: Path
    channel: Channel
    listed: tuple[Episode, ...]
    keys: Mapping[str, str]
    beside: Mapping[str, Mapping[str, int]]
    withdrawn: tuple[datetime, ...] = ()


def documents(catalogue: Catalogue, known: Mapping[str, str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the documents of the feed, archives first and its own (`feed.xml`) last: file, key, bytes.

    An archive whose key is `known` has not changed: its bytes are left out. Raises FeedError as `rss`.
    """
    names = titles(catalogue.listed)
    archives, first = fitted(
        catalogue.listed,
        lambda episode: weight(_transcript_bytes(catalogue.beside[episode.slug])),
        lambda document: _rendered(catalogue, document, names),
        catalogue.channel.show.stem,
    )
    for document in archives:
        key = _key(catalogue, document, names)
        unchanged = known.get(document.file) == key
        yield document.file, key, b"" if unchanged else _rendered(catalogue, document, names)
    yield catalogue.channel.show.feed_file, "", first


def _key(catalogue: Catalogue, document: Document, names: Mapping[str, str]) -> str:
    told = (
        repr((catalogue.keys[each.slug], names[each.guid], *catalogue.beside[each.slug]))
        for each in document.episodes
    )
    return sha256(document.file, repr(document.links), *told)


def _transcript_bytes(beside: Mapping[str, int]) -> int:
    return next(size for name, size in beside.items() if name.endswith(".html"))  # the page comes after


def _rendered(catalogue: Catalogue, document: Document, names: Mapping[str, str]) -> bytes:
    whole = catalogue.channel
    links = tuple(Link(rel, whole.address(file)) for rel, file in document.links)
    channel = replace(whole, file=document.file, links=links, archive=document.file != whole.show.feed_file)
    items = [
        Item(
            channel,
            records.whole(catalogue.audio, episode),
            names[episode.guid],
            named(catalogue.beside[episode.slug]),
        )
        for episode in document.episodes
    ]
    dated = document.episodes if channel.archive else catalogue.listed
    changes = [episode.updated for episode in dated] + ([] if channel.archive else [*catalogue.withdrawn])
    return rss(channel, items, max(changes, default=_NEVER))
