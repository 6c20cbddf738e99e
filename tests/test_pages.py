"""The web pages: right to left, complete, and deaf to whatever an article's text tries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from nashra.errors import FeedError
from nashra.feed.pages import pages
from nashra.feed.timing import sections_of
from nashra.model import RATE, SCHEMA, Cue, Episode, Level, Mark, Media, Show, Voice

FOLDER = Path(__file__).parents[1] / "templates"
TEMPLATES = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.iterdir())}
COVER = "cover-1a2b3c4d.jpg"
SHOW = Show("نشرة", author="هومبريس", base_url="https://radio.example/", description="أخبار مسموعة")

# role, text, does it begin a paragraph; each is said in 10 s
SAID = (
    (("opening", "هذه نشرة.", True), ("title", "زيارة عمل", True), ("sentence", "قام المدير بزيارة.", True)),
    (
        ("heading", "تعزيز التعاون", True),
        ("sentence", "جاءت الزيارة بدعوة.", True),
        ("sentence", "ودامت يومين.", False),
        ("sentence", "ثم عاد الوفد.", True),
    ),
    (("heading", "كأس العالم 2030", True), ("sentence", "تنظمها ثلاث دول.", True)),
    (("closing", "إلى اللقاء.", True),),
)
TITLES = ("زيارة عمل", "تعزيز التعاون", "كأس العالم 2030", "ختام")
STEP = 10 * RATE + 100


def an_episode(**changes) -> Episode:
    """Return a finished episode of SAID, its chapters one after the other."""
    cues: list[Cue] = []
    marks: list[Mark] = []
    for title, chapter in zip(TITLES, SAID, strict=True):
        first = len(cues) * STEP
        for role, text, new in chapter:
            begin = len(cues) * STEP
            cues.append(Cue(begin, begin + 9 * RATE, role, text, new))
        marks.append(Mark(title, first, len(cues) * STEP))
    when = datetime(2025, 7, 3, 8, 30, tzinfo=UTC)
    media = Media("visit-1a2b3c4d5e6f.mp3", 2_120_000, "0" * 64)
    episode = Episode(
        schema=SCHEMA,
        guid="g",
        slug="visit",
        article="visit.txt",
        sources={"a.txt": "0" * 64},
        recipe="r",
        made_with={},
        title="زيارة عمل",
        title_derived=False,
        outlet="هومبريس",
        author="ع ورديني",
        summary="خلاصة الخبر",
        url="https://hompress.example/1",
        image="",
        draft=False,
        voice=Voice("tone", "ar"),
        published=when,
        updated=when,
        revision=1,
        media=media,
        replaced=(),
        frames=len(cues) * STEP,
        level=Level(-16.0, -1.0),
        chapters=tuple(marks),
        cues=tuple(cues),
    )
    return replace(episode, **changes)


def page_of(episode: Episode, **changes) -> html.HtmlElement:
    made = pages(replace(SHOW, **changes), [episode], TEMPLATES, COVER)
    return html.document_fromstring(made[f"episodes/{episode.slug}.html"].decode())


def index_of(*episodes: Episode) -> html.HtmlElement:
    return html.document_fromstring(pages(SHOW, episodes, TEMPLATES, COVER)["index.html"].decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_there_is_an_index_a_page_per_episode_and_two_assets():
    made = pages(SHOW, [an_episode(), an_episode(slug="b")], TEMPLATES, COVER)
    assert sorted(made) == [
        *("assets/nashra.css", "assets/nashra.js", "episodes/b.html", "episodes/visit.html", "index.html"),
    ]


def test_pages_are_arabic_and_read_from_the_right():
    for page in (page_of(an_episode()), index_of(an_episode())):
        assert (page.get("dir"), page.get("lang")) == ("rtl", "ar")


def test_the_same_episodes_give_the_same_bytes():
    first, second = (pages(SHOW, [an_episode()], TEMPLATES, COVER) for _ in range(2))
    assert first == second


def test_the_whole_article_stands_on_its_page_in_order_and_nothing_that_is_said_around_it():
    (text,) = page_of(an_episode()).xpath("//div[@class='text']")
    shown = [words(element) for element in text.xpath(".//h3 | .//p")]
    assert shown == [
        "قام المدير بزيارة.",
        "تعزيز التعاون",
        "جاءت الزيارة بدعوة. ودامت يومين.",
        "ثم عاد الوفد.",
        "كأس العالم 2030",
        "تنظمها ثلاث دول.",
    ]


def test_sections_know_their_start_in_seconds():
    sections = sections_of(an_episode())
    expected = [("", 0.0), ("تعزيز التعاون", 3 * STEP / RATE), ("كأس العالم 2030", 7 * STEP / RATE)]
    assert [(title, start) for title, start, _ in sections] == expected


def test_an_episode_without_chapters_keeps_its_text():
    ((title, start, paragraphs),) = sections_of(an_episode(chapters=()))
    assert (title, start, len(paragraphs)) == ("", 0.0, 4)


def test_chapters_are_links_to_their_time_and_without_script_to_their_text():
    page = page_of(an_episode())
    links = page.xpath("//nav//li/a")
    assert [link.get("href") for link in links] == ["#t=0", "#t=30", "#t=70", "#t=90"]
    assert words(links[2]) == "1:10 كأس العالم 2030"
    assert page.xpath("//section[@id='t=70']/h3/bdi/text()") == ["كأس العالم 2030"]


def test_the_sound_is_reached_by_relative_addresses_from_both_pages():
    file = "visit-1a2b3c4d5e6f.mp3"
    for page, prefix in ((page_of(an_episode()), "../../audio/"), (index_of(an_episode()), "../audio/")):
        assert page.xpath("//audio[@controls]/@src") == [prefix + file]
        (download,) = page.xpath("//a[@download]")
        assert download.get("href") == prefix + file
        assert "2.1 ميغابايت" in words(download)


def test_no_page_asks_another_site_for_anything():
    for page in (page_of(an_episode()), index_of(an_episode())):
        loaded = page.xpath("//*[not(self::a)]/@src | //link/@href")
        assert loaded
        assert not [address for address in loaded if ":" in address or address.startswith("/")]


def test_no_script_or_style_stands_inside_a_page():
    for page in (page_of(an_episode()), index_of(an_episode())):
        assert not page.xpath("//style | //@style | //@*[starts-with(name(), 'on')] | //script[not(@src)]")
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_byline_date_duration_disclosure_and_the_original_are_shown():
    shown = words(page_of(an_episode()))
    for piece in (
        "ع ورديني · هومبريس",
        "3 يوليوز 2025",
        "1:40",
        "يُقرأ هذا الخبر بصوت اصطناعي",
        "المقال الأصلي",
    ):
        assert piece in shown


def test_the_index_lists_the_newest_first_as_given_and_offers_the_feed():
    index = index_of(an_episode(), an_episode(slug="b", title="خبر ثان"))
    assert index.xpath("//h3/a/@href") == ["episodes/visit.html", "episodes/b.html"]
    assert index.xpath("//link[@type='application/rss+xml']/@href") == ["feed.xml"]
    assert index.xpath("//input/@value") == ["https://radio.example/feed/feed.xml"]


def test_an_empty_show_says_so():
    assert "لا توجد حلقات بعد" in words(index_of())


def test_headings_come_in_order_without_a_gap():
    for page in (page_of(an_episode()), index_of(an_episode())):
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


HOSTILE = (
    "{{7*7}}",
    "{% include 'x' %}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_obeyed(text):
    cue = Cue(0, RATE, "sentence", text, new_paragraph=True)
    mark = Mark(text, 0, RATE)
    episode = an_episode(
        title=text, author=text, outlet=text, summary=text, cues=(cue,), chapters=(mark, mark)
    )
    plain, plain_index = page_of(an_episode(cues=(cue,), chapters=(mark, mark))), index_of(an_episode())
    page, index = page_of(episode), index_of(episode)
    assert page.xpath("//div[@class='text']//p")[0].text_content() == text
    assert page.xpath("//h1")[0].text_content() == text
    assert [element.tag for element in page.iter()] == [element.tag for element in plain.iter()]
    assert [element.tag for element in index.iter()] == [element.tag for element in plain_index.iter()]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "//evil", "http://[", ""]
)
def test_only_web_addresses_become_links_to_the_original(url):
    page = page_of(an_episode(url=url))
    assert "المقال الأصلي" not in words(page)
    assert not [link for link in page.xpath("//@href") if "script:" in link or "data:" in link]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% if %}", "templates/index.html.j2:1: .*correct the template"),
        ("{{ shw.title }}", "templates/index.html.j2: .*'shw' is undefined"),
        ("{% extends 'none.j2' %}", "templates/none.j2: is missing"),
        ("{{ 1 / 0 }}", "templates/index.html.j2: division by zero"),
    ],
)
def test_a_broken_template_of_the_station_is_named_with_what_is_wrong(template, said):
    with pytest.raises(FeedError, match=said):
        pages(SHOW, [], TEMPLATES | {"index.html.j2": template}, COVER)


def test_a_missing_asset_is_named():
    with pytest.raises(FeedError, match=r"templates/nashra.css: is missing"):
        pages(SHOW, [], {name: text for name, text in TEMPLATES.items() if name != "nashra.css"}, COVER)
