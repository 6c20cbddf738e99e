"""The feed folder: pages and what stands beside episodes first, the feed last, and only what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nashra import pictures, records, redirects, strands
from nashra.errors import FeedError
from nashra.feed import read_back
from nashra.feed.guid import is_public
from nashra.folders import sizes
from nashra.last_feed import Before, Memo, check_gone, keep, remembered
from nashra.station import GUID, STRAND_GUID, feed_recipe
from nashra.store import own_folder, read, sha256, storing, write
from nashra.together import Together
from nashra.turns import sweep, turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nashra.feed.listing import Channel
    from nashra.model import Episode
    from nashra.settings import Show
    from nashra.station import Station

    Put = Callable[[str, bytes], None]
    """What puts a file under its name in `feed/`."""

AT_ONCE = 64
"""Episodes whose files are in memory; in a catalogue of thousands all are written when a template changes."""

RSS = "feed.xml"
SITEMAP = "sitemap.xml"


def prepare(station: Station) -> None:
    """Load what the feed is made with, 0.1 s: whoever waits for sound has the time."""
    from nashra import catalogue  # noqa: F401, PLC0415 feedgen, loaded here instead of in `update`
    from nashra.feed import pages, sides  # noqa: F401, PLC0415 Jinja2, as above

    pages.prepare(station.settings.show, station.templates)


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
    own = strands.live(station, listed, base, keys)
    key = sha256(base, *keys.values(), *(each.key for each in own), *map(records.outline, withdrawn))
    memo = remembered(station)
    with storing(FeedError, "feed"):
        there = sizes(station.feed)
    remade = frozenset(each.slug for each in listed if each.cues)  # their keys do not tell of their cues
    if memo.key == key and not remade and memo.files.items() <= there.items():
        return ()
    check_gone(memo, {each.slug for each in episodes})
    feeds = strands.shows(station, own)
    before = Before(memo, frozenset(n for n in memo.files if there.get(n) != memo.files[n]), remade, feeds)
    fresh = {
        slug: names
        for slug, (made, names) in memo.made.items()
        if keys.get(slug) == made and slug not in remade and before.lost.isdisjoint(names)
    }
    files = {name: memo.files[name] for names in fresh.values() for name in names}
    written: list[str] = []
    with storing(FeedError, "feed"), Together() as together:
        put = _putting(station, files, written, together)
        channel = replace(
            _channel(station, station.settings.show, station.podcast_guid, put), emptied=bool(withdrawn)
        )
        _put_outline(station, feeds, put)
        made, lists = _episodes(station, listed, fresh, before.lists, channel, put, feeds)
        files |= {file: memo.files[file] for file in lists.keys() - files.keys()}
        _former(station, listed, withdrawn, channel, put)
        beside = {slug: {name: files[name] for name in names} for slug, names in made.items()}
        stories = strands.Stories(keys, beside, frozenset(fresh))
        of_strands = {strand.name: _strand(station, strand, before, stories, put) for strand in own}
        documents = {file: key for done in of_strands.values() for file, key in done.documents.items()}
        lists |= {file: mark for done in of_strands.values() for file, mark in done.lists.items()}
        files |= {file: memo.files[file] for done in of_strands.values() for file in done.standing}
        for file, document, data in _documents(station, channel, listed, stories, withdrawn, before):
            documents[file] = document
            if data:
                put(file, data)
            else:
                files[file] = memo.files[file]
        together.settle()
        sweep(station, there.keys() - files.keys(), keys, (*memo.strands, *of_strands))
        if is_public(channel.show.base_url):
            freeze(station)
        kept = {slug: (keys[slug], names) for slug, names in made.items()}
        stood = {strand.name: (strand.key, of_strands[strand.name].names) for strand in own}
        keep(station, Memo(key, files, kept, documents, lists, stood, before.told))
    return tuple(written)


def _putting(station: Station, files: dict[str, int], written: list[str], together: Together) -> Put:
    """Return what puts a file into `feed/`, notes its bytes, and its name where it had to be written.

    Of two files in a row whose turns differ (`turns.py`), the first has its place for good before the second
    gets one; a document of the feed is written alone, behind all.
    """
    turns: list[int] = []
    ours: set[Path] = set()

    def put(name: str, data: bytes) -> None:
        path = station.feed / name
        if path.parent not in ours:
            own_folder(path.parent)
            ours.add(path.parent)
        is_feed = name.endswith(".xml") and name != SITEMAP
        number = turn(name)[0]
        if turns[-1:] != [number]:
            together.then()
            turns[:] = [number]
        if is_feed:
            together.settle()
        check = read_back.check(name, data) if is_feed else None
        if write(path, data, check=check) if is_feed else together.write(path, data):
            written.append(name)
        files[name] = len(data)

    return put


def _listed(episodes: Sequence[Episode]) -> list[Episode]:
    """Return the episodes that the feed lists, newest first."""
    return sorted(
        (episode for episode in episodes if episode.is_listed),
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


def _strand(
    station: Station, strand: strands.Live, before: Before, stories: strands.Stories, put: Put
) -> strands.Rendered:
    """Put the files of a strand there, unless nothing in it changed; return what it has."""
    memo = before.memo
    key, names = memo.strands.get(strand.name, ("", ()))
    same = key == strand.key and before.told == memo.feeds
    if same and before.lost.isdisjoint(names) and before.remade.isdisjoint(strand.slugs):
        documents, lists = (
            {name: marks[name] for name in names if name in marks} for marks in (memo.documents, memo.lists)
        )
        return strands.Rendered({}, names, documents, lists)
    pictured: dict[str, bytes] = {}
    channel = _channel(station, strand.show, station.strand_guid(strand.strand), pictured.__setitem__)
    done = strands.rendered(station, strand, channel, before, stories)
    done = done._replace(files=pictured | done.files)
    for name, data in done.files.items():
        put(name, data)
    return done


def _documents(
    station: Station,
    channel: Channel,
    listed: Sequence[Episode],
    stories: strands.Stories,
    withdrawn: Sequence[Episode],
    before: Before,
) -> Iterator[tuple[str, str, bytes]]:
    """Give the documents of the feed, `feed.xml` last, as `catalogue.documents` does."""
    from nashra import catalogue  # noqa: PLC0415 feedgen, as below

    taken_back = tuple(episode.withdrawn for episode in withdrawn if episode.withdrawn)
    whole = catalogue.Catalogue(
        station.audio, channel, tuple(listed), stories.keys, stories.beside, taken_back
    )
    return catalogue.documents(whole, before.documents)


def _put_outline(station: Station, feeds: Sequence[Show], put: Put) -> None:
    """Put the list of all feeds there, if there are several."""
    if feeds:
        from nashra.feed import opml  # noqa: PLC0415 lxml: most stations have one feed

        put(opml.FILE, opml.opml(station.settings.show.title, feeds))


def freeze(station: Station) -> None:
    """Write down the guids that are not yet: from then on they stay, whatever the addresses become."""
    if not station.frozen_guid:
        write(station.root / GUID, f"{station.podcast_guid}\n".encode())
    for strand in station.settings.feed:
        if not station.strand_guids.get(strand.name):
            path = station.root / STRAND_GUID.format(name=strand.name)
            write(path, f"{station.strand_guid(strand)}\n".encode())


def _channel(station: Station, show: Show, guid: str, put: Put) -> Channel:
    """Put the pictures of a show there; return it as a channel."""
    from nashra.feed.listing import Channel  # noqa: PLC0415 with the feed it comes in, as below

    picture = pictures.show_cover(station, show)
    stem = f"cover-{sha256(picture)[:12]}"  # another picture is another name: apps keep the old one
    put(f"{stem}.jpg", picture)
    put(f"{stem}-600.jpg", pictures.small(station, picture))
    said = station.settings
    return Channel(show, guid, f"{stem}.jpg", f"{stem}-600.jpg", said.podcast, hub=said.publish.hub)


def _episodes(
    station: Station,
    listed: Sequence[Episode],
    fresh: Mapping[str, tuple[str, ...]],
    standing: Mapping[str, str],
    channel: Channel,
    put: Put,
    feeds: Sequence[Show],
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Put the pages there, and what stands beside episodes that changed.

    Return each episode's files, and the fingerprints of the pages that list episodes; those that are
    `standing` stay.
    """
    from nashra.feed.list_pages import list_pages  # noqa: PLC0415 with the pages
    from nashra.feed.pages import station_pages  # noqa: PLC0415 Jinja2, feedgen: not for a build with nothing to do

    subscribe = station.settings.subscribe
    shared = station_pages(
        station.settings.show,
        listed,
        station.templates,
        channel.small,
        subscribe,
        unchanged=fresh,
        standing=standing,
        feeds=feeds,
    )
    loaded = {name: data for name, data in shared.items() if name.startswith("assets/")}
    _put_in_turn(loaded, put)
    made = {episode.slug: fresh.get(episode.slug, ()) for episode in listed}
    changed = [episode for episode in listed if episode.slug not in fresh]
    for first in range(0, len(changed), AT_ONCE):
        files: dict[str, bytes] = {}
        for episode in changed[first : first + AT_ONCE]:
            of_it = _of_episode(station, episode, channel)
            made[episode.slug] = tuple(of_it)
            files |= of_it
        _put_in_turn(files, put)
    _put_in_turn({name: shared[name] for name in shared.keys() - loaded.keys()}, put)
    return made, {page.file: page.fingerprint for page in list_pages(listed)}


def _of_episode(station: Station, episode: Episode, channel: Channel) -> dict[str, bytes]:
    """Return all files of an episode: its transcripts and chapters, its pages."""
    from nashra.feed.pages import episode_pages  # noqa: PLC0415 as above
    from nashra.feed.sides import sides  # noqa: PLC0415 as above

    show, subscribe = station.settings.show, station.settings.subscribe
    whole = records.whole(station.audio, episode)
    beside = sides(show, whole)
    own = episode_pages(show, whole, station.templates, channel.small, subscribe, beside=tuple(beside))
    return {side.path: data for side, data in beside.items()} | own


def _put_in_turn(files: Mapping[str, bytes], put: Put) -> None:
    for name in sorted(files, key=turn):
        put(name, files[name])
