"""The blocks of an article while they get their roles, and what the steps have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles.bylines import Byline

if TYPE_CHECKING:
    from datetime import datetime

    from nashra.articles.blocks import Block, Facts

LONG = 80
"""Characters: from here on a line is a paragraph by its length alone."""
TOP = 8
"""Lines: so far down a page a byline or a date can be the article's own."""
TERMINAL = pattern(r"[.،؛؟…,;][»”\"')\]]*\s*\Z")


@dataclass(slots=True)
class Sorting:
    """The blocks and their roles so far. Local to one call of `split`; nobody else sees it change."""

    blocks: list[Block]
    facts: Facts
    title: str
    marked: bool
    roles: dict[int, tuple[str, str]]
    byline: Byline = field(default_factory=Byline)
    date: datetime | None = None
    found_title: str = ""

    def open(self) -> list[int]:
        """Return the places of the blocks that have no role yet."""
        return [place for place in range(len(self.blocks)) if place not in self.roles]


def merged(first: Byline, second: Byline) -> Byline:
    """Return what two bylines name; where both do, the first is believed."""
    return Byline(*(a or b for a, b in zip(first, second, strict=True)))
