"""What a build writes into `feed/`, and what it leaves alone."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil

import podcastparser
import pytest
from lxml import etree

from nashra import records
from nashra.errors import AudioError
from nashra.feed import paging
from nashra.feed.guid import podcast_guid

NAMES = {
    "podcast": "https://podcastindex.org/namespace/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
}
PUBLIC = 'base_url = "https://radio.example.org/"'


def channel(folder):
    return etree.parse(folder / "feed" / "feed.xml").getroot()[0]


def say(folder, *lines: str) -> None:
    """Add lines to the [show] table of a station."""
    path = folder / "nashra.toml"
    path.write_text(path.read_text("utf-8").replace("[show]", "\n".join(("[show]", *lines))), "utf-8")


def stamps(folder) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in (folder / "feed").rglob("*") if path.is_file()}


def dated(text: str, date: str, **fields: str) -> str:
    rows = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ndate: {date}\n{rows}---\n{text}"


def test_what_the_feed_names_is_there(built):
    """Every transcript and chapters file of the feed exists below `feed/`, by its address."""
    base = "http://localhost:8000/feed/"
    named = channel(built).xpath(
        "//podcast:transcript/@url | //podcast:chapters/@url | //podcast:image/@href", namespaces=NAMES
    )
    assert len(named) == 7
    assert all((built / "feed" / url.removeprefix(base)).is_file() for url in named)


def test_a_rebuild_writes_nothing_even_when_nobody_remembers(built, run, files):
    """Without the memory of the last build everything is made again, and is the same to the byte."""
    before, times = files(built / "feed"), stamps(built)
    (built / ".nashra" / "feed.json").unlink()
    assert run(built, "build").code == 0
    assert (files(built / "feed"), stamps(built)) == (before, times)


def test_a_new_summary_writes_one_page_the_index_and_the_feed(station, run, news, brief):
    """Transcripts, chapters and the page of the other article are left alone, with their times."""
    folder = station({"harbour.txt": news, "rain.txt": brief})
    assert run(folder, "build").code == 0
    before = stamps(folder)
    (folder / "articles" / "rain.txt").write_text(f"---\nsummary: مطر\n---\n{brief}", "utf-8")
    assert run(folder, "build").code == 0
    changed = {
        name.partition("/feed/")[2] for name, time in stamps(folder).items() if before.get(name) != time
    }
    assert changed == {"episodes/rain.html", "index.html", "feed.json", "feed.xml"}


def test_an_edit_makes_other_names_and_a_withdrawal_leaves_nothing(built, run, brief):
    """What stood beside the earlier revision stays as its MP3 does; what is withdrawn cannot be read."""
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    (built / "articles" / "rain.txt").write_text(brief.replace("خفيفة", "غزيرة"), "utf-8")
    assert run(built, "build").code == 0
    beside = sorted((built / "feed" / "transcripts").glob("rain-*"))
    assert len(beside) == 8
    (built / "articles" / "rain.txt").unlink()
    assert run(built, "build").code == 0
    assert not list((built / "feed").rglob("rain*"))
    assert list((built / "feed" / "transcripts").glob("harbour-*"))


def test_an_episode_made_again_has_its_transcripts_made_again(built, run):
    """A record that did not tell the times of words does when it is forced, though its MP3 is the same."""
    record = next((built / "audio").glob("*.json"))
    with_words = record.read_bytes()
    record.write_bytes(re.sub(rb'"words": \[[^]]+\]', b'"words": []', with_words))
    shutil.rmtree(built / "feed")
    assert run(built, "build").code == 0
    told = next((built / "feed" / "transcripts").glob("*.json")).read_text("utf-8")
    assert '"words"' not in told
    assert run(built, "build", "--force").code == 0
    assert record.read_bytes() == with_words
    named = channel(built).xpath("//podcast:transcript[@type='application/json']/@url", namespaces=NAMES)
    told = (built / "feed" / named[0].partition("/feed/")[2]).read_text("utf-8")
    assert '"words"' in told


def test_a_lost_transcript_comes_back(built, run, files):
    """The same bytes under the same name."""
    before = files(built / "feed")
    next((built / "feed" / "transcripts").glob("*.vtt")).unlink()
    assert run(built, "build").code == 0
    assert files(built / "feed") == before


def test_the_guid_is_frozen_at_the_first_public_address(built, run):
    """Before it follows the address; from then on it stays, whatever the address becomes."""
    assert not (built / "podcast.guid").exists()
    say(built, PUBLIC)
    assert run(built, "build").code == 0
    first = podcast_guid("https://radio.example.org/feed/feed.xml")
    assert (built / "podcast.guid").read_text("ascii") == f"{first}\n"
    path = built / "nashra.toml"
    path.write_text(path.read_text("utf-8").replace("radio.example.org", "news.example.com"), "utf-8")
    assert run(built, "build").code == 0
    assert channel(built).findtext("podcast:guid", namespaces=NAMES) == first
    assert channel(built).findtext("link").startswith("https://news.example.com/")


def test_a_guid_file_that_is_broken_is_an_error(built, run):
    """To go on without it would make another podcast."""
    (built / "podcast.guid").write_text("oops\n", "ascii")
    ran = run(built, "build")
    assert ran.code == 2
    assert "podcast.guid" in ran.complaints[0]


def test_a_long_catalogue_is_paged_and_an_edit_touches_its_month(station, run, news, brief, monkeypatch):
    """With room for one month: the rest lies behind `next`, and keeps its bytes when another changes."""
    monkeypatch.setattr(paging, "ROOMS", (0,))
    articles = {
        "harbour.txt": dated(news, "2025-01-05"),
        "rain.txt": dated(brief, "2025-02-05"),
        "wind.txt": dated(brief.replace("أمطار", "رياح"), "2025-03-05"),
    }
    folder = station(articles)
    assert run(folder, "build").code == 0
    feeds = sorted(path.name for path in (folder / "feed").glob("feed*.xml"))
    assert feeds == ["feed-2025-01.xml", "feed-2025-02.xml", "feed.xml"]
    guids, address = [], "http://localhost:8000/feed/feed.xml"
    while address:  # as gPodder does
        with (folder / "feed" / address.rpartition("/")[2]).open("rb") as file:
            found = podcastparser.parse(address, file)
        guids += [each["guid"] for each in found["episodes"]]
        address = found.get("paged_feed_next")
    assert len(set(guids)) == len(guids) == 3
    before = stamps(folder)
    (folder / "articles" / "rain.txt").write_text(dated(brief, "2025-02-05", summary="مطر"), "utf-8")
    assert run(folder, "build").code == 0
    changed = {
        name.partition("/feed/")[2] for name, time in stamps(folder).items() if before.get(name) != time
    }
    assert "feed-2025-02.xml" in changed
    assert "feed-2025-01.xml" not in changed
    monkeypatch.setattr(paging, "ROOMS", (800_000,))
    for memo in ("feed.json", "built.json"):
        (folder / ".nashra" / memo).unlink(missing_ok=True)
    assert run(folder, "build").code == 0
    assert [path.name for path in (folder / "feed").glob("feed*.xml")] == ["feed.xml"]


def test_new_episodes_are_numbered_when_the_owner_wants_it(station, run, news, brief, settings):
    """In the order in which they are made; an edit keeps the number, front matter goes before."""
    said = f"{settings}\n[podcast]\nnumbered = true\nseason = 3\n"
    own = dated(brief.replace("أمطار", "رياح"), "2025-03-05", season="4", episode="40")
    folder = station({"harbour.txt": news, "rain.txt": brief, "wind.txt": own}, said)
    assert run(folder, "build").code == 0

    def numbers() -> dict[str, tuple[int, int]]:
        return {each.slug: (each.season, each.number) for each in records.load(folder / "audio")}

    expected = {"harbour": (3, 1), "rain": (3, 2), "wind": (4, 40)}
    assert numbers() == expected
    (folder / "articles" / "harbour.txt").write_text(news.replace("أربعون", "خمسون"), "utf-8")
    assert run(folder, "build").code == 0
    assert numbers() == expected


def test_a_record_without_its_cues_is_the_record_but_for_them(built):
    """What a build reads of every episode; and it is never written back as if that were all."""
    (whole,), (outline,) = records.load(built / "audio"), records.load(built / "audio", cues=False)
    assert outline == dataclasses.replace(whole, cues=())
    assert records.whole(built / "audio", outline) == whole
    with pytest.raises(AudioError, match="lose its sentences"):
        records.save(built / "audio", outline)


def test_a_record_keeps_the_times_of_words_in_one_line(built):
    """Small, for people and version control; and the same values when it is read."""
    (record,) = (built / "audio").glob("*.json")
    raw = record.read_bytes()
    assert raw == records.encode(records.decode(raw, record.name))
    cues = json.loads(raw)["cues"]
    lines = [line for line in raw.decode().splitlines() if '"words": [' in line]
    assert len(lines) == len(cues)
    assert all(line.rstrip(",").endswith("]") for line in lines)
    assert all(len(cue["words"]) == len(cue["text"].split()) for cue in cues)
