r"""Lines of a page or a wire that are not the article: a table of named rules, matched on bare lines.

A dropped line is told with its rule's name (`nashra read --explain`). A rule must not take a sentence:
«سجل في المباراة هدفين», «شارك مع المنتخب» and the heading «مزيد من التعاون» begin as buttons do.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import bare

_LONGEST = 220
"""Characters: a longer line is a paragraph, whatever it begins with."""

_PLATFORM = (
    r"(?:فيس ?بوك|تويتر|واتس ?اب|واتساب|تيليجرام|تلغرام|تليغرام|لينكد ?إن|بنترست|إكس|جوجل بلس|انستغرام"
    r"|إنستغرام|ماسنجر|email|facebook"
    r"|twitter|whatsapp|telegram|linkedin|messenger|pinterest|google\+?|instagram|youtube|tiktok|x)"
)
_BUTTON = rf"(?:{_PLATFORM}|طباعة|اطبع|ارسل|أرسل|نسخ الرابط|print|share|tweet|copy link)"


class Rule(NamedTuple):
    """A name, what the line is like, its most characters, and within how many lines of the end it stands."""

    name: str
    pattern: re.Pattern[str]
    longest: int = 120
    from_end: int = 10_000


def _line(*patterns: str) -> re.Pattern[str]:
    return pattern(rf"\W*(?:{'|'.join(patterns)})", re.IGNORECASE)


def _only(*patterns: str) -> re.Pattern[str]:
    return pattern(rf"\W*(?:{'|'.join(patterns)})\W*\Z", re.IGNORECASE)


RULES = (
    Rule(
        "read also",
        _line(
            r"(?:[اإأ]?قر[أئ]وا|[اإأ]?قر[أئ]ي?|طالع(?:وا|ي)?|شاهد(?:وا|ي)?|[اأ]نظر(?:وا|ي)?|تابع(?:وا"
            r"|ي)?|استمع(?:وا|ي)?)\s+"
            r"(?:أيضا|ايضا|المزيد|كذلك|التفاصيل)(?![ء-ي])",
            r"(?:للمزيد|المزيد)\s+(?:من|عن|حول)\s+(?:ال)?(?:أخبار|معلومات|تفاصيل|مقالات|مواضيع|موضوع)",
            r"(?:\.{2,}\s*)?(?:للمزيد|المزيد)\W*\Z",
        ),
        160,
    ),
    Rule(
        "related stories",
        _only(
            r"(?:ال)?(?:مواضيع|موضوعات|مقالات|أخبار|اخبار|قصص|تقارير|مواد|روابط"
            r"|عناوين)\s+(?:ذات\s+(?:صلة|الصلة|علاقة)|"
            r"مشابهة|(?:ال)?متعلقة|متصلة|أخرى|للكاتب|(?:قد\s+)?تهمك|مختارة|مرتبطة)",
            r"(?:مواضيع|أخبار|مقالات)?\s*قد\s+(?:يهمكم?|يعجبكم?|تهمكم?)(?:\s+(?:أيضا|ايضا))?",
            r"(?:قصص|مواد|مقالات)\s+(?:مقترحة|موصى بها|ننصح بها)|نهاية\s+(?:قصص|مواد)\s+مقترحة|(?:تخطى"
            r"|تخط)\s.{0,30}وواصل القراءة",
            r"حول\s+هذه\s+القصة|المزيد\s+من\s+الكاتب|من\s+نفس\s+القسم|اخترنا\s+ل(?:ك|كم)",
            r"(?:الأكثر|الاكثر)\s+(?:قراءة|مشاهدة|تداولا|شعبية|تعليقا)",
            r"آخر\s+(?:الأخبار|الاخبار|المستجدات)",
            r"(?:ال)?مقالات\s+(?:أخرى\s+)?(?:ال|لل)كاتب",
            r"مختارات(?:\s+\S+){0,3}",
            r"ذات\s+صلة",
        ),
    ),
    Rule(
        "tags",
        _line(
            r"(?:ال)?كلمات\s+(?:ال)?(?:دالة|دلالية|مفتاحية|رئيسية)",
            r"(?:ال)?(?:وسوم|تاجز|تاجات|أوسمة|سمات|علامات)\s*[:/]",
            r"(?:الوسوم|تاجز|التاجات)\W*\Z",
        ),
        160,
    ),
    Rule("tags", _line(r"(?:سمات|وسوم)\s"), 160, from_end=3),
    Rule(
        "share",
        _only(
            r"(?:شارك(?:نا|ها|ه|وا|ي)?|مشاركة|المشاركة|[اأ]نشر)"
            rf"(?:\s+(?:(?:عبر|على|من خلال|مع)\s+)?(?:{_PLATFORM}|هذا\s+\S+|المقال|المقالة|الخبر"
            rf"|الموضوع|برأيك|رأيك|الصفحة|الأصدقاء|أصدقائك)\W*)*",
            rf"{_BUTTON}(?:[\s|،,/·]+{_BUTTON})*",
        ),
    ),
    Rule(
        "follow us",
        _line(
            r"لمتابعة\s+(?:آخر|أحدث|كل|المزيد|أخبار|جديد)|(?:اضغط|انقر|إضغط)(?:وا|ي)?\s+هنا|للاشتراك\s+في",
            r"تابعونا|تابعنا(?:\s|\W*\Z)",
            r"تابع(?:وا|ي)?\s+(?:آخر|أخبار|صفحت|قنات|حساب|كل\s+(?:جديد|ال))",
            r"اشترك(?:وا|ي)?\s+(?:في\s+(?:النشرة|نشرت|قنات|القناة|خدمة)|الآن|معنا)",
            r"(?:انضم(?:وا|ي)?|إنضم)\s+(?:إلى|الى|ل)\s*.{0,20}(?:قنات|نشرت|واتس|تلي)",
            r"حمل(?:وا|ي)?\s+(?:ال)?تطبيق",
            r"سجل\s+الآن|النشرة البريدية|(?:[اإ]ستمع|طباعة)(?:\s+(?:إلى|الى)\s+(?:الخبر|المقال|هذا))?\W*\Z",
        ),
    ),
    Rule(
        "comments",
        _line(
            r"(?:[اأ]?ترك|[اأ]ضف|إضافة|اكتب|أكتب|شاركنا)\s+(?:تعليق|ردا|رأيك|برأيك|الرد)",
            r"(?:\d+\s+)?(?:التعليقات|تعليقات|تعليقان|تعليق)\s*(?:[:(\d]|\Z)",
            r"تعليقات\s+(?:ال)?(?:زوار|قراء|متابعين|مشاركين)",
            r"لا\s+(?:توجد|يوجد)\s+تعليق|لن يتم نشر عنوان|الحقول الإلزامية",
            r"(?:سياسة|شروط|ضوابط|قواعد)\s+(?:النشر|التعليق)|بروتوكول نشر|معايير المجتمع",
        ),
    ),
    Rule(
        "where it was published",
        _line(
            r"(?:تم نشره|نشر بواسطة|(?:نشرت?|تم النشر)\s+(?:في|يوم)\s+\D{0,12}\d|(?:آخر|اخر) تحديث"
            r"|تاريخ (?:النشر|الإضافة|التحديث))",
            r"(?:منذ|قبل)\s+(?:\d+\s+)?(?:ثانية|ثوان|دقيقة|دقيقتين|دقائق|ساعة|ساعتين|ساعات|يوم|يومين"
            r"|أيام|أسبوع|أسبوعين|أسابيع|شهر|شهرين|أشهر)\W*\Z",
            r"\d+ (?:دقيقة|دقائق) (?:لل)?قراءة",
            r"عدد (?:القراءات|المشاهدات|الزيارات)|(?:مدة|وقت) القراءة|قراءة \d+ دق|\d+ (?:مشاهدة|قراءة)\W*\Z",
        ),
    ),
    Rule(
        "page before or after",
        _only(
            r"التالي|السابق|الصفحة (?:التالية|السابقة)|next|previous|next previous|الرئيسية",
            r"العودة إلى (?:الرئيسية|الصفحة الرئيسية|القائمة|الأعلى|أعلى.{0,10})|الصفحة الرئيسية",
        ),
    ),
    Rule(
        "appeared first on",
        _line(r"the post .{0,160} appeared first on", r"ظهرت? (?:المقال|التدوينة|الخبر|المقالة).{0,120}أولا"),
        _LONGEST,
    ),
    Rule("rights", _line(r"©|copyright", r"(?:جميع|كل) الحقوق محفوظة", r"حقوق (?:النشر|الطبع)")),
    Rule(
        "an address",
        _only(
            r"(?:(?:https?://|www\.)\S+\s*)+",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
            r"@\w{2,}",
            r"(?:تويتر|بريد|البريد الإلكتروني|ايميل|إيميل|email|twitter)\s*:?\s*[a-z0-9@._+-]+",
        ),
        10_000,
    ),
    Rule(
        "to the writer",
        _line(
            r"للتواصل(?:\s|:)|تبدأ بالرمز",
            r"[\d ,]{4,}\s*[-–,]?\s*(?:stc|mobily|zain|الاتصالات|موبايلي|زين)\W*\Z",
            r"(?:الاتصالات|موبايلي|زين)[\s,،]*(?:[\d ]{4,}|تبدأ)",
        ),
    ),
    Rule(
        "the wire's end",
        _only(
            r"//?\s*(?:انتهى|يتبع)\s*//?.*",
            r"-+\s*\(?(?:بترا|واس|وام|كونا|قنا|و\s?م\s?ع)\)?",
            r"\d{1,2}:\d{2}\s*(?:ت\s*م|جمت)(?:\s.*)?",
            r"انتهى|يتبع",
        ),
    ),
    Rule("address of the source", _line(r"رابط (?:الخبر|المقال|الموضوع|المصدر)"), _LONGEST),
    Rule(
        "the source",
        _only(
            r"(?:المصدر|النصدر|المصادر|مصدر الخبر|المصدر الأصلي)(?:\s*[:/–-]?\s*\S.{0,60})?",
            r"نقلا عن\s.{0,50}",
            r"رويترز|الأناضول|وكالات|الوكالات|متابعات|واس|و\s?م\s?ع|أ\s?ف\s?ب",
            r"\*\s*خدمة\s.{0,50}|خدمة\s«.{0,50}",
        ),
        80,
        from_end=2,
    ),
    Rule(
        "pictures",
        _line(
            r"إليكم (?:الصور|الفيديو)\W*\Z",
            r"(?:صور|صورة|فيديو|شاهد الفيديو|تصوير|عدسة|كاميرا|photo|video|credit|getty images)\s*[:"
            r"|]\s*.{0,80}\Z",
            r"صورة (?:أرشيفية|تعبيرية|من الأرشيف|توضيحية)\W*\Z|أرشيف(?:ية)?\W*\Z",
        ),
    ),
    Rule("more on it later", _line(r"(?:ال)?تفاصيل (?:أوفى|اوفى|أكثر)\s+(?:لاحقا|بعد قليل)|المزيد بعد قليل")),
    Rule("advertisement", _only(r"إعلان|اعلان|إعلانات|اعلانات|advertisement|sponsored")),
)
"""What is left out, by name."""

HEADS = frozenset(("read also", "related stories", "tags", "comments"))
"""The rules whose lines head a box: what stands below them at the end of a page belongs to it."""


def rule_for(line: str, from_end: int) -> str:
    """Return the name of the rule that drops a line with so many behind it, empty if none does.

    >>> [rule_for(line, 5) for line in ("اقرأ أيضا: خبر آخر", "شارك عبر فيسبوك", "الوسوم: المغرب", "© 2024")]
    ['read also', 'share', 'tags', 'rights']
    >>> rule_for("المصدر: صوت الشمال", 0), rule_for("المصدر: صوت الشمال", 9)
    ('the source', '')
    >>> {rule_for(line, 5) for line in ("سجل في المباراة هدفين.", "شارك مع المنتخب في كأس العالم",
    ...     "مزيد من التعاون", "المزيد من التعاون", "تابع في كلمته", "نشر في الصحيفة رسالة",
    ...     "تقارير أخرى تنفي ذلك", "سمات المرحلة")}
    {''}
    """
    if len(line) > _LONGEST and not line.startswith("http"):
        return ""
    line = bare(line)
    return next(
        (
            rule.name
            for rule in RULES
            if len(line) <= rule.longest and from_end < rule.from_end and rule.pattern.match(line)
        ),
        "",
    )
