"""Verbs and neighbours that a diacritizer reads wrongly in the news, as forms of marked text.

Each was counted in 110,000 words of news before it was put here: what it finds is no word of the language, or
was wrong in three of four places.
"""

from __future__ import annotations

from nashra.arabic.letters import LETTERS, MARKS, SHADDA
from nashra.arabic.marked_forms import (
    AN,
    AND,
    CLITIC,
    DAMMA,
    END,
    FATHA,
    IN,
    KASRA,
    START,
    SUKUN,
    UN,
    VOWELS,
    WORD,
    M,
    any_of,
)
from nashra.arabic.patterns import words

# A letter of a verb's stem, what may stand before it, and its ends: he, she, they in the past; the present.
_C = f"[{LETTERS}]"
_SHE = f"{FATHA}ت[{SUKUN}{KASRA}]?{END}"
_PAST = f"(?:{_SHE}|{FATHA}{END}|{DAMMA}وا{END})"
_PRESENT = f"[{FATHA}{DAMMA}{SUKUN}]{END}"
# Nouns that a verb's form was put on («تَمَاسِكَ»), and plurals that have it by right.
_NO_VERBS = any_of("ترابط تضارب تماسك تجارب تذاكر توابل تراجم")

# Verbs of the first form that do something to something: with the i of a passive they are one.
_DONE = "|".join(
    f"{verb[0]}{FATHA}{verb[1]}{KASRA}{verb[2]}"
    for verb in words(
        """
        ضبط طرح رصد فتح وضع نقل قتل سرق دفن رفع منع حجز طرد سجن نشر عقد عرض قطع كشف رفض فرض حظر نصب صرف جمع
        ضرب خصم هدم سحب منح ذكر نهب خطف قصف رسم وجد
        """
    )
)

# What stands before the wrong vowel, the vowel, what stands behind it, the right one.
_FORMS = (
    ("passive of the first: ضُبِطَ", f"(?={_DONE}){_C}", FATHA, f"{_C}{KASRA}{_C}{_PAST}", DAMMA),
    ("passive of the second: خُصِّصَ", f"[^ا ]{DAMMA}{_C}{SHADDA}", FATHA, f"[^اةته ]{_PAST}", KASRA),
    ("passive of the fourth: أُلْغِيَ", "أ", FATHA, f"{_C}{SUKUN}{_C}{KASRA}ي{FATHA}{END}", DAMMA),
    (
        "she of the fourth: أُحْدِثَتْ",
        "أ",
        FATHA,
        f"{_C}{SUKUN}{_C}{KASRA}{_C}{FATHA}ت[{SUKUN}{KASRA}]?{END}",
        DAMMA,
    ),
    ("passive of the eighth: انْتُخِبَ", f"ا{_C}{SUKUN}ت", FATHA, f"{_C}{KASRA}{_C}{_PAST}", DAMMA),
    ("i of the eighth: افْتُتِحَ", f"ا{_C}{SUKUN}ت{DAMMA}{_C}", FATHA, f"{_C}{_PAST}", KASRA),
    ("passive of the tenth: اسْتُعْمِلَ", f"اس{SUKUN}ت", FATHA, f"{_C}{SUKUN}{_C}{KASRA}{_C}{_PAST}", DAMMA),
    ("i of the tenth: اسْتُعْمِلَ", f"اس{SUKUN}ت{DAMMA}{_C}{SUKUN}{_C}", FATHA, f"{_C}{_PAST}", KASRA),
    ("passive present: يُكْتَبُ", f"ي{DAMMA}[^وي ]{SUKUN}{_C}", DAMMA, f"[^وي ]{_PRESENT}", FATHA),
    ("present of the second: تُنَدِّدُ", "ت", FATHA, f"{_C}{FATHA}{_C}{SHADDA}{KASRA}[^ي ]{_PRESENT}", DAMMA),
    (
        "present of the third: تُوَاصِلُ",
        f"(?!{_NO_VERBS})ت",
        FATHA,
        f"{_C}{FATHA}ا{_C}{KASRA}[^ي ]{_PRESENT}",
        DAMMA,
    ),
    ("past of the fifth: تَحَدَّثَ", f"ت{FATHA}{_C}{FATHA}{_C}{SHADDA}{FATHA}{_C}", DAMMA, END, FATHA),
    ("past of the sixth: تَرَاجَعَ", f"ت{FATHA}{_C}{FATHA}ا{_C}{FATHA}{_C}", DAMMA, END, FATHA),
    ("a of the future: سَيَسْتَفِيدُ", "س", KASRA, f"[يت][{FATHA}{DAMMA}]{_C}{SUKUN}", FATHA),
)
VERBS = tuple(
    (name, f"({AND}{before}){wrong}(?={behind})", rf"\1{right}")
    for name, before, wrong, behind, right in _FORMS
)
"""Forms that no verb has, and the likely one: a past with the i of a passive mostly is one."""

_CASES = (("nominative", UN, DAMMA), ("accusative", AN, FATHA), ("genitive", IN, KASRA))
_ONE_SIDE = any_of("واحد ثالث آخر ثان محايد")
# «خدع الإنسان نفسه»: نفس is an object too, but not behind these.
_SAME = any_of("المصدر المتحدث المتحدثة المسؤول المسؤولة اليوم الوقت السياق الإطار الفترة السنة المنطقة")
_DEEDS = any_of("استقبل أعطى دشن بعث أصدر ترأس أدى عين وجه أعرب أكد قرر جدد ألقى وشح تفضل أجرى حل قام خص منح")
_MET = f"{any_of('لقي لقيت')}{M}"
_END_OF = any_of("مصرع")

# Who is named behind a title, and «himself», have the case of what stands before. @ is its vowel.
_AGREEING = (
    ("itself", f"{START}ال{WORD}(?<!ا)(?<!ات)@ {any_of('ذات')}", "(?=ه)"),
    ("himself", f"{_SAME}@ {any_of('نفس')}", "(?=ه)"),
    ("his majesty the king", f"{any_of('صاحب')}@ {any_of('الجلالة')}{M} {any_of('الملك')}", ""),
    ("his highness the prince", f"{any_of('صاحب')}@ {any_of('السمو-الملكي')}{M} {any_of('الأمير')}", ""),
    ("the king's name", f"{any_of('الملك')}@ {any_of('محمد')}", "(?= ال)"),
    ("the king's number", f"{any_of('الملك')}@ {any_of('محمد')}@ {any_of('السادس الخامس')}", ""),
)

NEIGHBOURS = (
    # An adverb of an adjective in ي doubles it; participles (ثانيا, محاميا) and verbal nouns (تحديا) do not.
    (
        "adverb in ya",
        f"({AND}(?!م|ت|{_C}{FATHA}?ا)[{LETTERS}{MARKS}]{{2,20}}{KASRA}ي)(?={AN}ا{END})",
        rf"\1{SHADDA}",
    ),
    # A masculine in the genitive behind a feminine is no adjective of hers but her owner: مُذَكِّرَةُ بَحْثٍ.
    *(
        (
            f"owner, {case}",
            f"((?<!ي{SHADDA}{FATHA})ة){tanwin}(?= (?!{CLITIC}){WORD}(?<![ةاتء])(?<!ي{SHADDA}){IN}{END})",
            rf"\1{vowel}",
        )
        for case, tanwin, vowel in _CASES
    ),
    ("she reaches", f"({AND}{any_of('بلغ تجاوز ناهز قارب')}){SUKUN}(?=ت{SUKUN}?{END})", rf"\1{FATHA}"),
    ("at an age of", f"({START}{any_of('عمر')}){FATHA}(?= {any_of('يناهز ناهز')})", rf"\1{IN}"),
    ("on the part of", f"({any_of('من-طرف')}){IN}(?= (?!{_ONE_SIDE}))", rf"\1{KASRA}"),
    ("the day yesterday", f"({any_of('يوم')}){IN}(?= {any_of('أمس')})", rf"\1{KASRA}"),
    *(
        (f"{name}, {case}", f"({form.replace('@', vowel)})[{VOWELS}]?{behind}", rf"\1{vowel}")
        for case, _tanwin, vowel in _CASES
        for name, form, behind in _AGREEING
    ),
    ("u of itself", f"({any_of('ذات نفس')}[{FATHA}{DAMMA}]ه)[{VOWELS}]?{END}", rf"\1{DAMMA}"),
    ("i of itself", f"({any_of('ذات نفس')}{KASRA}ه)[{VOWELS}]?{END}", rf"\1{KASRA}"),
    ("the king's deeds", f"({AND}{_DEEDS}{M} {any_of('جلالة')}){FATHA}(?= {any_of('الملك')})", rf"\1{DAMMA}"),
    # لَقِيَ طِفْلٌ مَصْرَعَهُ: who met it has no owner, and it is an object.
    ("who met his end", f"({_MET} (?!ال){WORD}){DAMMA}(?= {_END_OF})", rf"\1{UN}"),
    ("met his end", f"({_MET} (?:{WORD} ){{1,4}}{_END_OF})[{VOWELS}]?(?=ه)", rf"\1{FATHA}"),
    ("his own end", f"({_END_OF}{FATHA}ه){KASRA}", rf"\1{DAMMA}"),
)
"""What two words that stand together tell of each other."""
