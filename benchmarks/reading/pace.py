"""How fast articles are read on one core, and whether a long one costs no more a line than a short one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from nashra.articles import html, html_lines, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROUNDS = 3
SIZES = (1, 2, 4, 8)

_PARAGRAPH = (
    "أعلنت إدارة الميناء صباح اليوم أن الرصيف الجديد سيفتح أمام السفن قبل نهاية السنة، وأن الأشغال في موعدها."
)


def _story(count: int) -> str:
    return "\n".join(f"{_PARAGRAPH}\nمحطة الشحن\n{_PARAGRAPH}\nهل تكفي الأرصفة؟" for _ in range(count))


def _markdown(count: int) -> str:
    return "\n\n".join(f"## محطة الشحن\n\n{_PARAGRAPH}\n\n- {_PARAGRAPH}" for _ in range(count))


def _page(count: int) -> str:
    body = "".join(
        f"<p>{_PARAGRAPH}</p><p><b>محطة الشحن</b></p><p>{_PARAGRAPH}<br><br>خبر</p>" for _ in range(count)
    )
    return f"<html><head><title>ميناء المدينة</title></head><body><article>{body}</article></body></html>"


GROWING: dict[str, tuple[Callable[[int], str], Callable[[str], object], int]] = {
    "headings and paragraphs": (_story, lambda text: reading.text(text, "a.txt", "a"), 250),
    "short lines": (
        lambda count: "\n".join(["محطة الشحن"] * count),
        lambda text: reading.text(text, "a.txt", "a"),
        2000,
    ),
    "one line": (lambda count: _PARAGRAPH * count, lambda text: reading.text(text, "a.txt", "a"), 500),
    "Markdown": (_markdown, lambda text: reading.text(text, "a.md", "a"), 200),
    "a page": (_page, html.page, 200),
    "nested boxes": (
        lambda count: "<div>" * count + _PARAGRAPH + "</div>" * count,
        lambda text: list(html_lines.placed(_tree(text))),
        50,
    ),
}
"""By name: what makes the text, what reads it, and how often it has its piece in the smallest size."""


def _tree(source: str) -> object:
    from lxml.html import document_fromstring  # noqa: PLC0415 only here

    return document_fromstring(source)


def a_second(work: Sequence[Callable[[], object]]) -> float:
    """Return how many of some readings one core does in a second."""
    for each in work[:5]:
        each()  # patterns are compiled and modules loaded with the first ones
    began = time.process_time()
    for _ in range(_ROUNDS):
        for each in work:
            each()
    return _ROUNDS * len(work) / (time.process_time() - began)


def growth(name: str) -> list[float]:
    """Return the seconds per character for growing sizes, each divided by that of the smallest one."""
    make, work, count = GROWING[name]
    costs = []
    for size in SIZES:
        text = make(count * size)
        took: list[float] = []
        while len(took) < 2 and sum(took) < 1:  # a second try only where it is cheap
            began = time.process_time()
            work(text)
            took.append(time.process_time() - began)
        costs.append(max(min(took), 1e-4) / len(text))
    return [cost / costs[0] for cost in costs]
