"""How fast written text gets its words and marks, and whether hostile text only costs its length."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from marks import article_lines
from pipeline import marked, model

from nashra.arabic import sentences, tashkeel
from nashra.arabic.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (1, 2, 4, 8)


def hostile() -> dict[str, tuple[str, int]]:
    """Return by name a piece of text and how often it stands in the smallest size."""
    article = "\n".join(article_lines()) + "\n"
    digits = "1234567890" * 50
    return {
        "ordinary text": (article, 125_000 // len(article)),
        "one word": ("م", 10_000),
        "only marks": ("\u0651\u064e", 1_000),
        "500-digit numbers": (f"{digits} ", 10),
        "scripts and directions": ("Ab \u202eسلام\u202c 漢字 \u2067שלום\u2069 п́ 12 ", 400),
        "lone surrogates": ("\ud83d ", 10_000),
        "private use": ("\ue000\uf8ff ", 5_000),
        "brackets": ("((((", 5_000),
        "lone waw": ("و ", 10_000),
        "figures and dashes": ("1-2-3-4-", 2_500),
        "emoji": ("👩\u200d👩\u200d👧 🇲🇦", 2_500),
        "commas and digits": ("1,2.3:4/", 2_500),
    }


def characters_a_second() -> float:
    """Return how many characters of the reference article get words and marks in a second of one core."""
    ask = model(one_core=True)
    lines = article_lines()
    rounds = 3
    began = time.process_time()
    for _ in range(rounds):
        for line in lines:
            marked(line, ask)
    return rounds * sum(map(len, lines)) / (time.process_time() - began)


def growth(work: Callable[[str], object], piece: str, count: int) -> list[float]:
    """Return the seconds per character for growing sizes, each divided by that of the smallest one."""
    costs = []
    for size in SIZES:
        text = piece * (count * size)
        took: list[float] = []
        while len(took) < 2 and sum(took) < 1:  # a second try only where it is cheap
            began = time.process_time()
            work(text)
            took.append(time.process_time() - began)
        costs.append(max(min(took), 1e-4) / len(text))
    return [cost / costs[0] for cost in costs]


def words_and_marks(text: str) -> None:
    """Take a text through everything of ours but the diacritizer, whose answer is the question."""
    for line in text.splitlines():
        for piece in sentences.split(line):
            tashkeel.diacritize(spoken(piece).text, lambda bare: bare)


def one_sentence(text: str) -> None:
    """Take a text through the same as one sentence, however long."""
    tashkeel.diacritize(spoken(text).text, lambda bare: bare)


def report() -> bool:
    """Print the speed, and the growth of the cost per character; say whether it stays below double."""
    print(f"{characters_a_second():,.0f} written characters a second on one core, diacritizer and all\n")
    print("Cost per character, smallest size = 1, in sentences and as one sentence:\n")
    print(f"| text | smallest | {' | '.join(f'{size} ×' for size in SIZES[1:])} | as one |")
    print("|---|--:|--:|--:|--:|--:|")
    steady = True
    for name, (piece, count) in hostile().items():
        ratios = growth(words_and_marks, piece, count)
        whole = growth(one_sentence, piece, max(count // 8, 1))
        steady = steady and max(ratios[-1], whole[-1]) < 2
        cells = " | ".join(f"{ratio:.2f}" for ratio in [*ratios[1:], whole[-1]])
        print(f"| {name} | {len(piece) * count} | {cells} |", flush=True)
    return steady
