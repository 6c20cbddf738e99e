"""What is written short and said long: agencies, titles, acronyms, addresses, signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS
from nashra.arabic.patterns import SPACE, START, either, words
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
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
}
_SHORT = {
    "ق.م": "قبل الميلاد",
    "ب.م": "بعد الميلاد",
    "ش.م": "شركة مساهمة",
    "ص.ب": "صندوق البريد",
    "ج.م.ع": "جمهورية مصر العربية",
    "إلخ": "إلى آخره",
    "الخ": "إلى آخره",
    "ﷺ": "صلى الله عليه وسلم",
    "ﷻ": "جل جلاله",
    "(ص)": "صلى الله عليه وسلم",
    "(رض)": "رضي الله عنه",
}
# For him and for her; a name in ة is hers, but for those below.
_TITLES = {
    "د": ("الدكتور", "الدكتورة"),
    "دة": ("الدكتورة", "الدكتورة"),
    "ذ": ("الأستاذ", "الأستاذة"),
    "ذة": ("الأستاذة", "الأستاذة"),
    "أ": ("الأستاذ", "الأستاذة"),
    "أ.د": ("الأستاذ الدكتور", "الأستاذة الدكتورة"),
    "م": ("المهندس", "المهندسة"),
}
_HIS = frozenset(words("أسامة حمزة طلحة عبيدة قتيبة معاوية عطية جمعة خليفة حذيفة عكرمة"))
_ACRONYMS = {
    "AFCON": "كأس أمم إفريقيا",
    "ADSL": "إي دي إس إل",
    "CAF": "الكاف",
    "CAN": "الكان",
    "COVID": "كوفيد",
    "DNA": "دي إن إيه",
    "FAO": "الفاو",
    "FIFA": "فيفا",
    "GMT": "بتوقيت غرينيتش",
    "ISIS": "داعش",
    "INTERPOL": "الإنتربول",
    "LED": "ليد",
    "NASA": "ناسا",
    "NATO": "الناتو",
    "NASDAQ": "ناسداك",
    "OPEC": "أوبك",
    "SIM": "سيم",
    "UEFA": "يويفا",
    "UNESCO": "يونسكو",
    "UNICEF": "يونيسف",
    "VAR": "الفار",
    "WIFI": "واي فاي",
}
# The English names, as Arabic newsreaders say GPS; the French ones of Morocco differ in a few.
_LETTER_NAMES = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        words("إيه بي سي دي إي إف جي إتش آي جيه كيه إل إم إن أو بي كيو آر إس تي يو في دبليو إكس واي زد"),
        strict=True,
    )
)
_NETWORKS = {"3G": "الجيل الثالث", "4G": "الجيل الرابع", "5G": "الجيل الخامس", "6G": "الجيل السادس"}
_MIXED = {"CO2": "ثاني أكسيد الكربون", "H2O": "الماء", "2M": "دوزيم", "G7": "مجموعة السبع"} | {
    "G8": "مجموعة الثماني",
    "G20": "مجموعة العشرين",
    **_NETWORKS,
}
_SIGNS = {
    "%": "في المئة",
    "٪": "في المئة",
    "&": "و",
    "=": "يساوي",
    "§": "الفقرة",
    "№": "رقم",
    "°": "درجة",
    "+": "زائد",
    "×": "في",
    "÷": "على",
    "€": "يورو",
    "$": "دولار",
    "£": "جنيه",
}
_LONGEST_SPELLED = 6
"""Letters of the longest capitals that are spelled; RABAT-SALE is a word in capitals."""


def _spaced(letters: str) -> str:
    """Match letters with a space, a stop or both between them."""
    return rf"(?:{SPACE}|\.{SPACE}?)".join(letters.split())


_ADDRESS_END = r"[^\s،؛؟»)\]]*[^\s،؛؟»)\].,:!]"
_DOMAINS = "com|org|net|info|ma|fr|tv|io|gov|edu|eu|uk"
URL = re.compile(
    rf"(?:https?://|www\.){_ADDRESS_END}"
    rf"|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+){{0,3}}\.(?:{_DOMAINS})(?![\w.-]*@)(?:/[^\s،]*)?\b",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
AGENCY = re.compile(
    rf"(?P<named>وكالة{SPACE})?(?P<open>\()?{START}(?P<letters>{'|'.join(map(_spaced, _AGENCIES))})"
    rf"(?:(?(open)\.?\)|\.?))(?![{LETTERS}])"
)
SPELLED = re.compile(
    rf"{START}[{LETTERS}]{{1,4}}(?:\.{SPACE}?[{LETTERS}]{{1,4}}){{2,5}}(?:\.(?=\S))?(?![{LETTERS}])"
)
_SHORT_FORMS = either(_SHORT).replace(r"\.", rf"\.{SPACE}?")
SHORT = re.compile(rf"(?:{START}|(?=[(ﷺﷻ]))(?P<short>{_SHORT_FORMS})(?![{LETTERS}])")
_TITLE_FORMS = either(_TITLES).replace(r"\.", rf"\.{SPACE}?")
TITLE = re.compile(
    rf"{START}(?P<prefix>[ول]?)(?P<title>{_TITLE_FORMS}){SPACE}?\.{SPACE}?(?=(?P<name>[{LETTERS}]{{3,}}))"
)
MIXED = re.compile(rf"(?<![A-Za-z\d])(?:{either(_MIXED)})(?![A-Za-z\d])")
ACRONYM = re.compile(
    rf"(?:{CLITIC}|(?<=\d))(?<![A-Za-z])(?P<letters>[A-Z]{{2,}}|[A-Z](?:\.[A-Z])+\.?|[A-Z](?=-?\d))"
    r"(?![A-Za-z])(?:-(?=\d))?"
)
SIGN = re.compile(either(_SIGNS))
TIMES = re.compile(rf"(?<=\d){SPACE}?[x×X*]{SPACE}?(?=\d)")


def say_url(match: re.Match[str], _: Place) -> str:
    """Say that there is a link; nobody listens to an address."""
    return "بريد إلكتروني" if "@" in match[0] else "رابط إلكتروني"


def say_agency(match: re.Match[str], _: Place) -> str:
    """Say the name of a news agency for its letters, with or without brackets."""
    return _AGENCIES[" ".join(re.findall(rf"[{LETTERS}]", match["letters"]))]


def say_spelled(match: re.Match[str], _: Place) -> str:
    """Say «سي.إن.إن» without its stops."""
    return " ".join(re.findall(rf"[{LETTERS}]+", match[0]))


def say_short(match: re.Match[str], _: Place) -> str:
    """Say a fixed abbreviation in full."""
    return _SHORT[re.sub(SPACE, "", match["short"])]


def say_title(match: re.Match[str], _: Place) -> str:
    """Say a title before a name."""
    hers = match["name"].endswith("ة") and match["name"] not in _HIS
    title = _TITLES[re.sub(SPACE, "", match["title"])][hers]
    return match["prefix"] + (title[1:] if match["prefix"] == "ل" else title)


def say_mixed(match: re.Match[str], _: Place) -> str:
    """Say a name of letters and digits."""
    return _MIXED[match[0]]


def say_acronym(match: re.Match[str], _: Place) -> str | None:
    """Say an acronym as the word it has become, or letter by letter; a long one is a word, not ours."""
    letters = match["letters"].replace(".", "")
    if letters in _ACRONYMS:
        return _ACRONYMS[letters]
    if len(letters) > _LONGEST_SPELLED:
        return None
    return " ".join(_LETTER_NAMES[letter] for letter in letters)


def say_times(_match: re.Match[str], _: Place) -> str:
    """Say the sign between two measures: «4x4»."""
    return " في "


def say_sign(match: re.Match[str], _: Place) -> str:
    """Say a sign that stands alone."""
    return _SIGNS[match[0]]
