"""Rules of the dates: in the form that every app reads, the newest first, and none to come."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from nashra.checking.built import Found
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built

_RFC_2822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT)"
)


def dates(built: Built) -> Iterator[Found]:
    """Find dates that are not written as RFC 2822 has them, with a zone."""
    for document, channel in built.channels():
        for tag in channel.walk():
            if tag.name in {"pubDate", "lastBuildDate"} and not dated(tag.text):
                yield Found(f"{document.name}:{tag.line}", f"<{tag.name}> is «{shown(tag.text)}»")


def not_yet(built: Built) -> Iterator[Found]:
    """Find items of a day to come: apps show them at once, or never."""
    for where, item in built.listed():
        date = dated(item.text_of("pubDate"))
        if date and date > built.now:
            yield Found(where, f"its date {item.text_of('pubDate')} is still to come")


def newest_first(built: Built) -> Iterator[Found]:
    """Find items that are newer than the one before them."""
    for document, channel in built.channels():
        before = None
        for item in channel.all("item"):
            date = dated(item.text_of("pubDate"))
            if date and before and date > before:
                yield Found(f"{document.name}:{item.line}", "is newer than the item before it")
            before = date or before


def dated(text: str) -> datetime | None:
    """Return the time that RFC 2822 text says, None for another form.

    >>> dated("Thu, 01 Jan 2026 01:00:00 +0100")
    datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)
    >>> dated("2026-01-01T00:00:00Z"), dated("Thu, 31 Feb 2026 00:00:00 +0000")
    (None, None)
    """
    if not _RFC_2822.fullmatch(text):
        return None
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
