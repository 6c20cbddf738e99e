"""The time of every written word: through numbers said in words, names and signs, to where it sounds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from nashra.arabic.rewriting import Change, as_written, part, rewrite
from nashra.audio import sound
from nashra.audio.passages import Passage
from nashra.audio.voices import Booth, open_engine
from nashra.audio.voices.tone import Speaker
from nashra.audio.words import written_words
from nashra.model import RATE, Clip, Utterance, Voice, Word

SLOW = Voice("tone", "ar", speed=0.5)
NUMBER = rewrite(as_written("وصل 35 وزيرا (أمس)."), [Change("number", "35", "خمسة وثلاثون", 4)])


def line_of(form, voice: Voice = SLOW) -> Utterance:
    return Utterance("sentence", form.written, form.text, voice, 300, places=form.places())


def test_each_written_word_begins_where_its_sound_does():
    """Tones have silence between words: just before each word there is none of it, just behind there is."""
    line = line_of(NUMBER)
    with Speaker() as speaker:
        clip = speaker.speak(line.spoken, line.voice)
    passage = Passage((line,), 250, 300)
    pcm, _frames, ((start, _end),), (words,) = sound.passage_sound(passage, [clip], lambda _voice, made: made)
    level = np.abs(np.frombuffer(pcm, "<i2").astype(np.int32))
    assert len(words) == len(line.text.split()) == 4
    for offset in words:
        at = start + offset
        assert level[at - RATE // 50 : at - RATE // 500].max(initial=0) < 300
        assert level[at : at + RATE // 50].max() > 3000
    assert all(one < other for one, other in pairwise(words))


def test_words_of_a_number_are_its_figures():
    """«35» begins with its first word; what comes behind it is where it was."""
    assert NUMBER.text == "وصل خمسة وثلاثون وزيرا (أمس)."
    assert [NUMBER.text[place:].split()[0] for place in NUMBER.places()] == ["وصل", "خمسة", "وزيرا", "(أمس)."]


def test_a_part_of_a_sentence_has_its_own_places():
    """A sentence that goes over to another voice is told part by part."""
    half = part(NUMBER, 7, len(NUMBER.written))
    assert half.written.split() == ["وزيرا", "(أمس)."]
    assert [half.text[place:].split()[0] for place in half.places()] == half.written.split()


def test_an_engine_without_word_times_gives_none():
    """As gtts: nobody guesses."""
    assert written_words(line_of(NUMBER), Clip(b"\0\0" * 99, 22_050), 0, 198) == ()


def test_times_never_descend_and_stay_within_the_sound():
    """Whatever an engine tells: a trimmed beginning is no time below zero, nor one behind the end a time."""
    form = as_written("a b c")
    clip = Clip(b"\0\0" * 1000, RATE, (Word(0, 1, 10), Word(2, 1, 500), Word(4, 1, 9000)))
    assert written_words(line_of(form, Voice("espeak", "ar")), clip, 100, 900) == (0, 400, 900)


def test_a_word_that_espeak_misplaces_stands_between_its_neighbours():
    """Behind a quotation mark it says «the last word»: here b, between a and c."""
    form = as_written("a «b» c d")
    told = (Word(0, 1, 0), Word(8, 1, 1000), Word(6, 1, 2000), Word(8, 1, 3000))
    clip = Clip(b"\0\0" * 5000, RATE, told)
    assert written_words(line_of(form, Voice("espeak", "ar")), clip, 0, 5000) == (0, 1000, 2000, 3000)


@pytest.mark.parametrize("text", ["مُنْذُ عِشْرِينَ سَنَة.", "قَالَ «الْوَزِيرُ» إِنَّ الْأَشْغَالَ سَتَبْدَأُ غَدًا"])
def test_espeak_tells_the_time_of_every_word(text):
    """Ascending, one for each, within the sound."""
    voice = Voice("espeak", "ar")
    line = line_of(as_written(text), voice)
    speaker = open_engine("espeak", Booth(Path(), Path(), 1, 0))
    try:
        clip = speaker.speak(text, voice)
    finally:
        speaker.close()
    length = len(sound.finished(clip)) // 2
    words = written_words(line, clip, sound.trimmed_frames(clip), length)
    assert len(words) == len(text.split())
    assert all(one < other for one, other in pairwise([*words, length]))
