"""How loud a voice is and how fast it speaks: measured once in its life, on sentences of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.letters import letter_count
from nashra.audio import clips
from nashra.audio.voices import speaks_arabic
from nashra.kept import Shelves, shelf
from nashra.model import RATE
from nashra.store import sha256

if TYPE_CHECKING:
    from pathlib import Path

    from nashra.audio.voices import Speaker
    from nashra.model import Voice
    from nashra.settings import Loudness

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


class Gauge(NamedTuple):
    """What a voice needs to be as loud as an episode, in dB, and how many seconds a letter takes it."""

    gain_db: float
    letter_s: float


def gauge(voice: Voice, loudness: Loudness, speaker: Speaker, cache: Path | Shelves) -> Gauge:
    """Return the gauge of a voice, spoken and measured if it is not kept yet; raises as `clips.clip` does."""
    said = CALIBRATION if speaks_arabic(voice) else CALIBRATION_LATIN
    kept = shelf(cache, "levels", "level")
    name = sha256("gauge", str(loudness), *(clips.key(text, voice, speaker.version) for text in said))
    found = kept.get(name)
    if found is not None:
        return Gauge(**{key: found[0][key] for key in Gauge._fields})
    from nashra.audio import level, mp3, sound  # noqa: PLC0415 numpy and the encoder: not for a build with nothing to do

    pcm = b"".join(sound.finished(clips.clip(text, voice, speaker, clips.shelf(cache))) for text in said)
    gain_db = loudness.target_lufs - level.measure(pcm).lufs
    # The limiter takes some of it away again: once more, on what it left.
    gain_db += loudness.target_lufs - level.measure(level.gain(pcm, gain_db, loudness.peak_dbtp)).lufs
    letter_s = len(pcm) / 2 / RATE / sum(map(letter_count, said))
    made = Gauge(round(gain_db + mp3.LOSS_DB, 1), round(letter_s, 4))
    kept.put(name, made._asdict(), b"")
    return made
