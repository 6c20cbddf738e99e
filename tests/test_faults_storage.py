"""What lies beside the sounds is damaged, old, away or full: nothing is lost and nothing is guessed.

Kills, refused calls, small disks and power cuts are in tests/test_crashes.py.
"""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest

from nashra import folders
from nashra.building import performing, room
from nashra.errors import AudioError, ConfigurationError, FeedError
from soundness import left_over, sound_station
from state import changed, contents, state

FEED = "feed/feed.xml"
NEWER = (
    "stand_ins", "season", "number", "words", "original", "revisions", "mark", "issues", "withdrawn",
    "category", "tags", "opus",
)  # fmt: skip
"""The fields that records did not have at first."""


def edited(folder) -> None:
    article = folder / "articles" / "harbour.txt"
    article.write_text(article.read_text("utf-8").replace("أربعون", "خمسون"), "utf-8")


# Room


def test_a_build_that_clearly_finds_no_room_is_refused_before_it_begins(built, run, news, monkeypatch):
    """With both numbers; nothing is spoken, and with room again the same command goes through."""
    (built / "articles" / "long.txt").write_text(news + "كلمة طويلة جدا. " * 40_000, "utf-8")
    before = state(built)
    with monkeypatch.context() as patch:
        patch.setattr(room, "free_bytes", lambda _folder: 3_000_000)
        ran = run(built, "build")
    assert ran.code == AudioError.exit_code
    assert len(ran.complaints) == 1
    assert "1 new article needs at least" in ran.complaints[0]
    assert "MB, 3.0 MB are free; free some disk space" in ran.complaints[0]
    assert changed(before, state(built)) == set()
    (built / "articles" / "long.txt").write_text(news, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(room, "free_bytes", lambda _folder: 3_000_000)
        assert run(built, "build").code == 0
    assert sound_station(built) == []


@pytest.mark.parametrize(("line", "free"), [(("build",), 0), (("build", "--dry-run"), 0), (("build",), None)])
def test_a_full_disk_keeps_nobody_from_what_needs_no_room(line, free, built, run, monkeypatch):
    """A build with nothing new, and one that only asks; nor does a disk that tells no size."""
    monkeypatch.setattr(room, "free_bytes", lambda _folder: free)
    if "--dry-run" in line or free is None:
        (built / "articles" / "more.txt").write_text("عنوان الخبر\nهذا خبر قصير.\n", "utf-8")
    assert run(built, *line).code == 0


def test_a_disk_that_tells_no_size_is_not_taken_for_a_full_one(tmp_path, monkeypatch):
    """Some network disks say zero of zero: whoever writes finds out."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(total=0, free=0))
    assert folders.free_bytes(tmp_path) is None
    monkeypatch.undo()
    assert folders.free_bytes(tmp_path) > 0


def test_what_is_needed_is_never_more_than_what_it_takes(built):
    """The estimate of a station that is built is less than its sounds are."""
    article = (built / "articles" / "harbour.txt").stat().st_size
    sound = sum(path.stat().st_size for path in (built / "audio").glob("*.mp3"))
    assert room.needed(article / room.BYTES_OF_A_LETTER, 2.0) < sound


# Folders


@pytest.mark.parametrize("folder", ["audio", "feed"])
@pytest.mark.parametrize("how", ["deleted", "renamed", "a link"])
def test_a_folder_that_goes_during_a_build_takes_nothing_along(folder, how, built, run, monkeypatch):
    """It is made again, or the build ends and says why; nothing is written where a link leads."""
    elsewhere, away = built.parent / "elsewhere", built.parent / "away"
    elsewhere.mkdir()
    shutil.copytree(built / folder, away)
    edited(built)
    write_named = performing.write_named

    def struck(*arguments, **more):
        monkeypatch.setattr(performing, "write_named", write_named)
        shutil.rmtree(built / folder)
        if how == "a link":
            (built / folder).symlink_to(elsewhere)
        return write_named(*arguments, **more)

    monkeypatch.setattr(performing, "write_named", struck)
    ran = run(built, "build")
    assert list(elsewhere.iterdir()) == []
    assert "Traceback" not in ran.err
    if how == "a link":
        assert ran.code in {AudioError.exit_code, FeedError.exit_code}
        assert "is a link to another folder" in ran.complaints[0]
        (built / folder).unlink()
    if how != "deleted":
        shutil.rmtree(built / folder, ignore_errors=True)
        away.rename(built / folder)
    assert run(built, "build").code == 0
    assert sound_station(built) == []


# State, block by block


def damaged(raw: bytes):
    """Give the bytes with each block of 512 zeroed in turn."""
    for start in range(0, len(raw), 512):
        yield raw[:start] + bytes(min(512, len(raw) - start)) + raw[start + 512 :]


@pytest.fixture
def of_age(on_air, run):
    """Return a station with a public address, a replaced sound, and all files of state that there are."""
    _first, second = on_air
    run(second, "build", epoch=1_767_225_600 + 7200)
    return second


def test_a_damaged_ledger_or_memo_costs_only_time(of_age, run):
    """`retired.json` and whatever `.nashra/*.json` holds: no feed changes, and no sound is lost."""
    before = contents(state(of_age))
    names = [*sorted((of_age / ".nashra").glob("*.json")), of_age / "retired.json"]
    assert len(names) >= 3
    for path in names:
        whole = path.read_bytes()
        for data in damaged(whole):
            path.write_bytes(data)
            ran = run(of_age, "build", epoch=1_767_225_600 + 7200)
            assert (path.name, ran.code, ran.err) == (path.name, 0, ran.err)
            after = contents(state(of_age))
            assert {name for name in before | after if before.get(name) != after.get(name)} <= {
                "retired.json"
            }
            path.write_bytes(whole)
    assert run(of_age, "verify", "--deep", epoch=1_767_225_600 + 7200).code == 0


def test_a_damaged_guid_of_the_podcast_is_refused_and_never_made_anew(of_age, run):
    """Apps know the show by it: the feed stays, and the file's good copy mends everything."""
    path = of_age / "podcast.guid"
    whole, feed = path.read_bytes(), (of_age / FEED).read_bytes()
    for data in (*damaged(whole), b""):
        path.write_bytes(data)
        edited(of_age)
        ran = run(of_age, "build", epoch=1_767_225_600 + 7200)
        assert ran.code == ConfigurationError.exit_code
        assert "podcast.guid" in ran.complaints[0]
        assert (of_age / FEED).read_bytes() == feed
    path.write_bytes(whole)
    assert run(of_age, "build", epoch=1_767_225_600 + 7200).code == 0
    assert path.read_bytes() == whole
    assert sound_station(of_age) == []


# Upgrades


def test_a_station_with_records_of_the_oldest_form_keeps_guids_and_addresses(built, run):
    """Without the fields that came later: nothing is spoken, and nothing that listeners know is changed."""
    path = built / "audio" / "harbour.json"
    record = json.loads(path.read_bytes())
    old = {key: said for key, said in record.items() if key not in NEWER}
    assert len(old) >= len(record) - len(NEWER)
    path.write_text(json.dumps(old, ensure_ascii=False), "utf-8")
    feed = (built / FEED).read_bytes()
    shutil.rmtree(built / ".nashra")
    sounds = {each: each.stat().st_mtime_ns for each in (built / "audio").glob("*.mp3")}
    assert run(built, "build").code == 0
    assert (built / FEED).read_bytes() == feed
    assert {each: each.stat().st_mtime_ns for each in (built / "audio").glob("*.mp3")} == sounds
    edited(built)
    assert run(built, "build", epoch=1_767_225_600 + 3600).code == 0
    now = json.loads(path.read_bytes())
    assert (now["guid"], now["published"]) == (record["guid"], record["published"])
    assert now["media"] != record["media"]
    assert [each["file"] for each in now["replaced"]] == [record["media"]["file"]]
    assert sound_station(built) == []
    assert left_over(built) == []
