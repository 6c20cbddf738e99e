"""What of an article was aired before: whether its words are corrected, and the history that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nashra.arabic.letters import is_letter, strip_marks
from nashra.feed import corrections
from nashra.feed.guid import episode_guid
from nashra.model import AROUND, REISSUED, Issue, Revision
from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from nashra.model import Article, Cue, Episode

_AROUND_A_WORD = ".,;:!?…،؛؟«»\"'“”‘’()[]"
"""Signs that may come and go around a word; inside of one (1.5) they count, as others (5 %, -3) do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands to what was aired: hashes of its words now, aired last, and aired first.

    The latter two are empty where nothing was aired: there is nothing to correct.
    """

    words: str
    last: str = ""
    first: str = ""

    @property
    def changed(self) -> bool:
        """Whether the words are not those that were aired last."""
        return bool(self.last) and self.words != self.last

    @property
    def corrected(self) -> bool:
        """Whether the words are not those that were aired first."""
        return bool(self.first) and self.words != self.first


def standing(article: Article, digest: str, record: Episode | None) -> Standing:
    """Return how an article stands to its record; `digest` is the SHA-256 of its file.

    An article whose file is as it was has the same words, however a new version of Nashra may read it. A
    draft was not aired: whatever is corrected in it, nobody heard it otherwise. A record from before its
    words were noted must come with its cues.
    """
    words = _hash(_of_article(article))
    if record is None:
        return Standing(words)
    last = record.words or ("" if record.draft else _hash(_of_record(record)))
    if last and not record.draft and record.sources.get(record.article) == digest:
        last = words
    return Standing(words, last, record.original or last)


def revised(new: Episode, record: Episode | None, now: Standing, reason: str, when: datetime) -> Episode:
    """Return the record of an episode that was just made, with the history of the one before.

    `record` comes with its cues. A draft is no correction yet; it becomes one when it is aired.
    """
    aired = now.last if new.draft else now.words
    original = now.first if now.first != aired else ""
    new = replace(new, words=aired, original=original)
    if record is None:
        return new
    kept = replace(
        new, mark=record.mark, issues=record.issues, revisions=record.revisions, withdrawn=record.withdrawn
    )
    correction = (now.changed or reason == REISSUED) and not new.draft
    if new.media == record.media and not correction:
        return kept
    count = max(changed_sentences(record, kept), int(now.changed))
    entry = Revision(when, new.media.file, reason, count, correction)
    return replace(kept, revisions=(*record.revisions, entry))


def changed_sentences(before: Episode, after: Episode) -> int:
    """Count the sentences and headings (and the title) of an article that two records have otherwise."""
    old, new = ([" ".join(_words(text)) for text in _of_record(each)] for each in (before, after))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal")


def reissued(record: Episode, article: Article, language: str, when: datetime) -> Episode:
    """Return the record from which an article is issued anew: another guid, another date, another title.

    Apps fold an episode into another of its title and day, so its title must be one that it never had: the
    article's own if the editor gave it another, else one with a mark in the show's `language` before it.
    """
    had = {record.title, *(issue.title for issue in record.issues)}
    word = corrections.mark(language)
    marks = ("", f"{word}: ", *(f"{word} {number}: " for number in range(2, len(had) + 3)))
    mark = next(mark for mark in marks if f"{mark}{article.title}" not in had)
    return replace(
        record,
        guid=episode_guid(record.guid, "reissue"),
        published=when,
        title=record.title.removeprefix(record.mark),
        mark=mark,
        issues=(*record.issues, Issue(record.guid, record.title, record.published)),
    )


def retitled(article: Article, record: Episode | None) -> Article:
    """Return an article with the mark before its title that its episode was reissued with."""
    return replace(article, title=f"{record.mark}{article.title}") if record and record.mark else article


def of_article(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Return the cues that are the article's text, headings too, without what is said around it."""
    return tuple(cue for cue in cues if cue.role not in AROUND)


def _of_article(article: Article) -> list[str]:
    parts = [text for part in (article.lead, *article.sections) for text in (part.heading, *part.paragraphs)]
    return [*([] if article.title_derived else [article.title]), *parts]


def _of_record(record: Episode) -> list[str]:
    title = record.title.removeprefix(record.mark)
    return [*([] if record.title_derived else [title]), *(cue.text for cue in of_article(record.cues))]


def _words(text: str) -> list[str]:
    """Return the words of a text as they count: without vowel marks, and the signs around them.

    >>> _words("قال «مُحَمَّد»: 1.5 % …")
    ['قال', 'محمد', '1.5', '%']
    """
    words = (strip_marks(word).strip(_AROUND_A_WORD) for word in text.split())
    return [word for word in words if word]


def _hash(texts: Iterable[str]) -> str:
    words = (word for text in texts for word in _words(text) if any(map(is_letter, word)))
    return sha256(" ".join(words))[:16]
