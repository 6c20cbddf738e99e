"""What the patterns of the rules share: lists of words, spaces, the ends of a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

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


class _Pattern:
    """A pattern that is compiled when something is first asked of it, and from then on is what it became."""

    def __init__(self, source: str, flags: int) -> None:
        self._asked = source, flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(*self._asked)
        for each in (
            "search",
            "match",
            "fullmatch",
            "finditer",
            "findall",
            "split",
            "sub",
            "subn",
            "pattern",
        ):
            setattr(self, each, getattr(compiled, each))  # so that no later call comes here
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, compiled when it is first used.

    The rules have some 300 patterns, which take 0.2 s to compile: as long as a sentence takes to speak,
    encode and measure. Most sentences need a third of them.

    >>> pattern("[0-9]+").sub("-", "a12b")
    'a-b'
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))


def words(text: str) -> tuple[str, ...]:
    """Write a table of words as a line of words; a hundred quotes would hide them."""
    return tuple(text.split())


def either(choices: Iterable[str]) -> str:
    """Write an alternation that prefers the longest.

    >>> either(("م", "كلم", "م2"))
    'كلم|م2|م'
    """
    return "|".join(sorted(map(re.escape, choices), key=len, reverse=True))
