"""Clips stitched into the sound of a chapter: trimmed, faded, joined as bytes, frames counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr
from pydub import AudioSegment
from pydub.silence import detect_leading_silence

from nashra.audio.words import written_words
from nashra.model import RATE, Cue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nashra.model import Chapter, Clip, Voice

STITCH = "stitch 1"
"""The version of what this module does to sound: part of a part's key."""

QUIET_DBFS = -45.0
"""Below this an engine's lead-in and tail count as silence; its own pauses would add to ours."""

KEPT_MS = 20
"""Of that silence, what stays on each side: a soft consonant may begin in it."""

FADE_MS = 4
"""Fades at a clip's ends: a cut inside a wave clicks."""


def chapter_sound(
    chapter: Chapter,
    clips: Iterable[Clip],
    start_ms: int,
    leveled: Callable[[Voice, bytes], bytes],
) -> tuple[bytes, tuple[Cue, ...]]:
    """Return the sound of a chapter and its cues, both counted from the chapter's own beginning.

    `leveled` brings the sound of a voice to the level of the episode, keeping its length. The sound
    is mono 16-bit PCM at 44,100 Hz; it begins with `start_ms` of silence and ends with the last
    utterance's pause, so that its seams to the next chapter lie in silence.
    """
    pieces = [silence(start_ms)]
    cues = []
    at = len(pieces[0]) // 2
    for line, clip in zip(chapter.utterances, clips, strict=True):
        sound = leveled(line.voice, finished(clip))
        length = len(sound) // 2
        end = at + length
        words = written_words(line, clip, trimmed_frames(clip), length)
        cues.append(Cue(at, end, line.role, line.text, line.new_paragraph, words))
        pieces += [sound, silence(line.pause_ms)]
        at = end + len(pieces[-1]) // 2
    return b"".join(pieces), tuple(cues)


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
