"""A command of Nashra's that runs in a process group of its own until it is ended: serve, watch."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from loopback import PATIENCE


class Running:
    """A command that runs: `lines` is what it wrote, both streams."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process = process
        self.lines: list[str] = []
        self._reading = threading.Thread(target=lambda: self.lines.extend(process.stdout), daemon=True)
        self._reading.start()

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def until(self, true) -> None:
        end = time.monotonic() + 3 * PATIENCE  # a build of a machine that others use
        while not true():
            assert self.process.poll() is None, self.text
            assert time.monotonic() < end, self.text
            time.sleep(0.05)

    @property
    def address(self) -> str:
        self.until(lambda: "Ctrl-C ends it" in self.text)
        return re.search(r"^feed  (http://\S+/)feed/feed\.xml$", self.text, re.MULTILINE)[1]

    def get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310 ours
                return answer.read().decode()
        except urllib.error.HTTPError as refused:
            return f"{refused.code}"

    def end(self, number: int = signal.SIGINT) -> int:
        os.killpg(self.process.pid, number)
        code = self.process.wait(PATIENCE)
        self._reading.join(PATIENCE)
        with pytest.raises(ProcessLookupError):
            os.killpg(self.process.pid, 0)  # nobody of the group is left, no build either
        return code


@contextmanager
def started(heeding, folder, *arguments, before=(), **environment):
    """Run a command in a folder, `before` being a program that runs it; end whatever is left of it."""
    process = subprocess.Popen(
        (*before, *heeding, *arguments),
        cwd=folder,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1767225600", "PYTHONUNBUFFERED": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    running = Running(process)
    try:
        yield running
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
        running._reading.join(PATIENCE)
        process.stdout.close()
