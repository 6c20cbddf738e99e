"""What apps need of whoever hosts a feed (HEAD, 304, spans, lengths, CORS), held at our own server."""

from __future__ import annotations

import os

import pytest

from loopback import served

# Last-Modified is told of what is older than a second; the packing of a text is another state of it.
DAY = 1_767_225_600


@pytest.fixture
def files(built) -> dict[str, str]:
    """Return a file of each kind that an app asks for."""
    found = {
        "feed": built / "feed" / "feed.xml",
        "sound": next((built / "audio").glob("*.mp3")),
        "cover": next((built / "feed").glob("cover-*.jpg")),
        "chapters": next((built / "feed" / "chapters").glob("*.json")),
        **{kind: next((built / "feed" / "transcripts").glob(f"*.{kind}")) for kind in KINDS[4:]},
    }
    for path in found.values():
        os.utime(path, (DAY, DAY))
    return {kind: f"/{path.relative_to(built).as_posix()}" for kind, path in found.items()}


KINDS = ("feed", "sound", "cover", "chapters", "vtt", "srt", "json", "html")


@pytest.fixture
def site(built):
    """Return the built station behind our server."""
    with served(built) as site:
        yield site


@pytest.mark.parametrize("kind", KINDS)
def test_head_tells_what_get_does(site, files, kind):
    """Every header but the clock's, plain and packed, and no byte of the body."""
    for packing in ("identity", "gzip"):
        told, there = (
            site.get(files[kind], method, Accept_Encoding=packing)._replace(body=b"")
            for method in ("HEAD", "GET")
        )
        for each in (told, there):
            del each.headers["date"]
        assert told == there
        assert told.status == 200
        assert told.headers.keys() >= {"content-length", "etag", "last-modified", "accept-ranges"}
        assert told.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_it_gets_304_by_either_validator(site, files, kind):
    """By the tag alone (gPodder), by the date alone (AntennaPod); of another state, all of it."""
    for packing in ("identity", "gzip"):
        first = site.get(files[kind], Accept_Encoding=packing).headers
        for has in ({"If_None_Match": first["etag"]}, {"If_Modified_Since": first["last-modified"]}):
            for method in ("GET", "HEAD"):
                there = site.get(files[kind], method, Accept_Encoding=packing, **has)
                assert (there.status, there.body) == (304, b"")
                assert there.headers["etag"] == first["etag"]
        for old in ({"If_None_Match": '"old"'}, {"If_Modified_Since": "Wed, 31 Dec 2025 23:59:59 GMT"}):
            assert site.get(files[kind], Accept_Encoding=packing, **old).status == 200


def test_a_build_that_changes_nothing_changes_no_tag_and_no_date(site, built, files, run, epoch):
    """So every poll of the next day is a 304; another server of the same files gives the same."""
    validators = ("etag", "last-modified")

    def asked(server) -> dict[str, list[str]]:
        return {
            kind: [server.get(path, "HEAD").headers[name] for name in validators]
            for kind, path in files.items()
        }

    before = asked(site)
    assert run(built, "build", epoch=epoch + 86_400).code == 0
    assert asked(site) == before
    with served(built) as other:
        assert asked(other) == before


def test_sound_and_pictures_are_never_packed_and_a_span_of_a_text_neither(site, files):
    """Whatever a client takes: the length that the feed says is that of the body, and spans are its."""
    for kind in ("sound", "cover"):
        there = site.get(files[kind], Accept_Encoding="gzip, br, zstd, *")
        assert "content-encoding" not in there.headers
        assert "vary" not in there.headers
    piece = site.get(files["vtt"], Accept_Encoding="gzip", Range="bytes=0-5")
    assert (piece.status, piece.body) == (206, b"WEBVTT")
    assert "content-encoding" not in piece.headers


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_other_sites_may_read_it_and_ask_before(site, files, kind):
    """A player elsewhere asks whether it may send Range, and may read lengths, spans, tags."""
    said = {"Origin": "https://player.example", "Access_Control_Request_Headers": "range"}
    before = site.get(files[kind], "OPTIONS", **said).headers
    assert "Range" in before["access-control-allow-headers"]
    there = site.get(files[kind], Origin="https://player.example", Range="bytes=0-9")
    assert (there.status, there.headers["access-control-allow-origin"]) == (206, "*")
    assert {"Content-Length", "Content-Range", "ETag"} <= set(
        there.headers["access-control-expose-headers"].split(", ")
    )
