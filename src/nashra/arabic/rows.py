"""Numbers in a row: «5 أيام و12 ساعة», «12 أو 15»: what asks for the case of one stands before the first."""

from __future__ import annotations

import re

from nashra.arabic.letters import LETTERS
from nashra.arabic.numbers import Gender, ordinal
from nashra.arabic.patterns import SPACE, START, either, pattern

_WORD_OF_SIGN = pattern(rf"{START}(?P<and>و?)(?:ناقص|زائد){SPACE}\Z")
"""Takes no part in the case: «إلى ناقص 12 درجة», «بين ناقص 5 وناقص 2»."""
_FIGURE_BEFORE = pattern(
    rf"(?P<before>.*?)(?:[$€£%٪]{SPACE}?)?(?<![\d.,])[\d.,]+[%٪]?(?:{SPACE}[^\s\d،]+[23]?){{0,3}}?(?P<joint>{SPACE}?،?{SPACE}?(?:(?:أو|أي){SPACE})?)",
    re.DOTALL,
)
_LONGEST_ROW = 5
_CLITIC_AT_END = pattern(rf"(?<![{LETTERS}])([وف]?)([بلك]?)(?:ال)?ـ*{SPACE}?\Z")
_HOURS = either(("الواحدة", *(ordinal(hour, gender=Gender.FEMININE) for hour in range(2, 13))))
# «ثلاثة ملايين و20 ألفا», «على الساعة الثالثة و20 دقيقة»: the number began in words, and its case was
# given before them.
_WORDED = pattern(
    rf"(?<!\S)(?P<conjunction>[وف]?)(?P<preposition>[بلك]?)"
    rf"(?:(?:الساعة{SPACE})?(?:{_HOURS})(?:{SPACE}(?:صباحا|مساء|ليلا|زوالا))?"
    rf"|(?:مليون|مليار|ألف|مئة)ا?|[^\s\d]{{2,8}}{SPACE}(?:ملايين|ملايير|مليارات|آلاف)){SPACE}?\Z"
)


def first_of_row(before: str, conjunction: str) -> tuple[str, str, str]:
    """Go back to the first of a row of numbers: what stands before it, its conjunction and its preposition.

    >>> first_of_row("في 12 مدينة ", "و"), first_of_row("بـ5 نقاط ", "و"), first_of_row("بلغ مليون ", "و")
    (('في ', '', ''), ('', '', 'ب'), ('بلغ ', '', ''))
    """
    signed = _WORD_OF_SIGN.search(before)
    if signed:
        before, conjunction = before[: signed.start()], signed["and"]
    for _ in range(_LONGEST_ROW):
        found = _FIGURE_BEFORE.fullmatch(before)
        if not found or not (conjunction or found["joint"].strip()):
            break
        glued = _CLITIC_AT_END.search(found["before"])
        before, conjunction = found["before"], ""
        if glued:
            before, conjunction = before[: glued.start()], glued[1]
            if glued[2]:
                return before, conjunction, glued[2]
    worded = _WORDED.search(before) if conjunction else None
    if worded:
        return before[: worded.start()], worded["conjunction"], worded["preposition"]
    return before, conjunction, ""
