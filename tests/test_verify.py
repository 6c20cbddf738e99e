"""`nashra verify`: a whole station has no violation, and one broken in any way has that violation."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import nashra
from nashra import verifying
from nashra.errors import FeedError
from nashra.verifying import mpeg, violation, whole
from state import changed, contents, state

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def broken(folder: Path, *, deep: bool = False, now: datetime = NOW) -> set[str]:
    return {each.invariant for each in verifying.verify(folder, deep=deep, now=now)}


def one(folder: Path, pattern: str) -> Path:
    return next(iter(sorted(folder.glob(pattern))))


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text or re.search(before, text)
    path.write_text(text.replace(before, after) if before in text else re.sub(before, after, text), "utf-8")


def edit_record(folder: Path, **said: object) -> None:
    path = folder / "audio" / "harbour.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | said, ensure_ascii=False, indent=1), "utf-8")


def patch(path: Path, at: int, data: bytes) -> None:
    whole = bytearray(path.read_bytes())
    at %= len(whole)
    whole[at : at + len(data)] = data
    path.write_bytes(bytes(whole))


def mp3(folder: Path) -> Path:
    return one(folder, "audio/harbour-*.mp3")


def replaced(folder: Path, *, days: int, lost: bool = True) -> None:
    """Give the record an earlier file, replaced so many days before NOW."""
    name = "harbour-0123456789ab.mp3"
    old = {"file": name, "bytes": 4, "sha256": "0123456789ab".ljust(64, "0")}
    edit_record(folder, replaced=[old], updated=(NOW - timedelta(days=days)).isoformat())
    if not lost:
        (folder / "audio" / name).write_bytes(b"12345")


def left_behind(folder: Path, name: str) -> None:
    """Put a temporary file there that is an hour older than the last build."""
    path = folder / name
    path.write_bytes(b"half")
    built = (folder / ".nashra" / "built.json").stat().st_mtime
    os.utime(path, (built - 3600, built - 3600))


def swap_sound(folder: Path) -> None:
    """Change what the MP3 says in its midst, leaving its length and every header."""
    path = mp3(folder)
    size = path.stat().st_size
    data = path.read_bytes()
    told = mpeg.told(lambda start, length: data[start : start + length], size)
    middle = told.start + 313 * (told.frames // 2)
    at = next(at for at in range(middle, middle + 400) if data[at : at + 2] == b"\xff\xfb")
    patch(path, at + 40, bytes(range(60)))


def silence(folder: Path) -> None:
    """Put silent frames in place of all sound, with the name, record and feed of that file."""
    path = mp3(folder)
    data = path.read_bytes()
    told = mpeg.told(lambda start, length: data[start : start + length], len(data))
    quiet, at = bytearray(data), told.start
    while at < len(data):
        length, _hertz = mpeg.frame(data, at)
        if at > told.start:
            quiet[at + 4 : at + length] = bytes(length - 4)
        at += length
    path.write_bytes(bytes(quiet))


def lose_frame(folder: Path) -> None:
    """Take one MPEG frame out of the midst, and say so nowhere but in the tag's size."""
    path = mp3(folder)
    data = path.read_bytes()
    told = mpeg.told(lambda start, length: data[start : start + length], len(data))
    at = told.start
    for _each in range(20):
        at += mpeg.frame(data, at)[0]
    size = mpeg.frame(data, at)[0]
    cut = bytearray(data[:at] + data[at + size :])
    grown = told.start - 10 + size
    cut = cut[: told.start] + bytes(size) + cut[told.start :]
    cut[6:10] = bytes(grown >> shift & 127 for shift in (21, 14, 7, 0))
    info = cut.index(b"Info")
    cut[info + 12 : info + 16] = (told.bytes - size).to_bytes(4, "big")
    path.write_bytes(bytes(cut))


FEED = "feed/feed.xml"

# What is done to a station, the invariant that it breaks, and whether only --deep can see it.
BREAKS = (
    ("the feed is gone", "I1", False, lambda s: (s / FEED).unlink()),
    ("the feed is empty", "I1", False, lambda s: (s / FEED).write_bytes(b"")),
    ("the feed is cut", "I1", False, lambda s: os.truncate(s / FEED, 3000)),
    ("the feed is zeros", "I1", False, lambda s: (s / FEED).write_bytes(bytes(3000))),
    ("the feed is a page", "I1", False, lambda s: (s / FEED).write_text("<html/>")),
    ("an MP3 is gone", "I2", False, lambda s: mp3(s).unlink()),
    ("an MP3 is empty", "I2", False, lambda s: mp3(s).write_bytes(b"")),
    ("a length is wrong", "I2", False, lambda s: edit(s / FEED, r'length="\d+" type', 'length="7" type')),
    ("a length is None", "I2", False, lambda s: edit(s / FEED, r'length="\d+" type', 'length="None" type')),
    ("an enclosure is elsewhere", "I2", False, lambda s: edit(s / FEED, 'url="http://localhost', 'url="http://elsewhere')),
    ("a hash in the feed is wrong", "I2", False, lambda s: edit(s / FEED, r"sha256-[A-Za-z0-9+/]{4}", "sha256-AAAA")),
    ("a recorded length is wrong", "I2", False, lambda s: edit(s / "audio/harbour.json", r'"bytes": \d+', '"bytes": 7')),
    ("other bytes of the same length", "I2", True, swap_sound),
    ("an MP3 is cut to 60 %", "I3", False, lambda s: os.truncate(mp3(s), mp3(s).stat().st_size * 6 // 10)),
    ("an MP3 has bytes behind its end", "I3", False, lambda s: mp3(s).write_bytes(mp3(s).read_bytes() + b"more")),
    ("an MP3 is zeros", "I3", False, lambda s: mp3(s).write_bytes(bytes(mp3(s).stat().st_size))),
    ("an MP3 ends in zeros", "I3", False, lambda s: patch(mp3(s), -4000, bytes(4000))),
    ("an MP3 has zeros in its midst", "I3", True, lambda s: patch(mp3(s), -90_000, bytes(5000))),
    ("an MP3 lacks one frame", "I3", False, lose_frame),
    ("an MP3 is silent", "I3", True, silence),
    ("a recorded duration is wrong", "I3", False, lambda s: edit(s / "audio/harbour.json", r'"frames": \d+', '"frames": 7')),
    ("a duration in the feed is wrong", "I3", False, lambda s: edit(s / FEED, "<itunes:duration>18", "<itunes:duration>28")),
    ("a duration is no number", "I3", False, lambda s: edit(s / FEED, "<itunes:duration>18", "<itunes:duration>-18")),
    ("a guid in the feed is another", "I4", False, lambda s: edit(s / FEED, r"(false\">)\w{8}", r"\g<1>00000000")),
    ("a recorded guid is another", "I4", False, lambda s: edit_record(s, guid="0")),
    ("a guid stands twice", "I4", False, lambda s: edit(s / FEED, "(?s)(<item>.*</item>)", r"\1\1")),
    ("a record is gone", "I4", False, lambda s: (s / "audio/harbour.json").unlink()),
    ("a record is cut", "I4", False, lambda s: os.truncate(s / "audio/harbour.json", 500)),
    ("a record is cut in its sentences", "I4", False, lambda s: os.truncate(s / "audio/harbour.json", 2500)),
    ("a record is no record", "I4", False, lambda s: (s / "audio/harbour.json").write_text('{"guid": "x"}')),
    ("two records of one guid", "I4", False, lambda s: (s / "audio/other.json").write_bytes((s / "audio/harbour.json").read_bytes())),
    ("an MP3 of another's name", "I4", False, lambda s: edit(s / "audio/harbour.json", r"harbour-\w{12}\.mp3", "harbour-0123456789ab.mp3")),
    ("a picture is not of its name", "I4", True, lambda s: (s / "audio/harbour-0123456789ab.jpg").write_bytes(b"x")),
    ("a replaced MP3 is gone too early", "I5", False, lambda s: replaced(s, days=13)),
    ("a replaced MP3 is another", "I5", False, lambda s: replaced(s, days=13, lost=False)),
    ("a transcript is gone", "I6", False, lambda s: one(s, "feed/transcripts/*.vtt").unlink()),
    ("chapters are gone", "I6", False, lambda s: one(s, "feed/chapters/*.json").unlink()),
    ("a transcript is cut", "I6", False, lambda s: os.truncate(one(s, "feed/transcripts/*.srt"), 10)),
    ("a transcript is empty", "I6", False, lambda s: one(s, "feed/transcripts/*.vtt").write_bytes(b"")),
    ("a transcript is no VTT", "I6", False, lambda s: one(s, "feed/transcripts/*.vtt").write_bytes(b"hello\n")),
    ("a cue has no times", "I6", True, lambda s: edit(one(s, "feed/transcripts/*.vtt"), " --> ", " to ")),
    ("chapters are cut", "I6", False, lambda s: os.truncate(one(s, "feed/chapters/*.json"), 90)),
    ("chapters are no JSON within", "I6", True, lambda s: edit(one(s, "feed/chapters/*.json"), '"title"', "title")),
    ("a page is cut", "I6", False, lambda s: os.truncate(s / "feed/index.html", 4000)),
    ("a page is zeros", "I6", False, lambda s: (s / "feed/index.html").write_bytes(bytes(4000))),
    ("a page is gone", "I6", False, lambda s: (s / "feed/episodes/harbour.html").unlink()),
    ("a page's script is gone", "I6", False, lambda s: (s / "feed/assets/nashra.js").unlink()),
    ("a foreign file in audio/", "I7", False, lambda s: (s / "audio/notes.txt").write_text("x")),
    ("a foreign folder in feed/", "I7", False, lambda s: ((s / "feed/x").mkdir(), (s / "feed/x/a.html").write_text("<!doctype html></html>"))),
    ("a link in audio/", "I7", False, lambda s: (s / "audio/x-0123456789ab.mp3").symlink_to("/etc/hostname")),
    ("a link in place of a page", "I7", False, lambda s: ((s / "feed/index.html").unlink(), (s / "feed/index.html").symlink_to("../nashra.toml"))),
    ("a temporary file in audio/", "I9", False, lambda s: left_behind(s, "audio/.77.tmp")),
    ("a temporary file in feed/", "I9", False, lambda s: left_behind(s, "feed/episodes/.harbour.html.77.tmp")),
    ("a temporary file in .nashra/", "I9", False, lambda s: left_behind(s, ".nashra/clips/.ab.77.tmp")),
)  # fmt: skip


@pytest.mark.parametrize("deep", [False, True], ids=["shallow", "deep"])
def test_a_whole_station_breaks_nothing(built, deep):
    """What a build leaves holds every invariant."""
    assert verifying.verify(built, deep=deep, now=NOW) == ()


@pytest.mark.parametrize(
    ("invariant", "deep", "damage"), [row[1:] for row in BREAKS], ids=[row[0] for row in BREAKS]
)
def test_each_breakage_is_found(built, invariant, deep, damage):
    """A station broken in one way has that violation; what needs --deep is not seen without it."""
    damage(built)
    assert (invariant in broken(built)) is not deep
    assert invariant in broken(built, deep=True)


def test_every_invariant_is_broken_by_some_row():
    """No invariant of the table goes untested."""
    assert {row[1] for row in BREAKS} == set(violation.NEXT)


def test_what_was_replaced_long_ago_may_be_gone(built):
    """After fourteen days nobody is promised an old file."""
    replaced(built, days=15)
    assert broken(built) == set()


def test_the_ledger_says_when_a_file_was_replaced(built):
    """A record may change after a file's end; and three generations of the feed must have passed."""
    replaced(built, days=1)
    path = "audio/harbour-0123456789ab.mp3"
    ledger = {"files": {path: {"since": (NOW - timedelta(days=15)).isoformat(), "generations": 3}}}
    (built / "retired.json").write_text(json.dumps(ledger))
    assert broken(built) == set()
    ledger["files"][path]["generations"] = 2
    (built / "retired.json").write_text(json.dumps(ledger))
    assert broken(built) == {"I5"}


def test_a_build_stopped_before_its_feed_is_no_violation(built):
    """The record is of the new MP3, the feed still of the old one, and both lie there."""
    record = json.loads((built / "audio" / "harbour.json").read_bytes())
    old = mp3(built)
    new = old.with_name("harbour-" + hashlib.sha256(old.read_bytes() + b"x").hexdigest()[:12] + ".mp3")
    new.write_bytes(old.read_bytes())
    media = record["media"] | {
        "file": new.name,
        "sha256": hashlib.sha256(old.read_bytes() + b"x").hexdigest(),
    }
    edit_record(built, media=media, replaced=[record["media"]], updated=NOW.isoformat())
    assert broken(built) == set()


def test_a_station_that_was_never_built_breaks_nothing(station, news):
    """No feed was promised yet."""
    assert broken(station({"a.txt": news})) == set()


def test_a_file_of_a_running_build_is_no_leftover(built):
    """A temporary file that is younger than the last build belongs to one that is at work, or was stopped."""
    (built / "audio" / ".77.tmp").write_bytes(b"half")
    os.utime(built / "audio" / ".77.tmp", (2_000_000_000, 2_000_000_000))
    assert broken(built) == set()


def test_the_checker_shares_no_code_with_the_writer():
    """Of Nashra it imports the error tree and itself."""
    allowed = {"nashra.errors", "nashra.verifying"}
    for file in (Path(nashra.__file__).parent / "verifying").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("nashra"):
                assert any(node.module.startswith(name) for name in allowed), f"{file.name}: {node.module}"


def test_the_command_names_what_where_and_what_next(built, run):
    """One line a violation, with what to do about it, and an exit code of its own."""
    assert run(built, "verify").out == "whole: nothing is amiss\n"
    (built / "audio" / "notes.txt").write_text("x")
    ran = run(built, "verify", "--deep")
    assert ran.code == 9
    assert ran.out.splitlines()[0] == (
        "I7  audio/notes.txt: is no file of Nashra's; move it out of the folder; what lies there is published"
    )
    (told,) = json.loads(run(built, "verify", "--json").out)
    assert set(told) == {"invariant", "where", "what", "then"}


def test_verify_writes_nothing(built):
    """A look leaves every file and time as it was."""
    before = state(built)
    verifying.verify(built, deep=True, now=NOW)
    assert changed(before, state(built)) == set()


def test_a_folder_that_cannot_be_read_is_an_error(built, monkeypatch):
    """What cannot be looked at is not called whole."""

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "audio")

    monkeypatch.setattr(whole.disk, "seen", refused)
    with pytest.raises(FeedError, match=r"audio: cannot be read: permission denied"):
        verifying.verify(built, now=NOW)


def test_state_tells_one_generation_from_another(built, run):
    """A second build changes nothing; a word edited changes the feed, and not the article's neighbours."""
    before = state(built)
    run(built, "build")
    assert changed(before, state(built)) == set()
    edit(built / "articles" / "harbour.txt", "أربعون", "خمسون")
    run(built, "build")
    after = state(built)
    assert "feed/feed.xml" in changed(before, after)
    assert contents(before)["nashra.toml"] == contents(after)["nashra.toml"]
    assert broken(built, deep=True) == set()
