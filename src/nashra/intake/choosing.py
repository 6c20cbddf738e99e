"""Which items of a feed are wanted, which are to be looked at again, and which articles are gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from nashra.articles.items import same_place
from nashra.intake.remembered import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.articles.items import Feed, Item
    from nashra.intake.remembered import Seen
    from nashra.intake.shelf import Kept
    from nashra.settings import Source

AGAIN = timedelta(hours=1)
"""So long after the last look a page is asked again: one that failed, or one whose feed tells no edits."""
YOUNG = timedelta(days=2)
"""So long a news story is still edited; an older one whose feed has only summaries is left alone."""


def wanted(source: Source, item: Item, now: datetime) -> bool:
    """Say whether a source's settings want a new item."""
    if source.categories and not set(source.categories) & set(item.categories):
        return False
    if source.authors and not set(source.authors) & set(item.author.split("، ")):
        return False
    oldest = now - timedelta(days=source.max_age_days)
    return not (source.max_age_days and item.date) or datetime.fromisoformat(item.date) >= oldest


def due(item: Item, before: Seen, now: datetime) -> bool:
    """Say whether an item that was looked at is to be looked at again."""
    if digest(item) != before.digest:
        return True
    long_ago = now - datetime.fromisoformat(before.looked) >= AGAIN
    young = bool(item.date) and now - datetime.fromisoformat(item.date) <= YOUNG
    return long_ago and (before.failed or (item.summary_only and young))


def gone(source: Source, feed: Feed, kept: Sequence[Kept]) -> tuple[str, ...]:
    """Return the files of articles that the feed should still have: they are newer than its last item."""
    if not feed.items or not feed.items[-1].date:
        return ()
    last = max(datetime.fromisoformat(date) for date in (feed.items[-1].date, feed.items[-1].updated) if date)
    ids, places = {item.id for item in feed.items}, {same_place(item.url) for item in feed.items}
    return tuple(
        each.file
        for each in kept
        if each.source == source.url and each.date and each.date > last
        if each.source_id not in ids and same_place(each.url) not in places
    )
