"""How long something took, and the minute of a match: «02:15:30», «1 س 20 د», «45+2'»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.clock import PERIOD
from nashra.arabic.nouns import NOUNS
from nashra.arabic.numbers import Case, Gender, cardinal, counted, ordinal
from nashra.arabic.patterns import END, SPACE, START, pattern, words
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_HOURS = r"(?P<hours>\d{1,2})"
DURATION = pattern(
    rf"{CLITIC}{_HOURS}[:hH](?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?(?![\d:])(?P<hours_named>{SPACE}ساع(?:ة|ات){END})?"
)
SPELLED_DURATION = pattern(
    rf"{CLITIC}{_HOURS}{SPACE}?(?:[hH]|س{END}){SPACE}?و?{SPACE}?(?P<minutes>\d{{1,2}}){SPACE}?(?:د{END}|min(?![A-Za-z]))"
)
_ADDED = r"(?:\+(?P<added>\d{1,2}))?"
MINUTE = pattern(
    rf"(?:{START}د(?:\.{SPACE}?|{SPACE})?(?P<named>\d{{1,3}}){_ADDED}(?![\d.,:])"
    rf"(?P<others>(?:{SPACE}?[و،]{SPACE}?\d{{1,3}}(?:\+\d{{1,2}})?(?!\d)){{1,9}}(?={SPACE}?(?:\)|\Z)))?"
    rf"|(?<=\()(?P<bracketed>\d{{1,3}}){SPACE}?د(?=\))"
    rf"|(?<![\d.,+:])(?P<signed>\d{{1,3}})(?:\+(?P<more>\d{{1,2}}))?['’′](?![\w'’′]))"
)

TRACK_TIME = pattern(
    rf"{CLITIC}(?:{_HOURS}:)?(?P<minutes>\d{{1,2}}):(?P<seconds>[0-5]\d)[.,](?P<hundredths>\d{{2}})(?!\d)"
)

_LASTING = pattern(
    rf"{START}[وف]?[بل]?(?:ال)?(?:مدة|مدته|مدتها|زمن|زمنه|زمنها|ظرف|دام|دامت|استغرق|استغرقت|[يت]ستغرق|[يت]دوم|تأخير|تأخر){END}"
)
_CLOCK_WORDS = frozenset(words("الساعة بالساعة للساعة والساعة"))
_BETWEEN_TIMES = _CLOCK_WORDS | {"من", "إلى", "بين", "حتى"}


def say_duration(match: re.Match[str], place: Place) -> str | None:
    """Say hours, minutes and seconds where a word says that they are a duration: «مدة 02:15:30».

    With seconds and an hour of one digit, 1:45:30, no word is needed but الساعة makes it a time of day.
    """
    near = " ".join(place.before.split()[-3:])
    bare = bool(match["seconds"]) and len(match["hours"]) == 1 and not PERIOD.match(place.after)
    lasting = (_LASTING.search(near) or match["hours_named"]) and place.word_before not in _BETWEEN_TIMES
    return _say(match, place) if lasting or (bare and place.word_before not in _CLOCK_WORDS) else None


def say_spelled_duration(match: re.Match[str], place: Place) -> str | None:
    """Say «1 س 20 د»; after الساعة it is a time of day."""
    return None if place.word_before in _CLOCK_WORDS else _say(match, place)


def say_track_time(match: re.Match[str], place: Place) -> str:
    """Say the time of a runner, which has hundredths: «3:29.71»."""
    words, hundredths = _say(match, place), int(match["hundredths"])
    return f"{words} و{counted(hundredths, NOUNS['جزء'], case=place.case)} من المئة" if hundredths else words


def say_minute(match: re.Match[str], place: Place) -> str | None:
    """Say the minute of a match, «(د 45)», «45+2'»; outside brackets a sign is a number of minutes: «3'»."""
    minute = match["named"] or match["bracketed"] or match["signed"]
    added = match["added"] or match["more"]
    quoted = place.before.count("“") > place.before.count("”") or place.before.count(match[0][-1]) % 2
    if match["signed"] and quoted:
        return None  # It closes a quotation.
    if not int(minute):
        return None
    if not match["signed"] or added or place.before.rstrip().endswith(("(", "،", "الدقيقة")):
        named = "" if place.before.rstrip().endswith("الدقيقة") else "الدقيقة "
        others = re.findall(r"([و،])\D?(\d+)(?:\+(\d+))?", match["others"] or "")
        said = named + _minute_of_match(minute, added, place)
        return said + "".join(
            (" و" if joint == "و" else "، ") + _minute_of_match(minute, added, place)
            for joint, minute, added in others
        )
    return counted(int(minute), NOUNS["دقيقة"], case=place.case)


def _minute_of_match(minute: str, added: str | None, place: Place) -> str:
    words = ordinal(max(int(minute), 1), gender=Gender.FEMININE, case=place.phrase_case)
    return words + (f" زائد {cardinal(int(added))}" if added else "")


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
