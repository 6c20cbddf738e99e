"""Letters of other scripts: three of them by a table of sounds, the others left out and told."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from nashra.arabic.latin import TRANSLITERATED, marked
from nashra.arabic.patterns import pattern
from nashra.arabic.rewriting import NOT_UNDERSTOOD
from nashra.arabic.sequences import ODD_DIGIT

if TYPE_CHECKING:
    import re

    from nashra.arabic.place import Place

_LETTERS = {
    letter: sound
    for letters, sounds in (
        (
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
            "ا ب ف غ د ي يو ج ز ي ي ك ل م ن و ب ر س ت و ف خ تس تش ش ش - ي - ي يو يا ي يي ي غ و",
        ),
        ("αβγδεζηθικλμνξοπρσςτυφχψω", "ا ف غ ذ ي ز ي ث ي ك ل م ن كس و ب ر س س ت ي ف خ بس و"),
        (
            "ⴰⴱⴳⴷⴹⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥⵯ",
            "ا ب ك د ض - ف ك ه ح ع خ ق ي ج ل م ن و ر ر غ س ص ش ت ط و ي ز ز -",
        ),
    )
    for letter, sound in zip(letters, sounds.replace("-", "_").split(), strict=True)
}
_INITIAL = {"ا": "أ", "ي": "إي", "و": "أو"}
FOREIGN = pattern(
    r"[^\W\d_\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"
    r"[^\s\d_!-/:-@\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff\ufffc«»…–—]{0,99}"
)


def say_foreign(match: re.Match[str], place: Place) -> str | None:
    """Say a word in a script that the table has; leave out the letters of others."""
    if not ODD_DIGIT.sub("", match[0]):
        return None
    folded = (_fold(char) for char in match[0].lower())
    said = "".join(_LETTERS.get(char, "") for char in folded).replace("_", "")
    if not said:
        return " " if place.before[-1:].isalnum() and place.after[:1].isalnum() else ""
    return marked(_INITIAL.get(said[0], said[0]) + said[1:])


def note_foreign(match: re.Match[str]) -> str:
    """Say whether letters were read by a table or left out."""
    return TRANSLITERATED if any(_fold(char) in _LETTERS for char in match[0].lower()) else NOT_UNDERSTOOD


def _fold(char: str) -> str:
    return char if char in _LETTERS else unicodedata.normalize("NFD", char)[0]
