"""What was found to be the same here and at a target: as long as neither changes, nobody reads it again.

It lies in the cache, a file for each target; to lose it costs one reading of everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from nashra.store import read, sha256, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nashra.publishing.items import Item


class Mark(NamedTuple):
    """A file here by its bytes and its time (ns), and what the target told of its copy there."""

    size: int
    changed_ns: int
    tag: str


def mark_of(item: Item, tag: str) -> Mark | None:
    """Return the mark of an item and its copy; None for what is no file or where no tag is told."""
    return Mark(item.size, item.changed_ns, tag) if item.changed_ns and tag else None


def load(cache: Path, where: str) -> dict[str, Mark]:
    """Return the marks of a target by name, none when nobody knows them."""
    try:
        return msgspec.json.decode(read(_path(cache, where)) or b"{}", type=dict[str, Mark])
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return {}


def keep(cache: Path, where: str, marks: Mapping[str, Mark]) -> None:
    """Note the marks of a target; raises OSError."""
    write(_path(cache, where), msgspec.json.encode(dict(sorted(marks.items()))), durable=False)


def _path(cache: Path, where: str) -> Path:
    return cache / "published" / f"{sha256(where)[:16]}.json"
