"""The music that a new station begins with: bells and a soft chord, made from sines and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nashra.model import RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

PEAK = 23_000
"""The highest sample: 3 dB below full scale."""

# A bell: partials in multiples of the note, how strong, and in how many seconds each fades to a third.
# Whole multiples sound sweet, the upper ones a little sharp make it metal.
_BELL = ((1, 1.0, 0.75), (2.003, 0.5, 0.45), (3.011, 0.22, 0.3), (4.17, 0.1, 0.16), (5.43, 0.05, 0.09))
_PAD = ((1, 1.0), (1.004, 0.8), (2.002, 0.3), (3.0, 0.08))  # two of almost one pitch: a slow swell
_STRIKE = RATE // 250  # frames in which a bell rises: 4 ms, or it would click
_ROOM = ((0.031, 0.20), (0.067, 0.15), (0.113, 0.11), (0.179, 0.07))  # echoes: seconds, and how strong
_END = RATE // 5  # frames in which a piece fades out

# Notes in semitones from A4 (440 Hz), with their beginning in seconds and their strength: fourths and
# fifths only, so that the piece is in no key, and goes with any music and any mood of the news.
_OPENING = ((0.0, -12, 0.5), (0.0, 0, 0.8), (0.2, 5, 0.8), (0.4, 7, 0.8), (0.65, 12, 1.0), (0.65, -7, 0.5))
_CLOSING = ((0.0, 12, 0.8), (0.2, 7, 0.8), (0.4, 5, 0.8), (0.7, 0, 1.0), (0.7, -12, 0.6))
_SEPARATOR = ((0.0, 7, 0.7), (0.11, 12, 1.0))
_CHORDS = ((-31, -19, -12, -7), (-31, -19, -10, -5), (-28, -16, -9, -7), (-29, -17, -12, -5))
_CHORD_S = 4


def opening() -> bytes:
    """Return a station identity of 3 s, rising, as mono 16-bit PCM at 44,100 Hz; so are all of these."""
    return _pcm(_bells(_OPENING, 3.0))


def closing() -> bytes:
    """Return its answer of 3 s, falling."""
    return _pcm(_bells(_CLOSING, 3.0))


def separator() -> bytes:
    """Return two short bells, 0.6 s."""
    return _pcm(_bells(_SEPARATOR, 0.6, shorter=3))


def bed() -> bytes:
    """Return 16 s of soft chords that go over into one another, to be played under speech."""
    sound = np.zeros((len(_CHORDS) * _CHORD_S + 1) * RATE)
    for place, chord in enumerate(_CHORDS):
        at = np.arange((_CHORD_S + 1) * RATE) / RATE
        swell = np.sin(np.pi * np.minimum(1, np.minimum(at, at[::-1])) / 2) ** 2  # a second at both ends
        for note in chord:
            first = place * _CHORD_S * RATE
            tone = sum(weight * np.sin(2 * np.pi * _hz(note) * each * at) for each, weight in _PAD)
            sound[first : first + len(at)] += tone * swell
    return _pcm(sound[: len(_CHORDS) * _CHORD_S * RATE])


SOUNDS: dict[str, Callable[[], bytes]] = {
    "opening": opening,
    "closing": closing,
    "separator": separator,
    "bed": bed,
}
"""What a new station is given, by the key of `[sound]` that plays it."""


def _hz(note: int) -> float:
    return 440 * 2 ** (note / 12)


def _bells(notes: tuple[tuple[float, int, float], ...], length_s: float, *, shorter: float = 1) -> Samples:
    sound = np.zeros(round(length_s * RATE))
    for start_s, note, strength in notes:
        first = round(start_s * RATE)
        at = np.arange(len(sound) - first) / RATE
        bell = sum(
            weight * np.exp(-at * shorter / fade_s) * np.sin(2 * np.pi * _hz(note) * each * at)
            for each, weight, fade_s in _BELL
        )
        sound[first:] += strength * bell * np.minimum(1, np.arange(len(at)) / _STRIKE)
    dry = sound.copy()
    for delay_s, strength in _ROOM:
        delay = round(delay_s * RATE)
        sound[delay:] += strength * dry[:-delay]
    return sound


def _pcm(sound: Samples) -> bytes:
    """Return the sound with a soft end, as loud as it may be."""
    fall = min(_END, len(sound) // 3)
    sound[-fall:] *= np.cos(np.pi / 2 * np.arange(1, fall + 1) / fall) ** 2
    return bytes(np.rint(sound * (PEAK / np.abs(sound).max())).astype("<i2").tobytes())
