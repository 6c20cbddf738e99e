"""Ctrl-C in the middle of a build, as a terminal sends it: to every process of a real command."""

from __future__ import annotations

import os
import re
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one group")

ARTICLES = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "articles.py"))
SETTINGS = '[show]\ntitle = "محطة"\n\n[voice]\nengine = "espeak"\n'
BUILD = ("build", "--why", "--jobs", "2")


def kept(folder: Path) -> set[str]:
    return {path.name for path in (folder / ".nashra" / "clips").rglob("*.clip")}


def interrupted(heeding: tuple[str, ...], folder: Path, clips: int) -> subprocess.CompletedProcess[str]:
    """Return how a build ended that got SIGINT after so many clips; it has 10 s, or the test hangs up."""
    process = subprocess.Popen(
        (*heeding, *BUILD),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    while len(kept(folder)) < clips and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=10)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # nobody of the group is left, no speaking process either
    return subprocess.CompletedProcess(BUILD, process.returncode, out, err)


@pytest.mark.slow
def test_ctrl_c_keeps_every_finished_clip_and_the_next_build_goes_on(station, run, files, heeding):
    """It ends with 130 and one sentence, leaves no part of a file, and the episode comes out the same."""
    article = {"long.txt": ARTICLES["longer"](4)}
    folder = station(article, SETTINGS)
    ran = interrupted(heeding, folder, 8)
    assert ran.returncode == 130
    assert ran.stderr.endswith("stopped; every finished clip is kept, the same command goes on from there\n")
    assert "Traceback" not in ran.stderr
    left = [path for path in folder.rglob("*") if path.name.endswith(".tmp")]
    assert left == []
    assert not list((folder / "audio").glob("*.mp3"))
    done = kept(folder)
    assert len(done) >= 8
    again = run(folder, "build", "--why")
    assert again.code == 0
    missing, clips = map(int, re.search(r"new \((\d+) of (\d+) clips", again.out).groups())
    assert missing <= clips - (len(done) - 3)  # three of those kept measured the voice
    assert done <= kept(folder)
    whole = station(article, SETTINGS, name="whole")
    assert run(whole, "build").code == 0
    assert files(whole)["feed/feed.xml"] == files(folder)["feed/feed.xml"]
    assert {name for name in files(whole) if name.endswith(".mp3")} == {
        name for name in files(folder) if name.endswith(".mp3")
    }
