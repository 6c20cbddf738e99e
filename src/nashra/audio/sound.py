"""Clips stitched into the sound of a passage: trimmed, faded, joined as bytes, frames counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr
from pydub import AudioSegment
from pydub.silence import detect_leading_silence

from nashra.audio.mp3 import PCM_FRAMES, length_for
from nashra.audio.words import written_words
from nashra.model import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nashra.audio.passages import Passage
    from nashra.model import Clip, Voice

STITCH = "stitch 2"
"""The version of what this module does to sound: part of a part's key."""

QUIET_DBFS = -45.0
"""Below this an engine's lead-in and tail count as silence; its own pauses would add to ours."""

KEPT_MS = 20
"""Of that silence, what stays on each side: a soft consonant may begin in it."""

TAIL_MS = 10
"""Silence that a passage is given behind its last sound at the least; encoding adds 26 ms or more."""

FADE_MS = 4
"""Fades at a clip's ends: a cut inside a wave clicks."""


def passage_sound(
    passage: Passage, clips: Iterable[Clip], leveled: Callable[[Voice, bytes], bytes]
) -> tuple[bytes, int, tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...]]:
    """Return the sound of a passage, its MPEG frames, and (start, end) and words of its utterances.

    The words of an utterance are where each of its written words begins, counted from its start.

    `leveled` brings the sound of a voice to the level of the episode, keeping its length. The sound
    is mono 16-bit PCM at 44,100 Hz, times are its PCM frames. It begins and ends in silence, so that
    its seams lie there, and its last pause is as long as makes whole MPEG frames, half a frame (13 ms)
    more or less: encoded anyhow, each seam would add 40 ms to the pause that it stands in.
    """
    pieces = [silence(passage.start_ms)]
    spans, words = [], []
    at = len(pieces[0]) // 2
    for line, clip in zip(passage.lines, clips, strict=True):
        sound = leveled(line.voice, finished(clip))
        length = len(sound) // 2
        end = at + length
        spans.append((at, end))
        words.append(written_words(line, clip, trimmed_frames(clip), length))
        pieces += [sound, silence(line.pause_ms)]
        at = end + len(pieces[-1]) // 2
    pieces.pop()
    at = spans[-1][1]
    shortest = at + RATE * TAIL_MS // 1000
    natural = round((at + RATE * passage.rest_ms / 1000) / PCM_FRAMES)
    mpeg_frames = max(natural, -(-shortest // PCM_FRAMES) + 1)
    pieces.append(bytes(2 * (length_for(mpeg_frames) - at)))
    return b"".join(pieces), mpeg_frames, tuple(spans), tuple(words)


def finished(clip: Clip) -> bytes:
    """Return a clip's sound at 44,100 Hz, without its engine's silences, faded at both ends."""
    sound = _segment(clip)
    lead = detect_leading_silence(sound, QUIET_DBFS, chunk_size=5)
    tail = detect_leading_silence(sound.reverse(), QUIET_DBFS, chunk_size=5)
    sound = sound[max(0, lead - KEPT_MS) : len(sound) - max(0, tail - KEPT_MS)]
    sound = sound.fade_in(FADE_MS).fade_out(FADE_MS)
    if clip.rate == RATE:
        return bytes(sound.raw_data)
    # pydub would interpolate in straight lines, which rings like a cheap telephone.
    samples = np.frombuffer(sound.raw_data, dtype="<i2")
    return bytes(soxr.resample(samples, clip.rate, RATE).astype("<i2").tobytes())


def trimmed_frames(clip: Clip) -> int:
    """Return how many frames of its own rate `finished` cuts off a clip's beginning."""
    lead_ms = detect_leading_silence(_segment(clip), QUIET_DBFS, chunk_size=5)
    return int(max(0, lead_ms - KEPT_MS) * clip.rate / 1000)


def _segment(clip: Clip) -> AudioSegment:
    return AudioSegment(data=clip.pcm, sample_width=2, frame_rate=clip.rate, channels=1)


def silence(length_ms: int) -> bytes:
    """Return so many ms of silence as PCM at 44,100 Hz.

    >>> len(silence(1000))
    88200
    """
    return bytes(AudioSegment.silent(length_ms, frame_rate=RATE).raw_data)
