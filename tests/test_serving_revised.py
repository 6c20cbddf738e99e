"""What is served of a station with several feeds, small copies, corrections, withdrawals, and its age."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree

from loopback import got, read_all, served, sound_of
from nashra import publication
from nashra.serving.preview import rewriting

DAY = 86_400
PUBLIC = "https://news.example/pod/"
HERE = "http://192.0.2.7:8000/"
MORE = """
[podcast]
opus_kbps = 24

[[feed]]
name = "sport"
title = "رياضة المحطة"
categories = ["رياضة"]
"""
OF_SPORT = ("feed/sport.xml", "feed/sport.json", "feed/sport.html")


@pytest.fixture
def folder(station, run, news, brief, settings):
    """Return a station with two feeds and small copies, built: `rain` is sport."""
    said = settings.replace("[show]", f'[show]\nbase_url = "{PUBLIC}"') + MORE
    sport = f"---\ncategory: رياضة\n---\n{brief}"
    folder = station({"harbour.txt": news, "rain.txt": sport}, said)
    ran = run(folder, "build")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def site(folder):
    """Return it behind our server."""
    with served(folder) as site:
        yield site


def record(folder, slug: str) -> dict:
    return json.loads((folder / "audio" / f"{slug}.json").read_bytes())


def correct(folder, run, word: str, *arguments: str, epoch: int) -> None:
    """Say another word in the rain, and build."""
    article = folder / "articles" / "rain.txt"
    article.write_text(re.sub("أمطار [^ ]+ على", f"أمطار {word} على", article.read_text("utf-8")), "utf-8")
    assert run(folder, "build", *arguments, epoch=epoch).code == 0


def test_further_feeds_come_with_pages_types_and_covers(site):
    """All of `feeds.opml`: each feed, its JSON, its page, and every file of ours that they name."""
    assert site.get("/feed/feeds.opml").headers["content-type"] == "text/x-opml; charset=utf-8"
    types = ("application/rss+xml; charset=utf-8", "application/feed+json", "text/html; charset=utf-8")
    for path, media_type in zip(OF_SPORT, types, strict=True):
        there = site.get(f"/{path}")
        assert (there.status, there.headers["content-type"]) == (200, media_type)
        named = set(re.findall(rf'"{PUBLIC}((?:feed|audio)/[^"]+)"', there.body.decode()))
        assert named or path.endswith("html")
        assert {each: site.get(f"/{each}", "HEAD").status for each in named} == dict.fromkeys(named, 200)
    assert site.get("/feed/sports.xml").status == site.get("/sport.xml").status == 404


def test_further_feeds_are_there_in_the_midst_of_the_first_build_and_after_their_memo_is_lost(
    run, site, folder, epoch, monkeypatch
):
    """What a build has put there can be had before it ends, though what it made is noted last."""
    (folder / ".nashra" / "feed.json").unlink()
    assert {site.get(f"/{path}").status for path in OF_SPORT} == {200}
    seen = []

    def look(_station, _memo):
        seen.extend(site.get(f"/{path}").status for path in (*OF_SPORT, "feed/feeds.opml"))

    monkeypatch.setattr(publication, "keep", look)
    correct(folder, run, "غزيرة", epoch=epoch)
    assert seen == [200] * 4
    (folder / "nashra.toml").write_text(
        (folder / "nashra.toml").read_text("utf-8").partition("[[feed]]")[0], "utf-8"
    )
    monkeypatch.undo()
    assert run(folder, "build").code == 0
    assert {site.get(f"/{path}").status for path in (*OF_SPORT, "feed/feeds.opml")} == {404}


def test_a_small_copy_has_its_type_and_its_spans(site, folder):
    """Ogg, never packed, kept for ever, in pieces as it lies there; an earlier one leads to the newest."""
    name = record(folder, "rain")["opus"]["media"]["file"]
    data = (folder / "audio" / name).read_bytes()
    there = site.get(f"/audio/{name}", Accept_Encoding="gzip")
    assert (there.status, there.body) == (200, data)
    assert there.headers["content-type"] == "audio/ogg; codecs=opus"
    assert there.headers["cache-control"].endswith("immutable")
    assert "content-encoding" not in there.headers
    piece = site.get(f"/audio/{name}", Range="bytes=100-299", If_Range=there.headers["etag"])
    assert (piece.status, piece.body) == (206, data[100:300])
    assert site.get(f"/audio/{name}", Range=f"bytes={len(data)}-").status == 416


def test_earlier_sounds_of_both_kinds_lead_to_the_newest_also_after_a_reissue(site, folder, run, epoch):
    """MP3 to MP3 and Opus to Opus, in one step, from every revision."""
    names = []
    for number, (word, said) in enumerate((("غزيرة", ()), ("نادرة", ()), ("قوية", ("--reissue", "rain")))):
        now = record(folder, "rain")
        names.append((now["media"]["file"], now["opus"]["media"]["file"]))
        correct(folder, run, word, *said, epoch=epoch + (number + 1) * DAY)
    newest = record(folder, "rain")
    ends = (f"/audio/{newest['media']['file']}", f"/audio/{newest['opus']['media']['file']}")
    for earlier in names:
        for name, end in zip(earlier, ends, strict=True):
            there = site.get(f"/audio/{name}")
            assert (there.status, there.headers.get("location")) == (302, end)
    assert [site.get(end).status for end in ends] == [200, 200]


def test_of_a_withdrawn_episode_sounds_are_gone_and_its_page_can_be_read(site, folder, run, epoch):
    """410 for both kinds in every revision; the page says so; transcripts and the further feed go."""
    first = record(folder, "rain")
    beside = sorted((folder / "feed" / "transcripts").glob("rain-*"))
    correct(folder, run, "غزيرة", epoch=epoch + DAY)
    last = record(folder, "rain")
    assert run(folder, "withdraw", "rain", epoch=epoch + 2 * DAY).code == 0
    sounds = {media["file"] for each in (first, last) for media in (each["media"], each["opus"]["media"])}
    assert len(sounds) == 4
    assert {site.get(f"/audio/{name}").status for name in sounds} == {410}
    page = site.get("/feed/episodes/rain.html")
    assert page.status == 200
    assert "سُحبت هذه الحلقة" in page.body.decode()
    assert site.get("/feed/embed/rain.html").status == 200
    assert {site.get(f"/feed/transcripts/{each.name}").status for each in beside} == {404}
    assert site.get("/feed/sport.xml").status == 404
    assert site.get(f"/audio/{sound_of(folder)}").status == 200


def test_of_a_deleted_article_both_sounds_are_gone(site, folder, run):
    """As with a withdrawn one, but nothing says so."""
    rain = record(folder, "rain")
    (folder / "articles" / "rain.txt").unlink()
    assert run(folder, "build").code == 0
    names = (rain["media"]["file"], rain["opus"]["media"]["file"])
    assert [site.get(f"/audio/{name}").status for name in names] == [410, 410]
    assert site.get("/feed/episodes/rain.html").status == 404


def test_a_preview_writes_this_address_into_all_of_it(folder, run, epoch):
    """Feeds, outline, pages of episodes, small players and withdrawals, JSON beside them: ours alone."""
    assert run(folder, "withdraw", "harbour", epoch=epoch + DAY).code == 0
    rewrite = rewriting(PUBLIC, HERE)
    kinds = set()
    with served(folder, lambda _path, text: rewrite(text)) as site:
        for path in (folder / "feed").rglob("*.*"):
            name = path.relative_to(folder).as_posix()
            there = site.get(f"/{name}")
            assert there.status == 200, name
            for host in (b"news.example/pod", b"news.example%2Fpod"):
                assert host not in there.body, name
            if HERE.encode() in there.body:
                kinds.add(re.sub(r"(episodes|embed|oembed|transcripts|chapters)/.+\.", r"\1/*.", name))
        feed = etree.fromstring(site.get("/feed/sport.xml").body)
        sounds = [each.get("uri") for each in feed.iter("{*}source")]
        assert {each.rpartition(".")[2] for each in sounds} == {"mp3", "opus"}
        for address in sounds:
            assert site.get(address.replace(HERE, "/"), "HEAD").status == 200
    assert kinds >= {"feed/feed.xml", "feed/feed.json", "feed/feeds.opml", "feed/sitemap.xml", *OF_SPORT}
    assert kinds >= {"feed/index.html", "feed/episodes/*.html", "feed/oembed/*.json"}


def test_a_download_ends_whole_though_its_file_is_swept_meanwhile(site, folder, run, epoch):
    """A build deletes an old file whose time is over while somebody takes it."""
    first = record(folder, "rain")["media"]["file"]
    sound = folder / "audio" / first
    data = sound.read_bytes() + bytes(8_000_000)  # more than the kernel takes from us at once
    sound.write_bytes(data)
    with site.connect() as client:
        request = f"GET /audio/{first} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        client.sendall(request.encode())
        begun = client.recv(1000)
        for number in range(4):
            correct(folder, run, "غزيرة" + "ة" * number, epoch=epoch + 15 * number * DAY)
        assert not sound.exists()
        there = got(begun + read_all(client))
    assert there.status == 200
    assert there.body == data
