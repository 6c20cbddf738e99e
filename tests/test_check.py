"""`nashra check`: a station as it is built breaks no must, and every rule finds the copy that breaks it."""

from __future__ import annotations

import hashlib
import io
import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

import lameenc
import numpy as np
import pytest
from mutagen.id3 import APIC, ID3, TIT2
from mutagen.mp3 import MP3
from PIL import Image

from nashra.checking import mpeg
from nashra.checking.rules import RULES
from nashra.errors import ConfigurationError, FeedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOME = "http://localhost:8000/"
USUAL = {"address-public", "channel-advised"}
"""What is found of a station as `built` has it: it is for this machine, and claims no copyright."""

ITEM = re.compile(r"    <item>.*?</item>\n", re.DOTALL)


def put(root: Path, pattern: str, old: str, new: str) -> None:
    """Change every place of a text, as a regular expression, in the one file of that pattern."""
    (file,) = root.glob(pattern)
    text = file.read_bytes().decode()
    changed = re.sub(old, lambda _found: new, text, flags=re.DOTALL)
    assert changed != text, f"{pattern} has no {old}"
    file.write_bytes(changed.encode())


def feed(old: str, new: str, *, times: int = 0) -> Callable[[Path], None]:
    """Return what changes the feed; with `times`, so many places of it only."""

    def change(root: Path) -> None:
        file = root / "feed/feed.xml"
        text = file.read_text("utf-8")
        changed, places = re.subn(old, lambda _found: new, text, count=times, flags=re.DOTALL)
        assert places, f"the feed has no {old}"
        file.write_bytes(changed.encode())

    return change


def twice(*changes: tuple[str, str]) -> Callable[[Path], None]:
    """Return what lists the item once more, changed in these places."""

    def change(root: Path) -> None:
        file = root / "feed/feed.xml"
        text = file.read_text("utf-8")
        found = ITEM.search(text)
        item = found[0]
        for old, new in changes:
            assert re.search(old, item), old
            item = re.sub(old, new, item)
        file.write_bytes((text[: found.end()] + item + text[found.end() :]).encode())

    return change


OTHER_GUID = ("<guid(.*?)>.*?</guid>", r"<guid\1>another</guid>")
OTHER_TITLE = ("<title>.*?</title>", "<title>عنوان آخر</title>")
OTHER_SOUND = (r"audio/harbour-", "audio/other-")
NOT_OURS = (r"http://localhost:8000/audio/", "https://elsewhere.org/")


def everywhere(old: str, new: str) -> Callable[[Path], None]:
    """Return what changes a text in every text of the station."""

    def change(root: Path) -> None:
        for file in [root / "nashra.toml", *(root / "feed").rglob("*")]:
            if file.suffix in {".toml", ".xml", ".json", ".html"}:
                file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))

    return change


def moved(address: str) -> Callable[[Path], None]:
    """Return what brings the whole station to another address."""

    def change(root: Path) -> None:
        everywhere(HOME, address)(root)
        toml = root / "nashra.toml"
        text = toml.read_text("utf-8").replace("[show]\n", f'[show]\nbase_url = "{address}"\n')
        toml.write_text(text, "utf-8")

    return change


def another_feed(root: Path) -> None:
    """Ask for a feed of some episodes, of which there is none."""
    with (root / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write('[[feed]]\nname = "sport"\ntitle = "x"\ntags = ["a"]\n')


def sounding(remade: Callable[[bytes], bytes], *, seconds: int = 18) -> Callable[[Path], None]:
    """Return what puts another MP3 there, and all that the feed says of its bytes."""

    def change(root: Path) -> None:
        (old,) = (root / "audio").glob("*.mp3")
        mp3 = remade(old.read_bytes())
        digest = hashlib.sha256(mp3)
        new = old.with_name(f"harbour-{digest.hexdigest()[:12]}.mp3")
        everywhere(old.name, new.name)(root)
        feed(r'length="\d+"', f'length="{len(mp3)}"')(root)
        feed('value="sha256-[^"]*"', f'value="sha256-{b64encode(digest.digest()).decode()}"')(root)
        feed("<itunes:duration>18", f"<itunes:duration>{seconds}", times=1)(root) if seconds != 18 else None
        old.unlink()
        new.write_bytes(mp3)

    return change


def tagged(change: Callable[[ID3], object]) -> Callable[[Path], None]:
    """Return what changes the tags of the MP3."""

    def remade(mp3: bytes) -> bytes:
        file = io.BytesIO(mp3)
        tags = ID3(file, translate=False)
        change(tags)
        file.seek(0)
        tags.save(file, v2_version=3)
        return file.getvalue()

    return sounding(remade)


def encoded(rate: int, kbits: int, seconds: int) -> Callable[[bytes], bytes]:
    """Return what keeps the tags of an MP3 and has another sound behind them."""

    def remade(mp3: bytes) -> bytes:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_in_sample_rate(rate)
        encoder.set_out_sample_rate(rate)
        encoder.set_channels(1)
        encoder.set_bit_rate(kbits)
        wave = np.sin(np.arange(rate * seconds) * 0.05) * 8000
        file = io.BytesIO(bytes(encoder.encode(wave.astype("<i2").tobytes()) + encoder.flush()))
        tags = ID3(io.BytesIO(mp3), translate=False)
        if seconds < 18:
            tags.delall("CHAP")
            tags.delall("CTOC")
        file.seek(0)
        tags.save(file, v2_version=3)
        return file.getvalue()

    return remade


def painted(kind: str, size: int, colours: str = "RGB", *, noise: bool = False) -> Callable[[Path], None]:
    """Return what puts another picture in the cover's place."""

    def change(root: Path) -> None:
        (cover,) = [each for each in (root / "feed").glob("cover-*.jpg") if "-600" not in each.name]
        picture = Image.new(colours, (size, size))
        if noise:
            values = np.random.default_rng(1).integers(0, 255, (size, size, 3), dtype=np.uint8)
            picture = Image.fromarray(values)
        picture.save(cover, kind)

    return change


def page(old: str, new: str, pattern: str = "feed/index.html") -> Callable[[Path], None]:
    """Return what changes a page, or another file of the station."""
    return lambda root: put(root, pattern, old, new)


def archive(root: Path) -> None:
    """Put a document there that nothing links to."""
    text = (
        (root / "feed/feed.xml")
        .read_text("utf-8")
        .replace('feed.xml" rel="self"', 'feed-2025-01.xml" rel="self"')
    )
    (root / "feed/feed-2025-01.xml").write_text(ITEM.sub("", text), "utf-8")


def older_first(root: Path) -> None:
    """List an older item before a newer one."""
    twice(OTHER_GUID, OTHER_TITLE, NOT_OURS)(root)
    feed("<pubDate>[^<]*", "<pubDate>Wed, 31 Dec 2025 00:00:00 +0000", times=1)(root)


def flipped(root: Path) -> None:
    """Change one bit of the MP3 under its name."""
    (file,) = (root / "audio").glob("*.mp3")
    mp3 = bytearray(file.read_bytes())
    mp3[-1] ^= 1
    file.write_bytes(mp3)


def unnamed(root: Path) -> None:
    """Give the MP3 a name without a hash."""
    (file,) = (root / "audio").glob("*.mp3")
    everywhere(file.name, "harbour.mp3")(root)
    file.rename(file.with_name("harbour.mp3"))


def torn(root: Path) -> None:
    """Leave only the first half of the cover."""
    (cover,) = [each for each in (root / "feed").glob("cover-*.jpg") if "-600" not in each.name]
    cover.write_bytes(cover.read_bytes()[:100_000])


def tiny(mp3: bytes) -> bytes:
    """Return a second of sound without a picture."""
    file = io.BytesIO(encoded(44_100, 96, 1)(mp3))
    tags = ID3(file)
    tags.delall("APIC")
    file.seek(0)
    tags.save(file, v2_version=3)
    return file.getvalue()


class Broken(NamedTuple):
    """A rule, what breaks it, where and in what words it is found, and what else is then found."""

    rule: str
    by: Callable[[Path], None]
    where: str
    what: str
    also: frozenset[str] = frozenset()


FEED = r"feed/feed\.xml:\d+"
SOUND = r"audio/harbour-[0-9a-f]{12}\.mp3"
COVER = r"feed/cover-[0-9a-f]{12}\.jpg"
SHUFFLED = frozenset({"beside-in-time", "beside-agrees"})
"""What is found of tags that mutagen saved: it puts chapters by size (its issue 506)."""

BREAKS = (
    Broken("feed-readable", feed("</channel>", ""), r"feed/feed\.xml", "is no XML"),
    Broken(
        "feed-readable",
        feed("<rss ", '<!DOCTYPE rss [<!ENTITY a "b">]><rss '),
        r"feed/feed\.xml",
        "DOCTYPE",
        frozenset({"feed-understood"}),
    ),
    Broken("feed-readable", feed("^", "\ufeff", times=1), r"feed/feed\.xml", "byte order mark"),
    Broken(
        "feed-name-spaces",
        feed("namespace/1.0", "namespace/1.1"),
        r"feed/feed\.xml",
        "podcast",
        frozenset({"voice-disclosed", "transcript-there", "chapters-there"}),
    ),
    Broken(
        "feed-understood",
        feed("</channel>", "</channel><item><title>x</title></item>"),
        r"feed/feed\.xml",
        "2 items of 1",
    ),
    Broken(
        "feed-size", feed("<channel>", f"<channel><!--{'x' * 5_000_000}-->"), r"feed/feed\.xml", "5,000,000"
    ),
    Broken(
        "feed-light", feed("<channel>", f"<channel><!--{'x' * 1_000_000}-->"), r"feed/feed\.xml", "1,000,000"
    ),
    Broken("feed-episodes", feed(ITEM.pattern, ""), r"feed/feed\.xml", "no episode"),
    Broken("feed-there", another_feed, r"feed/sport\.xml", "no episode belongs to that feed"),
    Broken("feed-pages", archive, r"feed/feed-2025-01\.xml", "follows `next`", frozenset({"feed-episodes"})),
    Broken("text-trimmed", feed("<generator>", "<generator> "), FEED, "<generator>"),
    Broken("text-printable", feed("<generator>", "<generator>\u202e"), FEED, "direction"),
    Broken("text-printable", feed("<generator>", "<generator>a\u0085"), FEED, "control character"),
    Broken("text-escaped-once", feed("<title>", "<title>&amp;amp; "), FEED, "`&amp;`"),
    Broken("channel-required", feed("<language>ar</language>", ""), r"feed/feed\.xml", "<language>"),
    Broken("channel-self", feed('feed.xml" rel="self"', 'index.html" rel="self"'), FEED, "it is at http"),
    Broken("channel-site", feed("<link>[^<]*index.html", f"<link>{HOME}feed/feed.xml"), FEED, "the feed"),
    Broken("channel-language", feed("<language>ar", "<language>عربي"), FEED, "عربي"),
    Broken("channel-category", feed('text="News"', 'text="news"'), FEED, "«news»"),
    Broken("channel-category", feed('text="Daily News"', 'text="Local News"'), FEED, "under News"),
    Broken("channel-advised", feed("<generator>Nashra</generator>", ""), r"feed/feed\.xml", "<generator>"),
    Broken("channel-guid", feed("<podcast:guid>", "<podcast:guid>x"), FEED, "no UUID"),
    Broken("words-known", feed("<itunes:explicit>false", "<itunes:explicit>no"), FEED, "«no»"),
    Broken("text-lengths", feed("<description>", f"<description>{'كلمة ' * 500}"), FEED, "bytes"),
    Broken("text-lengths", feed("<itunes:author>", f"<itunes:author>{'a' * 250}"), FEED, "characters"),
    Broken(
        "tags-dropped",
        feed("<generator>", "<itunes:summary>x</itunes:summary><generator>"),
        FEED,
        "itunes:summary",
    ),
    Broken(
        "voice-disclosed",
        feed('<podcast:txt purpose="ai-content">true', '<podcast:txt purpose="ai-content">false', times=1),
        FEED,
        "channel",
    ),
    Broken("item-required", feed("<pubDate>.*?</pubDate>", ""), FEED, "<pubDate>"),
    Broken("item-advised", feed("<itunes:episodeType>full</itunes:episodeType>", ""), FEED, "episodeType"),
    Broken("item-guid", feed(' isPermaLink="false"', ""), FEED, "isPermaLink"),
    Broken(
        "item-guid", twice(OTHER_TITLE, NOT_OURS), FEED, "2 items have the guid", frozenset({"address-own"})
    ),
    Broken("item-enclosure", feed('type="audio/mpeg"/>', 'type="audio/mp3"/>'), FEED, "audio/mp3"),
    Broken("item-sound-once", twice(OTHER_TITLE, OTHER_GUID), FEED, "2 items have the enclosure"),
    Broken(
        "item-title-of-day", twice(OTHER_GUID, NOT_OURS), FEED, "title and day", frozenset({"address-own"})
    ),
    Broken("item-date", feed("<pubDate>[^<]*", "<pubDate>2026-01-01T00:00:00Z"), FEED, "2026-01-01T"),
    Broken(
        "item-not-yet", feed("<pubDate>[^<]*", "<pubDate>Fri, 02 Jan 2026 00:00:00 +0000"), FEED, "to come"
    ),
    Broken("item-markup", feed("<p>", "<p><script>x</script>", times=1), FEED, "script"),
    Broken("title-plain", feed("<title>", "<title>&lt;b&gt;x&lt;/b&gt;"), FEED, "element b"),
    Broken("title-own", feed("<title>ميناء[^<]*", "<title>محطة التجربة – خبر"), FEED, "show's name"),
    Broken("item-order", older_first, FEED, "newer", frozenset({"address-own"})),
    Broken("address-whole", feed("<link>[^<]*index.html", "<link>feed/index.html"), FEED, "not absolute"),
    Broken("address-whole", feed("<link>[^<]*index.html", "<link>https://نشرة.org/"), FEED, "not ASCII"),
    Broken(
        "address-there",
        lambda root: next((root / "feed/transcripts").glob("*.srt")).unlink(),
        FEED,
        ".srt, which is not there",
        frozenset({"page-links"}),
    ),
    Broken("address-there", feed(f"{HOME}feed/index.html", f"{HOME}../nashra.toml"), FEED, "../nashra.toml"),
    Broken(
        "address-own",
        feed(f'enclosure url="{HOME}', 'enclosure url="https://elsewhere.org/'),
        FEED,
        "elsewhere.org",
    ),
    Broken("address-safe", moved("http://nashra.example.org/"), FEED, "not https"),
    Broken("address-public", moved("http://192.168.1.5/"), r"nashra\.toml", "192.168.1.5"),
    Broken("sound-decodes", sounding(lambda mp3: mp3 + bytes(700)), SOUND, "no whole MPEG frame"),
    Broken("sound-decodes", sounding(lambda mp3: mp3[:-100]), SOUND, "no whole MPEG frame"),
    Broken("sound-length", feed(r'length="\d+"', 'length="17"', times=1), FEED, "says that audio/"),
    Broken("sound-duration", feed("<itunes:duration>18", "<itunes:duration>20"), FEED, "lasts 18.3 s"),
    Broken("sound-duration", feed("<itunes:duration>18", "<itunes:duration>0:18"), FEED, "whole seconds"),
    Broken("sound-name", flipped, SOUND, "not the file of its name", frozenset({"sound-hash"})),
    Broken("sound-name", unnamed, r"audio/harbour\.mp3", "no hash"),
    Broken("sound-hash", feed('value="sha256-...', 'value="sha256-AAA'), FEED, "podcast:integrity"),
    Broken("sound-rate", sounding(encoded(22_050, 48, 18)), SOUND, "22050 Hz", SHUFFLED | {"sound-bit-rate"}),
    Broken("sound-tags", tagged(lambda tags: tags.add(TIT2(encoding=0, text="é"))), SOUND, "TIT2", SHUFFLED),
    Broken("sound-bit-rate", sounding(encoded(44_100, 48, 18)), SOUND, "48 kbit/s", SHUFFLED),
    Broken("sound-picture", tagged(lambda tags: tags.delall("APIC")), SOUND, "no picture", SHUFFLED),
    Broken(
        "sound-tiny",
        sounding(tiny, seconds=1),
        SOUND,
        "less than 16,000",
        frozenset({"sound-picture", "beside-in-time", "chapters-there"}),
    ),
    Broken("picture-readable", torn, COVER, "is no picture"),
    Broken("picture-readable", painted("PNG", 1400), COVER, "is PNG"),
    Broken("picture-cover", painted("JPEG", 600), COVER, "600 × 600"),
    Broken("picture-cover", painted("JPEG", 1400, "L"), COVER, "colours L"),
    Broken("picture-light", painted("JPEG", 1400, noise=True), COVER, "more than 512,000"),
    Broken(
        "beside-readable", page("WEBVTT", "", "feed/transcripts/*.vtt"), r"feed/transcripts/.*\.vtt", "WEBVTT"
    ),
    Broken(
        "beside-readable",
        page(",100", ".100", "feed/transcripts/*.srt"),
        r"feed/transcripts/.*\.srt",
        "without times",
    ),
    Broken(
        "beside-readable",
        page('"body"', '"text"', "feed/transcripts/*.json"),
        r"feed/transcripts/.*\.json",
        "`body`",
    ),
    Broken(
        "beside-readable",
        page("<time>0:04", "<time>٠:٠٤", "feed/transcripts/*.html"),
        r"feed/transcripts/.*\.html",
        "another form",
    ),
    Broken(
        "beside-readable",
        page('1.2.0",', "1.2.0", "feed/chapters/*.json"),
        r"feed/chapters/.*\.json",
        "no JSON",
        frozenset(),
    ),
    Broken(
        "beside-in-time",
        page('"startTime": 8.019', '"startTime": 1.5', "feed/chapters/*.json"),
        r"feed/chapters/.*\.json",
        "goes back",
        frozenset({"beside-agrees"}),
    ),
    Broken(
        "beside-in-time",
        page("00:00:16", "00:01:16", "feed/transcripts/*.vtt"),
        r"feed/transcripts/.*\.vtt",
        "behind the end",
    ),
    Broken("beside-inline", feed('start="00:00:04', 'start="٠٠:00:04'), FEED, "another form"),
    Broken("beside-agrees", page("رحلة بلا دخان", "رحلة", "feed/chapters/*.json"), FEED, "other chapters"),
    Broken("beside-agrees", feed("00:00:08.019", "00:00:08.070"), FEED, "other times"),
    Broken(
        "transcript-there",
        feed('type="text/vtt"', 'type="text/plain"'),
        FEED,
        "text/vtt",
        frozenset({"beside-readable"}),
    ),
    Broken("chapters-there", feed("<podcast:chapters [^>]*/>", ""), FEED, "podcast:chapters"),
    Broken("page-readable", page("\\{", "", "feed/feed.json"), r"feed/feed\.json", "no JSON"),
    Broken(
        "page-readable",
        page('ld\\+json">\\{', 'ld+json">', "feed/index.html"),
        r"feed/index\.html",
        "JSON-LD",
    ),
    Broken(
        "page-links",
        page("</main>", '<a href="gone.html">x</a></main>'),
        r"feed/index\.html:\d+",
        "gone.html",
    ),
    Broken(
        "page-links",
        page("episodes/harbour", "episodes/gone", "feed/sitemap.xml"),
        r"feed/sitemap\.xml:1",
        "gone.html",
    ),
    Broken("page-places", page("</main>", '<a href="#gone">x</a></main>'), r"feed/index\.html:\d+", "#gone"),
    Broken(
        "page-alone",
        page("</main>", '<img src="https://ads.org/x.gif"></main>'),
        r"feed/index\.html:\d+",
        "ads.org",
    ),
    Broken("page-named", page(' dir="rtl">', ">"), r"feed/index\.html", "its dir"),
)
"""A station that breaks it, for every rule."""


def found_by(run, root: Path, code: int | None = None) -> list[dict]:
    ran = run(root, "check", "--json")
    told = json.loads(ran.out)
    assert ran.code == (FeedError.exit_code if told["must"] else 0)
    assert code is None or ran.code == code
    return told["findings"]


def test_a_built_station_breaks_no_must(built, run):
    """Of a station for this machine two things are said, and both are advice."""
    ran = run(built, "check")
    assert ran.code == 0
    *lines, last = ran.out.splitlines()
    assert [line.split()[:2] for line in lines] == [["should", "feed/feed.xml:"], ["should", "nashra.toml:"]]
    assert "<copyright>" in lines[0]
    assert lines[1].endswith("set `show.base_url` to where the station will be")
    assert last == f"{len(RULES)} rules; broken: 0 must, 2 should"
    assert ran.err == ""


def test_checking_changes_nothing(built, run, files):
    """It reads, and leaves every byte of the station as it was."""
    before = files(built)
    run(built, "check")
    assert files(built) == before


def test_a_station_with_an_address_and_its_rights_breaks_nothing(station, run, settings, news, brief):
    """Two episodes, for a public host, with a copyright notice: nothing is said of them."""
    said = '[show]\nbase_url = "https://news.example.org/p/"\ncopyright = "2026 الصحيفة"\n'
    root = station({"harbour.txt": news, "rain.txt": brief}, settings.replace("[show]\n", said))
    assert run(root, "build").code == 0
    assert found_by(run, root, code=0) == []


@pytest.mark.parametrize("broken", BREAKS, ids=[f"{each.rule}-{n}" for n, each in enumerate(BREAKS)])
def test_every_rule_finds_what_breaks_it(broken, built, run):
    """Of a copy broken by hand the rule says where and what, and no other rule cries out."""
    broken.by(built)
    found = found_by(run, built)
    ours = [each for each in found if each["rule"] == broken.rule]
    assert [
        each for each in ours if re.fullmatch(broken.where, each["where"]) and broken.what in each["what"]
    ]
    assert all(each["then"] for each in ours)
    assert {each["rule"] for each in found} - USUAL - {broken.rule} == broken.also


def test_every_rule_is_broken_by_a_test():
    """No rule is without a station that breaks it."""
    assert {broken.rule for broken in BREAKS} == {rule.name for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_broken_must_ends_with_the_code_of_the_feed(built, run):
    """A person reads the same that a program does, the musts first, and the exit code tells."""
    feed("<generator>Nashra</generator>", "")(built)
    feed("<language>ar</language>", "")(built)
    ran = run(built, "check")
    assert ran.code == FeedError.exit_code == 6
    assert [line.split()[0] for line in ran.out.splitlines()] == [
        "must",
        "should",
        "should",
        "should",
        f"{len(RULES)}",
    ]
    assert ran.out.startswith("must    feed/feed.xml: the channel has no <language>; set it under [show]")


def test_the_findings_as_json(built, run):
    """Programs are told how many rules there are, how many are broken, and of each finding five things."""
    ran = run(built, "check", "--json")
    told = json.loads(ran.out)
    assert list(told) == ["rules", "must", "should", "findings"]
    assert (told["rules"], told["must"], told["should"]) == (len(RULES), 0, 2)
    assert told["findings"][1] == {
        "rule": "address-public",
        "level": "should",
        "where": "nashra.toml",
        "what": "`show.base_url` is http://localhost:8000/, which nobody else can reach",
        "then": "set `show.base_url` to where the station will be",
    }


def test_a_station_that_was_never_built_is_one_clear_line(station, run, news):
    """There is nothing to check, and the line says what to do."""
    ran = run(station({"harbour.txt": news}), "check")
    assert ran.code == FeedError.exit_code
    then = "run `nashra build` first; drafts alone make no feed: air one with `nashra approve ARTICLE`"
    said = f"nashra: feed/feed.xml: is not there: the station has no feed; {then}"
    assert (ran.out, ran.complaints) == ("", [said])


def test_settings_that_cannot_be_read_are_another_matter(built, run):
    """What is wrong with nashra.toml ends with its own code."""
    (built / "nashra.toml").write_text("[show]\n", "utf-8")
    ran = run(built, "check")
    assert ran.code == ConfigurationError.exit_code
    assert len(ran.complaints) == 1


def test_a_station_that_moved_and_was_not_built_again(built, run):
    """Everything in the feed has the old address: the feed itself and each file of it is named."""
    toml = built / "nashra.toml"
    toml.write_text(
        toml.read_text("utf-8").replace("[show]\n", '[show]\nbase_url = "https://a.org/"\n'), "utf-8"
    )
    found = {each["rule"] for each in found_by(run, built, code=6)}
    assert {"channel-self", "address-own"} <= found


def test_nothing_outside_the_station_is_read(built, run):
    """A feed that names files elsewhere on the disk is told that they are not there."""
    feed(f'enclosure url="{HOME}audio/[^"]*', f'enclosure url="{HOME}../../../../etc/hostname.mp3')(built)
    whats = [each["what"] for each in found_by(run, built, code=6)]
    assert "<enclosure> names ../../../../etc/hostname.mp3, which is not there" in whats


def test_text_from_the_feed_does_not_command_the_terminal(built, run):
    """Control sequences in what is shown of a file are gone."""
    feed("<language>ar", "<language>\u009b2Jar\u202e")(built)
    ran = run(built, "check")
    assert "«2Jar»" in ran.out
    assert not set(ran.out) & set("\u009b\u202e\x1b")


def test_length_is_counted_as_others_count_it(built):
    """Frame by frame, an MP3 has the length that mutagen reads from its header, and that was recorded."""
    (file,) = (built / "audio").glob("*.mp3")
    walked = mpeg.walk(file.read_bytes())
    assert abs(walked.length_ms - MP3(file).info.length * 1000) < 1
    frames = json.loads((built / "audio/harbour.json").read_text("utf-8"))["frames"]
    assert walked.length_ms == round(frames * 1000 / 44_100)


@pytest.mark.parametrize(("rate", "kbits"), [(44_100, 96), (48_000, 128), (22_050, 48), (11_025, 16)])
def test_frames_of_every_rate_are_walked(rate, kbits):
    """MPEG-1, 2 and 2.5: length to a frame, rate and bit rate, and no fault to the last byte."""
    walked = mpeg.walk(encoded(rate, kbits, 3)(bare_tags()))
    assert walked.fault == ""
    assert (walked.rate, walked.channels) == (rate, 1)
    assert abs(walked.length_ms - 3000) < 160
    assert abs(walked.bit_rate - kbits * 1000) < 1000


def bare_tags() -> bytes:
    file = io.BytesIO()
    tags = ID3()
    tags.add(TIT2(encoding=1, text="عنوان"))
    tags.add(APIC(encoding=1, mime="image/jpeg", type=3, desc="", data=b"x"))
    file.seek(0)
    tags.save(file, v2_version=3)
    return file.getvalue()
