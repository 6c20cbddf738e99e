"""A word read without its vowel marks, and changed under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import MARKS
from nashra.arabic.patterns import pattern
from nashra.model import Change

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

_MARK = pattern(f"[{MARKS}]")


def in_bare(
    rule: str, form: re.Pattern[str], to: Callable[[re.Match[str]], tuple[str | int, str, str]], text: str
) -> Iterator[Change]:
    """Give the changes that a form, read without vowel marks, makes of single letters of its words.

    `to` gives the name of the group that changes, what becomes of it, and a note.
    """
    places = (
        [place for place, char in enumerate(text) if not _MARK.match(char)] if _MARK.search(text) else None
    )
    bare = "".join(text[place] for place in places) if places is not None else text
    for match in form.finditer(bare):
        group, right, note = to(match)
        start, end = match.span(group)
        if right == bare[start:end]:
            continue
        if places is not None:
            if len(right) != end - start:
                continue  # a word of another length that carries marks is the author's own
            start, end = places[start], places[end - 1] + 1
            right = _with_marks(text[start:end], right)
        yield Change(rule, text[start:end], right, start, note)


def _with_marks(marked: str, right: str) -> str:
    """Put other letters under the marks of a word.

    >>> _with_marks("اَن", "أن") == "أَن"
    True
    """
    letters = iter(right)
    return "".join(char if _MARK.match(char) else next(letters) for char in marked)
