"""The part of an episode that an app may play to people who do not know it yet: the lead."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from nashra.feed.plain import short
from nashra.feed.timing import milliseconds, sections_of
from nashra.model import AROUND, RATE

if TYPE_CHECKING:
    from nashra.model import Episode

SHORTEST, LONGEST = 15 * RATE, 120 * RATE
"""PCM frames that a soundbite may last: the podcast name space's 15 to 120 s."""


class Soundbite(NamedTuple):
    """A part of an episode, in ms, and its title."""

    title: str
    start_ms: int
    length_ms: int


def soundbite(episode: Episode) -> tuple[Soundbite, ...]:
    """Return the lead as a soundbite, ended after a sentence; none where the article is too short for one.

    A lead shorter than 15 s is filled up with the sentences behind it.
    """
    sections = sections_of(episode)
    lead = [cue for paragraph in sections[0][2] for cue in paragraph] if sections else []
    body = [cue for cue in episode.cues if cue.role not in AROUND]
    if not lead:
        return ()
    start, whole = lead[0].start, lead[-1].end
    ends = [cue.end for cue in body if cue.end > start]
    within = list(takewhile(lambda end: end - start <= LONGEST, ends))
    long_enough = [end for end in within if end - start >= SHORTEST]
    if not long_enough:
        return ()
    end = max((end for end in long_enough if end <= whole), default=long_enough[0])
    start_ms = milliseconds(start)
    return (Soundbite(short(episode.title, 128), start_ms, milliseconds(end) - start_ms),)
