"""Figures that say which one: «المادة 11», «المؤتمر الـ21», «الدول الـ27»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.figures import figure, say_figure
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import Case, Gender, definite_form, ordinal
from nashra.arabic.patterns import SPACE, START, either, words
from nashra.arabic.place import CLITIC
from nashra.arabic.quantities import is_year

if TYPE_CHECKING:
    from nashra.arabic.place import Place

# Nouns that a bare figure numbers, by gender; then their duals and plurals.
_NUMBERED = {
    Gender.FEMININE: (
        *words(
            "مادة دورة مرتبة نسخة دقيقة ذكرى جولة لجنة قناة صفحة فقرة حلقة قمة رتبة مرحلة دائرة جلسة طبعة فئة"
        ),
        *words("مجموعة غرفة مقاطعة مادتين مادتان مواد دورتين جولتين آية سورة وحدة محطة مرة رحلة خانة"),
    ),
    Gender.MASCULINE: (
        *words("فصل مركز طابق باب بند قرن جزء مؤتمر فوج دور صف مستوى شوط عقد يوم أسبوع شهر صنف مقعد ملحق"),
        *words("فصلين فصلان فصول بندين بنود أسدس موعد خط ميناء لواء قسم سطر حزام"),
    ),
}
_GENDERS = {noun: gender for gender, nouns in _NUMBERED.items() for noun in nouns}
_ITEM = rf"(?:الـ?{SPACE}?)?\d{{1,3}}(?!\d|[.,٫:/]\d|{SPACE}?[%٪])"
NUMBERED = re.compile(
    rf"{START}(?P<prefix>[وف]?(?:[بك]?ال|لل))(?P<noun>{either(_GENDERS)}){SPACE}"
    rf"(?P<items>{_ITEM}(?:(?:{SPACE}?[و،]{SPACE}?|{SPACE}(?:أو|إلى|الى){SPACE}){_ITEM}){{0,9}})"
)
DEFINITE = re.compile(rf"{CLITIC}(?<=[لـ {LETTERS}])(?P<number>\d{{1,4}})(?!\d|[.,٫:/]\d|{SPACE}?[%٪])")

# Indefinite before الـ, these have as many members: «مجموعة الـ77».
_GROUPS = frozenset(words("مجموعة قمة نادي لجنة مبادرة"))
_FEMININE_IN_YA = frozenset(words("ذكرى كبرى صغرى عظمى أولى أخرى وسطى بشرى قصوى"))
_PLURAL_ENDING = re.compile(r"(?:ين|ون|ات)$")
# A feminine noun with a pronoun: دورتها, نسخته; not بيته, صوتها, whose ت is their own.
_WITH_PRONOUN = re.compile(rf"[{LETTERS}]{{2,}}ت(?:ها|هما|هم|هن|ه|ي|نا|ك|كم)")
_OWN_T = re.compile(r"(?:.?[وفبلك])?(?:بيت|صوت|وقت|موت|زيت|بنت|أخت|نبات|ثبات)(?:ها|ه|هم|نا|ي)")


def say_numbered(match: re.Match[str], place: Place) -> str | None:
    """Say the ordinals that number a noun; a year or a counted noun behind them is none."""
    prefix, name = match["prefix"], match["noun"]
    following = re.match(rf"{SPACE}?([{LETTERS}]+)", place.after)
    numbers = [int(number) for number in re.findall(r"\d+", match["items"])]
    if 0 in numbers or (following and following[1] in NOUNS):
        return None
    oblique = prefix[-2:] == "لل" or prefix.endswith(("بال", "كال")) or name.endswith("ين")
    case = Case.GENITIVE if oblique else place.phrase_case
    gender = _GENDERS[name]

    def say(item: re.Match[str]) -> str:
        return ordinal(int(item[1]), gender=gender, case=case)

    items = re.sub(rf"(?:الـ?{SPACE}?)?(\d+)", say, match["items"])
    items = re.sub(rf"{SPACE}?و{SPACE}?(?=ال)", " و", items).replace("الى", "إلى")
    return f"{prefix}{name} {items}"


def say_definite(match: re.Match[str], place: Place) -> str | None:
    """Say الـ with a figure: an ordinal after a singular, a cardinal after a plural."""
    if not place.article:
        return None
    number, word = int(match["number"]), place.word_before
    if number == 0 or is_year(number):
        return None
    case = place.phrase_case
    if case is Case.ACCUSATIVE or word.endswith("ين"):
        case = Case.GENITIVE
    many = _plural_gender(word)
    if many is not None and number > 1:
        return definite_form(say_figure(figure(match["number"]), gender=many, case=case, construct=True))
    if word in _GROUPS or (place.governed and word not in NOUNS):
        return definite_form(say_figure(figure(match["number"]), case=case))
    return ordinal(number, gender=_gender(word), case=case)


def _gender(word: str) -> Gender:
    bare = re.sub(r"^[وف]?(?:[بك]?ال|لل)", "", word)
    with_pronoun = _WITH_PRONOUN.fullmatch(word) and not _OWN_T.fullmatch(word)
    feminine = (
        bare.endswith("ة") or bare in _FEMININE_IN_YA or with_pronoun or _GENDERS.get(bare) is Gender.FEMININE
    )
    return Gender.FEMININE if feminine else Gender.MASCULINE


def _plural_gender(word: str) -> Gender | None:
    """Give the gender of the singular of a definite plural; none for a singular.

    >>> _plural_gender("الدول"), _plural_gender("المتهمين"), _plural_gender("المؤتمر")
    (<Gender.FEMININE: 1>, <Gender.MASCULINE: 0>, None)
    """
    article = re.match(r"[وف]?(?:[بك]?ال|لل)", word)
    if not article:
        return None
    bare = word[article.end() :]
    noun = NOUNS.get(bare)
    if noun is not None:
        return noun.gender if bare == noun.plural else None
    ending = _PLURAL_ENDING.search(bare)
    if ending is None or len(bare) < 5:
        return None
    return Gender.FEMININE if ending[0] == "ات" else Gender.MASCULINE
