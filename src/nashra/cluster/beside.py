"""A cluster at work beside the build: each article is joined as soon as its own order is answered."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nashra.errors import NashraError

LEAVE_S = 10.0
"""Seconds in which the thread that waits for a cluster ends once nobody needs it."""


class Waiting:
    """Articles on order, and who waits for them; the cluster's thread answers, the build's thread holds."""

    def __init__(self, files: Iterable[str]) -> None:
        self._ordered = {file: threading.Event() for file in files}
        self._deadly: dict[str, NashraError] = {}

    def hold(self, file: str) -> NashraError | None:
        """Wait until an article is answered or left to the build; return why nobody should try it."""
        if file in self._ordered:
            self._ordered[file].wait()
        return self._deadly.get(file)

    def answer(self, file: str, deadly: NashraError | None = None) -> None:
        """Let an article go on, or say why it must not."""
        if deadly is not None:
            self._deadly[file] = deadly
        self._ordered[file].set()

    def leave(self) -> None:
        """Leave everything that is not answered to the build."""
        for ordered in self._ordered.values():
            ordered.set()


@contextmanager
def at_work(work: Callable[[Callable[[], bool]], None], waiting: Waiting) -> Iterator[None]:
    """Do something while the block runs; it is told to stop when the block ends before it.

    Whatever becomes of it, nobody waits for an answer that cannot come.
    """
    unneeded = threading.Event()

    def working() -> None:
        try:
            work(unneeded.is_set)
        finally:
            waiting.leave()

    thread = threading.Thread(target=working, daemon=True)
    thread.start()
    try:
        yield
    finally:
        unneeded.set()
        thread.join(LEAVE_S)
