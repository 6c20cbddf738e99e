"""Figures that say which one: «المادة 11», «المؤتمر الـ21», «الدول الـ27»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.amounts import is_year
from nashra.arabic.currencies import CURRENCIES
from nashra.arabic.figures import figure, say_figure
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import NOUNS, counts, guess, noun
from nashra.arabic.numbers import Case, Gender, cardinal, definite_form, ordinal
from nashra.arabic.patterns import END, SPACE, START, either, pattern, words
from nashra.arabic.place import CLITIC
from nashra.arabic.units import SCALE_WORDS, UNITS

if TYPE_CHECKING:
    from nashra.arabic.place import Place

# Nouns that a bare figure numbers, by gender, with some plurals; their duals are derived.
_NUMBERED = {
    Gender.FEMININE: (
        *words(
            "مادة دورة مرتبة نسخة دقيقة ذكرى جولة لجنة قناة صفحة فقرة حلقة قمة رتبة مرحلة دائرة جلسة طبعة فئة"
            " دقائق مراتب جولات دورات صفحات مواد آيات"
            " ليلة بطولة فرقة كتيبة رسالة قاعة بوابة شقة زنقة نشرة حصة نقطة خطوة دفعة ألفية ولاية منطقة"
        ),
        *words("مجموعة غرفة مقاطعة درجة آية سورة وحدة محطة مرة رحلة خانة"),
    ),
    Gender.MASCULINE: (
        *words("فصل مركز طابق باب بند قرن جزء مؤتمر فوج دور صف مستوى شوط عقد يوم أسبوع شهر صنف مقعد ملحق"),
        *words("قرون فصول بنود أسدس موعد خط ميناء لواء فيلق قسم سطر حزام"),
        *words(
            "مجلد مزمور إصحاح قطاع شطر موسم محور مقطع ثلث ربع جيل درس سؤال اجتماع منتدى ملتقى معرض مهرجان"
            " مدرج جناح شق مبحث فرع"
        ),
    ),
}
_PLURALS = frozenset(words("دقائق مراتب جولات دورات صفحات مواد آيات قرون فصول بنود"))
_GENDERS = {name: gender for gender, names in _NUMBERED.items() for name in names}
_GENDERS |= {
    form: gender
    for name, gender in _GENDERS.items()
    if name not in _PLURALS
    for form in (noun(name, "").dual, noun(name, "").dual.removesuffix("ان") + "ين")
}
_ITEM = rf"(?:الـ?{SPACE}?)?\d{{1,3}}(?:[-–]\d{{1,3}}|\+\d{{1,2}})?(?!\d|[.,٫:/]\d|{SPACE}?[%٪])"
_SESSIONS = either(words("دورة نسخة قمة ذكرى طبعة"))
NUMBERED = pattern(
    rf"{START}(?:(?P<prefix>[وف]?(?:[بك]?ال|لل))(?:(?P<noun>{either(_GENDERS)})"
    rf"|(?P<described>(?:{_SESSIONS}){SPACE}ال[{LETTERS}]{{2,12}}ة))"
    rf"|(?P<own>[وف]?[بل]?(?:دورت|نسخت|طبعت|جولت)(?:ه|ها|هما|هم|نا))){SPACE}"
    rf"(?P<from>من{SPACE}(?=\d{{1,3}}{SPACE}(?:إلى|الى){SPACE}))?"
    rf"(?P<items>{_ITEM}(?:(?:{SPACE}?[و،]{SPACE}?|{SPACE}(?:أو|إلى|الى){SPACE}){_ITEM}){{0,9}})"
    rf"(?:{SPACE}?(?P<era>هـ|ه|م){END})?"
)
DEFINITE = pattern(rf"{CLITIC}(?<=[لـ {LETTERS}])(?P<number>\d{{1,4}})(?!\d|[.,٫:/]\d|{SPACE}?[%٪])")

DEFINITE_BARE = pattern(rf"{CLITIC}(?P<number>\d{{1,3}})(?={SPACE}ال[{LETTERS}]{{3}})")
"""«السنوات 5 الأخيرة»: a figure without its article between a definite noun and its adjective."""

_COUNTED = frozenset((*NOUNS, *UNITS, *CURRENCIES))
_WRITTEN = rf"(?:الـ?{SPACE}?)?(\d+)(?:([-–+])(\d+))?"
_ERAS = {"ه": " الهجري", "م": " الميلادي"}
_OF_AGE = pattern(rf"{SPACE}من{SPACE}(?:عمر|العمر|سن)")

_MEMBERS = {
    **dict.fromkeys(
        words("أعضاء نواب وزراء قادة لاعبي لاعبو أقاليم قضاة رؤساء قطاعات بنوك"), Gender.MASCULINE
    ),
    **dict.fromkeys(words("دول جهات عمالات جماعات ولايات شركات محافظات"), Gender.FEMININE),
}
"""Plurals whose number may stand after a second noun: «أعضاء المجلس الـ15»."""
# Before a definite plural, these are what is numbered: «مؤتمر الأطراف الـ29».
_EVENT = pattern(
    rf"(?<!\S)[وفبل]?(مؤتمر|مهرجان|معرض|منتدى|ملتقى|دورة|بطولة|ذكرى){SPACE}ال[{LETTERS}]+{SPACE}?\Z"
)
_PLURALS_IN_TA = frozenset(words("مغاربة أساتذة طلبة أفارقة قضاة ولاة رعاة دكاترة عمالقة أشقاء"))

# Indefinite before الـ, these have as many members: «مجموعة الـ77».
_GROUPS = frozenset(
    words("مجموعة قمة نادي لجنة مبادرة سنوات أعوام قادة دول بلدان دور دوري أدوار مواليد بدور ذو ذا ذي ذات")
)
_FEMININE_IN_YA = frozenset(words("ذكرى كبرى صغرى عظمى أولى أخرى وسطى بشرى قصوى"))
# Broken plurals by shapes that singulars do not have: أغصان, أرغفة, عناقيد, شوارع, صحائف, أماكن.
_BROKEN = pattern(r"أ..ا.|أ..[^ي]ة|[^ات].ا.ي.|[^ات]وا.[^ية]|[^ات].ائ[^ي]|أ.ا.[^ية]")
_PLURAL_ENDING = pattern(r"(?:ين|ون|ات)$")
# A feminine noun with a pronoun: دورتها, نسخته; not بيته, صوتها, whose ت is their own.
_WITH_PRONOUN = pattern(rf"[{LETTERS}]{{2,}}ت(?:ها|هما|هم|هن|ه|ي|نا|ك|كم)")
_OWN_T = pattern(r"(?:.?[وفبلك])?(?:بيت|صوت|وقت|موت|زيت|بنت|أخت|نبات|ثبات)(?:ها|ه|هم|نا|ي)")


def say_numbered(match: re.Match[str], place: Place) -> str | None:
    """Say the ordinals that number a noun; a year or a counted noun behind them is none."""
    prefix, name = match["prefix"] or "", match["noun"] or match["described"] or match["own"]
    if not _is_numbered(name, match, place):
        return None
    oblique = prefix[-2:] == "لل" or prefix.endswith(("بال", "كال")) or name.endswith("ين")
    oblique = oblique or bool(match["own"] and re.match(r"[وف]?[بل]", name))
    case = Case.GENITIVE if oblique or match["from"] else place.phrase_case
    gender = _GENDERS.get(name, Gender.FEMININE)

    def say(item: re.Match[str]) -> str:
        first, second = int(item[1]), int(item[3] or 0)
        if not second:
            return ordinal(first, gender=gender, case=case)
        if item[2] == "+":
            return f"{ordinal(first, gender=gender, case=case)} زائد {cardinal(second)}"
        if name not in _PLURALS and first < 10 and second >= 20:
            first, second = second, first  # «المادة 1-448» was written from the right: 448-1.
        words = ordinal(first, gender=gender, case=case)
        if second > first:
            if name.endswith(("ين", "ان")):
                return f"{words} و{ordinal(second, gender=gender, case=case)}"
            return f"{words} إلى {ordinal(second, gender=gender, case=Case.GENITIVE)}"
        return f"{words} {cardinal(second)}"  # «المادة 288-1».

    first, until, last = re.split(rf"({SPACE}(?:إلى|الى){SPACE}|\Z)", match["items"], maxsplit=1)
    items = re.sub(_WRITTEN, say, first) + until
    case = Case.GENITIVE
    items += re.sub(_WRITTEN, say, last)
    items = re.sub(rf"{SPACE}?و{SPACE}?(?=ال)", " و", items).replace("الى", "إلى")
    era = match["era"] or ""
    century = _ERAS.get(era[:1], "") if name == "قرن" else ""
    return f"{prefix}{name} {match['from'] or ''}{items}{century or (era and ' ' + era)}"


def say_definite(match: re.Match[str], place: Place) -> str | None:
    """Say الـ with a figure: an ordinal after a singular, a cardinal after a plural."""
    if not place.article:
        return None
    number, word = int(match["number"]), place.word_before
    if number == 0 or is_year(number):
        return None
    case = place.phrase_case
    if word in {"سن", "بسن", "وسن", "لسن"} or _OF_AGE.match(place.after):
        return ordinal(number, gender=Gender.FEMININE, case=case)
    if case is Case.ACCUSATIVE or word.endswith("ين"):
        case = Case.GENITIVE
    event = _EVENT.search(place.before)
    many = None if event else _plural_gender(word) or _members(place.before)
    if many is not None and number > 1:
        return definite_form(say_figure(figure(match["number"]), gender=many, case=case))
    if not event and (word in _GROUPS or (place.governed and word not in NOUNS)):
        case = Case.GENITIVE if word in _GROUPS else case
        return definite_form(say_figure(figure(match["number"]), case=case))
    return ordinal(number, gender=_gender(event[1] if event else word), case=case)


def say_definite_bare(match: re.Match[str], place: Place) -> str | None:
    """Say a figure between a definite plural and its adjective as if it had its article."""
    many, number = _plural_gender(place.word_before), figure(match["number"])
    if (
        many is None
        or place.article
        or place.preposition
        or place.conjunction
        or number.number in {None, 0, 1}
    ):
        return None
    case = Case.NOMINATIVE if place.phrase_case is Case.NOMINATIVE else Case.GENITIVE
    return definite_form(say_figure(number, gender=many, case=case))


def _is_numbered(name: str, match: re.Match[str], place: Place) -> bool:
    """Say whether figures number the noun before them, and count neither it nor what follows."""
    items = match["items"]
    numbers = [int(number) for number in re.findall(r"\d+", items)]
    following = re.match(rf"{SPACE}?([{LETTERS}]+)", place.after)
    if following and (_is_counted(following[1], numbers[-1]) or (not match["noun"] and counts(following[1]))):
        return False
    if name in _PLURALS and ("ال" in items or (items.isdecimal() and re.match(rf"{SPACE}ال", place.after))):
        return not re.fullmatch(r"\d+|ال.*\d+", items)  # So many of them: «الجولات الـ5 الماضية».
    # This season is a time: «أحرز هذا الموسم 30».
    return 0 not in numbers and (place.word_before not in {"هذا", "هذه"} or "ال" in items)


def _is_counted(word: str, number: int) -> bool:
    """Say whether a word behind a figure is what it counts: «خلال اليوم 25 حريقا»; not «المركز 25 عالميا».

    Three to ten count a plural: in «بالزنقة 8 رقم 17» nothing is counted.
    """
    if 3 <= number % 100 <= 10 and word in NOUNS:
        return word == NOUNS[word].plural
    tanwin = word.endswith("ا") and not word.endswith("يا") and len(word) > 3 and counts(word)
    return word in _COUNTED or word in SCALE_WORDS or tanwin


def _gender(word: str) -> Gender:
    bare = re.sub(r"^[وف]?(?:[بك]?ال|لل)", "", word)
    with_pronoun = _WITH_PRONOUN.fullmatch(word) and not _OWN_T.fullmatch(word)
    feminine = (
        bare.endswith("ة") or bare in _FEMININE_IN_YA or with_pronoun or _GENDERS.get(bare) is Gender.FEMININE
    )
    return Gender.FEMININE if feminine else Gender.MASCULINE


def _members(before: str) -> Gender | None:
    """Give the gender of «أعضاء» in «أعضاء المجلس الـ15»; none where the ordinal is of the second noun."""
    of = re.search(rf"(?<!\S)[وفبل]?(\S+){SPACE}ال\S+{SPACE}?\Z", before)
    return _MEMBERS.get(of[1]) if of else None


def _plural_gender(word: str) -> Gender | None:
    """Give the gender of the singular of a definite plural; none for a singular.

    >>> _plural_gender("الدول"), _plural_gender("المتهمين"), _plural_gender("المؤتمر")
    (<Gender.FEMININE: 1>, <Gender.MASCULINE: 0>, None)
    >>> _plural_gender("العناقيد"), _plural_gender("الصحائف"), _plural_gender("النهائي")
    (<Gender.MASCULINE: 0>, <Gender.FEMININE: 1>, None)
    """
    article = re.match(r"[وف]?(?:[بك]?ال|لل)", word)
    if not article:
        return None
    bare = word[article.end() :]
    if bare in _PLURALS:
        return _GENDERS[bare]
    known = NOUNS.get(bare)
    if known is not None:
        return known.gender if bare == known.plural else None
    if bare in _PLURALS_IN_TA or _BROKEN.fullmatch(bare):
        return guess(bare, 3).gender
    ending = _PLURAL_ENDING.search(bare)
    if ending is None or len(bare) < 5:
        return None
    return Gender.FEMININE if ending[0] == "ات" else Gender.MASCULINE
