"""The picture of a finished episode: its wave, its loudness, chapters and sentences over time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra.feed.drawing import Area, Line, Shape, Text, box
from nashra.feed.lettering import LEADING, advance, wrapped
from nashra.feed.timing import clock
from nashra.model import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nashra.model import Episode, Level, Mark

SIZE = (1600, 500)
"""Width and height of the picture in px."""

LEFT, RIGHT = 62, 1584  # of everything that lies on the axis of time
COLUMNS = RIGHT - LEFT
"""Into how many stretches the wave is to be cut: a px each."""

_NAMES = (64, 126)  # top and bottom of the chapters' titles
_WAVE = (130, 318)
_CUES = (321, 331)
_CURVE = (344, 464)
_CLOCK = 484  # base line of the times

_PAPER, _BANDS = "#ffffff", ("#f6f1e6", "#ece4d3")
_INK, _SOFT, _FAINT = "#15313f", "#6a7a80", "#d9d2c2"
_PEAK, _BODY, _TICK, _LOUD, _AIM = "#9cc3c9", "#2f7f8d", "#b0752a", "#a8431f", "#6a7a80"

_LUFS = (-34.0, -8.0)  # bottom and top of the curve
_GRID = (-10, -20, -30)
_LETTERS = (18, 16, 14, 12)  # px of a chapter's title, the first at which it fits
_STEPS_S = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)  # between two times below the picture


@dataclass(frozen=True, slots=True)
class Measured:
    """What the picture shows of an episode's sound.

    `peaks` has the highest sample and the root mean square of COLUMNS equal stretches, full scale being
    1; `loudness` the LUFS of windows that begin every 100 ms and are `window_s` long.
    """

    frames: int
    level: Level
    words_a_minute: float
    peaks: tuple[tuple[float, float], ...]
    loudness: tuple[float, ...]
    target_lufs: float
    window_s: float = 3.0


def portrait(episode: Episode, measured: Measured) -> tuple[Shape, ...]:
    """Return the picture as shapes, the lowest first. Time goes from left to right, as in any player."""
    frames = max(measured.frames, 1)

    def at(frame: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(frame, frames) / frames

    shapes: list[Shape] = [box(0, 0, *SIZE, _PAPER), *_head(episode, measured)]
    for number, mark in enumerate(episode.chapters):
        left, right = at(mark.start), at(mark.end)
        shapes.append(box(left, _NAMES[0], right, _CURVE[1], _BANDS[number % 2]))
        shapes += _name(number, mark, left, right)
    shapes += _wave(measured.peaks)
    for cue in episode.cues:
        top = _CUES[0] if cue.role == "sentence" else _CUES[0] - 4
        shapes.append(Line(((at(cue.start), top), (at(cue.start), _CUES[1])), _TICK, 1.6))
    shapes += _curve(measured, frames)
    shapes += [
        Line(((at(mark.start), _NAMES[0]), (at(mark.start), _CURVE[1])), _SOFT, 1.2)
        for mark in episode.chapters
    ]
    shapes += _times(frames)
    return tuple(shapes)


def _head(episode: Episode, measured: Measured) -> Iterator[Shape]:
    level = measured.level
    facts = (
        f"{clock(measured.frames)}   {level.lufs:.1f} LUFS   peak {level.dbtp:.1f} dBTP"
        f"   {measured.words_a_minute:.0f} words/min"
    )
    yield Text(facts, LEFT, 40, 20, _SOFT)
    room = RIGHT - LEFT - advance(facts) * 20 - 40
    words = episode.title.split()
    while len(words) > 1 and advance(" ".join(words)) * 26 > room:
        words = words[:-1]
    cut = " ".join(words)
    yield Text(cut if cut == " ".join(episode.title.split()) else f"{cut}…", RIGHT, 41, 26, _INK, "right")


def _name(number: int, mark: Mark, left: float, right: float) -> Iterator[Shape]:
    """Yield a chapter's title in lines, in the largest letters that fit; its number where none do."""
    room, height = right - left - 8, _NAMES[1] - _NAMES[0]
    for size in _LETTERS:
        lines = wrapped(mark.title.split(), room / size)
        leading = size * LEADING * 0.9  # no vowel marks stand in titles: lines may be nearer
        if len(lines) * leading <= height and all(advance(line) * size <= room for line in lines):
            break
    else:
        size, leading, lines = _LETTERS[-1], 0.0, [str(number + 1)]
        if advance(lines[0]) * size > room + 6:
            return
    middle = (_NAMES[0] + _NAMES[1]) / 2
    first = middle - (len(lines) - 1) * leading / 2 + 0.3 * size
    for place, line in enumerate(lines):
        yield Text(line, (left + right) / 2, first + place * leading, size, _INK, "middle")


def _wave(peaks: Sequence[tuple[float, float]]) -> Iterator[Shape]:
    top, bottom = _WAVE
    middle, half = (top + bottom) / 2, (bottom - top) / 2
    for part, colour in ((0, _PEAK), (1, _BODY)):
        heights = [max(0.5, half * pair[part]) for pair in peaks]
        over = [(LEFT + place + 0.5, middle - height) for place, height in enumerate(heights)]
        under = [(x, 2 * middle - y) for x, y in reversed(over)]
        if over:
            yield Area((*over, *under), colour)


def _curve(measured: Measured, frames: int) -> Iterator[Shape]:
    """Yield the scale in LUFS, the target, and the loudness as lines that break where there is none."""
    low, high = _LUFS
    top, bottom = _CURVE

    def height(lufs: float) -> float:
        return bottom - (bottom - top) * (min(max(lufs, low), high) - low) / (high - low)

    for mark in _GRID:
        yield Line(((LEFT, height(mark)), (RIGHT, height(mark))), _FAINT)
        yield Text(f"{mark}", LEFT - 8, height(mark) + 5, 14, _SOFT, "right")
    yield Text("LUFS", LEFT - 8, top - 2, 13, _SOFT, "right")
    aim = height(measured.target_lufs)
    for x in range(LEFT, RIGHT, 12):
        yield Line(((x, aim), (min(x + 6, RIGHT), aim)), _AIM, 1.2)
    run: list[tuple[float, float]] = []
    for place, lufs in enumerate((*measured.loudness, -math.inf)):
        if lufs > low:
            middle = (place / 10 + measured.window_s / 2) * RATE
            run.append((LEFT + (RIGHT - LEFT) * min(middle, frames) / frames, height(lufs)))
        elif run:
            if len(run) > 1:
                yield Line(tuple(run), _LOUD, 2)
            run = []


def _times(frames: int) -> Iterator[Shape]:
    """Yield a time below the picture every so often that a dozen or so stand there."""
    step = next((each for each in _STEPS_S if frames / RATE / each <= 16), 7200)
    for second in range(0, int(frames / RATE) + 1, step):
        x = LEFT + (RIGHT - LEFT) * second * RATE / frames
        yield Line(((x, _CURVE[1]), (x, _CURVE[1] + 5)), _SOFT)
        label = clock(second * RATE)
        anchor = "right" if x + advance(label) * 8 > RIGHT else "middle"
        yield Text(label, x, _CLOCK, 15, _SOFT, anchor)
