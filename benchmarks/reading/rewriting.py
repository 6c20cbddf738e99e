"""An article written out as `nashra add` writes it, and read again, should be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.articles import reading, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.articles.reading import Reading

_FIELDS = (
    "title",
    "title_derived",
    "lead",
    "sections",
    "questions",
    "author",
    "outlet",
    "date",
    "url",
    "image",
    "summary",
)


def differences(name: str, first: Reading) -> Iterator[str]:
    """Give in words each field in which an article differs after it was written out and read again."""
    again = reading.text(writing.markdown(first), f"{name}.md", name).article
    for field in _FIELDS:
        before, after = getattr(first.article, field), getattr(again, field)
        if before != after:
            yield f"{name}: {field} was {str(before)[:200]}\n  and became {str(after)[:200]}"
