"""When things sound: every time that is told, against onsets found in the decoded MP3 by ffmpeg.

The `tone` voice begins to sound with the first frame of an utterance, so a sound behind a silence is
the beginning of one, and of nothing else.
"""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from mutagen.id3 import ID3

pytestmark = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")

RATE = 44_100
MPEG_MS = 1152 * 1000 / RATE
TOLD_MS = 20
START_MS = 250
ARTICLES = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "articles.py"))

SETTINGS = """\
[show]
title = "محطة التجربة"

[voice]
engine = "tone"
speed = {speed}

[pauses]
sentence_ms = {pause_ms}
clause_ms = 300
comma_ms = 300
paragraph_ms = {pause_ms}
"""


def onsets(path: Path) -> np.ndarray:
    """Return where, in ms of the decoded sound, it begins to sound after 200 ms of silence or more."""
    command = ("ffmpeg", "-v", "warning", "-xerror", "-i", path, "-map", "0:a", "-f", "s16le", "-")
    loud = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as decoder:
        while chunk := decoder.stdout.read(2 * 441 * 6_000):  # a minute
            samples = np.frombuffer(chunk, np.int16)[: len(chunk) // 882 * 441]
            loud.append(np.abs(samples.reshape(-1, 147)).max(axis=1) > 300)  # thirds of 10 ms
        assert decoder.stderr.read() == b""
    places = np.flatnonzero(np.concatenate(loud)) * 1000 * 147 / RATE
    return places[np.diff(places, prepend=-1000) > 200]


def episode(folder: Path) -> tuple[dict, Path]:
    (record,) = (json.loads(path.read_bytes()) for path in (folder / "audio").glob("*.json"))
    return record, folder / "audio" / record["media"]["file"]


@pytest.mark.parametrize(
    ("times", "speed", "pause_ms", "minutes"),
    [
        (1, 1.2, 350, 3),
        pytest.param(4, 0.5, 10_000, 45, marks=pytest.mark.slow),
        pytest.param(16, 0.5, 10_000, 180, marks=[pytest.mark.slow, pytest.mark.sweep]),  # a minute of work
    ],
    ids=["3 minutes", "45 minutes", "3 hours"],
)
def test_every_chapter_and_cue_is_told_within_20_ms_of_where_it_sounds(
    station, run, times, speed, pause_ms, minutes
):
    """And chapters stand on whole seconds, which apps cut their times down to."""
    folder = station({"long.txt": ARTICLES["longer"](times)}, SETTINGS.format(speed=speed, pause_ms=pause_ms))
    ran = run(folder, "build", "--jobs", "2")
    assert (ran.code, ran.complaints) == (0, [])
    record, path = episode(folder)
    assert record["frames"] / RATE / 60 == pytest.approx(minutes, rel=0.25)
    heard = onsets(path)
    said = np.array([cue["start"] * 1000 / RATE for cue in record["cues"]])
    assert len(heard) == len(said)
    assert np.abs(heard - said).max() <= TOLD_MS
    tag = ID3(path)
    told = [tag[f"CHAP:{name}"].start_time for name in tag["CTOC:toc"].child_element_ids]
    assert len(told) == len(record["chapters"]) >= 2 + 6 * (times // 2)
    for time, chapter in zip(told, record["chapters"], strict=True):
        begins = next(ms for ms in heard if ms > time - TOLD_MS) - START_MS
        assert abs(begins - time) <= TOLD_MS
        assert abs(chapter["start"] * 1000 / RATE - time) <= 1
        assert time % 1000 <= MPEG_MS


def test_a_chapter_waits_for_its_second_and_never_for_more(station, run, news):
    """The pause before it is the section's and up to a second more."""
    folder = station({"harbour.txt": news}, SETTINGS.format(speed=1.0, pause_ms=350))
    assert run(folder, "build").code == 0
    record, _path = episode(folder)
    natural = 1000 + START_MS
    ends = [cue["end"] for cue in record["cues"]]
    for chapter in record["chapters"][1:]:
        before = max(end for end in ends if end < chapter["start"])
        after = min(cue["start"] for cue in record["cues"] if cue["start"] >= chapter["start"])
        pause = (after - before) * 1000 / RATE
        assert natural - MPEG_MS <= pause <= natural + 1000 + MPEG_MS


@pytest.mark.parametrize("fast", [True, False], ids=["ffmpeg -ss", "mpg123 -k"])
def test_a_seek_to_a_chapter_lands_on_its_first_frame(built, fast):
    """What sounds from there on is what the whole file sounds like there, within one MPEG frame."""
    record, path = episode(built)
    whole = decoded("ffmpeg", path)
    for chapter in record["chapters"][1:]:
        start = chapter["start"]
        here = whole[start : start + 2 * RATE].astype(float)
        if fast:
            heard = decoded("ffmpeg", path, "-ss", f"{start / RATE:.6f}")
        else:
            heard = decoded("mpg123", path, "-k", str(start // 1152))
        onset, expected = (int(np.argmax(np.abs(sound) > 300)) for sound in (heard, here))
        assert abs(onset - expected) <= 1152


def decoded(program: str, path: Path, *where: str) -> np.ndarray:
    """Return the whole sound, or what follows a seek."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    rest = ("-i", path, "-map", "0:a", "-f", "s16le", "-") if program == "ffmpeg" else ("-s", path)
    quiet = ("-v", "warning", "-xerror") if program == "ffmpeg" else ("-q",)
    done = subprocess.run((program, *quiet, *where, *rest), capture_output=True, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.int16)
