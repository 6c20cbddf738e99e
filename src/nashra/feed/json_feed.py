"""The newest episodes as a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nashra.feed import corrections
from nashra.feed.linked import page_url, picture_url
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.model import Episode
    from nashra.settings import Show

NEWEST = 100
"""Items in the feed; `feed.xml` lists every episode, with its whole article."""


def json_feed(show: Show, episodes: Sequence[Episode], cover: str) -> bytes:
    """Return the feed of the newest episodes, in the order given, which is newest first."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": show.title,
        "home_page_url": show.page_url,
        "feed_url": f"{show.base_url}feed/{show.json_file}",
        "description": show.description or show.title,
        "icon": f"{show.base_url}feed/{quote(cover)}",
        "language": show.language,
        "authors": [{"name": show.author or show.title}],
        "items": [_item(show, episode, cover) for episode in episodes[:NEWEST]],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(show: Show, episode: Episode, cover: str) -> dict[str, Any]:
    author = episode.author or episode.outlet
    filed = dict.fromkeys((*episode.category, *episode.tags))
    return {
        "id": episode.guid,
        "url": page_url(show, episode),
        "title": episode.title,
        "content_text": "\n\n".join(
            filter(None, (episode.summary or episode.title, corrections.note(show, episode)))
        ),
        "image": picture_url(show, episode, cover),
        "date_published": episode.published.isoformat(),
        "date_modified": episode.updated.isoformat(),
        **({"authors": [{"name": author}]} if author else {}),
        **({"tags": list(filed)} if filed else {}),
        "attachments": [
            {
                "url": f"{show.base_url}audio/{quote(episode.media.file)}",
                "mime_type": "audio/mpeg",
                "size_in_bytes": episode.media.bytes,
                "duration_in_seconds": round(seconds(episode.frames)),
            }
        ],
    }
