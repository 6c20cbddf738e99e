"""When each written word is said: the engine's word times told of the words of the article."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from nashra.arabic.letters import strip_marks
from nashra.audio.voices import ENGINES
from nashra.model import RATE

if TYPE_CHECKING:
    from nashra.model import Clip, Utterance


def written_words(line: Utterance, clip: Clip, trimmed: int, length: int) -> tuple[int, ...]:
    """Return for each written word the PCM frame (44,100 Hz) of the finished sound where it begins.

    `trimmed` frames of the clip's own rate were cut off its beginning, and what is left lasts `length`
    PCM frames. Times never descend, though «$20» is said as «twenty dollars». Empty when the engine
    told no times.
    """
    if not clip.words:
        return ()
    words = sorted(clip.words, key=lambda word: word.start)
    starts = [word.start for word in words]
    ends = [word.start + word.length for word in words]
    frames = []
    for place in line.places:
        at = place if ENGINES[line.voice.engine].marks else len(strip_marks(line.spoken[:place]))
        index = bisect_right(starts, at) - 1
        # Between two words of the engine (a bracket, a quotation mark) it is the next one that it belongs to.
        index += index < 0 or at >= ends[index]
        frame = words[min(index, len(words) - 1)].frame
        frames.append(min(max(0, (frame - trimmed) * RATE // clip.rate), length))
    return tuple(accumulate(frames, max))
