"""The whole look: every invariant of the table, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.errors import FeedError
from nashra.verifying import disk, of_feed, of_folders, of_sides, of_sounds, station

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from nashra.verifying.violation import Violation

RULES: tuple[Callable[[station.Station], Iterator[Violation]], ...] = (
    of_feed.well_formed,
    of_feed.there,
    of_feed.durations,
    of_sounds.whole,
    of_feed.identities,
    of_sounds.records,
    of_sounds.named,
    of_sounds.kept,
    of_sides.beside,
    of_sides.readable,
    of_sides.links,
    of_folders.foreign,
    of_folders.left,
)


def verify(root: Path, *, deep: bool = False, now: datetime) -> tuple[Violation, ...]:
    """Return which invariants the station in a folder breaks, in the order of the table; none is best.

    Sizes, structure and headers are held against one another; `deep` also reads every file to its end,
    counts and decodes all sound, and reckons every hash again. `now` is what an age is counted to. Nothing
    is written, no lock is taken, and a build that runs meanwhile may make it see two states at once. Raises
    FeedError for a file that cannot be read.
    """
    try:
        seen = station.read(disk.seen(root), now, deep=deep)
        return tuple(dict.fromkeys(found for rule in RULES for found in rule(seen)))
    except OSError as refused:
        why = (refused.strerror or str(refused)).lower()
        where = str(refused.filename or root)
        raise FeedError(f"cannot be read: {why}", where=where, then="look at its permissions") from refused
