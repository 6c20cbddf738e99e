"""A terminal for programs that want one: keys are pressed when the screen, or the disk, is ready for them."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60
"""Seconds after which a program that does not come along is given up."""


class Terminal:
    """A program behind a terminal: what it drew so far is `screen`."""

    def __init__(self, leader: int, program: subprocess.Popen[bytes]):
        self._leader, self._program = leader, program
        self.screen = ""

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the program go on until something is so; raises AssertionError where it never is."""
        last = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > last:
                raise AssertionError(f"{self._program.args} does not come along:\n{self.screen}")
            if select.select([self._leader], [], [], 0.05)[0]:
                # A program that has ended leaves a terminal that cannot be read (EIO).
                with contextlib.suppress(OSError):
                    self.screen += os.read(self._leader, 65536).decode("utf-8", "replace")

    def press(self, key: str, shows: str) -> None:
        """Press a key, and wait until the program draws some words."""
        self.screen = ""
        os.write(self._leader, key.encode())
        self.until(lambda: shows in self.screen)

    def leave(self, key: str) -> None:
        """Press the key that ends the program, and wait until it has ended."""
        os.write(self._leader, key.encode())
        self.until(lambda: self._program.poll() is not None)


@contextlib.contextmanager
def terminal(command: list[str], environment: dict[str, str]) -> Iterator[Terminal]:
    """Run a program in a terminal of 160 by 50 signs; what does not end by itself is ended."""
    leader, follower = pty.openpty()
    size = {"TERM": "xterm", "COLUMNS": "160", "LINES": "50"}
    try:
        with subprocess.Popen(
            command,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=environment | size,
            start_new_session=True,
        ) as program:
            try:
                yield Terminal(leader, program)
            finally:
                program.kill()
    finally:
        os.close(leader)
        os.close(follower)
