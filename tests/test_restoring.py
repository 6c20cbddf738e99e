"""`nashra restore`: a fresh checkout gets its records and sound back from the live feed."""

import shutil
import socket

import msgspec
import pytest

from nashra.errors import PublishingError
from nashra.model import Episode
from on_air import FEED, assert_same_feed, broken, fresh_checkout, served

HOUR = 1_767_225_600 + 3600


@pytest.fixture
def live(on_air, run, tmp_path, monkeypatch):
    """Return both published versions' folder, served on loopback, and what makes a fresh checkout."""
    first, second = on_air
    www = tmp_path / "www"
    monkeypatch.setattr("nashra.commands.publishing._live", lambda _station: None)
    run(first, "publish", str(www))
    run(second, "publish", str(www), epoch=HOUR)

    def checkout(*, articles=True):
        fresh = fresh_checkout(second, tmp_path / "fresh")
        if not articles:
            shutil.rmtree(fresh / "articles")
        return fresh

    with served(www) as fetch:
        monkeypatch.setattr("nashra.commands.publishing.fetcher", lambda _station, **_: fetch)
        yield www, second, checkout, fetch


def record(folder, slug) -> Episode:
    return msgspec.json.decode((folder / "audio" / f"{slug}.json").read_bytes(), type=Episode)


def test_the_next_build_remakes_nothing_and_the_feed_is_the_same(live, run, files):
    """Guids, dates, sound, corrections, side files, pages: byte for byte what is live."""
    www, second, checkout, _fetch = live
    fresh = checkout()
    done = run(fresh, "restore", epoch=HOUR)
    assert (done.code, done.complaints) == (0, [])
    assert "2 records and 2 MP3s restored" in done.out
    built = run(fresh, "build", "--why", epoch=HOUR + 60)
    assert built.complaints == []
    assert "harbour.txt: up to date" in built.out
    assert "rain.txt: up to date" in built.out
    assert "صُحّح هذا الخبر في" in (fresh / FEED).read_text("utf-8")
    assert_same_feed(files, fresh, second)
    assert (fresh / "podcast.guid").read_bytes() == (second / "podcast.guid").read_bytes()
    published = run(fresh, "publish", str(www), epoch=HOUR + 60)
    assert published.complaints == []
    assert ": 0 sent" in published.out


def test_a_record_tells_what_can_be_known(live, run):
    """And what cannot is measured: of the exact record only times differ, by less than a millisecond."""
    _www, second, checkout, _fetch = live
    fresh = checkout()
    run(fresh, "restore", epoch=HOUR)
    for slug in ("rain", "harbour"):
        back, was = record(fresh, slug), record(second, slug)
        for name in (
            "guid",
            "published",
            "updated",
            "media",
            "replaced",
            "revision",
            "frames",
            "title",
        ):
            assert getattr(back, name) == getattr(was, name), (slug, name)
        assert abs(back.level.lufs - was.level.lufs) < 0.1  # measured as a whole, not in parts
        for name in ("sources", "recipe", "voice", "author", "outlet", "url"):
            assert getattr(back, name) == getattr(was, name), (slug, name)
        assert [(cue.role, cue.text, cue.new_paragraph) for cue in back.cues] == [
            (cue.role, cue.text, cue.new_paragraph) for cue in was.cues
        ]
        for one, other in zip(back.cues, was.cues, strict=True):
            assert abs(one.start - other.start) < 45
            assert abs(one.end - other.end) < 45


def test_an_article_that_changed_meanwhile_keeps_its_guid(live, run, files):
    """It is spoken anew, under the same guid and date, with its live MP3 as an earlier address."""
    www, second, checkout, _fetch = live
    fresh = checkout()
    text = (fresh / "articles" / "rain.txt").read_text("utf-8")
    (fresh / "articles" / "rain.txt").write_text(text.replace("الشمال", "الشرق"), "utf-8")
    done = run(fresh, "restore", epoch=HOUR)
    assert "note  articles/rain.txt: says something else now" in done.out
    assert run(fresh, "build", epoch=HOUR + 60).complaints == []
    back, was = record(fresh, "rain"), record(second, "rain")
    assert (back.guid, back.published) == (was.guid, was.published)
    assert back.media != was.media
    assert was.media in back.replaced
    assert run(fresh, "publish", str(www), epoch=HOUR + 60).complaints == []
    there = files(www)
    assert broken(there) == []
    assert f"audio/{was.media.file}" in there


def test_without_restoring_it_is_refused(live, run):
    """A checkout without records would give new dates; where an article was renamed, new guids."""
    www, _second, checkout, _fetch = live
    fresh = checkout()
    shutil.copytree(fresh, fresh.with_name("renamed"))
    run(fresh, "build", epoch=HOUR)
    done = run(fresh, "publish", str(www), epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "has the date Thu, 01 Jan 2026 00:00:00 +0000 there" in done.complaints[0]
    fresh = fresh.with_name("renamed")
    (fresh / "articles" / "rain.txt").rename(fresh / "articles" / "regen.txt")
    run(fresh, "build", epoch=HOUR)
    done = run(fresh, "publish", str(www), epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "has the guid" in done.complaints[0]


def test_an_article_that_is_not_here_is_told(live, run):
    """Its record comes back, and the next build would withdraw it: that is said."""
    _www, _second, checkout, _fetch = live
    fresh = checkout(articles=False)
    done = run(fresh, "restore", epoch=HOUR)
    assert done.code == 0
    assert "articles/rain.txt: is not here" in done.out
    assert record(fresh, "rain").cues


def test_what_is_here_is_left_alone_and_a_second_time_nothing_is_fetched(live, run, files):
    """Records, sound: only what is missing is asked for."""
    _www, _second, checkout, fetch = live
    fresh = checkout()
    run(fresh, "restore", epoch=HOUR)
    before = files(fresh)
    fetch.asked.clear()
    assert "0 records and 0 MP3s restored" in run(fresh, "restore", epoch=HOUR).out
    assert files(fresh) == before
    assert not [path for path in fetch.asked if path.startswith("audio/")]
    sound = next((fresh / "audio").glob("rain-*.mp3"))
    name = record(fresh, "rain").media.file
    (fresh / "audio" / name).unlink()
    assert "0 records and 1 MP3s restored" in run(fresh, "restore", epoch=HOUR).out
    assert files(fresh) == before
    assert sound.exists()


def test_sound_that_is_not_what_the_feed_says_is_refused(live, run):
    """Whoever broke it there: it does not become ours."""
    www, second, checkout, _fetch = live
    name = record(second, "rain").media.file
    (www / "audio" / name).write_bytes((www / "audio" / name).read_bytes()[:-1] + b"?")
    done = run(checkout(), "restore", epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "is not what the feed says" in done.complaints[0]


def test_another_shows_feed_is_refused(live, run):
    """A wrong address must not mix two stations."""
    _www, _second, checkout, _fetch = live
    fresh = checkout()
    (fresh / "podcast.guid").write_text("9b024349-ccf0-5f69-a609-6b82873eab3c\n")
    assert "is of the podcast" in run(fresh, "restore", epoch=HOUR).complaints[0]
    assert (
        "is no feed that Nashra published" in run(fresh, "restore", "https://radio.example/x").complaints[0]
    )


@pytest.mark.parametrize("name", ["../x-0123456789ab.mp3", "audio/../../x-0123456789ab.mp3", "audio/.x.mp3"])
def test_a_name_that_leads_out_of_the_station_is_passed_over(live, run, name):
    """Names come from the network."""
    www, _second, checkout, _fetch = live
    feed = www / FEED
    text = feed.read_text("utf-8")
    for each in sorted(path.name for path in (www / "audio").glob("*.mp3")):
        text = text.replace(f"https://radio.example/audio/{each}", f"https://radio.example/{name}")
    feed.write_text(text, "utf-8")
    fresh = checkout()
    assert "lists nothing that Nashra published" in run(fresh, "restore", epoch=HOUR).complaints[0]
    assert list((fresh / "audio").iterdir()) == []


def test_a_feed_that_declares_entities_is_not_parsed(live, run):
    """A few lines of them become gigabytes."""
    www, _second, checkout, _fetch = live
    raw = (www / FEED).read_bytes()
    (www / FEED).write_bytes(raw.replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a "b">]><rss', 1))
    assert "is no feed that can be read" in run(checkout(), "restore", epoch=HOUR).complaints[0]


def test_the_live_feed_is_read_by_the_guarded_fetcher(on_air, run, monkeypatch):
    """An address inside this network is not asked unless nashra.toml allows it."""
    first, _second = on_air
    real = socket.getaddrinfo
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(
        "nashra.fetching.connection.socket.getaddrinfo",
        lambda host, *rest, **named: inside if b"radio" in bytes(host) else real(host, *rest, **named),
    )
    done = run(first, "restore")
    assert done.code == 3
    assert "restored" not in done.out
