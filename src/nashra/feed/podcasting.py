"""The tags that feedgen cannot write: `itunes:explicit` with true or false, and `podcast:`."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}

_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space that the podcast name space gives for `podcast:guid`."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One element: name with its prefix, text, attributes."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


class _Tags:
    """An extension that writes the tags it was given, as they are."""

    def __init__(self) -> None:
        self.tags: tuple[Tag, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """Return the name spaces, for the root element."""
        return NAMESPACES

    def _write(self, parent: Any) -> Any:  # noqa: ANN401 an lxml element
        for tag in self.tags:
            prefix, _, name = tag.name.partition(":")
            element = etree.SubElement(parent, f"{{{NAMESPACES[prefix]}}}{name}", dict(tag.attributes))
            element.text = tag.text
        return parent


class ChannelTags(_Tags, BaseExtension):  # type: ignore[misc] # feedgen has no types
    """Further tags of the channel."""

    def extend_rss(self, feed: Any) -> Any:  # noqa: ANN401 an lxml element
        """Write the tags into the channel."""
        self._write(feed[0])
        return feed


class ItemTags(_Tags, BaseEntryExtension):  # type: ignore[misc] # feedgen has no types
    """Further tags of one item."""

    def extend_rss(self, entry: Any) -> Any:  # noqa: ANN401 an lxml element
        """Write the tags into the item."""
        return self._write(entry)


def podcast_guid(feed_url: str) -> str:
    """Return the guid of a podcast: UUIDv5 of its feed's address without scheme and last slashes.

    >>> podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(_GUIDS, re.sub(r"^\w+://", "", feed_url).rstrip("/")))


def episode_guid(podcast: str, article: str) -> str:
    """Return the guid that an article's episode gets when it is built for the first time."""
    return str(uuid.uuid5(uuid.UUID(podcast), article))
