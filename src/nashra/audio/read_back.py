"""A finished MP3 read back as it lies on the disk: nothing takes its name before its frames are counted.

No exit code and no absence of an error says that a file is whole: players and libraries believe the Info
frame even of one that was cut to 60 %. So every MPEG frame is walked, and the headers are held against that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.audio.mp3 import PCM_FRAMES, frame_size
from nashra.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def check(blocks: Iterable[bytes], frames: int) -> None:
    """Refuse a file that is not a tag, an Info frame, and the MPEG frames of a track of so many PCM frames.

    `blocks` are its bytes in order, in pieces of any size: memory holds one of them. All are taken. Raises
    AudioError that says which of length, frames and headers do not agree.
    """
    mpeg = _mpeg_frames(_behind_tag(blocks))
    first = next(mpeg, b"")
    if first[21:25] != b"Info" or first[28] & 3 != 3:
        raise _broken("no Info frame behind its tag")
    said = int.from_bytes(first[29:33], "big"), int.from_bytes(first[33:37], "big")
    counted, size = 0, len(first)
    for each in mpeg:
        counted += 1
        size += len(each)
    if (counted, size) != said:
        raise _broken(f"{counted} MPEG frames of {size} bytes where its header says {said[0]} of {said[1]}")
    if counted * PCM_FRAMES != frames + PCM_FRAMES:  # the last one pays for what decoders skip
        raise _broken(f"{counted} MPEG frames for {frames} PCM frames")


def _behind_tag(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Give what stands behind the ID3 tag; raises AudioError where there is none, or nothing behind it."""
    data = b""
    size = 0
    for block in blocks:
        if size and not data:
            yield block
            continue
        data += block
        if len(data) >= 10:
            if data[:3] != b"ID3" or max(data[6:10]) > 127:
                raise _broken("no ID3 tag at its beginning")
            size = 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
            if len(data) >= size:
                yield data[size:]
                data = b""
    if data or not size:
        raise _broken("it ends before its sound begins")


def _mpeg_frames(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the MPEG frames that stand end to end; raises AudioError where one is none, or not whole."""
    data = b""
    read = 0
    for block in blocks:
        data += block
        at = 0
        while at + 4 <= len(data):
            size = frame_size(data, at)
            if not size:
                raise _broken(f"no MPEG frame at byte {read + at} behind its tag")
            if at + size > len(data):
                break
            yield data[at : at + size]
            at += size
        read += at
        data = data[at:]
    if data:
        raise _broken(f"{len(data)} bytes behind its last whole MPEG frame")


def _broken(what: str) -> AudioError:
    return AudioError(
        f"came out broken: {what}", then="look whether the disk is full or faulty, and build again"
    )
