"""What a folder of labelled articles holds: texts with a letter for each line, files with gold."""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNSCORED = frozenset("X?t")
"""Labels of lines that nobody decided, and of title lines."""


class Text(NamedTuple):
    """A plain text: its lines, and a letter for each.

    P paragraph, H heading, Q question, B byline, K kicker, C caption, L list item, V verse, S separator,
    T trailing boilerplate.
    """

    name: str
    lines: tuple[str, ...]
    labels: str


class Marked(NamedTuple):
    """A page or Markdown file, and what a person found in it (the fields of its `gold/*.json`)."""

    name: str
    source: bytes
    gold: dict[str, Any]


@cache
def texts(folder: Path) -> dict[str, list[Text]]:
    """Return the labelled texts by set: those of `text/labels.json`, then each `text/random_*.jsonl`."""
    sets: dict[str, list[Text]] = {}
    chosen = folder / "text" / "labels.json"
    if _there(chosen):
        for name, told in json.loads(chosen.read_text("utf-8")).items():
            file = folder / "text" / f"{name}.txt"
            if _there(file):
                lines = tuple(line for line in file.read_text("utf-8").split("\n") if line.strip())
                sets.setdefault(told.get("set", "-"), []).append(Text(name, lines, told["labels"]))
    for file in _several(folder / "text", "random_*.jsonl"):
        rows = map(json.loads, filter(str.strip, file.read_text("utf-8").splitlines()))
        sets[file.stem] = [Text(row["id"], tuple(row["lines"]), row["labels"]) for row in rows]
    return {name: [text for text in rows if _labelled(text)] for name, rows in sets.items()}


@cache
def marked(folder: Path, kind: str) -> list[Marked]:
    """Return the files that `gold/<kind>_*.json` describe; `kind` is html or md."""
    found = []
    for gold in _several(folder / "gold", f"{kind}_*.json"):
        told = json.loads(gold.read_text("utf-8"))
        file = folder / told["file"]
        if _there(file):
            found.append(Marked(gold.stem.removeprefix(f"{kind}_"), file.read_bytes(), told))
    return found


def _several(folder: Path, pattern: str) -> Iterator[Path]:
    files = sorted(folder.glob(pattern))
    if not files:
        _say(f"{folder / pattern} is not there")
    return iter(files)


def _there(file: Path) -> bool:
    if not file.is_file():
        _say(f"{file} is not there")
    return file.is_file()


def _labelled(text: Text) -> bool:
    if len(text.lines) != len(text.labels):
        _say(f"{text.name} has {len(text.lines)} lines and {len(text.labels)} labels")
    return len(text.lines) == len(text.labels)


@cache
def _say(what: str) -> None:
    print(f"{what}: left out", file=sys.stderr)
