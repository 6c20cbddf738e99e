"""Many files of one build, on their way to the disk at the same time."""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, Self

from nashra.store import fresh, holds, sync_folder

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path

HANDS = 4
"""Threads that wait for the disk: a journal takes what is asked of it at once in one go."""

MOST = 64
"""Files that may be on their way: their bytes are in memory."""


class Together:
    """Files that take their places in one go, each in one step as `store.write` does it.

    All of them are on the disk before the first takes its place; they take them in the order in which they
    were given. Those behind a `then` get one when those before it have theirs for good; of those between
    two, a power cut may keep any. After `settle` all have theirs for good. An error leaves the old files
    where no new one had its place yet, and no temporary one. Raises OSError.
    """

    def __init__(self) -> None:
        self._hands: ThreadPoolExecutor | None = None
        self._going: dict[Path, tuple[int, Path, Future[None]]] = {}
        self._step = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.settle()
        finally:
            if self._hands:
                self._hands.shutdown(cancel_futures=True)
            for _step, temporary, _laid in self._going.values():
                temporary.unlink(missing_ok=True)

    def write(self, path: Path, data: bytes) -> bool:
        """Begin to put `data` under `path`; say whether anything has to be written."""
        if path in self._going or len(self._going) >= MOST:
            self.settle()
        if holds(path, data):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._hands is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 not where nothing is written

            self._hands = ThreadPoolExecutor(HANDS)
        temporary = path.parent / f".{path.name}.{os.getpid()}.tmp"
        self._going[path] = self._step, temporary, self._hands.submit(_lay, temporary, data)
        return True

    def then(self) -> None:
        """Say that what follows must not be there without what was given until now."""
        self._step += 1

    def settle(self) -> None:
        """Wait until all files lie on the disk, and let them take their places, for good."""
        for _step, _temporary, laid in self._going.values():
            laid.result()
        for _step, several in groupby(self._going, key=lambda path: self._going[path][0]):
            paths = tuple(several)
            for path in paths:
                self._going[path][1].replace(path)
            for folder in dict.fromkeys(path.parent for path in paths):
                sync_folder(folder)
        self._going.clear()


def _lay(temporary: Path, data: bytes) -> None:
    with fresh(temporary) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
