"""What lies in folders: names, sizes, times, what was left half-written; nothing is read or changed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Give name, size and time (ns) of every file in a folder and below; nothing when there is none."""
    waiting = [(str(folder), "")] if folder.is_dir() else []
    while waiting:
        here, prefix = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    found = entry.stat(follow_symlinks=entry.is_file())  # a link to nothing is a file too
                    yield prefix + entry.name, found.st_size, found.st_mtime_ns


def names(folder: Path) -> list[str]:
    """Return the names in a folder, in order, whatever bears them; raises OSError."""
    return sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208 names alone, of ten thousand


def newest(path: Path) -> int:
    """Return the time (ns since 1970) of a file, or of the newest one in a folder; 0 when there is none."""
    if path.is_dir():
        return max((time for _name, _size, time in stamps(path)), default=0)
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def sizes(folder: Path) -> dict[str, int]:
    """Return the size in bytes of every file below a folder, by relative path; none when it is not there.

    What begins with a dot is left out: a file on its way into its place. Raises OSError.
    """
    return {
        name: entry.stat(follow_symlinks=entry.is_file()).st_size  # as in `stamps`
        for name, entry in _entries(folder)
        if not entry.name.startswith(".")
    }


def all_names(folder: Path) -> Iterator[str]:
    """Give the name of every file in a folder and below, without looking at it; raises OSError."""
    return (name for name, _entry in _entries(folder))


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Give each file in a folder and below, by relative path; a link to a folder is one. Raises OSError."""
    waiting = [(folder, "")]
    while waiting:
        here, prefix = waiting.pop()
        try:
            entries = os.scandir(here)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((here / entry.name, f"{prefix}{entry.name}/"))
                else:
                    yield prefix + entry.name, entry


_TEMPORARY = re.compile(r"\.(.+\.)?[0-9]+\.tmp")


OUTPUTS = ("audio", "feed")
"""The folders of a station that its listeners are to have."""


def half_written(root: Path, folders: Iterable[str]) -> list[Path]:
    """Return the temporary files of ours at the top of `root`, and in these folders and below."""
    found = [
        root / folder / name for folder in folders for name in all_names(root / folder) if ".tmp" in name
    ]
    return [path for path in (*found, *root.glob(".*.tmp")) if _TEMPORARY.fullmatch(path.name)]


def leftovers(root: Path, cache: Path) -> list[Path]:
    """Return the temporary files of ours in a station, its articles and outputs, and in what is kept."""
    shelves = (path for path in cache.glob("*/.*.tmp") if _TEMPORARY.fullmatch(path.name))
    beside = half_written(root / "articles", ())
    return [*half_written(root, OUTPUTS), *beside, *half_written(cache, ()), *shelves]


def free_bytes(folder: Path) -> int | None:
    """Return how many bytes can still be written where a folder lies; raises OSError.

    None where nobody knows: some network disks say that they have no size at all.
    """
    import shutil  # noqa: PLC0415 only for what is made anew

    found = shutil.disk_usage(folder)
    return found.free if found.total else None
