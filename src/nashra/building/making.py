"""One article to one episode: the steps of the line, with the world attached."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from nashra import __version__
from nashra.audio.studio import Studio
from nashra.audio.voices import Booth
from nashra.audio.voices.ensemble import Ensemble
from nashra.feed import corrections
from nashra.feed.guid import episode_guid
from nashra.model import SCHEMA, Episode, Media, StandIn, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from nashra.audio.dressing import Dressing
    from nashra.audio.track import Track
    from nashra.model import Article, Change, Chapter, Script
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Made:
    """What an episode is made from besides its article, and when; `number` is its season's next."""

    sources: dict[str, str]
    recipe: str
    voice: Voice
    engine: str
    sounds: dict[str, str]
    image: str
    picture: bytes
    now: datetime
    stand_ins: tuple[StandIn, ...] = ()
    number: int = 0


def marker(station: Station) -> Callable[[str], str]:
    """Return what puts vowel marks on a sentence, as `speech.marker` does; loaded when it is first asked."""
    loaded: list[Callable[[str], str]] = []

    def mark(sentence: str) -> str:
        if not loaded:
            from nashra.building import speech  # noqa: PLC0415 its rules take 0.2 s

            loaded.append(speech.marker(station))
        return loaded[0](sentence)

    return mark


def script_of(
    station: Station,
    article: Article,
    voice: Voice,
    mark: Callable[[str], str],
    begun: Callable[[Chapter], None] = lambda _chapter: None,
    *,
    corrected: bool = False,
) -> Script:
    """Return what the station says of an article; `begun` is told of each chapter once it is written.

    The opening of a `corrected` one says so, where the owner has not switched that off.
    """
    from nashra import announcement  # noqa: PLC0415 Jinja2; the studio can begin meanwhile
    from nashra.building import readings  # noqa: PLC0415 Jinja2; the studio can begin meanwhile
    from nashra.script import script  # noqa: PLC0415 as they do

    show = station.settings.show

    def lines(template: str, correction: str = "") -> tuple[str, ...]:
        return announcement.lines(template, station.templates, show, article, correction)

    said = corrected and station.settings.corrections.spoken
    return script(
        article,
        opening=lines(announcement.OPENING, corrections.spoken(show.language) if said else ""),
        closing=lines(announcement.CLOSING),
        titles=station.settings.titles,
        pauses=station.settings.pauses,
        say=readings.reader(station, voice, mark, article.lexicon),
        begun=begun,
    )


def unread(script: Script) -> tuple[Change, ...]:
    """Return what was read plainly because no rule understood it."""
    from nashra.arabic.rewriting import NOT_UNDERSTOOD  # noqa: PLC0415 as above
    from nashra.script import doubts  # noqa: PLC0415 as above

    return tuple(change for _text, change in doubts(script) if change.note == NOT_UNDERSTOOD)


@contextmanager
def ensemble(station: Station) -> Iterator[Ensemble]:
    """Give the engines of a whole build, each opened once: espeak's process starts longer than it speaks."""
    said = station.settings.voice
    speaker = Ensemble(Booth(station.root, station.cache, said.requests, said.pace_ms))
    try:
        yield speaker
    finally:
        speaker.close()


def studio(station: Station, speaker: Ensemble, jobs: int, dressing: Dressing | None = None) -> Studio:
    """Return a studio of a station with these engines; leaving its block ends what it does.

    It makes one track: once anything in it failed, it speaks no more. Without a `dressing` that is speech
    alone.
    """
    said = station.settings
    return Studio(speaker, said.pauses, said.loudness, station.shelves, jobs, dressing)


def file(
    station: Station, article: Article, track: Track, studio: Studio, made: Made, record: Episode | None
) -> tuple[Iterator[bytes], int]:
    """Return the MP3 of a finished track, tag first and piece by piece, and how many bytes it has.

    Every part of it was decoded, to the frame as long as it must be, before it was kept, and is read
    with the SHA-256 that it was kept with.
    """
    from nashra.audio import tags  # noqa: PLC0415 mutagen

    show = station.settings.show
    tag = tags.tag(
        title=article.title,
        show=show.title,
        author=article.author or article.outlet or show.author or show.title,
        year=_published(article, made, record).year,
        language="ara" if show.language.startswith("ar") else "und",
        cover=made.picture,
        chapters=track.chapters,
    )
    return chain((tag,), track.stream(studio.sound)), len(tag) + track.size


def slug_of(article: Article, record: Episode | None) -> str:
    """Return the name on disk of an article's episode: that of its first record."""
    return record.slug if record else article.slug


def _published(article: Article, made: Made, record: Episode | None) -> datetime:
    return record.published if record else article.date or made.now


def episode(
    station: Station, article: Article, track: Track, made: Made, media: Media, record: Episode | None
) -> Episode:
    """Return the record of a finished track that lies in `media`.

    An episode keeps the guid, the slug and the date of its first record. `revision` counts the MP3s
    it had; `updated` moves only when something that people see or hear did.
    """
    same_sound = record is not None and record.media == media
    new = Episode(
        schema=SCHEMA,
        guid=record.guid if record else episode_guid(station.podcast_guid, article.file),
        slug=slug_of(article, record),
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
        published=_published(article, made, record),
        updated=made.now,
        revision=record.revision + (not same_sound) if record else 1,
        media=media,
        replaced=_replaced(record, media),
        frames=track.frames,
        level=track.level,
        chapters=track.chapters,
        cues=track.cues,
        stand_ins=made.stand_ins,
        season=article.season or (record.season if record else station.settings.podcast.season),
        number=article.episode or (record.number if record else made.number),
        category=article.category,
        tags=article.tags,
        opus=record.opus if record and same_sound else None,
    )
    if record and _public(new) == _public(record):
        new = replace(new, updated=record.updated)
    return new


def _replaced(record: Episode | None, media: Media) -> tuple[Media, ...]:
    if record is None:
        return ()
    small = (record.opus.media,) if record.opus and record.media != media else ()
    earlier = (*record.replaced, record.media, *small)
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
        words="",
        original="",
        revisions=(),
        mark="",
        issues=(),
    )
