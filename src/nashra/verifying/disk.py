"""A station's files as the system lists them; what reads them is the checker's own."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FOLDERS = ("audio", "feed")
"""What is published."""


_TEMPORARY = re.compile(r"\.(.+\.)?\d+\.tmp")


class Stat(NamedTuple):
    """A file as listed: bytes, time (ns since 1970), and whether it is a plain file."""

    bytes: int
    time_ns: int
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Disk:
    """A station's folder, and every file of it that counts by its path from there.

    `files` are all below `audio/` and `feed/`, `left` the temporary files anywhere that a build works.
    """

    root: Path
    files: dict[str, Stat]
    left: dict[str, Stat]

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises OSError."""
        return (self.root / path).read_bytes()

    @contextmanager
    def opened(self, path: str) -> Iterator[Callable[[int, int], bytes]]:
        """Give what reads the bytes of a file at (start, length); raises OSError."""
        with (self.root / path).open("rb", buffering=0) as file:

            def piece(start: int, length: int) -> bytes:
                file.seek(max(start, 0))
                return file.read(length)

            yield piece

    def ends(self, path: str, length: int = 64) -> tuple[bytes, bytes]:
        """Return the first and the last bytes of a file; raises OSError."""
        with self.opened(path) as piece:
            return piece(0, length), piece(self.files[path].bytes - length, length)

    def time_ns(self, path: str) -> int | None:
        """Return the time of a file or folder of the station, None when it is not there."""
        try:
            return (self.root / path).stat().st_mtime_ns
        except OSError:
            return None


def seen(root: Path) -> Disk:
    """Return what lies in a station's folder; raises OSError when it cannot be listed."""
    files: dict[str, Stat] = {}
    for folder in FOLDERS:
        _list(root, folder, files, depth=9)
    left = {path: stat for path, stat in files.items() if is_temporary(path)}
    for folder, depth in (("", 0), ("articles", 0), (".nashra", 1)):
        below: dict[str, Stat] = {}
        _list(root, folder, below, depth)
        left |= {path: stat for path, stat in below.items() if is_temporary(path)}
    return Disk(root, {path: stat for path, stat in files.items() if path not in left}, left)


def is_temporary(path: str) -> bool:
    """Say whether a file is on its way into its place.

    >>> is_temporary("audio/.77.tmp"), is_temporary("feed/.feed.xml.77.tmp"), is_temporary("feed/.gitkeep")
    (True, True, False)
    """
    return bool(_TEMPORARY.fullmatch(path.rpartition("/")[2]))


def _list(root: Path, folder: str, files: dict[str, Stat], depth: int) -> None:
    try:
        entries = os.scandir(root / folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if depth:
                    _list(root, path, files, depth - 1)
            else:
                found = entry.stat(follow_symlinks=False)
                files[path] = Stat(found.st_size, found.st_mtime_ns, entry.is_file(follow_symlinks=False))
