"""What a build after an edit loads before it can say a sentence: CPU of each step, least of some runs."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys

# Name, and what is run, one after the other in one process: what is loaded by then is not loaded again.
STEPS = (
    ("the command line", "import nashra.cli"),
    ("the line, and reading an article", "import nashra.build, filelock"),
    ("Jinja2, for what is said first and last", "import nashra.announcement"),
    ("kept readings", "import nashra.building.readings, nashra.script, nashra.building.performing"),
    ("numpy", "import numpy"),
    ("the rules of Arabic", "import nashra.building.speech"),
    (
        "patterns and lexicon of a sentence without figures",
        "from nashra.arabic import spoken; spoken.spoken('وصل الوفد إلى المدينة مساء اليوم.')",
    ),
    ("patterns of one with figures", "spoken.spoken('شارك 200 خبير يوم 28 يناير 2025.')"),
    (
        "onnxruntime, the diacritizer's model, a sentence",
        "import text2tashkeel; text2tashkeel.Diacritizer('rawi-ensemble').diacritize('وصل الوفد.')",
    ),
    ("the voice's side", "import nashra.audio.voices.espeak"),
    ("encoder, decoder, resampler, tags", "import nashra.audio.parts, nashra.audio.track"),
    ("pages and feed", "import nashra.catalogue, nashra.feed.pages, nashra.feed.sides"),
)
MEASURE = """
import json, sys, time
spent = [time.process_time()]
for step in json.loads(sys.argv[1]):
    exec(step)
    spent.append(time.process_time())
print(json.dumps([spent[0], *(after - before for before, after in zip(spent, spent[1:]))]))
"""


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=10, help="runs of which the least counts (usual: 10)")
    runs = parser.parse_args().runs
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    usual |= {
        "TT_ORT_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ORT_DISABLE_TELEMETRY": "1",
    }  # as `cli` does
    command = (sys.executable, "-c", MEASURE, json.dumps([code for _name, code in STEPS]))
    found = [json.loads(subprocess.check_output(command, env=usual)) for _run in range(runs + 1)][1:]
    least = [1000 * min(column) for column in zip(*found, strict=True)]
    rows = zip(("Python itself", *(name for name, _code in STEPS)), least, strict=True)
    print("| loaded | CPU |\n|---|--:|")
    print("\n".join(f"| {name} | {spent:.0f} ms |" for name, spent in rows))
    print(f"| all of it | {sum(least):.0f} ms |")


if __name__ == "__main__":
    main()
