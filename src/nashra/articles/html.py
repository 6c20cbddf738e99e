"""An HTML page as blocks: readability chooses the article's container, our walk reads the lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from nashra.articles import bylines, written_dates
from nashra.articles.blocks import Block, Facts, bare
from nashra.articles.decoding import clean
from nashra.articles.page_facts import facts_of
from nashra.articles.plain import plain
from nashra.articles.titles import same_words
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul option".split()
)
_UNSEEN = frozenset("head script style template noscript svg math iframe object embed video audio canvas select textarea meta link title".split())
_LEFT_OUT = {
    "figcaption": "caption",
    "figure": "caption",
    "aside": "aside",
    "nav": "menu",
    "form": "form",
    "button": "button",
    "footer": "foot of the page",
    "select": "form",
    "label": "form",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset(("b", "strong"))
_NOT_TEXT = frozenset(("image", "publisher", "logo", "url", "thumbnailUrl"))
_ORGANIZATION = "schema.org/Organization"
"""Microdata for search engines, which style sheets hide."""
_HIDDEN = re.compile(r"(?:^|\s)(?:hidden|sr-only|visually-hidden|screen-reader-text|d-none|print-only)(?:$|\s)")
_CAPTION = re.compile(r"(?:^|[\s_-])(?:caption|wp-caption-text|credit|photo-credit)(?:$|[\s_-])", re.IGNORECASE)
_HEAD_TOO = frozenset(("", "foot of the page", "aside", "links"))
"""Where pages put the byline and date of an article besides its own text."""
_LINKED = 400
"""Characters: from here on a block of links is text that links (measured)."""


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
    except (ValueError, TypeError, AssertionError, AttributeError, RecursionError, html.etree.LxmlError) as broken:
        raise ArticleError("cannot be read as a page", then="save its text into a file and add that") from broken
    everything = list(blocks_of(root))
    inside = Counter(block.text for block in blocks_of(container) if not block.drop)
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
        raise ArticleError("cannot be read as HTML", then="save its text into a file and add that") from broken
    return Page(tuple(blocks_of(root)), facts)


_LINES = re.compile(r"<(?:p|br|div|h[1-6]|li|blockquote|td|section)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
"""lxml refuses a text that declares an encoding: it was decoded already."""


def _chosen(everything: Sequence[Block], inside: Counter[str], facts: Facts) -> Iterator[Block]:
    """Give the page's blocks, those neither in the container nor in the head of the article as dropped."""
    first = next((n for n, block in enumerate(everything) if not block.drop and len(block.text) > 60 and inside[block.text]), len(everything))
    title = max(
        (n for n in range(first + 1) if n < len(everything) and facts.title and same_words(everything[n].text, facts.title)),
        key=lambda n: (everything[n].level == 1, n),
        default=-1,
    )
    left = Counter(inside)
    for place, block in enumerate(everything):
        if place == title:
            left[block.text] -= 1
            yield replace(block, level=1, drop="")
        elif title < place < first and block.drop in _HEAD_TOO and _is_head(block.text):
            left[block.text] -= 1
            yield replace(block, level=0, drop="")
        elif block.drop:
            yield block
        elif left[block.text] > 0 and place > title:
            left[block.text] -= 1
            yield block
        else:
            yield replace(block, drop="outside the article")


def _is_head(text: str) -> bool:
    """Say whether a line above the text is a byline or a date."""
    if len(text) > 120:
        return False
    when = written_dates.find(text)
    return bool(bylines.whole(text) or (when and when.alone))


class _Context(NamedTuple):
    """What holds for text at a place of the tree."""

    level: int = 0
    item: bool = False
    bold: bool = False
    linked: bool = False
    drop: str = ""

    def inside(self, element: HtmlElement) -> _Context:
        """Return what holds for the text inside an element here."""
        tag = element.tag
        said = f"{element.get('class', '')} {element.get('id', '')}"
        drop = (
            self.drop
            or _LEFT_OUT.get(tag, "")
            or ("caption" if _CAPTION.search(said) else "")
            or ("metadata" if element.get("itemprop") in _NOT_TEXT or _ORGANIZATION in (element.get("itemtype") or "") else "")
        )
        return _Context(
            _HEADINGS.get(tag, self.level),
            self.item or tag in {"li", "dd", "td"},
            self.bold or tag in _BOLD,
            self.linked or (tag == "a" and element.get("href") is not None),
            drop,
        )


def blocks_of(root: HtmlElement) -> Iterator[Block]:
    """Give the lines of a tree in order: a new one at each block element and at each br."""
    from lxml import etree  # noqa: PLC0415 only pages need it

    line = 0
    contexts = [_Context()]
    runs: list[tuple[str, _Context]] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        breaks = event != "comment" and event != "pi" and (element.tag == "br" or element.tag in _BLOCK_TAGS)
        if event == "start":
            if breaks and runs:
                line += 1
                yield from _block(runs, line)
                runs = []
            if element.tag in _UNSEEN or _hidden(element):
                walk.skip_subtree()
                contexts.append(contexts[-1])
                continue
            contexts.append(contexts[-1].inside(element))
            runs.append((element.text or "", contexts[-1]))
        else:
            if breaks and runs:
                line += 1
                yield from _block(runs, line)
                runs = []
            if event == "end":
                contexts.pop()
            runs.append((element.tail or "", contexts[-1] if len(contexts) > 1 else _Context()))
    yield from _block(runs, line + 1)


def _hidden(element: HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None or "display:none" in style or bool(_HIDDEN.search(element.get("class", "")))
    )


def _block(runs: Sequence[tuple[str, _Context]], line: int) -> Iterator[Block]:
    """Give the block that runs of text make, if there is any text in them."""
    text = " ".join(clean("".join(text for text, _context in runs)).split())  # &#8238; is a letter only now
    if not text:
        return
    said = [(text, context) for text, context in runs if text.strip()]
    linked = sum(len(text) for text, context in said if context.linked)
    here = said[0][1]
    drop = next((context.drop for _text, context in said if context.drop), "")
    if not drop and not here.level and len(text) < _LINKED and linked > 0.6 * sum(len(text) for text, _ in said):
        drop = "links"
    bold = all(context.bold for text, context in said if re.search(r"\w", text))
    yield Block(text, line, here.level, bold, here.item, drop)
