"""What is sent: the files that the records and the feed list, each in the group with which it goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from nashra import records
from nashra.errors import PublishingError
from nashra.feed import sides
from nashra.store import read, storing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nashra.model import Episode

FEED = "feed/feed.xml"
ROOT_PAGE = "index.html"
"""A redirect from the station's root to the show's page."""

MEDIA, BESIDE, PAGES, FEEDS = GROUPS = ("media", "beside", "pages", "feeds")
"""The groups in the order in which they go: nothing is listed before it is there."""

# The first that fits: group, media type, for how long copies may be kept. What is named by its content
# never changes; the feed must be fresh within minutes.
_FOR_EVER = "public, max-age=31536000, immutable"
_AN_HOUR, _MINUTES = "public, max-age=3600", "public, max-age=300"


class Rule(NamedTuple):
    """How files of a pattern are sent."""

    pattern: str
    group: str
    media_type: str
    cache: str


RULES = (
    Rule("feed/sitemap.xml", PAGES, "application/xml", _AN_HOUR),
    Rule("feed/*.xml", FEEDS, "application/rss+xml; charset=utf-8", _MINUTES),
    Rule("feed/feed.json", FEEDS, "application/feed+json; charset=utf-8", _MINUTES),
    Rule("audio/*.mp3", MEDIA, "audio/mpeg", _FOR_EVER),
    Rule("audio/*.opus", MEDIA, "audio/ogg", _FOR_EVER),
    Rule("*.jpg", BESIDE, "image/jpeg", _FOR_EVER),
    Rule("*.png", BESIDE, "image/png", _FOR_EVER),
    Rule("audio/*.json", BESIDE, "application/json; charset=utf-8", _MINUTES),
    Rule("audio/*", MEDIA, "application/octet-stream", _FOR_EVER),
    Rule("feed/transcripts/*.vtt", BESIDE, "text/vtt; charset=utf-8", _FOR_EVER),
    Rule("feed/transcripts/*.srt", BESIDE, "application/x-subrip; charset=utf-8", _FOR_EVER),
    Rule("feed/transcripts/*.html", BESIDE, "text/html; charset=utf-8", _FOR_EVER),
    Rule("feed/transcripts/*.json", BESIDE, "application/json; charset=utf-8", _FOR_EVER),
    Rule("feed/chapters/*.json", BESIDE, "application/json+chapters; charset=utf-8", _FOR_EVER),
    Rule("*.js", BESIDE, "text/javascript; charset=utf-8", _AN_HOUR),
    Rule("*.css", BESIDE, "text/css; charset=utf-8", _AN_HOUR),
    Rule("*.svg", BESIDE, "image/svg+xml", _AN_HOUR),
    Rule("*.html", PAGES, "text/html; charset=utf-8", _MINUTES),
    Rule("*.json", PAGES, "application/json; charset=utf-8", _MINUTES),
    Rule("*.opml", PAGES, "text/x-opml; charset=utf-8", _MINUTES),
    Rule("*", BESIDE, "application/octet-stream", _MINUTES),
)


def rule_of(name: str) -> Rule:
    """Return how a file is sent.

    >>> rule_of("feed/feed.xml").group, rule_of("audio/a-0123456789ab.mp3").media_type
    ('feeds', 'audio/mpeg')
    """
    return next(rule for rule in RULES if fnmatchcase(name, rule.pattern))


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be sent: its name at the target, its size in bytes, and where its bytes are.

    `changed_ns` is when the file was written, in ns; 0 for what is no file.
    """

    name: str
    size: int
    path: Path | None = None
    data: bytes = b""
    changed_ns: int = 0

    @property
    def rule(self) -> Rule:
        """How it is sent."""
        return rule_of(self.name)

    def content(self) -> bytes:
        """Return its bytes; raises PublishingError where they are not what they were a moment ago."""
        if self.path is None:
            return self.data
        with storing(PublishingError, self.name):
            found = read(self.path)
        if found is None or len(found) != self.size:
            raise PublishingError("changes while it is sent", where=self.name, then="run `nashra build`")
        return found


def made(name: str, data: bytes) -> Item:
    """Return an item that is no file of the station's."""
    return Item(name, len(data), data=data)


def items(
    root: Path,
    episodes: Iterable[Episode],
    told: Iterable[str],
    feed: Mapping[str, int],
    there: Mapping[str, tuple[int, int]],
) -> tuple[Item, ...]:
    """Return what is to be sent, in the order of the groups, `feed.xml` last.

    `feed` are the files of `feed/` that the last build made, with their bytes; `told` the paths that the
    feed's documents name; `there` every file with its bytes and its time. Drafts are not among it, nor what
    is hidden; of withdrawn episodes only what their records still may say. Earlier MP3s and side files of
    listed episodes are, where they are here. Raises PublishingError for a listed file that is missing or of
    another size.
    """
    episodes = tuple(episodes)
    if not feed:
        raise PublishingError(
            "nobody knows what the last build made", where="feed", then="run `nashra build`"
        )
    listed = [episode for episode in episodes if episode.is_listed]
    wanted: dict[str, int | None] = {f"feed/{name}": size for name, size in feed.items()}
    for episode in listed:
        wanted |= {f"audio/{name}": None for name in episode.files}
        wanted[f"audio/{episode.media.file}"] = episode.media.bytes
    wanted |= {path: None for path in told if path not in wanted and path.startswith(("audio/", "feed/"))}
    for name, size in wanted.items():
        if name not in there or size not in {None, there[name][0]}:
            raise PublishingError("is not as the last build left it", where=name, then="run `nashra build`")
    slugs = {episode.slug for episode in listed}
    wanted |= {f"audio/{old.file}": None for each in listed for old in each.replaced}
    wanted |= {name: None for name in there if is_beside(name) and sides.slug_of(name) in slugs}
    wanted |= {f"audio/{slug}.json": None for slug in slugs}
    found = [
        Item(name, there[name][0], root / name, changed_ns=there[name][1])
        for name in wanted
        if name in there and not any(part.startswith(".") for part in name.split("/"))
    ]
    found += [
        made(f"audio/{each.slug}.json", records.encode(bare(each))) for each in episodes if each.withdrawn
    ]
    found.append(made(ROOT_PAGE, _REDIRECT))
    return tuple(sorted(found, key=order))


def bare(episode: Episode) -> Episode:
    """Return what may be told of a withdrawn episode: its addresses and its history, no word of it."""
    return replace(
        episode,
        article="",
        sources={},
        title="",
        outlet="",
        author="",
        summary="",
        url="",
        chapters=(),
        cues=(),
        stand_ins=(),
        category=(),
        tags=(),
        issues=tuple(replace(issue, title="") for issue in episode.issues),
    )


def order(item: Item) -> tuple[int, bool, str]:
    """Return where an item stands in the order of sending."""
    return GROUPS.index(item.rule.group), item.name == FEED, item.name


def is_beside(name: str) -> bool:
    """Tell whether a file is one that stands beside an episode's sound: transcripts, chapters."""
    folder, _, rest = name.partition("/")
    return folder == "feed" and rest.partition("/")[0] in sides.FOLDERS


_REDIRECT = b"""<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=feed/index.html">
<link rel="canonical" href="feed/index.html">
<title>feed/index.html</title>
<a href="feed/index.html">feed/index.html</a>
"""
