"""Feeds in JSON: JSON Feed 1.x, and what the REST interface of a WordPress site answers."""

from __future__ import annotations

import html
import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from nashra.articles.decoding import clean
from nashra.articles.items import MOST, Feed, Item, address, is_cut, moment, plain
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable


def read(text: str, url: str) -> Feed:
    """Return the feed in a text of JSON, found at `url`; raises ArticleError for what is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise ArticleError("is no JSON that can be read", where=url, then="check the address") from broken
    if isinstance(told, dict) and _is_post(told):
        told = [told]
    if isinstance(told, list) and (not told or _is_post(told[0])):
        posts = islice((post for post in told if _is_post(post)), MOST)
        return Feed("", tuple(_post(post, url) for post in posts))
    if isinstance(told, dict) and isinstance(told.get("items"), list):
        items = islice((item for item in told["items"] if isinstance(item, dict)), MOST)
        return Feed(plain(told.get("title")), tuple(_item(item, url, told) for item in items))
    said = plain(told.get("message")) if isinstance(told, dict) else ""
    raise ArticleError(
        f"answers «{said[:100]}»" if said else "is JSON, but no feed and no post of WordPress",
        where=url,
        then="check the address",
    )


def _is_post(told: Any) -> bool:  # noqa: ANN401 a stranger's JSON
    return isinstance(told, dict) and all(isinstance(told.get(name), dict) for name in ("title", "content"))


def _post(post: dict[str, Any], base: str) -> Item:
    """Return a post of WordPress; names of authors and categories are there if `_embed` was asked for."""
    text = _text(post["content"].get("rendered"))
    summary = _text(_dict(post.get("excerpt")).get("rendered"))
    embedded = _dict(post.get("_embedded"))
    terms = [_dict(term) for terms in _list(embedded.get("wp:term")) for term in _list(terms)]
    pictures = [_dict(each).get("source_url") for each in _list(embedded.get("wp:featuredmedia"))]
    link = address(post.get("link"), base)
    # The guid is what the site's RSS calls the post, too.
    return Item(
        id=plain(_dict(post.get("guid")).get("rendered")) or link or plain(str(post.get("id", ""))),
        url=link,
        title=plain(post["title"].get("rendered")),
        author=_names(embedded.get("author")),
        date=moment(post.get("date_gmt")) or moment(post.get("date")),
        categories=_terms(terms),
        html=text or summary,
        summary_only=is_cut(text or summary, whole=bool(text)),
        updated=moment(post.get("modified_gmt")),
        image=next(filter(None, (address(each, base) for each in pictures)), ""),
        tags=_terms(term for term in terms if term.get("taxonomy") == "post_tag"),
    )


def _item(item: dict[str, Any], base: str, feed: dict[str, Any]) -> Item:
    text = _text(item.get("content_html")) or html.escape(_text(item.get("content_text")), quote=False)
    summary = html.escape(_text(item.get("summary")), quote=False)
    authors = item.get("authors") or item.get("author") or feed.get("authors") or feed.get("author")
    url = address(item.get("url"), base) or address(item.get("external_url"), base)
    title = plain(item.get("title"))
    tags = tuple(filter(None, map(plain, _list(item.get("tags")))))
    return Item(
        id=plain(str(item.get("id", ""))) or url or title,
        url=url,
        title=title,
        author=_names(authors),
        date=moment(item.get("date_published")),
        categories=tags,
        html=text or summary,
        summary_only=is_cut(text or summary, whole=bool(text)),
        updated=moment(item.get("date_modified")),
        image=address(item.get("image"), base) or address(item.get("banner_image"), base),
        tags=tags,
    )


def _terms(terms: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(filter(None, (plain(term.get("name")) for term in terms)))


def _names(authors: Any) -> str:  # noqa: ANN401 a stranger's JSON
    people = authors if isinstance(authors, list) else [authors]
    return "، ".join(filter(None, (plain(_dict(person).get("name")) for person in people)))


def _text(value: Any) -> str:  # noqa: ANN401 a stranger's JSON
    return clean(value) if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:  # noqa: ANN401 a stranger's JSON
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:  # noqa: ANN401 a stranger's JSON
    return value if isinstance(value, list) else []
