"""A figure or two, with a scale and what they count, in the case of their place: «من 5 إلى 7 ملايين درهم»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.figures import FIGURE, Figure, figure, say_figure
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import forms
from nashra.arabic.numbers import Case, Gender, Noun, cardinal, counted
from nashra.arabic.patterns import DASH, END, SPACE, either, pattern, words
from nashra.arabic.place import CLITIC
from nashra.arabic.units import LATIN_SCALES, PER, SCALE_WORDS, Unit

if TYPE_CHECKING:
    from nashra.arabic.place import Place

# A minus touches its figure and stands after another word; at the beginning it marks a list.
_OF_DEGREE = rf"-(?=[\d.,]+{SPACE}?(?:[%٪°º]|درج))"
_ALONE = rf"(?<!\S)-(?=[\d.,]+(?:\s*\Z|{SPACE}إلى))"
# «85 ميلا في الساعة -137 كيلومترا-»: a dash that another one answers opens an aside.
_ANSWERED = rf"(?![^-.؛؟!]{{1,60}}[{LETTERS}]-(?![\w{LETTERS}]))"
SIGN = rf"(?P<sign>[−+]|(?<=[^\s]\s)-{_ANSWERED}|(?<=\()-|{_OF_DEGREE}|{_ALONE})?"
_WORD_JOINTS = either(("إلى غاية", "إلى", "الى", "أو", "حتى"))
JOINT = rf"(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?:{_WORD_JOINTS}){SPACE}|{SPACE}?و{SPACE}?)"
LATIN_END = r"(?![A-Za-z])"
DASHES = rf"(?:{DASH}|{SPACE}{DASH}{SPACE})"
# «5%-7%», «20°-25°»: one sign is enough.
_TWICE = rf"(?:{SPACE}?(?P<twice>[%٪‰°º$€£])(?={DASHES}[\d.,]+{SPACE}?(?P=twice)))?"
FIGURES = rf"{CLITIC}{SIGN}(?P<first>{FIGURE}){_TWICE}(?:(?P<joint>{JOINT})(?P<second>{FIGURE}))?{SPACE}?"
SCALE_SIGNS = SCALE_WORDS | LATIN_SCALES
OF_SCALE = rf"(?P<scale>{either(SCALE_WORDS)}){END}"
SCALED = rf"{FIGURES}(?:{OF_SCALE}{SPACE})?"
PER_ONE = rf"(?:{SPACE}?/{SPACE}?(?P<per>{either(PER)}){END}{LATIN_END})?"

# «12 مشروع قانون», «15 قارب صيد»: what the counted noun is bound to, so that it has no tanwin.
_COMPOUND = pattern(
    rf"{SPACE}(?:قانون|مرسوم|قرار|شغل|عمل|أعمال|أمن|شرطة|درك|سلطة|نظافة|إطفاء|إنقاذ|لجوء|كرة|دولة|ماشية|غنم|بقر"
    rf"|طيران|بناء|سير|أجرة|صيد|سباق|نفط|تدخل|مخدرات|تنس|سينما|مسرح|طاقة|ماء|غاز"
    # «43 مركز احتجاز», «20 عامل إغاثة»: words of action.
    rf"|ا.ت.ا.|است..ا.|ان..ا.|إ..ا.|إ.ا.ة|ت..ي.){END}"
)
_OPENS = frozenset(words("من ومن نحو حوالي خلال بعد قبل كل لكل"))
_TIMES = frozenset(words("سنة عام شهر أسبوع يوم ليلة ساعة دقيقة موسم"))


def say_amount(match: re.Match[str], place: Place, unit: Unit | None) -> str:
    """Say one or two figures and their unit; the one noun serves both."""
    found = match.groupdict()
    scale = SCALE_SIGNS[found["scale"]] if found.get("scale") else None
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
        opened = bool(place.preposition) or place.word_before in _OPENS
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
    scale = SCALE_SIGNS[scaled] if scaled else None
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


def is_year(number: int) -> bool:
    """Say whether a number of four digits is rather a year than a count."""
    return 1900 <= number < 2100


def is_name(place: Place) -> bool:
    """Say whether a figure here is a name: «الرقم 19»."""
    return place.word_before.removeprefix("ال") in {"رقم", "عدد"}
