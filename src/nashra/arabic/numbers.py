"""Numbers as Arabic words: gender, case and construct state together, without vowel marks.

The whole grammar of numbers is three tables and one observation: ألف and مليون are nouns that are
counted like any other, so «ثلاثة آلاف» and «ثلاثة كتب» come out of the same function.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Gender(Enum):
    """The gender of what is counted; a number standing alone counts masculine."""

    MASCULINE = 0
    FEMININE = 1


class Case(Enum):
    """The place of the number in its sentence; genitive and accusative differ in a written ا only."""

    NOMINATIVE = 0
    GENITIVE = 1
    ACCUSATIVE = 2


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, in the forms that numbers ask for; the dual in the nominative."""

    singular: str
    dual: str
    plural: str
    accusative: str
    gender: Gender = Gender.MASCULINE


LIMIT = 10**18
"""The first number without words here; what is longer is an identifier, to be read with `digits`."""

# The gender in these pairs is that of the counted noun: ثلاثة كتب, ثلاث سنوات.
_UNITS = {
    1: ("واحد", "واحدة"),
    2: ("اثنان", "اثنتان"),
    3: ("ثلاثة", "ثلاث"),
    4: ("أربعة", "أربع"),
    5: ("خمسة", "خمس"),
    6: ("ستة", "ست"),
    7: ("سبعة", "سبع"),
    8: ("ثمانية", "ثماني"),
    9: ("تسعة", "تسع"),
    10: ("عشرة", "عشر"),
}
_ELEVEN = ("أحد عشر", "إحدى عشرة")
_TEN_IN_TEENS = ("عشر", "عشرة")
_ONE_BEFORE_TENS = ("واحد", "إحدى")
_TENS = {
    2: "عشرون",
    3: "ثلاثون",
    4: "أربعون",
    5: "خمسون",
    6: "ستون",
    7: "سبعون",
    8: "ثمانون",
    9: "تسعون",
}
_HUNDREDS = {
    1: "مئة",
    2: "مئتان",
    3: "ثلاثمئة",
    4: "أربعمئة",
    5: "خمسمئة",
    6: "ستمئة",
    7: "سبعمئة",
    8: "ثمانمئة",
    9: "تسعمئة",
}
# ملايير rather than مليارات: the plural of Moroccan news.
SCALES = {
    10**15: Noun("كوادريليون", "كوادريليونان", "كوادريليونات", "كوادريليونا"),
    10**12: Noun("تريليون", "تريليونان", "تريليونات", "تريليونا"),
    10**9: Noun("مليار", "ملياران", "ملايير", "مليارا"),
    10**6: Noun("مليون", "مليونان", "ملايين", "مليونا"),
    10**3: Noun("ألف", "ألفان", "آلاف", "ألفا"),
}
_ORDINALS = {
    1: ("أول", "أولى"),
    2: ("ثاني", "ثانية"),
    3: ("ثالث", "ثالثة"),
    4: ("رابع", "رابعة"),
    5: ("خامس", "خامسة"),
    6: ("سادس", "سادسة"),
    7: ("سابع", "سابعة"),
    8: ("ثامن", "ثامنة"),
    9: ("تاسع", "تاسعة"),
    10: ("عاشر", "عاشرة"),
}
_FIRST_BEFORE_TENS = ("حادي", "حادية")
_DIGITS = ("صفر", *(_UNITS[unit][0] for unit in range(1, 10)))


def cardinal(
    number: int,
    *,
    gender: Gender = Gender.MASCULINE,
    case: Case = Case.NOMINATIVE,
    construct: bool = False,
) -> str:
    """Say how many: `gender` is that of the counted noun, `construct` says that it follows directly.

    A number below zero begins with ناقص. ValueError from 10**18 on, either side of zero.

    >>> cardinal(8), cardinal(13, gender=Gender.FEMININE), cardinal(22, case=Case.GENITIVE)
    ('ثمانية', 'ثلاث عشرة', 'اثنين وعشرين')
    >>> cardinal(200), cardinal(200, construct=True), cardinal(200_000, case=Case.GENITIVE)
    ('مئتان', 'مئتا', 'مئتي ألف')
    >>> cardinal(11_000), cardinal(11_000, construct=True), cardinal(1_103_000)
    ('أحد عشر ألفا', 'أحد عشر ألف', 'مليون ومئة وثلاثة آلاف')
    >>> cardinal(0), cardinal(-12)
    ('صفر', 'ناقص اثنا عشر')

    ثماني loses its ي where no noun follows, as قاض does, and the accusative shows its ا:

    >>> [cardinal(28, gender=Gender.FEMININE, case=case) for case in Case]
    ['ثمان وعشرون', 'ثمان وعشرين', 'ثمانيا وعشرين']

    101,000 is not «مئة وألف», which is 1,100; it goes as «ألف ليلة وليلة» does:

    >>> cardinal(101_000), cardinal(102_000)
    ('مئة ألف وألف', 'مئة ألف وألفان')
    """
    if abs(number) >= LIMIT:
        raise ValueError(f"{number} has no words here, only digits()")
    if number < 0:
        return "ناقص " + cardinal(-number, gender=gender, case=case, construct=construct)
    if number == 0:
        return _ending(_DIGITS[0], case, construct=construct)
    return " و".join(_parts(number, case, gender, construct=construct))


def counted(number: int, noun: Noun, *, case: Case = Case.NOMINATIVE, construct: bool = False) -> str:
    """Say a number and what it counts, agreeing; `construct` says that another noun follows this one.

    >>> dirham = Noun("درهم", "درهمان", "دراهم", "درهما")
    >>> [counted(number, dirham) for number in (1, 2, 3, 12, 100)]
    ['درهم واحد', 'درهمان', 'ثلاثة دراهم', 'اثنا عشر درهما', 'مئة درهم']
    >>> counted(102, dirham), counted(1_103, dirham), counted(0, dirham)
    ('مئة درهم ودرهمان', 'ألف ومئة وثلاثة دراهم', 'صفر درهم')
    >>> counted(2, SCALES[10**6], construct=True) + " " + dirham.singular
    'مليونا درهم'
    """
    if number == 1 and not construct:
        noun_words = _one(noun, case, construct=False)
        return noun_words + " " + _below_hundred(1, noun.gender, case, construct=False)
    return _many(number, noun, case, construct=construct)


def ordinal(
    number: int,
    *,
    gender: Gender = Gender.MASCULINE,
    case: Case = Case.NOMINATIVE,
    definite: bool = True,
) -> str:
    """Say which one; what exceeds a hundred comes after بعد. ValueError below 1.

    >>> ordinal(1, gender=Gender.FEMININE), ordinal(11, gender=Gender.FEMININE), ordinal(20)
    ('الأولى', 'الحادية عشرة', 'العشرون')
    >>> ordinal(21, case=Case.GENITIVE), ordinal(134, gender=Gender.FEMININE), ordinal(1_200)
    ('الحادي والعشرين', 'الرابعة والثلاثون بعد المئة', 'المئتان بعد الألف')
    >>> ordinal(2, definite=False), ordinal(2, definite=False, case=Case.ACCUSATIVE)
    ('ثان', 'ثانيا')
    """
    if number < 1:
        raise ValueError(f"nothing is number {number} of its kind")
    rest = number % 100 or number % 1000 or number
    parts = _ordinal_parts(rest, gender, case, definite=definite) if rest < 100 else _parts(rest, case)
    words = definite_form(" و".join(parts)) if definite else " و".join(parts)
    before = number - rest
    return f"{words} بعد {definite_form(' و'.join(_parts(before, Case.GENITIVE)))}" if before else words


def definite_form(words: str) -> str:
    """Give every joined part of a cardinal its article; it must have no tanwin.

    >>> definite_form("أربع وعشرون"), definite_form("ثمان وعشرين"), definite_form("مئة ألف")
    ('الأربع والعشرون', 'الثماني والعشرين', 'المئة ألف')
    """
    parts = ("ثماني" if part == "ثمان" else part for part in words.split(" و"))
    return "ال" + " وال".join(parts)


def digits(text: str) -> str:
    """Say one digit after the other, whatever stands between them.

    >>> digits("05-22"), digits("٠٦"), digits("")
    ('صفر خمسة اثنان اثنان', 'صفر ستة', '')
    """
    return " ".join(_DIGITS[int(letter)] for letter in text if letter.isdecimal())


def decimal(whole: str, fraction: str, *, case: Case = Case.NOMINATIVE) -> str:
    """Say a decimal from its two strings of digits: every leading zero of the fraction is heard.

    A fraction of more than three digits is read one by one, as one reads π.

    >>> decimal("3", "05"), decimal("2", "25", case=Case.GENITIVE), decimal("0", "0")
    ('ثلاثة فاصلة صفر خمسة', 'اثنين فاصلة خمسة وعشرين', 'صفر فاصلة صفر')
    >>> decimal("3", "1416")
    'ثلاثة فاصلة واحد أربعة واحد ستة'
    """
    rest = fraction.lstrip("0")
    before = cardinal(int(whole), case=case) if int(whole) else _DIGITS[0]
    # «بلغت ثلاثة فاصلة واحد»: the oblique is heard in tens alone, nobody says واحدا here.
    case = case if case is Case.NOMINATIVE else Case.GENITIVE
    zeros = digits(fraction[: len(fraction) - len(rest)])
    tail = digits(rest) if len(rest) > 3 else cardinal(int(rest), case=case) if rest else ""
    return " ".join(part for part in (before, "فاصلة", zeros, tail) if part)


def _parts(
    number: int,
    case: Case,
    gender: Gender = Gender.MASCULINE,
    *,
    construct: bool = False,
) -> list[str]:
    """Give the parts of a number that و joins, the greatest first."""
    parts = []
    for value, scale in SCALES.items():
        count, number = divmod(number, value)
        if count:
            parts.append(_many(count, scale, case, construct=construct and not number))
    number, rest = divmod(number, 100)
    if number:
        ending = _dual if number == 2 else _ending
        parts.append(ending(_hundred(number, case), case, construct=construct and not rest))
    return [*parts, _below_hundred(rest, gender, case, construct=construct)] if rest else parts


def _hundred(number: int, case: Case) -> str:
    """Give a hundred; in 300 to 900 the case stands in the middle, and only a mark can show it.

    >>> _hundred(5, Case.NOMINATIVE), _hundred(5, Case.GENITIVE) == "خمس\u0650مئة"
    ('خمسمئة', True)
    """
    unit = _HUNDREDS[number].removesuffix("مئة")
    mark = {Case.GENITIVE: "\u0650", Case.ACCUSATIVE: "\u064e"}.get(case, "")
    return f"{unit}{mark}مئة" if number > 2 else _HUNDREDS[number]


def _below_hundred(number: int, gender: Gender, case: Case, *, construct: bool) -> str:
    """Say 1 to 99: units, teens and tens."""
    mine = gender.value
    tens, unit = divmod(number, 10)
    if number <= 10:
        ending = _dual if number == 2 else _ending
        return ending(_UNITS[number][mine], case, construct=construct)
    if number == 11:
        return _ELEVEN[mine]
    if tens == 1:
        units = _below_hundred(unit, gender, case, construct=True)
        return f"{units} {_TEN_IN_TEENS[mine]}"
    words = _tens(tens, case)
    if unit == 1:
        return _ending(_ONE_BEFORE_TENS[mine], case, construct=False) + " و" + words
    return _below_hundred(unit, gender, case, construct=False) + " و" + words if unit else words


def _many(number: int, noun: Noun, case: Case, *, construct: bool) -> str:
    """Say a number and its noun; one is the noun alone, which is right for ألف and مليون."""
    last = number % 100
    if last in {1, 2}:
        form = _one if last == 1 else _pair
        words = form(noun, case, construct=construct)
        before = number - last
        return _many(before, noun, case, construct=False) + " و" + words if before else words
    if 3 <= last <= 10:
        form_of_noun = noun.plural
    elif last and not construct:
        form_of_noun = noun.accusative
    else:
        form_of_noun = noun.singular
    return cardinal(number, gender=noun.gender, case=case, construct=True) + " " + form_of_noun


def _one(noun: Noun, case: Case, *, construct: bool) -> str:
    return noun.accusative if case is Case.ACCUSATIVE and not construct else noun.singular


def _pair(noun: Noun, case: Case, *, construct: bool) -> str:
    return _dual(noun.dual, case, construct=construct)


def _ordinal_parts(number: int, gender: Gender, case: Case, *, definite: bool) -> list[str]:
    """Give the one or two words of 1 to 99 that each take an article; 11 to 19 are one."""
    tens, unit = divmod(number, 10)
    if number <= 10:
        return [_ending(_ORDINALS[number][gender.value], case, construct=definite)]
    word = _FIRST_BEFORE_TENS[gender.value] if unit == 1 else _ORDINALS.get(unit, ("", ""))[gender.value]
    if tens == 1:
        return [f"{word} {_TEN_IN_TEENS[gender.value]}"]
    return ([_ending(word, case, construct=definite)] if unit else []) + [_tens(tens, case)]


def _tens(tens: int, case: Case) -> str:
    return _TENS[tens] if case is Case.NOMINATIVE else _TENS[tens].removesuffix("ون") + "ين"


def _dual(word: str, case: Case, *, construct: bool) -> str:
    """Put a dual, given as مئتان, into its case; before a noun it loses its ن."""
    word = word if case is Case.NOMINATIVE else word.removesuffix("ان") + "ين"
    return word.removesuffix("ن") if construct else word


def _ending(word: str, case: Case, *, construct: bool) -> str:
    """Write the tanwin that shows: the ا of واحدا, the lost ي of ثمان; `construct` has none.

    >>> [_ending(word, Case.ACCUSATIVE, construct=False) for word in ("أربع", "أربعة", "أولى", "ثاني")]
    ['أربعا', 'أربعة', 'أولى', 'ثانيا']
    """
    if construct or word.endswith(("ة", "ى")):
        return word
    if case is Case.ACCUSATIVE:
        return word + "ا"
    return word.removesuffix("ي")
