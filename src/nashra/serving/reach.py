"""What of a station may be seen: what the episodes' records and the feed list, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nashra.feed.sides import FOLDERS, slug_of
from nashra.redirects import gone, moved
from nashra.serving.answering import Gone, Moved, Unbuilt
from nashra.strands import is_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nashra.model import Episode

START = Moved("feed/index.html")
"""Where `/` leads."""

# Files of the whole show, and those of an episode, `{slug}` being its own: a build tells the list of them
# when it has ended, and each is served as soon as it is there.
OF_SHOW = (
    "feed/feed.xml",
    "feed/feed-*.xml",
    "feed/feed.json",
    "feed/sitemap.xml",
    "feed/feeds.opml",
    "feed/index.html",
    "feed/archive-*.html",
    "feed/cover-*.jpg",
    "feed/assets/nashra.css",
    "feed/assets/nashra.js",
)
OF_EPISODE = ("feed/episodes/{slug}.html", "feed/embed/{slug}.html", "feed/oembed/{slug}.json")


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be seen: slugs of listed episodes, files, what moved and whither, what is gone, more feeds."""

    slugs: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    moved: dict[str, str] | None = None
    gone: frozenset[str] = frozenset()
    strands: frozenset[str] = frozenset()
    built: bool = True

    def look(self, path: str | None) -> str | Moved | Gone | Unbuilt | None:
        """Return the file that a path leads to, where it leads instead, or None for nothing."""
        if path is None or not self.built:
            return None if self.built else Unbuilt()
        if path in {"", "feed", "feed/"}:
            return START
        if path in self.files:
            return path
        if self.moved and path in self.moved:
            return Moved(self.moved[path])
        if path in self.gone:
            return Gone()
        return path if self._is_beside(path) else None

    def _is_beside(self, path: str) -> bool:
        """Say whether a file of `feed/` is the show's, or a listed episode's."""
        folder, _, name = path.removeprefix("feed/").rpartition("/")
        if folder in FOLDERS:
            return slug_of(name) in self.slugs
        if not folder and any(is_of(name, strand) for strand in self.strands):
            return path.startswith("feed/")
        return any(path.count("/") == each.count("/") and fnmatchcase(path, each) for each in OF_SHOW)


def reach(
    episodes: Iterable[Episode],
    pages: Collection[str],
    named: Collection[str] = (),
    made: Collection[str] = (),
    strands: frozenset[str] = frozenset(),
) -> Reach:
    """Return what may be seen, given all records, and by path the pages, what is named, and what was made.

    `pages` are the slugs that have a page, `named` the files of `audio/` that the feed names, `made` the
    files of `feed/` that the last build left there, `strands` the names of its further feeds.

    A build writes records before the feed: until the feed names the newer sound, the earlier one is still
    served under its own address and not led on, so that its length is as the feed says.
    """
    every = [episode for episode in episodes if not episode.draft]
    heard = [episode for episode in every if not is_withdrawn(episode, pages)]
    elsewhere = moved(heard)
    files = {*named, *made, *(f"audio/{name}" for each in heard for name in each.files)}
    files |= {
        pattern.format(slug=each.slug) for each in every if each.slug in pages for pattern in OF_EPISODE
    }
    silent = [each for each in every if is_withdrawn(each, pages)]
    # Of a deleted article all is gone that goes with a withdrawn one.
    silenced = gone(replace(each, withdrawn=each.withdrawn or each.updated) for each in silent)
    return Reach(
        frozenset(each.slug for each in heard),
        frozenset(files),
        {path: to for path, to in elsewhere.items() if path not in files},
        silenced - files - elsewhere.keys(),
        strands,
    )


def is_withdrawn(episode: Episode, pages: Collection[str]) -> bool:
    """Say whether an episode that has a record stands no longer in the feed: its sound answers with 410.

    A build writes an episode's page before the feed, and takes it away when its article is gone.
    """
    return episode.slug not in pages or bool(episode.withdrawn)
