"""Spelling as the voice must have it: hamza, final ya, words glued together or torn apart.

The forms are read on the bare word: a word that carries some marks is spelled right or wrong all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic import hamza
from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.patterns import END, START, either, words
from nashra.arabic.rewriting import after, substituted  # noqa: F401 doctests show steps with `after`
from nashra.model import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MARK = re.compile(f"[{MARKS}]")

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
    "|(?:سم|بن|بنة|مرأة|ثنان|ثنين|ثنتان|ثنتين|ثنا|ثني)"  # the few nouns with a bare alif
    "|(?:جتمع|عتقل|عتبر|نتقل|نتقد|نتهى|نطلق|نضم|فتتح|ختتم|قترح|لتقى|رتفع|نخفض|حتل|ختار)(?:ت|وا)?"  # verbs
)
# These begin with a hamza that is said: names, and measures of the form IV (إنتاج، إقليم).
_SAID = "ستاكوز|ستريمادور|لتراس|سطنبول|نستغرام|نديان|نزكان|نتاج|متاع"
_EXTRA = re.compile(rf"(?<![{LETTERS}])(?P<before>{_CLITICS})إ(?!{_SAID})(?P<stem>{_STEMS})(?![{LETTERS}])")

_SAID_WORDS = (
    "قال|قالت|قالوا|يقول|تقول|يقولون|نقول|أقول|قائلا|قائلة|قائلين|القول|قوله|قولها|بقوله|بقولها|حيث|إذ|بل|ثم"
)
# Behind the forms of قال and at the beginning it is إن, behind every other word أن.
_THAT = re.compile(
    rf"(?:(?P<said>{START}[وف]?(?:{_SAID_WORDS}) ?:? ?)|(?P<begins>(?:\A|[.؟!؛:]) ?[«“\"(]? ?))?"
    rf"{START}(?P<word>(?P<prefix>[وف]?[لب]?|ك(?=انه|اننا|انك))"
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

# Words that end in ya, written with the alif that looks like it, and the other way round. على, إلى,
# حتى, متى, لدى are right as they stand; علي is a man's name, and so is علي العلوي.
_YA = (
    *words(
        "في الذي التي هي أي ذي حوالي الماضي الثاني التالي الحالي الوطني الدولي العربي الإسلامي المصري المغربي"
    ),
    *words("السياسي الرئيسي الاجتماعي الاقتصادي الأمني التوالي الجاري اللذي اللتي"),
)
_ALIF = {"حتي": "حتى", "إلي": "إلى", "الي": "إلى", "أخري": "أخرى", "الأخري": "الأخرى", "مستشفي": "مستشفى"}
_ENDING = {word[:-1] + "ى": word for word in _YA} | _ALIF | {"المستشفي": "المستشفى", "المنتدي": "المنتدى"}
_FINAL = re.compile(
    rf"(?<![{LETTERS}])(?!والي{END})(?P<conjunction>[وف]?)"  # «والي الجهة» is a governor
    rf"(?P<word>{either(_ENDING)}|علي(?= ال(?![{LETTERS}]*ي(?![{LETTERS}]))))"
    rf"(?![{LETTERS}])"
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
    المطلب المتين المجيب المحسن المعطي المهيمن الناصر النصير الأحد الاحد الكافي الفضيل القيوم الجميل
""")
_GLUED = re.compile(
    rf"{START}(?P<first>[وفبلك]?(?:بن)?عبد(?!البيضاء)|[وفبلك]?الدار(?=البيضاء)|[وف]?لدار(?=البيضاء))"
    rf"(?P<second>{either(_SERVANT_OF)}|البيضاء){END}"
)
# «لا» written onto its word; «لازم», «لاحظ» are words of their own.
_DENIED = words("""
    بد شك زال زالت زالوا زالا زلت زلنا يزال تزال يزالون نزال يزالان يمكن تمكن يجوز تجوز يوجد توجد يتم تتم يعني
    تعني يجب يريد تريد يعرف تعرف يعلم يقل تقل يزيد تزيد يتجاوز تتجاوز يكون تكون يحق يخفى داعي مجال مفر محالة
    بأس ينبغي تنبغي يستطيع تستطيع يتعدى تتعدى يهم تهم يليق يكفي تكفي يقبل تقبل يحتاج تحتاج يمت تمت يعقل غير
    """)
_NOT_APART = re.compile(rf"{START}(?P<and>[وف]?)لا(?P<word>{either(_DENIED)}){END}")
_TORN = {"عر ض": "عرض", "ضم ته": "ضمته"}
_TORN_FORM = re.compile(rf"{START}(?P<and>[وف]?)(?P<torn>{either(_TORN)}){END}(?![{MARKS}ـ.])")


def _in_bare(
    rule: str, form: re.Pattern[str], to: Callable[[re.Match[str]], tuple[str | int, str, str]], text: str
) -> Iterator[Change]:
    """Give the changes that a form, read without vowel marks, makes of single letters of its words.

    `to` gives the name of the group that changes, what becomes of it, and a note.
    """
    places = (
        [place for place, char in enumerate(text) if not _MARK.match(char)] if _MARK.search(text) else None
    )
    bare = "".join(text[place] for place in places) if places is not None else text
    for match in form.finditer(bare):
        group, right, note = to(match)
        start, end = match.span(group)
        if right == bare[start:end]:
            continue
        if places is not None:
            if len(right) != end - start:
                continue  # a word of another length that carries marks is the author's own
            start, end = places[start], places[end - 1] + 1
            right = _with_marks(text[start:end], right)
        yield Change(rule, text[start:end], right, start, note)


def _with_marks(marked: str, right: str) -> str:
    """Put other letters under the marks of a word.

    >>> _with_marks("اَن", "أن") == "أَن"
    True
    """
    letters = iter(right)
    return "".join(char if _MARK.match(char) else next(letters) for char in marked)


def extra_hamza(text: str) -> Iterable[Change]:
    """Write a bare alif where a hamza was written that nobody says.

    >>> after("الإجتماعات الإقتصادية و إستعداد للإحتفال بإتفاق", extra_hamza)
    'الاجتماعات الاقتصادية و استعداد للاحتفال باتفاق'
    >>> after("إجتماعاً الإِنتخابات، إسم الإثنين وإعتبر", extra_hamza)
    'اجتماعاً الاِنتخابات، اسم الاثنين واعتبر'
    >>> after("الإقليمي الإنتاج إستراتيجية الإعلان الإصلاح إلى إسبانيا الإرهاب", extra_hamza)
    'الإقليمي الإنتاج إستراتيجية الإعلان الإصلاح إلى إسبانيا الإرهاب'
    >>> right = "إستونيا إسترليني إستوديو إسطنبول إنستغرام إنديانا إلتراس إستريمادورا إستاكوزا إنزكان"
    >>> after(right, extra_hamza) == right
    True
    """
    return _in_bare("extra hamza", _EXTRA, lambda match: (0, f"{match['before']}ا{match['stem']}", ""), text)


def missing_hamza(text: str) -> Iterable[Change]:
    """Write the hamza of a word that is no other word without it.

    >>> after("الى اسبانيا، واكد الاول ايضاً ان الاسلامية", missing_hamza)
    'إلى إسبانيا، وأكد الأول أيضاً ان الإسلامية'
    >>> after("واحد كامل الاجتماع اما واصل ابن اسم استقبال الا", missing_hamza)
    'واحد كامل الاجتماع اما واصل ابن اسم استقبال إلا'
    """
    return _in_bare("missing hamza", hamza.MISSING, lambda match: (0, hamza.restored(match), ""), text)


def that(text: str) -> Iterable[Change]:
    """Write «ان» as إن behind the forms of قال and at the beginning, else as أن.

    >>> after("قال الوزير ان المغرب، واكد انه يجب ان نعمل لانها", that)
    'قال الوزير إن المغرب، واكد أنه يجب أن نعمل لأنها'
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

    return _in_bare("أن or إن", _THAT, decided, text)


def in_front(text: str) -> Iterable[Change]:
    """Write «امام» as أمام, but before a mosque, whose imam it is.

    >>> after("امام المحكمة، امامهم، امام مسجد، الامام", in_front)
    'أمام المحكمة، أمامهم، امام مسجد، الامام'
    """
    return _in_bare("missing hamza", _FRONT, lambda match: (0, f"{match['and']}أ{match['front']}", ""), text)


def final_ya(text: str) -> Iterable[Change]:
    """Write a final ya with its dots, and the alif that looks like it without.

    >>> after("فى الذى والتى حتي الي علي الأقل", final_ya)
    'في الذي والتي حتى إلى على الأقل'
    >>> after("على إلى حتى متى لدى مستشفى علي العلوي محمد علي والي الجهة", final_ya)
    'على إلى حتى متى لدى مستشفى علي العلوي محمد علي والي الجهة'
    """
    return _in_bare("final ya", _FINAL, lambda match: ("word", _ENDING.get(match["word"], "على"), ""), text)


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
    """Part the two words of a name.

    >>> after("عبدالله وعبدالعزيز بنعبدالله الدارالبيضاء", glued_names)
    'عبد الله وعبد العزيز بنعبد الله الدار البيضاء'
    >>> after("عبدالي عبدالاوي عبدا عبد الله", glued_names)
    'عبدالي عبدالاوي عبدا عبد الله'
    """
    return substituted("glued names", _GLUED, r"\g<first> \g<second>", text)


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
