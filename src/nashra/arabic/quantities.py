"""Figures with what they count: nouns, units, money, per cent, ألف and مليون, alone or in ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nashra.arabic.currencies import CURRENCIES
from nashra.arabic.figures import FIGURE, Figure, figure, say_figure
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import NOUNS, WORD, counts, forms, guess, listed, noun
from nashra.arabic.numbers import Case, Gender, Noun, cardinal, counted
from nashra.arabic.patterns import DASH, END, SPACE, START, either, words
from nashra.arabic.place import CLITIC
from nashra.arabic.units import ADJECTIVES, LATIN_SCALES, PER, SCALE_WORDS, UNITS, Unit

if TYPE_CHECKING:
    from nashra.arabic.place import Place


# A minus touches its figure and stands after another word; at the beginning it marks a list.
_OF_DEGREE = rf"-(?=[\d.,]+{SPACE}?(?:[%٪°º]|درج))"
_ALONE = rf"(?<!\S)-(?=[\d.,]+(?:\s*\Z|{SPACE}إلى))"
SIGN = rf"(?P<sign>[−+]|(?<=[^\s]\s)-|(?<=\()-|{_OF_DEGREE}|{_ALONE})?"
_WORD_JOINTS = either(("إلى غاية", "إلى", "الى", "أو", "حتى"))
JOINT = rf"(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?:{_WORD_JOINTS}){SPACE}|{SPACE}?و{SPACE}?)"
_LATIN_END = r"(?![A-Za-z])"
_DASHES = rf"(?:{DASH}|{SPACE}{DASH}{SPACE})"
# «5%-7%», «20°-25°»: one sign is enough.
_TWICE = rf"(?:{SPACE}?(?P<twice>[%٪‰°º$€£])(?={_DASHES}[\d.,]+{SPACE}?(?P=twice)))?"
_FIGURES = rf"{CLITIC}{SIGN}(?P<first>{FIGURE}){_TWICE}(?:(?P<joint>{JOINT})(?P<second>{FIGURE}))?{SPACE}?"
_SCALES = SCALE_WORDS | LATIN_SCALES
_SCALE = rf"(?P<scale>{either(SCALE_WORDS)}){END}"
_SCALED = rf"{_FIGURES}(?:{_SCALE}{SPACE})?"
# Of money, also «5 Mds€», «50 MDH», where nothing parts the two.
_SCALE_OF_MONEY = rf"(?P<scale>{either(_SCALES)}){END}"
_MONEY = rf"{_FIGURES}(?:{_SCALE_OF_MONEY}(?:{SPACE}|(?<=[A-Za-z])))?"
_PER = rf"(?:{SPACE}?/{SPACE}?(?P<per>{either(PER)}){END}{_LATIN_END})?"
_ADJECTIVE = rf"(?:{SPACE}(?P<adjective>{either(ADJECTIVES)})(?:ة|ا|ان|ين|تان|تين)?{END})?"

MONEY = re.compile(rf"{_MONEY}(?P<noun>{either(CURRENCIES)}){END}{_LATIN_END}{_ADJECTIVE}{_PER}")
# Asked first: «20 د.م.» has the look of somebody's initials.
MONEY_DOTTED = re.compile(
    rf"{_SCALED}(?P<noun>{either(sign for sign in CURRENCIES if '.' in sign)})(?![.]?[{LETTERS}])"
)
MONEY_BEFORE = re.compile(
    rf"{CLITIC}(?P<noun>US\${SPACE}?|[$€£¥₺₽₹]{SPACE}?|(?<![A-Za-z])(?:[A-Z]{{3}}|D[Hh][Ss]?){SPACE})"
    rf"(?P<first>{FIGURE})(?:(?P<joint>{_DASHES})(?:(?P=noun))?(?P<second>{FIGURE}))?"
    rf"(?:{SPACE}?{_SCALE_OF_MONEY}{_LATIN_END})?{_PER}",
)
UNIT = re.compile(rf"{_SCALED}(?P<noun>{either(UNITS)}){END}{_LATIN_END}{_ADJECTIVE}{_PER}")
NOUN = re.compile(rf"{_SCALED}(?P<noun>{WORD}){END}{_PER}")
SCALE = re.compile(rf"{_FIGURES}{_SCALE}")
PERCENT = re.compile(rf"{_FIGURES}(?P<percent>[%٪‰]|(?P<by>في|ب){SPACE}?(?:ال)?(?:مائة|مئة|ماية){END})")
PERCENT_BEFORE = re.compile(
    rf"{CLITIC}{SIGN}(?P<percent>[%٪‰]){SPACE}?(?P<first>{FIGURE})"
    rf"(?:(?P<joint>{_DASHES})(?P=percent){SPACE}?(?P<second>{FIGURE}))?"
)
LATIN_NAME = re.compile(rf"[A-Za-z]{SPACE}?\Z")
SLASHED = re.compile(
    rf"{CLITIC}(?P<first>\d{{1,3}})(?P<joint>/)(?P<second>\d{{1,3}}){SPACE}(?P<noun>{WORD}){END}"
)
MILESTONE = re.compile(
    rf"{START}(?<!\d )(?<!\d)(?:كلم|كم){SPACE}(?P<number>\d{{1,3}})(?!\d|[.,]\d|{SPACE}?[{LETTERS}]*متر)"
)
_VERBS_TOO = frozenset(
    words("طلب حدث شكل عرض درس حكم عقد قسم سجن وعد طرد سند هدف نص حل خط فصل عمل دفع لعب نظم قيم خطب حرف عجل")
)
# «12 مشروع قانون», «15 قارب صيد»: what the counted noun is bound to, so that it has no tanwin.
_COMPOUND = re.compile(
    rf"{SPACE}(?:قانون|مرسوم|قرار|شغل|عمل|أعمال|أمن|شرطة|درك|سلطة|نظافة|إطفاء|إنقاذ|لجوء|كرة|دولة|ماشية|غنم|بقر"
    rf"|طيران|بناء|سير|أجرة|صيد|سباق|نفط|تدخل|مخدرات|تنس|سينما|مسرح|طاقة|ماء|غاز){END}"
)
_TIMES = frozenset(words("سنة عام شهر أسبوع يوم ليلة ساعة دقيقة موسم"))
RANGE = re.compile(rf"{CLITIC}(?P<first>{FIGURE})(?P<joint>{SPACE}?{DASH}{SPACE}?)(?P<second>{FIGURE})")


def say_money(match: re.Match[str], place: Place) -> str | None:
    """Say an amount of money: «1.250 درهم», «$20», «2,5 مليون درهم»; three capitals may be another name."""
    unit = CURRENCIES.get(match["noun"].strip(" \u00a0\u202f"))
    return _say(match, place, unit) if unit else None


def say_unit(match: re.Match[str], place: Place) -> str:
    """Say a measure: «20 كلم», «120 كلم/س», «5 كلم2». «2024م» is a year."""
    return _say(match, place, UNITS[match["noun"]])


def say_listed(match: re.Match[str], place: Place) -> str | None:
    """Say a figure and a noun whose forms are known, which may correct the form.

    What may be a verb is one behind a year: «في 2011 حدث زلزال».
    """
    written = match["second"] or match["first"]
    number = 0 if match["scale"] else figure(written).number or 0
    known = listed(match["noun"], number)
    if known is None or is_name(place):
        return None
    word, year = match["noun"], len(written) == 4 and is_year(number)
    if word in _VERBS_TOO and (year or (word == known.plural and not 3 <= number % 100 <= 10)):
        return None
    if known.singular == "مرة":  # «فاز باللقب 12 مرة»: how often is in the accusative.
        place = replace(place, default=Case.ACCUSATIVE)
    return _say(match, place, Unit(known))


def say_guessed(match: re.Match[str], place: Place) -> str | None:
    """Say a figure before another word, if it can be what is counted; the word stays as written."""
    word, last = match["noun"], figure(match["second"] or match["first"])
    number = last.number
    year = match["first"].isdecimal() and len(match["first"]) == 4 and not match["scale"]
    if not counts(word) or word in SCALE_WORDS or number is None or is_name(place):
        return None
    # «2000 مدعو» behind what asks for a count, «1950 مدعوا» by its ending.
    tanwin = word.endswith("ا") and number % 100 > 10
    if year and is_year(number) and not (tanwin or (number % 100 == 0 and place.measured)):
        return None
    if number % 100 in {1, 2} and not match["scale"]:
        singular = re.sub("ات$", "ة", word)
        return _say(match, place, Unit(noun(singular, word))) if singular.endswith("ة") else None
    return _say(match, place, Unit(guess(word, number)))


def guessed_gender(match: re.Match[str]) -> str:
    """Say of which word the gender was guessed; ة leaves no doubt, and tens and hundreds have no gender."""
    number = figure(match["second"] or match["first"]).number or 0
    if match["noun"].endswith("ة") or match["scale"] or (number % 10 == 0 and number % 100 != 10):
        return ""
    return f"gender of «{match['noun']}» guessed"


def say_scale(match: re.Match[str], place: Place) -> str:
    """Say so many thousands or millions of nothing named."""
    return _say(match, place, None)


def say_percent(match: re.Match[str], place: Place) -> str:
    """Say per cent, which counts masculine; the sign may come before the figure."""
    by = match.groupdict().get("by")
    tail = "في الألف" if match["percent"] == "‰" else "بالمئة" if by == "ب" else "في المئة"
    return f"{_say(match, place, None)} {tail}"


def say_range(match: re.Match[str], place: Place) -> str:
    """Say two figures with a dash between them as «من … إلى …»; behind a Latin name they are its type."""
    if LATIN_NAME.search(place.before):
        return " ".join(say_figure(figure(match[name])) for name in ("first", "second"))
    return _say(match, place, None)


def say_slashed(match: re.Match[str], place: Place) -> str | None:
    """Say «10/15 يوما» as a range: a fraction is of one thing, «3/4 ساعة», and marks are «18/20 نقطة»."""
    first, second, known = int(match["first"]), int(match["second"]), NOUNS.get(match["noun"])
    if known is None or not 0 < first < second or known.singular in {"نقطة", "درجة"}:
        return None
    if match["noun"] == known.singular and second <= 10:
        return None
    return _say(match, place, Unit(known))


def say_milestone(match: re.Match[str], _: Place) -> str:
    """Say the place on a road: «كلم 10»."""
    return f"الكيلومتر {cardinal(int(match['number']))}"


def is_year(number: int) -> bool:
    """Say whether a number of four digits is rather a year than a count."""
    return 1900 <= number < 2100


def is_name(place: Place) -> bool:
    """Say whether a figure here is a name: «الرقم 19»."""
    return place.word_before.removeprefix("ال") in {"رقم", "عدد"}


def _say(match: re.Match[str], place: Place, unit: Unit | None) -> str:
    """Say one or two figures and their unit; the one noun serves both."""
    found = match.groupdict()
    scale = _SCALES[found["scale"]] if found.get("scale") else None
    if unit and found.get("adjective"):
        unit = Unit(unit.noun, found["adjective"])
    sign = {"+": "زائد ", None: ""}.get(found.get("sign"), "ناقص ")
    per = PER[found["per"]] if found.get("per") else unit.per if unit else ""
    tail = f" {per}" if per else ""
    if not found.get("second"):
        lasting = unit is not None and unit.noun.singular in _TIMES and place.lasts
        case = Case.ACCUSATIVE if lasting else place.case
        return sign + _amount(match, _measured(match["first"]), unit, case) + tail
    opening, joint, cases = _joined(found["joint"].strip(" \u00a0\u202f"), place)
    gender = unit.noun.gender if unit and not scale else Gender.MASCULINE
    noun = None if sign else scale or (unit.noun if unit else None)
    written = _measured(found["first"])
    first = _few(written, noun, cases[0]) or say_figure(written, gender=gender, case=cases[0])
    last = _amount(match, _measured(found["second"]), unit, cases[1])
    return f"{opening}{sign}{first}{joint}{last}{tail}"


def _measured(text: str) -> Figure:
    """Read the figure of a measure: the zero of «05 درجات» only fills a column."""
    return figure(re.sub(r"\A[0٠۰](?=\d(?!\d))", "", text))


def _few(written: Figure, noun: Noun | None, case: Case) -> str:
    """Say one or two of a pair with the noun, which has these numbers in itself: «2-3 مرات», «1 أو 2 كلم»."""
    if noun is None or noun.dual == noun.singular or written.number not in {1, 2}:
        return ""
    return counted(written.number, noun, case=case).removesuffix(" واحد").removesuffix(" واحدة")


def _joined(joint: str, place: Place) -> tuple[str, str, tuple[Case, Case]]:
    """Say what opens a pair, what joins it, and the cases of the two."""
    if joint in {"-", "–", "—", "/"}:
        genitive = (Case.GENITIVE, Case.GENITIVE)
        if place.word_before.endswith("بين"):
            return "", " و", genitive
        opened = bool(place.preposition) or place.word_before in {"من", "ومن", "نحو", "حوالي"}
        return "" if opened else "من ", " إلى ", genitive
    if joint == "و":
        return "", " و", (place.case, place.case)
    if joint == "أو":
        return "", " أو ", (place.case, place.case)
    return "", f" {joint.replace('الى', 'إلى')} ", (place.case, Case.GENITIVE)


def _amount(match: re.Match[str], written: Figure, unit: Unit | None, case: Case) -> str:
    """Say one figure with its scale and its unit, each in the form the one before it asks for."""
    found = match.groupdict()
    word, scaled = found.get("noun") or "", found.get("scale") or ""
    scale = _SCALES[scaled] if scaled else None
    scaled = scaled if scale and scaled == scale.plural else ""
    number = written.number
    if scale:
        if number is None:
            # «6,3 ملايين»: the writer's plural stands.
            many = f"{say_figure(written, case=case)} {scaled or scale.singular}"
        else:
            many = counted(number, scale, case=case, construct=unit is not None or number == 1)
        return f"{many} {unit.singular}" if unit else many
    if unit is None:
        return say_figure(written, case=case)
    if number is None:
        # «85,40 دولارا», «6,8 درجات»: the writer's form stands; a sign is read in the singular.
        as_written = word in forms(unit.noun) and word != unit.noun.singular
        number = 11 if word == unit.noun.accusative else 3
        form = unit.form(word, number) if as_written else unit.singular
        return f"{say_figure(written, case=case)} {form}"
    if unit.of:
        return f"{counted(number, unit.noun, case=case, construct=True)} {unit.of}"
    if number == 1 and unit.adjective:
        return f"{unit.singular} {cardinal(1, gender=unit.noun.gender, case=case)}"
    compound = word == unit.noun.singular and _COMPOUND.match(match.string, match.end()) is not None
    said = counted(number, unit.noun, case=case, construct=compound)
    adjective = unit.agreeing(number, oblique=case is not Case.NOMINATIVE)
    return f"{said} {adjective}" if adjective else said
