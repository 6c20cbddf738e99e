"""What is kept, near and shared: how much of what, what may go, and what is broken."""

from __future__ import annotations

import hashlib
import operator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nashra.kept import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nashra.shelves import Entry

MEDIA = "media"
KINDS = ("clips", "parts", "levels", "readings", "tashkeel", "sounds", "pictures", "desks", "files", MEDIA)
"""Everything that is kept by content, by the name of its folder; finished media only in a shared store."""


class Shelf(Protocol):
    """A place with entries: `shelves.Near` or `shelves.Shared`."""

    def entries(self, kind: str) -> Iterator[Entry]:
        """Give the entries of a kind."""

    def read(self, name: str) -> bytes:
        """Return the bytes of an entry."""

    def remove(self, name: str) -> None:
        """Remove an entry."""


class Total(NamedTuple):
    """How many entries there are of a kind, and how many bytes they have."""

    kind: str
    entries: int
    bytes: int


def everything(shelf: Shelf) -> tuple[Entry, ...]:
    """Return all entries of a shelf; raises OSError."""
    return tuple(entry for kind in KINDS for entry in shelf.entries(kind))


def totals(entries: Sequence[Entry]) -> tuple[Total, ...]:
    """Return the totals by kind, of those that there are."""
    found = []
    for kind in KINDS:
        sizes = [entry.bytes for entry in entries if entry.name.startswith(f"{kind}/")]
        if sizes:
            found.append(Total(kind, len(sizes), sum(sizes)))
    return tuple(found)


def superfluous(entries: Sequence[Entry], *, most: int | None, before: float | None) -> tuple[Entry, ...]:
    """Return what goes so that `most` bytes stay, the least recently used first; and all last used `before`.

    >>> from nashra.shelves import Entry
    >>> three = [Entry("clips/a", 10, 3.0), Entry("clips/b", 10, 1.0), Entry("clips/c", 10, 2.0)]
    >>> [entry.name for entry in superfluous(three, most=15, before=None)]
    ['clips/b', 'clips/c']
    >>> [entry.name for entry in superfluous(three, most=None, before=1.5)]
    ['clips/b']
    """
    left = sum(entry.bytes for entry in entries)
    gone = []
    for entry in sorted(entries, key=operator.attrgetter("used", "name")):
        if (before is not None and entry.used < before) or (most is not None and left > most):
            gone.append(entry)
            left -= entry.bytes
    return tuple(gone)


def prune(shelf: Shelf, *, most: int | None = None, before: float | None = None) -> tuple[Entry, ...]:
    """Remove what is superfluous, and return it; raises OSError."""
    gone = superfluous(everything(shelf), most=most, before=before)
    for entry in gone:
        shelf.remove(entry.name)
    return gone


def broken(shelf: Shelf) -> Iterator[Entry]:
    """Give the entries whose bytes are not those of their SHA-256; raises OSError."""
    for entry in everything(shelf):
        data = shelf.read(entry.name)
        if entry.name.startswith(f"{MEDIA}/"):
            whole = hashlib.sha256(data).hexdigest() == entry.name.rpartition("/")[2].partition(".")[0]
        else:
            whole = opened(data) is not None
        if not whole:
            yield entry
