"""The embedded voice: espeak-ng from a wheel, in a worker process of its own with a deadline."""

from __future__ import annotations

import sys
import unicodedata
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, Any

from nashra.arabic.rewriting import as_written
from nashra.audio.voices import respelling
from nashra.audio.voices.worker import Worker
from nashra.errors import ConfigurationError
from nashra.model import Clip, Voice, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.arabic.rewriting import Spoken
    from nashra.audio.voices.worker import Answer

DEADLINE = 30.0
"""Seconds for one utterance: 400 characters take about 0.1 s, so 30 mean that it hangs."""

VERSION = f"espeakng-loader-{installed('espeakng-loader')} {respelling.VERSION}"


class Speaker:
    """espeak-ng, asked one sentence at a time.

    Its library is not thread-safe and has crashed on text from the web (its issue 824), so it
    lives in a worker.
    """

    def __init__(
        self,
        deadline: float = DEADLINE,
        command: tuple[str, ...] = (),
        respell: Callable[[str], Spoken] = respelling.respelled,
    ) -> None:
        self._respell = respell
        usual = (sys.executable, "-m", "nashra.audio.voices.espeak_worker")
        self._worker = Worker("espeak", command or usual, deadline)

    def version(self, voice: Voice) -> str:  # noqa: ARG002 all its voices come from one wheel
        """Return what shapes its sound besides text and voice."""
        return VERSION

    def start(self) -> None:
        """Start its process, which takes 0.1 s, for what will be spoken."""
        self._worker.start()

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
        self._worker.close()

    def _answer(self, question: dict[str, Any]) -> Answer:
        header, pcm = self._worker.ask(question)
        if header.get("unknown_voice"):
            known = ", ".join(header["voices"])
            raise ConfigurationError(f"espeak has no voice `{question['voice']}`", then=f"it has: {known}")
        return header, pcm


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
