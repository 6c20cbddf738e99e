"""What the last build made of the feed, and from what: so that the next makes only what changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from nashra.errors import FeedError
from nashra.guarding import too_many
from nashra.store import read, sha256, storing, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from nashra.settings import Show
    from nashra.station import Station

_FILE = "feed.json"


@dataclass(frozen=True, slots=True)
class Memo:
    """What the last build made, and from what.

    `files` are those of `feed/` with their bytes, `made` the key and the files of each episode by slug,
    `documents` the key of each archive, `lists` the fingerprint of each page that lists episodes,
    `strands` the key and the files of each strand by name, `feeds` what pages tell of all feeds.
    """

    key: str = ""
    files: dict[str, int] = field(default_factory=dict)
    made: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    strands: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    feeds: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What an update finds: the memo, files `lost` since, episodes that were `remade`, the feeds to name."""

    memo: Memo
    lost: frozenset[str]
    remade: frozenset[str]
    feeds: tuple[Show, ...]

    @property
    def told(self) -> str:
        """What the pages tell of all feeds."""
        return sha256(repr(self.feeds))

    @property
    def lists(self) -> dict[str, str]:
        """The marks of the pages that list episodes, if they may stay: none when there are other feeds."""
        return self._there(self.memo.lists) if self.told == self.memo.feeds else {}

    @property
    def documents(self) -> dict[str, str]:
        """The keys of the archives that may stay."""
        return self._there(self.memo.documents)

    def _there(self, marks: Mapping[str, str]) -> dict[str, str]:
        return {file: mark for file, mark in marks.items() if file in self.memo.files.keys() - self.lost}


def check_gone(memo: Memo, slugs: AbstractSet[str]) -> None:
    """Refuse to let much of the feed go at once, `slugs` being what is left; raises FeedError."""
    gone = memo.made.keys() - slugs
    if too_many(len(gone), len(memo.made)):
        what = (
            f"{len(gone)} of {len(memo.made)} episodes would leave the feed at once: their articles are gone"
        )
        then = "look whether articles/ is whole; if it is, run `nashra prune --force`, then build again"
        raise FeedError(what, where="articles", then=then)


def let_go(station: Station, slugs: AbstractSet[str]) -> frozenset[str]:
    """Let all but these episodes leave the feed with its next build, however many; return which will.

    Raises FeedError.
    """
    memo = remembered(station)
    gone = frozenset(memo.made.keys() - slugs)
    if gone:
        kept = {slug: made for slug, made in memo.made.items() if slug not in gone}
        with storing(FeedError, station.cache.name):
            keep(station, replace(memo, made=kept))
    return gone


def files(station: Station) -> frozenset[str]:
    """Return the files of `feed/` that its last build made and its feed names; none when nobody knows."""
    return frozenset(remembered(station).files)


def remembered(station: Station) -> Memo:
    """Return what the last build made and from what; empty when nobody knows."""
    try:
        return msgspec.json.decode(read(station.cache / _FILE) or b"{}", type=Memo)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return Memo()


def keep(station: Station, memo: Memo) -> None:
    """Note what a build made; raises OSError. Losing it costs only time."""
    write(station.cache / _FILE, msgspec.json.encode(memo), durable=False)
