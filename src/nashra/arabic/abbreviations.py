"""What Arabic writes short and says long: agencies, titles, initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.patterns import END, SPACE, START, either, pattern, words
from nashra.arabic.rewriting import Change, after  # noqa: F401 `after` for a doctest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.arabic.place import Place

_AGENCIES = {
    "و م ع": "وكالة المغرب العربي للأنباء",
    "أ ف ب": "وكالة فرانس بريس",
    "ا ف ب": "وكالة فرانس بريس",
    "د ب أ": "وكالة الأنباء الألمانية",
    "د ب ا": "وكالة الأنباء الألمانية",
    "أ ش أ": "وكالة أنباء الشرق الأوسط",
    "و أ ج": "وكالة الأنباء الجزائرية",
    "و ا س": "وكالة الأنباء السعودية",
    "ق ن أ": "وكالة الأنباء القطرية",
    "ق ن ا": "وكالة الأنباء القطرية",
    "ا ش ا": "وكالة أنباء الشرق الأوسط",
    "ي ب أ": "وكالة الأنباء الأوروبية",
    "و ا م": "وكالة أنباء الإمارات",
    "أ ب": "وكالة أسوشيتد برس",
    "ا ب": "وكالة أسوشيتد برس",
}
_SHORTEST_ALONE = 3
"""Letters of an agency that needs no bracket: «أ ب» may be two rows of a list."""
_SHORT = {
    "ق.م": "قبل الميلاد",
    "ب.م": "بعد الميلاد",
    "ش.م": "شركة مساهمة",
    "ص.ب": "صندوق البريد",
    "ت.غ": "بتوقيت غرينيتش",
    "ج.م.ع": "جمهورية مصر العربية",
    "إلخ": "إلى آخره",
    "الخ": "إلى آخره",
    "ﷺ": "صلى الله عليه وسلم",
    "ﷻ": "جل جلاله",
    "(ص)": "صلى الله عليه وسلم",
    "(رض)": "رضي الله عنه",
    "(ع)": "عليه السلام",
    "ش.م.م": "شركة ذات مسؤولية محدودة",
    "ذ.م.م": "ذات مسؤولية محدودة",
    "ش.ذ.م.م": "شركة ذات مسؤولية محدودة",
    "ض.ج": "ضربات الجزاء",
    "ض.ت": "ضربات الترجيح",
    "ر.ت": "ركلات الترجيح",
    "ر.ج": "ركلات الجزاء",
    "س/ج": "سؤال وجواب",
}
# Without stops, or of one letter: a figure beside them tells what they are.
_BY_FIGURE = {"ق م": "قبل الميلاد", "ت غ": "بتوقيت غرينيتش", "ص ب": "صندوق البريد", "ت": "توفي"}
# For him and for her; a name in ة is hers, but for those below.
_TITLES = {
    "د": ("الدكتور", "الدكتورة"),
    "دة": ("الدكتورة", "الدكتورة"),
    "ذ": ("الأستاذ", "الأستاذة"),
    "د.ة": ("الدكتورة", "الدكتورة"),
    "ذ.ة": ("الأستاذة", "الأستاذة"),
    "ذة": ("الأستاذة", "الأستاذة"),
    "أ": ("الأستاذ", "الأستاذة"),
    "أ.د": ("الأستاذ الدكتور", "الأستاذة الدكتورة"),
    "م": ("المهندس", "المهندسة"),
}
_HIS = frozenset(words("أسامة حمزة طلحة عبيدة قتيبة معاوية عطية جمعة خليفة حذيفة عكرمة"))
_HERS = frozenset(
    words(
        "آمال أسماء أمل إكرام إلهام إيمان ابتسام بشرى حسناء حنان حياة دنيا ريم زينب سعاد سلمى سلوى سناء"
        " سهام شيماء صفاء عواطف فدوى كوثر لبنى لمياء ليلى مريم منى نجوى ندى نهى نوال هاجر هدى"
        " هند هناء وئام وفاء يسرى"
    )
)
LETTER_NAMES = dict(
    zip(
        "اأإبتثجحخدذرزسشصضطظعغفقكلمنهوي",
        words(
            "أَلِف أَلِف أَلِف بَاء تَاء ثَاء جِيم حَاء خَاء دَال ذَال رَاء زَاي سِين شِين صَاد ضَاد طَاء ظَاء"
            " عَيْن غَيْن فَاء قَاف كَاف لَام مِيم نُون هَاء وَاو يَاء"
        ),
        strict=True,
    )
)


def _spaced(letters: str) -> str:
    """Match letters with a space, a stop or both between them."""
    return rf"(?:{SPACE}|\.{SPACE}?)".join(letters.split())


AGENCY = pattern(
    rf"(?P<named>وكالة{SPACE})?(?P<open>\()?{START}(?P<letters>{'|'.join(map(_spaced, _AGENCIES))})"
    rf"(?:(?(open)\.?\)|\.?))(?![{LETTERS}])"
)
SPELLED = pattern(
    rf"{START}[{LETTERS}]{{1,4}}(?:\.{SPACE}?[{LETTERS}]{{1,4}}){{2,5}}(?:\.(?=\S))?(?![{LETTERS}])"
)
_SHORT_FORMS = either(_SHORT).replace(r"\.", rf"\.{SPACE}?")
SHORT = pattern(rf"(?:{START}|(?=[(ﷺﷻ]))(?P<short>{_SHORT_FORMS})(?:\.(?={SPACE}?\d))?(?![{LETTERS}])")
BY_FIGURE = pattern(
    rf"(?P<short>(?<=\d )(?:ق{SPACE}م|ت{SPACE}غ)|{START}ص{SPACE}ب(?={SPACE}?:?{SPACE}?\d)"
    rf"|{START}ت(?=\.?{SPACE}?\d{{2,4}}{SPACE}?(?:هـ?|م)(?![{LETTERS}{MARKS}])))(?:\.(?={SPACE}?\d))?(?![{LETTERS}{MARKS}])"
)
_TITLE_FORMS = either(_TITLES).replace(r"\.", rf"\.{SPACE}?")
TITLE = pattern(
    rf"{START}(?P<prefix>[ول]?)(?P<title>{_TITLE_FORMS})(?:{SPACE}?\.{SPACE}?|(?<=\.ة){SPACE})(?=(?P<name>[{LETTERS}]{{3,}}))"
)

# «م. ب.», «س.م.ع.»: initials have a stop each, but for the last: «إ.خ».
INITIALS = pattern(
    rf"{START}[{LETTERS}]\.(?:(?:{SPACE}?[{LETTERS}]\.){{1,4}}(?![{LETTERS}])|(?:[{LETTERS}]\.){{0,3}}[{LETTERS}](?![{LETTERS}{MARKS}.]))"
)
INITIAL = pattern(rf"{START}(?P<letter>[ء-ي])\.{SPACE}?(?=[{LETTERS}]{{3}})")
SPACED = pattern(rf"{START}(?<!\.)[{LETTERS}](?:{SPACE}[{LETTERS}]){{2,5}}(?![{LETTERS}{MARKS}.])")
"""«ك د ش»: the letters of a party or a union."""
_LETTERED = pattern(
    rf"{START}[وفبل]?(?:ال)?(?:مجموع|فئ|فقر|نقط|فصيل|منطق|درج|قسم|بند|حرف|فيتامين|كبد|صنف|ملحق|مستوى|نموذج|جناح|شطر|هواة)"
    rf"(?:[ةا]|تين|تان|ين|ان)?{SPACE}[(«“\"]?\Z"
)
_ALONE = pattern(
    rf"{START}(?P<joined>و{SPACE})?(?P<letter>[{''.join(LETTER_NAMES.keys() - {'و'})}])(?![{LETTERS}{MARKS}])"
    rf"(?P<last>(?={SPACE}?(?:[،,؛;:.؟?!)»”\"\]]|(?:و|أو){SPACE}?[{LETTERS}]{END}|\Z)))?"
)
_BOOK = {"ص": ("الصفحة", Gender.FEMININE), "ط": ("الطبعة", Gender.FEMININE), "ج": ("الجزء", Gender.MASCULINE)}
BOOK = pattern(
    rf"{START}(?P<part>[صطج]){SPACE}?[.:]?{SPACE}?(?P<number>\d{{1,3}})(?![\d{LETTERS}]|[.,٫:/-]\d|{SPACE}?[%٪])"
)

PLATE = pattern(
    rf"(?<![\d.,/|-])(?P<first>\d{{1,5}}){SPACE}?(?P<sign>[-/|]){SPACE}?(?P<letter>[أبدهوطي])"
    rf"{SPACE}?(?P=sign){SPACE}?(?P<last>\d{{1,2}})(?!\d)"
)
"""A Moroccan car: «12345-أ-6»."""


def say_agency(match: re.Match[str], _: Place) -> str | None:
    """Say the name of a news agency for its letters, with or without brackets."""
    letters = re.findall(rf"[{LETTERS}]", match["letters"])
    if len(letters) < _SHORTEST_ALONE and not (match["named"] or match["open"] or "." in match["letters"]):
        return None
    return _AGENCIES[" ".join(letters)]


def say_spelled(match: re.Match[str], _: Place) -> str:
    """Say «سي.إن.إن» without its stops."""
    return " ".join(re.findall(rf"[{LETTERS}]+", match[0]))


def say_short(match: re.Match[str], _: Place) -> str:
    """Say a fixed abbreviation in full."""
    return _SHORT[re.sub(SPACE, "", match["short"])]


def say_by_figure(match: re.Match[str], _: Place) -> str:
    """Say letters that a figure explains: «1200 ق م», «(ت 656هـ)»."""
    return _BY_FIGURE[re.sub(SPACE, " ", match["short"])]


def say_title(match: re.Match[str], _: Place) -> str:
    """Say a title before a name."""
    hers = match["name"] in _HERS or (match["name"].endswith("ة") and match["name"] not in _HIS)
    title = _TITLES[re.sub(SPACE, "", match["title"])][hers]
    return match["prefix"] + (title[1:] if match["prefix"] == "ل" else title)


def say_initials(match: re.Match[str], _: Place) -> str:
    """Say letters that stand for names by their own names: «م. ب.»."""
    return " ".join(LETTER_NAMES[letter] for letter in match[0] if letter in LETTER_NAMES)


def say_initial(match: re.Match[str], _: Place) -> str | None:
    """Say the initial before a family name: «ع. ورديني»."""
    return LETTER_NAMES[match["letter"]] + " " if match["letter"] in LETTER_NAMES else None


def say_spaced(match: re.Match[str], place: Place) -> str | None:
    """Say letters that stand apart by their names; a و between two of them joins them."""
    letters = match[0].split()
    return None if letters[1:-1] == ["و"] else say_initials(match, place)


def letters_alone(text: str) -> Iterator[Change]:
    """Say a letter by its name at the end of a phrase, or behind what has letters: «المجموعة أ».

    The diacritizer would take the ب of «الفقرة ب من» for a preposition, and espeak says a long title for أ.

    >>> after("الفقرة ب من المادة (أ)، ب و ج", letters_alone)
    'الفقرة بَاء من المادة (أَلِف)، بَاء وجِيم'
    >>> after("جاء ل يرى ع ورديني، وهو", letters_alone)
    'جاء ل يرى ع ورديني، وهو'
    """
    for alone in _ALONE.finditer(text):
        if alone["last"] is not None or _LETTERED.search(text, max(alone.start() - 30, 0), alone.start()):
            said = ("و" if alone["joined"] else "") + LETTER_NAMES[alone["letter"]]
            yield Change("letter", alone[0], said, alone.start())


def say_book(match: re.Match[str], place: Place) -> str:
    """Say the page, edition or volume of a book: «ص 12»."""
    name, gender = _BOOK[match["part"]]
    number = int(match["number"])
    case = Case.GENITIVE if place.case is Case.GENITIVE else Case.NOMINATIVE
    return f"{name} {ordinal(number, gender=gender, case=case) if number else cardinal(0)}"


def say_plate(match: re.Match[str], _: Place) -> str:
    """Say the plate of a car, its letter by name."""
    return f"{cardinal(int(match['first']))} {LETTER_NAMES[match['letter']]} {cardinal(int(match['last']))}"
