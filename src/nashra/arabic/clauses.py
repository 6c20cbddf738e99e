"""A clause that begins with a verb: which word that is, where no table knows it."""

from __future__ import annotations

import re

from nashra.arabic.case_words import FRONTED, GENITIVE, NOMINATIVE
from nashra.arabic.letters import LETTERS
from nashra.arabic.nouns import NOUNS
from nashra.arabic.patterns import words

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
    تكاليف رسوم أسعار رأسمال سكان أعضاء هذا هذه ذلك تلك هناك إن أن لكن لأن لعل ليت كان قد لقد بل ثم حيث بينما
    فيما كما إذ لم لن لا ما
    """)
)


def first_verb(clause: list[str]) -> str:
    """Take what begins a clause for a verb or an action, if its subject follows and ends the clause.

    A number behind «لفظ البحر» is an object; in «قيمة الصفقة 12 مليونا» it is what is told.

    >>> [first_verb(clause.split()) for clause in ("لفظ البحر", "قيمة الصفقة", "غرق الأحد", "هذا المشروع")]
    ['لفظ', '', '', '']
    """
    if not 2 <= len(clause) <= _LONGEST_SUBJECT or any(word in _TIMES for word in clause):
        return ""
    first = clause[0] if clause[0] in NOUNS else clause[0].lstrip("وف") or clause[0]
    if first in NOUNS or first in GENITIVE | NOMINATIVE | FRONTED | _NO_VERBS:
        return ""
    verb = re.fullmatch(rf"(?!ال|[لب]ه)[{LETTERS}]{{2,}}(?<!ات)(?<![ةا])", first)
    named = all(re.match(rf"ال[{LETTERS}]{{2}}", word) for word in clause[1:])
    return first if verb and named else ""
