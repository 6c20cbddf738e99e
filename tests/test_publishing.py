"""`nashra publish` to a folder, and what it refuses wherever it would go."""

import errno
import shutil
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from filelock import FileLock

from nashra.errors import ConfigurationError, PublishingError
from nashra.publishing import address, folder, known, preparing, sending
from nashra.publishing.items import RULES, made, rule_of
from nashra.publishing.steps import guard, steps
from nashra.publishing.target import Found
from on_air import FEED, broken, nowhere

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = timedelta(days=14)
HOUR = 1_767_225_600 + 3600


@pytest.fixture(autouse=True)
def _no_such_host(monkeypatch):
    """Nobody knows radio.example here, as on a machine whose station has no address yet."""

    monkeypatch.setattr("nashra.fetching.connection.socket.getaddrinfo", nowhere(socket.getaddrinfo))


def listing(*names: str) -> dict[str, Found]:
    return {name: Found(1) for name in names}


def planned(here, there, known_to=None, moved=None):
    items, known_to, moved = [made(name, b"1") for name in here], known_to or {}, moved or {}
    return steps(items, listing(*there), known_to, moved, (), NOW, DAYS, lambda *_: True)


def test_a_station_arrives_whole_in_a_folder(on_air, run, files, tmp_path):
    """All that the feed names is there, byte for byte; no article, nothing hidden."""
    first, _second = on_air
    done = run(first, "publish", str(tmp_path / "www"))
    assert (done.code, done.complaints) == (0, [])
    there, here = files(tmp_path / "www"), files(first)
    assert broken(there) == []
    assert there[FEED] == here[FEED]
    assert {name for name in there if here.get(name) != there[name]} == {
        "index.html",
        known.NAME,
        ".nashra-publish.lock",
    }
    assert {name for name in there if name.startswith("audio/")} == {
        name for name in here if name.startswith("audio/")
    }


def test_a_second_publication_of_the_same_changes_nothing(on_air, run, tmp_path):
    """Not a byte and not a time."""
    first, _second = on_air
    www = tmp_path / "www"
    run(first, "publish", str(www))
    before = {path: path.stat().st_mtime_ns for path in www.rglob("*") if path.suffix != ".lock"}
    done = run(first, "publish", str(www))
    assert ": 0 sent (0.0 MB), " in done.out
    assert {path: path.stat().st_mtime_ns for path in www.rglob("*") if path.suffix != ".lock"} == before


def test_what_has_not_changed_is_not_read_again(on_air, run, monkeypatch, files, tmp_path):
    """Neither here nor there; what somebody changed there is, and is put right."""
    first, _second = on_air
    www, compared = tmp_path / "www", []
    alike = folder.Folder.alike

    def noting(target, item, found):
        compared.append(item.name)
        return alike(target, item, found)

    monkeypatch.setattr(folder.Folder, "alike", noting)
    run(first, "publish", str(www))
    run(first, "publish", str(www))
    assert compared == ["index.html"]  # is no file here
    page = www / "feed" / "episodes" / "rain.html"
    page.write_bytes(page.read_bytes()[::-1])
    compared.clear()
    done = run(first, "publish", str(www))
    assert compared == ["feed/episodes/rain.html", "index.html"]
    assert ": 1 sent" in done.out
    assert files(www)["feed/episodes/rain.html"] == files(first)["feed/episodes/rain.html"]
    shutil.rmtree(first / ".nashra" / "published")
    compared.clear()
    assert ": 0 sent" in run(first, "publish", str(www)).out
    assert FEED in compared


def test_a_dry_run_lists_what_would_happen_and_does_nothing(on_air, run, tmp_path):
    """Everything first, the feed last."""
    first, _second = on_air
    done = run(first, "publish", str(tmp_path / "www"), "--dry-run")
    lines = done.out.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("send")][-1] == FEED
    assert lines[0].startswith("send    audio/rain-")
    assert not (tmp_path / "www").exists()


def test_an_edit_sends_what_changed_and_keeps_the_earlier_address(on_air, run, files, tmp_path):
    """The replaced MP3 stays for good, for apps pin the first address; old side files stay for a while."""
    first, second = on_air
    www = tmp_path / "www"
    run(first, "publish", str(www))
    old = files(www)
    done = run(second, "publish", str(www), epoch=HOUR)
    assert done.complaints == []
    assert old.keys() <= files(www).keys()
    assert broken(files(www)) == []
    run(second, "publish", str(www), epoch=HOUR + 15 * 86_400)
    assert {name for name in old if name.startswith("audio/")} <= files(www).keys()


def test_a_withdrawn_article_loses_its_pages_at_once_and_its_sound_later(on_air, run, files, tmp_path):
    """What nothing lists any more goes after publish.keep_days, and not before."""
    _first, second = on_air
    www = tmp_path / "www"
    run(second, "publish", str(www), epoch=HOUR)
    for path in (second / "articles" / "rain.txt", *(second / "audio").glob("rain*")):
        path.unlink()
    run(second, "build", epoch=HOUR)
    run(second, "publish", str(www), epoch=HOUR)
    left = files(www)
    assert "feed/episodes/rain.html" not in left
    assert [name for name in left if name.startswith("audio/rain-")]
    run(second, "publish", str(www), epoch=HOUR + 13 * 86_400)
    assert files(www).keys() == left.keys()
    done = run(second, "publish", str(www), epoch=HOUR + 14 * 86_400)
    assert done.complaints == []
    assert not [name for name in files(www) if "/rain" in name]
    assert broken(files(www)) == []


def test_an_article_deleted_long_ago_whose_sound_is_swept_stops_no_publication(on_air, run, files, tmp_path):
    """Its record stays for its guid; its sound leaves the target in its time, and no other file with it."""
    _first, second = on_air
    www = tmp_path / "www"
    run(second, "publish", str(www), "--first", epoch=HOUR)
    (sound,) = (path.name for path in (second / "audio").glob("harbour-*.mp3"))
    (second / "articles" / "harbour.txt").unlink()
    assert run(second, "build", epoch=HOUR + 60).code == 0
    (second / "audio" / sound).unlink()
    assert run(second, "publish", str(www), "--first", epoch=HOUR + 120).complaints == []
    there = files(www)
    assert there[FEED] == (second / FEED).read_bytes()
    assert f"audio/{sound}" in there
    assert broken(there) == []
    run(second, "publish", str(www), "--first", epoch=HOUR + 90 * 86_400)
    assert f"audio/{sound}" not in files(www)


def test_a_draft_is_not_published(on_air, run, files, tmp_path):
    """Neither its sound nor anything beside it."""
    _first, second = on_air
    (second / "articles" / "rain.txt").write_text(
        "---\ndraft: true\n---\n" + (second / "articles" / "rain.txt").read_text("utf-8"), "utf-8"
    )
    run(second, "build", epoch=HOUR)
    assert list((second / "audio").glob("rain-*.mp3"))
    done = run(second, "publish", str(tmp_path / "www"), epoch=HOUR)
    assert done.complaints == []
    assert not [name for name in files(tmp_path / "www") if "rain" in name]


def test_what_publishing_did_not_put_there_is_never_deleted_nor_replaced(on_air, run, files, tmp_path):
    """Not even a front page of the owner's, nor what looks like Nashra's own."""
    first, second = on_air
    www = tmp_path / "www"
    own = {
        "index.html": b"mine",
        "about.html": b"me",
        "audio/rain-000000000000.mp3": b"?",
        "feed/episodes/x.html": b"x",
    }
    for name, data in own.items():
        (www / name).parent.mkdir(parents=True, exist_ok=True)
        (www / name).write_bytes(data)
    for each, epoch in ((first, HOUR - 3600), (second, HOUR), (second, HOUR + 90 * 86_400)):
        assert run(each, "publish", str(www), epoch=epoch).complaints == []
        assert own.items() <= files(www).items()


def test_what_a_stopped_publication_left_half_written_goes_with_the_next(on_air, run, tmp_path):
    """Ours by its name, in our folders, and there since before this run; whatever else lies there stays."""
    first, second = on_air
    www = tmp_path / "www"
    run(first, "publish", str(www), "--first")
    ours = ("audio/.rain-0123456789ab.mp3.77.tmp", "feed/.feed.xml.77.tmp", ".index.html.7.tmp")
    others = ("audio/mine.tmp", "audio/.mine.tmp", "elsewhere/.a.html.77.tmp")
    (www / "elsewhere").mkdir()
    for name in (*ours, *others):
        (www / name).write_bytes(b"half")
    run(second, "publish", str(www), "--first", "--dry-run", epoch=HOUR)
    assert [name for name in (*ours, *others) if not (www / name).exists()] == []
    assert run(second, "publish", str(www), "--first", epoch=HOUR).code == 0
    assert [name for name in ours if (www / name).exists()] == []
    assert [name for name in others if not (www / name).exists()] == []


def test_a_publication_waits_for_the_build_that_runs(on_air, tmp_path):
    """What it sends is one station, and not half of two."""
    first, _second = on_air
    line = [
        sys.executable,
        "-m",
        "nashra",
        "publish",
        str(tmp_path / "www"),
        "--first",
        "--station",
        str(first),
    ]
    with (
        FileLock(first / ".nashra" / "lock") as held,
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as publisher,
    ):
        assert publisher.stderr.readline() == "a build of this station runs; waiting for it\n"
        assert publisher.poll() is None
        assert not (tmp_path / "www" / FEED).exists()
        held.release()
        publisher.communicate(timeout=120)
    assert publisher.returncode == 0
    assert (tmp_path / "www" / FEED).read_bytes() == (first / FEED).read_bytes()


def test_localhost_is_refused_before_anything(built, run, tmp_path):
    """The usual address means something else on every listener's machine."""
    done = run(built, "publish", str(tmp_path / "www"))
    assert done.code == PublishingError.exit_code
    assert "`show.base_url` is http://localhost:8000/" in done.complaints[0]
    assert not (tmp_path / "www").exists()


def test_a_feed_that_breaks_a_must_is_refused(on_air, run, tmp_path):
    """As `nashra check` says it, and nothing is sent."""
    first, _second = on_air
    mp3 = next((first / "audio").glob("*.mp3"))
    mp3.write_bytes(mp3.read_bytes()[:-100])
    done = run(first, "publish", str(tmp_path / "www"))
    assert done.code == 6
    assert mp3.name in done.complaints[0]
    assert not (tmp_path / "www").exists()


def test_the_station_itself_is_no_target(on_air, run):
    """A folder that is read while it is written."""
    first, _second = on_air
    for name in (".", "feed", "audio/x"):
        assert "is the station itself" in run(first, "publish", f"./{name}").complaints[0]


def test_an_episode_that_is_there_keeps_its_guid(on_air, run, files, tmp_path):
    """A checkout without records would make every episode anew; publishing says so instead."""
    first, _second = on_air
    www = tmp_path / "www"
    run(first, "publish", str(www))
    record = first / "audio" / "rain.json"
    text = record.read_text("utf-8")
    guid = text.partition('"guid": "')[2][:36]
    record.write_text(text.replace(guid, "0" * 8 + guid[8:]), "utf-8")
    run(first, "build", "--force")
    before = files(www)
    done = run(first, "publish", str(www))
    assert done.code == PublishingError.exit_code
    assert f"has the guid {guid} there" in done.complaints[0]
    assert "nashra restore" in done.complaints[0]
    assert files(www) == before


def test_the_live_feed_is_asked_where_the_target_has_none(on_air, run, monkeypatch, tmp_path):
    """Moving to another host must not give listeners everything twice."""
    first, second = on_air
    live = (first / FEED).read_bytes()
    record = first / "audio" / "rain.json"
    text = record.read_text("utf-8")
    guid = text.partition('"guid": "')[2][:36]
    record.write_text(text.replace(guid, "0" * 8 + guid[8:]), "utf-8")
    run(first, "build", "--force")
    monkeypatch.setattr("nashra.commands.publishing._live", lambda _station: live)
    assert f"has the guid {guid} there" in run(first, "publish", str(tmp_path / "new")).complaints[0]
    assert run(second, "publish", str(tmp_path / "new"), epoch=HOUR).complaints == []


def test_another_podcast_guid_is_refused(on_air, run, tmp_path):
    """Apps would take it for another show."""
    first, _second = on_air
    run(first, "publish", str(tmp_path / "www"))
    (first / "podcast.guid").write_text("9b024349-ccf0-5f69-a609-6b82873eab3c\n")
    run(first, "build")
    assert (
        "the podcast of feed/feed.xml would get another guid"
        in run(first, "publish", str(tmp_path / "www")).complaints[0]
    )


def test_a_feed_of_some_episodes_comes_and_goes(on_air, run, files, tmp_path):
    """Each feed has a guid of its own: one more, or one less, is not another guid for the podcast."""
    first, _second = on_air
    www = tmp_path / "www"
    run(first, "publish", str(www))
    settings, rain = first / "nashra.toml", first / "articles" / "rain.txt"
    settings.write_text(
        settings.read_text("utf-8") + '\n[[feed]]\nname = "water"\ntitle = "ماء"\ncategories = ["ماء"]\n',
        "utf-8",
    )
    rain.write_text("---\ncategory: ماء\n---\n" + rain.read_text("utf-8"), "utf-8")
    run(first, "build", epoch=HOUR)
    assert run(first, "publish", str(www), epoch=HOUR).complaints == []
    assert "feed/water.xml" in files(www)
    run(first, "withdraw", "rain.txt", epoch=HOUR)
    assert run(first, "publish", str(www), epoch=HOUR).complaints == []
    assert "feed/water.xml" not in files(www)


def test_two_publishers_at_once_are_told_apart(on_air, run, monkeypatch, files, tmp_path):
    """Whoever comes second is told that the remote changed, and the first one's feed stays."""
    first, second = on_air
    www = tmp_path / "www"
    run(first, "publish", str(www))
    send, between = sending.send, []

    def interrupted(*arguments):
        if not between:
            between.append(True)
            text = (www / FEED).read_bytes()
            (www / FEED).write_bytes(text.replace(b"<generator>Nashra", b"<generator>Another"))
        send(*arguments)

    monkeypatch.setattr(sending, "send", interrupted)
    done = run(second, "publish", str(www), epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "remote changed" in done.complaints[0]
    assert b"<generator>Another" in files(www)[FEED]
    assert broken(files(www)) == []


def test_a_hub_is_told_once_the_feed_is_out(on_air, run):
    """As WebSub says: what changed, in a form; and not when nothing changed."""
    first, _second = on_air
    told = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            there = (first / "www" / FEED).exists()
            told.append((there, parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        with (first / "nashra.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[publish]\nhub = "http://127.0.0.1:{server.server_port}/"\ntarget = "www"\n')
        run(first, "build")
        assert run(first, "publish").complaints == []
        assert run(first, "publish").complaints == []
        server.shutdown()
        thread.join()
    assert told == [(True, {"hub.mode": ["publish"], "hub.url": [f"https://radio.example/{FEED}"]})]


def test_a_hub_that_cannot_be_told_is_a_warning(on_air, run):
    """The feed is out; its address is in the feed for those who subscribe to it."""
    first, _second = on_air
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        hub = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with (first / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[publish]\nhub = "{hub}"\ntarget = "www"\n')
    run(first, "build")
    done = run(first, "publish")
    assert done.code == 0
    assert "the hub does not answer" in done.complaints[0]
    assert f'<atom:link href="{hub}" rel="hub"/>' in (first / "www" / FEED).read_text("utf-8")


def test_whichever_write_fails_the_feed_there_is_whole(on_air, run, monkeypatch, files, tmp_path):
    """A disk that is full at the N-th file for all N: looked at each time; the next run sends the rest."""
    first, second = on_air
    start, write = tmp_path / "start", folder.write
    run(first, "publish", str(start))
    monkeypatch.setattr(preparing, "refuse_broken", lambda _built: None)  # the same each time
    number, failed = 0, 0
    while failed == number:
        number += 1
        www, count = tmp_path / f"www{number}", []
        shutil.copytree(start, www)

        def full(path, data, *, count=count, number=number):
            count.append(path)
            if len(count) >= number:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(path, data)

        monkeypatch.setattr(folder, "write", full)
        done = run(second, "publish", str(www), "--first", epoch=HOUR)
        failed += done.code == PublishingError.exit_code
        assert broken(files(www)) == []
        monkeypatch.setattr(folder, "write", write)
        assert run(second, "publish", str(www), "--first", epoch=HOUR).complaints == []
        assert (www / FEED).read_bytes() == (second / FEED).read_bytes()
        assert broken(files(www)) == []
    assert number > 20


# What is to be done, as values


def test_an_unknown_file_is_no_removal():
    """Only what publishing put there itself can go."""
    assert planned(["feed/feed.xml"], ["feed/feed.xml", "audio/a.mp3"]).removals == ()
    assert planned(
        ["feed/feed.xml"], ["feed/feed.xml", "audio/a.mp3"], {"audio/a.mp3": NOW - DAYS}
    ).removals == ("audio/a.mp3",)


def test_what_leaves_the_feed_waits_its_days():
    """The days begin when it is first missed."""
    found = planned(["feed/feed.xml"], ["audio/a.mp3"], {"audio/a.mp3": None})
    assert found.removals == ()
    assert found.after["audio/a.mp3"] == NOW


def test_an_earlier_address_is_kept_for_good():
    """Apps pin the first address that they saw."""
    old = {"audio/a.mp3": NOW - 10 * DAYS}
    assert (
        planned(["feed/feed.xml"], ["audio/a.mp3"], old, moved={"audio/a.mp3": "audio/b.mp3"}).removals == ()
    )


@pytest.mark.parametrize(
    ("removals", "known_to", "gone", "episodes", "refused"),
    [
        (16, 20, 1, 2, False),
        (17, 20, 0, 2, True),
        (17, 170, 0, 2, False),
        (257, 100_000, 0, 2, True),
        (0, 20, 2, 5, True),
        (0, 20, 10, 100, False),
    ],
)
def test_a_mass_deletion_must_be_asked_for(removals, known_to, gone, episodes, refused):
    """More than 256 files, or a tenth of them beyond the few of one episode; the same for episodes."""
    if not refused:
        guard(removals, known_to, gone, episodes)
        return
    with pytest.raises(PublishingError, match="would go"):
        guard(removals, known_to, gone, episodes)


def test_the_feed_is_of_the_last_group():
    """And every row of the table can be reached."""
    assert rule_of("feed/feed.xml").group == "feeds"
    assert RULES[-1].pattern == "*"


# Secrets


@pytest.mark.parametrize(
    "target",
    [
        "sftp://me:canary@host/www",
        "rsync://me:canary@host/www",
        "s3://canary:canary@bucket/",
        "git:https://canary@host.example/r.git",
        "git:https://me:canary@host.example/r.git#b",
        "https://me:canary@host.example/",
    ],
)
def test_a_secret_in_a_target_is_refused_and_not_repeated(on_air, run, target):
    """Neither on the command line nor in nashra.toml, and the advice says where it belongs."""
    first, _second = on_air
    done = run(first, "publish", target)
    assert done.code == ConfigurationError.exit_code
    with (first / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[publish]\ntarget = "{target}"\n')
    written = run(first, "publish", "--debug")
    assert written.code == ConfigurationError.exit_code
    for said in (done.out, done.err, written.out, written.err):
        assert "canary" not in said
    assert "docs/publish.md" in done.err
    assert "docs/publish.md" in written.err


@pytest.mark.parametrize("key", ["password", "aws_secret_access_key", "token", "secret_key"])
def test_a_key_for_a_secret_is_refused_with_advice(on_air, run, key):
    """The file is read by many, and git keeps it for ever."""
    first, _second = on_air
    with (first / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[publish]\n{key} = "canary"\n')
    done = run(first, "publish", "--debug")
    assert done.code == ConfigurationError.exit_code
    assert "would be a secret" in done.complaints[0]
    assert "canary" not in done.out + done.err


@pytest.mark.parametrize(
    "said", ["", "-x", "ftp://host/x", "s3://", "git:", "git:--upload-pack=x", "sftp://-oX/p"]
)
def test_what_is_no_target_is_refused(said):
    """Nothing that begins with a dash reaches a program."""
    with pytest.raises(ConfigurationError):
        address.parse(said)


def test_published_json_that_is_none_is_refused():
    """Nobody guesses what may be deleted."""
    with pytest.raises(PublishingError, match=r"is not what feed/published\.json is"):
        known.decode(b"{", "x")
    with pytest.raises(PublishingError, match="of form 9"):
        known.decode(b'{"form": 9, "files": {}}', "x")
    assert known.decode(known.encode({"a": NOW, "b": None}), "x") == {"a": NOW, "b": None}


def test_a_station_that_lost_its_cache_says_what_to_do(on_air, run, tmp_path):
    """Which files of feed/ are the build's own is known from the last build."""
    first, _second = on_air
    shutil.rmtree(first / ".nashra")
    done = run(first, "publish", str(tmp_path / "www"))
    assert done.code == PublishingError.exit_code
    assert "run `nashra build`" in done.complaints[0]
