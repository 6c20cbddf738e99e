"""The sound of utterances, kept by content: a sentence is spoken once in its life."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple
from typing import TYPE_CHECKING

from nashra.arabic.letters import letter_count, strip_marks
from nashra.audio.voices import ENGINES
from nashra.errors import NashraError, SpeechError
from nashra.kept import Kept, Shelves
from nashra.kept import shelf as shelf_of
from nashra.model import Clip, Utterance, Voice, Word
from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from nashra.audio.voices import Speaker
    from nashra.audio.voices.ensemble import Ensemble
    from nashra.model import Script

SLOWEST = 0.35
"""Seconds a letter may take. espeak at its usual speed takes 0.09 in a sentence, 0.2 in one word."""

FASTEST = 0.02
"""Seconds a letter must take, or words are missing: twice as fast as the fastest of readers."""

FAINTEST = 104
"""The peak that a clip must reach, of 32,767: -50 dBFS."""

LEAST_BYTES = 1024
"""Bytes of PCM that a clip must have: 23 ms at 22,050 Hz, less than any letter takes."""

RATES = range(8_000, 96_001)
"""Hz that an engine may speak at: another number is a header that was misread."""


def shelf(cache: Path | Shelves) -> Kept:
    """Return where clips are kept."""
    return shelf_of(cache, "clips", "clip")


def sent(text: str, voice: Voice) -> str:
    """Return what the engine is sent of a spoken text: with vowel marks if it reads them."""
    return text if ENGINES[voice.engine].marks else strip_marks(text)


def key(text: str, voice: Voice, version: Callable[[Voice], str]) -> str:
    """Return the key of a clip: everything that shapes its sound."""
    return sha256("clip", version(voice), *map(str, astuple(voice)), sent(text, voice))


def clip(text: str, voice: Voice, speaker: Speaker, kept: Kept) -> Clip:
    """Return the sound of a spoken text, asked of the engine only if it is not kept yet.

    Raises SpeechError when the engine gives no sound, or sound that cannot be that text.
    """
    name = key(text, voice, speaker.version)
    found = kept.get(name)
    if found is not None:
        header, pcm = found
        return Clip(pcm, header["rate"], tuple(Word(*word) for word in header["words"]))
    try:
        made = speaker.speak(sent(text, voice), voice)
    except NashraError:
        raise
    except Exception as broken:  # an engine's own: whatever it is, it is this sentence that has no sound
        what = f"{voice.engine} failed on «{strip_marks(text)[:60]}»: {broken}"
        raise SpeechError(what, then="rephrase that sentence, or take another voice") from broken
    check(text, voice, made)
    kept.put(name, {"rate": made.rate, "words": [astuple(word) for word in made.words]}, made.pcm)
    return made


def missing(script: Script, speaker: Speaker, kept: Kept) -> int:
    """Return how many clips of a script are not kept yet."""
    lines = (line for chapter in script.chapters for line in chapter.utterances)
    return sum(name not in kept for name in {key(line.spoken, line.voice, speaker.version) for line in lines})


def spoken(
    lines: Sequence[Utterance], speaker: Ensemble, kept: Kept, go_on: Callable[[], None]
) -> list[Clip]:
    """Return the sound of utterances in order, each text asked once, as many together as its engine takes.

    `go_on` raises before a clip what ends them all. Raises what `clip` raises, for the first that fails;
    what was spoken until then is kept.
    """

    def asked(each: tuple[str, Voice]) -> Clip:
        go_on()
        return clip(each[0], each[1], speaker, kept)

    wanted = tuple(dict.fromkeys((line.spoken, line.voice) for line in lines))
    at_once = max((speaker.at_once(voice) for _text, voice in wanted), default=1)
    with together(at_once, speaker) as pool:
        made = dict(zip(wanted, pool.map(asked, wanted), strict=True))
    return [made[line.spoken, line.voice] for line in lines]


@contextmanager
def together(at_once: int, speaker: Ensemble) -> Iterator[ThreadPoolExecutor]:
    """Give threads that speak. On Ctrl-C nobody waits for what they wait for: the engines are closed."""
    pool = ThreadPoolExecutor(at_once)
    try:
        yield pool
    except KeyboardInterrupt:
        pool.shutdown(wait=False, cancel_futures=True)
        speaker.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def check(text: str, voice: Voice, made: Clip) -> None:
    """Refuse a clip that cannot be the sound of this text; raises SpeechError quoting it.

    No engine's word is taken for it: gTTS was seen to return success with no bytes, edge-tts with a
    third of the sentence.
    """
    letters = letter_count(text)
    length = made.frames / made.rate if made.rate in RATES else 0.0
    longest = (1.5 + SLOWEST * letters) / voice.speed
    shortest = FASTEST * letters / voice.speed
    loudest = _peak(made.pcm[: len(made.pcm) // 2 * 2])
    if made.rate not in RATES:
        what = f"sound of {made.rate} Hz"
    elif len(made.pcm) < LEAST_BYTES or loudest < FAINTEST:
        what = "no sound"
    elif len(made.pcm) % 2:
        what = "half a sample"
    elif not shortest <= length <= longest:
        what = f"{length:.1f} s of sound for {letters} letters"
    else:
        return
    raise SpeechError(
        f"{voice.engine} gave {what} for «{strip_marks(text)[:60]}»",
        then="build again; if it stays so, rephrase that sentence",
    )


def _peak(pcm: bytes) -> int:
    import numpy as np  # noqa: PLC0415 not for a build with nothing to do

    samples = np.frombuffer(pcm, "<i2").astype(np.int32)
    return int(np.abs(samples).max(initial=0))


def utterance_key(line: Utterance, version: Callable[[Voice], str]) -> str:
    """Return the key of an utterance's sound in its chapter: its clip, and the silence after it."""
    return sha256(key(line.spoken, line.voice, version), str(line.pause_ms))
