"""A picture as a list of shapes, and those as PNG or SVG: letters as outlines, so that no font is needed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw

from nashra.feed.lettering import advance, glyphs, ink
from nashra.feed.outlines import outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]

FINER = 3
"""Lines of a PNG are drawn so many times larger, then averaged."""

_UNIT = 1000  # an SVG's outlines are in thousandths of a letter's size


class Area(NamedTuple):
    """A filled polygon, points in px."""

    points: tuple[Point, ...]
    fill: str


class Line(NamedTuple):
    """A line through points in px."""

    points: tuple[Point, ...]
    colour: str
    width: float = 1.0


class Text(NamedTuple):
    """A line of text, `size` px high; `x` is its left end, middle or right end, `y` its base line."""

    line: str
    x: float
    y: float
    size: int
    colour: str
    anchor: str = "left"


Shape = Area | Line | Text


def box(left: float, top: float, right: float, bottom: float, fill: str) -> Area:
    """Return a rectangle."""
    return Area(((left, top), (right, top), (right, bottom), (left, bottom)), fill)


def _left(text: Text) -> float:
    """Return where a text begins on the left, in px."""
    return text.x - advance(text.line) * text.size * {"left": 0, "middle": 0.5, "right": 1}[text.anchor]


def png(shapes: Sequence[Shape], size: tuple[int, int]) -> bytes:
    """Return the shapes as a PNG of that size in px, texts above everything."""
    width, height = size
    picture = Image.new("RGB", (width * FINER, height * FINER), "white")
    draw = ImageDraw.Draw(picture)
    for shape in shapes:
        if isinstance(shape, Area):
            draw.polygon([(x * FINER, y * FINER) for x, y in shape.points], fill=shape.fill)
        elif isinstance(shape, Line):
            points = [(x * FINER, y * FINER) for x, y in shape.points]
            draw.line(points, fill=shape.colour, width=max(1, round(shape.width * FINER)), joint="curve")
    picture = picture.reduce(FINER)
    for shape in shapes:
        if isinstance(shape, Text):
            _paste(picture, shape)
    file = io.BytesIO()
    # Few colours and their mixtures: a palette is a third of the bytes.
    picture.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _paste(picture: Image.Image, text: Text) -> None:
    """Draw a text: in a box of whole px, in whose middle `ink` puts the line."""
    wide = int(advance(text.line) * text.size) + 4
    high = 2 * text.size
    mask = ink([text.line], text.size, (wide, high))
    base = high / 2 + 0.25 * text.size  # where `ink` has the base line
    place = (round(_left(text) - 2), round(text.y - base))
    picture.paste(text.colour, (*place, place[0] + wide, place[1] + high), mask)


def svg(shapes: Sequence[Shape], size: tuple[int, int]) -> bytes:
    """Return the shapes as an SVG; each glyph is drawn once and used where it stands."""
    width, height = size
    used: dict[int, None] = {}
    body = []
    for shape in shapes:
        if isinstance(shape, Area):
            body.append(f'<polygon points="{_points(shape.points)}" fill="{shape.fill}"/>')
        elif isinstance(shape, Line):
            style = f'fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}"'
            body.append(f'<polyline points="{_points(shape.points)}" {style}/>')
        else:
            scale = shape.size / _UNIT
            letters = []
            for glyph, x, y in glyphs(shape.line):
                used[glyph] = None
                letters.append(f'<use href="#g{glyph}" x="{x * _UNIT:.0f}" y="{-y * _UNIT:.0f}"/>')
            place = f"translate({_left(shape):.1f} {shape.y:.1f}) scale({scale:g})"
            body.append(f'<g transform="{place}" fill="{shape.colour}">{"".join(letters)}</g>')
    paths = "".join(f'<path id="g{glyph}" d="{"".join(_path(glyph))}"/>' for glyph in used)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    return "\n".join((head, f"<defs>{paths}</defs>", *body, "</svg>\n")).encode()


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _path(glyph: int) -> Iterator[str]:
    for contour in outline(glyph):
        places = [f"{point.real * _UNIT:.0f} {-point.imag * _UNIT:.0f}" for point in contour]
        yield f"M{'L'.join(places)}Z"
