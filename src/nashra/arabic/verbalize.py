"""Everything that is not a word, said in words: a table of rules, each claiming its part of a sentence.

A rule reads the sentence as written; what an earlier rule has claimed it does not see. So the order
of the table is the order of preference, and the place of a number can be read on the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic import abbreviations, clock, dates, ordinals, quantities, sequences
from nashra.arabic.place import Place
from nashra.arabic.rewriting import Change

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable


class Rule(NamedTuple):
    """A name for `--explain`, what may be claimed, and how it is said; None refuses it."""

    name: str
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str], Place], str | None]


class Verbalized(NamedTuple):
    """A sentence in words, and the changes that made it, in the order of the sentence."""

    text: str
    changes: tuple[Change, ...]


RULES = (
    Rule("email", abbreviations.EMAIL, abbreviations.say_url),
    Rule("url", abbreviations.URL, abbreviations.say_url),
    Rule("agency", abbreviations.AGENCY, abbreviations.say_agency),
    Rule("abbreviation", abbreviations.SHORT, abbreviations.say_short),
    Rule("title", abbreviations.TITLE, abbreviations.say_title),
    Rule("spelled", abbreviations.SPELLED, abbreviations.say_spelled),
    Rule("letters and digits", abbreviations.MIXED, abbreviations.say_mixed),
    Rule("law", sequences.LAW, sequences.say_law),
    Rule("code", sequences.CODE_NAMED, sequences.say_code),
    Rule("date in figures", dates.FIGURES, dates.say_date_in_figures),
    Rule("date in figures", dates.SHORT_FIGURES, dates.say_short_date),
    Rule("phone", sequences.PHONE, sequences.say_phone),
    Rule("times", abbreviations.TIMES, abbreviations.say_times),
    Rule("version", sequences.DOTTED, sequences.say_dotted),
    Rule("date", dates.DATE, dates.say_date),
    Rule("two month names", dates.MONTHS, dates.say_months),
    Rule("day of the month", dates.DAY_OF_MONTH, dates.say_day),
    Rule("day of the week", dates.WEEKDAY, dates.say_weekday),
    Rule("season", dates.SEASON, dates.say_season),
    Rule("clock", clock.CLOCK, clock.say_clock),
    Rule("hour", clock.HOUR_H, clock.say_clock),
    Rule("hour", clock.HOUR, clock.say_clock),
    Rule("fraction sign", sequences.VULGAR, sequences.say_vulgar),
    Rule("fraction", sequences.FRACTION, sequences.say_fraction),
    Rule("percent", quantities.PERCENT, quantities.say_percent),
    Rule("percent", quantities.PERCENT_BEFORE, quantities.say_percent),
    Rule("score", sequences.SCORE, sequences.say_score),
    Rule("named year", dates.YEAR_NAMED, dates.say_named_year),
    Rule("numbered noun", ordinals.NUMBERED, ordinals.say_numbered),
    Rule("money", quantities.MONEY, quantities.say_money),
    Rule("money", quantities.MONEY_BEFORE, quantities.say_money),
    Rule("year of an era", dates.YEAR_OF_ERA, dates.say_year),
    Rule("unit", quantities.UNIT, quantities.say_unit),
    Rule("acronym", abbreviations.ACRONYM, abbreviations.say_acronym),
    Rule("counted noun", quantities.NOUN, quantities.say_listed),
    Rule("ordinal", ordinals.DEFINITE, ordinals.say_definite),
    Rule("counted word", quantities.NOUN, quantities.say_guessed),
    Rule("scale", quantities.SCALE, quantities.say_scale),
    Rule("range", quantities.RANGE, quantities.say_range),
    Rule("year", dates.YEAR, dates.say_year),
    Rule("number", sequences.NUMBER, sequences.say_number),
    Rule("odd digit", sequences.ODD_DIGIT, sequences.say_odd_digit),
    Rule("sign", abbreviations.SIGN, abbreviations.say_sign),
)

_CLAIMED = "\ufffc"
"""Stands for a claimed character: no letter, digit or space, so that no later pattern crosses it."""


def verbalize(text: str) -> Verbalized:
    """Say a cleaned sentence in words; no digit is left.

    >>> verbalize("يومي 28 و 29 يناير، بمشاركة 200 خبير و12 دولة").text
    'يومي الثامن والعشرين والتاسع والعشرين من يناير، بمشاركة مئتي خبير واثنتي عشرة دولة'
    >>> verbalize("منذ 20 سنة").changes
    (Change(rule='counted noun', before='20 سنة', after='عشرين سنة', start=4, note=''),)
    >>> verbalize("لا رقم هنا"), verbalize("")
    (Verbalized(text='لا رقم هنا', changes=()), Verbalized(text='', changes=()))
    """
    changes: list[Change] = []
    unclaimed = text
    for rule in RULES:
        claims = list(_claims(rule, unclaimed, text))
        changes += claims
        unclaimed = "".join(_pieces(unclaimed, claims, lambda claim: _CLAIMED * len(claim.before)))
    changes.sort(key=lambda change: change.start)
    changes = [_apart(change, text) for change in changes if change.before != change.after]
    return Verbalized("".join(_pieces(text, changes, lambda change: change.after)), tuple(changes))


def _apart(change: Change, text: str) -> Change:
    """Part what is said from a word that touches it: «5كلم», «FIFAالفيفا»."""
    start, end = change.start, change.start + len(change.before)
    before = " " if text[max(start - 1, 0) : start].isalnum() and change.after[:1].isalnum() else ""
    after = " " if change.after[-1:].isalnum() and text[end : end + 1].isalnum() else ""
    return change._replace(after=before + change.after + after)


def _claims(rule: Rule, unclaimed: str, text: str) -> Iterable[Change]:
    """Give what a rule makes of its matches in the unclaimed text."""
    for match in rule.pattern.finditer(unclaimed):
        place = Place.around(match, text)
        words = rule.say(match, place)
        if words is not None:
            yield Change(rule.name, match[0], place.attach(words), match.start())


def _pieces(text: str, changes: Iterable[Change], said: Callable[[Change], str]) -> Iterable[str]:
    """Cut a text at its changes, which stand in order, and put what is said in their place."""
    end = 0
    for change in changes:
        yield text[end : change.start]
        yield said(change)
        end = change.start + len(change.before)
    yield text[end:]
