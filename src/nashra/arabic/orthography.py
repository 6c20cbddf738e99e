"""Spelling as the voice must have it: hamza, hundreds, words glued together or torn apart.

The forms are read on the bare word: a word that carries some marks is spelled right or wrong all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic import hamza
from nashra.arabic.bare_words import in_bare
from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.patterns import END, START, either, words
from nashra.arabic.rewriting import after, substituted  # noqa: F401 doctests show steps with `after`

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nashra.model import Change

# Verbal nouns of the forms VII, VIII and X begin with a bare alif (اجتماع، اقتصاد، استعداد); a fifth of
# Moroccan articles put a hamza under some. Right in 199 of 205 places of 1,109 articles, and in none
# of 52,000 words of edited text did it touch anything.
_CLITICS = "(?:[وف]?(?:[بك]?ال|لل|[بكل])?)"
_STEMS = (
    "ست(?!راتيج|وني|رلين|وديو|نبول|انبول|اد|يبان|يفان)[ء-ي]{2,}"  # X: استعمال; not إستراتيجية, إستونيا
    "|[ء-ي]ت(?!ا|راتيج)[ء-ي]ا[ء-ي]+"  # VIII: اجتماع، انتخاب، ابتكار
    "|ت(?:فاق|جار|هام|صال|جاه|حاد|خاذ|ساع)[ء-ي]*"  # VIII of a weak first letter
    "|ن(?!ت|دي|ست)[ء-ي][ء-ي]ا[ء-ي]+"  # VII: انفجار
    "|(?:ض[ء-ي]را|زد[ء-ي]ا|صط[ء-ي]ا)[ء-ي]+"  # VIII with ط or د for ت: اضطراب، ازدحام، اصطدام
    "|(?:سم|بن)(?:ه|ها|هم|هما|نا|ي|ك|كم)?|دعاء[ء-ي]*"
    "|(?:بنة|مرأة|ثنان|ثنين|ثنتان|ثنتين|ثنا|ثني)"  # the few nouns with a bare alif
    "|(?:(?!ن)[ء-ي]ت(?!راتيج)[ء-ي]{2}|حتل|هتم|متد|ختار|حتاج|متاز|غتال|نتقل|نتقد|نتهى|نتخب|نتظر|نتشر|نتصر|نتهت"
    "|نضم|نطلق|نخفض|ندلع|نفجر|نسحب|نعقد|نخرط|نهار|نهزم|نقسم|نقطع|نكسر|نكب|نتزع|نتحر|نقضى|نقضت|نبثق|نعكس|نضاف|نحاز"
    "|ت(?:خذ|صل|فق|جه|هم|ضح|بع|سم|سع|حد)|ضطر|زداد|صطدم|صطف|طلع|دعى)(?:ت|وا|نا|ه|ها|هم|تا|ا)?"  # verbs
)
# These begin with a hamza that is said: names, and measures of the form IV (إنتاج، إقليم). No root with a
# first y has the form VIII with it: إيتمار، إيتيان.
_SAID = (
    "فتاء|فتائ|عتاق|عتام|رتري|يت|نتر|نتل|لتون|نغرام|نجلاند|نغلاند|ندرايف|ستاكوز|ستريمادور|لتراس|سطنبول|نستغرام"
    "|نديان|نزكان|نتاج|متاع"
)
_EXTRA = re.compile(rf"(?<![{LETTERS}])(?P<before>{_CLITICS})إ(?!{_SAID})(?P<stem>{_STEMS})(?![{LETTERS}])")

_SAID_WORDS = (
    "قال|قالت|قالوا|يقول|تقول|يقولون|نقول|أقول|قائلا|قائلة|قائلين|القول|قوله|قولها|بقوله|بقولها|حيث|إذ|بل|ثم"
)
_DUTCH = "دايك|دير|در|دن|دام|دي|غوخ|غال|نيستلروي|بيرسي|باستن|بومل|هال"
_NO_THAT = f"(?:فلان{END}|بان كي|بانك أوف|فان (?:{_DUTCH}){END})"
# Behind the forms of قال and at the beginning it is إن, behind every other word أن.
_THAT = re.compile(
    rf"(?:(?P<said>{START}[وف]?(?:{_SAID_WORDS}) ?:? ?)|(?P<begins>(?:\A|[.؟!؛:]) ?[«“\"(]? ?))?"
    rf"{START}(?!{_NO_THAT})(?P<word>(?P<prefix>[وف]?[لب]?|ك(?=انه|اننا|انك))"
    rf"ا(?P<whom>ن(?:ه|ها|هم|هما|هن|ني|نا|ك|كم)?)){END}"
    rf"(?P<if> (?=شاء|كان{END}|كانت{END}|لم{END}))?"
)
_SAYS = re.compile(
    rf"{START}[وف]?(?:قال|قالت|قالوا|يقول|تقول|يقولون){END}|{START}[وفلب]?[أاإ]ن(?:ه|ها|هم)?{END}"
)
_REACH = 60
"""Characters between قال and its «ان»: who said it stands there, with a title."""
_BEFORE_AN = (
    "على|عن|من|إلى|قبل|بعد|منذ|دون|بدون|رغم|مع|في|إلا|الا|غير|كما|يجب|يمكن|ينبغي|لابد|سبق|يذكر|يشار|شرط"
)
_GOVERNS_AN = re.compile(rf"{START}[وف]?(?:{_BEFORE_AN}){END} ?\Z")

_IMAM_OF = "(?:ال)?مسجد|(?:ال)?جمعة|الصلاة|و?خطيب|الحرم"
_FRONT = re.compile(rf"(?<![{LETTERS}])(?P<and>و?)ا(?P<front>مام(?:ه|ها|هم|نا|ي|ك)?){END}(?! (?:{_IMAM_OF}))")

# «إما … أو …» offers a choice, «أما … فـ…» turns to something else.
_AS_FOR = re.compile(
    rf"{START}(?P<and>[وف]?)ا(?P<for>ما){END}(?P<choice>(?= [^.،؟!؛:]{{1,50}} (?:و[اإ]ما|[أا]و){END}))?"
)

_HUNDRED = re.compile(
    rf"{START}(?P<before>[وفبلك]?(?:ال|لل)?(?:ثلاث|[أا]ربع|خمس|ست|سبع|ثمان|ثماني|تسع)?)(?:م[اأ]ئ|مأ|ماي)"
    rf"(?P<behind>ة|تا|تان|تي|تين|وي|وية)(?![{LETTERS}])"
)
_PERCENT = re.compile(
    rf"{START}(?:(?P<loose>[وف]?ب) (?P<article>ال)|(?P<joined>[وف]?(?:في |ب)ال))"
    rf" ?(?:م[اأ]ئ|مئ|مأ|ماي)[ةه](?![{LETTERS}])"
)

_SERVANT_OF = words("""
    الله الرحمن الرحيم العزيز الحميد الكريم القادر اللطيف الحق السلام الرزاق الغني الفتاح المجيد الوهاب
    الحكيم الخالق الإله الاله الحي الواحد الصمد الباسط الجبار الجليل العظيم العلي الغفور الغفار القدوس
    القهار الكبير المالك الملك المؤمن المنعم المولى النبي النور الهادي الودود الوارث الوكيل الرؤوف الصبور
    السميع البصير البارئ الباقي البر التواب الجواد الحسيب الحفيظ الحليم الدائم الرقيب الستار الشكور العالي
    المطلب المتين المجيب المحسن المعطي المهيمن الناصر النصير الأحد الاحد الكافي الفضيل القيوم الجميل النباوي
""")
_GLUED = re.compile(
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
_PARTED_FORM = re.compile(rf"{START}(?P<before>[وفبل]?)(?P<glued>{either(_PARTED)}){END}")
# «لا» written onto its word; «لازم», «لاحظ» are words of their own.
_DENIED = words("""
    بد شك زال زالت زالوا زالا زلت زلنا يزال تزال يزالون نزال يزالان يمكن تمكن يجوز تجوز يوجد توجد يتم تتم يعني
    تعني يجب يريد تريد يعرف تعرف يعلم يقل تقل يزيد تزيد يتجاوز تتجاوز يكون تكون يحق يخفى داعي مجال مفر محالة
    بأس ينبغي تنبغي يستطيع تستطيع يتعدى تتعدى يهم تهم يليق يكفي تكفي يقبل تقبل يحتاج تحتاج يمت تمت يعقل غير
    """)
_NOT_APART = re.compile(rf"{START}(?P<and>[وف]?)لا(?P<word>{either(_DENIED)}){END}")
_TORN = {"عر ض": "عرض", "ضم ته": "ضمته"}
_TORN_FORM = re.compile(rf"{START}(?P<and>[وف]?)(?P<torn>{either(_TORN)}){END}(?![{MARKS}ـ.])")


def extra_hamza(text: str) -> Iterable[Change]:
    """Write a bare alif where a hamza was written that nobody says.

    >>> after("الإجتماعات الإقتصادية و إستعداد للإحتفال بإتفاق", extra_hamza)
    'الاجتماعات الاقتصادية و استعداد للاحتفال باتفاق'
    >>> after("إجتماعاً الإِنتخابات، إسم الإثنين وإعتبر", extra_hamza)
    'اجتماعاً الاِنتخابات، اسم الاثنين واعتبر'
    >>> after("الإقليمي الإنتاج إستراتيجية الإعلان الإصلاح إلى إسبانيا الإرهاب", extra_hamza)
    'الإقليمي الإنتاج إستراتيجية الإعلان الإصلاح إلى إسبانيا الإرهاب'
    >>> right = "إستونيا إستوديو إسطنبول إنستغرام إنديانا إلتراس إستريمادورا إستاكوزا إنزكان إيتمار إندرايف"
    >>> after(right, extra_hamza) == right
    True
    """
    return in_bare("extra hamza", _EXTRA, lambda match: (0, f"{match['before']}ا{match['stem']}", ""), text)


def missing_hamza(text: str) -> Iterable[Change]:
    """Write the hamza of a word that is no other word without it.

    >>> after("الى اسبانيا، واكد الاول ايضاً ان الاسلامية", missing_hamza)
    'إلى إسبانيا، وأكد الأول أيضاً ان الإسلامية'
    >>> after("واحد كامل الاجتماع اما واصل ابن اسم استقبال الا", missing_hamza)
    'واحد كامل الاجتماع اما واصل ابن اسم استقبال إلا'
    """
    return in_bare("missing hamza", hamza.MISSING, lambda match: (0, hamza.restored(match[0]), ""), text)


def that(text: str) -> Iterable[Change]:
    """Write «ان» as إن behind the forms of قال and at the beginning, else as أن.

    >>> after("قال الوزير ان المغرب، واكد انه يجب ان نعمل لانها", that)
    'قال الوزير إن المغرب، واكد أنه يجب أن نعمل لأنها'
    >>> after("فلان، بان كي مون، فان دايك", that)
    'فلان، بان كي مون، فان دايك'
    >>> after("ان المغرب. ويقول: ان شاء الله، حيث انه، الا ان، كان كانه فان", that)
    'إن المغرب. ويقول: إن شاء الله، حيث إنه، الا أن، كان كأنه فإن'
    """

    def decided(match: re.Match[str]) -> tuple[str | int, str, str]:
        prefix, before = match["prefix"], match.string[max(0, match.start() - _REACH) : match.start()]
        alif = "أ"
        if prefix[-1:] not in tuple("لبك"):
            if match["said"] or match["begins"] is not None or match["if"] or prefix == "ف":
                alif = "إ"
            elif not _GOVERNS_AN.search(before):
                found = _SAYS.findall(re.split("[.؟!؛:]", before)[-1])
                alif = "إ" if found and "ق" in found[-1] else "أ"
        return "word", prefix + alif + match["whom"], ""

    return in_bare("أن or إن", _THAT, decided, text)


def in_front(text: str) -> Iterable[Change]:
    """Write «امام» as أمام, but before a mosque, whose imam it is.

    >>> after("امام المحكمة، امامهم، امام مسجد، الامام", in_front)
    'أمام المحكمة، أمامهم، امام مسجد، الامام'
    """
    return in_bare("missing hamza", _FRONT, lambda match: (0, f"{match['and']}أ{match['front']}", ""), text)


def as_for(text: str) -> Iterable[Change]:
    """Write «اما» as أما, but before a choice, which is إما.

    >>> after("اما الوزير فقد حضر، واما انه نسي او سافر، ثم اما اليوم واما غدا", as_for)
    'أما الوزير فقد حضر، وإما انه نسي او سافر، ثم إما اليوم وأما غدا'
    """

    def decided(match: re.Match[str]) -> tuple[str | int, str, str]:
        alif = "أ" if match["choice"] is None else "إ"
        return 0, f"{match['and']}{alif}{match['for']}", ""

    return in_bare("missing hamza", _AS_FOR, decided, text)


def hundreds(text: str) -> Iterator[Change]:
    """Write مائة without the alif that nobody says: the voice says it.

    >>> after("مائة ألف، ثلاثمائة، خمسمائة، مائتين، المائوية، مايتان", hundreds)
    'مئة ألف، ثلاثمئة، خمسمئة، مئتين، المئوية، مئتان'
    >>> after("مائدة مائي دمائه سماوية رجائه", hundreds)
    'مائدة مائي دمائه سماوية رجائه'
    """
    return substituted("مئة", _HUNDRED, r"\g<before>مئ\g<behind>", text)


def percents(text: str) -> Iterator[Change]:
    """Write «في المائة» and its kind in one way.

    >>> after("20 في المائة، 5 بالمائه، 3 في الماية، 4 ب المئة", percents)
    '20 في المئة، 5 بالمئة، 3 في المئة، 4 بالمئة'
    >>> after("في مئة دولة، في مائدة", percents)
    'في مئة دولة، في مائدة'
    """

    def one_way(match: re.Match[str]) -> str:
        return (match["joined"] or match["loose"] + match["article"]) + "مئة"

    return substituted("في المئة", _PERCENT, one_way, text)


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
