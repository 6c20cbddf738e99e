"""Blocks to Article: title, byline, lead, and sections under their headings.

Arabic news rarely marks its headings. Four cues do nearly all the work: a short line, without
terminal punctuation, after the end of a sentence, before a real paragraph (measured on 473
newspaper texts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra.arabic.letters import strip_marks
from nashra.model import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nashra.articles.blocks import Block

_ENDS_SENTENCE = re.compile(r"[.؟!…:][»”\"')\]]*\s*\Z")
_TERMINAL = re.compile(r"[.،؛؟…,;][»”\"')\]]*\s*\Z")
_ORDINAL = re.compile(r"(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)ً?\s*:?\Z")
_NOT_A_HEADING = re.compile(r"https?://|www\.|@|\d{5}")
# Verbs that begin a report («أكد الوزير…»); a heading is a nominal sentence.
_REPORTS = frozenset(
    verb + ending
    for verb in ("قال", "أكد", "أضاف", "أوضح", "أشار", "أعلن", "ذكر", "كشف", "صرح")
    for ending in ("", "ت")
)
_BYLINE = re.compile(r"(?P<outlet>[^–—\-]{2,40}?)\s+[–—-]\s+(?P<author>[^–—\-]{2,40})")
# «كتب على حسابه» is a report; a writer's name begins with no preposition.
_SIGNED = re.compile(
    r"(?:بقلم|كتب|كتبت|إعداد|اعداد)\s*[:/]?\s+(?!(?:على|في|عن|إلى|أن|له|لها)\s)(?P<author>.{2,60})"
)

_DESK = re.compile(r"(?:[ء-ي]\.?\s+[ء-ي]{3,}|متابعة|وكالات|خاص|مراسلة|هيئة التحرير)(?:\s+[ء-ي]+)?")


@dataclass(frozen=True, slots=True)
class Parts:
    """An article's text by role; what was not found is empty. `derived` marks a title of ours."""

    title: str
    derived: bool
    outlet: str
    author: str
    lead: Section
    sections: tuple[Section, ...]


def split(blocks: Sequence[Block], title: str = "") -> Parts:
    """Return the blocks by role; a `title` from front matter is never overruled.

    Every block ends in exactly one role. Without a title in the text, one is derived from the
    lead's first clause.
    """
    marked = any(block.level for block in blocks)
    rest = list(blocks)
    heading = _take_headline(rest, title, marked=marked)
    outlet, author = _take_byline(rest)
    if (outlet or author) and not heading:
        heading = _take_headline(rest, title, marked=marked)
    parts: list[tuple[str, list[str]]] = [("", [])]
    for place, block in enumerate(rest):
        if block.level or (not marked and is_heading(rest, place)):
            parts.append((block.text, []))
        else:
            parts[-1][1].append(block.text)
    lead, *sections = (Section(head, tuple(paragraphs)) for head, paragraphs in parts)
    given = title or heading
    return Parts(given or derived_title((lead, *sections)), not given, outlet, author, lead, tuple(sections))


def _take_byline(rest: list[Block]) -> tuple[str, str]:
    """Take «outlet – author» or «بقلم فلان» off the top; return outlet and author."""
    found = _byline(rest[0].text) if len(rest) > 1 and not rest[0].level else None
    if found is None:
        return "", ""
    rest.pop(0)
    return found.groupdict().get("outlet") or "", found["author"]


def is_credit(line: str) -> bool:
    """Say whether a line by itself, with no article around it, can only be a byline.

    Two names with a dash between them are not enough for that («الرباط - سلا»): one must be that of a
    desk, or of a writer by the initial, as Moroccan newspapers sign.

    >>> [is_credit(line) for line in ("هومبريس – ع ورديني", "بقلم: فلان الفلاني", "الرباط - متابعة")]
    [True, True, True]
    >>> [is_credit(line) for line in ("الرباط - سلا", "كتب رسالة إلى الوزير.", "كتب على حسابه", "")]
    [False, False, False, False]
    """
    found = _byline(line)
    return bool(found and (_SIGNED.fullmatch(line) or _DESK.fullmatch(found["author"])))


def _byline(line: str) -> re.Match[str] | None:
    if len(line.split()) > 8 or _TERMINAL.search(line) or any(map(str.isdigit, line)):
        return None
    found = _SIGNED.fullmatch(line) or _BYLINE.fullmatch(line)
    return found if found and all(len(part.split()) <= 4 for part in found.groups()) else None


def _take_headline(rest: list[Block], title: str, *, marked: bool) -> str:
    """Take the first line if it is a `#` heading, or in plain text looks like a headline.

    Beside another title from front matter it stays where it is, or its words would be lost.
    """
    if len(rest) < 2 or (title and title != rest[0].text):
        return ""
    first = rest[0].text
    second = next((block.text for block in rest[1:] if not _byline(block.text)), "")
    if marked:
        return rest.pop(0).text if rest[0].level == 1 else ""
    if len(first) > 120 or _TERMINAL.search(first) or _byline(first) or len(second) < max(45, len(first)):
        return ""
    return rest.pop(0).text


def derived_title(sections: Sequence[Section], longest: int = 80) -> str:
    """Return the first clause of the text, cut at a word, at most `longest` characters.

    >>> derived_title([Section("", ("قام المدير، السيد فلان، بزيارة.",))])
    'قام المدير'
    """
    text = next((text for section in sections for text in (*section.paragraphs, section.heading)), "")
    clause = re.split(r"[،؛؟.!:…]\s|[،؛؟.!:…]\Z|,\s", text, maxsplit=1)[0].strip()
    if len(clause) <= longest:
        return clause
    cut = clause[:longest]  # one more character than fits with the ellipsis: it may be the space
    return f"{cut.rpartition(' ')[0] or cut[:-1]}…"


# Cue by cue: what must hold of a line for it to be a heading of its own.
_CUES: dict[str, Callable[[str, str, str], bool]] = {
    "short": lambda line, _before, _after: len(line) <= 60 and len(line.split()) <= 10,
    "unpunctuated": lambda line, _before, _after: not _TERMINAL.search(line),
    "words": lambda line, _before, _after: len(re.findall(r"[^\W\d_]{2}", line)) >= 1,
    "no address": lambda line, _before, _after: not _NOT_A_HEADING.search(line),
    "no lead-in": lambda line, _before, _after: not line.endswith(":") or len(line.split()) <= 4,
    "no bare ordinal": lambda line, _before, _after: not _ORDINAL.match(line),
    "no report": lambda line, _before, _after: (
        len(line.split()) < 4 or line.split()[0].removeprefix("و") not in _REPORTS
    ),
    "no continuation": lambda line, _before, _after: len(line.split()) < 5 or not line.startswith("و"),
    "after a sentence": lambda _line, before, _after: bool(_ENDS_SENTENCE.search(before)),
    "before a paragraph": lambda line, _before, after: (
        len(after) >= 80 or (len(after) >= max(45, 2.5 * len(line)) and bool(_ENDS_SENTENCE.search(after)))
    ),
}


def is_heading(blocks: Sequence[Block], place: int) -> bool:
    """Say whether the unmarked line at `place` is a section heading; never the first or last line."""
    if not 0 < place < len(blocks) - 1:
        return False
    before, line, after = (strip_marks(block.text) for block in blocks[place - 1 : place + 2])
    return all(holds(line, before, after) for holds in _CUES.values())
