"""How loud a sound is, and making it as loud as it should be without a clipped peak.

Loudness by ITU-R BS.1770-4 in numpy: scipy would add 110 MB to an installation for one filter, and
pyebur128 has no wheels for Python 3.13.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nashra.errors import AudioError
from nashra.model import RATE, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

Pcm = bytes | NDArray[np.int16]
"""Mono 16-bit PCM at 44,100 Hz."""

MEASURE = "level 2"
"""The version of the limiter and of what is measured: part of a part's key."""

FULL = 32768.0
"""The sample value that counts as 0 dB."""


class Loud(NamedTuple):
    """A stretch of sound, measured: the power of each 100 ms in thousandths of a dB, and its true peak."""

    tenths: tuple[int, ...]
    peak_dbtp: float


def silence(frames: int) -> Loud:
    """Return the loudness of so much digital silence."""
    return Loud((_NOTHING,) * round(frames / _HOP), -math.inf)


SILENT = Level(lufs=-math.inf, dbtp=-math.inf)
"""The level of nothing."""

MARGIN_DB = 1.25
"""How far below the ceiling the limiter holds the peaks that go into the encoder, for it adds to them.

Measured on nine voices of espeak-ng, limited, encoded at 96 kbit/s and decoded: raised by 5 dB, true
peaks stood up to 0.2 dB above the limit; by 10 and 14 dB up to 0.7, and in one run 1.1 dB above it.
Noise without a voice, raised by 10 dB, can add 2.5 dB: measure the finished file.
"""

# BS.1770's two filters as it prints them, for 48 kHz: (b, a) of the shelf and of the high-pass.
_K_RATE = 48_000
_K_WEIGHTING = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
_OFFSET_LU = -0.691  # so that a full-scale sine of 1 kHz counts as -3.01 LUFS
_HOP = RATE // 10  # loudness is measured in blocks of 400 ms that begin every 100 ms: four hops

_HOPS = 3  # measured at a time
_FFT = (_HOPS + 1) * _HOP  # and one before them: what is older the filters have forgotten (e^-24)
_ROWS = 8  # transforms at a time
_NOTHING = -200_000  # thousandths of a dB: digital silence

_STEP = 32  # the limiter thinks in steps of 0.7 ms
_REACH = 11  # steps to both sides, 8 ms: the period of a low voice, so a vowel keeps its wave form
_STRETCH = 256 * _STEP  # what is looked at at a time, so that memory stays flat
_TAPS = np.arange(12) + 0.5
_BETWEEN = np.sinc(_TAPS) * np.cos(np.pi * _TAPS / 25) ** 2  # half a sample on; within 0.1 dB to 19 kHz
_BETWEEN = (_BETWEEN / _BETWEEN.sum() / 2).astype(np.float32)
_SIDE = len(_TAPS)  # samples on each side of a place between two
_AWAY = np.arange(1 - _SIDE, _SIDE + 1)[:, None] - np.array([0.25, 0.5, 0.75])
_QUARTERS = np.sinc(_AWAY) * np.cos(np.pi * _AWAY / 25) ** 2
_QUARTERS = (_QUARTERS / _QUARTERS.sum(axis=0)).astype(np.float32)


def measure(pcm: Pcm) -> Level:
    """Return the integrated loudness in LUFS and the true peak in dBTP of a whole sound.

    Sound under 400 ms, or nowhere above -70 LUFS, has a loudness of minus infinity; digital silence
    has a peak of minus infinity too. Rounded to 0.01: the last bits of a Fourier transform differ
    between processors, and must not become another gain and another file. Raises AudioError for half
    a sample.
    """
    samples = _samples(pcm)
    return combined([loudness_of(samples)])


def loudness_of(pcm: Pcm) -> Loud:
    """Return what `combined` has to know of a stretch of sound; raises AudioError for half a sample."""
    samples = _samples(pcm)
    with np.errstate(divide="ignore"):
        tenths = np.maximum(np.rint(1000 * 10 * np.log10(_power(samples))), _NOTHING)
    return Loud(tuple(tenths.astype(int).tolist()), _true_peak(samples))


def combined(stretches: Sequence[Loud]) -> Level:
    """Return the level of stretches of sound played one behind the other, as `measure` of them all does.

    The blocks of 400 ms that both gates look at run on from a stretch to the next. What a stretch has
    beyond its last whole 100 ms is left out: at a seam that is silence.
    """
    power = 10 ** (np.concatenate([np.array(each.tenths, float) for each in stretches]) / 10_000)
    peak = max((each.peak_dbtp for each in stretches), default=-math.inf)
    return Level(lufs=round(_integrated(power), 2), dbtp=round(peak, 2))


def over_time(pcm: Pcm, window_ms: int = 3000) -> NDArray[np.float64]:
    """Return the loudness in LUFS of every window (short-term: 3 s), each 100 ms after the one before.

    A window of silence has minus infinity. Sound shorter than a window has none.
    """
    hops = window_ms // 100
    summed = np.cumsum(np.concatenate(([0.0], _power(_samples(pcm)))))
    mean = (summed[hops:] - summed[:-hops]) / hops
    with np.errstate(divide="ignore"):
        found: NDArray[np.float64] = np.round(_OFFSET_LU + 10 * np.log10(np.maximum(mean, 0)), 2)
    return found


def gain(pcm: bytes, gain_db: float, ceiling_dbtp: float) -> bytes:
    """Return the sound `gain_db` louder, held down around the peaks that would pass the ceiling.

    The true peak of speech stays at or under `ceiling_dbtp` even after encoding (MARGIN_DB). As long
    as it went in, and a mere multiplication when no peak is in the way. Single operations in a fixed
    order, no transform and no BLAS: the bytes do not depend on the processor. Raises AudioError for
    half a sample.
    """
    samples = _samples(pcm)
    factor = 10 ** (gain_db / 20)
    limit = min(FULL * 10 ** ((ceiling_dbtp - MARGIN_DB) / 20), FULL - 1)
    factors = _held(_steps(samples, limit / factor), limit / factor) * np.float32(factor)
    if (factors == 1).all():
        return pcm
    louder = np.empty_like(samples)
    ramp = np.arange(_STEP, dtype=np.float32) / np.float32(_STEP)
    # a step's ends lean towards the smaller neighbour, so no sample gets more than its step may have
    edges = np.minimum(factors, np.concatenate((factors[:1], factors[:-1])))
    edges = np.append(edges, factors[-1])
    for first in range(0, len(samples), _STRETCH):
        at = slice(first, first + _STRETCH)
        start = edges[first // _STEP : (first + _STRETCH) // _STEP + 1]
        curve = start[:-1, None] + (start[1:] - start[:-1])[:, None] * ramp
        louder[at] = np.rint(samples[at] * curve.ravel()[: len(samples[at])])
    return louder.tobytes()


def _samples(pcm: Pcm) -> NDArray[np.int16]:
    if not isinstance(pcm, bytes):
        return pcm
    if len(pcm) % 2:
        raise AudioError(f"{len(pcm)} bytes are no 16-bit sound", then="report this as a fault of Nashra")
    return np.frombuffer(pcm, "<i2")


def _peaks(samples: NDArray[np.int16], size: int) -> NDArray[np.float64]:
    """Return the largest sample of every block of `size`, the last one perhaps shorter."""
    starts = np.arange(0, len(samples), size)
    if not len(starts):
        return np.zeros(0)
    high, low = np.maximum.reduceat(samples, starts), np.minimum.reduceat(samples, starts)
    return np.maximum(high, -low.astype(np.float64))  # in 16 bits -32768 has no opposite


def _loud(samples: NDArray[np.int16], least: float) -> list[int]:
    """Return where the stretches begin that have a sample of at least `least`."""
    return [int(index) * _STRETCH for index in np.flatnonzero(_peaks(samples, _STRETCH) >= least)]


def _steps(samples: NDArray[np.int16], limit: float) -> NDArray[np.float64]:
    """Return the peak of every step, half-way between the samples too where it could pass the limit.

    Without those a hiss raised by 10 dB came out 3 dB above the limit: it has its peaks between samples.
    """
    peaks = _peaks(samples, _STEP)
    reach = len(_BETWEEN)
    for first in _loud(samples, limit / 2):
        known = samples[max(0, first - reach) : first + _STRETCH + reach].astype(np.float32)
        before = max(0, reach - first)
        size = min(_STRETCH, len(samples) - first)
        known = np.pad(known, (before, size + 2 * reach - before - len(known)))
        between = np.zeros(size, np.float32)
        for tap, weight in enumerate(_BETWEEN, 1):
            earlier, later = known[reach + 1 - tap :][:size], known[reach + tap :][:size]
            between += weight * (earlier + later)
        highest = np.maximum.reduceat(np.abs(between), np.arange(0, size, _STEP))
        at = slice(first // _STEP, first // _STEP + len(highest))
        peaks[at] = np.maximum(peaks[at], highest)
    return peaks


def _held(peaks: NDArray[np.float64], limit: float) -> NDArray[np.float32]:
    """Return the factor for every step that keeps its peak under the limit, falling and rising softly.

    The least factor in reach is taken first; an average of those, as far as the same reach, exceeds
    in no step what that step allows.
    """
    wanted = np.minimum(1, limit / np.maximum(peaks, 1)).astype(np.float32)
    if not (wanted < 1).any():
        return wanted
    least = np.minimum.reduce(_neighbours(wanted))
    held = np.zeros(len(wanted))
    for away, neighbour in zip(range(-_REACH, _REACH + 1), _neighbours(least), strict=True):
        held += (_REACH + 1 - abs(away)) * neighbour.astype(np.float64)  # whole weights: an exact sum
    return (held / (_REACH + 1) ** 2).astype(np.float32)


def _neighbours(steps: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    padded = np.pad(steps, _REACH, mode="edge")
    return [padded[at : at + len(steps)] for at in range(2 * _REACH + 1)]


def _true_peak(samples: NDArray[np.int16]) -> float:
    """Return the peak between the samples too, in dBTP: four times oversampled beside the loud ones.

    Where both samples stay 3 dB under the loudest nothing is looked at: between two of its samples,
    speech rises by some tenths.
    """
    peak = _peaks(samples, len(samples) or 1).max(initial=0)
    if not peak:
        return -math.inf
    known = np.pad(samples, (_SIDE - 1, _SIDE))
    windows = np.lib.stride_tricks.sliding_window_view(known, 2 * _SIDE)
    loud = np.abs(samples) >= np.int16(min(0.7 * peak, FULL - 1))
    loud |= samples == np.int16(-FULL)  # in 16 bits it has no opposite
    loud[:-1] |= loud[1:]
    beside = np.flatnonzero(loud)
    for first in range(0, len(beside), _STRETCH):
        between = windows[beside[first : first + _STRETCH]].astype(np.float32) @ _QUARTERS
        peak = max(peak, np.abs(between).max())
    return 20 * math.log10(peak / FULL)


def _weighting() -> NDArray[np.complex128]:
    """Return the response of both filters at our rate, to every frequency of a block's transform.

    The printed filters are analogue ones seen through 48 kHz; the bilinear transform that made them
    is undone and made again for 44.1 kHz, which on their delay operator is one fraction.
    """
    delay = np.exp(-2j * np.pi * np.arange(_FFT // 2 + 1) / _FFT)
    ratio = RATE / _K_RATE
    delay = (1 - ratio + (1 + ratio) * delay) / (1 + ratio + (1 - ratio) * delay)
    response: NDArray[np.complex128] = np.ones_like(delay)
    for above, below in _K_WEIGHTING:
        response *= np.polyval(above[::-1], delay) / np.polyval(below[::-1], delay)
    return response


def _power(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """Return the mean weighted power of every whole 100 ms; full scale is 1."""
    hops = len(samples) // _HOP
    rows = -(-hops // _HOPS)
    known = np.zeros((rows * _HOPS + 1) * _HOP, np.float32)
    known[_HOP : _HOP + hops * _HOP] = samples[: hops * _HOP] / np.float32(FULL)
    power = np.zeros((rows, _HOPS))
    size = _HOPS * _HOP
    for row in range(0, rows, _ROWS):
        several = slice(row, row + _ROWS)
        windows = np.lib.stride_tricks.sliding_window_view(known, _FFT)[::size][several]
        weighted = np.fft.irfft(np.fft.rfft(windows) * _WEIGHTING)[:, _HOP:]
        power[several] = np.square(weighted).reshape(-1, _HOPS, _HOP).mean(axis=2)
    return power.ravel()[:hops]


_WEIGHTING = _weighting().astype(np.complex64)


def _integrated(power: NDArray[np.float64]) -> float:
    """Return the loudness of 400 ms blocks that pass both gates, in LUFS: -70, then 10 under the rest."""
    if len(power) < 4:
        return -math.inf
    blocks = (power[:-3] + power[1:-2] + power[2:-1] + power[3:]) / 4
    blocks = blocks[blocks > 10 ** ((-70 - _OFFSET_LU) / 10)]
    if not len(blocks):
        return -math.inf
    return _OFFSET_LU + 10 * math.log10(blocks[blocks > blocks.mean() / 10].mean())
