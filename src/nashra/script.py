"""Article to Script: exactly what will be said, by whom, and the silences between."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from nashra.arabic import quotes, sentences
from nashra.arabic.letters import letter_count, strip_marks
from nashra.errors import ArticleError
from nashra.model import Change, Chapter, Script, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nashra.arabic.rewriting import Spoken
    from nashra.model import Article, Section, Voice
    from nashra.settings import Pauses, Titles


JOINT_MS = 60
"""Silence where a sentence goes over to another voice: as long as a speaker takes for it."""


class Saying(Protocol):
    """What makes a written sentence speakable, in parts if it goes over to another voice."""

    def __call__(
        self, text: str, role: str = "sentence", quoted: tuple[tuple[int, int], ...] = (), /
    ) -> Sequence[tuple[Spoken, Voice]]:
        """Return the parts, each with who says it; `quoted` are the spans of the text in guillemets."""


def script(
    article: Article,
    *,
    opening: Sequence[str],
    closing: Sequence[str],
    titles: Titles,
    pauses: Pauses,
    say: Saying,
    begun: Callable[[Chapter], None] = lambda _chapter: None,
) -> Script:
    """Return the script of an article.

    `opening` and `closing` are the lines said before and after it; `say` makes a written sentence
    speakable, vowel marks and all, in parts if it goes over to another voice. Text that has no letter
    in it (a row of stars) is not said. `begun` is told of each chapter as soon as it is written. Raises
    ArticleError when nothing of the article can be said.
    """

    def said(
        role: str,
        text: str,
        pause_ms: int,
        *,
        new_paragraph: bool = False,
        quoted: tuple[tuple[int, int], ...] = (),
    ) -> list[Utterance]:
        lines = [
            Utterance(
                role,
                form.written.strip(),
                form.text,
                who,
                JOINT_MS,
                changes=_told(form),
                places=form.places(),
            )
            for form, who in say(text, role, quoted)
        ]
        lines[0] = replace(lines[0], new_paragraph=new_paragraph)
        lines[-1] = replace(lines[-1], pause_ms=pause_ms)
        return lines

    def section(headings: Sequence[str], paragraphs: Sequence[str]) -> tuple[Utterance, ...]:
        lines = [line for heading in headings for line in said("heading", heading, pauses.heading_ms)]
        for paragraph in paragraphs:
            pieces = sentences.split(paragraph)
            quoted, start = quotes.spans(paragraph), 0
            for place, piece in enumerate(pieces):
                silence = silences[sentences.ending(piece)]
                at = start + len(piece) - len(piece.lstrip())
                here = tuple((first - at, last - at) for first, last in quoted)
                lines += said("sentence", piece.strip(), silence, new_paragraph=not place, quoted=here)
                start += len(piece)
            if pieces:
                lines[-1] = replace(lines[-1], pause_ms=pauses.paragraph_ms)
        return tuple(lines)

    def frame(role: str, lines: Sequence[str]) -> tuple[Utterance, ...]:
        found: list[Utterance] = []
        for line in lines:
            is_title = article.title in line
            pause = pauses.title_ms if is_title else pauses.paragraph_ms
            found += said("title" if is_title else role, line, pause)
        return tuple(found)

    silences = {
        "sentence": pauses.sentence_ms,
        "clause": pauses.clause_ms,
        "comma": pauses.comma_ms,
    }
    parts = chain(
        [(Chapter(titles.opening, frame("opening", opening)), False)],
        # written only when its turn comes, so that the chapters before it can be spoken meanwhile
        (
            (Chapter(" – ".join(headings) or titles.lead, section(headings, paragraphs)), True)
            for headings, paragraphs in chain([((), article.lead.paragraphs)], _together(article.sections))
        ),
        [(Chapter(titles.closing, frame("closing", closing), listed=False), False)],
    )
    chapters = tuple(_audible(parts, pauses.section_ms, begun))
    if not any(own for _chapter, own in chapters):
        raise ArticleError(
            "has nothing to say in it", where=f"articles/{article.file}", then="write a sentence"
        )
    return Script(article.title, tuple(chapter for chapter, _own in chapters))


def _together(parts: Sequence[Section]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give the headings and paragraphs of each chapter: a heading above a heading is said with it.

    Two lines of a headline, or `##` right above `###`: a chapter of nothing but its title would be noise.
    """
    above: tuple[str, ...] = ()
    for part in parts:
        above = (*above, part.heading)
        if part.paragraphs:
            yield above, part.paragraphs
            above = ()
    if above:
        yield above, ()


def _told(form: Spoken) -> tuple[Change, ...]:
    """Return the changes worth telling: not the marks that words of ours («عشرين») get from the lexicon."""
    return tuple(
        change
        for change in form.changes
        if change.before in form.written or strip_marks(change.before) != strip_marks(change.after)
    )


def _audible(
    parts: Iterable[tuple[Chapter, bool]], pause_ms: int, begun: Callable[[Chapter], None]
) -> Iterator[tuple[Chapter, bool]]:
    """Give the chapters that can be said, without what cannot, and with the section's pause at their ends."""
    for chapter, own in parts:
        lines = [line for line in chapter.utterances if letter_count(line.spoken)]
        if lines:
            lines[-1] = replace(lines[-1], pause_ms=max(pause_ms, lines[-1].pause_ms))
            said = replace(chapter, utterances=tuple(lines))
            begun(said)
            yield said, own


def as_text(script: Script, *, explain: bool = False) -> str:
    """Return the script for people: per utterance its role, pause, written and spoken text.

    `explain` adds what each rule made of what. Another voice than the first is named.
    """
    usual = next((line.voice for chapter in script.chapters for line in chapter.utterances), None)
    lines = [f"# {script.title}", ""]
    for chapter in script.chapters:
        lines += [f"## {chapter.title}", ""]
        for line in chapter.utterances:
            voice = "" if line.voice == usual else f"  {line.voice.engine}:{line.voice.name}"
            lines += [f"[{line.role}] {line.pause_ms} ms{voice}", f"  {line.text}", f"  {line.spoken}"]
            lines += [f"    {explained(change)}" for change in line.changes if explain]
            lines.append("")
    return "\n".join(lines)


def explained(change: Change) -> str:
    """Return a change for people: rule, before, after, and the note if there is one.

    >>> explained(Change("number", "20 شخصا", "عشرون شخصا", 4, "nominative by default"))
    'number: «20 شخصا» → «عشرون شخصا»  (nominative by default)'
    >>> explained(Change("emoji", "x", "", 0))
    'emoji: «x» → nothing'
    """
    after = f"«{change.after}»" if change.after.strip() else "nothing" if not change.after else "a space"
    note = f"  ({change.note})" if change.note else ""
    return f"{change.rule}: «{change.before}» → {after}{note}"


def as_json(script: Script) -> dict[str, Any]:
    """Return the script for programs, in the form of docs/script.md."""
    found = asdict(script)
    for chapter in found["chapters"]:
        for line in chapter["utterances"]:
            line["changes"] = [change._asdict() for change in line["changes"]]
    return found


def doubts(script: Script) -> tuple[tuple[str, Change], ...]:
    """Return the changes with a note, each once, with the written sentence that it stands in."""
    found = {
        (change.rule, change.before, change.note): (line.text, change)
        for chapter in script.chapters
        for line in chapter.utterances
        for change in line.changes
        if change.note
    }
    return tuple(found.values())
