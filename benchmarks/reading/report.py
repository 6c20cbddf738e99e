"""The tables of `python benchmarks/reading`, and what each must reach."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import headings_found
import layouts
import marked_files
import pace
import rewriting
import samples

from nashra.articles import html, reading

Part = Callable[[Path, bool], Iterator[str]]


class Floor(NamedTuple):
    """What the headings of a set must reach."""

    precision: float
    recall: float
    false_share: float


CHOSEN = Floor(0.99, 0.97, 0.03)
FLOORS = {"random_D": Floor(0.97, 0.98, 2 / 192)}
UNSEEN = Floor(0.80, 0.90, 0.03)
"""For random texts that the rules were not measured on: what an outlet of its own customs allows."""

TEXTS_A_SECOND = 2000
PAGES_A_SECOND = 20
MOST_GROWTH = 2.0


def headings(folder: Path, misses: bool) -> Iterator[str]:
    """Print how headings are found in each set; give in words what is below its floor."""
    print(f"\n{headings_found.COLUMNS}\n|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    told: list[str] = []
    for name, texts in samples.texts(folder).items():
        score = headings_found.of_set(texts)
        print(score.row(name))
        told += [*score.headings.told, *score.lost]
        floor = FLOORS.get(name, UNSEEN if name.startswith("random") else CHOSEN)
        got = Floor(score.headings.precision, score.headings.recall, score.false_share)
        if (
            got.precision < floor.precision
            or got.recall < floor.recall
            or got.false_share > floor.false_share
        ):
            yield f"headings of {name}"
    _tell(told, misses)


def pages(folder: Path, misses: bool) -> Iterator[str]:
    """Print what was found of each page."""
    yield from _files(folder, "html", "page", misses)


def markdown(folder: Path, misses: bool) -> Iterator[str]:
    """Print what was found of each Markdown file."""
    yield from _files(folder, "md", "Markdown", misses)


def _files(folder: Path, kind: str, name: str, misses: bool) -> Iterator[str]:
    print(f"\n{marked_files.COLUMNS.format(name)}\n|---|---|---|---|--:|--:|--:|--:|--:|")
    told: list[str] = []
    for file in samples.marked(folder, kind):
        score = marked_files.score(file)
        print(score.row())
        told += score.told
        if not score.flawless:
            yield f"{name} {file.name}"
    _tell(told, misses)


def variants(folder: Path, misses: bool) -> Iterator[str]:
    """Print how headings of the chosen texts are found in other layouts."""
    chosen = [
        text
        for name, texts in samples.texts(folder).items()
        if not name.startswith("random")
        for text in texts
    ]
    print(f"\n{layouts.COLUMNS}\n|---|--:|--:|--:|")
    told: list[str] = []
    for layout in layouts.LAYOUTS if chosen else ():
        score = layouts.score(layout, chosen)
        least = f"{layout.precision}, {layout.recall}"
        print(f"| {layout.name} | {score.precision:.3f} | {score.recall:.3f} | {least} |")
        told += score.told
        if score.precision < layout.precision or score.recall < layout.recall:
            yield f"layout «{layout.name}»"
    _tell(told, misses)


def round_trip(folder: Path, misses: bool) -> Iterator[str]:
    """Print how many articles are the same when they are written out and read again."""
    told: list[str] = []
    count = 0
    for text in (text for texts in samples.texts(folder).values() for text in texts):
        count += 1
        told += rewriting.differences(text.name, headings_found.read(text))
    for file in (*samples.marked(folder, "html"), *samples.marked(folder, "md")):
        count += 1
        told += rewriting.differences(file.name, marked_files.read(file))
    print(f"\nWritten out and read again: {count} articles, {len(told)} differences")
    _tell(told, misses)
    if told:
        yield "the round trip"


def speed(folder: Path, misses: bool) -> Iterator[str]:  # noqa: ARG001 there are none to print
    """Print texts and pages a second on one core, and what longer ones cost per character."""
    texts = [
        partial(reading.text, "\n".join(text.lines), f"{text.name}.txt", text.name)
        for rows in samples.texts(folder).values()
        for text in rows
    ]
    sources = [file.source.decode("utf-8", "replace") for file in samples.marked(folder, "html")]
    print()
    for name, work, least in (
        ("plain texts", texts, TEXTS_A_SECOND),
        ("pages", [partial(_page, source) for source in sources], PAGES_A_SECOND),
    ):
        if work:
            rate = pace.a_second(work)
            print(f"{rate:,.0f} {name} a second on one core (at least {least:,})")
            if rate < least:
                yield f"speed of {name}"
    sizes = " | ".join(f"{size} ×" for size in pace.SIZES[1:])
    print(f"\nCost per character, smallest size = 1:\n\n| text | {sizes} |")
    print("|---|--:|--:|--:|")
    for name in pace.GROWING:
        ratios = pace.growth(name)
        print(f"| {name} | {' | '.join(f'{ratio:.2f}' for ratio in ratios[1:])} |", flush=True)
        if ratios[-1] >= MOST_GROWTH:
            yield f"cost of «{name}», which grows"


def _page(source: str) -> object:
    page = html.page(source)
    return reading.sorted_out(page.blocks, "page", facts=page.facts)


def _tell(misses: list[str], wanted: bool) -> None:
    if misses and wanted:
        print()
        print("\n".join(f"  {miss}" for miss in misses))


PARTS: dict[str, Part] = {
    "headings": headings,
    "pages": pages,
    "markdown": markdown,
    "layouts": variants,
    "round-trip": round_trip,
    "speed": speed,
}


def main() -> int:
    """Measure what was asked for, or all; 1 when something is below its floor."""
    parser = argparse.ArgumentParser(
        prog="python benchmarks/reading", description="How well articles are read."
    )
    parser.add_argument("folder", type=Path, help="text/, html/, markdown/ and gold/ with labels")
    parser.add_argument("what", nargs="?", choices=PARTS, help="all of it, when not told")
    parser.add_argument("--misses", action="store_true", help="print everything that was read otherwise")
    told = parser.parse_args()
    kinds = (
        samples.texts(told.folder),
        samples.marked(told.folder, "html"),
        samples.marked(told.folder, "md"),
    )
    if not any(kinds):
        parser.error(f"{told.folder} holds nothing to measure")
    if (told.folder / "json").is_dir():
        print("json/ is left out: nobody publishes articles in that form", flush=True)
    below = [
        each
        for name in ([told.what] if told.what else PARTS)
        for each in PARTS[name](told.folder, told.misses)
    ]
    print(f"\nBelow its floor: {', '.join(below)}" if below else "\nEverything reaches its floor.")
    return 1 if below else 0
