"""How long old files stay: what no episode needs any more is noted, and goes after its time.

Listeners' apps keep an address for days, and the last generations of the feed are in caches. So nothing is
deleted in the run that replaces it. Since when a file is needed no more stands in `retired.json`; without
that, everything is noted anew, which only lengthens its stay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from nashra import last_feed
from nashra.errors import AudioError
from nashra.folders import all_names, leftovers, newest
from nashra.guarding import too_many
from nashra.store import delete, read, storing, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from nashra.model import Episode
    from nashra.settings import Retention
    from nashra.station import Station

LEDGER = "retired.json"
"""In the station's folder: belongs under version control, as the records do."""

_KINDS = (".mp3", ".opus", ".jpg")
"""What goes from `audio/`; records never do, for they hold the guid that an article would come back with."""

_SIDES = ("transcripts", "chapters")


class Retired(msgspec.Struct, frozen=True):
    """Since when a file is needed no more, and how many feeds without it were published since."""

    since: datetime
    generations: int = 0


class Ledger(msgspec.Struct, frozen=True):
    """What is known of files that nobody needs any more, by path from the station's folder."""

    files: dict[str, Retired] = {}


@dataclass(frozen=True, slots=True)
class Sweep:
    """What was deleted, or would be; what is due but is `held` back, being much; what waits, since when."""

    deleted: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    waiting: Mapping[str, Retired] = field(default_factory=dict)


def noted(
    known: Mapping[str, Retired],
    idle: Collection[str],
    cited: Collection[str],
    now: datetime,
    *,
    published: bool,
) -> dict[str, Retired]:
    """Return what is known of idle files now; `published` says whether another generation of the feed was.

    A file that is needed again is forgotten; one that was deleted is remembered as long as a record has
    `cited` it and nobody needs it, so that `nashra verify` knows that it went in its time. A clock that was
    set back begins anew.
    """
    found = {path: each for path, each in known.items() if path in cited and path not in idle}
    for path in idle:
        old = known.get(path, Retired(now))
        found[path] = Retired(min(old.since, now), old.generations + published)
        if old.since > now:
            found[path] = Retired(now, int(published))
    return dict(sorted(found.items()))


def due(
    files: Mapping[str, Retired], idle: Collection[str], window: Retention, now: datetime
) -> tuple[str, ...]:
    """Return which idle files have had their time."""
    if isinstance(window.days, str):  # for ever
        return ()
    length = timedelta(days=window.days)
    return tuple(
        path
        for path in sorted(idle)
        if now - files[path].since >= length and files[path].generations >= window.generations
    )


def sweep(
    station: Station,
    live: Iterable[Episode],
    cited: Iterable[Episode],
    now: datetime,
    *,
    published: bool = False,
    force: bool = False,
    dry_run: bool = False,
) -> Sweep:
    """Note what no `live` episode needs, and delete what has had its time; say what was done.

    `cited` are all records, also of articles that are gone. Too much is deleted only by `force`. Call it
    when a build succeeded, or alone; holding the station's lock. Raises AudioError.
    """
    with storing(AudioError, "audio"):
        needed = {f"audio/{name}" for each in live for name in each.files}
        there = [f"audio/{name}" for name in all_names(station.audio)]
        sides = [f"feed/{name}" for name in all_names(station.feed)]
        idle = frozenset(_idle(there, sides, needed, last_feed.files(station)))
        remembered = {f"audio/{name}" for each in cited for name in each.files_ever} - needed
        ledger = noted(_ledger(station), idle, remembered, now, published=published)
        going = due(ledger, idle, station.settings.retention, now)
        held = too_many(len(going), len(there) + len(sides)) and not force
        if not dry_run:
            for path in () if held else going:
                delete(station.root / path)
            if ledger or (station.root / LEDGER).exists():
                kept = {
                    path: each
                    for path, each in ledger.items()
                    if path in remembered or held or path not in going
                }
                said = msgspec.json.format(msgspec.json.encode(Ledger(kept)), indent=1)
                write(station.root / LEDGER, said + b"\n")
    waiting = {path: each for path, each in ledger.items() if path in idle and path not in going}
    return Sweep(() if held else going, going if held else (), waiting)


def _idle(
    audio: Iterable[str], feed: Iterable[str], needed: Collection[str], made: Collection[str]
) -> Iterable[str]:
    for path in audio:
        if path.endswith(_KINDS) and not path.startswith("audio/.") and path not in needed:
            yield path
    if made:  # else nobody knows what the feed names
        for path in feed:
            name = path.removeprefix("feed/")
            is_side = name.partition("/")[0] in _SIDES or (
                name.startswith("cover-") and name.endswith(".jpg")
            )
            if is_side and not name.rpartition("/")[2].startswith(".") and name not in made:
                yield path


def clear(station: Station) -> None:
    """Delete temporary files of builds that were stopped before this one began; raises AudioError.

    Only by our form of a name, and only those that are older than the lock's last taking.
    """
    with storing(AudioError, str(station.root)):
        began = newest(station.cache / "lock")
        for path in leftovers(station.root, station.cache):
            if newest(path) < began:
                delete(path)


def _ledger(station: Station) -> dict[str, Retired]:
    """Return what was noted; nothing where that cannot be understood, so that everything is noted anew."""
    try:
        found = msgspec.json.decode(read(station.root / LEDGER) or b"{}", type=Ledger).files
    except msgspec.MsgspecError:
        return {}
    return {path: each for path, each in found.items() if each.since.tzinfo}
