"""One sentence in the station's voice, into a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra import making, speech
from nashra.arabic import sentences
from nashra.arabic.letters import letter_count
from nashra.articles.decoding import clean
from nashra.errors import AudioError, ConfigurationError, SpeechError
from nashra.model import Chapter, Script, Utterance
from nashra.station import voice_of
from nashra.store import storing, write

if TYPE_CHECKING:
    from pathlib import Path

    from nashra.station import Station


def say(station: Station, text: str, voice: str, output: Path) -> int:
    """Speak a text into an MP3 or WAV file, as loud as an episode; return its PCM frames.

    Raises SpeechError when nothing can be said, ConfigurationError for another kind of file.
    """
    from nashra.audio import mp3, wav  # noqa: PLC0415 the encoder: not for a build with nothing to do

    if output.suffix.lower() not in {".mp3", ".wav"}:
        raise ConfigurationError(
            "is neither .mp3 nor .wav", where=str(output), then="name such a file with -o"
        )
    speaking = voice_of(station, voice, "--voice")
    read = speech.reader(station, speaking, speech.marker(station))
    pause_ms = station.settings.pauses.sentence_ms
    lines = tuple(
        Utterance("sentence", form.written.strip(), form.text, who, pause_ms)
        for piece in sentences.split(clean(text))
        for form, who in read(piece.strip())
        if letter_count(form.text)
    )
    if not lines:
        raise SpeechError("there is no letter in that text", then="give some words to say")
    with making.studio(station, speaking, jobs=1) as studio:
        track = studio.track(Script(text, (Chapter(text, lines),)), lambda _clips: None)
    data = track.mp3 if output.suffix.lower() == ".mp3" else wav.encode(mp3.decode(track.mp3))
    with storing(AudioError, str(output)):
        write(output, data)
    return track.frames
