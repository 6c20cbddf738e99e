"""`nashra restore` of what a feed does not say: corrections, withdrawals, reissues, strands, Opus copies."""

import json
import shutil

import msgspec
import pytest

from nashra.errors import PublishingError
from nashra.model import Episode
from on_air import BASE, FEED, assert_same_feed, broken, fresh_checkout, served

HOUR = 1_767_225_600 + 3600
DAY = HOUR + 86_400
SPORT = "3f8b9c1e-0000-5000-8000-00000000abcd"
FEEDS = """
[[feed]]
name = "weather"
title = "الطقس"
categories = ["طقس"]
"""
FILED = "---\ncategory: طقس\n---\n"


@pytest.fixture
def here(on_air):
    """Return the station of two episodes, one of them corrected."""
    return on_air[1]


@pytest.fixture
def live(tmp_path, monkeypatch):
    """Return a folder that is served at the station's address."""
    www = tmp_path / "www"
    monkeypatch.setattr("nashra.commands.publishing._live", lambda _station: None)
    with served(www) as fetch:
        monkeypatch.setattr("nashra.commands.publishing.fetcher", lambda _station, **_: fetch)
        yield www


def record(folder, slug) -> Episode:
    return msgspec.json.decode((folder / "audio" / f"{slug}.json").read_bytes(), type=Episode)


def restored(run, station, fresh, epoch):
    """Return a fresh checkout after restoring and building, nothing of which complained."""
    fresh_checkout(station, fresh)
    for command in (("restore",), ("build",)):
        done = run(fresh, *command, epoch=epoch)
        assert (done.code, done.complaints) == (0, []), command
    return fresh


def test_a_withdrawn_episode_stays_withdrawn(here, live, run, files, tmp_path):
    """Its sound and its text go from the target at once; its notice, its 410 and its guid come back."""
    run(here, "publish", str(live), epoch=HOUR)
    was = record(here, "harbour")
    run(here, "withdraw", "harbour.txt", epoch=DAY)
    done = run(here, "publish", str(live), epoch=DAY)
    assert done.complaints == []
    there = files(live)
    assert broken(there) == []
    assert {name for name in there if "/harbour" in name} == {
        "audio/harbour.json",
        "feed/episodes/harbour.html",
        "feed/embed/harbour.html",
    }
    assert there["feed/redirects.json"] == (here / "feed" / "redirects.json").read_bytes()
    assert f"/audio/{was.media.file}" in there["feed/redirects.json"].decode()
    said = there["audio/harbour.json"].decode()
    assert was.title not in said
    assert was.cues[-1].text not in said
    fresh = restored(run, here, tmp_path / "fresh", DAY)
    assert_same_feed(files, fresh, here)
    back = record(fresh, "harbour")
    assert (back.guid, back.published, back.withdrawn) == (
        was.guid,
        was.published,
        record(here, "harbour").withdrawn,
    )
    assert ": 0 sent" in run(fresh, "publish", str(live), epoch=DAY).out
    run(fresh, "withdraw", "--undo", "harbour.txt", epoch=DAY)
    assert run(fresh, "build", epoch=DAY).complaints == []
    again = record(fresh, "harbour")
    assert (again.guid, again.published, again.media, again.title) == (
        was.guid,
        was.published,
        was.media,
        was.title,
    )
    assert run(fresh, "publish", str(live), epoch=DAY).complaints == []
    assert broken(files(live)) == []


def test_a_reissued_episode_keeps_its_new_guid_and_its_old_addresses(here, live, run, files, tmp_path):
    """It is no lost guid: the item of the old one goes on purpose, its addresses lead to the new sound."""
    run(here, "publish", str(live), epoch=HOUR)
    before = record(here, "rain")
    assert run(here, "build", "--reissue", "rain.txt", epoch=DAY).complaints == []
    done = run(here, "publish", str(live), epoch=DAY)
    assert (done.code, done.complaints) == (0, [])
    assert broken(files(live)) == []
    assert before.guid not in (live / FEED).read_text("utf-8")
    rules = {rule["from"]: rule.get("to") for rule in json.loads((live / "feed/redirects.json").read_bytes())}
    now = record(here, "rain")
    assert rules[f"/audio/{before.media.file}"] == f"/audio/{now.media.file}"
    fresh = restored(run, here, tmp_path / "fresh", DAY)
    assert_same_feed(files, fresh, here)
    assert record(fresh, "rain") == now
    assert now.issues[0].guid == before.guid
    assert now.mark


def test_strands_and_opus_copies_come_back(here, live, run, files, tmp_path):
    """A strand's feed goes on its own condition, keeps its guid; the copy is brought, byte for byte."""
    article = here / "articles" / "rain.txt"
    article.write_text(FILED + article.read_text("utf-8"), "utf-8")
    with (here / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[podcast]\nopus_kbps = 24\n{FEEDS}")
    (here / "podcast-weather.guid").write_text(f"{SPORT}\n")
    assert run(here, "build", epoch=DAY).complaints == []
    done = run(here, "publish", str(live), epoch=DAY)
    assert (done.code, done.complaints) == (0, [])
    there = files(live)
    assert there["feed/weather.xml"] == (here / "feed" / "weather.xml").read_bytes()
    assert SPORT in there["feed/weather.xml"].decode()
    assert len([name for name in there if name.endswith(".opus")]) == 2
    fresh = restored(run, here, tmp_path / "fresh", DAY)
    assert_same_feed(files, fresh, here)
    assert (fresh / "podcast-weather.guid").read_text() == f"{SPORT}\n"
    copies = {name: data for name, data in files(here / "audio").items() if name.endswith(".opus")}
    assert copies.items() <= files(fresh / "audio").items()
    weather = live / "feed" / "weather.xml"

    def changed_meanwhile(*_arguments):
        weather.write_bytes(weather.read_bytes() + b"<!-- another publisher -->")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nashra.publishing.folder.Folder.warnings", lambda *_: changed_meanwhile() or ())
        article.write_text(article.read_text("utf-8").replace("الشمال", "الشرق"), "utf-8")
        run(here, "build", epoch=DAY)
        done = run(here, "publish", str(live), epoch=DAY)
    assert done.code == PublishingError.exit_code
    assert "remote changed" in done.complaints[0]
    assert there[FEED] == (live / FEED).read_bytes()


def test_a_publication_that_stopped_before_the_feed_loses_no_history(here, live, run, tmp_path):
    """The record there may be ahead of the feed there: a withdrawal counts, and so does a new guid."""
    run(here, "publish", str(live), epoch=HOUR)
    feed = (live / FEED).read_bytes()
    run(here, "withdraw", "harbour.txt", epoch=DAY)
    run(here, "build", "--reissue", "rain.txt", epoch=DAY)
    run(here, "publish", str(live), epoch=DAY)
    (live / FEED).write_bytes(feed)
    fresh = fresh_checkout(here, tmp_path / "fresh")
    assert run(fresh, "restore", epoch=DAY).complaints == []
    assert record(fresh, "harbour").withdrawn
    assert record(fresh, "rain") == record(here, "rain")


def test_without_its_record_an_episode_comes_back_from_the_feed(here, live, run, files, tmp_path):
    """What a Nashra published that put no records there; its correction is not known, its guid is."""
    run(here, "publish", str(live), epoch=HOUR)
    for path in (live / "audio").glob("*.json"):
        path.unlink()
    fresh = fresh_checkout(here, tmp_path / "fresh")
    done = run(fresh, "restore", epoch=HOUR)
    assert (done.code, done.complaints) == (0, [])
    for slug in ("rain", "harbour"):
        back, was = record(fresh, slug), record(here, slug)
        for name in ("guid", "published", "updated", "media", "replaced", "frames", "title", "recipe"):
            assert getattr(back, name) == getattr(was, name), (slug, name)
        assert abs(back.level.lufs - was.level.lufs) < 0.1  # measured as a whole, not in parts
        assert [(cue.role, cue.text, cue.new_paragraph) for cue in back.cues] == [
            (cue.role, cue.text, cue.new_paragraph) for cue in was.cues
        ]
        for one, other in zip(back.cues, was.cues, strict=True):
            assert abs(one.start - other.start) < 45
    built = run(fresh, "build", "--why", epoch=HOUR)
    assert "rain.txt: up to date" in built.out
    assert broken({**files(fresh)}) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "harbour"),
        ("guid", "not one"),
        ("article", "../../nashra.toml"),
        ("image", "../../rain-0123456789ab.jpg"),
        ("media", {"file": "../../rain-0123456789ab.mp3", "bytes": 1, "sha256": ""}),
        ("schema", 9),
        ("cues", "none"),
    ],
)
def test_a_record_that_nashra_would_not_write_is_refused(here, live, run, tmp_path, field, value):
    """Whoever owns the host could write into this machine otherwise."""
    run(here, "publish", str(live), epoch=HOUR)
    path = live / "audio" / "rain.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {field: value}), "utf-8")
    fresh = fresh_checkout(here, tmp_path / "fresh")
    done = run(fresh, "restore", epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert f"{BASE}audio/rain.json" in done.complaints[0]
    assert not (fresh / "audio" / "rain.json").exists()


def test_a_station_that_moved_is_published_to_its_new_place(here, live, run, files, tmp_path):
    """Under the same guids, at another address and target; the old host's copy leads on to it."""
    run(here, "publish", str(live), epoch=HOUR)
    old = files(live)
    assert run(here, "move", "https://new.example/radio/", epoch=DAY).code == 0
    assert run(here, "build", epoch=DAY).complaints == []
    done = run(here, "publish", str(tmp_path / "new"), epoch=DAY)
    assert (done.code, done.complaints) == (0, [])
    there = files(tmp_path / "new")
    for slug in ("rain", "harbour"):
        assert record(here, slug).guid in there[FEED].decode()
    assert "https://new.example/radio/audio/" in there[FEED].decode()
    assert old == files(live)
    shutil.copy(here / "moved" / FEED, live / FEED)
    assert b"<itunes:new-feed-url>https://new.example/radio/feed/feed.xml" in (live / FEED).read_bytes()
