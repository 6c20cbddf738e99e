"""What `nashra verify` costs in a station of many episodes.

One episode of the `tone` voice is built; its record, MP3, pages and what stands beside them are copied under
other names, guids and dates, and the feed names them all, so that every rule has something to look at.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path

from measuring import run, shown

REPOSITORY = Path(__file__).resolve().parent.parent
ARTICLE = "hammouchi-spain-visit.txt"
SLUG = "hammouchi-spain-visit"
FOLDERS = ("episodes", "embed", "oembed", "transcripts", "chapters")
AN_ARCHIVE = 200


def prepare(station: Path, episodes: int) -> None:
    """Build one episode, and copy it until there are so many."""
    (station / "articles").mkdir()
    (station / "articles" / ARTICLE).write_bytes((REPOSITORY / "articles" / ARTICLE).read_bytes())
    (station / "nashra.toml").write_text('[show]\ntitle = "محطة كبيرة"\n', "utf-8")
    run((sys.executable, "-m", "nashra", "build"), station)
    audio, feed = station / "audio", station / "feed"
    record = json.loads((audio / f"{SLUG}.json").read_bytes())
    mp3 = audio / record["media"]["file"]
    document = (feed / "feed.xml").read_text("utf-8")
    item = document[document.index("<item>") : document.index("</item>") + 7]
    beside = {path: path.read_text("utf-8") for folder in FOLDERS for path in (feed / folder).iterdir()}
    items = []
    for number in range(1, episodes):
        slug = f"episode-{number:05}"
        guid = f"{number:08}-0000-5000-8000-000000000000"
        file = record["media"]["file"].replace(SLUG, slug)
        os.link(mp3, audio / file)
        copy = record | {"guid": guid, "slug": slug, "media": record["media"] | {"file": file}}
        (audio / f"{slug}.json").write_text(json.dumps(copy, ensure_ascii=False, indent=1), "utf-8")
        for path, text in beside.items():
            path.with_name(path.name.replace(SLUG, slug)).write_text(text.replace(SLUG, slug), "utf-8")
        items.append(re.sub(r"(<guid[^>]*>)[^<]*", rf"\g<1>{guid}", item.replace(SLUG, slug)))
    for start in range(0, len(items), AN_ARCHIVE):
        archive = document.replace(item, "\n".join(items[start : start + AN_ARCHIVE]))
        (feed / f"feed-2020-01-{start // AN_ARCHIVE + 2}.xml").write_text(archive, "utf-8")


def main() -> None:
    """Make the station, and print what the look costs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--episodes", type=int, default=10_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--deep", action="store_true", help="measure --deep as well, once")
    said = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        station = Path(folder)
        prepare(station, said.episodes)
        files = sum(len(names) for _folder, _folders, names in os.walk(station))
        print(f"{said.episodes} episodes, {files} files")
        ways = {"verify": said.runs} | ({"verify --deep": 1} if said.deep else {})
        for way, runs in ways.items():
            costs = [run((sys.executable, "-m", "nashra", *way.split()), station)[0] for _run in range(runs)]
            clock, cpu, peak = ([getattr(each, of) for each in costs] for of in ("clock", "cpu", "peak"))
            print(f"{way}: {shown(clock, 's')}, CPU {shown(cpu, 's')}, {shown(peak, 'MB')}")


if __name__ == "__main__":
    main()
