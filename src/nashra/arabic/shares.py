"""A part of many: «12 من الدول», «20 حالة، 12 منها»; the gender stands behind the figure or before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.amounts import is_name, is_year
from nashra.arabic.figures import FIGURE, figure, say_figure
from nashra.arabic.nouns import NOUNS, WORD
from nashra.arabic.numbers import Gender
from nashra.arabic.patterns import END, SPACE, pattern
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    import re

    from nashra.arabic.place import Place

SHARE = pattern(
    rf"{CLITIC}(?P<first>{FIGURE})(?={SPACE}(?:من{SPACE}(?:بين{SPACE})?(?:ال)?(?P<of>{WORD})|(?P<them>منها|منهن)){END})"
)


def say_share(match: re.Match[str], place: Place) -> str | None:
    """Say a part of what is feminine and many; «منها» goes back to the last noun that is listed."""
    number = figure(match["first"]).number
    if number is None or is_year(number) or place.article or is_name(place):
        return None
    if match["of"]:
        many = NOUNS.get(match["of"])
        noun = many if many and many.plural == match["of"] else None
    else:
        before = (NOUNS.get(word.strip("،(")) for word in reversed(place.before.split()))
        noun = next(filter(None, before), None)
    feminine = match["them"] == "منهن" or (noun is not None and noun.gender is Gender.FEMININE)
    return say_figure(figure(match["first"]), gender=Gender.FEMININE, case=place.case) if feminine else None
