"""Which unmarked lines are section headings: a table of cues, each with its points.

Arabic news rarely marks its headings, in text files and on pages alike. Four cues do nearly all the
work: a short line, without terminal punctuation, after the end of a sentence, before a paragraph.
The others keep off what looks alike. Measured by `benchmarks/reading`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.patterns import pattern
from nashra.articles import surroundings
from nashra.articles.surroundings import ENDS_SENTENCE, SHORT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nashra.articles.blocks import Block
    from nashra.articles.surroundings import Around

ENOUGH = 7
"""Points that make a heading: the end of a sentence before it and a paragraph behind it."""

_VETO = -9


_TERMINAL = pattern(r"[.،؛…,;][»”\"')\]]*\Z")
_ORDINAL = pattern(
    r"(?:ال)?(?:أول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي عشر|ثاني عشر|حادية عشرة"
    r"|ثانية عشرة)[اةى]?ا?"
    r"\s*[:\-–.]*\Z"
)
_ADDRESS = pattern(r"https?://|www\.|@|\d{5}")
_COMMA = pattern("[،,]")
# Verbs that begin a report («أكد الوزير…»); a heading is a nominal sentence.
_REPORTS = frozenset(
    verb + ending
    for verb in (
        "قال", "أكد", "أضاف", "أوضح", "أشار", "أعلن", "ذكر", "كشف", "صرح", "شدد", "اعتبر", "نفى", "دعا",
        "طالب", "حذر", "أفاد", "تابع", "بين", "لفت", "نوه", "أبرز", "وصف", "استطرد", "زاد", "ختم",
    )
    for ending in ("", "ت", "وا")
)  # fmt: skip


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
    if not it.layout.stops and (len(it.before) >= 100 or it.before_listed):
        return True
    ended = ENDS_SENTENCE.search
    kicker = len(it.before) <= SHORT and ended(it.before_before)
    return ended(it.before) or it.under_heading or kicker


def _before_paragraph(it: Around) -> object:
    enough = 120 if it.layout.broken else 80
    opening = len(it.after) >= max(45, 2.5 * len(it.line)) and ENDS_SENTENCE.search(it.after)
    stacked = len(it.after_after) >= enough and min(it.words, it.after.count(" ") + 1) <= 3
    if _TERMINAL.search(it.after):
        # A sentence a line: «وقال د.» is cut from its own sentence.
        stacked = it.after.endswith(".") and len(it.after_after) >= enough
    return len(it.after) >= enough or opening or (stacked and not it.after_listed)


def _couplet(line: str, other: str) -> bool:
    """Say whether two lines are as long as the halves of a verse: «يا أهل الدار», «من طال به الانتظار»."""
    fewest = min(line.count(" "), other.count(" ")) + 1
    return (
        fewest >= 4
        and len(other) <= 60
        and abs(len(line) - len(other)) <= 0.2 * len(line)
        and not (_TERMINAL.search(other) or ENDS_SENTENCE.search(other))
    )


def _between_paragraphs(it: Around) -> bool:
    """Say whether the page's layout dropped a heading into the middle of a sentence."""
    return it.words <= 3 and len(it.before) >= 100 and len(it.after) >= 100 and not _after_sentence(it)


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
    Cue(
        "among short lines", _VETO, lambda it: it.run == "inside" or (it.run == "first" and not it.after_list)
    ),
    Cue("an item of a list", _VETO, lambda it: it.item),
    Cue("an exclamation", _VETO, lambda it: it.line.endswith("!!")),
    Cue("half of a couplet", _VETO, lambda it: _couplet(it.line, it.before) or _couplet(it.line, it.after)),
    Cue("long as a caption", -1, lambda it: it.words >= 9 and not it.marked),
    Cue("starred or bold", 1, lambda it: it.marked),
    Cue("after a sentence", 3, _after_sentence),
    Cue("a few words between paragraphs", 3, _between_paragraphs),
    Cue("before a paragraph", 4, _before_paragraph),
    Cue("before a list", 4, lambda it: it.after_list and len(it.line) <= 40),
)
"""What speaks for a heading and against it; a veto is more than all the rest can give."""


def verdicts(blocks: Sequence[Block]) -> dict[int, Verdict]:
    """Return what the cues say of each short line, by its place among the blocks.

    Lines without a word (`***`) are no neighbours: leave them out, and what else is not read.
    """
    text = surroundings.of(blocks)
    found: dict[int, Verdict] = {}
    for place, block in enumerate(blocks):
        if len(text.lines[place]) > SHORT or block.level:
            continue
        before = found.get(place - 1)
        it = surroundings.around(text, place, under_heading=bool(before and before.heading))
        cues = tuple(cue for cue in CUES if cue.holds(it))
        found[place] = Verdict(sum(cue.points for cue in cues) >= ENOUGH, cues)
    return found
