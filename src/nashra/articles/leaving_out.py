"""What is not of the article gets the role `dropped`, with the rule that dropped it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles import junk
from nashra.articles.blocks import bare
from nashra.articles.credit import credit
from nashra.articles.sorting import LONG, TERMINAL, TOP
from nashra.articles.titles import words_of

if TYPE_CHECKING:
    from nashra.articles.sorting import Sorting

_WORD = pattern(r"[^\W\d_]{2}")


def marked(sorting: Sorting) -> None:
    """Give the role `dropped` to what the reader marked, and to rows of stars."""
    for place, block in enumerate(sorting.blocks):
        if block.drop:
            sorting.roles[place] = ("dropped", block.drop)
        elif not _WORD.search(bare(block.text)) and not _has_figures(block.text):
            sorting.roles[place] = ("dropped", "no word in it")


def _has_figures(text: str) -> bool:
    """Say whether a line without words is more than an ordinal between stars: a score, a sum."""
    return bool(re.search(r"\d\D+\d|\d{3}", text)) and not re.fullmatch(r"\W*\d{1,3}\W*", text)


def junk_lines(sorting: Sorting) -> None:
    """Give the role `dropped` to lines that are not the article's; a date at the top may look like one.

    A heading is the writer's word in Markdown; on a page it heads boxes and comments too.
    """
    places = sorting.open()
    for passed, place in enumerate(places, 1):
        block = sorting.blocks[place]
        if block.level == 1 or (block.level and sorting.marked):
            continue
        rule = junk.rule_for(block.text, len(places) - passed)
        if rule and not (place < TOP and credit(block.text, sorting.facts.site)):
            sorting.roles[place] = ("dropped", rule)


def below_the_text(sorting: Sorting) -> None:
    """Drop what stands below the head of a box or of the comments, if no paragraph of the article does."""
    heads = {place: why for place, (role, why) in sorting.roles.items() if role == "dropped"}
    below: list[int] = []
    for place in range(len(sorting.blocks) - 1, -1, -1):
        block = sorting.blocks[place]
        if place not in sorting.roles:
            below.append(place)
        elif heads.get(place) in junk.HEADS and (
            all(
                len(bare(sorting.blocks[each].text)) <= LONG
                and not TERMINAL.search(sorting.blocks[each].text)
                for each in below
            )
            or (block.level and heads[place] == "comments")
        ):
            sorting.roles.update(dict.fromkeys(below, ("dropped", f"below «{heads[place]}»")))
            below = []


def name_of_site(sorting: Sorting) -> None:
    """Drop lines above the text that only name the site."""
    name = words_of(sorting.facts.site)
    for place in sorting.open()[:6]:
        text = sorting.blocks[place].text
        if len(text) > LONG:
            return
        if name and name & words_of(text) and len(text) <= 60 and not credit(text, sorting.facts.site):
            sorting.roles[place] = ("dropped", "name of the site")
