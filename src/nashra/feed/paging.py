"""A catalogue that is too long for one document: the newest in `feed.xml`, the rest in archives by month.

An episode's month never changes, so an edit touches the archive that it stands in and no other, and a
new episode none until the newest month leaves the first document. The links are those of RFC 5005:
apps that follow `next` (gPodder, AntennaPod) find every episode.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nashra.model import Episode

STEM = "feed"
"""What the documents of the whole show begin with."""

FIRST = f"{STEM}.xml"
"""The document that listeners subscribe to."""

LIMIT = 1_000_000
"""Bytes that the first document may have: changelog.com's feed was cut down because directories choked."""

ROOMS = (800_000, 600_000, 400_000, 0)
"""Bytes to aim at in it, the next when it came out too large: before it is written, it is weighed roughly."""

ARCHIVE = 400_000
"""Bytes to aim at in an archive; a month that has more is several."""


@dataclass(frozen=True, slots=True)
class Document:
    """A part of the catalogue, newest first; `links` are (relation, file) to the other documents."""

    file: str
    episodes: tuple[Episode, ...]
    links: tuple[tuple[str, str], ...] = ()


def fitted(
    newest_first: Sequence[Episode],
    weigh: Callable[[Episode], int],
    render: Callable[[Document], bytes],
    stem: str = STEM,
) -> tuple[tuple[Document, ...], bytes]:
    """Return the archives, oldest first, and the bytes of a `feed.xml` that is not too long.

    Only if one episode alone is, it stays so.
    """
    for room in ROOMS:
        *archives, first = documents(newest_first, weigh, room, stem)
        data = render(first)
        if len(data) <= LIMIT:
            break
    return tuple(archives), data


def weight(transcript_bytes: int) -> int:
    """Return about how many bytes an episode takes in a document, given those of its HTML transcript.

    Measured on the reference article: 6,245 bytes of transcript, and an item of 9,452 bytes.
    """
    return 4_500 + transcript_bytes


def documents(
    newest_first: Sequence[Episode],
    weigh: Callable[[Episode], int],
    room: int = ROOMS[0],
    stem: str = STEM,
) -> tuple[Document, ...]:
    """Return the documents of a catalogue, oldest archive first and `feed.xml` last (by another `stem`).

    `weigh` tells about how many bytes an episode takes. The first document holds the newest months, or
    parts of a month, for which it has `room` (bytes), and at least one.
    """
    archives = _archives(newest_first, weigh, stem)
    first: list[Episode] = []
    while archives:
        room -= sum(map(weigh, archives[-1].episodes))
        if first and room < 0:
            break
        first += archives.pop().episodes
    return _linked([*archives, Document(f"{stem}.xml", tuple(first))])


def _archives(newest_first: Sequence[Episode], weigh: Callable[[Episode], int], stem: str) -> list[Document]:
    """Return a document for each month, oldest first; a heavy month in parts, filled from its beginning."""
    made = []
    for month, episodes in groupby(reversed(newest_first), _month):
        parts: list[list[Episode]] = [[]]
        weight = 0
        for episode in episodes:
            weight += weigh(episode)
            if parts[-1] and weight > ARCHIVE:
                parts.append([])
                weight = weigh(episode)
            parts[-1].append(episode)
        for number, part in enumerate(parts, 1):
            file = f"{stem}-{month}.xml" if number == 1 else f"{stem}-{month}-{number}.xml"
            made.append(Document(file, tuple(reversed(part))))
    return made


def _month(episode: Episode) -> str:
    return f"{episode.published.astimezone(UTC):%Y-%m}"


def _linked(made: Sequence[Document]) -> tuple[Document, ...]:
    if len(made) == 1:
        return (replace(made[0], links=()),)
    linked = []
    first = made[-1].file
    for place, document in enumerate(made):
        links = [("first", first), ("last", made[0].file)]
        if document.file != first:
            links += [("current", first), ("previous", made[place + 1].file)]
            if made[place + 1].file != first:
                links.append(("next-archive", made[place + 1].file))
        if place:
            links += [("next", made[place - 1].file), ("prev-archive", made[place - 1].file)]
        linked.append(replace(document, links=tuple(links)))
    return tuple(linked)
