"""Feeds in XML: RSS 0.91 to 2.0, RSS 1.0, Atom; without document types and entities, and without end."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import Any

from nashra.arabic.patterns import pattern
from nashra.articles.decoding import clean
from nashra.articles.items import MOST, Feed, Item, address, is_cut, moment, plain
from nashra.errors import ArticleError

_TYPE = pattern(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_PAGE = pattern(r"<!doctype\s+html|<html[\s>]|<head[\s>]", re.IGNORECASE)
_FIRST = pattern(r"<(?:\w+:)?(?:item|entry)[\s>/]")
_LAST = pattern(r"</(?:\w+:)?(?:item|entry)\s*>|<(?:\w+:)?(?:item|entry)(?:\s[^<>]*)?/>")
_LINK = pattern(r"<link\b[^<>]{1,1000}>", re.IGNORECASE)
_NAMED = pattern(r"""\b(rel|type|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FEEDS = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(text: str, url: str) -> Feed:
    """Return the feed in a text of XML; `url` is where it was found.

    Raises ArticleError for one that declares entities, and for what is no feed; a page is told with the
    address of the feed that it names.
    """
    body = _without_type(text, url)
    if _PAGE.match(body):
        raise _a_page(body, url)
    import feedparser  # noqa: PLC0415 only pulls need it

    # Bytes in memory, never a string: feedparser opens files and addresses by that.
    parsed = feedparser.parse(
        BytesIO(_first_items(body).encode()),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,  # pictures are left out
        sanitize_html=False,  # scripts are left out, and it takes most of the time
    )
    if not parsed.get("version") and not parsed.entries:
        raise ArticleError(
            "is no feed", where=url, then="check the address: it must be that of an RSS, Atom or JSON feed"
        )
    return Feed(plain(parsed.feed.get("title")), tuple(_item(entry, url) for entry in parsed.entries[:MOST]))


def _without_type(text: str, url: str) -> str:
    """Return a document from its root element on; raises ArticleError where it declares entities.

    RSS 0.91 has a document type by its specification: a plain one is passed over and nothing is loaded.
    """
    at = 0
    while True:
        at = len(text) - len(text[at:].lstrip()) if text[at : at + 1].isspace() else at
        start = text[at : at + 9].upper()
        closing = next((end for begin, end in (("<?", "?>"), ("<!--", "-->")) if start.startswith(begin)), "")
        if closing:
            end = text.find(closing, at)
            if end < 0:
                return text[at:]
            at = end + len(closing)
        elif start == "<!DOCTYPE" and not _PAGE.match(text, at):
            plain_type = _TYPE.match(text, at)
            if plain_type is None:
                raise ArticleError(
                    "declares entities, as no feed needs to and attacks do",
                    where=url,
                    then="tell the site's owner",
                )
            at = plain_type.end()
        else:
            return text[at:]


def _first_items(text: str) -> str:
    """Return a feed without what lies between its first `MOST` items and the end of its last."""
    beyond = next(islice(_FIRST.finditer(text), MOST, None), None)
    if beyond is None:
        return text
    end = beyond.end()
    for last in _LAST.finditer(text, beyond.start()):
        end = last.end()
    return text[: beyond.start()] + text[end:]


def _a_page(text: str, url: str) -> ArticleError:
    """Return the error for a page where a feed should be, with the feed that the page names."""
    for link in islice(_LINK.finditer(text[:500_000]), 200):
        said = {
            match[1].lower(): match[2] or match[3] or match[4] or "" for match in _NAMED.finditer(link[0])
        }
        found = address(said.get("href"), url)
        if found and said.get("type", "").lower() in _FEEDS and "alternate" in said.get("rel", "").lower():
            return ArticleError("is a page, not a feed", where=url, then=f"name its feed instead: {found}")
    return ArticleError(
        "is a page, not a feed", where=url, then="name the address of its RSS, Atom or JSON feed"
    )


def _item(entry: Any, base: str) -> Item:  # noqa: ANN401 feedparser has no types
    whole = max((clean(each.get("value") or "") for each in entry.get("content", ())), key=len, default="")
    summary = clean(entry.get("summary") or "")
    link = address(entry.get("link"), base)
    title = plain(entry.get("title"))
    names = [plain(each.get("name")) for each in entry.get("authors", ())] or [plain(entry.get("author"))]
    pictures = [
        *(
            each.get("url")
            for each in (*entry.get("media_content", ()), *entry.get("media_thumbnail", ()))
            if _shown(each)
        ),
        *(
            each.get("href")
            for each in entry.get("enclosures", ())
            if (each.get("type") or "").startswith("image/")
        ),
        (entry.get("image") or {}).get("href"),
    ]
    return Item(
        id=plain(entry.get("id")) or link or title,
        url=link,
        title=title,
        author="، ".join(filter(None, dict.fromkeys(names))),
        date=_date(entry, "published") or _date(entry, "updated"),
        categories=tuple(
            filter(None, (plain(tag.get("label") or tag.get("term")) for tag in entry.get("tags", ())))
        ),
        html=whole or summary,
        summary_only=is_cut(whole or summary, whole=bool(whole)),
        updated=_date(entry, "updated"),
        image=next(filter(None, (address(each, base) for each in pictures)), ""),
    )


def _shown(media: Any) -> bool:  # noqa: ANN401 feedparser has no types
    return (media.get("medium") or "image") == "image" and (media.get("type") or "image/").startswith(
        "image/"
    )


def _date(entry: Any, name: str) -> str:  # noqa: ANN401 feedparser has no types
    """Return a date of an item, as feedparser understood it, or as a date written in Arabic."""
    if name not in entry:  # asked for `updated`, it would give `published`, and a warning
        return ""
    known = entry.get(f"{name}_parsed")
    try:
        return (_EPOCH + timedelta(seconds=timegm(known))).isoformat() if known else moment(entry[name])
    except (ValueError, OverflowError):
        return ""
