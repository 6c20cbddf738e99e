"""`nashra publish` that is killed while it writes: the feed there is whole, and the next run finishes."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from crashing import CALLS
from on_air import FEED, broken

HOUR = 1_767_225_600 + 3600
NASHRA = (sys.executable, "-m", "nashra", "publish", "--first")

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here")


def published(station, www, *strace):
    """Publish to a folder in a process of its own; return its exit code."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(HOUR), "PYTHONDONTWRITEBYTECODE": "1"}
    command = ("strace", "-f", "-qq", "-s", "0", *strace, *NASHRA) if strace else NASHRA
    ran = subprocess.run(
        (*command, str(www)), cwd=station, env=environment, capture_output=True, check=False, timeout=300
    )
    return ran.returncode


def points(station, start, www, kind):
    """Return the numbers of the calls of a kind that concern the target, from the process's first."""
    shutil.copytree(start, www)
    log = www.with_suffix(".log")
    assert published(station, www, "-yy", "-e", f"trace={CALLS[kind]}", "-o", str(log)) == 0
    shutil.rmtree(www)
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if re.match(r"\d+ +\w+\(", line)]
    return [number for number, line in enumerate(lines, 1) if str(www) in line]


def strike(stations, run, files, tmp_path, kind, chosen):
    """Kill at each chosen call: the feed there is an old or a new one, whole; a plain run mends all."""
    first, second = stations
    start, www = tmp_path / "start", tmp_path / "www"
    run(first, "publish", str(start))
    feeds = {(first / FEED).read_bytes(), (second / FEED).read_bytes()}
    numbers = points(second, start, www, kind)
    assert len(numbers) > 20
    killed = 0
    for number in chosen(numbers):
        shutil.copytree(start, www)
        code = published(
            second, www, "-o", os.devnull, "-e", f"inject={CALLS[kind]}:signal=SIGKILL:when={number}"
        )
        killed += code != 0
        there = files(www)
        assert there[FEED] in feeds, number
        assert broken(there) == [], number
        done = run(second, "publish", str(www), "--first", epoch=HOUR)
        assert (done.code, done.complaints) == (0, []), number
        there = files(www)
        assert there[FEED] == (second / FEED).read_bytes()
        assert broken(there) == [], number
        assert not [name for name in there if name.endswith(".tmp")], number
        shutil.rmtree(www)
    assert killed


@pytest.mark.slow
def test_killed_at_a_rename_it_leaves_a_whole_feed(on_air, run, files, tmp_path):
    """kill -9 at three renames spread over the run; what it had half written is swept by the next."""
    strike(on_air, run, files, tmp_path, "rename", lambda numbers: numbers[3 :: len(numbers) // 3])


@pytest.mark.sweep
@pytest.mark.parametrize("kind", ["rename", "fsync", "write"])
def test_killed_at_any_call_it_leaves_a_whole_feed(on_air, run, files, tmp_path, kind):
    """kill -9 at every call that concerns the target."""
    strike(on_air, run, files, tmp_path, kind, lambda numbers: numbers)
