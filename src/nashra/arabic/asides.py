"""Brackets that nobody reads aloud: a name's other spelling, a number said twice, who sent the news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS, strip_marks
from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.patterns import pattern, words
from nashra.arabic.rewriting import after  # noqa: F401 doctests show steps with `after`
from nashra.model import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bounded, and it ends at the next bracket: a text of open brackets is read once.
_ASIDE = pattern(r" ?[(\[](?P<inside>[^()\[\]]{1,80})[)\]](?P<behind> ?)")
# «غزة - رويترز:», «فاس /ومع/ انطلق»: without a bracket, an agency stands behind the city (and the day).
_TAG = pattern(
    rf"\A(?P<city>[{LETTERS}\d/ ]{{3,40}}?)"
    rf" ?[-–—/،] ?(?P<agency>[{LETTERS} .]{{2,20}}?) ?(?:/(?P<behind> ?(?=[-–—:،]))?|(?=[-–—:]))"
)
_LATIN_WORD = pattern(r"[«“\"'’&/–-]{0,3}[A-Za-zÀ-ɏ][^\s]*|[&/–-]")
_NUMBER = pattern(r"0{0,3}(\d{1,9})%?")
# Words that want the name itself, not its Arabic form before it: «بدعوة من (CDT)».
_OPEN = pattern(rf"(?<![{LETTERS}])[وف]?(?:من|إلى|الى|على|في|عن|مع|بين|لدى|ضد|و|أو|هي|هو)\Z")
_ARABIC_BEFORE = pattern(rf"[{LETTERS}{MARKS}][»”\"]?\Z")
_SOURCES = frozenset(
    {
        *words("وكالات الوكالات متابعة رويترز الأناضول الاناضول وكالة بتصرف ومع أفب افب دبأ دبا أشأ واس قنا"),
        *("أ ف ب", "ا ف ب", "و م ع", "د ب أ", "د ب ا", "أ ش أ", "و أ ج", "و ا س", "ق ن أ", "أ ب", "ا ب"),
        *("فرانس برس", "فرانس بريس"),
    }
)
# What is told in the bracket: «المصدر: (و م ع)», «نقلا عن (رويترز)», «وكالة (د ب أ)».
_ASKS = pattern(r"(?::|(?:وكالة|وكالتي|وكالات|قناة|\bعن|\bمن|\bحسب|\bوفق|\bلدى|\bإلى))\Z")
_LIST = pattern(r" ?[-–/،,+] ?| و(?=[\w]{4})")
_WORDS_BEFORE = 4
"""«عشرين في المئة (20%)»: so many words before the bracket may name the number again."""
_ENDING = pattern(r"(?:ة|ات|ين|ون|ا|ان|تان|ي)\Z")


def asides(text: str) -> Iterator[Change]:
    """Leave out a bracket that says nothing new; one that is the whole text is read.

    >>> after("الفيفا (FIFA) والمجمع (OCP Group) اثنان (02)، بنسبة عشرين في المئة (20%)", asides)
    'الفيفا والمجمع اثنان، بنسبة عشرين في المئة'
    >>> after("الرباط (و م ع)، غزة (وكالات/رويترز): نص (و.م.ع.)", asides)
    'الرباط، غزة: نص'
    >>> after("(أ ف ب)", asides), after("مواطن(ة)", asides)
    ('(أ ف ب)', 'مواطن')
    >>> after("بدعوة من (CDT) و (UMT)", asides)
    'بدعوة من (CDT) و (UMT)'
    >>> kept = "حمى (إيبولا) المادة (3) بعد (30 DH) (FIFA) ثلاثة (4) ((( ) لا)"
    >>> after(kept, asides) == kept
    True
    """
    for aside in _ASIDE.finditer(text):
        inside = aside["inside"].strip()
        before = text[max(0, aside.start() - 60) : aside.start()].rstrip()
        glued = aside.start() > 0 and aside[0][0] != " "
        if not (
            _is_spelling(before, inside) or _repeats(before, inside) or _is_source(before, inside)
        ) and not (glued and _ARABIC_BEFORE.search(before) and _ENDING.fullmatch(inside)):
            continue
        yield Change("aside", aside[0], aside["behind"], aside.start())


def agency_tags(text: str) -> Iterator[Change]:
    """Leave out who sent the news where it stands behind the city without brackets.

    >>> after("غزة - رويترز: قتل", agency_tags), after("فاس /و م ع/ انطلق", agency_tags)
    ('غزة: قتل', 'فاس، انطلق')
    >>> after("الرباط - سلا: قطار", agency_tags), after("رويترز: قتل", agency_tags)
    ('الرباط - سلا: قطار', 'رويترز: قتل')
    """
    tag = _TAG.match(text)
    if tag and _is_source(tag["city"], tag["agency"].strip()):
        start = tag.end("city")
        pause = "،" if text[tag.end() - 1] == "/" and tag["behind"] is None else ""
        yield Change("aside", text[start : tag.end()], pause, start)


def _is_spelling(before: str, inside: str) -> bool:
    """Whether a name in Latin letters stands directly behind its Arabic form."""
    found = inside.split()
    named = bool(_ARABIC_BEFORE.search(before)) and not _OPEN.search(before)
    return named and bool(found) and all(map(_LATIN_WORD.fullmatch, found))


def _repeats(before: str, inside: str) -> bool:
    """Whether the figure in the bracket was said in words just before."""
    number = _NUMBER.fullmatch(inside.replace(" ", ""))
    if number is None:
        return False
    said = {word.removeprefix("ال") for word in strip_marks(before).split()[-_WORDS_BEFORE:]}
    said |= {word.removeprefix("و").removeprefix("ال") for word in said} | {word[1:] for word in said}
    return not said.isdisjoint(_last_words(int(number[1])))


def _last_words(number: int) -> set[str]:
    """Return the last words of a number in all its forms, without و and the article."""
    forms = [cardinal(number, gender=gender, case=case) for gender in Gender for case in Case]
    if 0 < number < 1000:
        forms += [ordinal(number, gender=gender, case=case) for gender in Gender for case in Case]
    if number == 2:  # اثنان is hardly ever in the nominative
        forms += ["اثنين"]
    return {form.split()[-1].removeprefix("و").removeprefix("ال") for form in forms}


def _is_source(before: str, inside: str) -> bool:
    """Whether the bracket names agencies alone, and is not what is told there."""
    names = (" ".join(name.replace(".", " ").split()) for name in _LIST.split(inside))
    return bool(before) and not _ASKS.search(before) and all(name in _SOURCES for name in names)
