"""Markdown as blocks: its own headings, whole-line bold, list items; the marks themselves are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_WRAPPED = 120
"""Characters: a Markdown paragraph whose longest line is shorter was wrapped by an editor (of the
measured wrapped texts none had a longer line); a longer one has a paragraph on each line."""

_UNREAD = {"html_block": "HTML", "fence": "code", "code_block": "code"}
_TAG = pattern(r"<[^>]*>")
_ANCHOR = pattern(r"\[[^\]]*\]\(#[^)]*\)")
_BOLD = pattern(r"(?:\*\*|__)[^*_]+(?:\*\*|__)\s*:?\Z")


def markdown(text: str) -> tuple[Block, ...]:
    r"""Return the headings, paragraphs and list items of a Markdown text, without its marks.

    Pictures are not text; HTML, code and tables of contents are none to be read, and marked so.

    >>> [(block.text, block.line, block.level) for block in markdown("# عنوان\n\nفقرة **مهمة** [هنا](http://a.b)")]
    [('عنوان', 1, 1), ('فقرة مهمة هنا', 3, 0)]

    The items of a numbered list keep their numbers; they are said.

    >>> [(block.text, block.line, block.item) for block in markdown("3. تونس\n4. ليبيا\n\n**قسم**")]
    [('3- تونس', 1, True), ('4- ليبيا', 2, True), ('قسم', 4, False)]
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 only articles in Markdown need it

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    found: list[Block] = []
    level, number, depth = 0, "", 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            depth += 1
            number = f"{token.info}- " if token.info else ""
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type in _UNREAD:
            text = " ".join(_TAG.sub(" ", token.content).split())
            if text:
                found.append(Block(text, (token.map or [0])[0] + 1, drop=_UNREAD[token.type]))
        elif token.type == "inline":
            line = (token.map or [0])[0] + 1
            bold = bool(_BOLD.match(token.content.strip()))
            drop = "table of contents" if depth and _ANCHOR.fullmatch(token.content) else ""
            found += [
                Block(part, line + n, level, bold, bool(depth), drop)
                for n, part in _paragraphs(token, number)
                if part
            ]
            number = ""
    return tuple(found)


def _paragraphs(token: Token, number: str) -> Iterator[tuple[int, str]]:
    pieces = {"softbreak": "\n", "hardbreak": "\n", "html_inline": "", "image": ""}
    text = number + "".join(pieces.get(child.type, child.content) for child in token.children or ())
    lines = [line.strip() for line in text.split("\n")]
    if max(map(len, lines)) < _WRAPPED:
        yield 0, " ".join(filter(None, lines))
    else:
        yield from enumerate(lines)
