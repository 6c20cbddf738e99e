"""Rules of the pictures: Apple refuses a show for its cover more often than for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.checking.built import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built, Picture

LEAST, MOST = 1400, 3000
"""Pixels of a side of a cover."""

HEAVY_BYTES = 512_000
"""Bytes above which Apple asks for a smaller file."""

_ENDINGS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}


def _covers(built: Built) -> Iterator[tuple[str, Picture]]:
    """Give every picture that an `itunes:image` names, once."""
    named = {
        built.path_of(tag.attributes.get("href", ""))
        for _document, channel in built.channels()
        for tag in channel.walk()
        if tag.name == "itunes:image"
    }
    for path, picture in built.pictures.items():
        if path in named:
            yield path, picture


def readable(built: Built) -> Iterator[Found]:
    """Find pictures that cannot be decoded, or whose name says another format."""
    for path, picture in built.pictures.items():
        if picture.fault:
            yield Found(path, picture.fault)
        elif not path.endswith(_ENDINGS.get(picture.format, ())):
            yield Found(path, f"is {picture.format}, which its name does not say")


def covers(built: Built) -> Iterator[Found]:
    """Find covers that are not square JPEG or PNG in RGB of 1400 to 3000 pixels."""
    for path, picture in _covers(built):
        if picture.fault:
            continue
        if picture.format not in _ENDINGS:
            yield Found(path, f"is {picture.format}, not JPEG or PNG")
        if picture.width != picture.height or not LEAST <= picture.width <= MOST:
            yield Found(path, f"has {picture.width} × {picture.height} pixels")
        if picture.mode != "RGB":
            yield Found(path, f"has the colours {picture.mode}, not RGB without transparency")


def weights(built: Built) -> Iterator[Found]:
    """Find covers that are heavy."""
    for path, picture in _covers(built):
        if picture.bytes > HEAVY_BYTES:
            yield Found(path, f"has {picture.bytes:,} bytes, more than {HEAVY_BYTES:,}")
