"""What many articles cost: CPU of each in stations of growing size, and the clock with one and two workers.

The articles are recombined from real ones (`recombined.py`). CPU is that of a build in one process, engines
included; the workers' is not counted there, so their rows are of the clock and want an idle machine. Above
a thousand articles the voice is `tone`: what is measured then is everything but speech.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import recombined
from measuring import run

BUILD = (sys.executable, "-m", "nashra", "build", "--jobs", "1")
TONE_ABOVE = 1000


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


def main() -> None:
    """Build the stations, and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", default="10,100", help="numbers of articles, with commas")
    arguments.add_argument("--sentences", type=int, default=12)
    arguments.add_argument(
        "--workers", type=int, default=40, help="articles for one and two workers; 0: none"
    )
    arguments.add_argument("--voice", default="espeak")
    arguments.add_argument("--texts", type=Path, help="a folder of .txt to recombine")
    said = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "station"
        print(f"{len(recombined.clauses(said.texts))} clauses, {said.sentences} sentences an article\n")
        print("| articles | voice | CPU an article | clock an article | MP3 | kept | nothing to do |")
        print("|--:|---|--:|--:|--:|--:|--:|")
        for many in map(int, said.sizes.split(",")):
            voice = "tone" if many > TONE_ABOVE else said.voice
            station(folder, 1, said.sentences, voice, said.texts)
            start, _ = run(BUILD, folder)
            station(folder, many + 1, said.sentences, voice, said.texts)
            cost, _ = run(BUILD, folder)
            nothing, _ = run(BUILD, folder)
            cpu, clock = (cost.cpu - start.cpu) / many, (cost.clock - start.clock) / many
            mp3, kept = (size(folder / name) / (many + 1) / 1e6 for name in ("audio", ".nashra"))
            print(
                f"| {many} | {voice} | {cpu:.3f} s | {clock:.3f} s | {mp3:.2f} MB | {kept:.2f} MB "
                f"| {nothing.clock:.2f} s |",
                flush=True,
            )
        if said.workers:
            clocks = []
            for workers in (1, 2):
                station(folder, said.workers, said.sentences, said.voice, said.texts)
                cost, _ = run((*BUILD, "--cluster", f"local:{workers}"), folder)
                clocks.append(cost.clock)
            print(
                f"\n{said.workers} articles: {clocks[0]:.1f} s with one worker, {clocks[1]:.1f} s with two:"
            )
            print(f"efficiency {clocks[0] / clocks[1] / 2:.2f} of linear")


if __name__ == "__main__":
    main()
