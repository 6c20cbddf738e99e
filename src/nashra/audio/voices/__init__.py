"""The table of engines: a row here and a file beside it is all an engine needs.

A file has one class `Speaker`: `version(voice)` (what shapes its sound besides text and voice, part of a
clip's key), `speak(text, voice) -> Clip`, `close()`. It is imported when its version or its voice is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from pathlib import Path

    from nashra.model import Clip, Voice


class Speaker(Protocol):
    """An open engine, or several of them behind one door (`ensemble.Ensemble`)."""

    def version(self, voice: Voice) -> str:
        """Return what shapes the voice's sound besides its text: versions, a model's content."""

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return the sound of the text; raises SpeechError, or ConfigurationError for no such voice.

        It may be called from several threads.
        """

    def close(self) -> None:
        """End what the engine started."""


@dataclass(frozen=True, slots=True)
class Booth:
    """What an engine may find around it: the station's folder, a folder to keep things, the owner's limits.

    `at_once` is how many requests an online engine has in flight at most, `pace_ms` how many ms lie
    between the starts of two.
    """

    root: Path
    kept: Path
    at_once: int
    pace_ms: int


@dataclass(frozen=True, slots=True)
class Engine:
    """A row of the table: module, default voice, whether it reads vowel marks, and what it is.

    `takes` are the fields of Booth that its Speaker is given. An `online` engine is asked several
    things at once, and whether it answers before an episode is entrusted to it. One that `starts` has a
    process, which is started before there is something to say.
    """

    module: str
    name: str
    marks: bool
    about: str
    takes: tuple[str, ...] = ()
    online: bool = False
    starts: bool = False


ENGINES = {
    "espeak": Engine("espeak", "ar", marks=True, about="embedded voice, works offline", starts=True),
    "gtts": Engine(
        "google",
        "ar",
        marks=False,
        about="Google's voice, needs the internet",
        takes=("kept", "at_once", "pace_ms"),
        online=True,
    ),
    "piper": Engine(
        "piper", "", marks=True, about="a neural voice from a file of yours", takes=("root", "kept")
    ),
    "tone": Engine("tone", "ar", marks=False, about="tones for tests and template work"),
}
"""Every engine that `voice.engine` may name."""

AUTO = ("gtts", "espeak")
"""The engines that `auto` stands for, the better one first; the last one always speaks."""


def open_engine(engine: str, booth: Booth) -> Speaker:
    """Return the engine of that name, ready to speak; close it when done."""
    row = ENGINES[engine]
    module = import_module(f"{__name__}.{row.module}")
    return cast("Speaker", module.Speaker(**{name: getattr(booth, name) for name in row.takes}))


def speaks_arabic(voice: Voice) -> bool:
    """Tell whether a voice reads Arabic; a piper voice, whose name is that of a file, is taken to."""
    return voice.engine == "piper" or voice.name.startswith("ar")


def shown(voice: Voice) -> str:
    """Return a voice as `--voice` takes it."""
    return f"{voice.engine}:{voice.name}"
