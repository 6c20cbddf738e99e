"""The tags of the podcast name space, as lxml reads them: there when they are true, within their limits."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import podcastparser
import pytest
from lxml import etree

from nashra.configuration import settings
from nashra.errors import ConfigurationError, FeedError
from nashra.feed.guid import podcast_guid
from nashra.feed.listing import Channel, Item, Link
from nashra.feed.podcasting import NARRATOR
from nashra.feed.rss import rss
from nashra.feed.sides import sides
from nashra.feed.soundbite import soundbite
from nashra.model import RATE, SCHEMA, Cue, Episode, Level, Mark, Media, Voice
from nashra.settings import PodcastSettings, Show

DAY = datetime(2025, 1, 30, 12, tzinfo=UTC)
SHOW = Show("نشرة", base_url="https://example.org/n/")
GUID = podcast_guid(SHOW.feed_url)
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
}
# How long each sentence lasts, in seconds: the lead has two, the section one.
LEAD, SECTION = (12, 8), (30,)


def an_episode(lead: tuple[int, ...] = LEAD, section: tuple[int, ...] = SECTION, **changes) -> Episode:
    cues = [Cue(0, 5 * RATE, "opening", "هذه نشرة.", new_paragraph=True)]
    marks = []
    for title, lengths, role in (("موجز الخبر", lead, ""), ("تفاصيل", section, "heading")):
        begin = cues[-1].end
        if role:
            cues.append(Cue(begin, begin + RATE, role, title, new_paragraph=True))
        for length in lengths:
            cues.append(Cue(cues[-1].end, cues[-1].end + length * RATE, "sentence", "نص الخبر."))
        marks.append(Mark(title, begin, cues[-1].end))
    made = Episode(
        schema=SCHEMA,
        guid="guid-a",
        slug="a",
        article="a.txt",
        sources={},
        recipe="",
        made_with={},
        title="عنوان",
        title_derived=False,
        outlet="هومبريس",
        author="ع ورديني",
        summary="",
        url="",
        image="",
        draft=False,
        voice=Voice("espeak", "ar"),
        published=DAY,
        updated=DAY,
        revision=1,
        media=Media("a-0123456789ab.mp3", 123_456, "ab" * 32),
        replaced=(),
        frames=cues[-1].end,
        level=Level(-16.0, -2.0),
        chapters=(Mark("تقديم", 0, 5 * RATE), *marks),
        cues=tuple(cues),
    )
    return replace(made, **changes)


def feed_of(episode: Episode, said: PodcastSettings | None = None, **changes) -> bytes:
    channel = Channel(SHOW, GUID, "cover-0.jpg", "cover-0-600.jpg", said or PodcastSettings())
    channel = replace(channel, **changes)
    beside = tuple(sides(SHOW, episode))
    return rss(channel, [Item(channel, episode, episode.title, beside)], DAY)


def tags(parent, name: str) -> list[tuple[str | None, dict[str, str]]]:
    """Return text and attributes of every such tag directly inside."""
    return [(each.text, dict(each.attrib)) for each in parent.findall(name, NAMES)]


def channel_of(said: PodcastSettings | None = None, **changes):
    return etree.fromstring(feed_of(an_episode(), said, **changes))[0]


def item_of(episode: Episode, said: PodcastSettings | None = None):
    return etree.fromstring(feed_of(episode, said))[0].find("item")


def test_a_channel_without_settings_tells_what_is_always_true():
    """The guid, the lock, the medium, the machine, the cover in two sizes; nothing that nobody said."""
    made = channel_of()
    assert tags(made, "podcast:guid") == [(GUID, {})]
    assert tags(made, "podcast:locked") == [("yes", {})]
    assert tags(made, "podcast:medium") == [("podcast", {})]
    assert tags(made, "podcast:txt") == [("true", {"purpose": "ai-content"})]
    assert [each["href"] for _text, each in tags(made, "podcast:image")] == [
        "https://example.org/n/feed/cover-0.jpg",
        "https://example.org/n/feed/cover-0-600.jpg",
    ]
    for name in ("license", "funding", "updateFrequency", "person", "season"):
        assert not tags(made, f"podcast:{name}")
    assert not tags(made, "itunes:owner")
    assert len(made.findall("atom:link", NAMES)) == 1


def test_a_channel_tells_what_its_owner_says():
    """Every setting of [podcast] in its tag, texts within 128 characters."""
    made = channel_of(
        PodcastSettings(
            locked=False,
            owner="desk@example.org",
            license="cc-by-4.0",
            funding="ادعمونا " * 40,
            funding_url="https://example.org/support?a=1&b=2",
            rrule="FREQ=DAILY",
            complete=True,
        )
    )
    assert tags(made, "podcast:locked") == [("no", {"owner": "desk@example.org"})]
    assert tags(made, "podcast:license") == [("cc-by-4.0", {})]
    ((text, attributes),) = tags(made, "podcast:funding")
    assert attributes == {"url": "https://example.org/support?a=1&b=2"}
    assert len(text) <= 128
    assert tags(made, "podcast:updateFrequency") == [("كل يوم", {"rrule": "FREQ=DAILY", "complete": "true"})]
    assert tags(made, "itunes:complete") == [("Yes", {})]


def test_a_licence_of_ones_own_needs_its_address():
    """The name space wants a url for what is in no list."""
    own = PodcastSettings(license="رخصة الجريدة")
    with pytest.raises(FeedError, match="license_url"):
        channel_of(own)
    with_address = replace(own, license_url="https://example.org/licence")
    assert tags(channel_of(with_address), "podcast:license") == [
        ("رخصة الجريدة", {"url": "https://example.org/licence"})
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rrule", '"daily"'),
        ("rrule", '"FREQ=DAILY;COUNT=3"'),
        ("funding_url", '"support"'),
        ("guid", '"my-podcast"'),
        ("season", "-1"),
    ],
)
def test_a_setting_that_no_app_would_understand_is_refused(key, value):
    """With its line in nashra.toml."""
    raw = f'[show]\ntitle = "x"\n[podcast]\n{key} = {value}\n'.encode()
    with pytest.raises(ConfigurationError, match=f"nashra.toml:4: `podcast.{key}`"):
        settings(raw)


def test_an_item_names_its_transcripts_and_chapters():
    """WebVTT first, each with its type and language; one chapters file."""
    item = item_of(an_episode())
    found = tags(item, "podcast:transcript")
    assert [each["type"] for _text, each in found] == [
        *("text/vtt", "application/x-subrip", "application/json", "text/html")
    ]
    assert {each["language"] for _text, each in found} == {"ar"}
    assert all(each["url"].startswith("https://example.org/n/feed/transcripts/a-") for _text, each in found)
    ((_text, chapters),) = tags(item, "podcast:chapters")
    assert chapters["type"] == "application/json+chapters"


def test_an_item_names_who_wrote_and_who_reads():
    """The byline as author; the voice as narrator, by its engine or by the owner's name for it."""
    author = ("ع ورديني", {"group": "writing", "role": "author"})
    reads = {"group": "cast", "role": "narrator"}
    assert tags(item_of(an_episode()), "podcast:person") == [author, (f"{NARRATOR[0]} (espeak)", reads)]
    named = PodcastSettings(narrator="صوت نشرة")
    assert tags(item_of(an_episode(), named), "podcast:person") == [author, ("صوت نشرة", reads)]
    assert len(tags(item_of(an_episode(author="", outlet="")), "podcast:person")) == 1


def test_the_alternate_enclosure_is_the_mp3_with_its_hash():
    """The same address and length as the enclosure, and the SHA-256 of its bytes as browsers write it."""
    item = item_of(an_episode())
    alternate = item.find("podcast:alternateEnclosure", NAMES)
    enclosure = item.find("enclosure")
    assert alternate.get("default") == "true"
    assert (alternate.get("type"), alternate.get("length")) == ("audio/mpeg", enclosure.get("length"))
    assert alternate.find("podcast:source", NAMES).get("uri") == enclosure.get("url")
    integrity = alternate.find("podcast:integrity", NAMES)
    kind, _, value = integrity.get("value").partition("-")
    assert (integrity.get("type"), kind, base64.b64decode(value).hex()) == ("sri", "sha256", "ab" * 32)


def test_season_and_number_stand_in_both_name_spaces():
    """Only where an episode has them; the season's name only on the season that it is of."""
    said = PodcastSettings(season=2, season_name="موسم الانتخابات")
    item = item_of(an_episode(season=2, number=7), said)
    assert tags(item, "itunes:season") == [("2", {})]
    assert tags(item, "itunes:episode") == [("7", {})]
    assert tags(item, "podcast:season") == [("2", {"name": "موسم الانتخابات"})]
    assert tags(item, "podcast:episode") == [("7", {})]
    assert tags(item_of(an_episode(season=1, number=7), said), "podcast:season") == [("1", {})]
    assert not tags(item_of(an_episode()), "podcast:season")


@pytest.mark.parametrize(
    ("lead", "section", "length_s"),
    [
        ((12, 8), (30,), 20),  # the lead, whole
        ((100, 15, 30), (30,), 115),  # ended before 120 s
        ((6,), (12,), 19),  # filled up, the heading among it
        ((6,), (2,), None),  # too short for one
        ((130,), (30,), None),  # its first sentence is too long
    ],
)
def test_the_soundbite_is_the_lead_within_15_to_120_seconds(lead, section, length_s):
    """It begins with the first sentence of the article and ends after one."""
    made = soundbite(an_episode(lead, section))
    assert [each.length_ms for each in made] == ([] if length_s is None else [length_s * 1000])
    assert all(each.start_ms == 5000 for each in made)


def test_podcastparser_reads_the_inline_chapters():
    """The `psc:` chapters, as gPodder will list them."""
    found = podcastparser.parse("https://example.org/n/feed/feed.xml", BytesIO(feed_of(an_episode())))
    assert [(each["start"], each["title"]) for each in found["episodes"][0]["chapters"]] == [
        (0, "تقديم"),
        (5, "موجز الخبر"),
        (25, "تفاصيل"),
    ]


def test_documents_of_one_feed_name_one_another():
    """An archive says that it is one, where it is served from, and where the others are."""
    links = (Link("next", "https://example.org/n/feed/feed-2024-12.xml"),)
    made = channel_of(file="feed-2025-01.xml", links=links, archive=True)
    found = {each.get("rel"): each.get("href") for each in made.findall("atom:link", NAMES)}
    assert found == {
        "self": "https://example.org/n/feed/feed-2025-01.xml",
        "next": "https://example.org/n/feed/feed-2024-12.xml",
    }
    assert made.find("fh:archive", NAMES) is not None


def test_an_item_depends_on_its_own_record_alone():
    """Another episode beside it changes none of its bytes."""
    channel = Channel(SHOW, GUID, "cover-0.jpg")
    early = an_episode()
    late = an_episode(guid="guid-b", slug="b", published=DAY + timedelta(days=1))
    items = [Item(channel, each, each.title) for each in (late, early)]
    both, alone = (etree.fromstring(rss(channel, part, DAY))[0] for part in (items, items[1:]))
    assert len(both.findall("item")) == 2
    assert etree.tostring(both.findall("item")[1]) == etree.tostring(alone.find("item"))
