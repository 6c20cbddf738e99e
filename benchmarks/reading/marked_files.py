"""Pages and Markdown files against what a person found in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counting import Score, by_key, key

from nashra.articles import html
from nashra.errors import NashraError
from nashra.intake import sources as intake

if TYPE_CHECKING:
    from samples import Marked

    from nashra.articles.reading import Reading

COLUMNS = "| {} | title | author | date | headings | false | questions | anchors | forbidden |"

_SAID = frozenset(("lead", "paragraph", "heading", "question", "item"))


@dataclass(frozen=True, slots=True)
class FileScore:
    """What was found of a file; every miss is told in words."""

    name: str
    fields: tuple[bool, bool, bool]
    headings: Score
    questions: Score
    anchors: Score
    forbidden: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def flawless(self) -> bool:
        """Say whether nothing at all is missing or wrong."""
        return not self.told

    def row(self) -> str:
        """Return a line of the table."""
        cells = ["yes" if right else "no" for right in self.fields]
        cells += [_of(self.headings), str(self.headings.false), _of(self.questions), _of(self.anchors)]
        return f"| {self.name} | {' | '.join(cells)} | {len(self.forbidden)} |"


def _of(score: Score) -> str:
    wanted = score.right + score.missed
    return f"{score.right} of {wanted}" if wanted else "-"


def read(file: Marked) -> Reading:
    """Return a file as `nashra read` understands it, in this process."""
    return intake.read(intake.Input(file.source, file.gold["file"].rpartition("/")[2]), html.page)


def score(file: Marked) -> FileScore:
    """Return the score of a file; one that cannot be read has none of what is in it."""
    gold = file.gold
    wanted = [part["heading"] for part in gold.get("sections", ())]
    optional = gold.get("optional_headings", ())
    must = [heading for heading in wanted if heading not in optional]
    try:
        found = read(file)
    except NashraError as failed:
        missing = Score(missed=len(must), told=(f"{file.name}: {failed}",))
        return FileScore(file.name, (False,) * 3, missing, Score(), Score(), (), missing.told)
    article = found.article
    said = " ".join(line.text for line in found.lines if line.role in _SAID)
    fields = {
        "title": (article.title, gold["title"]),
        "author": (article.author, gold["author"]),
        "date": (str(article.date)[:10] if article.date and gold["date"] else "", gold["date"]),
    }
    right = {
        name: key(got) == key(due) if name != "date" else got == due for name, (got, due) in fields.items()
    }
    headings = by_key(file.name, (part.heading for part in article.sections), must, optional)
    questions = _contained(file.name, "question", gold.get("questions", ()), "\n".join(article.questions))
    anchors = _contained(file.name, "text", _anchors(gold), said)
    forbidden = tuple(text for text in gold.get("must_not", ()) if text in said)
    told = [
        f"{file.name}: {name} is «{got}», not «{due}»"
        for name, (got, due) in fields.items()
        if not right[name]
    ]
    told += [*headings.told, *questions.told, *anchors.told]
    told += [f"{file.name}: «{text}» was to be left out" for text in forbidden]
    whole = (right["title"], right["author"], right["date"])
    return FileScore(file.name, whole, headings, questions, anchors, forbidden, tuple(told))


def _anchors(gold: dict[str, object]) -> list[str]:
    """Return the words that must be heard: the lead's first, the last, those below each heading."""
    sections = gold.get("sections")
    first = [part.get("first_words", "") for part in sections] if isinstance(sections, list) else []
    ends = [str(gold.get(name, "")) for name in ("lead", "last", "last_words")]
    heads = gold.get("run_in_heads")
    return [text for text in (*ends, *first, *(heads if isinstance(heads, list) else ())) if text]


def _contained(name: str, what: str, wanted: list[str], said: str) -> Score:
    heard = key(said)
    missed = [text for text in wanted if key(text) not in heard]
    return Score(
        len(wanted) - len(missed),
        missed=len(missed),
        told=tuple(f"{name}: {what} «{text}» is missing" for text in missed),
    )
