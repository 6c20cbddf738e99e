"""Parts to track: laid out in time, chapters on whole seconds, and streamed as one MP3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra.audio import ledger, level, mp3
from nashra.errors import AudioError
from nashra.model import RATE, Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nashra.audio.parts import Part
    from nashra.audio.tags import Stretch
    from nashra.model import Chapter, Cue, Level, Script, Voice


@dataclass(frozen=True, slots=True)
class Track:
    """A finished episode's sound without its tag, with all its times; `frames` PCM frames long.

    It holds no sound: `stretches` are its parts by key and, without one, the silences between them.
    """

    stretches: tuple[tuple[str, Stretch], ...]
    frames: int
    level: Level
    chapters: tuple[Mark, ...]
    cues: tuple[Cue, ...]

    @property
    def size(self) -> int:
        """How many bytes `stream` gives."""
        return sum(stretch.size for _key, stretch in self.stretches) + 2 * len(mp3.SILENT)

    def stream(self, sound: Callable[[str], bytes | None]) -> Iterator[bytes]:
        """Give the MP3 piece by piece; `sound` has the bytes of a part by its key.

        Raises AudioError when a part is gone, or is not the one that was decoded and measured.
        """
        yield mp3.head([stretch for _key, stretch in self.stretches])
        for key, stretch in self.stretches:
            mpeg = sound(key) if key else mp3.SILENT * stretch.frames
            if mpeg is None or len(mpeg) != stretch.size:
                raise AudioError("a part went away while it was joined", then="build again")
            yield mpeg
        yield mp3.SILENT


def track(script: Script, parts: Sequence[Sequence[Part]], letter_s: Mapping[Voice, float]) -> Track:
    """Return the track of a script, given the parts of each of its chapters.

    A listed chapter begins on a whole second, or up to one MPEG frame (26 ms) after it: apps cut a
    chapter's time down to the second and play from there. The silence before it is what it was,
    and up to a second more, in frames of its own that no part's key knows of. Raises SpeechError as
    `ledger.cues` does.
    """
    stretches: list[tuple[str, Stretch]] = []
    louds: list[level.Loud] = []
    starts: list[int] = []
    cues: list[Cue] = []
    at = 0
    for chapter, own in zip(script.chapters, parts, strict=True):
        if silent := _second(at) - at if chapter.listed else 0:
            stretches.append(("", mp3.silence(silent)))
            louds.append(level.silence(mp3.PCM_FRAMES * silent))
            at += silent
        starts.append(mp3.PCM_FRAMES * at)
        spans: list[tuple[int, int]] = []
        words: list[tuple[int, ...]] = []
        for part in own:
            here = mp3.PCM_FRAMES * at
            spans += [(here + start, here + end) for start, end in part.spans]
            words += part.words
            stretches.append((part.key, part.stretch))
            louds.append(part.loud)
            at += part.stretch.frames
        cues += ledger.cues(chapter.utterances, spans, words, letter_s)
    frames = mp3.PCM_FRAMES * at
    return Track(
        tuple(stretches), frames, level.combined(louds), _marks(script.chapters, starts, frames), tuple(cues)
    )


def _second(at: int) -> int:
    """Return the first MPEG frame from `at` that begins on a whole second, or within itself after it.

    >>> [_second(at) for at in (0, 1, 38, 39, 40, 77)]
    [0, 39, 39, 39, 77, 77]
    """
    here = -(-(mp3.PCM_FRAMES * at // RATE) * RATE // mp3.PCM_FRAMES)
    if here == at:
        return at
    return -(-(mp3.PCM_FRAMES * at // RATE + 1) * RATE // mp3.PCM_FRAMES)


def _marks(chapters: Sequence[Chapter], starts: Sequence[int], frames: int) -> tuple[Mark, ...]:
    spans = zip(chapters, starts, [*starts[1:], frames], strict=True)
    return tuple(Mark(each.title, start, end) for each, start, end in spans if each.listed)
