"""Finished work, kept by content: in a folder that may be deleted, and perhaps on a shelf behind it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 a field of Kept, resolved by whoever asks for its hints
from typing import Any, Protocol

from nashra.errors import AudioError
from nashra.store import own_folder, read, sha256, storing, write


class Behind(Protocol):
    """A second shelf behind the one on this disk, which others share: entries by relative name.

    It never fails: what cannot be had of it is absent, what it cannot take is dropped (`shelves.Shared`).
    """

    def get(self, name: str) -> bytes | None:
        """Return the bytes under a name, None when there are none, or none can be had now."""

    def put(self, name: str, data: bytes) -> None:
        """Leave bytes under a name, if there are none."""

    def remove(self, name: str) -> None:
        """Remove what is under a name: it was found broken."""

    def __contains__(self, name: object) -> bool:
        """Say whether there is something under a name."""


def opened(entry: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Return header and bytes of an entry as `Kept` writes it, None when it is not whole."""
    head, line_end, data = entry.partition(b"\n")
    try:
        header = json.loads(head)
    except ValueError:
        return None
    if not line_end or not isinstance(header, dict) or header.get("sha256") != sha256(data):
        return None
    return header, data


@dataclass(frozen=True, slots=True)
class Kept:
    """Things made once and kept by content, in a folder that may be deleted at any time.

    An entry is a line of JSON and the bytes behind it, under a key that is a hash of all it was made
    from. One that is not whole counts as absent: it is made again. What is not in the folder is looked for
    on the shelf `behind` it, and then kept in the folder too; what is put goes to both.
    """

    folder: Path
    suffix: str
    behind: Behind | None = None

    def __contains__(self, key: object) -> bool:
        """Say whether something is kept under the key, without looking whether it is whole."""
        if self._path(str(key)).is_file():
            return True
        return self.behind is not None and self._name(str(key)) in self.behind

    def get(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        """Return the header and the bytes kept under the key, or None."""
        try:
            found = opened(read(self._path(key)) or b"")
        except OSError:
            found = None
        return found if found or self.behind is None else self._brought(key, self.behind)

    def put(self, key: str, header: dict[str, Any], data: bytes) -> None:
        """Keep a header and its bytes under the key; raises AudioError when the disk refuses."""
        head = json.dumps(header | {"sha256": sha256(data)}, ensure_ascii=False)
        path, entry = self._path(key), head.encode() + b"\n" + data
        with storing(AudioError, str(self.folder)):
            if path.is_dir():
                import shutil  # noqa: PLC0415 it hardly ever happens

                shutil.rmtree(path)  # nobody but a damaged disk or a prank makes one of that name
            own_folder(path.parent)
            write(path, entry, durable=False, by_way_of=self.folder)
        if self.behind is not None:
            self.behind.put(self._name(key), entry)

    def _brought(self, key: str, behind: Behind) -> tuple[dict[str, Any], bytes] | None:
        entry = behind.get(self._name(key))
        found = opened(entry) if entry else None
        if entry and found:
            with suppress(OSError):  # a full disk: what was brought is used all the same
                write(self._path(key), entry, durable=False, by_way_of=self.folder)
        elif entry:
            behind.remove(self._name(key))  # or nobody would ever put it there whole
        return found

    def _name(self, key: str) -> str:
        return f"{self.folder.name}/{key[:2]}/{key}.{self.suffix}"

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.{self.suffix}"


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where a station keeps what it made: its own hidden folder, and perhaps a shelf behind that."""

    folder: Path
    behind: Behind | None = None

    def kept(self, name: str, suffix: str) -> Kept:
        """Return the shelf of that name."""
        return Kept(self.folder / name, suffix, self.behind)


def shelf(where: Path | Shelves, name: str, suffix: str) -> Kept:
    """Return the shelf of that name in a folder, or in one with another behind it."""
    return where.kept(name, suffix) if isinstance(where, Shelves) else Kept(where / name, suffix)
