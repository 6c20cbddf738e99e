"""The files of a piper voice: a model `.onnx`, and beside it `.onnx.json`, which says how to use it."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nashra.errors import ConfigurationError, SpeechError
from nashra.store import storing, write

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2}-[A-Za-z0-9_]+-(?:x_low|low|medium|high)")
"""A voice as piper's own downloader names it, such as ar_JO-kareem-medium."""

DOWNLOAD_S = 900.0
"""Seconds for a download of at most some 120 MB."""

DOWNLOADER = (sys.executable, "-m", "piper.download_voices")


@dataclass(frozen=True, slots=True)
class Model:
    """A voice on disk, what its description says of it, and a hash of both files."""

    path: Path
    description: Mapping[str, Any]
    digest: str

    @property
    def language(self) -> str:
        """The language in which espeak-ng makes its phonemes; empty when letters are its phonemes."""
        if self.description.get("phoneme_type", "espeak") != "espeak":
            return ""
        return str(self.description["espeak"]["voice"])


def path_of(name: str, root: Path, kept: Path) -> Path:
    """Return where the model of a voice lies: a file as seen from the station, or a download of ours.

    Raises ConfigurationError for what is neither.
    """
    if name.endswith(".onnx"):
        return root / name
    if NAME.fullmatch(name):
        return kept / "piper" / f"{name}.onnx"
    what = f"`{name}` is no voice of piper" if name else "piper has no voice of its own"
    then = "name an .onnx file in the station, as in piper:voices/mine.onnx, or ar_JO-kareem-medium"
    raise ConfigurationError(what, then=then)


def model(path: Path) -> Model:
    """Return the voice of a model's file; raises ConfigurationError when it or its description is not whole.

    Of a broken model a description tells nothing: onnxruntime does, when it is spoken with.
    """
    where, described = str(path), Path(f"{path}.json")
    with storing(ConfigurationError, where):
        if not path.is_file():
            raise ConfigurationError("there is no such voice", where=where, then="put piper's .onnx there")
        if not described.is_file():
            then = "put it beside the model: each piper voice comes with one"
            raise ConfigurationError("there is no such description", where=str(described), then=then)
        raw = described.read_bytes()
        with path.open("rb") as file:
            weights = hashlib.file_digest(file, "sha256").hexdigest()
    what, then = "is no description of a piper voice", "fetch it again"
    try:
        said = json.loads(raw)
        # What piper asks of it, before a worker fails over it in a way of its own.
        rate, sounds, language = said["audio"]["sample_rate"], said["phoneme_id_map"], said["espeak"]["voice"]
        _ = said["num_symbols"], said["num_speakers"]
    except (ValueError, TypeError, KeyError) as broken:
        raise ConfigurationError(what, where=str(described), then=then) from broken
    if not (isinstance(rate, int) and rate > 0 and isinstance(sounds, dict) and isinstance(language, str)):
        raise ConfigurationError(what, where=str(described), then=then)
    return Model(path, said, f"{weights} {hashlib.sha256(raw).hexdigest()}")


def download(
    name: str, path: Path, downloader: tuple[str, ...] = DOWNLOADER, within_s: float = DOWNLOAD_S
) -> None:
    """Fetch a voice by piper's own downloader; both files appear together, the model last, or none.

    It writes under the final name while it reads, and asks without a time-out: so it works elsewhere,
    in a process that can be ended. Raises SpeechError.
    """
    where, advice = f"voice piper {name}", "check the name and the connection, or take an .onnx file"
    with storing(SpeechError, where), tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603 piper's own module, run by our own Python; NAME holds the name
                [*downloader, "--download-dir", folder, name],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=within_s,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise SpeechError(f"was not there in {within_s:.0f} s", where=where, then=advice) from late
        found = {end: Path(folder) / f"{name}{end}" for end in (".onnx.json", ".onnx")}
        if done.returncode or not all(file.is_file() and file.stat().st_size for file in found.values()):
            last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise SpeechError(f"cannot be downloaded: {last or 'nothing came'}", where=where, then=advice)
        for end, file in found.items():
            write(path.with_name(f"{name}{end}"), file.read_bytes())
