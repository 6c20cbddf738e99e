"""A title in its box: lines, directions, places."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from nashra.feed.outlines import fill, outline, shaped

if TYPE_CHECKING:
    from collections.abc import Iterator

LEADING = 1.4  # from line to line, in sizes: at this, marks of one line do not touch the next (FiraGO)
SIZES = range(760, 40, -20)  # px
FINER = 3  # ink is filled on a grid so many times finer, then averaged


def layout(title: str, width: int, height: int) -> tuple[list[str], int]:
    """Return the title in lines, and the largest letter size in px at which they fit into the box.

    Lines break between words and are about equally long. Words that do not fit at the smallest
    size are left out.
    """
    words = title.split()
    for size in SIZES:
        room = max(1, int(height / (size * LEADING)))
        lines = wrapped(words, width / size)
        if len(lines) <= room and all(advance(line) * size <= width for line in lines):
            break
    limits = (width / size * percent / 100 for percent in range(30, 101, 2))
    even = next((shape for limit in limits if len(shape := wrapped(words, limit)) <= len(lines)), lines)
    return even[:room], size


def wrapped(words: list[str], limit: float) -> list[str]:
    """Return the words in lines of at most `limit` sizes; a longer word has a line of its own."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and advance(longer) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def ink(lines: list[str], size: int, box: tuple[int, int]) -> Image.Image:
    """Return a mask (mode L) of the box with the lines in its middle, in letters of `size` px."""
    width, height = box
    grid = np.zeros((height * FINER, width * FINER), dtype=np.bool_)
    top = (height - len(lines) * size * LEADING) / 2
    for number, line in enumerate(lines):
        left = (width - advance(line) * size) / 2
        baseline = top + (number + 0.5) * size * LEADING + 0.25 * size
        for glyph, x, y in glyphs(line):
            at = complex(left + x * size, y * size - baseline)
            fill(grid, [[(point * size + at) * FINER for point in contour] for contour in outline(glyph)])
    inked = grid.view(np.uint8)
    inked *= 255  # in place: it is 32 MB
    return Image.fromarray(inked).reduce(FINER)


def advance(line: str) -> float:
    """Return how wide a line is, in sizes."""
    return sum(x for direction, text in runs(line) for _, x, _, _ in shaped(text, direction))


def runs(line: str) -> list[tuple[str, str]]:
    """Return the pieces of a line from left to right, each with the direction in which it is read.

    A line with any Arabic in it is read from the right; in it Latin words stay together, and so
    does a number. This is the part of Unicode's rules (UAX #9) that titles need.

    >>> runs("Nashra Plus نشرة 24")
    [('ltr', '24'), ('rtl', ' نشرة '), ('ltr', 'Nashra Plus')]
    """
    kinds = [_kind(letter) for letter in line]
    if "R" not in kinds:
        return [("ltr", line)] if line else []
    strong = "R"
    for place, kind in enumerate(kinds):
        strong = kind if kind in "LR" else strong
        if kind == "D" and strong == "L":
            kinds[place] = "L"
    spans = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    resolved = "".join(
        _neutral(spans, place) * length if kind == " " else kind * length
        for place, (kind, length) in enumerate(spans)
    )
    pieces = groupby(zip(resolved, line, strict=True), key=lambda pair: pair[0])
    read = [
        ("rtl" if kind == "R" else "ltr", "".join(letter for _, letter in group)) for kind, group in pieces
    ]
    return read[::-1]


def _kind(letter: str) -> str:
    """Return R or L for a letter, D for a digit, a space for everything else."""
    kinds = {"R": "R", "AL": "R", "NSM": "R", "L": "L", "EN": "D", "AN": "D"}
    return kinds.get(unicodedata.bidirectional(letter), " ")


def _neutral(spans: list[tuple[str, int]], place: int) -> str:
    """Return what spaces and signs become: part of what surrounds them, else of the whole line."""
    around = {kind for kind, _ in (spans[place - 1 : place] + spans[place + 1 : place + 2])}
    inside = 0 < place < len(spans) - 1 and len(around) == 1
    return around.pop() if inside and ("L" in around or spans[place][1] == 1) else "R"


def glyphs(line: str) -> Iterator[tuple[int, float, float]]:
    """Yield every glyph of a line and its place, in sizes from the line's left end."""
    pen = 0.0
    for direction, text in runs(line):
        for glyph, width, x, y in shaped(text, direction):
            yield glyph, pen + x, y
            pen += width
