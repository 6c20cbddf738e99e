"""Jingles and beds of a station: every format, what is broken, and what is heard in the finished MP3."""

from __future__ import annotations

import io
import json
import math
import re
import shutil
import struct
import subprocess
import sys
import wave
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nashra.audio import jingle, level, mp3, music
from nashra.errors import AudioError
from nashra.model import RATE

if TYPE_CHECKING:
    from pathlib import Path


def wav(samples: np.ndarray, rate: int = RATE) -> bytes:
    """A 16-bit WAV of samples between -1 and 1, a column a channel."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.rint(samples * 32_767).astype("<i2").tobytes())
    return file.getvalue()


def tone(seconds: float, hz: float = 3_000, rate: int = RATE, peak: float = 0.5) -> np.ndarray:
    at = np.arange(round(seconds * rate)) / rate
    return peak * np.sin(2 * np.pi * hz * at)


def ffmpeg(data: bytes, *arguments: str) -> tuple[bytes, str]:
    program = shutil.which("ffmpeg") or pytest.skip("ffmpeg is not installed")
    command = [program, "-hide_banner", "-nostats", "-i", "-", *arguments]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout, done.stderr.decode()


def by_ffmpeg(file: bytes) -> tuple[float, float]:
    """Integrated LUFS and true peak in dBTP."""
    told = ffmpeg(file, "-af", "ebur128=peak=true", "-f", "null", "-")[1].rpartition("Summary")[2]
    return float(re.search(r"I:\s+(\S+) LUFS", told)[1]), float(re.search(r"Peak:\s+(\S+) dBFS", told)[1])


def strength(samples: np.ndarray, hz: float) -> float:
    """How strong a tone is, in dB of full scale."""
    window = np.hanning(len(samples))
    turning = np.exp(-2j * np.pi * hz * np.arange(len(samples)) / RATE)
    return 20 * math.log10(abs((samples / level.FULL * window * turning).sum()) / window.sum() * 2 + 1e-9)


def heard(station: Path) -> tuple[dict, np.ndarray]:
    """The record of the one episode, and what a decoder makes of its MP3."""
    (path,) = (station / "audio").glob("harbour.json")
    record = json.loads(path.read_bytes())
    data = (station / "audio" / record["media"]["file"]).read_bytes()
    return record, np.frombuffer(mp3.decode(data), "<i2").astype(float)


# Formats

FORMATS = {
    "wav, 24 bit": "-f wav -c:a pcm_s24le",
    "wav, float": "-f wav -c:a pcm_f32le",
    "wav, 8 bit": "-f wav -c:a pcm_u8",
    "flac": "-f flac",
    "flac, 24 bit": "-f flac -c:a flac -sample_fmt s32",
    "ogg": "-f ogg -c:a libvorbis",
    "mp3": "-f mp3 -b:a 128k",
    "mp3 without a tag": "-f mp3 -b:a 128k -id3v2_version 0 -write_xing 0",
}


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_every_format_channels_and_rate_becomes_the_same_music(form, rate, channels):
    """A second and a half of a tone: its length, its pitch and its loudness."""
    sound = tone(1.5, 1_000, rate)
    source = wav(np.stack([sound] * channels, axis=1), rate)
    data, _told = ffmpeg(source, *FORMATS[form].split(), "-")
    made = music.decoded(data, 0.1, 60)
    samples = np.frombuffer(made.pcm, "<i2").astype(float)
    assert len(samples) / RATE == pytest.approx(1.5, abs=0.08)  # a bare MP3 has its encoder's delay
    middle = samples[RATE // 2 : RATE]
    assert strength(middle, 1_000) == pytest.approx(-0.4, abs=0.5)  # a lossy codec overshoots at the onset
    assert made.lufs == pytest.approx(-3.4, abs=0.5)


def test_of_two_channels_both_are_heard():
    left, right = tone(1, 1_000), tone(1, 2_000)
    made = music.decoded(wav(np.stack((left, right), axis=1)), 0.1, 60)
    samples = np.frombuffer(made.pcm, "<i2").astype(float)
    assert strength(samples, 1_000) == pytest.approx(strength(samples, 2_000), abs=0.1)


# What is broken

OPUS = b"OggS" + bytes(24) + b"OpusHead"
BROKEN = {
    "text": ("نص وليس صوتا".encode(), "is no WAV, FLAC, Ogg Vorbis or MP3"),
    "nothing": (b"", "is no WAV, FLAC, Ogg Vorbis or MP3"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "is no WAV, FLAC, Ogg Vorbis or MP3"),
    "a WAV without sound": (b"RIFF\x04\x00\x00\x00WAVE", "cannot be decoded as WAV"),
    "half a FLAC header": (b"fLaC\0\0\0\x22", "cannot be decoded as FLAC"),
    "another Ogg": (OPUS, "cannot be decoded as Ogg Vorbis"),
    "an MP3's tag alone": (b"ID3\3\0\0\0\0\0\0", "cannot be decoded as MP3"),
    "silence": (wav(np.zeros(RATE)), "has no sound in it"),
    "no length": (wav(np.zeros(0)), "is 0 s long, and it may be 0.1 to 60 s"),
    "a song": (wav(tone(61, rate=8_000), 8_000), "is 61 s long, and it may be 0.1 to 60 s"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_no_jingle_says_why(case):
    data, what = BROKEN[case]
    with pytest.raises(AudioError) as refused:
        music.decoded(data, 0.1, 60)
    assert refused.value.what == what


def test_samples_that_are_no_numbers_are_refused():
    frames = struct.pack("<4f", 0.5, math.nan, 0.5, math.inf) * RATE
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 3, 1, RATE, 4 * RATE, 4, 32)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(frames)) + frames
    with pytest.raises(AudioError, match="no numbers"):
        music.decoded(struct.pack("<4sI", b"RIFF", len(body)) + body, 0.1, 60)


@pytest.mark.parametrize(
    ("key", "data", "what"),
    [
        ("opening", None, "is not there"),
        ("closing", b"\xff\xd8\xff not a sound", "cannot be decoded as MP3"),
        ("separator", wav(np.zeros(RATE)), "has no sound in it"),
        ("bed", wav(tone(2)), "is 2 s long, and it may be 5 to 600 s"),
    ],
)
def test_a_broken_sound_is_one_complaint_before_anything_is_spoken(
    station, run, news, settings, key, data, what
):
    """Of two articles both fail, and it is said once: file, key, what, what next."""
    root = station(
        {"harbour.txt": news, "rain.txt": news.replace("ميناء", "مرفأ")},
        f'{settings}\n[sound]\n{key} = "sounds/mine.wav"\n',
    )
    (root / "sounds").mkdir()
    if data is not None:
        (root / "sounds" / "mine.wav").write_bytes(data)
    ran = run(root, "build")
    assert ran.code in {1, 2}
    (complaint,) = ran.complaints
    assert complaint.startswith(f"nashra: sounds/mine.wav (`sound.{key}`): {what}; ")
    assert not list((root / ".nashra").rglob("*.clip"))
    assert not list((root / "audio").glob("*.mp3"))


def test_a_folder_in_the_place_of_a_sound_is_a_complaint(station, run, news, settings):
    root = station({"harbour.txt": news}, f'{settings}\n[sound]\nbed = "sounds"\n')
    (root / "sounds").mkdir()
    ran = run(root, "build")
    assert ran.code == 2
    assert ran.complaints[0].startswith("nashra: sounds (`sound.bed`): cannot be read")


def test_a_setting_out_of_its_range_is_named_with_its_line(station, run, news, settings):
    """`opening` is a key of two sections: the line is that of the right one."""
    root = station(
        {"harbour.txt": news}, f'{settings}\n[titles]\nopening = "x"\n\n[sound]\nopening = 3\nduck_db = -1\n'
    )
    lines = (root / "nashra.toml").read_text("utf-8").splitlines()
    assert f"nashra.toml:{lines.index('opening = 3') + 1}: `sound.opening`" in run(root, "build").err
    text = (root / "nashra.toml").read_text("utf-8").replace("opening = 3\n", "")
    (root / "nashra.toml").write_text(text, "utf-8")
    line = text.splitlines().index("duck_db = -1") + 1
    assert f"nashra.toml:{line}: `sound.duck_db` is `-1.0`; it must be" in run(root, "build").err


# What is heard


def dressed(station, news, settings, said: str, **files: bytes) -> Path:
    named = "".join(f'{key} = "sounds/{key}.wav"\n' for key in files)
    root = station({"harbour.txt": news}, f"{settings}\n[sound]\n{named}{said}")
    (root / "sounds").mkdir()
    for key, data in files.items():
        (root / "sounds" / f"{key}.wav").write_bytes(data)
    return root


@pytest.mark.parametrize("rate", [RATE, 48_000])
def test_jingles_and_separators_stand_where_they_belong_and_no_cue_is_moved_off_its_word(
    station, run, news, settings, rate
):
    """Every cue is searched in the decoded MP3, and so is every tone of 3 kHz."""
    files = {
        "opening": wav(tone(2, rate=rate), rate),
        "closing": wav(tone(1, rate=rate), rate),
        "separator": wav(tone(0.5, rate=rate), rate),
    }
    root = dressed(station, news, settings, "", **files)
    assert run(root, "build").code == 0
    record, samples = heard(root)
    assert len(samples) == record["frames"]
    hop = RATE // 100
    loud = np.abs(samples[: len(samples) // hop * hop]).reshape(-1, hop).max(axis=1) > 300
    for cue in record["cues"]:
        start = cue["start"] // hop
        assert not loud[start - 7 : start - 1].any(), "silence before the word"
        assert loud[start : start + 4].any(), "and the word within 40 ms"
    tones = [
        strength(samples[at : at + RATE // 10], 3_000) > -25 for at in range(0, len(samples), RATE // 10)
    ]
    edges = np.flatnonzero(np.diff([False, *tones, False])).reshape(-1, 2) / 10
    marks = [mark["start"] / RATE for mark in record["chapters"]]
    opening, *separators, closing = edges
    assert opening == pytest.approx([0.05, 2.05], abs=0.11)
    assert len(separators) == 2, "three sections have two breaks"
    for (first, end), before, mark in zip(separators, marks[1:], marks[2:], strict=False):
        assert before + 1 < first < end <= mark
    last = record["cues"][-1]["end"] / RATE
    assert closing[0] == pytest.approx(last + 0.2, abs=0.11)
    assert record["chapters"][0]["start"] == 0


def test_loudness_and_peak_hold_with_jingles_and_bed(station, run, news, settings):
    """Measured by ffmpeg on the finished file; the music is mastered as loud as records are."""
    loud = np.clip(tone(3, 220, peak=2.5) + tone(3, 5_000, peak=0.8), -1, 1)
    bed = np.clip(tone(20, 150, peak=3), -1, 1)
    settings = settings.replace('"tone"', '"espeak"')
    root = dressed(station, news, settings, "", opening=wav(loud), closing=wav(loud), bed=wav(bed))
    assert run(root, "build").code == 0
    record, _samples = heard(root)
    lufs, dbtp = by_ffmpeg((root / "audio" / record["media"]["file"]).read_bytes())
    assert lufs == pytest.approx(-16, abs=0.5)
    assert dbtp <= -1
    assert lufs == pytest.approx(record["level"]["lufs"], abs=0.15)


def test_a_jingle_comes_out_at_its_loudness(station, run, news, settings):
    root = dressed(station, news, settings, "jingle_lufs = -20.0\n", opening=wav(tone(4, 997, peak=0.9)))
    assert run(root, "build").code == 0
    _record, samples = heard(root)
    assert level.measure(samples[RATE // 10 : 4 * RATE].astype("<i2")).lufs == pytest.approx(-20, abs=0.3)


def test_the_bed_gives_way_in_the_decoded_mp3(station, run, news, settings):
    """Music of 3 kHz under tones of other pitches: full before the first word, 18 dB less under it."""
    said = "gain_db = 0.0\nduck_db = 18.0\nfade_in_ms = 800\nfade_out_ms = 800\n"
    root = dressed(station, news, settings, said, bed=wav(tone(8, 3_100)))
    assert run(root, "build").code == 0
    record, samples = heard(root)

    def at(second: float) -> float:
        return strength(samples[round(second * RATE) :][: RATE // 10], 3_100)

    cues = [(cue["start"] / RATE, cue["end"] / RATE) for cue in record["cues"] if cue["role"] != "sentence"]
    opening = [cue for cue in cues if cue[0] < record["chapters"][1]["start"] / RATE]
    full = at(0.75)
    assert -20 < full < -12
    pauses = [(end + start) / 2 - 0.05 for (_, end), (start, _) in pairwise(opening)]
    assert pauses
    for pause in pauses:
        assert full - at(pause) == pytest.approx(18, abs=1.5)
    end = opening[-1][1]
    assert at(end + 0.65) == pytest.approx(full, abs=1)
    assert at(record["chapters"][1]["start"] / RATE + 0.3) < -60, "no bed under the news"


def test_parts_meet_in_silence_whatever_they_wear(station, run, news, settings):
    files = {key: wav(tone(6, 400)) for key in ("opening", "closing", "separator", "bed")}
    root = dressed(station, news, settings, "", **files)
    assert run(root, "build").code == 0
    record, samples = heard(root)
    for mark in record["chapters"][1:]:
        assert np.abs(samples[mark["start"] - 400 : mark["start"] + 400]).max() < 10
    assert np.abs(samples[-800:]).max() < 10


# What is remade


def test_an_episode_is_remade_when_the_bytes_of_a_jingle_change_and_only_then(station, run, news, settings):
    root = dressed(station, news, settings, "", opening=wav(tone(1)))
    bare = station({"harbour.txt": news}, name="bare")
    assert run(root, "build").code == 0
    first, _samples = heard(root)
    assert set(first["made_with"]) == {"nashra", "engine", "sound.opening"}
    assert "up to date" in run(root, "build", "--why").out
    parts = {path.name for path in (root / ".nashra" / "parts").rglob("*.part")}
    (root / "sounds" / "opening.wav").rename(root / "sounds" / "mine.wav")
    configuration = root / "nashra.toml"
    configuration.write_text(configuration.read_text("utf-8").replace("opening.wav", "mine.wav"), "utf-8")
    assert "up to date" in run(root, "build", "--why").out, "another name, the same bytes"
    (root / "sounds" / "mine.wav").write_bytes(wav(tone(1.2)))
    assert "harbour.txt: sound.opening changed (0 of 11 clips to speak)" in run(root, "build", "--why").out
    second, _samples = heard(root)
    assert second["media"] != first["media"]
    assert second["guid"] == first["guid"]
    more = {path.name for path in (root / ".nashra" / "parts").rglob("*.part")} - parts
    assert 0 < len(more) * 5 <= len(parts), "of five parts one has the jingle, the others stay"
    (root / "sounds" / "mine.wav").unlink()
    assert run(root, "build").code == 2
    assert heard(root)[0] == second, "yesterday's episode stays"
    configuration.write_text(configuration.read_text("utf-8").partition("[sound]")[0], "utf-8")
    assert "sound.opening changed" in run(root, "build", "--why").out
    assert run(bare, "build").code == 0
    assert heard(root)[0]["media"] == heard(bare)[0]["media"], "without a sound, what it always was"


def test_a_build_with_nothing_to_do_opens_no_decoder(station, run, news, settings):
    """A station with a jingle is as quickly left alone as one without."""
    root = dressed(station, news, settings, "", opening=wav(tone(1)), bed=wav(tone(6)))
    for _time in range(2):
        assert run(root, "build").code == 0
    code = (
        "import sys\nfrom nashra import cli\ntry:\n    cli.main(['build'])\nexcept SystemExit as end:\n"
        "    print(end.code, *{'numpy', 'miniaudio', 'soxr'} & set(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert ran.stderr == "0\n"


def test_an_episode_with_music_is_the_same_bytes_with_any_number_of_jobs(station, run, news, settings):
    files = {key: wav(tone(6, 400)) for key in ("opening", "closing", "separator", "bed")}
    root = dressed(station, news, settings, "", **files)
    assert run(root, "build", "--jobs", "1").code == 0
    first = heard(root)[0]["media"]
    for folder in ("parts", "sounds"):
        shutil.rmtree(root / ".nashra" / folder)
    assert run(root, "build", "--force", "--jobs", "4").code == 0
    assert heard(root)[0]["media"] == first


def test_a_setting_of_the_sound_remakes_as_other_settings_do(built, run):
    configuration = built / "nashra.toml"
    configuration.write_text(configuration.read_text("utf-8") + "\n[sound]\nduck_db = 12.0\n", "utf-8")
    assert "recipe changed" in run(built, "build", "--why").out


def test_one_sentence_said_alone_has_no_jingle(station, run, news, settings, tmp_path):
    root = dressed(station, news, settings, "", opening=wav(tone(5)))
    assert run(root, "say", "مرحبا بكم في نشرة الأخبار", "-o", str(tmp_path / "say.wav")).code == 0
    with wave.open(str(tmp_path / "say.wav")) as said:
        assert said.getnframes() < 3 * RATE


# A new station


def test_a_new_station_has_sounds_and_uncommenting_is_enough(run, tmp_path):
    assert "uncomment its lines under [sound]" in run(tmp_path, "init", "fresh").out
    root = tmp_path / "fresh"
    made = {path.name for path in (root / "sounds").iterdir()}
    assert made == {"opening.wav", "closing.wav", "separator.wav", "bed.mp3"}
    with wave.open(str(root / "sounds" / "opening.wav")) as opening:
        assert opening.readframes(opening.getnframes()) == jingle.opening()
    text = (root / "nashra.toml").read_text("utf-8")
    text = re.sub(r'(?m)^# ((opening|closing|separator|bed) = "sounds/)', r"\1", text)
    text = re.sub(r'(?m)^# engine = "espeak"', 'engine = "tone"', text)
    (root / "nashra.toml").write_text(text, "utf-8")
    ran = run(root, "build")
    assert (ran.code, ran.complaints) == (0, [])
    record = json.loads((root / "audio" / "welcome.json").read_bytes())
    assert {key for key in record["made_with"] if key.startswith("sound.")} == {
        f"sound.{key}" for key in jingle.SOUNDS
    }


def test_init_leaves_a_jingle_alone_that_is_there(run, tmp_path):
    mine = tmp_path / "old" / "sounds" / "opening.wav"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    assert run(tmp_path, "init", "old").code == 0
    assert mine.read_bytes() == b"mine"
