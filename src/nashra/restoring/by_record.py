"""Episodes from the records that publishing put beside their sound: as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nashra.restoring import carrying, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nashra.model import Article, Episode
    from nashra.restoring.carrying import Live
    from nashra.restoring.told import Told

    Articles = Mapping[str, tuple[Article, str]]
    """The articles that are here, by slug, each with the SHA-256 of its file."""

CHANGED = "says something else now: it will be spoken anew, its guid and date stay"
ABSENT = "is not here: its episode leaves the feed with the next build"


class Back(NamedTuple):
    """An episode's record, how many MP3s came with it, and what of it is not as it was (or empty)."""

    record: Episode
    media: int = 0
    note: str = ""


def listed(live: Live, item: Told, path: str, articles: Articles) -> Back | None:
    """Return an episode that the feed lists; None where its record is not there or is of another."""
    there = _read(live, item.slug, path)
    if there is None:
        return None
    if there.withdrawn:  # a publication that was stopped had not come to the feed
        return Back(recorded.withdrawn(there, articles))
    return _brought(live, there, articles) if _is_of(there, item) else None


def unlisted(live: Live, slug: str, path: str, articles: Articles) -> Back | None:
    """Return an episode that the feed does not list, withdrawn or without its article; None if it is gone."""
    there = _read(live, slug, path)
    if there is None:
        return None
    if there.withdrawn:
        return Back(recorded.withdrawn(there, articles))
    if not there.cues or carrying.earlier(live, there.media.file) is None:
        return None
    return _brought(live, there, articles)


def _read(live: Live, slug: str, path: str) -> Episode | None:
    raw = live.read(path, "json")
    return None if raw is None else recorded.record(raw, slug, live.base + path)


def _is_of(record: Episode, item: Told) -> bool:
    """Tell whether a record is of an item: a publication that was stopped leaves one that is ahead of it."""
    guids = {record.guid, *(issue.guid for issue in record.issues)}
    files = {record.media.file, *(each.file for each in record.replaced)}
    return item.guid in guids and item.media.file in files and bool(record.cues)


def _brought(live: Live, record: Episode, articles: Articles) -> Back:
    """Bring the files of a record that are not here."""
    came = carrying.sound(live, record.media)
    small = (record.opus.media,) if record.opus else ()
    for old in (*small, *record.replaced):
        carrying.earlier(live, old.file)
    carrying.picture(live, record.image)
    return Back(record, int(came), _note(record, articles))


def _note(record: Episode, articles: Articles) -> str:
    """Return what the next build will do about an episode other than nothing (or empty)."""
    digests = {article.file: sha for article, sha in articles.values()}
    if record.sources.get(record.article, "") in digests.values():
        return ""
    is_here = record.article in digests or record.slug in articles
    return f"articles/{record.article}: {CHANGED if is_here else ABSENT}"
