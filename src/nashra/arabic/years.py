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
OF_HIJRA = rf"{SPACE}?هـ?{END}"
YEAR_AND_ERA = rf"(?P<year>\d{{4}}(?!\d)|\d{{1,3}}(?={OF_HIJRA})){_ERA}"
_KINDS = "مالي|دراسي|جامعي|ماضي|جاري|مقبل|حالي|هجري|ميلادي|فلاحي|رياضي|كروي"
_CUE = (
    rf"{START}[وفبلك]?(?:ال|(?<=ل)ل)?(?:سنة|سنتي|سنتين|سنوات|عام|عامي|عامين|أعوام|موسم|موسمي)"
    rf"(?:{SPACE}ال(?:{_KINDS})ة?)?"
)
_A_YEAR = rf"{SPACE}?(?:هـ?|م){END}"
_YEAR_ENDED = rf"(?:{_A_YEAR})?"
_YEARS_JOINT = rf"{SPACE}?(?:[و،/]|{DASH}){SPACE}?"
YEAR_NAMED = re.compile(
    rf"(?P<cue>{_CUE}){SPACE}"
    rf"(?P<years>\d{{1,4}}(?!\d)(?:{_YEAR_ENDED}{_YEARS_JOINT}(?:\d{{4}}|\d{{1,3}}(?={OF_HIJRA})|(?<=/)\d{{3}}(?={_A_YEAR}))(?!\d)){{0,6}})"
    rf"(?![.,]\d|%){_ERA}"
)
_OF_AN_ERA = re.compile(
    rf"{SPACE}?(?:ق{SPACE}?\.{SPACE}?م|قبل{SPACE}الميلاد|للميلاد|للهجرة|ميلادية|هجرية|ميلادي|هجري)"
)
YEAR_OF_ERA = re.compile(
    rf"{CLITIC}(?P<year>\d{{3,4}}|\d{{1,2}}(?={OF_HIJRA})){SPACE}?(?P<era>هـ|ه|م){END}"
    rf"(?:{SPACE}?[/-]{SPACE}?(?P<other>\d{{3,4}}){SPACE}?(?P<other_era>هـ|ه|م){END})?"
)
_BORN_OR_DIED = re.compile(rf"{START}[وف]?(?:توفي|توفيت|المتوفى|ولد|ولدت|المولود|ت){SPACE}?\Z")
YEAR = re.compile(rf"{CLITIC}(?P<year>\d{{4}})(?![\d]|[.,٫]\d)")
SEASON = re.compile(
    rf"{CLITIC}(?P<first>(?:19|20)\d\d|(?<=موسم )\d\d)(?P<sign>/|{DASH})"
    rf"(?P<second>(?:19|20)?\d\d)(?![\d/]|[.,-]\d)"
)
_SEASONAL = re.compile(
    rf"{START}[وفبل]?(?:ال|ل)?(?:موسم|سنة{SPACE}دراسية|دراسي|دراسية|جامعي|جامعية|رياضي|كروي|فلاحي"
    r"|دوري|بطولة|كأس)"
)


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
    found = match.groupdict()
    era, other, other_era = found.get("era"), found.get("other"), found.get("other_era")
    # Of two, one is of the Hijra: «656هـ/1258م»; «400م/800م» are metres.
    told = {"ه", "هـ"} & {era, other_era} or (era and _BORN_OR_DIED.search(place.before))
    if not (told or is_year(int(match["year"]))):
        return None
    alone = not place.before.strip() and not place.preposition
    case = Case.NOMINATIVE if alone else Case.GENITIVE
    said = say_year_of(match["year"], era, case)
    if not other:
        return said
    if era == other_era:
        return f"{said} إلى {say_year_of(other, other_era)}"
    return f"{said}، {say_year_of(other, other_era, case)}"


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
