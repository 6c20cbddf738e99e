"""A file's bytes to an Article."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from nashra.articles import blocks, decoding, front_matter, sections
from nashra.articles.slug import slug
from nashra.errors import ArticleError
from nashra.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: dict[str, Callable[[str], tuple[blocks.Block, ...]]] = {
    ".txt": blocks.plain,
    ".md": blocks.markdown,
    ".markdown": blocks.markdown,
}
"""The kinds of file that are articles, by suffix."""


def article(raw: bytes, file: str) -> Article:
    """Return the article in a file of `articles/`, given its bytes and its name.

    Raises ArticleError, with the line where there is one, for a file that is binary, not UTF-8,
    empty, without a sentence, or has front matter that cannot be read.
    """
    where = f"articles/{file}"
    fields, body, above = front_matter.split(decoding.decode(raw, where), where)
    name = PurePath(file)
    found = FORMATS[name.suffix.lower()](body)
    if not any(char.isalpha() for block in found for char in block.text):
        what = "has no sentence in it" if body.strip() else "is empty"
        raise ArticleError(what, where=f"{where}:{above + 1}", then="write the article's text into it")
    parts = sections.split(found, fields.get("title", ""))
    return Article(
        file=file,
        slug=slug(fields.get("slug") or name.stem),
        title=parts.title,
        title_derived=parts.derived,
        lead=parts.lead,
        sections=parts.sections,
        outlet=parts.outlet,
        author=fields.get("author") or parts.author,
        **{key: value for key, value in fields.items() if key not in {"title", "author", "slug"}},
    )
