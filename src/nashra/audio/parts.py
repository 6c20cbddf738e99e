"""A passage's sound, encoded, measured and kept by content: what no edit touched is not decoded again."""

from __future__ import annotations

from importlib.metadata import version as installed
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.letters import strip_marks
from nashra.audio import level, mixing, mp3, sound
from nashra.audio.tags import Stretch
from nashra.errors import AudioError
from nashra.kept import Kept, Shelves
from nashra.kept import shelf as shelf_of
from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nashra.audio.passages import Passage
    from nashra.model import Clip, Voice

RECIPE = sha256(mp3.RECIPE, f"lameenc-{installed('lameenc')}", sound.STITCH, level.MEASURE)
"""What every part is made and measured with."""


FAINTEST_DBTP = -50.0
"""What a passage's true peak must reach in its decoded sound: its clips did before they were raised."""


class Part(NamedTuple):
    """A passage as MPEG frames, kept under `key`: what a track of it has to know, and nothing of its sound.

    `spans` has the (start, end) of every utterance in PCM frames from the part's beginning, `words` where
    each of its written words begins, from its start, `loud` what was measured on its decoded sound.
    """

    key: str
    stretch: Stretch
    spans: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, ...], ...]
    loud: level.Loud


def shelf(cache: Path | Shelves) -> Kept:
    """Return where parts are kept."""
    return shelf_of(cache, "parts", "part")


def key(passage: Passage, version: Callable[[Voice], str], gains: dict[Voice, float], ceiling: float) -> str:
    """Return the key of a part: everything that shapes its bytes."""
    levels = [f"{gains[line.voice]:.2f}" for line in passage.lines]
    return sha256("part", RECIPE, f"{ceiling:.2f}", passage.key(version), *levels)


def found(kept: Kept, name: str) -> Part | None:
    """Return the part that is kept under a key, or None when it is not, or not whole."""
    entry = kept.get(name)
    if entry is None or "words" not in entry[0]:  # parts of an earlier Nashra do not tell the words
        return None
    header, mpeg = entry
    return Part(
        name,
        Stretch(header["frames"], len(mpeg), header["crc"]),
        tuple((start, end) for start, end in header["spans"]),
        tuple(tuple(words) for words in header["words"]),
        level.Loud(tuple(header["tenths"]), header["peak"]),
    )


def made(
    kept: Kept, name: str, passage: Passage, clips: list[Clip], gains: dict[Voice, float], ceiling: float
) -> Part:
    """Encode a passage of these clips, decode it once, measure it, and keep it under its key.

    Nearly all of it runs without the GIL. Raises AudioError when what came out of the encoder is not
    whole, or not as long as it must be.
    """
    pcm, frames, spans, words = sound.passage_sound(
        passage, clips, lambda voice, clip: level.gain(clip, gains[voice], ceiling)
    )
    if passage.dress.key:
        pcm, spans = mixing.dressed(pcm, spans, passage.dress, ceiling)
        frames = -(-len(pcm) // 2 // mp3.PCM_FRAMES) + 1
        pcm = pcm.ljust(2 * mp3.length_for(frames), b"\0")
    mpeg = mp3.encode(pcm)
    stretch, heard = mp3.checked(mpeg, frames)
    loud = level.loudness_of(heard)
    if loud.peak_dbtp < FAINTEST_DBTP:
        what = f"«{strip_marks(passage.lines[0].text)[:60]}» came out of the encoder silent"
        raise AudioError(what, then="delete .nashra/clips and build again")
    header = {
        "spans": spans,
        "words": words,
        "frames": frames,
        "crc": stretch.crc,
        "tenths": loud.tenths,
        "peak": loud.peak_dbtp,
    }
    kept.put(name, header, mpeg)
    return Part(name, stretch, spans, words, loud)
