"""Figures with their measures: units, money, per cent, ألف and مليون, alone or in ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.amounts import (
    DASHES,
    FIGURES,
    LATIN_END,
    OF_SCALE,
    PER_ONE,
    SCALE_SIGNS,
    SCALED,
    SIGN,
    say_amount,
)
from nashra.arabic.currencies import CURRENCIES
from nashra.arabic.figures import FIGURE, figure, say_figure
from nashra.arabic.letters import LETTERS
from nashra.arabic.numbers import cardinal
from nashra.arabic.patterns import DASH, END, SPACE, START, either, pattern
from nashra.arabic.place import CLITIC
from nashra.arabic.units import ADJECTIVES, UNITS

if TYPE_CHECKING:
    import re

    from nashra.arabic.place import Place


# Of money, also «5 Mds€», «50 MDH», where nothing parts the two.
_SCALE_OF_MONEY = rf"(?P<scale>{either(SCALE_SIGNS)}){END}"
_MONEY = rf"{FIGURES}(?:{_SCALE_OF_MONEY}(?:{SPACE}|(?<=[A-Za-z])))?"
_ADJECTIVE = rf"(?:{SPACE}(?P<adjective>{either(ADJECTIVES)})(?:ة|ا|ان|ين|تان|تين)?{END})?"

MONEY = pattern(rf"{_MONEY}(?P<noun>{either(CURRENCIES)}){END}{LATIN_END}{_ADJECTIVE}{PER_ONE}")
# Asked first: «20 د.م.» has the look of somebody's initials.
MONEY_DOTTED = pattern(
    rf"{SCALED}(?P<noun>{either(sign for sign in CURRENCIES if '.' in sign)})(?![.]?[{LETTERS}])"
)
MONEY_BEFORE = pattern(
    rf"{CLITIC}(?P<noun>US\${SPACE}?|[$€£¥₺₽₹]{SPACE}?|(?<![A-Za-z])(?:[A-Z]{{3}}|D[Hh][Ss]?){SPACE})"
    rf"(?P<first>{FIGURE})(?:(?P<joint>{DASHES})(?:(?P=noun))?(?P<second>{FIGURE}))?"
    rf"(?:{SPACE}?{_SCALE_OF_MONEY}{LATIN_END})?{PER_ONE}",
)
UNIT = pattern(rf"{SCALED}(?P<noun>{either(UNITS)}){END}{LATIN_END}{_ADJECTIVE}{PER_ONE}")
SCALE = pattern(rf"{FIGURES}{OF_SCALE}")
PERCENT = pattern(rf"{FIGURES}(?P<percent>[%٪‰]|(?P<by>في|ب){SPACE}?(?:ال)?(?:مائة|مئة|ماية){END})")
PERCENT_BEFORE = pattern(
    rf"{CLITIC}{SIGN}(?P<percent>[%٪‰]){SPACE}?(?P<first>{FIGURE})"
    rf"(?:(?P<joint>{DASHES})(?P=percent){SPACE}?(?P<second>{FIGURE}))?"
)
MILESTONE = pattern(
    rf"{START}(?<!\d )(?<!\d)(?:كلم|كم){SPACE}(?P<number>\d{{1,3}})(?!\d|[.,]\d|{SPACE}?[{LETTERS}]*متر)"
)
LATIN_NAME = pattern(rf"[A-Za-z]{SPACE}?\Z")
_MAKERS = "بوينغ|البوينغ|بوينج|إيرباص|إمبراير|أنتونوف|توبوليف|سوخوي|دوغلاس|بومباردييه"
TYPE = pattern(
    rf"(?P<maker>{START}[وف]?[بلك]?(?:{_MAKERS}){SPACE})(?P<first>\d{{3}})-(?P<second>\d{{1,4}})(?!\d)"
)
"""«بوينغ 787-9»: behind who makes aeroplanes, no range."""
RANGE = pattern(rf"{CLITIC}(?P<first>{FIGURE})(?P<joint>{SPACE}?{DASH}{SPACE}?)(?P<second>{FIGURE})")


def say_money(match: re.Match[str], place: Place) -> str | None:
    """Say an amount of money: «1.250 درهم», «$20», «2,5 مليون درهم»; three capitals may be another name."""
    unit = CURRENCIES.get(match["noun"].strip(" \u00a0\u202f"))
    return say_amount(match, place, unit) if unit else None


def say_unit(match: re.Match[str], place: Place) -> str:
    """Say a measure: «20 كلم», «120 كلم/س», «5 كلم2». «2024م» is a year."""
    return say_amount(match, place, UNITS[match["noun"]])


def say_scale(match: re.Match[str], place: Place) -> str:
    """Say so many thousands or millions of nothing named."""
    return say_amount(match, place, None)


def say_percent(match: re.Match[str], place: Place) -> str:
    """Say per cent, which counts masculine; the sign may come before the figure."""
    by = match.groupdict().get("by")
    tail = "في الألف" if match["percent"] == "‰" else "بالمئة" if by == "ب" else "في المئة"
    return f"{say_amount(match, place, None)} {tail}"


def say_range(match: re.Match[str], place: Place) -> str:
    """Say two figures with a dash between them as «من … إلى …»; behind a Latin name they are its type."""
    if LATIN_NAME.search(place.before):
        return " ".join(say_figure(figure(match[name])) for name in ("first", "second"))
    return say_amount(match, place, None)


def say_type(match: re.Match[str], _: Place) -> str:
    """Say the figures of an aeroplane's type one after the other."""
    return match["maker"] + " ".join(say_figure(figure(match[name])) for name in ("first", "second"))


def say_milestone(match: re.Match[str], _: Place) -> str:
    """Say the place on a road: «كلم 10»."""
    return f"الكيلومتر {cardinal(int(match['number']))}"
