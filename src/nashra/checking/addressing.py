"""What an address means: a file of the station, somebody else's, or nobody's but this machine's."""

from __future__ import annotations

import ipaddress
import posixpath
from urllib.parse import unquote, urlsplit

_NAMES_OF_THIS_MACHINE = ("localhost", "local", "lan", "internal", "home.arpa", "test", "invalid", "example")
"""Names that mean nothing elsewhere (RFC 6761, RFC 6762, RFC 8375)."""


def path_of(base_url: str, address: str, page: str = "") -> str | None:
    """Return the path from the station's folder that an address means, or None.

    >>> path_of("https://a.org/n/", "https://a.org/n/audio/a%2Db.mp3?x#t=1")
    'audio/a-b.mp3'
    >>> path_of("https://a.org/n/", "../audio/a.mp3", "feed/index.html")
    'audio/a.mp3'
    >>> path_of("https://a.org/n/", "https://b.org/"), path_of("https://a.org/n/", "mailto:a@b.org", "x")
    (None, None)
    >>> path_of("https://a.org/n/", "https://a.org/n/../../etc/passwd")
    '../../etc/passwd'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if address.startswith(base_url):
        return posixpath.normpath(unquote(urlsplit(address[len(base_url) :]).path))
    if parts.scheme or parts.netloc or not page:
        return None
    if not parts.path:
        return page
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


def is_public(address: str) -> bool:
    """Say whether an address can be reached from everywhere, as far as its own words tell.

    >>> is_public("https://a.org/"), is_public("http://localhost:8000/"), is_public("http://10.0.0.2/")
    (True, False, False)
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not any(f".{host}".endswith(f".{name}") for name in _NAMES_OF_THIS_MACHINE)
