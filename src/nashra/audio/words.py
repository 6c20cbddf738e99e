"""When each written word is said: the engine's word times told of the words of the article."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from nashra.arabic.letters import strip_marks
from nashra.audio.voices import ENGINES
from nashra.model import RATE, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.model import Clip, Utterance


def written_words(line: Utterance, clip: Clip, trimmed: int, length: int) -> tuple[int, ...]:
    """Return for each written word the PCM frame (44,100 Hz) of the finished sound where it begins.

    `trimmed` frames of the clip's own rate were cut off its beginning, and what is left lasts `length`
    PCM frames. Times never descend, though «$20» is said as «twenty dollars». Empty when the engine
    told no times.
    """
    if not clip.words:
        return ()
    words = _in_order(clip.words)
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


def _in_order(words: Sequence[Word]) -> list[Word]:
    """Return the words as they are said, with places in the same order.

    espeak-ng tells of a word behind a quotation mark or bracket that it stands at the text's end; it stands
    between the word said before it and the one said after it.
    """
    said = sorted(words, key=lambda word: word.frame)
    later = list(accumulate((word.start for word in reversed(said)), min))[::-1]
    placed: list[Word] = []
    end = 0
    for word, limit in zip(said, [*later[1:], None], strict=True):
        if limit is not None and word.start >= limit > end:
            placed.append(Word(end, limit - end, word.frame))
        elif limit is None or word.start < limit:
            placed.append(word)
        else:
            continue  # no place is left between its neighbours
        end = placed[-1].start + placed[-1].length
    return placed
