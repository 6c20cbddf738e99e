"""The small player for other people's pages: its line of HTML, and its oEmbed answer."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from nashra.model import Episode
    from nashra.settings import Show

WIDTH, HEIGHT = 640, 264
"""CSS pixels. The height fits the closed player 320 px wide; it tells its real one by `postMessage`."""


def embed_code(show: Show, episode: Episode) -> str:
    """Return the one line that puts an episode's player on another page."""
    source = f"{show.base_url}feed/embed/{quote(episode.slug, safe='')}.html"
    return (
        f'<iframe src="{escape(source)}" title="{escape(episode.title)}" width="100%" height="{HEIGHT}" '
        'style="border:0" loading="lazy" allow="autoplay; encrypted-media"></iframe>'
    )


def oembed(show: Show, episode: Episode, cover: str) -> bytes:
    """Return the answer of https://oembed.com (1.0, `rich`) as the file that a page's link names."""
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": episode.title,
        "author_name": episode.author or episode.outlet or show.author or show.title,
        "provider_name": show.title,
        "provider_url": show.page_url,
        "thumbnail_url": f"{show.base_url}feed/{quote(cover)}",
        "thumbnail_width": 600,
        "thumbnail_height": 600,
        "width": WIDTH,
        "height": HEIGHT,
        "html": embed_code(show, episode),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1).encode() + b"\n"
