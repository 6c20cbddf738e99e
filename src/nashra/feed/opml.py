"""All feeds of a station as an outline (http://opml.org/spec2.opml): apps subscribe to them in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from nashra.feed.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.settings import Show

FILE = "feeds.opml"


def opml(title: str, shows: Iterable[Show]) -> bytes:
    """Return the outline of some feeds, in their order."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = plain(title)
    body = etree.SubElement(root, "body")
    for show in shows:
        said = {
            "type": "rss",
            "text": plain(show.title),
            "title": plain(show.title),
            "description": plain(show.description),
            "language": show.language,
            "xmlUrl": show.feed_url,
            "htmlUrl": show.page_url,
        }
        etree.SubElement(body, "outline", {name: value for name, value in said.items() if value})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
