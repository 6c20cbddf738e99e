"""Bytes to an Article, whatever they are: decoded, cut into blocks, sorted by role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from nashra.articles import decoding, front_matter, limits, sections, written_dates
from nashra.articles.blocks import Facts
from nashra.articles.markdown import markdown
from nashra.articles.plain import plain
from nashra.articles.slug import slug
from nashra.errors import ArticleError
from nashra.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nashra.articles.blocks import Block
    from nashra.model import Line

_NO_FACTS = Facts()

FORMATS: dict[str, Callable[[str], tuple[Block, ...]]] = {
    ".txt": plain,
    ".md": markdown,
    ".markdown": markdown,
}
"""The kinds of file that are articles, by suffix."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, what became of each line of its input, and what a person should know of how it was read."""

    article: Article
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def article(raw: bytes, file: str) -> Article:
    """Return the article in a file of `articles/`, given its bytes and its name; raises as `text` does."""
    return own(raw, file).article


def own(raw: bytes, file: str) -> Reading:
    """Return the reading of a file of `articles/`; its notes say what was doubtful about the encoding."""
    where = f"articles/{file}"
    decoded = decoding.decode(raw, where)
    return text(decoded.text, file, where, notes=(decoded.doubt,) if decoded.doubt else ())


def text(
    source: str, file: str, where: str, *, foreign: bool = False, notes: tuple[str, ...] = ()
) -> Reading:
    """Return what a plain text or Markdown says, told apart by its file's suffix.

    In Markdown only marked headings are headings, once there is one. Markdown with front matter, as
    `nashra add` writes it, was set for reading by somebody: nothing is cut from it. In a `foreign` text
    unknown fields of front matter are noted; in our own they are mistakes. Raises ArticleError, with the
    line where there is one, for a text that is empty, without a sentence, or has front matter that cannot
    be read.
    """
    if foreign:
        fields, body, above, unused = front_matter.foreign(source, where)
        notes = (*notes, *unused)
    else:
        fields, body, above = front_matter.split(source, where)
    blocks = FORMATS[PurePath(file).suffix.lower()](body)
    if not any(char.isalpha() for block in blocks for char in block.text):
        what = "has no sentence in it" if body.strip() else "is empty"
        raise ArticleError(what, where=f"{where}:{above + 1}", then="write the article's text into it")
    own = FORMATS[PurePath(file).suffix.lower()] is markdown
    marked = own and any(block.level for block in blocks)
    finished = own and bool(fields)
    try:
        return sorted_out(
            blocks, file, fields=fields, marked=marked, finished=finished, above=above, notes=notes
        )
    except ArticleError as failed:
        raise failed.within(where) from failed


def sorted_out(
    blocks: tuple[Block, ...],
    file: str,
    *,
    fields: dict[str, Any] | None = None,
    facts: Facts = _NO_FACTS,
    marked: bool = False,
    finished: bool = False,
    above: int = 0,
    notes: tuple[str, ...] = (),
) -> Reading:
    """Return the article that blocks make: fields of front matter before visible text, that before facts.

    `above` counts the lines of the file above the blocks. Raises ArticleError, with no place, for more
    than one episode can hold.
    """
    said = fields or {}
    parts = sections.split(blocks, said.get("title", ""), facts, marked=marked, finished=finished)
    limits.check(parts.lead, parts.sections)
    found = {
        "outlet": parts.byline.outlet or facts.outlet,
        "author": parts.byline.author or facts.author,
        "date": _agreed(parts.date, written_dates.iso(facts.date)),
        "summary": facts.summary,
        "image": facts.image,
        "url": facts.url,
        "canonical": facts.canonical,
        "language": facts.language,
        "category": facts.category,
        "tags": facts.tags,
    }
    own = {
        key: value for key, value in said.items() if key not in {"title", "slug"} and value not in ("", ())
    }
    read = Article(
        file=file,
        slug=slug(said.get("slug") or PurePath(file).stem),
        title=parts.title,
        title_derived=parts.derived,
        lead=parts.lead,
        sections=parts.sections,
        questions=parts.questions,
        **{**found, **own},
    )
    lines = tuple(line._replace(line=line.line + above) for line in parts.lines)
    return Reading(read, lines, notes)


def _agreed(visible: datetime | None, stated: datetime | None) -> datetime | None:
    """Return the visible date, or the exact time that metadata states if that is no other day's.

    A day to both sides is the same one: metadata is often in UTC.
    """
    if visible is None or stated is None:
        return visible or stated
    return stated if abs(stated - visible) < timedelta(days=2) else visible
