"""Where a sentence quotes somebody, for a voice of its own: «...», also over several sentences."""

from __future__ import annotations

from itertools import pairwise

from nashra.arabic.patterns import pattern

LEAST = 4
"""Words from which guillemets hold a quotation: under that they hold the name of a paper or a ship."""

_SIGN = pattern("[«»]")
_CLOSING = pattern(r"[،؛,.;:!؟?…)\]”\"']*\s*")


def spans(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return where a paragraph quotes, guillemets included; what is never closed is no quotation.

    >>> text = "قال: «لن نعود إلى ذلك أبدا.» ثم غادر «الميناء»."
    >>> [text[start:end] for start, end in spans(text)]
    ['«لن نعود إلى ذلك أبدا.»']
    >>> spans("«ما لم يغلق من الكلام"), spans("")
    ((), ())
    >>> spans("«أول «في داخله» كلام يقتبس»")
    ((0, 27),)
    """
    found, depth, start = [], 0, 0
    for sign in _SIGN.finditer(paragraph):
        if sign[0] == "«":
            start = start if depth else sign.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth and len(paragraph[start : sign.end()].split()) >= LEAST:
                found.append((start, sign.end()))
    return tuple(found)


def pieces(text: str, quoted: tuple[tuple[int, int], ...]) -> tuple[tuple[str, bool], ...]:
    """Cut a sentence where a quotation begins or ends; True stands beside what is quoted.

    `quoted` are spans counted from the sentence, which may reach over its ends. The pieces joined give
    the text back; signs with no letter in them stay with what is before them, or after them at the start.

    >>> pieces("وقال: «سنعود غدا إن شئتم».", ((6, 25),))
    (('وقال: ', False), ('«سنعود غدا إن شئتم».', True))
    >>> pieces("نعم.", ((-38, 50),)), pieces("نعم.", ())
    ((('نعم.', True),), (('نعم.', False),))
    >>> pieces("«سنعود غدا إن شئتم»، وعاد", ((0, 19),))
    (('«سنعود غدا إن شئتم»، ', True), ('وعاد', False))
    >>> pieces("- «سنعود غدا إن شئتم»", ((2, 21),)), pieces("", ())
    ((('- «سنعود غدا إن شئتم»', True),), ())
    """
    found: list[tuple[str, bool]] = []
    quoted = tuple((first, _behind(text, last)) for first, last in quoted)
    edges = {0, len(text), *(edge for span in quoted for edge in span)}
    inside = sorted(edge for edge in edges if 0 <= edge <= len(text))
    for begin, end in pairwise(inside):
        piece = text[begin:end]
        is_quoted = any(first <= begin < last for first, last in quoted)
        if found and not _has_letters(piece):
            found[-1] = (found[-1][0] + piece, found[-1][1])
        elif found and not _has_letters(found[-1][0]):
            found[-1] = (found[-1][0] + piece, is_quoted)
        else:
            found.append((piece, is_quoted))
    return tuple(found)


def _behind(text: str, end: int) -> int:
    """Return where the comma or full stop behind a quotation ends: no utterance begins with one."""
    found = _CLOSING.match(text, end) if 0 <= end < len(text) else None
    return found.end() if found else end


def _has_letters(piece: str) -> bool:
    return any(map(str.isalnum, piece))
