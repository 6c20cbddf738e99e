"""Speech and music laid over one another: fades, music that gives way to speech, sums that never clip.

Sums, products and polynomials only, in a fixed order: the bytes do not depend on the processor.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nashra.audio import level, mp3
from nashra.model import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nashra.audio.dressing import Dress, Music

    Samples = NDArray[np.float32]

EDGE = RATE // 20
"""PCM frames of silence, 50 ms, at an end of a chapter where music would stand: seams lie in silence."""

GAP = 2 * RATE // 5
"""PCM frames, 400 ms, from the last word to the music behind it; the rest of the pause comes after."""

ATTACK = 3 * RATE // 10
"""PCM frames in which a bed gives way; it has done so when the first word begins."""

RELEASE = 7 * RATE // 10
"""PCM frames in which it comes back: slower, for a sudden rise sounds like a fault."""

HELD = 2 * RATE
"""A pause of fewer PCM frames is none to the bed: music that comes up between two sentences pumps."""

_CROSS = RATE
"""PCM frames, at most, in which the end of a bed that is too short goes over into its beginning."""


Span = tuple[int, int]


def dressed(
    pcm: bytes, spans: Sequence[Span], dress: Dress, ceiling_dbtp: float
) -> tuple[bytes, tuple[Span, ...]]:
    """Return a chapter's sound with what it wears, and the spans of its utterances where they now are.

    Spans are (start, end) in PCM frames from the chapter's beginning. `pcm` begins and ends in silence,
    and so does what comes back. Without a span or anything to wear it is what was given.
    """
    if not spans or not dress.key:
        return pcm, tuple(spans)
    speech = _floats(pcm)
    layers = [(0, speech)]  # each with its first frame, counted from the first frame of the speech
    end = spans[-1][1]
    if dress.before:
        before = _at(dress.before, dress.sound.jingle_lufs, ceiling_dbtp)
        layers.append((-len(before) - EDGE, np.pad(before, (EDGE, 0))))
    if dress.after:
        after = _at(dress.after, dress.sound.jingle_lufs, ceiling_dbtp)
        pause = len(speech) - end
        gap = min(GAP, pause)
        layers.append((end + gap, np.pad(after, (0, max(pause - gap, EDGE)))))
    if dress.bed:
        layers.append(_bed(dress, dress.bed, spans, ceiling_dbtp))
    lead = -min(first for first, _sound in layers)
    return limited(mixed(layers), ceiling_dbtp), tuple((a + lead, b + lead) for a, b in spans)


def _bed(dress: Dress, bed: Music, spans: Sequence[Span], ceiling_dbtp: float) -> tuple[int, Samples]:
    """Return the bed under the spans of speech with its first frame, faded at both ends.

    It is heard before the first word and behind the last one; beside a jingle, its fade lies under that.
    """
    fade_in, fade_out = (RATE * ms // 1000 for ms in (dress.sound.fade_in_ms, dress.sound.fade_out_ms))
    begin, end = spans[0][0], spans[-1][1]
    first = -fade_in if dress.before else min(0, begin - ATTACK - fade_in)
    last = end + fade_out if dress.after else end + RELEASE + fade_out
    if dress.after:
        spans = [*spans, (end, last)]  # it does not come up again, only to disturb the jingle
    music = _pcm(repeated(_floats(bed.pcm), last - first))
    heard = _at(replace(bed, pcm=music), dress.sound.jingle_lufs + dress.sound.gain_db, ceiling_dbtp)
    heard *= ducked(len(heard), [(a - first, b - first) for a, b in spans], dress.sound.duck_db)
    return first, np.pad(faded(heard, fade_in, fade_out), (0, EDGE))


def _floats(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, "<i2").astype(np.float32)


def _pcm(samples: Samples) -> bytes:
    return bytes(np.rint(samples).astype("<i2").tobytes())


def _at(music: Music, lufs: float, ceiling_dbtp: float) -> Samples:
    """Return music at a loudness in LUFS, as it will be in the finished file."""
    return _floats(level.gain(music.pcm, lufs - music.lufs + mp3.LOSS_DB, ceiling_dbtp))


def slope(frames: int) -> Samples:
    """Return a rise from 0 towards 1 that begins and ends level (3 x² - 2 x³), so many frames long.

    With its mirror image it makes 1 everywhere: what goes over into itself keeps its level.
    """
    at: Samples = (np.arange(frames, dtype=np.float32) + np.float32(0.5)) / np.float32(max(frames, 1))
    at *= at * (3 - 2 * at)
    return at


def faded(sound: Samples, fade_in: int, fade_out: int) -> Samples:
    """Return the sound rising from nothing and falling to nothing, each in so many frames.

    A sound too short for both has fades of half its length at most.
    """
    out = sound.copy()
    rise, fall = (min(frames, len(sound) // 2) for frames in (fade_in, fade_out))
    out[:rise] *= slope(rise)
    out[len(out) - fall :] *= slope(fall)[::-1]
    return out


def ducked(frames: int, spans: Sequence[Span], duck_db: float) -> Samples:
    """Return the factor for every frame of music: 1, and `duck_db` less while a span lasts.

    Spans are in order. The factor falls before one and rises behind it; it stays down in a pause too
    short to be worth it.
    """
    under = np.zeros(frames, np.float32)  # 1 where the music is down
    held: list[Span] = []
    for start, end in spans:
        if held and start - held[-1][1] < HELD:
            held[-1] = (held[-1][0], end)
        else:
            held.append((start, end))
    for start, end in held:
        down = np.ones(max(0, end - start), np.float32)
        shape = np.concatenate((slope(ATTACK), down, slope(RELEASE)[::-1]))
        first = start - ATTACK
        shape = shape[max(0, -first) : max(0, frames - first)]
        at = slice(max(0, first), max(0, first) + len(shape))
        under[at] = np.maximum(under[at], shape)
    return 1 - under * np.float32(1 - 10 ** (-duck_db / 20))


def repeated(sound: Samples, frames: int) -> Samples:
    """Return the sound's first frames; one too short goes over into its own beginning, again and again."""
    out = np.zeros(frames, np.float32)
    cross = min(_CROSS, len(sound) // 4)
    at = 0
    while at < frames:
        piece = faded(sound, cross if at else 0, cross)[: frames - at]
        out[at : at + len(piece)] += piece
        if len(sound) == 0:
            break
        at += len(sound) - cross
    return out


def mixed(layers: Sequence[tuple[int, Samples]]) -> Samples:
    """Return the sum of sounds, each with its first frame, from the earliest to the latest of their ends."""
    origin = min((first for first, _sound in layers), default=0)
    end = max((first + len(sound) for first, sound in layers), default=0)
    out = np.zeros(end - origin, np.float32)
    for first, sound in layers:
        out[first - origin : first - origin + len(sound)] += sound
    return out


def limited(sound: Samples, ceiling_dbtp: float) -> bytes:
    """Return the sound as 16-bit PCM whose true peak keeps under the ceiling, never clipped."""
    if np.abs(sound).max(initial=0) < level.FULL - 1:
        return level.gain(_pcm(sound), 0.0, ceiling_dbtp)
    return level.gain(_pcm(sound / np.float32(4)), 20 * math.log10(4), ceiling_dbtp)
