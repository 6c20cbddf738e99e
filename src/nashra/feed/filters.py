"""How the pages write dates, times, sizes and addresses: the filters that templates may use."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from nashra.feed.labels import MONTHS, column
from nashra.feed.timing import clock
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from nashra.model import Cue


def filters(language: str) -> Mapping[str, Callable[..., Any]]:
    """Return every filter by its name in templates, for a show in that language."""
    return {
        "clock": clock,
        "date": lambda when: date(when, language),
        "iso_duration": iso_duration,
        "megabytes": megabytes,
        "part": lambda name: quote(name, safe=""),
        "seconds": lambda frames: round(seconds(frames), 3),
        "web_address": web_address,
        "word_times": word_times,
    }


def date(when: datetime, language: str) -> str:
    """Return the day as a reader of the language expects it, in the date's own time zone.

    >>> from datetime import datetime, UTC
    >>> [date(datetime(2025, 7, 3, tzinfo=UTC), language) for language in ("ar", "fr", "en")]
    ['3 يوليوز 2025', '3 juillet 2025', '3 July 2025']
    """
    return f"{when.day} {MONTHS[when.month - 1][column(language)]} {when.year}"


def iso_duration(frames: int) -> str:
    """Return a length in PCM frames as ISO 8601 has it, in whole seconds.

    >>> iso_duration(44_100 * 278)
    'PT4M38S'
    """
    minutes, second = divmod(round(seconds(frames)), 60)
    return f"PT{minutes}M{second}S"


def megabytes(size: int) -> str:
    """Return a size in bytes in MB of a million bytes, with one digit after the point.

    >>> megabytes(2_120_000), megabytes(900)
    ('2.1', '0.1')
    """
    return f"{max(size / 1_000_000, 0.1):.1f}"


def web_address(url: str) -> str:
    """Return the address if it leads to the web, else nothing.

    >>> web_address("https://hompress.ma/1"), web_address("javascript:alert(1)"), web_address("http://[")
    ('https://hompress.ma/1', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def word_times(cue: Cue) -> str:
    """Return when each word of a sentence begins, in ms from the sentence's begin, parted by spaces.

    A word is what white space parts, as in the record. A record without word times gives nothing, and
    the pages mark whole sentences.
    """
    return " ".join(str(round(1000 * seconds(frames))) for frames in getattr(cue, "words", ()))
