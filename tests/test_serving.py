"""The station over HTTP, on loopback: what may be seen, what strangers try, and a build meanwhile."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest
from lxml import etree

from loopback import PATIENCE, got, read_all, served
from test_serving_answers import OUTSIDE


@pytest.fixture
def site(built):
    """Return the built station behind our server."""
    with served(built) as site:
        site.folder = built
        yield site


def sound_of(folder: Path, slug: str = "harbour") -> str:
    return json.loads((folder / "audio" / f"{slug}.json").read_bytes())["media"]["file"]


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


@pytest.mark.parametrize("target", OUTSIDE)
def test_nothing_outside_the_station_is_served(site, target):
    """400 or 404, whatever the spelling, and no word of what lies there."""
    answers = site.raw(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    there = got(answers) if answers else None
    assert there is None or there.status in {400, 404}
    assert b"root:" not in answers
    assert b"[show]" not in answers


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


def test_links_are_not_followed(site, built, tmp_path):
    """Neither one in the place of a file, nor one in the place of a folder, wherever it leads."""
    outside = tmp_path / "outside"
    shutil.copytree(built / "feed", outside)
    page = built / "feed" / "index.html"
    page.unlink()
    page.symlink_to(outside / "index.html")
    assert site.get("/feed/index.html").status == 404
    shutil.rmtree(built / "feed" / "assets")
    (built / "feed" / "assets").symlink_to(outside / "assets")
    assert site.get("/feed/assets/nashra.css").status == 404
    os.mkfifo(built / "feed" / "archive-1.html")
    assert site.get("/feed/archive-1.html").status == 404
    assert site.get("/feed/feed.xml").status == 200


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


def test_hosts_that_a_client_names_are_in_no_answer(site):
    """Host, X-Forwarded-Host and Forwarded change nothing: addresses come from the settings."""
    evil = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Forwarded-Proto": "ftp"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in evil.items())
    for target in ("/", "/feed/feed.xml", "/feed/index.html", "http://evil.example/feed/"):
        answers = site.raw(
            f"GET {target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n{lines}\r\n".encode()
        )
        assert answers.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302"))
        assert b"evil.example" not in answers


@pytest.mark.parametrize(
    "letters",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % each for each in range(50_000)) + b"\r\n",
        b"GET /\r\n\r\n",
        b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /feed/feed.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nabc",
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n",
        b"PUT /feed/feed.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
        b"DELETE /feed/feed.xml HTTP/1.1\r\nHost: x\r\n\r\n",
        b"",
        b"\r\n" * 1000,
    ],
)
def test_bad_letters_get_an_error_or_nothing_and_the_next_client_is_served(built, letters):
    """Huge heads, HTTP/0.9, TLS, wrong lengths, methods that write: 4xx or a closed connection."""
    before = (built / "feed" / "feed.xml").read_bytes()
    with served(built, head_s=0.5) as site:
        try:
            answers = site.raw(letters)
        except (BrokenPipeError, ConnectionResetError):
            answers = b""
        assert not answers or answers.split()[1][:1] in {b"3", b"4"}  # aiohttp knows HTTP/0.9
        assert site.get("/feed/feed.xml").body == before
        assert site.told == []


def test_requests_in_a_row_are_answered_in_a_row(site, built):
    """A hundred of them sent at once on one connection (pipelining)."""
    one = b"GET /feed/feed.xml HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /feed/index.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with site.connect() as client:
        client.sendall(one * 100 + last)
        answers = read_all(client)
    assert answers.count(b"HTTP/1.1 200 OK") == 101
    assert answers.endswith((built / "feed" / "index.html").read_bytes())


def test_who_sends_a_head_drop_by_drop_is_cut_off(built):
    """Bytes that keep coming do not move the clock; who only connects is cut off, too."""
    with served(built, head_s=0.5) as site, site.connect() as slow, site.connect() as idle:
        slow.settimeout(0.1)
        letters = iter(b"GET /feed/feed.xml HTTP/1.1\r\n" + b"X-Slow: drop\r\n" * 10_000)
        ended = False
        for letter in letters:
            try:
                slow.sendall(bytes((letter,)))
                ended = slow.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                ended = True
            if ended:
                break
        assert ended
        assert idle.recv(1) == b""
        assert site.get("/feed/feed.xml").status == 200


def test_more_idle_sockets_than_places_keep_nobody_out(built):
    """The one that waits longest makes room; files and sockets are as before when they are gone."""
    with served(built, most=20) as site:
        assert site.get("/feed/feed.xml").status == 200
        before = len(descriptors())
        idle = [site.connect() for _time in range(200)]
        for each in idle[::2]:
            each.sendall(b"GET /feed/feed.xml HTTP/1.1\r\nHost:")
        for _time in range(20):
            assert site.get("/feed/feed.xml").status == 200
        until(lambda: len(site.door.connections) <= 20)
        for each in idle:
            each.close()
        until(lambda: len(descriptors()) <= before)


def test_who_reads_nothing_is_cut_off_and_holds_no_file(built):
    """Its download stops at what the kernel holds for it; others are served meanwhile."""
    sound = built / "audio" / sound_of(built)
    big = built / "audio" / "big.mp3"
    big.write_bytes(sound.read_bytes() + bytes(30_000_000))
    big.replace(sound)
    with served(built, stalled_s=0.3) as site:
        deaf = site.connect()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(f"GET /audio/{sound.name} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: holds(sound))
        assert site.get("/feed/feed.xml").status == 200
        until(lambda: not holds(sound) and not site.door.connections)
        deaf.close()


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "audio", {"Range": "bytes=99999999-"}, 416),
        ("GET", "feed", {"Range": "bytes=99999999-"}, 416),
        ("POST", "audio", {}, 405),
        ("PUT", "feed", {}, 405),
        ("OPTIONS", "audio", {}, 204),
        ("GET", "none", {}, 404),
        ("HEAD", "none", {}, 404),
    ],
)
def test_every_refusal_has_the_body_that_it_announces(site, built, method, path, headers, status):
    """The connection stays, and the next request on it is answered."""
    target = {"audio": f"/audio/{sound_of(built)}", "feed": "/feed/feed.xml", "none": "/none"}[path]
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    first = f"{method} {target} HTTP/1.1\r\nHost: x\r\n{lines}\r\n"
    second = "GET /feed/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    there = got(site.raw((first + second).encode()))
    assert there.status == status
    assert there.headers["access-control-allow-origin"] == "*"
    length = 0 if method == "HEAD" or status == 204 else int(there.headers["content-length"])
    assert there.body[length:].startswith(b"HTTP/1.1 302 ")
    assert site.told == []


class Broken:
    """A file on a disk that fails behind its first bytes, or at once."""

    def __init__(self, file, good: int):
        self._file, self._good = file, good
        self.seek, self.close = file.seek, file.close

    def read(self, count: int) -> bytes:
        if not self._good:
            raise OSError(5, "Input/output error")
        self._good -= 1
        return self._file.read(min(count, 1000))


def test_a_disk_that_fails_is_said_and_no_half_body_looks_whole(site, built, monkeypatch):
    """What cannot be opened is a 500, what breaks off a broken connection; both are told, once each."""
    target, find = f"/audio/{sound_of(built)}", site.door._shelf.find

    def refuse(_path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(site.door._shelf, "find", refuse)
    assert site.get(target).status == 500
    monkeypatch.setattr(
        site.door._shelf, "find", lambda path: (found := find(path))._replace(file=Broken(found.file, 2))
    )
    there = site.get(target)
    assert (there.status, len(there.body) <= 2000) == (200, True)
    assert int(there.headers["content-length"]) > 2000
    monkeypatch.setattr(site.door._shelf, "find", find)
    assert site.get(target).status == 200
    assert site.told == [
        "a request was answered with 500: Input/output error",
        "a file could not be read to its end: Input/output error",
    ]


def test_a_connection_that_is_over_leaves_nothing_behind(site, built):
    """Of fifty downloads no file, no socket and no count is kept."""
    target = f"/audio/{sound_of(built)}"
    before = len(descriptors())
    for _time in range(50):
        assert site.get(target, Range="bytes=0-99999").status == 206
    until(lambda: not site.door.connections and len(descriptors()) <= before)
    assert not site.door._sent
    assert not site.door._busy


def test_who_asks_and_asks_and_reads_nothing_fills_no_memory(built):
    """A thousand requests for a long feed in a row: no more than an answer waits at a time."""
    feed = built / "feed" / "feed.xml"
    feed.write_bytes(feed.read_bytes() + b"<!--" + bytes(1_000_000) + b"-->")
    with served(built, stalled_s=0.5) as site:
        deaf = site.connect()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(b"GET /feed/feed.xml HTTP/1.1\r\nHost: x\r\n\r\n" * 1000)
        most = 0

        def ended() -> bool:
            nonlocal most
            pipes = [each.transport for each in site.door.connections]
            most = max([most, *(pipe.get_write_buffer_size() for pipe in pipes if pipe)])
            return most > 0 and not pipes

        until(ended)
        deaf.close()
        assert most < 2_500_000
        assert site.get("/feed/feed.xml").status == 200


def holds(file: Path) -> bool:
    """Say whether this process has a file open."""
    return any(each.exists() and each.resolve() == file for each in descriptors())


def descriptors() -> list[Path]:
    return list(Path("/proc/self/fd").iterdir())


def until(true) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


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


@pytest.mark.slow
def test_builds_under_load_show_nobody_half_of_anything(site, built, run):
    """Readers poll feed, page and sound while articles change: no 5xx, no short body, a tag a body."""
    seen: dict[str, set[bytes]] = {}
    wrong: list[str] = []
    done = threading.Event()

    def reads() -> None:
        while not done.is_set():
            there = site.get("/feed/feed.xml")
            if there.status != 200 or len(there.body) != int(there.headers["content-length"]):
                wrong.append(f"feed: {there.status}")
                continue
            seen.setdefault(there.headers["etag"], set()).add(there.body)
            for enclosure in etree.fromstring(there.body).iter("enclosure"):
                path = enclosure.get("url").removeprefix("http://localhost:8000")
                sound = site.get(path)
                # One that the feed has just stopped naming leads on.
                if sound.status != 302 and len(sound.body) != int(enclosure.get("length")):
                    wrong.append(f"{path}: {sound.status} {len(sound.body)}")
            if site.get("/feed/index.html", Accept_Encoding="gzip").status != 200:
                wrong.append("page")

    readers = [threading.Thread(target=reads) for _each in range(3)]
    for each in readers:
        each.start()
    article = built / "articles" / "harbour.txt"
    text = article.read_text("utf-8")
    for number in range(8):
        article.write_text(text.replace("أربعون", f"{number + 3}"), "utf-8")
        assert run(built, "build").code == 0
    done.set()
    for each in readers:
        each.join(PATIENCE)
    assert wrong == []
    assert site.told == []
    assert len(seen) > 2
    assert all(len(bodies) == 1 for bodies in seen.values())


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
