"""What may be seen of a station, looked up anew when its folders change; else it costs four stats."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nashra import last_feed, records
from nashra.errors import AudioError
from nashra.feed import opml
from nashra.publication import RSS
from nashra.serving.reach import Reach, reach
from nashra.store import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nashra.model import Episode
    from nashra.station import Station

_JUST_NOW = 100_000_000
"""ns in which a folder's time tells nothing: file systems count in ticks of 4 to 10 ms (`unchanged.py`)."""

_SELF = re.compile(rb'"([^"]*)feed/feed\.xml"')
"""The feed's own address, which stands before all that an article says; after a move of the station, and
until the next build, it is another than that of nashra.toml."""
_STRAND = re.compile(r'xmlUrl="[^"]*/feed/([^"/]+)\.xml"')
"""A feed of the outline, which a build writes before the files of any."""


class Listing:
    """What may be seen of the station in a folder, as its files say now.

    Whatever writes into a station puts a new file in the place of the old one, which changes the time of
    its folder; the facts of each file are looked up when it is opened. A record that is read once is kept
    until its size or time changes: of ten thousand, an edit reads one.
    """

    def __init__(self, station: Station, clock_ns: Callable[[], int]) -> None:
        self._station, self._audio, self._feed = station, station.audio, station.feed
        self._folders = (self._audio, self._feed, self._feed / "episodes", station.cache)
        self._clock_ns = clock_ns
        self._seen: tuple[int, ...] = ()
        self._reach = Reach()
        self._records: dict[str, tuple[tuple[int, int], Episode]] = {}

    def reach(self) -> Reach:
        """Return what may be seen now."""
        times = tuple(map(_time, self._folders))
        if times != self._seen:
            self._reach = self._looked_up()
            settled = max(times) < self._clock_ns() - _JUST_NOW
            self._seen = times if settled else ()
        return self._reach

    def changed(self) -> float | None:
        """Return when the feed changed, in s since 1970; None while there is none."""
        time_ns = _time(self._feed / RSS)
        return time_ns / 1e9 if time_ns else None

    def _looked_up(self) -> Reach:
        """Look up what may be seen; what cannot be read is as it was when it could."""
        try:
            feed = read(self._feed / RSS)
            if feed is None:
                return Reach(built=False)  # nothing is published before there is a feed
            outline = (read(self._feed / opml.FILE) or b"").decode("utf-8", "replace")
            pages = {name.removesuffix(".html") for name in os.listdir(self._feed / "episodes")}  # noqa: PTH208 names alone, of ten thousand
            self._read_records()
        except OSError:
            return self._reach
        made = {f"feed/{name}" for name in last_feed.files(self._station)}
        episodes = (episode for _stamp, episode in self._records.values())
        return reach(episodes, pages, _named(feed), made, frozenset(_STRAND.findall(outline)))

    def _read_records(self) -> None:
        there = {}
        with os.scandir(self._audio) as entries:
            for entry in entries:
                if entry.name.endswith(".json") and not entry.name.startswith("."):
                    found = entry.stat(follow_symlinks=False)
                    there[entry.name] = (found.st_size, found.st_mtime_ns)
        for name in self._records.keys() - there.keys():
            del self._records[name]
        for name, stamp in sorted(there.items()):
            if name not in self._records or self._records[name][0] != stamp:
                try:
                    raw = read(self._audio / name) or b""
                    self._records[name] = stamp, records.decode(raw, f"audio/{name}", cues=False)
                except (AudioError, OSError):
                    continue  # the next build says what is wrong with it; yesterday's episode stays


def _named(feed: bytes) -> frozenset[str]:
    """Return the files of `audio/` that a feed names."""
    own = _SELF.search(feed)
    found = re.findall(re.escape(own[1]) + rb"audio/([^\"<>?&]+)\"", feed) if own else []
    return frozenset(f"audio/{unquote(name.decode('ascii', 'replace'))}" for name in found)


def _time(folder: Path) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 for each request
    except OSError:
        return 0
