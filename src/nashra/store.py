"""Reading, and writing in one step: the only place where files of a station are touched."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from nashra.errors import NashraError


MOST_BYTES = 2_000_000_000
"""Bytes of a file that is read at once: an hour of WAV in two channels at 192 kHz is less."""


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


_EVERYTHING = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}


def refuses_everything(failure: BaseException | None) -> bool:
    """Tell whether the disk or the machine is behind a failure: what is written next would fail, too."""
    while failure is not None:
        if isinstance(failure, OSError) and failure.errno in _EVERYTHING:
            return True
        failure = failure.__cause__
    return False


def _advice(refused: OSError) -> str:
    if isinstance(refused, PermissionError) or refused.errno == 30:  # EROFS
        return "make the folder writable for your user, or choose another with --station"
    if refused.errno == 28:  # ENOSPC
        return "free some disk space and run the same command again"
    if refused.errno == errno.ELOOP:
        return "put a folder there, not a link: Nashra writes nowhere but in its station"
    if refused.errno in {errno.EINVAL, errno.EFBIG}:
        return "put another file there"
    if isinstance(refused, IsADirectoryError | NotADirectoryError | FileExistsError):
        return "a folder and a file have changed places; move one of them away"
    return "check the folder and run the same command again"


def read(path: Path, most: int = MOST_BYTES) -> bytes | None:
    """Return the bytes of a file, or None when there is none.

    Raises OSError, also for a pipe or a device, from which a build would read for ever, and for a file of
    more than `most` bytes.
    """
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise OSError(errno.EINVAL, "is a pipe or a device, not a file")
        if found.st_size > most:
            raise OSError(errno.EFBIG, f"has more than {most:,} bytes")
        return path.read_bytes()
    except FileNotFoundError:
        return None


def try_writing(folder: Path) -> None:
    """Write a file without a name into a folder and let it go; raises OSError where that cannot be."""
    import tempfile  # noqa: PLC0415 a build has no use for it

    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())


def delete(path: Path) -> None:
    """Delete a file, if it is there; of a link, the link. Raises OSError."""
    path.unlink(missing_ok=True)


def write(
    path: Path,
    data: bytes,
    *,
    durable: bool = True,
    by_way_of: Path | None = None,
    check: Callable[[bytes], None] | None = None,
) -> bool:
    """Put `data` under `path` in one step; say whether anything had to be written.

    A file that already holds these bytes is left alone, with its modification time. Otherwise a
    reader sees the old file or the new one, never a part: temporary file in the same folder,
    flush, fsync, replace, fsync of the folder. What can be made again and is checked when it is read
    need not be `durable`: without the two fsyncs. `by_way_of` is another folder of that disk for the
    temporary file, where leftovers are found among less. `check` is given what lies on the disk before it
    takes its name. Raises OSError, and what `check` raises, and leaves the old file.
    """
    if holds(path, data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = (by_way_of or path.parent) / f".{path.name}.{os.getpid()}.tmp"
    try:
        with fresh(temporary) as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        if check:
            check(temporary.read_bytes())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)
    return True


def write_named(
    folder: Path,
    chunks: Iterable[bytes],
    size: int,
    name: Callable[[str], str],
    check: Callable[[Iterable[bytes]], None] | None = None,
) -> tuple[str, str]:
    """Write what may not fit into memory under a name made from its SHA-256; return name and SHA-256.

    In one step, as `write`, and a file that already holds these bytes is left alone. Nothing takes its name
    before all of it, `size` bytes, is on the disk, was read back, and `check`, which is given what was read,
    has not raised. Raises OSError, and what `chunks` and `check` raise.
    """
    own_folder(folder)
    temporary = folder / f".{os.getpid()}.tmp"
    digest = hashlib.sha256()
    try:
        with fresh(temporary) as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            if file.tell() != size:
                raise OSError(errno.EIO, "not all of it was written")
            _read_back(temporary, digest.digest(), check)
            path = folder / name(digest.hexdigest())
            if _digest(path) == digest.digest():
                return path.name, digest.hexdigest()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(folder)
    return path.name, digest.hexdigest()


def _read_back(path: Path, digest: bytes, check: Callable[[Iterable[bytes]], None] | None) -> None:
    """Refuse a file that does not lie there as it was written, or that `check` refuses; in one pass."""
    found = hashlib.sha256()

    def blocks() -> Iterator[bytes]:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
                yield block

    if check:
        check(blocks())
    else:
        for _block in blocks():
            pass
    if found.digest() != digest:
        raise OSError(errno.EIO, "other bytes came back than were written")


_BLOCK = 1 << 20


def own_folder(folder: Path) -> None:
    """Make a folder of the station's outputs if it is not there, and refuse one that is a link.

    What is written would lie elsewhere. Raises OSError.
    """
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "is a link to another folder", str(folder))
    folder.mkdir(parents=True, exist_ok=True)


def fresh(path: Path) -> BinaryIO:
    """Open a new file; what lies there, be it a link that leads elsewhere, is taken away, never followed."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except FileNotFoundError:
        return b""


def holds(path: Path, data: bytes) -> bool:
    """Say whether a file has these bytes already; raises OSError."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; raises OSError.

    Without this a power cut may forget a new name (Litestream #1344). Windows cannot open a folder, and
    orders its own renames.
    """
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
