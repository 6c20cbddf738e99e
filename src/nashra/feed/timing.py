"""When what is said: an episode's cues as the sections and paragraphs that people read."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from nashra.feed.plain import plain
from nashra.model import AROUND, RATE, Cue, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.model import Episode

Paragraph = tuple[Cue, ...]
TimedSection = tuple[str, float, tuple[Paragraph, ...]]


def clock(frames: int) -> str:
    """Return a time in PCM frames as people write it, in whole seconds begun.

    >>> clock(0), clock(65 * RATE + RATE - 1), clock(3725 * RATE)
    ('0:00', '1:05', '1:02:05')
    """
    minutes, second = divmod(frames // RATE, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


class TimedWord(NamedTuple):
    """A word of a cue's text, and the PCM frames of the track at which it begins and ends."""

    text: str
    start: int
    end: int


def timed_words(cue: Cue) -> tuple[TimedWord, ...]:
    """Return the words of a cue (what white space parts) with their times; empty when nobody knows them.

    They are `plain`; a word of nothing but what harms is an empty one.

    >>> timed_words(Cue(100, 900, "sentence", "خبر عاجل.", words=(0, 300)))[1]
    TimedWord(text='عاجل.', start=400, end=900)
    >>> timed_words(Cue(100, 900, "sentence", "خبر عاجل."))
    ()
    """
    texts = cue.text.split()
    if len(texts) != len(cue.words):
        return ()
    clean = plain(cue.text).split()  # one look for all words: a catalogue has millions
    texts = clean if len(clean) == len(texts) else [plain(text) for text in texts]
    starts = [cue.start + offset for offset in cue.words]
    return tuple(map(TimedWord, texts, starts, [*starts[1:], cue.end]))


def milliseconds(frames: int) -> int:
    """Return a time in PCM frames in whole ms begun, as ID3, JSON and `psc:` tell it.

    >>> milliseconds(RATE), milliseconds(RATE - 1)
    (1000, 999)
    """
    return 1000 * frames // RATE


def timestamp(ms: int, point: str = ".") -> str:
    """Return a time in ms as WebVTT and `psc:` write it; SRT has another `point`.

    >>> timestamp(3_725_042), timestamp(999, ",")
    ('01:02:05.042', '00:00:00,999')
    """
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def sections_of(episode: Episode) -> tuple[TimedSection, ...]:
    """Return the article's text as (title, start in seconds, paragraphs), a paragraph being its cues.

    The lead, the first chapter with sentences and no heading, has an empty title, as in an article.
    A chapter without sentences or heading (opening, closing) is no section. A cue between chapters
    belongs to the one before it, so that no sentence is lost.
    """
    starts = [mark.start for mark in episode.chapters]
    held: dict[int, list[Cue]] = {}
    for cue in episode.cues:
        if cue.role not in AROUND:
            held.setdefault(bisect_right(starts, cue.start) - 1, []).append(cue)
    lead = next((index for index, cues in held.items() if not _headed(cues)), None)
    return tuple(
        (
            "" if index in (lead, -1) else episode.chapters[index].title,
            seconds(starts[index]) if index >= 0 else 0.0,
            paragraphs_of(cues),
        )
        for index, cues in held.items()
    )


def paragraphs_of(cues: Iterable[Cue]) -> tuple[Paragraph, ...]:
    """Return the cues in paragraphs, without headings; each `new_paragraph` begins one."""
    paragraphs: list[list[Cue]] = []
    for cue in cues:
        if cue.role == "heading":
            continue
        if cue.new_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(cue)
    return tuple(tuple(paragraph) for paragraph in paragraphs)


def _headed(cues: Iterable[Cue]) -> bool:
    return any(cue.role == "heading" for cue in cues)
