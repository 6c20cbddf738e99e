"""Nothing may go unsaid: every utterance of a script has its sound, as long as its voice takes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import letter_count, strip_marks
from nashra.errors import SpeechError
from nashra.model import Cue, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nashra.model import Utterance, Voice

SLOWER, FASTER = 3.0, 3.0
"""How far an utterance may be from its voice's usual seconds a letter.

On the reference article and on 60 minutes of news, espeak's utterances took 0.72 to 1.5 times its usual.
"""

ALONE_S = 3.0
"""Seconds that an utterance may take besides: one word by itself is said slowly, and some engines wait."""


def cues(
    lines: Sequence[Utterance],
    spans: Iterable[tuple[int, int]],
    words: Iterable[tuple[int, ...]],
    letter_s: Mapping[Voice, float],
) -> tuple[Cue, ...]:
    """Return the cue of every utterance: where in the track it sounds, in PCM frames.

    `words` has where each of its words begins, from its start. `letter_s` has the seconds a letter that
    each voice usually takes. Raises SpeechError, quoting the sentence, for one that is without sound, or
    sounds too long or too short for its letters.
    """
    found = []
    for line, (start, end), told in zip(lines, spans, words, strict=True):
        length = seconds(end - start)
        usual = letter_count(line.spoken) * letter_s[line.voice]
        if not usual / FASTER <= length <= usual * SLOWER + ALONE_S:
            raise SpeechError(
                f"{line.voice.engine} gave {length:.1f} s of sound instead of about {usual:.1f} s"
                f" for «{strip_marks(line.text)[:60]}»",
                then="rephrase that sentence, or delete .nashra/clips and build again",
            )
        found.append(Cue(start, end, line.role, line.text, line.new_paragraph, told))
    return tuple(found)
