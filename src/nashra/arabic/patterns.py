"""What the patterns of the rules share: lists of words, spaces, the ends of a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACE = "[ \u00a0\u202f]"
START = rf"(?<![{LETTERS}{MARKS}])"
"""The start of an Arabic word."""
END = rf"(?![{LETTERS}])"
"""The end of an Arabic word."""
DASH = "[-–—]"
QUOTES = "«»‹›“”„‟‚‘’‛\"'`´″′﴾﴿〈〉《》"


def words(text: str) -> tuple[str, ...]:
    """Write a table of words as a line of words; a hundred quotes would hide them."""
    return tuple(text.split())


def either(choices: Iterable[str]) -> str:
    """Write an alternation that prefers the longest.

    >>> either(("م", "كلم", "م2"))
    'كلم|م2|م'
    """
    return "|".join(sorted(map(re.escape, choices), key=len, reverse=True))
