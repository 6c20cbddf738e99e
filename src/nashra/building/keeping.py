"""An edited text put to the sound that is there: for typos, which nobody heard."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nashra.arabic.letters import strip_marks
from nashra.building.revising import changed_sentences, of_article
from nashra.errors import ArticleError
from nashra.model import AROUND, Revision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from nashra.building.revising import Standing
    from nashra.model import Article, Cue, Episode, Script, Utterance

SOUND_KEPT = "sound kept"

ALIKE = 0.6
"""How much of two words (twice the letters in common, by all) makes them one with a typo in it.

Measured on pairs: «الوقوظ» and «الوقود» have 0.83, «خفيفة» and «غزيرة» 0.4, «لم» and «لن» 0.5.
"""

_ONE_LETTER = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_WITHOUT = "build it without --keep-audio"


def kept(
    record: Episode,
    article: Article,
    sources: Mapping[str, str],
    script: Script,
    now: Standing,
    when: datetime,
) -> Episode:
    """Return the record of an article's new text with the sound, the times and the address that it has.

    `record` comes with its cues; `sources` are the digests of the article and its image. It is no
    correction: what listeners heard was right. Raises ArticleError for a text that the sound does not say:
    other sentences, other words, other figures, or a change of what stands in the MP3's tags.
    """
    where = f"articles/{article.file}"
    _check_tags(record, article, sources, script, where)
    lines = [line for chapter in script.chapters for line in chapter.utterances if line.role not in AROUND]
    spoken = of_article(record.cues)
    if [line.role for line in lines] != [cue.role for cue in spoken]:
        what = f"has {len(lines)} sentences and headings that do not match the {len(spoken)} of its sound"
        raise ArticleError(what, where=where, then=_WITHOUT)
    written = iter(lines)
    cues = tuple(cue if cue.role in AROUND else _rewritten(cue, next(written), where) for cue in record.cues)
    new = replace(
        record,
        article=article.file,
        sources=dict(sources),
        summary=article.summary,
        url=article.url,
        draft=article.draft,
        season=article.season or record.season,
        number=article.episode or record.number,
        cues=cues,
        updated=when,
        words=now.last if article.draft else now.words,
    )
    if new.original == new.words:
        new = replace(new, original="")
    changed = changed_sentences(record, new)
    entry = (Revision(when, record.media.file, SOUND_KEPT, changed),) if changed else ()
    return replace(new, revisions=(*record.revisions, *entry))


def _check_tags(
    record: Episode, article: Article, sources: Mapping[str, str], script: Script, where: str
) -> None:
    in_tags = (
        ("title", record.title, article.title),
        ("author", (record.author, record.outlet), (article.author, article.outlet)),
        ("image", _images(record.sources, record.article), _images(sources, article.file)),
        (
            "chapters' titles",
            [mark.title for mark in record.chapters],
            [chapter.title for chapter in script.chapters if chapter.listed],
        ),
    )
    for what, before, after in in_tags:
        if before != after:
            raise ArticleError(f"its {what} changed: the MP3 has it in its tags", where=where, then=_WITHOUT)


def _images(sources: Mapping[str, str], article: str) -> dict[str, str]:
    return {name: digest for name, digest in sources.items() if name != article}


def _rewritten(cue: Cue, line: Utterance, where: str) -> Cue:
    if not sounds_alike(cue.text, line.text):
        what = f"its sound says «{cue.text[:40]}» where its text has «{line.text[:40]}»"
        raise ArticleError(what, where=where, then=_WITHOUT)
    timed = len(line.text.split()) == len(cue.text.split())
    return replace(cue, text=line.text, new_paragraph=line.new_paragraph, words=cue.words if timed else ())


def sounds_alike(before: str, after: str) -> bool:
    """Say whether two sentences are one, but for typos: word by word, or another space between words.

    >>> sounds_alike("لترا من الوقوظ.", "لترا من الوقود."), sounds_alike("فيالمدينة", "في المدينة")
    (True, True)
    >>> sounds_alike("لم تحرق", "لن تحرق"), sounds_alike("في 2024", "في 2025"), sounds_alike("قال", "قال لنا")
    (False, False, False)
    """
    old, new = (strip_marks(text).translate(_ONE_LETTER) for text in (before, after))
    if re.findall(r"\d+", old) != re.findall(r"\d+", new):
        return False
    if re.sub(r"\W", "", old) == re.sub(r"\W", "", new):
        return True
    pairs = old.split(), new.split()
    return len(pairs[0]) == len(pairs[1]) and all(
        SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
        for one, other in zip(*pairs, strict=True)
    )
