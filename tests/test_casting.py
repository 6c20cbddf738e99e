"""Which voice speaks when one cannot be had: auto, chains, stand-ins. Google is the fake one throughout."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from functools import partial

import pytest

from fake_google import BOUND_S
from nashra.audio import voices
from nashra.audio.voices import ensemble
from nashra.audio.voices.google import ATTEMPTS, PROBE, Speaker

CLIPS = 5
"""What is said of `rain.txt`: opening, notice, title; lead; closing."""

LEVELLED = 3
"""Sentences on which a voice's level is measured, once in its life."""

CHAIN = 'engine = ["gtts", "tone"]'


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    """Let nobody sleep between requests, and a probe end soon."""
    monkeypatch.setattr(voices.google, "Speaker", partial(Speaker, sleep=lambda _s: None, read_s=BOUND_S))
    monkeypatch.setattr(ensemble, "PROBE_S", 1.0)


@pytest.fixture
def newsroom(station, brief):
    """Return what makes a station of one short article whose voice is what is said."""

    def newsroom(voice: str = CHAIN, **articles: str):
        settings = f'[show]\ntitle = "محطة"\n[corrections]\nspoken = false\n[voice]\n{voice}\n'
        return station({"rain.txt": brief} | articles, settings)

    return newsroom


def record(folder, slug="rain"):
    return json.loads((folder / "audio" / f"{slug}.json").read_bytes())


def engine(folder, slug="rain"):
    return record(folder, slug)["voice"]["engine"]


def edit(folder, old="صافية", new="غائمة"):
    path = folder / "articles" / "rain.txt"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def asked(google):
    """Return what was asked besides probes and the sentences that levels are measured on."""
    return [text for text in google.texts if text != PROBE][LEVELLED:]


# auto and chains


def test_auto_speaks_with_google_when_it_answers(google, newsroom, run):
    """Asked once whether it answers, then once for each sentence; a second build asks nothing."""
    google.script = ["spoken"]
    made = newsroom('engine = "auto"')
    ran = run(made, "build", "--why")
    assert (ran.code, ran.complaints) == (0, [])
    assert engine(made) == "gtts"
    assert google.texts.count(PROBE) == 1
    assert len(google.texts) == 1 + LEVELLED + CLIPS
    assert "nothing to do" in run(made, "build").out
    assert len(google.texts) == 1 + LEVELLED + CLIPS


@pytest.mark.slow
def test_auto_speaks_with_the_embedded_voice_where_google_does_not_answer(google, newsroom, run, brief):
    """Nobody waits longer than the one probe, however many articles there are, and it is said."""
    google.script = ["hang"]
    made = newsroom('engine = "auto"', **{"wind.txt": brief.replace("أمطار", "رياح")})
    ran = run(made, "build")
    assert ran.code == 0
    assert (engine(made), engine(made, "wind")) == ("espeak", "espeak")
    assert google.texts == [PROBE]
    assert ran.err.count("gtts:ar is passed over: Google") == 1


def test_an_episode_keeps_the_voice_that_it_has(google, newsroom, run):
    """Made while Google was away, an edit is spoken as the rest was, and Google is not even asked."""
    google.script = ["500"]
    made = newsroom()
    run(made, "build")
    before = len(google.texts)
    google.script = ["spoken"]
    edit(made)
    ran = run(made, "build", "--why")
    assert f"rain.txt: text changed (1 of {CLIPS} clips to speak)" in ran.out
    assert engine(made) == "tone"
    assert len(google.texts) == before


def test_an_edit_while_google_is_away_gives_the_whole_episode_another_voice(google, newsroom, run):
    """One episode never mixes voices by accident."""
    google.script = ["spoken"]
    made = newsroom()
    run(made, "build")
    google.script = ["500"]
    edit(made)
    ran = run(made, "build", "--why")
    assert ran.code == 0
    assert f"rain.txt: voice changed ({CLIPS} of {CLIPS} clips to speak)" in ran.out
    assert engine(made) == "tone"
    assert record(made)["revision"] == 2
    assert "nothing to do" in run(made, "build").out


def test_an_edit_taken_back_needs_no_google(google, newsroom, run):
    google.script = ["spoken"]
    made = newsroom()
    run(made, "build")
    first = record(made)["media"]
    edit(made)
    run(made, "build")
    before = len(google.texts)
    google.script = ["500"]
    edit(made, "غائمة", "صافية")
    assert f"text changed (0 of {CLIPS} clips to speak)" in run(made, "build", "--why").out
    assert record(made)["media"] == first
    assert len(google.texts) == before


def test_a_dry_run_asks_nobody(google, newsroom, run):
    ran = run(newsroom(), "build", "--dry-run")
    assert f"rain.txt: new ({CLIPS} of {CLIPS} clips to speak)" in ran.out
    assert google.connects == []


@pytest.mark.slow
@pytest.mark.parametrize("place", [1, 1 + LEVELLED, 4 + LEVELLED])
def test_a_block_in_the_middle_gives_the_whole_episode_to_the_next_voice(google, newsroom, run, brief, place):
    """Whichever request it hits; the next article of the build finds the door closed and does not knock."""
    google.script = ["spoken"] * place + ["429"]
    made = newsroom("requests = 1\n" + CHAIN, **{"wind.txt": brief.replace("أمطار", "رياح")})
    ran = run(made, "build")
    assert (ran.code, ran.complaints) == (0, [])
    assert (engine(made), engine(made, "wind")) == ("tone", "tone")
    assert len(google.texts) == place + ATTEMPTS
    assert "gtts:ar is passed over: voice gtts ar: Google answered 429, 4 times" in ran.err


@pytest.mark.slow
def test_google_chosen_alone_waits_for_google(google, newsroom, run):
    """The owner wants this voice: nothing is published meanwhile, and what was spoken is not asked again."""
    google.script = ["spoken"] * (LEVELLED + 2) + ["429"]
    made = newsroom('engine = "gtts"\nrequests = 1')
    ran = run(made, "build")
    assert (ran.code, len(ran.complaints)) == (4, 1)
    assert "Google answered 429, 4 times; wait some hours" in ran.complaints[0]
    assert not (made / "audio").exists() or not list((made / "audio").iterdir())
    before = len(google.texts)
    ran = run(made, "build")
    assert "it is left alone for 15 min more" in ran.complaints[0]
    assert len(google.texts) == before
    (made / ".nashra" / "gtts.json").unlink()
    google.script = ["spoken"]
    assert run(made, "build").code == 0
    assert PROBE not in google.texts
    assert len(google.texts) - before == LEVELLED + CLIPS - (LEVELLED + 2)


def test_the_last_of_a_chain_is_not_spared(google, newsroom, run):
    """When nobody can speak, the error is the last one's, and nothing is published."""
    google.script = ["500"]
    ran = run(newsroom('engine = ["gtts", "espeak:xx"]'), "build")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "espeak has no voice `xx`" in ran.complaints[0]


def test_a_sentence_is_said_by_the_chain_too(google, newsroom, run):
    google.script = ["500"]
    made = newsroom()
    ran = run(made, "say", "مرحبا بكم", "-o", "hello.wav")
    assert ran.code == 0
    assert "gtts:ar is passed over: Google answered 500" in ran.err
    assert (made / "hello.wav").stat().st_size > 10_000


def test_a_voice_that_google_has_not_is_passed_over(google, newsroom, run):
    """At another speed Google cannot speak: the chain goes on, without a request."""
    made = newsroom("speed = 1.5\n" + CHAIN)
    assert "Google speaks at two speeds, not at 1.5" in run(made, "build").err
    assert engine(made) == "tone"
    assert google.connects == []


def test_the_command_line_may_ask_for_auto_or_for_one(google, newsroom, run):
    google.script = ["spoken"]
    made = newsroom('engine = "tone"')
    assert run(made, "build", "--voice", "auto").code == 0
    assert engine(made) == "gtts"


# Single clips


def test_a_stand_in_is_marked_and_given_back_later(google, newsroom, run):
    """Only what Google did not say is said by the next voice, until a later build can give it back."""
    google.script, google.mute = ["spoken"], "الشمال، وتبقى"
    made = newsroom(CHAIN + '\nfallback = "clip"')
    assert run(made, "build").code == 0
    first = record(made)
    assert first["voice"]["engine"] == "gtts"
    (stand_in,) = first["stand_ins"]
    assert google.mute in stand_in["text"]
    assert stand_in["voice"]["engine"] == "tone"

    google.script = ["500"]
    ran = run(made, "build", "--why")
    assert "rain.txt: up to date" in ran.out
    assert record(made) == first

    google.script, google.mute = ["spoken"], ""
    before = len(google.texts)
    ran = run(made, "build", "--why")
    assert f"rain.txt: voice upgraded (1 of {CLIPS} clips to speak)" in ran.out
    assert len(google.texts) == before + 2  # the probe and the sentence
    after = record(made)
    assert (after["stand_ins"], after["guid"], after["revision"]) == ([], first["guid"], 2)
    assert after["replaced"] == [first["media"]]
    assert "nothing to do" in run(made, "build").out


def test_a_sentence_that_google_never_says_changes_nothing_again(google, newsroom, run):
    google.script, google.mute = ["spoken"], "الشمال، وتبقى"
    made = newsroom(CHAIN + '\nfallback = "clip"')
    run(made, "build")
    first = record(made)
    assert "voice upgraded" in run(made, "build", "--why").out
    assert record(made) == first


def test_without_that_wish_one_bad_sentence_changes_the_voice_of_all(google, newsroom, run):
    google.script, google.mute = ["spoken"], "الشمال، وتبقى"
    made = newsroom()
    run(made, "build")
    assert engine(made) == "tone"
    assert record(made)["stand_ins"] == []


# What the owner may say


WRONG = {
    "an unknown one in a list": ('engine = ["gtts", "espeek"]', "`voice.engine` is"),
    "twice the same": ('engine = ["gtts", "gtts"]', "a list of different ones"),
    "none": ("engine = []", "`voice.engine` is"),
    "auto in a list": ('engine = ["auto", "espeak"]', "`voice.engine` is"),
    "a name for several": ('engine = "auto"\nname = "ar"', "`voice.name` is of one engine"),
    "a heading's": ('heading = "espeek"', "`voice.heading` is `espeek`"),
    "a fallback": ('fallback = "word"', "it must be episode or clip"),
    "too many": ("requests = 9", "between 1 and 4"),
    "too fast": ("pace_ms = 1", "between 200 and 60000 ms"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_choice_that_cannot_be_is_refused_with_its_line(newsroom, run, wrong):
    voice, said = WRONG[wrong]
    made = newsroom(voice)
    ran = run(made, "build")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert said in ran.complaints[0]
    assert ran.complaints[0].startswith("nashra: nashra.toml:")


def test_a_new_station_asks_google_first_and_this_repository_does_not(tmp_path, run):
    assert run(tmp_path, "init", "new").code == 0
    from nashra import station  # noqa: PLC0415 as the commands do

    assert [voice.engine for voice in station.load(tmp_path / "new").voices] == ["gtts", "espeak"]
    here = station.load(station.shipped_templates().parent)
    assert [voice.engine for voice in here.voices] == ["espeak"]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGINT to send to one process")
@pytest.mark.parametrize("reply", ["hang", "500"])
def test_ctrl_c_waits_for_no_answer_and_for_no_turn(google, newsroom, heeding, reply):
    """It ends as every stopped build does, though Google has not answered, or is to be asked later."""
    google.script = [reply]
    command = [*heeding, "build", "--station", newsroom('engine = "gtts"')]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as building:
        while not google.bodies:
            assert building.poll() is None
            time.sleep(0.02)
        time.sleep(0.2)  # it has the answer, and waits for its next turn
        building.send_signal(signal.SIGINT)
        _out, err = building.communicate(timeout=BOUND_S)  # an answer is waited for twice as long
    assert building.returncode == 130
    assert "every finished clip is kept" in err
    assert "Traceback" not in err
