"""Reading, and writing in one step: the only place where files of a station are touched."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 a field of Kept, resolved by whoever asks for its hints
from typing import TYPE_CHECKING, Any, Protocol

from nashra.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    if isinstance(refused, IsADirectoryError | NotADirectoryError | FileExistsError):
        return "a folder and a file have changed places; move one of them away"
    return "check the folder and run the same command again"


@contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the one lock of a station; when another process has it, call `waiting`, then wait.

    It is a lock of the kernel's: it goes with its process, however that ends. Raises AudioError.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 reading needs no lock

    with storing(AudioError, str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def read(path: Path) -> bytes | None:
    """Return the bytes of a file, or None when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Give name, size and time (ns) of every file in a folder and below; nothing when there is none."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                for name, size, time in stamps(folder / entry.name):
                    yield f"{entry.name}/{name}", size, time
            else:
                found = entry.stat(follow_symlinks=entry.is_file())  # a link to nothing is a file too
                yield entry.name, found.st_size, found.st_mtime_ns


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
    found = {}
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
                elif not entry.name.startswith("."):
                    found[prefix + entry.name] = entry.stat().st_size
    return found


def write(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Put `data` under `path` in one step; say whether anything had to be written.

    A file that already holds these bytes is left alone, with its modification time. Otherwise a
    reader sees the old file or the new one, never a part: temporary file in the same folder,
    flush, fsync, replace, fsync of the folder. What can be made again and is checked when it is read
    need not be `durable`: without the two fsyncs. Raises OSError, and leaves the old file.
    """
    if _holds(path, data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(path.parent)
    return True


def write_named(
    folder: Path, chunks: Iterable[bytes], size: int, name: Callable[[str], str]
) -> tuple[str, str]:
    """Write what may not fit into memory under a name made from its SHA-256; return name and SHA-256.

    In one step, as `write`, and a file that already holds these bytes is left alone. Nothing takes its name
    before all of it, `size` bytes, is on the disk. Raises OSError, and what `chunks` raises.
    """
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{os.getpid()}.tmp"
    digest = hashlib.sha256()
    try:
        with temporary.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            if file.tell() != size:
                raise OSError(errno.EIO, "not all of it was written")
            path = folder / name(digest.hexdigest())
            if _digest(path) == digest.digest():
                return path.name, digest.hexdigest()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(folder)
    return path.name, digest.hexdigest()


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except FileNotFoundError:
        return b""


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


class Behind(Protocol):
    """A second shelf behind the one on this disk, which others share: entries by relative name.

    It never fails: what cannot be had of it is absent, what it cannot take is dropped (`shelves.Shared`).
    """

    def get(self, name: str) -> bytes | None:
        """Return the bytes under a name, None when there are none, or none can be had now."""

    def put(self, name: str, data: bytes) -> None:
        """Leave bytes under a name, if there are none."""

    def remove(self, name: str) -> None:
        """Remove what is under a name: it was found broken."""

    def __contains__(self, name: object) -> bool:
        """Say whether there is something under a name."""


def opened(entry: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Return header and bytes of an entry as `Kept` writes it, None when it is not whole."""
    head, line_end, data = entry.partition(b"\n")
    try:
        header = json.loads(head)
    except ValueError:
        return None
    if not line_end or not isinstance(header, dict) or header.get("sha256") != sha256(data):
        return None
    return header, data


@dataclass(frozen=True, slots=True)
class Kept:
    """Things made once and kept by content, in a folder that may be deleted at any time.

    An entry is a line of JSON and the bytes behind it, under a key that is a hash of all it was made
    from. One that is not whole counts as absent: it is made again. What is not in the folder is looked for
    on the shelf `behind` it, and then kept in the folder too; what is put goes to both.
    """

    folder: Path
    suffix: str
    behind: Behind | None = None

    def __contains__(self, key: object) -> bool:
        """Say whether something is kept under the key, without looking whether it is whole."""
        if self._path(str(key)).is_file():
            return True
        return self.behind is not None and self._name(str(key)) in self.behind

    def get(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        """Return the header and the bytes kept under the key, or None."""
        try:
            found = opened(read(self._path(key)) or b"")
        except OSError:
            found = None
        return found if found or self.behind is None else self._brought(key, self.behind)

    def put(self, key: str, header: dict[str, Any], data: bytes) -> None:
        """Keep a header and its bytes under the key; raises AudioError when the disk refuses."""
        head = json.dumps(header | {"sha256": sha256(data)}, ensure_ascii=False)
        entry = head.encode() + b"\n" + data
        with storing(AudioError, str(self.folder)):
            write(self._path(key), entry, durable=False)
        if self.behind is not None:
            self.behind.put(self._name(key), entry)

    def _brought(self, key: str, behind: Behind) -> tuple[dict[str, Any], bytes] | None:
        entry = behind.get(self._name(key))
        found = opened(entry) if entry else None
        if entry and found:
            with suppress(OSError):  # a full disk: what was brought is used all the same
                write(self._path(key), entry, durable=False)
        elif entry:
            behind.remove(self._name(key))  # or nobody would ever put it there whole
        return found

    def _name(self, key: str) -> str:
        return f"{self.folder.name}/{key[:2]}/{key}.{self.suffix}"

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.{self.suffix}"


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where a station keeps what it made: its own hidden folder, and perhaps a shelf behind that."""

    folder: Path
    behind: Behind | None = None

    def kept(self, name: str, suffix: str) -> Kept:
        """Return the shelf of that name."""
        return Kept(self.folder / name, suffix, self.behind)


def shelf(where: Path | Shelves, name: str, suffix: str) -> Kept:
    """Return the shelf of that name in a folder, or in one with another behind it."""
    return where.kept(name, suffix) if isinstance(where, Shelves) else Kept(where / name, suffix)
