"""Figures that count nothing: scores, fractions, laws, telephone numbers, versions, and the rest."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nashra.arabic.abbreviations import LETTER_NAMES
from nashra.arabic.amounts import SIGN
from nashra.arabic.currencies import CURRENCIES
from nashra.arabic.figures import FIGURE, figure, say_figure
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import NOUNS, counts, noun
from nashra.arabic.numbers import Case, cardinal, counted, digits
from nashra.arabic.patterns import DASH, END, SPACE, START, either, pattern
from nashra.arabic.place import CLITIC
from nashra.arabic.quantities import LATIN_NAME
from nashra.arabic.units import SCALE_WORDS, UNITS, Unit

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_LAW_WORDS = (
    "قانون|قانونين|قانونان|قوانين|مرسوم|مرسومين|قرارين|ظهيرين|ظهير|قرار|منشور|دورية|مشروع قانون|مقترح قانون"
    "|ملف|قضية|مذكرة"
)
_LAW_KINDS = rf"(?:{SPACE}(?:الإطار|التنظيمي|الشريف|المالي|إطار|تنظيمي|شريف))?"
_PARTS = rf"\d+(?:{SPACE}?[.\-/–]{SPACE}?\d+){{1,9}}"
LAW = pattern(
    rf"(?P<cue>{START}(?:رقم|عدد|[وفبلك]?(?:ال|(?<=ل)ل)?(?:{_LAW_WORDS}){_LAW_KINDS}){SPACE})"
    rf"(?P<parts>{_PARTS}(?:{SPACE}?و{SPACE}?{_PARTS}){{0,5}})(?!\d|{SPACE}?[%٪])"
)
# Atomic: a row of figures can be parted into groups in many ways, and all would be tried.
PHONE = pattern(
    rf"{CLITIC}"
    r"(?<!\d)(?<!\d[.,])(?<!\d{3}[ \u00a0\u202f])(?:\(?\+\d{1,3}\)?|0\d)"
    r"(?:(?>[ .\-/]?(?:\d{1,4}|\(\d{1,4}\)))){2,6}+(?!\d)"
)
CODE_NAMED = pattern(
    rf"(?P<cue>{START}[وفبلك]?(?:ال)?(?:هاتف|هاتفي|فاكس|واتساب|حساب|رمز){SPACE}?:?{SPACE}?)(?P<code>\d{{4,}}+)"
    r"(?![ .\-/]?\d)"
)
_GOALS = r"(?:\d{1,3}|صفر)"
SCORE = pattern(
    rf"(?<!\d[.,٫:/–-])(?:{CLITIC}|{START})(?P<first>{_GOALS})(?:{SPACE}?[-–—:]{SPACE}?|/{SPACE}?(?=صفر{END})|(?<=صفر)/{SPACE}?)"
    rf"(?P<second>{_GOALS})(?![\d{LETTERS}]|[.,]\d|{SPACE}?[%٪-])"
)
RATIO = pattern(r"(?<![\d:.,])(?P<first>\d{1,4}):(?P<second>\d{1,6})(?![\d:.,])")
FRACTION = pattern(
    rf"(?<!\d[.,])(?:{CLITIC})(?P<over>\d{{1,3}}(?:[.,]\d{{1,2}})?)/(?P<under>\d{{1,3}})(?![\d/])"
)
_UNITS = {form: Unit(noun) for form, noun in NOUNS.items()} | UNITS | CURRENCIES
_COUNTED = frozenset((*_UNITS, *SCALE_WORDS))
VULGAR_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
VULGAR = pattern(
    rf"{CLITIC}(?P<whole>\d+)?{SPACE}?(?P<sign>[{VULGAR_SIGNS}])(?:{SPACE}?(?P<noun>{either(_UNITS)}){END}(?![A-Za-z]))?"
)
ROW = pattern(r"(?<![\d.,/–-])\d{1,4}(?:[-–/]\d{1,4}){2,9}(?![\d.,/–-]|[ ]?[%٪])")
DOTTED = pattern(r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d])")
NUMBER = pattern(rf"(?:(?<=[^\W\d])[-–](?=\d))?{CLITIC}{SIGN}(?P<first>{FIGURE})")
# What counts as a digit without being a decimal one: ², ①, ₂.
ODD_DIGIT = pattern(r"[²³¹⁰⁴-⁹₀-₉①-⑨❶-❾➀-➈]")

LISTED = pattern(
    rf"\A{SPACE}?(?P<number>\d{{1,2}}){SPACE}?(?:{DASH}|\.|\)){SPACE}?(?!صفر{END})(?=[«“\"]?[{LETTERS}])"
)
# «المادة 66-3» has a part, and no goals.
_OF_A_TEXT = pattern(rf"(?:مادة|مادتين|مواد|فصل|فصلين|فصول|بند|فقرة|صفحة|صفحات|آية|آيات){SPACE}\Z")
LISTED_LETTER = pattern(rf"\A(?P<letter>[اأبتثجحخدهوزطيك]) ?(?:{DASH}|\)) ?(?=[«“\"]?[{LETTERS}]{{2}})")
_SPORT_AFTER = pattern(
    rf"{SPACE}?\)?{SPACE}?(?:(?:بال|ب)?(?:ضربات|ركلات|ضربات|الأشواط)|لصالح|لفائدة|لمصلحة|[رض]\.{SPACE}?ت|بعد{SPACE}(?:الوقت|التمديد)|أمام|على{SPACE}حساب)"
)
_SPORT = pattern(
    rf"{START}[وفبل]?(?:فاز|فازت|فوز|يفوز|تغلب|تغلبت|انتصر|انتصار|هزم|هزيمة|خسر|خسارة|انهزم|تعادل|تعادلا|تعادلت"
    rf"|نتيجة|النتيجة|بنتيجة|الفوز|التعادل|المباراة|مباراة|اللقاء|ذهابا|إيابا|الشوط|سقط|بخسارته|بفوزه|الترجيح|متقدما|تقدم|بحصة|أهداف|بواقع|أشواط|شوطين|مجموعات|مجموعتين){END}"
)
_PARTS_OF = {
    2: noun("نصف", "أنصاف"),
    3: noun("ثلث", "أثلاث"),
    4: noun("ربع", "أرباع"),
    5: noun("خمس", "أخماس"),
    6: noun("سدس", "أسداس"),
    7: noun("سبع", "أسباع"),
    8: noun("ثمن", "أثمان"),
    9: noun("تسع", "أتساع"),
    10: noun("عشر", "أعشار"),
}


def say_law(match: re.Match[str], _: Place) -> str:
    """Say the parts of a law's number one after the other: «رقم 31-08»."""
    laws = (re.findall(r"\d+", law) for law in match["parts"].split("و"))
    said = (" ".join(say_figure(figure(part)) for part in parts) for parts in laws)
    return match["cue"] + " و".join(said)


def say_phone(match: re.Match[str], _: Place) -> str | None:
    """Say a telephone number, which has nine digits or more."""
    plus = "زائد " if "+" in match[0] else ""
    return plus + digits(match[0]) if sum(map(str.isdecimal, match[0])) >= 9 else None


def say_code(match: re.Match[str], _: Place) -> str:
    """Say a number that its word calls a code: «الهاتف: 0522»."""
    return match["cue"] + digits(match["code"])


def say_score(match: re.Match[str], place: Place) -> str | None:
    """Say the goals of a match: where sport is named, a side has none, or the first has more."""
    goals = [figure("0" if side == "صفر" else side) for side in (match["first"], match["second"])]
    if any(side.is_code for side in goals) or _OF_A_TEXT.search(place.before):
        return None
    first, second = (int(side.whole) for side in goals)
    counted_noun = re.match(rf"{SPACE}?([{LETTERS}]+)", place.after)
    if counted_noun and counted_noun[1] in _COUNTED:
        return None
    dash = ":" not in match[0]
    sport = _SPORT.search(place.before) or _SPORT_AFTER.match(place.after)
    if not (sport or (dash and (0 in {first, second} or second <= first < 20 or second < first <= 200))):
        return None
    case = Case.GENITIVE if place.case is Case.GENITIVE else Case.NOMINATIVE
    return f"{cardinal(first, case=case)} مقابل {cardinal(second, case=Case.GENITIVE)}"


def say_ratio(match: re.Match[str], place: Place) -> str:
    """Say a ratio, «بمقياس 1:500»; behind a Latin name it is an edition: ISO 9001:2015."""
    first, second = (say_figure(figure(match[name]), case=place.case) for name in ("first", "second"))
    return f"{first} {second}" if LATIN_NAME.search(place.before) else f"{first} إلى {second}"


def say_fraction(match: re.Match[str], place: Place) -> str:
    """Say a fraction by its name, ثلاثة أرباع, and without one with على."""
    over = figure(match["over"])
    if over.number is None:
        return f"{say_figure(over, case=place.case)} على {cardinal(int(match['under']), case=Case.GENITIVE)}"
    # «2/3 الأعضاء», «2/3 سكان العالم».
    following = re.match(rf"{SPACE}(?:(?!و)([{LETTERS}]+){SPACE})?ال[{LETTERS}]", place.after)
    construct = bool(following and counts(following[1] or ""))
    return _fraction(over.number, int(match["under"]), place.case, construct=construct)


def say_vulgar(match: re.Match[str], place: Place) -> str:
    """Say ½ and its kind, alone or after a whole number: «2½ كلم» is two kilometres and a half."""
    over, _, under = unicodedata.normalize("NFKC", match["sign"]).partition("\u2044")
    unit = _UNITS[match["noun"]] if match["noun"] else None
    whole = figure(match["whole"]) if match["whole"] else None
    part = _fraction(int(over), int(under), place.case, construct=bool(unit and not whole))
    if whole is None:
        return f"{part} {unit.singular}" if unit else part
    if unit and whole.number:
        words = counted(whole.number, unit.noun, case=place.case)
        return f"{words.removesuffix(' واحد').removesuffix(' واحدة')} و{part}"
    return f"{say_figure(whole, case=place.case)} و{part}"


def say_list_number(match: re.Match[str], _: Place) -> str:
    """Say the number of a point with which a sentence begins, and a pause: «1- المغرب»."""
    return f"{cardinal(int(match['number']))}، "


def say_list_letter(match: re.Match[str], _: Place) -> str:
    """Say the letter of a point by its name: «أ- المغرب»."""
    return f"{LETTER_NAMES[match['letter']]}، "


def say_row(match: re.Match[str], _: Place) -> str:
    """Say figures in a row one after the other: «4-3-3»."""
    return " ".join(say_figure(figure(part)) for part in re.findall(r"\d+", match[0]))


def say_dotted(match: re.Match[str], _: Place) -> str | None:
    """Say a version or an address, 3.11.2; 15.000.000 is a figure."""
    if re.fullmatch(FIGURE, match[0]):
        return None
    return " نقطة ".join(say_figure(figure(part)) for part in match[0].split("."))


def say_number(match: re.Match[str], place: Place) -> str:
    """Say what no other rule has claimed: a plain cardinal, or digits where that is too long."""
    sign = {"+": "زائد ", None: ""}.get(match["sign"], "ناقص ")
    return sign + say_figure(figure(match["first"]), case=place.case)


def unknown_number(match: re.Match[str]) -> str:
    """Say that a number was read digit by digit, being too long or padded with zeros."""
    return "read digit by digit" if figure(match["first"]).is_code else ""


def say_odd_digit(match: re.Match[str], _: Place) -> str:
    """Say a raised, lowered or circled digit."""
    return cardinal(int(unicodedata.digit(match[0])))


def _fraction(over: int, under: int, case: Case, *, construct: bool) -> str:
    part = _PARTS_OF.get(under)
    if part is None or not 0 < over < under:
        return f"{cardinal(over, case=case)} على {cardinal(under, case=Case.GENITIVE)}"
    return counted(over, part, case=case, construct=construct or over == 1)
