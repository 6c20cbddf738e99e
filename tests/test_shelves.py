"""The shared store behind a station's own shelf: found, left, never in the way; and `nashra cache`."""

import errno
import json
import os
import shutil
import threading
import time
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from nashra import shelves
from nashra.audio.voices.tone import Speaker
from nashra.commands import stations as commands
from nashra.errors import ConfigurationError
from nashra.kept import Shelves
from nashra.shelves import Shared

STORED = '[store]\nurl = "{}"\n'


@pytest.fixture
def memory():
    """Return the address of an empty store in memory."""
    MemoryFileSystem.store.clear()
    yield "memory://store"
    MemoryFileSystem.store.clear()


@pytest.fixture
def told():
    """Return the list of what a store said of itself."""
    return []


def found_in(url):
    fs, root = fsspec.core.url_to_fs(url)
    return {path.removeprefix(root).lstrip("/"): fs.cat_file(path) for path in fs.find(root)}


@pytest.mark.parametrize("place", ["memory://store", "{}/store", "file://{}/store"])
@pytest.mark.usefixtures("memory")
def test_what_one_station_keeps_another_finds(tmp_path, told, place):
    """Put in one folder, got in another: header and bytes; then it lies in that folder too."""
    url = place.format(tmp_path)
    one, two = (
        Shelves(tmp_path / name, Shared(url, name, told.append)).kept("clips", "clip") for name in "ab"
    )
    assert "0011" not in two
    assert two.get("0011") is None
    one.put("0011", {"rate": 1}, b"sound")
    assert "0011" in two
    assert two.get("0011")[1] == b"sound"
    assert (tmp_path / "b" / "clips" / "00" / "0011.clip").is_file()
    assert list(found_in(url)) == ["clips/00/0011.clip"]
    assert told == []


def test_an_entry_of_the_store_that_is_not_whole_is_removed_and_put_again(tmp_path, told, memory):
    """A cut upload is no sound: absent, gone, and the next that makes it leaves it whole."""
    kept = Shelves(tmp_path / "a", Shared(memory, "a", told.append)).kept("clips", "clip")
    kept.put("0011", {"rate": 1}, b"sound")
    shutil.rmtree(tmp_path / "a")
    whole = found_in(memory)["clips/00/0011.clip"]
    fsspec.filesystem("memory").pipe_file("/store/clips/00/0011.clip", whole[:-1])
    assert kept.get("0011") is None
    assert found_in(memory) == {}
    kept.put("0011", {"rate": 1}, b"sound")
    assert found_in(memory)["clips/00/0011.clip"] == whole


def test_two_that_finish_one_key_leave_the_same_bytes_once_and_no_other_file(tmp_path, told, monkeypatch):
    """A slow store, both write at the same time: one entry, whole at every moment, nothing temporary."""
    url = str(tmp_path / "store")
    both = threading.Barrier(2)
    local = fsspec.filesystem("file")
    usual = type(local).pipe_file

    def slow(self, path, value, **said):
        both.wait(10)
        usual(self, path, value[: len(value) // 2], **said)
        assert all(".tmp" in each.name for each in Path(path).parent.iterdir())
        both.wait(10)
        usual(self, path, value, **said)

    monkeypatch.setattr(type(local), "pipe_file", slow)
    stores = [Shared(url, name, told.append) for name in "ab"]
    threads = [threading.Thread(target=store.put, args=("clips/00/0011.clip", b"same")) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found_in(url) == {"clips/00/0011.clip": b"same"}
    assert told == []


@pytest.mark.parametrize("fault", ["refused", "hangs", "full"])
def test_a_store_that_fails_is_told_of_once_and_left_alone(tmp_path, told, memory, monkeypatch, fault):
    """Connection refused, a mount that hangs, a full disk: the own shelf goes on, one warning."""

    def failing(*_said, **_more):
        if fault == "hangs":
            time.sleep(0.3)
        raise OSError(errno.ENOSPC, "No space left") if fault == "full" else ConnectionRefusedError("refused")

    for name in ("cat_file", "pipe_file", "exists"):
        monkeypatch.setattr(MemoryFileSystem, name, failing)
    kept = Shelves(tmp_path, Shared(memory, "a", told.append, within_s=0.05)).kept("clips", "clip")
    for key in ("0011", "0022", "0033"):
        assert kept.get(key) is None
        kept.put(key, {"rate": 1}, b"sound")
        assert kept.get(key)[1] == b"sound"
    assert len(told) == 1
    assert "memory://store cannot be used" in told[0]
    monkeypatch.undo()
    assert found_in(memory) == {}


def test_a_station_built_twice_in_two_places_speaks_once(
    station, run, settings, files, tmp_path, brief, monkeypatch
):
    """The second finds every clip and part of the first in the store: same bytes, no word spoken."""
    store = STORED.format(tmp_path / "store")
    one, two = (station({"rain.txt": brief}, settings + store, name=name) for name in ("one", "two"))
    assert run(one, "build").code == 0

    def silent(*_said):
        pytest.fail("spoken again")

    monkeypatch.setattr(Speaker, "speak", silent)
    assert run(two, "build").code == 0
    assert files(one) == files(two)
    kinds = {name.partition("/")[0] for name in found_in(str(tmp_path / "store"))}
    assert kinds == {"clips", "parts", "levels", "readings", "media"}


def test_who_has_only_the_records_gets_the_mp3_from_the_store(station, run, settings, files, tmp_path, brief):
    """As a clone of the repository has them: nothing is made, the same MP3, and a broken one is not taken."""
    store = tmp_path / "store"
    desk = station({"rain.txt": brief}, settings + STORED.format(store))
    run(desk, "build")
    before = files(desk)
    for path in (desk / "audio").glob("*.mp3"):
        path.unlink()
    ran = run(desk, "build", "--why")
    assert "comes from the store" in ran.err
    assert "rain.txt: up to date" in ran.out
    assert files(desk) == before
    for path in (*(desk / "audio").glob("*.mp3"), *store.rglob("*.mp3")):
        path.write_bytes(path.read_bytes()[:-1])
    ran = run(desk, "build", "--why")
    assert "damaged mp3" in ran.out
    assert files(desk) == before


def test_the_own_shelf_is_bounded_after_a_build(station, run, settings, news):
    """`store.local_mb`: what was least recently used goes; the next build is none the wiser."""
    desk = station({"harbour.txt": news}, settings + "[store]\nlocal_mb = 1\n")
    stale = desk / ".nashra" / "parts" / "00" / "0000.part"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(bytes(999_999))
    os.utime(stale, (0, 0))
    assert run(desk, "build").code == 0
    assert not stale.exists()
    assert list((desk / ".nashra" / "parts").rglob("*.part"))


def test_the_own_shelf_is_bounded_during_a_long_build_too(station, run, settings, news, brief, monkeypatch):
    """A build of a night does not fill the disk first and tidy up in the morning."""
    desk = station({"a.txt": news, "b.txt": brief}, settings + "[store]\nlocal_mb = 1\n")
    stale = desk / ".nashra" / "parts" / "00" / "0000.part"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(bytes(999_999))
    os.utime(stale, (0, 0))
    there = []
    speak = Speaker.speak

    def noted(self, text, voice):
        there.append(stale.exists())
        return speak(self, text, voice)

    monkeypatch.setattr(Speaker, "speak", noted)
    monkeypatch.setattr(commands, "BOUND_EVERY", 2)
    assert run(desk, "build").code == 0
    assert there[0]
    assert not there[-1]


def test_cache_shows_both_shelves_prunes_and_verifies(station, run, settings, tmp_path, brief):
    """Counts and bytes by kind; least recently used first; what is broken goes, exit code 5."""
    desk = station({"rain.txt": brief}, settings + STORED.format(tmp_path / "store"))
    run(desk, "build")
    near, shared = json.loads(run(desk, "cache", "show", "--json").out)
    assert near["where"] == ".nashra"
    clips = {each["kind"]: each for each in near["kinds"]}["clips"]
    assert clips == {each["kind"]: each for each in shared["kinds"]}["clips"]
    assert clips["entries"] == 8
    assert "media" in run(desk, "cache", "show").out
    assert run(desk, "cache", "verify").code == 0
    for folder, told in ((desk / ".nashra", ()), (tmp_path / "store", ("--shared",))):
        broken = next((folder / "clips").rglob("*.clip"))
        broken.write_bytes(broken.read_bytes()[:-1])
        ran = run(desk, "cache", "verify", *told)
        assert ran.code == 5
        assert broken.name in ran.out
        assert not broken.exists()
    assert run(desk, "cache", "prune").code == 2
    assert run(desk, "cache", "prune", "--older-than", "1").out.startswith("0 entries")
    run(desk, "cache", "prune", "--max-mb", "0", "--shared")
    assert found_in(str(tmp_path / "store")) == {}
    assert list((desk / ".nashra" / "clips").rglob("*.clip"))
    assert run(desk, "cache", "prune", "--max-mb", "0").code == 0
    assert not list((desk / ".nashra" / "clips").rglob("*.clip"))
    assert run(desk, "build", "--force").code == 0


def test_a_store_that_does_not_answer_loses_nothing_when_it_is_verified(told, memory, monkeypatch):
    """What cannot be read may be whole: an error, and nothing is removed."""
    store = Shared(memory, "a", told.append)
    store.put("clips/00/0011.clip", b"x")

    def failing(*_said, **_more):
        raise RuntimeError("a driver's own error")

    monkeypatch.setattr(MemoryFileSystem, "cat_file", failing)
    with pytest.raises(OSError, match="driver's own"):
        store.read("clips/00/0011.clip")
    monkeypatch.undo()
    assert found_in(memory) == {"clips/00/0011.clip": b"x"}


@pytest.mark.parametrize("url", ["nowhere://x", "s4://bucket"])
def test_an_unknown_protocol_is_an_error_of_the_configuration(url, told):
    """A slip of the pen is no store that is down."""
    with pytest.raises(ConfigurationError, match=r"store\.url"):
        Shared(url, "a", told.append)


def test_a_password_is_never_shown():
    """Warnings name the store without it."""
    assert "secret" not in shelves.shown("sftp://me:secret@host/x")
