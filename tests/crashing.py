"""Builds that are stopped on purpose, and what must hold of their station afterwards.

The tools of tests/test_crashes.py and benchmarks/reliability.py: a scenario is a station and what was
done to its articles since it was built; a fault strikes the build that follows; `judged` says what of the
promise (docs/reliability.md) is broken afterwards, `converged` whether a plain build then mends everything.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

import on_air
from nashra.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FEED = "feed/feed.xml"
NASHRA = (sys.executable, "-m", "nashra")
MUTANT = (sys.executable, str(Path(__file__).with_name("mutants.py")))

SETTINGS = """\
[show]
title = "محطة التجربة"

[voice]
engine = "tone"
speed = 2.0

[pauses]
title_ms = 150
heading_ms = 150
sentence_ms = 100
paragraph_ms = 150
section_ms = 200
start_ms = 100
"""
HARBOUR = """\
ميناء المدينة يستقبل أول سفينة كهربائية
استقبل ميناء المدينة صباح اليوم سفينة شحن تعمل بالكهرباء، وعلى متنها أربعون حاوية.
رحلة بلا دخان
قطعت السفينة المسافة بين الجزيرة والميناء في ست ساعات، ولم تحرق في طريقها لترا من الوقود.
"""
RAIN = """\
أمطار خفيفة في الشمال
تهطل اليوم أمطار خفيفة على مدن الشمال، وتبقى السماء صافية في مدن الجنوب.
"""
OTHER_HARBOUR = HARBOUR.replace("أربعون", "خمسون")
OTHER_RAIN = RAIN.replace("خفيفة", "غزيرة")

SCENARIOS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "first build": ({}, {"harbour.txt": HARBOUR, "rain.txt": RAIN}),
    "edit one": (
        {"harbour.txt": HARBOUR, "rain.txt": RAIN},
        {"harbour.txt": OTHER_HARBOUR, "rain.txt": RAIN},
    ),
    "edit all": (
        {"harbour.txt": HARBOUR, "rain.txt": RAIN},
        {"harbour.txt": OTHER_HARBOUR, "rain.txt": OTHER_RAIN},
    ),
    "delete one": ({"harbour.txt": HARBOUR, "rain.txt": RAIN}, {"harbour.txt": HARBOUR}),
}
"""The articles that were built, and those that the struck build finds."""

PUBLISH = "publish"
"""A further scenario: what is struck is no build, but the publication of a station that was edited."""
BUILDING = ("build", "--station", "{work}")
PUBLISHING = ("publish", "{work}/www", "--station", "{work}/station", "--first")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A station as the struck build finds it, the feed it has, and the feed that the build makes.

    `site` is the folder in it that listeners see: of a publication, that is not the station itself.
    """

    name: str
    start: Path
    old: bytes | None
    new: bytes
    command: tuple[str, ...] = NASHRA
    doing: tuple[str, ...] = BUILDING
    site: str = ""

    def line(self, work: Path) -> tuple[str, ...]:
        """Return the command line that is struck, of the station in a folder."""
        return (*self.command, *(each.format(work=work) for each in self.doing))

    def feed(self, work: Path) -> bytes | None:
        """Return the feed that a listener sees, None when there is none."""
        return feed_of(work / self.site)


def environment() -> dict[str, str]:
    """Return the environment of every build here: a fixed clock, and nothing written beside the station."""
    return os.environ | {
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(
            (str(Path(__file__).parents[1] / "src"), os.environ.get("PYTHONPATH", ""))
        ),
    }


def scenario(name: str, folder: Path, command: tuple[str, ...] = NASHRA) -> Scenario:
    """Return a scenario prepared in a folder; its covers and vowel marks are kept, for they take longest."""
    if name == PUBLISH:
        return publication(folder)
    before, after = SCENARIOS[name]
    start = folder / "start"
    if not start.exists():
        warm = folder / "warm"
        _put(warm, after)
        plain(warm, command)
        _put(start, before)
        for kept in ("pictures", "tashkeel"):
            shutil.copytree(warm / ".nashra" / kept, start / ".nashra" / kept)
        if before:
            plain(start, command)
        for path in (start / "articles").iterdir():
            path.unlink()
        _put(start, after)
        shutil.copytree(start, folder / "end")
        plain(folder / "end", command)
    return Scenario(name, start, feed_of(start), (folder / "end" / FEED).read_bytes(), command)


def publication(folder: Path) -> Scenario:
    """Return the scenario of a station that was published, then edited and built: the edit is published."""
    start = folder / "start"
    station = start / "station"
    before, after = SCENARIOS["edit all"]
    settings = SETTINGS.replace("\n[voice]", 'base_url = "https://radio.example/"\n\n[voice]', 1)
    _put(station, before, settings)
    plain(station)
    published = struck(start, (*NASHRA, *(each.format(work=start) for each in PUBLISHING)))
    assert published.returncode == 0, published.stderr
    _put(station, after, settings)
    plain(station)
    new = (station / FEED).read_bytes()
    return Scenario(PUBLISH, start, feed_of(start / "www"), new, doing=PUBLISHING, site="www")


def _put(folder: Path, articles: dict[str, str], settings: str = SETTINGS) -> None:
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "nashra.toml").write_text(settings, "utf-8")
    for name, text in articles.items():
        (folder / "articles" / name).write_text(text, "utf-8")


def feed_of(folder: Path) -> bytes | None:
    """Return the bytes of a station's feed, None when there is none."""
    try:
        return (folder / FEED).read_bytes()
    except FileNotFoundError:
        return None


def plain(folder: Path, command: tuple[str, ...] = NASHRA) -> None:
    """Run a build that nothing disturbs; raises AssertionError when it fails."""
    ran = struck(folder, (*command, "build", "--station", str(folder)))
    assert ran.returncode == 0, ran.stderr


def struck(folder: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Return how a command ended; it has two minutes, and its whole group ends with it."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(timeout=120)
        finally:
            _end(process.pid)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def copied(scenario: Scenario, work: Path) -> Path:
    """Return a fresh copy of a scenario's station, at the same place each time."""
    shutil.rmtree(work, ignore_errors=True)
    return Path(shutil.copytree(scenario.start, work, symlinks=True))


def judged(scenario: Scenario, work: Path, code: int | None = None) -> list[str]:
    """Return what of the promise a station breaks after a struck build that ended with `code`.

    The feed is the old one or the new one to the byte, every invariant holds, and only what made the new
    feed may say that it succeeded.
    """
    feed = scenario.feed(work)
    broken = []
    if feed not in {scenario.old, scenario.new}:
        broken.append("I1 the feed is neither the old one nor the new one")
    if code == 0 and feed != scenario.new:
        broken.append("I10 success was reported without the new feed")
    if scenario.site:
        return broken + on_air.broken(_files(work / scenario.site))
    found = verify(work, deep=True, now=NOW)
    if feed is None:
        found = tuple(each for each in found if each.where != FEED)
    return broken + [f"{each.invariant} {each.where}: {each.what}" for each in found]


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def converged(scenario: Scenario, work: Path) -> list[str]:
    """Return what is still broken after a plain build on a station that a struck one left."""
    ran = struck(work, replace(scenario, command=NASHRA).line(work))
    if ran.returncode:
        return [f"the next build ended with {ran.returncode}: {ran.stderr[-300:]}"]
    broken = judged(scenario, work, 0)
    if scenario.site:
        broken += [f"I9 {name} was left" for name in _files(work / scenario.site) if name.endswith(".tmp")]
    return [f"after the next build: {each}" for each in broken]


class Poller:
    """A reader that looks at the feed a hundred times a second, and keeps what it never should have seen."""

    def __init__(self, scenario: Scenario, work: Path) -> None:
        self.seen = 0
        self.wrong: list[bytes | None] = []
        self._scenario, self._work = scenario, work
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.01):
            feed = self._scenario.feed(self._work)
            self.seen += 1
            if feed not in {self._scenario.old, self._scenario.new}:
                self.wrong.append(feed)


def killed_after(scenario: Scenario, work: Path, wait: float, *, whole_group: bool = True) -> int:
    """Start a scenario's build, kill -9 it after `wait` seconds; return its code, -9 if it was hit."""
    with subprocess.Popen(
        scenario.line(work),
        cwd=work,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            if not whole_group:
                process.kill()
                process.wait()
            _end(process.pid)
    return process.returncode


# The sweep: strace strikes at the N-th call of a kind, for each N that concerns the station.

CALLS = {
    "fsync": "fsync,fdatasync",
    "rename": "rename,renameat,renameat2",
    "open": "open,openat,creat",
    "write": "write,pwrite64",
    "unlink": "unlink,unlinkat",
}
"""What a build asks of the system about its files."""

_LINE = re.compile(r"^(\d+) +(\w+)\((.*)$", re.DOTALL)


def points(scenario: Scenario, work: Path, kind: str) -> tuple[int, ...]:
    """Return the N at which a call of a kind, counted within its thread, touches the station."""
    copied(scenario, work)
    log = work.with_suffix(f".{kind}.log")
    strace = ("strace", "-f", "-yy", "-qq", "-s", "0", "-e", f"trace={CALLS[kind]}", "-o", str(log))
    ran = struck(work, (*strace, *scenario.line(work)))
    assert ran.returncode == 0, ran.stderr
    count: dict[str, int] = {}
    found = set()
    for line in log.read_text("utf-8", "replace").splitlines():
        call = _LINE.match(line)
        if call:  # a line that goes on with one that was interrupted has no bracket at its begin
            count[call[1]] = count.get(call[1], 0) + 1
            reads = (
                kind == "open" and "O_CREAT" not in line and "O_WRONLY" not in line and "O_RDWR" not in line
            )
            if str(work) in line and not reads:
                found.add(count[call[1]])
    return tuple(sorted(found))


def injected(
    scenario: Scenario, work: Path, kind: str, what: str, *, fresh: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a scenario's build with a fault (`signal=SIGKILL:when=3`) at calls of a kind.

    It finds a `fresh` copy of the station, or what lies there.
    """
    if fresh:
        copied(scenario, work)
    inject = f"inject={CALLS[kind]}:{what}"
    strace = ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={CALLS[kind]}", "-e", inject)
    return struck(work, (*strace, *scenario.line(work)))


def sweep(
    scenario: Scenario, work: Path, kind: str, faults: Sequence[str], chosen: Sequence[int]
) -> Iterator[tuple[str, list[str]]]:
    """Strike at each chosen point with each fault; give the point's name and what was broken by it."""
    for fault in faults:
        for number in chosen:
            plus = "+" if fault.endswith("+") else ""
            ran = injected(scenario, work, kind, f"{fault.rstrip('+')}:when={number}{plus}")
            broken = judged(scenario, work, ran.returncode) + converged(scenario, work)
            yield f"{scenario.name}, {fault} at {kind} {number}: exit {ran.returncode}", broken


# Small disks: a tmpfs of our own in a name space of our own.


def can_mount() -> bool:
    """Say whether this user may mount something for a process of its own."""
    return sys.platform == "linux" and subprocess.run(("unshare", "-rm", "true"), check=False).returncode == 0


NO_ROOM = 99
"""How a run on a small disk ends when not even the station fits."""

_SMALL = """\
set -e
mount -t tmpfs -o "$1" tmpfs "$3"
cp -a "$2/." "$3/" 2>/dev/null || exit 99
shift 3; here=$1; there=$2; shift 2
set +e
"$@"; code=$?
cp -a "$here/." "$there/"
exit $code
"""


def on_small_disk(scenario: Scenario, work: Path, options: str) -> subprocess.CompletedProcess[str]:
    """Run a scenario's build on a tmpfs with mount options (`size=400k`), and bring home what it left.

    It ends with NO_ROOM when not even the station fits.
    """
    shutil.rmtree(work, ignore_errors=True)
    mounted, home = work, work.with_name("home")
    shutil.rmtree(home, ignore_errors=True)
    mounted.mkdir()
    home.mkdir()
    command = scenario.line(mounted)
    shell = ("unshare", "-rm", "bash", "-c", _SMALL, "small", options, str(scenario.start), str(mounted))
    ran = struck(home, (*shell, str(mounted), str(home), *command))
    mounted.rmdir()
    home.rename(work)
    return ran


def took(scenario: Scenario, work: Path) -> float:
    """Return how long a scenario's build takes today, in seconds: what random moments are drawn from."""
    copied(scenario, work)
    begun = time.monotonic()
    ran = struck(work, scenario.line(work))
    assert ran.returncode == 0, ran.stderr
    return time.monotonic() - begun
