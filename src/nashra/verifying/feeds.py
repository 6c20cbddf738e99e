"""The documents of the feed as lxml reads them: their items, and what those promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_ATOM = "{http://www.w3.org/2005/Atom}"


class Promise(NamedTuple):
    """A file that an item names: its address, its length in bytes as written, its media type, its SHA-256."""

    address: str
    length: str
    type: str
    integrity: str = ""


class Item(NamedTuple):
    """An item of the feed and its line: guid, duration as written, files of sound, files beside it."""

    line: int
    guid: str
    duration: str
    enclosure: Promise | None
    alternates: tuple[Promise, ...]
    beside: tuple[tuple[str, str], ...]


class Document(NamedTuple):
    """A document: its own address, its items, and why it is no feed."""

    address: str
    items: tuple[Item, ...]
    fault: str = ""


def document(raw: bytes) -> Document:
    """Return a document of the feed from its bytes; one that is another kind of XML has no items."""
    from lxml import etree  # noqa: PLC0415 not for `--help`

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as broken:
        return Document("", (), f"is no XML: {broken}")
    if root.tag != "rss":
        return Document("", ())
    channel = root.find("channel")
    if channel is None:
        return Document("", (), "has no channel")
    own = [each.get("href", "") for each in channel.findall(f"{_ATOM}link") if each.get("rel") == "self"]
    return Document(next(iter(own), ""), tuple(map(_item, channel.findall("item"))))


def _item(item: Any) -> Item:  # noqa: ANN401 an lxml element
    enclosure = item.find("enclosure")
    return Item(
        item.sourceline or 0,
        (item.findtext("guid") or "").strip(),
        (item.findtext(f"{_ITUNES}duration") or "").strip(),
        None
        if enclosure is None
        else Promise(enclosure.get("url", ""), enclosure.get("length", ""), enclosure.get("type", "")),
        tuple(_alternates(item)),
        tuple(
            (each.get("url", ""), each.get("type", ""))
            for name in ("transcript", "chapters")
            for each in item.findall(f"{_PODCAST}{name}")
        ),
    )


def _alternates(item: Any) -> Iterator[Promise]:  # noqa: ANN401 an lxml element
    for each in item.findall(f"{_PODCAST}alternateEnclosure"):
        integrity = each.find(f"{_PODCAST}integrity")
        value = "" if integrity is None else integrity.get("value", "")
        for source in each.findall(f"{_PODCAST}source"):
            yield Promise(source.get("uri", ""), each.get("length", ""), each.get("type", ""), value)


def path_of(base: str, address: str) -> str | None:
    """Return the station's file that an address means, None where it is not of the station.

    A counting service's prefix before the station's address is passed over.

    >>> path_of("https://a.org/n/", "https://a.org/n/audio/a%2Db.mp3?x")
    'audio/a-b.mp3'
    >>> path_of("https://a.org/n/", "https://op3.dev/e/a.org/n/audio/a.mp3"), path_of("https://a.org/", "x")
    ('audio/a.mp3', None)
    """
    place = base.partition("://")[2]
    _before, found, rest = address.partition(place)
    if not place or not found:
        return None
    return unquote(urlsplit(f"//{place}{rest}").path)[len(unquote(urlsplit(f"//{place}").path)) :]
