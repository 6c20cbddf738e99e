"""Blocks to an article's parts: every block gets one role, step by step, and none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.patterns import pattern
from nashra.articles import arranging, bylines, framing, leaving_out
from nashra.articles.blocks import Block, Facts, bare
from nashra.articles.decoding import clean
from nashra.articles.sorting import Sorting, merged
from nashra.articles.titles import derived_title
from nashra.model import Line, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

_NO_FACTS = Facts()
_MARKER = pattern(r"\s*(?:[*•●▪◦■□►◄]+)\s*(?=\S)")
_HALF = pattern(
    r"(?:\A|\s)(?:أن|إن|ان|في|من|إلى|الى|على|عن|التي|الذي|الذين|قال|وقال|وأن|وإن|جاء في|وجاء في)\Z"
)

STEPS: tuple[Callable[[Sorting], None], ...] = (
    leaving_out.marked,
    leaving_out.junk_lines,
    leaving_out.below_the_text,
    framing.title,
    leaving_out.name_of_site,
    framing.byline,
    framing.signature,
    arranging.questions,
    arranging.headings,
    arranging.the_rest,
)
"""How blocks get their roles; an earlier step's word stands."""

FINISHED = (
    leaving_out.marked,
    framing.title,
    arranging.questions,
    arranging.headings,
    arranging.the_rest,
)
"""The steps for a text that somebody set for reading."""


class Parts(NamedTuple):
    """An article's text by role, and the role of each line; what was not found is empty.

    `derived` marks a title of ours.
    """

    title: str
    derived: bool
    byline: bylines.Byline
    date: datetime | None
    lead: Section
    sections: tuple[Section, ...]
    questions: tuple[str, ...]
    lines: tuple[Line, ...]


def split(
    blocks: Sequence[Block],
    title: str = "",
    facts: Facts = _NO_FACTS,
    *,
    marked: bool = False,
    finished: bool = False,
) -> Parts:
    """Return the blocks by role; a `title` of the writer's is never overruled.

    With `marked`, only headings that the writer marked are headings; so they are where there is one
    below the title. A `finished` text is one that somebody set for reading: nothing is cut from it.
    Without any title, one is derived from the lead's first clause.
    """
    sorting = Sorting(list(blocks) if finished else _joined(blocks), facts, title, marked or finished, {})
    for step in FINISHED if finished else STEPS:
        step(sorting)
    return _parts(sorting, run_in=not finished)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with those joined that a page broke in mid-sentence: «يذكر أن», then the rest."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if (
            before
            and not (before.level or before.drop or block.level or block.drop or block.item)
            and len(block.text) > len(before.text)
            and _HALF.search(bare(before.text))
        ):
            found[-1] = _joined_block(before, block)
        else:
            found.append(block)
    return found


def _joined_block(before: Block, block: Block) -> Block:
    return Block(f"{before.text} {block.text}", before.line, bold=before.bold and block.bold)


def _parts(sorting: Sorting, *, run_in: bool) -> Parts:
    byline = sorting.byline
    lines: list[Line] = []
    parts: list[tuple[str, list[str]]] = [("", [])]
    questions: list[str] = []
    for place, block in enumerate(sorting.blocks):
        role, why = sorting.roles[place]
        text = clean(block.text)
        if run_in and role == "lead" and not parts[0][1]:
            head = bylines.run_in(text)
            if head:
                byline = merged(byline, head.byline)
                lines.append(Line(head.cut, block.line, "byline", "the head of the first paragraph"))
                text = head.rest
        if role in {"lead", "paragraph", "question", "item", "heading"}:
            text = _MARKER.sub("", text, count=1).strip("*_ ") if _MARKER.match(text) else text
        lines.append(Line(text, block.line, role, why))
        if role == "heading":
            parts.append((text, []))
        elif role in {"lead", "paragraph", "question", "item"}:
            parts[-1][1].append(text)
            if role == "question":
                questions.append(text)
    lead, *sections = (Section(head, tuple(paragraphs)) for head, paragraphs in parts)
    given = " ".join(clean(sorting.title or sorting.found_title or sorting.facts.title).split())
    return Parts(
        given or derived_title((lead, *sections)),
        not given,
        byline,
        sorting.date,
        lead,
        tuple(sections),
        tuple(questions),
        tuple(lines),
    )
