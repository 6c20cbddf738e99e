"""How much one article may be: what is more is refused before a word of it is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.errors import ArticleError

if TYPE_CHECKING:
    from nashra.model import Section

MOST_BYTES = 20_000_000
"""Bytes of a file with an article: 300,000 letters with all their marks are a tenth of that."""

MOST_CHARACTERS = 300_000
"""Characters of an article: at espeak's usual pace, 11 a second, about seven and a half hours."""

MOST_HEADINGS = 250
"""Headings of an article: an MP3 lists 255 chapters, and opening, lead and closing are three of them."""


def check(lead: Section, sections: tuple[Section, ...]) -> None:
    """Refuse an article that is too much for one episode; raises ArticleError, with no place."""
    many = sum(len(section.heading) + sum(map(len, section.paragraphs)) for section in (lead, *sections))
    if many > MOST_CHARACTERS:
        what = f"has {many:,} characters, and one episode may have {MOST_CHARACTERS:,}"
        raise ArticleError(what, then="make two articles of it")
    if len(sections) > MOST_HEADINGS:
        what = f"has {len(sections)} headings, and one episode may have {MOST_HEADINGS}"
        raise ArticleError(what, then="give it fewer headings, or make two articles of it")
