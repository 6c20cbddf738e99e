"""The reference article in the embedded voice, as other people's programs read and hear it."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import re
import shutil
import subprocess
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import miniaudio
import numpy as np
import podcastparser
import pytest
import webvtt
from lxml import etree, html
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from PIL import Image

from nashra import cli

pytestmark = pytest.mark.slow

HERE = Path(__file__).parents[1]
ARTICLE = "hammouchi-spain-visit.txt"
RATE = 44_100
HEADINGS = (
    "تعزيز التعاون بين المغرب و إسبانيا",
    "الإجتماعات الثنائية و المشتركة",
    "توسيع آفاق التعاون",
    "تحالف أمني ثلاثي",
    "تعزيز الشراكة الأمنية",
    "تطوير التكنولوجيا الأمنية",
    "مستقبل مشرق للتعاون الأمني",
)
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
QUIET = 10 ** (-50 / 20) * 32768
"""The sample value of -50 dBFS: what stays below it is silence to a listener."""


@pytest.fixture(scope="module")
def station(tmp_path_factory) -> Path:
    """Return this repository's own station, its one article built."""
    folder = tmp_path_factory.mktemp("reference")
    (folder / "articles").mkdir()
    shutil.copy(HERE / "articles" / ARTICLE, folder / "articles")
    shutil.copy(HERE / "nashra.toml", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1738238400")
        with pytest.raises(SystemExit, match=r"^0$"):
            cli.main(["build", "--station", str(folder), "--jobs", "2"])
    return folder


@pytest.fixture(scope="module")
def record(station) -> dict:
    return json.loads((station / "audio" / "hammouchi-spain-visit.json").read_bytes())


@pytest.fixture(scope="module")
def mp3(station, record) -> Path:
    return station / "audio" / record["media"]["file"]


@pytest.fixture(scope="module")
def sound(mp3) -> np.ndarray:
    return np.array(miniaudio.mp3_read_file_s16(str(mp3)).samples, np.int16)


@pytest.fixture(scope="module")
def feed(station) -> bytes:
    return (station / "feed" / "feed.xml").read_bytes()


def bare(text: str) -> str:
    return "".join(text.split())


def body(station: Path) -> str:
    """Return every written character below the byline, without white space."""
    byline, _, text = (station / "articles" / ARTICLE).read_text("utf-8").strip().partition("\n")
    assert byline == "هومبريس – ع ورديني"
    return bare(text)


# The text


def test_the_chapters_are_the_opening_the_lead_and_the_seven_headings(record):
    titles = [chapter["title"] for chapter in record["chapters"]]
    assert titles == ["تقديم النشرة", "موجز الخبر", *HEADINGS]


def test_chapters_and_cues_follow_one_another_to_the_end(record):
    chapters, cues = record["chapters"], record["cues"]
    assert chapters[0]["start"] == 0
    assert all(a["end"] == b["start"] for a, b in itertools.pairwise(chapters))
    assert all(cue["start"] < cue["end"] for cue in cues)
    assert all(a["end"] < b["start"] for a, b in itertools.pairwise(cues))
    assert chapters[-1]["end"] < cues[-1]["end"] < record["frames"]  # the closing is no listed chapter
    headings = [(cue["start"], cue["text"]) for cue in cues if cue["role"] == "heading"]
    assert [text for _start, text in headings] == list(HEADINGS)
    for (start, _text), chapter in zip(headings, chapters[2:], strict=True):
        assert 0 <= start - chapter["start"] <= RATE // 2


def test_every_written_character_is_said_once_and_in_order(station, record):
    said = [cue["text"] for cue in record["cues"] if cue["role"] in {"heading", "sentence"}]
    assert bare("".join(said)) == body(station)


def test_every_written_character_stands_once_and_in_order_on_the_page(station):
    page = html.parse(station / "feed" / "episodes" / "hammouchi-spain-visit.html")
    (text,) = page.xpath("//div[@class='text']")
    shown = text.xpath(".//section//h3 | .//section//p")
    assert bare("".join(element.text_content() for element in shown)) == body(station)


def test_every_written_character_stands_once_and_in_order_in_the_notes(station, feed):
    notes = html.fromstring(feedparser.parse(feed).entries[0].content[0].value)
    assert body(station) in bare(notes.text_content())
    assert bare(notes.text_content()).count(bare(HEADINGS[0])) == 1


# The sound


def test_the_tag_says_what_a_player_shows(mp3, record):
    tag = ID3(mp3)
    assert tag.version == (2, 3, 0)
    assert str(tag["TIT2"]) == record["title"]
    assert str(tag["TPE1"]) == "ع ورديني"
    assert str(tag["TALB"]) == "نشرة"
    (picture,) = tag.getall("APIC")
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (600, 600))
    assert (picture.mime, picture.type) == ("image/jpeg", 3)


def test_the_tag_lists_the_chapters_in_order_and_to_the_millisecond(mp3, record):
    tag = ID3(mp3)
    (contents,) = tag.getall("CTOC")
    marks = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert len(marks) == len(tag.getall("CHAP")) == 9
    for mark, chapter in zip(marks, record["chapters"], strict=True):
        assert str(mark.sub_frames["TIT2"]) == chapter["title"]
        assert abs(mark.start_time - chapter["start"] / 44.1) < 1
        assert abs(mark.end_time - chapter["end"] / 44.1) < 1


def test_mutagen_finds_mono_speech_as_long_as_the_record_says(mp3, record):
    info = MP3(mp3).info
    assert (info.channels, info.sample_rate, info.sketchy) == (1, RATE, False)
    # Each part begins LAME's count of padding bytes anew: a byte or so less for each of them.
    assert info.bitrate == pytest.approx(96_000, rel=1e-4)
    assert info.length == pytest.approx(record["frames"] / RATE, abs=0.06)


def test_it_decodes_to_exactly_the_frames_of_the_record(sound, record):
    assert len(sound) == record["frames"]


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
def test_ffprobe_finds_the_same_chapters_and_length(mp3, record):
    command = (
        "ffprobe",
        "-v",
        "error",
        "-of",
        "json",
        "-show_format",
        "-show_chapters",
        "-show_streams",
        mp3,
    )
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found = json.loads(ran.stdout)
    assert ran.stderr == ""
    assert found["format"]["tags"]["artist"] == "ع ورديني"
    assert [chapter["tags"]["title"] for chapter in found["chapters"]] == [
        chapter["title"] for chapter in record["chapters"]
    ]
    for seen, chapter in zip(found["chapters"], record["chapters"], strict=True):
        assert float(seen["start_time"]) == pytest.approx(chapter["start"] / RATE, abs=0.001)
    (speech, picture) = found["streams"]
    assert (speech["codec_name"], speech["channels"], speech["sample_rate"]) == ("mp3", 1, "44100")
    assert picture["disposition"]["attached_pic"] == 1
    assert float(found["format"]["duration"]) == pytest.approx(record["frames"] / RATE, abs=0.06)


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
def test_ffmpeg_measures_the_loudness_that_podcasts_have(mp3, record):
    """Within 0.5 LU of -16 LUFS with no peak above -1 dBTP, and what the record says within a tenth."""
    command = (
        "ffmpeg",
        "-hide_banner",
        "-nostats",
        "-i",
        mp3,
        "-map",
        "0:a",
        "-filter:a",
        "ebur128=peak=true",
    )
    ran = subprocess.run(
        (*command, "-f", "null", "-"), capture_output=True, text=True, encoding="utf-8", check=True
    )
    summary = ran.stderr.rpartition("Summary:")[2]
    loudness = float(re.search(r"I:\s*(\S+) LUFS", summary)[1])
    peak = float(re.search(r"Peak:\s*(\S+) dBFS", summary)[1])
    assert abs(loudness + 16) <= 0.5
    assert peak <= -1
    assert loudness == pytest.approx(record["level"]["lufs"], abs=0.15)
    assert peak == pytest.approx(record["level"]["dbtp"], abs=0.15)


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
def test_ffmpeg_decodes_it_without_a_complaint_to_the_same_length(mp3, record):
    command = ("ffmpeg", "-v", "error", "-i", mp3, "-map", "0:a", "-f", "s16le", "-")
    ran = subprocess.run(command, capture_output=True, check=True)
    assert ran.stderr == b""
    assert len(ran.stdout) == 2 * record["frames"]


def test_no_silence_is_longer_than_a_sections_pause_and_a_second_and_it_begins_at_once(sound, record):
    """Between chapters up to a second is added, so that the next begins on a whole one; elsewhere nothing."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > QUIET)
    assert loud[0] < RATE
    natural = RATE * (1000 + 250 + 50) // 1000
    assert np.diff(loud).max() < natural + RATE
    assert len(sound) - loud[-1] < 2 * RATE
    starts = [chapter["start"] for chapter in record["chapters"]]
    for before, silence in zip(loud, np.diff(loud), strict=False):
        if silence > natural:
            assert any(before < start < before + silence for start in starts)
    assert all(start % RATE < 1152 for start in starts)


def test_every_cue_sounds_and_every_pause_is_silent(sound, record):
    """Times are where the words are: none is cut off, none is said between two cues."""
    level = np.abs(sound.astype(np.int32))
    edge = RATE // 20  # an encoder smears a sound over some 25 ms
    for cue in record["cues"]:
        assert level[cue["start"] : cue["end"]].max() > 20 * QUIET
    for before, after in itertools.pairwise(record["cues"]):
        assert level[before["end"] + edge : after["start"] - edge].max() < QUIET


def test_a_heading_is_followed_by_a_longer_pause_than_a_sentence(record):
    pauses = {"heading": [], "sentence": []}
    for cue, after in itertools.pairwise(record["cues"]):
        inside = cue["role"] == "sentence" == after["role"] and not after["new_paragraph"]
        if cue["role"] == "heading" or inside:
            pauses[cue["role"]].append(after["start"] - cue["end"])
    assert len(pauses["heading"]) == 7
    assert min(pauses["heading"]) > max(pauses["sentence"], default=RATE * 350 // 1000)


# The feed


def test_feedparser_reads_the_episode(feed, record, mp3):
    found = feedparser.parse(feed)
    assert not found.bozo
    assert (found.feed.title, found.feed.language) == ("نشرة", "ar")
    (episode,) = found.entries
    assert (episode.title, episode.id) == (record["title"], record["guid"])
    (enclosure,) = episode.enclosures
    assert enclosure.type == "audio/mpeg"
    assert int(enclosure.length) == mp3.stat().st_size
    assert abs(int(episode.itunes_duration) - record["frames"] / RATE) <= 1
    url = urlsplit(enclosure.href)
    assert (url.scheme, url.path) == ("http", f"/audio/{mp3.name}")
    assert url.netloc
    assert url.path.endswith(".mp3")


def test_podcastparser_reads_the_episode(feed, record, mp3):
    found = podcastparser.parse("http://localhost:8000/feed/feed.xml", io.BytesIO(feed))
    assert (found["title"], found["type"], found["explicit"]) == ("نشرة", "episodic", False)
    (episode,) = found["episodes"]
    assert (episode["title"], episode["guid"]) == (record["title"], record["guid"])
    (enclosure,) = episode["enclosures"]
    assert enclosure["file_size"] == mp3.stat().st_size
    assert enclosure["mime_type"] == "audio/mpeg"
    assert enclosure["url"].endswith(f"/audio/{mp3.name}")
    assert abs(episode["total_time"] - record["frames"] / RATE) <= 1
    assert episode["published"] == datetime.fromisoformat(record["published"]).timestamp()
    assert episode["link"].endswith("/feed/episodes/hammouchi-spain-visit.html")


def test_the_channel_says_what_directories_ask_for(feed):
    channel = etree.fromstring(feed).find("channel")
    assert channel.findtext("language") == "ar"
    for element in (channel, *channel.iterfind("item")):
        assert element.findtext("itunes:explicit", None, NAMESPACES) in {"true", "false"}
    (category,) = channel.findall("itunes:category", NAMESPACES)
    assert category.get("text") == "News"
    assert [inner.get("text") for inner in category] == ["Daily News"]
    (itself,) = (link for link in channel.findall("atom:link", NAMESPACES) if link.get("rel") == "self")
    assert itself.get("href") == "http://localhost:8000/feed/feed.xml"
    assert channel.find("itunes:image", NAMESPACES).get("href").endswith(".jpg")


def test_dates_are_those_of_mail(feed, record):
    """RFC 2822 with a zone in figures, in English whatever the locale."""
    item = etree.fromstring(feed).find("channel/item")
    date = item.findtext("pubDate")
    assert re.fullmatch(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", date)
    assert parsedate_to_datetime(date) == datetime.fromisoformat(record["published"])


def test_everything_the_feed_and_the_pages_name_is_there(station, feed):
    base = "http://localhost:8000/"
    named = set(re.findall(rf'"{base}([^"]+)"|>{base}([^<]+)<', feed.decode()))
    for path in {one or other for one, other in named}:
        assert (station / path).is_file(), path
    for page in (station / "feed").rglob("*.html"):
        for link in html.parse(page).xpath("//@src | //@href"):
            if not urlsplit(link).scheme and not link.startswith("#"):
                assert (page.parent / link.partition("#")[0]).is_file(), f"{page.name}: {link}"


def bare_of(captions) -> str:
    return bare("".join(unescape(caption.text) for caption in captions))


def beside(station: Path, feed: bytes) -> dict[str, Path]:
    """Return the files that the item names, by media type."""
    item = etree.fromstring(feed).find("channel/item")
    named = item.xpath("podcast:transcript | podcast:chapters", namespaces=NAMESPACES)
    base = "http://localhost:8000/"
    return {each.get("type"): station / each.get("url").removeprefix(base) for each in named}


def test_the_three_lists_of_chapters_agree(station, feed, mp3):
    """ID3, JSON and `psc:`: as many, the same Arabic titles, times within 50 ms."""
    tag = ID3(mp3)
    (contents,) = tag.getall("CTOC")
    frames = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
    in_tag = [(frame.start_time, str(frame.sub_frames["TIT2"])) for frame in frames]
    file = json.loads(beside(station, feed)["application/json+chapters"].read_bytes())
    in_file = [(each["startTime"] * 1000, each["title"]) for each in file["chapters"]]
    (episode,) = podcastparser.parse("http://localhost:8000/feed/feed.xml", io.BytesIO(feed))["episodes"]
    in_feed = [(each["start"] * 1000, each["title"]) for each in episode["chapters"]]
    inline = etree.fromstring(feed).xpath("//psc:chapter/@start", namespaces=NAMESPACES)
    assert len(in_tag) == 9
    assert [title for _start, title in in_tag] == [title for _start, title in in_file]
    assert [title for _start, title in in_tag] == [title for _start, title in in_feed]
    for (start, _title), (other, _same), text in zip(in_tag, in_file, inline, strict=True):
        hours, minutes, seconds = text.split(":")
        assert abs(start - other) <= 50
        assert abs(start - 1000 * (3600 * int(hours) + 60 * int(minutes) + float(seconds))) <= 50


def test_every_written_character_stands_once_and_in_order_in_the_transcripts(station, feed):
    """As other people's parsers read them: of WebVTT, SRT, JSON and HTML."""
    files, written = beside(station, feed), body(station)
    page = html.parse(files["text/html"])
    segments = json.loads(files["application/json"].read_bytes())["segments"]
    read = {
        "vtt": bare_of(webvtt.from_buffer(io.StringIO(files["text/vtt"].read_text("utf-8")))),
        "srt": bare_of(
            webvtt.from_buffer(io.StringIO(files["application/x-subrip"].read_text("utf-8")), format="srt")
        ),
        "json": bare("".join(segment["body"] for segment in segments)),
        "words": bare("".join(word["body"] for segment in segments for word in segment["words"])),
        "html": bare("".join(element.text_content() for element in page.iter("p"))),
    }
    assert {name: written in text for name, text in read.items()} == dict.fromkeys(read, True)


def test_captions_end_with_the_sound_and_keep_to_ascii_digits(station, feed, record):
    """No caption outlasts the episode; a time is in ASCII digits in every format."""
    files = beside(station, feed)
    captions = webvtt.from_buffer(io.StringIO(files["text/vtt"].read_text("utf-8")))
    assert max(caption.end_in_seconds for caption in captions) <= record["frames"] / RATE
    for kind in ("text/vtt", "application/x-subrip"):
        arrows = [line for line in files[kind].read_text("utf-8").splitlines() if "-->" in line]
        assert all(re.fullmatch(r"[0-9:.,]+ --> [0-9:.,]+", line) for line in arrows)


def test_every_word_sounds_where_the_transcript_says(station, feed, sound):
    """Within 100 ms of each of 436 words' times there is speech; a hamza is 60 ms of silence."""
    segments = json.loads(beside(station, feed)["application/json"].read_bytes())["segments"]
    words = [word for segment in segments for word in segment["words"]]
    level = np.abs(sound.astype(np.int32))
    assert len(words) > 400
    for word in words:
        at = round(word["startTime"] * RATE)
        assert level[at : at + RATE // 10].max() > QUIET, word


def test_the_integrity_of_the_feed_is_that_of_the_file(feed, mp3):
    value = etree.fromstring(feed).xpath("string(//podcast:integrity/@value)", namespaces=NAMESPACES)
    assert value == f"sha256-{base64.b64encode(hashlib.sha256(mp3.read_bytes()).digest()).decode()}"


def test_the_feed_keeps_the_rules_that_directories_check(feed):
    """One enclosure an item, absolute ASCII addresses, limits in bytes, no space around a value."""
    root = etree.fromstring(feed)
    assert (root.tag, root.get("version"), root.getroottree().docinfo.doctype) == ("rss", "2.0", "")
    assert not feed.startswith(b"\xef\xbb\xbf")
    items = root.findall("channel/item")
    assert [len(item.findall("enclosure")) for item in items] == [1] * len(items)
    addresses = root.xpath("//@url | //@href | //@uri | //link/text()")
    assert all(address.isascii() and urlsplit(address).netloc for address in addresses)
    for element in root.iter():
        for text in (element.text, *element.attrib.values()):
            assert not text or text == text.strip() or not text.strip(), element.tag
    for description in root.iter("description"):
        assert len(description.text.encode()) <= 4000
    for title in root.iter("title"):
        assert len(title.text) <= 255


# The settings


@pytest.mark.parametrize(("speed", "pitch"), [(0.5, 0.5), (0.5, 2.0), (2.0, 0.5), (2.0, 2.0), (2.0, 1.0)])
def test_every_speed_and_pitch_that_may_be_set_can_be_built(tmp_path, run, brief, speed, pitch):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "rain.txt").write_text(brief, "utf-8")
    said = f'[show]\ntitle = "محطة"\n[voice]\nspeed = {speed}\npitch = {pitch}\n'
    (tmp_path / "nashra.toml").write_text(said, "utf-8")
    ran = run(tmp_path, "build")
    assert (ran.code, ran.complaints) == (0, [])
