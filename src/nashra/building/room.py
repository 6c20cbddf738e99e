"""Whether the disk has room for the articles that are new: said before hours of speech, not behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.errors import AudioError
from nashra.folders import free_bytes, sizes
from nashra.store import storing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.station import Station

BYTES_OF_A_LETTER = 2
"""What a letter of Arabic takes in UTF-8."""

LETTER_S = 0.045
"""Seconds of sound from a letter at the least, at speed 1: half of what espeak takes in a sentence."""

BYTES_OF_A_SECOND = 12_000
"""Of MP3 at 96 kbit/s. Clips and parts take four times that, but may be left of an earlier build."""


def needed(letters: float, speed: float) -> int:
    """Return the bytes of MP3 that so many letters become at the least.

    >>> needed(50_000, 1.0)
    27000000
    """
    return round(letters * LETTER_S / speed * BYTES_OF_A_SECOND)


def check(station: Station, new: Iterable[str]) -> None:
    """Refuse to begin with articles that cannot find room, `new` being those without a record.

    It is an estimate from their sizes, and so low that only a disk with clearly too little is refused: one
    that is nearly full is found out by whoever writes. Raises AudioError with both numbers.
    """
    files = tuple(new)
    if not files:
        return
    with storing(AudioError, "audio"):
        there, free = sizes(station.articles), free_bytes(station.root)
    letters = sum(there.get(file, 0) for file in files) / BYTES_OF_A_LETTER
    least = needed(letters, station.settings.voice.speed)
    if free is not None and least > free:
        many = f"{len(files)} new articles need" if len(files) > 1 else "1 new article needs"
        what = f"{many} at least {least / 1_000_000:,.1f} MB, {free / 1_000_000:,.1f} MB are free"
        raise AudioError(what, where="audio", then="free some disk space and run the same command again")
