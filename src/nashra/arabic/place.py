"""The place of a number in its sentence: what is glued to it, what stands before it, hence its case.

There is no parser here. A number is nominative unless a word that can be named asks for another
case: that is right for the isolated phrase, and the words below are those that news puts before
numbers. Between genitive and accusative little is heard; what matters is ون against ين.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.numbers import Case, definite_form
from nashra.arabic.patterns import SPACE, START, words

WINDOW = 120
"""Characters read on either side; a fixed number keeps a text of many numbers linear."""

# و2012, الـ134, «بـ 15», لل12. Either something is glued, or the figure starts here.
CLITIC = (
    rf"(?:{START}(?=[وفبلكا])"
    rf"(?P<conjunction>[وف]?)[{MARKS}]*(?P<preposition>[بلك]?)[{MARKS}]*(?P<article>ال|(?<=ل)ل)?"
    rf"(?:ـ+{SPACE}?|(?<=[{LETTERS}{MARKS}]){SPACE})?|(?<!\d))"
)

_GENITIVE = frozenset(
    words("""
    في من إلى الى على عن منذ مذ حتى خلال بعد قبل بين نحو حوالي حوالى زهاء قرابة فوق تحت دون عند لدى مع
    ضد عبر حسب وفق ضمن طيلة طوال مدة سعر بسعر مقدار مبلغ معدل عمر سن أصل واقع فارق وزن طول عرض عمق ارتفاع
    ميزانية غلاف معظم كل جميع بعض نصف ربع ثلث سوى غير رغم أمام وراء خلف حول سنة عام سنتي عامي يومي يوم ليلة
    صباح مساء ظهر شهر موسم فترة مرور مقابل بدل لقاء مقتل مصرع وفاة إصابة جرح اعتقال توقيف إيقاف ضبط حجز سقوط
    حضور غياب وجود وصول عودة هدم فتح بناء بيع شراء نقل خلق قتل صرف منح رفع دعم حدود حصيلة مئات آلاف ملايين
    أكثر أقل أدنى أقصى عدد قيمة نسبة مسافة مساحة سقف عتبة حاجز سجن أبناء أعضاء تمويل جمع ربح كسب خسارة فقدان
    كأس مونديال أولمبياد نهاية بداية مطلع أواخر أوائل أواسط منتصف غاية بحلول أفق حدود
    """)
)
_ACCUSATIVE = frozenset(
    words("""
    إن أن ان لأن كأن لكن لعل إلا بلغ بلغت يبلغ تبلغ تجاوز تجاوزت يتجاوز تتجاوز ناهز يناهز تناهز قارب يقارب
    تقارب فاق يفوق تفوق ضم ضمت يضم تضم شمل شملت يشمل تشمل خلف خلفت سجل سجلت يسجل تسجل أحرز أحرزت حصد حصدت
    كلف كلفت يكلف تكلف استغرق استغرقت يستغرق تستغرق دام دامت يدوم استمر استمرت يستمر قضى أمضى أمضت قضت
    العمر البالغ البالغة البالغين أوقفت أوقف اعتقلت اعتقل قتلت استقبل استقبلت وزعت أنجزت أحدثت خصصت
    """)
)
# Words of action by their shape: إنتاج, اجتماع, انتخاب, استثمار, توزيع, إحالة: the number is their object.
_ACTION = re.compile(r"(?:إ..ا.|ا.ت.ا.|ات.ا.|ان..ا.|است..ا.|ت..ي.)")
# «بلغ عدد المصابين 20»: the number is the object of a verb some words back.
_REACHED = re.compile(
    rf"{START}[وف]?(?:بلغ|يبلغ|تبلغ|تجاوز|يتجاوز|تتجاوز|ناهز|يناهز|تناهز|فاق|يفوق|تفوق)ت?(?:{SPACE}[^\s.،؛:\d]+){{1,5}}{SPACE}?\Z"
)
_FIGURE_BEFORE = re.compile(
    rf"(?P<before>.*?)(?<![\d.,])[\d.,]+%?(?:{SPACE}[^\s\d،]+){{0,3}}(?P<joint>{SPACE}?،?{SPACE}?(?:أو{SPACE})?)",
    re.DOTALL,
)
_LONGEST_ROW = 5
_CLITIC_AT_END = re.compile(rf"(?<![{LETTERS}])([وف]?)([بلك]?)(?:ال)?ـ*{SPACE}?\Z")
_WORD = re.compile(rf"[{LETTERS}]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a span: `before` and `after` are cut to `WINDOW` characters."""

    before: str
    after: str
    conjunction: str = ""
    preposition: str = ""
    article: bool = False

    @classmethod
    def around(cls, match: re.Match[str], text: str) -> Place:
        """Read the place of a match in the text (it may come from a copy with blanks)."""
        found = match.groupdict()
        return cls(
            before=text[max(0, match.start() - WINDOW) : match.start()],
            after=text[match.end() : match.end() + WINDOW],
            conjunction=found.get("conjunction") or "",
            preposition=found.get("preposition") or "",
            article=bool(found.get("article")),
        )

    @property
    def case(self) -> Case:
        """The case of a number here.

        >>> Place("منذ ", "").case.name, Place("إن ", "").case.name, Place("وصل ", "").case.name
        ('GENITIVE', 'ACCUSATIVE', 'NOMINATIVE')
        >>> Place("ما بين 2008 ", "", conjunction="و").case.name, Place("مشاركة ", "").case.name
        ('GENITIVE', 'GENITIVE')
        """
        if self.preposition:
            return Case.GENITIVE
        case = _case_after(self.before, self.conjunction)
        # Behind an article there is no tanwin: accusative and genitive are written alike.
        return Case.GENITIVE if self.article and case is Case.ACCUSATIVE else case

    @property
    def phrase_case(self) -> Case:
        """The case of an adjective here: that of the first governor within four words of its phrase.

        >>> Place("في المؤتمر الوطني ", "").phrase_case.name, Place("المؤتمر ", "").phrase_case.name
        ('GENITIVE', 'NOMINATIVE')
        >>> Place("بالذكرى ", "").phrase_case.name
        'GENITIVE'
        """
        if self.preposition:
            return Case.GENITIVE
        words = re.split(r"[.،؛:؟!()]", self.before)[-1].split()
        for word in reversed(words[-4:]):
            case = _governs(word)
            if case is not Case.NOMINATIVE:
                return case
            if re.match(r"[وف]?(?:[بك]ال|لل)", word):
                return Case.GENITIVE
        return Case.NOMINATIVE

    @property
    def governed(self) -> bool:
        """Whether the word before is one that asks for a case: a preposition, «مقتل», «بلغ»."""
        return _governs(self.word_before) is not Case.NOMINATIVE

    @property
    def word_before(self) -> str:
        """The word that directly precedes, without its و; empty at a sign and at the beginning."""
        word = self.before.rstrip().rpartition(" ")[2]
        return word if _WORD.fullmatch(word) else ""

    def attach(self, words: str) -> str:
        """Glue the clitics to the words.

        >>> Place("", "", preposition="ل").attach("الثامن"), Place("", "", conjunction="و").attach("مئة")
        ('للثامن', 'ومئة')
        >>> Place("", "", article=True).attach("أربع وعشرون ساعة")
        'الأربع والعشرون ساعة'
        """
        if self.article and not words.startswith("ال"):
            words = definite_form(words)
        if self.preposition == "ل" and words.startswith("ال"):
            words = words[1:]
        return self.conjunction + self.preposition + words


def _case_after(before: str, conjunction: str) -> Case:
    """Follow «و» and «أو» back to the first number of the row, then ask the word before it."""
    for _ in range(_LONGEST_ROW):
        found = _FIGURE_BEFORE.fullmatch(before)
        if not found or not (conjunction or found["joint"].strip()):
            break
        glued = _CLITIC_AT_END.search(found["before"])
        before, conjunction = found["before"], ""
        if glued:
            if glued[2]:
                return Case.GENITIVE
            before, conjunction = before[: glued.start()], glued[1]
    case = _governs(before.rstrip(' \u00a0\u202f«“"(').rpartition(" ")[2])
    return Case.ACCUSATIVE if case is Case.NOMINATIVE and _REACHED.search(before) else case


def _governs(word: str) -> Case:
    """Say the case that a word gives to a number directly after it."""
    word = word.replace("\u00a0", " ").rpartition(" ")[2]
    bare = word[1:] if len(word) > 2 and word[0] in "وف" else word
    stem = bare[1:] if len(bare) > 3 and bare[0] in "بلك" else bare
    if _ACCUSATIVE & {word, bare, stem, "أن" if bare == "بأن" else bare}:
        return Case.ACCUSATIVE
    if _GENITIVE & {word, bare, stem}:
        return Case.GENITIVE
    bound = stem.endswith("ة") and not re.match(r"ال|لل|[بك]ال", bare)
    return Case.GENITIVE if bound or _ACTION.fullmatch(stem) else Case.NOMINATIVE
