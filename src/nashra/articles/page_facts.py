"""What a page says about its article outside the visible text: meta tags and JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import Facts, bare
from nashra.articles.front_matter import names
from nashra.articles.titles import same_words, without_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "site": ("og:site_name", "application-name"),
    "date": (
        "article:published_time", "datepublished", "date", "dc.date", "pubdate", "publish-date",
        "og:published_time",
    ),
    "image": ("og:image", "og:image:secure_url", "twitter:image"),
    "url": ("og:url",),
    "summary": ("og:description", "description"),
}  # fmt: skip
"""The meta tags that are asked, best first."""

MOST_NAMES = 20
"""Categories or tags of one article that are believed; a page with more has the whole site's."""

LONGEST_NAME = 60
"""Characters of one; longer ones are sentences."""

_ARTICLES = pattern(
    r"(?:News|Report|Analysis|Opinion|Reportage|Blog)?(?:NewsArticle|Article|BlogPosting|Posting)"
)
_ARABIC = pattern("[ء-ي]{2}")


def facts_of(root: HtmlElement, url: str = "") -> Facts:
    """Return what a page says about its article; empty where it says nothing.

    The title is the h1 that shares most words with the page's own title, then that title without the
    site's name. An author in metadata is believed only if it is a person with an Arabic name of several
    words: it was the web editor, the outlet or a logo's address on most pages measured.
    """
    meta = {
        (element.get("property") or element.get("name") or element.get("itemprop") or "").lower(): element
        for element in reversed(list(root.iter("meta")))
    }

    def said(field: str) -> str:
        for name in _NAMES[field]:
            content = meta[name].get("content") if name in meta else ""
            if content and content.strip():
                return " ".join(content.split())
        return ""

    linked = next(_linked_articles(root), {})
    site = said("site")
    named = said("title") or _text(linked.get("headline")) or _title_tag(root)
    return Facts(
        title=_heading(root, named, site) or without_site(named, site),
        author=_author(linked, site),
        outlet=site if _ARABIC.search(site) else "",
        date=said("date") or _text(linked.get("datePublished")) or _time_tag(root),
        site=site,
        url=url or said("url"),
        canonical=next(
            (link.get("href") or "" for link in root.iter("link") if link.get("rel") == "canonical"), ""
        ),
        image=said("image") or _image(linked.get("image")),
        language=(root.get("lang") or "").strip(),
        summary=said("summary"),
        category=_filed(_contents(root, "article:section"), linked.get("articleSection")),
        tags=_filed(_contents(root, "article:tag"), linked.get("keywords"), _contents(root, "news_keywords")),
    )


def _contents(root: HtmlElement, name: str) -> list[str]:
    """Return what all meta tags of a name say."""
    return [
        element.get("content") or ""
        for element in root.iter("meta")
        if (element.get("property") or element.get("name") or "").lower() == name
    ]


def _filed(*told: object) -> tuple[str, ...]:
    """Return the names that the first of some lists or texts with commas gives; `MOST_NAMES` of them.

    `<meta name=keywords>` is not asked: it is written for search engines, often once for a whole site.

    >>> _filed([], "رياضة, كرة القدم"), _filed(["سياسة"], "رياضة"), _filed(None, {"@id": "#a"})
    (('رياضة', 'كرة القدم'), ('سياسة',), ())
    """
    for each in told:
        texts = each if isinstance(each, list) else [each]
        found = [name for text in texts for name in names(_text(text)) if len(name) <= LONGEST_NAME]
        if found:
            return tuple(dict.fromkeys(found))[:MOST_NAMES]
    return ()


def _heading(root: HtmlElement, named: str, site: str) -> str:
    headings = [" ".join(h1.text_content().split()) for h1 in root.iter("h1")]
    alike = [text for text in headings if text and same_words(text, named, 0.6)]
    if alike:
        return max(alike, key=lambda text: len(set(text.split()) & set(named.split())))
    lone = [text for text in headings if text and text != site]
    return lone[0] if len(lone) == 1 and not named else ""


def _title_tag(root: HtmlElement) -> str:
    return next((" ".join((title.text or "").split()) for title in root.iter("title")), "")


def _time_tag(root: HtmlElement) -> str:
    return next(
        (element.get("datetime") or "" for element in root.iter("time") if element.get("datetime")), ""
    )


def _linked_articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Give the articles that JSON-LD scripts describe; what is no JSON is nothing."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            told = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [told]
        while waiting:
            each = waiting.pop()
            if isinstance(each, list):
                waiting += each[::-1]
            elif isinstance(each, dict):
                kinds = each.get("@type")
                if any(
                    _ARTICLES.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield each
                waiting += [each["@graph"]] if "@graph" in each else []


def _author(linked: dict[str, Any], site: str) -> str:
    told = linked.get("author")
    people = (each for each in (told if isinstance(told, list) else [told]) if isinstance(each, dict))
    names = (person(_text(each.get("name")), site) for each in people if each.get("@type") == "Person")
    return next(filter(None, names), "")


def person(name: str, site: str) -> str:
    """Return a name that is given for an author's if it can be one: Arabic, of several words, not the site's.

    >>> person("سعيد بنعلي", "صوت سوس"), person("admin", "صوت سوس"), person("تحرير صوت سوس", "صوت سوس")
    ('سعيد بنعلي', '', '')
    """
    believed = _ARABIC.search(name) and 2 <= len(name.split()) <= 5 and not same_words(name, site, 0.5)
    return name if believed else ""


def outlet(site: str) -> str:
    """Return a feed's title if it is an outlet's name; longer than four words it is a description.

    >>> outlet("هسبريس"), outlet("Site"), outlet("موقع إخباري مغربي يهتم بالسياسة والاقتصاد")
    ('هسبريس', '', '')
    """
    return site if _ARABIC.search(site) and len(site.split()) <= 4 else ""


def _image(told: object) -> str:
    if isinstance(told, list):
        return _image(told[0]) if told else ""
    return _text(told.get("url")) if isinstance(told, dict) else _text(told)


def _text(value: object) -> str:
    return bare(" ".join(value.split())) if isinstance(value, str) else ""
