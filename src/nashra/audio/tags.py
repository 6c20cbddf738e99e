"""The two headers of an episode's MP3: the ID3 tag for people, the Info frame for decoders."""

# mypy: allow-untyped-calls
# mutagen has types on some of its functions, and says that it has them on all

from __future__ import annotations

import math
import re
import struct
import unicodedata
from functools import cache, reduce
from io import BytesIO
from itertools import accumulate
from operator import xor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from mutagen import MutagenError
from mutagen.id3 import APIC, CHAP, COMM, CTOC, ID3, TALB, TCON, TIT2, TLAN, TPE1, TYER, CTOCFlags
from mutagen.id3._tags import save_frame

from nashra.arabic.letters import HARMFUL
from nashra.errors import AudioError
from nashra.model import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mutagen.id3 import Frame
    from mutagen.id3._util import ID3SaveConfig
    from numpy.typing import NDArray

    from nashra.model import Mark

DELAY = 576
"""PCM frames that LAME puts before the first one it was given; decoders add 529 of their own."""

PADDING = 576
"""PCM frames to drop at the end: with DELAY one whole MPEG frame, the silent one that `mp3.join` adds."""

_UTF16 = 1  # the only encoding of ID3v2.3 that holds Arabic
_ROOM = 128  # zero bytes after the frames, where a tagger may correct a letter without moving the sound
_NOWHERE = 0xFFFFFFFF  # a chapter is found by its time, not by its byte
_HARMFUL = re.compile(f"[{HARMFUL}]")
_LONGEST = 500  # characters of a text: 1 KB of UTF-16; players have shown no more than a line or two
_MOST_CHAPTERS = 255  # CTOC counts its children in one byte


# The ID3 tag


class _InOrder(ID3):
    """A tag whose frames are written in the order they were added.

    mutagen sorts them by size (its issue 506), which lists chapters by the length of their titles.
    """

    def _write(self, config: ID3SaveConfig) -> bytes:
        return b"".join(save_frame(frame, config=config) for frame in self.values())


def tag(
    *,
    title: str,
    show: str,
    author: str = "",
    year: int | None = None,
    language: str = "ara",
    comment: str = "",
    cover: bytes = b"",
    chapters: Sequence[Mark] = (),
) -> bytes:
    """Return the ID3v2.3 tag of an episode, text in UTF-16, chapters in time order.

    `language` is ISO 639-2, `cover` a JPEG. Chapter times are rounded down to ms here and nowhere
    else, so that the last chapter ends inside the track. Raises AudioError for another kind of
    picture and for more chapters than ID3 can list.
    """
    if cover and not cover.startswith(b"\xff\xd8\xff"):
        raise AudioError("the picture for the MP3 is not a JPEG", then="report this as a fault of Nashra")
    if len(chapters) > _MOST_CHAPTERS:
        what = f"{len(chapters)} chapters, and an MP3 can list {_MOST_CHAPTERS}"
        raise AudioError(what, then="give the article fewer headings")
    texts = {
        TIT2: title,
        TPE1: author,
        TALB: show,
        TYER: f"{year:04}" if year else "",
        TLAN: language,
        TCON: "Podcast",
    }
    frames = [_text(kind, text) for kind, text in texts.items() if clean(text)]
    if clean(comment):
        frames.append(COMM(encoding=_UTF16, lang=language or "und", desc="", text=clean(comment)))
    if chapters:
        frames += _contents(sorted(chapters, key=lambda mark: mark.start))
    if cover:
        frames.append(APIC(encoding=_UTF16, mime="image/jpeg", type=3, desc="", data=cover))
    tags = _InOrder()
    for frame in frames:
        tags.add(frame)
    file = BytesIO()
    tags.save(file, v1=0, v2_version=3, padding=lambda _: _ROOM)
    return file.getvalue()


def told(mp3: bytes, where: str = "") -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Return what the tag of a finished file tells: the title, and (title, start, end) of chapters in ms.

    Raises AudioError when the tag is not ours.
    """
    try:
        read = ID3(BytesIO(mp3[: tag_size(mp3, where)]))
    except MutagenError as broken:
        raise AudioError("has a tag that cannot be read", where=where, then="build it again") from broken
    spots = [
        (str(spot.sub_frames.get("TIT2", "")), spot.start_time, spot.end_time) for spot in read.getall("CHAP")
    ]
    return str(read.get("TIT2", "")), tuple(sorted(spots, key=lambda spot: spot[1]))


def _text(kind: type[Frame], text: str) -> Frame:
    return kind(encoding=_UTF16, text=clean(text))


def _contents(chapters: Sequence[Mark]) -> list[Frame]:
    """Return the table of contents and its chapters; without the table, players show no chapter."""
    names = [f"chp{number}" for number in range(len(chapters))]
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    frames: list[Frame] = [CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])]
    for name, mark in zip(names, chapters, strict=True):
        start, end = (1000 * frame // RATE for frame in (mark.start, mark.end))
        spot = {"start_time": start, "end_time": end, "start_offset": _NOWHERE, "end_offset": _NOWHERE}
        title = [_text(TIT2, mark.title)] if clean(mark.title) else []
        frames.append(CHAP(element_id=name, **spot, sub_frames=title))
    return frames


def clean(text: str) -> str:
    r"""Return the text in one line: what no player can show is a space, what turns the direction goes.

    One of more than 500 characters is cut at a word.

    >>> clean("خبر\n\x00عاجل\u2028 \u202e")
    'خبر عاجل'
    >>> cut = clean("كلمة " * 2000)
    >>> len(cut), cut[-6:]
    (500, ' كلمة…')
    """
    hidden = {"Cc", "Cs", "Zl", "Zp"}
    line = " ".join("".join(" " if unicodedata.category(c) in hidden else c for c in text).split())
    line = " ".join(_HARMFUL.sub("", line).split())
    if len(line) <= _LONGEST:
        return line
    start = line[:_LONGEST]  # one more than fits beside the ellipsis: it may be the space
    return f"{start.rpartition(' ')[0] or start[:-1]}…"


def tag_size(mp3: bytes, where: str = "") -> int:
    """Return how many bytes of a finished file are its ID3 tag; AudioError when it is not ours."""
    size = mp3[6:10]
    if mp3[:6] != b"ID3\3\0\0" or len(size) < 4 or max(size) > 127:
        raise AudioError("it does not begin with an ID3v2.3 tag", where=where, then="build it again")
    return 10 + sum(byte << shift for byte, shift in zip(size, (21, 14, 7, 0), strict=True))


# The Info frame


class Stretch(NamedTuple):
    """MPEG frames that stand end to end: how many, of how many bytes, and the CRC-16 of those."""

    frames: int
    size: int
    crc: int


def stretch(mpeg: bytes, frames: int) -> Stretch:
    """Return what the Info frame has to know of these bytes, which are so many MPEG frames."""
    return Stretch(frames, len(mpeg), _crc16(mpeg))


def followed(one: Stretch, other: Stretch) -> Stretch:
    """Return what the Info frame has to know of two stretches, one behind the other."""
    crc = _followed(one.crc, other.size) ^ other.crc
    return Stretch(one.frames + other.frames, one.size + other.size, crc)


def info_frame(stretches: Sequence[Stretch]) -> bytes:
    """Return the frame that tells decoders what follows: the stretches, one behind the other.

    It is a silent frame of 96 kbit/s with LAME's tag in it: how many frames and bytes, where each
    hundredth of the time begins (of all bytes, in 256ths), what to drop at both ends, and checksums.
    A stretch has one bit rate, so inside it a place is known to the byte that pads a frame or does not.
    """
    size = 313
    frames = [0, *accumulate(each.frames for each in stretches)]
    starts = [size, *accumulate((each.size for each in stretches), initial=size)][1:]
    total = starts[-1]
    places = np.interp([frames[-1] * i // 100 for i in range(100)], frames, starts)
    hundredths = bytes(int(256 * place // total) for place in places)
    crc = reduce(followed, stretches).crc
    ends = (DELAY << 12 | PADDING).to_bytes(3, "big")
    frame = b"".join(
        (
            bytes.fromhex("fffb70c4") + bytes(17),  # header of a mono frame, side information: nothing
            struct.pack(">4s3I", b"Info", 15, frames[-1], total) + hundredths,
            struct.pack(">I", 57),  # LAME's word for a fixed bit rate at quality 3
            b"LAME3.100" + bytes([1, 0]),  # decoders trust the tag by this name; fixed rate; low-pass untold
            bytes(8) + bytes([0x14, 96]) + ends,  # no replay gain; psychoacoustic model; kbit/s
            struct.pack(">BBHI", 0x42, 0, 0, total),  # noise shaping 2, mono, 44.1 kHz; no gain, no preset
            struct.pack(">H", crc),
        ),
    )
    return (frame + struct.pack(">H", _crc16(frame))).ljust(size, b"\0")


def _followed(crc: int, size: int) -> int:
    """Return the CRC-16 after so many more zero bytes; bytes that are not zero add their own to it.

    So the checksum of an hour is made of those of its parts, and an edit reads only its own.

    >>> _followed(_crc16(b"1234"), 5) ^ _crc16(b"56789") == _crc16(b"123456789")
    True
    """
    for power in range(size.bit_length()):
        if size >> power & 1:
            crc = _turned(_zeros(power), crc)
    return crc


@cache
def _zeros(power: int) -> tuple[int, ...]:
    """Return what 2**power zero bytes make of each of the 16 bits."""
    if not power:
        return tuple(int(_CRC16[bit & 255]) ^ bit >> 8 for bit in (1 << place for place in range(16)))
    half = _zeros(power - 1)
    return tuple(_turned(half, bit) for bit in half)


def _turned(bits: Sequence[int], crc: int) -> int:
    return reduce(xor, (bits[place] for place in range(16) if crc >> place & 1), 0)


def _crc16(data: bytes) -> int:
    """Return the CRC-16 (polynomial a001, beginning with 0) by which LAME's tag guards the sound.

    The rows of a square are read side by side, for byte after byte takes longer than decoding. Zeros
    in front change nothing, so they fill the square; a row ends up shifted by the rows behind it,
    and how one row shifts each of the 16 bits is learned in the same pass.

    >>> hex(_crc16(b"123456789"))
    '0xbb3d'
    """
    width = math.isqrt(len(data)) + 1
    square = np.frombuffer(data.rjust(width * width, b"\0"), np.uint8).reshape(width, width)
    bits = np.uint16(1) << np.arange(16, dtype=np.uint16)
    state = np.concatenate((np.zeros(width, np.uint16), bits))
    for column in np.pad(square.T, ((0, 0), (0, 16))):
        state = _CRC16[(state ^ column) & 255] ^ (state >> 8)
    rows, shifted = state[:width].tolist(), state[width:].tolist()
    crc = 0
    for row in rows:
        crc = reduce(xor, (shifted[bit] for bit in range(16) if crc >> bit & 1), row)
    return int(crc)


def _crc16_table() -> NDArray[np.uint16]:
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ 0xA001, table >> 1).astype(np.uint16)
    return table


_CRC16 = _crc16_table()
