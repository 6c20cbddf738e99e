"""The feed folder: pages and what stands beside episodes first, the feed last, and only what changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from nashra import pictures, records
from nashra.errors import FeedError
from nashra.feed.guid import is_public
from nashra.station import GUID, feed_recipe
from nashra.store import read, sha256, sizes, storing, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nashra.feed.listing import Channel
    from nashra.feed.paging import Document
    from nashra.model import Episode
    from nashra.station import Station

    Put = Callable[[str, bytes], None]
    """What puts a file under its name in `feed/`."""

RSS = "feed.xml"
_MEMO = "feed.json"


@dataclass(frozen=True, slots=True)
class _Memo:
    """What the last build made, and from what.

    `files` are those of `feed/` with their bytes, `made` the key and the files of each episode by slug,
    `documents` the key of each archive.
    """

    key: str = ""
    files: dict[str, int] = field(default_factory=dict)
    made: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """All episodes that are listed, newest first, with their keys and the files beside them, by slug."""

    station: Station
    channel: Channel
    listed: tuple[Episode, ...]
    keys: Mapping[str, str]
    made: Mapping[str, tuple[str, ...]]
    files: dict[str, int]


def update(station: Station, episodes: Sequence[Episode]) -> tuple[str, ...]:
    """Bring `feed/` up to date with the episodes; return the names of the files written, the feed last.

    Drafts are not listed. Nothing is computed when neither the records nor what shapes the feed changed
    and every file is still there; else what an unchanged episode has is left alone. Episodes may come
    without their cues: they are read where they are needed. Raises FeedError, and the old feed stays.
    """
    listed = sorted(
        (episode for episode in episodes if not episode.draft),
        key=lambda episode: (episode.published, episode.guid),
        reverse=True,
    )
    if not listed and not (station.feed / RSS).exists():
        return ()  # a station whose first article is a draft, or waits for its date
    cover = station.settings.show.cover
    with storing(FeedError, cover):
        cover_bytes = (cover and read(station.root / cover)) or b""
    base = sha256(feed_recipe(station), cover_bytes)
    keys = {each.slug: sha256(base, records.outline(each)) for each in listed}
    key = sha256(base, *keys.values())
    memo = _memo(station)
    with storing(FeedError, "feed"):
        there = sizes(station.feed)
    if memo.key == key and memo.files.items() <= there.items():
        return ()
    lost = {name for name, size in memo.files.items() if there.get(name) != size}
    fresh = {
        slug: names
        for slug, (made, names) in memo.made.items()
        if keys.get(slug) == made and lost.isdisjoint(names)
    }
    files = {name: memo.files[name] for names in fresh.values() for name in names}
    written = []

    def put(name: str, data: bytes) -> None:
        if write(station.feed / name, data):
            written.append(name)
        files[name] = len(data)

    with storing(FeedError, "feed"):
        channel = _show(station, put)
        made = _episodes(station, listed, fresh, channel, put)
        catalogue = _Catalogue(station, channel, tuple(listed), keys, made, files)
        documents = _documents(catalogue, memo, lost, put)
        for name in there.keys() - files.keys():
            if _is_stale(name, keys):
                (station.feed / name).unlink()
        if is_public(channel.show.base_url) and not station.frozen_guid:
            write(station.root / GUID, f"{station.podcast_guid}\n".encode())
        kept = {slug: (keys[slug], names) for slug, names in made.items()}
        write(station.cache / _MEMO, msgspec.json.encode(_Memo(key, files, kept, documents)))
    return tuple(written)


def _show(station: Station, put: Put) -> Channel:
    """Put the pictures of the show there; return it as a channel."""
    from nashra.feed.listing import Channel  # noqa: PLC0415 with the feed it comes in, as below

    picture = pictures.show_cover(station)
    stem = f"cover-{sha256(picture)[:12]}"  # another picture is another name: apps keep the old one
    put(f"{stem}.jpg", picture)
    put(f"{stem}-600.jpg", pictures.small(station, picture))
    said = station.settings
    return Channel(said.show, station.podcast_guid, f"{stem}.jpg", f"{stem}-600.jpg", said.feed)


def _episodes(
    station: Station,
    listed: Sequence[Episode],
    fresh: Mapping[str, tuple[str, ...]],
    channel: Channel,
    put: Put,
) -> dict[str, tuple[str, ...]]:
    """Put the pages there, and what stands beside episodes that changed; return each episode's files."""
    from nashra.feed.pages import pages  # noqa: PLC0415 Jinja2, feedgen: not for a build with nothing to do
    from nashra.feed.sides import sides  # noqa: PLC0415

    show = station.settings.show
    made = {}
    seen = []
    for episode in listed:
        if episode.slug in fresh:
            made[episode.slug] = fresh[episode.slug]
            seen.append(episode)
            continue
        changed = records.whole(station.audio, episode)
        seen.append(changed)
        beside = {side.path: data for side, data in sides(show, changed).items()}
        for path, data in beside.items():
            put(path, data)
        made[episode.slug] = (*beside, f"episodes/{episode.slug}.html")
    for name, data in pages(show, seen, station.templates, channel.small, unchanged=fresh).items():
        put(name, data)
    return made


def _documents(catalogue: _Catalogue, memo: _Memo, lost: set[str], put: Put) -> dict[str, str]:
    """Put the documents of the feed there, archives before feed.xml; return the keys of the archives."""
    from nashra.feed.listing import titles  # noqa: PLC0415
    from nashra.feed.paging import fitted, weight  # noqa: PLC0415

    names = titles(catalogue.listed)
    archives, first = fitted(
        catalogue.listed,
        lambda episode: weight(_transcript_bytes(catalogue, episode)),
        lambda document: _rendered(catalogue, document, names),
    )
    keys = {}
    for document in archives:
        of_episodes = (catalogue.keys[each.slug] + names[each.guid] for each in document.episodes)
        keys[document.file] = key = sha256(document.file, repr(document.links), *of_episodes)
        if memo.documents.get(document.file) == key and document.file not in lost:
            catalogue.files[document.file] = memo.files[document.file]
        else:
            put(document.file, _rendered(catalogue, document, names))
    put(RSS, first)
    return keys


def _transcript_bytes(catalogue: _Catalogue, episode: Episode) -> int:
    names = catalogue.made[episode.slug]
    return next(catalogue.files[name] for name in names if name.endswith(".html"))  # the page comes after


def _rendered(catalogue: _Catalogue, document: Document, names: Mapping[str, str]) -> bytes:
    from nashra.feed.listing import Item, Link  # noqa: PLC0415
    from nashra.feed.rss import rss  # noqa: PLC0415
    from nashra.feed.sides import named  # noqa: PLC0415

    plain = catalogue.channel
    links = tuple(Link(rel, plain.address(file)) for rel, file in document.links)
    channel = replace(plain, file=document.file, links=links, archive=document.file != RSS)
    items = [
        Item(
            channel,
            records.whole(catalogue.station.audio, episode),
            names[episode.guid],
            named(catalogue.made[episode.slug]),
        )
        for episode in document.episodes
    ]
    all_of_it = document.episodes if channel.archive else catalogue.listed
    return rss(channel, items, max(episode.updated for episode in all_of_it))


def _is_stale(name: str, keys: Mapping[str, str]) -> bool:
    """Say whether a file of an earlier build must go.

    A page whose article is gone must not stay readable. What stands beside an earlier revision stays, as
    its MP3 does: somebody's app still knows its address.
    """
    from nashra.feed.paging import is_archive  # noqa: PLC0415
    from nashra.feed.sides import FOLDERS, slug_of  # noqa: PLC0415

    folder = name.rpartition("/")[0]
    return (
        (folder == "episodes" and name.endswith(".html"))
        or is_archive(name)
        or (folder in FOLDERS and slug_of(name) not in keys)
    )


def _memo(station: Station) -> _Memo:
    """Return what the last build made and from what; empty when nobody knows."""
    try:
        return msgspec.json.decode(read(station.cache / _MEMO) or b"{}", type=_Memo)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return _Memo()
