"""What a diacritizer marks wrongly in any text: named forms of marked text, and what is right there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS, SHADDA, order_marks  # noqa: F401 a doctest uses `order_marks`
from nashra.arabic.misreadings import NEIGHBOURS, VERBS, digits, people, places
from nashra.arabic.patterns import pattern

if TYPE_CHECKING:
    import re

_FATHA, _DAMMA, _KASRA, _SUKUN = "\u064e", "\u064f", "\u0650", "\u0652"
_VOWELS = "\u064b-\u0650"

_GAP = f"[ ]ا(?=[{LETTERS}])"
_START = f"(?<![{LETTERS}{MARKS}])"
# The article, its lām still without a mark (the first lām of التزام has one).
_ARTICLE = f"({_START}(?:[وفبك][{MARKS}]{{0,2}}){{0,2}}ال)"
_LIL = f"({_START}(?:[وف][{MARKS}]{{0,2}})?ل{_KASRA}?ل)"
_SUN = "ثدذرزسشصضطظلن"  # not ت: in التقط، التزام the lām belongs to the stem
_MOON = "ءآأؤإئبجحخعغفقكمهوي"
_M = f"[{MARKS}]{{0,3}}"
_HUNDRED = f"{_START}(?:[{LETTERS}]{_M}){{0,7}}م{_M}ئ{_M}(?:ة|ت{_M}[اي]){_M} "
_COUNTED = f"(?!و)[{LETTERS}{MARKS}]{{2,30}}(?<=[{LETTERS}{SHADDA}])"

_SOUNDS = (
    # What a letter says of its own vowel.
    ("hamza below is i", f"إ[{MARKS}]*", f"إ{_KASRA}"),
    ("hamza above is never i", f"أ{_KASRA}(?=[{LETTERS}])", f"أ{_FATHA}"),
    ("madda has its vowel in it", f"آ[{MARKS}]+", "آ"),
    ("a before ta marbuta", f"([^ا{MARKS}]{SHADDA}?)[{_VOWELS}{_SUKUN}]?(?=ة)", rf"\1{_FATHA}"),
    # No word has two consonants before a third: يُسْهِّلُ is يُسَهِّلُ. ل may be that of an article.
    ("a before a double", f"([ء-ؤئبت-غفقكمنه]){_SUKUN}(?=[ء-ؤئبت-غف-ه]{SHADDA})", rf"\1{_FATHA}"),
    ("tanwin before its alif", f"[{_VOWELS}]?ا\u064b", "\u064bا"),
    (
        "a on a first hamza",
        f"({_START}(?:[وفبكل][{MARKS}]{{0,2}}){{0,2}}أ)(?=[{LETTERS}])",
        rf"\1{_FATHA}",
    ),
    # The article. Without its sukun the voice says a glottal stop inside the phrase.
    ("sukun before a moon letter", f"(?:{_ARTICLE}|{_LIL})(?=[{_MOON}])", rf"\g<0>{_SUKUN}"),
    ("shadda on a sun letter", f"(?:{_ARTICLE}|{_LIL})([{_SUN}])(?=[{_VOWELS}])", rf"\g<0>{SHADDA}"),
    ("i before a bare alif", f"{_ARTICLE}(?=ا[{LETTERS}])", rf"\1{_KASRA}"),
    # What a hundred counts is in the genitive: مِئَتَا خَبِيرٍ; the diacritizer takes it for a subject.
    ("indefinite after a hundred", f"({_HUNDRED}{_COUNTED})\u064c", "\\1\u064d"),
    ("construct after a hundred", f"({_HUNDRED}{_COUNTED}){_DAMMA}(?= )", rf"\1{_KASRA}"),
)
_JOINS = (
    # Two consonants meet where a word begins with a bare alif.
    ("min before the article", f"({_START}(?:[وف]{_FATHA}?)?مِن){_SUKUN}(?={_GAP}ل)", rf"\1{_FATHA}"),
    ("u of their and your", f"([هكت]{_DAMMA}م|ه{_KASRA}م){_SUKUN}(?={_GAP})", rf"\1{_DAMMA}"),
    ("i between consonants", f"{_SUKUN}(?={_GAP})", _KASRA),
)

REPAIRS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, pattern(form), to) for name, form, to in (*_SOUNDS, *VERBS, *NEIGHBOURS, *_JOINS)
)
"""Named forms of marked text and what is right, in order. They take and give marks, never letters."""


def repaired(text: str) -> str:
    """Return marked text with what is surely or most likely wrong put right.

    >>> repaired(order_marks("إَلَى حُدَّدَت ثَانِيًا سِيَاسِيًا")) == order_marks("إِلَى حُدِّدَت ثَانِيًا سِيَاسِيًّا")
    True
    """
    for _name, form, to in REPAIRS:
        text = form.sub(to, text)
    return people(places(digits(text)))
