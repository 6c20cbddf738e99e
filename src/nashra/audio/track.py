"""Script to track: parts kept by content, encoded side by side, joined, and measured when finished."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from nashra.audio import clips
from nashra.audio.dressing import Dressing
from nashra.errors import AudioError
from nashra.model import Cue, Mark
from nashra.store import Kept, sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nashra.audio.dressing import Dress
    from nashra.audio.voices import Speaker
    from nashra.model import Chapter, Clip, Level, Loudness, Pauses, Script, Voice

AIM = 0.4
"""LU that an episode may be off its target before its own gain is corrected."""

TOLERANCE = 1.0
"""LU that it may be off when no correction helps more: what directories accept."""

ATTEMPTS = 4
"""How often an episode is levelled: a limiter takes back part of what a gain gives."""

# What a voice's level is measured on: half a minute of ordinary news, fully vowelled, so that no
# edit of an article ever changes the gain of all its sentences.
CALIBRATION = (
    "أَعْلَنَتِ الْحُكُومَةُ الْيَوْمَ عَنْ خُطَّةٍ جَدِيدَةٍ لِتَطْوِيرِ قِطَاعِ النَّقْلِ فِي الْمُدُنِ الْكُبْرَى.",
    "وَقَالَ الْوَزِيرُ إِنَّ الْأَشْغَالَ سَتَبْدَأُ فِي الشَّهْرِ الْمُقْبِلِ، وَتَسْتَمِرُّ ثَلَاثَ سَنَوَاتٍ.",
    "وَمِنَ الْمُتَوَقَّعِ أَنْ تَنْخَفِضَ دَرَجَاتُ الْحَرَارَةِ نِهَايَةَ الْأُسْبُوعِ فِي مُعْظَمِ الْمَنَاطِقِ.",
)

# The same of a voice for words in Latin letters, as it says them.
CALIBRATION_LATIN = (
    "The national report on public transport and tourism.",
    "Maroc Telecom, Royal Air Maroc, Paris Saint-Germain, Washington Post.",
    "La conférence internationale de Genève.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """The encoded sound of a chapter, and its cues counted from its own beginning."""

    mpeg: bytes
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """A finished episode's sound without its tag, with all its times.

    It is meant to be `frames` PCM frames long; `decoded` is how many a decoder made of it.
    """

    mp3: bytes
    frames: int
    decoded: int
    level: Level
    chapters: tuple[Mark, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Studio:
    """What tracks are made with: an open engine, the owner's settings, the folder where things are kept."""

    speaker: Speaker
    pauses: Pauses
    loudness: Loudness
    cache: Path
    jobs: int = 1
    dressing: Dressing | None = None

    def missing(self, script: Script) -> tuple[int, int]:
        """Return how many clips of a script are not kept yet, and how many it has."""
        keys = [
            clips.key(line.spoken, line.voice, self.speaker.version)
            for chapter in script.chapters
            for line in chapter.utterances
        ]
        return sum(self.clips.get(key) is None for key in dict.fromkeys(keys)), len(keys)

    @property
    def clips(self) -> Kept:
        """Where clips are kept."""
        return Kept(self.cache / "clips", "clip")

    def track(self, script: Script, done: Callable[[int], None]) -> Track:
        """Return the track of a script; `done` is told of every clip count that is finished.

        Raises SpeechError when a sentence cannot be spoken, AudioError when the finished track is
        not whole or not as loud as it must be.
        """
        gain_db, ceiling = 0.0, self.loudness.peak_dbtp
        for _attempt in range(ATTEMPTS):
            made = self._joined(script, gain_db, ceiling, done)
            off = self.loudness.target_lufs - made.level.lufs
            above = made.level.dbtp - self.loudness.peak_dbtp
            if abs(off) <= AIM and above <= 0:
                return made
            # In half steps: an edit that moves the level by a hair keeps the gain of all parts.
            gain_db += round(2 * off) / 2
            ceiling -= math.ceil(2 * max(above, 0)) / 2
        if abs(off) <= TOLERANCE and above <= 0:
            return made
        raise AudioError(
            f"came out at {made.level.lufs} LUFS with a peak of {made.level.dbtp} dBTP",
            then="set [loudness] in nashra.toml to what this voice can reach",
        )

    def _joined(self, script: Script, gain_db: float, ceiling: float, done: Callable[[int], None]) -> Track:
        from nashra.audio import level, mp3  # noqa: PLC0415 numpy and the encoder: not for a build with nothing to do

        with ThreadPoolExecutor(self.jobs) as pool:
            waiting = [pool.submit(encoding) for encoding in self._encodings(script, gain_db, ceiling, done)]
            parts = [each.result() for each in waiting]
        starts = [0]  # and one more: where the last part ends
        for part in parts:
            starts.append(starts[-1] + mp3.frames_of([part.mpeg]))
        spans = zip(script.chapters, starts, starts[1:], strict=False)
        joined = mp3.join([part.mpeg for part in parts])
        pcm = mp3.decode(joined)
        return Track(
            mp3=joined,
            frames=starts[-1],
            decoded=len(pcm) // 2,
            level=level.measure(pcm),
            chapters=tuple(Mark(each.title, start, end) for each, start, end in spans if each.listed),
            cues=tuple(
                replace(cue, start=cue.start + start, end=cue.end + start)
                for part, start in zip(parts, starts, strict=False)
                for cue in part.cues
            ),
        )

    def _encodings(
        self, script: Script, gain_db: float, ceiling: float, done: Callable[[int], None]
    ) -> Iterator[Callable[[], Part]]:
        """Yield what makes each part: its clips are spoken here, in order; its encoding can wait."""
        dresses = (self.dressing or Dressing()).of(script)
        for chapter, dress in zip(script.chapters, dresses, strict=True):
            gains = {line.voice: self._gain(line.voice) + gain_db for line in chapter.utterances}
            yield self._encoding(chapter, gains, ceiling, dress)
            done(len(chapter.utterances))

    def _encoding(
        self, chapter: Chapter, gains: dict[Voice, float], ceiling: float, dress: Dress
    ) -> Callable[[], Part]:
        kept = Kept(self.cache / "parts", "part")
        name = self._part_key(chapter, gains, ceiling, dress)
        found = kept.get(name)
        if found is not None:
            header, mpeg = found
            times = zip(chapter.utterances, header["cues"], strict=True)
            cues = tuple(
                Cue(start, end, line.role, line.text, line.new_paragraph) for line, (start, end) in times
            )
            return lambda: Part(mpeg, cues)
        spoken = [self._clip(line.spoken, line.voice) for line in chapter.utterances]

        def encode() -> Part:
            from nashra.audio import level, mixing, mp3, sound  # noqa: PLC0415 as above

            pcm, cues = sound.chapter_sound(
                chapter,
                spoken,
                self.pauses.start_ms,
                lambda voice, clip: level.gain(clip, gains[voice], ceiling),
            )
            pcm, spans = mixing.dressed(pcm, [(cue.start, cue.end) for cue in cues], dress, ceiling)
            cues = tuple(
                replace(cue, start=start, end=end) for cue, (start, end) in zip(cues, spans, strict=True)
            )
            part = Part(mp3.encode(pcm), cues)
            kept.put(name, {"cues": [(cue.start, cue.end) for cue in cues]}, part.mpeg)
            return part

        return encode

    def _part_key(self, chapter: Chapter, gains: dict[Voice, float], ceiling: float, dress: Dress) -> str:
        from nashra.audio import mp3, sound  # noqa: PLC0415 as above

        spoken = [clips.utterance_key(line, self.speaker.version) for line in chapter.utterances]
        levels = [f"{gains[line.voice]:.2f}" for line in chapter.utterances]
        recipe = (mp3.RECIPE, f"lameenc-{installed('lameenc')}", sound.STITCH, str(self.pauses.start_ms))
        return sha256("part", *recipe, f"{ceiling:.2f}", *spoken, *levels, *dress.key)

    def _clip(self, text: str, voice: Voice) -> Clip:
        return clips.clip(text, voice, self.speaker, self.clips)

    def _gain(self, voice: Voice) -> float:
        """Return the gain in dB that brings a voice to the target, measured once for the voice."""
        target = self.loudness.target_lufs
        said = CALIBRATION if voice.name.startswith("ar") else CALIBRATION_LATIN
        kept = Kept(self.cache / "levels", "level")
        name = sha256(
            "gain",
            str(self.loudness),
            *(clips.key(text, voice, self.speaker.version) for text in said),
        )
        found = kept.get(name)
        if found is not None:
            return float(found[0]["gain_db"])
        from nashra.audio import level, mp3, sound  # noqa: PLC0415 as above

        pcm = b"".join(sound.finished(self._clip(text, voice)) for text in said)
        gain_db = target - level.measure(pcm).lufs
        # The limiter takes some of it away again: once more, on what it left.
        gain_db += target - level.measure(level.gain(pcm, gain_db, self.loudness.peak_dbtp)).lufs
        gain_db = round(gain_db + mp3.LOSS_DB, 1)
        kept.put(name, {"gain_db": gain_db}, b"")
        return gain_db
