"""The text of an article is data wherever it goes: it commands no page, player, engine or terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from mutagen.id3 import ID3

from conftest import EPOCH, SETTINGS, _put
from nashra import cli
from nashra.arabic.letters import HARMFUL
from nashra.articles.reading import article
from nashra.articles.slug import slug
from nashra.audio import tags
from nashra.audio.voices.google import Speaker
from nashra.errors import NashraError
from nashra.model import Voice
from soundness import SAFE, leaks_nothing, sound_station

# A text a line: what it would do, and to whom, if it were more than text.
ATTACKS = {
    "ends a CDATA section": "قال ]]> الوزير",
    "ends a comment": "قال --> الوزير <!-- نعم",
    "ends a script": "قال </script><script>alert(1)</script> الوزير",
    "runs in an attribute": "قال \"onerror='alert(1)' الوزير",
    "an image that runs": "قال <img src=x onerror=alert(1)> الوزير",
    "an entity": "قال &lt;b&gt; &xxe; &#x3c; الوزير",
    "a template": "قال {{7*7}} {% raw %} {# x #} الوزير",
    "a format": "قال ${x} %s {0} \\n الوزير",
    "a cue's time": "قال 00:00:01.000 --> 00:00:02.000 الوزير",
    "a voice of WebVTT": "قال <v Bob>نعم</v> STYLE NOTE الوزير",
    "a style of SubRip": "قال {\\an8}<font color=red> الوزير",
    "phonemes of espeak": "قال [[h@l'oU]] الوزير",
    "SSML": 'قال <audio src="file:///etc/passwd"/><break time="9s"/> الوزير',
    "an option": "-h --help -w /tmp/x",
    "a chapter of FFmpeg": "قال [CHAPTER] START=0 ; # = \\ الوزير",
    "a header": "قال Set-Cookie: x=1 الوزير",
}
BODY = "وصل الوزير إلى المدينة صباح اليوم في زيارة قصيرة. ثم عاد منها في المساء إلى بيته."
WRITTEN_OUT = re.compile(f"[{HARMFUL}]")
FRONT = r"""---
title: "أمر \e[2J\e]0;x\a \u202e خطر \u2066 \x01400S \U000E0041 هنا"
author: "كاتب\e[31m \u202e آخر"
outlet: "صحيفة\x9b31m"
summary: "ملخص \e[5m </script> ]]> {{7*7}}"
url: "javascript:alert(1)"
---
"""


def text_of(title: str) -> str:
    return f"# {title}\n\n{title}. {BODY}\n\n## {title}\n\n{BODY} {title}.\n"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory, _finished):
    """Return a station with an article of every attack, its title, its heading and its text; built."""
    articles = {f"a{number:02}.md": text_of(text) for number, text in enumerate(ATTACKS.values())}
    articles["front.md"] = FRONT + BODY + "\n\n## قسم &#x202e;&#27;[2J أول\n\n" + BODY
    folder = _put(tmp_path_factory.mktemp("attacked") / "station", articles, SETTINGS)
    for kept in ("pictures", "tashkeel"):
        shutil.copytree(_finished / ".nashra" / kept, folder / ".nashra" / kept)
    with pytest.MonkeyPatch.context() as patch, leaks_nothing(folder):
        patch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
        with pytest.raises(SystemExit, match=r"^0$"):
            cli.main(["build", "--station", str(folder), "--jobs", "2"])
    return folder


@pytest.fixture(scope="module")
def records(attacked):
    found = [json.loads(path.read_bytes()) for path in sorted((attacked / "audio").glob("a*.json"))]
    assert len(found) == len(ATTACKS)
    return dict(zip(ATTACKS, found, strict=True))


def tight(text: str) -> str:
    """Return a text as it is seen, without its spaces: where sentences end, pages may have one more.

    Nobody sees the word joiner that keeps apps from taking `<` for markup.
    """
    return "".join(text.replace("<\u2060", "<").split())


def wanted(attack: str) -> str:
    """Return the text as a reader must see it: as it was typed, but for what Markdown means by it."""
    return tight(article(text_of(ATTACKS[attack]).encode(), "a.md").title)


class Page(HTMLParser):
    """The text of a page that a reader sees, and what in it would run."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.runs: list[str] = []
        self._inside: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.runs += [name for name, _value in attributes if name.startswith("on")]
        self.runs += [value for _name, value in attributes if (value or "").strip().startswith("javascript:")]
        if tag in {"script", "style"}:
            self._inside.append(tag)
            kinds = dict(attributes)
            if not kinds.get("src", "").startswith(("assets/", "../assets/")) and "type" not in kinds:
                self.runs.append(tag)

    def handle_endtag(self, tag):
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside:
            self.text.append(data)


def test_a_station_of_attacks_is_sound(attacked):
    """Every article became an episode; feed, files and tags agree."""
    assert sound_station(attacked) == []
    assert len(list((attacked / "audio").glob("*.mp3"))) == len(ATTACKS) + 1


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_feed_says_the_text_as_it_was_typed(attacked, records, attack):
    """Title, description and notes read back from the XML; the notes are HTML in which nothing runs."""
    record = records[attack]
    items = etree.parse(attacked / "feed" / "feed.xml", SAFE).iter("item")
    item = next(each for each in items if each.findtext("guid") == record["guid"])
    title = item.findtext("title").replace(
        "\u2060", ""
    )  # a word joiner keeps «<» from being taken for markup
    assert tight(title).startswith(wanted(attack)[:40])
    notes = Page(item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded"))
    assert notes.runs == []
    assert wanted(attack) in tight("".join(notes.text))
    assert wanted(attack) in tight(item.findtext("description"))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("folder", ["episodes", "embed"])
def test_a_page_shows_the_text_and_runs_none_of_it(attacked, records, attack, folder):
    page = Page((attacked / "feed" / folder / f"{records[attack]['slug']}.html").read_text("utf-8"))
    assert page.runs == []
    assert wanted(attack) in tight("".join(page.text))


def test_the_first_page_shows_every_title_and_runs_none(attacked):
    page = Page((attacked / "feed" / "index.html").read_text("utf-8"))
    assert page.runs == []
    shown = tight("".join(page.text))
    assert [attack for attack in ATTACKS if wanted(attack)[:40] not in shown] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_side_file_is_of_its_kind_and_says_the_text(attacked, records, attack):
    """JSON parses; captions are as many as they say, with times that rise, and hold the words only."""
    slug_of = records[attack]["slug"]
    told = {path.suffix: path for path in (attacked / "feed" / "transcripts").glob(f"{slug_of}-*")}
    letters = re.sub(r"\W", "", wanted(attack))
    segments = json.loads(told[".json"].read_bytes())["segments"]
    assert letters in re.sub(r"\W", "", "".join(each["body"] for each in segments))
    for kind in (".vtt", ".srt"):
        blocks = told[kind].read_text("utf-8").strip().split("\n\n")
        times = [re.findall(r"(?m)^[\d:.,]+ --> [\d:.,]+$", block) for block in blocks]
        assert all(len(each) == 1 for each in times[kind == ".vtt" :])
        assert sum(map(len, times)) == sum(block.count(" --> ") for block in blocks)
    (chapters,) = (attacked / "feed" / "chapters").glob(f"{slug_of}-*.json")
    assert wanted(attack) in {tight(each["title"]) for each in json.loads(chapters.read_bytes())["chapters"]}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_tag_has_the_text_and_no_chapter_of_it(attacked, records, attack):
    record = records[attack]
    read = ID3(attacked / "audio" / record["media"]["file"])
    assert tight(str(read["TIT2"])) == wanted(attack)
    titles = [str(each.sub_frames["TIT2"]) for each in read.getall("CHAP")]
    assert titles == [tags.clean(each["title"]) for each in record["chapters"]]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_engine_is_sent_letters_only(attacked, run, attack):
    """What is spoken has no sign with which an engine is commanded: no bracket, no tag, no backslash."""
    number = list(ATTACKS).index(attack)
    ran = run(attacked, "script", f"a{number:02}.md", "--json")
    spoken = [line["spoken"] for chapter in json.loads(ran.out)["chapters"] for line in chapter["utterances"]]
    assert spoken
    assert not re.search(r"[][<>{}\\|@#=&_/\x00-\x1f\x7f-\x9fA-Za-z0-9]", " ".join(spoken))
    assert not any(line.startswith("-") for line in spoken)


def test_escapes_in_front_matter_command_nobody(attacked, run):
    """YAML can write characters that no file may have: they are gone before anything is made of them."""
    record = json.loads((attacked / "audio" / "front.json").read_bytes())
    assert record["title"] == "أمر [2J]0;x خطر 400S هنا"
    assert WRITTEN_OUT.findall(json.dumps(record, ensure_ascii=False)) == []
    for arguments in (("inspect", "front"), ("script", "front.md"), ("read", "articles/front.md")):
        ran = run(attacked, *arguments)
        assert ran.code == 0
        assert WRITTEN_OUT.findall(ran.out + ran.err) == []


def test_nothing_that_is_written_holds_a_harmful_character(attacked):
    """In all files of text of the station, none of the characters that command or turn the direction."""
    # In SubRip a word joiner disarms tags, in the feed what looks like one to an app.
    kinds = {".xml", ".html", ".json", ".vtt", ".txt", ".opml"}
    found = [path for path in (attacked / "feed").rglob("*") if path.suffix in kinds]
    assert len(found) > 7 * len(ATTACKS)
    for path in found:
        said = path.read_text("utf-8")
        if path.suffix == ".json":
            said = json.dumps(json.loads(said), ensure_ascii=False)
        if path.suffix == ".xml":
            said = said.replace("&lt;\u2060", "&lt;")
        assert WRITTEN_OUT.findall(said) == [], path


def test_an_address_that_is_a_script_is_no_link(attacked):
    for path in (attacked / "feed").rglob("*front*"):
        if path.suffix in {".html", ".json"}:
            assert "javascript:" not in path.read_text("utf-8"), path


def test_the_names_of_files_do_not_command_the_terminal(station, run):
    """A file from elsewhere may have any name."""
    folder = station(
        {"x\x1b[2J\u202e.txt": "***\n", "y\x1b[5m.docx": "PK", "good.txt": f"عنوان الخبر\n{BODY}"}
    )
    ran = run(folder, "build", "--why")
    assert ran.code == 3
    assert WRITTEN_OUT.findall(ran.out + ran.err) == []


@given(st.text(max_size=60))
def test_no_error_commands_the_terminal(text):
    said = str(NashraError(text, where=text, then=text))
    assert "\n" not in said
    assert re.findall("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said) == []


# Names


NAMES = (
    "..",
    ".",
    "...",
    "CON",
    "com1.x",
    "a/b\\c",
    "%2e%2e%2f",
    "؟؟",
    "😀😀",
    "-rf",
    "a" * 300,
    "خبر " * 90,
)


@pytest.mark.parametrize("name", NAMES)
def test_any_slug_is_a_name_inside_its_folder(tmp_path, name):
    found = slug(name)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", found)
    assert len(found) <= 80
    assert (tmp_path / found).resolve().parent == tmp_path.resolve()
    assert found.partition(".")[0].lower() not in {"con", "com1", "nul", "aux"}


@given(st.text(min_size=1, max_size=300))
def test_every_text_has_a_slug(text):
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", slug(text))


# Secrets


CANARY = "canary-5e7c0ffee"
SECRETS = (
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "GITHUB_TOKEN",
    "NASHRA_TOKEN",
    "RSYNC_PASSWORD",
    "SSHPASS",
)
COMMANDS = {
    "a build": ("build", "--debug", "--why"),
    "a build that fails": ("build", "--debug", "--voice", "espeak:xx"),
    "a check": ("check", "--debug"),
    "an inspection": ("inspect", "harbour", "--json", "--debug"),
    "a script": ("script", "harbour.txt", "--json", "--debug"),
    "a page that cannot be had": ("add", "http://127.0.0.1:9/", "--debug"),
    "settings that cannot be read": ("build", "--debug", "--station", "articles"),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_secret_of_the_environment_is_in_no_output(built, command):
    """Neither on the screen with --debug, nor in a file of the station, nor in what a child is told."""
    proxy = f"http://user:{CANARY}@127.0.0.1:9"
    environment = os.environ | dict.fromkeys(SECRETS, CANARY) | {"https_proxy": proxy}
    (built / "audio" / "harbour.json").touch()
    ran = subprocess.run(
        [sys.executable, "-m", "nashra", *COMMANDS[command]],
        cwd=built,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert CANARY.encode() not in ran.stdout + ran.stderr
    assert ran.stdout or ran.stderr
    for path in built.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path


def test_a_proxy_with_a_password_is_not_told(tmp_path, monkeypatch):
    """Google's client names the proxy's variable where it fails, never what is in it."""
    monkeypatch.setenv("https_proxy", f"http://user:{CANARY}@127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Speaker(tmp_path, pace_ms=0, sleep=lambda _s: None) as speaker, pytest.raises(NashraError) as failed:
        speaker.speak("نعم", Voice("gtts", "ar"))
    chain: BaseException | None = failed.value
    while chain is not None:
        assert CANARY not in str(chain)
        chain = chain.__cause__
