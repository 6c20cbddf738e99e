"""Sounds, pictures and records that are not what their names say: refused, and the feed tells no lie."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import struct
import tomllib
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree
from mutagen.mp3 import MP3
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from PIL import Image

import nashra
from nashra.audio import mp3, tags
from nashra.errors import FeedError
from nashra.model import RATE, Mark, Media
from soundness import SAFE, leaks_nothing, sound_station
from test_mp3 import PARTS
from test_rss import DAY, document, episode

CANARY = "5e7c0ffee-of-another-file"


def outputs(found):
    return {name: data for name, data in found.items() if name.startswith(("audio/", "feed/"))}


# Many parts, odd parts


@pytest.mark.parametrize("many", [1, 2, 600, 5_000])
def test_however_many_parts_no_frame_is_lost(many):
    """The track has the frames of its parts and the one at its end, and its header says so."""
    parts = [PARTS[number % 2] for number in range(many)]
    track = mp3.join(parts)
    frames = sum(map(mp3.frame_count, parts)) + 1
    info = track.index(b"Info")
    assert struct.unpack(">II", track[info + 8 : info + 16]) == (frames, len(track))
    assert MP3(BytesIO(track)).info.length == pytest.approx(
        1152 * sum(map(mp3.frame_count, parts)) / RATE, abs=0.05
    )


def test_a_track_cut_to_60_percent_has_another_length_than_its_record(built, run, files):
    """No decoder tells (it still says its old length); the size does, and it is made whole again."""
    before = outputs(files(built))
    record = json.loads((built / "audio" / "harbour.json").read_bytes())
    path = built / "audio" / record["media"]["file"]
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10])
    assert MP3(path).info.length == pytest.approx(record["frames"] / RATE, abs=0.1)
    assert any("another length" in fault for fault in sound_station(built))
    ran = run(built, "build", "--why")
    assert "harbour.txt: damaged mp3" in ran.out
    assert outputs(files(built)) == before


def test_no_program_is_started_but_our_own_workers():
    """No ffmpeg that could read another file, hang or lie: only our Python, piper, git and rsync."""
    root = Path(nashra.__file__).parent
    starts = re.compile(r"subprocess\.(?:run|Popen|call|check_\w+)|os\.(?:system|exec\w*|spawn\w*|popen)\(")
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if starts.search(path.read_text("utf-8"))
    }
    ours = {"audio/voices/worker.py", "cluster/hands.py"}
    assert found == ours | {"audio/voices/piper_files.py", "publishing/programs.py"}


# Jingles that are none


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.mp3", bytes(900))
    return file.getvalue()


JINGLES = {
    "a playlist": "#EXTM3U\n#EXTINF:1,\nfile://{secret}\n{secret}\n",
    "a playlist of HLS": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n",
    "a list to join": "ffconcat version 1.0\nfile '{secret}'\n",
    "an address": "concat:{secret}|{secret}",
    "a program": b"\x7fELF\x02\x01\x01" + bytes(9_000),
    "an archive": zipped(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(900),
    "frames of nothing": b"\xff\xfb\x90\xc4" + bytes(9_000),
    "a tag that promises much": b"ID3\3\0\0\x7f\x7f\x7f\x7f" + bytes(900),
    "a WAV that promises much": b"RIFF\xff\xff\xff\xffWAVEfmt "
    + struct.pack("<IHHIIHH4sI", 16, 1, 1, RATE, 2 * RATE, 2, 16, b"data", 0x7FFFFFFF),
}


@pytest.mark.parametrize("kind", JINGLES)
def test_a_jingle_that_is_something_else_is_refused_and_reads_no_other_file(built, run, files, kind):
    """Named .mp3, it is one complaint; what it points at is in no output, and yesterday's episode stays."""
    secret = built.parent / "secret.wav"
    secret.write_text(CANARY, "utf-8")
    data = JINGLES[kind]
    data = data.format(secret=secret).encode() if isinstance(data, str) else data
    (built / "opening.mp3").write_bytes(data)
    said = (built / "nashra.toml").read_text("utf-8")
    (built / "nashra.toml").write_text(said + '\n[sound]\nopening = "opening.mp3"\n', "utf-8")
    before = outputs(files(built))
    with leaks_nothing(built):
        ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "opening.mp3" in ran.complaints[0]
    assert outputs(files(built)) == before
    assert not any(CANARY.encode() in data for data in files(built / ".nashra").values())
    assert CANARY not in ran.out + ran.err
    (built / "nashra.toml").write_text(said, "utf-8")
    assert "nothing to do" in run(built, "build").out


# Pictures that are none


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side: int) -> bytes:
    """Return a PNG of a few KB that unpacks to side x side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = zlib.compress(bytes(1 + side // 8) * 400, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((1500, 1500), 60).convert("RGB").save(file, "JPEG")
    return file.getvalue()


PICTURES = {
    "50,000 x 50,000 pixels": bomb(50_000),
    "8,001 x 8,001 pixels": bomb(8_001),
    "a picture with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "half a JPEG": jpeg()[:20_000],
    "nothing": b"",
    "a page": b"<html><script>alert(1)</script></html>",
    "a program": b"\x7fELF" + bytes(9_000),
    "a PNG cut in its header": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
}


@pytest.mark.parametrize("place", ["cover", "article"])
@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_that_is_a_trap_is_refused_and_nothing_is_lost(built, run, files, kind, place):
    """As the show's cover and as an article's: one complaint, and what was there stays."""
    before = outputs(files(built))
    if place == "cover":
        said = (built / "nashra.toml").read_text("utf-8")
        (built / "nashra.toml").write_text(said.replace("[show]", '[show]\ncover = "trap.png"', 1), "utf-8")
        (built / "trap.png").write_bytes(PICTURES[kind])
    else:
        (built / "articles" / "trap.png").write_bytes(PICTURES[kind])
        text = "---\ntitle: عنوان\nimage: trap.png\n---\nوصل الوزير إلى المدينة صباح اليوم.\n"
        (built / "articles" / "bad.md").write_text(text, "utf-8")
    with leaks_nothing(built):
        ran = run(built, "build")
    assert ran.code != 0
    (complaint,) = ran.complaints
    assert "trap.png" in complaint
    assert "Traceback" not in ran.err
    assert outputs(files(built)) == before
    assert sound_station(built) == []


def test_a_picture_is_published_as_pixels_only(built, run, files):
    """What hides in a picture beside its pixels (a place, a script) is not in what is published."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CANARY
    picture = Image.new("RGB", (1400, 1400), (9, 90, 90))
    picture.save(file, "JPEG", exif=exif, comment=CANARY.encode())
    assert CANARY.encode() in file.getvalue()
    (built / "articles" / "sky.jpg").write_bytes(file.getvalue() + CANARY.encode())
    text = "---\ntitle: عنوان\nimage: sky.jpg\n---\nوصل الوزير إلى المدينة صباح اليوم.\n"
    (built / "articles" / "sky.md").write_text(text, "utf-8")
    assert run(built, "build").code == 0
    made = outputs(files(built))
    assert any(name.startswith("audio/sky-") and name.endswith(".jpg") for name in made)
    assert not any(CANARY.encode() in data for data in made.values())


# Tags


TEXTS = {
    "a chapter of FFmpeg": "خبر\n[CHAPTER]\nSTART=0\nEND=9\ntitle=x",
    "signs of FFmpeg": "خبر ; = # \\ نعم",
    "a zero": "خبر\0عاجل",
    "a megabyte": "خبر " * 250_000,
    "line ends": "خبر\r\nX-Header: 1\r\n\r\nبدن",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_tag_has_its_text_in_one_line_and_our_chapters_only(kind):
    marks = [Mark(TEXTS[kind], 0, RATE), Mark("ب", RATE, 2 * RATE)]
    tag = tags.tag(
        title=TEXTS[kind], show=TEXTS[kind], author=TEXTS[kind], comment=TEXTS[kind], chapters=marks
    )
    title, chapters = tags.told(tag + bytes(99))
    assert title == chapters[0][0]
    assert title.startswith("خبر")
    assert "\n" not in title
    assert "\0" not in title
    assert len(chapters) == 2
    assert len(tag) < 8_000


# The feed


FALSE = {
    "no length": {"media": Media("a-0123456789ab.mp3", 0, "0" * 64)},
    "a length below zero": {"media": Media("a-0123456789ab.mp3", -5, "0" * 64)},
    "no duration": {"frames": 0},
    "a date without a zone": {"published": datetime(2025, 1, 30, 12)},  # noqa: DTZ001 this is the fault
}


@pytest.mark.parametrize("kind", FALSE)
def test_a_record_that_no_reader_would_understand_makes_no_feed(kind):
    with pytest.raises(FeedError, match=r"audio/a\.json: its record has no length, or a date without a zone"):
        document(dataclasses.replace(episode(), **FALSE[kind]))


def test_a_record_of_another_length_than_its_sound_changes_no_feed(built, run, files):
    """A record that was tampered with is a damaged MP3: made again, or the feed stays."""
    feed = (built / "feed" / "feed.xml").read_bytes()
    path = built / "audio" / "harbour.json"
    path.write_text(re.sub(r'"bytes": \d+', '"bytes": -5', path.read_text("utf-8")), "utf-8")
    ran = run(built, "build")
    assert "Traceback" not in ran.err
    assert (built / "feed" / "feed.xml").read_bytes() == feed
    assert sound_station(built) == []
    assert outputs(files(built))


BASES = ("https://example.org/", "http://example.org:8080/a/b/", "https://example.org/%D8%A3/~x/")


@pytest.mark.parametrize("base", BASES)
def test_every_address_of_the_feed_is_that_of_a_file(built, run, base):
    """Behind a port and a path, too: cut off the base, decode the rest, and the file is there."""
    said = (built / "nashra.toml").read_text("utf-8")
    (built / "nashra.toml").write_text(said.replace("[show]", f'[show]\nbase_url = "{base}"', 1), "utf-8")
    (built / "articles" / "خبر.txt").write_text("عنوان الخبر\nوصل الوزير إلى المدينة صباح اليوم.\n", "utf-8")
    assert run(built, "build").code == 0
    tree = etree.parse(built / "feed" / "feed.xml", SAFE)
    addresses = {
        value
        for element in tree.iter()
        for value in (*element.attrib.values(), (element.text or "").strip())
        if value.startswith(base)
    }
    assert len(addresses) > 8
    for address in addresses - {base}:
        assert address.isascii()
        path = built / unquote(address.removeprefix(base).partition("#")[0])
        assert path.is_file(), address
    assert sound_station(built) == []


@pytest.mark.parametrize(
    "base",
    [
        "javascript:alert(1)/",
        "https:///",
        "https://user:secret@example.org/",
        "https://example.org/?a=/",
        "https://example.org/#/",
        'https://example.org/"onload=x/',
        "ftp://example.org/",
        "https://example.org/ x/",
        "//example.org/",
    ],
)
def test_a_base_that_is_no_address_is_refused(built, run, files, base):
    said = (built / "nashra.toml").read_text("utf-8")
    (built / "nashra.toml").write_text(said.replace("[show]", f"[show]\nbase_url = '{base}'", 1), "utf-8")
    before = files(built)
    ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert ran.complaints[0].startswith("nashra: nashra.toml:2: `show.base_url`")
    assert files(built) == before


def test_the_zone_of_every_test_episode_is_known():
    """What the table of false records is compared with passes."""
    assert DAY.tzinfo
    assert document(episode()).count(b"<item>") == 1


@pytest.mark.parametrize("python", ["3.13", "3.14"])
def test_later_pythons_get_what_they_lack(python):
    """pydub needs `audioop`, which 3.13 has no more: its replacement is asked for there, and only there."""
    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    needs = [Requirement(line) for line in settings["dependencies"]]
    (lacking,) = (each for each in needs if each.name == "audioop-lts")
    assert lacking.marker.evaluate({"python_version": python})
    assert not lacking.marker.evaluate({"python_version": "3.12"})
    assert f"{python}.0" in SpecifierSet(settings["requires-python"])
