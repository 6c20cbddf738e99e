"""Letters as ink: shaped by HarfBuzz, filled here, without any system library or font.

Pillow's own Arabic shaping needs a FriBiDi that bare machines lack, and then draws letters apart.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pymupdf_fonts
import uharfbuzz as hb
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Contour = list[complex]  # a closed line, in sizes; y grows upwards

PIECES = 10  # straight pieces of a curve: at cover size none leaves it by half a pixel


@cache
def _font() -> hb.Font:
    return hb.Font(hb.Face(pymupdf_fonts.fontbuffers["figbo"]()))  # FiraGO Bold (OFL)


def shaped(text: str, direction: str) -> Iterator[tuple[int, float, float, float]]:
    """Yield glyph, advance, and offsets in x and y of a run, in sizes, from left to right."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = direction
    hb.shape(_font(), buffer)
    unit = _font().face.upem
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if glyph.codepoint:  # 0 is the box for what the font cannot write
            yield glyph.codepoint, place.x_advance / unit, place.x_offset / unit, place.y_offset / unit


def outline(glyph: int) -> list[Contour]:
    """Return a glyph's contours in sizes, curves cut into straight pieces."""
    unit = _font().face.upem
    contours: list[Contour] = []

    def move(x: float, y: float, _: Any) -> None:  # noqa: ANN401 HarfBuzz hands this through
        contours.append([complex(x, y) / unit])

    def curve(*numbers: Any) -> None:  # noqa: ANN401 x and y of each control point, then what HarfBuzz hands through
        pairs = zip(numbers[:-1:2], numbers[1:-1:2], strict=True)
        points = [contours[-1][-1], *(complex(x, y) / unit for x, y in pairs)]
        pieces = PIECES if len(points) > 2 else 1
        contours[-1].extend(_bezier(points, step / pieces) for step in range(1, pieces + 1))

    draw = hb.DrawFuncs()
    draw.set_move_to_func(move)
    draw.set_line_to_func(curve)
    draw.set_quadratic_to_func(curve)
    draw.set_cubic_to_func(curve)
    _font().draw_glyph(glyph, draw)
    return contours


def _bezier(points: list[complex], t: float) -> complex:
    """Return the point at `t` of a line or curve of any degree (de Casteljau)."""
    while len(points) > 1:
        points = [a + (b - a) * t for a, b in pairwise(points)]
    return points[0]


def fill(grid: NDArray[np.bool_], contours: list[Contour]) -> None:
    """Ink one glyph by the nonzero rule: contours may overlap, and holes turn the other way.

    Contours are in cells of the grid, their y growing upwards from its first row.
    """
    points = [point for contour in contours for point in contour]
    if not points:
        return
    left, right = (int(limit(point.real for point in points)) for limit in (min, max))
    top, bottom = (int(limit(-point.imag for point in points)) for limit in (min, max))
    size = (right - left + 2, bottom - top + 2)
    turns = np.zeros(size[::-1], dtype=np.int8)
    for contour in contours:
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(point.real - left, -point.imag - top) for point in contour], fill=1)
        area = sum((a.conjugate() * b).imag for a, b in zip(contour, contour[1:] + contour[:1], strict=True))
        turns += np.asarray(mask, dtype=np.int8) * (1 if area > 0 else -1)
    rows = slice(max(top, 0), max(top + size[1], 0))
    columns = slice(max(left, 0), max(left + size[0], 0))
    place = grid[rows, columns]
    inked = turns[rows.start - top :, columns.start - left :]
    place |= inked[: place.shape[0], : place.shape[1]] != 0
