"""What a clause says of the number that ends it: the verb whose object it is, what is told, how long."""

from __future__ import annotations

import re

from nashra.arabic.case_words import (
    FRONTED,
    GENITIVE,
    LASTING,
    NO_SUBJECT,
    NOMINATIVE,
    REACHES,
    TRANSITIVE,
)
from nashra.arabic.letters import LETTERS, MARKS, strip_marks
from nashra.arabic.nouns import NOUNS
from nashra.arabic.patterns import SPACE, pattern, words

OWN = pattern(
    r"[وف]?(?:عمر|سعر|ثمن|عدد|قدر|طول|وزن|عرض|علو|قيمت|مساحت|مدت|سن|ارتفاع|حجم|حمولت|مقدار|مبلغ|سعت|قدرت|طاقت"
    r"|نسبت|قوت|شدت|سرعت|كلفت|تكلفت|كميت|عمق|قطر|مسافت|ميزانيت|رأسمال|مجموع)(?:ه|ها|هم|هن|هما)"
)
"""A noun with its owner, of which the number behind it is what is told."""
# «ارتفعت الصادرات 12 نقطة»: a verb of the past with its subject, whatever it means; not بنت, صوت.
_SHE = pattern(rf"[وف]?(?!(?:وقت|بيت|بنت|أخت|صوت|تحت|ثابت|مؤقت|زيت|نبت)\Z)[{LETTERS}]{{2,}}[^اوي]ت")
OPENING = '«“"(['
_FARTHEST = 7
_CLAUSE = pattern(r"[.،؛:؟!\d]")
# «بلغت، حسب المندوبية، 22%»: what stands between the commas parts nothing.
_ASIDE = pattern(
    rf"{SPACE}?،{SPACE}(?:حسب|بحسب|وفق|وفقا|طبقا|استنادا|خلال|في|إلى|عند|مع|منذ|برسم|على|من)"
    rf"{SPACE}[^،.؛:؟!]{{1,80}}،"
)
_WITH_U = pattern(
    rf"(?<![{LETTERS}{MARKS}])(?![وف]?[{MARKS}]?س?[يت])[{LETTERS}{MARKS}]*\u064f[{MARKS}]*(?!وا)[{LETTERS}][{LETTERS}{MARKS}]*"
)
_YEAR = pattern(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
# «سعر صرف الدولار 9,95»: no verb. It stands in news of every day.
_RATE_OF = frozenset(words("سعر وسعر بسعر لسعر أسعار"))
_LONGEST_SUBJECT = 4
# Times are no subjects: «غرق الأحد 12 شخصا».
_TIMES = frozenset(
    words("""
    اليوم الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأسبوع الشهر السنة العام الليلة الآن
    الموسم الماضي الماضية المقبل المقبلة الجاري الحالي
    """)
)
# Nouns of which the number is what is told, and particles.
_NO_VERBS = frozenset(
    words("""
    متوسط مجموع إجمالي عدد ثمن سعر معدل طول عرض عمر وزن عمق رصيد سن حجم أجر راتب ناتج أرباح ديون مداخيل خسائر
    تكاليف رسوم أسعار رأسمال سكان أعضاء موعد توقيت أذان هذا هذه ذلك تلك هناك إن أن لكن لأن لعل ليت كان قد لقد
    بل ثم حيث بينما فيما كما إذ لم لن لا ما
    """)
)


def verb_of(before: str) -> str:
    """Find the verb whose object a number is, its subject being between; empty where there is none.

    Where a preposition follows the verb, no subject does: «قتل في الحادث 12 شخصا» is a passive.

    >>> [verb_of(before) for before in ("بلغ عدد المصابين", "وقتل في الحادث", "كان عددهم", "كان اللاعبون")]
    ['بلغ', '', 'كان', '']
    >>> verb_of("بلغت في نهاية يونيو "), verb_of("بلغت النسبة، حسب المصدر ذاته، ")
    ('بلغت', 'بلغت')
    """
    clause = _clause(before)
    for word, subject in zip(reversed(clause[:-1]), reversed(clause), strict=False):
        verb = word if word in TRANSITIVE else word[1:] if word[0] in "وف" else word
        if verb in TRANSITIVE or verb in {"البالغ", "البالغة"}:
            parted = subject in NO_SUBJECT or subject.startswith(("بال", "لل"))
            return "" if parted and verb not in REACHES else verb
        if (
            (subject.startswith("ال") or subject in NOUNS)
            and _SHE.fullmatch(word)
            and (verb == "كانت" or verb not in NOMINATIVE | FRONTED)
        ):
            return verb
        if verb in {"كان", "كانت", "أصبح"} and OWN.fullmatch(clause[-1]):
            return verb
    return ""


def first_verb(before: str) -> str:
    """Take what begins a clause for a verb or an action, if its subject follows and ends the clause.

    A number behind «لفظ البحر» is an object; in «قيمة الصفقة 12 مليونا» it is what is told.

    >>> [first_verb(before) for before in ("لفظ البحر", "قيمة الصفقة", "غرق الأحد", "هذا المشروع")]
    ['لفظ', '', '', '']
    """
    clause = _clause(before)
    if not 2 <= len(clause) <= _LONGEST_SUBJECT or any(word in _TIMES for word in clause):
        return ""
    first = clause[0] if clause[0] in NOUNS else clause[0].lstrip("وف") or clause[0]
    if OWN.fullmatch(first) or first in NOUNS or first in GENITIVE | NOMINATIVE | FRONTED | _NO_VERBS:
        return ""
    verb = re.fullmatch(rf"(?!ال|[لب]ه)[{LETTERS}]{{2,}}(?<!ات)(?<![ةا])", first)
    named = all(re.match(rf"ال[{LETTERS}]{{2}}", word) for word in clause[1:])
    return first if verb and named else ""


def lasts(before: str) -> bool:
    """Say whether a time behind these words tells how long.

    >>> lasts("عاش في فرنسا "), lasts("وظلت "), lasts("مرت ")
    (True, True, False)
    """
    return any(word in LASTING or word[1:] in LASTING for word in _clause(before))


def passives(text: str) -> frozenset[int]:
    """Return where in the bare text a verb of the past ends that is passive by the u that its author wrote.

    In the present تُنتج has it too, and does something.

    >>> sorted(passives("ضُبط 3، واعتُقل 5، ومُدة كتبُوا ضبط تُنتج"))
    [3, 13]
    """
    found, end, place = [], 0, 0
    for word in _WITH_U.finditer(text):
        place += len(strip_marks(text[end : word.end()]))
        end = word.end()
        verb = strip_marks(word[0])
        if verb in TRANSITIVE or (verb[0] in "وف" and verb[1:] in TRANSITIVE):
            found.append(place)
    return frozenset(found)


def _clause(before: str) -> list[str]:
    """Give the last words of the clause, without the quotes that open before them and what parts nothing."""
    clause = _CLAUSE.split(_YEAR.sub("", _ASIDE.sub("", before)))[-1].split()
    bare = [word for word in (word.lstrip(OPENING) for word in clause) if word][-_FARTHEST:]
    return [word for before, word in zip(["", *bare], bare, strict=False) if before not in _RATE_OF]
