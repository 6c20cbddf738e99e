"""Dates: days are ordinals, months stay as written; those in figures get the names that are asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.months import HIJRI, HIJRI_MONTH, MONTH, MONTHS_OF
from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.patterns import DASH, END, SPACE, START, either, pattern, words
from nashra.arabic.place import CLITIC
from nashra.arabic.years import ERA, YEAR_AND_ERA, is_of_hijra, say_year_of

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_WEEKDAYS = words("السبت الأحد الاحد الإثنين الاثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة")
# Places and movements named after a day keep the cardinal: «حركة 20 فبراير».
_NAMED_AFTER = frozenset(words("حركة شارع ساحة حي ملعب مدرسة زنقة مسجد مستشفى ثانوية جامعة مركب قاعة"))
# A fraction hardly stands after these: «بحلول 31/12».
_BEFORE_A_DATE = frozenset((*words("يوم ليوم بتاريخ تاريخ بحلول غاية قبل منذ ليلة مساء صباح"), *_WEEKDAYS))
_JOINTS = {"و": " و", "،": "، ", "/": " ", "الى": " إلى "}
# Before two days with a dash these need no «من».
_OPENED = frozenset(words("من ومن أيام خلال ليلة نهاية"))

_DAY_JOINT = rf"{SPACE}?(?:إلى غاية|إلى|الى|حتى|أو|و|،|/|{DASH}){SPACE}?"
_DAYS = rf"{CLITIC}(?P<days>\d{{1,2}}(?!\d)(?:{_DAY_JOINT}(?:الـ?)?\d{{1,2}}(?!\d)){{0,6}})"
DATE = pattern(
    rf"{_DAYS}{SPACE}?(?:من{SPACE})?"
    rf"(?P<month>(?:شهر{SPACE})?(?:{MONTH}){END}(?:{SPACE}?[/(]{SPACE}?(?:{MONTH}){END}\)?)?"
    rf"|صفر(?={SPACE}\d{{4}}(?!\d)))"
    rf"(?:{SPACE}{YEAR_AND_ERA})?"
)
DAY_OF_MONTH = pattern(
    rf"{_DAYS}(?={SPACE}(?:من{SPACE}(?:(?:هذا|كل|نفس){SPACE})?(?:ال)?شهر|منه|الجاري){END})"
)
# «المادة 12 منه» is of the law.
_OF_A_LAW = pattern(
    rf"(?:مادة|مادت[اي]ن|مواد|فصل|فصل[اي]ن|فصول|فقرة|فقرت[اي]ن|بند|بند[اي]ن|بنود|باب){SPACE}[\d\sو،]{{0,40}}\Z"
)
WEEKDAY = pattern(
    rf"(?P<weekday>{either(_WEEKDAYS)}|{START}[وفبل]?يومي?){SPACE}(?P<days>\d{{1,2}}(?!\d))"
    rf"(?:{SPACE}?و{SPACE}?(?P<other>\d{{1,2}})(?=$|[،.؛:)»](?!\d)|{SPACE}من{SPACE}))?"
    rf"(?=$|[،.؛:)»](?!\d)|{SPACE}?(?:و|{DASH})|{SPACE}(?:إلى|الى|حتى){SPACE}(?:غاية{SPACE})?(?:يوم|{either(_WEEKDAYS)}))"
)
FIGURES = pattern(
    rf"{CLITIC}(?P<a>\d{{1,4}}){SPACE}?(?P<sign>[/.-]){SPACE}?(?P<b>\d{{1,2}})"
    rf"{SPACE}?(?P=sign){SPACE}?(?P<c>\d{{4}}|\d{{2}})"
    rf"(?![\d/-]){ERA}"
)
DAY_TO_FIGURES = pattern(
    rf"{CLITIC}(?<![/.-])(?P<days>\d{{1,2}}(?!\d))"
    rf"(?={SPACE}(?:إلى|الى|حتى){SPACE}\d{{1,2}}(?P<sign>[/.-])\d{{1,2}}(?P=sign)\d{{4}}(?!\d))"
)
YEAR_OF_MONTH = pattern(rf"{START}(?P<month>[وبل]?(?:{HIJRI_MONTH}|صفر){SPACE}){YEAR_AND_ERA}(?![.,٫]\d)")
# The dash from one date to the next; what stands before it is looked at by its rule.
UNTIL = pattern(
    rf"{SPACE}?{DASH}{SPACE}?(?=(?:(?:{either(_WEEKDAYS)}){SPACE})?\d{{1,2}}{SPACE}"
    rf"(?:من{SPACE})?(?:{MONTH}){END}|(?P<month>{MONTH}){END}|\d{{1,2}}/\d{{1,2}}(?!\d))"
)
_DATED_BEFORE = pattern(rf"(?:{START}[وبل]?(?P<month>{MONTH})(?:{SPACE}\d{{4}})?|\d/\d{{1,4}}){SPACE}?\Z")
DAY_AFTER_MONTH = pattern(rf"{START}(?P<month>{MONTH}){SPACE}(?P<day>\d{{1,2}})(?=[،,]{SPACE}?\d{{4}}(?!\d))")
SHORT_FIGURES = pattern(rf"{CLITIC}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/])")
_UNTIL_FIGURES = pattern(rf"{SPACE}?(?:إلى|الى|حتى|{DASH}){SPACE}?\d{{1,2}}/\d{{1,2}}/\d{{4}}(?!\d)")
MONTH_OF_YEAR = pattern(rf"{CLITIC}(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\d/]|[.,]\d)")
MONTHS = pattern(rf"(?P<first>{MONTH}){SPACE}?/{SPACE}?(?P<second>{MONTH}){END}")


def say_date(match: re.Match[str], place: Place) -> str | None:
    """Say one or more days of a month: «28 و29 يناير», «من 10 إلى 15 مارس 2024»."""
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    if not all(1 <= day <= 31 for day in days):
        return None
    month = re.sub(rf"{SPACE}?[/()]{SPACE}?", " ", match["month"]).rstrip()
    year = f" {say_year_of(match['year'], match['era'])}" if match["year"] else ""
    if len(days) == 1 and place.word_before in _NAMED_AFTER:
        return f"{cardinal(days[0], case=Case.GENITIVE)} {month}{year}"
    if len(days) == 1 and place.word_before.endswith(("الليلة", "لليلة")):
        words = ordinal(days[0], gender=Gender.FEMININE, case=place.phrase_case)
        return f"{words} من {month}{year}"
    return f"{_say_days(match['days'], days, place)} من {month}{year}"


def say_until(match: re.Match[str], place: Place) -> str | None:
    """Say the dash between two dates: «28 فبراير - 2 مارس», «يناير-مارس 2025»; two names of one have none."""
    before, month = _DATED_BEFORE.search(place.before), match["month"]
    if before is None:
        return None
    kin = not month or any({before["month"], month} <= set(names) for names in MONTHS_OF.values())
    return " إلى " if kin else None


def say_year_of_month(match: re.Match[str], _: Place) -> str | None:
    """Say the year of the Hijra behind its month: «رمضان 1445»."""
    if not (match["era"] or is_of_hijra(int(match["year"]))):
        return None
    return f"{match['month']}{say_year_of(match['year'], match['era'])}"


def say_day_after_month(match: re.Match[str], _: Place) -> str | None:
    """Say «ماي 12، 2024», translated word by word, in the order of Arabic."""
    day = int(match["day"])
    return f"{ordinal(day, case=Case.GENITIVE)} من {match['month']}" if 1 <= day <= 31 else None


def say_day(match: re.Match[str], place: Place) -> str | None:
    """Say days whose month is not named: «15 من الشهر الجاري»."""
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    if _OF_A_LAW.search(place.before):
        return None
    return _say_days(match["days"], days, place) if all(1 <= day <= 31 for day in days) else None


def say_weekday(match: re.Match[str], place: Place) -> str | None:
    """Say the day of the month after that of the week: «الجمعة 7 والسبت 8 مارس»."""
    day = int(match["days"])
    if not 1 <= day <= 31 or place.word_before in {"كل", "في"}:
        return None
    days = [day, int(match["other"])] if match["other"] else [day]
    return match["weekday"] + " " + " و".join(ordinal(max(day, 1), case=Case.GENITIVE) for day in days)


def say_date_in_figures(match: re.Match[str], place: Place) -> str | None:
    """Say 12/05/2024 or 2024-05-12; what is no date is left to other rules."""
    first, month, last = match["a"], int(match["b"]), match["c"]
    day, year = (last, first) if len(first) == 4 else (first, last)
    spaced = len(year) != 4 and re.search(rf"\d{SPACE}|{SPACE}\d", match[0])
    if spaced or len(day) > 2 or len(year) == 3 or not (1 <= int(day) <= 31 and 1 <= month <= 12):
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 50 else 0)
    words = ordinal(int(day), case=_day_case(place))
    hijri = match["era"] in {"هـ", "ه"} or is_of_hijra(full)
    names = HIJRI if hijri else MONTHS_OF[place.months]
    return f"{words} من {names[month - 1]} {say_year_of(str(full), match['era'])}"


def say_short_date(match: re.Match[str], place: Place) -> str | None:
    """Say 12/05 after a word for a day, with a zero or up to a date; elsewhere it is a fraction."""
    day, month = int(match["a"]), int(match["b"])
    named = place.word_before in _BEFORE_A_DATE
    named = named or "0" in {match["a"][0], match["b"][0]} or bool(_UNTIL_FIGURES.match(place.after))
    if not named or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{ordinal(day, case=_day_case(place))} من {MONTHS_OF[place.months][month - 1]}"


def say_month_of_year(match: re.Match[str], place: Place) -> str:
    """Say 05/2024, a month and its year."""
    return f"{MONTHS_OF[place.months][int(match['month']) - 1]} {say_year_of(match['year'], None)}"


def say_months(match: re.Match[str], _: Place) -> str:
    """Say both names of a month: «شباط/فبراير»."""
    return f"{match['first']} {match['second']}"


def _day_case(place: Place) -> Case:
    """Take a day for an adverb or a genitive wherever a word precedes it: «الجمعة 28 فبراير»."""
    alone = not place.before.strip() and not place.preposition
    return Case.NOMINATIVE if alone else Case.GENITIVE


def _say_days(written: str, days: list[int], place: Place) -> str:
    """Say the days as ordinals with the joints that are written; a dash is «من … إلى …»."""
    joints = [joint.strip(" \u00a0\u202f") for joint in re.findall(r"\D+", written)]
    dashed = len(days) == 2 and joints[0][0] in "-–—"
    if dashed and place.word_before.endswith(("يومي", "ليلتي", "بين")):
        joints = ["و"]  # «يومي 12-13 ماي» are two, «بين 10-15 مارس» has its و.
    first = Case.GENITIVE if dashed else _day_case(place)
    words = ordinal(days[0], case=first)
    for joint, day in zip(joints, days[1:], strict=True):
        bare = re.sub(r"الـ?$", "", joint).strip()
        between = " إلى " if bare[0] in "-–—" else _JOINTS.get(bare, f" {bare} ")
        words += between + ordinal(day, case=first if bare in {"و", "،", "أو"} else Case.GENITIVE)
    opened = bool(place.preposition) or place.word_before in _OPENED or joints == ["و"]
    return words if opened or not dashed else f"من {words}"
