"""Times of day: hours are feminine ordinals, minutes are counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import Case, Gender, counted, ordinal
from nashra.arabic.patterns import DASH, END, SPACE, START, pattern
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_CUE = rf"(?P<cue>{START}(?:[وف]?[بك]?ال|[وف]?لل)ساع(?:ة|تين){SPACE})"
_HOUR = r"(?P<hour>\d{1,2})(?!\d)"
_OF_DAY = rf"(?:صباحا|مساء|ليلا|زوالا|ظهرا|عصرا|فجرا){END}"
# A full stop parts hour and minutes only after the word, الساعة 10.15, or before «مساء».
_STOP = rf"(?(cue)\.|\.(?=\d\d{SPACE}{_OF_DAY}))"
_MINUTES = rf"{SPACE}?(?:[:hHس]|{_STOP}){SPACE}?(?P<minute>\d{{2}})(?::(?P<second>[0-5]\d))?(?!\d)"
FOUR_FIGURES = pattern(
    rf"(?:{_CUE}|{CLITIC})(?P<hour>[01]\d|2[0-3]|\d(?=[.,]))[.,]?(?P<minute>[0-5]\d)(?!\d|[.,:/]\d|[%٪])"
)
"""«الساعة 1158», «0830 بتوقيت غرينتش», «5,30 ت غ», as agencies write it."""
_GREENWICH = pattern(rf"{SPACE}?(?:بتوقيت|بالتوقيت|ت\.?{SPACE}?غ|GMT)")

_HALVES = {"ص": "صباحا", "م": "مساء", "am": "صباحا", "pm": "مساء"}
_HALF = rf"(?:{SPACE}?(?P<half>[صم]|[AaPp]\.?[Mm])(?![{LETTERS}{MARKS}A-Za-z]))?"
CLOCK = pattern(rf"(?:{_CUE}|{CLITIC}){_HOUR}{_MINUTES}(?:{SPACE}?(?:د|min)(?![ء-ي]))?{_HALF}")
HOUR_H = pattern(rf"(?:{_CUE}|{CLITIC}){_HOUR}(?:{SPACE}?[hH](?![A-Za-z\d])|س{END}(?!{SPACE}?\d))")
_MORE = rf"(?:{SPACE}?و{SPACE}?(?P<more>\d{{1,2}})(?!\d)(?P<minutes>{SPACE}(?:دقيقة|دقائق|د){END})?)?"
HOUR = pattern(rf"{_CUE}{_HOUR}{_MORE}(?![.,/%]?\d){_HALF}")

HOUR_OF_DAY = pattern(
    rf"{CLITIC}(?:(?P<first>\d{{1,2}})(?P<joint>{SPACE}?(?:إلى|الى|أو|و|{DASH}){SPACE}?))?{_HOUR}(?={SPACE}{_OF_DAY})"
)
HOUR_SHORT = pattern(rf"{START}س{SPACE}?{_HOUR}(?::(?P<minute>\d{{2}}))?(?![.,:/]?\d|{SPACE}?د{END})")

UNTIL = pattern(rf"(?:(?<=:\d\d)|(?<=\d[hH])|(?<=[hH]\d\d)){SPACE}?{DASH}{SPACE}?(?=\d{{1,2}}[:hH])")
"""The dash between two times."""

# From which hour on, and what is said of it; 13 to 24 are said as 1 to 12.
_PERIODS = ((23, "ليلا"), (17, "مساء"), (13, "بعد الزوال"))
PERIOD = pattern(
    rf"{SPACE}?(?:صباح|مساء|ليلا|زوالا|ظهرا|بعد|قبل|عصرا|فجرا|نهارا|من{SPACE}(?:مساء|صباح|بعد)|[AaPp]\.?[Mm]\b)"
)
_QUARTERS = {15: "الربع", 20: "الثلث", 30: "النصف"}


def say_clock(match: re.Match[str], place: Place) -> str | None:
    """Say a time: «الساعة 18:45», «14h30». What is no time is left to other rules."""
    found = match.groupdict()
    hour, minute = int(match["hour"]), int(found.get("minute") or 0)
    more = int(found.get("more") or 0)
    # «الساعة 10 و30» has minutes, «بين الساعة 10 و12» and «الساعة 18 و20» a second hour.
    hours = place.word_before.endswith("بين") or more <= 12 or (hour > 12 and more <= 24)
    if more and (found["minutes"] or not hours):
        minute, more = more, 0
    if hour > 24 or minute > 59 or more > 24:
        return None
    cue = match["cue"] or ""
    case = Case.GENITIVE if re.match(r"[وف]?[بك]|[وف]?لل", cue) else place.case
    words = _hour(hour, case)
    if more:
        words += " و" + _hour(more, case)
    second = int(found.get("second") or 0)
    if minute:
        minutes = counted(minute, NOUNS["دقيقة"], case=case)
        words += " و" + (minutes if found.get("minutes") or second else _QUARTERS.get(minute, minutes))
    if second:
        words += " و" + counted(second, NOUNS["ثانية"], case=case)
    half = (found.get("half") or "").replace(".", "").lower()
    period = "" if PERIOD.match(place.after) else _period(more or hour)
    return f"{cue}{words} {_HALVES[half]}" if half else f"{cue}{words}{period}"


def say_four_figures(match: re.Match[str], place: Place) -> str | None:
    """Say a time without its colon: after الساعة, or where Greenwich is named."""
    return say_clock(match, place) if match["cue"] or _GREENWICH.match(place.after) else None


def say_until(_match: re.Match[str], _: Place) -> str:
    """Say the dash between two times: «18:30-20:00»."""
    return " إلى "


def say_hour_of_day(match: re.Match[str], place: Place) -> str | None:
    """Say one or two hours before a part of the day: «10 صباحا», «من 9 إلى 11 ليلا»."""
    hours = [int(hour) for hour in (match["first"], match["hour"]) if hour]
    if not all(1 <= hour <= 24 for hour in hours) or place.word_before.removeprefix("ال") in {"رقم", "عدد"}:
        return None
    if len(hours) == 1:
        return _hour(hours[0], place.case)
    joint = match["joint"].strip(" \u00a0\u202f")
    if joint in {"-", "–", "—"} and hours[0] > hours[1] and not (hours[0] >= 9 and hours[1] <= 5):
        return None  # «فاز 3-1 مساء الجمعة» is a score; only from before noon to after it hours go down
    together = joint in {"و", "أو"}
    between = {"و": " و", "أو": " أو "}.get(joint, " إلى ")
    last = _hour(hours[1], place.case if together else Case.GENITIVE)
    return _hour(hours[0], place.case) + between + last


def say_short_hour(match: re.Match[str], place: Place) -> str | None:
    """Say «س 14» and «س 14:30» as «الساعة …»."""
    said = _hour_and_minute(int(match["hour"]), int(match["minute"] or 0), place)
    return said and f"الساعة {said}"


def _hour_and_minute(hour: int, minute: int, place: Place) -> str | None:
    if hour > 24 or minute > 59:
        return None
    words = _hour(hour, place.case)
    if minute:
        words += " و" + _QUARTERS.get(minute, counted(minute, NOUNS["دقيقة"], case=place.case))
    return words + ("" if PERIOD.match(place.after) else _period(hour))


def _hour(hour: int, case: Case) -> str:
    """Say the hour on a dial of twelve; one o'clock is not «the first»."""
    hour = hour % 12 or 12
    return "الواحدة" if hour == 1 else ordinal(hour, gender=Gender.FEMININE, case=case)


def _period(hour: int) -> str:
    """Say the part of the day of an hour that only a clock of 24 has.

    >>> [_period(hour) for hour in (10, 12, 14, 17, 22, 24, 0)]
    ['', '', ' بعد الزوال', ' مساء', ' مساء', ' ليلا', ' ليلا']
    >>> _period(23)
    ' ليلا'
    """
    if hour == 0:
        return " ليلا"
    return next((f" {period}" for first, period in _PERIODS if hour >= first), "")
