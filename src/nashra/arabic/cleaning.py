"""Characters: what only looks like a letter, a space or a sign becomes one, and what has no sound goes.

These steps come first. Each looks at characters alone, never at words.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS, TATWEEL
from nashra.arabic.patterns import pattern
from nashra.arabic.rewriting import after, substituted  # noqa: F401 doctests show steps with `after`
from nashra.model import Change

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_SPACE = pattern(r"\A\s+|\s+\Z|\s+")
# One class for all, so that clean text is read once; the rule's name comes from the character.
_UNSEEN = pattern(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufdd0-\ufdef\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff\U000110bd\U000110cd]"
)
_UNSEEN_NAMES = {
    "Cc": "control characters",
    "Cs": "surrogates",
    "Co": "private-use characters",
    "So": "placeholders",  # U+FFFC stands for an object; the verbalizer claims its places with it
    "Cn": "noncharacters",
}

_PRESENTATION = pattern("[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_BISMILLAH = "\ufdfd"
_PHRASES = pattern("[\ufdf0-\ufdfb\ufdfd]")
# Wide and mathematical Latin, ligatures, digits in circles, Roman numerals and fractions in one sign.
# Raised and lowered ones stay: م² is a unit.
_STYLED = pattern(
    "[\uff01-\uff5e\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\U0001d400-\U0001d7ff\U0001f100-\U0001f12f"
    "\u2150-\u2152\u2160-\u217f\u2189\ufb00-\ufb06"
    "\u1369-\u1371\u19da\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a]"
)
_LATIN_IN_PARTS = pattern("[A-Za-z][\u0300-\u0345\u0347-\u036f]{1,8}")

# By the Arabic letter said instead. The voice has a g for گ, but no Arabic keyboard and no diacritizer does.
_FOREIGN = {
    "ا": "\u0671",
    "أ": "\u0672\u0675",
    "إ": "\u0673",
    "ب": "\u066e\u067b\u067e\u0680\u0750",
    "ة": "\u06c3",
    "ت": "\u0679\u067a\u067c\u067f",
    "تش": "\u0686\u0687",
    "ج": "\u0683\u0684\u0696\u0698",
    "د": "\u0688-\u068a\u068c\u068e",
    "ر": "\u0691-\u0695\u0697\u0699",
    "س": "\u069a-\u069c",
    "ط": "\u069f",
    "ع": "\u06a0",
    "ف": "\u06a1\u06a2\u06a4-\u06a6",
    "ق": "\u066f\u06a7\u06a8",
    "ك": "\u0762\u06a9-\u06b4",
    "ل": "\u06b5-\u06b8",
    "ن": "\u06b9-\u06bd",
    "ه": "\u06be\u06c0-\u06c2\u06d5",
    "ؤ": "\u0676\u0677",
    "و": "\u06c4-\u06cb\u06cf",
    "ى": "\u063d-\u063f",
    "ي": "\u0620\u06cc\u06cd\u06ce\u06d0-\u06d2",
    "ئ": "\u0678\u06d3",
}
_FOREIGN_FORM = pattern(
    "[\u063b-\u063f\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u088e\u08a0-\u08c9"
    "\u0620]"
)
_ALPHABET = frozenset("ءاأإآبةتثجحخدذرزسشصضطظعغفقكلمنهويىئؤ")
_FOREIGN_KIND = pattern("|".join(f"([{characters}])" for characters in _FOREIGN.values()))
_ARABIC = tuple(_FOREIGN)

_QURANIC = pattern(
    "[\u0610-\u061a\u0656-\u065f\u06d6-\u06dc\u06de-\u06ed\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff]+"
)
_ABOVE = "\u0653-\u0655"
"""Madda and hamza that stand on their letter as marks of their own."""
_IN_PARTS = pattern(rf"[{LETTERS}][{MARKS}]{{0,8}}[{_ABOVE}][{MARKS}{_ABOVE}]{{0,8}}")
_LOOSE = pattern(rf"(?<![{LETTERS}{MARKS}{_ABOVE}])[{MARKS}{_ABOVE}]+|[{_ABOVE}]+")
_MARKED = pattern(rf"([{LETTERS}])([{MARKS}]{{2,}})")
_SHADDA, _DAGGER = "\u0651", "\u0670"
_TANWIN = pattern("\u064e?([اى])\u064b")
_TATWEEL = pattern(rf"(?P<dash>(?<=\d ){TATWEEL}(?= \d))|{TATWEEL}+")


def spaces(text: str) -> Iterator[Change]:
    r"""Write every kind and run of white space as one space, and none at the ends.

    >>> after("\u00a0كأس \u202f\tالعالم\n", spaces)
    'كأس العالم'
    >>> after("12\u00a0500", spaces), after(" \u2003 ", spaces), after("", spaces)
    ('12 500', '', '')
    """
    for space in _SPACE.finditer(text):
        inside = space.start() > 0 and space.end() < len(text)
        kept = " " if inside else ""
        if space[0] != kept:
            rule = "no-break space" if "\u00a0" in space[0] or "\u202f" in space[0] else "spaces"
            yield Change(rule, space[0], kept, space.start())


def unseen(text: str) -> Iterator[Change]:
    r"""Take away characters without sound or width: direction marks, soft hyphens, broken halves.

    >>> after("الر\u200fباط\ufeff \u202bمد\u00adينة\u202c", unseen)
    'الرباط مدينة'
    >>> [change.rule for change in unseen("ا\ud800\ue000\ufffc")]
    ['surrogates', 'private-use characters', 'placeholders']
    >>> [change.rule for change in unseen("\x01\u200b\ufdd0")]
    ['control characters', 'direction and zero width', 'noncharacters']
    """
    for char in _UNSEEN.finditer(text):
        name = _UNSEEN_NAMES.get(unicodedata.category(char[0]), "direction and zero width")
        yield Change(name, char[0], "", char.start())


def presentation_forms(text: str) -> Iterator[Change]:
    """Write presentation forms as the letters they show; a phrase in one sign is parted from its word.

    >>> after("ﻷستاذ", presentation_forms), after("ﺍﻟﺠﻴﻼﻟﻲ", presentation_forms)
    ('لأستاذ', 'الجيلالي')
    >>> after("محمدﷺ قال", presentation_forms), after("عبد ﷲ", presentation_forms)
    ('محمد صلى الله عليه وسلم قال', 'عبد الله')
    """
    for form in _PRESENTATION.finditer(text):
        letters = unicodedata.normalize("NFKC", form[0])
        if form[0] == _BISMILLAH:
            letters = "بسم الله الرحمن الرحيم"
        if _PHRASES.match(form[0]):
            before = " " if text[max(form.start() - 1, 0) : form.start()].isalpha() else ""
            behind = " " if text[form.end() : form.end() + 1].isalpha() else ""
            letters = before + letters + behind
        if letters != form[0]:
            yield Change("presentation forms", form[0], letters, form.start())


def styled_forms(text: str) -> Iterator[Change]:
    """Write wide, mathematical and circled Latin letters and digits as plain ones; م² stays.

    >>> after("ＦＩＦＡ ２０３０ ① ⑴ ❷ 𝟝 م²", styled_forms)
    'FIFA 2030 1 (1) 2 5 م²'
    >>> after("القرن Ⅳ، ⓲ ⅑ ﬁ", styled_forms)
    'القرن IV، 18 1⁄9 fi'
    """

    def plain(form: re.Match[str]) -> str:
        letters = unicodedata.normalize("NFKC", form[0])
        return letters if letters != form[0] else f"{unicodedata.numeric(form[0], 0):.0f}"

    yield from substituted("styled forms", _STYLED, plain, text)


def composed(text: str) -> Iterator[Change]:
    r"""Write a letter and its hamza, madda or accent, coded apart, as the one letter they are.

    >>> after("ا\u0654حمد ا\u0653فاق مسو\u0654ول ى\u0654 Sale\u0301", composed)
    'أحمد آفاق مسؤول ئ Salé'
    >>> after("ا\u064e\u0654", composed) == "أ\u064e", after("ب\u0654", composed) == "ب\u0654"
    (True, True)
    """
    whole = sorted(
        (*_IN_PARTS.finditer(text), *_LATIN_IN_PARTS.finditer(text)), key=lambda form: form.start()
    )
    for form in whole:
        letter = unicodedata.normalize("NFC", form[0].replace("ى\u0654", "ئ"))
        if letter != form[0]:
            yield Change("composed letters", form[0], letter, form.start())


def foreign_letters(text: str) -> Iterator[Change]:
    """Write the letters of other languages as the Arabic ones that stand for their sound.

    >>> after("الثانیة أڭادير ڤيديو پاريس کرة گلميم", foreign_letters)
    'الثانية أكادير فيديو باريس كرة كلميم'
    >>> after("ٱلرباط چاد مدرسە ۓ ڨفصة", foreign_letters)
    'الرباط تشاد مدرسه ئ قفصة'
    """

    def arabic(form: re.Match[str]) -> str:
        kind = _FOREIGN_KIND.match(form[0])
        return _ARABIC[kind.lastindex - 1] if kind and kind.lastindex else _named(form[0])

    return substituted("Persian letters", _FOREIGN_FORM, arabic, text)


def _named(letter: str) -> str:
    """Return the Arabic letter that a letter of few languages has in its name; nothing if it has none.

    >>> _named("\u0682"), _named("\u0751"), _named("\u0674")
    ('ح', 'ب', '')
    """
    name = unicodedata.name(letter, "").removeprefix("ARABIC LETTER ").removeprefix("AFRICAN ")
    try:
        found = unicodedata.lookup(f"ARABIC LETTER {name.partition(' WITH ')[0]}")
    except KeyError:
        return ""
    return found if found in _ALPHABET else ""


def quranic_signs(text: str) -> Iterator[Change]:
    r"""Take away the signs of Quran editions; the dagger alif stays, it is a vowel.

    >>> after("قال\u06da هٰذا\u06d6 ﴿", quranic_signs)
    'قال هٰذا ﴿'
    """
    return substituted("Quranic signs", _QURANIC, "", text)


def loose_marks(text: str) -> Iterator[Change]:
    r"""Take away marks that stand on nothing: at the beginning, behind a space, on a foreign letter.

    >>> after("\u064eكتب \u0651 Aَ 3ُ كَتَبَ ب\u0654", loose_marks)
    'كتب  A 3 كَتَبَ ب'
    """
    return substituted("mark without a letter", _LOOSE, "", text)


def mark_order(text: str) -> Iterator[Change]:
    """Put shadda before the vowel of its letter, and keep one mark of each kind: the first.

    espeak-ng reads العامّ with vowel before shadda as if it had a long u.

    >>> after("مُحَمَ\u0651د", mark_order) == "مُحَم\u0651َد", after("كَََُتب", mark_order)
    (True, 'كَتب')
    >>> after("هَٰذا", mark_order) == "هَٰذا"
    True
    """

    def ordered(match: re.Match[str]) -> str:
        marks = match[2]
        vowels = [mark for mark in marks if mark not in {_SHADDA, _DAGGER}][:1]
        return "".join((match[1], _SHADDA * (_SHADDA in marks), *vowels, _DAGGER * (_DAGGER in marks)))

    return substituted("mark order", _MARKED, ordered, text)


def tanwin_before_alif(text: str) -> Iterator[Change]:
    r"""Write tanwin on the letter before its alif: on both, the voice says it twice.

    >>> after("خصوصا\u064b", tanwin_before_alif) == "خصوص\u064bا"
    True
    >>> after("بناءً", tanwin_before_alif), after("جدّا\u064b", tanwin_before_alif) == "جدّ\u064bا"
    ('بناءً', True)
    """
    return substituted("tanwin before alif", _TANWIN, "\u064b\\1", text)


def tatweel(text: str) -> Iterator[Change]:
    """Take away what only stretches a word; the «ه» it leaves of «هـ» still says هجرية after a year.

    Between two figures it is a dash: «100 ـ 200».

    >>> after("العظــام المـــغرب", tatweel), after("سنة 1445هـ", tatweel), after("ـ", tatweel)
    ('العظام المغرب', 'سنة 1445ه', '')
    """
    return substituted("tatweel", _TATWEEL, lambda match: "-" if match["dash"] else "", text)
