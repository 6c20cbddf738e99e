"""What speed and memory are promised, and what they are: one table of ratios, one run.

Whole processes, one behind the other. The bare commands are espeak-ng to WAV and LAME to MP3 on the same
spoken text. Long articles are the reference article over and over, with other words in every sentence.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import articles
from measuring import Cost, run
from reference import ANOTHER_WORD, BARE, NASHRA, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nashra.model import Script

BUILD = (*NASHRA, "build", "--why")
TONES = '[show]\ntitle = "نشرة"\n\n[voice]\nengine = "tone"\nspeed = 2.0\n'
HOUR, THREE_HOURS = 13, 39
"""How often the reference article stands in 60 minutes and in three hours."""


@dataclass(frozen=True, slots=True)
class Row:
    """A promise: what is measured, the ratio that came out, what was promised, and the figures behind it."""

    what: str
    found: str
    promised: str
    behind: str


def station(folder: Path, texts: Iterable[str], settings: str = "") -> Path:
    """Return a station of these articles, nothing of it built."""
    (folder / "articles").mkdir(parents=True)
    toml = settings or (REPOSITORY / "nashra.toml").read_text("utf-8")
    (folder / "nashra.toml").write_text(toml, "utf-8")
    for number, text in enumerate(texts):
        (folder / "articles" / f"a{number:04}.txt").write_text(text, "utf-8", newline="\n")
    return folder


def built(folder: Path) -> Cost:
    """Return what a cold build costs."""
    for name in (".nashra", "audio", "feed"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return run(BUILD, folder)[0]


def edited(folder: Path, turn: int, clips: int = 1) -> Cost:
    """Return what a build costs after another word in one sentence of the first article's middle.

    The first edit of an episode speaks two `clips`: its opening says from then on that it was corrected.
    """
    path = folder / "articles" / "a0000.txt"
    lines = path.read_text("utf-8").split("\n")
    places = [place for place, line in enumerate(lines) if line.endswith(".")]
    place = places[(len(places) // 2 + turn) % len(places)]
    lines[place] = f"{lines[place].rpartition(' ')[0]} {ANOTHER_WORD}."
    path.write_text("\n".join(lines), "utf-8", newline="\n")
    cost, said = run(BUILD, folder)
    if f"({clips} of " not in said:
        sys.exit(f"sound.py: an edit was to cost {clips} clips, and the build said: {said}")
    return cost


def unchanged(folder: Path) -> Cost:
    """Return what a build with nothing to do costs, the second time, when it was seen once."""
    run(BUILD, folder)
    cost, said = run(BUILD, folder)
    if "nothing to do" not in said:
        sys.exit(f"sound.py: nothing was to be done, and the build said: {said}")
    return cost


def bare(folder: Path) -> Cost:
    """Return what the bare commands cost on the spoken text of a station's articles, one behind the other."""
    scripts = subprocess.run(
        (sys.executable, Path(__file__).with_name("sound.py"), "--spoken", folder),
        check=True,
        stdout=subprocess.PIPE,
    )
    (folder / "spoken.txt").write_bytes(scripts.stdout)
    espeak, lame = (run(command, folder)[0] for command in BARE)
    for name in ("out.wav", "out.mp3"):
        (folder / name).unlink()
    return Cost(espeak.clock + lame.clock, espeak.cpu + lame.cpu, max(espeak.peak, lame.peak))


def spoken(folder: Path) -> str:
    """Return what a built station says, an utterance a line."""
    from nashra import station as stations  # noqa: PLC0415 as above
    from nashra.articles import reading  # noqa: PLC0415 as above
    from nashra.building import making  # noqa: PLC0415 in a process of its own

    found = stations.load(folder)
    mark = making.marker(found)

    def script(path: Path) -> Script:
        return making.script_of(found, reading.article(path.read_bytes(), path.name), found.voice, mark)

    lines = [
        line.spoken
        for path in sorted((folder / "articles").iterdir())
        for chapter in script(path).chapters
        for line in chapter.utterances
    ]
    return "\n".join(lines) + "\n"


def minutes(folder: Path) -> float:
    """Return how long a station's episodes are together."""
    records = [json.loads(path.read_bytes()) for path in (folder / "audio").glob("*.json")]
    return float(sum(record["frames"] for record in records) / 44_100 / 60)


def ratio(one: list[Cost], other: list[Cost], of: Callable[[Cost], float]) -> str:
    """Return the median of ratios taken pair by pair, the least and the most."""
    found = sorted(of(a) / of(b) for a, b in zip(one, other, strict=True))
    spread = f" ({found[0]:.3g} to {found[-1]:.3g})" if len(found) > 1 else ""
    return f"{statistics.median(found):.3g}{spread}"


def clock(cost: Cost) -> float:
    """Return its seconds of clock."""
    return cost.clock


def cpu(cost: Cost) -> float:
    """Return its seconds of CPU."""
    return cost.cpu


def seconds(costs: list[Cost], of: Callable[[Cost], float] = clock) -> str:
    """Return the median in seconds."""
    return f"{statistics.median(map(of, costs)):.2f} s"


def short(root: Path, runs: int) -> tuple[list[Row], Cost]:
    """Return the rows of the reference article, and what its cold build cost."""
    folder = station(root / "reference", [articles.longer(1)])
    built(folder)
    base, cold, first, edit, nothing = [], [], [], [], []
    for turn in range(runs):
        (folder / "articles" / "a0000.txt").write_text(articles.longer(1), "utf-8", newline="\n")
        base.append(bare(folder))
        cold.append(built(folder))
        nothing.append(unchanged(folder))
        first.append(edited(folder, 2 * turn, clips=2))
        edit.append(edited(folder, 2 * turn + 1))
    behind = f"{seconds(cold)} and {seconds(base)}"
    work = f"{seconds(cold, cpu)} and {seconds(base, cpu)}"
    return [
        Row("cold build / bare commands, clock", ratio(cold, base, clock), "1.0", behind),
        Row("cold build / bare commands, CPU", ratio(cold, base, cpu), "", work),
        Row("nothing to do, clock", seconds(nothing), "0.25 s", f"{seconds(nothing, cpu)} of CPU"),
        Row("one-sentence edit / cold build, clock", ratio(edit, cold, clock), "0.25", seconds(edit)),
        Row("one-sentence edit / cold build, CPU", ratio(edit, cold, cpu), "", seconds(edit, cpu)),
        Row("an episode's first edit / cold build, CPU", ratio(first, cold, cpu), "", seconds(first, cpu)),
    ], cold[-1]


def hour(root: Path, runs: int) -> list[Row]:
    """Return the rows of an article of 60 minutes."""
    folder = station(root / "hour", [articles.longer(HOUR)])
    cold = built(folder)
    edited(folder, runs, clips=2)
    edit = [edited(folder, turn) for turn in range(runs)]
    what = f"one-sentence edit / cold build, {minutes(folder):.0f} minutes"
    of_each = [cold] * runs
    return [
        Row(f"{what}, clock", ratio(edit, of_each, clock), "0.03", f"{seconds(edit)} and {cold.clock:.1f} s"),
        Row(f"{what}, CPU", ratio(edit, of_each, cpu), "", f"{seconds(edit, cpu)} and {cold.cpu:.1f} s"),
    ]


def three_hours(root: Path, reference: Cost) -> list[Row]:
    """Return the row of memory: the largest process of a cold build of three hours and of four minutes."""
    folder = station(root / "long", [articles.longer(THREE_HOURS)])
    cold = built(folder)
    what = f"peak memory, {minutes(folder):.0f} minutes / 5 minutes"
    behind = f"{cold.peak:.0f} MB and {reference.peak:.0f} MB"
    return [Row(what, f"{cold.peak / reference.peak:.3g}", "1.3 and 400 MB", behind)]


def many(root: Path, runs: int, count: int, idle: int) -> list[Row]:
    """Return the rows of many articles: built cold, and left alone."""
    folder = station(root / "many", articles.briefs(count))
    cold = built(folder)
    base = bare(folder)
    one = station(root / "one", articles.tiny(1), TONES)
    all_of_them = station(root / "all", articles.tiny(idle), TONES)
    for each in (one, all_of_them):
        built(each)
        run(BUILD, each)
    pairs = [(unchanged(all_of_them), unchanged(one)) for _turn in range(runs)]
    unmoved, single = [a for a, _ in pairs], [b for _, b in pairs]
    return [
        Row(
            f"{count} articles cold / engine and encoder on their text, CPU",
            f"{cold.cpu / base.cpu:.3g}",
            "1.05",
            f"{cold.cpu:.1f} s and {base.cpu:.1f} s, {minutes(folder):.0f} minutes",
        ),
        Row(
            f"{idle} unchanged articles / one, clock",
            ratio(unmoved, single, clock),
            "2",
            f"{seconds(unmoved)} and {seconds(single)}",
        ),
    ]


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="rounds of the short rows (usual: 3)")
    parser.add_argument("--articles", type=int, default=200, help="articles built cold (usual: 200)")
    parser.add_argument("--unchanged", type=int, default=1000, help="articles left alone (usual: 1000)")
    parser.add_argument("--spoken", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.spoken:
        sys.stdout.buffer.write(spoken(given.spoken).encode())
        return
    with tempfile.TemporaryDirectory(prefix="nashra-") as name:
        root = Path(name)
        rows, reference = short(root, given.runs)
        rows += hour(root, given.runs)
        rows += three_hours(root, reference)
        rows += many(root, given.runs, given.articles, given.unchanged)
    table = ["| what | found | promised | behind it |", "|---|--:|--:|---|"]
    table += [f"| {row.what} | {row.found} | {row.promised} | {row.behind} |" for row in rows]
    sys.stdout.buffer.write(("\n".join(table) + "\n").encode())


if __name__ == "__main__":
    main()
