"""A process that holds a native engine: asked a line, it answers a line and PCM, or is ended."""

from __future__ import annotations

import json
import subprocess
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, cast

from nashra.errors import SpeechError

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = tuple[dict[str, Any], bytes]
"""A header, which counts the `bytes` behind it, and those bytes."""

_MOST_HEADER = 4_000_000
"""Bytes of a header: one with the times of 10,000 words has 200,000. A worker gone mad writes for ever."""

_MOST_BYTES = 200_000_000
"""Bytes of sound for a sentence: an hour of it, of which the studio takes minutes."""


def end(process: subprocess.Popen[Any]) -> None:
    """Kill a process that is spoken to through pipes, and close them."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # of what was not yet sent to a process that is gone
                pipe.close()


class Worker:
    """A process that is asked one question at a time, with a deadline in seconds.

    Engines of native code have crashed on text from the web (espeak-ng's issue 824): a crash costs one
    more try, a hang costs the deadline. Every question has a number that its answer gives back: an answer
    too many would be taken for the next sentence's. It may be asked from several threads; they wait for
    one another.
    """

    def __init__(self, name: str, command: tuple[str, ...], deadline: float) -> None:
        self._name, self._command, self._deadline = name, command, deadline
        self._alone = threading.Lock()
        self._asked = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process, if none runs: until it is asked, it can load what it speaks with."""
        with self._alone:
            self._running()

    def ask(self, question: dict[str, Any]) -> Answer:
        """Return the answer to a question that has a `text`.

        Raises SpeechError when the process dies over it twice, or does not answer in time.
        """
        with self._alone:
            answer = self._ask(question) or self._ask(question)
        if answer is None:
            what = f"{self._name} stopped while speaking «{question['text'][:60]}»"
            raise SpeechError(what, then="rephrase that sentence")
        return answer

    def close(self) -> None:
        """End the process, if one runs."""
        process, self.process = self.process, None
        if process is not None:
            end(process)

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 our own module, run by our own Python
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as refused:
            what = f"{self._name} cannot be started: {refused.strerror or refused}"
            raise SpeechError(what, then="install Nashra again, or take another voice") from refused

    def _ask(self, question: dict[str, Any]) -> Answer | None:
        """Return the answer, or None when the process died over the question."""
        process = self._running()
        self._asked += 1
        numbered = {**question, "number": self._asked}
        hung = threading.Event()

        def end() -> None:
            hung.set()
            process.kill()

        late = threading.Timer(self._deadline, end)
        late.start()
        try:
            answer = _exchange(process, numbered)
        finally:
            late.cancel()
        if answer is None:
            self.close()
            if hung.is_set():
                raise SpeechError(
                    f"{self._name} did not finish «{question['text'][:60]}» in {self._deadline:.0f} s",
                    then="rephrase that sentence",
                )
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            self.process = self._started()
        return self.process


def _exchange(process: subprocess.Popen[bytes], question: dict[str, Any]) -> Answer | None:
    """Return a whole answer to this question; None for anything else, after which the process must end."""
    stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    try:
        stdin.write(json.dumps(question).encode() + b"\n")
        stdin.flush()
    except OSError:
        return None
    line = stdout.readline(_MOST_HEADER)
    try:
        header = json.loads(line)
        number, size = header["number"], int(header["bytes"])
    except (ValueError, TypeError, KeyError):
        return None
    if number != question["number"] or not 0 <= size <= _MOST_BYTES:
        return None
    pcm = stdout.read(size)
    return (header, pcm) if len(pcm) == size else None


def serve(answer: Callable[[dict[str, Any]], Answer], questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer every question until there is none: what the process on the other side does."""
    for line in questions:
        question = json.loads(line)
        header, pcm = answer(question)
        header["number"] = question["number"]
        answers.write(json.dumps(header).encode() + b"\n" + pcm)
        answers.flush()
