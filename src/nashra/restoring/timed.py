"""Chapters and sentences of an episode out of the JSON files that stand beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nashra.feed.plain import plain
from nashra.model import RATE, Cue, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.model import Script

LONGEST_S = 24 * 3600


def frames(seconds: float) -> int:
    """Return the PCM frame that is told as so many seconds: the first that rounds down to the same ms.

    >>> [1000 * frames(ms / 1000) // RATE for ms in (0, 1, 999, 1001, 65_432)]
    [0, 1, 999, 1001, 65432]
    """
    if not 0 <= seconds <= LONGEST_S:
        raise ValueError("is no time in an episode")
    return -(-round(seconds * 1000) * RATE // 1000)


def marks(raw: bytes) -> tuple[Mark, ...]:
    """Return the chapters that a chapters file tells; raises ValueError for one that is none."""
    return tuple(
        Mark(str(each["title"]), frames(each["startTime"]), frames(each["endTime"]))
        for each in _rows(raw, "chapters")
    )


def cues(raw: bytes, chapters: Sequence[Mark]) -> tuple[Cue, ...]:
    """Return the sentences that a transcript tells; raises ValueError for one that is none.

    It does not tell what each is: before the first chapter's sentences is the opening, what says a chapter's
    title is a heading, and each chapter begins a paragraph.
    """
    found: list[Cue] = []
    titles = {plain(mark.title).rstrip(".") for mark in chapters[1:]}
    first = chapters[1].start if len(chapters) > 1 else 0
    last = chapters[-1].end if chapters else 0
    new = True
    for each in _rows(raw, "segments"):
        start, end, text = frames(each["startTime"]), frames(each["endTime"]), str(each["body"])
        around = "opening" if start < first else "closing" if start >= last > 0 else ""
        heading = text.rstrip(".") in titles
        role = around or ("heading" if heading else "sentence")
        words = tuple(frames(word["startTime"]) - start for word in each.get("words", ()))
        begins = any(mark.start <= start < mark.end for mark in chapters) and new
        found.append(Cue(start, end, role, text, new_paragraph=role == "sentence" and begins, words=words))
        new = heading or (new and role != "sentence") or any(abs(mark.end - end) < RATE for mark in chapters)
    return tuple(found)


def as_written(found: Sequence[Cue], script: Script) -> tuple[Cue, ...] | None:
    """Return the sentences as a script writes them, with role and paragraph; None if it says other things."""
    lines = [line for chapter in script.chapters for line in chapter.utterances]
    said = [line for line in lines if plain(line.text)]
    if [plain(line.text) for line in said] != [cue.text for cue in found] or len(said) != len(lines):
        return None
    return tuple(
        replace(cue, role=line.role, text=line.text, new_paragraph=line.new_paragraph)
        for cue, line in zip(found, said, strict=True)
    )


def _rows(raw: bytes, name: str) -> list[dict[str, Any]]:
    try:
        rows = json.loads(raw)[name]
        if not all(isinstance(each["startTime"], int | float) for each in rows):
            raise ValueError("has no times")
    except (KeyError, TypeError) as broken:
        raise ValueError("is not as Nashra writes it") from broken
    return list(rows)
