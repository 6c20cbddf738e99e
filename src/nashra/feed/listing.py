"""What a feed document is made from: the show as a channel, an episode as an item."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from nashra.feed.plain import short, untagged
from nashra.settings import PodcastSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.feed.sides import Side
    from nashra.model import Episode
    from nashra.settings import Show


LONGEST_TITLE = 255
"""Characters: what Apple takes."""


class Link(NamedTuple):
    """Another document of the same feed, by its relation (RFC 5005)."""

    rel: str
    href: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A show on its way into a feed document: `cover` and `small` are file names in `feed/`.

    One that is `emptied`, for episodes were withdrawn, may have none left.
    `hub` is the WebSub hub that is told of every change, empty: none.
    """

    show: Show
    guid: str
    cover: str
    small: str = ""
    settings: PodcastSettings = field(default_factory=PodcastSettings)
    file: str = "feed.xml"
    links: tuple[Link, ...] = ()
    archive: bool = False
    emptied: bool = False
    hub: str = ""

    def address(self, path: str) -> str:
        """Return the address of a file in `feed/`."""
        return f"{self.show.base_url}feed/{quote(path)}"


@dataclass(frozen=True, slots=True)
class Item:
    """An episode on its way into a feed document, with the files beside it and its title in the feed."""

    channel: Channel
    episode: Episode
    title: str
    sides: tuple[Side, ...] = ()

    @property
    def page(self) -> str:
        """The address of its page."""
        return self.channel.address(f"episodes/{self.episode.slug}.html")

    @property
    def sound(self) -> str:
        """The address of its MP3."""
        return f"{self.channel.show.base_url}audio/{quote(self.episode.media.file)}"


def opus_address(show: Show, episode: Episode) -> str:
    """Return the address of an episode's small copy, empty where it has none."""
    return f"{show.base_url}audio/{quote(episode.opus.media.file)}" if episode.opus else ""


def titles(episodes: Sequence[Episode]) -> dict[str, str]:
    """Return the items' titles by guid, given the episodes newest first.

    Of two with one title on one day AntennaPod drops one, so the later are numbered.
    """
    seen: dict[tuple[str, str], int] = {}
    numbered = {}
    for episode in reversed(episodes):
        title = untagged(short(episode.title, LONGEST_TITLE - 6 - episode.title.count("<"))) or episode.slug
        day = (title, episode.published.date().isoformat())
        seen[day] = seen.get(day, 0) + 1
        numbered[episode.guid] = title if seen[day] == 1 else f"{title} ({seen[day]})"
    return numbered
