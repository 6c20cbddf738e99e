"""Pulling: new and edited articles of the sites that `nashra.toml` names, into `articles/`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from nashra.configuration import FILE
from nashra.errors import ArticleError, ConfigurationError, NashraError
from nashra.intake import choosing, following, remembered, shelf, updating
from nashra.intake.remembered import Memory, Seen, digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from nashra.articles.items import Feed, Item
    from nashra.articles.reading import Reading
    from nashra.intake.following import Doors, Fetched
    from nashra.intake.shelf import Kept, Shelf
    from nashra.settings import Source
    from nashra.station import Station

_REST = "wp-json/wp/v2/posts?per_page=20&_embed=author,wp:term"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did: files of articles that are new, updated, unchanged, or gone at their source.

    `waiting` has the titles of new ones beyond the limit, which the next pull takes; a source that has
    not changed since the last pull says nothing of its articles.
    """

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    failures: tuple[NashraError, ...] = ()

    def __add__(self, other: Pulled) -> Pulled:
        return Pulled(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def as_json(done: Pulled) -> dict[str, list[str]]:
    """Return what a pull did as plain values, in the form of docs/pull.md."""
    return {each.name: [str(value) for value in getattr(done, each.name)] for each in fields(done)}


@dataclass(slots=True)
class _Turn:
    """One source's turn. Local to one call of `_pull`; nobody else sees it change."""

    station: Station
    source: Source
    doors: Doors
    now: datetime
    dry_run: bool
    shelf: Shelf
    feed: Feed
    before: Memory
    room: int
    done: Pulled = field(default_factory=Pulled)
    seen: dict[str, Seen] = field(default_factory=dict)
    left: bool = False
    """Whether something is to be tried again though the feed will be the same."""


def pull(
    station: Station, doors: Doors, now: datetime, *, limit: int | None = None, dry_run: bool = False
) -> Pulled:
    """Bring new and edited articles of the station's sources into `articles/`; return what was done.

    At most `limit` new ones in all. A source or item that fails does not stop the others: the failures are
    in the outcome. Nothing is ever deleted. Raises ConfigurationError where there is no source.
    """
    if not station.settings.source:
        then = "add a [[source]] with its `url`, as docs/pull.md says"
        raise ConfigurationError("names no source to pull from", where=FILE, then=then)
    articles = cache(lambda: shelf.shelf(station))
    done = Pulled()
    for source in station.settings.source:
        room = source.limit if limit is None else min(source.limit, limit - len(done.new))
        try:
            done += _pull(station, source, doors, now, articles, room, dry_run=dry_run)
        except NashraError as failure:
            done += Pulled(failures=(failure.within(source.url),))
    return done


def _pull(
    station: Station,
    source: Source,
    doors: Doors,
    now: datetime,
    articles: Callable[[], Shelf],
    room: int,
    *,
    dry_run: bool,
) -> Pulled:
    memory = remembered.load(_folder(station), source)
    found = doors.fetch.get(
        _address(source),
        accept="json" if source.kind == "wordpress" else "feed",
        etag=memory.etag,
        last_modified=memory.last_modified,
    )
    if found.status == 304:
        return Pulled()
    feed = doors.parse.feed(found.body, found.url, found.charset)
    turn = _Turn(station, source, doors, now, dry_run, articles(), feed, memory, room)
    # What was never tried comes first: some that always fail must not hold up the others.
    for item in sorted(feed.items, key=lambda item: item.id in memory.seen):
        _look_at(turn, item)
    done = turn.done + Pulled(gone=choosing.gone(source, feed, turn.shelf.kept))
    if not dry_run:
        finished = not (done.waiting or done.failures or turn.left)
        validators = (found.etag, found.last_modified) if finished else ("", "")
        try:
            remembered.save(_folder(station), source, Memory(memory.wanted, *validators, turn.seen))
        except NashraError as failure:  # what was written is written, and must be told
            done += Pulled(failures=(failure,))
    return done


def _address(source: Source) -> str:
    """Return what is asked: for a WordPress site its REST interface, if that is not named already.

    >>> from nashra.settings import Source
    >>> _address(Source("https://news.example", "wordpress"))
    'https://news.example/wp-json/wp/v2/posts?per_page=20&_embed=author,wp:term'
    """
    named = "wp-json" in source.url or "rest_route" in source.url
    return (
        urljoin(f"{source.url.rstrip('/')}/", _REST)
        if source.kind == "wordpress" and not named
        else source.url
    )


def _folder(station: Station) -> Path:
    return station.cache / "pull"


def _look_at(turn: _Turn, item: Item) -> None:
    """Do what is to be done about an item, and note what was done."""
    kept, before = turn.shelf.find(item, turn.source.url), turn.before.seen.get(item.id)
    if kept is None and before is not None and not before.failed:
        turn.seen[item.id] = before  # it was here, and somebody took it away
    elif kept is None and not choosing.wanted(turn.source, item, turn.now):
        return
    elif kept is not None and not kept.pulled:
        turn.done += Pulled(unchanged=(kept.file,))  # a person added it
    elif before is not None and not choosing.due(item, before, turn.now):
        turn.seen[item.id] = before
        turn.left = turn.left or before.failed
        turn.done += Pulled(unchanged=(kept.file,) if kept else ())
    elif kept is None and turn.room <= 0:
        turn.done += Pulled(waiting=(item.title or item.url,))
        if before is not None:
            turn.seen[item.id] = before
    else:
        turn.room -= kept is None
        _bring(turn, item, kept, before)


def _bring(turn: _Turn, item: Item, kept: Kept | None, before: Seen | None) -> None:
    """Write or update the article of an item."""
    known = before if kept and before and not before.failed else Seen("", "")
    page: Fetched | None = None
    failed = False
    try:
        read, page = _read(turn, item, known)
        if read is None:
            turn.done += Pulled(unchanged=(kept.file,) if kept else ())
        elif kept is None:
            turn.done += Pulled(new=(_create(turn, item, read),))
        else:
            changed = updating.update(turn.station, read, item, turn.source, kept, dry_run=turn.dry_run)
            turn.done += Pulled(updated=(kept.file,)) if changed else Pulled(unchanged=(kept.file,))
    except NashraError as failure:
        failed = True
        taken_down = kept is not None and getattr(failure, "status", 0) in {404, 410}
        failure = failure.within(item.url or item.title)
        turn.done += Pulled(gone=(kept.file,)) if kept and taken_down else Pulled(failures=(failure,))
    etag, last_modified = (page.etag, page.last_modified) if page else ("", "")
    turn.seen[item.id] = Seen(digest(item), turn.now.isoformat(), etag, last_modified, failed)


def _read(turn: _Turn, item: Item, known: Seen) -> tuple[Reading | None, Fetched | None]:
    """Return the article of an item, None if its page has not changed, and the page that was asked for it."""
    site, parse = turn.feed.title, turn.doors.parse
    if not item.summary_only:
        return following.own_text(item, site, parse), None
    if not item.url:
        what = "is only a summary, and no link leads to the rest"
        raise ArticleError(what, where=item.title or turn.source.url, then="tell the site's owner")
    page = turn.doors.fetch.get(item.url, accept="page", etag=known.etag, last_modified=known.last_modified)
    if page.status == 304:
        return None, page
    return following.behind(item, site, page, parse), page


def _create(turn: _Turn, item: Item, read: Reading) -> str:
    file = updating.create(turn.station, read, item, turn.source, turn.now, turn.doors, dry_run=turn.dry_run)
    turn.shelf.put(shelf.Kept(file, item.url, turn.source.url, item.id, read.article.date))
    return file
