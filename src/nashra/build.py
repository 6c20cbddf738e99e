"""The line: articles to episodes to feed, remaking only what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from nashra import pictures, publication, records, sounds
from nashra.configuration import FILE as CONFIGURATION
from nashra.errors import ArticleError, AudioError, ConfigurationError, NashraError
from nashra.planning import Plan, Wish, adopted, article_files, by_slug, chosen, digest, make_plan
from nashra.station import recipe
from nashra.store import storing, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nashra.audio.track import Studio
    from nashra.model import Article, Change, Episode, Script, Voice
    from nashra.station import Station


class Watching(Protocol):
    """Who is told how a build goes on."""

    def planned(self, file: str, reason: str) -> None:
        """Hear that an article will be made, or with no reason that it is left alone."""

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Hear that an episode of so many clips begins."""

    def spoken(self, clips: int) -> None:
        """Hear that so many clips more are done."""

    def finished(self) -> None:
        """Hear that the episode which began is done, or has failed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: episodes made, how many of how many were due, what failed, `feed/` files written.

    `unread` has, by article, what was read plainly because no rule understood it.
    """

    made: tuple[Episode, ...]
    due: int
    articles: int
    failures: tuple[NashraError, ...]
    written: tuple[str, ...]
    unread: dict[str, tuple[Change, ...]]


def build(station: Station, wish: Wish, now: datetime, watching: Watching) -> Outcome:
    """Bring every episode and the feed up to date with the articles; return what was done.

    An article that fails keeps its yesterday's episode, and the others go on: the failures are in the
    outcome. Raises NashraError only for what stops everything. The caller holds the station's lock.
    """
    files = article_files(station)
    loaded = records.load(station.audio)
    known = adopted(loaded, station, files)
    current = {file: known[file] for file in files if file in known}
    made, due, failures = [], 0, []
    unread: dict[str, tuple[Change, ...]] = {}
    mark: Callable[[str], str] | None = None
    for file in chosen(files, wish.articles):
        plan = None
        try:
            plan = make_plan(station, file, known.get(file), wish, now)
            if plan.article and plan.record is None:
                renamed = by_slug(plan.article, loaded, files)
                if renamed:
                    plan = replace(plan, record=renamed, reason="renamed")
                    current[file] = renamed  # if it fails, its yesterday's episode stays
            article, voice = plan.article, plan.voice
            if article and voice:
                from nashra import making, speech  # noqa: PLC0415 templates, scripts, sound: not for a build with nothing to do

                _check_slug(file, plan.record.slug if plan.record else article.slug, current)
                mark = mark or speech.marker(station)
                script = making.script_of(station, article, voice, mark)
                with making.studio(station, voice, wish.jobs, sounds.dressing(station)) as studio:
                    plan = _worded(plan, script, studio)
                    watching.planned(file, plan.reason)
                    due += 1
                    if not wish.dry_run:
                        clips = sum(len(chapter.utterances) for chapter in script.chapters)
                        watching.speaking(file, voice, clips)
                        current[file] = _make(station, plan, article, script, studio, now, watching)
                        made.append(current[file])
                        unread[file] = making.unread(script)
            else:
                watching.planned(file, plan.reason)
        except NashraError as failure:
            failures.append(_placed(failure, plan, file, wish))
        finally:
            watching.finished()
    written: tuple[str, ...] = ()
    if not wish.dry_run and (current or not failures):
        try:
            written = publication.update(station, tuple(current.values()))
        except NashraError as failure:
            failures.append(failure)
    # What is wrong with the station is wrong with every article of it, and said once.
    said = {str(failure): failure for failure in failures}
    return Outcome(tuple(made), due, len(files), tuple(said.values()), written, unread)


def _placed(failure: NashraError, plan: Plan | None, file: str, wish: Wish) -> NashraError:
    """Return a failure with its place: the article's, or the station's where it is every article's."""
    if not isinstance(failure, ConfigurationError) or (plan and plan.article and plan.article.voice):
        return failure.within(f"articles/{file}")
    return failure.within("--voice" if wish.voice else CONFIGURATION)


def _check_slug(file: str, slug: str, current: dict[str, Episode]) -> None:
    """Refuse an article whose name on disk another one has; of two, one would overwrite the other."""
    for other, episode in current.items():
        if other != file and episode.slug.lower() == slug.lower():
            what = f"would have the same address as articles/{other}"
            then = "rename it, or give it a `slug:` in front matter"
            raise ArticleError(what, where=f"articles/{file}", then=then)


def _worded(plan: Plan, script: Script, studio: Studio) -> Plan:
    """Return the plan with its reason in numbers: how many clips must be spoken."""
    missing, clips = studio.missing(script)
    many = f"{missing} of {clips} clips" if clips != 1 else "1 clip"
    return replace(plan, reason=f"{plan.reason} ({many} to speak)")


def _make(
    station: Station,
    plan: Plan,
    article: Article,
    script: Script,
    studio: Studio,
    now: datetime,
    watching: Watching,
) -> Episode:
    """Make one episode: its MP3 and picture first, then its record."""
    from nashra import making  # noqa: PLC0415 as above

    sources, image, picture = plan.sources, "", b""
    if article.image:
        raw, picture = pictures.episode_image(station, plan.file, article.image)
        sources = {**sources, article.image: digest(raw)}
        slug = plan.record.slug if plan.record else article.slug
        image = f"{slug}-{digest(picture)[:12]}.jpg"
    track = studio.track(script, watching.spoken)
    made = making.Made(
        sources=sources,
        recipe=recipe(station),
        voice=plan.voice or station.voice,
        engine=studio.speaker.version,
        sounds=station.sounds,
        image=image,
        picture=pictures.small(station, picture or pictures.show_cover(station)),
        now=now,
    )
    episode, mp3 = making.episode(station, article, track, made, plan.record)
    with storing(AudioError, f"audio/{episode.media.file}"):
        if image:
            write(station.audio / image, picture)
        write(station.audio / episode.media.file, mp3)
    records.save(station.audio, episode)
    return episode
