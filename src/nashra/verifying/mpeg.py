"""An MP3 by its own words and by its frames: ISO 11172-3 layer III, and the Info frame of LAME's making."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_HERTZ = (44_100, 48_000, 32_000)
SAMPLES = 1152
"""PCM frames of an MPEG-1 layer III frame."""


class Told(NamedTuple):
    """What an MP3 says of itself: where its sound begins, MPEG frames, bytes of sound, PCM frames, Hz.

    `fault` says what contradicts itself.
    """

    start: int = 0
    frames: int = 0
    bytes: int = 0
    pcm: int = 0
    hertz: int = 0
    fault: str = ""


def told(read: Callable[[int, int], bytes], size: int) -> Told:
    """Return what the headers of an MP3 of `size` bytes say, and whether they fit its size and its end.

    `read` gives bytes at (start, length). Three short reads: the frames between are not looked at.

    >>> told(lambda start, length: b"no sound"[start:start + length], 8).fault
    'has no ID3 tag'
    """
    tag = read(0, 10)
    if tag[:3] != b"ID3" or len(tag) < 10 or max(tag[6:10]) > 127:
        return Told(fault="has no ID3 tag")
    start = 10 + (tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9])
    head = read(start, 200)
    length, hertz = frame(head, 0)
    info = head[21:25] if head[3:4] >= b"\xc0" else head[36:40]  # behind the side information, mono or not
    at = head.find(info)
    if not length or info not in {b"Info", b"Xing"} or len(head) < at + 144:
        return Told(start, fault="has no Info frame behind its tag")
    flags, frames, sound = (int.from_bytes(head[at + n : at + n + 4], "big") for n in (4, 8, 12))
    if flags & 15 != 15:
        return Told(start, fault="has an Info frame without frames, bytes and seek table")
    ends = int.from_bytes(head[at + 141 : at + 144], "big")
    pcm = SAMPLES * frames - (ends >> 12) - (ends & 0xFFF)
    fault = ""
    if start + sound != size:
        fault = f"has {size} bytes, and its headers say {start + sound}"
    elif info == b"Info":  # one bit rate: a frame is `length` bytes, or one more that pads it
        last = read(size - length - 1, length + 1)
        if not 0 <= sound - length * (frames + 1) <= frames + 1:
            fault = f"says {frames} MPEG frames, which do not fit {sound} bytes"
        elif length not in {frame(last, 1)[0], frame(last, 0)[0] - 1}:
            fault = "does not end in a whole MPEG frame"
    return Told(start, frames, sound, pcm, hertz, fault)


def counted(mp3: bytes, start: int) -> tuple[int, str]:
    """Return how many MPEG frames stand end to end behind the Info frame, and what ends them too early."""
    at, frames = start, -1
    while at < len(mp3):
        length, _hertz = frame(mp3, at)
        if not length or at + length > len(mp3):
            return frames, f"has no whole MPEG frame at byte {at}"
        at += length
        frames += 1
    return frames, ""


def frame(data: bytes, at: int) -> tuple[int, int]:
    """Return the bytes and the Hz of the MPEG-1 layer III frame that begins there, (0, 0) for none."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xFE != 0xFA:
        return 0, 0
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if bits in {0, 15} or rate == 3:
        return 0, 0
    return 144_000 * _KBITS[bits] // _HERTZ[rate] + (head[2] >> 1 & 1), _HERTZ[rate]
