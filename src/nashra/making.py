"""One article to one episode: the steps of the line, with the world attached."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from nashra import __version__, announcement
from nashra.arabic import endings, foreign, lexicon, lexicon_file, spoken, tashkeel
from nashra.arabic.lexicon import Lexicon
from nashra.arabic.rewriting import NOT_UNDERSTOOD, part, with_marks
from nashra.audio import voices
from nashra.audio.track import Studio
from nashra.errors import ArticleError
from nashra.feed.guid import episode_guid, podcast_guid
from nashra.model import SCHEMA, Episode, Media, Voice
from nashra.script import doubts, script
from nashra.store import Kept, sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from nashra.arabic.rewriting import Spoken
    from nashra.audio.track import Track
    from nashra.model import Article, Change, Script
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Made:
    """What an episode is made from besides its article, and when."""

    sources: dict[str, str]
    recipe: str
    voice: Voice
    engine: str
    image: str
    picture: bytes
    now: datetime


def marker(station: Station) -> Callable[[str], str]:
    """Return what puts vowel marks on a sentence; an unchanged sentence is never asked for twice.

    The model is loaded (0.5 s) when the first sentence is not yet kept.
    """
    kept = Kept(station.cache / "tashkeel", "txt")
    version = installed("text2tashkeel")
    loaded: list[Callable[[str], str]] = []

    def ask(bare: str) -> str:
        if not loaded:
            from text2tashkeel import Diacritizer  # noqa: PLC0415 numpy and onnxruntime: 0.4 s

            loaded.append(Diacritizer("rawi-ensemble").diacritize)
        return loaded[0](bare)

    def mark(sentence: str) -> str:
        key = sha256(tashkeel.RULES, version, sentence)
        found = kept.get(key)
        if found is not None:
            return found[1].decode()
        marked = tashkeel.diacritize(sentence, ask)
        kept.put(key, {}, marked.encode())
        return marked

    return mark


def reader(
    station: Station, voice: Voice, mark: Callable[[str], str], words: tuple[tuple[str, str], ...] = ()
) -> Callable[[str], list[tuple[Spoken, Voice]]]:
    """Return what makes a written sentence speakable: its parts, each with the voice that says it.

    `words` are an article's own, and go before the station's lexicon, as that goes before the shipped.
    """
    settings = station.settings
    words_known = known(station, words)
    steps = spoken.steps(words_known, settings.reading.months)
    other = replace(voice, name=settings.voice.foreign)

    def marked(text: str) -> Spoken:
        form = spoken.spoken(text, steps)
        return with_marks(form, mark(form.text))

    def ended(form: Spoken) -> Spoken:
        return with_marks(form, endings.paused(form.text, settings.reading.endings))

    def say(text: str) -> list[tuple[Spoken, Voice]]:
        form = marked(text)
        if not other.name:
            return [(ended(form), voice)]
        said, start = [], 0
        # Marked as a whole: beside a gap, the diacritizer would take a word for another one.
        for piece, is_foreign in foreign.pieces(text, words_known.signs):
            end = start + len(piece.rstrip())
            here = (spoken.as_foreign(piece), other) if is_foreign else (ended(part(form, start, end)), voice)
            said.append(here)
            start += len(piece)
        return said

    return say


def known(station: Station, words: tuple[tuple[str, str], ...]) -> Lexicon:
    """Return the lexicon of an article of a station; raises ArticleError for a word of its own."""
    for written, said in words:
        fault = lexicon_file.fault_of(written, said)
        if fault:
            raise ArticleError(f"`lexicon`: «{written}» {fault}", then="see docs/lexicon.md")
    own = Lexicon.of(dict(words)).over(Lexicon.of(station.words))
    return own.over(lexicon.shipped()) if own.entries else lexicon.shipped()


def script_of(station: Station, article: Article, voice: Voice, mark: Callable[[str], str]) -> Script:
    """Return what the station says of an article."""

    def lines(template: str) -> tuple[str, ...]:
        return announcement.lines(template, station.templates, station.settings.show, article)

    return script(
        article,
        opening=lines(announcement.OPENING),
        closing=lines(announcement.CLOSING),
        titles=station.settings.titles,
        pauses=station.settings.pauses,
        say=reader(station, voice, mark, article.lexicon),
    )


def unread(script: Script) -> tuple[Change, ...]:
    """Return what was read plainly because no rule understood it."""
    return tuple(change for _text, change in doubts(script) if change.note == NOT_UNDERSTOOD)


@contextmanager
def studio(station: Station, voice: Voice, jobs: int) -> Iterator[Studio]:
    """Give a studio with the voice's engine open, and close it behind the block."""
    speaker = voices.open_engine(voice.engine)
    try:
        said = station.settings
        yield Studio(speaker, said.pauses, said.loudness, station.cache, jobs)
    finally:
        speaker.close()


def episode(
    station: Station, article: Article, track: Track, made: Made, record: Episode | None
) -> tuple[Episode, bytes]:
    """Return the record of a finished track, and the bytes of its MP3, which passed the gate.

    An episode keeps the guid, the slug and the date of its first record. `revision` counts the MP3s
    it had; `updated` moves only when something that people see or hear did.
    """
    from nashra.audio import mp3, tags  # noqa: PLC0415 the encoder and mutagen

    show = station.settings.show
    published = record.published if record else article.date or made.now
    tag = tags.tag(
        title=article.title,
        show=show.title,
        author=article.author or article.outlet or show.author or show.title,
        year=published.year,
        language="ara" if show.language.startswith("ar") else "und",
        cover=made.picture,
        chapters=track.chapters,
    )
    file = tag + track.mp3
    mp3.check(file, track.frames, f"audio/{article.slug}.mp3", decoded=track.decoded)
    digest = hashlib.sha256(file).hexdigest()
    slug = record.slug if record else article.slug
    media = Media(f"{slug}-{digest[:12]}.mp3", len(file), digest)
    same_sound = record is not None and record.media == media
    new = Episode(
        schema=SCHEMA,
        guid=record.guid if record else episode_guid(podcast_guid(show.feed_url), article.file),
        slug=slug,
        article=article.file,
        sources=made.sources,
        recipe=made.recipe,
        made_with={"nashra": __version__, "engine": made.engine},
        title=article.title,
        title_derived=article.title_derived,
        outlet=article.outlet,
        author=article.author,
        summary=article.summary,
        url=article.url,
        image=made.image,
        draft=article.draft,
        voice=made.voice,
        published=published,
        updated=made.now,
        revision=record.revision + (not same_sound) if record else 1,
        media=media,
        replaced=_replaced(record, media),
        frames=track.frames,
        level=track.level,
        chapters=track.chapters,
        cues=track.cues,
    )
    if record and _public(new) == _public(record):
        new = replace(new, updated=record.updated)
    return new, file


def _replaced(record: Episode | None, media: Media) -> tuple[Media, ...]:
    if record is None:
        return ()
    earlier = (*record.replaced, record.media)
    return tuple(old for old in dict.fromkeys(earlier) if old != media)


def _public(episode: Episode) -> Episode:
    """Return the record without what only the next build looks at."""
    return replace(
        episode,
        sources={},
        recipe="",
        made_with={},
        article="",
        updated=episode.published,
        replaced=(),
        revision=0,
    )
