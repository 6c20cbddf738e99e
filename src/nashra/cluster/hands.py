"""The hands of a worker: processes that carry out its orders, ended when they take too long, started anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

from nashra.audio.voices.worker import end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TRIES = 3
"""How often an order may end its process: where memory is short any may be ended; once is an accident."""

_NOT_INHERITED = frozenset({"MALLOC_TRIM_THRESHOLD_"})
"""Dask sets it for its workers: memory is given back at once, which costs a third of an article's CPU."""

COMMAND = (sys.executable, "-m", "nashra.cluster.hand")


class Hand:
    """One process, asked one order at a time by one thread, with a deadline in seconds."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self.process: subprocess.Popen[str] | None = None

    def ask(self, order: str, deadline_s: float, told: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """Return the answer to an order; `told` hears what is said before it.

        One that ends its process so often, or does not end in time, is answered with `failed` and `deadly`.
        """
        for _try in range(TRIES):
            answer, late = self._asked(order, deadline_s, told)
            if answer is not None:
                return answer
            self.close()
            if late:
                return {"failed": f"was not finished within {deadline_s:.0f} s", "deadly": True}
        return {"failed": f"ended its process {TRIES} times", "deadly": True}

    def close(self) -> None:
        """End the process, if one runs; its engines end with it."""
        process, self.process = self.process, None
        if process is not None:
            end(process)

    def _asked(
        self, order: str, deadline_s: float, told: Callable[[dict[str, Any]], None]
    ) -> tuple[dict[str, Any] | None, bool]:
        """Return the answer, None when the process died over it, and whether it was too late."""
        if self.process is None or self.process.poll() is not None:
            self.close()
            self.process = subprocess.Popen(  # noqa: S603 our own module, run by our own Python
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env={name: value for name, value in os.environ.items() if name not in _NOT_INHERITED},
            )
        process = self.process
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(deadline_s, end)
        timer.daemon = True
        timer.start()
        try:
            stdin, stdout = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
            stdin.write(order + "\n")
            stdin.flush()
            for line in stdout:
                said = json.loads(line)
                if "answer" in said:
                    return said["answer"], False
                told(said)
        except (OSError, ValueError):  # it died in the middle of a word
            pass
        finally:
            timer.cancel()
        return None, late.is_set()


class Pool:
    """Hands that are idle, of a worker with one thread or several."""

    def __init__(self) -> None:
        self._idle: list[Hand] = []
        self._alone = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[Hand]:
        """Give a hand that nobody else has meanwhile."""
        with self._alone:
            hand = self._idle.pop() if self._idle else Hand()
        try:
            yield hand
        except BaseException:
            hand.close()  # who knows what it would answer next
            raise
        with self._alone:
            self._idle.append(hand)
