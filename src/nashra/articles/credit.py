"""The lines above an article, or below it, that say who wrote it, for whom, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nashra.articles import bylines, names, written_dates
from nashra.articles.blocks import bare
from nashra.articles.titles import words_of

if TYPE_CHECKING:
    from datetime import datetime

_LONGEST = 120
"""Characters: both calendars, the hour, a city and an agency have less."""


class Credit(NamedTuple):
    """What such a line says; a part that it does not name is empty."""

    byline: bylines.Byline
    when: datetime | None = None


def credit(line: str, site: str = "") -> Credit | None:
    """Return what a line that is a byline, a date or both says; None for any other line.

    >>> credit("كتب سعيد البقالي الجمعة 14 مارس 2025 10:00 ص").byline.author
    'سعيد البقالي'
    >>> credit("الرياض 14 رمضان 1446 هـ الموافق 14 مارس 2025 م واس").byline
    Byline(outlet='', author='', place='الرياض', agency='واس')
    >>> credit("يومية الغد الجمعة 14 مارس 2025 | 10:00", "يومية الغد").byline.author
    ''
    >>> credit("وصل الوفد يوم الجمعة 14 مارس 2025"), credit("توسيع آفاق التعاون")
    (None, None)
    """
    if len(bare(line)) > _LONGEST:
        return None
    found = written_dates.find(line)
    if found is None:
        byline = bylines.whole(line)
        return Credit(_of_site(byline, site)) if byline else None
    if not found.rest or words_of(found.rest) <= words_of(site):
        return Credit(bylines.Byline(), found.when)
    byline = bylines.whole(found.rest)
    if byline is None and names.is_person(found.rest):
        byline = bylines.Byline(author=found.rest)
    elif byline is None and names.is_place(found.rest):
        byline = bylines.Byline(place=found.rest)
    return Credit(_of_site(byline, site), found.when) if byline else None


def _of_site(byline: bylines.Byline, site: str) -> bylines.Byline:
    """Return a byline whose author is a person: «سماء الأخبار - أبوظبي» names the site."""
    if byline.author and words_of(byline.author) <= words_of(site):
        return byline._replace(author="", outlet=byline.outlet or byline.author)
    return byline
