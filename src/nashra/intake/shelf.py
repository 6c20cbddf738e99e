"""Which article of the station an item of a feed is: by what the feed calls it, else by its address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from nashra.articles import decoding, front_matter, reading
from nashra.articles.items import same_place
from nashra.errors import ArticleError
from nashra.store import read, storing

if TYPE_CHECKING:
    from datetime import datetime

    from nashra.articles.items import Item
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that is there already: its file, and what its front matter says of where it came from."""

    file: str
    url: str = ""
    source: str = ""
    source_id: str = ""
    date: datetime | None = None

    @property
    def pulled(self) -> bool:
        """Whether a pull wrote it; what a person added is that person's to update."""
        return bool(self.source_id)


class Shelf:
    """The station's articles by where they came from. It grows while a pull goes on."""

    def __init__(self, kept: tuple[Kept, ...]) -> None:
        self.kept = list(kept)
        self._by_id = {(each.source, each.source_id): each for each in kept if each.source_id}
        self._by_place = {same_place(each.url): each for each in kept if each.url}

    def find(self, item: Item, source: str) -> Kept | None:
        """Return the article that an item is, if it is there."""
        found = self._by_id.get((source, item.id))
        return found or (self._by_place.get(same_place(item.url)) if item.url else None)

    def put(self, kept: Kept) -> None:
        """Add an article that was just written."""
        self.kept.append(kept)
        self._by_id[kept.source, kept.source_id] = kept
        if kept.url:
            self._by_place[same_place(kept.url)] = kept


def shelf(station: Station) -> Shelf:
    """Return the shelf of a station as it is on disk; an article that cannot be read is on none."""
    with storing(ArticleError, "articles"):
        files = sorted(path.name for path in station.articles.glob("*") if path.is_file())
    return Shelf(
        tuple(_kept(station, file) for file in files if PurePath(file).suffix.lower() in reading.FORMATS)
    )


def _kept(station: Station, file: str) -> Kept:
    try:
        with storing(ArticleError, f"articles/{file}"):
            raw = read(station.articles / file) or b""
        if b"\nurl" not in raw and b"\nsource" not in raw:
            return Kept(file)
        fields, _body, _above = front_matter.split(decoding.decode(raw, file).text, file)
    except ArticleError:
        return Kept(file)  # a build says what is wrong with it
    said = {name: fields.get(name, "") for name in ("url", "source", "source_id")}
    return Kept(file, **said, date=fields.get("date"))
