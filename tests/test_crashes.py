"""Builds that are killed, refused by the disk, or lose the power: the promise of docs/reliability.md.

Each case strikes a real build in a process of its own, judges its station with `nashra verify`, and lets a
plain build mend it. What is marked `sweep` strikes at every point; without it some are drawn by `--seed`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import crashing
import power_cut

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the faults are made with Linux's own tools"),
]
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
needs_mounts = pytest.mark.skipif(
    not crashing.can_mount(), reason="this user may not mount a disk of its own (unshare -rm)"
)
SOME_AND_ALL = pytest.mark.parametrize(
    "share", [pytest.param(2, id="some"), pytest.param(0, id="all", marks=pytest.mark.sweep)], indirect=True
)
SCENARIOS = pytest.mark.parametrize("name", [*crashing.SCENARIOS, crashing.PUBLISH])


@pytest.fixture(scope="session")
def scenario(tmp_path_factory):
    """Return what prepares a scenario, once, by its name and perhaps a mutant's."""
    known: dict[tuple[str, str], crashing.Scenario] = {}

    def scenario(name: str, mutant: str = "") -> crashing.Scenario:
        if (name, mutant) not in known:
            folder = tmp_path_factory.mktemp("scenario")
            command = (*crashing.MUTANT, mutant) if mutant else crashing.NASHRA
            known[name, mutant] = crashing.scenario(name, folder, command)
        return known[name, mutant]

    return scenario


@pytest.fixture
def share(request) -> int:
    """Return how many points a test strikes at, 0 for all: a sweep takes as many as `--share` says."""
    return request.param or request.config.getoption("share")


@pytest.fixture
def chance(request) -> random.Random:
    """Return what draws points and moments, the same for the same seed and test."""
    return random.Random(f"{request.config.getoption('seed')} {request.node.name}")  # noqa: S311 no secret


def drawn(points: tuple[int, ...], share: int, chance: random.Random) -> list[int]:
    """Return so many of the points, the last always among them: it is the commit; all for 0."""
    if not share or len(points) <= share:
        return list(points)
    return sorted({*chance.sample(points[:-1], share - 1), points[-1]})


# Killed


@SCENARIOS
@SOME_AND_ALL
def test_a_build_killed_at_a_random_moment_loses_nothing(name, share, scenario, chance, tmp_path):
    """A reader who polls sees the old feed or the new one, never another; the next build mends the rest."""
    struck = scenario(name)
    work = tmp_path / "station"
    usual = crashing.took(struck, work)
    hit = seen = 0
    for _kill in range(share or 50):
        crashing.copied(struck, work)
        with crashing.Poller(struck, work) as poller:
            code = crashing.killed_after(struck, work, chance.uniform(0.3, 1.05) * usual)
        hit += code == -9
        usual *= 1 if code == -9 else 0.7  # the machine was busier when it was measured
        assert poller.wrong == []
        seen += poller.seen
        assert crashing.judged(struck, work) == []
        assert crashing.converged(struck, work) == []
    assert hit or share, "no kill came before its build had ended"
    assert seen > (share or 20)


@needs_strace
@pytest.mark.parametrize(
    ("name", "share"),
    [("edit one", 2)] + [pytest.param(name, 0, marks=pytest.mark.sweep) for name in SCENARIOS.args[1]],
    indirect=["share"],
)
@pytest.mark.parametrize("kind", crashing.CALLS)
def test_a_build_killed_at_a_call_loses_nothing(name, kind, share, scenario, chance, tmp_path):
    """Whichever fsync, rename, open, write or unlink it was at."""
    struck, work = scenario(name), tmp_path / "station"
    chosen = drawn(crashing.points(struck, work, kind), share, chance)
    assert chosen
    found = [each for each in crashing.sweep(struck, work, kind, ("signal=SIGKILL",), chosen) if each[1]]
    assert found == []


@needs_strace
@pytest.mark.parametrize(
    ("mutant", "kind"), [("naive", "write"), ("feed first", "rename"), ("same name", "rename")]
)
def test_the_harness_catches_a_broken_writer(mutant, kind, scenario, tmp_path):
    """Writing in place, the feed before the sound, another sound under the same name."""
    struck, work = scenario("edit one", mutant), tmp_path / "station"
    points = crashing.points(struck, work, kind)
    sweep = crashing.sweep(struck, work, kind, ("signal=SIGKILL",), points[::-1])
    strikes = (broken for _label, broken in sweep)
    kinds = {"naive": {"I3", "I4", "I6"}, "feed first": {"I2"}, "same name": {"I2"}}[mutant]
    assert any({each.split()[0] for each in broken} & kinds for broken in strikes)


@SCENARIOS
def test_what_is_killed_again_while_it_recovers_loses_nothing(name, scenario, chance, tmp_path):
    """The run that was to mend the first kill is struck too, and the one behind that."""
    struck, work = scenario(name), tmp_path / "station"
    usual = crashing.took(struck, work)
    crashing.copied(struck, work)
    for _kill in range(3):
        crashing.killed_after(struck, work, chance.uniform(0.4, 0.95) * usual)
        assert crashing.judged(struck, work) == []
    assert crashing.converged(struck, work) == []


@needs_strace
@pytest.mark.parametrize("fault", ["error=ENOSPC+", "error=EIO", "signal=SIGKILL"])
def test_a_sweep_that_is_refused_takes_nothing_with_it(fault, scenario, tmp_path):
    """The build that recovers may not delete what the killed one left, or dies at that."""
    struck, work = scenario("edit one"), tmp_path / "station"
    points = crashing.points(struck, work, "rename")
    for point in points[::-1]:
        crashing.injected(struck, work, "rename", f"signal=SIGKILL:when={point}")
        if any((work / "feed").rglob("*.tmp")):
            break
    assert any((work / "feed").rglob("*.tmp"))
    for number in range(1, 5):
        what = f"{fault.rstrip('+')}:when={number}{'+' * fault.endswith('+')}"
        ran = crashing.injected(struck, work, "unlink", what, fresh=False)
        assert "Traceback" not in ran.stderr
        assert crashing.judged(struck, work, ran.returncode) == []
    assert crashing.converged(struck, work) == []


def test_a_killed_build_leaves_no_process_behind(tmp_path, news, settings):
    """Its speaking process ends by itself when only the build is killed, not its group."""
    folder = tmp_path / "station"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "harbour.txt").write_text(news * 40, "utf-8")
    (folder / "nashra.toml").write_text(settings.replace('"tone"', '"espeak"'), "utf-8")
    process = subprocess.Popen(
        (*crashing.NASHRA, "build", "--station", str(folder)),
        env=crashing.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    clips = folder / ".nashra" / "clips"
    while process.poll() is None and not list(clips.rglob("*.clip")):
        crashing.time.sleep(0.01)
    process.kill()
    process.wait()
    for _wait in range(500):
        left = [each for each in Path("/proc").glob("[0-9]*") if _group(each) == process.pid]
        if not left:
            break
        crashing.time.sleep(0.01)
    assert left == []


def _group(process: Path) -> int:
    try:
        said = (process / "stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    state, _parent, group = said.rpartition(")")[2].split()[:3]
    return 0 if state == "Z" else int(group)


# Refused


@needs_strace
@pytest.mark.parametrize(
    "fault", ["error=EIO", "error=ENOSPC+", "error=EACCES", "error=EMFILE", "error=EIO+"]
)
@pytest.mark.parametrize("kind", ["fsync", "rename", "open", "write"])
@SOME_AND_ALL
def test_a_build_that_the_system_refuses_a_call_loses_nothing(kind, fault, share, scenario, chance, tmp_path):
    """Once, or from then on: the old feed stays, or all of the new one is there and nothing was lost."""
    struck, work = scenario("edit one"), tmp_path / "station"
    chosen = drawn(crashing.points(struck, work, kind), share and max(share // 3, 1), chance)
    found = [each for each in crashing.sweep(struck, work, kind, (fault,), chosen) if each[1]]
    assert found == []


@needs_strace
def test_a_refused_fsync_is_not_tried_again(scenario, tmp_path):
    """After it nobody knows what is on the disk: the build says so and ends."""
    struck, work = scenario("edit one"), tmp_path / "station"
    first = crashing.points(struck, work, "fsync")[0]
    log = tmp_path / "calls"
    inject = f"inject=fsync:error=EIO:when={first}"
    crashing.copied(struck, work)
    strace = ("strace", "-f", "-yy", "-qq", "-o", str(log), "-e", "trace=fsync", "-e", inject)
    ran = crashing.struck(work, (*strace, *crashing.NASHRA, "build", "--station", str(work)))
    assert ran.returncode == 5
    assert ran.stderr.count("nashra: ") == 1
    assert "Traceback" not in ran.stderr
    refused = [line for line in log.read_text("utf-8").splitlines() if "EIO" in line]
    assert len(refused) == 1
    name = refused[0].partition("<")[2].partition(">")[0]
    assert log.read_text("utf-8").count(f"<{name}>") == 1


@needs_mounts
@pytest.mark.parametrize("name", ["first build", "edit one", "edit all"])
@SOME_AND_ALL
def test_a_full_disk_keeps_the_old_feed(name, share, scenario, chance, tmp_path):
    """On a disk of any size, from the smallest that holds the station to one that holds the build."""
    struck, work = scenario(name), tmp_path / "station"
    sizes = range(64, 4096, 16)
    some = sorted(chance.sample(range(700, 1600, 16), share)) if share else sizes
    codes = []
    for size in some:
        ran = crashing.on_small_disk(struck, work, f"size={size}k")
        codes.append(ran.returncode)
        if ran.returncode == crashing.NO_ROOM:
            continue
        assert "Traceback" not in ran.stderr
        assert crashing.judged(struck, work, ran.returncode) == [], f"{size} KB"
        assert crashing.converged(struck, work) == [], f"{size} KB"
        if ran.returncode == 0:
            break
    if not share:
        assert codes[-1] == 0
        assert codes.count(5) > 3, "the disk was never full"


@needs_mounts
def test_a_disk_without_room_for_another_name_keeps_the_old_feed(scenario, tmp_path):
    """It is full though `df` says that there is space."""
    struck, work = scenario("edit one"), tmp_path / "station"
    many = sum(1 for _path in struck.start.rglob("*"))
    for more in (3, 8, 14):
        ran = crashing.on_small_disk(struck, work, f"size=64m,nr_inodes={many + more}")
        assert ran.returncode not in {0, crashing.NO_ROOM}, ran.stderr
        assert "Traceback" not in ran.stderr
        assert crashing.judged(struck, work, ran.returncode) == []
        assert crashing.converged(struck, work) == []


LIMITS = {
    "files of 40 KB": ("-f", "40"),
    "32 open files": ("-n", "32"),
    "400 MB of memory": ("-v", "400000"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_of_the_shell_keeps_the_old_feed(limit, scenario, tmp_path):
    """As hosts set them: it builds, or it says in a line why not."""
    struck, work = scenario("edit one"), tmp_path / "station"
    crashing.copied(struck, work)
    flag, most = LIMITS[limit]
    shell = ("bash", "-c", f'ulimit {flag} {most}; exec "$@"', "limited")
    ran = crashing.struck(work, (*shell, *crashing.NASHRA, "build", "--station", str(work)))
    assert crashing.judged(struck, work, ran.returncode) == []
    assert crashing.converged(struck, work) == []


@needs_mounts
@pytest.mark.parametrize("folder", ["audio", "feed", ".nashra"])
def test_a_folder_that_cannot_be_written_is_named_and_the_old_feed_stays(folder, scenario, tmp_path):
    """Mounted read-only, for the owner of the files too."""
    struck, work = scenario("edit one"), tmp_path / "station"
    crashing.copied(struck, work)
    shell = (
        "unshare", "-rm", "bash", "-c",
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"',
        "read-only", str(work / folder),
    )  # fmt: skip
    ran = crashing.struck(work, (*shell, *crashing.NASHRA, "build", "--station", str(work)))
    assert ran.returncode in {5, 6}
    assert ran.stderr.count("nashra: ") == 1
    assert folder in ran.stderr
    assert "Traceback" not in ran.stderr
    assert crashing.judged(struck, work, ran.returncode) == []
    assert crashing.converged(struck, work) == []


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
@pytest.mark.parametrize("folder", ["audio", "feed", ".nashra"])
def test_a_folder_that_this_user_may_not_write_is_named_and_the_old_feed_stays(folder, scenario, tmp_path):
    """Somebody else's, or made so by a hand: root gives up its power to write everywhere."""
    struck, work = scenario("edit one"), tmp_path / "station"
    crashing.copied(struck, work)
    powerless = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.getuid() == 0 else ()
    (work / folder).chmod(0o555)
    ran = crashing.struck(work, (*powerless, *crashing.NASHRA, "build", "--station", str(work)))
    (work / folder).chmod(0o755)
    assert ran.returncode in {5, 6}
    assert folder in ran.stderr
    assert "make the folder writable for your user" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert crashing.judged(struck, work, ran.returncode) == []
    assert crashing.converged(struck, work) == []


# The power


@needs_strace
@pytest.mark.parametrize(
    ("name", "each"),
    [("edit one", 1)] + [pytest.param(name, 4, marks=pytest.mark.sweep) for name in crashing.SCENARIOS],
)
def test_a_power_cut_loses_nothing_that_was_promised(name, each, scenario, chance, tmp_path, request):
    """Whatever was not synced may be gone, each file and each name for itself: the feed is whole."""
    struck, work = scenario(name), tmp_path / "station"
    tried = 0
    for label in power_cut.disks(struck, work, chance, 1 if request.config.getoption("share") else each):
        tried += 1
        assert (label, crashing.judged(struck, work)) == (label, [])
    assert tried > 20


@needs_strace
@pytest.mark.parametrize("mutant", ["no fsync", "no fsync of folders"])
def test_the_model_of_a_power_cut_catches_a_writer_that_does_not_sync(mutant, scenario, chance, tmp_path):
    """Without fsync the sound behind the feed may be half there, or its name may be forgotten."""
    struck, work = scenario("edit one", mutant), tmp_path / "station"
    assert any(crashing.judged(struck, work) for _disk in power_cut.disks(struck, work, chance, 2))


# More than one


def test_ten_builds_at_once_make_one_station(scenario, tmp_path):
    """One works, the others wait for it and find nothing to do."""
    struck, work = scenario("edit all"), tmp_path / "station"
    crashing.copied(struck, work)
    command = (*crashing.NASHRA, "build", "--station", str(work))
    builds = [
        subprocess.Popen(
            command, env=crashing.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _build in range(10)
    ]
    errors = [build.communicate(timeout=300)[1].decode() for build in builds]
    assert {build.returncode for build in builds} == {0}
    assert sum("waiting for it" in each for each in errors) >= 1
    assert crashing.judged(struck, work, 0) == []


def test_the_lock_of_a_killed_build_is_free(scenario, tmp_path):
    """It is the kernel's, and goes with its process: the next build does not wait."""
    struck, work = scenario("edit all"), tmp_path / "station"
    crashing.copied(struck, work)
    assert crashing.killed_after(struck, work, 0.5) == -9
    ran = crashing.struck(work, (*crashing.NASHRA, "build", "--station", str(work)))
    assert ran.returncode == 0
    assert "waiting" not in ran.stderr


# What lies there is not as it was left


def test_a_damaged_record_stops_its_build_and_nothing_is_lost(scenario, tmp_path):
    """Wherever it is: it is named, feed and sound stay, and its good copy mends everything."""
    struck, work = scenario("edit one"), tmp_path / "station"
    crashing.copied(struck, work)
    record = work / "audio" / "harbour.json"
    whole = record.read_bytes()
    sounds = {path.name: path.read_bytes() for path in (work / "audio").glob("*.mp3")}
    for start in range(0, len(whole), 512):
        record.write_bytes(whole[:start] + bytes(min(512, len(whole) - start)) + whole[start + 512 :])
        ran = crashing.struck(work, (*crashing.NASHRA, "build", "--station", str(work)))
        assert ran.returncode == 5
        assert "audio/harbour.json" in ran.stderr
        assert ran.stderr.count("nashra: ") == 1
        assert crashing.feed_of(work) == struck.old
        assert (
            sounds.items()
            <= {path.name: path.read_bytes() for path in (work / "audio").glob("*.mp3")}.items()
        )
    record.write_bytes(whole)
    assert crashing.converged(struck, work) == []


def test_a_record_of_a_newer_nashra_is_refused(scenario, tmp_path):
    """To guess at it would give its article another guid."""
    struck, work = scenario("edit one"), tmp_path / "station"
    crashing.copied(struck, work)
    record = work / "audio" / "harbour.json"
    record.write_text(json.dumps(json.loads(record.read_text("utf-8")) | {"schema": 99}), "utf-8")
    ran = crashing.struck(work, (*crashing.NASHRA, "build", "--station", str(work)))
    assert ran.returncode == 5
    assert "newer" in ran.stderr
    assert crashing.feed_of(work) == struck.old


@pytest.mark.parametrize("folder", ["feed", ".nashra"])
def test_a_folder_that_was_deleted_comes_back_byte_for_byte(folder, scenario, tmp_path):
    """The feed is made from the records; the cache costs only time. What was replaced does not come back."""
    struck, work = scenario("first build"), tmp_path / "station"
    crashing.copied(struck, work)
    crashing.plain(work)
    before = {path.name: path.read_bytes() for path in (work / "feed").rglob("*") if path.is_file()}
    sound = {path.name: path.stat().st_mtime_ns for path in (work / "audio").glob("*.mp3")}
    shutil.rmtree(work / folder)
    crashing.plain(work)
    assert {path.name: path.read_bytes() for path in (work / "feed").rglob("*") if path.is_file()} == before
    assert {path.name: path.stat().st_mtime_ns for path in (work / "audio").glob("*.mp3")} == sound
    assert crashing.judged(struck, work, 0) == []


def test_a_cache_with_a_flipped_byte_in_every_file_costs_only_time(scenario, tmp_path):
    """What is kept is checked before it is believed."""
    struck, work = scenario("edit one"), tmp_path / "station"
    crashing.copied(struck, work)
    for path in (work / ".nashra").rglob("*"):
        if path.is_file() and path.stat().st_size:
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)
    assert crashing.converged(struck, work) == []


# The clock and the machine


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")
def test_a_wrong_clock_changes_no_guid_and_no_date(scenario, tmp_path):
    """Ten years ahead for one edit, a year back for the next: what listeners' apps know stays."""
    struck, work = scenario("edit one"), tmp_path / "station"
    crashing.copied(struck, work)
    known = _identities(work)
    environment = {key: said for key, said in crashing.environment().items() if key != "SOURCE_DATE_EPOCH"}
    environment.pop("TZ", None)
    for clock in ("+10y", "-1y"):
        article = work / "articles" / "harbour.txt"
        article.write_text(
            article.read_text("utf-8") + f"\nوقال المدير إن الساعة {clock[1]} تأخرت قليلا.\n", "utf-8"
        )
        ran = subprocess.run(
            ("faketime", "-f", clock, *crashing.NASHRA, "build", "--station", str(work)),
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert _identities(work) == known
        found = crashing.verify(work, deep=True, now=crashing.datetime.now(crashing.UTC))
        assert [each for each in found if each.invariant != "I9"] == []


def _identities(folder: Path) -> dict[str, tuple[str, str]]:
    records = (json.loads(path.read_text("utf-8")) for path in (folder / "audio").glob("*.json"))
    return {each["article"]: (each["guid"], each["published"]) for each in records}


def test_another_machine_makes_the_same_bytes(scenario, files, tmp_path):
    """In another language, time zone, folder and order of hashes."""
    struck = scenario("edit all")
    made = []
    for number, (language, zone) in enumerate((("C", "UTC"), ("C.UTF-8", "Asia/Riyadh"))):
        work = crashing.copied(struck, tmp_path / f"station {number}")
        shutil.rmtree(work / ".nashra")
        for path in ((work / "audio"), (work / "feed")):
            shutil.rmtree(path)
        more = {"LC_ALL": language, "TZ": zone, "PYTHONHASHSEED": str(number + 1)}
        subprocess.run(
            (*crashing.NASHRA, "build", "--station", str(work), "--jobs", str(number + 1)),
            env=crashing.environment() | more, check=True, capture_output=True,
        )  # fmt: skip
        made.append(files(work))
    assert made[0] == made[1]
    assert any(name.endswith(".mp3") for name in made[0])
