"""What a number of articles a day takes: workers, store, requests, money, for each kind of voice.

Measured figures are those of `scale_articles.py` and stand in `MEASURED` with their date; what could not be
measured here is in `ASSUMED`, and every price is an option. It prints the tables of docs/scale.md.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Voice:
    """A kind of voice: CPU and online requests of an article; how many an address may make `a_day`."""

    name: str
    cpu_s: float
    requests: int = 0
    a_day: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What an article of a dozen sentences takes whoever reads it, in MB and store operations.

    It is joined by the build; `beside_cpu_s` is the CPU of Dask's worker beside the process that works.
    """

    mp3_mb: float
    kept_mb: float
    writes: int
    reads: int
    join_cpu_s: float
    beside_cpu_s: float


MEASURED = Article(mp3_mb=2.1, kept_mb=8.8, writes=57, reads=100, join_cpu_s=0.06, beside_cpu_s=0.04)
"""docs/scale.md says how and when."""

ESPEAK_CPU_S = 1.2
SOUND_S = 173.0
REQUESTS = 27

ASSUMED_PIPER = 0.15
"""Seconds of one core that a medium piper model takes for a second of speech: no trained one was run here."""


def voices() -> tuple[Voice, ...]:
    """Return the kinds of voices, by what was measured of the embedded one."""
    others = ESPEAK_CPU_S - 0.002 * SOUND_S  # espeak-ng itself is some 500 times faster than speech
    return (
        Voice("embedded (espeak)", ESPEAK_CPU_S),
        Voice("piper, medium", others + ASSUMED_PIPER * SOUND_S),
        Voice("gTTS", others, REQUESTS, DAY_S),
    )


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=100_000, help="a day")
    arguments.add_argument("--load", type=float, default=0.7, help="how busy a worker's core is meant to be")
    arguments.add_argument("--core-hour", type=float, default=0.04, help="USD an hour of one core")
    arguments.add_argument(
        "--gb-month", type=float, default=0.023, help="USD for a GB in the store for a month"
    )
    arguments.add_argument("--writes", type=float, default=5.0, help="USD for a million writes")
    arguments.add_argument("--reads", type=float, default=0.4, help="USD for a million reads")
    said = arguments.parse_args()
    many, each = said.articles, MEASURED
    print(f"| {many:,} articles a day | cores | requests | addresses | USD a day for cores |")
    print("|---|--:|--:|--:|--:|")
    for voice in voices():
        cores = many * (voice.cpu_s + each.join_cpu_s + each.beside_cpu_s) / DAY_S / said.load
        addresses = math.ceil(many * voice.requests / voice.a_day) if voice.a_day else 0
        money = math.ceil(cores) * 24 * said.core_hour
        print(
            f"| {voice.name} | {math.ceil(cores)} | {many * voice.requests:,} | {addresses} | {money:.0f} |"
        )
    gb = many * (each.mp3_mb + each.kept_mb) / 1000
    operations = many * (each.writes * said.writes + each.reads * said.reads) / 1e6
    print(f"\nstore: {gb:,.0f} GB a day, {gb * said.gb_month:,.2f} USD a month for each day that is kept;")
    print(
        f"{many * each.writes / 1e6:.1f} million writes, {many * each.reads / 1e6:.1f} million reads a day,"
    )
    print(f"{operations:.2f} USD; network {gb * 8000 / DAY_S:,.0f} Mbit/s on the average.")
    joined = DAY_S * said.load / each.join_cpu_s
    print(f"joining: one build joins at most {joined:,.0f} articles a day.")


if __name__ == "__main__":
    main()
