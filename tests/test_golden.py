"""The reference article's script, chapters, feed and page, as they are: reviewed with `git diff`.

`pytest --bless` rewrites them. What another processor's floating point may change in an encoded file,
its hash and its size in bytes, stands in them as a word.
"""

import dataclasses
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nashra import build, records, station
from nashra import script as scripts
from nashra.articles import reading
from nashra.building import making, planning, speech

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden" / "hammouchi-spain-visit"
FILE = "hammouchi-spain-visit.txt"
NOW = datetime(2025, 1, 30, 12, tzinfo=UTC)


class Silent:
    def planned(self, file, reason): ...
    def speaking(self, file, voice, clips): ...
    def spoken(self, clips, frames): ...
    def passed_over(self, voice, why): ...
    def finished(self): ...


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A station with the reference article, the embedded voice and this repository's settings."""
    root = tmp_path_factory.mktemp("station")
    (root / "articles").mkdir()
    shutil.copy(ROOT / "articles" / FILE, root / "articles")
    shutil.copy(ROOT / "nashra.toml", root)
    found = station.load(root)
    outcome = build.build(found, planning.Wish(jobs=2), NOW, Silent())
    assert outcome.failures == ()
    return found, outcome.made[0]


def masked(text: str, episode) -> bytes:
    media = episode.media
    stem = media.file.removesuffix(".mp3")
    text = text.replace(stem, f"{episode.slug}-HASH").replace(f'length="{media.bytes}"', 'length="BYTES"')
    return re.sub(r'(?<=value="sha256-)[^"]+', "HASH", text).encode()


def script_text(found, _episode) -> bytes:
    article = reading.article((found.articles / FILE).read_bytes(), FILE)
    return scripts.as_text(making.script_of(found, article, found.voice, speech.marker(found))).encode()


def chapters(found, _episode) -> bytes:
    loaded = records.load(found.audio)[0]
    marks = [dataclasses.asdict(mark) for mark in loaded.chapters]
    return (json.dumps(marks, ensure_ascii=False, indent=1) + "\n").encode()


def feed(found, episode) -> bytes:
    return masked((found.feed / "feed.xml").read_text("utf-8"), episode)


def page(found, episode) -> bytes:
    return masked((found.feed / "episodes" / f"{episode.slug}.html").read_text("utf-8"), episode)


def transcript(found, episode) -> bytes:
    (file,) = (found.feed / "transcripts").glob(f"{episode.slug}-*.vtt")
    return file.read_bytes()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("transcript.vtt", transcript),
        ("script.txt", script_text),
        ("chapters.json", chapters),
        ("feed.xml", feed),
        ("episode.html", page),
    ],
)
def test_the_reference_article_is_as_it_was_reviewed(name, made, built, request):
    """Byte for byte the golden file."""
    data = made(*built)
    if request.config.getoption("--bless"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(data)
    assert data.decode() == (GOLDEN / name).read_text("utf-8")
