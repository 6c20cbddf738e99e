"""What a listener's app would find at a target: used after every fault."""

from __future__ import annotations

import hashlib
import re
import socket
from base64 import b64encode

from lxml import etree

BASE = "https://radio.example/"
FEED = "feed/feed.xml"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"


def nowhere(look_up):
    """Return what looks hosts up as `look_up` does, and knows no radio.example."""

    def looked_up(host, *arguments, **named):
        if b"radio.example" in (host if isinstance(host, bytes) else str(host).encode()):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *arguments, **named)

    return looked_up


def broken(objects: dict[str, bytes]) -> list[str]:
    """Return what is wrong with the feed there: it is whole, and all that it names is there and whole."""
    raw = objects.get(FEED)
    if raw is None:
        return []
    try:
        root = etree.fromstring(raw)
    except etree.XMLSyntaxError as wrong:
        return [f"the feed is no XML: {wrong}"]
    found = []
    for address in re.findall(rb'"(https://radio\.example/[^"]+)"', raw):
        name = address.decode().removeprefix(BASE)
        if name not in objects:
            found.append(f"{name} is listed and not there")
    for item in root.iter("item"):
        enclosure = item.find("enclosure")
        sound = objects.get(enclosure.get("url").removeprefix(BASE), b"")
        if len(sound) != int(enclosure.get("length")):
            found.append(f"{enclosure.get('url')} has another length")
        integrity = item.find(f"{_PODCAST}alternateEnclosure/{_PODCAST}integrity").get("value")
        if integrity != f"sha256-{b64encode(hashlib.sha256(sound).digest()).decode()}":
            found.append(f"{enclosure.get('url')} has other bytes")
    return found
