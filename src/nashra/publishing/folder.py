"""A folder of this machine: what a web server serves, or a disk that is carried there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from nashra.errors import PublishingError
from nashra.folders import OUTPUTS, half_written, newest, sizes, stamps
from nashra.locking import locked
from nashra.publishing.target import Found, RemoteChangedError, arrived_otherwise
from nashra.store import delete, read, storing, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nashra.publishing.items import Item
    from nashra.publishing.target import Told

LOCK = ".nashra-publish.lock"


class Folder:
    """A folder as a target; the tag of what was read is its SHA-256, in the listing size and time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._left: dict[Path, int] = {}
        self.where = str(root)

    def files(self) -> dict[str, Found]:
        """Return what is there."""
        with storing(PublishingError, self.where):
            self._left = {path: newest(path) for path in half_written(self._root, OUTPUTS)}
            names = sizes(self._root)  # without what is hidden or behind a link
            found = stamps(self._root)
            return {name: Found(size, _stamp(size, time)) for name, size, time in found if name in names}

    def alike(self, item: Item, found: Found) -> bool:
        """Tell whether the file there has the same bytes."""
        return found.size == item.size and self._bytes(item.name) == item.content()

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return a file and its tag."""
        raw = self._bytes(name)
        return None if raw is None else (raw, _tag(raw))

    def warnings(self, _items: Sequence[Item]) -> tuple[str, ...]:
        """Return nothing: it takes files of any size."""
        return ()

    def send(self, items: Sequence[Item], told: Told) -> None:
        """Write each in one step, and read it back."""
        for item in items:
            told(item, self._put(item))

    def replace(self, item: Item, tag: str | None) -> str:
        """Write it while no other publisher can, if the file is still what was read."""
        with locked(self._root / LOCK, lambda: None):
            found = self.read(item.name)
            if (found[1] if found else None) != tag:
                raise RemoteChangedError(f"{self.where}/{item.name}")
            return self._put(item)

    def redirect(self, _moved: Mapping[str, str]) -> None:
        """Do nothing: the earlier files stay, and answer as they did."""

    def remove(self, names: Sequence[str]) -> None:
        """Delete files."""
        for name in names:
            with storing(PublishingError, f"{self.where}/{name}"):
                (self._root / name).unlink(missing_ok=True)

    def finish(self) -> None:
        """Delete what a publication that was stopped left half-written, and nobody has touched since."""
        with storing(PublishingError, self.where):
            for path, time in self._left.items():
                if newest(path) == time:
                    delete(path)

    def close(self) -> None:
        """Do nothing."""

    def _put(self, item: Item) -> str:
        data, path = item.content(), self._root / item.name
        with storing(PublishingError, f"{self.where}/{item.name}"):
            write(path, data)
            stamp = _stamp(len(data), newest(path))
        if self._bytes(item.name) != data:
            raise arrived_otherwise(item.name, self.where)
        return stamp

    def _bytes(self, name: str) -> bytes | None:
        with storing(PublishingError, f"{self.where}/{name}"):
            return read(self._root / name)


def _stamp(size: int, time_ns: int) -> str:
    return f"{size}-{time_ns}"


def _tag(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
