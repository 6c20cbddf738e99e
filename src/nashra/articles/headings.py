"""Which unmarked lines are section headings: a table of cues, each with its points.

Arabic news rarely marks its headings, in text files and on pages alike. Four cues do nearly all the
work: a short line, without terminal punctuation, after the end of a sentence, before a paragraph.
The others keep off what looks alike. Measured by `benchmarks/reading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nashra.articles.blocks import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nashra.articles.blocks import Block

ENOUGH = 7
"""Points that make a heading: the end of a sentence before it and a paragraph behind it."""

_VETO = -9

_SHORT = 80
"""Characters: no longer line can be a heading, starred ones included."""

_ENDS_SENTENCE = re.compile(r"[.؟?!…:][»”\"')\]]*\Z|[»”\")]\Z")
_TERMINAL = re.compile(r"[.،؛…,;][»”\"')\]]*\Z")
_ORDINAL = re.compile(
    r"(?:ال)?(?:أول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي عشر|ثاني عشر|حادية عشرة|ثانية عشرة)[اةى]?ا?"
    r"\s*[:\-–.]*\Z"
)
_ADDRESS = re.compile(r"https?://|www\.|@|\d{5}")
_BULLET = re.compile(r"(?:[*](?![*])|[●•▪◦■□►◄]+)\s*|[-–—]+\s")
_DASHED = re.compile(r"[-–—]+\s")
_NUMBERED = re.compile(r"[(\[]?[\d٠-٩]{1,2}\s*[-–.)\]/]+\s*(?=\D)")
_STARRED = re.compile(r"\s*(?:\*+|[•●]+)\s*(?=\S)")
_COMMA = re.compile("[،,]")
# Verbs that begin a report («أكد الوزير…»); a heading is a nominal sentence.
_REPORTS = frozenset(
    verb + ending
    for verb in (
        "قال", "أكد", "أضاف", "أوضح", "أشار", "أعلن", "ذكر", "كشف", "صرح", "شدد", "اعتبر", "نفى", "دعا",
        "طالب", "حذر", "أفاد", "تابع", "بين", "لفت", "نوه", "أبرز", "وصف", "استطرد", "زاد", "ختم",
    )
    for ending in ("", "ت", "وا")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set: whether its paragraphs end in stops, how many of its lines are short."""

    stops: bool
    broken: bool


@dataclass(frozen=True, slots=True)
class Around:
    """A short line between its neighbours, all bare; `""` stands beyond both ends of the text.

    `marked` says that it was starred or bold, `item` that it is one of a list. `run` is its place among
    short lines: `alone` (or one of two), `first`, `last` or `inside`.
    """

    line: str
    marked: bool
    item: bool
    run: str
    before: str
    before_before: str
    under_heading: bool
    after: str
    after_after: str
    after_item: bool
    layout: Layout

    @property
    def words(self) -> int:
        """How many words the line has."""
        return self.line.count(" ") + 1


class Cue(NamedTuple):
    """A name for `--explain`, the points it gives or takes, and when it holds."""

    name: str
    points: int
    holds: Callable[[Around], object]


class Verdict(NamedTuple):
    """Whether a line is a heading, and the cues that said so."""

    heading: bool
    cues: tuple[Cue, ...]

    def __str__(self) -> str:
        """Return the sum as a person adds it up: «after a sentence +3, before a paragraph +4 = 7»."""
        parts = ", ".join(f"{cue.name} {cue.points:+d}" for cue in self.cues)
        return f"{parts} = {sum(cue.points for cue in self.cues)}"


def _long(it: Around) -> bool:
    most, words = (80, 13) if it.marked else (60, 10)
    return len(it.line) > most or it.words > words


def _after_sentence(it: Around) -> object:
    if not it.layout.stops and len(it.before) >= 120:
        return True
    ended = _ENDS_SENTENCE.search
    kicker = len(it.before) <= _SHORT and ended(it.before_before)
    return ended(it.before) or it.under_heading or kicker


def _before_paragraph(it: Around) -> object:
    enough = 120 if it.layout.broken else 80
    opening = len(it.after) >= max(45, 2.5 * len(it.line)) and _ENDS_SENTENCE.search(it.after)
    stacked = len(it.after_after) >= enough and min(it.words, it.after.count(" ") + 1) <= 3
    if _TERMINAL.search(it.after):
        # A sentence a line: «وقال د.» is cut from its own sentence.
        stacked = it.after.endswith(".") and len(it.after_after) >= enough
    return len(it.after) >= enough or opening or stacked


def _between_paragraphs(it: Around) -> bool:
    """Say whether the page's layout dropped a heading into the middle of a sentence."""
    return it.words <= 3 and len(it.before) >= 120 and len(it.after) >= 120 and not _after_sentence(it)


CUES = (
    Cue("too long", _VETO, _long),
    Cue("no word", _VETO, lambda it: not re.search(r"[^\W\d_]{2}", it.line)),
    Cue("ends like a sentence", _VETO, lambda it: _TERMINAL.search(it.line)),
    Cue("a question", _VETO, lambda it: it.line.endswith(("؟", "?"))),
    Cue("first or last line", _VETO, lambda it: not (it.before and it.after)),
    Cue("an address or a long number", _VETO, lambda it: _ADDRESS.search(it.line)),
    Cue("only an ordinal", _VETO, lambda it: _ORDINAL.match(it.line)),
    Cue(
        "leads into what follows",
        _VETO,
        lambda it: it.line.endswith(":") and (it.words > 4 or _COMMA.search(it.line)),
    ),
    Cue(
        "begins with a verb of report",
        _VETO,
        lambda it: it.words > 3 and it.line.partition(" ")[0].removeprefix("و") in _REPORTS,
    ),
    Cue("begins with and", _VETO, lambda it: it.words > 4 and it.line.startswith("و")),
    Cue("among short lines", _VETO, lambda it: it.run == "inside" or (it.run == "first" and not it.after_item)),
    Cue("an item of a list", _VETO, lambda it: it.item),
    Cue("an exclamation", _VETO, lambda it: it.line.endswith("!!")),
    Cue("long as a caption", -1, lambda it: it.words >= 9 and not it.marked),
    Cue("starred or bold", 1, lambda it: it.marked),
    Cue("after a sentence", 3, _after_sentence),
    Cue("a few words between paragraphs", 3, _between_paragraphs),
    Cue("before a paragraph", 4, _before_paragraph),
    Cue("before a list", 4, lambda it: it.after_item and len(it.line) <= 40),
)
"""What speaks for a heading and against it; a veto is more than all the rest can give."""


def verdicts(blocks: Sequence[Block]) -> dict[int, Verdict]:
    """Return what the cues say of each short line, by its place among the blocks.

    Lines without a word (`***`) are no neighbours: leave them out, and what else is not read.
    """
    lines = [bare(block.text) for block in blocks]
    short = [len(line) <= _SHORT for line in lines]
    running = [brief and not _listed(blocks, lines, place) for place, brief in enumerate(short)]
    layout = _layout(lines)
    found: dict[int, Verdict] = {}
    for place, line in enumerate(lines):
        if not short[place] or blocks[place].level:
            continue
        it = _around(blocks, lines, running, place, layout, found)
        cues = tuple(cue for cue in CUES if cue.holds(it))
        found[place] = Verdict(sum(cue.points for cue in cues) >= ENOUGH, cues)
    return found


def _around(
    blocks: Sequence[Block],
    lines: Sequence[str],
    short: Sequence[bool],
    place: int,
    layout: Layout,
    found: dict[int, Verdict],
) -> Around:
    def at(where: int) -> str:
        return lines[where] if 0 <= where < len(lines) else ""

    line, after = lines[place], at(place + 1)
    starred = _STARRED.match(line)
    numbered = _NUMBERED.match(line)
    if numbered and len(after) >= _SHORT and not (_NUMBERED.match(at(place - 1)) or _NUMBERED.match(after)):
        line, numbered = line[numbered.end() :], None
    if starred:
        line = line[starred.end() :].strip("* ")
    return Around(
        line=line,
        marked=blocks[place].bold or bool(starred),
        item=(blocks[place].item and not starred) or bool(numbered or _DASHED.match(line)),
        run=_run(short, place),
        before=at(place - 1),
        before_before=at(place - 2),
        under_heading=bool((seen := found.get(place - 1)) and seen.heading),
        after=after,
        after_after=at(place + 2),
        after_item=_listed(blocks, lines, place + 1),
        layout=layout,
    )


def _listed(blocks: Sequence[Block], lines: Sequence[str], place: int) -> bool:
    if not 0 <= place < len(lines):
        return False
    return blocks[place].item or bool(_NUMBERED.match(lines[place]) or _BULLET.match(lines[place]))


def _run(short: Sequence[bool], place: int) -> str:
    first = last = place
    while first > 0 and short[first - 1]:
        first -= 1
    while last + 1 < len(short) and short[last + 1]:
        last += 1
    if last - first < 2:
        return "alone"
    return "last" if place == last else "first" if place == first else "inside"


def _layout(lines: Sequence[str]) -> Layout:
    long = [line for line in lines if len(line) > _SHORT]
    ended = sum(bool(_ENDS_SENTENCE.search(line)) for line in long)
    return Layout(stops=2 * ended >= len(long), broken=len(lines) - len(long) > 0.6 * len(lines))
