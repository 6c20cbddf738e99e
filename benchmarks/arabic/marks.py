"""The vowel marks that Nashra puts, against texts that people marked."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from comparing import Score, compared, distance, phonemes, spelled_out
from pipeline import in_sentences, marked, model, said

from nashra.arabic.letters import order_marks, strip_marks
from nashra.arabic.rewriting import as_written
from nashra.arabic.tashkeel import diacritize
from nashra.audio.voices.espeak import Speaker
from nashra.model import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared" / "arabic"
ARTICLE = ROOT / "articles" / "hammouchi-spain-visit.txt"
OWN = HERE / "reference_article.txt"
GOLD = SHARED / "reference_article_gold.txt"
TASHKEELA = SHARED / "tashkeela_test_500.txt"
VOICE = Voice("espeak", "ar")

COLUMNS = "| text | words | WER | WER, no endings | DER | DER, no endings | phoneme error | letters changed |"


def article_lines() -> list[str]:
    """Return the lines of the reference article without its byline."""
    lines = [line.strip() for line in ARTICLE.read_text("utf-8").splitlines()]
    return [line for line in lines if line][1:]


def reference(gold: Path, *, misses: bool, heard: bool) -> Score:
    """Score the reference article, from the written form on, against a marked copy.

    `heard` compares the phonemes of the voice with its respelling, else those of the bare engine.
    """
    ask = model()
    lines = _beside(_lines(gold), article_lines())
    return _scored(
        ((wanted, said(line), marked(line, ask)) for wanted, line in lines), misses=misses, heard=heard
    )


def test_set(file: Path, *, misses: bool, cut: bool) -> Score:
    """Score a file of marked lines: its marks are taken away and put again.

    `cut` marks each line in the sentences and clauses that Nashra speaks, else as a whole, as such a set
    is made.
    """
    ask = model()
    lines = ((line, strip_marks(line)) for line in _lines(file))
    way = in_sentences if cut else diacritize
    rows = ((line, bare, way(bare, ask)) for line, bare in lines)
    return _scored(rows, misses=misses, old_spelling=True)


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line.strip()]


def _beside(gold: list[str], article: list[str]) -> Iterable[tuple[str, str]]:
    if len(gold) != len(article):
        raise SystemExit(f"the marked copy has {len(gold)} lines, the article {len(article)}")
    return zip(gold, article, strict=True)


def _scored(
    rows: Iterable[tuple[str, str, str]], *, misses: bool, old_spelling: bool = False, heard: bool = False
) -> Score:
    total = Score()
    speaker = Speaker() if heard else Speaker(respell=as_written)
    try:
        for wanted, bare, got in rows:
            score = compared(wanted, got, old_spelling=old_spelling)
            sounds = [
                phonemes(speaker.phonemes(order_marks(text), VOICE))
                for text in (spelled_out(wanted, got) if old_spelling else wanted, got)
            ]
            wrong = distance(*sounds)
            changed = changed_letters(bare, got)
            total += replace(score, phonemes=len(sounds[0]), wrong_phonemes=wrong, changed=changed)
    finally:
        speaker.close()
    if misses:
        for expected, given in total.missed:
            print(f"  {expected or '-'} \u2192 {given or '-'}")
    return total


def changed_letters(bare: str, got: str) -> int:
    """Count the letters that were changed otherwise than an ا that got its hamza.

    >>> changed_letters("ان بفاس", "أَنَّ بِفَأسَ")
    1
    """
    after = strip_marks(got)
    pairs = zip_longest(bare.split(), after.split(), fillvalue="")
    letters = (pair for before, now in pairs for pair in zip_longest(before, now, fillvalue=""))
    return sum(a != b and not (a == "ا" and b in {"أ", "إ", "آ"}) for a, b in letters)


def row(name: str, score: Score) -> str:
    """Return a line of the table."""

    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:.2f} %" if whole else "-"

    return " | ".join(
        [
            f"| {name}",
            str(score.words),
            share(score.wrong, score.words),
            share(score.wrong_inside, score.words),
            share(score.wrong_letters, score.letters),
            share(score.wrong_letters_inside, score.letters_inside),
            share(score.wrong_phonemes, score.phonemes),
            f"{score.changed} |",
        ]
    )
