"""The tone voice: the same sound for the same words, and words that begin where it says."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from nashra.audio.voices.tone import RATE, Speaker
from nashra.errors import SpeechError
from nashra.model import Voice

VOICE = Voice("tone", "a")
TEXT = "- قالَ الوزيرُ: «نعم»، ثم مضى 3.5 كيلومترات!"
WORDS = ["قالَ", "الوزيرُ", "نعم", "ثم", "مضى", "3.5", "كيلومترات"]


def speak(text=TEXT, **changes):
    with Speaker() as speaker:
        return speaker.speak(text, Voice(**{"engine": "tone", "name": "a", **changes}))


def samples(clip):
    return np.frombuffer(clip.pcm, "<i2").astype(float)


def hertz(clip):
    sound = samples(clip)
    return np.fft.rfft(sound, 10 * RATE).__abs__().argmax() / 10


def test_same_in_another_process():
    """The sound does not depend on the run: Python salts its own hash()."""
    code = (
        "import sys, hashlib; from nashra.audio.voices.tone import Speaker; from nashra.model import Voice;"
        "print(hashlib.sha256(Speaker().speak(sys.argv[1], Voice('tone', 'a')).pcm).hexdigest())"
    )
    made = {subprocess.check_output([sys.executable, "-c", code, TEXT]) for _ in range(2)}
    assert len(made) == 1
    assert speak() == speak()


def test_words_are_the_written_ones():
    """A word is its letters with their marks, without the signs around it."""
    assert [TEXT[word.start : word.start + word.length] for word in speak().words] == WORDS


def test_words_begin_where_the_sound_does():
    """Each word's frame is the first one after a silence."""
    clip = speak()
    sounding = np.flatnonzero(samples(clip))
    # Inside a tone no two frames are both zero in a row for long; between tones 30 ms are.
    onsets = [sounding[0], *sounding[1:][np.diff(sounding) > RATE // 50]]
    assert [word.frame for word in clip.words] == onsets
    assert onsets[0] == 0


def test_length_counts_letters_not_marks():
    """A vowelled word is as long as the bare one, and 0.07 s a letter."""
    assert speak("قَالَ").frames == speak("قال").frames == round(3 * 0.07 * RATE) + round(0.03 * RATE)


def test_speed_halves_the_length():
    """At twice the speed everything takes half as long, to a frame or so for each rounding."""
    assert abs(2 * speak(speed=2.0).frames - speak().frames) <= 4 * len(WORDS)


def test_pitch_follows_word_voice_and_factor():
    """Words and voices differ; a pitch of two is an octave."""
    assert hertz(speak("الوزير", pitch=2.0)) == pytest.approx(2 * hertz(speak("الوزير")), rel=0.01)
    assert len({hertz(speak(word)) for word in WORDS}) > 4
    assert len({hertz(speak("الوزير", name=name)) for name in "abcd"}) > 2


def test_soft_and_without_clicks():
    """About -20 dBFS, and no step at an edge is larger than the tone's own."""
    sound = samples(speak("الوزير"))
    loud = sound[: -RATE // 25]
    assert 20 * np.log10(np.sqrt(np.mean(loud**2)) / 32_768) == pytest.approx(-20, abs=1)
    assert abs(sound[:5]).max() < 300
    assert not sound[-1]


@pytest.mark.parametrize("text", ["", "  ", "…!", "َ", "—"])
def test_no_word(text):
    """A text without a word is an error and never silence."""
    with pytest.raises(SpeechError, match="no word to speak"):
        speak(text)


@pytest.mark.parametrize("changes", [{"speed": 0.0}, {"pitch": -1.0}, {"speed": float("nan")}])
def test_impossible_settings(changes):
    """A speed or pitch of nothing is an error that says so."""
    with pytest.raises(SpeechError, match="above zero"):
        speak(**changes)
