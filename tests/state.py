"""What lies on the disk, for invariants that need two runs: I1 (one generation or the other), I7, I8."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Kept(NamedTuple):
    """A file: bytes, time (ns since 1970), the SHA-256 of its bytes; of a link, of where it leads."""

    bytes: int
    mtime_ns: int
    sha256: str


def state(root: Path) -> dict[str, Kept]:
    """Return every file below a folder by its path; what only saves work (`.nashra/`) is left out."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.startswith(".nashra/") or (path.is_dir() and not path.is_symlink()):
            continue
        data = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        found[name] = Kept(len(data), path.lstat().st_mtime_ns, hashlib.sha256(data).hexdigest())
    return found


def changed(before: Mapping[str, Kept], after: Mapping[str, Kept]) -> set[str]:
    """Return the files that came, went, or are not byte for byte and tick for tick what they were."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def contents(found: Mapping[str, Kept]) -> dict[str, str]:
    """Return the hash of each file, whatever its time: two of these tell one generation from another."""
    return {name: each.sha256 for name, each in found.items()}
