"""Article to Script: exactly what will be said, by whom, and the silences between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nashra.arabic import sentences
from nashra.arabic.letters import letter_count
from nashra.arabic.spoken import spoken
from nashra.errors import ArticleError
from nashra.model import Chapter, Script, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nashra.model import Article, Pauses, Section, Titles, Voice


def script(
    article: Article,
    *,
    opening: Sequence[str],
    closing: Sequence[str],
    titles: Titles,
    voice: Voice,
    pauses: Pauses,
    mark: Callable[[str], str],
) -> Script:
    """Return the script of an article.

    `opening` and `closing` are the lines said before and after it; `mark` puts the missing vowel
    marks on a spoken sentence. Text that has no letter in it (a row of stars) is not said. Raises
    ArticleError when nothing of the article can be said.
    """

    def said(role: str, text: str, pause_ms: int, *, new_paragraph: bool = False) -> Utterance:
        return Utterance(role, text, mark(spoken(text).text), voice, pause_ms, new_paragraph)

    def section(part: Section) -> tuple[Utterance, ...]:
        lines = [said("heading", part.heading, pauses.heading_ms)] if part.heading else []
        for paragraph in part.paragraphs:
            pieces = [piece.strip() for piece in sentences.split(paragraph)]
            lines += [
                said("sentence", piece, pauses.sentence_ms, new_paragraph=not place)
                for place, piece in enumerate(pieces)
            ]
            if pieces:
                lines[-1] = replace(lines[-1], pause_ms=pauses.paragraph_ms)
        return tuple(lines)

    def frame(role: str, lines: Sequence[str]) -> tuple[Utterance, ...]:
        roles = ["title" if article.title in line else role for line in lines]
        return tuple(
            said(kind, line, pauses.title_ms if kind == "title" else pauses.paragraph_ms)
            for kind, line in zip(roles, lines, strict=True)
        )

    body = [(titles.lead, section(article.lead))]
    body += [(part.heading, section(part)) for part in article.sections]
    if not any(letter_count(line.spoken) for _title, lines in body for line in lines):
        raise ArticleError(
            "has nothing to say in it", where=f"articles/{article.file}", then="write a sentence"
        )
    parts = (
        Chapter(titles.opening, frame("opening", opening)),
        *(Chapter(title, lines) for title, lines in body),
        Chapter(titles.closing, frame("closing", closing), listed=False),
    )
    chapters = (_ended(chapter, pauses.section_ms) for chapter in parts)
    return Script(article.title, tuple(chapter for chapter in chapters if chapter.utterances))


def _ended(chapter: Chapter, pause_ms: int) -> Chapter:
    """Return the chapter without what cannot be said, and with the section's pause at its end."""
    lines = [line for line in chapter.utterances if letter_count(line.spoken)]
    if lines:
        lines[-1] = replace(lines[-1], pause_ms=max(pause_ms, lines[-1].pause_ms))
    return replace(chapter, utterances=tuple(lines))


def as_text(script: Script) -> str:
    """Return the script for people: per utterance its role, pause, written and spoken text."""
    lines = [f"# {script.title}", ""]
    for chapter in script.chapters:
        lines += [f"## {chapter.title}", ""]
        for line in chapter.utterances:
            lines += [f"[{line.role}] {line.pause_ms} ms", f"  {line.text}", f"  {line.spoken}", ""]
    return "\n".join(lines)
