"""Loudness as ffmpeg measures it, and gain that never passes its ceiling."""

from __future__ import annotations

import math
import re
import shutil
import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nashra.audio import level, mp3
from nashra.errors import AudioError
from nashra.model import RATE


def speech(seconds: float, peak: float = 9_000, seed: int = 1) -> np.ndarray:
    """Syllables of a gliding buzz and some hiss, with pauses between the phrases."""
    frames = int(seconds * RATE)
    at = np.arange(frames) / RATE
    pitch = np.cumsum(120 + 25 * np.sin(2 * np.pi * 0.7 * at)) / RATE
    vowels = sum(np.sin(2 * np.pi * n * pitch) / n for n in range(1, 30))
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=frames))
    spectrum[int(11_000 * seconds) :] = 0  # engines speak at 22 or 24 kHz
    spectrum[: int(3_000 * seconds)] = 0
    hiss = np.fft.irfft(spectrum, frames)
    syllables = np.clip(np.sin(2 * np.pi * 2.3 * at), 0, None)
    sound = vowels * syllables + 0.15 * hiss * np.roll(syllables, RATE // 5)
    sound *= 0.3 + np.abs(np.sin(2 * np.pi * 0.11 * at))  # some words are stressed
    sound *= at % 4 < 3.2
    return np.rint(sound / max(1e-9, np.abs(sound).max()) * peak).astype(np.int16)


def by_ffmpeg(pcm: bytes) -> tuple[float, float]:
    program = shutil.which("ffmpeg") or pytest.skip("ffmpeg is not installed")
    command = "-hide_banner -nostats -f s16le -ar 44100 -ac 1 -i - -af ebur128=peak=true -f null -"
    done = subprocess.run([program, *command.split()], input=pcm, capture_output=True, check=True)
    told = done.stderr.decode().rpartition("Summary")[2]
    return float(re.search(r"I:\s+(\S+) LUFS", told)[1]), float(re.search(r"Peak:\s+(\S+) dBFS", told)[1])


SPEECH = speech(20)


@pytest.mark.parametrize("sound", [SPEECH, SPEECH // 30, speech(3, 32_000), speech(0.8)])
def test_loudness_and_true_peak_agree_with_ffmpeg(sound):
    """To 0.1 LU and 0.2 dB, and ffmpeg's print is rounded to 0.1."""
    lufs, dbtp = by_ffmpeg(sound.tobytes())
    ours = level.measure(sound)
    assert ours.lufs == pytest.approx(lufs, abs=0.15)
    assert ours.dbtp == pytest.approx(dbtp, abs=0.25)


def test_a_sine_of_1_khz_counts_as_the_standard_says():
    """Full scale is -3.01 LUFS in one channel; the standard prints it at 997 Hz."""
    sine = 32_767 * np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE)
    measured = level.measure(sine.astype(np.int16))
    assert measured.lufs == pytest.approx(-3.01, abs=0.02)
    assert measured.dbtp == pytest.approx(0, abs=0.02)


def test_a_peak_between_the_samples_is_seen():
    """A sine at a quarter of the rate, sampled 45 degrees off its tops, is 3 dB higher than its samples."""
    at = np.arange(RATE)
    fade = np.minimum(1, np.minimum(at, at[::-1]) / 2_000)
    sine = fade * 10_000 * np.sqrt(2) * np.sin(np.pi / 2 * at + np.pi / 4)
    assert level.measure(sine.astype(np.int16)).dbtp == pytest.approx(
        20 * math.log10(14_142 / 32_768), abs=0.05
    )


def test_half_the_sound_is_6_db_less_and_silence_does_not_count():
    whole, half = level.measure(SPEECH), level.measure(SPEECH // 2)
    assert whole.lufs - half.lufs == pytest.approx(6.02, abs=0.02)
    silence = np.zeros(30 * RATE, np.int16)
    assert level.measure(np.concatenate((SPEECH, silence))).lufs == pytest.approx(whole.lufs, abs=0.05)


@pytest.mark.parametrize("frames", [0, 1, 17_639, 100_000])
def test_silence_has_no_level(frames):
    assert level.measure(bytes(2 * frames)) == level.SILENT


def test_sound_under_400_ms_has_a_peak_and_no_loudness():
    measured = level.measure(np.full(17_639, 1_000, np.int16))
    assert measured.lufs == -math.inf
    assert -31 < measured.dbtp < -28


def test_half_a_sample_is_refused():
    with pytest.raises(AudioError):
        level.measure(b"abc")
    with pytest.raises(AudioError):
        level.gain(b"abc", 3, -1)


def test_no_gain_and_no_peak_in_the_way_changes_no_byte():
    pcm = SPEECH.tobytes()
    assert level.gain(pcm, 0, -1) is pcm
    assert level.gain(b"", 6, -1) == b""


def test_gain_without_a_peak_in_the_way_multiplies():
    louder = np.frombuffer(level.gain(SPEECH.tobytes(), 6, -1), np.int16)
    assert np.abs(louder - SPEECH * 10 ** (6 / 20)).max() <= 0.51
    assert np.array_equal(np.frombuffer(level.gain(SPEECH.tobytes(), -90, -1), np.int16), SPEECH * 0)


@pytest.mark.parametrize("gain_db", [5, 10, 14])
def test_the_encoded_peak_stays_under_the_ceiling(gain_db):
    loud = speech(12, 25_000)
    held = level.gain(loud.tobytes(), gain_db, -1)
    assert level.measure(held).dbtp <= -1 - level.MARGIN_DB + 0.3
    decoded = mp3.decode(mp3.join([mp3.encode(held)]))
    assert level.measure(decoded).dbtp <= -1
    assert level.measure(held).lufs > level.measure(loud).lufs + gain_db / 3


def test_far_from_a_peak_the_gain_is_whole():
    """One loud word does not pull the next sentence down."""
    sound = np.concatenate((speech(2, 30_000), np.zeros(2_000, np.int16), speech(2, 3_000)))
    held = np.frombuffer(level.gain(sound.tobytes(), 6, -1), np.int16)
    second = slice(2 * RATE + 2_000, None)
    assert np.abs(held[second] - sound[second] * 10 ** (6 / 20)).max() <= 0.51


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(-32_768, 32_767), max_size=400),
    st.integers(1, 60),
    st.floats(-20, 30),
    st.floats(-12, 3),
)
def test_no_sample_passes_the_limit_or_changes_its_sign(values, times, gain_db, ceiling):
    """Whatever the sound: as long as before, the same twice, never clipped or turned over."""
    sound = np.repeat(np.array(values, np.int16), times)
    held = level.gain(sound.tobytes(), gain_db, ceiling)
    assert held == level.gain(sound.tobytes(), gain_db, ceiling)
    out = np.frombuffer(held, np.int16).astype(int)
    assert len(out) == len(sound)
    assert np.abs(out).max(initial=0) <= 32_768 * 10 ** ((ceiling - level.MARGIN_DB) / 20) + 1
    assert (out * sound >= 0).all()
    assert (np.abs(out) <= np.abs(sound.astype(int)) * 10 ** (gain_db / 20) + 1).all()
