"""Episode records: the durable state of a station, one JSON file beside each MP3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nashra.errors import AudioError
from nashra.model import SCHEMA, Episode
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from pathlib import Path


def load(audio: Path) -> tuple[Episode, ...]:
    """Return every record in the folder, in order of their names.

    Raises AudioError for one that cannot be understood: to build on without it would give its
    article a new guid, and its listeners every episode twice.
    """
    with storing(AudioError, "audio"):
        files = sorted(audio.glob("*.json")) if audio.is_dir() else []
        return tuple(decode(read(file) or b"", f"audio/{file.name}") for file in files)


def decode(raw: bytes, where: str) -> Episode:
    """Return the record that the bytes of a file say; raises AudioError."""
    advice = "put its last good copy back, or move it away to publish its article anew"
    try:
        episode = msgspec.json.decode(raw, type=Episode)
    except msgspec.MsgspecError as broken:
        what = f"is no episode record: {str(broken).lower()}"
        raise AudioError(what, where=where, then=advice) from broken
    if episode.schema != SCHEMA:
        what = f"is a record of form {episode.schema}, this Nashra knows form {SCHEMA}"
        raise AudioError(what, where=where, then="use the Nashra that wrote it, or a newer one")
    return episode


def encode(episode: Episode) -> bytes:
    """Return the bytes of a record: indented, for people and version control."""
    return msgspec.json.format(msgspec.json.encode(episode), indent=1) + b"\n"


def save(audio: Path, episode: Episode) -> bool:
    """Write a record beside its MP3; say whether anything had to be written."""
    with storing(AudioError, f"audio/{episode.slug}.json"):
        return write(audio / f"{episode.slug}.json", encode(episode))
