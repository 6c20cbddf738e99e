"""The files beside an episode: transcripts and chapters, each named by its content.

A file never changes under its name, so a cache may keep it for ever; an edit makes another name.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from nashra.feed import chapters, transcripts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nashra.model import Episode
    from nashra.settings import Show


class Side(NamedTuple):
    """A file beside an episode: the tag that names it, its media type, its path in `feed/`."""

    tag: str
    media_type: str
    path: str


class _Kind(NamedTuple):
    tag: str
    media_type: str
    folder: str
    suffix: str
    make: Callable[[Show, Episode], bytes]


# What is preferred stands first: apps take the first transcript that they can read.
KINDS = (
    _Kind("transcript", "text/vtt", "transcripts", ".vtt", transcripts.vtt),
    _Kind("transcript", "application/x-subrip", "transcripts", ".srt", transcripts.srt),
    _Kind("transcript", "application/json", "transcripts", ".json", transcripts.as_json),
    _Kind("transcript", "text/html", "transcripts", ".html", transcripts.html),
    _Kind("chapters", "application/json+chapters", "chapters", ".json", chapters.as_json),
)

FOLDERS = tuple(dict.fromkeys(kind.folder for kind in KINDS))
"""The folders of `feed/` that hold nothing but such files."""


def sides(show: Show, episode: Episode) -> dict[Side, bytes]:
    """Return the files beside an episode, in the order of the table."""
    made = {}
    for kind in KINDS:
        data = kind.make(show, episode)
        digest = hashlib.sha256(data).hexdigest()[:12]
        path = f"{kind.folder}/{episode.slug}-{digest}{kind.suffix}"
        made[Side(kind.tag, kind.media_type, path)] = data
    return made


def named(paths: Iterable[str]) -> tuple[Side, ...]:
    """Return the files beside an episode by their paths; other paths are none of them."""
    return tuple(
        Side(kind.tag, kind.media_type, path)
        for path in paths
        for kind in KINDS
        if path.startswith(f"{kind.folder}/") and path.endswith(kind.suffix)
    )


def slug_of(path: str) -> str:
    """Return the slug of the episode that such a file stands beside.

    >>> slug_of("transcripts/oil-prices-0123456789ab.vtt")
    'oil-prices'
    """
    return path.rpartition("/")[2].rpartition("-")[0]
