"""How a text of the station is shown in a line of a terminal."""

from __future__ import annotations


def shown(text: str, letters: int = 60) -> str:
    r"""Return a text for a line of a terminal: what is not printable is a space, and a long one is cut.

    >>> shown("a\x1b[2Jb\nc")
    'a [2Jb c'
    """
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= letters else f"{line[: letters - 1]}…"
