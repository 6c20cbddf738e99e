"""An MP3 or a picture measured from its bytes."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from nashra.checking import mpeg
from nashra.checking.built import Moment, Picture, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable


def sound(mp3: bytes) -> Sound:
    """Return what is measured of an MP3, and what its tags say."""
    from mutagen import MutagenError  # noqa: PLC0415 only who has sounds needs it
    from mutagen.id3 import ID3  # noqa: PLC0415 the same

    walked = mpeg.walk(mp3)
    fault = walked.fault
    frames: list[Any] = []
    try:
        tags: Any = ID3(io.BytesIO(mp3), translate=False)  # type: ignore[no-untyped-call] # mutagen's own
    except MutagenError as broken:
        fault = fault or f"has no ID3 tags that can be read: {broken}"
    else:
        frames = list(tags.values())
    chapters = [each for each in frames if each.FrameID == "CHAP"]
    texts = [*frames, *(inner for each in chapters for inner in each.sub_frames.values())]
    return Sound(
        bytes=len(mp3),
        sha256=hashlib.sha256(mp3).hexdigest(),
        fault=fault,
        length_ms=walked.length_ms,
        rate=walked.rate,
        channels=walked.channels,
        bit_rate=walked.bit_rate,
        latin=tuple(sorted({each.FrameID for each in texts if _is_latin(each)})),
        chapters=tuple(
            Moment(each.start_time, each.end_time, str(each.sub_frames.get("TIT2", ""))) for each in chapters
        ),
        has_picture=any(each.FrameID == "APIC" for each in frames),
    )


def _is_latin(frame: object) -> bool:
    """Say whether a frame has text beyond ASCII in Latin-1: that is never what was meant."""
    said: Iterable[object] = getattr(frame, "text", ()) if getattr(frame, "encoding", None) == 0 else ()
    return any(not str(each).isascii() for each in said)


def picture(raw: bytes) -> Picture:
    """Return what Pillow sees in a picture, once it has decoded it whole."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 only who has pictures needs it

    try:
        with Image.open(io.BytesIO(raw)) as opened:
            opened.load()
            width, height = opened.size
            return Picture(opened.format or "", opened.mode, width, height, len(raw))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        return Picture("", "", 0, 0, len(raw), f"is no picture that can be read: {broken}")
