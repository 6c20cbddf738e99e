"""The line: articles to episodes to feed, remaking only what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from nashra import pictures, publication, records
from nashra.configuration import FILE as CONFIGURATION
from nashra.errors import ArticleError, AudioError, ConfigurationError, NashraError
from nashra.planning import (
    VOICE_CHANGED,
    VOICE_UPGRADED,
    Plan,
    Wish,
    adopted,
    article_files,
    by_slug,
    chosen,
    digest,
    make_plan,
)
from nashra.station import recipe
from nashra.store import storing, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nashra.audio.track import Studio
    from nashra.casting import Refusals
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

    def passed_over(self, voice: Voice, why: str) -> None:
        """Hear that a voice cannot be had, so that the next of its chain speaks."""

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
    refusals: Refusals | None = None
    for file in chosen(files, wish.articles):
        plan = None
        try:
            plan = make_plan(station, file, known.get(file), wish, now)
            if plan.article and plan.record is None:
                renamed = by_slug(plan.article, loaded, files)
                if renamed:
                    plan = replace(plan, record=renamed, reason="renamed")
                    current[file] = renamed  # if it fails, its yesterday's episode stays
            article = plan.article
            if article:
                from nashra import casting, making, speech  # noqa: PLC0415 templates, scripts, sound: not for a build with nothing to do

                _check_slug(file, plan.record.slug if plan.record else article.slug, current)
                mark = mark or speech.marker(station)
                refusals = refusals or casting.Refusals(watching.passed_over)
                with making.studio(station, wish.jobs) as studio:
                    if _must_wait(plan, refusals, studio, wish):
                        watching.planned(file, "")
                        continue
                    due += 1
                    line = _Line(station, plan, article, mark, studio, now, watching, wish)
                    episode, script = casting.performed(
                        plan.voices, partial(_refused, line, refusals), watching.passed_over, line.perform
                    )
                    if episode:
                        current[file] = episode
                        made.append(episode)
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


def _must_wait(plan: Plan, refusals: Refusals, studio: Studio, wish: Wish) -> bool:
    """Tell whether the only thing to do is to be done by a voice that cannot be had yet."""
    if plan.reason != VOICE_UPGRADED or wish.dry_run:
        return False
    return bool(refusals.of(plan.voices[0], studio))


def _refused(line: _Line, refusals: Refusals, voice: Voice) -> bool:
    """Tell whether a voice cannot be had; it is not asked when nothing will be spoken."""
    missing, _clips = line.studio.missing(line.script(voice))
    return bool(missing and not line.wish.dry_run and refusals.of(voice, line.studio))


@dataclass(frozen=True, slots=True)
class _Line:
    """One article on its way, whoever speaks it."""

    station: Station
    plan: Plan
    article: Article
    mark: Callable[[str], str]
    studio: Studio
    now: datetime
    watching: Watching
    wish: Wish

    def script(self, voice: Voice) -> Script:
        """Return what will be said."""
        from nashra import making  # noqa: PLC0415 as above

        return making.script_of(self.station, self.article, voice, self.mark)

    def perform(self, voice: Voice) -> tuple[Episode | None, Script]:
        """Return the episode in this voice, and what is said in it; none when it is only asked about."""
        script, plan = self.script(voice), self.plan
        missing, clips = self.studio.missing(script)
        many = f"{missing} of {clips} clips" if clips != 1 else "1 clip"
        changed = plan.record is not None and plan.record.voice != voice
        self.watching.planned(plan.file, f"{VOICE_CHANGED if changed else plan.reason} ({many} to speak)")
        if self.wish.dry_run:
            return None, script
        self.watching.speaking(plan.file, voice, clips)
        try:
            return self._made(voice, script), script
        finally:
            self.watching.finished()

    def _made(self, voice: Voice, wanted: Script) -> Episode:
        """Make the episode: its MP3 and picture first, then its record."""
        from nashra import casting, making  # noqa: PLC0415 as above

        station, plan, article = self.station, self.plan, self.article
        others = plan.voices[plan.voices.index(voice) + 1 :]
        script = wanted
        if station.settings.voice.fallback == "clip" and others:
            script = casting.with_stand_ins(wanted, voice, others[0], self.studio, self.watching.spoken)
        sources, image, picture = plan.sources, "", b""
        if article.image:
            raw, picture = pictures.episode_image(station, plan.file, article.image)
            sources = {**sources, article.image: digest(raw)}
            slug = plan.record.slug if plan.record else article.slug
            image = f"{slug}-{digest(picture)[:12]}.jpg"
        track = self.studio.track(script, self.watching.spoken)
        made = making.Made(
            sources=sources,
            recipe=recipe(station),
            voice=voice,
            engine=self.studio.speaker.version(voice),
            image=image,
            picture=pictures.small(station, picture or pictures.show_cover(station)),
            now=self.now,
            stand_ins=casting.stand_ins(wanted, script),
        )
        episode, mp3 = making.episode(station, article, track, made, plan.record)
        with storing(AudioError, f"audio/{episode.media.file}"):
            if image:
                write(station.audio / image, picture)
            write(station.audio / episode.media.file, mp3)
        records.save(station.audio, episode)
        return episode
