"""How well Nashra reads articles: `python benchmarks/reading FOLDER` of labelled ones."""

from __future__ import annotations

import sys

import report

if __name__ == "__main__":
    sys.exit(report.main())
