"""The guids of podcasts and episodes: made once, then stored and never computed again."""

from __future__ import annotations

import ipaddress
import re
import uuid
from urllib.parse import urlsplit

_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space that the podcast name space gives for `podcast:guid`."""


def podcast_guid(feed_url: str) -> str:
    """Return the guid of a podcast: UUIDv5 of its feed's address without scheme and last slashes.

    >>> podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(_GUIDS, re.sub(r"^\w+://", "", feed_url).rstrip("/")))


def is_guid(text: str) -> bool:
    """Say whether a text is a guid as it is written here.

    >>> is_guid("9b024349-ccf0-5f69-a609-6b82873eab3c"), is_guid("9b024349")
    (True, False)
    """
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def is_public(address: str) -> bool:
    """Say whether an address is for everybody: a podcast's guid is frozen when it first has such a one.

    >>> is_public("https://radio.example.org/"), is_public("http://localhost:8000/"), is_public("http://[::1]/")
    (True, False, False)
    >>> is_public("http://192.168.1.7/"), is_public("http://studio.local/")
    (False, False)
    """
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local", ".test", ".internal"))


def episode_guid(podcast: str, article: str) -> str:
    """Return the guid that an article's episode gets when it is built for the first time, or issued anew.

    Then `podcast` is its earlier guid, which need not be a UUID: it may come from another program's feed.

    >>> episode_guid("https://old.example/?p=7", "reissue")
    '81b6cef1-fc1a-5271-8cc1-d740e1570a21'
    """
    space = uuid.UUID(podcast) if is_guid(podcast) else uuid.uuid5(uuid.NAMESPACE_URL, podcast)
    return str(uuid.uuid5(space, article))
