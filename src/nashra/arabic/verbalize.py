"""Everything that is not a word, said in words: a table of rules, each claiming its part of a sentence.

A rule reads the sentence as written; what an earlier rule has claimed it does not see. So the order
of the table is the order of preference, and the place of a number can be read on the original.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic import (
    abbreviations,
    acronyms,
    addresses,
    clock,
    counted_nouns,
    dates,
    durations,
    latin,
    ordinals,
    quantities,
    roman,
    scripts,
    sequences,
    shares,
    signs,
    verses,
    years,
)
from nashra.arabic.bare_words import under_marks
from nashra.arabic.clauses import passives
from nashra.arabic.letters import strip_marks
from nashra.arabic.numbers import Case
from nashra.arabic.patterns import pattern
from nashra.arabic.place import Place
from nashra.arabic.rewriting import Change

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterable


class Rule(NamedTuple):
    """A name for `--explain`, what must be there, what may be claimed, and how it is said; None refuses it.

    A sentence without what a rule needs is not searched by it: of most patterns, that saves the compiling.
    `doubt` says in words what was guessed about a match; it becomes the note of the change.
    """

    name: str
    needs: re.Pattern[str]
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str], Place], str | None]
    doubt: Callable[[re.Match[str]], str] = lambda _: ""


class Verbalized(NamedTuple):
    """A sentence in words, and the changes that made it, in the order of the sentence."""

    text: str
    changes: tuple[Change, ...]


ANY = pattern("")
DIGIT = pattern(r"\d")
LATIN = pattern("[A-Za-z]")
FRACTION = pattern(f"[{sequences.VULGAR_SIGNS}]")
SIGN = pattern("[^\u0621-\u0652 \u00a0\u202f.،؛؟]")
"""Anything but Arabic letters, marks, spaces and stops. `tests/test_rules.py` holds that these are needed."""

RULES = (
    Rule("email", SIGN, addresses.EMAIL, addresses.say_url),
    Rule("url", LATIN, addresses.URL, addresses.say_url),
    Rule("hashtag", SIGN, addresses.HASHTAG, addresses.say_hashtag),
    Rule("account", SIGN, addresses.HANDLE, addresses.say_handle),
    Rule("emoji", SIGN, signs.EMOJI, signs.leave_out),
    Rule("agency", ANY, abbreviations.AGENCY, abbreviations.say_agency),
    Rule("year of death", DIGIT, years.DIED, years.say_died),
    Rule("abbreviation", ANY, abbreviations.SHORT, abbreviations.say_short),
    Rule("abbreviation", DIGIT, abbreviations.BY_FIGURE, abbreviations.say_by_figure),
    Rule("title", ANY, abbreviations.TITLE, abbreviations.say_title),
    Rule("money", DIGIT, quantities.MONEY_DOTTED, quantities.say_money),
    Rule("initials", ANY, abbreviations.INITIALS, abbreviations.say_initials),
    Rule("spelled", ANY, abbreviations.SPELLED, abbreviations.say_spelled),
    Rule("initials", ANY, abbreviations.INITIAL, abbreviations.say_initial),
    Rule("spaced letters", ANY, abbreviations.SPACED, abbreviations.say_spaced),
    Rule("letters and digits", LATIN, acronyms.MIXED, acronyms.say_mixed),
    Rule("code", DIGIT, acronyms.CODE, acronyms.say_code),
    Rule("car plate", DIGIT, abbreviations.PLATE, abbreviations.say_plate),
    Rule("milestone", DIGIT, quantities.MILESTONE, quantities.say_milestone),
    Rule("verse", DIGIT, verses.SURA, verses.say_sura),
    Rule("verse", DIGIT, verses.GOSPEL, verses.say_gospel),
    Rule("minute of a match", ANY, verses.STOPPAGE, verses.say_stoppage),
    Rule("part of a book", DIGIT, abbreviations.BOOK, abbreviations.say_book),
    Rule("sign before a figure", DIGIT, signs.BEFORE_FIGURE, signs.say_before_figure),
    Rule("sign in a name", SIGN, signs.AMPERSAND, signs.say_ampersand),
    Rule("sign in a name", SIGN, signs.BRAND_PLUS, signs.say_brand_plus),
    Rule("and more", DIGIT, signs.AND_MORE, signs.say_and_more),
    Rule("arrow", SIGN, signs.ARROW, signs.say_arrow),
    Rule("other ending", SIGN, signs.OTHER_ENDING, signs.leave_out),
    Rule("list number", DIGIT, sequences.LISTED, sequences.say_list_number),
    Rule("list letter", SIGN, sequences.LISTED_LETTER, sequences.say_list_letter),
    Rule("law", DIGIT, sequences.LAW, sequences.say_law),
    Rule("code", DIGIT, sequences.CODE_NAMED, sequences.say_code),
    Rule("until", SIGN, dates.UNTIL, dates.say_until),
    Rule("date", DIGIT, dates.DAY_TO_FIGURES, dates.say_day),
    Rule("date in figures", DIGIT, dates.FIGURES, dates.say_date_in_figures),
    Rule("date in figures", DIGIT, dates.SHORT_FIGURES, dates.say_short_date),
    Rule("month and year", DIGIT, dates.MONTH_OF_YEAR, dates.say_month_of_year),
    Rule("phone", DIGIT, sequences.PHONE, sequences.say_phone),
    Rule("times", DIGIT, signs.TIMES, signs.say_times),
    Rule("minus", DIGIT, signs.MINUS, signs.say_minus),
    Rule("type of an aeroplane", DIGIT, quantities.TYPE, quantities.say_type),
    Rule("row", DIGIT, sequences.ROW, sequences.say_row),
    Rule("version", DIGIT, sequences.DOTTED, sequences.say_dotted),
    Rule("date", DIGIT, dates.DATE, dates.say_date),
    Rule("date", DIGIT, dates.DAY_AFTER_MONTH, dates.say_day_after_month),
    Rule("two month names", SIGN, dates.MONTHS, dates.say_months),
    Rule("day of the month", DIGIT, dates.DAY_OF_MONTH, dates.say_day),
    Rule("year of a month", DIGIT, dates.YEAR_OF_MONTH, dates.say_year_of_month),
    Rule("day of the week", DIGIT, dates.WEEKDAY, dates.say_weekday),
    Rule("years of eras", DIGIT, years.YEARS_OF_ERAS, years.say_years_of_eras),
    Rule("season", DIGIT, years.SEASON, years.say_season),
    Rule("until", DIGIT, clock.UNTIL, clock.say_until),
    Rule("duration", DIGIT, durations.TRACK_TIME, durations.say_track_time),
    Rule("duration", DIGIT, durations.DURATION, durations.say_duration),
    Rule("duration", DIGIT, durations.SPELLED_DURATION, durations.say_spelled_duration),
    Rule("minute", DIGIT, durations.MINUTE, durations.say_minute),
    Rule("clock", DIGIT, clock.FOUR_FIGURES, clock.say_four_figures),
    Rule("clock", DIGIT, clock.CLOCK, clock.say_clock),
    Rule("hour", DIGIT, clock.HOUR_H, clock.say_clock),
    Rule("hour", DIGIT, clock.HOUR, clock.say_clock),
    Rule("hour", DIGIT, clock.HOUR_SHORT, clock.say_short_hour),
    Rule("hour", DIGIT, clock.HOUR_OF_DAY, clock.say_hour_of_day),
    Rule("fraction sign", FRACTION, sequences.VULGAR, sequences.say_vulgar),
    Rule("range", DIGIT, counted_nouns.SLASHED, counted_nouns.say_slashed),
    Rule("fraction", DIGIT, sequences.FRACTION, sequences.say_fraction),
    Rule("percent", DIGIT, quantities.PERCENT, quantities.say_percent),
    Rule("percent", DIGIT, quantities.PERCENT_BEFORE, quantities.say_percent),
    Rule("score", SIGN, sequences.SCORE, sequences.say_score),
    Rule("ratio", DIGIT, sequences.RATIO, sequences.say_ratio),
    Rule("named year", DIGIT, years.YEAR_NAMED, years.say_named_year),
    Rule("numbered noun", DIGIT, ordinals.NUMBERED, ordinals.say_numbered),
    Rule("money", DIGIT, quantities.MONEY, quantities.say_money),
    Rule("money", DIGIT, quantities.MONEY_BEFORE, quantities.say_money),
    Rule("year of an era", DIGIT, years.YEAR_OF_ERA, years.say_year),
    Rule("unit", DIGIT, quantities.UNIT, quantities.say_unit),
    Rule("Roman numeral", LATIN, roman.ROMAN, roman.say_roman),
    Rule("acronym", LATIN, acronyms.ACRONYM, acronyms.say_acronym),
    Rule("acronym", DIGIT, acronyms.AFTER_FIGURE, acronyms.say_letter),
    Rule("Latin word", SIGN, latin.WORD, latin.say_latin, latin.by_rule),
    Rule("foreign script", ANY, scripts.FOREIGN, scripts.say_foreign, scripts.note_foreign),
    Rule("part of many", DIGIT, shares.SHARE, shares.say_share),
    Rule("counted noun", DIGIT, counted_nouns.NOUN, counted_nouns.say_listed),
    Rule("ordinal", DIGIT, ordinals.DEFINITE, ordinals.say_definite),
    Rule("counted noun", DIGIT, ordinals.DEFINITE_BARE, ordinals.say_definite_bare),
    Rule("counted word", DIGIT, counted_nouns.NOUN, counted_nouns.say_guessed, counted_nouns.guessed_gender),
    Rule("scale", DIGIT, quantities.SCALE, quantities.say_scale),
    Rule("range", DIGIT, quantities.RANGE, quantities.say_range),
    Rule("year", DIGIT, years.YEAR, years.say_year),
    Rule("number", DIGIT, sequences.NUMBER, sequences.say_number, sequences.unknown_number),
    Rule("odd digit", SIGN, sequences.ODD_DIGIT, sequences.say_odd_digit),
    Rule("stroke", SIGN, signs.SLASH, signs.say_slash),
    Rule("sign", SIGN, signs.SIGN, signs.say_sign),
    Rule("sign without sound", SIGN, signs.UNSAID, signs.leave_out),
)

_BY_DEFAULT = "nominative by default"

_CLAIMED = "\ufffc"
"""Stands for a claimed character: no letter, digit or space, so that no later pattern crosses it."""


def verbalize(text: str, months: str = "maghreb") -> Verbalized:
    """Say a cleaned sentence in words; no digit is left. `months` is a family of `months.MONTHS_OF`.

    It is read without its vowel marks: «15 شخصًا» and «3 ملفّات» are counted as «15 شخصا» is.

    >>> verbalize("يومي 28 و 29 يناير، بمشاركة 200 خبير و12 دولة").text
    'يومي الثامن والعشرين والتاسع والعشرين من يناير، بمشاركة مئتي خبير واثنتي عشرة دولة'
    >>> verbalize("منذ 20 سنة").changes
    (Change(rule='counted noun', before='20 سنة', after='عشرين سنة', start=4, note=''),)
    >>> verbalize("في 01/07/2024", months="levant").text, verbalize("نسوا 20 سنة").changes[0].note
    ('في الأول من تموز ألفين وأربعة وعشرين', 'nominative by default')
    >>> verbalize("لا رقم هنا"), verbalize("")
    (Verbalized(text='لا رقم هنا', changes=()), Verbalized(text='', changes=()))
    """
    bare = strip_marks(text)
    if bare == text:
        changes = _changes(text, months)
    else:
        changes = list(under_marks(_changes(bare, months, passives(text)), text))
    return Verbalized("".join(_pieces(text, changes, lambda change: change.after)), tuple(changes))


def _changes(text: str, months: str, passive: Collection[int] = ()) -> list[Change]:
    changes: list[Change] = []
    unclaimed = text
    for rule in RULES:
        if not rule.needs.search(unclaimed):
            continue
        claims = list(_claims(rule, unclaimed, text, months, passive))
        changes += claims
        unclaimed = "".join(_pieces(unclaimed, claims, lambda claim: _CLAIMED * len(claim.before)))
    changes.sort(key=lambda change: change.start)
    return list(_apart([change for change in changes if change.before != change.after], text))


def _apart(changes: list[Change], text: str) -> Iterable[Change]:
    """Part what is said from a word that touches it: «5كلم», «FIFAالفيفا», «x²»."""
    starts = {change.start for change in changes}
    end, said = -1, ""
    for change in changes:
        before = (
            strip_marks(said)[-1:] if change.start == end else text[max(change.start - 1, 0) : change.start]
        )
        end = change.start + len(change.before)
        behind = "" if end in starts else text[end : end + 1]
        said = change.after
        if before.isalnum() and said[:1].isalnum():
            said = f" {said}"
        if behind.isalnum() and strip_marks(said)[-1:].isalnum():
            said = f"{said} "
        yield change._replace(after=said)


def _claims(rule: Rule, unclaimed: str, text: str, months: str, passive: Collection[int]) -> Iterable[Change]:
    """Give what a rule makes of its matches in the unclaimed text, with what was guessed about them."""
    for match in rule.pattern.finditer(unclaimed):
        place = Place.around(match, text, months, passive)
        words = rule.say(match, place)
        if words is not None:
            notes = [rule.doubt(match)]
            # Said otherwise in another case, and no word decided: the ear would notice.
            if rule.say(match, replace(place, default=Case.GENITIVE)) != words:
                notes.insert(0, _BY_DEFAULT)
            note = "; ".join(filter(None, notes))
            yield Change(rule.name, match[0], place.attach(words), match.start(), note)


def _pieces(text: str, changes: Iterable[Change], said: Callable[[Change], str]) -> Iterable[str]:
    """Cut a text at its changes, which stand in order, and put what is said in their place."""
    end = 0
    for change in changes:
        yield text[end : change.start]
        yield said(change)
        end = change.start + len(change.before)
    yield text[end:]
