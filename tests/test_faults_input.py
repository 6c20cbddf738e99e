"""Articles that are none, are too much, or lie in the wrong place: refused by name, and nothing hangs."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from mutagen.id3 import ID3

from nashra.articles.limits import MOST_BYTES, MOST_CHARACTERS, MOST_HEADINGS
from nashra.articles.reading import article
from nashra.audio.voices import tone
from nashra.errors import ArticleError
from nashra.store import write, write_named
from soundness import SAFE, leaks_nothing, left_over, sound_station

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no pipes and devices in folders")

BODY = "وصل الوزير إلى المدينة صباح اليوم في زيارة قصيرة. ثم عاد منها في المساء إلى بيته."


def outputs(found):
    return {name: data for name, data in found.items() if name.startswith(("audio/", "feed/"))}


def converges(root, run, files):
    """Hold a station to it: a plain build goes through and leaves it sound, and the next changes no byte."""
    ran = run(root, "build")
    assert (ran.code, ran.complaints) == (0, [])
    assert sound_station(root) == []
    before = files(root)
    assert run(root, "build").out.startswith("nothing to do")
    assert files(root) == before


# What lies in articles/ and is no file of text

NO_FILES = {
    "a folder": (lambda path: path.mkdir(), "a folder and a file have changed places"),
    "a pipe": (os.mkfifo, "is a pipe or a device, not a file"),
    "a device without end": (lambda path: path.symlink_to("/dev/zero"), "is a pipe or a device"),
    "a link to nothing": (lambda path: path.symlink_to("/mnt/away/a.txt"), "is a link to what is not there"),
    "30 MB": (lambda path: path.touch() or os.truncate(path, 30_000_000), "has more than 20,000,000 bytes"),
}


@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_is_one_complaint_and_the_others_are_built(built, run, files, brief, kind):
    make, said = NO_FILES[kind]
    before = outputs(files(built))
    bad = built / "articles" / "bad.txt"
    make(bad)
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    with leaks_nothing(built):
        ran = run(built, "build")
    assert ran.code == 3
    (complaint,) = ran.complaints
    assert complaint.startswith("nashra: articles/bad.txt: ")
    assert said in complaint
    assert {name for name in before if name.startswith("audio/")} < set(outputs(files(built)))
    assert sound_station(built) == []
    bad.rmdir() if bad.is_dir() and not bad.is_symlink() else bad.unlink()
    converges(built, run, files)


def test_an_article_whose_disk_is_away_keeps_its_episode(built, run, files):
    """A link that leads nowhere for a day withdraws nothing."""
    article = built / "articles" / "harbour.txt"
    away = built.parent / "disk.txt"
    article.rename(away)
    article.symlink_to(away)
    converges(built, run, files)
    before = outputs(files(built))
    away.rename(built.parent / "unplugged.txt")
    ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (3, 1)
    assert outputs(files(built)) == before


SETTINGS_OF_PIPES = {
    "a cover": ("[show]", '[show]\ncover = "pipe"', "pipe"),
    "a jingle": ("[voice]", '[sound]\nopening = "pipe"\n[voice]', "pipe"),
    "a lexicon": ("[voice]", "[voice]", "lexicon.toml"),
    "a guid": ("[voice]", "[voice]", "podcast.guid"),
}


@pytest.mark.parametrize("kind", SETTINGS_OF_PIPES)
def test_a_pipe_where_a_setting_names_a_file_does_not_hang(built, run, files, kind):
    old, new, name = SETTINGS_OF_PIPES[kind]
    said = (built / "nashra.toml").read_text("utf-8")
    (built / "nashra.toml").write_text(said.replace(old, new, 1), "utf-8")
    os.mkfifo(built / name)
    before = outputs(files(built))
    ran = run(built, "build")
    assert (ran.code in {2, 5, 6}, len(ran.complaints)) == (True, 1)
    assert outputs(files(built)) == before


def test_a_pipe_as_the_picture_of_an_article_does_not_hang(built, run):
    os.mkfifo(built / "articles" / "sky.png")
    (built / "articles" / "bad.md").write_text(f"---\nimage: sky.png\n---\n{BODY}\n", "utf-8")
    ran = run(built, "build")
    (complaint,) = ran.complaints
    assert "articles/sky.png: cannot be read or written: is a pipe or a device" in complaint


# Links in the folders that are written


@pytest.mark.parametrize("folder", ["audio", "feed", ".nashra"])
def test_a_folder_that_is_a_link_is_refused_and_what_it_leads_to_stays(built, run, folder):
    elsewhere = built.parent / "elsewhere"
    (built / folder).rename(elsewhere)
    (built / folder).symlink_to(elsewhere)
    before = {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*")}
    (built / "articles" / "rain.txt").write_text(f"عنوان الخبر\n{BODY}\n", "utf-8")
    ran = run(built, "build")
    assert (ran.code, ran.complaints) == (
        2,
        [f"nashra: {folder}: is a link to elsewhere; put the folder itself there, or move the station"],
    )
    assert {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*")} == before


def test_a_folder_inside_that_is_a_link_is_refused(built, run):
    elsewhere = built.parent / "elsewhere"
    (built / "feed" / "episodes").rename(elsewhere)
    (built / "feed" / "episodes").symlink_to(elsewhere)
    before = sorted(path.name for path in elsewhere.iterdir())
    (built / "articles" / "rain.txt").write_text(f"عنوان الخبر\n{BODY}\n", "utf-8")
    ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (6, 1)
    assert "is a link to another folder; put a folder there, not a link" in ran.complaints[0]
    assert sorted(path.name for path in elsewhere.iterdir()) == before


@pytest.mark.parametrize("name", ["feed/feed.xml", "feed/index.html", "audio/harbour.json"])
def test_a_link_where_a_file_is_written_is_replaced_and_not_followed(built, run, files, name):
    victim = built.parent / "victim"
    (built / name).rename(victim)
    (built / name).symlink_to(victim)
    before = victim.read_bytes()
    path = built / "articles" / "harbour.txt"
    path.write_text(path.read_text("utf-8").replace("هادئا", "هائجا"), "utf-8")
    assert run(built, "build").code == 0
    assert victim.read_bytes() == before
    assert not (built / name).is_symlink()
    converges(built, run, files)


def test_a_link_planted_under_the_temporary_name_is_not_followed(tmp_path):
    """The name of a file on its way is known beforehand; what lies there is taken away."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / f".a.xml.{os.getpid()}.tmp").symlink_to(victim)
    assert write(tmp_path / "a.xml", b"new")
    (tmp_path / f".{os.getpid()}.tmp").symlink_to(victim)
    write_named(tmp_path, [b"sound"], 5, lambda digest: f"{digest[:12]}.mp3")
    assert victim.read_bytes() == b"precious"
    assert left_over(tmp_path) == []
    assert not (tmp_path / "a.xml").is_symlink()


def test_a_link_planted_at_the_lock_is_not_followed(built, run):
    victim = built.parent / "victim"
    victim.write_bytes(b"precious")
    (built / ".nashra" / "lock").unlink(missing_ok=True)
    (built / ".nashra" / "lock").symlink_to(victim)
    ran = run(built, "build")
    assert victim.read_bytes() == b"precious"
    assert "Traceback" not in ran.err


def test_an_image_outside_of_the_articles_is_not_read(built, run, files):
    """Neither by its path nor through a link."""
    (built.parent / "private.png").write_bytes(b"5e7c0ffee")
    (built / "articles" / "sky.png").symlink_to(built.parent / "private.png")
    for name in ("sky.png", "../../private.png", "/etc/hostname"):
        (built / "articles" / "bad.md").write_text(f"---\nimage: {name}\n---\n{BODY}\n", "utf-8")
        ran = run(built, "build")
        assert f"its image {name} is not in articles/" in ran.complaints[0]
    assert not any(b"5e7c0ffee" in data for name, data in files(built).items() if name.startswith("feed/"))


# Too much


def test_a_title_of_ten_thousand_letters_is_cut_wherever_a_limit_is(station, run, files):
    """In feed, tag, page and names of files; the record keeps it."""
    title = "كلمة " * 2000
    folder = station({"long.md": f"---\ntitle: {title}\n---\n{BODY}\n", f"{'خبر ' * 30}.txt": f"خبر\n{BODY}"})
    with leaks_nothing(folder):
        converges(folder, run, files)
    record = json.loads((folder / "audio" / "long.json").read_bytes())
    assert record["title"] == title.strip()
    titles = [item.findtext("title") for item in etree.parse(folder / "feed" / "feed.xml", SAFE).iter("item")]
    assert [each[-1] for each in titles if len(each) > 200] == ["…"]
    assert len(str(ID3(folder / "audio" / record["media"]["file"])["TIT2"])) <= 500
    names = [path.name for path in folder.rglob("*") if "articles" not in path.parts]
    assert max(len(name.encode()) for name in names) <= 255 - len(f"..{2**22}.tmp")


def test_articles_that_differ_in_marks_only_are_episodes_of_their_own(station, run):
    """One title four times: as it is, with vowel marks, stretched, and in letters coded apart."""
    titles = ("مؤتمر أحمد", "مُؤتَمَر أحمد", "مـــؤتمر أحمد", "مؤتمر ا\u0654حمد")
    folder = station({f"{title}.txt": f"{title}\n{BODY}\n" for title in titles})
    guids = []
    for _time in range(2):
        assert run(folder, "build").code == 0
        records = [json.loads(path.read_bytes()) for path in sorted((folder / "audio").glob("*.json"))]
        guids.append([record["guid"] for record in records])
        assert len(set(guids[-1])) == len({record["slug"].lower() for record in records}) == len(titles)
    assert guids[0] == guids[1]
    assert sound_station(folder) == []


WORD = "كلمة "
TOO_MUCH = {
    "a million characters": (f"عنوان\n{BODY}\n{WORD * 200_000}\n", f"may have {MOST_CHARACTERS:,}"),
    "500 headings": (
        "# عنوان\n\n" + f"{BODY}\n\n## قسم\n\n" * 500 + BODY,
        f"has 500 headings, and one episode may have {MOST_HEADINGS}",
    ),
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_too_much_is_refused_before_a_word_is_spoken(built, run, files, monkeypatch, kind):
    text, said = TOO_MUCH[kind]
    before = outputs(files(built))
    (built / "articles" / "bad.md").write_text(text, "utf-8")
    monkeypatch.setattr(tone.Speaker, "speak", None)
    ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (3, 1)
    assert ran.complaints[0].startswith("nashra: articles/bad.md: has ")
    assert said in ran.complaints[0]
    assert outputs(files(built)) == before


def test_the_limits_are_what_is_said_of_them():
    """As many as allowed pass; docs/articles.md has the numbers."""
    text = f"# عنوان\n\n{BODY}\n\n" + f"## قسم\n\n{BODY}\n\n" * MOST_HEADINGS
    assert len(article(text.encode(), "a.md").sections) == MOST_HEADINGS
    with pytest.raises(ArticleError, match="headings"):
        article((text + f"## قسم\n\n{BODY}\n").encode(), "a.md")
    documented = (Path(__file__).parents[1] / "docs" / "articles.md").read_text("utf-8")
    for number in (
        f"{MOST_CHARACTERS:,} characters",
        f"{MOST_HEADINGS} headings",
        f"{MOST_BYTES // 10**6} MB",
    ):
        assert number in documented


HEADED = {
    "no heading": f"عنوان\n\n{BODY}\n",
    "a heading without text": f"# عنوان\n\n{BODY}\n\n## قسم\n\n## قسم آخر\n\n{BODY}\n",
    "a heading at the end": f"# عنوان\n\n{BODY}\n\n## قسم\n\n{BODY}\n\n## لا شيء\n",
    "headings out of order": f"#### عنوان\n\n{BODY}\n\n# أ\n\n{BODY}\n\n###### ب\n\n{BODY}\n",
    "a heading of signs": f"# عنوان\n\n{BODY}\n\n## ***\n\n{BODY}\n",
    "250 headings": f"# عنوان\n\n{BODY}\n\n" + f"## قسم\n\n{BODY}\n\n" * 250,
}


@pytest.mark.parametrize("kind", HEADED)
def test_no_chapter_is_empty_whatever_the_headings_are(station, run, kind):
    """Each chapter has something to hear and a title of its own, and an MP3 can list them all."""
    ran = run(station({"a.md": HEADED[kind]}), "script", "a.md", "--json")
    chapters = json.loads(ran.out)["chapters"]
    assert all(chapter["utterances"] and chapter["title"].strip() for chapter in chapters)
    assert chapters[0]["title"] == "تقديم النشرة"
    assert len(chapters) <= min(HEADED[kind].count("#") + 3, 255)


LONG_WORDS = {
    "a word of 100,000 letters": "م" * 100_000,
    "10,000 marks on a letter": "م" + "\u064e\u0651" * 5_000,
}


@pytest.mark.parametrize("kind", LONG_WORDS)
def test_a_word_without_end_is_cut_and_the_build_ends(station, run, kind):
    """No piece begins with a mark or is longer than an utterance may be."""
    folder = station({"a.txt": f"عنوان الخبر\n{BODY} {LONG_WORDS[kind]} وانتهى الخبر.\n"})
    ran = run(folder, "script", "a.txt", "--json")
    assert ran.code == 0
    lines = [line for chapter in json.loads(ran.out)["chapters"] for line in chapter["utterances"]]
    assert max(len(line["spoken"]) for line in lines) < 2_000
    assert not any("\u064b" <= line["spoken"][0] <= "\u0652" for line in lines)
    assert sum(line["spoken"].count("م") for line in lines) >= LONG_WORDS[kind].count("م")


CHILD = """
from nashra.cli import main
try:
    main(["build", "--jobs", "2"])
finally:
    # not getrusage: its maximum begins with pytest's own, which started this
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.slow
def test_four_times_the_text_does_not_take_more_memory(station):
    """An episode is spoken and encoded in parts: only what describes it grows."""
    took = []
    for times in (50, 200):
        lines = [f"{BODY.replace('الوزير', f'الوزير {number}')}" for number in range(times)]
        folder = station({"long.txt": "عنوان الخبر\n" + "\n".join(lines)}, name=f"station{times}")
        ran = subprocess.run(
            [sys.executable, "-c", CHILD], cwd=folder, capture_output=True, text=True, timeout=300, check=True
        )
        took.append(int(ran.stdout.split()[-1]) / 1024)
        assert sound_station(folder) == []
    assert took[1] < took[0] + 60
    assert took[1] < 300  # measured: 206


def test_a_build_asks_nobody(station, run, monkeypatch):
    """An article says where it came from, and names pictures elsewhere: no name is looked up for it."""

    def asked(*given):
        raise AssertionError(given)

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    monkeypatch.setattr(socket.socket, "connect", asked)
    text = f"---\nurl: https://example.org/1\n---\n![صورة](https://example.org/a.png)\n\n{BODY}\n"
    folder = station({"a.md": text})
    assert run(folder, "build").code == 0
    assert sound_station(folder) == []
