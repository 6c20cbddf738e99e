"""What a command costs from outside: its clock, its CPU, its largest process."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# A process counts as no smaller than the one that started it (Linux looks at both sides of an exec), so
# the smallest possible Python starts the commands; 8 to 9 MB is the least it can tell.
WATCH = """
import os, sys, time
began = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ), 0)
print("\\n", time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status) and 1)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of clock, of CPU, and the MB of the largest process; NaN where the system does not tell."""

    clock: float
    cpu: float
    peak: float


def run(command: tuple[str, ...], folder: Path) -> tuple[Cost, str]:
    """Run a command to its end; return what it and its children cost, and all it printed."""
    # An installed Nashra has its bytecode; a Python told to write none would compile all of it each time.
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    watched = () if sys.platform == "win32" else (sys.executable, "-I", "-S", "-c", WATCH)
    began = time.perf_counter()
    done = subprocess.run(
        (*watched, *command),
        cwd=folder,
        env=usual,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    cost = Cost(time.perf_counter() - began, math.nan, math.nan)
    said = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode:
        sys.exit(f"`{' '.join(command)}` failed: {' '.join(said[-4:])}")
    if watched:
        clock, cpu, peak = map(float, said.pop().split())
        cost = Cost(clock, cpu, peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024))
    return cost, "\n".join(said)


def shown(numbers: list[float], unit: str) -> str:
    """Return the median, the least and the most."""
    middle = statistics.median(numbers)
    if math.isnan(middle):
        return "not measured"
    digits = 0 if unit == "MB" else 1 if middle >= 10 else 2 if middle >= 0.1 else 3
    return f"{middle:.{digits}f} {unit} ({min(numbers):.{digits}f} to {max(numbers):.{digits}f})"
