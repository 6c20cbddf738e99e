"""Found against wanted, and lines that are the same but for their marks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra.articles.blocks import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDS = re.compile(r"\A[\W\d_]+|[\W\d_]+\Z")


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found rightly, found falsely, and missed; and each of these errors in words."""

    right: int = 0
    false: int = 0
    missed: int = 0
    told: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.false + other.false,
            self.missed + other.missed,
            self.told + other.told,
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 if nothing was found."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 1 if nothing was wanted."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def key(line: str) -> str:
    """Return a line as it is compared: no vowel marks, no spaces; no mark and no digit at either end.

    >>> key("**3- «سلوكيات  خاطِئة» :**")
    'سلوكياتخاطئة'
    """
    return re.sub(r"\s+", "", _ENDS.sub("", bare(line)))


def by_key(where: str, found: Iterable[str], wanted: Iterable[str], unscored: Iterable[str] = ()) -> Score:
    """Return the score of lines found anywhere in a text; one that is there twice is wanted twice."""
    got, gold, skip = (Counter(map(key, lines)) for lines in (found, wanted, unscored))
    right = (got & gold).total()
    false = got - gold - Counter(dict.fromkeys(skip, got.total()))
    missed = gold - got
    told = [f"{where}: false {line}" for line in false] + [f"{where}: missed {line}" for line in missed]
    return Score(right, false.total(), missed.total(), tuple(told))
