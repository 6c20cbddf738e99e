"""What strangers try at the server, what they may take of it, and what is left when they are gone."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from loopback import got, read_all, served, sound_of, until
from test_serving_answers import OUTSIDE


@pytest.fixture
def site(built):
    """Return the built station behind our server."""
    with served(built) as site:
        site.folder = built
        yield site


@pytest.mark.parametrize("target", OUTSIDE)
def test_nothing_outside_the_station_is_served(site, target):
    """400 or 404, whatever the spelling, and no word of what lies there."""
    answers = site.raw(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    there = got(answers) if answers else None
    assert there is None or there.status in {400, 404}
    assert b"root:" not in answers
    assert b"[show]" not in answers


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
