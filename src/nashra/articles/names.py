"""Which words name a person or a place; asked of bylines, where nothing else tells."""

from __future__ import annotations

from functools import cache

from nashra.arabic.lexicon import shipped
from nashra.arabic.patterns import pattern
from nashra.articles.blocks import bare

_PLACE_KINDS = frozenset(("city", "world city", "country", "region"))
_MORE_PLACES = """
    مكة المكرمة | المدينة المنورة | بيت لحم | رام الله | الدمام | جدة | نجران | الأحساء | الخرج |
    أبوظبي | الإمارات العربية المتحدة | المملكة المتحدة | الولايات المتحدة | الولايات المتحدة
    الأمريكية | إسطنبول | القدس المحتلة | غزة | عمان | مسقط | المنامة | صنعاء | عدن | حلب | الموصل |
    البصرة | أربيل | بنغازي | صفاقس | سوسة | وهران | قسنطينة | الإسكندرية | الجيزة | القصيم | تبوك |
    حائل | أبها | الطائف | دبي | الشارقة
"""
_MORE_FORENAMES = """
    علي حسن حسين عمر عمار عادل عصام عماد علاء جمال جلال حسام حاتم خليل رضا رضوان رائد راشد رامي ربيع
    زياد سامي سالم سلطان سعود سلمان شريف شوقي صالح صبري طه طلال عاطف عامر عباس عزيز فادي فارس فاروق
    فهد فيصل قاسم كامل لؤي ماجد ماهر مالك مجدي محسن محمود مروان مسعود معاذ معتز منصور مهدي ناصر نادر
    نجيب نضال هاني هيثم وائل وليد ياسر يحيى يسري إحسان آسيا آمال أسماء أمل إسراء ابتسام بسمة جميلة
    حسناء حياة دعاء دلال دنيا رانيا رباب رجاء رحمة رنا ريم ريهام سارة سحر سعيدة سلوى سهام سوسن شيرين
    صفاء عبير عزيزة عفاف علياء غادة فاطمة فدوى فوزية كريمة لبنى لمياء ماجدة مايا منى منال مها نادية
    نجلاء نجوى ندى نسرين نهى نور نورة هاجر هالة هبة هناء هند هيام ياسمين يسرا سهيلة حفيظة سكينة رقية
    حليمة لحسن الحسن عبدو عبدالله عبدالكريم عبدالرحمن عبدالعزيز عبدالرحيم عبداللطيف عبدالحق
    عبدالسلام عبدالقادر بدر بندر تركي خلف خلود داود داوود أنور أشرف أكرم أيمن أمير إيهاب باسم بسام
    جابر جاسم جورج حمد حمدي حيدر راغب سيف شادي ضياء عدنان غسان فؤاد قيس مازن مؤيد نبيلة نعيم هادي
    ياسمينة يعقوب
"""
_TITLES = pattern(r"\A(?:[دأ]|أ\.د|م)\.\s*|\A(?:الدكتورة?|الأستاذة?|المهندسة?)\s+")
_NO_NAMES = """
    في من إلى الى على عن أن إن ان التي الذي هذا هذه ذلك كما قد لا لم لن ما أو ثم حيث بعد قبل مع بين هل هو هي
    كان كانت
"""
_FUNCTION_WORDS = frozenset(_NO_NAMES.split())


@cache
def _places() -> frozenset[str]:
    known = shipped().entries.values()
    return frozenset(bare(entry.written) for entry in known if entry.kind in _PLACE_KINDS) | frozenset(
        " ".join(place.split()) for place in _MORE_PLACES.split("|")
    )


@cache
def _forenames() -> frozenset[str]:
    known = (bare(entry.written) for entry in shipped().entries.values() if entry.kind == "forename")
    return frozenset(known) | frozenset(_MORE_FORENAMES.split())


def is_place(text: str) -> bool:
    """Say whether words are a known place, or one in another: «دبي، الإمارات العربية المتحدة».

    >>> is_place("الرباط"), is_place("دبي، الإمارات العربية المتحدة"), is_place("سعيد البقالي")
    (True, True, False)
    """
    return text.partition("،")[0].strip() in _places()


def has_function_word(text: str) -> bool:
    """Say whether a preposition, a conjunction or the like is among the words: they are no name.

    >>> has_function_word("لقاء مع الوزير"), has_function_word("سعيد البقالي")
    (True, False)
    """
    return not _FUNCTION_WORDS.isdisjoint(text.split())


def may_be_person(text: str) -> bool:
    """Say whether words behind «كتب» can be a name: two to five, and not an object («كتب رسالة إلى»).

    >>> may_be_person("ع ورديني"), may_be_person("رسالة إلى الوزير"), may_be_person("الرسالة الأخيرة")
    (True, False, False)
    """
    words = text.split()
    return 2 <= len(words) <= 5 and not has_function_word(text) and not words[0].startswith(("ال", "ب", "ل"))


def is_person(text: str) -> bool:
    """Say whether words standing by themselves are a person's name: it begins with a known forename.

    >>> is_person("د. سعيد البقالي"), is_person("عبد الإله زيد"), is_person("كرة القدم"), is_person("زيد")
    (True, True, False, False)
    """
    words = _TITLES.sub("", bare(text)).split()
    if not 2 <= len(words) <= 4 or has_function_word(text):
        return False
    return bool({words[0], " ".join(words[:2])} & _forenames()) or words[0] in {"عبد", "أبو"}
