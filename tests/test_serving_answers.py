"""Which answer for which request, as tables: no server, no file, no clock."""

import pytest

from nashra.serving.answering import ALWAYS, Answer, Found, Gone, Moved, answer, http_date
from nashra.serving.asking import Asked, asked, path_of
from nashra.serving.kinds import ASK_FIRST, FOR_A_MINUTE, FOR_EVER, keeping, kind
from nashra.serving.preview import rewriting
from nashra.serving.reach import Reach

CHANGED = 1_767_225_600
DAY = "Thu, 01 Jan 2026 00:00:00 GMT"
NOW = CHANGED + 3600
SOUND = Found("audio/mpeg", FOR_EVER, 1000, CHANGED, "s")
PAGE = Found("text/html; charset=utf-8", FOR_A_MINUTE, 1000, CHANGED, "p", packed=300)


def headers(given: Answer) -> dict[str, str]:
    found = dict(given.headers)
    assert len(found) == len(given.headers)
    return found


@pytest.mark.parametrize(
    ("said", "status", "first", "stop"),
    [
        ("", 200, 0, 1000),
        ("bytes=0-0", 206, 0, 1),
        ("bytes=0-", 206, 0, 1000),
        ("bytes=999-", 206, 999, 1000),
        ("bytes=-1", 206, 999, 1000),
        ("bytes=-5000", 206, 0, 1000),
        ("bytes=10-5000", 206, 10, 1000),
        ("bytes=0-" + "9" * 101, 206, 0, 1000),
        ("bytes=000000000000000000000005-6", 206, 5, 7),
        ("bytes= 3-4 ", 206, 3, 5),
        ("BYTES=3-4", 206, 3, 5),
        ("bytes=-0", 416, 0, 0),
        ("bytes=1000-", 416, 0, 0),
        ("bytes=" + "9" * 7000 + "-", 416, 0, 0),
        ("bytes=5-4", 200, 0, 1000),
        ("bytes=-", 200, 0, 1000),
        ("bytes=--5", 200, 0, 1000),
        ("bytes=٣-٤", 200, 0, 1000),
        ("bytes=0x1-5", 200, 0, 1000),
        ("items=0-5", 200, 0, 1000),
        ("0-5", 200, 0, 1000),
        ("bytes=0-1,5-6", 200, 0, 1000),
        ("bytes=" + ",".join(f"{each}-" for each in range(500)), 200, 0, 1000),
    ],
)
def test_one_span_of_bytes_is_answered_and_everything_else_is_all_or_nothing(said, status, first, stop):
    """RFC 9110: what is no single range is passed over, what the file has not is 416."""
    given = answer(Asked("GET", "x", said), SOUND, NOW)
    assert (given.status, given.first, given.stop) == (status, first, stop)
    found = headers(given)
    if status == 206:
        assert found["Content-Range"] == f"bytes {first}-{stop - 1}/1000"
        assert found["Content-Length"] == str(stop - first)
    elif status == 416:
        assert found["Content-Range"] == "bytes */1000"
    else:
        assert "Content-Range" not in found
        assert found["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("if_range", "status"),
    [
        ("", 206),
        ('"s"', 206),
        (DAY, 206),
        ('"old"', 200),
        ('W/"s"', 200),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_a_download_goes_on_only_if_the_file_is_still_the_one_that_it_began_with(if_range, status):
    """If-Range by tag or date (AntennaPod's): of another state the whole file comes."""
    assert answer(Asked("GET", "x", "bytes=5-9", if_range), SOUND, NOW).status == status


def test_before_the_first_build_everything_is_said_to_come():
    """No app takes a feed for lost, and a browser asks again by itself."""
    for path in ("", "feed/feed.xml", "audio/x.mp3"):
        given = answer(Asked("GET", path), Reach(built=False).look(path), NOW)
        assert (given.status, headers(given)["Retry-After"]) == (503, "5")
        assert b"nashra build" in given.words


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("feed/feeds.opml", "text/x-opml; charset=utf-8"),
        ("feed/sport.json", "application/feed+json"),
        ("feed/redirects.json", "application/json"),
        ("feed/oembed/rain.json", "application/json"),
        ("feed/transcripts/rain-0123456789ab.json", "application/json"),
        ("feed/chapters/rain-0123456789ab.json", "application/json+chapters"),
        ("audio/rain-0123456789ab.opus", "audio/ogg; codecs=opus"),
    ],
)
def test_a_file_has_the_type_of_what_it_is(path, media_type):
    """JSON is of several kinds, and apps choose by it."""
    assert kind(path).media_type == media_type


def test_a_range_is_of_get_only():
    """HEAD tells of the whole file, whatever range it names."""
    given = answer(Asked("HEAD", "x", "bytes=5-9"), SOUND, NOW)
    assert (given.status, headers(given)["Content-Length"]) == (200, "1000")


@pytest.mark.parametrize(
    ("none_match", "since", "status"),
    [
        ('"s"', "", 304),
        ('W/"s"', "", 304),
        ('"a", "s", "b"', "", 304),
        ("*", "", 304),
        ('"old"', "", 200),
        ("s", "", 200),
        ("", DAY, 304),
        ("", "Fri, 02 Jan 2026 00:00:00 GMT", 304),
        ("", "Wed, 31 Dec 2025 23:59:59 GMT", 200),
        ("", "soon", 200),
        ('"old"', DAY, 200),  # a tag is asked before a date
        ('"s"', "Wed, 31 Dec 2025 23:59:59 GMT", 304),
    ],
)
def test_who_has_it_gets_304(none_match, since, status):
    """If-None-Match, and where there is none If-Modified-Since."""
    given = answer(Asked("GET", "x", if_none_match=none_match, if_modified_since=since), SOUND, NOW)
    assert given.status == status
    found = headers(given)
    assert (found["ETag"], found["Last-Modified"], found["Cache-Control"]) == ('"s"', DAY, FOR_EVER)
    assert ("Content-Length" in found) == (status == 200)


def test_what_changed_within_this_second_has_no_date():
    """Two states of one second would have one date, and the second be taken for the first."""
    young = headers(answer(Asked("GET", "x"), SOUND, CHANGED + 0.5))
    assert "Last-Modified" not in young
    assert answer(Asked("GET", "x", if_modified_since=DAY), SOUND, CHANGED + 0.5).status == 200
    assert headers(answer(Asked("GET", "x"), SOUND, CHANGED + 1))["Last-Modified"] == http_date(CHANGED)


def test_texts_are_packed_for_whoever_takes_it_and_sound_is_not():
    """Each form has its own tag, a span is of the plain one, and caches are told with Vary."""
    packed = answer(Asked("GET", "x", gzip=True), PAGE, NOW)
    assert (packed.packed, packed.stop, headers(packed)["Content-Encoding"]) == (True, 300, "gzip")
    assert (headers(packed)["ETag"], headers(packed)["Vary"]) == ('"p-gz"', "Accept-Encoding")
    plain = answer(Asked("GET", "x"), PAGE, NOW)
    assert (plain.packed, plain.stop, headers(plain)["ETag"]) == (False, 1000, '"p"')
    assert (headers(plain)["Vary"], "Content-Encoding" in headers(plain)) == ("Accept-Encoding", False)
    assert answer(Asked("GET", "x", if_none_match='"p-gz"', gzip=True), PAGE, NOW).status == 304
    assert answer(Asked("GET", "x", if_none_match='"p-gz"'), PAGE, NOW).status == 200
    span = answer(Asked("GET", "x", "bytes=0-4", gzip=True), PAGE, NOW)
    assert (span.status, span.packed, span.stop) == (206, False, 5)
    sound = answer(Asked("GET", "x", gzip=True), SOUND, NOW)
    assert (sound.packed, "Vary" in headers(sound)) == (False, False)


@pytest.mark.parametrize(
    ("method", "there", "status"),
    [
        ("GET", None, 404),
        ("HEAD", None, 404),
        ("GET", Gone(), 410),
        ("GET", Moved("audio/new-0123456789ab.mp3"), 302),
        ("OPTIONS", None, 204),
        ("POST", SOUND, 405),
        ("DELETE", SOUND, 405),
        ("TRACE", SOUND, 405),
    ],
)
def test_everybody_may_ask_from_everywhere_and_only_read(method, there, status):
    """Every answer is for pages of other sites, too; what writes is refused."""
    given = answer(Asked(method, "x"), there, NOW)
    assert given.status == status
    assert set(ALWAYS) <= set(given.headers)
    if status == 302:
        assert headers(given)["Location"] == "/audio/new-0123456789ab.mp3"
    if status in {405, 204}:
        assert headers(given)["Allow"] == "GET, HEAD, OPTIONS"


INSIDE = {
    "/": "",
    "/feed": "feed",
    "/feed/": "feed/",
    "/feed/feed.xml": "feed/feed.xml",
    "/feed/feed.xml?a=../b#c": "feed/feed.xml",
    "/feed/%66eed.xml": "feed/feed.xml",
    "HTTP://example.org:80/feed/feed.xml": "feed/feed.xml",
    "/feed/episodes/%D9%85%D8%B7%D8%B1.html": "feed/episodes/مطر.html",
    "/%252e%252e/nashra.toml": "%2e%2e/nashra.toml",  # decoded once: no name of a file here
}
OUTSIDE = (
    *("", "*", "feed/feed.xml", "//etc/passwd", "/..", "/../", "/../nashra.toml", "/feed/../nashra.toml"),
    *("/%2e%2e/nashra.toml", "/%2E%2E%2Fnashra.toml", "/feed/..%2f..%2fetc/passwd", "/feed/./feed.xml"),
    *(
        "/feed//feed.xml",
        "/feed/%00feed.xml",
        "/feed/feed.xml%00.mp3",
        "/feed\\feed.xml",
        "/..%5cnashra.toml",
    ),
    *("/.nashra/feed.json", "/.git/config", "/feed/.feed.xml.7.tmp", "/%c0%ae%c0%ae/nashra.toml", "/%ff"),
    *("/%", "/%4", "/%zz", "/a%0d%0aX:1", "/a%1b[31m", "file:///etc/passwd", "/" + "a" * 8000),
    *("http://example.org", "https://example.org/../nashra.toml", "/%2fetc/passwd", "ftp://example.org/feed"),
)


@pytest.mark.parametrize(("target", "path"), INSIDE.items())
def test_a_target_is_decoded_once(target, path):
    """Also the form that proxies get; its host is passed over."""
    assert path_of(target) == path


@pytest.mark.parametrize("target", OUTSIDE)
def test_what_leads_out_of_a_station_is_no_path(target):
    """Steps upwards, dots in front, controls, backslashes, broken encodings, in every spelling."""
    assert path_of(target) is None


def test_headers_are_read_into_a_value():
    """Every header that changes an answer."""
    said = {
        "Range": "bytes=1-2",
        "If-Range": '"a"',
        "If-None-Match": '"b"',
        "If-Modified-Since": DAY,
        "Accept-Encoding": "br, gzip",
    }
    assert asked("GET", "/feed/feed.xml", said) == Asked(
        "GET", "feed/feed.xml", "bytes=1-2", '"a"', '"b"', DAY, gzip=True
    )


@pytest.mark.parametrize(
    ("path", "media_type", "how_long"),
    [
        ("feed/feed.xml", "application/rss+xml; charset=utf-8", FOR_A_MINUTE),
        ("feed/feed-2025-01.xml", "application/rss+xml; charset=utf-8", FOR_A_MINUTE),
        ("feed/sitemap.xml", "application/xml; charset=utf-8", FOR_A_MINUTE),
        ("feed/feed.json", "application/feed+json", FOR_A_MINUTE),
        ("feed/index.html", "text/html; charset=utf-8", FOR_A_MINUTE),
        ("feed/chapters/a-0123456789ab.json", "application/json+chapters", FOR_EVER),
        ("feed/transcripts/a-0123456789ab.vtt", "text/vtt; charset=utf-8", FOR_EVER),
        ("feed/transcripts/a-0123456789ab.srt", "application/x-subrip; charset=utf-8", FOR_EVER),
        ("feed/transcripts/a-0123456789ab.json", "application/json", FOR_EVER),
        ("feed/transcripts/a-0123456789ab.html", "text/html; charset=utf-8", FOR_EVER),
        ("feed/oembed/a.json", "application/json", FOR_A_MINUTE),
        ("feed/cover-0123456789ab-600.jpg", "image/jpeg", FOR_EVER),
        ("feed/assets/nashra.js", "text/javascript; charset=utf-8", FOR_A_MINUTE),
        ("feed/assets/nashra.css", "text/css; charset=utf-8", FOR_A_MINUTE),
        ("audio/a-0123456789ab.mp3", "audio/mpeg", FOR_EVER),
        ("audio/a.mp3", "audio/mpeg", FOR_A_MINUTE),
    ],
)
def test_every_file_has_its_type_and_its_time(path, media_type, how_long):
    """The types are those of the feed; what is named by its content is kept for ever."""
    assert (kind(path).media_type, keeping(path)) == (media_type, how_long)
    assert how_long != ASK_FIRST


BASE = "https://news.example/a&b/"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('url="https://news.example/a&amp;b/audio/x.mp3"', 'url="http://here:1/audio/x.mp3"'),
        ('"https://news.example/a&b/feed/feed.json"', '"http://here:1/feed/feed.json"'),
        (
            "?url=https%3A%2F%2Fnews.example%2Fa%26b%2Ffeed%2Ffeed.xml",
            "?url=http%3A%2F%2Fhere%3A1%2Ffeed%2Ffeed.xml",
        ),
        ("podcast://news.example/a&b/feed/feed.xml", "podcast://here:1/feed/feed.xml"),
        ("pktc://subscribe/news.example/a&b/feed/feed.xml", "pktc://subscribe/here:1/feed/feed.xml"),
        ("https://news.example/a&b/about", "https://news.example/a&b/about"),
        ("https://other.example/feed/feed.xml", "https://other.example/feed/feed.xml"),
    ],
)
def test_a_preview_puts_its_own_address_for_the_stations(before, after):
    """In XML, JSON and HTML, and in the links of apps' buttons; other addresses of the same host stay."""
    assert rewriting(BASE, "http://here:1/")(before.encode()).decode() == after
