"""Roman numerals: the number of a king, a century, a chapter; else a plain one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS
from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.patterns import pattern, words
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_VALID = pattern(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_KINGS = frozenset(
    words(
        "محمد الحسن حسن لويس بنديكتوس بندكتس يوحنا بولس فيليبي فيليب شارل تشارلز كارلوس جورج هنري"
        " عبدالله الله"
        " ألبير ليو ليون بيوس غريغوريوس تواضروس شنودة نابليون بطرس نيكولا فريدريك كارل هارالد رمسيس"
        " خوان غوستاف"
        " الفاتيكان حسين الحسين إدوارد ويليام ألكسندر فيلهلم سليمان سليم مراد إسماعيل فؤاد"
    )
)
_QUEENS = frozenset(
    words("إليزابيث إليزابث كاترين مارغريت مارغريتا إيزابيلا كليوباترا ماري Elizabeth Catherine")
)
_NO_NUMBERS = frozenset(words("XI XX XXX VI MIX CD CV DC MC MD CM DI LCD CC MM"))
"""Alone these are sizes, names and abbreviations."""
_LATIN_NAME = pattern(r"(?<![A-Za-z])[A-Z][a-zà-ÿ]{1,30}\Z")
_FEMININE_IN_YA = frozenset(words("الذكرى"))
ROMAN = pattern(
    rf"{CLITIC}(?<![A-Za-zÀ-ɏ\d.'’&-])(?P<roman>[IVXLCDM]{{1,12}})(?![A-Za-zÀ-ɏ\d'’&+-]|\.[A-Za-z])"
)
_SECOND = pattern(r"(?:القرن|القرنين|القرنان) [IVXL]{1,8} ?\Z")


def value(numeral: str) -> int | None:
    """Return the number that a Roman numeral writes; None for one that is ill-formed.

    >>> value("XIV"), value("IIII"), value("MMXXIV"), value("")
    (14, None, 2024, None)
    """
    if not numeral or not _VALID.fullmatch(numeral):
        return None
    values = [_VALUES[letter] for letter in numeral]
    return sum(
        -one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True)
    )


def say_roman(match: re.Match[str], place: Place) -> str | None:
    """Say a Roman numeral: an ordinal behind a name or a definite noun, else a cardinal."""
    numeral = match["roman"]
    number = value(numeral)
    if number is None:
        return None
    before = place.before.rstrip()
    word = re.split(r"[\s«»()،]", before)[-1]
    stem = re.sub(r"^[وفبلك](?=\S{4})", "", word)
    latin = _LATIN_NAME.search(word)
    queen, king = {word, stem} & _QUEENS, {word, stem} & _KINGS
    definite = re.match(rf"[وف]?(?:[بك]?ال|لل)[{LETTERS}]{{2}}", word)
    plain = re.fullmatch("[IVX]+", numeral) is not None
    if (
        queen
        or king
        or (
            plain and (definite or _SECOND.search(before) or (latin and (len(numeral) > 1 or numeral == "I")))
        )
    ):
        feminine = queen or (definite and not king and (word.endswith("ة") or word in _FEMININE_IN_YA))
        return ordinal(
            number, gender=Gender.FEMININE if feminine else Gender.MASCULINE, case=place.phrase_case
        )
    if len(numeral) > 1 and plain and numeral not in _NO_NUMBERS:
        case = Case.GENITIVE if place.case is Case.GENITIVE else Case.NOMINATIVE
        return cardinal(number, case=case)
    return None
