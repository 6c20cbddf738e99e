"""A document of the feed read back as it lies on the disk, before it takes the place of the one before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.errors import FeedError

if TYPE_CHECKING:
    from collections.abc import Callable


def check(file: str, written: bytes) -> Callable[[bytes], None]:
    """Return what refuses a document that is not what was written, no feed, or without true lengths.

    Feedgen was seen to write `length="None"` and `length="-5"` without a word. What it is raises FeedError.
    """

    def read(found: bytes) -> None:
        from lxml import etree  # noqa: PLC0415 feedgen's, not for a build with nothing to do

        if found != written:
            raise _refused(file, "other bytes came back than were written")
        try:
            root = etree.fromstring(found, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as broken:
            raise _refused(file, f"it is no XML: {broken}") from broken
        items = root.findall("channel/item")
        if root.tag != "rss" or root.find("channel/title") is None:
            raise _refused(file, "it is no feed")
        guids = {item.findtext("guid") for item in items}
        if len(guids) != len(items) or not all(guids):
            raise _refused(file, "an item has no guid of its own")
        for item in items:
            enclosure = item.find("enclosure")
            length = "" if enclosure is None else enclosure.get("length", "")
            if not re.fullmatch(r"[1-9][0-9]*", length):
                raise _refused(file, f"the length of {item.findtext('guid')} is «{length}»")

    return read


def _refused(file: str, what: str) -> FeedError:
    then = "the feed of before stays; report this as a fault of Nashra"
    return FeedError(f"came out broken: {what}", where=f"feed/{file}", then=then)
