"""The feed's limits and its hostile guests; that other people's parsers read it is tested end to end."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from nashra.articles.decoding import clean
from nashra.errors import FeedError
from nashra.feed.listing import Channel, Item, titles
from nashra.feed.plain import cut, plain, short, untagged
from nashra.feed.rss import DISCLOSURE, LONGEST_DESCRIPTION, rss
from nashra.model import RATE, SCHEMA, Cue, Episode, Level, Mark, Media, Voice
from nashra.settings import Show

DAY = datetime(2025, 1, 30, 12, tzinfo=UTC)
SHOW = Show("نشرة", base_url="https://example.org/n/")
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def episode(slug: str = "a", text: str = "نص الخبر.", **changes) -> Episode:
    made = Episode(
        schema=SCHEMA,
        guid=f"guid-{slug}",
        slug=slug,
        article=f"{slug}.txt",
        sources={},
        recipe="",
        made_with={},
        title="عنوان",
        title_derived=False,
        outlet="",
        author="",
        summary="",
        url="",
        image="",
        draft=False,
        voice=Voice("tone", "ar"),
        published=DAY,
        updated=DAY,
        revision=1,
        media=Media(f"{slug}-0123456789ab.mp3", 123_456, "0" * 64),
        replaced=(),
        frames=90 * RATE,
        level=Level(-16.0, -2.0),
        chapters=(Mark("تقديم", 0, RATE), Mark("موجز", RATE, 90 * RATE)),
        cues=(Cue(RATE, 2 * RATE, "sentence", text, new_paragraph=True),),
    )
    return dataclasses.replace(made, **changes)


def document(*episodes: Episode, show: Show = SHOW) -> bytes:
    """Return the feed of episodes, newest first as the catalogue hands them over."""
    channel = Channel(show, "9b024349-ccf0-5f69-a609-6b82873eab3c", "cover-0.jpg")
    newest_first = sorted(episodes, key=lambda each: (each.published, each.guid), reverse=True)
    names = titles(newest_first)
    items = [Item(channel, each, names[each.guid]) for each in newest_first]
    return rss(channel, items, max((each.updated for each in episodes), default=DAY))


def channel(*episodes: Episode, show: Show = SHOW):
    return etree.fromstring(document(*episodes, show=show))[0]


def test_the_musts_of_a_channel():
    """Title, site link, description, language, category, explicit, image and exactly one self link."""
    made = channel(episode())
    assert made.findtext("link") == "https://example.org/n/feed/index.html"
    assert made.findtext("language") == "ar"
    assert made.findtext("itunes:explicit", namespaces=NAMES) == "false"
    assert made.find("itunes:category/itunes:category", NAMES).get("text") == "Daily News"
    assert made.find("itunes:image", NAMES).get("href") == "https://example.org/n/feed/cover-0.jpg"
    links = made.findall("atom:link", NAMES)
    assert [(link.get("rel"), link.get("href"), link.get("type")) for link in links] == [
        ("self", "https://example.org/n/feed/feed.xml", "application/rss+xml")
    ]
    assert made.find("podcast:txt", NAMES).get("purpose") == "ai-content"


def test_the_musts_of_an_item():
    """One enclosure with the exact length, a guid that is no link, the stored date, whole seconds."""
    item = channel(episode()).find("item")
    assert dict(item.find("enclosure").attrib) == {
        "url": "https://example.org/n/audio/a-0123456789ab.mp3",
        "length": "123456",
        "type": "audio/mpeg",
    }
    assert (item.findtext("guid"), item.find("guid").get("isPermaLink")) == ("guid-a", "false")
    assert item.findtext("pubDate") == "Thu, 30 Jan 2025 12:00:00 +0000"
    assert item.findtext("itunes:duration", namespaces=NAMES) == "90"
    assert item.findtext("itunes:explicit", namespaces=NAMES) == "false"
    assert DISCLOSURE[0] in item.findtext("description")
    assert DISCLOSURE[0] in item.findtext("content:encoded", namespaces=NAMES)


def test_explicit_is_true_or_false():
    """The word that feedgen refuses to write."""
    made = channel(episode(), show=dataclasses.replace(SHOW, explicit=True))
    assert made.findtext("itunes:explicit", namespaces=NAMES) == "true"


@pytest.mark.parametrize(
    ("language", "disclosed", "page", "narrator"),
    [
        ("fr-ma", DISCLOSURE[1], "Page de l’épisode", "Voix de synthèse (tone)"),
        ("de", DISCLOSURE[2], "The episode’s page", "Synthetic voice (tone)"),
    ],
)
def test_a_feed_speaks_the_language_of_its_show(language, disclosed, page, narrator):
    """What Nashra adds to an article's notes was Arabic whatever the show's pages were labelled in."""
    item = channel(episode(), show=dataclasses.replace(SHOW, language=language)).find("item")
    notes = item.findtext("content:encoded", namespaces=NAMES)
    assert disclosed in item.findtext("description")
    assert disclosed in notes
    assert page in notes
    assert [each.text for each in item.findall("podcast:person", NAMES)] == [narrator]


def test_newest_first_and_dated_by_content():
    """Items by date, and lastBuildDate from the records: the clock is never asked."""
    old = episode("old", published=DAY - timedelta(days=1), updated=DAY + timedelta(days=3))
    made = channel(old, episode("new"))
    assert [item.findtext("guid") for item in made.findall("item")] == ["guid-new", "guid-old"]
    assert made.findtext("lastBuildDate") == "Sun, 02 Feb 2025 12:00:00 +0000"
    assert document(old, episode("new")) == document(episode("new"), old)


def test_no_two_items_have_one_title_on_one_day():
    """Of two with the same title AntennaPod would drop one, so the later is numbered."""
    later = episode("b", published=DAY + timedelta(hours=1))
    titles = [item.findtext("title") for item in channel(episode("a"), later).findall("item")]
    assert titles == ["عنوان (2)", "عنوان"]


def test_a_long_description_is_cut_in_bytes_at_a_word():
    """4000 bytes are about 2000 Arabic letters; the disclosure always fits."""
    text = channel(episode(text="كلمة " * 2000)).find("item").findtext("description")
    assert len(text.encode()) <= LONGEST_DESCRIPTION
    assert text.endswith(DISCLOSURE[0])
    assert "كلمة…" in text


@given(st.text(alphabet="ابت ثجح،é€😀", max_size=60), st.integers(4, 80))
def test_cut_fits(text, room):
    """Whatever the text, the cut fits its bytes and is a beginning of the text."""
    made = cut(text, room)
    assert len(made.encode()) <= room
    assert text.startswith(made.removesuffix("…"))


@given(st.text(alphabet="ابت ثجح،é€😀", max_size=60), st.integers(4, 40))
def test_short_fits(text, letters):
    """Whatever the text, it has at most so many characters, and begins as the text does."""
    made = short(text, letters)
    assert len(made) <= letters
    assert " ".join(text.split()).startswith(made.removesuffix("…"))


ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=80)
"""Any character of Unicode, lone surrogates, controls and what turns the direction among them."""


@given(ANYTHING)
def test_no_text_harms_the_feed(text):
    """Markup, CDATA ends, controls, unbalanced bidi marks: wherever they come in, the feed reads as meant."""
    text = f"{text} ]]> <script>&amp;{{{{7*7}}}} \u202e\u2067\0 نهاية"
    marks = (Mark(text, 0, RATE), Mark("موجز", RATE, 90 * RATE))
    show = dataclasses.replace(SHOW, title=text, author=text, description=text, copyright=text)
    made = episode(text=text, title=text, author=text, summary=text, chapters=marks)
    found = channel(made, show=show)
    item = found.find("item")
    assert item.findtext("title") == untagged(short(text, 249 - text.count("<")))
    assert found.findtext("title") == short(text, 255)
    for name in ("title", "itunes:title", "description", "content:encoded"):
        assert "<script>" not in item.findtext(name, namespaces=NAMES)
    everything = "".join(found.itertext()) + "".join(
        value for element in found.iter() for value in element.attrib.values()
    )
    assert not set(everything) & set("\0\x0b\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufeff\uffff")


@given(ANYTHING)
def test_an_article_is_read_as_it_was_cleaned(text):
    """What decoding leaves of an article comes back from the feed letter for letter."""
    text = f"{clean(text)} نهاية"
    item = channel(episode(text=text)).find("item")
    notes = html.fromstring(item.findtext("content:encoded", namespaces=NAMES))
    assert notes.findtext("p") == plain(text)
    assert item.findtext("description").startswith(untagged(plain(text))[:40])


def test_an_empty_feed_is_refused():
    """Directories refuse a feed without an episode, so we do."""
    with pytest.raises(FeedError, match="no episode"):
        document()
