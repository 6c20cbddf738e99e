"""What Nashra makes of Arabic, measured: `python benchmarks/arabic [spoken|tashkeel|speed]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import marks
import speed
import spoken_cases

CASES = marks.SHARED / "normalization_examples.tsv"


def spoken(files: list[Path], *, misses: bool) -> bool:  # noqa: ARG001 every miss is always shown
    """Score files of written and said lines."""
    right = [spoken_cases.report(file) for file in _there(files or [CASES])]
    return all(right)


def tashkeel(files: list[Path], *, misses: bool) -> bool:
    """Score the reference article, and test sets."""
    rows = [
        marks.row(name, marks.reference(file, misses=misses, heard=heard))
        for name, file, heard in (
            ("reference article", marks.GOLD, False),
            ("the same, corrected, as heard", marks.OWN, True),
        )
        if file.exists()
    ]
    sets = _there(files or [marks.TASHKEELA])
    rows += [marks.row(file.name, marks.test_set(file, misses=misses, cut=False)) for file in sets]
    rows += [marks.row(f"{file.name}, cut", marks.test_set(file, misses=False, cut=True)) for file in sets]
    print(marks.COLUMNS, "|---|--:|--:|--:|--:|--:|--:|--:|", *rows, sep="\n")
    return True


def speeds(files: list[Path], *, misses: bool) -> bool:  # noqa: ARG001 it makes its own text
    """Measure characters a second, and what hostile text costs."""
    return speed.report()


WHAT = {"spoken": spoken, "tashkeel": tashkeel, "speed": speeds}


def _there(files: list[Path]) -> list[Path]:
    found = [file for file in files if file.exists()]
    for file in files:
        if file not in found:
            print(f"{file} is not there: not measured", file=sys.stderr)
    return found


def main() -> int:
    """Measure what was asked for, or all; 1 when a line was wrong or a cost grew."""
    parser = argparse.ArgumentParser(prog="python benchmarks/arabic", description=__doc__)
    parser.add_argument("what", nargs="?", choices=WHAT, help="all of it, when not told")
    parser.add_argument("files", nargs="*", type=Path, help="files of your own instead of the usual ones")
    parser.add_argument("--file", action="append", type=Path, default=[], help="the same")
    parser.add_argument("--misses", action="store_true", help="print every word that was marked otherwise")
    told = parser.parse_args()
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before onnxruntime is loaded; as `nashra` does
    files = [*told.files, *told.file]
    measured = [WHAT[name](files, misses=told.misses) for name in ([told.what] if told.what else WHAT)]
    return 0 if all(measured) else 1


if __name__ == "__main__":
    sys.exit(main())
