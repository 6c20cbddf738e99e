"""Spaces where words end: two words written as one, one written as two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.patterns import END, START, either, pattern, words
from nashra.arabic.rewriting import after, substituted  # noqa: F401 doctests show steps with `after`

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nashra.model import Change

_SERVANT_OF = words("""
    الله الرحمن الرحيم العزيز الحميد الكريم القادر اللطيف الحق السلام الرزاق الغني الفتاح المجيد الوهاب
    الحكيم الخالق الإله الاله الحي الواحد الصمد الباسط الجبار الجليل العظيم العلي الغفور الغفار القدوس
    القهار الكبير المالك الملك المؤمن المنعم المولى النبي النور الهادي الودود الوارث الوكيل الرؤوف الصبور
    السميع البصير البارئ الباقي البر التواب الجواد الحسيب الحفيظ الحليم الدائم الرقيب الستار الشكور العالي
    المطلب المتين المجيب المحسن المعطي المهيمن الناصر النصير الأحد الاحد الكافي الفضيل القيوم الجميل النباوي
""")
_GLUED = pattern(
    rf"{START}(?P<first>[وفبلك]?(?:بن)?عبد(?!البيضاء)|[وفبلك]?الدار(?=البيضاء)|[وف]?لدار(?=البيضاء))"
    rf"(?P<second>{either(_SERVANT_OF)}|البيضاء|ال(?![{LETTERS}]*اوي{END})[{LETTERS}]{{4,}}){END}"
)
_PARTED = {
    "أبوظبي": "أبو ظبي",
    "ابوظبي": "أبو ظبي",
    "شاءالله": "شاء الله",
    "ماشاءالله": "ما شاء الله",
    "إنشاءالله": "إن شاء الله",
    "انشاءالله": "إن شاء الله",
    "إنشاء الله": "إن شاء الله",
    "انشاء الله": "إن شاء الله",
    "الحمدلله": "الحمد لله",
    "لا اله": "لا إله",
    "القران الكريم": "القرآن الكريم",
    "أبوبكر": "أبو بكر",
    "ابوبكر": "أبو بكر",
}
_PARTED_FORM = pattern(rf"{START}(?P<before>[وفبل]?)(?P<glued>{either(_PARTED)}){END}")
# «لا» written onto its word; «لازم», «لاحظ» are words of their own.
_DENIED = words("""
    بد شك زال زالت زالوا زالا زلت زلنا يزال تزال يزالون نزال يزالان يمكن تمكن يجوز تجوز يوجد توجد يتم تتم يعني
    تعني يجب يريد تريد يعرف تعرف يعلم يقل تقل يزيد تزيد يتجاوز تتجاوز يكون تكون يحق يخفى داعي مجال مفر محالة
    بأس ينبغي تنبغي يستطيع تستطيع يتعدى تتعدى يهم تهم يليق يكفي تكفي يقبل تقبل يحتاج تحتاج يمت تمت يعقل غير
    """)
_NOT_APART = pattern(rf"{START}(?P<and>[وف]?)لا(?P<word>{either(_DENIED)}){END}")
_TORN = {"عر ض": "عرض", "ضم ته": "ضمته"}
_TORN_FORM = pattern(rf"{START}(?P<and>[وف]?)(?P<torn>{either(_TORN)}){END}(?![{MARKS}ـ.])")


def glued_names(text: str) -> Iterator[Change]:
    """Part the two words of a name, or of a phrase.

    >>> after("عبدالله وعبدالعزيز بنعبدالله الدارالبيضاء", glued_names)
    'عبد الله وعبد العزيز بنعبد الله الدار البيضاء'
    >>> after("عبدالاله أبوظبي إن شاءالله", glued_names)
    'عبد الإله أبو ظبي إن شاء الله'
    >>> after("عبدالي عبدالاوي عبدا عبد الله", glued_names)
    'عبدالي عبدالاوي عبدا عبد الله'
    """
    yield from sorted(
        (
            *substituted("glued names", _GLUED, _parted, text),
            *substituted(
                "glued names", _PARTED_FORM, lambda match: match["before"] + _PARTED[match["glued"]], text
            ),
        ),
        key=lambda change: change.start,
    )


def _parted(name: re.Match[str]) -> str:
    return f"{name['first']} {'الإله' if name['second'] == 'الاله' else name['second']}"


def glued_no(text: str) -> Iterator[Change]:
    """Part «لا» from the word that it denies: glued, it is taken for a لِ before an أ.

    >>> after("لايمكن ولابد، لازالت لا يزال لازم لاعب لاحقا لاسيما", glued_no)
    'لا يمكن ولا بد، لا زالت لا يزال لازم لاعب لاحقا لاسيما'
    """
    return substituted("glued لا", _NOT_APART, r"\g<and>لا \g<word>", text)


def torn_words(text: str) -> Iterator[Change]:
    """Join the words that are known to lose a shadda and get a space; most such pairs are two words.

    >>> after("عر ض الفيلم، وضم ته، من هم", torn_words)
    'عرض الفيلم، وضمته، من هم'
    """
    return substituted("torn words", _TORN_FORM, lambda match: match["and"] + _TORN[match["torn"]], text)
