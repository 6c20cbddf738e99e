"""What can be measured of a finished sound besides its level: silences, and how it swells in time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nashra.audio.level import FULL
from nashra.model import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOP = RATE // 100
"""PCM frames, 10 ms, in which silence is looked for."""

SILENT_DBFS = -50.0
"""Where no sample is higher, there is silence; what an MP3 leaves of digital silence lies far below."""

SHORTEST_MS = 100
"""A shorter silence is a consonant's."""


class Silence(NamedTuple):
    """A silence in PCM frames."""

    start: int
    end: int


def peaks(pcm: bytes, columns: int) -> tuple[tuple[float, float], ...]:
    """Return the highest sample and the root mean square of so many equal stretches; full scale is 1."""
    samples = np.frombuffer(pcm, "<i2")
    edges = np.linspace(0, len(samples), columns + 1).astype(int)
    found = []
    for start, end in pairwise(edges):
        piece = np.abs(samples[start:end].astype(np.float32)) / np.float32(FULL)
        high = float(piece.max(initial=0))
        found.append((high, float(np.sqrt(np.square(piece).mean())) if len(piece) else 0.0))
    return tuple(found)


def silences(pcm: bytes) -> tuple[Silence, ...]:
    """Return every silence of at least SHORTEST_MS, in order, found in steps of 10 ms."""
    quiet = ~_heard(pcm)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])))).reshape(-1, 2) * HOP
    longest = len(pcm) // 2
    least = SHORTEST_MS * RATE // 1000
    return tuple(Silence(int(start), min(int(end), longest)) for start, end in edges if end - start >= least)


def ends(pcm: bytes) -> tuple[int, int]:
    """Return the PCM frames of silence before the first sound and behind the last, in steps of 10 ms."""
    heard = np.flatnonzero(_heard(pcm))
    frames = len(pcm) // 2
    return (int(heard[0]) * HOP, max(0, frames - (int(heard[-1]) + 1) * HOP)) if len(heard) else (frames, 0)


def onset(pcm: bytes, start: int, end: int) -> int | None:
    """Return the PCM frame, in steps of 10 ms, where sound begins in a span; None where there is none."""
    heard = np.flatnonzero(_heard(pcm[2 * start : 2 * end]))
    return start + int(heard[0]) * HOP if len(heard) else None


def _heard(pcm: bytes) -> NDArray[np.bool_]:
    """Say of every 10 ms whether there is sound; without a copy, for hours are a gigabyte."""
    samples = np.frombuffer(pcm, "<i2")
    if not len(samples):
        return np.zeros(0, np.bool_)
    starts = np.arange(0, len(samples), HOP)
    faint = FULL * 10 ** (SILENT_DBFS / 20)
    heard: NDArray[np.bool_] = np.maximum.reduceat(samples, starts) > faint
    return heard | (np.minimum.reduceat(samples, starts) < -faint)
