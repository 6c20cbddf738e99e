"""A chapter's sound as MPEG frames of its own, and an episode as those frames joined.

Every encoder run starts with an empty bit reservoir, so the frames of parts encoded apart stand end
to end as they are, and an edited section costs one new encoding. Time is counted in the MPEG frames
that came out, 1152 PCM frames each, never in the sound that went in: joined as files, 120 parts drift
by 7.4 s.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import lameenc
import miniaudio

from nashra.audio.tags import info_frame, tag_size
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

# A mono frame of 96 kbit/s whose side information is all zero: digital silence. It stands at the end
# of a track and pays for what decoders skip, so that a track is exactly as long as its parts.
_LAST = bytes.fromhex("fffb70c4").ljust(144_000 * KBPS // RATE, b"\0")


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
        header = mpeg[at : at + 4]
        # ff fb: sync, MPEG-1, layer III, no checksum; then bit rate, 44.1 kHz, padding; then mono
        known = len(header) == 4 and header[:2] == b"\xff\xfb" and not header[2] & 12 and header[3] >= 0xC0
        kbps = header[2] >> 4 if known else 0
        if not 1 <= kbps <= len(_KBPS):
            raise AudioError(f"no MPEG frame at byte {at} of {len(mpeg)}", where=where, then="build it again")
        sizes.append(144_000 * _KBPS[kbps - 1] // RATE + (header[2] >> 1 & 1))
        at += sizes[-1]
    if at > len(mpeg):
        raise AudioError(f"the sound is cut {at - len(mpeg)} bytes short", where=where, then="build it again")
    return sizes


def frame_count(mpeg: bytes) -> int:
    """Return how many MPEG frames there are; raises AudioError as `frame_sizes` does."""
    return len(frame_sizes(mpeg))


def frames_of(parts: Sequence[bytes]) -> int:
    """Return the PCM frames of the track that `join` makes of the parts: 1152 to each MPEG frame."""
    return PCM_FRAMES * sum(map(frame_count, parts))


def join(parts: Sequence[bytes]) -> bytes:
    """Join parts to a track: an Info frame, their frames as they are, and one frame of silence.

    With F the MPEG frames of all parts, the track decodes to N = 1152 * F PCM frames, and PCM frame 0
    of what part k was encoded from is the track's PCM frame 1152 * (MPEG frames of the parts before).
    ffmpeg, mpg123 and miniaudio (1.70 and later) all say so: of the 1152 * (F + 1) frames in the file
    they drop 576 of encoder delay and 529 of their own at the start, and at the end 576 of padding
    less those 529. A decoder that knows no Info frame plays everything 51 ms late.

    Raises AudioError when there is no part, or one leans on frames that are not its own.
    """
    if not parts:
        raise AudioError("an episode without a part has no sound", then="give the article some text")
    for number, part in enumerate(parts, 1):
        # the first nine bits of the side information say how far back a frame's bits begin
        if part[4:5] != b"\0" or part[5] & 0x80:
            raise AudioError(f"part {number} does not begin where an encoder began", then="build it again")
    sizes = [*chain.from_iterable(map(frame_sizes, parts)), len(_LAST)]
    sound = b"".join((*parts, _LAST))
    return info_frame(sound, sizes) + sound


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


def check(mp3: bytes, frames: int, where: str = "", *, decoded: int | None = None) -> None:
    """Refuse a finished file that is not whole, to the last bit of its sound, or not `frames` long.

    Decoders do not tell: a file cut to 60 % decodes without a complaint, and its header still claims
    its full length. So every frame is counted, and the Info frame has to be the one that the sound
    behind it would be given, with the checksum of that sound. Whoever has decoded that sound already
    says how many PCM frames it gave. Raises AudioError.
    """
    mpeg = mp3[tag_size(mp3, where) :]
    sizes = frame_sizes(mpeg, where)
    first = sizes[0] if sizes else 0
    if not first or mpeg[:first] != info_frame(mpeg[first:], sizes[1:]):
        what = f"the Info frame does not describe the {max(0, len(sizes) - 1)} frames of sound behind it"
        raise AudioError(what, where=where, then="build it again")
    for name, counted in (
        ("has", PCM_FRAMES * (len(sizes) - 2)),
        ("decodes to", len(decode(mp3, where)) // 2 if decoded is None else decoded),
    ):
        if counted != frames:
            what = f"{name} {counted} PCM frames instead of {frames}"
            raise AudioError(what, where=where, then="build it again")
