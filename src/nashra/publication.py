"""The feed folder: pages and pictures first, the feed itself last, and only what changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nashra import pictures
from nashra.errors import FeedError
from nashra.records import encode
from nashra.station import feed_recipe
from nashra.store import read, sha256, storing, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.model import Episode
    from nashra.station import Station

RSS = "feed.xml"
OWNED = ("archive-*.html", "episodes/*.html", "embed/*.html", "oembed/*.json")
"""Files that go when their episode does."""

_MEMO = "feed.json"


def update(station: Station, episodes: Sequence[Episode]) -> tuple[str, ...]:
    """Bring `feed/` up to date with the episodes; return the names of the files written, the feed last.

    Drafts are not listed. Nothing is computed when neither the records nor what shapes the feed
    changed and every file is still there. Raises FeedError, and the old feed stays.
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
    key = sha256(feed_recipe(station), cover_bytes, *(encode(episode) for episode in listed))
    memo = _memo(station)
    if memo.get("key") == key and _all_there(station, memo["files"]):
        return ()
    files = _files(station, listed)
    with storing(FeedError, "feed"):
        written = [name for name, data in files.items() if write(station.feed / name, data)]
        # A page whose article is gone must not stay readable; the feed no longer names it.
        for pattern in OWNED:
            for page in station.feed.glob(pattern):
                if page.relative_to(station.feed).as_posix() not in files:
                    page.unlink()
        sizes = {name: len(data) for name, data in files.items()}
        write(station.cache / _MEMO, json.dumps({"key": key, "files": sizes}).encode())
    return tuple(written)


def _files(station: Station, listed: Sequence[Episode]) -> dict[str, bytes]:
    """Return every file of `feed/`, in the order in which they are written."""
    from nashra.feed.pages import pages  # noqa: PLC0415 Jinja2, feedgen: not for a build with nothing to do
    from nashra.feed.rss import rss  # noqa: PLC0415

    show = station.settings.show
    picture = pictures.show_cover(station)
    cover = f"cover-{sha256(picture)[:12]}.jpg"  # another picture is another name: apps keep the old one
    feed = rss(show, listed, cover)
    small = f"cover-{sha256(picture)[:12]}-600.jpg"
    made = pages(show, listed, station.templates, small, station.settings.subscribe)
    return {cover: picture, small: pictures.small(station, picture), **made, RSS: feed}


def _memo(station: Station) -> dict[str, Any]:
    """Return what the last build wrote and from what; empty when nobody knows."""
    try:
        memo = json.loads(read(station.cache / _MEMO) or b"{}")
    except (OSError, ValueError):
        return {}
    return memo if isinstance(memo, dict) and isinstance(memo.get("files"), dict) else {}


def _all_there(station: Station, sizes: dict[str, int]) -> bool:
    try:
        return all((station.feed / name).stat().st_size == size for name, size in sizes.items())
    except OSError:
        return False
