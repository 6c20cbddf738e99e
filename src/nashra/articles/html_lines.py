"""A tree of HTML as lines: a new one at each block element and at each br, with what its tags say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import Block
from nashra.articles.decoding import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_BREAKING = """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    option
"""
_BLOCK_TAGS = frozenset(_BREAKING.split())
_WITHOUT_TEXT = """
    head script style template noscript svg math iframe object embed video audio canvas select textarea meta
    link title
"""
_UNSEEN = frozenset(_WITHOUT_TEXT.split())
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
_BOLD_STYLE = pattern(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_TEXT = frozenset(("image", "publisher", "logo", "url", "thumbnailUrl"))
_ORGANIZATION = "schema.org/Organization"
"""Microdata for search engines, which style sheets hide."""
_HIDDEN = pattern(r"(?:^|\s)(?:hidden|sr-only|visually-hidden|screen-reader-text|d-none|print-only)(?:$|\s)")
_BOX = pattern(
    r"(?:^|\s)(?:author-?(?:box|bio|card)|about-(?:the-)?author|breadcrumbs?|newsletter(?:-\w+)?"
    r"|twitter-tweet|instagram-media|fb-post"
    r"|wp-block-embed|(?:jp-)?related-?(?:posts?|articles?|stories|news|content)?|share-?(?:buttons?"
    r"|links?|bar|box)?|sharedaddy"
    r"|social-?(?:share|links?|icons?|media)|(?:post|entry|article)-tags|tags-links|comments?-(?:area"
    r"|list)|read-?(?:also|more)"
    r"|also-?read)(?:$|\s)",
    re.IGNORECASE,
)
"""Class names of boxes beside a text; whole names, for «has-related-posts» stands on the body."""
_WHOLE = frozenset(("html", "body", "main", "article"))
_CAPTION = pattern(r"(?:^|[\s_-])(?:caption|wp-caption-text|credit|photo-credit)(?:$|[\s_-])", re.IGNORECASE)
_LINKED = 400
"""Characters: from here on a block of links is text that links (measured)."""
_ROWS = frozenset(("div", "header", "footer", "section", "li"))
"""Elements in a row of these are labels; in a paragraph they may be halves of a word."""
_DEPTH = 3
"""Boxes around a line that tell a site's paragraphs from its other texts."""


class Placed(NamedTuple):
    """A line of a page, and the tags and classes of the boxes that it stands in, the inmost last."""

    block: Block
    shape: tuple[str, ...]


class _Context(NamedTuple):
    """What holds for text at a place of the tree."""

    level: int = 0
    item: bool = False
    bold: bool = False
    linked: bool = False
    drop: str = ""
    shape: tuple[str, ...] = ()

    def inside(self, element: HtmlElement) -> _Context:
        """Return what holds for the text inside an element here."""
        tag, classes = element.tag, element.get("class", "")
        said = f"{classes} {element.get('id', '')}"
        box = (f"{tag}.{classes}",) if tag in _BLOCK_TAGS else ()
        drop = (
            self.drop
            or _LEFT_OUT.get(tag, "")
            or ("caption" if _CAPTION.search(said) else "")
            or ("box" if tag not in _WHOLE and _BOX.search(classes) else "")
            or (
                "metadata"
                if element.get("itemprop") in _NOT_TEXT or _ORGANIZATION in (element.get("itemtype") or "")
                else ""
            )
        )
        return _Context(
            _HEADINGS.get(tag, self.level),
            self.item or tag in {"li", "dd"} or (tag == "td" and _is_cell(element)),
            self.bold or tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style", ""))),
            self.linked or (tag == "a" and not (element.get("href") or "#").startswith("#")),
            drop,
            (*self.shape, *box)[-_DEPTH:],
        )


def placed(root: HtmlElement) -> Iterator[Placed]:
    """Give the lines of a tree in order, each with its place."""
    from lxml import etree  # noqa: PLC0415 only pages need it

    line = 0
    contexts = [_Context()]
    runs: list[tuple[str, _Context]] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        breaks = event not in {"comment", "pi"} and (element.tag == "br" or element.tag in _BLOCK_TAGS)
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
            if runs and _set_apart(element):
                runs.append((" ", contexts[-1]))
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


def _set_apart(element: HtmlElement) -> bool:
    """Say whether a style sheet sets an element apart from the one before: «سعيد</span><span>الجمعة»."""
    before, around = element.getprevious(), element.getparent()
    if before is None or before.tail or around is None:
        return False
    classes = element.get("class")
    return around.tag in _ROWS or bool(classes and before.get("class") != classes)


def _is_cell(element: HtmlElement) -> bool:
    """Say whether a table's cell is one of a table, and not a column of the page's layout."""
    return next(element.iterdescendants("p", "div", "br", "table", "h1", "h2"), None) is None


def _hidden(element: HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None
        or "display:none" in style
        or bool(_HIDDEN.search(element.get("class", "")))
    )


def _block(runs: Sequence[tuple[str, _Context]], line: int) -> Iterator[Placed]:
    """Give the block that runs of text make, if there is any text in them."""
    text = " ".join(clean("".join(text for text, _context in runs)).split())  # &#8238; is a letter only now
    if not text:
        return
    said = [(text, context) for text, context in runs if text.strip()]
    linked = sum(len(text) for text, context in said if context.linked)
    here = said[0][1]
    drop = next((context.drop for _text, context in said if context.drop), "")
    if not drop and len(text) < _LINKED and linked > 0.6 * sum(len(text) for text, _ in said):
        drop = "links"
    bold = all(context.bold for text, context in said if re.search(r"\w", text))
    yield Placed(Block(text, line, here.level, bold, here.item, drop), here.shape)
