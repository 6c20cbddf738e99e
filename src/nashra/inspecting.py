"""A finished episode measured in its decoded MP3: what `nashra inspect` tells and draws."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from nashra import records
from nashra.arabic.letters import letter_count
from nashra.comparing import mismatches
from nashra.errors import AudioError, ConfigurationError
from nashra.model import Episode, Level, seconds
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from pathlib import Path

    from nashra.audio.meter import Silence
    from nashra.station import Station

LONGEST = 5
"""Silences that are told of an episode."""


class Heard(NamedTuple):
    """A chapter as heard: its title, its PCM frames, its integrated loudness in LUFS."""

    title: str
    start: int
    end: int
    lufs: float


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was measured of an episode: PCM frames, level, chapters, silences, words, what is not as recorded.

    `silences` are the longest between the first and the last sound, the longest first; `lead` and
    `tail` are the PCM frames of silence at both ends.
    """

    episode: Episode
    frames: int
    level: Level
    chapters: tuple[Heard, ...]
    silences: tuple[Silence, ...]
    lead: int
    tail: int
    words: int
    words_a_minute: float
    mismatches: tuple[str, ...]


def find(station: Station, name: str) -> Episode:
    """Return the record of an episode, named by its slug, its article or its MP3; raises AudioError."""
    base = PurePath(name).name
    loaded = records.load(station.audio)
    for episode in loaded:
        if base in {episode.slug, f"{episode.slug}.json", episode.article, episode.media.file}:
            return episode
    known = ", ".join(episode.slug for episode in loaded[:5]) or "none yet: run `nashra build`"
    raise AudioError("there is no such episode", where=name, then=f"the station has {known}")


def inspect(station: Station, episode: Episode) -> tuple[Inspection, bytes]:
    """Return what was measured of an episode, and its sound: mono 16-bit PCM at 44,100 Hz.

    Raises AudioError when its MP3 is not there or is none.
    """
    from nashra.audio import level, meter, mp3  # noqa: PLC0415 the decoder: not for a build with nothing to do

    where = f"audio/{episode.media.file}"
    with storing(AudioError, where):
        file = read(station.audio / episode.media.file)
    if file is None:
        raise AudioError("is not there", where=where, then="build it again")
    pcm = mp3.decode(file, where)
    frames = len(pcm) // 2
    measured = level.measure(pcm)
    lead, tail = meter.ends(pcm)
    inside = [each for each in meter.silences(pcm) if lead < each.end < frames - tail // 2]
    words = sum(bool(letter_count(word)) for cue in episode.cues for word in cue.text.split())
    spoken = episode.cues[-1].end - episode.cues[0].start if episode.cues else 0
    found = Inspection(
        episode=episode,
        frames=frames,
        level=measured,
        chapters=tuple(
            Heard(mark.title, mark.start, mark.end, level.measure(pcm[2 * mark.start : 2 * mark.end]).lufs)
            for mark in episode.chapters
        ),
        silences=tuple(sorted(inside, key=lambda each: each.start - each.end)[:LONGEST]),
        lead=lead,
        tail=tail,
        words=words,
        words_a_minute=round(60 * words / seconds(spoken), 1) if spoken else 0.0,
        mismatches=tuple(mismatches(episode, file, pcm, measured)),
    )
    return found, pcm


def as_json(found: Inspection) -> dict[str, Any]:
    """Return an inspection for programs: times in seconds, levels in LUFS and dBTP, null for silence."""

    def level(value: float) -> float | None:
        return value if value > float("-inf") else None

    episode = found.episode
    return {
        "slug": episode.slug,
        "file": f"audio/{episode.media.file}",
        "title": episode.title,
        "duration": round(seconds(found.frames), 3),
        "frames": found.frames,
        "level": {name: level(value) for name, value in asdict(found.level).items()},
        "words": found.words,
        "words_a_minute": found.words_a_minute,
        "lead_silence": round(seconds(found.lead), 2),
        "tail_silence": round(seconds(found.tail), 2),
        "chapters": [
            {
                "title": each.title,
                "start": round(seconds(each.start), 3),
                "end": round(seconds(each.end), 3),
                "lufs": level(each.lufs),
            }
            for each in found.chapters
        ],
        "silences": [
            {"start": round(seconds(each.start), 2), "length": round(seconds(each.end - each.start), 2)}
            for each in found.silences
        ],
        "mismatches": list(found.mismatches),
    }


def draw(station: Station, found: Inspection, pcm: bytes, output: Path) -> None:
    """Draw the episode into a PNG or SVG file; raises ConfigurationError for another kind of file."""
    from nashra.audio import level, meter  # noqa: PLC0415 as above
    from nashra.feed import drawing, portrait  # noqa: PLC0415 Pillow and HarfBuzz

    renders = {".png": drawing.png, ".svg": drawing.svg}
    render = renders.get(output.suffix.lower())
    if render is None:
        raise ConfigurationError(
            "is neither .png nor .svg", where=str(output), then="name such a file with -o"
        )
    picture = portrait.portrait(
        found.episode,
        portrait.Measured(
            frames=found.frames,
            level=found.level,
            words_a_minute=found.words_a_minute,
            peaks=meter.peaks(pcm, portrait.COLUMNS),
            loudness=tuple(map(float, level.over_time(pcm))),
            target_lufs=station.settings.loudness.target_lufs,
        ),
    )
    with storing(AudioError, str(output)):
        write(output, render(picture, portrait.SIZE))
