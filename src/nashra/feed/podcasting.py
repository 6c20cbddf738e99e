"""The tags that feedgen cannot write: `itunes:explicit` with true or false, and `podcast:`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}


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
