"""The one lock of a station: two commands that write into it would destroy each other's work."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nashra.errors import AudioError, LockedError
from nashra.store import own_folder, storing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def locked(path: Path, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Hold the one lock of a station; when another process has it, call `waiting`, then wait.

    It is a lock of the kernel's: it goes with its process, however that ends. Its time tells when it was
    taken. Raises LockedError when another has it and there is no `waiting`; AudioError where no lock can be
    had, or somebody put a link in its place.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 reading needs no lock

    with storing(AudioError, str(path)):
        own_folder(path.parent)
        _check_lock(path)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting is None:
                what = "another command works on this station"
                raise LockedError(what, then="try again when it has ended, or leave out --no-wait") from None
            waiting()
            lock.acquire()
        os.utime(path)
    try:
        yield
    finally:
        lock.release()


def _check_lock(path: Path) -> None:
    """Refuse a lock that would lead elsewhere, or hold nobody; raises AudioError, OSError.

    filelock 3.20 to 4.3 do different things where the kernel has no locks (some network disks), and the file
    that some of them fall back to outlives a killed process. So it is tried on a file of its own.
    """
    if path.is_symlink():
        raise AudioError("is a link, not a lock", where=str(path), then="delete it")
    try:
        import fcntl  # noqa: PLC0415 Windows has none, and locks in its own way
    except ImportError:
        return
    trial = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    trial.unlink(missing_ok=True)
    descriptor = os.open(trial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refused:
        what = f"this disk has no locks: {(refused.strerror or str(refused)).lower()}"
        then = "put the station on a local disk; two builds at once would destroy each other's work"
        raise AudioError(what, where=str(path), then=then) from refused
    finally:
        os.close(descriptor)
        trial.unlink(missing_ok=True)
