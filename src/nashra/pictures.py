"""The station's pictures as podcast apps take them: made once, kept by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nashra.errors import ArticleError, ConfigurationError, FeedError
from nashra.store import read, sha256, storing

MOST_BYTES = 100_000_000
"""Bytes of a picture's file: a photograph of 50 million pixels as PNG is less."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.settings import Show
    from nashra.station import Station


def show_cover(station: Station, show: Show | None = None) -> bytes:
    """Return the show's cover as a JPEG: the station's picture made square, else one of our own.

    With a `show`, the cover of that one of the station's feeds.
    """
    show = show or station.settings.show
    name = show.cover
    if not name:
        title = show.title
        return _picture(station, ("default", title), lambda: _cover().default_cover(title))
    with storing(ConfigurationError, name):
        raw = read(station.root / name, MOST_BYTES)
    if raw is None:
        what = f"the cover {name} is not there"
        own = show != station.settings.show
        then = f"correct `cover` of the [[feed]] `{show.stem}`" if own else "correct `show.cover`"
        raise ConfigurationError(what, where="nashra.toml", then=then)
    return _picture(station, ("own", raw), lambda: _cover().square_cover(raw, name))


def episode_image(station: Station, file: str, image: str) -> tuple[bytes, bytes]:
    """Return the picture that an article names: as it stands in `articles/`, and as a square JPEG."""
    raw = image_bytes(station, image)
    if raw is None:
        what = f"its image {image} is not in articles/"
        raise ArticleError(what, where=f"articles/{file}", then="correct `image:` in its front matter")
    return raw, _picture(station, ("own", raw), lambda: _cover().square_cover(raw, f"articles/{image}"))


def image_bytes(station: Station, name: str) -> bytes | None:
    """Return the bytes of a picture in `articles/`, None when there is none by that name in there."""
    path = (station.articles / name).resolve()
    with storing(ArticleError, f"articles/{name}"):
        return read(path, MOST_BYTES) if path.is_relative_to(station.articles.resolve()) else None


def large_enough(raw: bytes) -> bool:
    """Say whether a picture can become an episode's cover."""
    try:
        _cover().square_cover(raw, "")
    except FeedError:
        return False
    return True


def small(station: Station, jpeg: bytes) -> bytes:
    """Return a picture at the size that goes into an MP3."""
    return _picture(station, ("small", jpeg), lambda: _cover().small_cover(jpeg))


def _cover() -> Any:  # noqa: ANN401 a module
    from nashra.feed import cover  # noqa: PLC0415 Pillow and HarfBuzz: not for a build with nothing to do

    return cover


def _picture(station: Station, made_of: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
    kept = station.shelves.kept("pictures", "jpg")
    key = sha256("picture 3", *made_of)
    found = kept.get(key)
    if found is not None:
        return found[1]
    picture = make()
    kept.put(key, {}, picture)
    return picture
