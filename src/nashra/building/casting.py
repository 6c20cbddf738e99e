"""Who speaks: the first voice of a chain that can be had, for a whole episode or, if allowed, a clip."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from nashra.audio import clips
from nashra.errors import SpeechError
from nashra.model import RATE, StandIn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nashra.audio.voices.ensemble import Ensemble
    from nashra.kept import Shelves
    from nashra.model import Script, Utterance, Voice

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Refusals:
    """What is known in this build of voices that cannot be had: each is asked once.

    `passed_over` hears of each that was not, and why.
    """

    passed_over: Callable[[Voice, str], None]
    known: dict[Voice, str] = field(default_factory=dict)

    def of(self, voice: Voice, speaker: Ensemble) -> str:
        """Return why a voice cannot be had, empty when it can."""
        if voice not in self.known:
            self.known[voice] = speaker.refusal(voice)
            if self.known[voice]:
                self.passed_over(voice, self.known[voice])
        return self.known[voice]


def performed(
    voices: tuple[Voice, ...],
    refused: Callable[[Voice], bool],
    failed: Callable[[Voice, str], None],
    attempt: Callable[[Voice], Made],
) -> Made:
    """Return what the first voice makes that neither refuses nor fails; the last one is not spared.

    An attempt is a whole episode: two voices never share one by accident. `failed` hears of each that
    was tried in vain. Raises what the last attempt raises.
    """
    for voice in voices[:-1]:
        if refused(voice):
            continue
        try:
            return attempt(voice)
        except SpeechError as failure:
            failed(voice, str(failure))
    return attempt(voices[-1])


def with_stand_ins(
    script: Script,
    voice: Voice,
    other: Voice,
    speaker: Ensemble,
    cache: Path | Shelves,
    done: Callable[[int, int], None],
) -> Script:
    """Return the script with the sentences that `voice` cannot say given to `other`.

    Everything that can be spoken is spoken here, and kept; `done` is told of each clip, and of its PCM
    frames.
    """
    kept = clips.shelf(cache)

    def spoken_by(line: Utterance) -> tuple[Utterance, int]:
        if line.voice.engine != voice.engine:
            return line, 0  # a heading's own voice stands as it is
        try:
            clip = clips.clip(line.spoken, line.voice, speaker, kept)
        except SpeechError:
            name = other.name if line.voice.name == voice.name else line.voice.name
            return replace(line, voice=replace(other, name=name)), 0
        return line, clip.frames * RATE // clip.rate

    chapters = []
    with clips.together(speaker.at_once(voice), speaker) as pool:
        for chapter in script.chapters:
            lines = []
            for line, frames in pool.map(spoken_by, chapter.utterances):
                lines.append(line)
                done(1, frames)
            chapters.append(replace(chapter, utterances=tuple(lines)))
    return replace(script, chapters=tuple(chapters))


def stand_ins(wanted: Script, performed: Script) -> tuple[StandIn, ...]:
    """Return the sentences that are spoken by another voice than was wanted."""
    lines = (
        (before, after)
        for chapters in zip(wanted.chapters, performed.chapters, strict=True)
        for before, after in zip(*(chapter.utterances for chapter in chapters), strict=True)
    )
    return tuple(StandIn(after.text, after.voice) for before, after in lines if before.voice != after.voice)
