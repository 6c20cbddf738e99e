"""What forms of marked text are made of: the marks, the edges of a word, words with whatever marks."""

from __future__ import annotations

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.patterns import pattern, words  # noqa: F401 a doctest uses `pattern`

FATHA, DAMMA, KASRA, SUKUN = "\u064e", "\u064f", "\u0650", "\u0652"
AN, UN, IN = "\u064b", "\u064c", "\u064d"
"""Tanwin of the accusative, the nominative and the genitive."""
VOWELS = "\u064b-\u0650"
"""Tanwin and short vowels, as the inside of a character class."""

M = f"[{MARKS}]{{0,3}}"
"""The marks of one letter."""
START = f"(?<![{LETTERS}{MARKS}])"
END = f"(?![{LETTERS}{MARKS}])"
AND = f"{START}(?:[وف]{FATHA})?+"
CLITIC = f"[وفبلك][{FATHA}{KASRA}]"
WORD = f"[{LETTERS}{MARKS}]{{2,30}}"


def any_of(bare: str) -> str:
    """Write the choice of some words with whatever marks; a hyphen is the space inside one.

    >>> pattern(any_of("في من-طرف")).fullmatch("مِنْ طَرَف") is not None
    True
    """
    return "(?:" + "|".join(M.join(word.replace("-", " ")) for word in words(bare)) + ")"
