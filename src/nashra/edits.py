"""When something was edited, and has come to rest: what `nashra watch` builds on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.configuration import FILE, settings
from nashra.errors import NashraError
from nashra.folders import newest, stamps
from nashra.settings import SOUND_FILES
from nashra.station import LEXICON
from nashra.store import read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    State = dict[str, tuple[int, int]]
    """Size and time (ns) of every file that a build reads, by path."""

FOLDERS = ("articles", "templates", "sounds")

# What editors leave beside the file for a moment: .harbour.txt.swp, #harbour.txt#, harbour.txt~, 4913.
_BESIDE = re.compile(r"(.*/)?([.#][^/]*|[^/]*~|4913|[^/]*\.(swp|swx|tmp|part|crswap))")


class Edits:
    """What a build of the station in a folder reads, as its files stand now."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._named: tuple[str, ...] = ()
        self._read = -1

    def state(self) -> State:
        """Return sizes and times of what a build reads: settings, lexicon, articles, templates, sounds.

        A folder that vanishes while it is read, as when one is renamed, is read anew the next time.
        """
        found = {name: (0, self._time(name)) for name in (FILE, LEXICON)}
        if found[FILE][1] != self._read:
            self._named, self._read = self._named_files(), found[FILE][1]
        found |= {name: (0, self._time(name)) for name in self._named}
        for folder in FOLDERS:
            try:
                for name, size, time in stamps(self._root / folder):
                    if not _BESIDE.fullmatch(name):
                        found[f"{folder}/{name}"] = (size, time)
            except OSError:
                found[folder] = (0, -1)
        return found

    def _time(self, name: str) -> int:
        try:
            return newest(self._root / name)
        except OSError:
            return -1

    def _named_files(self) -> tuple[str, ...]:
        """Return the files that the settings name; while those are broken, those of before."""
        try:
            said = settings(read(self._root / FILE) or b"")
        except (NashraError, OSError):
            return self._named
        sounds = (getattr(said.sound, key) for key in SOUND_FILES)
        return tuple(filter(None, (said.show.cover, *sounds)))


async def follow(
    look: Callable[[], State], build: Callable[[], Awaitable[None]], pause: Callable[[], Awaitable[None]]
) -> None:
    """Build now, and each time that something changed and then stayed as it is for one pause; endlessly.

    Editors save in pieces, and a folder is unpacked file by file: a burst of changes is one build. What is
    saved while a build runs is built after it.
    """
    built: State | None = None
    before = look()
    while True:
        now = look()
        if now == before and now != built:
            built = now
            await build()
        else:
            await pause()
        before = now
