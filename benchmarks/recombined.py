"""Articles of clauses of real ones, put together anew, so that no sentence of them is kept already."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
NEAR = (REPOSITORY.parent / "shared" / "articles", REPOSITORY / "articles")
"""Where texts are looked for: samples beside the repository, else the article of its own station."""

LETTERS = (25, 110)
"""How long a clause must and may be, in characters: what is shorter is seldom one."""


def clauses(folder: Path | None = None) -> tuple[str, ...]:
    """Return the clauses of every text in a folder and below, each once, in order."""
    found: dict[str, None] = {}
    where = folder or next(each for each in NEAR if each.is_dir())
    for path in sorted(where.rglob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            for clause in re.split(r"[.،؛:!؟()«»\"]", line):
                words = " ".join(clause.split())
                if LETTERS[0] <= len(words) <= LETTERS[1] and re.fullmatch(r"[\u0600-\u06ff\s\d–-]+", words):
                    found[words] = None
    return tuple(found)


def articles(many: int, sentences: int, folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """Give so many articles of so many sentences, as name and text; the same ones in every run."""
    pieces = clauses(folder)
    for number in range(many):
        chance = random.Random(number)  # noqa: S311 the same articles in every run

        def sentence(chance: random.Random = chance) -> str:
            return f"{chance.choice(pieces)}، {chance.choice(pieces)}."

        lines = [" ".join(chance.choice(pieces).split()[:7]), f"{sentence()} {sentence()}"]
        left = sentences - 2
        while left > 0:
            several = min(left, chance.randint(2, 4))
            lines += [" ".join(chance.choice(pieces).split()[:4])]
            lines += [" ".join(sentence() for _each in range(several))]
            left -= several
        yield f"article-{number:06}.txt", "\n".join(lines) + "\n"
