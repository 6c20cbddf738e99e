"""One article to its episode: in the first voice that can be had, its MP3 first, then its record."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nashra import pictures, publication, records, sounds
from nashra.audio import clips
from nashra.audio.voices import ENGINES
from nashra.building import casting, keeping, making, revising
from nashra.building.casting import Refusals
from nashra.building.planning import (
    TEXT_CHANGED,
    VOICE_CHANGED,
    VOICE_UPGRADED,
    adopted,
    article_files,
    digest,
)
from nashra.errors import AudioError
from nashra.model import REISSUED, Media
from nashra.station import recipe
from nashra.store import storing, write, write_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from datetime import datetime

    from nashra.audio.dressing import Dressing
    from nashra.audio.studio import Studio
    from nashra.audio.voices.ensemble import Ensemble
    from nashra.building.planning import Plan, Wish
    from nashra.building.watching import Watching
    from nashra.model import Article, Chapter, Episode, Script, Voice
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Company:
    """What all episodes of a build have in common: engines, music, and which voices are refused."""

    station: Station
    wish: Wish
    now: datetime
    watching: Watching
    mark: Callable[[str], str]
    speaker: Ensemble
    dressing: Dressing
    refusals: Refusals


@contextmanager
def company(station: Station, wish: Wish, now: datetime, watching: Watching) -> Iterator[Company]:
    """Give what a build performs with; leaving the block closes its engines.

    Raises ConfigurationError for a sound file that is none.
    """
    dressing = sounds.dressing(station)
    refusals = Refusals(watching.passed_over)
    with making.ensemble(station) as speaker:
        yield Company(station, wish, now, watching, making.marker(station), speaker, dressing, refusals)


def stage(company: Company, plan: Plan, article: Article, number: int) -> Stage:
    """Return the stage of an article, under the guid and the title that its episode is to have."""
    plan, article, standing = to_air(company.station, plan, article, company.now)
    return Stage(company, plan, article, standing, number=number)


def to_air(
    station: Station, plan: Plan, article: Article, now: datetime
) -> tuple[Plan, Article, revising.Standing]:
    """Return plan and article under the episode's guid and title, and how it stands to what was aired."""
    record = plan.record
    if record and (plan.reason == REISSUED or not record.words):
        record = records.whole(station.audio, record)  # its cues tell what was aired
    standing = revising.standing(article, plan.sources.get(plan.file, ""), record)
    if record and plan.reason == REISSUED:
        record = revising.reissued(record, article, station.settings.show.language, now)
    return replace(plan, record=record), revising.retitled(article, record), standing


def as_aired(station: Station, file: str, raw: bytes, article: Article) -> tuple[Article, bool]:
    """Return an article under the title that its episode has, and whether its words are a correction."""
    loaded = records.load(station.audio, cues=False)
    record = adopted(loaded, station, article_files(station)).get(file)
    if record and not record.words:
        record = records.whole(station.audio, record)
    standing = revising.standing(article, digest(raw), record)
    return revising.retitled(article, record), standing.corrected


@dataclass(frozen=True, slots=True)
class Stage:
    """An article that is to become an episode; `scripts` are what will be said, in each voice so far.

    `number` is the one that a new episode gets in its season, 0 for none; `standing` says whether its
    words are those that were aired.
    """

    company: Company
    plan: Plan
    article: Article
    standing: revising.Standing
    scripts: dict[Voice, Script] = field(default_factory=dict)
    number: int = 0

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices that may speak; the one that the episode has is kept while it can be had."""
        had = self.plan.record and self.plan.record.voice
        return tuple(sorted(self.plan.voices, key=lambda voice: voice != had))

    def must_wait(self) -> bool:
        """Tell whether all that is to be done is to be done by a voice that cannot be had yet."""
        upgrade = self.plan.reason == VOICE_UPGRADED and not self.company.wish.dry_run
        return upgrade and bool(self.company.refusals.of(self.voices[0], self.company.speaker))

    def perform(self) -> tuple[Episode | None, Script]:
        """Return the episode and what is said in it; none when it is only asked about.

        Raises NashraError, of the last voice when none can be had; then the old episode stays.
        """
        if self.company.wish.keep_audio and self.plan.reason == TEXT_CHANGED and self.plan.record:
            return self._kept(self.plan.record)
        passed_over = self.company.watching.passed_over
        return casting.performed(self.voices, self._refused, passed_over, self._attempt)

    def _kept(self, record: Episode) -> tuple[Episode | None, Script]:
        """Return the episode with its new text and its old sound; its MP3 is not touched."""
        station, plan, wish = self.company.station, self.plan, self.company.wish
        script = self._script(record.voice)
        self.company.watching.planned(plan.file, f"{plan.reason} (its sound is kept)")
        sources = dict(plan.sources)
        if self.article.image:
            raw, _picture = pictures.episode_image(station, plan.file, self.article.image)
            sources[self.article.image] = digest(raw)
        record = records.whole(station.audio, record)
        episode = keeping.kept(record, self.article, sources, script, self.standing, self.company.now)
        if wish.dry_run:
            return None, script
        records.save(station.audio, episode)
        return episode, script

    def _refused(self, voice: Voice) -> bool:
        """Tell whether a voice cannot be had; it is not asked when nothing will be spoken."""
        if self.company.wish.dry_run or not ENGINES[voice.engine].online:
            return False  # before its script: what is here is spoken while the script is written
        script, speaker = self._script(voice), self.company.speaker
        missing = clips.missing(script, speaker, clips.shelf(self.company.station.shelves))
        return bool(missing and self.company.refusals.of(voice, speaker))

    def _attempt(self, voice: Voice) -> tuple[Episode | None, Script]:
        """Return what one voice makes of it, in a studio of its own."""
        plan, wish, watching = self.plan, self.company.wish, self.company.watching
        station = self.company.station
        other = self._stand_in(voice)
        with making.studio(station, self.company.speaker, wish.jobs, self.company.dressing) as studio:
            cover = None
            if not wish.dry_run:
                cover = studio.aside(lambda: pictures.small(station, pictures.show_cover(station)))
            if wish.dry_run or other:
                script = self._script(voice, studio.count)
            else:
                studio.tune(voice)
                script = self._script(voice, studio.begin)
            many = sum(len(chapter.utterances) for chapter in script.chapters)
            missing = f"{studio.missing} of {many} clips" if many != 1 else "1 clip"
            changed = plan.record is not None and plan.record.voice != voice
            watching.planned(plan.file, f"{VOICE_CHANGED if changed else plan.reason} ({missing} to speak)")
            if cover is None:
                return None, script
            watching.speaking(plan.file, voice, many)
            try:
                return self._made(voice, other, studio, cover), script
            finally:
                watching.finished()

    def _stand_in(self, voice: Voice) -> Voice | None:
        """Return the voice that says what `voice` cannot, where the owner wants that clip by clip."""
        others = self.voices[self.voices.index(voice) + 1 :]
        return others[0] if others and self.company.station.settings.voice.fallback == "clip" else None

    def _script(self, voice: Voice, begun: Callable[[Chapter], None] = lambda _chapter: None) -> Script:
        """Return what is said in a voice; `begun` is told of each chapter as soon as it is written."""
        known = self.scripts.get(voice)
        if known is None:
            station, mark = self.company.station, self.company.mark
            corrected = self.standing.corrected
            known = making.script_of(station, self.article, voice, mark, begun, corrected=corrected)
            self.scripts[voice] = known
        else:
            for chapter in known.chapters:
                begun(chapter)
        return known

    def _made(self, voice: Voice, other: Voice | None, studio: Studio, cover: Future[bytes]) -> Episode:
        station, plan, article = self.company.station, self.plan, self.article
        wanted = script = self.scripts[voice]
        told: Callable[[int, int], None] = self.company.watching.spoken
        if other:
            script = casting.with_stand_ins(wanted, voice, other, studio.speaker, station.shelves, told)
            told = lambda _clips, _frames: None  # noqa: E731 they were told of already
        sources, image, picture = plan.sources, "", b""
        slug = making.slug_of(article, plan.record)
        if article.image:
            raw, picture = pictures.episode_image(station, plan.file, article.image)
            sources = {**sources, article.image: digest(raw)}
            image = f"{slug}-{digest(picture)[:12]}.jpg"
        publication.prepare(station)  # the sound is being encoded
        track = studio.track(script, told)
        made = making.Made(
            sources=sources,
            recipe=recipe(station),
            voice=voice,
            engine=studio.speaker.version(voice),
            sounds=station.sounds,
            image=image,
            picture=pictures.small(station, picture) if picture else cover.result(),
            now=self.company.now,
            stand_ins=casting.stand_ins(wanted, script),
            number=self.number,
        )
        record = plan.record and records.whole(station.audio, plan.record)
        chunks, size = making.file(station, article, track, studio, made, record)
        from nashra.audio import read_back  # noqa: PLC0415 the encoder's module: the studio begins without it

        with storing(AudioError, f"audio/{slug}.mp3"):
            if image:
                write(station.audio / image, picture)
            name, sha256 = write_named(
                station.audio,
                chunks,
                size,
                lambda digest: f"{slug}-{digest[:12]}.mp3",
                lambda blocks: read_back.check(blocks, track.frames),
            )
        episode = making.episode(station, article, track, made, Media(name, size, sha256), record)
        episode = revising.revised(episode, record, self.standing, plan.reason, self.company.now)
        records.save(station.audio, episode)
        return episode
