"""One article to its episode: in the first voice that can be had, its MP3 first, then its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra import casting, making, pictures, records
from nashra.errors import AudioError
from nashra.planning import VOICE_CHANGED, VOICE_UPGRADED, digest
from nashra.station import recipe
from nashra.store import storing, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nashra.audio.track import Studio
    from nashra.casting import Refusals
    from nashra.model import Article, Episode, Script, Voice
    from nashra.planning import Plan, Wish
    from nashra.station import Station
    from nashra.watching import Watching


@dataclass(frozen=True, slots=True)
class Stage:
    """What an article's episode is made with: `script` is what will be said in a voice.

    `refusals` are known to the whole build.
    """

    station: Station
    plan: Plan
    article: Article
    script: Callable[[Voice], Script]
    studio: Studio
    refusals: Refusals
    wish: Wish
    now: datetime
    watching: Watching

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices that may speak; the one that the episode has is kept while it can be had."""
        had = self.plan.record and self.plan.record.voice
        return tuple(sorted(self.plan.voices, key=lambda voice: voice != had))

    def must_wait(self) -> bool:
        """Tell whether all that is to be done is to be done by a voice that cannot be had yet."""
        upgrade = self.plan.reason == VOICE_UPGRADED and not self.wish.dry_run
        return upgrade and bool(self.refusals.of(self.voices[0], self.studio))

    def perform(self) -> tuple[Episode | None, Script]:
        """Return the episode and what is said in it; none when it is only asked about.

        Raises NashraError, of the last voice when none can be had; then the old episode stays.
        """
        return casting.performed(self.voices, self._refused, self.watching.passed_over, self._attempt)

    def _refused(self, voice: Voice) -> bool:
        """Tell whether a voice cannot be had; it is not asked when nothing will be spoken."""
        if self.wish.dry_run:
            return False
        missing, _clips = self.studio.missing(self.script(voice))
        return bool(missing and self.refusals.of(voice, self.studio))

    def _attempt(self, voice: Voice) -> tuple[Episode | None, Script]:
        plan, script = self.plan, self.script(voice)
        missing, clips = self.studio.missing(script)
        many = f"{missing} of {clips} clips" if clips != 1 else "1 clip"
        changed = plan.record is not None and plan.record.voice != voice
        reason = VOICE_CHANGED if changed else plan.reason
        self.watching.planned(plan.file, f"{reason} ({many} to speak)")
        if self.wish.dry_run:
            return None, script
        self.watching.speaking(plan.file, voice, clips)
        try:
            return self._made(voice), script
        finally:
            self.watching.finished()

    def _made(self, voice: Voice) -> Episode:
        station, plan, article = self.station, self.plan, self.article
        wanted = script = self.script(voice)
        others = self.voices[self.voices.index(voice) + 1 :]
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
