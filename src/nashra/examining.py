"""What a machine needs for a station: every part tried for real, and what to do about one that fails."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from nashra import records
from nashra.arabic.letters import strip_marks
from nashra.audio import clips
from nashra.audio.voices import ENGINES, shown
from nashra.building import making
from nashra.errors import NashraError
from nashra.folders import free_bytes
from nashra.locking import locked
from nashra.station import OUTPUTS, role_voices
from nashra.store import try_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from nashra.model import Voice
    from nashra.station import Station

GOOD, DOUBTFUL, BROKEN = "good", "doubtful", "broken"

LEAST_FREE = 100_000_000
"""Bytes without which no build begins well: two hours of MP3, or its clips of half an hour."""

ENOUGH_FREE = 1_000_000_000

WORD = "مرحبا"
"""What every voice is asked to say, Google's too: it takes no article to try one."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """What was found of one part: its name, `good`, `doubtful` or `broken`, and what to do about it."""

    part: str
    state: str
    what: str
    then: str = ""


class Patient(NamedTuple):
    """What is examined: a station, the time, and what reads an address of the web.

    `reached` raises NashraError where nothing comes back. A station of no folder has no files to look at.
    """

    station: Station
    now: datetime
    reached: Callable[[str], object]
    has_folder: bool


class _BusyError(Exception):
    """Another build holds the lock: it works."""


def examine(patient: Patient) -> Iterator[Symptom]:
    """Give what is found of each part, one after the other; nothing raises."""
    for part, look in PARTS.items():
        try:
            yield from look(patient)
        except NashraError as failure:
            where = f"{failure.where}: " if failure.where else ""
            yield Symptom(part, BROKEN, f"{where}{failure.what}", failure.then)
        except Exception as failure:  # noqa: BLE001 a part that is broken in whatever way is what is looked for
            yield Symptom(part, BROKEN, f"{type(failure).__name__}: {failure}", "install Nashra again")


def as_json(symptoms: tuple[Symptom, ...]) -> list[dict[str, Any]]:
    """Return what was found as JSON has it."""
    return [asdict(symptom) for symptom in symptoms]


def _python(_patient: Patient) -> Iterator[Symptom]:
    import pydub  # noqa: F401, PLC0415 it needs `audioop`, which Python 3.13 has no more

    yield Symptom("python", GOOD, platform.python_version())


def _voices(patient: Patient) -> Iterator[Symptom]:
    station = patient.station
    chain = station.voices
    others = [voice for voice in role_voices(station).values() if voice not in chain]
    failed = []
    with making.ensemble(station) as speaker:
        for voice in (*chain, *others):
            why, then = _mute(voice, speaker)
            if not why:
                yield Symptom("voice", GOOD, f"{shown(voice)} speaks")
                continue
            failed.append(voice)
            alone = voice in others or all(each in failed for each in chain)
            yield Symptom("voice", BROKEN if alone else DOUBTFUL, f"{shown(voice)}: {why}", then)


def _mute(voice: Voice, speaker: Any) -> tuple[str, str]:  # noqa: ANN401 an Ensemble
    """Return why a voice does not speak and what to do; empty if it does."""
    if ENGINES[voice.engine].online:
        why = speaker.refusal(voice)
        return why, "check the connection; a voice of another engine under `voice.engine` works without"
    try:
        clips.check(WORD, voice, speaker.speak(WORD, voice))
    except NashraError as failure:
        return failure.what, failure.then
    return "", ""


def _marks(_patient: Patient) -> Iterator[Symptom]:
    from text2tashkeel import Diacritizer  # noqa: PLC0415 numpy and onnxruntime: 0.4 s

    marked = Diacritizer("rawi-ensemble").diacritize(WORD)
    if strip_marks(marked) == marked:
        yield Symptom("vowel marks", BROKEN, "the model puts none on a word", "install text2tashkeel again")
    else:
        yield Symptom("vowel marks", GOOD, f"{WORD} is {marked}")


def _encoder(_patient: Patient) -> Iterator[Symptom]:
    from nashra.audio import mp3  # noqa: PLC0415 the encoder is one of the parts

    frames = 40
    mp3.checked(mp3.encode(bytes(2 * mp3.length_for(frames))), frames)
    yield Symptom("encoder", GOOD, f"{frames} MPEG frames came out as {frames}")


def _font(_patient: Patient) -> Iterator[Symptom]:
    from nashra.feed.lettering import ink, layout  # noqa: PLC0415 HarfBuzz and the font are one of the parts

    lines, size = layout(WORD, 200, 100)
    if ink(lines, size, (200, 100)).getbbox() is None:
        yield Symptom("font", BROKEN, "draws no Arabic letter", "install pymupdf-fonts again")
    else:
        yield Symptom("font", GOOD, "draws Arabic letters")


def _folders(patient: Patient) -> Iterator[Symptom]:
    root = patient.station.root
    if not patient.has_folder:
        yield Symptom("folders", DOUBTFUL, "there is no station here", "make one with `nashra init DIR`")
        return
    for name in (".", *OUTPUTS):
        folder = root / name
        if folder.exists():
            try:
                try_writing(folder)
            except OSError as refused:
                what = f"{name} cannot be written: {(refused.strerror or str(refused)).lower()}"
                yield Symptom("folders", BROKEN, what, "make the folder writable for your user")
                return
    yield Symptom("folders", GOOD, "can be written")


def _lock(patient: Patient) -> Iterator[Symptom]:
    if not patient.has_folder:
        return

    def busy() -> None:
        raise _BusyError

    try:
        with locked(patient.station.cache / "lock", busy):
            yield Symptom("lock", GOOD, "keeps a second build waiting")
    except _BusyError:
        yield Symptom("lock", GOOD, "is held by another command at this moment")


def _disk(patient: Patient) -> Iterator[Symptom]:
    folder = patient.station.root
    while not folder.exists():
        folder = folder.parent
    free = free_bytes(folder)
    if free is None:
        yield Symptom("disk", GOOD, "does not say how much is free")
        return
    state = GOOD if free >= ENOUGH_FREE else DOUBTFUL if free >= LEAST_FREE else BROKEN
    then = "" if state == GOOD else "free some space: an hour takes 43 MB as MP3, and more in .nashra/"
    yield Symptom("disk", state, f"{free / 1_000_000_000:.1f} GB free", then)


def _clock(patient: Patient) -> Iterator[Symptom]:
    loaded = records.load(patient.station.audio, cues=False) if patient.has_folder else ()
    latest = max((episode.updated for episode in loaded), default=None)
    if latest and latest > patient.now + timedelta(hours=1):
        made = f"an episode was made at {latest:%Y-%m-%d %H:%M}"
        what = f"says {patient.now:%Y-%m-%d %H:%M} UTC, and {made}"
        yield Symptom("clock", BROKEN, what, "set the clock: it dates the episodes")
    else:
        yield Symptom("clock", GOOD, f"says {patient.now:%Y-%m-%d %H:%M} UTC")


def _sources(patient: Patient) -> Iterator[Symptom]:
    for source in patient.station.settings.source:
        try:
            patient.reached(source.url)
        except NashraError as failure:
            yield Symptom("source", BROKEN, str(failure), "")
        else:
            yield Symptom("source", GOOD, f"{source.url} answers")


PARTS: dict[str, Callable[[Patient], Iterator[Symptom]]] = {
    "python": _python,
    "voice": _voices,
    "vowel marks": _marks,
    "encoder": _encoder,
    "font": _font,
    "folders": _folders,
    "lock": _lock,
    "disk": _disk,
    "clock": _clock,
    "source": _sources,
}
"""The parts of a machine in the order they are looked at."""
