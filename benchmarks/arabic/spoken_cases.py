"""Written lines against the words that are said for them."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

from pipeline import said

if TYPE_CHECKING:
    from pathlib import Path


def report(file: Path) -> bool:
    """Print every miss and the count of each category; say whether all lines were right.

    The file has tabs between `input`, `expected` and `category`, named in its first line. Vowel marks
    do not count, everything else does.
    """
    right: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            got = said(row["input"])
            kind = row.get("category") or "-"
            lines[kind] += 1
            right[kind] += got == row["expected"].strip()
            if got != row["expected"].strip():
                print(f"{kind}: {row['input']}\n  expected {row['expected']}\n  got      {got}")
    print(f"\n{file.name}\n| category | right | of |\n|---|--:|--:|")
    for kind, count in sorted(lines.items()):
        print(f"| {kind} | {right[kind]} | {count} |")
    print(f"| all | {right.total()} | {lines.total()} |")
    return right == lines
