"""The web pages: right to left, complete, and deaf to whatever an article's text tries."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
import segno
from lxml import etree, html

from nashra.errors import FeedError
from nashra.feed.filters import word_times
from nashra.feed.json_feed import NEWEST
from nashra.feed.labels import LABELS, LANGUAGES
from nashra.feed.list_pages import PER_PAGE, list_pages
from nashra.feed.pages import episode_pages, files_of, prepare, station_pages
from nashra.feed.subscribing import links
from nashra.feed.timing import sections_of
from nashra.model import RATE, SCHEMA, Cue, Episode, Level, Mark, Media, Voice
from nashra.settings import Show, Subscribe

FOLDER = Path(__file__).parents[1] / "templates"
TEMPLATES = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.iterdir())}
COVER = "cover-1a2b3c4d.jpg"
SUBSCRIBE = Subscribe()
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


def pages(show, episodes, templates, cover, subscribe=SUBSCRIBE, *, unchanged=(), standing=None, beside=None):
    """Return all pages of a show."""
    made = station_pages(
        show, episodes, templates, cover, subscribe, unchanged=unchanged, standing=standing or {}
    )
    for episode in episodes:
        if episode.slug not in unchanged:
            sides = (beside or {}).get(episode.slug, ())
            made |= episode_pages(show, episode, templates, cover, subscribe, beside=sides)
    return made


def page_of(episode: Episode, **changes) -> html.HtmlElement:
    made = pages(replace(SHOW, **changes), [episode], TEMPLATES, COVER)
    return html.document_fromstring(made[f"episodes/{episode.slug}.html"].decode())


def index_of(*episodes: Episode) -> html.HtmlElement:
    return html.document_fromstring(pages(SHOW, episodes, TEMPLATES, COVER)["index.html"].decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_there_is_an_index_three_files_per_episode_and_what_machines_read():
    made = pages(SHOW, [an_episode(), an_episode(slug="b")], TEMPLATES, COVER)
    assert sorted(made) == [
        *("assets/nashra.css", "assets/nashra.js", "embed/b.html", "embed/visit.html"),
        *("episodes/b.html", "episodes/visit.html", "feed.json", "index.html"),
        *("oembed/b.json", "oembed/visit.json", "sitemap.xml"),
    ]


def test_pages_are_arabic_and_read_from_the_right():
    for page in (page_of(an_episode()), index_of(an_episode())):
        assert (page.get("dir"), page.get("lang")) == ("rtl", "ar")


def test_the_same_episodes_give_the_same_bytes():
    first, second = (pages(SHOW, [an_episode()], TEMPLATES, COVER) for _ in range(2))
    assert first == second


def test_the_whole_article_stands_on_its_page_in_order_and_nothing_that_is_said_around_it():
    (text,) = page_of(an_episode()).xpath("//div[@class='text']")
    shown = [words(element) for element in text.xpath(".//section/h3 | .//section/p")]
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
        told = "@rel='canonical' or @type='application/json+oembed'"  # a browser fetches neither
        loaded = page.xpath(f"//*[not(self::a)]/@src | //link[not({told})]/@href")
        assert loaded
        assert not [address for address in loaded if ":" in address or address.startswith("/")]


def test_no_script_or_style_stands_inside_a_page():
    for page in (page_of(an_episode()), index_of(an_episode())):
        assert not page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]")
        kinds = page.xpath("//script[not(@src)]/@type")
        assert kinds == ["application/json", "application/ld+json"], "values, which no browser runs"
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
    assert index.xpath("//input[@id='address']/@value") == ["https://radio.example/feed/feed.xml"]


def test_an_episode_shows_its_own_picture_and_tells_it_to_others():
    page = page_of(an_episode(image="visit-0a1b2c.jpg"))
    assert page.xpath("//img[@class='picture']/@src") == ["../../audio/visit-0a1b2c.jpg"]
    told = page.xpath("//meta[@property='og:image']/@content")
    assert told == ["https://radio.example/audio/visit-0a1b2c.jpg"]
    assert not page_of(an_episode()).xpath("//img[@class='picture']")


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
        title=text, author=text, outlet=text, summary=text, cues=(cue,), chapters=(mark, mark), frames=RATE
    )
    plain = page_of(an_episode(cues=(cue,), chapters=(mark, mark), frames=RATE))
    plain_index = index_of(an_episode())
    page, index = page_of(episode), index_of(episode)
    assert page.xpath("//div[@class='text']//section/p")[0].text_content() == text
    for script in page.xpath("//script[not(@src)]"):
        assert json.loads(script.text)
    assert (
        json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)["@graph"][0]["name"] == text
    )
    assert page.xpath("//h1")[0].text_content() == text
    assert [element.tag for element in page.iter()] == [element.tag for element in plain.iter()]
    assert [element.tag for element in index.iter()] == [element.tag for element in plain_index.iter()]
    made, usual = (pages(SHOW, [each], TEMPLATES, COVER) for each in (episode, an_episode(frames=RATE)))
    assert html.document_fromstring(made["embed/visit.html"].decode()).xpath("//h1")[0].text_content() == text
    answers = [json.loads(each["oembed/visit.json"])["html"] for each in (made, usual)]
    (hostile,), (plain_frame,) = (html.fragments_fromstring(each) for each in answers)
    assert dict(hostile.attrib) == dict(plain_frame.attrib) | {"title": text}


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


def test_the_words_of_a_sentence_are_timed_where_the_record_times_them():
    @dataclass(frozen=True)
    class Timed(Cue):
        words: tuple[int, ...] = ()

    timed = Timed(0, 2 * RATE, "sentence", "قام المدير", new_paragraph=True, words=(0, RATE // 2))
    plain = Cue(3 * RATE, 4 * RATE, "sentence", "بزيارة.")
    assert (word_times(timed), word_times(plain)) == ("0 500", "")
    spans = page_of(an_episode(cues=(timed, plain))).xpath("//section/p/span[@data-start]")
    assert [span.get("data-words") for span in spans] == ["0 500", None]


def test_each_section_has_one_labelled_button_and_no_sentence_is_a_tab_stop():
    page = page_of(an_episode())
    shown = [words(button) for button in page.xpath("//section[starts-with(@id, 't=')]/button")]
    assert shown == [
        "استمع من هنا 0:00",
        "استمع من هنا: تعزيز التعاون 0:30",
        "استمع من هنا: كأس العالم 2030 1:10",
    ]
    assert not page.xpath("//span/@tabindex | //span/@role | //@aria-live")


@pytest.mark.parametrize(
    ("subscribe", "expected"),
    [
        (
            Subscribe(),
            {
                "Apple Podcasts": "podcast://radio.example/feed/feed.xml",
                "Pocket Casts": "pktc://subscribe/radio.example/feed/feed.xml",
                "AntennaPod": "https://antennapod.org/deeplink/subscribe?url=https%3A%2F%2Fradio.example%2Ffeed"
                "%2Ffeed.xml&title=%D9%86%D8%B4%D8%B1%D8%A9",
                "Overcast": "overcast://x-callback-url/add?url=https%3A%2F%2Fradio.example%2Ffeed%2Ffeed.xml",
                "gPodder": "https://gpodder.net/subscribe?url=https%3A%2F%2Fradio.example%2Ffeed%2Ffeed.xml",
            },
        ),
        (
            Subscribe(apple="12", spotify="aB3", apps="castbox, spotify, apple, pocketcasts, overcast"),
            {
                "Castbox": "https://castbox.fm/vic/12",
                "Spotify": "https://open.spotify.com/show/aB3",
                "Apple Podcasts": "https://podcasts.apple.com/podcast/id12",
                "Pocket Casts": "https://pca.st/itunes/12",
                "Overcast": "https://overcast.fm/itunes12",
            },
        ),
        (Subscribe(apps=""), {}),
    ],
)
def test_each_app_gets_the_link_that_it_documents(subscribe, expected):
    assert dict(links(SHOW, subscribe)) == expected
    made = pages(SHOW, [an_episode()], TEMPLATES, COVER, subscribe)
    index = html.document_fromstring(made["index.html"].decode())
    shown = index.xpath("//ul[@class='apps']//a/@href")
    assert shown == [*expected.values(), "feed.xml"]


def test_the_code_for_phones_leads_to_the_buttons_and_stands_on_the_first_page_alone():
    """It is the code of the address that a phone must get; that cameras read it is segno's to keep."""
    code = segno.make("https://radio.example/feed/index.html#subscribe", micro=False, error="m")
    episodes = [an_episode(slug=f"e{number}") for number in range(2 * PER_PAGE)]
    made = pages(SHOW, episodes, TEMPLATES, COVER)
    assert code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True).encode() in made["index.html"]
    assert b'id="subscribe"' in made["index.html"]
    assert b'class="segno"' not in made["archive-1.html"]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 74, 75, 130])
def test_the_list_is_paged_from_the_oldest_so_that_a_full_page_never_changes(count):
    episodes = [an_episode(slug=f"e{number}") for number in range(count, 0, -1)]
    found = list_pages(episodes)
    assert [episode for listing in found for episode in listing.episodes] == episodes
    assert found[0].file == "index.html"
    assert len(found[0].episodes) < 2 * PER_PAGE
    for newer, older in pairwise(found):
        assert (newer.older, older.newer) == (older.file, newer.file)
        assert len(older.episodes) == PER_PAGE
    grown = {listing.file: listing.episodes for listing in list_pages([an_episode(slug="new"), *episodes])}
    assert all(grown[listing.file] == listing.episodes for listing in found[1:])


def test_machines_are_told_what_the_page_is():
    page = page_of(an_episode())
    podcast, article = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)["@graph"]
    assert (podcast["@type"], article["@type"]) == ("PodcastEpisode", "NewsArticle")
    assert podcast["associatedMedia"]["contentUrl"] == "https://radio.example/audio/visit-1a2b3c4d5e6f.mp3"
    assert podcast["timeRequired"] == "PT1M40S"
    assert podcast["partOfSeries"]["webFeed"] == "https://radio.example/feed/feed.xml"
    assert article["isBasedOn"] == "https://hompress.example/1"
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://hompress.example/1"]
    own = page_of(an_episode(url="")).xpath("//link[@rel='canonical']/@href")
    assert own == ["https://radio.example/feed/episodes/visit.html"]
    assert page.xpath("//meta[@property='og:audio']/@content") == [podcast["associatedMedia"]["contentUrl"]]
    show = json.loads(index_of(an_episode()).xpath("//script[@type='application/ld+json']")[0].text)
    assert show["@type"] == "PodcastSeries"


def test_both_feeds_and_the_oembed_answer_are_announced():
    index, page = index_of(an_episode()), page_of(an_episode())
    for found, root in ((index, ""), (page, "../")):
        announced = {link.get("type"): link.get("href") for link in found.xpath("//link[@rel='alternate']")}
        assert announced["application/rss+xml"] == f"{root}feed.xml"
        assert announced["application/feed+json"] == f"{root}feed.json"
    assert announced["application/json+oembed"] == "https://radio.example/feed/oembed/visit.json"


def test_the_oembed_answer_holds_the_line_that_the_page_offers():
    made = pages(SHOW, [an_episode()], TEMPLATES, COVER)
    answer = json.loads(made["oembed/visit.json"])
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    (frame,) = html.fragments_fromstring(answer["html"])
    assert frame.get("src") == "https://radio.example/feed/embed/visit.html"
    page = html.document_fromstring(made["episodes/visit.html"].decode())
    assert page.xpath("//input[@id='embed']/@value") == [answer["html"]]


def test_the_site_map_names_the_show_and_every_episode_with_its_last_change():
    made = pages(SHOW, [an_episode(), an_episode(slug="b")], TEMPLATES, COVER)
    root = etree.fromstring(made["sitemap.xml"])
    assert [child[0].text for child in root] == [
        "https://radio.example/feed/index.html",
        "https://radio.example/feed/episodes/visit.html",
        "https://radio.example/feed/episodes/b.html",
    ]
    assert {child[1].text for child in root} == {"2025-07-03"}


def test_the_json_feed_lists_the_newest_episodes():
    episodes = [an_episode(slug=f"e{number}") for number in range(NEWEST + 3)]
    feed = json.loads(pages(SHOW, episodes, TEMPLATES, COVER)["feed.json"])
    assert len(feed["items"]) == NEWEST
    item = feed["items"][0]
    assert (item["url"], item["content_text"]) == (
        "https://radio.example/feed/episodes/e0.html",
        "خلاصة الخبر",
    )
    assert item["attachments"][0]["size_in_bytes"] == 2_120_000
    assert feed["feed_url"] == "https://radio.example/feed/feed.json"


@pytest.mark.parametrize(
    ("language", "direction", "said"),
    [
        ("ar-ma", "rtl", "الفصول"),
        ("fr", "ltr", "Chapitres"),
        ("en-gb", "ltr", "Chapters"),
        ("de", "ltr", "Chapters"),
    ],
)
def test_labels_are_in_the_language_of_the_show(language, direction, said):
    page = page_of(an_episode(), language=language)
    assert (page.get("lang"), page.get("dir")) == (language, direction)
    assert words(page.xpath("//h2[@id='chapters']")[0]) == said


def test_every_label_is_there_in_every_language_and_used():
    text = "".join(TEMPLATES.values())
    for name, each in LABELS.items():
        assert len(each) == len(LANGUAGES)
        assert all(each), name
        assert f"say.{name}" in text or f"labels.{name}" in text, name


def test_a_station_overrides_one_template_and_keeps_the_others():
    macros = (
        "{% macro player(episode, sound, beside) %}<p>{{ sound }}</p>{% endmacro %}"
        "{% macro chapters(episode) %}{% endmacro %}"
    )
    own = TEMPLATES | {"player.html.j2": macros}
    page = html.document_fromstring(pages(SHOW, [an_episode()], own, COVER)["episodes/visit.html"].decode())
    assert not page.xpath("//audio")
    assert page.xpath("//p/text()[contains(., 'visit-1a2b3c4d5e6f.mp3')]")
    assert page.xpath("//h1")


def test_a_page_with_what_it_loads_is_far_below_100_kilobytes():
    episode = an_episode(
        cues=tuple(Cue(n * RATE, n * RATE + 9, "sentence", "كلمة " * 20, n % 3 == 0) for n in range(90))
    )
    made = pages(SHOW, [episode] * (2 * PER_PAGE - 1), TEMPLATES, COVER)
    assets = sum(len(data) for name, data in made.items() if name.startswith("assets/"))
    for name in ("episodes/visit.html", "embed/visit.html", "index.html"):
        assert len(made[name]) + assets < 100_000, name


def test_files_of_unchanged_episodes_are_not_made_again():
    episodes = [an_episode(slug="old", cues=()), an_episode()]
    made = pages(SHOW, episodes, TEMPLATES, COVER, unchanged={"old"})
    assert not {name for name in made if "old" in name}
    assert set(files_of("visit")) < set(made)
    whole = pages(SHOW, [an_episode(slug="old"), an_episode()], TEMPLATES, COVER)
    assert {name: whole[name] for name in made} == made


class Side(NamedTuple):
    """A file beside an episode."""

    tag: str
    media_type: str
    path: str


def test_transcripts_are_linked_and_the_player_has_captions():
    sides = (
        Side("transcript", "text/vtt", "transcripts/visit-0a.vtt"),
        Side("transcript", "application/x-subrip", "transcripts/visit-0b.srt"),
        Side("chapters", "application/json+chapters", "chapters/visit-0c.json"),
    )
    made = pages(SHOW, [an_episode()], TEMPLATES, COVER, beside={"visit": sides})
    page = html.document_fromstring(made["episodes/visit.html"].decode())
    assert words(page.xpath("//p[contains(@class, 'transcripts')]")[0]) == "النص بأوقاته: VTT · SRT"
    linked = page.xpath("//p[contains(@class, 'transcripts')]/a/@href")
    assert linked == ["../transcripts/visit-0a.vtt", "../transcripts/visit-0b.srt"]
    for name in ("episodes/visit.html", "embed/visit.html"):
        tracks = html.document_fromstring(made[name].decode()).xpath("//audio/track[@kind='captions']/@src")
        assert tracks == ["../transcripts/visit-0a.vtt"]


def test_pages_of_the_list_that_stand_are_not_made_again():
    episodes = [an_episode(slug=f"e{number}") for number in range(4 * PER_PAGE, 0, -1)]
    slugs = {episode.slug for episode in episodes}
    standing = {page.file: page.fingerprint for page in list_pages(episodes)}

    def lists(listed, unchanged):
        made = pages(SHOW, listed, TEMPLATES, COVER, unchanged=unchanged, standing=standing)
        return {name for name in made if name.startswith(("index", "archive"))}

    assert lists(episodes, slugs) == set()
    assert lists(episodes, slugs - {"e1"}) == {"archive-1.html"}
    assert lists([an_episode(slug="new"), *episodes], slugs) == {"index.html"}
    assert lists(episodes[:-1], slugs) == {"index.html", "archive-1.html", "archive-2.html"}


def test_a_broken_template_is_told_of_when_it_is_rendered_and_not_before():
    """Templates are loaded while the sound is encoded, which a mistake in them must not stop."""
    broken = TEMPLATES | {"episode.html.j2": "{% if %}"}
    prepare(SHOW, broken)
    with pytest.raises(FeedError, match=r"templates/episode.html.j2:1: "):
        pages(SHOW, [an_episode()], broken, COVER)
    prepare(SHOW, TEMPLATES)
    assert pages(SHOW, [an_episode()], TEMPLATES, COVER) == pages(
        SHOW, [an_episode()], dict(TEMPLATES), COVER
    )
