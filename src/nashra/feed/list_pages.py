"""The episodes in lists short enough for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.model import Episode

PER_PAGE = 24
"""Episodes on a full page of the archive: with summaries about 40 KB of HTML."""

FIRST = "index.html"


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list: its file in `feed/`, its number (0: the first), episodes, and its neighbours."""

    file: str
    number: int
    episodes: tuple[Episode, ...]
    newer: str = ""
    older: str = ""

    @property
    def fingerprint(self) -> str:
        """What stands on it: while this and its episodes are the same, so are its bytes."""
        return sha256(self.file, self.newer, self.older, *(episode.slug for episode in self.episodes))


def list_pages(
    episodes: Sequence[Episode], first: str = FIRST, archive: str = "archive"
) -> tuple[ListPage, ...]:
    """Return the pages of the list, the first one first; the episodes come newest first.

    The archive is counted from its oldest episode: `archive-1.html` has the first 25 that there were,
    and a full page never changes when another episode is added. What is left, 1 to 49 episodes,
    stands on the show's first page. `first` is that page's file, `archive` begins the others' names.
    """
    full = max(len(episodes) // PER_PAGE - 1, 0)
    files = [first, *(f"{archive}-{number}.html" for number in range(full, 0, -1)), ""]
    found = []
    end = len(episodes) - full * PER_PAGE
    start = 0
    for place, file in enumerate(files[:-1]):
        newer = files[place - 1] if place else ""
        number = full - place + 1 if place else 0
        found.append(ListPage(file, number, tuple(episodes[start:end]), newer, files[place + 1]))
        start, end = end, end + PER_PAGE
    return tuple(found)
