"""A text read without its vowel marks, and changed under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import MARKS, strip_marks
from nashra.arabic.patterns import pattern
from nashra.model import Change

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

_MARK = pattern(f"[{MARKS}]")


def in_bare(
    rule: str, form: re.Pattern[str], to: Callable[[re.Match[str]], tuple[str | int, str, str]], text: str
) -> Iterator[Change]:
    """Give the changes that a form, read without vowel marks, makes of single letters of its words.

    `to` gives the name of the group that changes, what becomes of it, and a note.
    """
    marked = _MARK.search(text) is not None
    places = places_of_letters(text) if marked else ()
    bare = strip_marks(text) if marked else text
    for match in form.finditer(bare):
        group, right, note = to(match)
        start, end = match.span(group)
        if right == bare[start:end]:
            continue
        if marked:
            if len(right) != end - start:
                continue  # a word of another length that carries marks is the author's own
            start, end = places[start], places[end - 1] + 1
            right = _with_marks(text[start:end], right)
        yield Change(rule, text[start:end], right, start, note)


def once(changes: Iterable[Change]) -> list[Change]:
    """Put changes into their order, of two for one place the last."""
    found = {change.start: change for change in changes}
    return [found[start] for start in sorted(found)]


def places_of_letters(text: str) -> tuple[int, ...]:
    """Return where each character that is no mark stands in a text, and the text's end.

    >>> places_of_letters("أنّ ما")
    (0, 1, 3, 4, 5, 6)
    """
    return (*(place for place, char in enumerate(text) if not _MARK.match(char)), len(text))


def under_marks(changes: Iterable[Change], text: str) -> Iterator[Change]:
    """Give changes of the bare text as those of the marked one; a word that stays has its marks again.

    >>> [changed] = under_marks([Change("number", "3 ملفات", "ثلاثة ملفات", 3)], "كلّ 3 ملفّات")
    >>> changed.before, changed.after, changed.start
    ('3 ملفّات', 'ثلاثة ملفّات', 4)
    """
    places = places_of_letters(text)
    for change in changes:
        start = places[change.start]
        before = text[start : places[change.start + len(change.before)]]
        marked = {strip_marks(word): word for word in before.split(" ")}
        after = " ".join(marked.get(word, word) for word in change.after.split(" "))
        yield change._replace(before=before, after=after, start=start)


def _with_marks(marked: str, right: str) -> str:
    """Put other letters under the marks of a word.

    >>> _with_marks("اَن", "أن") == "أَن"
    True
    """
    letters = iter(right)
    return "".join(char if _MARK.match(char) else next(letters) for char in marked)
