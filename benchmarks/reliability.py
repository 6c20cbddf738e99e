"""How often Nashra breaks its promise when it is struck: what was tried, and how many violations there were.

It strikes real builds and publications of small stations with the tools of tests/crashing.py, judges each
with `nashra verify --deep` and lets a plain run mend it. It needs Linux, strace, and a user who may mount
(`unshare -rm`). At its usual size it takes long; for a first look:

    python benchmarks/reliability.py --kills 10 --strikes 3 --step 256 --sequences 5
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests"))

import crashing  # type: ignore[import-not-found]  # noqa: E402 from the folder named above
import walking  # type: ignore[import-not-found]  # noqa: E402 as this one

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENARIOS = (*crashing.SCENARIOS, crashing.PUBLISH)
SWEPT = ("fsync", "rename", "open", "write")
LARGEST_KB = 4096
"""What is more than any of these builds adds to its station."""
STEPS = 8


class Row(NamedTuple):
    """What was tried, how often and to what end, and what was broken."""

    name: str
    tried: str
    broken: list[str]


def killed(scenario: crashing.Scenario, work: Path, kills: int, chance: random.Random) -> Row:
    """Kill a scenario at random moments while a reader polls its feed."""
    usual = crashing.took(scenario, work)
    hit = seen = 0
    broken: list[str] = []
    for _kill in range(kills):
        crashing.copied(scenario, work)
        with crashing.Poller(scenario, work) as poller:
            hit += crashing.killed_after(scenario, work, chance.uniform(0.2, 1.05) * usual) == -9
        seen += poller.seen
        broken += ["I1 a reader saw another feed"] * bool(poller.wrong)
        broken += crashing.judged(scenario, work) + crashing.converged(scenario, work)
    return Row(f"kill -9, {scenario.name}", f"{hit} of {kills} hit, {seen:,} looks at the feed", broken)


def swept(scenario: crashing.Scenario, work: Path, kind: str, strikes: int, chance: random.Random) -> Row:
    """Kill a scenario at calls of a kind: at all of them, or at so many that are drawn."""
    points = crashing.points(scenario, work, kind)
    chosen = sorted(chance.sample(points, strikes)) if 0 < strikes < len(points) else points
    strokes = crashing.sweep(scenario, work, kind, ("signal=SIGKILL",), chosen)
    broken = [f"{label}: {each}" for label, found in strokes for each in found]
    return Row(f"kill -9 at {kind}, {scenario.name}", f"{len(chosen)} of {len(points)} points", broken)


def filled(scenario: crashing.Scenario, work: Path, step: int) -> Row:
    """Run a scenario on disks from 64 KB on, until one is large enough."""
    full = fits = 0
    broken: list[str] = []
    held = sum(path.stat().st_size for path in scenario.start.rglob("*") if path.is_file()) // 1024
    for size in range(64, held + LARGEST_KB, step):
        ran = crashing.on_small_disk(scenario, work, f"size={size}k")
        if ran.returncode == crashing.NO_ROOM:
            continue
        found = crashing.judged(scenario, work, ran.returncode) + crashing.converged(scenario, work)
        broken += [f"{size} KB: {each}" for each in found]
        full += ran.returncode != 0
        if ran.returncode == 0:
            fits = size
            break
    else:
        broken.append("no disk was large enough")
    return Row(f"full disk, {scenario.name}", f"{full} sizes full, fits in {fits} KB", broken)


def walked(folder: Path, walks: int, seed: str) -> Row:
    """Take random walks through a station's life."""
    broken: list[str] = []
    steps = 0
    for number in range(walks):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 no secret
        told, found = walking.walked(folder / str(number), folder / "pictures", chance, STEPS)
        steps += len(told)
        shutil.rmtree(folder / str(number))
        broken += [f"walk {number} ({', '.join(told)}): {each}" for each in found]
    return Row("random sequences", f"{walks} of {STEPS} steps each, {steps} things done", broken)


def rows(said: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Give the rows of the table one after the other."""
    chance = random.Random(said.seed)  # noqa: S311 no secret
    work = folder / "station"
    scenarios = [crashing.scenario(name, folder / name.replace(" ", "-")) for name in SCENARIOS]
    for scenario in scenarios if said.kills else ():
        yield killed(scenario, work, max(1, said.kills // len(scenarios)), chance)
    for scenario in scenarios if said.strikes >= 0 else ():
        for kind in SWEPT:
            yield swept(scenario, work, kind, said.strikes, chance)
    for scenario in scenarios if said.step else ():
        yield filled(scenario, work, said.step)
    if said.sequences:
        yield walked(folder / "walks", said.sequences, said.seed)


def other(*line: str) -> None:
    """Print what another benchmark here says."""
    subprocess.run((sys.executable, str(HERE / line[0]), *line[1:]), check=True)


def main() -> int:
    """Strike, and print the table; end with 1 if anything was broken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--kills", type=int, default=200, help="kills at random moments, over all scenarios"
    )
    arguments.add_argument("--strikes", type=int, default=0, help="points a kind of call; 0 all, -1 none")
    arguments.add_argument("--step", type=int, default=16, help="KB from one disk to the next, 0 for none")
    arguments.add_argument("--sequences", type=int, default=200)
    arguments.add_argument(
        "--episodes", type=int, default=0, help="measure verify on so many: 10000 is usual"
    )
    arguments.add_argument("--soak", type=float, default=0, help="seconds under load: 300 is the usual")
    arguments.add_argument("--seed", default="1")
    said = arguments.parse_args()
    began, total = time.monotonic(), 0
    print(f"seed {said.seed}\n\n| struck | tried | violations |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(said, Path(folder)):
            print(f"| {row.name} | {row.tried} | {len(row.broken)} |", flush=True)
            for each in row.broken:
                print(each, file=sys.stderr)
            total += len(row.broken)
    print(f"\n{total} violations; {time.monotonic() - began:,.0f} s", flush=True)
    if said.episodes:
        other("verify.py", "--episodes", str(said.episodes))
    if said.soak:
        other("serving.py", "--soak", str(said.soak))
    return total > 0


if __name__ == "__main__":
    sys.exit(main())
