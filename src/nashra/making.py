"""One article to one episode: the steps of the line, with the world attached."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nashra import __version__, announcement, speech
from nashra.arabic.rewriting import NOT_UNDERSTOOD
from nashra.audio import voices
from nashra.audio.track import Studio
from nashra.feed.guid import episode_guid, podcast_guid
from nashra.model import SCHEMA, Episode, Media, Voice
from nashra.script import doubts, script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from nashra.audio.dressing import Dressing
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
    sounds: dict[str, str]
    image: str
    picture: bytes
    now: datetime


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
        say=speech.reader(station, voice, mark, article.lexicon),
    )


def unread(script: Script) -> tuple[Change, ...]:
    """Return what was read plainly because no rule understood it."""
    return tuple(change for _text, change in doubts(script) if change.note == NOT_UNDERSTOOD)


@contextmanager
def studio(station: Station, voice: Voice, jobs: int, dressing: Dressing | None = None) -> Iterator[Studio]:
    """Give a studio with the voice's engine open, and close it behind the block.

    Without a `dressing` it makes speech alone.
    """
    speaker = voices.open_engine(voice.engine)
    try:
        said = station.settings
        yield Studio(speaker, said.pauses, said.loudness, station.cache, jobs, dressing)
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
        made_with={"nashra": __version__, "engine": made.engine, **made.sounds},
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
