"""Drafts: whoever has heard one takes the word out of its front matter, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.articles import decoding, front_matter
from nashra.building.planning import article_files, chosen
from nashra.errors import ArticleError
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nashra.station import Station

_FIELDS = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?^)---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DRAFT = re.compile(rb"^draft[ \t]*:[ \t]*(?P<value>[A-Za-z]+)[^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)


def approve(station: Station, articles: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Make of drafts articles that the next build lists; give each one's file, and whether it was a draft.

    Raises ArticleError for one that is not there, or cannot be read or written.
    """
    for file in chosen(article_files(station), articles):
        where = f"articles/{file}"
        with storing(ArticleError, where):
            raw = read(station.articles / file) or b""
            draft = is_draft(raw, where)
            if draft:
                write(station.articles / file, approved(raw, where))
        yield file, draft


def is_draft(raw: bytes, where: str) -> bool:
    """Say whether an article's bytes have `draft: true` in their front matter."""
    fields, _body, _above = front_matter.split(decoding.decode(raw, where).text, where)
    return fields.get("draft") is True


def approved(raw: bytes, where: str) -> bytes:
    r"""Return the bytes of a draft without the line that says so, every other byte as it was.

    Front matter is a sign that somebody set the text for reading: where this is its only line, it stays
    and says `false`, or the article would be read otherwise than it was heard.

    >>> approved(b"---\ntitle: a\r\ndraft: true # not yet\n---\ndraft: true\n", "a.md")
    b'---\ntitle: a\r\n---\ndraft: true\n'
    >>> approved(b"---\ndraft: true\n---\nb", "a.md")
    b'---\ndraft: false\n---\nb'
    """
    fields = _FIELDS.match(raw)
    line = _DRAFT.search(raw, fields.start(1), fields.end(1)) if fields else None
    if fields is None or line is None:
        raise ArticleError(
            "is a draft in a way that only its writer can undo", where=where, then="take `draft` out by hand"
        )
    if fields[1].strip() == line[0].strip():
        return raw[: line.start("value")] + b"false" + raw[line.end("value") :]
    return raw[: line.start()] + raw[line.end() :]
