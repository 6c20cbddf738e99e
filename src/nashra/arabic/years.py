"""Years: cardinals in the oblique, feminine after سنة, with their eras and seasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import Case, Gender, cardinal
from nashra.arabic.patterns import DASH, END, SPACE, START
from nashra.arabic.place import CLITIC
from nashra.arabic.quantities import is_year

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_ERAS = {"هـ": "هجرية", "ه": "هجرية", "م": "ميلادية"}
_JOINTS = {"و": " و", "،": "، ", "/": " ", "الى": " إلى "}
_ERA = rf"(?:{SPACE}?(?P<era>هـ|ه|م){END})?"
YEAR_AND_ERA = rf"(?P<year>\d{{4}})(?!\d){_ERA}"
_KINDS = "مالي|دراسي|جامعي|ماضي|جاري|مقبل|حالي|هجري|ميلادي|فلاحي|رياضي|كروي"
_CUE = (
    rf"{START}[وفبلك]?(?:ال|(?<=ل)ل)?(?:سنة|سنتي|سنتين|سنوات|عام|عامي|عامين|أعوام|موسم|موسمي)"
    rf"(?:{SPACE}ال(?:{_KINDS})ة?)?"
)
_YEARS_JOINT = rf"{SPACE}?(?:[و،/]|{DASH}){SPACE}?"
YEAR_NAMED = re.compile(
    rf"(?P<cue>{_CUE}){SPACE}(?P<years>\d{{1,4}}(?!\d)(?:{_YEARS_JOINT}\d{{4}}(?!\d)){{0,6}})(?![.,]\d|%){_ERA}"
)
_OF_AN_ERA = re.compile(
    rf"{SPACE}?(?:ق{SPACE}?\.{SPACE}?م|قبل{SPACE}الميلاد|للميلاد|للهجرة|ميلادية|هجرية|ميلادي|هجري)"
)
YEAR_OF_ERA = re.compile(rf"{CLITIC}(?P<year>\d{{3,4}}){SPACE}?(?P<era>هـ|ه|م){END}")
YEAR = re.compile(rf"{CLITIC}(?P<year>\d{{4}})(?![\d]|[.,٫]\d)")
DIED = re.compile(rf"(?<=\()ت{SPACE}?[.:]?{SPACE}?(?:(?:سنة|عام){SPACE})?(?P<year>\d{{2,4}}){_ERA}(?=[)،/])")
LIFE = re.compile(
    rf"(?<=\()(?P<first>\d{{2,4}}){SPACE}?{DASH}{SPACE}?(?P<second>\d{{2,4}}){SPACE}?(?P<era>هـ|ه|م)(?=[)،])"
)
_FIRST_WRITTEN, _LAST = 1000, 2100
"""«(100-150 م)» are metres."""
SEASON = re.compile(
    rf"{CLITIC}(?P<first>(?:19|20)\d\d)(?P<sign>/|{DASH})(?P<second>(?:19|20)?\d\d)(?![\d/]|[.,-]\d)"
)
_SEASONAL = re.compile(
    rf"{START}[وفبل]?(?:ال|ل)?(?:موسم|سنة{SPACE}دراسية|دراسي|دراسية|جامعي|جامعية|رياضي|كروي|فلاحي)"
)


def say_life(match: re.Match[str], _: Place) -> str | None:
    """Say the two years of a life or a reign: «(732-808 هـ)», «(1332-1406م)»."""
    first, second = int(match["first"]), int(match["second"])
    if first >= second or second > _LAST or (match["era"] == "م" and first < _FIRST_WRITTEN):
        return None
    return f"من {say_year_of(match['first'], None)} إلى {say_year_of(match['second'], match['era'])}"


def say_died(match: re.Match[str], _: Place) -> str:
    """Say the year in which somebody died: «(ت. 808 هـ)»."""
    era = f" {_ERAS[match['era']]}" if match["era"] else ""
    year = cardinal(int(match["year"]), gender=Gender.FEMININE, case=Case.GENITIVE)
    return f"توفي سنة {year}{era}"


def say_named_year(match: re.Match[str], place: Place) -> str | None:
    """Say years after سنة, which is feminine, or عام, which is not; «كل سنة 500 حالة» is none."""
    years = re.split(rf"({_YEARS_JOINT})", match["years"])
    if len(years[0]) < 3 and not (match["era"] or _OF_AN_ERA.match(place.after)):
        return None
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
    return say_year_of(match["year"], era, Case.NOMINATIVE if alone else Case.GENITIVE)


def say_season(match: re.Match[str], place: Place) -> str | None:
    """Say the two years of a season: «2024/2025», and with a dash after its name: «موسم 2024-2025»."""
    near = " ".join(place.before.split()[-3:])
    if match["sign"] != "/" and (place.article or not _SEASONAL.search(near)):
        return None
    second = match["second"] if len(match["second"]) == 4 else match["first"][:2] + match["second"]
    return f"{say_year_of(match['first'], None)} {say_year_of(second, None)}"


def say_year_of(year: str, era: str | None, case: Case = Case.GENITIVE) -> str:
    """Say a year that counts masculine, with the name of its era."""
    words = cardinal(int(year), case=case)
    return f"{words} {_ERAS[era]}" if era else words
