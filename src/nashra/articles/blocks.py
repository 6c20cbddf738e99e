"""Plain text and Markdown as one list of blocks: the form that the splitter reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_WRAPPED = 120
"""Characters: a Markdown paragraph whose longest line is shorter was wrapped by an editor (of the
measured wrapped texts none had a longer line); a longer one has a paragraph on each line."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph; `level` is 0 for text, 1 to 6 for a heading that the writer marked."""

    text: str
    line: int
    level: int = 0


def plain(text: str) -> tuple[Block, ...]:
    r"""Return the lines of a plain text that are not empty, numbered from 1.

    >>> plain("أ\n\n  ب ")
    (Block(text='أ', line=1, level=0), Block(text='ب', line=3, level=0))
    """
    lines = enumerate(text.split("\n"), 1)
    return tuple(Block(line.strip(), number) for number, line in lines if line.strip())


def markdown(text: str) -> tuple[Block, ...]:
    r"""Return the headings, paragraphs and list items of a Markdown text, without its marks.

    Pictures, HTML, code and rules are not text to be read.

    >>> markdown("# عنوان\n\nفقرة **مهمة** [هنا](http://a.b)")
    (Block(text='عنوان', line=1, level=1), Block(text='فقرة مهمة هنا', line=3, level=0))

    The items of a numbered list keep their numbers; they are said.

    >>> markdown("3. تونس\n4. ليبيا")
    (Block(text='3- تونس', line=1, level=0), Block(text='4- ليبيا', line=2, level=0))
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 only articles in Markdown need it

    tokens = MarkdownIt("commonmark").parse(text)
    blocks = []
    level, number = 0, ""
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            number = f"{token.info}- " if token.info else ""
        elif token.type == "inline":
            line = (token.map or [0])[0] + 1
            blocks += [Block(part, line + n, level) for n, part in _paragraphs(token, number) if part]
            number = ""
    return tuple(blocks)


def _paragraphs(token: Token, number: str) -> Iterator[tuple[int, str]]:
    pieces = {"softbreak": "\n", "hardbreak": "\n", "html_inline": "", "image": ""}
    text = number + "".join(pieces.get(child.type, child.content) for child in token.children or ())
    lines = [line.strip() for line in text.split("\n")]
    if max(map(len, lines)) < _WRAPPED:
        yield 0, " ".join(filter(None, lines))
    else:
        yield from enumerate(lines)
