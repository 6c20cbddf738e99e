"""Dates and years: days are ordinals, years are cardinals in the oblique; months stay as written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.figures import figure, say_figure
from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.place import CLITIC, END, SPACE
from nashra.arabic.quantities import either, is_year

if TYPE_CHECKING:
    from nashra.arabic.place import Place

# The months of figures (12/05/2024), as Morocco names them.
_MOROCCAN = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()  # noqa: SIM905
# The other names: the rest of Africa and the Gulf, the Levant, Algeria and Tunisia, the Hijri year.
_MONTHS = (
    *_MOROCCAN,
    *"ابريل إبريل نيسان مايو أيار يونية يوليو يولية أغسطس اغسطس آب سبتمبر أيلول اكتوبر نوفمبر ديسمبر".split(),
    *"كانون الثاني,شباط,آذار,اذار,ايار,حزيران,تموز,ايلول,تشرين الأول,تشرين الثاني,كانون الأول".split(","),
    *"جانفي فيفري أفريل جوان جويلية أوت محرم رجب شعبان رمضان شوال".split(),
    *"ربيع الأول,ربيع الثاني,ربيع الآخر,جمادى الأولى,جمادى الثانية,جمادى الآخرة,ذي القعدة,ذو القعدة".split(","),
    *"ذي الحجة,ذو الحجة".split(","),
)
_WEEKDAYS = "السبت الأحد الاحد الإثنين الاثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة".split()  # noqa: SIM905
# Places and movements named after a day keep the cardinal: «حركة 20 فبراير».
_NAMED_AFTER = frozenset("حركة شارع ساحة حي ملعب مدرسة زنقة مسجد مستشفى ثانوية جامعة مركب قاعة".split())  # noqa: SIM905
_ERAS = {"هـ": "هجرية", "ه": "هجرية", "م": "ميلادية"}

_MONTH = either(_MONTHS)
_DAY_JOINT = rf"{SPACE}?(?:إلى غاية|إلى|الى|حتى|أو|و|،|[-–—]){SPACE}?"
_ERA = rf"(?:{SPACE}?(?P<era>هـ|ه|م){END})?"
_YEAR = rf"(?P<year>\d{{4}})(?!\d){_ERA}"
DATE = re.compile(
    rf"{CLITIC}(?P<days>\d{{1,2}}(?!\d)(?:{_DAY_JOINT}(?:الـ?)?\d{{1,2}}(?!\d))*){SPACE}?(?:من{SPACE})?"
    rf"(?P<month>(?:شهر{SPACE})?(?:{_MONTH}){END}(?:{SPACE}?[/(]{SPACE}?(?:{_MONTH}){END}\)?)?"
    rf"|صفر(?={SPACE}\d{{4}}(?!\d)))"
    rf"(?:{SPACE}{_YEAR})?"
)
DAY_OF_MONTH = re.compile(
    rf"{CLITIC}(?P<days>\d{{1,2}}(?!\d))(?={SPACE}(?:من{SPACE}(?:هذا{SPACE})?(?:ال)?شهر|منه|الجاري){END})"
)
WEEKDAY = re.compile(rf"(?P<weekday>{either(_WEEKDAYS)}){SPACE}(?P<days>\d{{1,2}})(?=$|[،.؛:)»]|{SPACE}[و–-])")
FIGURES = re.compile(
    rf"{CLITIC}(?P<a>\d{{1,4}})(?P<sign>[/.-])(?P<b>\d{{1,2}})(?P=sign)(?P<c>\d{{4}}|\d{{2}})(?![\d/-])"
)
MONTHS = re.compile(rf"(?P<first>{_MONTH}){SPACE}?/{SPACE}?(?P<second>{_MONTH}){END}")
_CUE = r"(?:ال)?(?:سنة|سنتي|سنوات|عام|عامي|أعوام|موسم|سنتين|عامين)"
YEAR_NAMED = re.compile(
    rf"(?P<cue>(?<![ء-ي])[وفبلك]?{_CUE}){SPACE}(?:(?P<years>\d{{4}}(?:{SPACE}?[و،-–/]{SPACE}?\d{{4}})*)|(?P<old>\d{{1,3}}))"
    rf"(?!\d|[.,]\d|%){_ERA}"
)
YEAR = re.compile(rf"{CLITIC}{_YEAR}(?![.,٫]\d)")
SEASON = re.compile(rf"{CLITIC}(?P<first>(?:19|20)\d\d)/(?P<second>(?:19|20)?\d\d)(?![\d/])")


def say_date(match: re.Match[str], place: Place) -> str | None:
    """Say one or more days of a month: «28 و29 يناير», «من 10 إلى 15 مارس 2024»."""
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    if not all(1 <= day <= 31 for day in days):
        return None
    month = re.sub(rf"{SPACE}?[/()]{SPACE}?", " ", match["month"]).rstrip()
    year = f" {_say_year(match['year'], match['era'])}" if match["year"] else ""
    if len(days) == 1 and place.word_before in _NAMED_AFTER:
        return f"{cardinal(days[0], case=Case.GENITIVE)} {month}{year}"
    return f"{_say_days(match['days'], days, place)} من {month}{year}"


def say_day(match: re.Match[str], place: Place) -> str | None:
    """Say a day whose month is not named: «15 من الشهر الجاري»."""
    day = int(match["days"])
    return ordinal(day, case=_day_case(place)) if 1 <= day <= 31 else None


def say_weekday(match: re.Match[str], _: Place) -> str | None:
    """Say the day of the month after that of the week: «الجمعة 7 والسبت 8 مارس»."""
    day = int(match["days"])
    return f"{match['weekday']} {ordinal(day, case=Case.GENITIVE)}" if 1 <= day <= 31 else None


def say_date_in_figures(match: re.Match[str], place: Place) -> str | None:
    """Say 12/05/2024 or 2024-05-12; what is no date is left to other rules."""
    first, month, last = match["a"], int(match["b"]), match["c"]
    day, year = (last, first) if len(first) == 4 else (first, last)
    if len(day) > 2 or len(year) == 3 or not (1 <= int(day) <= 31 and 1 <= month <= 12):
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 50 else 0)
    words = ordinal(int(day), case=_day_case(place))
    return f"{words} من {_MOROCCAN[month - 1]} {_say_year(str(full), None)}"


def say_months(match: re.Match[str], _: Place) -> str:
    """Say both names of a month: «شباط/فبراير»."""
    return f"{match['first']} {match['second']}"


def say_named_year(match: re.Match[str], _: Place) -> str:
    """Say years after سنة, which is feminine, or عام, which is not."""
    gender = Gender.FEMININE if re.search("سن", match["cue"]) else Gender.MASCULINE

    def say(year: re.Match[str]) -> str:
        return say_figure(figure(year[0]), gender=gender, case=Case.GENITIVE)

    years = re.sub(r"\d+", say, match["years"] or match["old"])
    years = re.sub(rf"{SPACE}?و{SPACE}?(?={SPACE}?[ء-ي])", " و", years) if match["years"] else years
    era = f" {_ERAS[match['era']]}" if match["era"] else ""
    return f"{match['cue']} {years}{era}"


def say_year(match: re.Match[str], place: Place) -> str | None:
    """Say a year that nothing names; inside a sentence it depends on the word before: «كأس العالم 2030»."""
    if not (is_year(int(match["year"])) or match["era"] in {"هـ", "ه"}):
        return None
    alone = not place.before.strip() and not place.preposition
    return _say_year(match["year"], match["era"], Case.NOMINATIVE if alone else Case.GENITIVE)


def say_season(match: re.Match[str], _: Place) -> str:
    """Say the two years of a season: «2024/2025»."""
    second = match["second"] if len(match["second"]) == 4 else match["first"][:2] + match["second"]
    return f"{_say_year(match['first'], None)} {_say_year(second, None)}"


def _say_year(year: str, era: str | None, case: Case = Case.GENITIVE) -> str:
    words = cardinal(int(year), case=case)
    return f"{words} {_ERAS[era]}" if era else words


def _day_case(place: Place) -> Case:
    """Take a day for an adverb or a genitive wherever a word precedes it: «الجمعة 28 فبراير»."""
    alone = not place.before.strip() and not place.preposition
    return Case.NOMINATIVE if alone else Case.GENITIVE


def _say_days(written: str, days: list[int], place: Place) -> str:
    """Say the days as ordinals with the joints that are written; a dash is «من … إلى …»."""
    joints = [joint.strip(" \u00a0\u202f") for joint in re.findall(r"\D+", written)]
    dashed = len(days) == 2 and joints[0][0] in "-–—"
    first = Case.GENITIVE if dashed else _day_case(place)
    words = ordinal(days[0], case=first)
    spoken = {"و": " و", "،": "، ", "الى": " إلى "}
    for joint, day in zip(joints, days[1:], strict=True):
        bare = re.sub(r"الـ?$", "", joint).strip()
        between = " إلى " if bare[0] in "-–—" else spoken.get(bare, f" {bare} ")
        words += between + ordinal(day, case=Case.GENITIVE if bare != "و" else first)
    opened = bool(place.preposition) or place.word_before in {"من", "ومن"}
    return words if opened or not dashed else f"من {words}"
