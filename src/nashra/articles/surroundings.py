"""What stands around each short line of a text: what the cues for headings look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.articles.blocks import Block

SHORT = 80
"""Characters: no longer line can be a heading, starred ones included."""

ENDS_SENTENCE = pattern(r"[.؟?!…:][»”\"')\]]*\Z|[»”\")]\Z")
_NUMBERED = pattern(r"[(\[]?(?P<number>\d{1,2})\s*[-–.)\]/]+\s*(?=\D)")
_BULLET = pattern(r"(?:[*](?![*])|[●•▪◦■□►◄]+)\s*|[-–—]+\s")
_DASHED = pattern(r"[-–—]+\s")
_STARRED = pattern(r"\s*(?:\*+|[•●]+)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set: paragraphs with stops, most of its lines short, most of its long ones starred."""

    stops: bool
    broken: bool
    starred: bool


class Text(NamedTuple):
    """The bare lines of a text, and by line: is it bold, of a list, with which number, where in a run."""

    lines: tuple[str, ...]
    bold: tuple[bool, ...]
    items: tuple[bool, ...]
    numbers: tuple[int | None, ...]
    listed: tuple[bool, ...]
    runs: tuple[str, ...]
    layout: Layout


@dataclass(frozen=True, slots=True)
class Around:
    """A short line between its neighbours, all bare; `""` stands beyond both ends of the text.

    `marked` says that it was starred or bold, `item` that it is one of a list. `run` is its place among
    short lines: `alone` (or one of two), `first`, `last` or `inside`.
    """

    line: str
    marked: bool
    item: bool
    run: str
    before: str
    before_listed: bool
    before_before: str
    under_heading: bool
    after: str
    after_listed: bool
    after_after: str
    after_list: bool
    layout: Layout

    @property
    def words(self) -> int:
        """How many words the line has."""
        return self.line.count(" ") + 1


def of(blocks: Sequence[Block]) -> Text:
    """Return the lines of a text and what holds for each."""
    lines = tuple(bare(block.text) for block in blocks)
    numbers = tuple(_number(line) for line in lines)
    listed = tuple(
        block.item or number is not None or bool(_BULLET.match(line))
        for block, line, number in zip(blocks, lines, numbers, strict=True)
    )
    brief = [len(line) <= SHORT and not item for line, item in zip(lines, listed, strict=True)]
    return Text(
        lines,
        tuple(block.bold for block in blocks),
        tuple(block.item for block in blocks),
        numbers,
        listed,
        tuple(_runs(brief)),
        _layout(lines),
    )


def around(text: Text, place: int, *, under_heading: bool) -> Around:
    """Return a line between its neighbours, without the star or number of its own."""

    def at(where: int) -> str:
        return text.lines[where] if 0 <= where < len(text.lines) else ""

    line = text.lines[place]
    counted = text.numbers[place] is not None
    numbered = _NUMBERED.match(line)
    if counted and numbered and not _counts_on(text.numbers, place):
        line, counted = line[numbered.end() :], False
    starred = _STARRED.match(line)
    # Where a star begins each paragraph, an unstarred line continues one («* ما أجمل البحر!»).
    begun = bool(text.layout.starred and starred and not _STARRED.match(at(place + 1)))
    if starred:
        line = line[starred.end() :].strip("* ")
    return Around(
        line=line,
        marked=text.bold[place] or bool(starred),
        item=(text.items[place] and not starred) or counted or begun or bool(_DASHED.match(line)),
        run=text.runs[place],
        before=at(place - 1),
        before_listed=place > 0 and text.listed[place - 1],
        before_before=at(place - 2),
        under_heading=under_heading,
        after=at(place + 1),
        after_listed=place + 1 < len(text.lines) and text.listed[place + 1],
        after_after=at(place + 2),
        after_list=_is_list(text, place + 1),
        layout=text.layout,
    )


def _number(line: str) -> int | None:
    numbered = _NUMBERED.match(line)
    return int(numbered["number"]) if numbered else None


def _counts_on(numbers: Sequence[int | None], place: int) -> bool:
    """Say whether a number follows that of the line before, or is followed by that of the line behind."""
    own = numbers[place] or 0
    before = numbers[place - 1] if place else None
    after = numbers[place + 1] if place + 1 < len(numbers) else None
    return before == own - 1 or after == own + 1


def _is_list(text: Text, place: int) -> bool:
    """Say whether a list begins here: an item by its tag, or two lines with bullets or numbers."""
    if place >= len(text.lines) or not text.listed[place]:
        return False
    if text.items[place]:
        return True
    number = text.numbers[place]
    if number is not None:
        return text.numbers[place + 1 : place + 2] == (number + 1,) or number == 1
    return text.listed[place + 1 : place + 2] == (True,)


def _runs(brief: Sequence[bool]) -> list[str]:
    """Return for each line its place in a run of three short lines or more, else `alone`."""
    found = ["alone"] * len(brief)
    first = 0
    for place in range(len(brief) + 1):
        if place < len(brief) and brief[place]:
            continue
        if place - first > 2:
            found[first:place] = ["first", *["inside"] * (place - first - 2), "last"]
        first = place + 1
    return found


def _layout(lines: Sequence[str]) -> Layout:
    long = [line for line in lines if len(line) > SHORT]
    ended = sum(bool(ENDS_SENTENCE.search(line)) for line in long)
    return Layout(
        stops=2 * ended >= len(long),
        broken=len(lines) - len(long) > 0.6 * len(lines),
        starred=2 * sum(bool(_STARRED.match(line)) for line in long) > len(long),
    )
