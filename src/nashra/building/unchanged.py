"""Whether anything changed since the last build, by sizes and times: a thousand articles cost as one does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nashra import __version__
from nashra.errors import AudioError
from nashra.folders import newest, stamps
from nashra.store import read, sha256, storing, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nashra.station import Station

_MEMO = "built.json"

JUST_NOW = 100_000_000
"""ns before the memo in which an article's time tells nothing: file systems count in ticks of 4 to 10 ms."""


def holds(station: Station) -> bool:
    """Say whether articles, episodes, feed, settings and Nashra are those that a build left up to date.

    An article saved while that build ended is looked into, whatever its time says, as git does.
    """
    try:
        known = _memo(station)
        same = all(known.get(what) == state for what, state in _states(station))
        return same and newest(station.articles) < newest(station.cache / _MEMO) - JUST_NOW
    except OSError:
        return False  # whoever needs the file says what is wrong with it


def articles(station: Station) -> str:
    """Return the state of the articles before they are read; empty where that cannot be told."""
    try:
        return _hashed(station.articles)
    except OSError:
        return ""  # whoever reads them says what is wrong


def remember(station: Station, read_as: str) -> None:
    """Note that everything is up to date as it lies there, unless the articles are not as they were read.

    A desk goes on while a build runs: what it does meanwhile is for the next one.
    """
    if not read_as or articles(station) != read_as:
        return
    path = station.cache / _MEMO
    with storing(AudioError, f"{station.cache.name}/{_MEMO}"):
        path.unlink(missing_ok=True)  # written anew even with the same bytes, for its time
        write(path, json.dumps(dict(_states(station))).encode(), durable=False)


def _states(station: Station) -> Iterator[tuple[str, str]]:
    """Give by name what must be the same, and its hash: first what changes most, last what has most files."""
    said = station.settings
    covers = (said.show.cover, *(strand.cover for strand in said.feed))
    yield (
        "settings",
        sha256(
            __version__,
            repr(station.settings),
            station.podcast_guid,
            repr(sorted(station.templates.items())),
            repr(station.words),
            repr(station.sounds),
            *(repr(cover and sha256(read(station.root / cover) or b"")) for cover in covers),
        ),
    )
    for folder in (station.articles, station.audio, station.feed):
        yield folder.name, _hashed(folder)


def _hashed(folder: Path) -> str:
    return sha256(repr(sorted(stamps(folder))))


def _memo(station: Station) -> dict[str, Any]:
    try:
        memo = json.loads(read(station.cache / _MEMO) or b"{}")
    except (OSError, ValueError):
        return {}
    return memo if isinstance(memo, dict) else {}
