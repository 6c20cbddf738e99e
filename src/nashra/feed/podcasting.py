"""The tags that feedgen cannot write, as two tables: of the channel, and of an item.

The podcast name space is https://podcastindex.org/namespace/1.0 (its documents of 2026-05); `psc:` is
Podlove's simple chapters, `fh:` and further `atom:link` are RFC 5005.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension

from nashra.feed.chapters import chapters_of
from nashra.feed.labels import column
from nashra.feed.listing import opus_address
from nashra.feed.plain import short
from nashra.feed.rows import NAMESPACES, Row, write
from nashra.feed.soundbite import soundbite
from nashra.feed.timing import timestamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.feed.listing import Channel, Item
    from nashra.feed.sides import Side
    from nashra.model import Media, SmallCopy

LONGEST_TEXT = 128
"""Characters that the podcast name space allows for a name, a sentence of funding, a schedule."""

FREQUENCIES = {
    "FREQ=DAILY": ("كل يوم", "Chaque jour", "Daily"),
    "FREQ=WEEKLY": ("كل أسبوع", "Chaque semaine", "Weekly"),
    "FREQ=MONTHLY": ("كل شهر", "Chaque mois", "Monthly"),
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR": ("من الاثنين إلى الجمعة", "Du lundi au vendredi", "Monday to Friday"),
}
"""What `podcast.rrule` says in words, where `podcast.frequency` says nothing; by language."""

NARRATOR = ("صوت اصطناعي", "Voix de synthèse", "Synthetic voice")
"""Who reads, where `podcast.narrator` names nobody, by language; the engine stands behind it."""


def _switch(value: bool) -> str:
    return "true" if value else "false"


def _number(value: int) -> str:
    return str(value) if value else ""


def _new_address(channel: Channel) -> str:
    """Return the feed's own address after a move: who was led here learns that it is for good."""
    moved = channel.settings.moved_from and not channel.archive
    return channel.show.feed_url if moved else ""


def _frequency(channel: Channel) -> str:
    said = channel.settings
    words = FREQUENCIES.get(said.rrule)
    told = words[column(channel.show.language)] if words else said.rrule
    return short(said.frequency or told, LONGEST_TEXT)


def _narrator(item: Item) -> str:
    channel = item.channel
    unnamed = f"{NARRATOR[column(channel.show.language)]} ({item.episode.voice.engine})"
    return short(channel.settings.narrator or unnamed, LONGEST_TEXT)


def _season_name(item: Item) -> str:
    said = item.channel.settings
    return short(said.season_name, LONGEST_TEXT) if item.episode.season == said.season else ""


def _integrity(media: Media) -> str:
    """Return the hash of a file as a browser's subresource integrity writes it."""
    return f"sha256-{base64.b64encode(bytes.fromhex(media.sha256)).decode()}"


def _small(item: Item) -> list[tuple[Item, SmallCopy]]:
    """Return the item with its small copy, if it has one."""
    return [(item, item.episode.opus)] if item.episode.opus else []


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")


def _sides(tag: str) -> Callable[[Item], list[tuple[Item, Side]]]:
    return lambda item: [(item, side) for side in item.sides if side.tag == tag]


def _address(pair: tuple[Item, Side]) -> str:
    return pair[0].channel.address(pair[1].path)


def _media_type(pair: tuple[Item, Side]) -> str:
    return pair[1].media_type


_AI = Row("podcast:txt", "true", {"purpose": "ai-content"})
_SQUARE = {"aspect-ratio": "1/1", "type": "image/jpeg", "purpose": "artwork"}

CHANNEL = (
    Row("itunes:explicit", lambda channel: _switch(channel.show.explicit)),
    Row("itunes:complete", lambda channel: "Yes" if channel.settings.complete else ""),
    Row("itunes:new-feed-url", _new_address),
    Row("podcast:guid", lambda channel: channel.guid),
    Row(
        "podcast:locked",
        lambda channel: "yes" if channel.settings.locked else "no",
        {"owner": lambda channel: channel.settings.owner},
    ),
    Row("podcast:medium", "podcast"),
    _AI,
    Row(
        "podcast:license",
        lambda channel: short(channel.settings.license, LONGEST_TEXT),
        {"url": lambda channel: channel.settings.license_url},
    ),
    Row(
        "podcast:funding",
        lambda channel: short(channel.settings.funding, LONGEST_TEXT),
        {"url": lambda channel: channel.settings.funding_url},
        each=lambda channel: (channel,) if channel.settings.funding_url else (),
    ),
    Row(
        "podcast:updateFrequency",
        _frequency,
        {
            "rrule": lambda channel: channel.settings.rrule,
            "complete": lambda channel: "true" if channel.settings.complete else "",
        },
    ),
    Row(
        "podcast:image",
        None,
        {
            "href": lambda channel: channel.address(channel.cover),
            "alt": lambda channel: short(channel.show.title, LONGEST_TEXT),
            **_SQUARE,
        },
    ),
    Row(
        "podcast:image",
        None,
        {
            "href": lambda channel: channel.small and channel.address(channel.small),
            "alt": lambda channel: short(channel.show.title, LONGEST_TEXT),
            "width": "600",
            **_SQUARE,
        },
    ),
    Row("fh:archive", each=lambda channel: (channel,) if channel.archive else ()),
    Row(
        "atom:link",
        None,
        {
            "rel": lambda link: link.rel,
            "href": lambda link: link.href,
            "type": "application/rss+xml",
        },
        each=lambda channel: channel.links,
    ),
    Row("atom:link", None, {"href": lambda channel: "" if channel.archive else channel.hub, "rel": "hub"}),
)
"""Further tags of the channel, in their order."""

ITEM = (
    Row("itunes:title", lambda item: item.title),
    Row("itunes:episodeType", "full"),
    Row("itunes:explicit", lambda item: _switch(item.channel.show.explicit)),
    Row("itunes:season", lambda item: _number(item.episode.season)),
    Row("itunes:episode", lambda item: _number(item.episode.number)),
    Row("podcast:season", lambda item: _number(item.episode.season), {"name": _season_name}),
    Row("podcast:episode", lambda item: _number(item.episode.number)),
    _AI,
    Row(
        "podcast:transcript",
        None,
        {"url": _address, "type": _media_type, "language": lambda pair: pair[0].channel.show.language},
        each=_sides("transcript"),
    ),
    Row("podcast:chapters", None, {"url": _address, "type": _media_type}, each=_sides("chapters")),
    Row(
        "podcast:person",
        lambda item: short(item.episode.author or item.episode.outlet, LONGEST_TEXT),
        {"group": "writing", "role": "author"},
    ),
    Row("podcast:person", _narrator, {"group": "cast", "role": "narrator"}),
    Row(
        "podcast:soundbite",
        lambda bite: bite.title,
        {
            "startTime": lambda bite: _seconds(bite.start_ms),
            "duration": lambda bite: _seconds(bite.length_ms),
        },
        each=lambda item: soundbite(item.episode),
    ),
    Row(
        "podcast:alternateEnclosure",
        None,
        {
            "type": "audio/mpeg",
            "length": lambda item: str(item.episode.media.bytes),
            "lang": lambda item: item.channel.show.language,
            "title": "MP3",
            "default": "true",
        },
        inside=(
            Row("podcast:source", None, {"uri": lambda item: item.sound}),
            Row(
                "podcast:integrity",
                None,
                {"type": "sri", "value": lambda item: _integrity(item.episode.media)},
            ),
        ),
    ),
    Row(
        "podcast:alternateEnclosure",
        None,
        {
            "type": "audio/opus",
            "length": lambda pair: str(pair[1].media.bytes),
            "bitrate": lambda pair: str(pair[1].kbps * 1000),
            "lang": lambda pair: pair[0].channel.show.language,
            "title": lambda pair: f"Opus {pair[1].kbps} kbit/s",
            "codecs": "opus",
        },
        inside=(
            Row(
                "podcast:source",
                None,
                {"uri": lambda pair: opus_address(pair[0].channel.show, pair[0].episode)},
            ),
            Row("podcast:integrity", None, {"type": "sri", "value": lambda pair: _integrity(pair[1].media)}),
        ),
        each=_small,
    ),
    Row(
        "podcast:image",
        None,
        {
            "href": lambda item: (
                item.episode.image and f"{item.channel.show.base_url}audio/{item.episode.image}"
            ),
            "alt": lambda item: short(item.title, LONGEST_TEXT),
            **_SQUARE,
        },
    ),
    Row(
        "psc:chapters",
        None,
        {"version": "1.2"},
        inside=(
            Row(
                "psc:chapter",
                None,
                {
                    "start": lambda chapter: timestamp(chapter.start_ms),
                    "title": lambda chapter: chapter.title,
                },
                each=lambda item: chapters_of(item.episode),
            ),
        ),
        each=lambda item: (item,) if item.episode.chapters else (),
    ),
)
"""Further tags of an item, in their order."""


class _Tags:
    """An extension of feedgen's: it writes a table of what it was given in `said_of`."""

    def __init__(self) -> None:
        self.said_of: Channel | Item | None = None

    def extend_ns(self) -> dict[str, str]:
        """Return the name spaces, for the root element."""
        return NAMESPACES


class ChannelTags(_Tags, BaseExtension):  # type: ignore[misc] # feedgen has no types
    """Further tags of the channel."""

    def extend_rss(self, feed: Any) -> Any:  # noqa: ANN401 an lxml element
        """Write the tags into the channel."""
        write(CHANNEL, self.said_of, feed[0])
        return feed


class ItemTags(_Tags, BaseEntryExtension):  # type: ignore[misc] # feedgen has no types
    """Further tags of one item."""

    def extend_rss(self, entry: Any) -> Any:  # noqa: ANN401 an lxml element
        """Write the tags into the item."""
        write(ITEM, self.said_of, entry)
        return entry
