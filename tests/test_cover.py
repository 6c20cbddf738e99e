"""The cover: the right size, the same every time, and Arabic that is joined."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from nashra.errors import FeedError
from nashra.feed.cover import MOST_BYTES, default_cover, small_cover, square_cover
from nashra.feed.lettering import advance, ink, layout, runs

BOX = (2400, 1480)


def picture(size, mode="RGB", colour="navy", kind="PNG") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind)
    return file.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    assert (image.format, image.mode) == ("JPEG", "RGB")
    return image


def pieces_of_ink(lines, size=300) -> int:
    """Return how many separate pieces the ink has, counted by flooding one after the other."""
    mask = ink(lines, size, (1200, 600)).reduce(4).point(lambda value: 255 if value > 127 else 0)
    field = np.asarray(mask) > 0
    seen = np.zeros_like(field)
    count = 0
    for start in zip(*np.nonzero(field), strict=True):
        if seen[start]:
            continue
        count += 1
        todo = [start]
        while todo:
            row, column = todo.pop()
            inside = 0 <= row < field.shape[0] and 0 <= column < field.shape[1]
            if inside and field[row, column] and not seen[row, column]:
                seen[row, column] = True
                todo += [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]
    return count


@pytest.mark.parametrize(
    "title", ["نشرة", "أخبار الصباح من هومبريس", "Nashra نشرة 24", "", "🎙", "خبر " * 300, "ب" * 400]
)
def test_a_default_cover_is_a_3000_px_jpeg_that_directories_accept(title):
    jpeg = default_cover(title)
    image = opened(jpeg)
    assert image.size == (3000, 3000)
    assert "progression" not in image.info
    assert len(jpeg) < MOST_BYTES


def test_the_same_name_gives_the_same_bytes_and_another_name_others():
    assert default_cover("نشرة") == default_cover("نشرة") != default_cover("نشرات")


def test_letters_of_a_word_are_joined():
    """سلم is one stroke; its letters kept apart by a non-joiner are three."""
    assert pieces_of_ink(["سلم"]) == 1
    assert pieces_of_ink(["س\u200cل\u200cم"]) == 3


def test_words_run_from_right_to_left():
    mask = np.asarray(ink(["سلم   ااا"], 200, (1200, 600))) > 127
    columns = np.nonzero(mask.any(axis=0))[0]
    gap = columns[np.argmax(np.diff(columns))]
    left, right = mask[:, : gap + 1], mask[:, gap + 1 :]
    assert np.diff(left.any(axis=0).astype(int)).tolist().count(1) == 3  # the three alifs
    assert np.diff(right.any(axis=0).astype(int)).tolist().count(1) <= 1


def test_holes_of_letters_stay_open_where_contours_overlap():
    mask = np.asarray(ink(["ه"], 400, (1200, 600)))
    row, column = (int(np.mean(axis)) for axis in np.nonzero(mask > 127))
    assert mask[row, column : column + 200].max() == 255
    assert pieces_of_ink(["O"]) == 1
    assert np.asarray(ink(["O"], 400, (1200, 600)))[300, 600] == 0


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("", []),
        ("News 24", [("ltr", "News 24")]),
        ("نشرة", [("rtl", "نشرة")]),
        ("عَرَبِيّ", [("rtl", "عَرَبِيّ")]),
        ("يومي 28/29 يناير", [("rtl", " يناير"), ("ltr", "28/29"), ("rtl", "يومي ")]),
        ("من OPEC News إلى", [("rtl", " إلى"), ("ltr", "OPEC News"), ("rtl", "من ")]),
    ],
)
def test_a_mixed_line_is_cut_into_runs_from_left_to_right(line, order):
    assert runs(line) == order


@pytest.mark.parametrize("title", ["نشرة", "أخبار الصباح من هومبريس", "كلمة " * 40])
def test_a_title_fits_into_its_box_with_every_word_in_order(title):
    lines, size = layout(title, *BOX)
    assert " ".join(lines).split() == title.split()
    assert len(lines) * size <= BOX[1]
    assert all(advance(line) * size <= BOX[0] for line in lines)


def test_a_larger_picture_is_scaled_and_a_wide_one_is_cut_to_its_middle():
    wide = Image.new("RGB", (4000, 3200), "red")
    wide.paste("blue", (400, 0, 3600, 3200))
    file = io.BytesIO()
    wide.save(file, "PNG")
    image = opened(square_cover(file.getvalue(), "cover.png"))
    assert image.size == (3000, 3000)
    corner = image.getpixel((10, 10))
    assert isinstance(corner, tuple)
    assert corner[2] > 200
    assert corner[0] < 50


@pytest.mark.parametrize(
    ("mode", "colour", "kind"), [("L", 9, "PNG"), ("P", 0, "PNG"), ("CMYK", 0, "JPEG"), ("I;16", 0, "PNG")]
)
def test_every_kind_of_colour_becomes_rgb(mode, colour, kind):
    assert opened(square_cover(picture((1500, 1500), mode, colour, kind), "c")).size == (1500, 1500)


def test_what_is_transparent_becomes_white():
    image = opened(square_cover(picture((1400, 1400), "RGBA", (0, 0, 0, 0)), "c"))
    assert image.getpixel((700, 700)) == (255, 255, 255)


def test_even_noise_fits_into_the_bytes():
    noise = Image.frombytes("RGB", (1500, 1500), np.random.default_rng(1).bytes(1500 * 1500 * 3))
    file = io.BytesIO()
    noise.save(file, "PNG")
    assert len(square_cover(file.getvalue(), "c")) < MOST_BYTES


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (picture((1399, 2000)), r"^cover.png: has 1399 x 2000 pixels, too few .*1400 x 1400"),
        (picture((9000, 9000), "1", 0), r"too many to open"),
        (picture((20000, 20000), "1", 0), r"^cover.png: has too many pixels"),
        (picture((1500, 1500))[:200], r"^cover.png: is not a JPEG or PNG"),
        (picture((1500, 1500), kind="GIF"), r"is not a JPEG or PNG"),
        (b"<svg/>", r"is not a JPEG or PNG"),
        (b"", r"is not a JPEG or PNG"),
    ],
)
def test_a_picture_that_cannot_be_a_cover_is_refused_in_one_line(data, said):
    with pytest.raises(FeedError, match=said) as refused:
        square_cover(data, "cover.png")
    assert "\n" not in str(refused.value)


def test_the_cover_inside_an_mp3_is_small():
    small = small_cover(default_cover("نشرة"))
    assert opened(small).size == (600, 600)
    assert len(small) < 60_000
