"""The headings of labelled texts, line by line, and what became of the other lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from counting import Score
from samples import UNSCORED, Text

from nashra.articles import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.articles.reading import Reading

COLUMNS = (
    "| set | texts | headings | precision | recall | texts with a false one | article lines lost "
    "| bylines | tails |"
)

_ARTICLE = frozenset("PHQLV")
_SAID = frozenset(("lead", "paragraph", "heading", "question", "item", "title"))
_OF_LABEL = {"B": frozenset(("byline", "date")), "T": frozenset(("dropped", "byline", "date"))}


@dataclass(frozen=True, slots=True)
class SetScore:
    """The headings of a set, its texts with a false one, the article lines that nobody will hear.

    `kept` tells by label (B, T) how many lines are out of the text, as they should be, of how many.
    """

    headings: Score = field(default_factory=Score)
    texts: int = 0
    with_false: int = 0
    lost: tuple[str, ...] = ()
    kept: tuple[tuple[str, int, int], ...] = (("B", 0, 0), ("T", 0, 0))

    @property
    def false_share(self) -> float:
        """The share of texts with a false heading."""
        return self.with_false / max(self.texts, 1)

    def row(self, name: str) -> str:
        """Return a line of the table."""
        score, kept = self.headings, " | ".join(f"{out} of {all_}" for _label, out, all_ in self.kept)
        return (
            f"| {name} | {self.texts} | {score.right + score.missed} | {score.precision:.3f} "
            f"| {score.recall:.3f} | {self.with_false} | {len(self.lost)} | {kept} |"
        )


def read(text: Text) -> Reading:
    """Return a text as `nashra read` understands a file of its lines."""
    return reading.text("\n".join(text.lines), f"{text.name}.txt", text.name)


def of_set(texts: Sequence[Text]) -> SetScore:
    """Return the score of a set."""
    total = SetScore()
    for text in texts:
        total = _with(total, text, read(text))
    return total


def _with(total: SetScore, text: Text, read: Reading) -> SetScore:
    found = {line.line: line for line in read.lines if line.role == "heading"}
    roles = {line.line: line for line in read.lines}
    score, lost = Score(), list(total.lost)
    kept = {label: [out, all_] for label, out, all_ in total.kept}
    for number, (line, label) in enumerate(zip(text.lines, text.labels, strict=True), 1):
        if label in UNSCORED:
            continue
        is_found, wanted = number in found, label == "H"
        told = f"{text.name}:{number}: {line[:90]}"
        if is_found and not wanted:
            score += Score(false=1, told=(f"false ({label}) {told}  {found[number].why}",))
        elif wanted:
            score += Score(right=1) if is_found else Score(missed=1, told=(f"missed {told}",))
        became = roles.get(number)
        if became and label in _ARTICLE and became.role not in _SAID:
            lost.append(f"lost ({label}) as {became.role}, {became.why}: {told}")
        if became and label in kept:
            kept[label][0] += became.role in _OF_LABEL[label]
            kept[label][1] += 1
    return replace(
        total,
        headings=total.headings + score,
        texts=total.texts + 1,
        with_false=total.with_false + bool(score.false),
        lost=tuple(lost),
        kept=tuple((label, out, all_) for label, (out, all_) in kept.items()),
    )
