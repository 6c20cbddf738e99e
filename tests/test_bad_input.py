"""Whatever a person does wrong is one line that says where and what next; nothing that was made is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from nashra.arabic.letters import strip_marks
from nashra.arabic.spoken import spoken
from nashra.audio import voices
from nashra.audio.voices import espeak, tone
from nashra.errors import SpeechError
from nashra.model import Clip, Voice

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)


def outputs(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in found.items() if name.startswith(("audio/", "feed/"))}


def headed(fields: str) -> bytes:
    """Return an article that would be fine without its front matter."""
    text = "عنوان الخبر\nهذا خبر قصير لا عيب فيه إلا ما كتب فوقه، وهو يكفي لهذه التجربة.\n"
    return f"---\n{fields}\n---\n{text}".encode()


# What is in the file, the line that is named (0: none), and what is said.
ARTICLES = {
    "empty": (b"", 1, "is empty"),
    "spaces": (b" \n\t\n\xc2\xa0\n", 1, "is empty"),
    "a picture": (PNG, 0, "is a picture, not text"),
    "a pdf": (b"%PDF-1.7\n", 0, "is a PDF file, not text"),
    "zeros": ("خبر".encode("utf-16-le") + bytes(9), 0, "is a binary file, not text"),
    "a broken letter": ("سطر سليم\nوهذا سطر مكس\n".encode() + b"\xd9", 3, "is not UTF-8 (byte 0xd9)"),
    "garbled": ("خبر اليوم عن المغرب".encode().decode("cp1256", "ignore").encode(), 0, "is garbled"),
    "no letter": ("***\n-- – --\n؟!\n".encode(), 1, "has no sentence in it"),
    "nothing under it": (b"---\ntitle: x\n---\n", 4, "is empty"),
    "broken front matter": (headed("title: خبر: عاجل"), 2, "front matter cannot be read"),
    "front matter without fields": (headed("عنوان"), 2, "no list of `field: value` lines"),
    "an unknown field": (
        headed("date: 2025-01-30\ntitel: خبر"),
        3,
        "unknown field `titel`; did you mean `title`?",
    ),
    "a foreign field": (headed("layout: post"), 2, "unknown field `layout`; known fields: title, author"),
    "a switch that is none": (headed("draft: ربما"), 2, "`draft` must be true or false"),
    "a date that is none": (headed("date: غدا"), 2, "`date` "),
    "a day that is none": (headed("title: خبر\ndate: 2025-02-31"), 3, "day is out of range for month"),
    "a list for a text": (headed("title: [a, b]"), 2, "`title` must be a text"),
    "an image that is not there": (headed("image: sky.png"), 0, "its image sky.png is not in articles/"),
    "an image elsewhere": (
        headed("image: ../nashra.toml"),
        0,
        "its image ../nashra.toml is not in articles/",
    ),
}


@pytest.mark.parametrize("fault", ARTICLES)
def test_a_bad_article_is_one_line_and_the_others_are_built(built, run, files, brief, fault):
    raw, line, what = ARTICLES[fault]
    before = files(built / "audio")
    (built / "articles" / "bad.txt").write_bytes(raw)
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    ran = run(built, "build")
    assert ran.code == 3
    (complaint,) = ran.complaints
    assert complaint.startswith(
        f"nashra: articles/bad.txt:{line}: " if line else "nashra: articles/bad.txt: "
    )
    assert what in complaint
    assert "; " in complaint  # what next
    assert "Traceback" not in ran.err
    after = files(built / "audio")
    assert before.items() <= after.items()
    assert {name for name in after if name.endswith(".json")} == {"harbour.json", "rain.json"}
    feed = (built / "feed" / "feed.xml").read_text("utf-8")
    assert (feed.count("<item>"), "bad" in feed) == (2, False)


@pytest.mark.parametrize("voice", ["espeek", "espeak:xx"])
def test_an_unknown_voice_of_an_article_is_looked_for_in_the_article(built, run, files, voice):
    before = outputs(files(built))
    (built / "articles" / "bad.txt").write_bytes(headed(f"voice: {voice}"))
    ran = run(built, "build")
    (complaint,) = ran.complaints
    assert re.match(r"nashra: articles/bad\.txt: .*`(espeek|xx)`; (engines|it has): ", complaint)
    assert ran.code == 2
    assert outputs(files(built)) == before


def shown(key: str) -> str:
    return f'[show]\ntitle = "محطة"\n{key}\n[voice]\nengine = "tone"\n'


# The file, the line that is named (0: none), and what is said.
CONFIGURATIONS = {
    "broken": ('[show]\ntitle = "محطة\n', 2, "is not TOML"),
    "no TOML at all": ("title: محطة\n", 1, "is not TOML"),
    "empty": ("", 0, "has no `title`"),
    "no title": ('[show]\nauthor = "x"\n', 0, "has no `title`"),
    "a title of spaces": ('[show]\ntitle = " "\n', 2, "`show.title` is ` `; it must not be empty"),
    "an unknown key": (shown('auther = "x"'), 3, "unknown key `show.auther`; did you mean `show.author`?"),
    "an unknown section": ('[shwo]\ntitle = "x"\n', 1, "unknown key `shwo`; did you mean `show`?"),
    "a key outside": ('title = "x"\n', 1, "unknown key `title`; did you mean `show.title`?"),
    "a key of nothing": (
        'weather = "red"\n',
        1,
        "unknown key `weather`; known here: cluster, corrections, feed",
    ),
    "a text for a switch": (
        shown('explicit = "no"'),
        3,
        "`show.explicit` must be true or false, and is a text in quotes",
    ),
    "a number for a text": (
        shown("author = 7"),
        3,
        "`show.author` must be a text in quotes, and is a whole number",
    ),
    "a text for a section": ('show = "x"\n', 1, "`show`"),
    "no https": (shown('base_url = "example.org/"'), 3, "`show.base_url` is `example.org/`"),
    "no slash behind": (shown('base_url = "https://example.org"'), 3, "ends with /"),
    "an Arabic address": (shown('base_url = "https://محطة.example/"'), 3, "must be an ASCII address"),
    "a language in words": (shown('language = "Arabic"'), 3, "must be like `ar` or `ar-ma`"),
    "too fast": (shown("").replace("[voice]", "[voice]\nspeed = 9.0"), 5, "must be between 0.5 and 2.0"),
    "not a number": (shown("").replace("[voice]", "[voice]\nspeed = nan"), 5, "must be between 0.5 and 2.0"),
    "no engine": (shown("").replace("tone", "espeek"), 5, "`voice.engine` is `espeek`; it must be one of"),
    "a pause below zero": (shown("[pauses]\nstart_ms = -5"), 4, "must be between 100 and 10000 ms"),
    "too loud": (shown("[loudness]\ntarget_lufs = 0"), 4, "must be between -30 and -10"),
}


@pytest.mark.parametrize("fault", CONFIGURATIONS)
def test_a_bad_configuration_is_one_line_and_nothing_is_touched(built, run, files, fault):
    text, line, what = CONFIGURATIONS[fault]
    (built / "nashra.toml").write_text(text, "utf-8")
    before = files(built)
    ran = run(built, "build")
    assert (ran.code, ran.out) == (2, "")
    (complaint,) = ran.err.splitlines()
    assert complaint.startswith(f"nashra: nashra.toml:{line}: " if line else "nashra: nashra.toml: ")
    assert what in complaint
    assert "; " in complaint
    assert files(built) == before


def test_a_configuration_that_is_not_utf8_is_one_line(built, run):
    (built / "nashra.toml").write_bytes('[show]\ntitle = "محطة"\n'.encode("cp1256"))
    ran = run(built, "build")
    assert (ran.code, ran.err) == (2, "nashra: nashra.toml: is not UTF-8; save it again as UTF-8\n")


@pytest.mark.parametrize("arguments", [[], ["--station", "."]], ids=["here", "named"])
def test_a_folder_that_is_no_station_says_how_to_make_one(tmp_path, run, arguments):
    ran = run(tmp_path, "build", *arguments)
    assert ran.code == 2
    (complaint,) = ran.err.splitlines()
    assert complaint.startswith("nashra: ")
    assert "no nashra.toml" in complaint
    assert "nashra init" in complaint


def unusable_cover(station: Path) -> None:
    (station / "cover.png").write_bytes(PNG)
    configured(station, ("[show]", '[show]\ncover = "cover.png"'))


def configured(station: Path, *changes: tuple[str, str]) -> None:
    """Change the configuration that is there: what stands in it once, and what shall stand there."""
    said = (station / "nashra.toml").read_text("utf-8")
    for old, new in changes:
        assert said.count(old) == 1
        said = said.replace(old, new)
    (station / "nashra.toml").write_text(said, "utf-8")


def say_first(station: Path, template: str) -> None:
    (station / "templates").mkdir()
    (station / "templates" / "opening.txt.j2").write_text(template, "utf-8")


def a_file_for(station: Path, folder: str) -> None:
    shutil.rmtree(station / folder)
    (station / folder).write_bytes(b"")


def damaged_record(station: Path) -> None:
    (station / "audio" / "harbour.json").write_bytes(b'{"schema": 1')


# What is done to a finished station, the arguments of the build, the exit code, and where and what is said.
STATIONS = {
    "a cover that is not there": (
        lambda station: configured(station, ("[show]", '[show]\ncover = "cover.png"')),
        [],
        2,
        r"nashra\.toml: the cover cover\.png is not there; correct `show\.cover`",
    ),
    "a cover that is no picture": (unusable_cover, [], 6, r"cover\.png: is not a JPEG or PNG picture"),
    "a voice that espeak does not have": (
        lambda station: configured(station, ("tone", 'espeak"\nname = "xx')),
        [],
        2,
        r"nashra\.toml: espeak has no voice `xx`; it has: ar",
    ),
    "such a voice on the command line": (
        lambda _station: None,
        ["--voice", "espeak:xx"],
        2,
        r"--voice: espeak has no voice `xx`; it has: ar",
    ),
    "a template that cannot be read": (
        lambda station: say_first(station, "سطر\n{% if %}"),
        [],
        2,
        r"templates/opening\.txt\.j2:2: cannot be rendered",
    ),
    "a template with a name unknown": (
        lambda station: say_first(station, "{{ shwo.title }}"),
        [],
        2,
        r"templates/opening\.txt\.j2: cannot be rendered: 'shwo' is undefined",
    ),
    "an unknown voice on the command line": (
        lambda _station: None,
        ["--voice", "espeek"],
        2,
        r"--voice: unknown voice `espeek`; engines: ",
    ),
    "an article that is not there": (
        lambda _station: None,
        ["harbor"],
        3,
        r"articles/harbor: there is no such article; did you mean harbour\.txt\?",
    ),
    "no article in the folder": (
        lambda station: [path.unlink() for path in (station / "articles").iterdir()],
        [],
        3,
        r"articles: there is no article in it; put a \.txt or \.md",
    ),
    "no folder of articles": (
        lambda station: shutil.rmtree(station / "articles"),
        [],
        3,
        r"articles: there is no article in it",
    ),
    "a file for the folder of articles": (
        lambda station: a_file_for(station, "articles"),
        [],
        3,
        r"articles: ",
    ),
    "a record that is cut": (
        damaged_record,
        [],
        5,
        r"audio/harbour\.json: is no episode record: .*; put its last",
    ),
    "a file for the cache": (
        lambda station: a_file_for(station, ".nashra"),
        [],
        5,
        r"\S*\.nashra/lock: cannot be read or written: .*; .*move one of them away",
    ),
    "a file for the folder of sound": (
        lambda station: a_file_for(station, "audio"),
        [],
        5,
        r"audio\S*: .*; a folder and a file have changed places; move one of them away",
    ),
    "a file for the folder of the feed": (
        lambda station: a_file_for(station, "feed"),
        [],
        6,
        r"feed\S*: .*; a folder and a file have changed places; move one of them away",
    ),
}


@pytest.mark.parametrize("fault", STATIONS)
def test_a_bad_station_is_one_line_however_many_articles_it_has(built, run, files, brief, fault):
    """A fault that every article meets is said once, and what was made is as it was."""
    harm, arguments, code, said = STATIONS[fault]
    if fault not in {"a file for the folder of sound", "a file for the folder of the feed"}:
        (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    harm(built)
    before = outputs(files(built))
    ran = run(built, "build", *arguments)
    (complaint,) = ran.complaints
    assert re.match(f"nashra: {said}", complaint)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert outputs(files(built)) == before


def test_a_time_that_is_none_is_one_line(built, run):
    ran = run(built, "build", epoch="soon")
    assert (ran.code, ran.err) == (
        2,
        "nashra: SOURCE_DATE_EPOCH: `soon` is no number of seconds; correct or unset it\n",
    )


def test_debug_shows_where_it_happened(tmp_path, run):
    ran = run(tmp_path, "build", "--debug")
    assert ran.err.startswith("Traceback")
    assert ran.err.splitlines()[-1].startswith("nashra: ")


def test_debug_shows_where_it_happened_in_an_article_too(built, run):
    (built / "articles" / "harbour.txt").write_bytes(b"\xd9")
    ran = run(built, "build", "--debug")
    assert (ran.code, len(ran.complaints)) == (3, 1)
    assert "Traceback" in ran.err
    assert "UnicodeDecodeError" in ran.err


# Folders that cannot be written


READ_ONLY = {
    ".nashra": (5, r"\S*\.nashra/lock"),
    "audio": (5, r"audio/harbour\.mp3"),
    "feed": (6, r"feed\S*"),
}
# For root no folder is read-only, as long as it may override permissions.
NO_OVERRIDE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
ROOT = os.name == "posix" and os.getuid() == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="folders have other permissions on Windows")
@pytest.mark.skipif(
    ROOT and not shutil.which("setpriv"), reason="root may write anywhere, and setpriv is missing"
)
@pytest.mark.parametrize("folder", READ_ONLY)
def test_a_folder_that_cannot_be_written_is_one_line(built, files, folder):
    code, where = READ_ONLY[folder]
    sound = json.loads((built / "audio" / "harbour.json").read_bytes())["media"]["file"]
    for name in (f"audio/{sound}", "feed/index.html", ".nashra/lock"):
        (built / name).unlink()
    left = files(built / folder)
    (built / folder).chmod(0o555)
    try:
        ran = subprocess.run(
            [
                *(NO_OVERRIDE if ROOT else ()),
                sys.executable,
                "-m",
                "nashra",
                "build",
                "--station",
                str(built),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        (built / folder).chmod(0o755)
    (complaint,) = (line for line in ran.stderr.splitlines() if line.startswith("nashra: "))
    assert re.match(f"nashra: {where}: .*permission denied; make the folder writable", complaint)
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert files(built / folder) == left


# Engines that fail


def noise(length_s: float) -> Clip:
    return Clip((b"\x00\x10" + b"\x00\xf0") * round(tone.RATE * length_s / 2), tone.RATE)


def broken() -> Clip:
    raise RuntimeError("engine on fire")


FAULTY = {
    "silence": (lambda: Clip(bytes(2 * 5 * tone.RATE), tone.RATE), "no sound"),
    "nothing": (lambda: Clip(b"", tone.RATE), "no sound"),
    "too short": (lambda: noise(0.1), r"0\.1 s of sound for \d+ letters"),
    "too long": (lambda: noise(100), r"100\.0 s of sound for \d+ letters"),
    "an exception": (broken, "engine on fire"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_an_engine_that_fails_on_a_sentence_publishes_nothing(built, run, files, monkeypatch, fault):
    """The line names the article and quotes its sentence, and yesterday's episode stays."""
    answer, said = FAULTY[fault]

    class Speaker(tone.Speaker):
        def speak(self, text, voice):
            return answer() if "ستساعات" in text.replace(" ", "") else super().speak(text, voice)

    monkeypatch.setitem(sys.modules, "nashra.audio.voices.faulty", SimpleNamespace(Speaker=Speaker))
    row = voices.Engine("faulty", "ar", marks=False, about="fails on one sentence")
    monkeypatch.setitem(voices.ENGINES, "faulty", row)
    before = outputs(files(built))
    ran = run(built, "build", "--voice", "faulty")
    (complaint,) = ran.complaints
    assert complaint.startswith("nashra: articles/harbour.txt: ")
    assert "«قطعت السفينة المسافة" in complaint
    assert re.search(said, complaint)
    assert ran.code == 4
    assert "Traceback" not in ran.err
    assert outputs(files(built)) == before


DIES_ONCE = """
import os, pathlib, runpy, sys
flag = pathlib.Path(sys.argv[1])
if not flag.exists():
    flag.touch()
    sys.stdin.readline()
    os._exit(9)
runpy.run_module("nashra.audio.voices.espeak_worker", run_name="__main__")
"""


@pytest.mark.slow
def test_a_worker_that_dies_once_is_started_again(tmp_path, station, run, brief, monkeypatch):
    flag = tmp_path / "died"
    command = (sys.executable, "-c", DIES_ONCE, str(flag))
    monkeypatch.setattr(espeak, "Speaker", partial(espeak.Speaker, command=command))
    ran = run(station({"rain.txt": brief}, '[show]\ntitle = "محطة"\n'), "build")
    assert (ran.code, ran.complaints) == (0, [])
    assert flag.exists()
    assert "audio/rain-" in ran.out


def test_a_worker_that_dies_twice_is_a_sentence_that_cannot_be_spoken():
    speaker = espeak.Speaker(command=(sys.executable, "-c", "import sys; sys.stdin.readline()"))
    with pytest.raises(SpeechError, match="espeak stopped while speaking «جملة»; rephrase"):
        speaker.speak("جملة", Voice("espeak", "ar"))
    speaker.close()


def test_a_worker_that_was_started_early_is_the_one_that_is_asked():
    """A voice's process loads while the article is read; it speaks as one that was asked at once."""
    early, late = espeak.Speaker(), espeak.Speaker()
    early.start()
    process = early._worker.process
    assert process is not None
    early.start()
    voice = Voice("espeak", "ar")
    assert early.speak("جملة", voice) == late.speak("جملة", voice)
    assert early._worker.process is process
    early.close()
    late.close()


def test_a_worker_that_died_before_it_was_asked_is_started_again():
    """What was started early may be gone when its turn comes."""
    speaker = espeak.Speaker()
    speaker.start()
    speaker._worker.process.kill()
    speaker._worker.process.wait()
    assert speaker.speak("جملة", Voice("espeak", "ar")).pcm
    speaker.close()


def test_a_worker_that_hangs_is_ended_at_the_deadline():
    begun = time.monotonic()
    speaker = espeak.Speaker(deadline=1, command=(sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(SpeechError, match="espeak did not finish «جملة» in 1 s; rephrase"):
        speaker.speak("جملة", Voice("espeak", "ar"))
    assert 1 <= time.monotonic() - begun < 5
    assert speaker._worker.process is None


HOSTILE = {
    "a long line": "قال الوزير إن 20 شخصا حضروا، ثم عادوا. " * 2_500,
    "a long word": "م" * 10_000,
    "only marks": "\u064e\u0651" * 5_000,
    "five hundred digits": "1234567890" * 50,
    "scripts and directions": "Ab \u202eسلام\u202c 漢字 \u2067שלום\u2069 п́ 12 ½ \u0660 " * 200,
    "private use and placeholders": "كلمة \ue000\uf8ff\ufffc " * 500,
    "emoji": "👩\u200d👩\u200d👧 🇲🇦 " * 500,
    "signs": "،؛؟!.«»()[]{}<>|\\^_`~*#@=+-–—…%٪/&" * 100,
    "brackets that never close": "(" * 5_000 + "كلمة",
    "quotes that never close": "«" * 5_000 + "كلمة",
    "controls": "كل\x07مة\x01\x1b[31m و\x7fكلمة",
    "lone waw": "و " * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_line_is_said_as_a_line(name, tmp_path, run):
    """However odd, a line comes out as one line of words; nothing that no voice can say is left in it."""
    (tmp_path / "odd.txt").write_text(f"{HOSTILE[name]}\nكلمة\n", "utf-8")
    told = run(tmp_path, "spoken", "odd.txt", "--no-marks")
    assert told.code == 0, told.err
    lines = told.out.split("\n")
    assert lines[1:] == ["كلمة", ""]
    assert not re.search(r"[\dA-Za-z_ـ\x00-\x1f\ue000-\uf8ff\ufffc]|  ", lines[0])
    if "كلمة" in HOSTILE[name]:
        assert "كلمة" in lines[0]


def test_a_sentence_of_lone_surrogates_says_what_it_lost():
    """A surrogate has no sound; the step that drops it says so, and the words around it stay."""
    said = spoken("قال \ud83d الوزير\udc00.")
    assert strip_marks(said.text) == "قال الوزير."
    assert "surrogate" in " ".join(change.rule for change in said.changes)


def test_an_article_of_odd_lines_is_built_or_refused(station, run):
    """An episode or one complaint, and never a traceback."""
    here = station({"odd.txt": "\n".join(text[:2_000] for text in HOSTILE.values())})
    told = run(here, "build")
    assert told.code in {0, 3, 4}
    assert "Traceback" not in told.err
    assert len(told.complaints) == (told.code != 0)
