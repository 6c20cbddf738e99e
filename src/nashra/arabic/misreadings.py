"""Verbs and neighbours that a diacritizer reads wrongly in the news, as forms of marked text.

Each was counted in 110,000 words of news before it was put here: what it finds is no word of the language, or
was wrong in three of four places.
"""

from __future__ import annotations

from functools import cache

from nashra.arabic.letters import LETTERS, MARKS, SHADDA, strip_marks
from nashra.arabic.lexicon import shipped
from nashra.arabic.patterns import pattern, words

_FATHA, _DAMMA, _KASRA, _SUKUN = "\u064e", "\u064f", "\u0650", "\u0652"
_AN, _UN, _IN = "\u064b", "\u064c", "\u064d"
_VOWELS = "\u064b-\u0650"

_M = f"[{MARKS}]{{0,3}}"
_START = f"(?<![{LETTERS}{MARKS}])"
_END = f"(?![{LETTERS}{MARKS}])"


def _any(bare: str) -> str:
    """Write the choice of some words with whatever marks; a hyphen is the space inside one.

    >>> pattern(_any("في من-طرف")).fullmatch("مِنْ طَرَف") is not None
    True
    """
    return "(?:" + "|".join(_M.join(word.replace("-", " ")) for word in words(bare)) + ")"


# A letter of a verb's stem, what may stand before it, and its ends: he, she, they in the past; the present.
_C = f"[{LETTERS}]"
_AND = f"{_START}(?:[وف]{_FATHA})?+"
_SHE = f"{_FATHA}ت[{_SUKUN}{_KASRA}]?{_END}"
_PAST = f"(?:{_SHE}|{_FATHA}{_END}|{_DAMMA}وا{_END})"
_PRESENT = f"[{_FATHA}{_DAMMA}{_SUKUN}]{_END}"
# Nouns that a verb's form was put on («تَمَاسِكَ»), and plurals that have it by right.
_NO_VERBS = _any("ترابط تضارب تماسك تجارب تذاكر توابل تراجم")

# Verbs of the first form that do something to something: with the i of a passive they are one.
_DONE = "|".join(
    f"{verb[0]}{_FATHA}{verb[1]}{_KASRA}{verb[2]}"
    for verb in words(
        """
        ضبط طرح رصد فتح وضع نقل قتل سرق دفن رفع منع حجز طرد سجن نشر عقد عرض قطع كشف رفض فرض حظر نصب صرف جمع
        ضرب خصم هدم سحب منح ذكر نهب خطف قصف رسم وجد
        """
    )
)

# What stands before the wrong vowel, the vowel, what stands behind it, the right one.
_FORMS = (
    ("passive of the first: ضُبِطَ", f"(?={_DONE}){_C}", _FATHA, f"{_C}{_KASRA}{_C}{_PAST}", _DAMMA),
    ("passive of the second: خُصِّصَ", f"[^ا ]{_DAMMA}{_C}{SHADDA}", _FATHA, f"[^اةته ]{_PAST}", _KASRA),
    ("passive of the fourth: أُلْغِيَ", "أ", _FATHA, f"{_C}{_SUKUN}{_C}{_KASRA}ي{_FATHA}{_END}", _DAMMA),
    (
        "she of the fourth: أُحْدِثَتْ",
        "أ",
        _FATHA,
        f"{_C}{_SUKUN}{_C}{_KASRA}{_C}{_FATHA}ت[{_SUKUN}{_KASRA}]?{_END}",
        _DAMMA,
    ),
    ("passive of the eighth: انْتُخِبَ", f"ا{_C}{_SUKUN}ت", _FATHA, f"{_C}{_KASRA}{_C}{_PAST}", _DAMMA),
    ("i of the eighth: افْتُتِحَ", f"ا{_C}{_SUKUN}ت{_DAMMA}{_C}", _FATHA, f"{_C}{_PAST}", _KASRA),
    ("passive of the tenth: اسْتُعْمِلَ", f"اس{_SUKUN}ت", _FATHA, f"{_C}{_SUKUN}{_C}{_KASRA}{_C}{_PAST}", _DAMMA),
    ("i of the tenth: اسْتُعْمِلَ", f"اس{_SUKUN}ت{_DAMMA}{_C}{_SUKUN}{_C}", _FATHA, f"{_C}{_PAST}", _KASRA),
    ("passive present: يُكْتَبُ", f"ي{_DAMMA}[^وي ]{_SUKUN}{_C}", _DAMMA, f"[^وي ]{_PRESENT}", _FATHA),
    ("present of the second: تُنَدِّدُ", "ت", _FATHA, f"{_C}{_FATHA}{_C}{SHADDA}{_KASRA}[^ي ]{_PRESENT}", _DAMMA),
    (
        "present of the third: تُوَاصِلُ",
        f"(?!{_NO_VERBS})ت",
        _FATHA,
        f"{_C}{_FATHA}ا{_C}{_KASRA}[^ي ]{_PRESENT}",
        _DAMMA,
    ),
    ("past of the fifth: تَحَدَّثَ", f"ت{_FATHA}{_C}{_FATHA}{_C}{SHADDA}{_FATHA}{_C}", _DAMMA, _END, _FATHA),
    ("past of the sixth: تَرَاجَعَ", f"ت{_FATHA}{_C}{_FATHA}ا{_C}{_FATHA}{_C}", _DAMMA, _END, _FATHA),
    ("a of the future: سَيَسْتَفِيدُ", "س", _KASRA, f"[يت][{_FATHA}{_DAMMA}]{_C}{_SUKUN}", _FATHA),
)
VERBS = tuple(
    (name, f"({_AND}{before}){wrong}(?={behind})", rf"\1{right}")
    for name, before, wrong, behind, right in _FORMS
)
"""Forms that no verb has, and the likely one: a past with the i of a passive mostly is one."""

_CASES = (("nominative", _UN, _DAMMA), ("accusative", _AN, _FATHA), ("genitive", _IN, _KASRA))
_WORD = f"[{LETTERS}{MARKS}]{{2,30}}"
_CLITIC = f"[وفبلك][{_FATHA}{_KASRA}]"
_SMALL = _any("ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمانية تسع تسعة عشر عشرة")
_FIGURES = _any("واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة صفر لا")
_COUNTED = f"(?!{_CLITIC}|{_SMALL}|{_FIGURES})"
# What has its case in its letters, عشرون or عشرين, tells that of the units and the hundred joined to it.
_UNITS = f"{_any('واحد ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمانية تسع تسعة')}{SHADDA}?"
_HUNDREDS = _any("مئة ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة")
_TENS = {
    tanwin: _any(" ".join(ten + ending for ten in words("عشر ثلاث أربع خمس ست سبع ثمان تسع")))
    for tanwin, ending in ((_UN, "ون"), (_IN, "ين"))
}
_JOINED = f" و{_M}"
_SCALES = _any("ألف مليون مليار تريليون ملايين ملايير مليارات")
_ONE_SIDE = _any("واحد ثالث آخر ثان محايد")
# «خدع الإنسان نفسه»: نفس is an object too, but not behind these.
_SAME = _any("المصدر المتحدث المتحدثة المسؤول المسؤولة اليوم الوقت السياق الإطار الفترة السنة المنطقة")
_DEEDS = _any("استقبل أعطى دشن بعث أصدر ترأس أدى عين وجه أعرب أكد قرر جدد ألقى وشح تفضل أجرى حل قام خص منح")
_MET = f"{_any('لقي لقيت')}{_M}"
_END_OF = _any("مصرع")

# Who is named behind a title, and «himself», have the case of what stands before. @ is its vowel.
_AGREEING = (
    ("itself", f"{_START}ال{_WORD}(?<!ا)(?<!ات)@ {_any('ذات')}", "(?=ه)"),
    ("himself", f"{_SAME}@ {_any('نفس')}", "(?=ه)"),
    ("his majesty the king", f"{_any('صاحب')}@ {_any('الجلالة')}{_M} {_any('الملك')}", ""),
    ("his highness the prince", f"{_any('صاحب')}@ {_any('السمو-الملكي')}{_M} {_any('الأمير')}", ""),
    ("the king's name", f"{_any('الملك')}@ {_any('محمد')}", "(?= ال)"),
    ("the king's number", f"{_any('الملك')}@ {_any('محمد')}@ {_any('السادس الخامس')}", ""),
)

NEIGHBOURS = (
    # An adverb of an adjective in ي doubles it; participles (ثانيا, محاميا) and verbal nouns (تحديا) do not.
    (
        "adverb in ya",
        f"({_AND}(?!م|ت|{_C}{_FATHA}?ا)[{LETTERS}{MARKS}]{{2,20}}{_KASRA}ي)(?={_AN}ا{_END})",
        rf"\1{SHADDA}",
    ),
    # A masculine in the genitive behind a feminine is no adjective of hers but her owner: مُذَكِّرَةُ بَحْثٍ.
    *(
        (
            f"owner, {case}",
            f"((?<!ي{SHADDA}{_FATHA})ة){tanwin}(?= (?!{_CLITIC}){_WORD}(?<![ةاتء])(?<!ي{SHADDA}){_IN}{_END})",
            rf"\1{vowel}",
        )
        for case, tanwin, vowel in _CASES
    ),
    (
        "three to ten",
        f"({_START}(?:{_CLITIC})?{_SMALL}){_IN}(?= {_COUNTED}{_WORD}(?<!ة){_IN}{_END})",
        rf"\1{_KASRA}",
    ),
    *(
        (
            f"units of {case} tens",
            f"({_START}(?:{_CLITIC})?{_UNITS})[{wrong}{_FATHA}{_DAMMA}{_KASRA}](?={_JOINED}{_TENS[right]})",
            rf"\1{right}",
        )
        for case, wrong, right in (("nominative", _IN, _UN), ("oblique", _UN, _IN))
    ),
    (
        "hundred of nominative tens",
        f"({_AND}{_HUNDREDS})[{_AN}{_IN}{_KASRA}](?={_JOINED}(?:{_UNITS}{_UN}{_JOINED})?{_TENS[_UN]})",
        rf"\1{_UN}",
    ),
    # «اثنان فاصلة خمسة مليون»: the last of a decimal is said as in a pause, as فاصلة is.
    ("decimal of a scale", f"({_any('فاصلة')}{_M} {_UNITS}(?<=ة))[{_VOWELS}](?= {_SCALES})", rf"\1{_SUKUN}"),
    ("she reaches", f"({_AND}{_any('بلغ تجاوز ناهز قارب')}){_SUKUN}(?=ت{_SUKUN}?{_END})", rf"\1{_FATHA}"),
    ("at an age of", f"({_START}{_any('عمر')}){_FATHA}(?= {_any('يناهز ناهز')})", rf"\1{_IN}"),
    ("on the part of", f"({_any('من-طرف')}){_IN}(?= (?!{_ONE_SIDE}))", rf"\1{_KASRA}"),
    ("the day yesterday", f"({_any('يوم')}){_IN}(?= {_any('أمس')})", rf"\1{_KASRA}"),
    (
        "against, in scores",
        f"({_START}{_any('مقابل')})[{_UN}{_IN}{_DAMMA}{_KASRA}](?= {_FIGURES})",
        rf"\1{_FATHA}",
    ),
    ("ten is no tenth", f"({_START}ع){_DAMMA}(?=ش{_SUKUN}?ر[{_UN}{_IN}{_KASRA}] و)", rf"\1{_FATHA}"),
    *(
        (f"{name}, {case}", f"({form.replace('@', vowel)})[{_VOWELS}]?{behind}", rf"\1{vowel}")
        for case, _tanwin, vowel in _CASES
        for name, form, behind in _AGREEING
    ),
    ("u of itself", f"({_any('ذات نفس')}[{_FATHA}{_DAMMA}]ه)[{_VOWELS}]?{_END}", rf"\1{_DAMMA}"),
    ("i of itself", f"({_any('ذات نفس')}{_KASRA}ه)[{_VOWELS}]?{_END}", rf"\1{_KASRA}"),
    ("the king's deeds", f"({_AND}{_DEEDS}{_M} {_any('جلالة')}){_FATHA}(?= {_any('الملك')})", rf"\1{_DAMMA}"),
    # لَقِيَ طِفْلٌ مَصْرَعَهُ: who met it has no owner, and it is an object.
    ("who met his end", f"({_MET} (?!ال){_WORD}){_DAMMA}(?= {_END_OF})", rf"\1{_UN}"),
    ("met his end", f"({_MET} (?:{_WORD} ){{1,4}}{_END_OF})[{_VOWELS}]?(?=ه)", rf"\1{_FATHA}"),
    ("his own end", f"({_END_OF}{_FATHA}ه){_KASRA}", rf"\1{_DAMMA}"),
)
"""What two words that stand together tell of each other."""

# A telephone number, digit by digit.
_DIGIT = _any("صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة")
_DIGITS = pattern(f"{_START}(?:{_DIGIT}{_M} ){{2,}}{_DIGIT}{_M}{_END}")
_ENDING = pattern(f"(?<![{_VOWELS}{_SUKUN}])[{_VOWELS}{_SUKUN}]?(?= |\\Z)")


def digits(text: str) -> str:
    """Return marked text in which three digits and more in a row are each said as before a pause.

    >>> digits("عَلَى صِفْرٌ خَمْسَةٍ ثَلَاثَةُ، ثَلَاثَةُ رِجَالٍ") == "عَلَى صِفْرْ خَمْسَةْ ثَلَاثَةْ، ثَلَاثَةُ رِجَالٍ"
    True
    """
    return _DIGITS.sub(lambda row: _ENDING.sub(_SUKUN, row[0]), text)


_PLACES = frozenset(("city", "region", "world city", "country"))
_PARTICLES = pattern(f"(?:{_CLITIC}){{0,2}}")
# ڭ: «أڭادير». The names themselves, 463 of them, would be a pattern that takes 50 ms to compile.
_WITH_TANWIN = pattern(f"{_START}((?:[{LETTERS}ڭ]{_M})*[{LETTERS}ڭ])([{_AN}{_UN}{_IN}]){_END}")
_WOMEN = words("نادية نعيمة خديجة فاطمة عائشة زكية فتيحة مليكة حليمة رقية زينب مريم")


def places(text: str) -> str:
    """Return marked text in which names of places and women have no tanwin, and the a of their genitive.

    >>> places("مَدِينَةُ طَنْجَةٍ وَفِي فَاسِ الْيَوْمَ") == "مَدِينَةُ طَنْجَةَ وَفِي فَاسِ الْيَوْمَ"
    True
    """
    return _WITH_TANWIN.sub(
        lambda word: word[1] + _ending(word[2]) if _is_one_of(word[1], _places()) else word[0], text
    )


# Forenames besides those of the lexicon; some are adjectives, too.
_FORENAMES = words(
    """
    علي حسن صالح سعد ناصر فهد فيصل عادل وليد سالم راشد حمد سلطان نايف تركي مشعل بندر طلال جاسم هادي ياسر
    أيمن أكرم جمال جلال شريف عامر عماد غسان فاروق قاسم لطفي مازن منصور نجيب نعمان وائل محمود عباس مسعود بدر
    نصير جوزيف زياد عمرو باسم حازم حاتم رامي سامي شادي علاء كاظم معاذ ميشال نواف هاني زيد حسام بسام
    """
)
_NO_SURNAME = _any("الذي التي الذين اليوم الآن")
_NAMED = pattern(
    f"{_START}(?P<name>[{LETTERS}{MARKS}]+)(?P<tanwin>[{_UN}{_IN}]) (?P<next>(?!{_NO_SURNAME}){_WORD})"
)


def people(text: str) -> str:
    """Return marked text in which a forename before another name has no tanwin: nobody says خَالِدٌ مِشْعَل.

    >>> people("خَالِدٌ مِشْعَلٌ وَمُحَمَّدٍ الْغَامِدِيِّ") == "خَالِدُ مِشْعَلٌ وَمُحَمَّدِ الْغَامِدِيِّ"
    True
    >>> people("قَالَ خَالِدٌ إِنَّ سَعِيدًا بَطَلٌ الْيَوْمَ") == "قَالَ خَالِدٌ إِنَّ سَعِيدًا بَطَلٌ الْيَوْمَ"
    True
    """
    end, pieces = 0, []
    while named := _NAMED.search(text, end):
        following = strip_marks(named["next"])
        is_name = following.startswith("ال") or following in _people()
        if is_name and _is_one_of(named["name"], _forenames()):
            pieces += [text[end : named.end("name")], _DAMMA if named["tanwin"] == _UN else _KASRA]
        else:
            pieces.append(text[end : named.end("tanwin")])
        end = named.end("tanwin")
    return "".join((*pieces, text[end:]))


def _ending(tanwin: str) -> str:
    return _DAMMA if tanwin == _UN else _FATHA


def _is_one_of(word: str, names: frozenset[str]) -> bool:
    """Say whether a marked word without its tanwin is one of them, bare or behind one or two particles."""
    particles = _PARTICLES.match(word)
    ends = (0, 2, 4)[: 1 + particles.end() // 2] if particles else (0,)
    return any(strip_marks(word[end:]) in names for end in ends)


@cache
def _forenames() -> frozenset[str]:
    names = (entry.written for entry in shipped().entries.values() if entry.kind == "forename")
    return frozenset((*(name for name in names if " " not in name), *_FORENAMES))


@cache
def _people() -> frozenset[str]:
    names = (entry.written for entry in shipped().entries.values() if entry.kind == "person")
    parts = {word for name in names for word in name.split() if len(word) > 2}
    return _forenames() | parts - {"أمير", "شيخ", "صغير", "أسماء"}  # who are nouns more often


@cache
def _places() -> frozenset[str]:
    names = (
        entry.written
        for entry in shipped().entries.values()
        if entry.kind in _PLACES and " " not in entry.written and not entry.written.startswith("ال")
    )
    return frozenset((*names, *_WOMEN)) - {"عمالة"}  # a prefecture is a noun
