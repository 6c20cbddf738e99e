"""The files that are served: opened without following links, texts kept packed and rewritten in memory."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from nashra.serving.answering import Found, Gone, Moved, Unbuilt
from nashra.serving.kinds import ASK_FIRST, keeping, kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO
    from pathlib import Path

    from nashra.serving.listing import Listing

    Change = Callable[[str, bytes], bytes]
    """What changes a text on its way out, given its path."""

_ROOM = 64_000_000
"""Bytes of texts kept, plain and packed: a station of 1,000 episodes, whose pages are asked for again."""
_SMALL = 512
"""Bytes of a text below which packing it saves nothing."""
_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENAMETOOLONG, errno.EACCES}


class Stood(NamedTuple):
    """What lies under a path: what is known of it, and its bytes: an open file's, or in memory."""

    found: Found | Moved | Gone | Unbuilt | None
    file: FileIO | None = None
    plain: bytes = b""
    packed: bytes = b""


class _Kept(NamedTuple):
    stamp: tuple[int, int, int]
    stood: Stood


_NOTHING = Stood(None)


class Shelf:
    """The files of a station that may be seen.

    With a `change`, texts are changed on their way out, have no date before `since` (seconds since 1970,
    when that change began), and are asked for anew each time.
    """

    def __init__(
        self, root: Path, listing: Listing, change: Change | None = None, *, since: int = 0, room: int = _ROOM
    ) -> None:
        self._root = os.path.realpath(root)
        self._listing = listing
        self._change, self._since, self._room = change, since, room
        self._texts: dict[str, _Kept] = {}
        self._held = 0

    def find(self, path: str | None) -> Stood:
        """Return what lies under a path; the caller closes the file. Raises OSError if it cannot be read."""
        there = self._listing.reach().look(path)
        if there is None:
            return _NOTHING
        if not isinstance(there, str):
            return Stood(there)
        try:
            return self._text(there) if kind(there).text else self._bytes(there)
        except OSError as refused:
            if refused.errno in _ABSENT:
                return _NOTHING
            raise

    def _bytes(self, path: str) -> Stood:
        file = self._opened(path)
        facts = os.fstat(file.fileno())
        tag = f"{facts.st_size:x}-{facts.st_mtime_ns:x}"
        modified = facts.st_mtime_ns // 1_000_000_000
        return Stood(Found(kind(path).media_type, keeping(path), facts.st_size, modified, tag), file)

    def _text(self, path: str) -> Stood:
        with self._opened(path) as file:
            facts = os.fstat(file.fileno())
            stamp = (facts.st_size, facts.st_mtime_ns, facts.st_ino)
            kept = self._texts.get(path)
            if kept and kept.stamp == stamp:
                return kept.stood
            data = file.readall()
        modified = facts.st_mtime_ns // 1_000_000_000
        how_long = keeping(path)
        if self._change:
            data = self._change(path, data)
            modified, how_long = max(modified, self._since), ASK_FIRST
        # mtime=0: the same text packs to the same bytes, and so keeps its tag.
        packed = gzip.compress(data, 6, mtime=0) if len(data) >= _SMALL else b""
        tag = hashlib.sha256(data).hexdigest()[:20]
        found = Found(kind(path).media_type, how_long, len(data), modified, tag, len(packed))
        return self._keep(path, _Kept(stamp, Stood(found, None, data, packed)))

    def _keep(self, path: str, kept: _Kept) -> Stood:
        self._drop(path)
        self._texts[path] = kept
        self._held += _size(kept)
        while self._held > self._room and len(self._texts) > 1:
            self._drop(next(iter(self._texts)))
        return kept.stood

    def _drop(self, path: str) -> None:
        old = self._texts.pop(path, None)
        self._held -= _size(old) if old else 0

    def _opened(self, path: str) -> FileIO:
        """Open a plain file; raises OSError for a link, on whatever step of the path, and for all else.

        A link planted in a station would show any file of this machine; python's http.server and nginx as
        it is installed follow it.
        """
        whole = os.path.join(self._root, *path.split("/"))  # noqa: PTH118 strings, for every request
        if os.path.realpath(whole) != whole:
            raise OSError(errno.ELOOP, "is a link, or behind one")
        # A FIFO would keep us waiting for who writes into it; Windows has no such flags, and no such links.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(whole, flags | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EISDIR, "is no plain file")
        return open(descriptor, "rb", buffering=0)  # noqa: PTH123 whoever asked for it closes it


def _size(kept: _Kept) -> int:
    return len(kept.stood.plain) + len(kept.stood.packed)
