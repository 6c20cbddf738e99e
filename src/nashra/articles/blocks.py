"""The inner form of every input: a list of blocks, each a line or paragraph with its hints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nashra.arabic.letters import MARKS
from nashra.arabic.patterns import pattern


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of an input, and what the input said about it.

    `line` is its line in the file or its place on the page, from 1. `level` is 1 to 6 for a heading
    that the writer or the page marked, 0 for text. `bold` says that all of it was set bold or starred,
    `item` that it is an item of a list. `drop` names the rule by which its reader leaves it out.
    """

    text: str
    line: int
    level: int = 0
    bold: bool = False
    item: bool = False
    drop: str = ""


class Facts(NamedTuple):
    """What an input says about an article outside its text; empty where it says nothing.

    Visible text is believed before these: page metadata was wrong or missing on most pages measured.
    `date` is ISO 8601 as given; `site` is the name of the site, a tail of many titles.
    """

    title: str = ""
    author: str = ""
    outlet: str = ""
    date: str = ""
    site: str = ""
    url: str = ""
    canonical: str = ""
    image: str = ""
    language: str = ""
    summary: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


_NOT_SEEN = f"{MARKS}\u0640\u200b-\u200f\u061c\ufeff\u00ad"
_SPACES = "\u00a0\u2009\u202f\u3000"
_UNSEEN = pattern(f"[{_NOT_SEEN}]+")
_SPACE = pattern(f"[{_SPACES}]")
_JUDGED = pattern(f"[{_NOT_SEEN}{_SPACES}]")


def bare(text: str) -> str:
    r"""Return a text as it is judged: without vowel marks, tatweel and unseen characters.

    >>> bare("الـمَغْرِب\u00a0اليوم\u200f")
    'المغرب اليوم'
    """
    if not _JUDGED.search(text):  # most lines: one look instead of two
        return text.strip()
    return _UNSEEN.sub("", _SPACE.sub(" ", text)).strip()
