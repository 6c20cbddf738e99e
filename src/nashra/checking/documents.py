"""A document of the feed as others read it: lxml for its tags, feedparser for whether it is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nashra.checking.built import Document, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
    "fh": "http://purl.org/syndication/history/1.0",
}
"""Name spaces as apps know them: one letter amiss, and every tag of it is unknown."""

_PREFIXES = {uri: prefix for prefix, uri in SPACES.items()}


def document(name: str, raw: bytes) -> Document:
    """Return a document of the feed from its bytes; `faults` say why it is no feed."""
    from lxml import etree  # noqa: PLC0415 only the checks need it here

    faults = list(_faults(raw))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as broken:
        return Document(name, len(raw), (*faults, f"is no XML: {broken}"), {}, None)
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() != "UTF-8":
        faults.append(f"is in {root.getroottree().docinfo.encoding}, not in UTF-8")
    if root.tag != "rss" or root.get("version") != "2.0":
        faults.append("is not RSS 2.0")
    channels = root.findall("channel")
    if len(channels) != 1:
        faults.append(f"has {len(channels)} channels instead of one")
    entries, complaint = _outsider(raw)
    spaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    channel = _tag(channels[0]) if channels else None
    return Document(name, len(raw), tuple(faults), spaces, channel, entries, complaint)


def _faults(raw: bytes) -> Iterator[str]:
    if raw.startswith(b"\xef\xbb\xbf"):
        yield "begins with a byte order mark"
    if b"<!DOCTYPE" in raw[:1000]:
        yield "has a DOCTYPE"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        yield f"is not UTF-8 at byte {broken.start}"


def _outsider(raw: bytes) -> tuple[int, str]:
    """Return how many entries feedparser sees, and what it complains of."""
    import feedparser  # noqa: PLC0415 slow to import

    # Sanitizing and resolving addresses takes most of its time, and nothing here asks for them.
    seen = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    return len(seen.entries), str(seen.get("bozo_exception", "")) if seen.bozo else ""


def _tag(element: Any) -> Tag:  # noqa: ANN401 an lxml element
    return Tag(
        _name(element.tag),
        element.text or "",
        {_name(name): value for name, value in element.attrib.items()},
        tuple(_tag(each) for each in element if isinstance(each.tag, str)),
        element.sourceline or 0,
    )


def _name(name: str) -> str:
    uri, closing, local = name.rpartition("}")
    if not closing:
        return local
    prefix = _PREFIXES.get(uri[1:])
    return f"{prefix}:{local}" if prefix else name
