"""Feeds of some of the episodes: who is in them, what they share with the whole show, what an edit writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import podcastparser
import pytest
from PIL import Image

from nashra import records, strands
from nashra.configuration import settings as read_settings
from nashra.errors import ConfigurationError
from nashra.feed import paging
from nashra.feed.guid import podcast_guid
from nashra.settings import Strand

PUBLIC = 'base_url = "https://radio.example.org/"'
SPORT = """
[[feed]]
name = "sport"
title = "رياضة المحطة"
categories = ["رياضة"]
itunes_category = "Sports"
"""
SAMIRA = """
[[feed]]
name = "samira"
title = "بقلم سميرة"
authors = ["سميرة العلمي"]
"""


def filed(text: str, **fields: str) -> str:
    rows = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{rows}---\n{text}"


@pytest.fixture
def texts(news, brief) -> dict[str, str]:
    """Return three articles: one of sport, one of sport by Samira, one of neither."""
    return {
        "harbour.txt": news,
        "rain.txt": filed(brief, category="رياضة", tags="ماء، سباق", date="2025-03-01"),
        "wind.txt": filed(
            brief.replace("أمطار", "رياح"),
            category="[مجتمع, الرياضة, رِياضة]",
            author="سميرة العلمي، سعيد بنعلي",
            date="2025-02-01",
        ),
    }


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    """Return where the station is kept once the first test has built it."""
    return tmp_path_factory.mktemp("strands") / "station"


@pytest.fixture
def folder(station, texts, settings, run, shelf, tmp_path) -> Path:
    """Return a copy of a station with two feeds of its own, built."""
    if not shelf.exists():
        made = station(texts, settings.replace("[show]", f"[show]\n{PUBLIC}") + SPORT + SAMIRA)
        ran = run(made, "build")
        assert ran.code == 0, ran.err
        made.rename(shelf)
    return Path(shutil.copytree(shelf, tmp_path / "station"))


def stamps(folder) -> dict[str, int]:
    root = folder / "feed"
    return {
        path.relative_to(root).as_posix(): path.stat().st_mtime_ns
        for path in root.rglob("*")
        if path.is_file()
    }


def entries(folder, name: str) -> dict[str, tuple[str, str]]:
    """Return guid, enclosure address and page of each item, as feedparser sees them, by title."""
    found = feedparser.parse((folder / "feed" / name).read_bytes())
    assert not found.bozo
    return {each.title: (each.id, each.enclosures[0].href, each.link) for each in found.entries}


def test_a_feed_has_what_is_filed_under_its_category_and_one_by_author_what_she_wrote(folder):
    """Vowel marks make no difference; the main feed has all; an episode is the same in every feed."""
    everything, sport, samira = (entries(folder, name) for name in ("feed.xml", "sport.xml", "samira.xml"))
    rain, wind = "أمطار خفيفة في الشمال", "رياح خفيفة في الشمال"
    assert len(everything) == 3
    assert list(sport) == [rain, wind]
    assert list(samira) == [wind]
    assert all(everything[title] == told for title, told in {**sport, **samira}.items())


def test_a_feed_tells_its_own_title_guid_cover_address_and_category(folder):
    """As podcastparser and feedparser read them; what it does not say is the show's."""
    raw = (folder / "feed" / "sport.xml").read_bytes()
    root = ET.fromstring(raw)  # noqa: S314 our own
    space = "{https://podcastindex.org/namespace/1.0}"
    address = "https://radio.example.org/feed/sport.xml"
    assert root.findtext(f"channel/{space}guid") == podcast_guid(address)
    found = feedparser.parse(raw).feed
    assert (found.title, found.link) == ("رياضة المحطة", "https://radio.example.org/feed/sport.html")
    assert found.author == "محطة التجربة"
    assert [tag.term for tag in found.tags] == ["Sports"]
    assert [link.href for link in found.links if link.rel == "self"] == [address]
    main = feedparser.parse((folder / "feed" / "feed.xml").read_bytes()).feed
    assert found.image.href != main.image.href
    assert (folder / "feed" / found.image.href.rpartition("/")[2]).is_file()
    with (folder / "feed" / "sport.xml").open("rb") as file:
        heard = podcastparser.parse(address, file)
    assert [each["title"] for each in heard["episodes"]] == list(entries(folder, "sport.xml"))
    assert all(each["chapters"] for each in heard["episodes"])


def test_items_and_the_json_feed_tell_what_they_are_filed_under(folder):
    """Categories first, then tags."""
    found = feedparser.parse((folder / "feed" / "feed.xml").read_bytes())
    terms = {each.title[:4]: [tag.term for tag in each.get("tags", ())] for each in found.entries}
    assert terms["أمطا"] == ["رياضة", "ماء", "سباق"]
    assert terms["مينا"] == []
    assert '"tags": [\n    "رياضة",\n    "ماء"' in (folder / "feed" / "sport.json").read_text("utf-8")


def test_all_feeds_stand_in_an_outline_that_the_shows_page_links(folder):
    """OPML with the main feed first; each page names the other feeds."""
    root = ET.parse(folder / "feed" / "feeds.opml").getroot()  # noqa: S314 our own
    base = "https://radio.example.org/feed/"
    assert [each.get("xmlUrl") for each in root.iter("outline")] == [
        f"{base}feed.xml",
        f"{base}sport.xml",
        f"{base}samira.xml",
    ]
    for page, others in (("index.html", ("sport", "samira")), ("sport.html", ("index", "samira"))):
        text = (folder / "feed" / page).read_text("utf-8")
        assert 'href="feeds.opml"' in text
        assert all(f'<a href="{other}.html">' in text for other in others)
    sport = (folder / "feed" / "sport.html").read_text("utf-8")
    assert 'value="https://radio.example.org/feed/sport.xml"' in sport
    assert "episodes/harbour.html" not in sport


def test_guids_are_frozen_with_the_podcasts_own(folder, run):
    """The address may change, the guid of a feed stays."""
    first = podcast_guid("https://radio.example.org/feed/sport.xml")
    assert (folder / "podcast-sport.guid").read_text("ascii") == f"{first}\n"
    path = folder / "nashra.toml"
    path.write_text(path.read_text("utf-8").replace("radio.example.org", "news.example.com"), "utf-8")
    assert run(folder, "build").code == 0
    text = (folder / "feed" / "sport.xml").read_text("utf-8")
    assert f"<podcast:guid>{first}<" in text
    assert "https://news.example.com/feed/sport.xml" in text


def test_an_edit_writes_only_the_feeds_that_have_the_episode(folder, run, texts):
    """Nothing changed writes nothing; a new summary of a sports story leaves Samira's feed alone."""
    before = stamps(folder)
    assert run(folder, "build").code == 0
    (folder / ".nashra" / "built.json").unlink()
    assert run(folder, "build").code == 0
    assert stamps(folder) == before
    changed_text = texts["rain.txt"].replace("---\n", "---\nsummary: مطر\n", 1)
    (folder / "articles" / "rain.txt").write_text(changed_text, "utf-8")
    assert run(folder, "build").code == 0
    changed = {name for name, time in stamps(folder).items() if before.get(name) != time}
    assert changed == {
        *("episodes/rain.html", "index.html", "feed.json", "feed.xml"),
        *("sport.html", "sport.json", "sport.xml"),
    }
    # Without the memory of the last build everything is made again, and is the same to the byte.
    after = stamps(folder)
    for memo in ("feed.json", "built.json"):
        (folder / ".nashra" / memo).unlink(missing_ok=True)
    assert run(folder, "build").code == 0
    assert stamps(folder) == after


def test_another_title_changes_the_feed_and_the_lists_and_no_episode(folder, run):
    """The episodes' pages, transcripts and sound do not know of it."""
    before = stamps(folder)
    path = folder / "nashra.toml"
    path.write_text(path.read_text("utf-8").replace("بقلم سميرة", "مقالات سميرة"), "utf-8")
    assert run(folder, "build").code == 0
    changed = {name for name, time in stamps(folder).items() if before.get(name) != time}
    assert {name for name in changed if not name.startswith("cover-")} == {
        *("index.html", "sport.html", "samira.html", "samira.xml", "samira.json", "feeds.opml"),
    }


def test_a_feed_without_an_episode_is_told_and_not_there(folder, run, texts):
    """When its last episode leaves it, its files go, the others stay whole; `check` says it too."""
    (folder / "articles" / "wind.txt").write_text(
        texts["wind.txt"].replace("author: سميرة العلمي، سعيد بنعلي", "author: سعيد بنعلي"), "utf-8"
    )
    ran = run(folder, "build")
    assert ran.code == 0
    (line,) = [line for line in ran.err.splitlines() if "samira" in line]
    assert line.startswith("nashra.toml: the feed `samira` has no episode, and is not there: none is under")
    assert "authors «سميرة العلمي»" in line
    assert not [name for name in stamps(folder) if name.startswith("samira")]
    assert "samira" not in (folder / "feed" / "index.html").read_text("utf-8")
    assert "samira" not in (folder / "feed" / "feeds.opml").read_text("utf-8")
    assert len(entries(folder, "sport.xml")) == 2
    ran = run(folder, "check")
    assert ran.code == 0, ran.out
    assert "feed/samira.xml: is not there" in ran.out


def test_a_feed_that_is_no_longer_wanted_goes(folder, run):
    """With its pages and archives; the outline too when there is only the show left."""
    path = folder / "nashra.toml"
    path.write_text(path.read_text("utf-8").replace(SPORT, "").replace(SAMIRA, ""), "utf-8")
    assert run(folder, "build").code == 0
    left = stamps(folder)
    assert not [name for name in left if name.startswith(("sport", "samira")) or name == "feeds.opml"]
    assert "feeds.opml" not in (folder / "feed" / "index.html").read_text("utf-8")


def test_a_long_feed_is_paged_as_the_main_one_is(folder, run, monkeypatch):
    """Archives by month behind it, under its own name, found through `next`, and kept by their keys."""
    monkeypatch.setattr(paging, "ROOMS", (0,))
    for memo in ("feed.json", "built.json"):
        (folder / ".nashra" / memo).unlink(missing_ok=True)
    assert run(folder, "build").code == 0
    assert "sport-2025-02.xml" in stamps(folder)
    guids, address = [], "https://radio.example.org/feed/sport.xml"
    while address:
        with (folder / "feed" / address.rpartition("/")[2]).open("rb") as file:
            found = podcastparser.parse(address, file)
        guids += [each["guid"] for each in found["episodes"]]
        address = found.get("paged_feed_next")
    assert len(set(guids)) == len(guids) == 2
    ran = run(folder, "check")
    assert ran.code == 0, ran.out


def test_check_looks_at_every_feed(folder, run):
    """An enclosure that is broken in one feed is found there; shared episodes are no double ones."""
    ran = run(folder, "check")
    assert ran.code == 0, ran.out
    assert "items have the" not in ran.out
    path = folder / "feed" / "sport.xml"
    path.write_text(path.read_text("utf-8").replace('type="audio/mpeg"', 'type="audio/mp3"'), "utf-8")
    ran = run(folder, "check")
    assert ran.code == 6
    assert "feed/sport.xml" in ran.out


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ('name = "Sport"\ntitle = "x"\ntags = ["a"]', r":4: `feed.name` is `Sport`"),
        ('name = "feed-2"\ntitle = "x"\ntags = ["a"]', r":4: `feed.name` is `feed-2`"),
        ('name = "a-2025-01"\ntitle = "x"\ntags = ["a"]', r":4: `feed.name` is `a-2025-01`"),
        ('name = "sport"\ntitle = "x"', r":3: the feed `sport` chooses nothing"),
        ('title = "x"\ntags = ["a"]', r":3: a \[\[feed\]\] has no `name`"),
        ('name = "a"\ntags = ["a"]', r":3: a \[\[feed\]\] has no `title`"),
        (
            'name = "a"\ntitle = "x"\ntags = ["a"]\n[[feed]]\nname = "a"\ntitle = "y"\ntags = ["b"]',
            r":8: two feeds have the name `a`",
        ),
    ],
)
def test_a_table_that_makes_no_feed_is_refused(said, match):
    """With its line, in one line."""
    with pytest.raises(ConfigurationError, match=match):
        read_settings(f'[show]\ntitle = "x"\n[[feed]]\n{said}\n'.encode())


def test_the_old_table_is_told_its_new_name():
    """`[feed]` as it was written before there were several."""
    with pytest.raises(ConfigurationError, match=r"nashra.toml:3: .*write \[podcast\]"):
        read_settings(b'[show]\ntitle = "x"\n[feed]\nlocked = false\n')


def test_a_record_from_before_there_were_categories_is_read(folder):
    """It is filed under nothing, and has no small copy."""
    raw = json.loads((folder / "audio" / "rain.json").read_bytes())
    assert (raw["category"], raw["tags"]) == (["رياضة"], ["ماء", "سباق"])
    old = {name: said for name, said in raw.items() if name not in {"category", "tags", "opus"}}
    for cues in (True, False):
        read = records.decode(json.dumps(old).encode(), "rain.json", cues=cues)
        assert (read.category, read.tags, read.opus) == ((), (), None)


def test_a_feed_has_the_cover_that_it_names(folder, run):
    """Its own picture; one that is not there is an error that names it, and the feeds stay."""
    path = folder / "nashra.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('name = "sport"', 'name = "sport"\ncover = "sport.png"'), "utf-8")
    before = (folder / "feed" / "sport.xml").read_bytes()
    ran = run(folder, "build")
    assert ran.code == 2
    assert "the cover sport.png is not there; correct `cover` of the [[feed]] `sport`" in ran.complaints[0]
    assert (folder / "feed" / "sport.xml").read_bytes() == before
    Image.new("RGB", (1500, 1500), (200, 30, 30)).save(folder / "sport.png")
    assert run(folder, "build").code == 0
    found = feedparser.parse((folder / "feed" / "sport.xml").read_bytes()).feed
    with Image.open(folder / "feed" / found.image.href.rpartition("/")[2]) as picture:
        red, green, _blue = picture.convert("RGB").getpixel((700, 700))
    assert red > 150
    assert green < 100
    Image.new("RGB", (1500, 1500), (30, 30, 200)).save(folder / "sport.png")
    assert run(folder, "build").code == 0
    assert feedparser.parse((folder / "feed" / "sport.xml").read_bytes()).feed.image.href != found.image.href


def test_every_kind_of_choice_that_is_made_must_hold(folder):
    """One of the names of each kind."""
    listed = records.load(folder / "audio", cues=False)
    assert [each.slug for each in strands.chosen(Strand("a", "b", tags=("ماء",)), listed)] == ["rain"]
    both = Strand("a", "b", categories=("رياضة",), authors=("سعيد بنعلي",))
    assert [each.slug for each in strands.chosen(both, listed)] == ["wind"]
    assert strands.chosen(Strand("a", "b", categories=("رياضة",), authors=("أحد",)), listed) == ()
