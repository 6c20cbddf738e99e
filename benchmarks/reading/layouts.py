"""The same texts as other people would have set them: the reading should not depend on that."""

from __future__ import annotations

import itertools
import re
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from counting import Score, by_key
from samples import UNSCORED, Text

from nashra.articles import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COLUMNS = "| layout | precision | recall | at least |"

_MARGIN = 80
_MARK = "\u064e"
_LETTER = re.compile("([بتثجحخدذرزسشصضطظعغفقكلمنه])(?=[ء-ي])")
_SENTENCE_END = re.compile(r"(?<=[.؟!])\s+")
_STAR = re.compile(r"\A[*•●]+\s*")


def _headings(text: Text, change: Callable[[str], str]) -> list[str]:
    return [
        change(line) if label == "H" else line for line, label in zip(text.lines, text.labels, strict=True)
    ]


def _others(text: Text, change: Callable[[str], str]) -> list[str]:
    return [
        line if label == "H" else change(line) for line, label in zip(text.lines, text.labels, strict=True)
    ]


def _numbered(text: Text, form: str) -> list[str]:
    count = itertools.count(1)
    return _headings(text, lambda line: form.format(next(count), _STAR.sub("", line)))


def _noisy(line: str) -> str:
    """Put what editors and converters leave: a direction mark, no-break spaces, a tatweel."""
    return "\u200f" + line.replace(" ", "\u00a0", 3).replace("ا", "اـ", 1) + "\u200e"


def _bold(line: str) -> str:
    return f"**{_STAR.sub('', line)}**"


def _wrapped(line: str) -> str:
    return "\n".join(textwrap.wrap(line, _MARGIN))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _apart(lines: Iterable[str]) -> str:
    return "\n\n".join(lines)


class Layout(NamedTuple):
    """A name, the text so set, the suffix of its file, and the precision and recall to reach.

    Nobody can find a heading in a text on one line: a recall of 0 counts false ones only.
    """

    name: str
    set_as: Callable[[Text], str]
    suffix: str
    precision: float
    recall: float


LAYOUTS = (
    Layout("as it is", lambda text: _joined(text.lines), ".txt", 0.995, 0.97),
    Layout("blank lines", lambda text: _apart(text.lines), ".txt", 0.995, 0.97),
    Layout(
        "vowel marks",
        lambda text: _joined(_LETTER.sub(rf"\1{_MARK}", line) for line in text.lines),
        ".txt",
        0.995,
        0.97,
    ),
    Layout("tatweel, RLM, NBSP", lambda text: _joined(map(_noisy, text.lines)), ".txt", 0.995, 0.97),
    Layout("bold headings", lambda text: _joined(_headings(text, _bold)), ".txt", 0.995, 0.98),
    Layout("bold headings in Markdown", lambda text: _apart(_headings(text, _bold)), ".md", 0.995, 0.98),
    Layout(
        "headings with a colon",
        lambda text: _joined(_headings(text, lambda line: f"{line}:")),
        ".txt",
        0.995,
        0.94,
    ),
    Layout("headings numbered 1-", lambda text: _joined(_numbered(text, "{}- {}")), ".txt", 0.995, 0.93),
    Layout("headings numbered 1.", lambda text: _joined(_numbered(text, "{}. {}")), ".txt", 0.995, 0.93),
    Layout(
        "no full stops",
        lambda text: _joined(_others(text, lambda line: line.rstrip(". "))),
        ".txt",
        0.995,
        0.88,
    ),
    Layout(
        "a sentence a line",
        lambda text: _joined(_others(text, lambda line: _SENTENCE_END.sub("\n", line))),
        ".txt",
        0.97,
        0.88,
    ),
    Layout("wrapped, blank lines", lambda text: _apart(map(_wrapped, text.lines)), ".txt", 0.995, 0.97),
    Layout("wrapped, no blank lines", lambda text: _joined(map(_wrapped, text.lines)), ".txt", 0.995, 0.87),
    Layout("on one line", lambda text: " ".join(text.lines), ".txt", 0.995, 0.0),
)
"""What to reach are the figures of the study that the rules come from, 1.00 being no false one of 79."""


def score(layout: Layout, texts: Sequence[Text]) -> Score:
    """Return how the headings of texts are found in a layout."""
    total = Score()
    for text in texts:
        read = reading.text(layout.set_as(text), f"{text.name}{layout.suffix}", text.name)
        total += by_key(
            f"{layout.name}, {text.name}",
            (line.text for line in read.lines if line.role == "heading"),
            _labelled(text, frozenset("H")) if layout.recall else (),
            _labelled(text, UNSCORED),
        )
    return total


def _labelled(text: Text, labels: frozenset[str]) -> list[str]:
    return [line for line, label in zip(text.lines, text.labels, strict=True) if label in labels]
