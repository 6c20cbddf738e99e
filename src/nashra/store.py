"""Reading, and writing in one step: the only place where files of a station are touched."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nashra.errors import NashraError


def sha256(*pieces: bytes | str) -> str:
    """Return the SHA-256 of the pieces in hex, each piece kept apart from the next.

    >>> sha256("ab", "c") == sha256("a", "bc")
    False
    """
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


@contextmanager
def storing(error: type[NashraError], where: str) -> Iterator[None]:
    """Turn what the file system refuses inside the block into `error`, saying where and why."""
    try:
        yield
    except OSError as refused:
        why = (refused.strerror or str(refused)).lower()
        raise error(f"cannot be read or written: {why}", where=where, then=_advice(refused)) from refused


def _advice(refused: OSError) -> str:
    if isinstance(refused, PermissionError) or refused.errno == 30:  # EROFS
        return "make the folder writable for your user, or choose another with --station"
    if refused.errno == 28:  # ENOSPC
        return "free some disk space and run the same command again"
    if isinstance(refused, IsADirectoryError | NotADirectoryError):
        return "a folder and a file have changed places; move one of them away"
    return "check the folder and run the same command again"


def read(path: Path) -> bytes | None:
    """Return the bytes of a file, or None when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write(path: Path, data: bytes) -> bool:
    """Put `data` under `path` in one step; say whether anything had to be written.

    A file that already holds these bytes is left alone, with its modification time. Otherwise a
    reader sees the old file or the new one, never a part: temporary file in the same folder,
    flush, fsync, replace, fsync of the folder. Raises OSError, and leaves the old file.
    """
    if _holds(path, data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may forget the new name (Litestream #1344). Windows cannot open a
    # folder, and orders its own renames.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
