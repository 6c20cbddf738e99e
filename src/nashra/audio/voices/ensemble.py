"""Every engine of an episode behind one door: each is opened when it is first needed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, cast

from nashra.audio import voices

if TYPE_CHECKING:
    from nashra.audio.voices import Booth, Speaker
    from nashra.model import Clip, Voice

PROBE_S = 2.0
"""Seconds in which an online engine must answer to be entrusted with an episode."""


class Online(Protocol):
    """What an online engine can do besides speaking."""

    def refusal(self, voice: Voice, within_s: float) -> str:
        """Return why the voice cannot be had now, after at most so many seconds; empty when it can."""


class Starting(Protocol):
    """What an engine can do besides speaking that lives in a process of its own."""

    def start(self) -> None:
        """Start the process."""


class Ensemble:
    """The engines that a script names, as one Speaker: a heading may have another than the text."""

    def __init__(self, booth: Booth) -> None:
        self._booth = booth
        self._opening = threading.Lock()  # two threads must not start one engine twice
        self._open: dict[str, Speaker] = {}

    def version(self, voice: Voice) -> str:
        """Return what shapes the voice's sound besides its text."""
        return self._of(voice).version(voice)

    def start(self, voice: Voice) -> None:
        """Have a voice's engine get ready to speak, if it has something to start."""
        engine = self._of(voice)
        if voices.ENGINES[voice.engine].starts:
            cast("Starting", engine).start()

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return the sound of the text in that voice; raises what its engine raises."""
        return self._of(voice).speak(text, voice)

    def at_once(self, voice: Voice) -> int:
        """Return how many sentences the voice's engine is asked for at the same time."""
        return self._booth.at_once if voices.ENGINES[voice.engine].online else 1

    def refusal(self, voice: Voice) -> str:
        """Return why the voice cannot be had now, empty when it can; what is online is asked first."""
        if not voices.ENGINES[voice.engine].online:
            return ""
        return cast("Online", self._of(voice)).refusal(voice, PROBE_S)

    def hang_up(self) -> None:
        """Close what is online: whoever waits for its answer, for a minute perhaps, is told to stop."""
        with self._opening:
            online = [name for name in self._open if voices.ENGINES[name].online]
            gone = [self._open.pop(name) for name in online]
        for speaker in gone:
            speaker.close()

    def close(self) -> None:
        """Close every engine that was opened."""
        while self._open:
            _, speaker = self._open.popitem()
            speaker.close()

    def _of(self, voice: Voice) -> Speaker:
        with self._opening:
            if voice.engine not in self._open:
                self._open[voice.engine] = voices.open_engine(voice.engine, self._booth)
            return self._open[voice.engine]
