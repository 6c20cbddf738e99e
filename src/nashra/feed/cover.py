"""The show's square picture: a calm default with its name on it, or the station's own re-encoded."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageOps

from nashra.errors import FeedError
from nashra.feed.lettering import ink, layout

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST, SMALLEST = 3000, 1400  # px a side: what Apple and Spotify accept
MOST_BYTES = 512_000  # Apple refuses larger pictures
MOST_PIXELS = 64_000_000  # a phone's largest photographs have 50 million; RGBA then takes 256 MB
WANTED = f"give a picture of {SMALLEST} x {SMALLEST} to {LARGEST} x {LARGEST} pixels"

# (px a side at most, JPEG quality), tried in turn until the bytes fit; the last fits even noise.
RECIPES = (
    *((LARGEST, quality) for quality in (92, 85, 78, 70)),
    *((2400, quality) for quality in (80, 70)),
    *((1800, quality) for quality in (80, 65)),
    *((SMALLEST, quality) for quality in (75, 55, 35, 15, 5)),
)

NIGHT, DAWN, PAPER, GOLD, TEAL = (12, 26, 39), (18, 58, 74), (250, 245, 234), (233, 179, 90), (70, 128, 142)
MARGIN = 300
TITLE_BOX = (LARGEST - 2 * MARGIN, 1480)  # px, in the middle of the upper part
BARS, BAR = 31, 36  # how many bars the sound has, and how thick one is in px


def default_cover(title: str) -> bytes:
    """Return a 3000 px JPEG with the show's name, the same bytes for the same name.

    Under the name stands a sound of which every show has its own. A name that the font cannot
    write leaves the place empty.
    """
    column = Image.linear_gradient("L").resize(
        (1, LARGEST), Image.Resampling.BICUBIC
    )  # every one is the same
    column = ImageOps.colorize(column, NIGHT, DAWN)
    picture = column.resize((LARGEST, LARGEST), Image.Resampling.NEAREST)
    _draw_sound(picture, title)
    lines, size = layout(title, *TITLE_BOX)
    mask = ink(lines, size, TITLE_BOX)
    picture.paste(PAPER, (MARGIN, 420), mask)
    return _encoded(picture)


def square_cover(data: bytes, where: str) -> bytes:
    """Return the station's own picture as a square RGB JPEG of 1400 to 3000 px under 512 KB.

    What is transparent becomes white, what is not square is cut at both ends alike. `where` names
    the file in errors. Raises FeedError if it is no JPEG or PNG, too small, or absurdly large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
                _refuse_size(opened.size, where)
                turned = ImageOps.exif_transpose(opened)
                side = min(*turned.size, LARGEST)
                picture = ImageOps.fit(_on_white(turned), (side, side), Image.Resampling.LANCZOS)
    except Image.DecompressionBombError as bomb:
        raise FeedError("has too many pixels to open", where=where, then=WANTED) from bomb
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as broken:
        why = "is not a JPEG or PNG picture that can be read"
        raise FeedError(why, where=where, then="save it again as JPEG or PNG") from broken
    return _encoded(picture)


def small_cover(jpeg: bytes) -> bytes:
    """Return a cover of `default_cover` or `square_cover` as a 600 px JPEG, for inside an MP3."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.draft("RGB", (1200, 1200))  # decoded at half its size: three times as fast, and as good
        return _jpeg(picture.resize((600, 600), Image.Resampling.LANCZOS), 85)


def _refuse_size(size: tuple[int, int], where: str) -> None:
    width, height = size
    if min(size) < SMALLEST:
        raise FeedError(f"has {width} x {height} pixels, too few for a cover", where=where, then=WANTED)
    if width * height > MOST_PIXELS:
        raise FeedError(f"has {width} x {height} pixels, too many to open", where=where, then=WANTED)


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


def _draw_sound(picture: Image.Image, title: str) -> None:
    """Draw bars, highest in the middle; those already heard (in Arabic, the right ones) are gold."""
    draw = ImageDraw.Draw(picture)
    step = (LARGEST - 2 * MARGIN - BAR) / (BARS - 1)
    for index, height in enumerate(_heights(title)):
        left = LARGEST - MARGIN - BAR - round(index * step)
        box = (left, 2380 - height // 2, left + BAR - 1, 2380 + height // 2)
        draw.rounded_rectangle(box, radius=BAR // 2, fill=GOLD if index < BARS // 3 else TEAL)


def _heights(title: str) -> Iterator[int]:
    digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).digest()
    for index in range(BARS):
        swell = 1 - abs(2 * index / (BARS - 1) - 1) ** 2
        yield round(60 + (90 + 330 * swell) * (0.25 + 0.75 * digest[index] / 255))


def _encoded(picture: Image.Image) -> bytes:
    for most, quality in RECIPES:
        side = min(most, picture.width)
        scaled = picture if side == picture.width else picture.resize((side, side), Image.Resampling.LANCZOS)
        jpeg = _jpeg(scaled, quality)
        if len(jpeg) < MOST_BYTES:
            return jpeg
    raise FeedError("the cover does not fit into 512 KB", then="give a picture with less detail")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    # Pillow hands a JPEG's comment on: whatever a camera or a person wrote there would be published.
    picture.save(file, "JPEG", quality=quality, optimize=True, comment=b"")
    return file.getvalue()
