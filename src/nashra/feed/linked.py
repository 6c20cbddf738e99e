"""What search engines read beside the page: schema.org in JSON-LD, and the map of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lxml import etree

from nashra.feed import corrections
from nashra.feed.filters import iso_duration, web_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.model import Episode
    from nashra.settings import Show

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000
"""Addresses in one site map (sitemaps.org)."""


def page_url(show: Show, episode: Episode) -> str:
    """Return the address of an episode's page on the web."""
    return f"{show.base_url}feed/episodes/{quote(episode.slug, safe='')}.html"


def picture_url(show: Show, episode: Episode, cover: str) -> str:
    """Return the address of an episode's picture, the show's where it has none."""
    own = f"audio/{quote(episode.image)}" if episode.image else f"feed/{quote(cover)}"
    return f"{show.base_url}{own}"


def series(show: Show, cover: str) -> dict[str, Any]:
    """Return the show as a PodcastSeries."""
    return {
        "@type": "PodcastSeries",
        "@id": f"{show.page_url}#series",
        "name": show.title,
        "url": show.page_url,
        "webFeed": show.feed_url,
        "inLanguage": show.language,
        "image": f"{show.base_url}feed/{quote(cover)}",
        **({"description": show.description} if show.description else {}),
        **({"author": {"@type": "Organization", "name": show.author}} if show.author else {}),
    }


def of_show(show: Show, cover: str) -> dict[str, Any]:
    """Return the JSON-LD of the show's page."""
    return {"@context": "https://schema.org", **series(show, cover)}


def of_episode(show: Show, episode: Episode, cover: str) -> dict[str, Any]:
    """Return the JSON-LD of an episode's page: the episode, and the article that it reads."""
    url = page_url(show, episode)
    original = web_address(episode.url)
    sound = {
        "@type": "AudioObject",
        "contentUrl": f"{show.base_url}audio/{quote(episode.media.file)}",
        "encodingFormat": "audio/mpeg",
        "contentSize": str(episode.media.bytes),
        "duration": iso_duration(episode.frames),
    }
    dates = {
        "datePublished": episode.published.isoformat(),
        "dateModified": episode.updated.isoformat(),
        "inLanguage": show.language,
        "image": picture_url(show, episode, cover),
    }
    publisher = {"@type": "Organization", "name": episode.outlet or show.author or show.title}
    podcast = {
        "@type": "PodcastEpisode",
        "@id": f"{url}#episode",
        "url": url,
        "name": episode.title,
        "timeRequired": sound["duration"],
        "associatedMedia": sound,
        "partOfSeries": series(show, cover),
        **({"description": episode.summary} if episode.summary else {}),
        **dates,
    }
    article = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": episode.title,
        "mainEntityOfPage": original or url,
        "author": {"@type": "Person", "name": episode.author} if episode.author else publisher,
        "publisher": publisher,
        "audio": sound,
        **({"isBasedOn": original} if original else {}),
        **_corrected(show, episode),
        **dates,
    }
    return {"@context": "https://schema.org", "@graph": [podcast, article]}


def _corrected(show: Show, episode: Episode) -> dict[str, Any]:
    """Return the corrections as schema.org has them, each with its day and what it says."""
    comments = [
        {
            "@type": "CorrectionComment",
            "dateCreated": each.when.isoformat(),
            "text": corrections.sentence(show, each),
        }
        for each in corrections.of(episode)
    ]
    return {"correction": comments} if comments else {}


def sitemap(show: Show, episodes: Sequence[Episode], feeds: Sequence[Show] = ()) -> bytes:
    """Return the map of the site: the pages of the show, its strands and episodes, with the day of each."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})
    newest = max((episode.updated for episode in episodes), default=None)
    others = ((each.page_url, newest) for each in feeds if each != show)
    listed = [(show.page_url, newest), *others, *((page_url(show, each), each.updated) for each in episodes)]
    for address, changed in listed[:_MOST]:
        entry = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        etree.SubElement(entry, f"{{{_SITEMAP}}}loc").text = address
        if changed:
            etree.SubElement(entry, f"{{{_SITEMAP}}}lastmod").text = changed.date().isoformat()
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
