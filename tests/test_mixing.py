"""Music around speech as arrays: fades, ducking, sums; and the music that a new station is given."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashra.audio import jingle, level, mixing
from nashra.audio.dressing import Dress, Dressing, Music
from nashra.model import RATE, Chapter, Script, Utterance, Voice
from nashra.settings import Sound

VOICE = Voice("tone", "ar")
FRAMES = st.integers(0, 3 * RATE)


def tone(seconds: float, hz: float, peak: float) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    return np.rint(peak * np.sin(2 * np.pi * hz * at)).astype("<i2")


def music(seconds: float, hz: float = 2_000) -> Music:
    pcm = tone(seconds, hz, 20_000).tobytes()
    return Music(pcm, level.measure(pcm).lufs, f"{seconds} s of {hz} Hz")


def speech(*spans: tuple[int, int], end: int) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """A tone of 200 Hz for every span of PCM frames, as what is said."""
    pcm = np.zeros(end, "<i2")
    for a, b in spans:
        pcm[a:b] = tone((b - a) / RATE, 200, 9_000)[: b - a]
    return pcm.tobytes(), spans


def band(pcm: bytes, hz: float, at_s: float, length_s: float = 0.1) -> float:
    """How strong a tone is in a stretch, in dB of full scale."""
    samples = np.frombuffer(pcm, "<i2")[round(at_s * RATE) :][: round(length_s * RATE)] / level.FULL
    wave = np.exp(-2j * np.pi * hz * np.arange(len(samples)) / RATE)
    window = np.hanning(len(samples))
    return 20 * math.log10(abs((samples * window * wave).sum()) / window.sum() * 2 + 1e-9)


def chapter(*roles: str, title: str = "فصل") -> Chapter:
    return Chapter(title, tuple(Utterance(role, "قول", "قول", VOICE, 100) for role in roles))


# Fades, ducking, repeating, summing


@given(FRAMES, FRAMES, FRAMES)
def test_a_fade_begins_and_ends_near_nothing_and_leaves_the_middle(frames, fade_in, fade_out):
    sound = np.ones(frames, np.float32)
    out = mixing.faded(sound, fade_in, fade_out)
    assert len(out) == frames
    assert (out >= 0).all()
    assert (out <= 1).all()
    assert (out[fade_in : max(0, frames - fade_out)] == 1).all()
    if frames > 2000 and fade_in > 1000 and fade_out > 1000:
        assert max(out[0], out[-1]) < 1e-5
    assert (sound == 1).all(), "what was given is not changed"


@given(st.integers(1, RATE))
def test_a_rise_and_its_mirror_image_make_one(frames):
    """So what goes over into itself keeps its level."""
    slope = mixing.slope(frames)
    assert np.allclose(slope + slope[::-1], 1, atol=1e-5)
    assert (np.diff(slope) >= -1e-6).all()


@given(
    st.integers(0, 20 * RATE),
    st.lists(st.tuples(st.integers(0, 5 * RATE), st.integers(1, 3 * RATE)), max_size=4),
    st.floats(0, 60),
)
def test_music_is_down_as_long_as_someone_speaks_and_never_changes_in_a_jump(frames, steps, duck_db):
    spans, at = [], 0
    for pause, length in steps:
        spans.append((at + pause, at + pause + length))
        at = spans[-1][1]
    curve = mixing.ducked(frames, spans, duck_db)
    low = 10 ** (-duck_db / 20)
    assert len(curve) == frames
    assert (curve >= low - 1e-6).all()
    assert (curve <= 1 + 1e-6).all()
    for a, b in spans:
        assert np.allclose(curve[a:b], low, atol=1e-6)
    assert np.abs(np.diff(curve)).max(initial=0) <= 2 / mixing.ATTACK
    if not spans:
        assert (curve == 1).all()


def test_music_stays_down_in_a_short_pause_and_comes_up_in_a_long_one():
    curve = mixing.ducked(30 * RATE, [(5 * RATE, 6 * RATE), (7 * RATE, 8 * RATE), (15 * RATE, 16 * RATE)], 20)
    assert curve[13 * RATE // 2] == pytest.approx(0.1)
    assert curve[11 * RATE] == 1


@given(st.integers(1, 5 * RATE), st.integers(0, 12 * RATE))
def test_a_bed_too_short_is_repeated_without_a_hole(length, frames):
    """A constant sound, repeated, stays one: the end goes over into the beginning."""
    out = mixing.repeated(np.ones(length, np.float32), frames if length > 1000 else min(frames, 50))
    whole = out[: len(out) - RATE] if len(out) > length else out[: length - length // 4]
    assert np.allclose(whole, 1, atol=1e-4)


@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(1, 500)), min_size=1, max_size=5))
def test_a_sum_reaches_from_the_first_beginning_to_the_last_end(layers):
    out = mixing.mixed([(first, np.full(length, 1, np.float32)) for first, length in layers])
    assert len(out) == max(a + n for a, n in layers) - min(a for a, _n in layers)
    assert out.sum() == sum(length for _first, length in layers)


@given(st.floats(1, 4))
def test_a_sum_too_high_is_held_down_not_cut_off(times):
    """Two tones at full scale, four times as high: no sample stands at the limit of 16 bits."""
    loud = (tone(0.5, 440, 30_000) * times).astype(np.float32)
    out = np.frombuffer(mixing.limited(loud, -1), "<i2")
    assert np.abs(out).max() <= level.FULL * 10 ** ((-1 - level.MARGIN_DB) / 20) + 1
    assert np.abs(out).max() > 20_000


# A chapter in its dress


def test_a_chapter_that_wears_nothing_keeps_every_byte():
    pcm, spans = speech((11_025, 50_000), end=90_000)
    assert mixing.dressed(pcm, spans, Dress(), -1) == (pcm, spans)
    assert Dress(sound=Sound(duck_db=3)).key == ()


def test_jingles_stand_before_the_first_and_behind_the_last_word():
    pcm, spans = speech((11_025, 60_000), end=104_100)
    out, moved = mixing.dressed(pcm, spans, Dress(before=music(2), after=music(1)), -1)
    lead = mixing.EDGE + 2 * RATE
    assert moved[0] == (11_025 + lead, 60_000 + lead)
    assert len(out) // 2 == lead + 104_100 + RATE
    samples = np.frombuffer(out, "<i2")
    assert not samples[: mixing.EDGE].any()
    assert not samples[lead : moved[0][0]].any()
    after = moved[0][1] + mixing.GAP
    assert not samples[moved[0][1] : after].any()
    assert band(out, 2_000, after / RATE + 0.2) > -25
    assert not samples[after + RATE :].any()
    assert len(samples) - after - RATE == 44_100 - mixing.GAP


@pytest.mark.parametrize("lufs", [-24.0, -18.0])
def test_a_jingle_is_as_loud_as_it_shall_be_in_the_finished_file(lufs):
    """The encoder makes everything softer by LOSS_DB; a jingle is as much louder before it."""
    pcm, spans = speech((11_025, 60_000), end=104_100)
    out, _moved = mixing.dressed(pcm, spans, Dress(before=music(3), sound=Sound(jingle_lufs=lufs)), -1)
    jingle_pcm = out[2 * mixing.EDGE :][: 2 * 3 * RATE]
    assert level.measure(jingle_pcm).lufs - mixing.mp3.LOSS_DB == pytest.approx(lufs, abs=0.1)


def test_a_bed_is_heard_before_and_behind_speech_and_gives_way_under_it():
    said = Sound(jingle_lufs=-20, gain_db=0, duck_db=12, fade_in_ms=1000, fade_out_ms=1000)
    pcm, spans = speech((11_025, 5 * RATE), (6 * RATE, 9 * RATE), end=10 * RATE)
    out, moved = mixing.dressed(pcm, spans, Dress(bed=music(7), sound=said), -1)
    begin, end = moved[0][0] / RATE, moved[-1][1] / RATE
    assert begin == pytest.approx(1.3)
    full = band(out, 2_000, 0.93)
    under = [band(out, 2_000, at) for at in (begin + 0.2, begin + 3, end - 0.3, moved[0][1] / RATE + 0.4)]
    assert all(full - each == pytest.approx(12, abs=1) for each in under), "the pause of a second is none"
    assert band(out, 2_000, end + 0.75, 0.05) == pytest.approx(full, abs=1)
    assert band(out, 2_000, end + 1.5) < full - 4
    samples = np.frombuffer(out, "<i2")
    assert not samples[-mixing.EDGE :].any()
    assert np.abs(samples[:200]).max() < 20


def test_a_bed_lies_under_the_end_of_the_opening_jingle_and_leaves_the_closing_one_alone():
    said = Sound(fade_in_ms=500, fade_out_ms=1000)
    pcm, spans = speech((11_025, 3 * RATE), end=4 * RATE)
    dress = Dress(before=music(2, 500), after=music(2, 500), bed=music(9), sound=said)
    out, moved = mixing.dressed(pcm, spans, dress, -1)
    assert moved[0][0] == 11_025 + mixing.EDGE + 2 * RATE
    assert band(out, 2_000, 1.2) < -80
    assert band(out, 2_000, 1.95) > -30
    end = moved[0][1] / RATE
    assert band(out, 2_000, end + 0.5) < band(out, 2_000, 1.95) - 10
    assert band(out, 2_000, end + 1.1) < -80
    assert band(out, 500, end + 1.1) > -30


def test_a_dress_is_told_by_its_bytes_and_by_what_is_said_of_what_it_wears():
    plain = Dress(before=music(1))
    assert plain.key == Dress(before=music(1), sound=Sound(duck_db=3)).key, "it has no bed to duck"
    others = [
        Dress(before=music(2)),
        Dress(after=music(1)),
        Dress(before=music(1), sound=Sound(jingle_lufs=-20)),
        Dress(before=music(1), bed=music(1)),
        Dress(before=music(1), bed=music(1), sound=Sound(duck_db=3)),
    ]
    assert len({plain.key, *(dress.key for dress in others)}) == 6


# Who wears what

JINGLE, END, BREAK, BED = music(0.5), music(0.6), music(0.7), music(6)
WARDROBE = Dressing(opening=JINGLE, closing=END, separator=BREAK, bed=BED)


def test_a_separator_stands_between_sections_and_the_bed_under_what_is_around_them():
    script = Script(
        "عنوان",
        (
            chapter("opening", "title"),
            chapter("sentence"),
            chapter("heading", "sentence"),
            chapter("heading", "sentence"),
            chapter("closing"),
        ),
    )
    worn = [(dress.before, dress.after, dress.bed) for dress in WARDROBE.of(script)]
    assert worn == [
        (JINGLE, None, BED),
        (None, BREAK, None),
        (None, BREAK, None),
        (None, None, None),
        (None, END, BED),
    ]


def test_without_a_spoken_opening_the_jingle_begins_the_lead():
    (dress,) = WARDROBE.of(Script("عنوان", (chapter("sentence"),)))
    assert (dress.before, dress.after, dress.bed) == (JINGLE, END, None)


# The music of a new station

LENGTHS_S = {"opening": 3, "closing": 3, "separator": 0.6, "bed": 16}


@pytest.mark.parametrize("key", jingle.SOUNDS)
def test_a_sound_of_ours_is_loud_enough_and_does_not_click(key):
    """It begins and ends at nothing, is never cut off, holds no offset, and is the same every time."""
    pcm = jingle.SOUNDS[key]()
    assert pcm == jingle.SOUNDS[key]()
    samples = np.frombuffer(pcm, "<i2").astype(float)
    assert len(samples) == round(LENGTHS_S[key] * RATE)
    assert np.abs(samples).max() == jingle.PEAK
    assert np.abs(samples[[0, -1]]).max() <= 1
    assert np.abs(samples.mean()) < 2
    assert -18 < level.measure(pcm).lufs < -14
    # A click reaches up to half the rate; bells and chords end far below.
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    assert spectrum[len(spectrum) // 3 :].sum() / spectrum.sum() < 1e-6


def test_the_opening_rises_and_the_closing_falls():
    """Heard by the strongest tone at their beginning and after a second."""

    def pitch(pcm: bytes, at_s: float) -> float:
        piece = np.frombuffer(pcm, "<i2")[round(at_s * RATE) :][: RATE // 5]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece))))
        return float(spectrum.argmax() * 5)

    opening, closing = jingle.opening(), jingle.closing()
    assert pitch(opening, 0) == pytest.approx(440, abs=10)
    assert pitch(opening, 1) == pytest.approx(880, abs=10)
    assert pitch(closing, 0) == pytest.approx(880, abs=10)
    assert pitch(closing, 1) == pytest.approx(440, abs=10)
