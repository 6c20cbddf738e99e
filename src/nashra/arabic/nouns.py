"""The nouns that follow numbers in news, and a guess at those that are not listed.

A number must know the gender of the singular, and 3 to 10 show only the plural. ات says little:
دولارات and قرارات are masculine. Hence the lists of `noun_words`.
"""

from __future__ import annotations

import re

from nashra.arabic.letters import LETTERS
from nashra.arabic.noun_words import (
    FEMININE,
    FEMININE_PLURALS,
    LISTED,
    MASCULINE_IN_HAMZA,
    MASCULINE_IN_TA,
    MASCULINE_PLURALS,
)
from nashra.arabic.numbers import Gender, Noun
from nashra.arabic.patterns import pattern, words

# Action words; a weak root has the shape of the feminine تزكية and تصفية, as has استشارة that of a root in ا.
_ACTIONS = pattern(
    r"(?:إ..ا.|ا(?!س).ت.ا.|استماع|استلام|ات.ا.|از?د.ا.|ا[صض]ط.ا.|اطلاع|ان..ا.|است..ا.|ت..ي.|ت..[^ي]|ت.ا..|لقاء|نداء|عطاء"
    r"|.{2,}وه)ات"
)
# قبائل, جرائم, هدايا: the plurals of فعيلة and فعالة.
_FEMININE_SHAPE = pattern(r"(?:..?ائ.|..?ايا)")
# Words after a number that it does not count.
_NO_NOUN = frozenset(
    words("""
    من في إلى الى على عن منذ خلال بعد قبل بين عند لدى مع ضد عبر حسب وفق ضمن أو أم ثم أي إن أن ان قد
    لم لن لا ما هو هي هم كان كانت حيث كما إذ إذا فقط أيضا كذلك تقريبا سنويا يوميا شهريا أسبوعيا
    عالميا وطنيا صباحا مساء ليلا ظهرا زوالا بل لكن حتى هذا هذه ذلك تلك الذي التي الذين أمام لصالح
    مقابل حوالي نحو أكثر أقل فوق تحت دون غير سوى ميكا
    """)
)
WORD = rf"[{LETTERS}]{{2,}}"


def noun(singular: str, plural: str, gender: Gender | None = None) -> Noun:
    """Build the forms of a noun from two; without `gender`, ة decides.

    >>> noun("سنة", "سنوات").dual, noun("درهم", "دراهم").accusative, noun("مستشفى", "مستشفيات").dual
    ('سنتان', 'درهما', 'مستشفيان')
    """
    if gender is None:
        gender = Gender.FEMININE if _is_feminine(singular) else Gender.MASCULINE
    changed = {"ة": "ت", "ى": "ي"}.get(singular[-1])
    dual = (singular[:-1] + changed if changed else singular) + "ان"
    bare = bool(changed) or singular.endswith("اء")
    return Noun(singular, dual, plural, singular if bare else singular + "ا", gender)


def forms(noun: Noun) -> tuple[str, ...]:
    """List every form that may be written after a number."""
    dual = noun.dual.removesuffix("ان")
    return (noun.singular, noun.plural, noun.accusative, noun.dual, dual + "ين", dual + "ا", dual + "ي")


def by_form(nouns: list[Noun]) -> dict[str, Noun]:
    """Index nouns by their forms; of two nouns that share a form, the first has it."""
    return {form: noun for noun in reversed(nouns) for form in reversed(forms(noun))}


def _listed() -> list[Noun]:
    rows = [row.split() for row in LISTED.split("،")]
    return [noun(singular, plural) for singular, *plurals in rows for plural in plurals]


def _is_feminine(singular: str) -> bool:
    """Judge a singular by its form; those in ى are feminine unless they begin with the م of a place.

    >>> [_is_feminine(word) for word in ("طفرة", "خليفة", "بلوى", "مقهى", "حرب", "مكبر")]
    [True, False, True, False, True, False]
    """
    in_ya = len(singular) > 3 and singular.endswith("ى") and not singular.startswith("م")
    in_ta = singular.endswith("ة") and singular not in MASCULINE_IN_TA
    return in_ta or in_ya or singular in FEMININE


_ALL = _listed()
NOUNS = by_form(_ALL)
"""Every written form of a listed noun, with the noun that has the plural as written."""
_PLURALS = {noun.plural: noun for noun in reversed(_ALL)}
_SINGULARS = {form: noun for noun in reversed(_ALL) for form in (noun.accusative, noun.singular)}


def listed(word: str, number: int) -> Noun | None:
    """Give the listed noun that a word is after a number: «3 جمل» are sentences, «20 جمل» are camels.

    >>> [noun.singular for number in (3, 20) if (noun := listed("دور", number))]
    ['دار', 'دور']
    """
    asked_for = _PLURALS if 3 <= number % 100 <= 10 else _SINGULARS
    return asked_for.get(word) or NOUNS.get(word)


def counts(word: str) -> bool:
    """Say whether a word after a number can be what is counted: indefinite, and no particle.

    >>> counts("صحنا"), counts("الماضية"), counts("حسب")
    (True, False, False)
    """
    return word not in _NO_NOUN and not re.match(r"[وفبك]?ال|لل", word)


def guess(word: str, number: int) -> Noun:
    """Take a noun that is not listed as written, with the gender that its form suggests.

    >>> [guess(word, 5).gender.name for word in ("كفاءات", "احتجاجات", "عرائض", "مفاعل")]
    ['FEMININE', 'MASCULINE', 'FEMININE', 'MASCULINE']
    >>> [guess(word, 5).gender.name for word in ("تزكيات", "تفاهمات", "استمارات", "استوديوهات")]
    ['FEMININE', 'MASCULINE', 'FEMININE', 'MASCULINE']
    >>> guess("طفرة", 12).gender.name, guess("مكبرا", 12).gender.name
    ('FEMININE', 'MASCULINE')
    """
    if 3 <= number % 100 <= 10:
        in_at = word.endswith("ات") and not _ACTIONS.fullmatch(word) and word not in MASCULINE_PLURALS
        shape = _FEMININE_SHAPE.fullmatch(word) and word not in MASCULINE_IN_HAMZA
        feminine = in_at or bool(shape) or word in FEMININE_PLURALS
    else:
        feminine = _is_feminine(word.removesuffix("ا"))
    return Noun(word, word, word, word, Gender.FEMININE if feminine else Gender.MASCULINE)
