"""Bringing the files of episodes here from where they are live; what is here already is not asked for."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal, NamedTuple

from nashra.building.planning import digest
from nashra.errors import PublishingError
from nashra.model import Media
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.station import Station

    Get = Callable[[str, Literal["feed", "json", "page", "sound", "image"]], bytes | None]
    """What reads an address, None where there is nothing (404, 410); raises FetchError."""

AGAIN = "look at that file there; publish it anew if it is broken"


class Live(NamedTuple):
    """A station here, the address at which it is live (ending in /), and what reads addresses."""

    station: Station
    base: str
    get: Get

    def read(self, path: str, kind: Literal["feed", "json", "page", "sound", "image"]) -> bytes | None:
        """Return a file of the live station; raises FetchError."""
        return self.get(self.base + path, kind)


def sound(live: Live, media: Media) -> bool:
    """Bring an MP3 here if it is not; say whether it came. Raises PublishingError for other bytes."""
    path = live.station.audio / media.file
    with storing(PublishingError, f"audio/{media.file}"):
        if path.is_file() and path.stat().st_size == media.bytes > 0:
            return False
    found = live.read(f"audio/{media.file}", "sound")
    if found is None or len(found) != media.bytes or (media.sha256 and digest(found) != media.sha256):
        raise PublishingError("is not what the feed says", where=f"{live.base}audio/{media.file}", then=AGAIN)
    _write(live, media.file, found)
    return True


def earlier(live: Live, name: str) -> Media | None:
    """Return a sound that can be missed, brought here; None where it is gone or not what its name says."""
    found = read(live.station.audio / name) or live.read(f"audio/{name}", "sound")
    if found is None or hashlib.sha256(found).hexdigest()[:12] not in name:
        return None
    _write(live, name, found)
    return Media(name, len(found), digest(found))


def picture(live: Live, name: str) -> None:
    """Bring an episode's picture here, if it has one and it is there."""
    if name and read(live.station.audio / name) is None:
        found = live.read(f"audio/{name}", "image")
        if found:
            _write(live, name, found)


def _write(live: Live, name: str, data: bytes) -> None:
    with storing(PublishingError, f"audio/{name}"):
        write(live.station.audio / name, data)
