"""I2 to I5 as the files of sound have them: whole, as long as recorded, named by their bytes, and kept."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from nashra.verifying import mpeg
from nashra.verifying.decoding import heard
from nashra.verifying.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.verifying.station import Station

LEAST_DAYS, LEAST_GENERATIONS = 14, 3
"""How long a file is kept behind its address at the least; a station may keep it longer."""

_NAMED = re.compile(r".*-([0-9a-f]{12,64})\.(?:mp3|opus|m4a|ogg|jpg|png)")


def whole(station: Station) -> Iterator[Violation]:
    """I3: Find MP3s whose headers contradict their size, their frames, their sound or their record."""
    for path, stat in station.disk.files.items():
        if not path.startswith("audio/") or not path.endswith(".mp3") or not stat.is_plain:
            continue
        with station.disk.opened(path) as piece:
            told = mpeg.told(piece, stat.bytes)
        if told.fault:
            yield Violation("I3", path, told.fault)
            continue
        listed = station.media.get(path)
        recorded = listed[2]["frames"] if listed and path == f"audio/{listed[2]['media']['file']}" else None
        if recorded is not None and recorded != told.pcm:
            yield Violation("I3", path, f"says {told.pcm} PCM frames, and its record {recorded}")
        if station.deep:
            mp3 = station.disk.read(path)
            frames, fault = mpeg.counted(mp3, told.start)
            if fault or frames != told.frames:
                what = fault or f"has {frames} MPEG frames, and its header says {told.frames}"
                yield Violation("I3", path, what)
                continue
            fault = heard(mp3, told.pcm)
            if fault:
                yield Violation("I3", path, fault)


def named(station: Station) -> Iterator[Violation]:
    """I4: Find files whose name is not made of the hash that their record, or their bytes, have."""
    for path, (_bytes, sha256, _record) in station.media.items():
        said = _NAMED.fullmatch(path)
        if not said or not sha256.startswith(said[1]):
            yield Violation("I4", path, "is not named by the hash that its record gives")
    if not station.deep:
        return
    for path, stat in station.disk.files.items():
        said = _NAMED.fullmatch(path) if path.startswith("audio/") and stat.is_plain else None
        if said:
            found = hashlib.sha256(station.disk.read(path)).hexdigest()
            listed = station.media.get(path)
            if not found.startswith(said[1]):
                yield Violation(
                    "I4", path, f"is not the file of its name: its SHA-256 begins with {found[:12]}"
                )
            elif listed and found != listed[1]:
                yield Violation("I2", path, "has another SHA-256 than its record says")


def records(station: Station) -> Iterator[Violation]:
    """I4: Find records that cannot be read, and two of one guid or one slug."""
    for path, fault in station.faults.items():
        yield Violation("I4", path, fault)
    owners: dict[str, str] = {}
    for path, said in station.records.items():
        if path != f"audio/{said['slug']}.json":
            yield Violation("I4", path, f"is the record of {said['slug'][:80]}")
        other = owners.setdefault(said["guid"], path)
        if other != path:
            yield Violation("I4", path, f"has the guid of {other}")


def kept(station: Station) -> Iterator[Violation]:
    """I5: Find files that were replaced so lately that somebody may still ask for them, and are gone."""
    for said in station.records.values():
        for each in said["replaced"]:
            path = f"audio/{each['file']}"
            stat = station.disk.files.get(path)
            if stat is None and _is_young(station, path, str(said.get("updated", ""))):
                yield Violation("I5", path, f"was replaced less than {LEAST_DAYS} days ago, and is gone")
            elif stat and stat.bytes != each["bytes"]:
                yield Violation("I5", path, f"has {stat.bytes} bytes, and its record says {each['bytes']}")


def _is_young(station: Station, path: str, updated: str) -> bool:
    """Say whether a file had to be kept; where nobody noted its end, the record's last change counts."""
    noted = station.retired.get(path)
    said = noted.get("since") if noted else updated
    try:
        since = datetime.fromisoformat(str(said))
        young = station.now - since < timedelta(days=LEAST_DAYS)
    except (ValueError, TypeError):
        return True
    return young or bool(noted and noted.get("generations", 0) < LEAST_GENERATIONS)
