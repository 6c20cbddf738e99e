"""A text on its way from written to spoken: every step says what it changed, and where that was written.

A step never edits a text by itself. It reads it and gives changes; `rewrite` makes them and keeps, for
each character of the new text, the span of the written sentence that it came from. So whatever became
of a word can be explained, and nothing can get lost without a step that says so.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from nashra.arabic.letters import MARKS, strip_marks
from nashra.arabic.patterns import pattern
from nashra.model import Change as Change  # noqa: PLC0414 what steps are made of is taken from here

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    Step = Callable[[str], Iterable["Change"]]
    """A step reads a text and gives its changes, in order and apart."""


NOT_UNDERSTOOD = "not understood"
"""The note of a change that reads plainly what no rule knows; a build names each."""

_PIECE = pattern(rf"(?s:.)[{MARKS}]*")
_WORD = pattern(r"\S+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as written, its text as it is said, and how one became the other.

    `origins` has the span of `written` for each character of `text`, in order; characters that a rule
    made of one span share it as a whole. `changes` are in the order in which they were made, their
    `start` counted in `written`.
    """

    written: str
    text: str
    origins: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...] = ()

    def places(self) -> tuple[int, ...]:
        """Return for each word of `written` (what white space parts) where in `text` its sound begins.

        A word of which nothing is said stands where the next one does. Where a rule made one text of
        several words, they share its words evenly.

        >>> rewrite(as_written("في 12 * شهرا"), [Change("number", "12 *", "اثني عشر", 3)]).places()
        (0, 3, 8, 12)
        >>> rewrite(as_written("a * b"), [Change("sign", " *", "", 1)]).places()
        (0, 2, 2)
        """
        words = list(_WORD.finditer(self.written))
        found: list[int] = []
        following = len(self.text)
        ends = [end for _start, end in self.origins]
        for word in reversed(words):
            here = bisect_right(ends, word.start())
            if here == len(ends) or self.origins[here][0] >= word.end():
                here = following
            if here < following and self.origins[here][0] < word.start():
                here = self._shared(here, word.start(), [each.start() for each in words])
            following = min(here, following)
            found.append(following)
        return tuple(reversed(found))

    def _shared(self, place: int, start: int, starts: list[int]) -> int:
        """Return where a word that begins at `start` is said in what came from its whole span."""
        span = self.origins[place]
        end = next((at for at in range(place, len(self.text)) if self.origins[at] != span), len(self.text))
        mine = [each for each in starts if span[0] <= each < span[1]]
        said = [place + word.start() for word in _WORD.finditer(self.text[place:end])] or [place]
        return said[mine.index(start) * len(said) // len(mine)] if start in mine else place

    def spans(self) -> tuple[tuple[int, int, int, int], ...]:
        """Return what became of what: spans of `written` (start, end) and of `text` (start, end), in order.

        >>> rewrite(as_written("ab12"), [Change("digits", "12", "x", 2)]).spans()
        ((0, 1, 0, 1), (1, 2, 1, 2), (2, 4, 2, 3))
        """
        spans, place = [], 0
        for (start, end), same in groupby(self.origins):
            length = len(list(same))
            spans.append((start, end, place, place + length))
            place += length
        return tuple(spans)


def as_written(text: str) -> Spoken:
    """Return a text on which nothing has been done yet."""
    return Spoken(text, text, tuple((place, place + 1) for place in range(len(text))))


def substituted(
    rule: str, form: re.Pattern[str], to: str | Callable[[re.Match[str]], str], text: str
) -> Iterator[Change]:
    """Give the changes of a regular expression replaced, as in `re.sub`."""
    for match in form.finditer(text):
        after = to(match) if callable(to) else match.expand(to)
        if after != match[0]:
            yield Change(rule, match[0], after, match.start())


def run(spoken: Spoken, steps: Iterable[Step]) -> Spoken:
    """Take a text through steps, in order."""
    for step in steps:
        spoken = rewrite(spoken, step(spoken.text))
    return spoken


def after(text: str, *steps: Step) -> str:
    """Return what steps make of a text; doctests show a step with it."""
    return run(as_written(text), steps).text


def rewrite(spoken: Spoken, changes: Iterable[Change]) -> Spoken:
    """Make changes, which stand in order and apart, to a text.

    Words that a change leaves alone at its two ends keep their own origins: only what differs is new.

    >>> done = rewrite(as_written("في 12 شهرا"), [Change("number", "12", "اثني عشر", 3)])
    >>> done.text, done.changes[0].start, done.origins[3], done.origins[-1]
    ('في اثني عشر شهرا', 3, (3, 5), (9, 10))
    """
    made: list[Change] = []
    text: list[str] = []
    origins: list[tuple[int, int]] = []
    end = 0
    for change in changes:
        start, stop = change.start, change.start + len(change.before)
        head, tail = _kept(change.before, change.after)
        text += [spoken.text[end:start], change.after]
        origins += spoken.origins[end : start + head]
        inside = spoken.origins[start + head : stop - tail]
        new = len(change.after) - head - tail
        span = _span(spoken, start + head, stop - tail)
        # A letter for a letter stays a letter; else the new text comes from the span as a whole.
        origins += inside if new == len(inside) == 1 else [span] * new
        origins += spoken.origins[stop - tail : stop]
        made.append(change._replace(start=_span(spoken, start, stop)[0]))
        end = stop
    if not made:
        return spoken
    text.append(spoken.text[end:])
    origins += spoken.origins[end:]
    return replace(spoken, text="".join(text), origins=tuple(origins), changes=(*spoken.changes, *made))


def part(spoken: Spoken, start: int, end: int) -> Spoken:
    """Return what became of a span of the written sentence; parts that abut lose nothing.

    >>> part(rewrite(as_written("ab 12 cd"), [Change("digits", "12", "xyz", 3)]), 3, 6).text
    'xyz '
    """
    inside = [place for place, (begin, _) in enumerate(spoken.origins) if start <= begin < end]
    kept = slice(inside[0], inside[-1] + 1) if inside else slice(0, 0)
    return Spoken(
        spoken.written[start:end],
        spoken.text[kept],
        tuple((begin - start, stop - start) for begin, stop in spoken.origins[kept]),
        tuple(
            change._replace(start=change.start - start)
            for change in spoken.changes
            if start <= change.start < end
        ),
    )


def with_marks(spoken: Spoken, marked: str) -> Spoken:
    """Return the sentence with other vowel marks: `marked` has as many letters, in the same order.

    A mark comes from where its letter does. A letter that differs (an alif that got its hamza) is told
    as a change of its word; a mark is not. ValueError when the letters are not as many.

    >>> done = with_marks(as_written("ان زيدا"), "إِنَّ زَيْدًا")
    >>> done.text, done.origins[:3], done.changes
    ('إِنَّ زَيْدًا', ((0, 1), (0, 1), (1, 2)), (Change(rule='hamza', before='ان', after='إن', start=0, note=''),))
    """
    ours, theirs = _PIECE.findall(spoken.text), _PIECE.findall(marked)
    if len(ours) != len(theirs):
        raise ValueError(f"{len(theirs)} letters for {len(ours)}")
    origins: list[tuple[int, int]] = []
    place = 0
    for mine, its in zip(ours, theirs, strict=True):
        here = spoken.origins[place : place + len(mine)]
        origins += [*here, *[here[-1]] * (len(its) - len(mine))][: len(its)]
        place += len(mine)
    changes = tuple(_other_letters(spoken, marked))
    return Spoken(spoken.written, marked, tuple(origins), (*spoken.changes, *changes))


def _other_letters(spoken: Spoken, marked: str) -> Iterator[Change]:
    """Give the words whose letters differ."""
    for mine, its in zip(_WORD.finditer(spoken.text), _WORD.finditer(marked), strict=True):
        before, after = strip_marks(mine[0]), strip_marks(its[0])
        if before != after:
            yield Change("hamza", before, after, _span(spoken, mine.start(), mine.end())[0])


def _span(spoken: Spoken, start: int, stop: int) -> tuple[int, int]:
    """Return the written span of a part of the text; an empty part stands where the next one begins.

    Where the part begins or ends inside what a rule said, that rule's span stays with its other words.
    """
    if start < stop:
        begin, end = spoken.origins[start][0], spoken.origins[stop - 1][1]
        before = spoken.origins[start - 1][1] if start else begin
        behind = spoken.origins[stop][0] if stop < len(spoken.origins) else end
        later, earlier = max(begin, before), min(end, behind)
        narrow = ((later, earlier), (later, end), (begin, earlier))
        return next((span for span in narrow if span[0] < span[1]), (begin, end))
    here = spoken.origins[start][0] if start < len(spoken.origins) else len(spoken.written)
    return here, here


def _kept(before: str, after: str) -> tuple[int, int]:
    """Count the characters of the words with which both begin and end.

    >>> _kept("في 12 شهرا", "في اثني عشر شهرا"), _kept("الإجتماع", "الاجتماع"), _kept("و م ع", "وكالة المغرب")
    ((3, 5), (2, 5), (0, 0))
    """
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    if len(before) != len(after):
        head = before.rfind(" ", 0, head) + 1
        space = before.find(" ", len(before) - tail)
        tail = len(before) - space if space >= 0 else 0
    return head, tail


def _common(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    count = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        count += 1
    return count
