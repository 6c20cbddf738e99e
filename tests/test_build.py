"""What a build makes, what it leaves alone, and what is left of it when something goes wrong."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from lxml import etree
from PIL import Image

from nashra.audio import mp3
from nashra.audio.voices import tone

HEAVY = ("numpy", "onnxruntime", "lameenc", "feedgen", "jinja2", "PIL", "requests", "gtts", "aiohttp")
ITUNES = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}
CLIPS = 11
"""What is said of `harbour.txt`: opening, notice, title; lead; two sections; closing."""


def record(station: Path, slug: str = "harbour") -> dict:
    return json.loads((station / "audio" / f"{slug}.json").read_bytes())


def items(station: Path) -> dict[str, dict[str, str]]:
    """Return the feed's items by guid: title, link, picture, enclosure's url and length."""
    feed = etree.parse(station / "feed" / "feed.xml")
    return {
        item.findtext("guid"): {
            "title": item.findtext("title"),
            "link": item.findtext("link"),
            "image": "".join(item.xpath("itunes:image/@href", namespaces=ITUNES)),
            **dict(item.find("enclosure").attrib),
        }
        for item in feed.iterfind("channel/item")
    }


def times(station: Path) -> dict[str, int]:
    return {
        path.relative_to(station).as_posix(): path.stat().st_mtime_ns
        for path in station.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def clips(station: Path) -> set[str]:
    return {path.name for path in (station / ".nashra" / "clips").rglob("*.clip")}


def edit(station: Path, old: str, new: str, file: str = "articles/harbour.txt") -> None:
    text = (station / file).read_text("utf-8")
    assert text.count(old) == 1
    (station / file).write_text(text.replace(old, new), "utf-8")


def outputs(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in found.items() if name.startswith(("audio/", "feed/"))}


# What is made


def test_a_first_build_makes_the_mp3_its_record_the_feed_and_the_pages(built, files):
    made = outputs(files(built))
    (name,) = (name for name in made if name.endswith(".mp3"))
    digest = hashlib.sha256(made[name]).hexdigest()
    assert name == f"audio/harbour-{digest[:12]}.mp3"
    assert record(built)["media"] == {
        "file": Path(name).name,
        "bytes": len(made[name]),
        "sha256": digest,
    }
    pages = {"feed/feed.xml", "feed/index.html", "feed/episodes/harbour.html", "feed/assets/nashra.css"}
    assert pages < set(made)
    (item,) = items(built).values()
    assert item["url"].endswith(name)
    assert item["length"] == str(len(made[name]))
    assert not [name for name in made if Path(name).name.startswith(".")]


def test_a_second_build_touches_nothing(built, run, files, monkeypatch):
    """It speaks and encodes nothing, and no file changes: neither a byte nor a modification time."""

    def never(*_arguments):
        raise AssertionError("there was nothing to do")

    monkeypatch.setattr(tone.Speaker, "speak", never)
    monkeypatch.setattr(mp3, "encode", never)
    before, stamps = files(built), times(built)
    ran = run(built, "build", "--why", epoch=2_000_000_000)
    assert ran.code == 0
    assert "harbour.txt: up to date" in ran.out
    assert "nothing to do" in ran.out
    assert files(built) == before
    assert times(built) == stamps


@pytest.mark.parametrize(
    "arguments", [["build"], ["build", "--dry-run"], ["--help"], ["build", "--help"]], ids=" ".join
)
def test_what_has_nothing_to_make_imports_nothing_heavy(built, arguments):
    code = (
        "import sys\nfrom nashra.cli import main\ntry:\n    main(sys.argv[2:])\nexcept SystemExit as end:\n"
        "    print(end.code, *sorted(set(sys.argv[1].split()) & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, " ".join(HEAVY), *arguments],
        cwd=built,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stderr == "0\n"


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_the_same_input_makes_the_same_bytes_in_any_folder_with_any_number_of_jobs(
    built, station, run, files, news, jobs
):
    other = station({"harbour.txt": news}, name="أخبار أخرى")
    assert run(other, "build", "--jobs", jobs).code == 0
    assert outputs(files(other)) == outputs(files(built))


# What is remade, and why


def test_an_edited_sentence_costs_one_clip_and_keeps_the_episode(built, run, epoch):
    """Guid, dates, slug and page stay; the sound gets a new name, and the old one is kept and listed."""
    before, known, guids = record(built), clips(built), set(items(built))
    edit(built, "وكان البحر هادئا", "وكان البحر هائجا")
    ran = run(built, "build", "--why", epoch=epoch + 86_400)
    assert ran.code == 0
    assert f"harbour.txt: text changed (1 of {CLIPS} clips to speak)" in ran.out
    assert len(clips(built) - known) == 1
    after = record(built)
    assert {name for name in after if after[name] != before[name]} == {
        *("sources", "updated", "revision", "media", "replaced", "frames", "level", "chapters", "cues"),
        *("words", "original", "revisions"),
    } - {name for name in ("frames", "level", "chapters") if after[name] == before[name]}
    assert (before["revision"], after["revision"]) == (1, 2)
    assert after["updated"] == "2026-01-02T00:00:00Z"
    assert after["replaced"] == [before["media"]]
    sound = (built / "audio" / after["media"]["file"]).read_bytes()
    assert hashlib.sha256(sound).hexdigest() == after["media"]["sha256"] != before["media"]["sha256"]
    assert (built / "audio" / before["media"]["file"]).stat().st_size == before["media"]["bytes"]
    assert set(items(built)) == guids
    (item,) = items(built).values()
    assert item["url"].endswith(f"/audio/{after['media']['file']}")
    assert item["length"] == str(len(sound))
    assert item["link"].endswith("/feed/episodes/harbour.html")
    assert "هائجا" in (built / "feed" / "episodes" / "harbour.html").read_text("utf-8")


def test_an_edit_taken_back_is_the_old_file_again(built, run, files, epoch):
    """Nothing is spoken for it, and what was replaced no longer counts as replaced."""
    first, before = record(built)["media"], outputs(files(built))
    edit(built, "وكان البحر هادئا", "وكان البحر هائجا")
    run(built, "build", epoch=epoch + 1)
    second = record(built)["media"]
    edit(built, "وكان البحر هائجا", "وكان البحر هادئا")
    ran = run(built, "build", "--why", epoch=epoch + 2)
    assert f"text changed (0 of {CLIPS} clips to speak)" in ran.out
    assert record(built)["media"] == first
    assert record(built)["replaced"] == [second]
    assert outputs(files(built))[f"audio/{first['file']}"] == before[f"audio/{first['file']}"]


def test_a_dry_run_says_why_and_changes_nothing(built, run, files, brief):
    edit(built, "وكان البحر هادئا", "وكان البحر عاليا")
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    before, stamps = files(built), times(built)
    ran = run(built, "build", "--dry-run")
    assert ran.code == 0
    assert f"harbour.txt: text changed (1 of {CLIPS} clips to speak)" in ran.out
    assert "rain.txt: new (" in ran.out
    assert "2 of 2 would be made" in ran.out
    assert files(built) == before
    read = (".nashra/tashkeel/", ".nashra/readings/")
    outside = {name for name in set(times(built)) ^ set(stamps) if not name.startswith(read)}
    assert outside == set()  # what sentences are read as may be kept: without it nobody can count clips
    assert {name: times(built)[name] for name in stamps} == stamps


CHANGES = {
    "another voice": ("voice changed", 'engine = "tone"', 'engine = "tone"\nname = "other"', CLIPS),
    "another speed": ("voice changed", "speed = 2.0", "speed = 1.5", CLIPS),
    "another pause": ("recipe changed", "heading_ms = 150", "heading_ms = 900", 0),
    "another loudness": ("recipe changed", "[voice]", "[loudness]\ntarget_lufs = -18\n[voice]", 0),
    "another lead title": ("recipe changed", "[voice]", '[titles]\nlead = "البداية"\n[voice]', 0),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_settings_is_named_with_what_it_costs(built, run, change):
    why, old, new, spoken = CHANGES[change]
    edit(built, old, new, "nashra.toml")
    ran = run(built, "build", "--dry-run")
    assert ran.out.startswith(f"harbour.txt: {why} ({spoken} of {CLIPS} clips to speak)\n")


def test_another_voice_from_the_command_line_is_a_changed_voice(built, run):
    ran = run(built, "build", "--why", "--voice", "tone:deep")
    assert f"harbour.txt: voice changed ({CLIPS} of {CLIPS} clips to speak)" in ran.out
    assert record(built)["voice"]["name"] == "deep"
    assert record(built)["revision"] == 2


def test_a_changed_pause_is_heard_and_nothing_is_spoken_again(built, run):
    before, known = record(built), clips(built)
    edit(built, "heading_ms = 150", "heading_ms = 1150", "nashra.toml")
    assert run(built, "build").code == 0
    assert clips(built) == known
    longer = record(built)["frames"] - before["frames"]
    assert abs(longer - 2 * 44_100) <= 2 * 1152  # two headings, a second each, in whole MPEG frames


# What is lost and comes back


@pytest.mark.slow
def test_a_lost_cache_costs_only_time(built, run, files):
    before = outputs(files(built))
    shutil.rmtree(built / ".nashra")
    assert "harbour.txt: up to date" in run(built, "build", "--why").out
    assert outputs(files(built)) == before
    shutil.rmtree(built / ".nashra")
    assert f"forced ({CLIPS} of {CLIPS} clips to speak)" in run(built, "build", "--why", "--force").out
    assert outputs(files(built)) == before


def test_lost_outputs_come_back_byte_for_byte(built, run, files, epoch):
    before = outputs(files(built))
    shutil.rmtree(built / "feed")
    (built / "audio" / record(built)["media"]["file"]).unlink()
    ran = run(built, "build", "--why", epoch=epoch + 99)
    assert f"harbour.txt: missing mp3 (0 of {CLIPS} clips to speak)" in ran.out
    assert outputs(files(built)) == before


def test_a_cut_mp3_is_noticed_and_made_whole(built, run, files):
    before = outputs(files(built))
    sound = built / "audio" / record(built)["media"]["file"]
    sound.write_bytes(sound.read_bytes()[:-100])
    assert "harbour.txt: damaged mp3" in run(built, "build", "--why").out
    assert outputs(files(built)) == before


@pytest.mark.slow
def test_a_damaged_cache_is_no_cache(built, run, files):
    """Half a clip, half a part, an unreadable memo: they are made again, and the outputs are the same."""
    before = outputs(files(built))
    for path in (built / ".nashra").rglob("*.*"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert run(built, "build", "--force").code == 0
    assert outputs(files(built)) == before


# Articles come, go and change their names


def test_a_deleted_article_leaves_the_feed_and_its_page_goes(built, run, brief):
    """Its sound and record stay on disk: whoever is listening to it listens on."""
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    rain = record(built, "rain")
    assert len(items(built)) == 2
    (built / "articles" / "rain.txt").unlink()
    assert run(built, "build").code == 0
    assert set(items(built)) == {record(built)["guid"]}
    assert not (built / "feed" / "episodes" / "rain.html").exists()
    assert "rain" not in (built / "feed" / "index.html").read_text("utf-8")
    assert (built / "audio" / rain["media"]["file"]).exists()
    assert record(built, "rain") == rain


def test_a_deleted_article_leaves_no_page_though_the_cache_is_lost_with_it(built, run, brief):
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    (built / "articles" / "rain.txt").unlink()
    shutil.rmtree(built / ".nashra")
    assert run(built, "build").code == 0
    assert not (built / "feed" / "episodes" / "rain.html").exists()


def test_a_renamed_article_keeps_its_guid_its_slug_and_its_sound(built, run, files, epoch):
    before, outside = record(built), files(built / "feed")
    (built / "articles" / "harbour.txt").rename(built / "articles" / "port.txt")
    ran = run(built, "build", "--why", epoch=epoch + 86_400)
    assert "port.txt: renamed" in ran.out
    after = record(built)
    assert after["article"] == "port.txt"
    assert {name: after[name] for name in ("guid", "slug", "published", "updated", "media")} == {
        name: before[name] for name in ("guid", "slug", "published", "updated", "media")
    }
    assert files(built / "feed") == outside
    assert "up to date" in run(built, "build", "--why").out


def test_an_article_renamed_and_edited_keeps_its_record_by_its_slug(built, run, epoch):
    """`slug:` in front matter says whose record it is, where the content no longer does."""
    before = record(built)
    (built / "articles" / "harbour.txt").rename(built / "articles" / "port.txt")
    edit(built, "ميناء المدينة يستقبل", "---\nslug: harbour\n---\nميناء المدينة يستقبل", "articles/port.txt")
    edit(built, "وكان البحر هادئا", "وكان البحر هائجا", "articles/port.txt")
    ran = run(built, "build", "--why", epoch=epoch + 86_400)
    assert f"port.txt: renamed (1 of {CLIPS} clips to speak)" in ran.out
    after = record(built)
    assert (after["guid"], after["published"]) == (before["guid"], before["published"])
    assert after["revision"] == 2
    assert after["replaced"] == [before["media"]]


def test_an_article_renamed_and_edited_keeps_its_item_though_it_fails(built, run, brief):
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    listed = items(built)
    (built / "articles" / "harbour.txt").rename(built / "articles" / "port.txt")
    edit(built, "ميناء المدينة يستقبل", "---\nslug: harbour\n---\nميناء المدينة يستقبل", "articles/port.txt")
    assert run(built, "build", "port", "--voice", "espeak:xx").code == 2
    assert items(built) == listed
    assert (built / "feed" / "episodes" / "harbour.html").exists()


def test_a_draft_is_built_but_not_listed(built, run, brief):
    (built / "articles" / "rain.txt").write_text(f"---\ndraft: true\n---\n{brief}", "utf-8")
    assert run(built, "build").code == 0
    draft = record(built, "rain")
    assert draft["draft"] is True
    assert (built / "audio" / draft["media"]["file"]).exists()
    assert set(items(built)) == {record(built)["guid"]}
    assert not (built / "feed" / "episodes" / "rain.html").exists()
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    assert set(items(built)) == {record(built)["guid"], draft["guid"]}


def test_an_article_with_a_date_to_come_waits_for_it(built, run, brief, epoch):
    (built / "articles" / "rain.txt").write_text(f"---\ndate: 2026-01-05 08:00\n---\n{brief}", "utf-8")
    assert "0 of 2 would be made" in run(built, "build", "--dry-run").out
    ran = run(built, "build", "--why")
    assert ran.code == 0
    assert "rain.txt: waits until 2026-01-05 08:00 UTC" in ran.out
    assert not list((built / "audio").glob("rain*"))
    assert len(items(built)) == 1
    assert run(built, "build", epoch=epoch + 5 * 86_400).code == 0
    assert record(built, "rain")["published"] == "2026-01-05T08:00:00Z"
    assert len(items(built)) == 2


@pytest.mark.parametrize("field", ["date: 2030-01-01", "draft: true"])
def test_a_station_with_nothing_to_publish_yet_is_no_failure(station, run, brief, field):
    unpublished = station({"rain.txt": f"---\n{field}\n---\n{brief}"})
    ran = run(unpublished, "build", "--why")
    assert (ran.code, ran.complaints) == (0, [])
    assert not (unpublished / "feed" / "feed.xml").exists()


def test_an_image_in_front_matter_becomes_the_picture_of_the_episode(built, run, brief):
    """Square, beside the sound and named by its content; another picture is another name."""

    def draw(colour):
        file = io.BytesIO()
        Image.new("RGB", (1600, 1400), colour).save(file, "PNG")
        (built / "articles" / "sky.png").write_bytes(file.getvalue())

    draw("navy")
    (built / "articles" / "rain.txt").write_text(f"---\nimage: sky.png\n---\n{brief}", "utf-8")
    assert run(built, "build").code == 0
    made = record(built, "rain")
    picture = (built / "audio" / made["image"]).read_bytes()
    assert made["image"] == f"rain-{hashlib.sha256(picture).hexdigest()[:12]}.jpg"
    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (1400, 1400))
    assert set(made["sources"]) == {"rain.txt", "sky.png"}
    assert items(built)[made["guid"]]["image"].endswith(f"/audio/{made['image']}")
    assert items(built)[record(built)["guid"]]["image"] == ""
    assert "up to date" in run(built, "build", "rain", "--why").out
    draw("teal")
    assert "text changed" in run(built, "build", "rain", "--why").out
    assert record(built, "rain")["image"] != made["image"]
    assert (built / "audio" / made["image"]).read_bytes() == picture


def test_only_the_articles_that_are_named_are_built(built, run, brief):
    edit(built, "وكان البحر هادئا", "وكان البحر هائجا")
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    before = record(built)
    assert run(built, "build", "articles/rain.txt").code == 0
    assert record(built) == before
    assert len(items(built)) == 2


# What fails, and what goes on


def test_of_two_articles_with_one_stem_the_second_is_refused(station, run, brief, news):
    twins = station({"rain.txt": brief, "rain.md": f"# {news}"})
    ran = run(twins, "build")
    assert ran.code == 3
    assert len(ran.complaints) == 1
    assert "rain.txt" in ran.complaints[0]
    assert "articles/rain.md" in ran.complaints[0]
    assert "slug:" in ran.complaints[0]
    assert len(items(twins)) == 1


def test_a_failing_article_keeps_its_episode_and_the_others_go_on(built, run, files, brief):
    before = files(built / "audio")
    (built / "articles" / "harbour.txt").write_bytes(b"\xff\xfe broken")
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (3, 1)
    assert ran.complaints[0].startswith("nashra: articles/harbour.txt:1: ")
    after = files(built / "audio")
    assert before.items() <= after.items()
    assert set(items(built)) == {record(built)["guid"], record(built, "rain")["guid"]}
    assert (built / "feed" / "episodes" / "harbour.html").exists()


def test_several_failures_are_exit_code_1(built, run, files):
    before = outputs(files(built))
    (built / "articles" / "harbour.txt").write_bytes(b"\xff\xfe broken")
    (built / "articles" / "rain.txt").write_bytes(b"")
    ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (1, 2)
    assert outputs(files(built)) == before


def test_a_second_process_says_that_it_waits_and_then_goes_on(built):
    command = [sys.executable, "-m", "nashra", "build", "--station", str(built)]
    with (
        FileLock(built / ".nashra" / "lock") as held,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as second,
    ):
        assert second.stderr.readline() == "another build of this station runs; waiting for it\n"
        assert second.poll() is None
        held.release()
        out, err = second.communicate(timeout=20)
    assert (second.returncode, err) == (0, "")
    assert "nothing to do" in out


@pytest.mark.parametrize(("command", "lock"), [("build", "lock"), ("prune", "lock"), ("pull", "pull.lock")])
def test_no_wait_ends_with_a_code_of_its_own_when_somebody_else_works(built, run, files, command, lock):
    """A timer that starts a build every minute does not want them to queue."""
    before = files(built)
    with FileLock(built / ".nashra" / lock):
        ran = run(built, command, "--no-wait")
    said = "another command works on this station; try again when it has ended, or leave out --no-wait"
    assert (ran.code, ran.complaints) == (8, [f"nashra: {said}"])
    assert files(built) == before
    assert run(built, "build", "--no-wait").code == 0


# How it is written


@pytest.fixture
def replacing(monkeypatch):
    """Return the names that files were given by `Path.replace`, in order, and what may refuse one."""
    done, refuse = [], []
    replace = Path.replace

    def recorded(self, target):
        if any(re.search(pattern, Path(target).as_posix()) for pattern in refuse):
            raise OSError(errno.ENOSPC, "No space left on device")
        done.append(Path(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", recorded)
    return done, refuse


def test_the_sound_is_written_before_its_record_and_the_feed_last(built, run, replacing):
    edit(built, "وكان البحر هادئا", "وكان البحر هائجا")
    assert run(built, "build").code == 0
    written = [path.relative_to(built).as_posix() for path in replacing[0]]
    seen = [name for name in written if name.startswith(("audio/", "feed/"))]
    sound = f"audio/{record(built)['media']['file']}"
    assert seen[:2] == [sound, "audio/harbour.json"]
    assert seen[-1] == "feed/feed.xml"
    assert "feed/episodes/harbour.html" in seen[2:-1]


def test_a_full_disk_ends_the_build_at_once(station, news, brief, run, files, replacing):
    """Of three edited articles the first is made, and the feed stays: nothing else would find room."""
    folder = station({"harbour.txt": news, "rain.txt": brief, "sun.txt": brief.replace("الأمطار", "الشمس")})
    assert run(folder, "build").code == 0
    before = files(folder)
    for name in ("harbour", "rain", "sun"):
        path = folder / "articles" / f"{name}.txt"
        path.write_text(path.read_text("utf-8").rstrip(" .\n") + " اليوم.\n", "utf-8")
    replacing[1].append(r"/audio/rain-\w+\.mp3$")
    ran = run(folder, "build")
    said = "audio/rain.mp3: cannot be read or written: no space left on device"
    assert (ran.code, len(ran.complaints)) == (5, 1)
    assert said in ran.complaints[0]
    assert "the feed is as it was before this build" in ran.out
    after = files(folder)
    assert {name for name in before if name.startswith("feed/") and after[name] != before[name]} == set()
    assert len([name for name in after if re.match(r"audio/harbour-.*mp3", name)]) == 2
    assert len([name for name in after if re.match(r"audio/sun-.*mp3", name)]) == 1
    replacing[1].clear()
    assert run(folder, "build").code == 0
    assert len([name for name in files(folder) if re.match(r"audio/sun-.*mp3", name)]) == 2


FULL = {
    "a clip": (r"\.clip$", 5, "audio"),
    "a part": (r"\.part$", 5, "audio"),
    "the mp3": (r"/audio/harbour-\w+\.mp3$", 5, "audio"),
    "the record": (r"/audio/harbour\.json$", 5, "audio"),
    "a page": (r"/episodes/harbour\.html$", 6, "feed"),
    "the feed": (r"/feed\.xml$", 6, "feed"),
}


@pytest.mark.parametrize("file", FULL)
def test_a_full_disk_leaves_the_old_files_and_no_half_one(built, run, files, replacing, file):
    """The feed still names yesterday's sound; with room again, the same command makes it all whole."""
    pattern, code, branch = FULL[file]
    old, before = record(built), files(built)
    edit(built, "وكان البحر هادئا", "وكان البحر هائجا")
    replacing[1].append(pattern)
    ran = run(built, "build")
    assert (ran.code, len(ran.complaints)) == (code, 1)
    assert "no space left on device; free some disk space" in ran.complaints[0]
    assert "Traceback" not in ran.err
    assert not list(built.rglob("*.tmp"))
    after = files(built)
    assert after["feed/feed.xml"] == before["feed/feed.xml"]
    assert after[f"audio/{old['media']['file']}"] == before[f"audio/{old['media']['file']}"]
    if branch == "audio":
        assert record(built) == old
        assert files(built / "feed") == {
            name.removeprefix("feed/"): data for name, data in before.items() if name.startswith("feed/")
        }
    replacing[1].clear()
    assert run(built, "build").code == 0
    assert record(built)["replaced"] == [old["media"]]
    (item,) = items(built).values()
    assert item["url"].endswith(record(built)["media"]["file"])
