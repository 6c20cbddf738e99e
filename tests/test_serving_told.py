"""What a server tells its owner: metrics for Prometheus on this machine alone, and a log of requests."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from commanding import started
from loopback import served, sound_of, until
from nashra.serving import counting
from nashra.serving.counting import Standing, Tally
from nashra.serving.telling import Told, line

SAMPLE = re.compile(r'^nashra_serve_\w+(\{(\w+="(\\.|[^"\\])*",?)+\})? \d+(\.\d+)?$')


def told(path: str, status: int, sent: int) -> Told:
    return Told(1_767_225_600, "127.0.0.1", f"GET /{path} HTTP/1.1", path, status, sent)


def test_requests_and_bytes_are_counted_by_kind_whatever_is_asked_for():
    """A scanner's thousand paths are one label; every line is one that Prometheus reads."""
    tally = Tally()
    for each in (
        told("feed/feed.xml", 200, 900),
        told("feed/feed.xml", 304, 0),
        told("audio/a.mp3", 206, 50),
    ):
        tally.count(each)
    for number in range(1000):
        tally.count(told(f"wp-admin/{number}.php", 404, 23))
    text = tally.metrics('a"b\\c', Standing(4, 2, 1.25, 30.0))
    assert 'nashra_serve_requests_total{station="a\\"b\\\\c",status="304",kind="feed"} 1' in text
    assert 'nashra_serve_requests_total{station="a\\"b\\\\c",status="404",kind="other"} 1000' in text
    assert 'nashra_serve_sent_bytes_total{station="a\\"b\\\\c",kind="sound"} 50' in text
    assert 'nashra_serve_feed_age_seconds{station="a\\"b\\\\c"} 30.0' in text
    lines = text.splitlines()
    assert all(SAMPLE.match(each) for each in lines if not each.startswith("# "))
    assert len(lines) < 30


def test_the_documentation_names_every_metric():
    """docs/serve.md has those that are told, and no other."""
    text = (Path(__file__).parents[1] / "docs" / "serve.md").read_text("utf-8")
    tally = Tally()
    tally.count(told("", 200, 1))
    said = set(re.findall(r"^# TYPE (\w+)", tally.metrics("x", Standing(1, 1, 1.0, 1.0)), re.MULTILINE))
    assert set(re.findall(r"nashra_serve_\w+", text)) == said


def test_every_answer_is_told_with_the_bytes_that_went(built):
    """A whole file, a span, a HEAD, a 304, a redirect, what is not there: as the client got it."""
    heard: list[Told] = []
    target = f"/audio/{sound_of(built)}"
    with served(built, told=heard.append) as site:
        size = len(site.get(target).body)
        site.get(target, Range="bytes=0-99")
        site.get(target, "HEAD")
        tag = site.get("/feed/feed.xml", "HEAD").headers["etag"]
        site.get("/feed/feed.xml", If_None_Match=tag)
        site.get("/")
        site.get("/%2e%2e/x", User_Agent='app"\\1')
        until(lambda: len(heard) == 7)
    statuses = [(each.status, each.sent) for each in heard]
    assert statuses == [(200, size), (206, 100), (200, 0), (200, 0), (304, 0), (302, 21), (404, 23)]
    assert heard[-1].path is None
    assert line(heard[-1]).endswith('"GET /%2e%2e/x HTTP/1.1" 404 23 "-" "app\\x22\\x5c1"')


def test_a_download_that_broke_off_is_told_with_what_was_sent(built):
    """Half a sound is no whole one in the log."""
    sound = built / "audio" / sound_of(built)
    big = built / "audio" / "big.mp3"
    big.write_bytes(sound.read_bytes() + bytes(30_000_000))
    big.replace(sound)
    heard: list[Told] = []
    with served(built, told=heard.append) as site:
        with site.connect() as client:
            client.sendall(f"GET /audio/{sound.name} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            client.recv(1000)
        until(lambda: bool(heard))
    assert heard[0].status == 200
    assert heard[0].sent < sound.stat().st_size


@pytest.mark.parametrize(
    ("headers", "client", "method", "status"),
    [
        ({}, "", "GET", 200),
        ({}, "", "POST", 405),
        ({"X_Forwarded_For": "203.0.113.5"}, "", "GET", 404),
        ({"Forwarded": "for=203.0.113.5"}, "", "GET", 404),
        ({"Via": "1.1 front"}, "", "GET", 404),
        ({}, "203.0.113.5", "GET", 404),
    ],
)
def test_metrics_are_for_this_machine_alone(built, monkeypatch, headers, client, method, status):
    """Nobody else is told, also not by a web server in front, nor a page of another site by a browser."""
    if client:
        own = asyncio.selector_events._SelectorTransport.get_extra_info

        def get_extra_info(transport, name, default=None):
            return (client, 4711) if name == "peername" else own(transport, name, default)

        monkeypatch.setattr(asyncio.selector_events._SelectorTransport, "get_extra_info", get_extra_info)
    with served(built, private={counting.PATH: lambda: counting.page("# x\n")}) as site:
        there = site.get("/metrics", method, **headers)
        assert there.status == status
        assert ("access-control-allow-origin" in there.headers) == (status != 200)


@pytest.mark.slow
def test_the_command_counts_and_logs(built, heeding, tmp_path):
    """`--metrics` and `--log FILE`: a line a request at once, behind those of yesterday."""
    log = tmp_path / "access.log"
    log.write_text("yesterday\n", "ascii")
    with started(heeding, built, "serve", "--port", "0", "--metrics", "--log", str(log)) as running:
        assert "<rss" in running.get("feed/feed.xml")
        running.until(lambda: "feed.xml" in log.read_text("ascii"))
        text = running.get("metrics")
        assert 'nashra_serve_requests_total{station="built",status="200",kind="feed"} 1' in text
        assert 'nashra_serve_episodes{station="built"} 1' in text
        age = re.search(r'^nashra_serve_feed_age_seconds\{station="built"\} ([\d.]+)$', text, re.MULTILINE)
        assert float(age[1]) >= 0
        assert running.end() == 0
    lines = log.read_text("ascii").splitlines()
    assert lines[0] == "yesterday"
    assert [re.search(r'"GET (\S+) HTTP/1.1" 200', each)[1] for each in lines[1:]] == [
        "/feed/feed.xml",
        "/metrics",
    ]


def test_nothing_is_told_unasked(built):
    """Without `--metrics` there is no such address."""
    with served(built) as site:
        assert site.get("/metrics").status == 404
