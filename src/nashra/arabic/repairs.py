"""What a diacritizer marks wrongly in any text: named forms of marked text, and what is right there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS, SHADDA, order_marks  # noqa: F401 a doctest uses `order_marks`
from nashra.arabic.marked_forms import DAMMA, FATHA, KASRA, START, SUKUN, VOWELS
from nashra.arabic.misreadings import NEIGHBOURS, VERBS
from nashra.arabic.name_marks import people, places
from nashra.arabic.number_marks import NUMBERS, digits
from nashra.arabic.patterns import pattern

if TYPE_CHECKING:
    import re


_GAP = f"[ ]ا(?=[{LETTERS}])"
# The article, its lām still without a mark (the first lām of التزام has one).
_ARTICLE = f"({START}(?:[وفبك][{MARKS}]{{0,2}}){{0,2}}ال)"
_LIL = f"({START}(?:[وف][{MARKS}]{{0,2}})?ل{KASRA}?ل)"
_SUN = "ثدذرزسشصضطظلن"  # not ت: in التقط، التزام the lām belongs to the stem
_MOON = "ءآأؤإئبجحخعغفقكمهوي"

_SOUNDS = (
    # What a letter says of its own vowel.
    ("hamza below is i", f"إ[{MARKS}]*", f"إ{KASRA}"),
    ("hamza above is never i", f"أ{KASRA}(?=[{LETTERS}])", f"أ{FATHA}"),
    ("madda has its vowel in it", f"آ[{MARKS}]+", "آ"),
    ("a before ta marbuta", f"([^ا{MARKS}]{SHADDA}?)[{VOWELS}{SUKUN}]?(?=ة)", rf"\1{FATHA}"),
    # No word has two consonants before a third: يُسْهِّلُ is يُسَهِّلُ. ل may be that of an article.
    ("a before a double", f"([ء-ؤئبت-غفقكمنه]){SUKUN}(?=[ء-ؤئبت-غف-ه]{SHADDA})", rf"\1{FATHA}"),
    ("tanwin before its alif", f"[{VOWELS}]?ا\u064b", "\u064bا"),
    (
        "a on a first hamza",
        f"({START}(?:[وفبكل][{MARKS}]{{0,2}}){{0,2}}أ)(?=[{LETTERS}])",
        rf"\1{FATHA}",
    ),
    # The article. Without its sukun the voice says a glottal stop inside the phrase.
    ("sukun before a moon letter", f"(?:{_ARTICLE}|{_LIL})(?=[{_MOON}])", rf"\g<0>{SUKUN}"),
    ("shadda on a sun letter", f"(?:{_ARTICLE}|{_LIL})([{_SUN}])(?=[{VOWELS}])", rf"\g<0>{SHADDA}"),
    ("i before a bare alif", f"{_ARTICLE}(?=ا[{LETTERS}])", rf"\1{KASRA}"),
)
_JOINS = (
    # Two consonants meet where a word begins with a bare alif.
    ("min before the article", f"({START}(?:[وف]{FATHA}?)?مِن){SUKUN}(?={_GAP}ل)", rf"\1{FATHA}"),
    ("u of their and your", f"([هكت]{DAMMA}م|ه{KASRA}م){SUKUN}(?={_GAP})", rf"\1{DAMMA}"),
    ("i between consonants", f"{SUKUN}(?={_GAP})", KASRA),
)

REPAIRS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, pattern(form), to) for name, form, to in (*_SOUNDS, *VERBS, *NUMBERS, *NEIGHBOURS, *_JOINS)
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
