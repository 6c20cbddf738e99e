"""Every station below a folder: an agency's shows, each a station of its own."""

from __future__ import annotations

import os
from pathlib import Path

from nashra.configuration import FILE
from nashra.errors import ConfigurationError
from nashra.store import storing

_OWN = frozenset(("articles", "audio", "feed", "sounds", "templates"))
"""Folders of a station in which no other station is looked for: an article's folder may be large."""


def below(folder: Path) -> tuple[Path, ...]:
    """Return the folders with a `nashra.toml`, `folder` itself among them, at any depth, in order of name.

    Hidden folders are left out, and links are not followed: a link upwards would never end. Raises
    ConfigurationError when there is none.
    """
    found = []
    with storing(ConfigurationError, str(folder)):
        for here, folders, files in os.walk(folder, onerror=_refuse):
            is_station = FILE in files
            if is_station:
                found.append(Path(here))
            own = _OWN if is_station else frozenset[str]()
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in own)
    if not found:
        then = "make one with `nashra init DIR`, or name another folder"
        raise ConfigurationError("there is no station in it or below", where=str(folder), then=then)
    return tuple(sorted(found))


def _refuse(refused: OSError) -> None:
    raise refused
