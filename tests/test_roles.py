"""Voices of their own for title, heading and quotations, and the silences between what is said."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from nashra.model import seconds
from nashra.script import JOINT_MS
from nashra.settings import Pauses

QUOTING = """\
# ميناء المدينة يستقبل سفينة

قال المدير: «سنركب محطة للشحن. وسنعود إليها كل أسبوع»، ثم زار سفينة «الأمل» في الرصيف.

## رحلة بلا دخان

— «كان البحر هادئا في طريقنا» قال الربان.
"""
DEEP = 'title = "tone:title"\nheading = "tone:heading"\nquotes = "tone:quotes"\n'


@pytest.fixture
def quoting(station, settings):
    """Return a station whose article quotes, with what is said of its voices."""

    def quoting(voices: str = DEEP, name: str = "station"):
        said = settings.replace('engine = "tone"\n', f'engine = "tone"\n{voices}')
        return station({"port.md": QUOTING}, said, name=name)

    return quoting


def lines(run, folder) -> list[dict]:
    told = json.loads(run(folder, "script", "port", "--json").out)
    return [line for chapter in told["chapters"] for line in chapter["utterances"]]


def test_title_heading_and_quotations_are_said_by_their_own_voices(quoting, run):
    """A quotation over two sentences is one; a ship's name in guillemets is none."""
    said = [(line["voice"]["name"], line["text"]) for line in lines(run, quoting())]
    by_role = {line["role"]: line["voice"]["name"] for line in lines(run, quoting(name="again"))}
    assert (by_role["title"], by_role["heading"], by_role["closing"]) == ("title", "heading", "ar")
    assert [text for name, text in said if name == "quotes"] == [
        "«سنركب محطة للشحن.",
        "وسنعود إليها كل أسبوع»،",
        "— «كان البحر هادئا في طريقنا»",
    ]
    assert ("ar", "ثم زار سفينة «الأمل» في الرصيف.") in said
    assert ("ar", "قال المدير:") in said


def test_a_sentence_in_two_voices_loses_no_word_and_pauses_once(quoting, run):
    """The parts are the sentence; between them is only the joint, and the paragraph still begins."""
    two, one = lines(run, quoting()), lines(run, quoting("", name="plain"))

    def spoken(found: list[dict]) -> str:
        return re.sub(r"\W+", " ", " ".join(line["text"] for line in found)).strip()

    assert spoken(two) == spoken(one)
    first = next(place for place, line in enumerate(two) if line["text"] == "قال المدير:")
    assert two[first]["pause_ms"] == JOINT_MS
    assert sum(line["new_paragraph"] for line in two) == sum(line["new_paragraph"] for line in one)


def test_no_voice_of_its_own_is_the_usual_thing(quoting, run):
    assert {line["voice"]["name"] for line in lines(run, quoting(""))} == {"ar"}


def test_another_voice_for_headings_is_another_recipe_and_costs_only_them(quoting, run):
    made = quoting("")
    assert run(made, "build").code == 0
    said = (made / "nashra.toml").read_text("utf-8")
    (made / "nashra.toml").write_text(
        said.replace('engine = "tone"', 'engine = "tone"\nheading = "tone:deep"'), "utf-8"
    )
    ran = run(made, "build", "--why")
    assert re.search(r"port\.md: recipe changed \(1 of \d+ clips to speak\)", ran.out)
    assert "nothing to do" in run(made, "build").out


@pytest.mark.slow
def test_two_engines_in_one_episode_are_equally_loud(quoting, run):
    """Every voice has its own gain; ffmpeg measures what came out."""
    made = quoting('heading = "espeak"\nquotes = "espeak"\n')
    assert run(made, "build").code == 0
    (sound,) = (made / "audio").glob("*.mp3")
    record = json.loads((made / "audio" / "port.json").read_bytes())
    assert record["voice"]["engine"] == "tone"
    levels = []
    for cue in record["cues"]:
        if cue["end"] - cue["start"] > 30_000:  # 0.7 s: a shorter one has no loudness
            span = ["-ss", str(seconds(cue["start"])), "-to", str(seconds(cue["end"]))]
            told = subprocess.run(
                [
                    "ffmpeg",
                    "-hide_banner",
                    "-nostats",
                    *span,
                    "-i",
                    sound,
                    "-af",
                    "ebur128",
                    "-f",
                    "null",
                    "-",
                ],
                capture_output=True,
                text=True,
                check=True,
            ).stderr
            levels.append(float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1]))
    assert len(levels) >= 5
    assert max(levels) - min(levels) < 5


def test_a_listener_waits_under_a_second_for_the_first_word(built):
    """The first cue begins before a second has passed, and so does the sound, as ffmpeg hears it."""
    record = json.loads((built / "audio" / "harbour.json").read_bytes())
    assert seconds(record["cues"][0]["start"]) < 1
    (sound,) = (built / "audio").glob("*.mp3")
    told = subprocess.run(
        ["ffmpeg", "-hide_banner", "-i", sound, "-af", "silencedetect=-45dB:0.05", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    ends = re.findall(r"silence_end: ([\d.]+)", told)
    assert 0 < float(ends[0]) < 1


def test_the_longest_start_that_is_allowed_by_default_is_under_a_second():
    assert Pauses().start_ms < 1000
