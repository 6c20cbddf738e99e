"""Script to track: spoken in order, encoded on all cores while the next is spoken, levelled as a whole."""

from __future__ import annotations

import math
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Self, TypeVar

from nashra.audio import clips, freeing
from nashra.audio.dressing import Dressing
from nashra.audio.gains import Gauge, gauge
from nashra.audio.passages import Passage, passages
from nashra.errors import AudioError
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nashra.audio.parts import Part
    from nashra.audio.track import Track
    from nashra.audio.voices.ensemble import Ensemble
    from nashra.kept import Shelves
    from nashra.model import Chapter, Clip, Script, Utterance, Voice
    from nashra.settings import Loudness, Pauses

AIM = 0.4
"""LU that an episode may be off its target before its own gain is corrected."""

TOLERANCE = 0.5
"""LU that it may be off when no correction helps more: what the issue of broadcast sound allows."""

BRIEF_S = 3.0
"""Seconds under which a track is as loud as its voice is: one word cannot be raised without its peaks.

It is the window of EBU R 128's short-term loudness; under 0.4 s there is no loudness at all.
"""

ATTEMPTS = 5
"""How often an episode is levelled: a limiter takes back part of what a gain gives."""

LEAST_GIVEN = 0.25
"""LU that a dB of gain is taken to give at the least: espeak at double speed and half pitch gave 0.3."""

AHEAD = 2
"""Passages for each core that are spoken before they are encoded: memory holds the sound of no more."""


Found = TypeVar("Found")


class Studio:
    """What a track is made with: the engines, the owner's settings, the folder where things are kept.

    One thread asks for speech: espeak's process is 900 times faster than real time, which keeps five
    cores busy encoding; an online engine is asked by several from there. Encoding, decoding
    and measuring run on `jobs` threads and leave the GIL to others. What comes out does not depend on
    `jobs`.
    """

    def __init__(
        self,
        speaker: Ensemble,
        pauses: Pauses,
        loudness: Loudness,
        cache: Path | Shelves,
        jobs: int = 1,
        dressing: Dressing | None = None,
    ) -> None:
        self.speaker = speaker
        self._dressing = dressing or Dressing()
        self._written: list[Chapter] = []
        self._pauses = pauses
        self._loudness = loudness
        self._cache = cache
        self._clips = clips.shelf(cache)
        self._speaking = ThreadPoolExecutor(1)
        self._encoding = ThreadPoolExecutor(jobs)
        self._most = AHEAD * jobs
        self._waiting: deque[Future[Part]] = deque()
        self._begun: dict[tuple[Passage, float, float], Future[Future[Part]]] = {}
        self._gauges: dict[Voice, Gauge] = {}
        self._counted: dict[str, bool] = {}
        self._encoded = 0
        self._over: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Stop, at the next clip and the next part; every one that is finished is kept."""
        self._over = self._over or AudioError("the studio is closed", then="report this as a fault of Nashra")
        if kind is KeyboardInterrupt:
            self.speaker.hang_up()
        for pool in (self._speaking, self._encoding):
            pool.shutdown(cancel_futures=True)

    def aside(self, work: Callable[[], Found]) -> Future[Found]:
        """Have something else done on a core that is idle while the script is written."""
        return self._encoding.submit(work)

    def count(self, chapter: Chapter) -> None:
        """Take note of which clips of a chapter are kept already."""
        for line in chapter.utterances:
            key = clips.key(line.spoken, line.voice, self.speaker.version)
            self._counted.setdefault(key, key not in self._clips)

    def begin(self, chapter: Chapter) -> None:
        """Begin with a chapter of a script that is still being written.

        Where there is music, what a chapter wears depends on the one that follows: then it is the one before.
        """
        self.count(chapter)
        self._written.append(chapter)
        if not self._dressing.has_music:
            self._begin(chapter, None, first=False)
        elif len(self._written) > 1:
            self._begin(self._written[-2], chapter, first=len(self._written) == 2)

    def _begin(self, chapter: Chapter, following: Chapter | None, *, first: bool) -> None:
        for passage in passages(chapter, self._pauses, self._dressing.worn(chapter, following, first=first)):
            self._asked(passage, 0.0, self._loudness.peak_dbtp)

    def tune(self, voice: Voice) -> None:
        """Begin with starting and measuring a voice that will be needed."""
        self._speaking.submit(self.speaker.start, voice)
        self._speaking.submit(self._gauge, voice)

    @property
    def missing(self) -> int:
        """How many clips of the chapters that were begun or counted had not been kept."""
        return sum(self._counted.values())

    def track(self, script: Script, done: Callable[[int, int], None]) -> Track:
        """Return the track of a script; `done` is told of clips, and of PCM frames, that are finished.

        Raises SpeechError when a sentence cannot be spoken, AudioError when the sound is not whole or
        not as loud as it must be.
        """
        from nashra.audio.track import track  # noqa: PLC0415 numpy and the encoder: not for a build with nothing to do

        gain_db, ceiling = 0.0, self._loudness.peak_dbtp
        given = 1.0  # LU for a dB
        tried: list[tuple[float, float]] = []
        for attempt in range(ATTEMPTS):
            told = (lambda _clips, _frames: None) if attempt else done
            parts = list(self._parts(script, gain_db, ceiling, told))
            if self._encoded > freeing.EVERY:
                freeing.give_back()  # the record, the transcripts and the page come next
            made = track(script, parts, {voice: each.letter_s for voice, each in self._gauges.items()})
            off = 0.0 if seconds(made.frames) < BRIEF_S else self._loudness.target_lufs - made.level.lufs
            above = made.level.dbtp - self._loudness.peak_dbtp
            if abs(off) <= AIM and above <= 0:
                return made
            if math.isinf(off):
                break
            if tried and gain_db != tried[-1][0]:
                given = (made.level.lufs - tried[-1][1]) / (gain_db - tried[-1][0])
            tried.append((gain_db, made.level.lufs))
            # In half steps: an edit that moves the level by a hair keeps the gain of all parts.
            gain_db += round(2 * off / min(max(given, LEAST_GIVEN), 1.0)) / 2
            ceiling -= math.ceil(2 * max(above, 0)) / 2
        if abs(off) <= TOLERANCE and above <= 0:
            return made
        raise AudioError(
            f"came out at {made.level.lufs} LUFS with a peak of {made.level.dbtp} dBTP",
            then="set [loudness] in nashra.toml to what this voice can reach",
        )

    def sound(self, key: str) -> bytes | None:
        """Return the MPEG frames of a part, None when it is no longer whole."""
        from nashra.audio import parts  # noqa: PLC0415 as above

        found = parts.shelf(self._cache).get(key)
        return found and found[1]

    def _parts(
        self, script: Script, gain_db: float, ceiling: float, done: Callable[[int, int], None]
    ) -> Iterator[list[Part]]:
        asked = [
            [
                (passage, self._asked(passage, gain_db, ceiling))
                for passage in passages(chapter, self._pauses, dress)
            ]
            for chapter, dress in zip(script.chapters, self._dressing.of(script), strict=True)
        ]
        for chapter in asked:
            own = []
            for passage, future in chapter:
                own.append(future.result().result())
                done(len(passage.lines), own[-1].spans[-1][1])
            yield own

    def _asked(self, passage: Passage, gain_db: float, ceiling: float) -> Future[Future[Part]]:
        wish = (passage, gain_db, ceiling)
        if wish not in self._begun:
            self._begun[wish] = self._speaking.submit(self._spoken, *wish)
        return self._begun[wish]

    def _spoken(self, passage: Passage, gain_db: float, ceiling: float) -> Future[Part]:
        """Speak what is not kept of a passage, and give its encoding, which goes on elsewhere."""
        from nashra.audio import parts  # noqa: PLC0415 as above

        gains = {line.voice: self._gauge(line.voice).gain_db + gain_db for line in passage.lines}
        kept = parts.shelf(self._cache)
        name = parts.key(passage, self.speaker.version, gains, ceiling)
        found = parts.found(kept, name)
        if found is not None:
            ready: Future[Part] = Future()
            ready.set_result(found)
            return ready
        spoken = self._clips_of(passage.lines)
        self._encoded += 1
        if not self._encoded % freeing.EVERY:
            freeing.give_back()
        while len(self._waiting) >= self._most:
            self._waiting.popleft().exception()  # whoever needs the part hears of it
        self._waiting.append(self._encoding.submit(parts.made, kept, name, passage, spoken, gains, ceiling))
        return self._waiting[-1]

    def _clips_of(self, lines: tuple[Utterance, ...]) -> list[Clip]:
        """Return their clips; after the first that failed there is no other, for the episode has failed."""
        try:
            return clips.spoken(lines, self.speaker, self._clips, self._go_on)
        except BaseException as failed:
            self._over = self._over or failed
            raise

    def _go_on(self) -> None:
        if self._over is not None:
            raise self._over

    def _gauge(self, voice: Voice) -> Gauge:
        """Return the gauge of a voice; its failure is the episode's, however early it was asked for."""
        if voice not in self._gauges:
            self._go_on()
            try:
                self._gauges[voice] = gauge(voice, self._loudness, self.speaker, self._cache)
            except BaseException as failed:
                self._over = self._over or failed
                raise
        return self._gauges[voice]
