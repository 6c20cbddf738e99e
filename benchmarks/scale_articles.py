"""What many articles cost: CPU of each in stations of growing size, and one worker against two.

The articles are recombined from real ones (`recombined.py`). CPU is that of a build's own processes and its
engines; the clock wants an idle machine, and the load is printed beside it. Above a thousand articles the
voice is `tone`: what is measured then is everything but speech. A worker by itself takes more than a core,
for its engine speaks beside it: so one is held, with all of its build, to one core as well (taskset).

`--figures FILE` keeps each row as it is measured, and measures none again that is in it: a run of hours may
be stopped and goes on. `--within S` begins no row after so many seconds. Two minutes, and hours:

    python benchmarks/scale_articles.py
    python benchmarks/scale_articles.py --sizes 10,100,1000,10000 --workers 1000 --figures scale.json
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import recombined
from measuring import run

if TYPE_CHECKING:
    from collections.abc import Callable

BUILD = (sys.executable, "-m", "nashra", "build", "--jobs", "1")
TONE_ABOVE = 1000
LONG = 30
"""How many times as long the long article is as a usual one: with 12 sentences, an hour and a half."""

Row = dict[str, Any]


def station(folder: Path, many: int, sentences: int, voice: str, texts: Path | None) -> None:
    """Make a station of so many articles, nothing of it built."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "articles").mkdir(parents=True)
    settings = f'[show]\ntitle = "محطة كبيرة"\n[voice]\nengine = "{voice}"\n'
    (folder / "nashra.toml").write_text(settings, "utf-8")
    for name, text in recombined.articles(many, sentences, texts):
        (folder / "articles" / name).write_text(text, "utf-8")


def size(folder: Path) -> float:
    """Return the bytes of every file in a folder and below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def of_size(folder: Path, many: int, said: argparse.Namespace) -> Row:
    """Return what an article costs in a station of so many, the first one's start-up left out."""
    voice = "tone" if many > TONE_ABOVE else said.voice
    station(folder, 1, said.sentences, voice, said.texts)
    start, _ = run(BUILD, folder)
    station(folder, many + 1, said.sentences, voice, said.texts)
    cost, _ = run(BUILD, folder)
    nothing, _ = run(BUILD, folder)
    mp3, kept = (size(folder / name) / (many + 1) / 1e6 for name in ("audio", ".nashra"))
    return {
        "voice": voice,
        "cpu": (cost.cpu - start.cpu) / many,
        "clock": (cost.clock - start.clock) / many,
        "mp3": mp3,
        "kept": kept,
        "nothing": nothing.cpu,
    }


def of_workers(
    folder: Path, workers: int, many: int, sentences: int, said: argparse.Namespace, *, one_core: bool = False
) -> Row:
    """Return how long a station takes on so many workers of this machine, or of one core of it."""
    voice = "tone" if many > TONE_ABOVE else said.voice
    station(folder, many, sentences, voice, said.texts)
    held = ("taskset", "--cpu-list", "0") if one_core else ()
    cost, _ = run((*held, *BUILD, "--cluster", f"local:{workers}"), folder)
    return {"voice": voice, "clock": cost.clock}  # of the CPU the system does not tell: workers are killed


def of_order(folder: Path, many: int, said: argparse.Namespace) -> Row:
    """Return the CPU of an order all of whose sound is kept: what each order costs, however little it has."""
    from nashra.cluster.hand import Hands, Place, performed  # noqa: PLC0415 only where an order is measured
    from nashra.cluster.orders import Order, leave_desk  # noqa: PLC0415 the same
    from nashra.station import load  # noqa: PLC0415 the same

    station(folder, many, said.sentences, said.voice, said.texts)
    place, desk = Place(str(folder), "", own=True), load(folder)
    key, hands = leave_desk(desk, desk.voices), Hands()
    texts = [(path.name, path.read_bytes()) for path in sorted((folder / "articles").iterdir())]
    spent, chapters = [], 0
    try:
        for _first_and_again in range(2):
            began, chapters = time.process_time(), 0
            for name, text in texts:
                answer = performed(hands, place, Order(name, text, desk.voice, key), lambda *_told: None)
                chapters += answer.chapters
            spent.append((time.process_time() - began) / many)
    finally:
        hands.forget()
    return {"voice": said.voice, "again": spent[1], "chapters": chapters / many}


class Figures:
    """Rows that were measured, kept in a file if one is named, none begun after so many seconds."""

    def __init__(self, file: Path | None, within_s: float) -> None:
        self._file, self._until = file, time.monotonic() + within_s
        self._rows: dict[str, Row] = {}
        if file is not None and file.is_file():
            self._rows = json.loads(file.read_text("utf-8"))

    def row(self, name: str, measure: Callable[[], Row]) -> Row | None:
        """Return a row, measured if it is not known; None when there is no time left for it."""
        if name not in self._rows:
            if time.monotonic() > self._until:
                return None
            load = max(os.getloadavg()[0], 0.0)
            self._rows[name] = {**measure(), "load": load}
            if self._file is not None:
                self._file.write_text(json.dumps(self._rows, indent=1), "utf-8")
        return self._rows[name]


def main() -> None:
    """Build the stations, and print two tables."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--sizes", default="10", help="numbers of articles, with commas")
    arguments.add_argument("--sentences", type=int, default=12)
    arguments.add_argument("--workers", type=int, default=12, help="articles for 1 and 2 workers; 0: none")
    arguments.add_argument("--orders", type=int, default=0, help="articles to measure an order's own cost on")
    arguments.add_argument("--voice", default="espeak")
    arguments.add_argument("--texts", type=Path, help="a folder of .txt to recombine")
    arguments.add_argument("--figures", type=Path, help="a file of rows that were measured before")
    arguments.add_argument("--within", type=float, default=float("inf"), help="seconds; no row begins later")
    said = arguments.parse_args()
    figures = Figures(said.figures, said.within)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "station"
        print(f"{len(recombined.clauses(said.texts))} clauses, {said.sentences} sentences an article\n")
        print("| articles | voice | CPU an article | clock an article | MP3 | kept | nothing to do | load |")
        print("|--:|---|--:|--:|--:|--:|--:|--:|")
        for many in map(int, said.sizes.split(",")):
            row = figures.row(
                f"{many} of {said.sentences} {said.voice}", partial(of_size, folder, many, said)
            )
            if row:
                print(
                    f"| {many} | {row['voice']} | {row['cpu']:.3f} s | {row['clock']:.3f} s "
                    f"| {row['mp3']:.2f} MB | {row['kept']:.2f} MB | {row['nothing']:.2f} s "
                    f"| {row['load']:.1f} |",
                    flush=True,
                )
        if said.workers:
            _workers(figures, folder, said)
        if said.orders:
            name = f"{said.orders} orders of {said.sentences} {said.voice}"
            row = figures.row(name, partial(of_order, folder, said.orders, said))
            if row:
                print(
                    f"\nAn order whose sound is kept: {row['again'] * 1000:.0f} ms of CPU; "
                    f"{row['chapters']:.1f} chapters an article."
                )


def _workers(figures: Figures, folder: Path, said: argparse.Namespace) -> None:
    """Print how long many articles, and a long one, take on one worker, held to a core or not, and on two."""
    print("\n| station | 1 worker, 1 core | 1 worker | 2 workers | of linear, cores | workers | load |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for many, sentences in ((said.workers, said.sentences), (1, said.sentences * LONG)):
        rows = [
            figures.row(
                f"{many} of {sentences} {said.voice} on {workers}{' and one core' if one_core else ''}",
                partial(of_workers, folder, workers, many, sentences, said, one_core=one_core),
            )
            for workers, one_core in ((1, True), (1, False), (2, False))
        ]
        clocks = [row["clock"] for row in rows if row]
        if len(clocks) == len(rows):
            held, one, two = clocks
            load = max(row["load"] for row in rows if row)
            print(
                f"| {many} of {sentences} sentences | {held:.1f} s | {one:.1f} s | {two:.1f} s "
                f"| {held / two / 2:.2f} | {one / two / 2:.2f} | {load:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
