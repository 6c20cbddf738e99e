"""The `piper` engine: a neural voice from an `.onnx` file, spoken in a worker process with a deadline.

It needs the extra `nashra[piper]` (GPL-3.0-or-later). It is given fully vowelled text, with what
espeak-ng misreads respelled, for its phonemes come from espeak-ng too.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from nashra.audio.voices import piper_files, respelling
from nashra.audio.voices.worker import Worker
from nashra.errors import ConfigurationError
from nashra.model import Clip

if TYPE_CHECKING:
    from pathlib import Path

    from nashra.audio.voices.piper_files import Model
    from nashra.model import Voice

DEADLINE = 120.0
"""Seconds for one utterance of at most 400 characters: on one slow core, a large voice needs about as
long as it speaks (30 s), and its loading some seconds."""

_RAW = re.compile(r"\[(?=\[)|\](?=\])")  # [[ and ]] are phonemes to piper


class Speaker:
    """piper, asked one sentence at a time; its voices lie in the station, downloads in `kept`."""

    def __init__(
        self,
        root: Path,
        kept: Path,
        *,
        deadline: float = DEADLINE,
        command: tuple[str, ...] = (),
        downloader: tuple[str, ...] = piper_files.DOWNLOADER,
    ) -> None:
        try:
            self._piper = installed("piper-tts")
        except PackageNotFoundError as absent:
            what, then = "piper is not installed", 'install it with `pip install "nashra[piper]"`'
            raise ConfigurationError(what, then=then) from absent
        self._root, self._kept, self._downloader = root, kept, downloader
        usual = (sys.executable, "-m", "nashra.audio.voices.piper_worker")
        self._worker = Worker("piper", command or usual, deadline)
        self._models: dict[str, Model] = {}

    def version(self, voice: Voice) -> str:
        """Return piper's version, and of a file its content; a published voice is known by its name.

        So whether a clip is kept can be told without fetching its voice.
        """
        voice_is = voice.name if piper_files.NAME.fullmatch(voice.name) else self._model(voice.name).digest
        return f"piper-tts-{self._piper} {respelling.VERSION} {voice_is}"

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return the sound of the text.

        Raises ConfigurationError for a voice that is not there, is broken, or is to have another pitch
        (piper has one), SpeechError when the worker dies twice or hangs, or a voice cannot be fetched.
        """
        if voice.pitch != 1.0:
            raise ConfigurationError("piper's voices have one pitch", then="set `voice.pitch` to 1.0")
        model = self._model(voice.name)
        header, pcm = self._worker.ask(
            {"text": _said(text, model), "model": str(model.path), "speed": voice.speed}
        )
        if "broken" in header:
            what, then = f"is no voice that piper can use: {header['broken']}", "fetch it again"
            raise ConfigurationError(what, where=str(model.path), then=then)
        return Clip(pcm, header["rate"])

    def close(self) -> None:
        """End the worker, if one runs."""
        self._worker.close()

    def _model(self, name: str) -> Model:
        if name not in self._models:
            path = piper_files.path_of(name, self._root, self._kept)
            if piper_files.NAME.fullmatch(name) and not path.is_file():
                piper_files.download(name, path, self._downloader)
            self._models[name] = piper_files.model(path)
        return self._models[name]


def _said(text: str, model: Model) -> str:
    """Return what piper is given: no commands, and what espeak-ng misreads respelled."""
    plain = _RAW.sub(lambda bracket: f"{bracket[0]} ", "".join(max(char, " ") for char in text))
    return respelling.respelled(plain).text if model.language.startswith("ar") else plain
