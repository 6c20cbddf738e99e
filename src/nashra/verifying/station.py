"""A built station as the checker reads it: its files, records and documents, before anything is judged."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nashra.verifying import feeds
from nashra.verifying.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from nashra.verifying.disk import Disk
    from nashra.verifying.feeds import Document, Item, Promise

FEED = "feed/feed.xml"
"""The document that listeners subscribe to."""

RETIRED = "retired.json"
"""When each file was replaced or withdrawn; `retention` writes it."""


@dataclass(frozen=True, slots=True)
class Station:
    """What was read of a station; `faults` say why a record could not be, `media` has every listed sound.

    `media` is (bytes, SHA-256, record) by path: those that stand, and those that were replaced.
    """

    disk: Disk
    now: datetime
    deep: bool
    base: str
    documents: Mapping[str, Document]
    records: Mapping[str, Mapping[str, Any]]
    faults: Mapping[str, str]
    media: Mapping[str, tuple[int, str, Mapping[str, Any]]]
    retired: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def items(self) -> Iterator[tuple[str, Item]]:
        """Give every item of every document, and where it stands."""
        for name, document in self.documents.items():
            for item in document.items:
                yield f"{name}:{item.line}", item

    def promises(self) -> Iterator[tuple[str, Item, Promise, str | None]]:
        """Give every file of sound that an item names: where, the item, what it says, the file."""
        for where, item in self.items():
            for promise in (*filter(None, (item.enclosure,)), *item.alternates):
                yield where, item, promise, self.path_of(promise.address)

    def path_of(self, address: str) -> str | None:
        """Return the station's file that an address means, None where it is somebody else's."""
        return feeds.path_of(self.base, address)


def read(disk: Disk, now: datetime, *, deep: bool) -> Station:
    """Return what a station's files say; raises OSError when one cannot be read."""
    documents = {
        path: feeds.document(disk.read(path))
        for path in sorted(disk.files)
        if re.fullmatch(r"feed/[^/]+\.xml", path)
    }
    records, faults = {}, {}
    for path in sorted(disk.files):
        if re.fullmatch(r"audio/[^/]+\.json", path):
            said, fault = record(disk.read(path), whole=deep)
            if fault:
                faults[path] = fault
            else:
                records[path] = said
    media = {}
    for said in records.values():
        small = said.get("opus")
        for each in (*said["replaced"], *((small["media"],) if small else ()), said["media"]):
            media[f"audio/{each['file']}"] = (each["bytes"], each["sha256"], said)
    first = documents.get(FEED)
    base = first.address.removesuffix(FEED) if first else ""
    return Station(disk, now, deep, base, documents, records, faults, media, _retired(disk))


def _retired(disk: Disk) -> dict[str, dict[str, Any]]:
    """Return what is known of files that nobody needs any more; nothing where that cannot be read."""
    try:
        said = json.loads(disk.read(RETIRED))["files"]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return said if isinstance(said, dict) else {}
