"""Writing in one step, keeping by content, and the lock."""

import errno
import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from nashra.errors import AudioError, LockedError, NashraError
from nashra.folders import names, newest, sizes, stamps
from nashra.kept import Kept
from nashra.locking import locked
from nashra.store import sha256, storing, write, write_named


def test_an_unchanged_file_is_not_touched(tmp_path):
    """The same bytes again change no modification time; other bytes replace the file whole."""
    path = tmp_path / "deep" / "file"
    assert write(path, b"one")
    before = path.stat().st_mtime_ns
    assert not write(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("step", ["replace", "open"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, step):
    """A full disk at any step: yesterday's bytes stay, and no temporary file."""
    path = tmp_path / "file"
    write(path, b"old")

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, step, full)
        with (
            pytest.raises(
                AudioError, match="file: cannot be read or written: no space left on device; free some"
            ),
            storing(AudioError, "file"),
        ):
            write(path, b"new!")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_what_is_kept_comes_back(tmp_path):
    """Header and bytes, line ends in them included."""
    kept = Kept(tmp_path, "clip")
    key = sha256("a")
    assert kept.get(key) is None
    kept.put(key, {"rate": 22_050}, b"\n\x00\xff\n")
    found = kept.get(key)
    assert found
    assert (found[0]["rate"], found[1]) == (22_050, b"\n\x00\xff\n")


@pytest.mark.parametrize(
    "damage",
    [
        lambda _data: b"",
        lambda data: data[:-1],
        lambda data: data[:10],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"[]\n" + data,
    ],
)
def test_a_damaged_entry_counts_as_absent(tmp_path, damage):
    """A truncated or altered entry is made again, never used."""
    kept = Kept(tmp_path, "clip")
    key = sha256("a")
    kept.put(key, {}, b"sound of a sentence")
    path = next(tmp_path.rglob("*.clip"))
    path.write_bytes(damage(path.read_bytes()))
    assert kept.get(key) is None


def test_the_lock_keeps_a_second_process_waiting(tmp_path):
    """Another process that wants the lock says that it waits, and gets it when the first is done."""
    path = tmp_path / "lock"
    code = (
        "import sys; from pathlib import Path; from nashra.locking import locked\n"
        "with locked(Path(sys.argv[1]), lambda: print('waiting', flush=True)): print('mine', flush=True)"
    )
    with locked(path, lambda: pytest.fail("nobody has it")):
        other = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        stop = threading.Timer(60, other.kill)
        stop.start()
        assert other.stdout
        assert other.stdout.readline() == "waiting\n"
    assert other.stdout.read() == "mine\n"
    assert other.wait() == 0
    other.stdout.close()
    stop.cancel()


def test_who_does_not_want_to_wait_is_told(tmp_path):
    """Without `waiting` a lock that another holds is an error of its own, and the holder keeps it."""
    path = tmp_path / "lock"
    with locked(path, None):
        pass  # free: taken at once
    told = pytest.raises(LockedError, match="another command works on this station; try again")
    with FileLock(path), told, locked(path, None):
        pytest.fail("somebody else has it")


def test_a_killed_holder_leaves_no_lock(tmp_path):
    """The kernel takes it back, whatever the file says."""
    path = tmp_path / "lock"
    code = (
        "import sys, time; from pathlib import Path; from nashra.locking import locked\n"
        "with locked(Path(sys.argv[1]), None): print('mine', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout
    assert other.stdout.readline() == "mine\n"
    with pytest.raises(LockedError), locked(path, None):
        pytest.fail("it is held")
    other.kill()
    other.wait()
    other.stdout.close()
    with locked(path, None):
        pass


def test_a_link_in_place_of_the_lock_is_refused(tmp_path):
    """What it leads to is neither made nor touched."""
    victim = tmp_path / "victim"
    (tmp_path / "lock").symlink_to(victim)
    with pytest.raises(AudioError, match="is a link, not a lock; delete it"), locked(tmp_path / "lock", None):
        pytest.fail("it was followed")
    assert not victim.exists()


@pytest.mark.parametrize("refusal", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_disk_without_locks_is_refused(tmp_path, monkeypatch, refusal):
    """A lock that holds nobody is worse than none; and nothing is left of the trial."""

    def refused(*_: object) -> None:
        raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr("fcntl.flock", refused)
    told = pytest.raises(AudioError, match=r"this disk has no locks: .*; put the station on a local disk")
    with told, locked(tmp_path / "lock", None):
        pytest.fail("there is no lock")
    assert list(tmp_path.iterdir()) == []


def test_the_lock_tells_when_it_was_taken(tmp_path):
    """Its time is that of the run that holds it: what is older and temporary was left behind."""
    path = tmp_path / "lock"
    path.touch()
    os.utime(path, (1, 1))
    before = tmp_path / "before"
    before.touch()
    with locked(path, None):
        assert newest(path) >= newest(before)


def test_an_error_is_one_line():
    """Line ends in what a library says never make two lines of an error."""
    assert str(NashraError("a\nb", where="c", then="d\n e")) == "c: a b; d e"


# What does not fit into memory


def chunks(*pieces):
    yield from pieces


def test_a_stream_is_named_by_its_content_and_left_alone_when_it_is_there(tmp_path):
    """In one step, and with the SHA-256 of all of it."""
    whole = hashlib.sha256(b"onetwo").hexdigest()
    for again in range(2):
        name, digest = write_named(tmp_path, chunks(b"one", b"two"), 6, lambda digest: f"a-{digest[:4]}.mp3")
        assert (name, digest) == (f"a-{whole[:4]}.mp3", whole)
        path = tmp_path / name
        assert path.read_bytes() == b"onetwo"
        if not again:
            os.utime(path, (1, 1))
    assert path.stat().st_mtime == 1
    path.write_bytes(b"onetwx")
    write_named(tmp_path, chunks(b"onetwo"), 6, lambda digest: f"a-{digest[:4]}.mp3")
    assert path.read_bytes() == b"onetwo"
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_stream_that_breaks_off_or_comes_short_leaves_no_file(tmp_path):
    def broken():
        yield b"one"
        raise AudioError("a part went away")

    with pytest.raises(AudioError, match="went away"):
        write_named(tmp_path, broken(), 6, str)
    with pytest.raises(OSError, match="not all of it"):
        write_named(tmp_path, chunks(b"one"), 6, str)
    assert list(tmp_path.iterdir()) == []


def test_stamps_are_of_every_file_below_and_of_links_to_nothing(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a").write_bytes(b"123")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    os.utime(tmp_path / "below" / "a", ns=(5, 5))
    found = {name: (size, time) for name, size, time in stamps(tmp_path)}
    assert found["below/a"] == (3, 5)
    assert set(found) == {"below/a", "gone"}
    assert list(stamps(tmp_path / "nowhere")) == []
    assert sizes(tmp_path)["below/a"] == 3
    assert set(sizes(tmp_path)) == {"below/a", "gone"}
    (tmp_path / "b").touch()
    assert names(tmp_path) == ["b", "below", "gone"]
    assert names(tmp_path / "nowhere") == []
    assert newest(tmp_path / "below") == 5
    assert newest(tmp_path / "nowhere") == 0
