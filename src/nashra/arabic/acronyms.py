"""Capitals and mixtures of letters and figures: said as the word they have become, or letter by letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.figures import figure, say_figure
from nashra.arabic.latin_words import WORDS
from nashra.arabic.letters import LETTERS, strip_marks
from nashra.arabic.patterns import either, pattern, words
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    from nashra.arabic.place import Place
    from nashra.arabic.rewriting import Change

_SAID = """
    AFCON كأس_أمم_إفريقيا
    ADSL إي_دي_إس_إل
    AIDS إيدز
    AMO أمو
    ALECSO الألكسو
    ALESCO الألكسو
    ANAPEC أنابيك
    ASEAN آسيان
    BREXIT بريكست
    BRICS بريكس
    CAF الكاف
    CAN الكان
    CAPES كابيس
    CHAN الشان
    CNOPS كنوبس
    COP كوب
    COVAX كوفاكس
    COVID كوفيد
    DNA دي_إن_إيه
    ECOWAS إيكواس
    EFE إيفي
    ESCWA الإسكوا
    EURO يورو
    FAO الفاو
    FIBA فيبا
    FIFA فيفا
    GITEX جيتكس
    GMT بتوقيت_غرينيتش
    HAMAS حماس
    ICESCO الإيسيسكو
    INTERPOL الإنتربول
    IRCAM الإيركام
    ISESCO الإيسيسكو
    ISIS داعش
    LED ليد
    MASEN مازن
    MASI مازي
    MIT إم_آي_تي
    NASA ناسا
    NASDAQ ناسداك
    NATO الناتو
    ONSSA أونسا
    OPEC أوبك
    OTAN الناتو
    RADEEMA راديما
    RAM رام
    RAMED راميد
    SAMIR سامير
    SIAM سيام
    SIDA سيدا
    SIM سيم
    SOMED صوميد
    UEFA يويفا
    UNESCO يونسكو
    UNICEF يونيسف
    UNIFIL اليونيفيل
    UNRWA الأونروا
    VAR الفار
    WIFI واي_فاي
"""
ACRONYMS = {
    written: said.replace("_", " ") for written, said in (line.split() for line in _SAID.strip().splitlines())
}
"""Capitals that are said as a word or for which there is a name."""

# The English names, as Arabic newsreaders say GPS; the French ones of Morocco differ in a few.
_MARKED_NAMES = words(
    "إِيه بِي سِي دِي إِي إِف جِي إِتْش آي جِيه كِيه إِل إِم إِن أُو بِي كِيُو آر إِس تِي يُو فِي دَبِلْيُو إِكْس وَايْ زِد"
)
LETTER_NAMES = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", map(strip_marks, _MARKED_NAMES), strict=True))
_MARKED = {strip_marks(name): name for name in _MARKED_NAMES}
_MIXED = {
    "CO2": "ثاني أكسيد الكربون",
    "H2O": "الماء",
    "2M": "دوزيم",
    "G7": "مجموعة السبع",
    "G8": "مجموعة الثماني",
    "G20": "مجموعة العشرين",
    "3G": "الجيل الثالث",
    "4G": "الجيل الرابع",
    "5G": "الجيل الخامس",
    "6G": "الجيل السادس",
    "Wi-Fi": "واي فاي",
    "wi-fi": "واي فاي",
    "e-mail": "بريد إلكتروني",
    "eSIM": "إي سيم",
    "iOS": "آي أو إس",
    "A+": "إيه زائد",
    "A-": "إيه ناقص",
    "C++": "سي بلس بلس",
    "B2B": "بي تو بي",
    "B2C": "بي تو سي",
    "P2P": "بي تو بي",
}
_LONGEST_SPELLED = 6
"""Letters of the longest capitals that are spelled; RABAT-SALE is a word in capitals."""
_SHORTEST_WORD = 4
"""Capitals from here on may be a known word: PARIS."""

MIXED = pattern(rf"{CLITIC}(?<![A-Za-z\d])(?<!\d[.,])(?P<name>{either(_MIXED)})(?![A-Za-z\d+])")
CODE = pattern(
    rf"{CLITIC}(?<![A-Za-zÀ-ɏ\d.])(?P<letters>[A-Z]{{1,6}})-?(?P<figure>\d{{1,4}})(?P<more>[A-Z]\d{{0,3}})?(?![A-Za-z\d+]|[.,:/-]\d)"
)
"""«F-16», «H1N1», «MH370»."""
ACRONYM = pattern(
    rf"(?:{CLITIC}|(?<=\d))(?<![A-Za-zÀ-ɏ])(?<![A-Za-zÀ-ɏ][’'])(?<![A-Z]{{3}}-)"
    r"(?P<letters>[A-Z]{2,40}|[A-Z](?:\.[A-Z]){1,9}\.?|[A-Z](?=-?\d))"
    r"(?:(?P<plural>['’]?s)(?![a-zÀ-ɏ]))?(?![A-Za-zÀ-ɏ]|['’][A-Za-zÀ-ɏ]|-[A-Z]{3})(?:-(?=\d))?"
)
AFTER_FIGURE = pattern(r"(?<=\d)[A-Z](?![A-Za-zÀ-ɏ\d])")
"""The letter of «4K», «C4», «H1N1»."""


def say_mixed(match: re.Match[str], place: Place) -> str:
    """Say a name of letters and digits; «مجموعة G20» names the group once."""
    first, _, rest = _MIXED[match["name"]].partition(" ")
    named = rest and not match["preposition"] and place.word_before.removeprefix("ال") == first
    return rest if named else _MIXED[match["name"]]


def say_acronym(match: re.Match[str], place: Place) -> str | None:
    """Say an acronym as the word it has become, or letter by letter; a long one is a word, not ours."""
    letters = match["letters"].replace(".", "")
    if letters in ACRONYMS:
        # «بتوقيت GMT» has the first word already.
        return ACRONYMS[letters].removeprefix(place.word_before + " ")
    if len(letters) > _LONGEST_SPELLED or (len(letters) >= _SHORTEST_WORD and letters.lower() in WORDS):
        return None
    return spell(letters)


def say_code(match: re.Match[str], _: Place) -> str:
    """Say the letters and the figure of a name, one after the other."""
    said = [ACRONYMS.get(match["letters"]) or spell(match["letters"]), say_figure(figure(match["figure"]))]
    more = match["more"] or ""
    said += [spell(more[:1]), say_figure(figure(more[1:])) if more[1:] else ""]
    return " ".join(filter(None, said))


def say_letter(match: re.Match[str], _: Place) -> str:
    """Say the capital behind a figure by its name."""
    return spell(match[0])


def spell(letters: str) -> str:
    """Say Latin letters by their names.

    >>> spell("GPS"), spell("")
    ('جي بي إس', '')
    """
    return " ".join(LETTER_NAMES[letter] for letter in letters.upper())


def with_marked_names(change: Change) -> Change:
    """Return what is said for Latin letters with vowel marks on their names.

    The diacritizer takes A, O and Y for other words: إِيِّهِ, أَوْ, وَأَيُّ.

    >>> from nashra.arabic.rewriting import Change
    >>> with_marked_names(Change("acronym", "UAE", "يو إيه إي", 0)).after
    'يُو إِيه إِي'
    """
    if not re.search("[A-Za-z]", change.before):
        return change
    return change._replace(
        after=re.sub(f"[{LETTERS}]+", lambda word: _MARKED.get(word[0], word[0]), change.after)
    )
