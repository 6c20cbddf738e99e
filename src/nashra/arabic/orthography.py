"""Spelling as the voice must have it: hamza, ان and اما, hundreds.

The forms are read on the bare word: a word that carries some marks is spelled right or wrong all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic import hamza
from nashra.arabic.bare_words import in_bare
from nashra.arabic.letters import LETTERS
from nashra.arabic.patterns import END, START, pattern
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
_EXTRA = pattern(rf"(?<![{LETTERS}])(?P<before>{_CLITICS})إ(?!{_SAID})(?P<stem>{_STEMS})(?![{LETTERS}])")

_SAID_WORDS = (
    "قال|قالت|قالوا|يقول|تقول|يقولون|نقول|أقول|قائلا|قائلة|قائلين|القول|قوله|قولها|بقوله|بقولها|حيث|إذ|بل|ثم"
)
_DUTCH = "دايك|دير|در|دن|دام|دي|غوخ|غال|نيستلروي|بيرسي|باستن|بومل|هال"
_NO_THAT = f"(?:فلان{END}|بان كي|بانك أوف|فان (?:{_DUTCH}){END})"
# Behind the forms of قال and at the beginning it is إن, behind every other word أن.
_THAT = pattern(
    rf"(?:(?P<said>{START}[وف]?(?:{_SAID_WORDS}) ?:? ?)|(?P<begins>(?:\A|[.؟!؛:]) ?[«“\"(]? ?))?"
    rf"{START}(?!{_NO_THAT})(?P<word>(?P<prefix>[وف]?[لب]?|ك(?=انه|اننا|انك))"
    rf"ا(?P<whom>ن(?:ه|ها|هم|هما|هن|ني|نا|ك|كم)?)){END}"
    rf"(?P<if> (?=شاء|كان{END}|كانت{END}|لم{END}))?"
)
_SAYS = pattern(
    rf"{START}[وف]?(?:قال|قالت|قالوا|يقول|تقول|يقولون){END}|{START}[وفلب]?[أاإ]ن(?:ه|ها|هم)?{END}"
)
_REACH = 60
"""Characters between قال and its «ان»: who said it stands there, with a title."""
_BEFORE_AN = (
    "على|عن|من|إلى|قبل|بعد|منذ|دون|بدون|رغم|مع|في|إلا|الا|غير|كما|يجب|يمكن|ينبغي|لابد|سبق|يذكر|يشار|شرط"
)
_GOVERNS_AN = pattern(rf"{START}[وف]?(?:{_BEFORE_AN}){END} ?\Z")

_IMAM_OF = "(?:ال)?مسجد|(?:ال)?جمعة|الصلاة|و?خطيب|الحرم"
_FRONT = pattern(rf"(?<![{LETTERS}])(?P<and>و?)ا(?P<front>مام(?:ه|ها|هم|نا|ي|ك)?){END}(?! (?:{_IMAM_OF}))")

# «إما … أو …» offers a choice, «أما … فـ…» turns to something else.
_AS_FOR = pattern(
    rf"{START}(?P<and>[وف]?)ا(?P<for>ما){END}(?P<choice>(?= [^.،؟!؛:]{{1,50}} (?:و[اإ]ما|[أا]و){END}))?"
)

_HUNDRED = pattern(
    rf"{START}(?P<before>[وفبلك]?(?:ال|لل)?(?:ثلاث|[أا]ربع|خمس|ست|سبع|ثمان|ثماني|تسع)?)(?:م[اأ]ئ|مأ|ماي)"
    rf"(?P<behind>ة|تا|تان|تي|تين|وي|وية)(?![{LETTERS}])"
)
_PERCENT = pattern(
    rf"{START}(?:(?P<loose>[وف]?ب) (?P<article>ال)|(?P<joined>[وف]?(?:في |ب)ال))"
    rf" ?(?:م[اأ]ئ|مئ|مأ|ماي)[ةه](?![{LETTERS}])"
)
# As agencies type it, «6ر0» is shown as 0ر6 in a line from right to left: the fraction comes first. Seen in
# reports of 2015 only: of a bank's shares «4ر5%» were sold and «9ر72» kept, which is 5.4 and 72.9 per cent.
_AGENCY_DECIMAL = pattern(rf"(?<![\d.,])(?P<first>\d{{1,4}})ر(?P<second>\d{{1,9}})(?![\d{LETTERS}]|[.,]\d)")


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


def agency_decimals(text: str) -> Iterator[Change]:
    """Write the decimals of the agencies, which have a ر for a comma, as others do; a lone zero is the whole.

    >>> after("4ر5% و35ر12 و6ر0، 0ر6 05ر1 مليون، 6ر05 ر5", agency_decimals)
    '5٫4% و12٫35 و0٫6، 0٫6 1٫05 مليون، 6٫05 ر5'
    """

    def decimal(match: re.Match[str]) -> str:
        fraction, whole = match["first"], match["second"]
        if fraction == "0" or (whole[0] == "0" and len(whole) > 1):
            whole, fraction = fraction, whole
        return f"{whole}٫{fraction}"

    return substituted("decimal of an agency", _AGENCY_DECIMAL, decimal, text)
