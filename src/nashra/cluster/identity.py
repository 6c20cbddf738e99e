"""Who a machine of a cluster is: every version that shapes a sound's bytes, compared before it is used."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING

from nashra import __version__
from nashra.audio.voices import shown
from nashra.errors import NashraError
from nashra.folders import sizes
from nashra.station import role_voices
from nashra.store import read, sha256

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nashra.audio.voices.ensemble import Ensemble
    from nashra.model import Voice
    from nashra.station import Station

LIBRARIES = (
    *("lameenc", "text2tashkeel", "numpy", "soxr", "pydub", "miniaudio", "onnxruntime"),
    *("hijridate", "Jinja2"),
)
"""Encoder, diacritizer, what touches samples or decides on a vowel mark; what says a date, an opening."""


def identity(station: Station, voices: Sequence[Voice], speaker: Ensemble) -> dict[str, str]:
    """Return every version by its name, those of the voices too; what cannot be had says why."""
    found = {
        "nashra": __version__,
        "source": _source(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "machine": platform.machine(),  # another kind of processor rounds samples otherwise
    }
    for name in LIBRARIES:
        try:
            found[name] = installed(name)
        except PackageNotFoundError:
            found[name] = "absent"
    for voice in (*voices, *role_voices(station).values()):
        try:
            found[f"voice {shown(voice)}"] = speaker.version(voice)
        except NashraError as absent:
            found[f"voice {shown(voice)}"] = absent.what
    return found


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """Return what differs, for a person; empty when nothing does.

    >>> differences({"nashra": "1", "numpy": "2"}, {"nashra": "1", "numpy": "3"})
    'numpy 3 instead of 2'
    """
    names = [name for name in dict.fromkeys((*ours, *theirs)) if ours.get(name) != theirs.get(name)]
    said = [
        f"{name} {theirs.get(name, 'absent')[:40]} instead of {ours.get(name, 'none')[:40]}" for name in names
    ]
    return "; ".join(said)


def _source() -> str:
    """Return a hash of Nashra's own code: two checkouts have one version, and may read otherwise."""
    package = Path(__file__).parents[1]
    names = sorted(name for name in sizes(package) if name.endswith((".py", ".tsv")))
    return sha256(*(piece for name in names for piece in (name, read(package / name) or b"")))[:16]
