"""Transcripts and chapters: within their formats' limits, whole, and deaf to what an article's text tries."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from io import StringIO
from itertools import pairwise

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from nashra.feed import chapters, transcripts
from nashra.feed.plain import plain
from nashra.feed.sides import KINDS, sides, slug_of
from nashra.feed.timing import timed_words
from nashra.model import RATE, SCHEMA, Cue, Episode, Level, Mark, Media, Voice
from nashra.settings import Show

SHOW = Show("نشرة", base_url="https://example.org/n/")
DAY = datetime(2025, 1, 30, 12, tzinfo=UTC)
TIME = re.compile(r"\d\d:\d\d:\d\d[.,]\d{3} --> \d\d:\d\d:\d\d[.,]\d{3}", re.ASCII)
LONG = (
    "أعلنت الحكومة اليوم عن خطة جديدة لتطوير قطاع النقل في المدن الكبرى، "
    "وقال الوزير إن الأشغال ستبدأ في الشهر المقبل."
)


def said(*texts: str, words: bool = False) -> Episode:
    """Return an episode of these sentences, each lasting a second a word."""
    cues: list[Cue] = []
    at = RATE
    for text in texts:
        count = max(1, len(text.split()))
        times = tuple(number * RATE for number in range(len(text.split()))) if words else ()
        cues.append(Cue(at, at + count * RATE, "sentence", text, new_paragraph=True, words=times))
        at = cues[-1].end + RATE // 2
    return Episode(
        schema=SCHEMA,
        guid="g",
        slug="a",
        article="a.txt",
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
        media=Media("a-0123456789ab.mp3", 123_456, "0" * 64),
        replaced=(),
        frames=at,
        level=Level(-16.0, -2.0),
        chapters=(Mark("تقديم", 0, RATE), Mark("موجز الأخبار", RATE, at)),
        cues=tuple(cues),
    )


def vtt_of(episode: Episode, show: Show = SHOW) -> list[webvtt.Caption]:
    return list(webvtt.from_buffer(StringIO(transcripts.vtt(show, episode).decode())))


def srt_of(episode: Episode, show: Show = SHOW) -> list[webvtt.Caption]:
    return list(webvtt.from_buffer(StringIO(transcripts.srt(show, episode).decode()), format="srt"))


def bare(text: str) -> str:
    return "".join(text.replace(transcripts.WORD_JOINER, "").split())


def test_a_caption_of_each_format_as_it_is_written():
    """The two formats in full: the speaker first, ASCII digits, a point or a comma, lines of their length."""
    episode = said("وصل 3 وزراء إلى المدينة صباح اليوم في زيارة رسمية.")
    assert transcripts.vtt(SHOW, episode).decode() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:11.000\n"
        "<v نشرة>وصل 3 وزراء إلى المدينة صباح اليوم في زيارة رسمية.\n"
    )
    assert transcripts.srt(SHOW, episode).decode() == (
        "1\n00:00:01,000 --> 00:00:11,000\nنشرة: وصل 3 وزراء إلى المدينة\nصباح اليوم في زيارة رسمية.\n"
    )


def test_a_long_sentence_is_cut_where_its_words_are_said():
    """With word times a caption begins with its first word: here each word lasts a second."""
    episode = said(LONG, words=True)
    first, *rest = srt_of(episode)
    at = len(first.text.removeprefix("نشرة:").split())
    assert rest[0].start_in_seconds == 1 + at
    assert rest[-1].end_in_seconds == 1 + len(LONG.split())


def test_without_word_times_captions_share_the_sentence_by_their_letters():
    """They abut, in order, and end with the sentence."""
    captions = srt_of(said(LONG))
    assert len(captions) > 1
    assert all(one.end == other.start for one, other in pairwise(captions))
    assert all(each.start < each.end for each in captions)


def test_a_word_longer_than_a_line_goes_on_in_the_next():
    """Nothing of a long address is lost, and no line is too long."""
    address = "https://example.org/" + "ا" * 70
    made = transcripts.srt(SHOW, said(f"انظر {address} اليوم")).decode()
    lines = [line for line in made.splitlines() if not TIME.fullmatch(line)]
    assert max(map(len, lines)) <= transcripts.SRT_WIDTH
    assert bare(address) in bare("".join(line for line in lines if not line.isdigit()))


def test_a_mark_stays_with_its_letter_where_a_long_word_is_cut():
    """No line begins with a combining mark."""
    made = transcripts.srt(SHOW, said("مُ" * 60)).decode()
    assert not any(line.startswith("\u064f") for line in made.splitlines())


def test_no_line_ends_with_an_and_that_stands_apart():
    """«و» goes with the word behind it, as in Arabic it is one word with it."""
    made = transcripts.srt(SHOW, said("اجتمع الوزراء العرب اليوم و المسؤولون و الخبراء و الصحفيون و الكتاب"))
    lines = made.decode().splitlines()
    assert any(line.startswith("و ") for line in lines)
    assert not any(line.endswith(" و") for line in lines)


def test_what_is_a_command_in_srt_is_taken_apart():
    """An arrow makes no caption, a tag no slant, an override no place; VTT escapes them."""
    tricks = "قال <i>هذا</i> --> ثم {\\an8} و <b>ذاك"
    episode = said(tricks)
    srt = transcripts.srt(SHOW, episode).decode()
    assert len(TIME.findall(srt)) == len(srt_of(episode))
    assert "<i>" not in srt
    assert "{\\an8" not in srt
    assert bare(" ".join(each.raw_text for each in srt_of(episode))) == bare(f"نشرة: {tricks}")
    vtt = transcripts.vtt(SHOW, episode).decode()
    assert vtt.count("-->") == len(vtt_of(episode))
    assert "&lt;i&gt;" in vtt


def test_json_has_a_segment_a_sentence_and_the_times_of_its_words():
    """Where the engine told them; without, the key is not there."""
    one, two = (
        json.loads(transcripts.as_json(SHOW, said("خبر عاجل.", words=words)))["segments"][0]
        for words in (True, False)
    )
    assert one == two | {
        "words": [
            {"startTime": 1.0, "endTime": 2.0, "body": "خبر"},
            {"startTime": 2.0, "endTime": 3.0, "body": "عاجل."},
        ]
    }
    assert two == {"speaker": "نشرة", "startTime": 1.0, "endTime": 3.0, "body": "خبر عاجل."}


def test_html_has_speaker_times_and_paragraphs():
    """`cite`, `time`, `p`, as the podcast name space asks; read from the right."""
    made = html.document_fromstring(transcripts.html(SHOW, said("أولى.", "ثانية.")).decode())
    assert made.get("dir") == "rtl"
    assert [made.findtext(".//cite"), *(each.text for each in made.iter("time"))] == [
        "نشرة:",
        "0:01",
        "0:02",
    ]
    assert [each.text_content() for each in made.iter("p")] == ["أولى.", "ثانية."]


ARABIC = "ابتثجحخ دذرزسشصضطظعغفقكلمنهوي،.ًّ 123٤٥"
TEXTS = st.lists(
    st.text(st.sampled_from(ARABIC + "-->&<b/i{\\}]"), min_size=1, max_size=200)
    | st.text(st.characters(exclude_categories=[]), min_size=1, max_size=60),
    min_size=1,
    max_size=4,
)


@given(TEXTS, st.booleans())
def test_every_transcript_has_every_word_in_order_within_its_limits(texts, words):
    """Any text of Unicode: read back by another's parser, nothing is lost, added or out of its place."""
    episode = said("بداية", *texts, words=words)
    whole = bare("".join(plain(text) for text in ("بداية", *texts)))
    vtt, srt = vtt_of(episode), srt_of(episode)
    assert bare(unescape(" ".join(each.text for each in vtt))) == whole
    assert bare(" ".join(each.raw_text for each in srt)).removeprefix("نشرة:") == whole
    segments = json.loads(transcripts.as_json(SHOW, episode))["segments"]
    assert bare("".join(each["body"] for each in segments)) == whole
    page = html.document_fromstring(transcripts.html(SHOW, episode).decode())
    assert bare("".join(each.text_content() for each in page.iter("p"))) == whole
    for caption in vtt:
        assert len(caption.lines) <= transcripts.VTT_LINES
        assert max(len(unescape(line)) for line in caption.text.splitlines()) <= transcripts.VTT_WIDTH
    for caption in srt:
        assert len(caption.lines) <= transcripts.SRT_LINES
        assert max(map(len, caption.lines)) <= transcripts.SRT_WIDTH
    for captions in (vtt, srt):
        assert all(each.start < each.end for each in captions)
        starts = [each.start_in_seconds for each in captions]
        assert starts == sorted(starts)


@given(st.text(st.characters(exclude_categories=[]), min_size=1, max_size=120))
def test_no_name_of_a_show_harms_a_transcript(title):
    """The speaker's name is in all of them."""
    show = replace(SHOW, title=title)
    episode = said("خبر عاجل.")
    assert bare("".join(each.text for each in vtt_of(episode, show))) == "خبرعاجل."
    assert bare("".join(each.raw_text for each in srt_of(episode, show))) == bare(f"{plain(title)}:خبرعاجل.")


def test_chapters_of_the_json_file():
    """Version 1.2.0, times in seconds, titles as they are."""
    made = json.loads(chapters.as_json(SHOW, said("خبر")))
    assert (made["version"], made["title"], made["podcastName"]) == ("1.2.0", "عنوان", "نشرة")
    assert made["chapters"] == [
        {"startTime": 0.0, "endTime": 1.0, "title": "تقديم"},
        {"startTime": 1.0, "endTime": 2.5, "title": "موجز الأخبار"},
    ]


@given(st.text(st.characters(exclude_categories=[]), max_size=80))
def test_no_title_harms_the_chapters_file(title):
    """Any text of Unicode comes back from the JSON as it is shown elsewhere."""
    episode = replace(said("خبر"), title=title, chapters=(Mark(title, 0, RATE),))
    made = json.loads(chapters.as_json(SHOW, episode).decode())
    assert (made["title"], made["chapters"][0]["title"]) == (plain(title), plain(title))


def test_files_beside_an_episode_are_named_by_their_content():
    """Another text is another name, the same text the same; and a name tells whose it is."""
    one, again, other = (sides(SHOW, said(text)) for text in ("خبر", "خبر", "خبر آخر"))
    assert one == again
    assert len(one) == len(KINDS)
    transcripts_of = [{side.path for side in made if side.tag == "transcript"} for made in (one, other)]
    assert transcripts_of[0].isdisjoint(transcripts_of[1])
    assert {slug_of(side.path) for side in one} == {"a"}
    assert all(side.path.isascii() for side in one)


@pytest.mark.parametrize("words", [(), (0,), (0, 1, 2)])
def test_word_times_that_do_not_match_the_words_are_none(words):
    """A record edited by hand gives no wrong times."""
    assert timed_words(Cue(0, 9, "sentence", "كلمة أخرى", words=words)) == ()
