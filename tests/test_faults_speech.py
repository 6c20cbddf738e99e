"""Engines that crash, lie, hang or never stop, caches that rot, signals: no episode ever has a hole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

import fake_google
from fake_google import BOUND_S, SPEECH, answer
from nashra.arabic.spoken import spoken
from nashra.audio import voices
from nashra.audio.clips import clip
from nashra.audio.voices import ensemble, espeak, tone
from nashra.audio.voices.google import Speaker
from nashra.errors import SpeechError
from nashra.kept import Kept
from nashra.model import Voice
from soundness import leaks_nothing, left_over, sound_station

ARABIC = Voice("espeak", "ar")
GOOGLE = Voice("gtts", "ar")


def outputs(found):
    return {name: data for name, data in found.items() if name.startswith(("audio/", "feed/"))}


# The process that speaks, replaced by one that does not

BEGIN = (
    "import json, os, signal, sys, time\nasked = json.loads(sys.stdin.readline())\nout = sys.stdout.buffer\n"
)
TELL = (
    "def tell(pcm, **said):\n"
    "    head = {'rate': 22050, 'words': [], 'bytes': len(pcm), 'number': asked['number']} | said\n"
    "    out.write(json.dumps(head).encode() + b'\\n' + pcm)\n"
    "    out.flush()\n"
)
WORKERS = {
    "exits 0 with nothing": ("sys.exit(0)", "stopped while speaking"),
    "exits with 139": ("sys.exit(139)", "stopped while speaking"),
    "crashes": ("os.kill(os.getpid(), signal.SIGSEGV)", "stopped while speaking"),
    "sleeps for ever": ("time.sleep(600)", "did not finish"),
    "ignores SIGTERM": ("signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)", "did not finish"),
    "writes a line without end": ("while True: out.write(b'x' * 65536)", "stopped while speaking"),
    "promises ten gigabytes": ("tell(b'', bytes=10**10)\ntime.sleep(600)", "stopped while speaking"),
    "promises less than nothing": ("tell(b'', bytes=-1)\ntime.sleep(600)", "stopped while speaking"),
    "promises more than comes": ("tell(b'x' * 100, bytes=9_000)", "stopped while speaking"),
    "promises more and waits": ("tell(b'x' * 100, bytes=9_000)\ntime.sleep(600)", "did not finish"),
    "drips": ("while True:\n    out.write(b'{')\n    out.flush()\n    time.sleep(0.05)", "did not finish"),
    "says nonsense": ("out.write(b'espeak: error\\n')\nout.flush()\ntime.sleep(600)", "stopped while"),
    "says a list": ("out.write(b'[1, 2]\\n')\nout.flush()\ntime.sleep(600)", "stopped while speaking"),
    "answers another question": ("tell(b'x' * 9_000, number=7)\ntime.sleep(600)", "stopped while speaking"),
    "a megabyte of complaints": ("sys.stderr.write('x' * 1_000_000)\nsys.exit(1)", "stopped while speaking"),
    "a clip of nothing": ("tell(b'')", "gave no sound"),
    "a clip of silence": ("tell(bytes(44_100))", "gave no sound"),
    "half a sample": ("tell(b'\\x00\\x20' * 9_000 + b'x')", "gave half a sample"),
    "a rate of zero": ("tell(b'\\x00\\x20' * 9_000, rate=0)", "gave sound of 0 Hz"),
    "a moment of sound": ("tell(b'\\x00\\x20' * 900)", "of sound for"),
    "no rate": (
        "out.write(b'{\"bytes\": 0, \"number\": %d}\\n' % asked['number'])\nout.flush()",
        "failed on",
    ),
}


@pytest.mark.parametrize("kind", WORKERS)
def test_a_worker_that_misbehaves_is_one_error_and_leaves_nothing_behind(tmp_path, kind):
    """It is ended, however it clings to life, and nothing of what it said is kept."""
    code, said = WORKERS[kind]
    kept = Kept(tmp_path / "clips", "clip")
    command = (sys.executable, "-c", BEGIN + TELL + code)
    with leaks_nothing():
        speaker = espeak.Speaker(deadline=1 if said == "did not finish" else 30, command=command)
        with pytest.raises(SpeechError, match=said):
            clip("أعلنت الحكومة اليوم عن خطة جديدة لتطوير قطاع النقل.", ARABIC, speaker, kept)
        speaker.close()
    assert not (tmp_path / "clips").exists()


def test_an_answer_too_many_is_not_taken_for_the_next_sentences():
    """A worker that answers twice would put every sentence's sound under the one before it."""
    code = BEGIN + TELL + "tell(b'\\x00\\x20' * 9_000)\ntell(b'\\x00\\x40' * 9_000)\nsys.stdin.readline()\n"
    speaker = espeak.Speaker(command=(sys.executable, "-c", code + "time.sleep(600)"))
    assert max(speaker.speak("نعم", ARABIC).pcm) == 0x20
    assert (
        max(speaker.speak("كلا", ARABIC).pcm) == 0x20
    )  # of a process of its own, not the one left in the pipe
    speaker.close()


@pytest.mark.parametrize("command", ["/nowhere/espeak", "/etc/hostname"])
def test_a_worker_that_cannot_be_started_says_what_to_do(command):
    speaker = espeak.Speaker(command=(command,))
    with pytest.raises(SpeechError, match=r"espeak cannot be started: .*; install Nashra again"):
        speaker.speak("نعم", ARABIC)
    speaker.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["crashes", "sleeps for ever", "writes a line without end", "a moment of sound"]
)
def test_a_worker_that_fails_on_one_sentence_costs_no_episode(station, run, files, monkeypatch, kind):
    """Yesterday's episode stays, nothing is left behind, and the next build goes through."""
    folder = station({"rain.txt": "أمطار في الشمال\nتهطل اليوم أمطار على مدن الشمال.\n"}, ESPEAK)
    assert run(folder, "build").code == 0
    before = outputs(files(folder))
    path = folder / "articles" / "rain.txt"
    path.write_text(path.read_text("utf-8") + "وتبقى السماء صافية في مدن الجنوب كلها اليوم.\n", "utf-8")
    command = (sys.executable, "-c", BEGIN + TELL + WORKERS[kind][0])
    with monkeypatch.context() as broken, leaks_nothing(folder):
        broken.setattr(espeak, "Speaker", partial(espeak.Speaker, command=command, deadline=2))
        ran = run(folder, "build")
        assert (ran.code, len(ran.complaints)) == (4, 1)
        assert "Traceback" not in ran.err
    assert outputs(files(folder)) == before
    assert run(folder, "build").code == 0
    assert sound_station(folder) == []
    after = files(folder)
    assert "nothing to do" in run(folder, "build").out
    assert files(folder) == after


ESPEAK = '[show]\ntitle = "محطة"\n[voice]\nengine = "espeak"\n'

COMMANDS = {
    "speed": ("\x01400S", "400S"),
    "pitch": ("\x0199P", "99P"),
    "phonemes": ("[[h@l'oU]]", "h@l'oU"),
    "an option": ("-h", "h"),
    "SSML": ('<break time="9s"/>', "break time=9s"),
}


@pytest.mark.parametrize("kind", COMMANDS)
def test_what_would_command_espeak_is_spoken_as_text(kind):
    """A sentence with a command in it lasts as long as with the command's letters, within 10 %."""
    sentence = "{} أعلنت الحكومة اليوم عن خطة جديدة لتطوير قطاع النقل."
    command, plain = COMMANDS[kind]
    speaker = espeak.Speaker()
    lengths = [speaker.speak(spoken(sentence.format(text)).text, ARABIC).frames for text in (command, plain)]
    raw = [speaker.speak(sentence.format(text), ARABIC).frames for text in ("\x01400S", " 400S")]
    speaker.close()
    assert 0.9 < lengths[0] / lengths[1] < 1.1
    assert 0.9 < raw[0] / raw[1] < 1.1  # the worker, too, lets no control character through


# Google at its worst, sentence by sentence


@pytest.fixture
def _patiently(monkeypatch):
    monkeypatch.setattr(voices.google, "Speaker", partial(Speaker, sleep=lambda _s: None, read_s=BOUND_S))
    monkeypatch.setattr(ensemble, "PROBE_S", 1.0)


@pytest.mark.slow
@pytest.mark.usefixtures("_patiently")
@pytest.mark.parametrize("place", range(4))
def test_whichever_sentence_google_keeps_back_there_is_no_episode_with_a_hole(
    google, station, run, files, place
):
    """Not the first, not the last, none of them; the next build asks for that one only."""
    lines = [
        f"الخبر رقم {word} في نشرة هذا المساء من المدينة." for word in ("واحد", "اثنين", "ثلاثة", "أربعة")
    ]
    folder = station(
        {"a.txt": "عنوان الخبر هنا\n" + "\n".join(lines)},
        '[show]\ntitle = "محطة"\n[voice]\nengine = "gtts"\n',
    )
    google.script = ["spoken"]
    google.mute = lines[place].split()[2]
    with leaks_nothing(folder):
        ran = run(folder, "build")
    assert (ran.code, len(ran.complaints)) == (4, 1)
    assert outputs(files(folder)) == {}
    before = len(google.texts)
    google.mute = ""
    assert run(folder, "build").code == 0
    asked = google.texts[before:]
    assert len(asked) == len(set(asked))
    assert any(lines[place].split()[2] in text for text in asked)
    assert sound_station(folder) == []
    after = files(folder)
    before = len(google.texts)
    assert "nothing to do" in run(folder, "build").out
    assert (files(folder), len(google.texts)) == (after, before)


def test_an_answer_cut_anywhere_is_no_answer(google, monkeypatch):
    """At every 250 bytes of the body, announced whole: asked again, and whole in the end."""
    cuts = range(1, len(SPEECH) - 1, 250)
    for at in cuts:
        monkeypatch.setitem(fake_google.REPLIES, f"cut {at}", answer(SPEECH[:at], length=len(SPEECH)))
    monkeypatch.setattr(fake_google, "ENDINGS", fake_google.ENDINGS | {f"cut {at}" for at in cuts})
    with Speaker(pace_ms=0, read_s=BOUND_S, sleep=lambda _s: None) as speaker:
        whole = speaker.speak("نعم", GOOGLE).pcm
        for at in cuts:
            google.script = [f"cut {at}", "ok"]
            assert speaker.speak("نعم", GOOGLE).pcm == whole
    assert len(google.bodies) == 1 + 2 * len(cuts)


def test_sounds_of_other_sentences_are_refused_where_they_cannot_be_theirs(google, tmp_path):
    """Shuffled answers: three seconds for one word are not believed. What could be it is; nobody listens."""
    google.script = ["three seconds"]
    kept = Kept(tmp_path / "clips", "clip")
    with Speaker(pace_ms=0, read_s=BOUND_S, sleep=lambda _s: None) as speaker:
        with pytest.raises(SpeechError, match=r"3\.\d s of sound for 3 letters"):
            clip("نعم", GOOGLE, speaker, kept)
        assert clip("نعم يا سيدي الوزير المحترم", GOOGLE, speaker, kept).frames > 2.9 * 24_000


def test_each_sentence_keeps_the_sound_that_was_sent_for_it(google):
    """Asked two at a time, in any order of arrival, a clip lies under the key of its own text."""
    google.script = ["spoken"]
    google.slow_s = 0.02
    texts = [f"{'كلمة ' * many}نعم" for many in range(1, 9)]
    with Speaker(pace_ms=0, at_once=2, read_s=BOUND_S) as speaker, ThreadPoolExecutor(4) as pool:
        lengths = [each.frames for each in pool.map(lambda text: speaker.speak(text, GOOGLE), texts)]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) == len(texts)


# Clips that are kept


def halved(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path):
    found = bytearray(path.read_bytes())
    found[-9] ^= 1
    path.write_bytes(bytes(found))


def of_another(path):
    head, _end, pcm = path.read_bytes().partition(b"\n")
    path.write_bytes(head + b"\n" + bytes(len(pcm)))


def a_folder(path):
    path.unlink()
    (path / "inside").mkdir(parents=True)


ROTTEN = {
    "truncated": halved,
    "one bit flipped": flipped,
    "nothing in it": lambda path: path.write_bytes(b""),
    "right size, wrong bytes": of_another,
    "a folder": a_folder,
    "a link to nothing": lambda path: path.unlink() or path.symlink_to("/nowhere"),
    "another thing altogether": lambda path: path.write_bytes(b"\x7fELF" + bytes(9_000)),
    "JSON of another kind": lambda path: path.write_bytes(b"[1]\n"),
}


@pytest.mark.parametrize("kind", ROTTEN)
def test_a_kept_sound_that_rotted_is_made_again(built, run, files, kind):
    """Every clip and every part of the cache at once: the episode comes out byte for byte as it was."""
    before = outputs(files(built))
    kept = [path for path in (built / ".nashra").rglob("*") if path.suffix in {".clip", ".part", ".mp3"}]
    assert len(kept) > 6
    for path in kept:
        ROTTEN[kind](path)
    for path in (built / "audio").glob("*.mp3"):
        path.unlink()
    with leaks_nothing(built):
        ran = run(built, "build")
    assert (ran.code, ran.complaints) == (0, [])
    assert outputs(files(built)) == before
    assert "nothing to do" in run(built, "build").out


def test_one_sentence_twice_is_spoken_once_and_two_voices_apart(tmp_path):
    asked = []

    class Speaker(tone.Speaker):
        def speak(self, text, voice):
            asked.append((text, voice.pitch))
            return super().speak(text, voice)

    kept = Kept(tmp_path / "clips", "clip")
    low, high = Voice("tone", "ar"), Voice("tone", "ar", pitch=1.5)
    sounds = [clip("قال الوزير نعم", voice, Speaker(), kept).pcm for voice in (low, low, high, low, high)]
    assert asked == [("قال الوزير نعم", 1.0), ("قال الوزير نعم", 1.5)]
    assert len(set(sounds)) == 2


# Signals, and a reader who has read enough


def long_build(station, sentences: int = 400):
    lines = [f"قال الوزير رقم {number} إن الخطة جاهزة منذ الأمس." for number in range(sentences)]
    return station({"long.txt": "عنوان الخبر هنا\n" + "\n".join(lines)}, ESPEAK)


HEEDING = (  # what `nohup pytest`, or a shell's background, made deaf hears again
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.signal(signal.SIGHUP, signal.SIG_DFL)"
)
BUILD = (sys.executable, "-c", f"{HEEDING}; from nashra.cli import main; main(['build'])")
ENDINGS = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130}


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDINGS)
def test_a_build_that_is_told_to_end_ends_and_leaves_nothing(station, name):
    """Told once, it stops with a sentence and the signal's code; what was spoken is kept."""
    folder = long_build(station)
    process = subprocess.Popen(
        BUILD, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    while len(list((folder / ".nashra").rglob("*.clip"))) < 5 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(getattr(signal, name))
    _out, err = process.communicate(timeout=30)
    assert process.returncode == ENDINGS[name]
    assert b"Traceback" not in err
    assert err.endswith(b"the same command goes on from there\n")
    gone = time.monotonic() + 5
    while time.monotonic() < gone:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("a process of the build is still there")
    assert left_over(folder) == []
    assert not (folder / "feed" / "feed.xml").exists()


@pytest.mark.slow
@pytest.mark.parametrize("later_s", [0.02, 0.2])
def test_ctrl_c_twice_ends_at_once(station, later_s):
    """Whoever cannot wait for the first is not kept waiting, and sees no traceback."""
    folder = long_build(station)
    process = subprocess.Popen(
        BUILD, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    while len(list((folder / ".nashra").rglob("*.clip"))) < 5 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    time.sleep(later_s)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=30)
    assert process.returncode in {130, -signal.SIGINT}
    assert b"Traceback" not in err
    assert not (folder / "feed" / "feed.xml").exists()


@pytest.mark.slow
def test_a_reader_who_has_read_enough_is_no_error(station):
    """`nashra script | head`: no traceback, and nobody goes on working for nobody."""
    folder = long_build(station, 900)
    process = subprocess.Popen(
        (sys.executable, "-m", "nashra", "spoken", "articles/long.txt", "--no-marks"),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 1
    assert err == b""
