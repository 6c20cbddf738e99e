"""What a build costs in a station of many episodes when one article changed.

The station is made of copies of one built episode: an article, a record and an MP3 of the right size with
nothing in it, each with a title and a date of its own. The first build writes the whole feed and is told,
not judged; then the summary of one article is changed, so that nothing need be spoken, and the build is
measured as a whole process: reading records, planning, the one episode, its pages, the feed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from measuring import run, shown

REPOSITORY = Path(__file__).resolve().parent.parent
ARTICLE = "hammouchi-spain-visit.txt"
BUILD = (sys.executable, "-m", "nashra", "build")
# The first build writes eight files an episode; to wait for the disk after each is not what is measured.
UNSAFE = "import os, sys; os.fsync = lambda _: None; from nashra import cli; cli.main(sys.argv[1:])"
FIRST_BUILD = (sys.executable, "-c", UNSAFE, "build")
FIRST = datetime(2020, 1, 1, 6, tzinfo=UTC)
APART = timedelta(hours=4)


def written(number: int, text: str, summary: str) -> str:
    """Return an article of that number: the reference article with front matter of its own."""
    date = (FIRST + number * APART).isoformat()
    return f"---\ntitle: الحلقة رقم {number}\nsummary: {summary}\ndate: {date}\n---\n{text}"


def prepare(station: Path, episodes: int) -> None:
    """Build one episode, and copy it until there are so many."""
    text = (REPOSITORY / "articles" / ARTICLE).read_text("utf-8")
    (station / "articles").mkdir()
    settings = (REPOSITORY / "nashra.toml").read_text("utf-8").replace("نشرة", "محطة كبيرة")
    (station / "nashra.toml").write_text(
        settings.replace("[show]", '[show]\nbase_url = "https://radio.example.org/"'), "utf-8"
    )
    first = station / "articles" / "episode-00000.txt"
    first.write_text(written(0, text, "خلاصة."), "utf-8")
    run(BUILD, station)
    record = json.loads((station / "audio" / "episode-00000.json").read_bytes())
    for number in range(1, episodes):
        slug = f"episode-{number:05}"
        article = written(number, text, "خلاصة.").encode()
        (station / "articles" / f"{slug}.txt").write_bytes(article)
        date = (FIRST + number * APART).isoformat().replace("+00:00", "Z")
        copy = record | {
            "guid": f"guid-{number}",
            "slug": slug,
            "article": f"{slug}.txt",
            "sources": {f"{slug}.txt": hashlib.sha256(article).hexdigest()},
            "title": f"الحلقة رقم {number}",
            "published": date,
            "updated": date,
            "media": record["media"] | {"file": f"{slug}-0123456789ab.mp3"},
        }
        data = json.dumps(copy, ensure_ascii=False, indent=1).encode()
        (station / "audio" / f"{slug}.json").write_bytes(data)
        with (station / "audio" / f"{slug}-0123456789ab.mp3").open("wb") as file:
            os.truncate(file.fileno(), record["media"]["bytes"])


def main() -> None:
    """Make the station, and print what the builds cost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--episodes", type=int, default=10_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument(
        "--keep", type=Path, help="an empty folder to make the station in, and to leave it there"
    )
    said = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        station = said.keep or Path(folder)
        prepare(station, said.episodes)
        cost, _ = run(FIRST_BUILD, station)
        print(f"first build of the feed: {cost.clock:.1f} s, {cost.peak:.0f} MB")
        text = (REPOSITORY / "articles" / ARTICLE).read_text("utf-8")
        costs, nothing = [], []
        for number in range(said.runs):
            before = time.time()
            first = station / "articles" / "episode-00000.txt"
            first.write_text(written(0, text, f"خلاصة رقم {number}."), "utf-8")
            costs.append(run(BUILD, station)[0])
            changed = [path for path in (station / "feed").rglob("*.*") if path.stat().st_mtime > before]
            nothing.append(run(BUILD, station)[0])
        for name, all_of_it in (("one article changed", costs), ("nothing changed", nothing)):
            clock, cpu, peak = ([getattr(each, of) for each in all_of_it] for of in ("clock", "cpu", "peak"))
            print(f"{name}: {shown(clock, 's')}, CPU {shown(cpu, 's')}, {shown(peak, 'MB')}")
        sizes = {path.name: path.stat().st_size for path in sorted((station / "feed").glob("feed*.xml"))}
        archives = {name: size for name, size in sizes.items() if name != "feed.xml"}
        print(f"written: {', '.join(sorted(path.name for path in changed))}")
        largest = max(archives.values(), default=0)
        print(f"feed.xml: {sizes['feed.xml']} bytes; {len(archives)} archives, the largest {largest}")


if __name__ == "__main__":
    main()
