"""From script to track: what is encoded together, that nothing goes unsaid, and how loud it comes out."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nashra import records
from nashra.arabic.letters import letter_count, strip_marks
from nashra.audio import clips, freeing, ledger, level, mp3, voices
from nashra.audio.dressing import Dress
from nashra.audio.passages import ENOUGH, MOST, SEAM_MS, passages
from nashra.audio.track import Track
from nashra.errors import AudioError, SpeechError
from nashra.model import RATE, Chapter, Clip, Utterance, Voice
from nashra.settings import Pauses

if TYPE_CHECKING:
    from pathlib import Path

TONE = Voice("tone", "ar")
SENTENCE = "وصل الوفد إلى المدينة مساء اليوم وعقد فيها أول اجتماع له مع السكان"


def line(text: str = SENTENCE, *, pause_ms: int = 350, new_paragraph: bool = False) -> Utterance:
    return Utterance("sentence", text, text, TONE, pause_ms, new_paragraph)


def paragraphs(*lengths: int) -> Chapter:
    """Return a chapter with paragraphs of so many sentences."""
    lines = [
        line(f"{SENTENCE} {n} {m}", new_paragraph=not m)
        for n, many in enumerate(lengths)
        for m in range(many)
    ]
    return Chapter("فصل", tuple(lines))


# Passages


@pytest.mark.parametrize("lengths", [(1,), (3, 3, 3), (1,) * 30, (40,), (20, 1, 20, 1)])
def test_passages_are_the_chapter_in_order_and_none_is_long(lengths):
    chapter = paragraphs(*lengths)
    cut = passages(chapter, Pauses(), Dress())
    assert tuple(itertools.chain.from_iterable(each.lines for each in cut)) == chapter.utterances
    longest = max(letter_count(each.spoken) for each in chapter.utterances)
    for each in cut:
        assert sum(letter_count(one.spoken) for one in each.lines) <= MOST + longest
    for before, after in itertools.pairwise(cut):
        assert sum(letter_count(one.spoken) for one in before.lines) >= ENOUGH
        assert before.rest_ms + after.start_ms == before.lines[-1].pause_ms
        assert after.start_ms == SEAM_MS
    assert (cut[0].start_ms, cut[-1].rest_ms) == (Pauses().start_ms, chapter.utterances[-1].pause_ms)


def test_an_edit_moves_no_seam_of_another_passage():
    chapter = paragraphs(8, 8, 8, 8)
    lines = list(chapter.utterances)
    lines[9] = replace(lines[9], spoken=lines[9].spoken.replace("مساء", "صباح"))
    before = {each.key(lambda _voice: "1") for each in passages(chapter, Pauses(), Dress())}
    after = {
        each.key(lambda _voice: "1")
        for each in passages(replace(chapter, utterances=tuple(lines)), Pauses(), Dress())
    }
    assert len(before - after) == len(after - before) == 1


# The ledger


@pytest.mark.parametrize("seconds", [0.0, 0.5, 30.0])
def test_a_sentence_with_too_little_or_too_much_sound_is_quoted(seconds):
    with pytest.raises(SpeechError, match=r"tone gave .* s of sound instead of about .* s for «وصل الوفد"):
        ledger.cues([line()], [(0, round(seconds * RATE))], [()], {TONE: 0.07})


def test_a_sentence_with_its_sound_is_a_cue():
    end = round(3.9 * RATE)
    (cue,) = ledger.cues([line(new_paragraph=True)], [(100, end)], [()], {TONE: 0.07})
    assert (cue.start, cue.end, cue.text, cue.new_paragraph) == (100, end, SENTENCE, True)


def test_an_episode_with_half_a_sentence_is_not_made(station, run, news, monkeypatch):
    """What an engine kept back is missed though its answer was not empty; the article's name is said."""
    whole = clips.clip

    def half(text, *rest):
        made = whole(text, *rest)
        return Clip(made.pcm[: len(made.pcm) // 8 * 2], made.rate) if "أربعون" in strip_marks(text) else made

    monkeypatch.setattr(clips, "clip", half)
    folder = station({"harbour.txt": news})
    ran = run(folder, "build")
    assert ran.code == 4
    (complaint,) = ran.complaints
    assert re.search(r"articles/harbour\.txt: tone gave .* s of sound .* «استقبل ميناء", complaint)
    assert not list((folder / "audio").glob("*.mp3"))


def test_every_sentence_of_the_article_has_its_span_in_the_record(built, news):
    """Character for character, and each span is inside its episode and behind the one before."""
    record = json.loads((built / "audio" / "harbour.json").read_bytes())
    said = [cue for cue in record["cues"] if cue["role"] in {"heading", "sentence"}]
    written = "".join(news.split())
    assert written.endswith("".join("".join(cue["text"] for cue in said).split()))
    spans = [(cue["start"], cue["end"]) for cue in record["cues"]]
    assert spans == sorted(spans)
    assert all(a < b for a, b in spans)
    assert spans[-1][1] < record["frames"]
    data = (built / "audio" / record["media"]["file"]).read_bytes()
    assert len(mp3.decode(data)) // 2 == record["frames"]


# Loudness

MIXED = """\
شركات المغرب في الخارج
وقعت شركة Maroc Telecom أمس اتفاقا مع بنك International Finance Corporation لتمويل مشاريعها في المدن الكبرى.
وقالت Royal Air Maroc إنها ستفتح خطوطا جديدة نحو Washington وLondon قبل نهاية السنة الجارية، وتوظف ألف عامل.
"""

ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")


def by_ffmpeg(path: Path) -> tuple[float, float]:
    command = ("ffmpeg", "-hide_banner", "-nostats", "-i", path, "-map", "0:a", "-af", "ebur128=peak=true")
    done = subprocess.run((*command, "-f", "null", "-"), capture_output=True, check=True)
    told = done.stderr.decode().rpartition("Summary")[2]
    return float(re.search(r"I:\s+(\S+) LUFS", told)[1]), float(re.search(r"Peak:\s+(\S+) dBFS", told)[1])


@ffmpeg
@pytest.mark.parametrize(
    ("voice", "foreign"),
    [("espeak", ""), ("tone", ""), ("espeak", "en"), ("espeak", "fr"), ("tone", "en")],
    ids=["espeak", "tone", "espeak with an English voice", "espeak with a French voice", "two tones"],
)
@pytest.mark.parametrize("text", ["news", "mixed"])
def test_every_episode_is_as_loud_as_the_others(station, run, news, voice, foreign, text):
    """-16 LUFS within 0.5 and no peak above -1 dBTP, as ffmpeg measures it; the record says the same."""
    said = f'[show]\ntitle = "محطة"\n\n[voice]\nengine = "{voice}"\nforeign = "{foreign}"\n'
    folder = station({"a.txt": {"news": news, "mixed": MIXED}[text]}, said)
    assert run(folder, "build").code == 0
    record = json.loads((folder / "audio" / "a.json").read_bytes())
    lufs, dbtp = by_ffmpeg(folder / "audio" / record["media"]["file"])
    assert abs(lufs + 16) <= 0.5
    assert dbtp <= -1
    assert record["level"]["lufs"] == pytest.approx(lufs, abs=0.15)
    assert record["level"]["dbtp"] == pytest.approx(dbtp, abs=0.25)


@pytest.mark.parametrize("seams", [(), (5,), (3, 5, 9)])
def test_stretches_measured_apart_are_measured_as_one(seams):
    """Cut where nothing sounds: within a tenth of what the whole is."""
    at = np.arange(12 * RATE) / RATE
    sound = 6_000 * np.sin(2 * np.pi * 330 * at) * (at % 4 < 3) * (0.2 + at / 12) * (at % 1 < 0.9)
    whole = sound.astype(np.int16)
    places = [0, *(second * RATE - 1_000 for second in seams), len(whole)]
    apart = level.combined([level.loudness_of(whole[a:b]) for a, b in itertools.pairwise(places)])
    together = level.measure(whole)
    assert apart.lufs == pytest.approx(together.lufs, abs=0.1)
    assert apart.dbtp == pytest.approx(together.dbtp, abs=0.02)


@pytest.mark.parametrize("text", ["من", "مرحبا"])
def test_one_quick_word_can_be_said_though_it_has_no_loudness(station, run, tmp_path, text):
    """Under 400 ms nothing is measured; it is as loud as its voice, and its peak is held."""
    pauses = "[pauses]\nstart_ms = 100\nsentence_ms = 100\n"
    folder = station({}, f'[show]\ntitle = "م"\n[voice]\nengine = "tone"\nspeed = 2.0\n{pauses}')
    path = tmp_path / "say.wav"
    assert run(folder, "say", text, "-o", path).code == 0
    pcm = path.read_bytes()[44:]
    assert len(pcm) / 2 / RATE < 0.5
    assert -12 < level.measure(pcm).dbtp <= -1


# What an edit costs


def test_an_edited_sentence_encodes_decodes_and_measures_one_part(station, run, news, monkeypatch):
    """All others are joined as they lie in the cache."""
    said = '[show]\ntitle = "محطة"\n\n[corrections]\nspoken = false\n\n[voice]\nengine = "espeak"\n'
    folder = station({"harbour.txt": news}, said)
    assert run(folder, "build").code == 0
    worked = []
    for module, name in ((mp3, "encode"), (mp3, "decode"), (level, "loudness_of")):
        does = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, does=does, name=name: (worked.append(name), does(*a))[1])
    article = folder / "articles" / "harbour.txt"
    article.write_text(news.replace("وكان البحر هادئا", "وكان البحر هائجا"), "utf-8")
    assert "(1 of 11 clips to speak)" in run(folder, "build", "--why").out
    assert sorted(worked) == ["decode", "encode", "loudness_of"]


def test_a_part_that_was_damaged_in_the_cache_is_made_again(built, run, files):
    """Joined as it is, it would be a click in the middle of an episode that nobody decoded."""
    before = files(built)
    for path in (built / ".nashra" / "parts").rglob("*.part"):
        path.write_bytes(path.read_bytes()[:-20] + bytes(20))
    next((built / "audio").glob("*.mp3")).unlink()
    assert run(built, "build").code == 0
    assert {name: data for name, data in files(built).items() if name.endswith(".mp3")} == {
        name: data for name, data in before.items() if name.endswith(".mp3")
    }


def test_a_part_that_goes_away_while_it_is_joined_stops_the_episode():
    gone = Track((("gone", mp3.silence(3)),), 3 * 1152, level.SILENT, (), ())
    with pytest.raises(AudioError, match="a part went away"):
        list(gone.stream(lambda _key: None))


# Nothing to do


def test_a_station_is_left_at_once_when_no_size_and_no_time_changed(built, run, monkeypatch):
    """Neither records nor articles are read; a mere touch makes the build look, and find nothing."""
    old = built / "articles" / "harbour.txt"
    os.utime(old, (1_700_000_000, 1_700_000_000))
    looked = []
    load = records.load
    monkeypatch.setattr(
        records, "load", lambda folder, **how: (looked.append(folder), load(folder, **how))[1]
    )
    for expected in (1, 1, 2):
        if expected == 2:
            os.utime(old, (1_700_000_100, 1_700_000_100))
        ran = run(built, "build", "--why")
        assert "harbour.txt: up to date" in ran.out
        assert "nothing to do: 1 article, none changed" in ran.out
        assert len(looked) == expected


@pytest.mark.parametrize("lost", ["audio/*.mp3", "audio/*.json", "feed/feed.xml", "feed/episodes/*.html"])
def test_whatever_is_lost_is_missed_after_a_build_that_had_nothing_to_do(built, run, lost):
    os.utime(built / "articles" / "harbour.txt", (1_700_000_000, 1_700_000_000))
    assert "nothing to do" in run(built, "build").out
    path = next(built.glob(lost))
    path.unlink()
    assert run(built, "build").code == 0
    assert next(built.glob(lost)).is_file()


def test_an_article_saved_in_the_same_moment_as_the_memo_is_looked_into(built, run):
    """Same size, and a time that a coarse clock cannot tell apart: git calls it racy."""
    article = built / "articles" / "harbour.txt"
    memo = built / ".nashra" / "built.json"
    assert run(built, "build").code == 0
    text = article.read_bytes()
    article.write_bytes(text.replace("هادئا".encode(), "هائجا".encode()))
    assert len(text) == article.stat().st_size
    then = memo.stat().st_mtime_ns
    os.utime(article, ns=(then, then))
    assert "text changed" in run(built, "build", "--why").out


# What a person sees of long work


def test_progress_tells_clips_seconds_of_sound_rate_and_time_left(station, run, news):
    """The last state of the bar has all clips, as many seconds as were spoken, and nothing left."""
    folder = station({"harbour.txt": news}, '[show]\ntitle = "محطة"\n\n[voice]\nengine = "espeak"\n')
    ran = run(folder, "build")
    last = ran.err.rstrip().rpartition("\r")[2]
    found = re.search(r"11/11 clips, (\d+) s of sound, \d+x \[[\d:]+, 00:00 left\]", last)
    assert found
    record = json.loads((folder / "audio" / "harbour.json").read_bytes())
    assert 0.7 * record["frames"] / RATE < int(found[1]) <= record["frames"] / RATE


def test_articles_of_a_build_share_one_speaking_process(station, run, news, brief, monkeypatch):
    """Starting it takes longer than a sentence of speech."""
    opened = []
    real = voices.open_engine
    monkeypatch.setattr(
        voices, "open_engine", lambda name, booth: (opened.append(name), real(name, booth))[1]
    )
    folder = station({"a.txt": news, "b.txt": brief})
    assert run(folder, "build").code == 0
    assert opened == ["tone"]


def test_memory_is_given_back_in_a_long_episode_and_not_in_a_short_one(
    station, run, news, brief, monkeypatch
):
    """Else the sound of hours stays in the process; a short episode does not pay for that."""
    asked = []
    monkeypatch.setattr(freeing, "give_back", lambda: asked.append(1))
    settings = '[show]\ntitle = "محطة"\n\n[voice]\nengine = "tone"\n'
    assert run(station({"rain.txt": brief}, settings), "build").code == 0
    assert not asked
    monkeypatch.setattr(freeing, "EVERY", 2)
    assert run(station({"news.txt": news}, settings, name="long"), "build").code == 0
    assert asked


def test_giving_memory_back_harms_nothing():
    """It is a wish to the C library of this system, whichever it is."""
    kept = bytes(1_000_000)
    freeing.give_back()
    assert kept == bytes(1_000_000)
