"""`nashra inspect`: it measures as other tools do, what it draws can be seen, what differs is named."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from nashra import records
from nashra.audio import level, meter
from nashra.feed import drawing, portrait
from nashra.feed.lettering import advance
from nashra.model import RATE, Cue, Level, Mark

if TYPE_CHECKING:
    from pathlib import Path

SVG = {"svg": "http://www.w3.org/2000/svg"}


def record_of(station: Path) -> dict:
    return json.loads((station / "audio" / "harbour.json").read_bytes())


def inspected(station: Path, run, *arguments: str) -> dict:
    ran = run(station, "inspect", "harbour", "--json", *arguments)
    return json.loads(ran.out)


def changed(station: Path, **fields: object) -> None:
    path = station / "audio" / "harbour.json"
    path.write_text(json.dumps(record_of(station) | fields), "utf-8")


# What is measured


def test_duration_loudness_and_peak_agree_with_the_record_and_with_ffmpeg(built, run):
    program = shutil.which("ffmpeg") or pytest.skip("ffmpeg is not installed")
    record, found = record_of(built), inspected(built, run)
    file = built / found["file"]
    command = [
        program,
        "-hide_banner",
        "-nostats",
        "-i",
        str(file),
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    told = subprocess.run(command, capture_output=True, check=True).stderr.decode().rpartition("Summary")[2]
    assert found["frames"] == record["frames"]
    assert found["duration"] == pytest.approx(record["frames"] / RATE, abs=0.001)
    assert found["level"]["lufs"] == pytest.approx(float(re.search(r"I:\s+(\S+) LUFS", told)[1]), abs=0.15)
    assert found["level"]["dbtp"] == pytest.approx(float(re.search(r"Peak:\s+(\S+) dBFS", told)[1]), abs=0.25)
    assert found["mismatches"] == []


def test_chapters_words_and_silences_are_told(built, run):
    """The longest silence is between two chapters: the pause of one and the beginning of the next."""
    record, found = record_of(built), inspected(built, run)
    assert [each["title"] for each in found["chapters"]] == [each["title"] for each in record["chapters"]]
    assert all(-19 < each["lufs"] < -14 for each in found["chapters"])
    spoken_s = (record["cues"][-1]["end"] - record["cues"][0]["start"]) / RATE
    assert found["words"] == sum(len(cue["text"].split()) for cue in record["cues"])
    assert found["words_a_minute"] == pytest.approx(60 * found["words"] / spoken_s, abs=0.1)
    longest = found["silences"][0]
    assert 0.25 < longest["length"] < 1.6  # a chapter may wait for its second
    starts = [each["start"] for each in found["chapters"]] + [found["chapters"][-1]["end"]]
    assert any(longest["start"] <= start <= longest["start"] + longest["length"] for start in starts)
    lengths = [each["length"] for each in found["silences"]]
    assert lengths == sorted(lengths, reverse=True)
    assert 0.05 <= found["lead_silence"] < 0.2


def test_the_text_says_the_same(built, run):
    ran = run(built, "inspect", "harbour")
    found = inspected(built, run)
    assert (ran.code, ran.err) == (0, "")
    assert f"{found['level']['lufs']:.1f} LUFS" in ran.out
    assert f"{found['words']} words" in ran.out
    for each in found["chapters"]:
        assert each["title"] in ran.out
    assert "picture  harbour.png" in ran.out


@pytest.mark.parametrize(
    "name", ["harbour", "harbour.txt", "articles/harbour.txt", "audio/harbour.json", "mp3"]
)
def test_an_episode_is_found_by_each_of_its_names(built, run, name):
    if name == "mp3":
        name = f"audio/{record_of(built)['media']['file']}"
    assert json.loads(run(built, "inspect", name, "--json").out)["slug"] == "harbour"


def test_silences_and_first_sounds_are_found_where_they_are():
    """Of a sound whose silences are known; each within the 10 ms in which they are looked for."""
    loud = np.full(RATE // 2, 3_000, "<i2")
    gap, edge = np.zeros(RATE // 4, "<i2"), np.zeros(RATE // 8, "<i2")
    short = np.zeros(RATE // 20, "<i2")
    pcm = np.concatenate((edge, loud, gap, loud, short, loud, edge)).tobytes()
    found = [(a / RATE, b / RATE) for a, b in meter.silences(pcm)]
    assert np.allclose(found, [(0, 0.125), (0.625, 0.875), (1.925, 2.05)], atol=0.011)
    assert np.allclose(np.array(meter.ends(pcm)) / RATE, 0.125, atol=0.011)
    assert meter.onset(pcm, 28_000, 80_000) == pytest.approx(0.875 * RATE, abs=meter.HOP)
    assert meter.onset(pcm, 28_000, 35_000) is None
    assert meter.ends(bytes(2000)) == (1000, 0)
    assert meter.silences(b"") == ()


def test_loudness_over_time_is_that_of_each_window():
    """Of a steady tone the loudness of the whole; a step in it is seen 3 s long."""
    tone = np.rint(8_000 * np.sin(2 * np.pi * 997 * np.arange(8 * RATE) / RATE)).astype("<i2")
    curve = level.over_time(tone)
    assert len(curve) == 80 - 30 + 1
    assert np.abs(curve - level.measure(tone).lufs).max() < 0.1
    half = np.concatenate((tone, tone // 2))
    assert level.over_time(half)[-1] - curve[0] == pytest.approx(-6.02, abs=0.05)
    assert level.over_time(np.zeros(4 * RATE, "<i2")).max() == -np.inf
    assert len(level.over_time(tone[:RATE])) == 0


# What is drawn


def test_the_picture_is_small_light_and_the_same_every_time(built, run):
    run(built, "inspect", "harbour")
    data = (built / "harbour.png").read_bytes()
    (built / "harbour.png").unlink()
    run(built, "inspect", "harbour", "-o", "other/again.png")
    assert (built / "other" / "again.png").read_bytes() == data
    assert len(data) < 150_000
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", portrait.SIZE)
        grey = np.asarray(picture.convert("L"))
    assert np.median(grey) > 200, "a light background"
    assert (grey[15:55, 1000:] < 90).sum() > 200, "the title"
    assert (grey[66:126, portrait.LEFT :] < 90).sum() > 200, "the titles of chapters"
    assert (grey[130:318, portrait.LEFT :] < 170).mean() > 0.1, "the wave"


def test_json_draws_only_where_it_is_told_to(built, run):
    inspected(built, run)
    assert not list(built.glob("*.png"))
    ran = run(built, "inspect", "harbour", "--json", "-o", "h.svg")
    assert json.loads(ran.out)["slug"] == "harbour"
    assert (built / "h.svg").exists()


def test_the_svg_has_a_mark_for_every_cue_and_letters_as_outlines(built, run):
    run(built, "inspect", "harbour", "-o", "h.svg")
    tree = etree.fromstring((built / "h.svg").read_bytes())
    assert tree.get("viewBox") == "0 0 1600 500"
    assert not tree.findall(".//svg:text", SVG), "no font is needed"
    ids = {path.get("id") for path in tree.iterfind(".//svg:path", SVG)}
    assert {f"{use.get('href')}" for use in tree.iterfind(".//svg:use", SVG)} == {f"#{each}" for each in ids}
    ticks = tree.xpath(f"//svg:polyline[@stroke='{portrait._TICK}']", namespaces=SVG)
    record = record_of(built)
    places = [float(tick.get("points").split(",")[0]) for tick in ticks]
    width = portrait.RIGHT - portrait.LEFT
    assert places == pytest.approx(
        [portrait.LEFT + width * cue["start"] / record["frames"] for cue in record["cues"]], abs=0.06
    )


def picture_of(built, marks: list[Mark], frames: int, title: str = "خبر") -> tuple[drawing.Shape, ...]:
    (episode,) = records.load(built / "audio")
    episode = replace(episode, title=title, chapters=tuple(marks), cues=(Cue(0, 10, "sentence", "قول"),))
    measured = portrait.Measured(frames, Level(-16, -1), 100, ((0.5, 0.1),) * 10, (-16.0, -np.inf), -16)
    return portrait.portrait(episode, measured)


@pytest.mark.parametrize("many", [0, 1, 9, 60, 250])
def test_titles_never_leave_their_chapter_however_many_there_are(built, many):
    """A title that finds no room becomes a number, and where that has none, nothing."""
    frames = 3600 * RATE
    marks = [
        Mark("تعزيز التعاون القضائي بين البلدين", frames * n // many, frames * (n + 1) // many)
        for n in range(many)
    ]
    shapes = picture_of(built, marks, frames)
    step = (portrait.RIGHT - portrait.LEFT) / max(many, 1)
    names = [
        each for each in shapes if isinstance(each, drawing.Text) and each.anchor == "middle" and each.y < 130
    ]
    assert all(advance(each.line) * each.size <= step for each in names)
    assert bool(names) == (0 < many < 200)
    assert drawing.png(shapes, portrait.SIZE)
    etree.fromstring(drawing.svg(shapes, portrait.SIZE))


def test_a_title_too_long_is_cut_between_words(built):
    shapes = picture_of(built, [], RATE, "كلمة طويلة " * 40)
    (title,) = (each for each in shapes if isinstance(each, drawing.Text) and each.size == 26)
    assert title.line.endswith("…")
    assert drawing._left(title) > 500


# What differs

DIFFERENCES = {
    "frames": ({"frames": 44_100}, "PCM frames: the file has"),
    "loudness": ({"level": {"lufs": -15.0, "dbtp": -3.0}}, "lufs: the file has"),
    "title": ({"title": "عنوان آخر"}, "title: the file says «ميناء المدينة"),
    "a chapter more": ({"chapters": []}, "chapters: the file lists 4, the record 0; their number differs"),
}


@pytest.mark.parametrize("case", DIFFERENCES)
def test_what_the_record_says_otherwise_is_named(built, run, case):
    fields, what = DIFFERENCES[case]
    changed(built, **fields)
    ran = run(built, "inspect", "harbour", "--json")
    assert ran.code == 5
    assert any(what in complaint for complaint in ran.complaints), ran.err
    assert any(what in mismatch for mismatch in json.loads(ran.out)["mismatches"])


def test_a_shifted_chapter_and_a_cue_in_silence_are_named(built, run):
    record = record_of(built)
    marks = record["chapters"]
    marks[2]["start"] += 4_410
    first, second, *rest = record["cues"]
    gap = {**first, "start": first["end"] + 300, "end": first["end"] + 3_000, "text": "لا أحد"}
    changed(built, chapters=marks, cues=[first, gap, second, *rest])
    err = run(built, "inspect", "harbour", "--json").err
    assert "chapter 3 differs" in err
    assert "no sound for «لا أحد»" in err


def test_another_mp3_under_the_name_is_named(built, run):
    """A byte of the sound is changed: the checksum tells, and the length does not."""
    path = built / "audio" / record_of(built)["media"]["file"]
    data = bytearray(path.read_bytes())
    data[-20_000] ^= 0xFF
    path.write_bytes(data)
    assert "SHA-256: the file has" in run(built, "inspect", "harbour", "--json").err


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (("nobody",), 5, "nobody: there is no such episode; the station has harbour"),
        (("harbour", "-o", "h.gif"), 2, "h.gif: is neither .png nor .svg"),
    ],
)
def test_a_wrong_name_is_a_complaint(built, run, arguments, code, what):
    ran = run(built, "inspect", *arguments)
    assert ran.code == code
    assert what in ran.complaints[0]


def test_a_missing_or_broken_mp3_is_a_complaint(built, run):
    path = built / "audio" / record_of(built)["media"]["file"]
    path.write_bytes(b"no sound")
    assert "not an MP3; build it again" in run(built, "inspect", "harbour").complaints[0]
    path.unlink()
    ran = run(built, "inspect", "harbour")
    assert (ran.code, len(ran.complaints)) == (5, 1)
    assert "is not there; build it again" in ran.complaints[0]
