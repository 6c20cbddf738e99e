"""Years: cardinals in the oblique, feminine after سنة, with their eras and seasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.amounts import is_year
from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import Case, Gender, cardinal
from nashra.arabic.patterns import DASH, SPACE, START, pattern
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_ENDED = rf"(?![{LETTERS}{MARKS}])"
"""«3 هَدايا» with its marks has no era."""
_ERAS = {"هـ": "هجرية", "ه": "هجرية", "م": "ميلادية"}
_JOINTS = {"و": " و", "،": "، ", "/": " ", "الى": " إلى "}
ERA = rf"(?:{SPACE}?(?P<era>هـ|ه|م){_ENDED})?"
_OF_HIJRA = rf"{SPACE}?هـ?{_ENDED}"
YEAR_AND_ERA = rf"(?P<year>\d{{4}}(?!\d)|\d{{1,3}}(?={_OF_HIJRA})){ERA}"
_KINDS = "مالي|دراسي|جامعي|ماضي|جاري|مقبل|حالي|هجري|ميلادي|فلاحي|رياضي|كروي"
_CUE = (
    rf"{START}[وفبلك]?(?:ال|(?<=ل)ل)?(?:سنة|سنتي|سنتين|سنوات|عام|عامي|عامين|أعوام|موسم|موسمي)"
    rf"(?:{SPACE}ال(?:{_KINDS})ة?)?"
)
_A_YEAR = rf"{SPACE}?(?:هـ?|م){_ENDED}"
_YEAR_ENDED = rf"(?:{_A_YEAR})?"
_YEARS_JOINT = rf"{SPACE}?(?:[و،/]|{DASH}){SPACE}?"
YEAR_NAMED = pattern(
    rf"(?P<cue>{_CUE}){SPACE}"
    rf"(?P<years>\d{{1,4}}(?!\d)(?:{_YEAR_ENDED}{_YEARS_JOINT}(?:\d{{4}}|\d{{1,3}}(?={_OF_HIJRA})|(?<=/)\d{{3}}(?={_A_YEAR}))(?!\d)){{0,6}})"
    rf"(?![.,]\d|%){ERA}"
)
_NAMED = pattern(rf"{_CUE}{SPACE}\Z")
_OF_AN_ERA = pattern(
    rf"{SPACE}?(?:ق{SPACE}?\.{SPACE}?م|قبل{SPACE}الميلاد|للميلاد|للهجرة|ميلادية|هجرية|ميلادي|هجري)"
)
YEAR_OF_ERA = pattern(rf"{CLITIC}(?P<year>\d{{3,4}}|\d{{1,2}}(?={_OF_HIJRA})){SPACE}?(?P<era>هـ|ه|م){_ENDED}")
YEARS_OF_ERAS = pattern(
    rf"{CLITIC}(?P<year>\d{{2,4}})(?:{SPACE}?(?P<era>هـ|ه|م){_ENDED})?{SPACE}?(?P<sign>/|{DASH}){SPACE}?"
    rf"(?P<last>\d{{2,4}}){SPACE}?(?P<last_era>هـ|ه|م){_ENDED}"
)
_BORN_OR_DIED = pattern(rf"{START}[وف]?(?:توفي|توفيت|المتوفى|ولد|ولدت|المولود|ت){SPACE}?\Z")
YEAR = pattern(rf"{CLITIC}(?P<year>\d{{4}})(?![\d]|[.,٫]\d)")
DIED = pattern(rf"(?<=\()ت{SPACE}?[.:]?{SPACE}?(?:(?:سنة|عام){SPACE})?(?P<year>\d{{2,4}}){ERA}(?=[)،/])")
SEASON = pattern(
    rf"{CLITIC}(?P<first>(?:19|20)\d\d|(?<=موسم )\d\d)(?P<sign>/|{DASH})"
    rf"(?P<second>(?:19|20)?\d\d)(?![\d/]|[.,-]\d)"
)
_SEASONAL = pattern(
    rf"{START}[وفبل]?(?:ال|ل)?(?:موسم|سنة{SPACE}دراسية|دراسي|دراسية|جامعي|جامعية|رياضي|كروي|فلاحي|مدرسي|دخول"
    r"|دوري|بطولة|كأس)"
)


def say_died(match: re.Match[str], _: Place) -> str:
    """Say the year in which somebody died: «(ت. 808 هـ)»."""
    era = f" {_ERAS[match['era']]}" if match["era"] else ""
    year = cardinal(int(match["year"]), gender=Gender.FEMININE, case=Case.GENITIVE)
    return f"توفي سنة {year}{era}"


def say_named_year(match: re.Match[str], place: Place) -> str | None:
    """Say years after سنة, which is feminine, or عام, which is not; «كل سنة 500 حالة» is none."""
    years = re.split(rf"({_YEAR_ENDED}{_YEARS_JOINT})", match["years"])
    if len(years[0]) < 3 and not (match["era"] or _OF_AN_ERA.match(place.after)):
        return None
    following = re.match(rf"{SPACE}?(\S+)", place.after)
    if following and following[1] in NOUNS and not is_year(int(years[0])):
        return None
    gender = Gender.FEMININE if "سن" in match["cue"] else Gender.MASCULINE
    said = [
        _joint(year, match["era"]) if index % 2 else cardinal(int(year), gender=gender, case=Case.GENITIVE)
        for index, year in enumerate(years)
    ]
    era = f" {_ERAS[match['era']]}" if match["era"] else ""
    return f"{match['cue']} {''.join(said)}{era}"


def say_year(match: re.Match[str], place: Place) -> str | None:
    """Say a year that nothing names; inside a sentence it depends on the word before: «كأس العالم 2030»."""
    era = match.groupdict().get("era")
    told = era in {"هـ", "ه"} or (era and _BORN_OR_DIED.search(place.before))
    if not (told or is_year(int(match["year"]))):
        return None
    alone = not place.before.strip() and not place.preposition
    return say_year_of(match["year"], era, Case.NOMINATIVE if alone else Case.GENITIVE)


def say_years_of_eras(match: re.Match[str], place: Place) -> str | None:
    """Say one year in two eras, «656هـ/1258م», or from which to which, «(1304-1377م)»; others are metres."""
    if _NAMED.search(place.before):
        return None  # With its gender: «سنة 1445هـ/2024م».
    years, eras = (match["year"], match["last"]), (match["era"] or match["last_era"], match["last_era"])
    if eras[0][0] != eras[1][0]:
        alone = not place.before.strip() and not place.preposition
        case = Case.NOMINATIVE if alone else Case.GENITIVE
        return "، ".join(say_year_of(year, era, case) for year, era in zip(years, eras, strict=True))
    round_ = all(int(year) % 50 == 0 for year in years)
    lived = place.before.endswith("(") and place.after.startswith(")") and not round_
    if match["sign"] == "/" or not (lived or eras[0] != "م"):
        return None
    opening = "" if place.preposition or place.word_before in {"من", "ومن"} else "من "
    return f"{opening}{say_year_of(years[0], match['era'])} إلى {say_year_of(years[1], eras[1])}"


def is_of_hijra(year: int) -> bool:
    """Say whether a number can only be a year of the Hijra where a year stands."""
    return 1300 <= year < 1500


def _joint(written: str, last_era: str | None) -> str:
    """Say what parts two years; between two eras there is a pause: «1445هـ/2024م»."""
    era = re.search("[هم]", written)
    said = _JOINTS.get(re.sub(rf"[هـم]|{SPACE}", "", written), " إلى ")
    if era is None:
        return said
    both = bool(last_era) and not said.startswith(" و") and era[0] != (last_era or "")[0]
    return f" {_ERAS[era[0]]}{'، ' if both else said}"


def say_season(match: re.Match[str], place: Place) -> str | None:
    """Say the two years of a season: «2024/2025», and with a dash after its name: «موسم 2024-2025»."""
    near = " ".join(place.before.split()[-3:])
    if match["sign"] != "/" and (place.article or not _SEASONAL.search(near)):
        return None
    first = match["first"] if len(match["first"]) == 4 else "20" + match["first"]
    second = match["second"] if len(match["second"]) == 4 else first[:2] + match["second"]
    return f"{say_year_of(first, None)} {say_year_of(second, None)}"


def say_year_of(year: str, era: str | None, case: Case = Case.GENITIVE) -> str:
    """Say a year that counts masculine, with the name of its era."""
    words = cardinal(int(year), case=case)
    return f"{words} {_ERAS[era]}" if era else words
