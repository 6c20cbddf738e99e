"""`nashra doctor` tries every part for real, and says of each that is broken what to do."""

from __future__ import annotations

import json
import re
from functools import partial

import pytest
import text2tashkeel
from PIL import Image

from fake_google import BOUND_S
from nashra import examining
from nashra.audio import mp3, voices
from nashra.audio.voices import ensemble
from nashra.audio.voices.google import PROBE, Speaker
from nashra.feed import lettering
from nashra.locking import locked
from soundness import leaks_nothing


def told(ran) -> dict[str, list[tuple[str, str, str]]]:
    """Return (state, what, then) of every part."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for each in json.loads(ran.out):
        found.setdefault(each["part"], []).append((each["state"], each["what"], each["then"]))
    return found


def test_a_whole_machine_is_good_in_every_part_and_nothing_is_changed(built, run, files):
    before = files(built)
    with leaks_nothing(built):
        ran = run(built, "doctor", "--json")
    found = told(ran)
    assert ran.code == 0
    assert set(found) == set(examining.PARTS) - {"source"}
    assert {state for rows in found.values() for state, _what, _then in rows} == {"good"}
    assert files(built) == before


def test_the_same_in_words(built, run):
    ran = run(built, "doctor")
    assert ran.code == 0
    assert "good      voice: tone:ar speaks\n" in ran.out
    assert "good      encoder: 40 MPEG frames came out as 40\n" in ran.out


def test_without_a_station_the_machine_is_looked_at(tmp_path, run, google, monkeypatch):
    """Folders and lock are not tried where there are none, and that is said."""
    monkeypatch.setenv("HOME", str(tmp_path))
    ran = run(tmp_path, "doctor", "--json")
    assert told(ran)["folders"] == [
        ("doubtful", "there is no station here", "make one with `nashra init DIR`")
    ]
    assert "lock" not in told(ran)
    assert google.texts in ([], [PROBE])


def refused(_folder):
    raise PermissionError(13, "Permission denied")


# The part, what is done to it (whose attribute, by what), and what is said.
BROKEN = {
    "encoder": (mp3, "encode", lambda _pcm: b"", "does not begin|cut|has 0", "build it again|"),
    "font": (lettering, "ink", lambda *_: Image.new("L", (9, 9)), "draws no Arabic letter", "pymupdf-fonts"),
    "folders": (
        examining,
        "try_writing",
        refused,
        r"\. cannot be written: permission denied",
        "make the folder",
    ),
    "disk": (examining, "free_bytes", lambda _folder: 99_000_000, "0.1 GB free", "free some space"),
    "vowel marks": (
        text2tashkeel,
        "Diacritizer",
        lambda _name: type("Mute", (), {"diacritize": staticmethod(str)}),
        "the model puts none",
        "install text2tashkeel",
    ),
}


@pytest.mark.parametrize("part", BROKEN)
def test_a_broken_part_is_named_and_the_others_are_still_looked_at(built, run, monkeypatch, part):
    owner, name, broken, what, then = BROKEN[part]
    monkeypatch.setattr(owner, name, broken)
    ran = run(built, "doctor", "--json")
    found = told(ran)
    assert ran.code == 1
    ((state, said, advice),) = found[part]
    assert state == "broken"
    assert re.search(what, said)
    assert re.search(then, advice)
    others = {each for rows in (found[name] for name in found.keys() - {part}) for each, *_ in rows}
    assert others == {"good"}


def test_little_space_is_doubtful(built, run, monkeypatch):
    monkeypatch.setattr(examining, "free_bytes", lambda _folder: 500_000_000)
    ran = run(built, "doctor", "--json")
    assert (ran.code, told(ran)["disk"][0][:2]) == (0, ("doubtful", "0.5 GB free"))


def test_a_clock_behind_the_last_build_is_wrong(built, run, epoch):
    ran = run(built, "doctor", "--json", epoch=epoch - 86_400)
    ((state, what, then),) = told(ran)["clock"]
    assert (ran.code, state, then) == (1, "broken", "set the clock: it dates the episodes")
    assert what == "says 2025-12-31 00:00 UTC, and an episode was made at 2026-01-01 00:00"


def test_a_lock_that_somebody_holds_is_no_fault(built, run):
    with locked(built / ".nashra" / "lock", lambda: None):
        ran = run(built, "doctor", "--json")
    assert told(ran)["lock"] == [("good", "is held by another command at this moment", "")]


def configured(station, voice: str) -> None:
    said = (station / "nashra.toml").read_text("utf-8")
    (station / "nashra.toml").write_text(said.replace('engine = "tone"\nspeed = 2.0', voice), "utf-8")


def test_a_voice_that_is_not_there_is_broken_and_says_what_there_is(built, run):
    configured(built, 'engine = "espeak"\nname = "xx"')
    ran = run(built, "doctor", "--json")
    ((state, what, then),) = told(ran)["voice"]
    assert (ran.code, state) == (1, "broken")
    assert what == "espeak:xx: espeak has no voice `xx`"
    assert then.startswith("it has: ar")


@pytest.mark.parametrize(
    ("voice", "states", "code"),
    [('engine = ["gtts", "tone"]', ["doubtful", "good"], 0), ('engine = "gtts"', ["broken"], 1)],
)
def test_google_that_does_not_answer_is_broken_only_where_nobody_stands_in(
    google, built, run, monkeypatch, voice, states, code
):
    """It is asked with one word, and no word of an article."""
    monkeypatch.setattr(voices.google, "Speaker", partial(Speaker, sleep=lambda _s: None, read_s=BOUND_S))
    monkeypatch.setattr(ensemble, "PROBE_S", 1.0)
    google.script = ["500"]
    configured(built, voice)
    ran = run(built, "doctor", "--json")
    assert [state for state, _what, _then in told(ran)["voice"]] == states
    assert "answered 500" in told(ran)["voice"][0][1]
    assert ran.code == code
    assert google.texts == [PROBE]


def test_a_source_that_cannot_be_reached_is_named(built, run):
    with (built / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[source]]\nurl = "http://127.0.0.1:9/feed"\n')
    ran = run(built, "doctor", "--json")
    ((state, what, _then),) = told(ran)["source"]
    assert (ran.code, state) == (1, "broken")
    assert "http://127.0.0.1:9/feed" in what
