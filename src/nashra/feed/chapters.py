"""An episode's chapters, one list for all who tell them: JSON file and `psc:`, as the ID3 tag."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from nashra.feed.plain import plain
from nashra.feed.timing import milliseconds

if TYPE_CHECKING:
    from nashra.model import Episode
    from nashra.settings import Show

VERSION = "1.2.0"
"""Of the podcast name space's JSON chapters (its `jsonChapters.md`)."""


class Chapter(NamedTuple):
    """A chapter as listeners see it, in ms."""

    title: str
    start_ms: int
    end_ms: int


def chapters_of(episode: Episode) -> tuple[Chapter, ...]:
    """Return the chapters in order; times are rounded down to ms, as in the ID3 tag."""
    marks = sorted(episode.chapters, key=lambda mark: mark.start)
    return tuple(
        Chapter(plain(mark.title), milliseconds(mark.start), milliseconds(mark.end)) for mark in marks
    )


def as_json(show: Show, episode: Episode) -> bytes:
    """Return the chapters as JSON 1.2.0, served as `application/json+chapters`."""
    made = {
        "version": VERSION,
        "title": plain(episode.title),
        "podcastName": plain(show.title),
        "chapters": [
            {"startTime": each.start_ms / 1000, "endTime": each.end_ms / 1000, "title": each.title}
            for each in chapters_of(episode)
        ],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
