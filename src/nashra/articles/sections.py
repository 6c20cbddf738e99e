"""Blocks to an article's parts: every block gets one role, step by step, and none is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nashra.articles import bylines, headings, junk, names
from nashra.articles.blocks import Facts, bare
from nashra.articles.credit import Credit, credit
from nashra.articles.titles import derived_title, same_words, words_of
from nashra.model import Line, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from nashra.articles.blocks import Block

_NO_FACTS = Facts()
_WORD = re.compile(r"[^\W\d_]{2}")
_TERMINAL = re.compile(r"[.،؛؟…,;][»”\"')\]]*\s*\Z")
_HEADLINE = re.compile(r"[\w«“\"'(].*[^.،؛؟…,;:!?].{0,2}(?<![.،؛؟…,;:?])")
_STOP = re.compile(r"[.؟?!…][»”\"')\]]*\Z")
_QUESTION = re.compile(r"[؟?][»”\"')\]*\s]*\Z")
_MARKER = re.compile(r"\s*(?:[*•●▪◦■□►◄]+)\s*(?=\S)")
_HALF = re.compile(
    r"(?:\A|\s)(?:أن|إن|ان|في|من|إلى|الى|على|عن|التي|الذي|الذين|قال|وقال|وأن|وإن|جاء في|وجاء في)\Z"
)
_SIGNATURE = re.compile(
    r"\W*(?:بقلم|كتب|كتبت|إعداد|اعداد|ترجمة|تحرير|وحدة التقارير|كاتب|كاتبة|باحث|باحثة|صحفي|صحفية|صحافي|صحافية|إعلامي|إعلامية|أستاذ|أستاذة"
    r"|محام|محامية|أكاديمي|أكاديمية|محلل|ناقد|ناقدة|شاعر|روائي|مدير|عضو|رئيس)(?![ء-ي])"
)
_LONG = 80
"""Characters: from here on a line is a paragraph by its length alone."""
_TOP = 8
"""Lines: so far down a page a date can be the article's own."""
_END = 3
"""Lines: so many at the end may be bylines and dates."""
_LONGEST_SIGNATURE = 60
_LONGEST_HEADING = 60
_LONGEST_HEADLINE = 120
_LONGEST_QUESTION = 260
_SITE_WORDS = 3
_FEW_QUESTIONS = 2
"""So many questions can be headings of a text; more of them are an interview."""


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


@dataclass(slots=True)
class _Sorting:
    """The blocks and their roles so far. Local to one call of `split`; nobody else sees it change."""

    blocks: list[Block]
    facts: Facts
    title: str
    marked: bool
    roles: dict[int, tuple[str, str]]
    byline: bylines.Byline = bylines.Byline()
    date: datetime | None = None
    found_title: str = ""

    def open(self) -> list[int]:
        """Return the places of the blocks that have no role yet."""
        return [place for place in range(len(self.blocks)) if place not in self.roles]


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
    sorting = _Sorting(list(blocks) if finished else _joined(blocks), facts, title, marked or finished, {})
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
    return type(before)(f"{before.text} {block.text}", before.line, bold=before.bold and block.bold)


def _leave_out_marked(sorting: _Sorting) -> None:
    """Give the role `dropped` to what the reader marked, and to rows of stars."""
    for place, block in enumerate(sorting.blocks):
        if block.drop:
            sorting.roles[place] = ("dropped", block.drop)
        elif not _WORD.search(bare(block.text)) and not _has_figures(block.text):
            sorting.roles[place] = ("dropped", "no word in it")


def _leave_out_junk(sorting: _Sorting) -> None:
    """Give the role `dropped` to lines that are not the article's; a date at the top may look like one.

    A heading is the writer's word in Markdown; on a page it heads boxes and comments too.
    """
    places = sorting.open()
    for passed, place in enumerate(places, 1):
        block = sorting.blocks[place]
        if block.level == 1 or (block.level and sorting.marked):
            continue
        rule = junk.rule_for(block.text, len(places) - passed)
        if rule and not (place < _TOP and credit(block.text, sorting.facts.site)):
            sorting.roles[place] = ("dropped", rule)


def _leave_out_tail(sorting: _Sorting) -> None:
    """Drop what stands below the head of a box or of the comments, if no paragraph of the article does."""
    heads = {place: why for place, (role, why) in sorting.roles.items() if role == "dropped"}
    below: list[int] = []
    for place in range(len(sorting.blocks) - 1, -1, -1):
        block = sorting.blocks[place]
        if place not in sorting.roles:
            below.append(place)
        elif heads.get(place) in junk.HEADS and (
            all(len(bare(sorting.blocks[each].text)) <= _LONG and not _TERMINAL.search(sorting.blocks[each].text) for each in below)
            or (block.level and heads[place] == "comments")
        ):
            sorting.roles.update(dict.fromkeys(below, ("dropped", f"below «{heads[place]}»")))
            below = []


def _has_figures(text: str) -> bool:
    """Say whether a line without words is more than an ordinal between stars: a score, a sum."""
    return bool(re.search(r"\d\D+\d|\d{3}", text)) and not re.fullmatch(r"\W*\d{1,3}\W*", text)


def _take_site_name(sorting: _Sorting) -> None:
    """Drop lines above the text that only name the site."""
    name = words_of(sorting.facts.site)
    for place in sorting.open()[:6]:
        text = sorting.blocks[place].text
        if len(text) > _LONG:
            return
        if name and name & words_of(text) and len(text) <= 60 and not credit(text, sorting.facts.site):
            sorting.roles[place] = ("dropped", "name of the site")


def _take_title(sorting: _Sorting) -> None:
    """Find the title among the first lines: a `#`, the page's own, or what looks like a headline."""
    places = sorting.open()
    if not places:
        return
    top = next((place for place in places if sorting.blocks[place].level == 1), None)
    wanted = sorting.title or sorting.facts.title
    for place in places[:6]:
        text = sorting.blocks[place].text
        level = sorting.blocks[place].level
        if wanted and same_words(text, wanted) and (level == 1 or not (level or sorting.marked)):
            sorting.roles[place] = ("title", "the title given" if sorting.title else "the page's title")
            sorting.found_title = text
            return
    if sorting.title:
        return
    if top is None and sorting.facts.title and len(sorting.facts.title.split()) <= _SITE_WORDS:
        # A page that shows its title in an h2, and calls itself by the name of its site.
        top = places[0] if sorting.blocks[places[0]].level and not sorting.marked else None
    if top is not None and not any(
        len(sorting.blocks[place].text) > _LONG for place in places if place < top
    ):
        sorting.roles[top] = ("title", "marked as the title")
        sorting.found_title = sorting.blocks[top].text
    elif not sorting.facts.title and not any(block.level for block in sorting.blocks) and not sorting.marked:
        _take_headline(sorting, places)


def _take_headline(sorting: _Sorting, places: list[int]) -> None:
    """Take a first line that looks like a headline: unpunctuated, before a longer paragraph."""
    said = [
        place
        for place in places[:3]
        if not credit(sorting.blocks[place].text)
    ]
    if len(said) < 2 or said[0] > places[min(1, len(places) - 1)]:
        return
    first, second = (bare(sorting.blocks[place].text) for place in said[:2])
    # Where paragraphs have no stops, a first one is no headline because it has none.
    plausible = len(first) <= _LONG or (len(first) <= _LONGEST_HEADLINE and _STOP.search(second))
    if plausible and _HEADLINE.fullmatch(first) and len(second) >= max(45, len(first)):
        sorting.roles[said[0]] = ("title", "looks like a headline")
        sorting.found_title = sorting.blocks[said[0]].text


def _take_byline(sorting: _Sorting) -> None:
    """Take bylines and dates off the top, those with بقلم and the like behind a deck too."""
    above = True
    places = sorting.open()[:_TOP]
    for place in places:
        block = sorting.blocks[place]
        found = None if block.level else credit(block.text, sorting.facts.site)
        above = above and not block.level and bool(found or len(bare(block.text)) <= _LONG)
        if found and (above or bylines.is_signed(block.text)):
            _take_credit(sorting, place, found, "at the top")
    for place in places:
        near = {sorting.roles.get(other, ("", ""))[0] for other in (place - 1, place + 1)}
        block = sorting.blocks[place]
        if place not in sorting.roles and near & {"byline", "date"} and not block.level and names.is_person(block.text):
            _take_credit(sorting, place, Credit(bylines.Byline(author=bare(block.text))), "beside the date")


def _take_credit(sorting: _Sorting, place: int, found: Credit, where: str) -> None:
    role = "byline" if any(found.byline) else "date"
    sorting.roles[place] = (role, f"a {role} {where}")
    sorting.byline = _merged(sorting.byline, found.byline)
    sorting.date = sorting.date or found.when


def _merged(first: bylines.Byline, second: bylines.Byline) -> bylines.Byline:
    return bylines.Byline(*(a or b for a, b in zip(first, second, strict=True)))


def _take_signature(sorting: _Sorting) -> None:
    """Take a signature and a date off the end: short last lines that name the writer, or only a day."""
    for place in reversed(sorting.open()[2:][-_END:]):
        block = sorting.blocks[place]
        text = bare(block.text)
        if block.level or len(text) > _LONGEST_SIGNATURE or _TERMINAL.search(text):
            return
        found = credit(text, sorting.facts.site)
        if found:
            _take_credit(sorting, place, found, "at the end")
        elif _SIGNATURE.match(text) and len(text.split()) <= 6:
            sorting.roles[place] = ("byline", "a signature at the end")
        else:
            return


def _find_questions(sorting: _Sorting) -> None:
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


def _find_headings(sorting: _Sorting) -> None:
    """Find the headings: marked ones, and unmarked ones by their cues where the writer marked none."""
    places = sorting.open()
    marks = {place for place in places if sorting.blocks[place].level and _heads(sorting, place, places)}
    for place in sorted(marks):
        if not sorting.marked and place >= max(set(places) - marks, default=place):
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
    for at, verdict in headings.verdicts([sorting.blocks[place] for place in lines]).items():
        if lines[at] not in sorting.roles and verdict.heading:
            sorting.roles[lines[at]] = ("heading", str(verdict))


def _heads(sorting: _Sorting, place: int, places: Sequence[int]) -> bool:
    """Say whether a marked heading is one: on a page, h2 is also what a deck or a loud quotation is set in."""
    block = sorting.blocks[place]
    if sorting.marked:
        return True
    text = bare(block.text)
    deck = place == places[0] and (len(text) > _LONGEST_HEADING or same_words(text, sorting.facts.summary))
    return not (deck or len(text) > _LONGEST_HEADLINE or (len(text) > _LONGEST_HEADING and _TERMINAL.search(text)))


def _the_rest(sorting: _Sorting) -> None:
    """Give what is left the role of its place: lead, paragraph, item."""
    under = "lead"
    for place, block in enumerate(sorting.blocks):
        role, _why = sorting.roles.get(place, ("", ""))
        if role == "heading":
            under = "paragraph"
        elif not role:
            sorting.roles[place] = ("item" if block.item else under, "")


STEPS: tuple[Callable[[_Sorting], None], ...] = (
    _leave_out_marked,
    _leave_out_junk,
    _leave_out_tail,
    _take_title,
    _take_site_name,
    _take_byline,
    _take_signature,
    _find_questions,
    _find_headings,
    _the_rest,
)
"""How blocks get their roles; an earlier step's word stands."""


FINISHED = (_leave_out_marked, _take_title, _find_questions, _find_headings, _the_rest)
"""The steps for a text that somebody set for reading."""


def _parts(sorting: _Sorting, *, run_in: bool) -> Parts:
    byline = sorting.byline
    lines: list[Line] = []
    parts: list[tuple[str, list[str]]] = [("", [])]
    questions: list[str] = []
    for place, block in enumerate(sorting.blocks):
        role, why = sorting.roles[place]
        text = block.text
        if run_in and role == "lead" and not parts[0][1]:
            head = bylines.run_in(text)
            if head:
                byline = _merged(byline, head.byline)
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
    given = " ".join((sorting.title or sorting.found_title or sorting.facts.title).split())
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
