"""The missing vowel marks: a diacritizer's answer, let in only where it may be right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS, SHADDA, order_marks, strip_marks

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = "tashkeel 1"
"""The version of the guards below: marks kept under another one are asked for again."""

_LETTER = re.compile(f"[{LETTERS}]")
_PIECE = re.compile(rf"(.)([{MARKS}]*)", re.DOTALL)

# Letters that stand before a stem: و ف ب ك ل ال لل and what they make together.
_PREFIX = re.compile(r"(?:[وف]?(?:[بكل]?ال|لل|[بكل])|[وف])?")
_HAMZA = frozenset("أإآ")


def diacritize(sentence: str, ask: Callable[[str], str]) -> str:
    """Return the sentence with vowel marks; `ask` is a diacritizer, given the bare sentence.

    The diacritizer also corrects spelling, and half of its corrections are wrong (بفاس → بفأس),
    so its letters are compared with ours: only a hamza put on the alif that begins a stem is let
    in. Marks that the author wrote stay as they are (a lone shadda gets the vowel it lacks). An
    answer whose letters cannot be matched with ours is not used at all.

    >>> diacritize("ان محمّد", lambda bare: "أَنَّ مُحَمَدٌ") == order_marks("أَنَّ مُحَمَّدٌ")
    True
    >>> diacritize("بفاس FIFA", lambda bare: "بِفَأسِ FIFAَ")
    'بِفَاسِ FIFA'
    """
    written = _PIECE.findall(sentence)
    answer = _PIECE.findall(ask(strip_marks(sentence)))
    if len(written) != len(answer):
        return order_marks(sentence)
    stems = _stem_starts(strip_marks(sentence))
    said = []
    for place, ((ours, own_marks), (theirs, marks)) in enumerate(zip(written, answer, strict=True)):
        accepted = theirs if ours == "ا" and theirs in _HAMZA and place in stems else ours
        said.append(accepted + _marks(accepted, own_marks, marks))
    return order_marks("".join(said))


def _marks(letter: str, own: str, theirs: str) -> str:
    if not _LETTER.match(letter):
        return own
    return own + theirs if own in {"", SHADDA} else own


def _stem_starts(bare: str) -> frozenset[int]:
    """Return where the stems of the words begin, with and without what may be a prefix."""
    starts: set[int] = set()
    for word in re.finditer(f"[{LETTERS}]+", bare):
        starts.add(word.start())
        # The alif of the article itself is never a stem: «ال» is taken whole or not at all.
        prefix = _PREFIX.match(bare, word.start(), word.end())
        if word[0].startswith("ال"):
            starts.discard(word.start())
        if prefix:
            starts.add(prefix.end())
    return frozenset(starts)
