"""Items of a feed, whatever form it has: what is text in them, and which are only a beginning."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from nashra.arabic.letters import letter_count
from nashra.arabic.patterns import pattern
from nashra.articles import written_dates
from nashra.articles.decoding import clean

MOST = 2000
"""Items of a feed that are looked at, the first ones; a site's feed has 10 to 100."""

_TAG = pattern(r"</?[a-zA-Z][^<>]*>")
_UNSEEN = pattern(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_MORE = (
    r"(?:(?:[اإأ]?قر[أئ]|قراءة|تابع|متابعة|تابعوا)\s+(?:المزيد|القراءة|قراءة\s.{0,150})"
    r"|المزيد|read more|continue reading.{0,150})"
)
_CUT = pattern(rf"(?:(?:…|\.\.\.)[\s\])>»]*(?:{_MORE})?|{_MORE})\W*\Z", re.IGNORECASE)
_APPEARED = pattern(
    r"(?:\bThe post\b.{0,300}? appeared first on|ظهرت? (?:المقال|المقالة|التدوينة|الخبر).{0,300}? أولا على)"
    r".{0,150}\Z",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST = 300
"""Letters: a description with fewer is a teaser (those of feeds cut by WordPress have about 270)."""
_SHORTEST = 120
"""Letters: below this not even a feed's full text is an article (`plausible` says the same of pages)."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article as a feed tells it; what the feed does not say is empty.

    `id` is what the feed calls it, its address or its title for want of that; `url` leads to the web or
    is empty. `categories` are all that it is filed under, `tags` those of them that the feed calls
    so. `date` and `updated` are ISO 8601 in UTC. `html` is its text; with `summary_only` that is cut off,
    and must not be voiced.
    """

    id: str
    url: str
    title: str
    author: str
    date: str
    categories: tuple[str, ...]
    html: str
    summary_only: bool
    updated: str
    image: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A site's feed: its title, and its first `MOST` items in their order."""

    title: str
    items: tuple[Item, ...]


def plain(source: Any) -> str:  # noqa: ANN401 what stands in a stranger's JSON
    r"""Return a title or name as text, without markup, entities or harmful characters; empty if it is none.

    >>> plain("الحكومة &#8211; <b>قرار\u202e</b> &amp; بيان\n"), plain("5 < 6"), plain(None), plain({"a": 1})
    ('الحكومة – قرار & بيان', '5 < 6', '', '')
    """
    if not isinstance(source, str):
        return ""
    return " ".join(clean(html.unescape(_TAG.sub("", source))).split())


def is_cut(source: str, *, whole: bool) -> bool:
    """Say whether the HTML of an item is only the beginning of its article.

    `whole` says that the feed gives it as the article's text: then it must look cut off, or have next to
    no letters. A description is cut, too, where it is short or ends as WordPress ends its summaries.

    >>> long = "أعلنت الوزارة اليوم عن خطة جديدة لتوسيع الشبكة بين المدن. " * 8
    >>> [is_cut(long + end, whole=True) for end in ("", "[&#8230;]", "… المزيد")], is_cut(long, whole=False)
    ([False, True, True], False)
    >>> tail = "The post خبر appeared first on موقع."
    >>> is_cut(long + tail, whole=False), is_cut(long + tail, whole=True), is_cut(long[:120], whole=False)
    (True, False, True)
    """
    text = html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", source)))
    said = _APPEARED.sub("", text).rstrip()
    if _CUT.search(said[-400:]) or letter_count(said[:4000]) < (_SHORTEST if whole else _FEWEST):
        return True
    return not whole and said != text.rstrip()


def address(url: Any, base: str = "") -> str:  # noqa: ANN401 what stands in a stranger's JSON
    """Return an address of the web, made absolute; empty for what is none.

    >>> address("/خبر", "https://news.example/feed"), address("javascript:alert(1)", "https://news.example/")
    ('https://news.example/خبر', '')
    >>> address("http://[", "https://news.example/"), address("https:///a"), address(7)
    ('', '', '')
    """
    try:
        found = (
            urljoin(base, clean(html.unescape(url)).strip()) if isinstance(url, str) and url.strip() else ""
        )
        parts = urlsplit(found)
    except ValueError:
        return ""
    return "".join(found.split()) if parts.scheme in {"http", "https"} and parts.hostname else ""


def same_place(url: str) -> str:
    """Return what addresses of one article have in common: not scheme, www, campaign and fragment.

    >>> same_place("http://www.a.example/%D8%AE/?utm_source=rss&p=3#top") == same_place("https://a.example/خ?p=3")
    True
    """
    parts = urlsplit(url)
    query = urlencode(
        [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
    )
    return f"{(parts.netloc).lower().removeprefix('www.')}{unquote(parts.path).rstrip('/')}?{query}"


def moment(text: Any) -> str:  # noqa: ANN401 what stands in a stranger's JSON
    """Return a date as ISO 8601 in UTC, empty for none.

    >>> moment("2025-01-30T14:00:00+01:00"), moment("الخميس 30 يناير 2025")
    ('2025-01-30T13:00:00+00:00', '2025-01-30T00:00:00+00:00')
    >>> moment("0000-00-00T00:00:00"), moment(5)
    ('', '')
    """
    when = written_dates.iso(text[:100]) if isinstance(text, str) else None
    return when.isoformat() if when else ""
