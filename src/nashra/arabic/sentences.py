"""A paragraph cut into sentences: the pieces joined give the paragraph back."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 400
"""Characters in one utterance. Longer ones are cut at a comma or a space: an engine that fails on
one (and is asked again) loses at most this much."""

# A sentence ends with its marks and the quotes or brackets that close behind them. A full stop
# ends nothing inside a number, nor behind a single letter (أ.د. فلان), nor before a letter (a.b).
_END = re.compile(
    r"""
    (?: [؟!?؛…]+ | (?<![\s.(«"]\w) (?<!^\w) \.+ (?![\w]) )
    [.؟!?…»”"')\]]*
    \s*
    """,
    re.VERBOSE,
)
_COMMA = re.compile(r"[،,:]\s*")
_SPACE = re.compile(r"\s+")


def split(paragraph: str, longest: int = LONGEST) -> tuple[str, ...]:
    """Return the sentences of a paragraph, each with the space behind it.

    >>> split("ذهب. وعاد؟ نعم")
    ('ذهب. ', 'وعاد؟ ', 'نعم')
    >>> split("بلغت النسبة 3.5 في المئة حسب أ.د. أحمد.")
    ('بلغت النسبة 3.5 في المئة حسب أ.د. أحمد.',)
    >>> split("   ")
    ('   ',)
    >>> split("")
    ()
    """
    ends = [match.end() for match in _END.finditer(paragraph)]
    pieces = [paragraph[a:b] for a, b in zip([0, *ends], [*ends, len(paragraph)], strict=True)]
    short = [part for piece in pieces for part in _shorten(piece, longest)]
    return tuple(_with_sound(short))


def _shorten(piece: str, longest: int) -> list[str]:
    """Cut a long piece at the last comma that fits, else at a space, else between two letters."""
    parts = []
    while len(piece) > longest:
        cut = _last_end(_COMMA, piece, longest) or _last_end(_SPACE, piece, longest) or longest
        while cut > 1 and unicodedata.combining(piece[cut]):
            cut -= 1  # a mark belongs to the letter before it
        parts.append(piece[:cut])
        piece = piece[cut:]
    return [*parts, piece] if piece else parts


def _last_end(pattern: re.Pattern[str], piece: str, longest: int) -> int:
    return max((match.end() for match in pattern.finditer(piece, 0, longest)), default=0)


def _with_sound(pieces: list[str]) -> list[str]:
    """Join a piece without a letter (a lone «...») to the one before it: no engine can say it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and not any(map(str.isalnum, piece)):
            joined[-1] += piece
        else:
            joined.append(piece)
    if len(joined) > 1 and not any(map(str.isalnum, joined[0])):
        joined[:2] = [joined[0] + joined[1]]
    return joined
