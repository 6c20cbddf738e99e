"""The text itself: questions, headings, and what stands under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles import headings as cues
from nashra.articles.blocks import bare
from nashra.articles.sorting import TERMINAL
from nashra.articles.titles import same_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.articles.sorting import Sorting

_QUESTION = pattern(r"[؟?][»”\"')\]*\s]*\Z")
_LONGEST_HEADING = 60
_LONGEST_QUOTATION = 120
_LONGEST_QUESTION = 260
_FEW_QUESTIONS = 2
"""So many questions can be headings of a text; more of them are an interview."""


def questions(sorting: Sorting) -> None:
    """Find an interviewer's questions: lines that are one, starred or bold, or more than a few of them."""
    asked = [
        place
        for place in sorting.open()
        if not sorting.blocks[place].level
        and len(sorting.blocks[place].text) <= _LONGEST_QUESTION
        and _QUESTION.search(sorting.blocks[place].text)
        and not re.search(r"[.؛]\s", sorting.blocks[place].text)
    ]
    if len(asked) > _FEW_QUESTIONS:
        sorting.roles.update(dict.fromkeys(asked, ("question", "one of an interview's questions")))


def headings(sorting: Sorting) -> None:
    """Find the headings: marked ones, and unmarked ones by their cues where the writer marked none."""
    places = sorting.open()
    marks = {place for place in places if sorting.blocks[place].level and _heads(sorting, place, places)}
    last_text = max(set(places) - marks, default=-1)
    for place in sorted(marks):
        if not sorting.marked and place > last_text:
            sorting.roles[place] = ("dropped", "a heading with nothing below it")
            continue
        sorting.roles[place] = ("heading", f"marked, level {sorting.blocks[place].level}")
    if sorting.marked or (marks and not sorting.facts.url):
        return
    # Questions stand between answers as paragraphs do.
    lines = [
        place
        for place in range(len(sorting.blocks))
        if sorting.roles.get(place, ("heading",))[0] in {"heading", "question"}
    ]
    for at, verdict in cues.verdicts([sorting.blocks[place] for place in lines]).items():
        if lines[at] not in sorting.roles and verdict.heading:
            sorting.roles[lines[at]] = ("heading", str(verdict))


def _heads(sorting: Sorting, place: int, places: Sequence[int]) -> bool:
    """Say whether a marked heading is one; pages set decks and loud quotations in h2, too."""
    block = sorting.blocks[place]
    if sorting.marked:
        return True
    text = bare(block.text)
    deck = place == places[0] and (len(text) > _LONGEST_HEADING or same_words(text, sorting.facts.summary))
    return not (
        deck or len(text) > _LONGEST_QUOTATION or (len(text) > _LONGEST_HEADING and TERMINAL.search(text))
    )


def the_rest(sorting: Sorting) -> None:
    """Give what is left the role of its place: lead, paragraph, item."""
    under = "lead"
    for place, block in enumerate(sorting.blocks):
        role, _why = sorting.roles.get(place, ("", ""))
        if role == "heading":
            under = "paragraph"
        elif not role:
            sorting.roles[place] = ("item" if block.item else under, "")
