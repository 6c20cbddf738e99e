"""What Nashra costs on the reference article, in ratios.

A round runs the bare commands, a cold build, a build with nothing to do and a build after an edit, one
behind the other and as whole processes, so that a slow minute of the machine falls on all of them.
Ratios are taken inside a round. The first round is not counted: it fills the system's own caches.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import Cost, run, shown

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
MEASURES = (("clock", "s"), ("cpu", "s"), ("peak", "MB"))


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
            # From its first edit on, an opening says that the episode was corrected: a sentence more, once.
            (station / ARTICLE).write_text(edited(written, number + 1), "utf-8", newline="\n")
            run((*NASHRA, "build"), station)
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
