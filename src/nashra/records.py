"""Episode records: the durable state of a station, one JSON file beside each MP3."""

from __future__ import annotations

import re
from dataclasses import field, fields, make_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from nashra.errors import AudioError
from nashra.folders import names
from nashra.model import SCHEMA, Episode
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from pathlib import Path

# Numbers alone in brackets, in what msgspec indents: a line for every word's time would be most of a
# record. No text matches: line ends inside a text are escaped.
_NUMBERS = re.compile(rb"\[\n\s+(\d+(?:,\n\s+\d+)*)\n\s+\]")


def load(audio: Path, *, cues: bool = True) -> tuple[Episode, ...]:
    """Return every record in the folder, in order of their names.

    Without `cues`, these are left empty, for they are most of a record: ten thousand of them do not fit
    into memory, and `whole` reads those of one episode. Raises AudioError for a record that cannot be
    understood: to build on without it would give its article a new guid, and its listeners every
    episode twice.
    """
    with storing(AudioError, "audio"):
        files = [name for name in names(audio) if name.endswith(".json")]
        return tuple(decode(read(audio / name) or b"", f"audio/{name}", cues=cues) for name in files)


def whole(audio: Path, episode: Episode) -> Episode:
    """Return an episode with its cues, from its record if it has none; raises AudioError."""
    if episode.cues:
        return episode
    where = f"audio/{episode.slug}.json"
    with storing(AudioError, where):
        return decode(read(audio / f"{episode.slug}.json") or b"", where)


def decode(raw: bytes, where: str, *, cues: bool = True) -> Episode:
    """Return the record that the bytes of a file say; raises AudioError."""
    advice = "put its last good copy back, or move it away to publish its article anew"
    try:
        episode = msgspec.json.decode(raw, type=Episode) if cues else _without_cues(raw)
    except msgspec.MsgspecError as broken:
        what = f"is no episode record: {str(broken).lower()}"
        raise AudioError(what, where=where, then=advice) from broken
    if episode.schema != SCHEMA:
        what = f"is a record of form {episode.schema}, this Nashra knows form {SCHEMA}"
        raise AudioError(what, where=where, then="use the Nashra that wrote it, or a newer one")
    return episode


def _without_cues(raw: bytes) -> Episode:
    found = _outline().decode(raw)
    return Episode(**{name: getattr(found, name) for name in found.__slots__}, cues=())


@cache
def _outline() -> msgspec.json.Decoder[Any]:
    """Return what reads a record but for its cues: a decoder passes over what its type does not name."""
    hints = get_type_hints(Episode)
    rest = [
        (each.name, hints[each.name], field(default=each.default))
        for each in fields(Episode)
        if each.name != "cues"
    ]
    return msgspec.json.Decoder(make_dataclass("Outline", rest, slots=True, kw_only=True))


def outline(episode: Episode) -> bytes:
    """Return bytes that stand for a record: all of it but its cues, which `sources` and `media` stand for."""
    return msgspec.json.encode(replace(episode, cues=()) if episode.cues else episode)


def encode(episode: Episode) -> bytes:
    """Return the bytes of a record: indented, for people and version control."""
    return _NUMBERS.sub(_in_one_line, msgspec.json.format(msgspec.json.encode(episode), indent=1)) + b"\n"


def _in_one_line(numbers: re.Match[bytes]) -> bytes:
    return b"[" + b" ".join(numbers[1].split()) + b"]"


def save(audio: Path, episode: Episode) -> bool:
    """Write a record beside its MP3; say whether anything had to be written.

    Raises AudioError, also for an episode without cues: it was loaded without them, and would lose them.
    """
    where = f"audio/{episode.slug}.json"
    if not episode.cues:
        raise AudioError("would lose its sentences", where=where, then="report this as a fault of Nashra")
    with storing(AudioError, where):
        return write(audio / f"{episode.slug}.json", encode(episode))
