"""A feed from bytes: RSS, Atom, JSON Feed or WordPress's REST interface, told apart by what is in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nashra.articles import decoding, json_feeds, xml_feeds
from nashra.articles.encodings import GARBLED
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from nashra.articles.items import Feed, Item

LONGEST = 20_000_000
"""Bytes of a feed."""
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?\bencoding\s*=\s*[\"']([\w.:-]+)")


def feed(raw: bytes, url: str, charset: str = "") -> Feed:
    """Return the feed in the bytes found at `url`; `charset` is what the server said of their encoding.

    Of items with one id the first counts, unless they lead to different places: then the id is worth
    nothing, and the address takes its place. Raises ArticleError for what is no feed, is too long, or
    declares entities; a page is told with the address of the feed that it names.
    """
    if len(raw) > LONGEST:
        raise ArticleError(
            f"has more than {LONGEST // 1_000_000} MB", where=url, then="name a shorter feed of the site"
        )
    text = _decoded(raw, url, charset)
    read = json_feeds.read if text.lstrip()[:1] in {"{", "["} else xml_feeds.read
    found = read(text, url)
    return replace(found, items=_told_apart(found.items))


def check(item: Item) -> None:
    """Raise ArticleError for an item whose letters were lost or decoded wrongly before they came here."""
    if "\ufffd" in f"{item.title}{item.html}" or GARBLED.search(f"{item.title} {item.html}"):
        raise ArticleError(
            "is garbled: its letters were decoded wrongly before they came here",
            where=item.url or item.title,
            then="tell the site's owner",
        )


def _decoded(raw: bytes, url: str, charset: str) -> str:
    """Return the text of a feed; one item with a broken letter must not silence the others."""
    text = raw.decode("utf-8", "replace")
    if "\0" not in text and text.count("\ufffd") <= len(text) // 1000:
        return decoding.clean(text)
    declared = _DECLARED.search(raw[:300])
    return decoding.decode(raw, url, charset or (declared[1].decode() if declared else "")).text


def _told_apart(items: tuple[Item, ...]) -> tuple[Item, ...]:
    places: dict[str, set[str]] = {}
    for item in items:
        places.setdefault(item.id, set()).add(item.url)
    own = (replace(item, id=item.url or item.title) if len(places[item.id]) > 1 else item for item in items)
    first: dict[str, Item] = {}
    for item in own:
        first.setdefault(item.id, item)
    return tuple(first.values())
