"""A small copy in Opus beside the MP3: as long, as loud, smaller, the same every time, and in the feed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys

import numpy as np
import pytest
from lxml import etree

from nashra import records
from nashra.audio import mp3, opus
from nashra.errors import AudioError
from nashra.model import RATE

SPACE = {"podcast": "https://podcastindex.org/namespace/1.0"}
ON = "\n[podcast]\nopus_kbps = 24\n"


@pytest.fixture
def folder(station, run, news, settings):
    """Return a station with small copies, built."""
    folder = station({"harbour.txt": news}, settings + ON)
    ran = run(folder, "build")
    assert ran.code == 0, ran.err
    return folder


def decoded(path) -> np.ndarray:
    """Return what ffmpeg hears in a file, mono at 44,100 Hz."""
    said = ("-f", "s16le", "-ac", "1", "-ar", str(RATE), "-")
    ran = subprocess.run(("ffmpeg", "-v", "error", "-i", str(path), *said), capture_output=True, check=True)
    return np.frombuffer(ran.stdout, "<i2").astype(float)


def only(folder, pattern: str):
    (path,) = (folder / "audio").glob(pattern)
    return path


def test_it_is_the_same_sound_at_the_same_time(folder):
    """Decoded by ffmpeg: as long to a millisecond, as loud to half a dB, and nowhere shifted."""
    big, small = decoded(only(folder, "*.mp3")), decoded(only(folder, "*.opus"))
    assert abs(len(big) - len(small)) <= RATE // 1000
    loud = [20 * np.log10(np.sqrt(np.mean(each**2))) for each in (big, small)]
    assert abs(loud[0] - loud[1]) < 0.5
    envelopes = [
        np.abs(each[: len(big) // 441 * 441 - 441]).reshape(-1, 441).mean(1) for each in (big, small)
    ]
    shifts = {
        shift: np.corrcoef(envelopes[0][10:-10], np.roll(envelopes[1], shift)[10:-10])[0, 1]
        for shift in range(-5, 6)
    }
    assert max(shifts, key=lambda shift: shifts[shift]) == 0


def test_it_is_mono_opus_of_about_the_bits_that_were_asked_for(folder):
    """As ffprobe sees it; and a fraction of the MP3."""
    path = only(folder, "*.opus")
    ran = subprocess.run(
        ("ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(path)),
        capture_output=True,
        check=True,
    )
    told = json.loads(ran.stdout)
    (stream,) = told["streams"]
    assert (stream["codec_name"], stream["channels"], told["format"]["format_name"]) == ("opus", 1, "ogg")
    assert 10_000 < int(told["format"]["bit_rate"]) < 30_000
    assert path.stat().st_size < only(folder, "*.mp3").stat().st_size / 3


def test_the_same_mp3_gives_the_same_bytes():
    """No serial number drawn by chance, no version of the encoder's."""
    t = np.arange(2 * RATE) / RATE
    sound = mp3.join([mp3.encode((8000 * np.sin(2 * np.pi * 300 * t)).astype("<i2").tobytes())])
    first, second = (opus.encode(sound, 24) for _time in range(2))
    assert first == second
    assert len(opus.encode(sound, 12)) < len(first)
    assert not re.search(rb"Lav[fc]\d", first)


def test_what_is_no_mp3_is_an_error():
    """Of ours, with the file's name."""
    with pytest.raises(AudioError, match=r"audio/a\.mp3: cannot be made into Opus"):
        opus.encode(b"no sound at all" * 100, 24, "audio/a.mp3")


def test_the_feed_has_it_as_an_alternate_with_its_hash(folder, run):
    """Behind the MP3, which stays the default; `check` measures both, and finds another byte."""
    path = only(folder, "*.opus")
    digest = hashlib.sha256(path.read_bytes())
    root = etree.parse(folder / "feed" / "feed.xml")
    first, second = root.xpath("//item/podcast:alternateEnclosure", namespaces=SPACE)
    assert (first.get("type"), first.get("default")) == ("audio/mpeg", "true")
    assert dict(second.attrib) == {
        "type": "audio/opus",
        "length": str(path.stat().st_size),
        "bitrate": "24000",
        "lang": "ar",
        "title": "Opus 24 kbit/s",
        "codecs": "opus",
    }
    source, integrity = second
    assert source.get("uri") == f"http://localhost:8000/audio/{path.name}"
    assert integrity.get("value") == f"sha256-{base64.b64encode(digest.digest()).decode()}"
    assert path.name == f"harbour-{digest.hexdigest()[:12]}.opus"
    assert f"audio/{path.name}" in (folder / "feed" / "episodes" / "harbour.html").read_text("utf-8")
    assert run(folder, "check").code == 0
    path.write_bytes(path.read_bytes() + b"x")
    ran = run(folder, "check")
    assert ran.code == 6
    assert f"<podcast:integrity> of audio/{path.name} is not the hash" in ran.out
    assert f"says that audio/{path.name} has" in ran.out


def test_nothing_changed_makes_nothing_and_a_lost_copy_comes_back(folder, run, files):
    """The same bytes under the same name, also when the episode is made again."""
    before = files(folder)
    assert "retired.json" not in before
    stamp = only(folder, "*.opus").stat().st_mtime_ns
    (folder / ".nashra" / "built.json").unlink()
    assert run(folder, "build").code == 0
    assert files(folder) == before
    assert only(folder, "*.opus").stat().st_mtime_ns == stamp
    only(folder, "*.opus").unlink()
    assert run(folder, "build").code == 0
    assert files(folder) == before
    assert run(folder, "build", "--force").code == 0
    assert files(folder) == before


def test_it_comes_to_a_station_that_has_episodes_and_goes_again(built, run):
    """The MP3 stays as it is; when copies are not wanted any more, the file stays for who knows its name."""
    (record,) = records.load(built / "audio")
    assert record.opus is None
    path = built / "nashra.toml"
    text = path.read_text("utf-8")
    path.write_text(text + ON, "utf-8")
    assert run(built, "build").code == 0
    (small,) = records.load(built / "audio")
    assert small.opus
    assert (small.media, small.updated, small.cues) == (record.media, record.updated, record.cues)
    path.write_text(text, "utf-8")
    assert run(built, "build").code == 0
    (without,) = records.load(built / "audio")
    assert without.opus is None
    assert without.replaced[-1] == small.opus.media
    assert (built / "audio" / small.opus.media.file).is_file()
    assert "audio/opus" not in (built / "feed" / "feed.xml").read_text("utf-8")


def test_an_edit_makes_another_copy_and_the_old_one_stays(folder, run, news):
    """As it is with MP3s: a published file never changes, and its name stays known."""
    (before,) = records.load(folder / "audio")
    (folder / "articles" / "harbour.txt").write_text(news.replace("أربعون", "خمسون حاوية و"), "utf-8")
    assert run(folder, "build").code == 0
    (after,) = records.load(folder / "audio")
    assert before.opus
    assert after.opus
    assert after.opus.media != before.opus.media
    assert {before.media, before.opus.media} <= set(after.replaced)
    assert (folder / "audio" / before.opus.media.file).is_file()


def test_without_the_library_it_is_said_how_to_get_it_and_the_feed_is_there(built, run, monkeypatch):
    """One line, and the episodes are aired without copies."""
    path = built / "nashra.toml"
    path.write_text(path.read_text("utf-8") + ON, "utf-8")
    monkeypatch.setitem(sys.modules, "av", None)
    ran = run(built, "build")
    assert ran.code == 2
    (complaint,) = ran.complaints
    assert 'pip install "nashra[opus]"' in complaint
    assert (built / "feed" / "feed.xml").is_file()
    assert not list((built / "audio").glob("*.opus"))
