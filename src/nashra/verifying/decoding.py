"""An MP3 decoded: how long it sounds, and whether it sounds at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

LEAST_PEAK = 103
"""Of 32,767: -50 dBFS. What stays below it is silence."""


def heard(mp3: bytes, frames: int) -> str:
    """Return why an MP3 is not `frames` PCM frames of sound, empty where it is."""
    import miniaudio  # noqa: PLC0415 only who listens needs it

    try:
        info = miniaudio.mp3_get_info(mp3)
        pcm: array[int] = miniaudio.mp3_read_s16(mp3).samples
    except miniaudio.MiniaudioError as broken:
        return f"cannot be decoded: {broken}"
    found = len(pcm) // info.nchannels
    if found != frames:
        return f"decodes to {found} PCM frames, and its header says {frames}"
    second = info.sample_rate * info.nchannels
    for start in range(0, len(pcm), second):  # the first second sounds, as a rule: no need of the others
        here = pcm[start : start + second]
        if max(here) >= LEAST_PEAK or min(here) <= -LEAST_PEAK:
            return ""
    return "is silent"
