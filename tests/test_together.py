"""Files of one build that go to the disk at the same time, and take their places in the order given."""

import errno
import os
from pathlib import Path

import pytest

from nashra import together
from nashra.together import MOST, Together
from nashra.turns import turn


def names(folder):
    """Return the names below a folder, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def put(folder, *files, then=lambda: None):
    """Write files together, and do something else in the same block."""
    with Together() as written:
        for name in files:
            written.write(folder / name, b"new")
        then()


def test_nothing_has_its_place_before_all_lie_on_the_disk(tmp_path):
    """A reader sees the old files until then, and afterwards the new ones."""
    (tmp_path / "a").write_bytes(b"old")
    with Together() as files:
        assert files.write(tmp_path / "a", b"new")
        assert files.write(tmp_path / "below" / "b", b"other")
        assert (tmp_path / "a").read_bytes() == b"old"
        files.settle()
        assert (tmp_path / "a").read_bytes() == b"new"
        assert names(tmp_path) == ["a", "below/b"]


def test_places_are_taken_in_the_order_given_and_each_folder_is_synced_once(tmp_path, monkeypatch):
    """What links to a file is given behind it."""
    steps = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda old, new: steps.append(new.name) or replace(old, new))
    monkeypatch.setattr(together, "sync_folder", lambda folder: steps.append(folder.name))
    with Together() as files:
        for name in ("sides/b", "pages/a", "sides/a"):
            files.write(tmp_path / name, name.encode())
    assert steps == ["b", "a", "a", "sides", "pages"]


def test_what_follows_has_no_place_before_the_others_have_theirs_for_good(tmp_path, monkeypatch):
    """A power cut in between leaves no page that names a file which is not there."""
    steps = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda old, new: steps.append(new.name) or replace(old, new))
    monkeypatch.setattr(together, "sync_folder", lambda folder: steps.append(folder.name))
    with Together() as files:
        files.write(tmp_path / "sides" / "a", b"a")
        files.then()
        files.write(tmp_path / "pages" / "b", b"b")
        assert steps == []
    assert steps == ["a", "sides", "b", "pages"]


def test_a_file_that_has_its_bytes_is_left_alone(tmp_path):
    """With its time, as ever."""
    (tmp_path / "a").write_bytes(b"same")
    os.utime(tmp_path / "a", (1, 1))
    with Together() as files:
        assert not files.write(tmp_path / "a", b"same")
    assert (tmp_path / "a").stat().st_mtime == 1


def test_a_disk_that_refuses_one_file_keeps_all_the_old_ones(tmp_path, monkeypatch):
    """And no temporary file stays behind."""
    (tmp_path / "a").write_bytes(b"old")
    asked = []

    def refuse_second(descriptor):
        asked.append(descriptor)
        if len(asked) == 2:
            raise OSError(errno.EIO, "refused")

    monkeypatch.setattr(os, "fsync", refuse_second)
    with pytest.raises(OSError, match="refused"):
        put(tmp_path, "a", "b", "c")
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_an_error_elsewhere_keeps_the_old_files(tmp_path):
    """What was begun in the block is taken away again."""
    with pytest.raises(ZeroDivisionError):
        put(tmp_path, "a", then=lambda: 1 / 0)
    assert names(tmp_path) == []


def test_a_path_that_is_given_twice_has_its_last_bytes(tmp_path):
    """Though both would go by the same temporary name."""
    with Together() as files:
        files.write(tmp_path / "a", b"first")
        files.write(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"second"


def test_memory_holds_no_more_than_so_many_files(tmp_path):
    """A station of ten thousand episodes has more pages than fit into it."""
    with Together() as files:
        for number in range(MOST + 1):
            files.write(tmp_path / f"{number:03}", b"x")
        assert len(names(tmp_path)) >= MOST


def test_what_links_to_others_has_a_later_turn_than_they():
    """So a power cut between the turns leaves no link that leads nowhere."""
    order = ("assets/page.css", "chapters/a.json", "oembed/a.json", "episodes/index.html", "embed/a.html",
             "archive-1.html", "index.html")  # fmt: skip
    turns = [turn(name)[0] for name in order]
    assert turns == sorted(set(turns))
    assert turn("transcripts/a.vtt")[0] == turn("chapters/a.json")[0]
    assert turn("sport.html")[0] > turn("sport-archive-1.html")[0]
