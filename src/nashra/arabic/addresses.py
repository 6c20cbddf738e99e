"""Addresses of the net: links, mail, hashtags and the names of accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.acronyms import ACRONYMS, spell
from nashra.arabic.amounts import is_year
from nashra.arabic.figures import figure, say_figure
from nashra.arabic.latin import transliterate
from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.patterns import pattern
from nashra.arabic.place import CLITIC
from nashra.arabic.years import say_year_of

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_ADDRESS_END = r"[^\s،؛؟»)\]\ufffc]{0,2000}[^\s،؛؟»)\].,:!\ufffc]"
_DOMAINS = "com|org|net|info|ma|fr|tv|io|gov|edu|eu|uk|es|dz|tn|eg|sa|ae|qa|press|news|co|me|be|ly"
URL = pattern(
    rf"{CLITIC}(?:(?:(?:https?|ftp)://|www\.){_ADDRESS_END}"
    rf"|(?<![A-Za-z\d@._-])[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,3}}\.(?:{_DOMAINS})"
    rf"(?![\w.-]{{0,99}}@)(?![A-Za-z])(?:/[^\s،\ufffc]{{0,2000}})?\b)",
    re.IGNORECASE,
)
# Written with a capital and nothing behind it.
_FIRM = pattern(r"(?<![A-Za-z\d/.@-])(?P<name>[A-Z][A-Za-z\d]{2,20})\.(?P<domain>com|net)\Z")
_DOT = {"com": "كوم", "net": "نت"}
EMAIL = pattern(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
HASHTAG = pattern(rf"{CLITIC}(?<![A-Za-z\d_])#(?P<tag>\d{{0,9}}[^\W\d]\w{{0,99}})")
HANDLE = pattern(rf"{CLITIC}(?<![A-Za-z\d_.@])@(?P<name>[A-Za-z\d_](?:[\w.]{{0,62}}\w)?)")
_PARTS = pattern(rf"\d+|[{LETTERS}{MARKS}]+|[A-ZÀ-Ö]?[a-zß-ɏ]+|[A-Z]+(?![a-z])|[A-Z]")


def say_url(match: re.Match[str], _: Place) -> str:
    """Say that there is a link; nobody listens to an address, but «Booking.com» is the name of a firm."""
    if firm := _FIRM.search(match[0]):
        return f"{_words(firm['name'])} دوت {_DOT[firm['domain']]}"
    return "بريد إلكتروني" if "@" in match[0] else "رابط إلكتروني"


def say_hashtag(match: re.Match[str], place: Place) -> str:
    """Say the words of a hashtag: «#الحرية_الآن», «#COP22»."""
    named = place.word_before.endswith(("وسم", "هاشتاغ", "هاشتاج", "هاشتاق"))
    return ("" if named else "وسم ") + _words(match["tag"])


def say_handle(match: re.Match[str], place: Place) -> str:
    """Say the name of an account: «@MarocDiplo»."""
    named = place.word_before.endswith(("حساب", "حسابه", "حسابها", "الحساب"))
    return ("" if named else "حساب ") + _words(match["name"])


def _words(name: str) -> str:
    """Say the parts of a name that was written without spaces.

    >>> _words("الحرية_الآن")
    'الحرية الآن'
    """
    return " ".join(map(_word, _PARTS.findall(name)))


def _word(part: str) -> str:
    if part.isdecimal():
        # «#كأس_العالم_2030», «#Maroc2030»
        return say_year_of(part, None) if len(part) == 4 and is_year(int(part)) else say_figure(figure(part))
    if part.isascii() and part.isupper():
        return ACRONYMS.get(part) or (spell(part) if len(part) <= 6 else transliterate(part))
    return part if re.match(rf"[{LETTERS}]", part) else transliterate(part)
