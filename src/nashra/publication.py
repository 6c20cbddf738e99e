"""The feed folder: pages and what stands beside episodes first, the feed last, and only what changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from nashra import pictures, records, redirects
from nashra.errors import FeedError
from nashra.feed import read_back
from nashra.feed.guid import is_public
from nashra.guarding import too_many
from nashra.station import GUID, feed_recipe
from nashra.store import read, sha256, sizes, storing, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nashra.feed.listing import Channel
    from nashra.model import Episode
    from nashra.station import Station

    Put = Callable[[str, bytes], None]
    """What puts a file under its name in `feed/`."""

RSS = "feed.xml"
OWNED = (
    *("archive-*.html", "episodes/*.html", "embed/*.html", "oembed/*.json", "feed-*.xml"),
    redirects.FILE,
)
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


def update(station: Station, episodes: Sequence[Episode]) -> tuple[str, ...]:
    """Bring `feed/` up to date with the episodes; return the names of the files written, the feed last.

    Drafts are not listed; of what was withdrawn, pages say so.
    Nothing is computed when neither the records nor what shapes the feed changed
    and every file is still there; else what an unchanged episode has is left alone. Episodes may come
    without their cues: they are read where they are needed. Raises FeedError, and the old feed stays.
    """
    listed = _listed(episodes)
    withdrawn = tuple(episode for episode in episodes if episode.withdrawn)
    if not listed and not (station.feed / RSS).exists():
        return ()  # a station whose first article is a draft, or waits for its date
    cover = station.settings.show.cover
    with storing(FeedError, cover):
        cover_bytes = (cover and read(station.root / cover)) or b""
    base = sha256(feed_recipe(station), cover_bytes)
    keys = {each.slug: sha256(base, records.outline(each)) for each in listed}
    key = sha256(base, *keys.values(), *map(records.outline, withdrawn))
    memo = _memo(station)
    with storing(FeedError, "feed"):
        there = sizes(station.feed)
    remade = {each.slug for each in listed if each.cues}  # just now; their keys do not tell of their cues
    if memo.key == key and not remade and memo.files.items() <= there.items():
        return ()
    _check_gone(memo.made.keys() - {each.slug for each in episodes}, memo)
    lost = {name for name, size in memo.files.items() if there.get(name) != size}
    fresh = {
        slug: names
        for slug, (made, names) in memo.made.items()
        if keys.get(slug) == made and slug not in remade and lost.isdisjoint(names)
    }
    files = {name: memo.files[name] for names in fresh.values() for name in names}
    written = []

    def put(name: str, data: bytes) -> None:
        is_feed = name == RSS or fnmatchcase(name, "feed-*.xml")
        if write(station.feed / name, data, check=read_back.check(name, data) if is_feed else None):
            written.append(name)
        files[name] = len(data)

    with storing(FeedError, "feed"):
        channel = _show(station, put, emptied=bool(withdrawn))
        standing = {file: mark for file, mark in memo.lists.items() if file in memo.files.keys() - lost}
        made, lists = _episodes(station, listed, fresh, standing, channel, put)
        files |= {file: memo.files[file] for file in lists.keys() - files.keys()}
        _former(station, listed, withdrawn, channel, put)
        beside = {slug: {name: files[name] for name in names} for slug, names in made.items()}
        known = {file: key for file, key in memo.documents.items() if file in memo.files.keys() - lost}
        documents = {}
        from nashra import catalogue  # noqa: PLC0415 feedgen, as below

        taken_back = tuple(episode.withdrawn for episode in withdrawn if episode.withdrawn)
        whole = catalogue.Catalogue(station.audio, channel, tuple(listed), keys, beside, taken_back)
        for file, document, data in catalogue.documents(whole, known):
            documents[file] = document
            if data:
                put(file, data)
            else:
                files[file] = memo.files[file]
        for name in sorted(there.keys() - files.keys(), key=_turn, reverse=True):
            if _is_stale(name, keys):
                (station.feed / name).unlink()
        if is_public(channel.show.base_url) and not station.frozen_guid:
            write(station.root / GUID, f"{station.podcast_guid}\n".encode())
        kept = {slug: (keys[slug], names) for slug, names in made.items()}
        write(station.cache / _MEMO, msgspec.json.encode(_Memo(key, files, kept, documents, lists)))
    return tuple(written)


def _check_gone(gone: AbstractSet[str], memo: _Memo) -> None:
    """Refuse to let much of the feed go at once; raises FeedError, before anything is written."""
    if too_many(len(gone), len(memo.made)):
        what = (
            f"{len(gone)} of {len(memo.made)} episodes would leave the feed at once: their articles are gone"
        )
        then = "look whether articles/ is whole; if it is, run `nashra prune --force`, then build again"
        raise FeedError(what, where="articles", then=then)


def let_go(station: Station, slugs: AbstractSet[str]) -> frozenset[str]:
    """Let all but these episodes leave the feed with its next build, however many; return which will.

    Raises FeedError.
    """
    memo = _memo(station)
    gone = frozenset(memo.made.keys() - slugs)
    if gone:
        kept = {slug: made for slug, made in memo.made.items() if slug not in gone}
        with storing(FeedError, station.cache.name):
            write(station.cache / _MEMO, msgspec.json.encode(replace(memo, made=kept)))
    return gone


def files(station: Station) -> frozenset[str]:
    """Return the files of `feed/` that its last build made and its feed names; none when nobody knows."""
    return frozenset(_memo(station).files)


def _listed(episodes: Sequence[Episode]) -> list[Episode]:
    """Return the episodes that the feed lists, newest first."""
    return sorted(
        (episode for episode in episodes if not (episode.draft or episode.withdrawn)),
        key=lambda episode: (episode.published, episode.guid),
        reverse=True,
    )


def _former(
    station: Station, listed: Sequence[Episode], withdrawn: Sequence[Episode], channel: Channel, put: Put
) -> None:
    """Put there what answers at addresses that were: pages of withdrawn episodes, the table of the sounds."""
    from nashra.feed.pages import withdrawals  # noqa: PLC0415 Jinja2, as below

    show = station.settings.show
    for name, data in withdrawals(show, withdrawn, station.templates, channel.small).items():
        put(name, data)
    table = redirects.table(show, (*listed, *withdrawn))
    if table:
        put(redirects.FILE, table)


def _show(station: Station, put: Put, *, emptied: bool) -> Channel:
    """Put the pictures of the show there; return it as a channel."""
    from nashra.feed.listing import Channel  # noqa: PLC0415 with the feed it comes in, as below

    picture = pictures.show_cover(station)
    stem = f"cover-{sha256(picture)[:12]}"  # another picture is another name: apps keep the old one
    put(f"{stem}.jpg", picture)
    put(f"{stem}-600.jpg", pictures.small(station, picture))
    said = station.settings
    small = f"{stem}-600.jpg"
    return Channel(said.show, station.podcast_guid, f"{stem}.jpg", small, said.feed, emptied=emptied)


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
    for name in sorted(shown, key=_turn):
        put(name, shown[name])
    return made, {page.file: page.fingerprint for page in list_pages(seen)}


_TURNS = ("assets/", "chapters/", "transcripts/", "oembed/", "episodes/", "embed/")


def _turn(name: str) -> tuple[int, str]:
    """Return when a page takes its place: behind what it links to, lest a stopped build leave dead links.

    They go in the opposite order.
    """
    turn = next((turn for turn, folder in enumerate(_TURNS) if name.startswith(folder)), len(_TURNS))
    return turn, name


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
