"""The nouns that follow numbers in news, and a guess at those that are not listed.

A number must know the gender of the singular, and 3 to 10 show only the plural. ات says little:
دولارات and قرارات are masculine. Hence the list; `counted_nouns.tsv` measured what belongs in it.
"""

from __future__ import annotations

import re

from nashra.arabic.letters import LETTERS
from nashra.arabic.numbers import Gender, Noun
from nashra.arabic.patterns import words

# Singular and plurals, the usual plural first. A singular in ة is feminine, as are those of _FEMININE.
_LISTED = """
شخص أشخاص، يوم أيام، شهر أشهر شهور، سنة سنوات سنين، عام أعوام، أسبوع أسابيع، ساعة ساعات،
دقيقة دقائق، ثانية ثوان ثواني، عقد عقود، قرن قرون، ليلة ليال ليالي، مرة مرات، نسمة نسمات، دولة دول،
مدينة مدن، قرية قرى، بلد بلدان، إقليم أقاليم، جهة جهات، جماعة جماعات، عمالة عمالات، منطقة مناطق،
حي أحياء، منزل منازل، بيت بيوت، أسرة أسر، عائلة عائلات، رجل رجال، امرأة نساء، طفل أطفال،
طفلة طفلات، شاب شبان شباب، فتاة فتيات، طالب طلاب طلبة، طالبة طالبات، تلميذ تلاميذ، تلميذة تلميذات،
أستاذ أساتذة، أستاذة أستاذات، معلم معلمين، طبيب أطباء، عامل عمال، موظف موظفين، مواطن مواطنين،
مهاجر مهاجرين، مسافر مسافرين، لاجئ لاجئين، سجين سجناء، معتقل معتقلين، متهم متهمين، قتيل قتلى،
جريح جرحى، ضحية ضحايا، مصاب مصابين، إصابة إصابات، حالة حالات، وفاة وفيات، مقعد مقاعد، صوت أصوات،
عضو أعضاء، نائب نواب، وزير وزراء، مستشار مستشارين، مرشح مرشحين، ناخب ناخبين، ملاحظ ملاحظين،
مكتب مكاتب، حزب أحزاب، لائحة لوائح، دائرة دوائر، جمعية جمعيات، شركة شركات، مقاولة مقاولات،
بنك أبناك بنوك، مصنع مصانع، مشروع مشاريع مشروعات، اتفاقية اتفاقيات، اتفاق اتفاقات، قانون قوانين،
مادة مواد، فصل فصول، بند بنود، وثيقة وثائق، صفحة صفحات، كتاب كتب، مقال مقالات، تقرير تقارير،
صورة صور، رسالة رسائل، شكاية شكايات، ملف ملفات، قضية قضايا، مخالفة مخالفات، جريمة جرائم،
حادثة حوادث، غرامة غرامات، هدف أهداف، نقطة نقاط نقط، مباراة مباريات، فريق فرق، لاعب لاعبين،
ميدالية ميداليات، لقب ألقاب، جائزة جوائز، كأس كؤوس، دورة دورات، جولة جولات، مرحلة مراحل،
موسم مواسم، درجة درجات، سيارة سيارات، حافلة حافلات، شاحنة شاحنات، طائرة طائرات، مركبة مركبات،
عربة عربات، قطار قطارات، سفينة سفن، قارب قوارب، صاروخ صواريخ، قذيفة قذائف، رصاصة رصاصات، جندي جنود،
شرطي شرطيين، عنصر عناصر، مقاتل مقاتلين، إرهابي إرهابيين، صحافي صحافيين، صحفي صحفيين، خبير خبراء،
باحث باحثين، مدرسة مدارس، مؤسسة مؤسسات، مستشفى مستشفيات، مسجد مساجد، جامعة جامعات، قسم أقسام،
لغة لغات، سؤال أسئلة، اجتماع اجتماعات، لقاء لقاءات، جلسة جلسات، لجنة لجان، قرار قرارات،
إجراء إجراءات، هيئة هيئات، وحدة وحدات، منصب مناصب، فرصة فرص، فرد أفراد، ضعف أضعاف، جزء أجزاء،
نوع أنواع، قطعة قطع، رأس رؤوس، شجرة أشجار، نسخة نسخ، حلقة حلقات، خطوة خطوات، برميل براميل،
قنطار قناطير، مركز مراكز، حرب حروب، بئر آبار، قدم أقدام، ميل أميال، بنت بنات، أخت أخوات، ابن أبناء،
غرفة غرف، قاعة قاعات، طابق طوابق، سرير أسرة، جهاز أجهزة، هاتف هواتف، حاسوب حواسيب، لتر لترات،
طن أطنان، مطار مطارات، ميناء موانئ، طريق طرق، جسر جسور، سد سدود، قناة قنوات، إذاعة إذاعات،
جريدة جرائد، صحيفة صحف، شقة شقق، فندق فنادق، محطة محطات، ورشة ورشات، ورش أوراش، برنامج برامج،
فيلم أفلام، رواية روايات، أغنية أغاني أغان، نسبة نسب، حصة حصص، قافلة قوافل، كتلة كتل، منظمة منظمات،
نقابة نقابات، محكمة محاكم
"""
_FEMININE = frozenset(words("كأس حرب بئر قدم بنت أخت نفس أرض عين يد دار سوق روح نار شمس سن أم"))
# Masculine plurals in ات: the action words by shape, the rest by name; and feminine ones of the same shape.
_ACTIONS = re.compile(r"(?:إ..ا.|ا.ت.ا.|ات.ا.|اد.ا.|اضطراب|ان..ا.|است..ا.|ت..ي.|ت...|لقاء|نداء|عطاء)ات")
_MASCULINE_PLURALS = frozenset(
    words("""
    قطاعات مطارات مجالات منتخبات مخيمات مقترحات مهرجانات حيوانات محركات مؤشرات خطابات بيانات حسابات
    نزاعات صراعات سجلات طلبات إطارات بلاغات شعارات مسارات خيارات مخططات مستشفيات تلفزيونات فيديوهات
    حمامات معتقلات مؤتمرات مجلدات منتجات مستودعات محلات ملتقيات منتديات مقرات رهانات تحديات
    """)
)
_FEMININE_PLURALS = frozenset(words("تغريدات تدوينات تعليمات تجربات تقنيات تركيبات"))
# قبائل, جرائم, هدايا: the plurals of فعيلة and فعالة.
_FEMININE_SHAPE = re.compile(r"(?:..?ائ.|..?ايا)")
# Words after a number that it does not count.
_NO_NOUN = frozenset(
    words("""
    من في إلى الى على عن منذ خلال بعد قبل بين عند لدى مع ضد عبر حسب وفق ضمن أو أم ثم أي إن أن ان قد
    لم لن لا ما هو هي هم كان كانت حيث كما إذ إذا فقط أيضا كذلك تقريبا سنويا يوميا شهريا أسبوعيا
    عالميا وطنيا صباحا مساء ليلا ظهرا زوالا بل لكن حتى هذا هذه ذلك تلك الذي التي الذين أمام لصالح
    مقابل حوالي نحو أكثر أقل فوق تحت دون غير سوى
    """)
)
WORD = rf"[{LETTERS}]{{2,}}"


def noun(singular: str, plural: str, gender: Gender | None = None) -> Noun:
    """Build the forms of a noun from two; without `gender`, ة decides.

    >>> noun("سنة", "سنوات").dual, noun("درهم", "دراهم").accusative, noun("مستشفى", "مستشفيات").dual
    ('سنتان', 'درهما', 'مستشفيان')
    """
    if gender is None:
        feminine = singular.endswith("ة") or singular in _FEMININE
        gender = Gender.FEMININE if feminine else Gender.MASCULINE
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
    rows = [row.split() for row in _LISTED.split("،")]
    return [noun(singular, plural) for singular, *plurals in rows for plural in plurals]


NOUNS = by_form(_listed())
"""Every written form of a listed noun, with the noun that has the plural as written."""


def counts(word: str) -> bool:
    """Say whether a word after a number can be what is counted: indefinite, and no particle.

    >>> counts("صحنا"), counts("الماضية"), counts("حسب")
    (True, False, False)
    """
    return word not in _NO_NOUN and not re.match(r"[وفبك]?ال|لل", word)


def guess(word: str, number: int) -> Noun:
    """Take a noun that is not listed as written, with the gender that its form suggests.

    >>> [guess(word, 5).gender.name for word in ("كفاءات", "احتجاجات", "عرائض", "أقلام")]
    ['FEMININE', 'MASCULINE', 'FEMININE', 'MASCULINE']
    >>> guess("طفرة", 12).gender.name, guess("مكبرا", 12).gender.name
    ('FEMININE', 'MASCULINE')
    """
    if 3 <= number % 100 <= 10:
        in_at = word.endswith("ات") and not _ACTIONS.fullmatch(word) and word not in _MASCULINE_PLURALS
        feminine = in_at or bool(_FEMININE_SHAPE.fullmatch(word)) or word in _FEMININE_PLURALS
    else:
        feminine = word.endswith("ة") or word.removesuffix("ا") in _FEMININE
    return Noun(word, word, word, word, Gender.FEMININE if feminine else Gender.MASCULINE)
