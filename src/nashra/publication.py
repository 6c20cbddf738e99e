"""The feed folder: pages and what stands beside episodes first, the feed last, and only what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
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
    from nashra.model import Episode
    from nashra.station import Station

    Put = Callable[[str, bytes], None]
    """What puts a file under its name in `feed/`."""

RSS = "feed.xml"
OWNED = ("archive-*.html", "episodes/*.html", "embed/*.html", "oembed/*.json", "feed-*.xml")
"""Files of `feed/` that go when what they were made from does."""

_MEMO = "feed.json"


@dataclass(frozen=True, slots=True)
class _Memo:
    """What the last build made, and from what.

    `files` are those of `feed/` with their bytes, `made` the key and the files of each episode by slug,
    `documents` the key of each archive, `lists` the fingerprint of each page that lists episodes.
    """

    key: str = ""
    files: dict[str, int] = field(default_factory=dict)
    made: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)


def prepare(station: Station) -> None:
    """Load what the feed is made with, 0.1 s: whoever waits for sound has the time."""
    from nashra import catalogue  # noqa: F401, PLC0415 feedgen, loaded here instead of in `update`
    from nashra.feed import pages, sides  # noqa: F401, PLC0415 Jinja2, as above

    pages.prepare(station.settings.show, station.templates)


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
    remade = {each.slug for each in listed if each.cues}  # just now; their keys do not tell of their cues
    if memo.key == key and not remade and memo.files.items() <= there.items():
        return ()
    lost = {name for name, size in memo.files.items() if there.get(name) != size}
    fresh = {
        slug: names
        for slug, (made, names) in memo.made.items()
        if keys.get(slug) == made and slug not in remade and lost.isdisjoint(names)
    }
    files = {name: memo.files[name] for names in fresh.values() for name in names}
    written = []

    def put(name: str, data: bytes) -> None:
        if write(station.feed / name, data):
            written.append(name)
        files[name] = len(data)

    with storing(FeedError, "feed"):
        channel = _show(station, put)
        safe = memo.files.keys() - lost
        standing = {file: mark for file, mark in memo.lists.items() if file in safe}
        made, lists = _episodes(station, listed, fresh, standing, channel, put)
        files |= {file: memo.files[file] for file in lists.keys() - files.keys()}
        beside = {slug: {name: files[name] for name in names} for slug, names in made.items()}
        known = {file: key for file, key in memo.documents.items() if file in safe}
        documents = {}
        from nashra import catalogue  # noqa: PLC0415 feedgen, as below

        whole = catalogue.Catalogue(station.audio, channel, tuple(listed), keys, beside)
        for file, document, data in catalogue.documents(whole, known):
            documents[file] = document
            if data:
                put(file, data)
            else:
                files[file] = memo.files[file]
        for name in there.keys() - files.keys():
            if _is_stale(name, keys):
                (station.feed / name).unlink()
        if is_public(channel.show.base_url) and not station.frozen_guid:
            write(station.root / GUID, f"{station.podcast_guid}\n".encode())
        kept = {slug: (keys[slug], names) for slug, names in made.items()}
        now = _Memo(key, files, kept, documents, lists)
        write(station.cache / _MEMO, msgspec.json.encode(now), durable=False)
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
    standing: Mapping[str, str],
    channel: Channel,
    put: Put,
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Put the pages there, and what stands beside episodes that changed.

    Return each episode's files, and the fingerprints of the pages that list episodes; those that are
    `standing` stay.
    """
    from nashra.feed.list_pages import list_pages  # noqa: PLC0415 with the pages
    from nashra.feed.pages import files_of, pages  # noqa: PLC0415 Jinja2, feedgen: not for a build with nothing to do
    from nashra.feed.sides import sides  # noqa: PLC0415

    show = station.settings.show
    made, named = {}, {}
    seen = []
    for episode in listed:
        if episode.slug in fresh:
            made[episode.slug] = fresh[episode.slug]
            seen.append(episode)
            continue
        changed = records.whole(station.audio, episode)
        seen.append(changed)
        beside = sides(show, changed)
        for side, data in beside.items():
            put(side.path, data)
        named[episode.slug] = tuple(beside)
        made[episode.slug] = (*(side.path for side in beside), *files_of(episode.slug))
    subscribe = station.settings.subscribe
    shown = pages(
        show,
        seen,
        station.templates,
        channel.small,
        subscribe,
        unchanged=fresh,
        standing=standing,
        beside=named,
    )
    for name, data in shown.items():
        put(name, data)
    return made, {page.file: page.fingerprint for page in list_pages(seen)}


def _is_stale(name: str, keys: Mapping[str, str]) -> bool:
    """Say whether a file of an earlier build must go.

    A page whose article is gone must not stay readable. What stands beside an earlier revision stays, as
    its MP3 does: somebody's app still knows its address.
    """
    from nashra.feed.sides import FOLDERS, slug_of  # noqa: PLC0415

    beside = name.partition("/")[0] in FOLDERS
    return slug_of(name) not in keys if beside else any(fnmatchcase(name, pattern) for pattern in OWNED)


def _memo(station: Station) -> _Memo:
    """Return what the last build made and from what; empty when nobody knows."""
    try:
        return msgspec.json.decode(read(station.cache / _MEMO) or b"{}", type=_Memo)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return _Memo()
