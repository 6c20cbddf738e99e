"""A pulled article's file: written as a draft, brought up to date, never against a person's correction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nashra.articles import decoding, front_matter, writing
from nashra.errors import ArticleError
from nashra.intake import adding
from nashra.intake.approving import approved, is_draft
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from nashra.articles.items import Item
    from nashra.articles.reading import Reading
    from nashra.intake.following import Doors
    from nashra.intake.shelf import Kept
    from nashra.settings import Source
    from nashra.station import Station

_FIRST_YEAR = 1995
"""No site had a feed before; a date of 1970 is a clock that was never set."""


def create(
    station: Station,
    read_: Reading,
    item: Item,
    source: Source,
    now: datetime,
    doors: Doors,
    *,
    dry_run: bool,
) -> str:
    """Write a new article, a draft unless its source is trusted; return its file.

    Its picture is taken if it can be a cover; without it the article comes in all the same.
    """
    date = read_.article.date
    # A date ahead of the clock would hold the episode back, for seventy years if it says 2099.
    believed = date if date and date.year >= _FIRST_YEAR and date <= now else None
    file = adding.new_file(station, read_.article.title, believed or now, doors.mark)
    if dry_run:
        return file
    picture = read_.article.image or item.image
    with storing(ArticleError, f"articles/{file}"):
        image, _why = adding.cover(
            station, file, picture, lambda url: doors.fetch.get(url, accept="image").body
        )
        own = {"date": believed, "image": image, "draft": source.approve != "auto"}
        text = _text(read_, item, source, own)
        write(_base(station, file), text.encode())
        write(station.articles / file, text.encode())
    return file


def update(
    station: Station, read_: Reading, item: Item, source: Source, kept: Kept, *, dry_run: bool
) -> bool:
    """Bring what changed at the source into an article's file; say whether anything did.

    What a person corrected stays. Raises ArticleError where both changed the same place: then the file
    stays as it is. Its date and picture stay in any case: an episode does not move.
    """
    where = f"articles/{kept.file}"
    with storing(ArticleError, where):
        raw = read(station.articles / kept.file) or b""
        before = read(_base(station, kept.file))
    draft = is_draft(raw, where)
    if before is not None and is_draft(before, where) and not draft:
        before = approved(before, where)  # somebody heard it: that is no change of the text
    base = None if before is None else before.decode("utf-8", "replace")
    current = decoding.decode(raw, where).text
    fields = front_matter.split(current if base is None else base, where)[0]
    own = {"date": fields.get("date"), "image": fields.get("image", ""), "draft": draft}
    theirs = _text(read_, item, source, own)
    if theirs == base:
        return False
    merged = adding.update(current, base, theirs)
    with storing(ArticleError, where):
        if not dry_run and (base is None or not merged.conflicts):
            write(_base(station, kept.file), theirs.encode())
        if not dry_run and not merged.conflicts and merged.text != current:
            write(station.articles / kept.file, merged.text.encode())
    if merged.conflicts:
        what = "was corrected here and changed at its source, in the same place; it stays as it is here"
        then = (
            f"say `nashra add --ours {item.url}`, or --theirs" if item.url else "compare it with its source"
        )
        raise ArticleError(what, where=where, then=then)
    return merged.text != current


def _text(read_: Reading, item: Item, source: Source, own: dict[str, Any]) -> str:
    """Return the text of an article's file, with what is its `own` here: the same for the same item."""
    said: dict[str, Any] = {
        "url": item.url,
        "voice": source.voice,
        "source": source.url,
        "source_id": item.id,
    }
    return writing.markdown(replace(read_, article=replace(read_.article, **said, **own)))


def _base(station: Station, file: str) -> Path:
    """Return where the text is kept that an article's file had when it came from its source last."""
    return station.cache / "added" / file
