"""A paragraph cut into sentences and clauses: the pieces joined give the paragraph back."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 400
"""Characters in one utterance. Longer ones are cut at a comma or a space: an engine that fails on
one (and is asked again) loses at most this much."""

# A sentence ends with its marks and the quotes or brackets that close behind them. A full stop
# ends nothing inside a number, nor behind a title (أ.د. فلان, ود. فلان), nor before a letter (a.b).
# Nor does that of an item, «10. الرباط», or the question mark inside an address (maps?q=1).
# A colon ends a clause before a space, unless figures follow: «البقرة: 255», «النتيجة: 2-1».
_END = pattern(
    r"""
    (?: (?:[؟؛…]|[!?](?![A-Za-z0-9=&/\#%]))+
     | (?<![\s.(«"]\w) (?<!^\w) (?<![\s(«"][ول][دذمأ]) (?<![\s(«"][دذ]ة) (?<!^\d\d) \.+ (?![\w])
     | (?<=[ء-ي]{5}) \. (?=[ء-ي]{3}) | (?<=[ء-ي]{3}) \. (?=[ء-ي]{5})
     | (?<!\d):(?=\s+[^\s\d])
    )
    [.؟!?…»”"')\]]*
    \s*
    """,
    re.VERBOSE,
)
_COMMA = pattern(r"[،,]\s*")
# Words that begin a clause of their own; a و that is a word's first letter may be one.
_CONJUNCTION = pattern(
    r"(?<!\s)\s+(?=(?:و[ء-ي]{2}|(?:أو|ثم|كما|حيث|بينما|لكن|ولكن|لأن|الذي|التي|الذين|إذ|مما|فيما|حتى|بل)\s))"
)
_SPACE = pattern(r"\s+")
_CLAUSE = pattern(r"[؛:][.»”\"')\]]*\s*\Z")
_SENTENCE = pattern(r"[.؟!?…][.؟!?…»”\"')\]]*\s*\Z")


def split(paragraph: str, longest: int = LONGEST) -> tuple[str, ...]:
    """Return the sentences of a paragraph, each with the space behind it.

    >>> split("ذهب. وعاد؟ نعم")
    ('ذهب. ', 'وعاد؟ ', 'نعم')
    >>> split("وقال الوزير أمس: سنعود؛ والوعد قائم")
    ('وقال الوزير أمس: ', 'سنعود؛ ', 'والوعد قائم')
    >>> split("وقال: سنعود")
    ('وقال: سنعود',)
    >>> split("بلغت النسبة 3.5 في المئة حسب أ.د. أحمد، الساعة 10:15.")
    ('بلغت النسبة 3.5 في المئة حسب أ.د. أحمد، الساعة 10:15.',)
    >>> split("أكد د. أحمد وذ. زينب ود. سعيد ذلك.")
    ('أكد د. أحمد وذ. زينب ود. سعيد ذلك.',)
    >>> split("شاهد https://a.ma/w?v=1 الآن? نعم"), split("10. الرباط")
    (('شاهد https://a.ma/w?v=1 الآن? ', 'نعم'), ('10. الرباط',))
    >>> split("قال مصدر مطلع.وأضاف"), split("سي.إن.إن")
    (('قال مصدر مطلع.', 'وأضاف'), ('سي.إن.إن',))
    >>> split("   ")
    ('   ',)
    >>> split("")
    ()
    """
    ends = [match.end() for match in _END.finditer(paragraph)]
    pieces = [paragraph[a:b] for a, b in zip([0, *ends], [*ends, len(paragraph)], strict=True)]
    short = [part for piece in _led_in(pieces) for part in _shorten(piece, longest)]
    return tuple(_with_sound(short))


def _led_in(pieces: list[str]) -> Iterator[str]:
    """Join «قال:» to what was said: one or two words alone would be an utterance cut off."""
    before = ""
    for piece in pieces:
        before += piece
        if not (before.rstrip().endswith(":") and len(before.split()) <= 2):
            yield before
            before = ""
    if before:
        yield before


def ending(piece: str) -> str:
    """Tell what the end of a piece is to the ear: a sentence's, a clause's or a comma.

    >>> [ending(piece) for piece in ("ذهب. ", "قال: ", "قال: «نعم.» ", "في الرباط، ", "في ")]
    ['sentence', 'clause', 'sentence', 'comma', 'comma']
    """
    if _SENTENCE.search(piece):
        return "sentence"
    return "clause" if _CLAUSE.search(piece) else "comma"


def _shorten(piece: str, longest: int) -> list[str]:
    """Cut a long piece at the last comma that fits, else at a conjunction, a space, between two letters."""
    parts, start = [], 0
    while len(piece) - start > longest:
        end = start + longest
        cuts = (_last_end(form, piece, start, end) for form in (_COMMA, _CONJUNCTION, _SPACE))
        cut = _before_letter(piece, start, next(filter(None, cuts), end))
        parts.append(piece[start:cut])
        start = cut
    return [*parts, piece[start:]] if start < len(piece) else parts


def _last_end(pattern: re.Pattern[str], piece: str, start: int, end: int) -> int:
    return max((match.end() for match in pattern.finditer(piece, start, end)), default=0)


def _before_letter(piece: str, start: int, cut: int) -> int:
    """Move a cut before the letter whose marks it would take away; a row of marks alone is cut as it is."""
    for place in range(cut, start, -1):
        if not unicodedata.combining(piece[place]):
            return place
    return cut


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
