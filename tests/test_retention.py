"""What is kept and for how long: nothing goes before its time, too much never goes unasked."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from nashra import last_feed, records, retention, station, verifying
from nashra.errors import AudioError, FeedError
from nashra.guarding import too_many
from nashra.retention import Retired, due, noted
from nashra.settings import Retention

DAY = 86_400
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def edit(folder, before, after, name="harbour.txt"):
    path = folder / "articles" / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def sounds(folder):
    return {path.name for path in (folder / "audio").glob("*.mp3")}


def ledger(folder):
    return json.loads((folder / "retired.json").read_bytes())["files"]


def violations(folder, epoch):
    return verifying.verify(folder, deep=True, now=datetime.fromtimestamp(epoch, UTC))


def rebuilt(folder, run, epoch, word):
    """Build with another last sentence, so that a generation of the feed is published."""
    edit(folder, "كل أسبوع", f"كل أسبوع{word}")
    assert run(folder, "build", epoch=epoch).code == 0
    assert violations(folder, epoch) == ()


def test_an_old_file_goes_after_its_days_and_its_generations(built, run, epoch):
    """An edit keeps the old MP3 and its transcripts; both limits must be passed before they go."""
    first = sounds(built)
    sides = set((built / "feed" / "transcripts").iterdir())
    rebuilt(built, run, epoch, " مرة")
    assert first < sounds(built)
    assert sides < set((built / "feed" / "transcripts").iterdir())
    rebuilt(built, run, epoch + 13 * DAY, " مرتين")
    assert first < sounds(built)
    (name,) = first
    assert ledger(built)[f"audio/{name}"]["generations"] == 2
    rebuilt(built, run, epoch + 14 * DAY, " تماما")
    assert first.isdisjoint(sounds(built))
    assert len(sounds(built)) == 3
    assert sides.isdisjoint((built / "feed" / "transcripts").iterdir())
    assert violations(built, epoch + 14 * DAY) == ()


def test_a_file_that_had_its_days_but_not_its_generations_stays(built, run, epoch):
    """Caches hold the last feeds, however old they are."""
    first = sounds(built)
    rebuilt(built, run, epoch, " مرة")
    rebuilt(built, run, epoch + 100 * DAY, " مرتين")
    assert first < sounds(built)


def test_for_ever_is_for_ever(built, run, epoch):
    """With `days = "for ever"` nothing goes."""
    path = built / "nashra.toml"
    path.write_text(path.read_text("utf-8") + '\n[retention]\ndays = "for ever"\n', "utf-8")
    first = sounds(built)
    for number, word in enumerate((" مرة", " مرتين", " تماما", " أيضا")):
        rebuilt(built, run, epoch + 1000 * number * DAY, word)
    assert first < sounds(built)
    assert "kept for ever" in run(built, "prune", "--dry-run", epoch=epoch + 9000 * DAY).out


def test_a_withdrawn_article_keeps_its_sound_for_the_window_and_its_record_always(built, run, epoch, brief):
    """It is gone from the feed at once; its guid is there if it comes back."""
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    guid = json.loads((built / "audio" / "rain.json").read_bytes())["guid"]
    (rain,) = (built / "audio").glob("rain-*.mp3")
    (built / "articles" / "rain.txt").unlink()
    assert run(built, "build").code == 0
    assert guid not in (built / "feed" / "feed.xml").read_text("utf-8")
    assert rain.exists()
    for number, word in enumerate((" مرة", " مرتين"), 1):
        rebuilt(built, run, epoch + 7 * number * DAY, word)
    assert not rain.exists()
    assert (built / "audio" / "rain.json").exists()
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build", epoch=epoch + 15 * DAY).code == 0
    assert guid in (built / "feed" / "feed.xml").read_text("utf-8")
    assert rain.exists()
    assert violations(built, epoch + 15 * DAY) == ()


def test_an_article_that_comes_back_changed_is_not_blamed_for_the_sound_that_went(built, run, epoch, brief):
    """Its record lists that sound as replaced then, and that it had its time is still known."""
    article = built / "articles" / "rain.txt"
    article.write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    (rain,) = (built / "audio").glob("rain-*.mp3")
    article.unlink()
    for number in range(3):
        rebuilt(built, run, epoch + 7 * number * DAY, " مرة")
    assert not rain.exists()
    article.write_text(f"{brief}ثم تصفو السماء.\n", "utf-8")
    assert run(built, "build", epoch=epoch + 15 * DAY).code == 0
    record = json.loads((built / "audio" / "rain.json").read_bytes())
    assert rain.name in {each["file"] for each in record["replaced"]}
    assert violations(built, epoch + 15 * DAY) == ()


def test_nothing_goes_behind_a_build_that_failed(built, run, epoch):
    """The article that fails may be the one that needs it."""
    for word in (" مرة", " مرتين", " تماما"):
        rebuilt(built, run, epoch, word)
    before = sounds(built)
    (built / "articles" / "bad.txt").write_bytes(b"")
    edit(built, "تماما", "جدا")
    assert run(built, "build", epoch=epoch + 30 * DAY).code == 3
    after = sounds(built)
    assert before < after
    (built / "articles" / "bad.txt").unlink()
    assert run(built, "prune", epoch=epoch + 30 * DAY).code == 0
    assert sounds(built) < after


def test_losing_the_ledger_only_lengthens_the_stay(built, run, epoch):
    """Without it, what nobody needs is noted as of now."""
    first = sounds(built)
    for word in (" مرة", " مرتين", " تماما"):
        rebuilt(built, run, epoch, word)
    (built / "retired.json").write_text("{broken")
    assert run(built, "prune", epoch=epoch + 30 * DAY).code == 0
    assert first < sounds(built)


def test_without_its_memo_nothing_beside_the_feed_is_taken_for_idle(built, run, epoch):
    """Whoever deletes .nashra/ loses no transcript by `nashra prune`."""
    before = sorted((built / "feed").rglob("*"))
    (built / ".nashra" / "feed.json").unlink()
    assert run(built, "prune", epoch=epoch + 99 * DAY).out == "0 files deleted, 0 wait for their time\n"
    assert sorted((built / "feed").rglob("*")) == before
    assert not (built / "retired.json").exists()


def crowd(folder, many):
    """Put so many idle MP3s there, noted long ago."""
    paths = [f"audio/old-{number:012x}.mp3" for number in range(many)]
    for path in paths:
        (folder / path).write_bytes(b"x")
    said = {path: {"since": "2020-01-01T00:00:00Z", "generations": 3} for path in paths}
    (folder / "retired.json").write_text(json.dumps({"files": said}))


def test_too_much_at_once_is_left_to_a_person(built, run):
    """The build says so and goes on; `prune` refuses, lists, and does it by --force only."""
    crowd(built, 40)
    edit(built, "كل أسبوع", "كل شهر")
    ran = run(built, "build")
    assert ran.code == 0
    assert "40 old files are due, which is much at once; see `nashra prune --dry-run`" in ran.err
    ran = run(built, "prune")
    assert (ran.code, ran.out.count("audio/old-")) == (AudioError.exit_code, 40)
    assert "40 files are due, which is much at once; nothing was deleted" in ran.complaints[0]
    assert len(list((built / "audio").glob("old-*"))) == 40
    assert run(built, "prune", "--force").code == 0
    assert list((built / "audio").glob("old-*")) == []


def test_few_files_go_unasked_and_a_dry_run_deletes_nothing(built, run):
    """Twenty may always go: a small station has no tenth worth a file."""
    crowd(built, 20)
    ran = run(built, "prune", "--dry-run")
    assert ran.out.splitlines()[-1] == "20 files would be deleted, 0 wait for their time"
    assert len(list((built / "audio").glob("old-*"))) == 20
    assert run(built, "prune").out.splitlines()[-1] == "20 files deleted, 0 wait for their time"
    assert list((built / "audio").glob("old-*")) == []


def test_a_folder_of_articles_that_is_not_there_prunes_nothing(built, run):
    """A disk that is not mounted is no wish to withdraw everything."""
    shutil.move(built / "articles", built / "elsewhere")
    (built / "articles").mkdir()
    before = sounds(built)
    assert run(built, "prune", "--force").code == 3
    assert sounds(built) == before


def test_many_articles_that_vanish_take_nothing_along_unasked(station_of_many, run, files):
    """Half of a folder is more often a disk half there: the old feed stays until a person says so."""
    folder = station_of_many
    before = files(folder / "feed")
    for number in range(1, 23):
        (folder / "articles" / f"note-{number}.txt").unlink()
    ran = run(folder, "build")
    assert ran.code == FeedError.exit_code
    assert "22 of 24 episodes would leave the feed at once" in ran.complaints[0]
    assert files(folder / "feed") == before
    assert run(folder, "prune", "--force").out.startswith("22 episodes leave the feed with the next")
    assert files(folder / "feed") == before
    assert run(folder, "build").code == 0
    assert len(list((folder / "feed" / "episodes").iterdir())) == 2
    assert violations(folder, 1_767_225_600) == ()


@pytest.fixture
def station_of_many(station, run, brief):
    """Return a station of 24 episodes that say the same under other names."""
    folder = station({f"note-{number}.txt": brief for number in range(24)})
    assert run(folder, "build").code == 0
    return folder


@pytest.mark.parametrize("said", ["days = 13", 'days = "never"', "days = true", "generations = 2"])
def test_no_station_may_keep_less_than_is_promised(built, run, said):
    """Fourteen days and three feeds are what listeners' apps count on."""
    path = built / "nashra.toml"
    path.write_text(path.read_text("utf-8") + f"\n[retention]\n{said}\n", "utf-8")
    ran = run(built, "build")
    assert ran.code == 2
    assert "retention." in ran.complaints[0]


@pytest.mark.parametrize(
    ("going", "of", "refused"),
    [(20, 20, False), (21, 200, True), (21, 210, False), (256, 9999, False), (257, 99_999, True)],
)
def test_both_guards_hold(going, of, refused):
    """More than 256 files, or more than a tenth, but for a few."""
    assert too_many(going, of) is refused


def test_a_clock_that_was_set_back_begins_the_window_anew():
    """A file noted in the future would stay as long as the clock was wrong."""
    later = Retired(NOW + timedelta(days=3650), 9)
    found = noted({"a": later}, {"a"}, (), NOW, published=True)
    assert found == {"a": Retired(NOW, 1)}
    assert due(found, {"a"}, Retention(), NOW + timedelta(days=365)) == ()


def test_what_is_needed_again_is_forgotten_and_what_a_record_cites_is_remembered():
    """An article edited back has its file again; a deleted file that a record lists keeps its date."""
    known = {"back": Retired(NOW, 2), "cited": Retired(NOW, 3), "gone": Retired(NOW, 3)}
    assert noted(known, (), {"cited"}, NOW, published=True) == {"cited": Retired(NOW, 3)}


# What a stopped build left


def leave(path, seconds):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    stamp = path.parents[0].stat().st_mtime + seconds
    os.utime(path, (stamp, stamp))


def test_the_next_build_sweeps_what_a_stopped_one_left(built, run):
    """Ours, wherever a build writes; what is younger than the run, or of another's form, stays."""
    ours = (
        ".retired.json.7.tmp",
        "audio/.77.tmp",
        "feed/episodes/.a.html.77.tmp",
        ".nashra/.feed.json.7.tmp",
        ".nashra/clips/.a.clip.7.tmp",
        ".retired.json.77.tmp",
        "articles/.rain.txt.77.tmp",
    )
    for name in ours:
        leave(built / name, -3600)
    leave(built / "audio/.78.tmp", 3600)
    leave(built / "audio/.mine.tmp", -3600)
    edit(built, "كل أسبوع", "كل شهر")
    assert run(built, "build").code == 0
    assert [name for name in ours if (built / name).exists()] == []
    assert (built / "audio/.78.tmp").exists()
    assert (built / "audio/.mine.tmp").exists()


def test_without_the_lock_nothing_is_taken_for_left_behind(built):
    """Who sweeps knows by the lock's time when its run began."""
    leave(built / "audio/.77.tmp", -3600)
    (built / ".nashra" / "lock").unlink()
    retention.clear(station.load(built))
    assert (built / "audio/.77.tmp").exists()


def test_every_file_of_an_episode_is_owned(built):
    """What a record names in audio/, but for what it replaced, is what it stands on."""
    (episode,) = records.load(built / "audio", cues=False)
    named = {path.name for path in (built / "audio").iterdir() if path.suffix != ".json"}
    assert set(episode.files) == named
    assert last_feed.files(station.load(built)) >= {"feed.xml", "index.html"}
