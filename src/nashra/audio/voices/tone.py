"""The `tone` engine: a soft tone for each word, the same on every machine and every day.

For tests and for work on templates: it takes the place of a voice, knows when each word begins,
and needs no network, no model and no time.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from typing import TYPE_CHECKING, Self

from nashra.errors import SpeechError
from nashra.model import Clip, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.model import Voice

RATE = 22_050
LETTER_S = 0.07
GAP_S = 0.03
FADE_S = 0.005
LOWEST_HZ = 220
SEMITONES = 24
PEAK = 4_600
"""Peak of the tone in 16-bit steps: a sine of -20 dBFS."""


class Speaker:
    """A word is a tone of 0.07 s a letter at speed 1.0; its pitch follows from word and voice's name."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is held open."""

    def version(self, voice: Voice) -> str:  # noqa: ARG002 tones are tones
        """Return what shapes its sound besides text and voice."""
        return "tone-1"

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return the tones of a text's words with the frame where each begins; raises SpeechError."""
        import numpy as np  # noqa: PLC0415 0.09 s that only a build which speaks has to pay

        where = f"voice tone {voice.name}"
        if not (voice.speed > 0 and voice.pitch > 0):
            raise SpeechError("speed and pitch are above zero", where=where, then="set them near 1.0")
        gap = np.zeros(_frames(GAP_S, voice.speed), np.int16)
        words: list[Word] = []
        sounds = []
        frame = 0
        for start, length, letters in _words(text):
            # Not hash(): Python salts it, and the same word would sound otherwise in every run.
            name = f"{voice.name}:{text[start : start + length]}".encode("utf-8", "surrogatepass")
            hertz = voice.pitch * LOWEST_HZ * 2 ** (zlib.crc32(name) % (SEMITONES + 1) / 12)
            count = _frames(letters * LETTER_S, voice.speed)
            at = np.arange(1, count + 1)  # from 1, so that the first frame already sounds
            fade = np.minimum(1, np.minimum(at, at[::-1]) / (FADE_S * RATE))  # a hard edge clicks
            tone = np.rint(PEAK * fade * np.sin(2 * np.pi * hertz / RATE * at))
            words.append(Word(start, length, frame))
            sounds += [tone.astype("<i2"), gap]
            frame += count + len(gap)
        if not words:
            raise SpeechError("no word to speak", where=where, then="leave the sentence out")
        return Clip(np.concatenate(sounds).astype("<i2").tobytes(), RATE, tuple(words))


def _frames(seconds: float, speed: float) -> int:
    return max(1, round(seconds * RATE / speed))


def _words(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, length and number of letters of each word, without the signs around it."""
    for run in re.finditer(r"\S+", text):
        letters = [place for place in range(*run.span()) if text[place].isalnum()]
        if letters:
            end = letters[-1] + 1
            while end < run.end() and unicodedata.category(text[end]).startswith("M"):
                end += 1  # the last letter keeps its marks
            yield letters[0], end - letters[0], len(letters)
