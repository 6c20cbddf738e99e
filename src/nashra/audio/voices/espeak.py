"""The embedded voice: espeak-ng from a wheel, in a worker process of its own with a deadline."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.metadata import version as installed
from typing import IO, Any, cast

from nashra.errors import ConfigurationError, SpeechError
from nashra.model import Clip, Voice, Word

DEADLINE = 30.0
"""Seconds for one utterance: 400 characters take about 0.1 s, so 30 mean that it hangs."""


class Speaker:
    """espeak-ng, asked one sentence at a time.

    Its library is not thread-safe and has crashed on text from the web (its issue 824), so it
    lives in a worker: a crash costs one more try, a hang costs `deadline` seconds.
    """

    version = f"espeakng-loader-{installed('espeakng-loader')}"

    def __init__(self, deadline: float = DEADLINE, command: tuple[str, ...] = ()) -> None:
        self._deadline = deadline
        self._command = command or (sys.executable, "-m", "nashra.audio.voices.espeak_worker")
        self._worker: subprocess.Popen[bytes] | None = None

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return the sound of the text with the time of every word.

        Raises SpeechError when the engine dies twice, hangs or answers nothing, and
        ConfigurationError when it has no such voice.
        """
        header, pcm = self._answer(
            {"text": text, "voice": voice.name, "speed": voice.speed, "pitch": voice.pitch}
        )
        return Clip(pcm, header["rate"], tuple(Word(*word) for word in header["words"]))

    def phonemes(self, text: str, voice: Voice) -> str:
        """Return how the voice says the text in IPA, a clause a line; raises as `speak` does."""
        header, _ = self._answer({"text": text, "voice": voice.name, "phonemes": True})
        return str(header["phonemes"])

    def close(self) -> None:
        """End the worker, if one runs."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    _close(pipe)

    def _answer(self, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        answer = self._ask(question) or self._ask(question)
        if answer is None:
            what = f"espeak stopped while speaking «{question['text'][:60]}»"
            raise SpeechError(what, then="rephrase that sentence")
        if answer[0].get("unknown_voice"):
            known = ", ".join(answer[0]["voices"])
            raise ConfigurationError(f"espeak has no voice `{question['voice']}`", then=f"it has: {known}")
        return answer

    def _ask(self, question: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
        """Return the worker's answer, or None when it died over the question."""
        if self._worker is None:
            self._worker = subprocess.Popen(  # noqa: S603 our own module, run by our own Python
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        worker = self._worker
        hung = threading.Event()

        def end() -> None:
            hung.set()
            worker.kill()

        late = threading.Timer(self._deadline, end)
        late.start()
        try:
            answer = _exchange(worker, question)
        finally:
            late.cancel()
        if answer is None:
            self.close()
            if hung.is_set():
                raise SpeechError(
                    f"espeak did not finish «{question['text'][:60]}» in {self._deadline:.0f} s",
                    then="rephrase that sentence",
                )
        return answer


def _exchange(
    worker: subprocess.Popen[bytes], question: dict[str, Any]
) -> tuple[dict[str, Any], bytes] | None:
    stdin, stdout = cast("IO[bytes]", worker.stdin), cast("IO[bytes]", worker.stdout)
    try:
        stdin.write(json.dumps(question).encode() + b"\n")
        stdin.flush()
    except OSError:
        return None
    line = stdout.readline()
    try:
        header = json.loads(line)
    except ValueError:
        return None
    pcm = stdout.read(header["bytes"])
    return (header, pcm) if len(pcm) == header["bytes"] else None


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):  # of what was not yet sent to a worker that is gone
        pipe.close()
