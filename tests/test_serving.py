"""The station over HTTP, on loopback: what may be seen, redirects, 304, spans, and builds meanwhile."""

from __future__ import annotations

import gzip
import hashlib
import os
import random
import re
import threading

import pytest
from lxml import etree

from loopback import PATIENCE, got, read_all, served, sound_of


@pytest.fixture
def site(built):
    """Return the built station behind our server."""
    with served(built) as site:
        site.folder = built
        yield site


def test_everything_that_a_build_publishes_comes_as_it_lies_there(site, built):
    """Every file of feed/ and the MP3, byte for byte, by GET; HEAD tells the same without it."""
    paths = [f"feed/{path.relative_to(built / 'feed').as_posix()}" for path in (built / "feed").rglob("*.*")]
    paths.append(f"audio/{sound_of(built)}")
    assert len(paths) > 10
    for path in paths:
        there, told = site.get(f"/{path}"), site.get(f"/{path}", "HEAD")
        assert (there.status, there.body) == (200, (built / path).read_bytes()), path
        assert (told.status, told.body) == (200, b"")
        assert told.headers["content-length"] == there.headers["content-length"] == str(len(there.body))
        assert told.headers["etag"] == there.headers["etag"]
        assert there.headers["access-control-allow-origin"] == "*"
        packed = site.get(f"/{path}", Accept_Encoding="gzip")
        text = path.rpartition(".")[2] not in {"mp3", "jpg"}
        assert ("content-encoding" in packed.headers) == (text and len(there.body) >= 512)
        if "content-encoding" in packed.headers:
            assert gzip.decompress(packed.body) == there.body


def test_every_address_in_the_feed_answers_with_its_length_and_type(site, built):
    """The enclosure's length and type are those of the answer, as with transcripts and chapters."""
    text = (built / "feed" / "feed.xml").read_text("utf-8")
    found = re.findall(r'url="http://localhost:8000(/[^"]+)"(?: length="(\d+)")? type="([^"]+)"', text)
    assert len(found) > 5
    for path, length, media_type in found:
        there = site.get(path, "HEAD")
        assert there.status == 200
        assert there.headers["content-type"].partition(";")[0] == media_type
        assert length in {"", there.headers["content-length"]}


@pytest.mark.parametrize(
    "path",
    [
        *(
            "nashra.toml",
            ".nashra/feed.json",
            ".nashra/built.json",
            "articles/harbour.txt",
            "audio/harbour.json",
        ),
        *(
            "audio/",
            "audio",
            "feed/episodes/",
            "feed/assets",
            "feed/notes.txt",
            "feed/secret.html",
            "podcast.guid",
        ),
        *("feed/episodes/other.html", "feed/transcripts/other-0123456789ab.vtt", "feed/.feed.xml.1.tmp"),
        *(
            "audio/stray.mp3",
            "%2e%2e/nashra.toml",
            "%252e%252e/nashra.toml",
            "feed/feed.xml/",
            "feed/feed.xml/x",
        ),
    ],
)
def test_only_what_record_and_feed_list_is_served(site, path):
    """Settings, cache, records, articles, folders, and whatever else somebody put there are not."""
    folder = site.folder
    for stray in ("feed/notes.txt", "feed/secret.html", "audio/stray.mp3", "feed/episodes/other.html"):
        (folder / stray).write_text("secret", "utf-8")
    assert site.get(f"/{path}").status == 404


def test_a_draft_is_not_to_be_seen(station, run):
    """Neither its page nor its sound: it is built, and listed nowhere."""
    folder = station(
        {"a.txt": "---\ndraft: true\n---\nعنوان\nهذا خبر قصير جدا.\n", "b.txt": "خبر\nهذا خبر آخر اليوم.\n"}
    )
    assert run(folder, "build").code == 0
    with served(folder) as site:
        assert site.get(f"/audio/{sound_of(folder, 'a')}").status == 404
        assert site.get("/feed/episodes/a.html").status == 404
        assert site.get(f"/audio/{sound_of(folder, 'b')}").status == 200


def test_an_earlier_sound_leads_to_the_newest_and_one_withdrawn_is_gone(site, built, run):
    """The address that an app pinned gives the corrected sound in one step; of a deleted article, 410."""
    first = sound_of(built)
    article = built / "articles" / "harbour.txt"
    for word in ("سفينتين", "سفنا"):
        article.write_text(
            article.read_text("utf-8").replace("أول سفينة", word).replace("سفينتين", word), "utf-8"
        )
        assert run(built, "build").code == 0
    newest = sound_of(built)
    assert newest != first
    there = site.get(f"/audio/{first}")
    assert (there.status, there.headers["location"]) == (302, f"/audio/{newest}")
    assert site.get(f"/audio/{newest}").status == 200
    article.unlink()
    (built / "articles" / "rain.txt").write_text("أمطار\nتهطل اليوم أمطار خفيفة في الشمال.\n", "utf-8")
    assert run(built, "build").code == 0
    assert {site.get(f"/audio/{name}").status for name in (first, newest)} == {410}
    assert site.get("/feed/episodes/harbour.html").status == 404


def test_until_the_feed_names_the_new_sound_the_old_one_is_served(site, built, run):
    """Between the record and the feed, an enclosure has the length that the feed says."""
    feed = (built / "feed" / "feed.xml").read_bytes()
    first, size = sound_of(built), (built / "audio" / sound_of(built)).stat().st_size
    article = built / "articles" / "harbour.txt"
    article.write_text(article.read_text("utf-8").replace("أول", "ثاني"), "utf-8")
    assert run(built, "build").code == 0
    new = (built / "feed" / "feed.xml").read_bytes()
    for state, status in ((feed, 200), (new, 302)):
        temporary = built / "feed" / ".new"
        temporary.write_bytes(state)
        temporary.replace(built / "feed" / "feed.xml")
        there = site.get(f"/audio/{first}", "HEAD")
        assert there.status == status
    assert site.get(f"/audio/{sound_of(built)}").status == 200
    assert size > 0


def test_the_root_leads_to_the_page(site):
    """Whoever types the address alone finds the show."""
    for target in ("/", "/feed", "/feed/"):
        there = site.get(target)
        assert (there.status, there.headers["location"]) == (302, "/feed/index.html")


def test_spans_are_those_of_the_file(site, built):
    """Two hundred random ones, and a download in pieces with If-Range is the file."""
    path = built / "audio" / sound_of(built)
    data, chance = path.read_bytes(), random.Random(7)  # noqa: S311 the same spans each time
    target, tag = f"/audio/{path.name}", site.get(f"/audio/{path.name}", "HEAD").headers["etag"]
    for _time in range(200):
        first = chance.randrange(len(data))
        last = first + chance.randrange(70_000)
        there = site.get(target, Range=f"bytes={first}-{last}", If_Range=tag)
        assert (there.status, there.body) == (206, data[first : last + 1])
    pieces = [site.get(target, Range=f"bytes={at}-{at + 49_999}").body for at in range(0, len(data), 50_000)]
    assert b"".join(pieces) == data
    assert site.get(target, Range="bytes=5-9", If_Range='"old"').body == data


def test_who_has_the_feed_gets_304_by_tag_and_by_date(site, built):
    """Plain and packed, until a build changes it."""
    os.utime(built / "feed" / "feed.xml", (1_767_225_600, 1_767_225_600))
    for packing in ("identity", "gzip"):
        first = site.get("/feed/feed.xml", Accept_Encoding=packing)
        date = first.headers["last-modified"]
        assert date == "Thu, 01 Jan 2026 00:00:00 GMT"
        by_tag = site.get("/feed/feed.xml", Accept_Encoding=packing, If_None_Match=first.headers["etag"])
        by_date = site.get("/feed/feed.xml", Accept_Encoding=packing, If_Modified_Since=date)
        assert (by_tag.status, by_tag.body, by_date.status, by_date.body) == (304, b"", 304, b"")
    text = (built / "feed" / "feed.xml").read_bytes()
    (built / "feed" / "feed.xml").write_bytes(text + b"\n")
    assert site.get("/feed/feed.xml", If_None_Match=first.headers["etag"]).status == 200


def test_a_download_that_began_before_a_build_ends_whole(site, built, run):
    """The file that was opened is read to its end, though a build replaces it, and a clean-up removes it."""
    sound = built / "audio" / sound_of(built)
    big = sound.read_bytes() + bytes(8_000_000)
    (built / "audio" / "big.mp3").write_bytes(big)
    (built / "audio" / "big.mp3").replace(sound)
    with site.connect() as client:
        client.sendall(f"GET /audio/{sound.name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        begun = client.recv(1000)
        article = built / "articles" / "harbour.txt"
        article.write_text(article.read_text("utf-8").replace("أول", "ثاني"), "utf-8")
        assert run(built, "build").code == 0
        sound.unlink()
        there = got(begun + read_all(client))
    assert there.body == big


class Readers:
    """Three apps that poll feed, page and sound: `wrong` is what no app should see, `seen` bodies by tag."""

    def __init__(self, site):
        self._site, self._done = site, threading.Event()
        self.seen: dict[str, set[bytes]] = {}
        self.wrong: list[str] = []
        self._threads = [threading.Thread(target=self._read) for _each in range(3)]

    def __enter__(self):
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_failure):
        self._done.set()
        for each in self._threads:
            each.join(PATIENCE)

    def _read(self) -> None:
        while not self._done.is_set():
            there = self._site.get("/feed/feed.xml")
            if there.status != 200 or len(there.body) != int(there.headers["content-length"]):
                self.wrong.append(f"feed: {there.status}")
                continue
            self.seen.setdefault(there.headers["etag"], set()).add(there.body)
            for enclosure in etree.fromstring(there.body).iter("enclosure"):
                path = enclosure.get("url").removeprefix("http://localhost:8000")
                sound = self._site.get(path)
                # One that the feed has just stopped naming leads on.
                if sound.status != 302 and len(sound.body) != int(enclosure.get("length")):
                    self.wrong.append(f"{path}: {sound.status} {len(sound.body)}")
            if self._site.get("/feed/index.html", Accept_Encoding="gzip").status != 200:
                self.wrong.append("page")


@pytest.mark.slow
@pytest.mark.parametrize("builds", [8, pytest.param(50, marks=pytest.mark.soak)])
def test_builds_under_load_show_nobody_half_of_anything(site, built, run, builds):
    """Readers poll while articles change: no 5xx, no short body, a tag a body, a long download whole."""
    sound = built / "audio" / sound_of(built)
    big = built / "audio" / "big.mp3"
    big.write_bytes(sound.read_bytes() + bytes(8_000_000))
    data = big.read_bytes()
    article = built / "articles" / "harbour.txt"
    text = article.read_text("utf-8")
    with site.connect() as client:
        big.replace(sound)
        client.sendall(f"GET /audio/{sound.name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        begun = client.recv(1000)
        article.write_text(text.replace("أربعون", "2"), "utf-8")
        assert run(built, "build").code == 0
        with Readers(site) as readers:
            for number in range(builds):
                article.write_text(text.replace("أربعون", f"{number + 3}"), "utf-8")
                assert run(built, "build").code == 0
                begun += client.recv(200_000)  # who takes nothing for half a minute is cut off
        assert got(begun + read_all(client)).body == data
    assert readers.wrong == []
    assert site.told == []
    assert len(readers.seen) > 2
    assert all(len(bodies) == 1 for bodies in readers.seen.values())


def test_a_preview_is_rewritten_on_the_way_out_and_no_file_is_changed(built, files):
    """The feed names the server that it comes from, so that an app can play it; texts are asked for anew."""
    before = files(built)

    def change(_path: str, data: bytes) -> bytes:
        return data.replace(b"http://localhost:8000/", b"http://here/")

    with served(built, change, since=1_800_000_000) as site:
        there = site.get("/feed/feed.xml")
        assert b"http://here/audio/" in there.body
        assert b"localhost:8000" not in there.body
        assert there.headers["content-length"] == str(len(there.body))
        assert there.headers["cache-control"] == "no-cache"
        assert hashlib.sha256(there.body).hexdigest().startswith(there.headers["etag"].strip('"'))
    assert files(built) == before
