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
    NO_SUBJECT,
    NOMINATIVE,
    REACHES,
    TRANSITIVE,
    VERB_OR_ACTION,
)
from nashra.arabic.currencies import CURRENCIES
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import SCALES, Case, Gender, ordinal
from nashra.arabic.patterns import SPACE, START, either, words
from nashra.arabic.units import UNITS


class Cue(NamedTuple):
    """A case and the word that asks for it; the word is empty at the beginning of a sentence."""

    case: Case
    word: str


_OWN = re.compile(
    r"[وف]?(?:عمر|سعر|ثمن|عدد|قدر|طول|وزن|عرض|علو|قيمت|مساحت|مدت|سن|ارتفاع|حجم|حمولت|مقدار|مبلغ|سعت|قدرت|طاقت"
    r"|نسبت|قوت|شدت|سرعت|كلفت|تكلفت|كميت|عمق|قطر|مسافت|ميزانيت|رأسمال|مجموع)(?:ه|ها|هم|هن|هما)"
)
_CALLS_FOR_ACTION = re.compile(
    rf"(?<!\S)[وفبل]?(?:تم|يتم|سيتم|جرى|يجري|من|عن|في|على|إلى|بعد|قبل|منذ|خلال|محاولة|عملية|جريمة|تهمة|مع|بين)"
    rf"{SPACE}\S+{SPACE}?\Z"
)
# Words of action by their shape: إنتاج, اجتماع, انتخاب, استثمار, توزيع, إحالة: the number is their object.
_ACTION = re.compile(r"(?:إ..ا.|ا.ت.ا.|ات.ا.|ان..ا.|است..ا.|ت..ي.)")
# With a preposition, also the nouns of تفاعل and تفعّل, which by themselves may be verbs: بتراجع, بتقدم.
_WITH_PREPOSITION = re.compile(r"[وف]?[بل]ت(?:.ا..|[^ا]{3})")
_FARTHEST = 7
_CLAUSE = re.compile(r"[.،؛:؟!\d]")
# «بلغت، حسب المندوبية، 22%»: what stands between the commas parts nothing.
_ASIDE = re.compile(
    rf"{SPACE}?،{SPACE}(?:حسب|بحسب|وفق|وفقا|طبقا|استنادا|خلال|في|إلى|عند|مع|منذ|برسم|على|من)"
    rf"{SPACE}[^،.؛:؟!]{{1,80}}،"
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
# «سعر صرف الدولار 9,95»: no verb. It stands in news of every day.
_RATE_OF = frozenset(words("سعر وسعر بسعر لسعر أسعار"))
_SIGNS = {"~": Case.GENITIVE, "≈": Case.GENITIVE, "<": Case.GENITIVE, ">": Case.GENITIVE}
_SIGNS |= {"=": Case.ACCUSATIVE, "≤": Case.ACCUSATIVE, "≥": Case.ACCUSATIVE}
"""Signs that are said as a word with a case: نحو, أقل من, يساوي."""
_WORD_OF_SIGN = re.compile(rf"{START}(?P<and>و?)(?:ناقص|زائد){SPACE}\Z")
"""Takes no part in the case: «إلى ناقص 12 درجة», «بين ناقص 5 وناقص 2»."""
_FIGURE_BEFORE = re.compile(
    rf"(?P<before>.*?)(?:[$€£%٪]{SPACE}?)?(?<![\d.,])[\d.,]+[%٪]?(?:{SPACE}[^\s\d،]+[23]?){{0,3}}?(?P<joint>{SPACE}?،?{SPACE}?(?:(?:أو|أي){SPACE})?)",
    re.DOTALL,
)
_LONGEST_ROW = 5
_CLITIC_AT_END = re.compile(rf"(?<![{LETTERS}])([وف]?)([بلك]?)(?:ال)?ـ*{SPACE}?\Z")
_HOURS = either(("الواحدة", *(ordinal(hour, gender=Gender.FEMININE) for hour in range(2, 13))))
# «ثلاثة ملايين و20 ألفا», «على الساعة الثالثة و20 دقيقة»: the number began in words, and its case was
# given before them.
_WORDED = re.compile(
    rf"(?<!\S)(?P<conjunction>[وف]?)(?P<preposition>[بلك]?)"
    rf"(?:(?:الساعة{SPACE})?(?:{_HOURS})(?:{SPACE}(?:صباحا|مساء|ليلا|زوالا))?"
    rf"|(?:مليون|مليار|ألف|مئة)ا?|[^\s\d]{{2,8}}{SPACE}(?:ملايين|ملايير|مليارات|آلاف)){SPACE}?\Z"
)
_EVERY = re.compile(rf"(?<!\S)[وفبل]?كل{SPACE}(?:يوم|سنة|عام|شهر|ليلة|أسبوع|ساعة|مرة){SPACE}?\Z")
_TIMES = re.compile(r"\d\s?[xX×*]\s?\Z")
_BEGINNING = re.compile(r"(?:\A|[.؟!:؛\n]\s*)[\s«“\"(\[–—-]*\Z")
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
    signed = _WORD_OF_SIGN.search(before)
    if signed:
        before, conjunction = before[: signed.start()], signed["and"]
    before, conjunction, preposition = _first_of_row(before, conjunction)
    if preposition:
        return Cue(Case.GENITIVE, preposition)
    if _TIMES.search(before):
        return Cue(Case.GENITIVE, "في")
    sign = before.rstrip(" \u00a0\u202f")[-1:]
    if sign in _SIGNS:
        return Cue(_SIGNS[sign], sign)
    if _BEGINNING.search(before):
        return Cue(Case.NOMINATIVE, "")
    word = before.replace("\u00a0", " ").rstrip(' \u202f«“"(').rpartition(" ")[2].lstrip('«“"([')
    if conjunction and word in _DUALS:
        return Cue(_DUALS[word], word)
    return _neighbour(word, before) or _farther(word, before)


def _first_of_row(before: str, conjunction: str) -> tuple[str, str, str]:
    """Go back to the first of a row of numbers: what stands before it, and its clitics.

    >>> _first_of_row("في 12 مدينة ", "و"), _first_of_row("بـ5 نقاط ", "و"), _first_of_row("بلغ مليون ", "و")
    (('في ', '', ''), ('', '', 'ب'), ('بلغ ', '', ''))
    """
    for _ in range(_LONGEST_ROW):
        found = _FIGURE_BEFORE.fullmatch(before)
        if not found or not (conjunction or found["joint"].strip()):
            break
        glued = _CLITIC_AT_END.search(found["before"])
        before, conjunction = found["before"], ""
        if glued:
            before, conjunction = before[: glued.start()], glued[1]
            if glued[2]:
                return before, conjunction, glued[2]
    worded = _WORDED.search(before) if conjunction else None
    if worded:
        return before[: worded.start()], worded["conjunction"], worded["preposition"]
    return before, conjunction, ""


def _neighbour(word: str, before: str) -> Cue | None:
    """Ask the word directly before; «قتل 12» is a passive unless something calls for an action.

    «كل يوم 20 شخصا» says nothing: a time is no governor.
    """
    if _EVERY.search(before):
        return None
    cue = governs(word)
    verb = cue is not None and cue.word == word and word in VERB_OR_ACTION
    return Cue(Case.NOMINATIVE, word) if verb and not _CALLS_FOR_ACTION.search(before) else cue


def _farther(word: str, before: str) -> Cue | None:
    """Ask a noun with a pronoun, of which the number is what is told, else the verb of the clause.

    The verb of such a noun touches it; a farther one has another object: «وقع صفقة قيمتها 22 مليونا».
    """
    own = _OWN.fullmatch(word)
    verb = _verb(" ".join(before.split()[-2:]) if own else before)
    if verb:
        return Cue(Case.ACCUSATIVE, verb)
    return Cue(Case.NOMINATIVE, word) if own else None


def _verb(before: str) -> str:
    """Find the verb whose object a number is, its subject being between; empty where there is none.

    Where a preposition follows the verb, no subject does: «قتل في الحادث 12 شخصا» is a passive.

    >>> _verb("بلغ عدد المصابين "), _verb("وقتل في الحادث "), _verb("كان عددهم "), _verb("كان اللاعبون ")
    ('بلغ', '', 'كان', '')
    >>> _verb("بلغت في نهاية يونيو "), _verb("بلغت النسبة، حسب المصدر ذاته، ")
    ('بلغت', 'بلغت')
    """
    clause: list[str] = _CLAUSE.split(_YEAR.sub("", _ASIDE.sub("", before)))[-1].split()[-_FARTHEST:]
    clause = [word for before, word in zip(["", *clause], clause, strict=False) if before not in _RATE_OF]
    for word, subject in zip(reversed(clause[:-1]), reversed(clause), strict=False):
        verb = word if word in TRANSITIVE else word[1:] if word[0] in "وف" else word
        if verb in TRANSITIVE or verb in {"البالغ", "البالغة"}:
            parted = subject in NO_SUBJECT or subject.startswith(("بال", "لل"))
            return "" if parted and verb not in REACHES else verb
        if verb in {"كان", "كانت", "أصبح"} and _OWN.fullmatch(clause[-1]):
            return verb
    return ""


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
    bound = stem.endswith("ة") and not re.match(r"ال|لل|[بك]ال", bare)
    action = _ACTION.fullmatch(stem) or _WITH_PREPOSITION.fullmatch(word)
    return Cue(Case.GENITIVE, stem) if bound or action else None
