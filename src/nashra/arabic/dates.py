"""Dates and years: days are ordinals, years are cardinals in the oblique; months stay as written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.patterns import DASH, END, SPACE, START, either, words
from nashra.arabic.place import CLITIC
from nashra.arabic.quantities import is_year

if TYPE_CHECKING:
    from nashra.arabic.place import Place

# The months of figures (12/05/2024), as Morocco names them.
_MOROCCAN = words("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر")
# Then the other names: Egypt and the Gulf, the Levant, Algeria and Tunisia, the Hijri year.
_ONE_WORD = words(
    """
    ابريل إبريل مايو يونية يوليو يولية أغسطس اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
    شباط آذار اذار نيسان أيار ايار حزيران تموز آب أيلول ايلول
    جانفي فيفري أفريل جوان جويلية أوت
    محرم رجب شعبان رمضان شوال
    """
)
_TWO_WORDS = (
    ("كانون تشرين", "الأول الثاني"),
    ("ربيع", "الأول الثاني الآخر"),
    ("جمادى", "الأولى الثانية الآخرة"),
    ("ذي ذو", "القعدة الحجة"),
)
_PAIRED = (f"{a} {b}" for first, second in _TWO_WORDS for a in words(first) for b in words(second))
_MONTH = either((*_MOROCCAN, *_ONE_WORD, *_PAIRED))
_WEEKDAYS = words("السبت الأحد الاحد الإثنين الاثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة")
# Places and movements named after a day keep the cardinal: «حركة 20 فبراير».
_NAMED_AFTER = frozenset(words("حركة شارع ساحة حي ملعب مدرسة زنقة مسجد مستشفى ثانوية جامعة مركب قاعة"))
_JOINTS = {"و": " و", "،": "، ", "/": " ", "الى": " إلى "}
_ERAS = {"هـ": "هجرية", "ه": "هجرية", "م": "ميلادية"}

_DAY_JOINT = rf"{SPACE}?(?:إلى غاية|إلى|الى|حتى|أو|و|،|{DASH}){SPACE}?"
_ERA = rf"(?:{SPACE}?(?P<era>هـ|ه|م){END})?"
_YEAR = rf"(?P<year>\d{{4}})(?!\d){_ERA}"
DATE = re.compile(
    rf"{CLITIC}(?P<days>\d{{1,2}}(?!\d)(?:{_DAY_JOINT}(?:الـ?)?\d{{1,2}}(?!\d)){{0,6}}){SPACE}?(?:من{SPACE})?"
    rf"(?P<month>(?:شهر{SPACE})?(?:{_MONTH}){END}(?:{SPACE}?[/(]{SPACE}?(?:{_MONTH}){END}\)?)?"
    rf"|صفر(?={SPACE}\d{{4}}(?!\d)))"
    rf"(?:{SPACE}{_YEAR})?"
)
DAY_OF_MONTH = re.compile(
    rf"{CLITIC}(?P<days>\d{{1,2}}(?!\d))(?={SPACE}(?:من{SPACE}(?:هذا{SPACE})?(?:ال)?شهر|منه|الجاري){END})"
)
WEEKDAY = re.compile(
    rf"(?P<weekday>{either(_WEEKDAYS)}){SPACE}(?P<days>\d{{1,2}})(?=$|[،.؛:)»]|{SPACE}?(?:و|{DASH}))"
)
FIGURES = re.compile(
    rf"{CLITIC}(?P<a>\d{{1,4}})(?P<sign>[/.-])(?P<b>\d{{1,2}})(?P=sign)(?P<c>\d{{4}}|\d{{2}})(?![\d/-])"
)
SHORT_FIGURES = re.compile(rf"{CLITIC}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/])")
MONTHS = re.compile(rf"(?P<first>{_MONTH}){SPACE}?/{SPACE}?(?P<second>{_MONTH}){END}")
_CUE = rf"{START}[وفبلك]?(?:ال|(?<=ل)ل)?(?:سنة|سنتي|سنتين|سنوات|عام|عامي|عامين|أعوام|موسم|موسمي)"
_YEARS_JOINT = rf"{SPACE}?(?:[و،/]|{DASH}){SPACE}?"
YEAR_NAMED = re.compile(
    rf"(?P<cue>{_CUE}){SPACE}(?P<years>\d{{3,4}}(?!\d)(?:{_YEARS_JOINT}\d{{4}}(?!\d)){{0,6}})(?![.,]\d|%){_ERA}"
)
YEAR_OF_ERA = re.compile(rf"{CLITIC}(?P<year>\d{{3,4}}){SPACE}?(?P<era>هـ|ه|م){END}")
YEAR = re.compile(rf"{CLITIC}(?P<year>\d{{4}})(?![\d]|[.,٫]\d)")
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


def say_short_date(match: re.Match[str], place: Place) -> str | None:
    """Say 12/05 after a word that makes it a day; elsewhere it is a fraction."""
    day, month = int(match["a"]), int(match["b"])
    named = place.word_before in {"يوم", "بتاريخ", "تاريخ", *_WEEKDAYS}
    if not named or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{ordinal(day, case=Case.GENITIVE)} من {_MOROCCAN[month - 1]}"


def say_months(match: re.Match[str], _: Place) -> str:
    """Say both names of a month: «شباط/فبراير»."""
    return f"{match['first']} {match['second']}"


def say_named_year(match: re.Match[str], place: Place) -> str | None:
    """Say years after سنة, which is feminine, or عام, which is not; «كل سنة 500 حالة» is none."""
    years = re.split(rf"({_YEARS_JOINT})", match["years"])
    following = re.match(rf"{SPACE}?(\S+)", place.after)
    if following and following[1] in NOUNS and not is_year(int(years[0])):
        return None
    gender = Gender.FEMININE if "سن" in match["cue"] else Gender.MASCULINE
    said = [
        _JOINTS.get(year.strip(" \u00a0\u202f"), " إلى ")
        if index % 2
        else cardinal(int(year), gender=gender, case=Case.GENITIVE)
        for index, year in enumerate(years)
    ]
    era = f" {_ERAS[match['era']]}" if match["era"] else ""
    return f"{match['cue']} {''.join(said)}{era}"


def say_year(match: re.Match[str], place: Place) -> str | None:
    """Say a year that nothing names; inside a sentence it depends on the word before: «كأس العالم 2030»."""
    era = match.groupdict().get("era")
    if not (is_year(int(match["year"])) or era in {"هـ", "ه"}):
        return None
    alone = not place.before.strip() and not place.preposition
    return _say_year(match["year"], era, Case.NOMINATIVE if alone else Case.GENITIVE)


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
    for joint, day in zip(joints, days[1:], strict=True):
        bare = re.sub(r"الـ?$", "", joint).strip()
        between = " إلى " if bare[0] in "-–—" else _JOINTS.get(bare, f" {bare} ")
        words += between + ordinal(day, case=first if bare in {"و", "،", "أو"} else Case.GENITIVE)
    opened = bool(place.preposition) or place.word_before in {"من", "ومن"}
    return words if opened or not dashed else f"من {words}"
