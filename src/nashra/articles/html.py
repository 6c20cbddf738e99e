"""An HTML page as blocks: readability chooses the article's container, our walk reads the lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.patterns import pattern
from nashra.articles import names
from nashra.articles.credit import credit
from nashra.articles.html_lines import placed
from nashra.articles.page_facts import facts_of
from nashra.articles.plain import plain
from nashra.articles.titles import same_words
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nashra.articles.blocks import Block, Facts
    from nashra.articles.html_lines import Placed

_HEAD_TOO = frozenset(("", "foot of the page", "aside", "links"))
"""Where pages put the byline and date of an article besides its own text."""
_DECLARATION = pattern(r"\A\s*<\?xml[^>]*\?>")
"""lxml refuses a text that declares an encoding: it was decoded already."""
_LINES = pattern(r"<(?:p|br|div|h[1-6]|li|blockquote|td|section)\b", re.IGNORECASE)
_ANY_TAG = pattern(r"</?[a-zA-Z][^<>]*>")
_PARAGRAPH = 60
"""Characters: a longer line of the container is the article's own, not a button left in it."""


class Page(NamedTuple):
    """The blocks of a page in its order, those outside the article marked as dropped, and its facts."""

    blocks: tuple[Block, ...]
    facts: Facts


def page(source: str, url: str = "") -> Page:
    """Return the blocks and facts of an HTML page.

    Raises ArticleError for a page without an article: nothing but menus, a cookie wall, an error.
    """
    from lxml import html  # noqa: PLC0415 only pages need it
    from readability import Document  # noqa: PLC0415

    try:
        root = html.document_fromstring(_DECLARATION.sub("", source, count=1))
        container = html.fromstring(Document(source).summary(html_partial=True))
    except (
        ValueError,
        TypeError,
        AssertionError,
        AttributeError,
        RecursionError,
        html.etree.LxmlError,
    ) as broken:
        raise ArticleError(
            "cannot be read as a page", then="save its text into a file and add that"
        ) from broken
    everything = list(placed(root))
    inside = Counter(line.block.text for line in placed(container) if not line.block.drop)
    facts = facts_of(root, url)
    return Page(tuple(_chosen(everything, inside, facts)), facts)


def fragment(source: str, facts: Facts) -> Page:
    """Return the blocks of the HTML of a feed's item, or of its text without HTML: all of it is the article.

    Raises ArticleError for what cannot be read.
    """
    if not _LINES.search(source):
        return Page(plain(unescape(_ANY_TAG.sub("", source))), facts)
    from lxml import html  # noqa: PLC0415 only pages need it

    try:
        root = html.document_fromstring(f"<div>{_DECLARATION.sub('', source, count=1)}</div>")
    except (ValueError, TypeError, AssertionError, RecursionError, html.etree.LxmlError) as broken:
        raise ArticleError(
            "cannot be read as HTML", then="save its text into a file and add that"
        ) from broken
    return Page(tuple(line.block for line in placed(root)), facts)


def _chosen(everything: Sequence[Placed], inside: Counter[str], facts: Facts) -> Iterator[Block]:
    """Give the page's blocks, those neither in the container nor in the head of the article as dropped."""
    blocks = [line.block for line in everything]
    own = {
        n
        for n, block in enumerate(blocks)
        if not block.drop and len(block.text) > _PARAGRAPH and inside[block.text]
    }
    first, last = min(own, default=len(blocks)), max(own, default=-1)
    shapes = {everything[n].shape for n in own}
    title = _title(blocks[: first + 1], facts.title)
    heads = _heads(blocks, range(title + 1, first), facts.site)
    left = Counter(inside)
    for place, block in enumerate(blocks):
        # readability throws out boxes of few words, and a site's headings with them.
        above = block.level > 0 and place + 1 in own
        cleaned = first < place < last and (above or everything[place].shape in shapes)
        kept = place > title and (left[block.text] > 0 or cleaned)
        if place == title:
            yield replace(block, level=1, drop="")
        elif place in heads:
            yield replace(block, level=0, drop="")
        else:
            yield block if block.drop or kept else replace(block, drop="outside the article")
        if place in heads or place == title or (kept and not block.drop):
            left[block.text] -= 1


def _title(blocks: Sequence[Block], title: str) -> int:
    """Return the place of the line that is the page's title, best an h1, else the last one; -1 if none is."""
    return max(
        (n for n, block in enumerate(blocks) if title and same_words(block.text, title)),
        key=lambda n: (blocks[n].level == 1, n),
        default=-1,
    )


def _heads(blocks: Sequence[Block], above: range, site: str) -> set[int]:
    """Return the places above the text where a byline or a date stands, or a name beside one."""
    lines = [n for n in above if blocks[n].drop in _HEAD_TOO]
    found = {n for n in lines if credit(blocks[n].text, site)}
    return found | {n for n in lines if {n - 1, n + 1} & found and names.is_person(blocks[n].text)}
