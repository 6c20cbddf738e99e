"""In which turn files of `feed/` take their places, and go: no link is ever dead, whatever stops a build."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import groupby
from typing import TYPE_CHECKING

from nashra import redirects, strands
from nashra.store import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nashra.station import Station

OWNED = (
    *("archive-*.html", "episodes/*.html", "embed/*.html", "oembed/*.json", "feed-*.xml", "feeds.opml"),
    redirects.FILE,
)
"""Files of `feed/` that go when what they were made from does."""


_TURNS: tuple[str | tuple[str, ...], ...] = (
    "assets/",
    ("chapters/", "transcripts/"),
    "oembed/",
    "episodes/",
    "embed/",
)


def turn(name: str) -> tuple[int, str]:
    """Return when a page takes its place: behind what it links to, lest a stopped build leave dead links.

    They go in the opposite order.
    """
    turn = next((turn for turn, folder in enumerate(_TURNS) if name.startswith(folder)), len(_TURNS))
    names_others = turn == len(_TURNS) and name.endswith(".html") and "archive-" not in name
    return turn + names_others, name


def _is_stale(name: str, keys: Mapping[str, str], known: Iterable[str]) -> bool:
    """Say whether a file of an earlier build must go; `known` are strands that are or were.

    A page whose article is gone must not stay readable. What stands beside an earlier revision stays, as
    its MP3 does: somebody's app still knows its address.
    """
    from nashra.feed.sides import FOLDERS, slug_of  # noqa: PLC0415

    if any(strands.is_of(name, strand) for strand in known):
        return True
    beside = name.partition("/")[0] in FOLDERS
    return slug_of(name) not in keys if beside else any(fnmatchcase(name, pattern) for pattern in OWNED)


def sweep(station: Station, names: Iterable[str], keys: Mapping[str, str], known: Iterable[str]) -> None:
    """Take away what went with its article or its strand, of files that no build would make now."""
    named = {*known, *(strand.name for strand in station.settings.feed)}
    stale = sorted((name for name in names if _is_stale(name, keys, named)), key=turn, reverse=True)
    for _number, kind in groupby(stale, key=lambda name: turn(name)[0]):
        going = [station.feed / name for name in kind]
        for path in going:
            path.unlink()
        for folder in dict.fromkeys(path.parent for path in going):
            sync_folder(folder)  # else a power cut may bring back what led to the next ones, and not them
