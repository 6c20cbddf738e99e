"""A chapter's sound as MPEG frames of its own, and an episode as those frames joined.

Every encoder run starts with an empty bit reservoir, so the frames of parts encoded apart stand end
to end as they are, and an edited section costs one new encoding. Time is counted in the MPEG frames
that came out, 1152 PCM frames each, never in the sound that went in: joined as files, 120 parts drift
by 7.4 s.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import lameenc
import miniaudio

from nashra.audio.tags import Stretch, followed, info_frame, stretch
from nashra.errors import AudioError
from nashra.model import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

PCM_FRAMES = 1152
"""The PCM frames of an MPEG-1 layer III frame."""

KBPS = 96
"""Mono speech in one fixed bit rate: what directories ask for, and seekable by every player."""

QUALITY = 3
"""LAME's own default for a fixed bit rate; 2 takes longer and sounds the same, 7 does less noise shaping."""

LOSS_DB = 0.4455
"""How much softer a part comes out: LAME scales by 0.95 at this bit rate (3.100 and 4.0 measured alike).

Whoever aims at a loudness adds it to the gain.
"""

RECIPE = f"mp3 layer3 mono {RATE} Hz cbr {KBPS} kbit/s lame q{QUALITY}"
"""What every part is made with, whatever the encoder's version: belongs into a part's key."""

_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)

SILENT = bytes.fromhex("fffb70c4").ljust(144_000 * KBPS // RATE, b"\0")
"""A mono frame of 96 kbit/s whose side information is all zero: digital silence, 26 ms of it.

It stands between parts where a chapter is to begin on a whole second, and at the end of a track, where
it pays for what decoders skip, so that a track is exactly as long as its parts.
"""


def length_for(frames: int) -> int:
    """Return how many PCM frames come out as exactly so many MPEG frames; LAME puts one more behind them.

    What is given must end in silence; 1105 PCM frames of that last one hold the end of the sound.
    """
    return PCM_FRAMES * (frames - 1)


def encode(pcm: bytes) -> bytes:
    """Encode one part: mono 16-bit PCM at 44,100 Hz to MPEG frames, without any header.

    It begins and ends in silence (the caller's doing), for the seam to the next part lies there.
    Runs without the GIL. Raises AudioError when there is no sound or half a sample.
    """
    if not pcm or len(pcm) % 2:
        raise AudioError(f"{len(pcm)} bytes are no 16-bit sound", then="report this as a fault of Nashra")
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_bit_rate(KBPS)
    encoder.set_quality(QUALITY)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


def frame_sizes(mpeg: bytes, where: str = "") -> list[int]:
    """Return the size of every MPEG frame in bytes, having read each header.

    Raises AudioError unless the bytes are whole mono 44.1 kHz layer III frames from end to end.
    """
    sizes = []
    at = 0
    while at < len(mpeg):
        size = frame_size(mpeg, at)
        if not size:
            raise AudioError(f"no MPEG frame at byte {at} of {len(mpeg)}", where=where, then="build it again")
        sizes.append(size)
        at += size
    if at > len(mpeg):
        raise AudioError(f"the sound is cut {at - len(mpeg)} bytes short", where=where, then="build it again")
    return sizes


def frame_size(mpeg: bytes, at: int) -> int:
    """Return the bytes of the mono 44.1 kHz layer III frame that begins there, 0 if none does."""
    header = mpeg[at : at + 4]
    # ff fb: sync, MPEG-1, layer III, no checksum; then bit rate, 44.1 kHz, padding; then mono
    known = len(header) == 4 and header[:2] == b"\xff\xfb" and not header[2] & 12 and header[3] >= 0xC0
    kbps = header[2] >> 4 if known else 0
    if not 1 <= kbps <= len(_KBPS):
        return 0
    return 144_000 * _KBPS[kbps - 1] // RATE + (header[2] >> 1 & 1)


def frame_count(mpeg: bytes) -> int:
    """Return how many MPEG frames there are; raises AudioError as `frame_sizes` does."""
    return len(frame_sizes(mpeg))


def part(mpeg: bytes, where: str = "") -> Stretch:
    """Return what the Info frame has to know of an encoded part.

    Raises AudioError when it is not whole frames, or leans on frames that are not its own.
    """
    # the first nine bits of the side information say how far back a frame's bits begin
    if mpeg[4:5] != b"\0" or mpeg[5] & 0x80:
        raise AudioError("a part does not begin where an encoder began", where=where, then="build it again")
    return stretch(mpeg, frame_count(mpeg))


@cache
def silence(frames: int) -> Stretch:
    """Return what the Info frame has to know of so many silent frames."""
    if frames < 2:
        return stretch(SILENT * frames, frames)
    half = silence(frames // 2)
    return followed(followed(half, half), silence(frames % 2))


def head(stretches: Sequence[Stretch]) -> bytes:
    """Return the Info frame of a track of these stretches; one silent frame is to stand behind them.

    With F the MPEG frames of them all, the track decodes to N = 1152 * F PCM frames, and PCM frame 0
    of what a part was encoded from is the track's PCM frame 1152 * (MPEG frames before the part).
    ffmpeg, mpg123 and miniaudio (1.70 and later) all say so: of the 1152 * (F + 1) frames in the file
    they drop 576 of encoder delay and 529 of their own at the start, and at the end 576 of padding
    less those 529. A decoder that knows no Info frame plays everything 51 ms late.
    """
    return info_frame((*stretches, silence(1)))


def join(parts: Sequence[bytes]) -> bytes:
    """Join parts to a track as `head` says; raises AudioError when there is none, or as `part` does."""
    if not parts:
        raise AudioError("an episode without a part has no sound", then="give the article some text")
    return b"".join((head([part(each) for each in parts]), *parts, SILENT))


def decode(mp3: bytes, where: str = "") -> bytes:
    """Decode a finished file as a player does: mono 16-bit PCM at 44,100 Hz.

    Nothing but MP3 is tried, whatever the bytes look like. Raises AudioError when they are none.
    """
    try:
        sound = miniaudio.mp3_read_s16(mp3)
    except miniaudio.DecodeError as refused:
        raise AudioError("not an MP3", where=where, then="build it again") from refused
    if (sound.nchannels, sound.sample_rate) != (1, RATE):
        what = f"{sound.nchannels} channels at {sound.sample_rate} Hz instead of mono at {RATE} Hz"
        raise AudioError(what, where=where, then="build it again")
    return bytes(sound.samples.tobytes())


def checked(mpeg: bytes, frames: int) -> tuple[Stretch, bytes]:
    """Return what the Info frame has to know of an encoded part, and how it sounds: decoded, alone, as PCM.

    Decoders do not tell: bytes cut to 60 % decode without a complaint. So every MPEG frame is counted,
    and so is every PCM frame that came out, 1152 to each. Raises AudioError for another length than
    `frames`, and as `part` does.
    """
    told = part(mpeg)
    pcm = decode(head([told]) + mpeg + SILENT)
    for name, counted in (("has", PCM_FRAMES * told.frames), ("decodes to", len(pcm) // 2)):
        if counted != PCM_FRAMES * frames:
            what = f"a part {name} {counted} PCM frames instead of {PCM_FRAMES * frames}"
            raise AudioError(what, then="build it again")
    return told, pcm
