"""What Nashra costs on the reference article, in ratios.

A round runs the bare commands, a cold build, a build with nothing to do and a build after an edit, one
behind the other and as whole processes, so that a slow minute of the machine falls on all of them.
Ratios are taken inside a round. The first round is not counted: it fills the system's own caches.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
ARTICLE = Path("articles", "hammouchi-spain-visit.txt")
NASHRA = (sys.executable, "-m", "nashra")
KBPS = 96
BARE = (
    ("espeak-ng", "-v", "ar", "-f", "spoken.txt", "-w", "out.wav"),
    # LAME's own default quality, which is Nashra's too
    ("lame", "--quiet", "-m", "m", "-b", str(KBPS), "--resample", "44.1", "out.wav", "out.mp3"),
)
# Row, the row it is compared with, what the build must have said.
ROWS = (
    ("bare commands", None, ""),
    ("cold build", 0, r"\((\d+) of \1 clips"),
    ("nothing to do", 1, r"nothing to do"),
    ("one-sentence edit", 1, r"\(1 of \d+ clips"),
)
ANOTHER_WORD = "اليوم"
# A process counts as no smaller than the one that started it (Linux looks at both sides of an exec), so
# the smallest possible Python starts the commands; 8 to 9 MB is the least it can tell.
WATCH = """
import os, sys, time
began = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ), 0)
print("\\n", time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status) and 1)
"""
MEASURES = (("clock", "s"), ("cpu", "s"), ("peak", "MB"))


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of clock, of CPU, and the MB of the largest process; NaN where the system does not tell."""

    clock: float
    cpu: float
    peak: float


def run(command: tuple[str, ...], folder: Path) -> tuple[Cost, str]:
    """Run a command to its end; return what it and its children cost, and all it printed."""
    watched = () if sys.platform == "win32" else (sys.executable, "-I", "-S", "-c", WATCH)
    began = time.perf_counter()
    done = subprocess.run(
        (*watched, *command), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    cost = Cost(time.perf_counter() - began, math.nan, math.nan)
    said = done.stdout.decode("utf-8", "replace").splitlines()
    if watched:
        clock, cpu, peak = map(float, said.pop().split())
        cost = Cost(clock, cpu, peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024))
    if done.returncode:
        sys.exit(f"reference.py: `{' '.join(command)}` failed: {' '.join(said[-3:])}")
    return cost, "\n".join(said)


def edited(text: str, number: int) -> str:
    """Return the article with another last word in one sentence, in the next one each time.

    The two sentences of the lead stay: the first is the title as well, and would be two clips.
    """
    lines = text.split("\n")
    places = [place for place, line in enumerate(lines) if line.endswith(".")][2:]
    place = places[number % len(places)]
    lines[place] = f"{lines[place].rpartition(' ')[0]} {ANOTHER_WORD}."
    return "\n".join(lines)


def one_round(station: Path, number: int) -> list[Cost]:
    """Return the costs in the order of ROWS; end here if a build did something else than it should."""
    written = (REPOSITORY / ARTICLE).read_text("utf-8")
    (station / ARTICLE).write_text(written, "utf-8", newline="\n")
    for folder in (".nashra", "audio", "feed"):
        shutil.rmtree(station / folder, ignore_errors=True)
    espeak, lame = (run(command, station)[0] for command in BARE)
    costs = [Cost(espeak.clock + lame.clock, espeak.cpu + lame.cpu, max(espeak.peak, lame.peak))]
    for row, _against, expected in ROWS[1:]:
        if row == "one-sentence edit":
            (station / ARTICLE).write_text(edited(written, number), "utf-8", newline="\n")
        cost, said = run((*NASHRA, "build", "--why"), station)
        if not re.search(expected, said):
            sys.exit(f"reference.py: {row}: instead of /{expected}/ the build said: {said}")
        costs.append(cost)
    return costs


def prepare(station: Path) -> None:
    """Put the repository's settings and article into a folder, and the spoken text beside them."""
    (station / ARTICLE).parent.mkdir()
    for name in (Path("nashra.toml"), ARTICLE):
        shutil.copyfile(REPOSITORY / name, station / name)
    script = (*NASHRA, "script", ARTICLE.name, "--json")
    said = subprocess.run(script, cwd=station, check=True, stdout=subprocess.PIPE).stdout
    spoken = [line["spoken"] for chapter in json.loads(said)["chapters"] for line in chapter["utterances"]]
    (station / "spoken.txt").write_text("\n".join(spoken) + "\n", "utf-8", newline="\n")


def shown(numbers: list[float], unit: str) -> str:
    """Return the median, the least and the most."""
    middle = statistics.median(numbers)
    if math.isnan(middle):
        return "not measured"
    digits = 0 if unit == "MB" else 1 if middle >= 10 else 2
    return f"{middle:.{digits}f} {unit} ({min(numbers):.{digits}f} to {max(numbers):.{digits}f})"


def table(rounds: list[list[Cost]]) -> str:
    """Return the costs as a Markdown table: ratios first, what they were taken from behind them."""
    titles = ["", "clock", "CPU", "memory", "clock", "CPU", "memory"]
    lines = [f"| {' | '.join(titles)} |", "|---|--:|--:|--:|--:|--:|--:|"]
    for place, (row, against, _expected) in enumerate(ROWS):
        name = row if against is None else f"{row} / {ROWS[against][0]}"
        ratios, absolute = [], []
        for measure, unit in MEASURES:
            mine = [getattr(costs[place], measure) for costs in rounds]
            base = mine if against is None else [getattr(costs[against], measure) for costs in rounds]
            absolute.append(shown(mine, unit))
            ratios.append(shown([one / other for one, other in zip(mine, base, strict=True)], "×"))
        lines.append(f"| {' | '.join([name, *(ratios if against is not None else '111'), *absolute])} |")
    return "\n".join(lines)


def surroundings(station: Path) -> str:
    """Return what was measured, on what, and how long the two sounds are."""
    said = " ".join(run((program[0], "--version"), station)[1] for program in BARE)
    espeak, lame, *_ = re.findall(r"(?:speech|version)[: ]+(\d[\d.]*)", said)
    nashra = run((*NASHRA, "--version"), station)[1].split()[-1]
    record = json.loads((station / "audio" / f"{ARTICLE.stem}.json").read_text("utf-8"))
    bare_s = (station / "out.mp3").stat().st_size * 8 / (KBPS * 1000)
    return (
        f"Nashra {nashra} on Python {platform.python_version()}, espeak-ng {espeak}, lame {lame}; "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores. "
        f"Sound: {bare_s:.0f} s bare, {record['frames'] / 44_100:.0f} s from Nashra (it pauses)."
    )


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="rounds that count (usual: 5)")
    runs = max(1, parser.parse_args().runs)
    for program in (command[0] for command in BARE):
        if not shutil.which(program):
            install = f"install it, as with `apt install {program}` or `brew install {program}`"
            sys.exit(f"reference.py: there is no {program}: {install}")
    if importlib.util.find_spec("nashra") is None:
        sys.exit("reference.py: this Python has no nashra: run `pip install .` in the repository")
    with tempfile.TemporaryDirectory(prefix="nashra-") as folder:
        station = Path(folder)
        prepare(station)
        rounds = [one_round(station, number) for number in range(runs + 1)][1:]
        about = surroundings(station)
    sys.stdout.buffer.write(f"{about} Median (least to most) of {runs} rounds.\n\n{table(rounds)}\n".encode())


if __name__ == "__main__":
    main()
