"""piper for real, with a voice of 1 KB that the tests make: its phonemes, its onnxruntime, its errors."""

from __future__ import annotations

import json
import sys
from array import array
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from nashra.audio.voices import piper, piper_files
from nashra.audio.voices.piper import Speaker
from nashra.audio.voices.respelling import respelled
from nashra.errors import ConfigurationError, SpeechError
from nashra.model import Voice
from tiny_voice import make

TINY = Voice("piper", "tiny.onnx")
SENTENCE = "قَالَ الْوَزِيرُ إِنَّ الْأَشْغَالَ سَتَبْدَأُ."
KAREEM = "ar_JO-kareem-medium"


@pytest.fixture
def voice(tmp_path):
    return make(tmp_path)


@pytest.fixture
def speaker(voice, tmp_path):
    made = Speaker(voice.parent, tmp_path / ".nashra")
    yield made
    made.close()


def test_it_speaks_what_piper_makes_of_the_marked_text(speaker, voice):
    """The marks are ours: piper's own diacritizer, left on, would have taken them for hints."""
    from piper import PiperVoice  # noqa: PLC0415 it touches the working directory when it is imported

    theirs = PiperVoice.load(voice)
    theirs.use_tashkeel = False
    sounds = []
    for text in ("ذَهَبَ الْوَلَد.", "ذهب الولد."):
        clip = speaker.speak(text, TINY)
        (phonemes,) = theirs.phonemize(respelled(text).text)
        assert (clip.rate, clip.frames) == (22_050, 900 * len(theirs.phonemes_to_ids(phonemes)))
        sounds.append(clip.pcm)
    assert sounds[0] != sounds[1]


def test_the_same_sentence_is_the_same_bytes_whatever_was_said_before(voice, tmp_path):
    """A voice draws noise; it draws the same for the same sentence, in every process."""
    alone, after = (Speaker(voice.parent, tmp_path) for _ in range(2))
    try:
        after.speak("نَعَمْ.", TINY)
        assert after.speak(SENTENCE, TINY) == alone.speak(SENTENCE, TINY)
    finally:
        alone.close()
        after.close()


def test_a_faint_voice_stays_faint(tmp_path):
    """piper levels nothing: the volume of one sentence does not depend on its own loudest moment."""
    peaks = []
    for loud in (0.1, 0.3):
        make(tmp_path, loud=loud)
        speaker = Speaker(tmp_path, tmp_path)
        peaks.append(max(array("h", speaker.speak(SENTENCE, TINY).pcm)))
        speaker.close()
    assert 0.1 < peaks[0] / 32_767 < 0.25
    assert 0.3 < peaks[1] / 32_767 < 0.45


def test_a_speed_of_two_takes_half_as_long(speaker):
    usual = speaker.speak(SENTENCE, TINY).frames
    assert speaker.speak(SENTENCE, Voice("piper", "tiny.onnx", speed=2.0)).frames == usual / 2


def test_brackets_and_control_characters_command_nothing(speaker):
    """Between [[ and ]] piper reads phonemes, and a control character is a command to its espeak-ng."""
    plain = speaker.speak("نَعَمْ.", TINY).frames
    commanded = speaker.speak("[[aaaaaaaaaaaaaaaaaaaa]] نَعَمْ.", TINY).frames
    assert speaker.speak("\x01400Sنَعَمْ.", TINY).frames > plain
    assert speaker.speak("[ [aaaaaaaaaaaaaaaaaaaa] ] نَعَمْ.", TINY).frames == commanded


@pytest.fixture
def newsroom(station):
    """Return a station that speaks with the tiny voice, nothing of it built yet."""

    def newsroom(article: str, voice: str = "") -> Path:
        settings = '[show]\ntitle = "محطة"\n[voice]\nengine = "piper"\nname = "voices/tiny.onnx"\n'
        made = station({"rain.txt": article}, settings + voice)
        make(made / "voices")
        return made

    return newsroom


@pytest.mark.slow
def test_a_station_may_speak_with_a_voice_in_its_folder(newsroom, run, brief):
    """The record names it as the station does, the level is that of every voice; nothing is asked twice."""
    made = newsroom(brief)
    assert run(made, "build").code == 0
    record = json.loads((made / "audio" / "rain.json").read_bytes())
    assert record["voice"] == {"engine": "piper", "name": "voices/tiny.onnx", "speed": 1.0, "pitch": 1.0}
    assert record["made_with"]["engine"].startswith("piper-tts-")
    assert abs(record["level"]["lufs"] + 16) <= 0.5
    assert "nothing to do" in run(made, "build").out


def test_another_model_under_the_same_name_is_another_voice(speaker, voice, tmp_path):
    """A clip's key has the content of both files, so no sentence of the old voice is taken for the new."""
    before = speaker.version(TINY)
    make(tmp_path, loud=0.2)
    again = Speaker(voice.parent, tmp_path)
    assert again.version(TINY) != before
    assert again.version(Voice("piper", KAREEM)).endswith(KAREEM)  # known by its name: nothing is fetched


def emptied(path: Path) -> None:
    path.write_bytes(b"")


BROKEN = {
    "no model": (lambda path: path.unlink(), r"tiny\.onnx: there is no such voice; put piper's \.onnx there"),
    "no description": (
        lambda path: Path(f"{path}.json").unlink(),
        r"tiny\.onnx\.json: there is no such description; put it beside the model",
    ),
    "no JSON": (
        lambda path: Path(f"{path}.json").write_text("{", "utf-8"),
        r"tiny\.onnx\.json: is no description of a piper voice; fetch it again",
    ),
    "another JSON": (
        lambda path: Path(f"{path}.json").write_text('{"audio": {"sample_rate": "x"}}', "utf-8"),
        r"tiny\.onnx\.json: is no description of a piper voice",
    ),
    "a list": (
        lambda path: Path(f"{path}.json").write_text("[]", "utf-8"),
        r"tiny\.onnx\.json: is no description",
    ),
    "an empty model": (emptied, r"tiny\.onnx: is no voice that piper can use: .+; fetch it again"),
    "half a model": (
        lambda path: path.write_bytes(path.read_bytes()[:400]),
        r"tiny\.onnx: is no voice that piper can use",
    ),
    "a web page": (lambda path: path.write_text("<html>", "utf-8"), "is no voice that piper can use"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_voice_that_is_not_whole_is_one_clear_error(voice, speaker, fault):
    spoil, said = BROKEN[fault]
    spoil(voice)
    with pytest.raises(ConfigurationError, match=said):
        speaker.speak(SENTENCE, TINY)


def test_a_missing_voice_ends_a_build_with_a_line(newsroom, run, brief):
    made = newsroom(brief)
    (made / "voices" / "tiny.onnx").unlink()
    ran = run(made, "build")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "voices/tiny.onnx: there is no such voice" in ran.complaints[0]


NAMES = {"": "has no voice of its own", "kareem": "is no voice of piper", "../x/y": "is no voice of piper"}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_voice_is_refused_before_anything_is_fetched(tmp_path, name):
    with pytest.raises(ConfigurationError, match=f"{NAMES[name]}; name an .onnx file"):
        piper_files.path_of(name, tmp_path, tmp_path)


def test_another_pitch_is_refused(speaker):
    with pytest.raises(ConfigurationError, match="one pitch"):
        speaker.speak(SENTENCE, Voice("piper", "tiny.onnx", pitch=1.2))


def test_without_the_extra_it_says_how_to_install_it(station, run, brief, monkeypatch):
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(piper, "installed", absent)
    ran = run(station({"rain.txt": brief}), "build", "--voice", "piper:x.onnx")
    assert ran.code == 2
    assert 'piper is not installed; install it with `pip install "nashra[piper]"`' in ran.complaints[0]


def test_a_worker_that_hangs_is_ended(voice, tmp_path):
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    speaker = Speaker(voice.parent, tmp_path, deadline=0.5, command=command)
    with pytest.raises(SpeechError, match="piper did not finish «نعم» in"):
        speaker.speak("نعم", TINY)


# Voices by name. The downloader here is an imitation: none is ever fetched.

FETCHES = """
import pathlib, shutil, sys
folder, name = pathlib.Path(sys.argv[-2]), sys.argv[-1]
for end in (".onnx", ".onnx.json"):
    shutil.copy(f"{sys.argv[1]}{end}", folder / f"{name}{end}")
"""
FAILS = {
    "an error": ("raise OSError('no route to host')", "cannot be downloaded: OSError: no route to host"),
    "nothing": ("", "cannot be downloaded: nothing came"),
    "half": ("import sys; open(sys.argv[-2] + '/x.onnx', 'w')", "cannot be downloaded"),
    "a hang": ("import time; time.sleep(60)", "was not there in 1 s"),
}


def test_a_voice_by_name_is_fetched_once_and_kept(tmp_path):
    source = make(tmp_path, "source.onnx").with_suffix("")
    fetching = (sys.executable, "-c", FETCHES, str(source))
    first = Speaker(tmp_path, tmp_path / "kept", downloader=fetching)
    made = first.speak(SENTENCE, Voice("piper", KAREEM))
    first.close()
    never = Speaker(tmp_path, tmp_path / "kept", downloader=("/nowhere",))
    assert never.speak(SENTENCE, Voice("piper", KAREEM)) == made
    never.close()
    assert {path.name for path in (tmp_path / "kept" / "piper").iterdir()} == {
        f"{KAREEM}.onnx",
        f"{KAREEM}.onnx.json",
    }


@pytest.mark.parametrize("fault", FAILS)
def test_a_failed_download_leaves_nothing_behind(tmp_path, fault):
    code, said = FAILS[fault]
    path = tmp_path / "piper" / f"{KAREEM}.onnx"
    with pytest.raises(SpeechError, match=f"voice piper {KAREEM}: {said}"):
        piper_files.download(KAREEM, path, (sys.executable, "-c", code), 1)
    assert not path.parent.exists()
