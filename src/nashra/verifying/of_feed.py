"""I1 to I4 as the feed has them: it is a feed, and what it promises is on the disk and in the records."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from nashra.verifying.station import FEED
from nashra.verifying.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.verifying.station import Station

_BUILT = (".nashra/built.json", ".nashra/feed.json")
"""Files that a build leaves behind its feed: with one of them, the feed was there."""


def well_formed(station: Station) -> Iterator[Violation]:
    """I1: Find documents that no program can read, and a feed that went away."""
    if FEED not in station.disk.files and any(station.disk.time_ns(path) for path in _BUILT):
        yield Violation("I1", FEED, "is not there")
    for name, document in station.documents.items():
        if document.fault:
            yield Violation("I1", name, document.fault)
        elif name == FEED and not document.address.endswith(FEED):
            yield Violation("I1", name, "is no feed, or does not say its own address")


def there(station: Station) -> Iterator[Violation]:
    """I2: Find enclosures without a file, or of another length or hash than is said of them."""
    known: dict[str, str] = {}
    for where, _item, said, path in station.promises():
        stat = station.disk.files.get(path or "")
        if path is None or stat is None:
            yield Violation("I2", where, f"names {path or said.address}, which is not there")
            continue
        if said.length != str(stat.bytes):
            yield Violation("I2", where, f"says that {path} has {said.length} bytes, and it has {stat.bytes}")
        listed = station.media.get(path)
        if listed and listed[0] != stat.bytes:
            yield Violation("I2", path, f"has {stat.bytes} bytes, and its record says {listed[0]}")
        if said.integrity.startswith("sha256-"):
            told = _hex(said.integrity.removeprefix("sha256-"))
            if listed and told != listed[1]:
                yield Violation("I2", where, f"gives another hash of {path} than its record")
            if station.deep:
                known[path] = known.get(path) or hashlib.sha256(station.disk.read(path)).hexdigest()
                if told != known[path]:
                    yield Violation("I2", where, f"gives a hash of {path} that is not that of its bytes")


def durations(station: Station) -> Iterator[Violation]:
    """I3: Find durations that are more than a second from the recorded length of the same file."""
    for where, item in station.items():
        path = item.enclosure and station.path_of(item.enclosure.address)
        listed = station.media.get(path or "")
        if not re.fullmatch(r"[0-9]{1,9}", item.duration):
            yield Violation("I3", where, f"says that it lasts «{item.duration[:20]}», not whole seconds")
        elif listed and path == f"audio/{listed[2]['media']['file']}":
            length = listed[2]["frames"] / 44_100
            if abs(int(item.duration) - length) > 1:
                yield Violation("I3", where, f"says {item.duration} s, and its record {length:.1f} s")


def identities(station: Station) -> Iterator[Violation]:
    """I4: Find items without a record, of another guid than it, or of a guid that another item has."""
    guids = {said["guid"]: path for path, said in station.records.items()}
    for name, document in station.documents.items():
        seen: set[str] = set()
        for item in document.items:
            where = f"{name}:{item.line}"
            if item.guid in seen:
                yield Violation("I4", where, f"has the guid {item.guid} a second time")
            seen.add(item.guid)
            path = item.enclosure and station.path_of(item.enclosure.address)
            listed = station.media.get(path or "")
            if listed and listed[2]["guid"] != item.guid:
                yield Violation(
                    "I4", where, f"has the guid {item.guid}, and not that of the record of {path}"
                )
            elif not listed and item.guid not in guids:
                yield Violation("I4", where, f"has the guid {item.guid}, which no record has")
            elif not listed and path:
                yield Violation("I4", where, f"names {path}, which its record {guids[item.guid]} never had")


def _hex(said: str) -> str:
    try:
        return base64.b64decode(said, validate=True).hex()
    except ValueError:
        return ""
