"""Cues as captions: lines of a few words, each with the time at which it is said."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nashra.feed.plain import plain
from nashra.feed.timing import milliseconds, timed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nashra.model import Cue


AND = "و"
"""Written apart by many desks («العامة و المديرية»), though it is one word with the next."""


class Caption(NamedTuple):
    """What a player shows at once: its time in ms, and its lines."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


class _Token(NamedTuple):
    """A word, or a piece of one that is longer than a line, and the PCM frame where it begins."""

    text: str
    start: int


def captions(
    cue: Cue, width: int, most_lines: int, safe: Callable[[str], str] = str, speaker: str = ""
) -> tuple[Caption, ...]:
    """Return a cue's captions: at most `most_lines` lines of `width` characters, words kept whole.

    A word longer than a line goes on in the next. `safe` makes a word harmless in the format, and is
    asked before it is measured; `speaker` is said first. The captions abut, and end with the cue.
    """
    tokens = [piece for token in _tokens(cue, speaker) for piece in _pieces(token, safe, width)]
    lines = _lines(tokens, width)
    groups = [lines[at : at + most_lines] for at in range(0, len(lines), most_lines)]
    starts = _starts(cue, groups)
    return tuple(
        Caption(start, max(end, start + 1), tuple(" ".join(token.text for token in line) for line in group))
        for group, (start, end) in zip(groups, pairwise([*starts, milliseconds(cue.end)]), strict=True)
    )


def _tokens(cue: Cue, speaker: str) -> Iterator[_Token]:
    for name in speaker.split():
        yield _Token(name, cue.start)
    timed = timed_words(cue)
    if timed:
        for word in timed:
            text = plain(word.text)
            if text:
                yield _Token(text, word.start)
        return
    words = plain(cue.text).split()
    letters, length = sum(map(len, words)), cue.end - cue.start
    before = 0
    for text in words:
        yield _Token(text, cue.start + length * before // letters)
        before += len(text)


def _pieces(token: _Token, safe: Callable[[str], str], width: int) -> Iterator[_Token]:
    text = safe(token.text)
    while len(text) > width:
        end = width
        while end > 1 and unicodedata.combining(text[end]):
            end -= 1  # a mark stays with its letter
        yield _Token(text[:end], token.start)
        text = text[end:]
    yield _Token(text, token.start)


def _lines(tokens: Sequence[_Token], width: int) -> list[list[_Token]]:
    lines: list[list[_Token]] = []
    room = 0
    for token in tokens:
        if len(token.text) + 1 > room:
            carried = [lines[-1].pop()] if lines and _dangles(lines[-1], token, width) else []
            lines.append(carried)
            room = width + 1 - sum(len(each.text) + 1 for each in carried)
        lines[-1].append(token)
        room -= len(token.text) + 1
    return lines


def _dangles(line: Sequence[_Token], following: _Token, width: int) -> bool:
    """Say whether a line ends with an «و» that belongs to the word behind it, and can go with it."""
    return len(line) > 1 and line[-1].text == AND and len(following.text) + len(AND) + 1 <= width


def _starts(cue: Cue, groups: Sequence[Sequence[Sequence[_Token]]]) -> list[int]:
    """Return in ms where each group of lines begins: by its first word, else in proportion to the letters."""
    starts = [milliseconds(group[0][0].start) for group in groups]
    starts[:1] = [milliseconds(cue.start)][: len(groups)]
    end = milliseconds(cue.end)
    if all(one < other for one, other in pairwise([*starts, end])):
        return starts
    letters = [sum(len(token.text) for line in group for token in line) for group in groups]
    begin = milliseconds(cue.start)
    return [begin + (end - begin) * sum(letters[:at]) // sum(letters) for at in range(len(groups))]
