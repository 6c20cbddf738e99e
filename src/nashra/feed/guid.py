"""The guids of podcasts and episodes: made once, then stored and never computed again."""

from __future__ import annotations

import re
import uuid

_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space that the podcast name space gives for `podcast:guid`."""


def podcast_guid(feed_url: str) -> str:
    """Return the guid of a podcast: UUIDv5 of its feed's address without scheme and last slashes.

    >>> podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(_GUIDS, re.sub(r"^\w+://", "", feed_url).rstrip("/")))


def episode_guid(podcast: str, article: str) -> str:
    """Return the guid that an article's episode gets when it is built for the first time."""
    return str(uuid.uuid5(uuid.UUID(podcast), article))
