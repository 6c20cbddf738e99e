"""One sentence in the station's voice, into a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic import sentences
from nashra.arabic.letters import letter_count
from nashra.articles.decoding import clean
from nashra.audio import clips
from nashra.building import casting, making, speech
from nashra.errors import AudioError, ConfigurationError, SpeechError
from nashra.model import Chapter, Script, Utterance
from nashra.station import voices_of
from nashra.store import storing, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nashra.model import Voice
    from nashra.station import Station


def _unheard(_voice: Voice, _why: str) -> None:
    """Tell nobody."""


def say(
    station: Station,
    text: str,
    voice: str,
    output: Path,
    passed_over: Callable[[Voice, str], None] = _unheard,
) -> int:
    """Speak a text into an MP3 or WAV file, as loud as an episode; return its PCM frames.

    `passed_over` hears of each voice of a chain that cannot be had, and why.
    Raises SpeechError when nothing can be said, ConfigurationError for another kind of file.
    """
    from nashra.audio import mp3, wav  # noqa: PLC0415 the encoder: not for a build with nothing to do

    if output.suffix.lower() not in {".mp3", ".wav"}:
        raise ConfigurationError(
            "is neither .mp3 nor .wav", where=str(output), then="name such a file with -o"
        )
    mark = speech.marker(station)

    def script(speaking: Voice) -> Script:
        read = speech.reader(station, speaking, mark)
        pause_ms = station.settings.pauses.sentence_ms
        lines = tuple(
            Utterance("sentence", form.written.strip(), form.text, who, pause_ms)
            for piece in sentences.split(clean(text))
            for form, who in read(piece.strip())
            if letter_count(form.text)
        )
        if not lines:
            raise SpeechError("there is no letter in that text", then="give some words to say")
        return Script(text, (Chapter(text, lines),))

    refusals = casting.Refusals(passed_over)
    with making.ensemble(station) as speaker:

        def refused(speaking: Voice) -> bool:
            missing = clips.missing(script(speaking), speaker, clips.shelf(station.shelves))
            return bool(missing and refusals.of(speaking, speaker))

        def attempt(speaking: Voice) -> tuple[int, bytes]:
            with making.studio(station, speaker, jobs=1) as studio:
                track = studio.track(script(speaking), lambda _clips, _frames: None)
                return track.frames, b"".join(track.stream(studio.sound))

        voices = voices_of(station, voice, "--voice")
        frames, sound = casting.performed(voices, refused, passed_over, attempt)
    data = sound if output.suffix.lower() == ".mp3" else wav.encode(mp3.decode(sound))
    with storing(AudioError, str(output)):
        write(output, data)
    return frames
