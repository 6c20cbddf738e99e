"""Finished MP3s in the shared store: who has the record of an episode need not make its sound again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from nashra import records
from nashra.building import unchanged
from nashra.caching import MEDIA
from nashra.errors import AudioError
from nashra.store import storing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nashra.model import Episode, Media
    from nashra.shelves import Shared
    from nashra.station import Station


def leave(station: Station, store: Shared, made: Iterable[Episode]) -> None:
    """Leave the MP3s of finished episodes in the store."""
    for episode in made:
        store.send(station.audio / episode.media.file, name_of(episode.media))


def bring(station: Station, store: Shared) -> tuple[str, ...]:
    """Bring the MP3s that records name and the station lacks, and return their names; raises AudioError."""
    if unchanged.holds(station):
        return ()
    brought = []
    for episode in records.load(station.audio, cues=False):
        media = episode.media
        path = station.audio / media.file
        with storing(AudioError, f"audio/{media.file}"):
            if not _is_there(path, media) and _brought(path, media, store):
                brought.append(media.file)
    return tuple(brought)


def name_of(media: Media) -> str:
    """Return the name of an MP3 in the store."""
    return f"{MEDIA}/{media.sha256[:2]}/{media.sha256}.mp3"


def _is_there(path: Path, media: Media) -> bool:
    return path.is_file() and path.stat().st_size == media.bytes


def _brought(path: Path, media: Media, store: Shared) -> bool:
    temporary = path.with_name(f".{path.name}.tmp")  # the station's lock is held: nobody else brings it
    try:
        if not store.fetch(name_of(media), temporary):
            return False
        with temporary.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != media.sha256:
                return False
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True
