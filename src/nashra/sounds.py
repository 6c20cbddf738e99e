"""The station's own sound files as music: read and decoded once, then kept by content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from nashra.audio.dressing import Dressing, Music
from nashra.errors import AudioError, ConfigurationError
from nashra.settings import SOUND_FILES
from nashra.store import read, sha256, storing

if TYPE_CHECKING:
    from nashra.station import Station

JINGLE_S, BED_S = (0.1, 60.0), (5.0, 600.0)
"""How long a jingle or separator and a bed may be, in seconds: what is longer is the wrong file."""

_DECODING = "music 1"  # the version of what a file becomes: part of the key under which that is kept


def dressing(station: Station) -> Dressing:
    """Return the station's music, all of it decoded, and how it is to be played.

    Raises ConfigurationError, naming key and file, for one that is not there, cannot be decoded, is
    silent or absurdly long: a build asks before anything is spoken.
    """
    said = station.settings.sound
    named = [key for key in SOUND_FILES if getattr(said, key)]
    return Dressing(**{key: _music(station, key, getattr(said, key)) for key in named}, sound=said)


def _music(station: Station, key: str, name: str) -> Music:
    with storing(ConfigurationError, f"{name} (`sound.{key}`)"):
        data = read(station.root / name)
    if data is None:
        then = "put it there, or correct nashra.toml; it is looked for from the station's folder"
        raise ConfigurationError("is not there", where=f"{name} (`sound.{key}`)", then=then)
    lengths = BED_S if key == "bed" else JINGLE_S
    digest = hashlib.sha256(data).hexdigest()
    kept = station.shelves.kept("sounds", "pcm")
    place = sha256(_DECODING, repr(lengths), digest)
    found = kept.get(place)
    if found is not None:
        return Music(found[1], found[0]["lufs"], digest)
    from nashra.audio import music  # noqa: PLC0415 numpy and the decoder: not for a build with nothing to do

    try:
        made = music.decoded(data, *lengths)
    except AudioError as refused:
        then = "save it as WAV, FLAC, Ogg Vorbis or MP3, or correct nashra.toml"
        raise ConfigurationError(refused.what, where=f"{name} (`sound.{key}`)", then=then) from refused
    kept.put(place, {"lufs": made.lufs}, made.pcm)
    return made
