"""Articles of any length and number, made of the reference article: every sentence of them stands once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
REFERENCE = REPOSITORY / "articles" / "hammouchi-spain-visit.txt"
_NAMES = ("محمد", "فاطمة", "يوسف", "خديجة", "إدريس", "مريم", "عمر", "سعاد", "كريم", "ليلى")


def longer(times: int) -> str:
    """Return the reference article so many times in one, about 4.6 minutes each.

    Every second time without its headings: an MP3 can list no more than 255 chapters.
    """
    byline, _, text = REFERENCE.read_text("utf-8").strip().partition("\n")
    plain = "\n".join(line for line in text.split("\n") if line.endswith("."))
    turns = (_with_names(plain if turn % 2 else text, turn) for turn in range(times))
    return "\n".join((byline, *turns)) + "\n"


def briefs(many: int) -> Iterator[str]:
    """Give so many articles of a headline and the four paragraphs behind it."""
    lines = [line for line in REFERENCE.read_text("utf-8").splitlines()[1:] if line.strip()]
    for turn in range(many):
        place = turn % (len(lines) - 4)
        yield _with_names("\n".join(lines[place : place + 4]), turn) + "\n"


def tiny(many: int) -> Iterator[str]:
    """Give so many articles of one sentence."""
    for turn in range(many):
        yield _with_names("وصل الوفد إلى المدينة مساء اليوم.", turn) + "\n"


def _with_names(text: str, turn: int) -> str:
    """Return the text with other words at the end of each line, in each turn others."""
    if not turn:
        return text
    name = " و".join(_NAMES[int(digit)] for digit in str(turn))
    return "\n".join(
        f"{line.removesuffix('.')} مع {name}{'.' * line.endswith('.')}" for line in text.split("\n")
    )
