"""How long something took, and the minute of a match: «02:15:30», «1 س 20 د», «45+2'»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import Case, Gender, cardinal, counted, ordinal
from nashra.arabic.patterns import END, SPACE, START, words
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_HOURS = r"(?P<hours>\d{1,2})"
DURATION = re.compile(rf"{CLITIC}{_HOURS}:(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\d:])")
SPELLED_DURATION = re.compile(
    rf"{CLITIC}{_HOURS}{SPACE}?(?:[hH]|س{END}){SPACE}?و?{SPACE}?(?P<minutes>\d{{1,2}}){SPACE}?(?:د{END}|min(?![A-Za-z]))"
)
_ADDED = r"(?:\+(?P<added>\d{1,2}))?"
MINUTE = re.compile(
    rf"(?:{START}د(?:\.{SPACE}?|{SPACE})(?P<named>\d{{1,3}}){_ADDED}(?![\d.,:])"
    rf"|(?<![\d.,+:])(?P<signed>\d{{1,3}})(?:\+(?P<more>\d{{1,2}}))?['’′](?![\w'’]))"
)

TRACK_TIME = re.compile(
    rf"{CLITIC}(?:{_HOURS}:)?(?P<minutes>\d{{1,2}}):(?P<seconds>[0-5]\d)[.,](?P<hundredths>\d{{2}})(?!\d)"
)

_LASTING = re.compile(
    rf"{START}[وف]?[بل]?(?:ال)?(?:مدة|مدته|مدتها|زمن|زمنه|زمنها|ظرف|دام|دامت|استغرق|استغرقت){END}"
)
_CLOCK_WORDS = frozenset(words("الساعة بالساعة للساعة والساعة"))


def say_duration(match: re.Match[str], place: Place) -> str | None:
    """Say hours, minutes and seconds where a word says that they are a duration: «مدة 02:15:30»."""
    near = " ".join(place.before.split()[-3:])
    return _say(match, place) if _LASTING.search(near) else None


def say_spelled_duration(match: re.Match[str], place: Place) -> str | None:
    """Say «1 س 20 د»; after الساعة it is a time of day."""
    return None if place.word_before in _CLOCK_WORDS else _say(match, place)


def say_track_time(match: re.Match[str], place: Place) -> str:
    """Say the time of a runner, which has hundredths: «3:29.71»."""
    words, hundredths = _say(match, place), int(match["hundredths"])
    return f"{words} و{counted(hundredths, NOUNS['جزء'], case=place.case)} من المئة" if hundredths else words


def say_minute(match: re.Match[str], place: Place) -> str | None:
    """Say the minute of a match, «(د 45)», «45+2'»; outside brackets a sign is a number of minutes: «3'»."""
    minute, added = match["named"] or match["signed"], match["added"] or match["more"]
    if match["signed"] and place.before.count(match[0][-1]) % 2:
        return None  # It closes a quotation.
    if not int(minute):
        return None
    if match["named"] or added or place.before.rstrip().endswith(("(", "،", "الدقيقة")):
        named = "" if place.before.rstrip().endswith("الدقيقة") else "الدقيقة "
        words = named + ordinal(int(minute), gender=Gender.FEMININE, case=place.phrase_case)
        return words + (f" زائد {cardinal(int(added))}" if added else "")
    return counted(int(minute), NOUNS["دقيقة"], case=place.case)


def _say(match: re.Match[str], place: Place) -> str:
    """Say each part that is not zero; an hour is enough without «one»."""
    parts = (
        (match["hours"], "ساعة"),
        (match["minutes"], "دقيقة"),
        (match.groupdict().get("seconds"), "ثانية"),
    )
    said = [
        counted(int(number), NOUNS[noun], case=place.case).removesuffix(" واحدة")
        for number, noun in parts
        if number and int(number)
    ]
    return " و".join(said) or counted(0, NOUNS["ثانية"], case=Case.NOMINATIVE)
