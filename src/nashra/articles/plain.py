"""Plain text as blocks: a line is a paragraph, unless an editor's margin wrapped it."""

from __future__ import annotations

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import Block

_WIDEST = 120
"""Characters: no measured hard-wrapped text had a longer line."""

_STOPPED = pattern(r"[.،؛؟!…:,][»”\"')\]]*\Z")
_ENDS_SENTENCE = pattern(r"[.؟?!…:][»”\"')\]]*\s*\Z")


def plain(text: str) -> tuple[Block, ...]:
    r"""Return the paragraphs of a plain text, with the number of their first line.

    >>> [(block.text, block.line) for block in plain("أ\n\n  ب ")]
    [('أ', 1), ('ب', 3)]
    """
    lines = [line.strip() for line in text.split("\n")]
    margin = _margin([line for line in lines if line])
    found: list[Block] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        after = lines[place + 1] if place + 1 < len(lines) else ""
        if line and before and margin and not _begins(before, line, after, margin):
            found[-1] = Block(f"{found[-1].text} {line}", found[-1].line)
        elif line:
            found.append(Block(line, place + 1))
    return tuple(found)


def _margin(lines: list[str]) -> int:
    """Return the width at which an editor wrapped a text, 0 if none did.

    Wrapped: no line past 120 characters, 45 % of them nearly as wide as the widest, under 55 % end a
    sentence, and of the wide ones most do not. It was true of all texts wrapped for the measurement, and
    of none as they were.
    """
    widest = max(map(len, lines), default=0)
    if not 30 <= widest <= _WIDEST or len(lines) < 4:
        return 0
    wide = [line for line in lines if len(line) > 0.8 * widest]
    ended = sum(bool(_ENDS_SENTENCE.search(line)) for line in lines)
    broken = sum(not _ENDS_SENTENCE.search(line) for line in wide)
    mostly = len(wide) >= 0.45 * len(lines) and ended < 0.55 * len(lines)
    return widest if mostly and broken >= max(3, len(wide) / 2) else 0


def _begins(before: str, line: str, after: str, margin: int) -> bool:
    """Say whether a wrapped line begins a paragraph: its first word would still have fitted before it.

    So does a heading, whose word is too long for that: after a stop, without one, and short of the margin.
    """
    heading = _ENDS_SENTENCE.search(before) and not _STOPPED.search(line) and _fits(line, after, margin)
    return _fits(before, line, margin) or bool(heading)


def _fits(line: str, following: str, margin: int) -> bool:
    return bool(following) and len(line) + 1 + len(following.partition(" ")[0]) <= margin
