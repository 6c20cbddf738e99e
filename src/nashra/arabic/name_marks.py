"""Names of places and people that a diacritizer gives a tanwin."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS, strip_marks
from nashra.arabic.lexicon import shipped
from nashra.arabic.marked_forms import AN, CLITIC, DAMMA, END, FATHA, IN, KASRA, START, UN, WORD, M, any_of
from nashra.arabic.patterns import pattern, words

if TYPE_CHECKING:
    import re

_PLACES = frozenset(("city", "region", "world city", "country"))
_PARTICLES = pattern(f"(?:{CLITIC}){{0,2}}")
# ڭ: «أڭادير». The names themselves, 463 of them, would be a pattern that takes 50 ms to compile.
_WITH_TANWIN = pattern(f"{START}((?:[{LETTERS}ڭ]{M})*[{LETTERS}ڭ])([{AN}{UN}{IN}]){END}")
_WOMEN = words("نادية نعيمة خديجة فاطمة عائشة زكية فتيحة مليكة حليمة رقية زينب مريم")


def places(text: str) -> str:
    """Return marked text in which names of places and women have no tanwin, and the a of their genitive.

    >>> places("مَدِينَةُ طَنْجَةٍ وَفِي فَاسِ الْيَوْمَ") == "مَدِينَةُ طَنْجَةَ وَفِي فَاسِ الْيَوْمَ"
    True
    """
    return _WITH_TANWIN.sub(
        lambda word: word[1] + _ending(word[2]) if _is_one_of(word[1], _places()) else word[0], text
    )


# Forenames besides those of the lexicon; some are adjectives, too.
_FORENAMES = words(
    """
    علي حسن صالح سعد ناصر فهد فيصل عادل وليد سالم راشد حمد سلطان نايف تركي مشعل بندر طلال جاسم هادي ياسر
    أيمن أكرم جمال جلال شريف عامر عماد غسان فاروق قاسم لطفي مازن منصور نجيب نعمان وائل محمود عباس مسعود بدر
    نصير جوزيف زياد عمرو باسم حازم حاتم رامي سامي شادي علاء كاظم معاذ ميشال نواف هاني زيد حسام بسام
    """
)
_NO_SURNAME = any_of("الذي التي الذين اليوم الآن")
_NAMED = pattern(
    f"{START}(?P<name>[{LETTERS}{MARKS}]+)(?P<tanwin>[{UN}{IN}])(?= (?!{_NO_SURNAME})(?P<next>{WORD}))"
)


def people(text: str) -> str:
    """Return marked text in which a forename before another name has no tanwin: nobody says خَالِدٌ مِشْعَل.

    >>> people("خَالِدٌ مِشْعَلٌ وَمُحَمَّدٍ الْغَامِدِيِّ") == "خَالِدُ مِشْعَلٌ وَمُحَمَّدِ الْغَامِدِيِّ"
    True
    >>> people("قَالَ خَالِدٌ إِنَّ سَعِيدًا بَطَلٌ الْيَوْمَ") == "قَالَ خَالِدٌ إِنَّ سَعِيدًا بَطَلٌ الْيَوْمَ"
    True
    """

    def bound(named: re.Match[str]) -> str:
        following = strip_marks(named["next"])
        is_name = following.startswith("ال") or following in _people()
        if not (is_name and _is_one_of(named["name"], _forenames())):
            return named[0]
        return named["name"] + (DAMMA if named["tanwin"] == UN else KASRA)

    return _NAMED.sub(bound, text)


def _ending(tanwin: str) -> str:
    return DAMMA if tanwin == UN else FATHA


def _is_one_of(word: str, names: frozenset[str]) -> bool:
    """Say whether a marked word without its tanwin is one of them, bare or behind one or two particles."""
    particles = _PARTICLES.match(word)
    ends = (0, 2, 4)[: 1 + particles.end() // 2] if particles else (0,)
    return any(strip_marks(word[end:]) in names for end in ends)


@cache
def _forenames() -> frozenset[str]:
    names = (entry.written for entry in shipped().entries.values() if entry.kind == "forename")
    return frozenset((*(name for name in names if " " not in name), *_FORENAMES))


@cache
def _people() -> frozenset[str]:
    names = (entry.written for entry in shipped().entries.values() if entry.kind == "person")
    parts = {word for name in names for word in name.split() if len(word) > 2}
    return _forenames() | parts - {"أمير", "شيخ", "صغير", "أسماء"}  # who are nouns more often


@cache
def _places() -> frozenset[str]:
    names = (
        entry.written
        for entry in shipped().entries.values()
        if entry.kind in _PLACES and " " not in entry.written and not entry.written.startswith("ال")
    )
    return frozenset((*names, *_WOMEN)) - {"عمالة"}  # a prefecture is a noun
