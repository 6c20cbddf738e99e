"""The table of engines: a row here and a file beside it is all an engine needs.

A file has one class `Speaker`: `version` (what shapes its sound, part of a clip's key),
`speak(text, voice) -> Clip`, `close()`. It is imported when a sentence must be spoken.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from nashra.model import Clip, Voice


class Speaker(Protocol):
    """An open engine."""

    version: str

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return the sound of the text; raises SpeechError, or ConfigurationError for no such voice."""

    def close(self) -> None:
        """End what the engine started."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A row of the table: module, default voice, whether it reads vowel marks, and what it is."""

    module: str
    name: str
    marks: bool
    about: str


ENGINES = {
    "espeak": Engine("espeak", "ar", marks=True, about="embedded voice, works offline"),
    "gtts": Engine("google", "ar", marks=False, about="Google's voice, needs the internet"),
    "tone": Engine("tone", "ar", marks=False, about="tones for tests and template work"),
}
"""Every engine that `voice.engine` may name."""


def open_engine(engine: str) -> Speaker:
    """Return the engine of that name, ready to speak; close it when done."""
    module = import_module(f"{__name__}.{ENGINES[engine].module}")
    return cast("Speaker", module.Speaker())
