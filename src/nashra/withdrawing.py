"""Taking an episode back, and bringing it back: its record says so, and the feed at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from nashra import publication, records
from nashra.building.planning import WITHDRAWN, adopted, article_files, gone
from nashra.errors import ArticleError
from nashra.model import Revision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from nashra.model import Episode
    from nashra.station import Station

BROUGHT_BACK = "brought back"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was done: the record as it is now, whether it was so before, the files of `feed/` written.

    One that came back `silent` has lost its MP3: the feed waits for the build that makes it again.
    """

    episode: Episode
    already: bool
    written: tuple[str, ...]
    silent: bool = False


def withdraw(station: Station, name: str, now: datetime, *, undo: bool = False) -> Withdrawal:
    """Take an episode out of the feed and the lists, or with `undo` back in; the caller holds the lock.

    `name` is its article (which may be gone), its slug or its MP3. Nothing of its sound is deleted, and its
    record is kept: no later build brings it back. Its page says that it was withdrawn; its transcripts go.
    Raises ArticleError for a name that no episode has, or an episode whose article is not there any more
    and that shall come back.
    """
    loaded = records.load(station.audio, cues=False)
    found = _named(loaded, name)
    files = _files(station, loaded)
    known = adopted(loaded, station, files)
    current = [known[file] for file in files if file in known]
    if undo and all(each.slug != found.slug for each in current):
        where = f"articles/{found.article}"
        raise ArticleError("is not there any more", where=where, then="put it back first")
    already = bool(found.withdrawn) is not undo
    if not already:
        found = _turned(records.whole(station.audio, found), now, undo=undo)
        records.save(station.audio, found)
    if undo and not (station.audio / found.media.file).is_file():
        return Withdrawal(found, already, (), silent=True)
    current = [found if each.slug == found.slug else each for each in current]
    missing = gone([found if each.slug == found.slug else each for each in loaded], current)
    return Withdrawal(found, already, publication.update(station, (*current, *missing.values())))


def _files(station: Station, loaded: Sequence[Episode]) -> tuple[str, ...]:
    """Return the names of the articles; where there is none left, those that the records name.

    What must go has to go even from a folder that is empty or not there, and nothing else with it.
    """
    try:
        return article_files(station)
    except ArticleError:
        return tuple(each.article for each in loaded)


def _turned(episode: Episode, now: datetime, *, undo: bool) -> Episode:
    entry = Revision(now, episode.media.file, BROUGHT_BACK if undo else WITHDRAWN)
    history = (*episode.revisions, entry)
    if undo:
        return replace(episode, withdrawn=None, updated=now, revisions=history)
    return replace(episode, withdrawn=now, revisions=history)


def _named(loaded: Sequence[Episode], name: str) -> Episode:
    base = PurePath(name).name
    for each in loaded:
        article = PurePath(each.article)
        if base in {each.slug, f"{each.slug}.json", article.name, article.stem, each.media.file}:
            return each
    raise ArticleError(
        "there is no episode of it", where=name, then="name an article that was built, or its slug"
    )
