"""Facts about the Arabic script: which characters are letters, which are marks, and their order."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SHADDA = "\u0651"
TATWEEL = "\u0640"
MARKS = "\u064b-\u0652\u0670"
"""Tanwin, short vowels, shadda, sukun and dagger alif, as the inside of a character class."""

LETTERS = "\u0621-\u063a\u0641-\u064a"
"""Hamza to ya, as the inside of a character class."""

HARMFUL = (
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
"""Characters that harm a feed, a page, a terminal or an engine, as the inside of a character class.

XML 1.0 forbids some (one of them and there is no feed at all); others turn the writing direction of all
that follows (Trojan Source, CVE-2021-42574), join nothing or are deprecated tags. ZWNJ, ZWJ, LRM, RLM and
ALM are not among them: Arabic and mixed text needs them.
"""

_MARK = re.compile(f"[{MARKS}]")
_LETTER_WITH_MARKS = re.compile(rf"([{LETTERS}])([{MARKS}]+)")


def strip_marks(text: str) -> str:
    """Return the text without its vowel marks.

    >>> strip_marks("مُحَمَّد")
    'محمد'
    """
    return _MARK.sub("", text)


def order_marks(text: str) -> str:
    """Return the text with every shadda before the vowel of its letter, and no mark twice.

    espeak-ng reads العامّ with vowel before shadda as if it had a long u; this order alone took
    the phoneme error of the reference article from 5.55 % to 0.97 %.

    >>> order_marks("مُحَمَ\u0651د") == "مُحَم\u0651َد"
    True
    """

    def ordered(match: re.Match[str]) -> str:
        marks = dict.fromkeys(match[2])
        return match[1] + "".join(sorted(marks, key=lambda mark: mark != SHADDA))

    return _LETTER_WITH_MARKS.sub(ordered, text)


@cache
def is_letter(character: str) -> bool:
    """Say whether the character is a letter or a digit of any script (no mark, no sign)."""
    return unicodedata.category(character)[0] in "LN" and character != TATWEEL


def letter_count(text: str) -> int:
    """Count the letters and digits of a text; marks and signs make no sound of their own.

    >>> letter_count("مُحَمَّد، 3")
    5
    """
    return sum(map(is_letter, text))
