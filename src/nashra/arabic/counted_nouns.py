"""Figures and the nouns that they count: «5 كتب», «20 تلميذا», «10/15 يوما»."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nashra.arabic.amounts import PER_ONE, SCALED, is_name, is_year, say_amount
from nashra.arabic.figures import figure
from nashra.arabic.months import MONTH
from nashra.arabic.nouns import NOUNS, WORD, counts, guess, listed, noun
from nashra.arabic.numbers import Case
from nashra.arabic.patterns import END, SPACE, START, pattern, words
from nashra.arabic.place import CLITIC
from nashra.arabic.units import SCALE_WORDS, Unit

if TYPE_CHECKING:
    from nashra.arabic.place import Place

NOUN = pattern(rf"{SCALED}(?P<noun>{WORD}){END}{PER_ONE}")
SLASHED = pattern(
    rf"{CLITIC}(?P<first>\d{{1,3}})(?P<joint>/)(?P<second>\d{{1,3}}){SPACE}(?P<noun>{WORD}){END}"
)
_OF_MONTH = pattern(rf"{START}[وبل]?(?:{MONTH}){SPACE}?\Z")
_VERBS_TOO = frozenset(
    words("طلب حدث شكل عرض درس حكم عقد قسم سجن وعد طرد سند هدف نص حل خط فصل عمل دفع لعب نظم قيم خطب حرف عجل")
)


def say_listed(match: re.Match[str], place: Place) -> str | None:
    """Say a figure and a noun whose forms are known, which may correct the form.

    What may be a verb is one behind a year: «في 2011 حدث زلزال»; behind a month it counts nothing.
    """
    written = match["second"] or match["first"]
    number = 0 if match["scale"] else figure(written).number or 0
    known = listed(match["noun"], number)
    if known is None or is_name(place):
        return None
    word, year = match["noun"], len(written) == 4 and is_year(number)
    if year and _OF_MONTH.search(place.before):
        return None
    if word in _VERBS_TOO and (year or (word == known.plural and not 3 <= number % 100 <= 10)):
        return None
    if known.singular == "مرة":  # «فاز باللقب 12 مرة»: how often is in the accusative.
        place = replace(place, default=Case.ACCUSATIVE)
    return say_amount(match, place, Unit(known))


def say_guessed(match: re.Match[str], place: Place) -> str | None:
    """Say a figure before another word, if it can be what is counted; the word stays as written."""
    word, last = match["noun"], figure(match["second"] or match["first"])
    number = last.number
    year = match["first"].isdecimal() and len(match["first"]) == 4 and not match["scale"]
    if not counts(word) or word in SCALE_WORDS or number is None or is_name(place):
        return None
    # «2000 مدعو» behind what asks for a count, «1950 مدعوا» by its ending.
    tanwin = word.endswith("ا") and number % 100 > 10
    if year and is_year(number) and not (tanwin or (number % 100 == 0 and place.measured)):
        return None
    if number % 100 in {1, 2} and not match["scale"]:
        singular = re.sub("ات$", "ة", word)
        return say_amount(match, place, Unit(noun(singular, word))) if singular.endswith("ة") else None
    return say_amount(match, place, Unit(guess(word, number)))


def guessed_gender(match: re.Match[str]) -> str:
    """Say of which word the gender was guessed; ة leaves no doubt, and tens and hundreds have no gender."""
    number = figure(match["second"] or match["first"]).number or 0
    if match["noun"].endswith("ة") or match["scale"] or (number % 10 == 0 and number % 100 != 10):
        return ""
    return f"gender of «{match['noun']}» guessed"


def say_slashed(match: re.Match[str], place: Place) -> str | None:
    """Say «10/15 يوما» as a range: a fraction is of one thing, «3/4 ساعة», and marks are «18/20 نقطة»."""
    first, second, known = int(match["first"]), int(match["second"]), NOUNS.get(match["noun"])
    if known is None or not 0 < first < second or known.singular in {"نقطة", "درجة"}:
        return None
    if match["noun"] == known.singular and second <= 10:
        return None
    return say_amount(match, place, Unit(known))
