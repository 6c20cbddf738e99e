"""Where an article comes from: a file, a link, what is piped in or on the clipboard; each to a Reading."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from nashra.articles import decoding, docx, plausible, reading
from nashra.articles.limits import MOST_BYTES
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.articles.html import Page
    from nashra.articles.reading import Reading

_LINK = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_TAGGED = re.compile(
    r"\s*(?:<!doctype html|<html\b|<(?:p|div|article|h[1-6]|body|head|meta)\b[^>]*>)", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_PAGES = frozenset((".html", ".htm", ".xhtml", ".mht"))


class Input(NamedTuple):
    """The bytes of an article from anywhere, and what is known of them from outside.

    `name` is a file's name or a page's address; `url` is empty for what has none, `charset` what the
    server said of the encoding.
    """

    raw: bytes
    name: str
    url: str = ""
    charset: str = ""


def is_link(source: str) -> bool:
    """Say whether a source is an address, and not the name of a file.

    >>> [is_link(it) for it in ("https://example.org/خبر", "file:///etc/passwd", "C:/a.txt", "a.txt")]
    [True, True, False, False]
    """
    return bool(_LINK.match(source))


def read(given: Input, parse: Callable[[str, str], Page]) -> Reading:
    """Return the article in an input; `parse` is asked for pages, and may be a process of its own.

    Raises ArticleError for what is no text, is garbled, cannot be read, or has no article in it.
    """
    if len(given.raw) > MOST_BYTES:
        raise ArticleError(
            f"has more than {MOST_BYTES // 1_000_000} MB", where=given.name, then="add its text only"
        )
    where, suffix = given.name, PurePath(given.name).suffix.lower() if not given.url else ""
    if given.raw.startswith(b"PK\x03\x04") or suffix == ".docx":
        blocks, facts = docx.document(given.raw, where)
        marked = any(block.level > 1 for block in blocks)
        try:
            return _sound(reading.sorted_out(blocks, where, facts=facts, marked=marked), where)
        except ArticleError as failed:
            raise failed.within(where) from failed
    page = given.url or suffix in _PAGES
    declared = given.charset or (_declared(given.raw) if page or _TAGGED.match(_start(given.raw)) else "")
    text = decoding.decode(given.raw, where, declared)
    notes = (text.doubt,) if text.doubt else ()
    if page or _TAGGED.match(text.text):
        try:
            found = parse(text.text, given.url)
            read = reading.sorted_out(found.blocks, where, facts=found.facts, notes=notes)
        except ArticleError as failed:
            raise failed.within(where) from failed
        plausible.check(read, text.text, where)
        return read
    if suffix not in reading.FORMATS:
        suffix = ".md" if _is_markdown(text.text) else ".txt"
    return reading.text(text.text, f"{PurePath(where).stem}{suffix}", where, foreign=True, notes=notes)


def _sound(read: Reading, where: str) -> Reading:
    if not any(line.role in {"lead", "paragraph", "question", "item"} for line in read.lines):
        raise ArticleError("has no sentence in it", where=where, then="write the article's text into it")
    return read


def _start(raw: bytes) -> str:
    return raw[:500].decode("latin-1").lstrip("\xef\xbb\xbf")


def _declared(raw: bytes) -> str:
    """Return the encoding that a page declares of itself, in the part where HTML looks for it."""
    found = _CHARSET.search(raw[:4096])
    return found[1].decode("ascii") if found else ""


def _is_markdown(text: str) -> bool:
    r"""Say whether a text without a name is Markdown: front matter, or a heading.

    >>> _is_markdown("# عنوان\n\nنص"), _is_markdown("#وسم في خبر"), _is_markdown("---\ntitle: a\n---\n")
    (True, False, True)
    """
    return bool(re.search(r"(?m)\A---\n|^#{1,6} \S|^\*\*[^*\n]+\*\*$", text))
