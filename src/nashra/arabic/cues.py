"""The case of a number, from words that can be named: prepositions, إنّ, iḍāfa, a verb and its object.

There is no parser here. Between genitive and accusative little is heard; what matters is ون against
ين and ان against ين. Where no word decides, nobody is asked: the caller takes its default and says so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nashra.arabic.case_words import (
    ACCUSATIVE,
    GENITIVE,
    NOMINATIVE,
    SHE_OR_HE,
    THERE,
    TRANSITIVE,
    VERB_OR_ACTION,
)
from nashra.arabic.clauses import OPENING, OWN, first_verb, verb_of
from nashra.arabic.currencies import CURRENCIES
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import SCALES, Case
from nashra.arabic.patterns import SPACE, pattern, words
from nashra.arabic.rows import first_of_row
from nashra.arabic.units import UNITS


class Cue(NamedTuple):
    """A case and the word that asks for it; the word is empty at the beginning of a sentence."""

    case: Case
    word: str


_CALLS_FOR_ACTION = pattern(
    rf"(?<!\S)[وفبل]?(?:تم|يتم|سيتم|جرى|يجري|من|عن|في|على|إلى|بعد|قبل|منذ|خلال|إثر|جراء|سبب|عقب|رغم|دون|نتيجة"
    r"|أجل|محاولة|عملية|جريمة|تهمة|مع|بين)"
    rf"{SPACE}\S+{SPACE}?\Z"
)
# Words of action by their shape: إنتاج, اجتماع, انتخاب, استثمار, توزيع, إحالة: the number is their object.
# Not استفاد and استعاد, which are verbs.
_ACTION = pattern(r"(?:إ..ا.|ا(?!ست[^منب]).ت.ا.|ات.ا.|ازد.ا.|ا[صض]ط.ا.|ان..ا.|است..ا.|ت..ي.)")
# «مسجلا 22 هدفا»: a participle in the accusative and its object; not «مؤخرا» and «محليا».
_PARTICIPLE = pattern(
    rf"[وف]?(?!مؤخرا|مجددا|مؤقتا|مسبقا|مجانا|مليونا|مليارا|سابقا|لاحقا|دائما|غالبا|نادرا|جاهزا|كاملا|واحدا)"
    rf"(?:م[{LETTERS}]{{2,}}[^يه](?<!هم)|[{LETTERS}]ا[{LETTERS}][^يهن])ا"
)
# With a preposition also the nouns of تفاعل and تفعّل, which by themselves may be verbs: بتراجع, بتقدم.
_EVENT = r"(?!تونس)ت(?:.ا..|[^ا]{3})"
_WITH_PREPOSITION = pattern(rf"[وف]?[بل]{_EVENT}")
_CITIES = frozenset(words("غزة طنجة سبتة مكة تازة وجدة جدة خريبكة خنيفرة بوزنيقة قسنطينة عنابة سوسة صعدة"))
_AFTER_INNA = pattern(rf"(?<!\S)[وف]?(?:[بلك]?[إأ]ن|ان|لكن){SPACE}\S+{SPACE}?\Z")
_SIGNS = {"~": Case.GENITIVE, "≈": Case.GENITIVE, "<": Case.GENITIVE, ">": Case.GENITIVE}
_SIGNS |= {"=": Case.ACCUSATIVE, "≤": Case.ACCUSATIVE, "≥": Case.ACCUSATIVE}
"""Signs that are said as a word with a case: نحو, أقل من, يساوي."""
_EVERY = pattern(rf"(?<!\S)[وفبل]?كل{SPACE}(?:يوم|سنة|عام|شهر|ليلة|أسبوع|ساعة|مرة){SPACE}?\Z")
_OF_AGE = pattern(rf"من{SPACE}+العمر{SPACE}?\Z")
# «الشركة تعرض 12 سيارة»: what is hers stands in front, so that the verb is hers too.
_SHE_BEFORE = pattern(rf"(?:\A|[.،؛:؟!«“\"]){SPACE}?[وف]?ال[{LETTERS}]+(?:ة|ات){SPACE}\S+{SPACE}?\Z")
# «تم وضع 12 قاصرا»: what is done, whatever it is, and its object.
_DONE = pattern(rf"(?<!\S)[وف]?(?:س?[يت]تم|تمت?|جرى|جرت|س?[يت]جري){SPACE}(?!ال)[{LETTERS}]{{2,}}{SPACE}?\Z")
_TIMES = pattern(r"\d\s?[xX×*]\s?\Z")
# «انتخب خالد خوجة (50 عاما) رئيسا»: an age in brackets begins anew.
_IN_BRACKETS = pattern(rf"\({SPACE}?\Z")
_BEGINNING = pattern(r"(?:\A|[.؟!:؛\n]\s*)[\s«“\"(\[–—-]*\Z")
_COUNTED = (*NOUNS.values(), *SCALES.values(), *(unit.noun for unit in (UNITS | CURRENCIES).values()))
_DUALS = {noun.dual: Case.NOMINATIVE for noun in _COUNTED}
_DUALS |= {dual.removesuffix("ان") + "ين": Case.GENITIVE for dual in _DUALS}


@lru_cache(maxsize=64)  # Asked again for a note: what would the number be in another case?
def cue_after(before: str, conjunction: str) -> Cue | None:
    """Find what gives its case to a number after these words; «و» and «أو» go back to the first of a row.

    >>> [cue_after(before, "") for before in ("منذ ", "إن ", "أوقفت الشرطة ", "قتل في الحادث ", "")]
    [Cue(case=<Case.GENITIVE: 1>, word='منذ'), Cue(case=<Case.ACCUSATIVE: 2>, word='إن'), \
Cue(case=<Case.ACCUSATIVE: 2>, word='أوقفت'), None, Cue(case=<Case.NOMINATIVE: 0>, word='')]
    >>> cue_after("ما بين 2008 ", "و"), cue_after("ساعتين ", "و")
    (Cue(case=<Case.GENITIVE: 1>, word='بين'), Cue(case=<Case.GENITIVE: 1>, word='ساعتين'))
    """
    before, conjunction, preposition = first_of_row(before, conjunction)
    if preposition:
        return Cue(Case.GENITIVE, preposition)
    if _TIMES.search(before):
        return Cue(Case.GENITIVE, "في")
    sign = before.rstrip(" \u00a0\u202f")[-1:]
    if sign in _SIGNS:
        return Cue(_SIGNS[sign], sign)
    word = before.replace("\u00a0", " ").rstrip(f" \u202f{OPENING}").rpartition(" ")[2].lstrip(OPENING)
    if _BEGINNING.search(before) or (_IN_BRACKETS.search(before) and not _is_governor(word)):
        return Cue(Case.NOMINATIVE, "")
    if conjunction and word in _DUALS:
        return Cue(_DUALS[word], word)
    cue = _neighbour(word, before) or _farther(word, before)
    verb = "" if cue or conjunction else first_verb(before)
    return Cue(Case.ACCUSATIVE, verb) if verb else cue


def _neighbour(word: str, before: str) -> Cue | None:
    """Ask the word directly before; «قتل 12» is a passive unless something calls for an action.

    «كل يوم 20 شخصا» says nothing: a time is no governor.
    """
    if _EVERY.search(before) or (word == "العمر" and not _OF_AGE.search(before)):
        return None
    if _DONE.search(before):
        return Cue(Case.GENITIVE, word)
    cue = governs(word)
    told = cue is None or cue.case is Case.NOMINATIVE
    if told and re.fullmatch(_EVENT, word) and _CALLS_FOR_ACTION.search(before):
        return Cue(Case.GENITIVE, word)
    if cue is not None and cue.word in THERE and _AFTER_INNA.search(before):
        return Cue(Case.ACCUSATIVE, cue.word)
    if cue is not None and word in SHE_OR_HE and _SHE_BEFORE.search(before):
        return Cue(Case.ACCUSATIVE, word)
    bare = word[1:] if word[:1] in {"و", "ف"} else word
    verb = cue is not None and cue.word == bare and bare in VERB_OR_ACTION
    action = _CALLS_FOR_ACTION.search(before) or (bare != word and _is_action_before(before))
    return Cue(Case.NOMINATIVE, word) if verb and not action else cue


def _is_governor(word: str) -> bool:
    cue = governs(word)
    return is_action(word) or (cue is not None and cue.word in GENITIVE | ACCUSATIVE)


def _is_action_before(before: str) -> bool:
    """Say whether the word before the last one is an action, which و goes on with: «بتهمة خطف وقتل 3»."""
    word = " ".join(before.split()[-2:-1])
    cue = governs(word)
    return is_action(word.removeprefix("ال")) or (cue is not None and cue.word in GENITIVE)


def _farther(word: str, before: str) -> Cue | None:
    """Ask a noun with a pronoun, of which the number is what is told, else the verb of the clause.

    The verb of such a noun touches it; a farther one has another object: «وقع صفقة قيمتها 22 مليونا».
    """
    own = OWN.fullmatch(word)
    verb = verb_of(" ".join(before.split()[-2:]) if own else before)
    if verb:
        return Cue(Case.ACCUSATIVE, verb)
    return Cue(Case.NOMINATIVE, word) if own else None


def is_action(word: str) -> bool:
    """Say whether a word is one of action by its shape.

    >>> is_action("توظيف"), is_action("قانون")
    (True, False)
    """
    return _ACTION.fullmatch(word) is not None


def governs(word: str) -> Cue | None:
    """Say the case that a word gives to a number directly after it; None where it has no say.

    >>> governs("مشاركة"), governs("ولحوالي"), governs("طاولات")
    (Cue(case=<Case.GENITIVE: 1>, word='مشاركة'), Cue(case=<Case.GENITIVE: 1>, word='حوالي'), None)
    """
    word = word.replace("\u00a0", " ").rpartition(" ")[2]
    bare = word[1:] if len(word) > 2 and word[0] in "وف" else word
    stem = bare[1:] if len(bare) > 3 and bare[0] in "بلك" else bare
    for case, table in (
        (Case.ACCUSATIVE, ACCUSATIVE),
        (Case.GENITIVE, GENITIVE),
        (Case.NOMINATIVE, NOMINATIVE),
    ):
        found = next((form for form in (word, bare, stem) if form in table), None)
        # No verb stands behind a preposition: «بتراجع», «بنقص» are nouns.
        behind = found == stem != bare
        no_verb = case is Case.ACCUSATIVE and found in TRANSITIVE and bare[0] in "بك"
        if found and not (behind and (no_verb or case is Case.NOMINATIVE)):
            return Cue(case, found)
    if _PARTICIPLE.fullmatch(word):
        return Cue(Case.ACCUSATIVE, word)
    bound = stem.endswith("ة") and not re.match(r"ال|لل|[بك]ال", bare) and stem not in _CITIES
    action = _ACTION.fullmatch(stem) or _WITH_PREPOSITION.fullmatch(word)
    return Cue(Case.GENITIVE, stem) if bound or action else None
