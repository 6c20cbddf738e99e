"""Cues as captions: lines of a few words, each with the time at which it is said."""

from __future__ import annotations

import unicodedata
from itertools import accumulate, pairwise
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


class _Words(NamedTuple):
    """Words, and pieces of those that are longer than a line; of each the PCM frame where it begins."""

    texts: list[str]
    starts: list[int]


def captions(
    cue: Cue, width: int, most_lines: int, safe: Callable[[str], str] = str, speaker: str = ""
) -> tuple[Caption, ...]:
    """Return a cue's captions: at most `most_lines` lines of `width` characters, words kept whole.

    A word longer than a line goes on in the next. `safe` makes a word harmless in the format, and is
    asked before it is measured; `speaker` is said first. The captions abut, and end with the cue.
    """
    words = _broken(_words(cue, speaker), safe, width)
    lines = _lines(words.texts, width)
    groups = [lines[at : at + most_lines] for at in range(0, len(lines), most_lines)]
    starts = _starts(cue, words, [(group[0].start, group[-1].stop) for group in groups])
    return tuple(
        Caption(start, max(end, start + 1), tuple(" ".join(words.texts[line]) for line in group))
        for group, (start, end) in zip(groups, pairwise([*starts, milliseconds(cue.end)]), strict=True)
    )


def _words(cue: Cue, speaker: str) -> _Words:
    """Return the words of a cue behind those of its speaker."""
    names = speaker.split()
    begin = [cue.start] * len(names)
    timed = timed_words(cue)
    if timed:
        said = [word for word in timed if word.text]
        return _Words([*names, *(word.text for word in said)], [*begin, *(word.start for word in said)])
    texts = plain(cue.text).split()
    letters, length = sum(map(len, texts)), cue.end - cue.start
    before = accumulate(map(len, texts), initial=0)
    starts = [cue.start + length * each // letters for each, _text in zip(before, texts, strict=False)]
    return _Words([*names, *texts], [*begin, *starts])


def _broken(words: _Words, safe: Callable[[str], str], width: int) -> _Words:
    """Return the words as they are harmless, those too long for a line in pieces."""
    texts = [*map(safe, words.texts)]
    if max(map(len, texts), default=0) <= width:
        return _Words(texts, words.starts)
    pieces = [
        (piece, at) for text, at in zip(texts, words.starts, strict=True) for piece in _pieces(text, width)
    ]
    return _Words([piece for piece, _at in pieces], [at for _piece, at in pieces])


def _pieces(text: str, width: int) -> Iterator[str]:
    while len(text) > width:
        end = width
        while end > 1 and unicodedata.combining(text[end]):
            end -= 1  # a mark stays with its letter
        yield text[:end]
        text = text[end:]
    yield text


def _lines(texts: Sequence[str], width: int) -> list[slice]:
    """Return which words are a line."""
    lines = []
    begin, room = 0, width + 1
    for at, text in enumerate(texts):
        needs = len(text) + 1
        if needs > room:
            end = at - _dangles(texts, begin, at, width)
            lines.append(slice(begin, end))
            begin, room = end, width + 1 - sum(len(each) + 1 for each in texts[end:at])
        room -= needs
    return [*lines, slice(begin, len(texts))] if texts else []


def _dangles(texts: Sequence[str], begin: int, at: int, width: int) -> bool:
    """Say whether a line ends with an «و» that belongs to the word behind it, and can go with it."""
    return at - begin > 1 and texts[at - 1] == AND and len(texts[at]) + len(AND) + 1 <= width


def _starts(cue: Cue, words: _Words, groups: Sequence[tuple[int, int]]) -> list[int]:
    """Return in ms where each group of lines begins: by its first word, else in proportion to the letters."""
    starts = [milliseconds(words.starts[begin]) for begin, _end in groups]
    starts[:1] = [milliseconds(cue.start)][: len(groups)]
    end = milliseconds(cue.end)
    if all(one < other for one, other in pairwise([*starts, end])):
        return starts
    letters = [sum(map(len, words.texts[first:last])) for first, last in groups]
    begin = milliseconds(cue.start)
    return [begin + (end - begin) * sum(letters[:at]) // sum(letters) for at in range(len(groups))]
