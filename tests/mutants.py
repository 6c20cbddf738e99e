"""Nashra with a writer that is broken on purpose: a harness that does not catch these is no test.

Run as `python mutants.py MUTANT build …`. The first three are those that other programs of this kind are
built with; the last two lose what was written when the power fails.
"""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING

from nashra import cli, publication, records, store, together
from nashra.building import performing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def _in_place(path: Path, data: bytes, **_how: object) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(data), 4096):
            file.write(data[start : start + 4096])
    return True


def _naive() -> None:
    """Everything is written in place."""

    def named(
        folder: Path, chunks: Iterable[bytes], _size: int, name: Callable[[str], str], *_check: object
    ) -> tuple[str, str]:
        data = b"".join(chunks)
        digest = hashlib.sha256(data).hexdigest()
        _in_place(folder / name(digest), data)
        return name(digest), digest

    performing.write_named = named
    publication.write = records.write = _in_place
    together.Together.write = lambda _self, path, data: _in_place(path, data)


def _feed_first() -> None:
    """Each file in one step, but the sound after the feed that names it."""
    later: list[Callable[[], object]] = []
    atomic, update = performing.write_named, publication.update

    def named(
        folder: Path, chunks: Iterable[bytes], size: int, name: Callable[[str], str], *check: object
    ) -> tuple[str, str]:
        data = b"".join(chunks)
        digest = hashlib.sha256(data).hexdigest()
        later.append(lambda: atomic(folder, iter((data,)), size, name, *check))
        return name(digest), digest

    def feed(*arguments: object, **more: object) -> object:
        written = update(*arguments, **more)
        for write in later:
            write()
        return written

    performing.write_named = named
    publication.update = feed


def _same_name() -> None:
    """Sound first and each file in one step, but another sound under the same name."""
    atomic = performing.write_named

    def named(
        folder: Path, chunks: Iterable[bytes], size: int, name: Callable[[str], str], *check: object
    ) -> tuple[str, str]:
        plain = name("0" * 64)
        found, digest = atomic(folder, chunks, size, name, *check)
        (folder / found).replace(folder / plain)
        return plain, digest

    performing.write_named = named


def _unsynced() -> None:
    """Nothing is asked to be on the disk before the next thing is written."""
    os.fsync = lambda _descriptor: None


def _unsynced_names() -> None:
    """Files are on the disk, their names perhaps not (Litestream #1344)."""
    store.sync_folder = together.sync_folder = lambda _folder: None


MUTANTS = {
    "naive": _naive,
    "feed first": _feed_first,
    "same name": _same_name,
    "no fsync": _unsynced,
    "no fsync of folders": _unsynced_names,
}

if __name__ == "__main__":
    MUTANTS[sys.argv[1]]()
    cli.main(sys.argv[2:])
