"""Signs: those that stand for words are said, the others are left out by a rule that tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS
from nashra.arabic.patterns import END, SPACE, either, pattern

if TYPE_CHECKING:
    import re

    from nashra.arabic.place import Place

_SAID = {
    "%": "في المئة",
    "٪": "في المئة",
    "‰": "في الألف",
    "=": "يساوي",
    "≠": "لا يساوي",
    "§": "الفقرة",
    "№": "رقم",
    "°": "درجة",
    "+": "زائد",
    "±": "زائد أو ناقص",
    "×": "في",
    "÷": "على",
    "€": "يورو",
    "$": "دولار",
    "£": "جنيه",
}
_BEFORE_FIGURE = {
    "~": "نحو",
    "≈": "نحو",
    "<": "أقل من",
    ">": "أكثر من",
    "≤": "أقل من أو يساوي",
    "≥": "أكثر من أو يساوي",
    "#": "رقم",
    "n°": "رقم",
    "N°": "رقم",
    "nº": "رقم",
    "Nº": "رقم",
}
_BETWEEN = {"→": "إلى", "←": "إلى", "➔": "إلى"}
_LATIN = "A-Za-zÀ-ɏ"
AMPERSAND = pattern(rf"(?<=[{_LATIN}\d]){SPACE}?&{SPACE}?(?=[{_LATIN}])")
"""«AT&T», «Johnson & Johnson»: and, in the language of the name."""
BRAND_PLUS = pattern(rf"(?<=[{_LATIN}])\+(?![\w+=])")
"""«Disney+»."""
TIMES = pattern(rf"(?<=\d){SPACE}?[x×X*]{SPACE}?(?=\d)")
MINUS = pattern(rf"(?<=\d){SPACE}?[-−–]{SPACE}?(?=\d{{1,9}}(?:[.,]\d{{1,9}})?{SPACE}?=)")
"""A dash between two figures is a minus where their difference follows: «10 - 3 = 7»."""
SIGN = pattern(either(_SAID))
BEFORE_FIGURE = pattern(rf"(?<![A-Za-z])(?:{either(_BEFORE_FIGURE)}){SPACE}?(?=\d)")
AND_MORE = pattern(r"(?<=\d)\+(?![\w+])")
"""«18+»: of this age and older."""
ARROW = pattern(rf"(?<=[\w)»]){SPACE}?[→←➔]{SPACE}?(?=[\w(«])")
OTHER_ENDING = pattern(rf"(?<=[{LETTERS}])/(?:ة|ات|ين|ون|ا|ت|ها){END}")
"""The feminine of «السيد/ة»: nobody reads it."""
SLASH = pattern(
    rf"(?:(?<=[{LETTERS}][{LETTERS}])|(?<=\ufffc))/(?:(?=[{LETTERS}]{{2}}|\ufffc)|{SPACE}(?=[{LETTERS}\ufffc]))"
    rf"|(?<=\ufffc){SPACE}/{SPACE}(?=\ufffc)"
)
UNSAID = pattern("[©®™†‡¶]")
# The digits among them (➀, ❶) are said. One class: a row of them is one match.
EMOJI = pattern(
    "[\u231a-\u23ff\u25a0-\u2775\u2794-\u27bf\u2b05-\u2b55\U0001f000-\U0001f0ff\U0001f10d-\U0001faff"
    "\u200d\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f]+"
)


def say_times(_match: re.Match[str], _: Place) -> str:
    """Say the sign between two measures: «4x4»."""
    return " في "


def say_minus(_match: re.Match[str], _: Place) -> str:
    """Say the sign of a subtraction."""
    return " ناقص "


def say_ampersand(_match: re.Match[str], _: Place) -> str:
    """Say the sign between two Latin words."""
    return " أند "


def say_brand_plus(_match: re.Match[str], _: Place) -> str:
    """Say the sign at the end of a Latin name."""
    return " بلس"


def say_sign(match: re.Match[str], _: Place) -> str:
    """Say a sign that stands alone."""
    return _SAID[match[0]]


def say_before_figure(match: re.Match[str], place: Place) -> str:
    """Say a sign that tells something of the figure behind it: «~50», «#1»; «رقم #1» says it already."""
    word = _BEFORE_FIGURE[match[0].strip()]
    return "" if place.word_before == word else word + " "


def say_and_more(_match: re.Match[str], _: Place) -> str:
    """Say the sign behind an age."""
    return " فما فوق"


def say_arrow(_match: re.Match[str], _: Place) -> str:
    """Say an arrow between two words or figures."""
    return " إلى "


def say_slash(_match: re.Match[str], _: Place) -> str:
    """Say a stroke between two words as a pause."""
    return "، "


def leave_out(_match: re.Match[str], place: Place) -> str:
    """Leave out what has no sound; words that it parted stay apart."""
    return " " if place.before[-1:].isalnum() and place.after[:1].isalnum() else ""
