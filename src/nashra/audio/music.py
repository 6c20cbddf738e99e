"""A sound file of the station's as music: decoded, brought to one channel and rate, measured."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import miniaudio
import numpy as np
import soxr

from nashra.audio import level
from nashra.audio.dressing import Music
from nashra.errors import AudioError
from nashra.model import RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_PEAK = 32_440
"""The highest sample: 0.1 dB below full scale, so that nothing is lost in the 16 bits of a soft file."""

_FAINTEST = 1e-4  # of full scale, -80 dBFS: below it a file counts as silence
_LEAST = 4 * RATE // 10  # frames: loudness is measured in blocks of 400 ms


class _Format(NamedTuple):
    name: str
    begins: bytes
    ask: Callable[[bytes], miniaudio.SoundFileInfo]
    read: Callable[[bytes], miniaudio.DecodedSoundFile]


# A file is what its first bytes say, whatever its name; an MP3 has either a tag or a frame there.
_FORMATS = (
    _Format("WAV", b"RIFF", miniaudio.wav_get_info, miniaudio.wav_read_f32),
    _Format("FLAC", b"fLaC", miniaudio.flac_get_info, miniaudio.flac_read_f32),
    _Format("Ogg Vorbis", b"OggS", miniaudio.vorbis_get_info, miniaudio.vorbis_read),
    _Format("MP3", b"ID3", miniaudio.mp3_get_info, miniaudio.mp3_read_f32),
    _Format("MP3", b"\xff", miniaudio.mp3_get_info, miniaudio.mp3_read_f32),
)


def decoded(data: bytes, shortest_s: float, longest_s: float) -> Music:
    """Return what a WAV, FLAC, Ogg Vorbis or MP3 file sounds like, its channels mixed to one.

    Its loudness is the integrated one; of less than 400 ms, that of the sound played again and again.
    Raises AudioError (with no place) for another kind of file, a broken one, one without a sound, and
    one shorter or longer than these seconds; the length is asked before anything is decoded.
    """
    form = next((form for form in _FORMATS if data.startswith(form.begins)), None)
    if form is None:
        raise AudioError("is no WAV, FLAC, Ogg Vorbis or MP3")
    try:
        _check_length(max(form.ask(data).duration, shortest_s), shortest_s, longest_s)  # 0 where untold
        sound = form.read(data)
    except (miniaudio.MiniaudioError, ZeroDivisionError, ValueError) as refused:
        raise AudioError(f"cannot be decoded as {form.name}") from refused
    samples = np.asarray(sound.samples).reshape(-1, sound.nchannels)
    _check_length(len(samples) / sound.sample_rate, shortest_s, longest_s)
    full = np.float32(level.FULL if samples.dtype == np.int16 else 1)
    pcm = _pcm(samples.mean(axis=1, dtype=np.float32) / full, sound.sample_rate)
    heard = np.resize(pcm, max(_LEAST, len(pcm)))
    return Music(pcm.tobytes(), level.measure(heard).lufs, hashlib.sha256(data).hexdigest())


def _check_length(length_s: float, shortest_s: float, longest_s: float) -> None:
    if not shortest_s <= length_s <= longest_s:
        raise AudioError(f"is {length_s:.3g} s long, and it may be {shortest_s:g} to {longest_s:g} s")


def _pcm(mono: NDArray[np.float32], rate: int) -> NDArray[np.int16]:
    """Return the samples, between -1 and 1, at 44,100 Hz and as high as 16 bits hold."""
    if not np.isfinite(mono).all():
        raise AudioError("has samples that are no numbers")
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE)
    peak = np.abs(mono).max(initial=0)
    if peak < _FAINTEST:
        raise AudioError("has no sound in it")
    pcm: NDArray[np.int16] = np.rint(mono * (_PEAK / peak)).astype("<i2")
    return pcm
