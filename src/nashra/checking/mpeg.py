"""An MP3 measured by walking its frames, as a player does: no header's word is taken for its length."""

from __future__ import annotations

import struct
from typing import NamedTuple

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""Hz by version (3 is MPEG-1, 2 is MPEG-2, 0 is 2.5) and index: ISO 11172-3, 13818-3."""

_KBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""kbit/s of layer III by version and index."""

_LATER = b"TAG"
"""Begins ID3v1, which stands behind the last frame."""


class Frame(NamedTuple):
    """The head of a frame: Hz, channels, bytes, and PCM frames that it holds."""

    rate: int
    channels: int
    bytes: int
    samples: int
    version: int


class Walked(NamedTuple):
    """What was walked: ms, Hz, channels, mean bit/s; `fault` says where it is no MPEG."""

    length_ms: int
    rate: int
    channels: int
    bit_rate: int
    fault: str


def walk(mp3: bytes) -> Walked:
    """Return what the frames of an MP3 say; what LAME says it added at both ends is taken off.

    >>> walk(b"no sound")
    Walked(length_ms=0, rate=0, channels=0, bit_rate=0, fault='has no MPEG frame')
    """
    at = start = _after_id3(mp3)
    first = None
    samples = sounding = 0
    fault = ""
    while at < len(mp3):
        frame = _frame(mp3, at)
        if not frame or at + frame.bytes > len(mp3):
            if not mp3.startswith(_LATER, at):
                fault = f"has no whole MPEG frame at byte {at}"
            break
        if first is None:
            first = frame
            extra = _info(mp3, at, frame)
            if extra is not None:
                samples -= frame.samples + extra
        elif (frame.rate, frame.channels) != (first.rate, first.channels):
            fault = f"changes its rate or channels at byte {at}"
            break
        samples += frame.samples
        sounding += 1
        at += frame.bytes
    if first is None:
        return Walked(0, 0, 0, 0, "has no MPEG frame")
    seconds = sounding * first.samples / first.rate
    bit_rate = round((at - start) * 8 / seconds) if seconds else 0
    return Walked(round(max(samples, 0) * 1000 / first.rate), first.rate, first.channels, bit_rate, fault)


def _after_id3(mp3: bytes) -> int:
    if not mp3.startswith(b"ID3") or len(mp3) < 10:
        return 0
    size = 0
    for byte in mp3[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frame(mp3: bytes, at: int) -> Frame | None:
    if at + 4 > len(mp3):
        return None
    (head,) = struct.unpack_from(">I", mp3, at)
    version, layer = head >> 19 & 3, head >> 17 & 3
    bits, rate = head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or bits in {0, 15} or rate == 3:
        return None
    hertz = _RATES[version][rate]
    samples = 1152 if version == 3 else 576
    length = samples // 8 * _KBITS[3 if version == 3 else 2][bits] * 1000 // hertz + (head >> 9 & 1)
    return Frame(hertz, 1 if head >> 6 & 3 == 3 else 2, length, samples, version)


def _info(mp3: bytes, at: int, frame: Frame) -> int | None:
    """Return the PCM frames that were added at both ends where this is an Info frame, None if it sounds."""
    side = {(3, 1): 17, (3, 2): 32}.get((frame.version, frame.channels), 9 if frame.channels == 1 else 17)
    place = at + 4 + side
    if mp3[place : place + 4] not in {b"Info", b"Xing"} or place + 8 > len(mp3):
        return None
    (flags,) = struct.unpack_from(">I", mp3, place + 4)
    lame = place + 8 + 4 * (flags & 1) + 2 * (flags & 2) + 25 * (flags & 4) + (flags & 8) // 2
    if lame + 24 > at + frame.bytes:
        return 0
    three = int.from_bytes(mp3[lame + 21 : lame + 24], "big")
    return (three >> 12) + (three & 0xFFF)
