"""The embedded voice: espeak-ng from a wheel, in a worker process of its own with a deadline."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import unicodedata
from contextlib import suppress
from importlib.metadata import version as installed
from typing import IO, TYPE_CHECKING, Any, cast

from nashra.arabic.rewriting import as_written
from nashra.audio.voices import respelling
from nashra.errors import ConfigurationError, SpeechError
from nashra.model import Clip, Voice, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.arabic.rewriting import Spoken

DEADLINE = 30.0
"""Seconds for one utterance: 400 characters take about 0.1 s, so 30 mean that it hangs."""


class Speaker:
    """espeak-ng, asked one sentence at a time.

    Its library is not thread-safe and has crashed on text from the web (its issue 824), so it
    lives in a worker: a crash costs one more try, a hang costs `deadline` seconds.
    """

    version = f"espeakng-loader-{installed('espeakng-loader')} {respelling.VERSION}"

    def __init__(
        self,
        deadline: float = DEADLINE,
        command: tuple[str, ...] = (),
        respell: Callable[[str], Spoken] = respelling.respelled,
    ) -> None:
        self._deadline = deadline
        self._respell = respell
        self._command = command or (sys.executable, "-m", "nashra.audio.voices.espeak_worker")
        self._worker: subprocess.Popen[bytes] | None = None

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return the sound of the text with the time of every word.

        Raises SpeechError when the engine dies twice, hangs or answers nothing, and
        ConfigurationError when it has no such voice.
        """
        form = self._spelled(text, voice)
        header, pcm = self._answer(
            {"text": form.text, "voice": voice.name, "speed": voice.speed, "pitch": voice.pitch}
        )
        return Clip(pcm, header["rate"], tuple(_as_given(form, word) for word in header["words"]))

    def phonemes(self, text: str, voice: Voice) -> str:
        """Return how the voice says the text in IPA, a clause a line; raises as `speak` does."""
        form = self._spelled(text, voice)
        header, _ = self._answer({"text": form.text, "voice": voice.name, "phonemes": True})
        return str(header["phonemes"])

    def _spelled(self, text: str, voice: Voice) -> Spoken:
        return self._respell(text) if voice.name.startswith("ar") else as_written(text)

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


def _as_given(form: Spoken, word: tuple[int, int, int]) -> Word:
    """Return a word's place in the text as it was before it was respelled: a dropped alif is part of it."""
    at, length, frame = word
    text = form.written
    spans = form.origins[at : at + length] or ((len(text), len(text)),)
    start, end = spans[0][0], spans[-1][1]
    while start and _sounds(text[start - 1]):
        start -= 1
    while end < len(text) and _sounds(text[end]):
        end += 1
    return Word(start, end - start, frame)


def _sounds(char: str) -> bool:
    return char.isalnum() or unicodedata.combining(char) > 0


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
