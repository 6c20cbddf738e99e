"""What a request asks for, as a value: method, path, and the headers that change an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 1024
"""Characters of a target; no path of a station comes near it."""
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")


class Asked(NamedTuple):
    """A request: `path` is from the station's folder, None for what no file here can be called."""

    method: str
    path: str | None
    span: str = ""
    if_range: str = ""
    if_none_match: str = ""
    if_modified_since: str = ""
    gzip: bool = False


def asked(method: str, target: str, headers: Mapping[str, str]) -> Asked:
    """Return what a request asks for; `headers` finds a header under any case of its name."""
    return Asked(
        method,
        path_of(target),
        headers.get("Range", ""),
        headers.get("If-Range", ""),
        headers.get("If-None-Match", ""),
        headers.get("If-Modified-Since", ""),
        takes_gzip(headers.get("Accept-Encoding", "")),
    )


def path_of(target: str) -> str | None:
    """Return the path that a request target names, decoded once; None if no file can be called so.

    Decoded once only: what comes out with a dot in front, an empty step, a backslash or a control is no
    name of a file here, and a second decoding would be somebody else's way in.

    >>> path_of("/feed/feed.xml?x=1"), path_of("/"), path_of("http://example.org/feed/feed.xml")
    ('feed/feed.xml', '', 'feed/feed.xml')
    >>> [path_of(bad) for bad in ("/../etc/passwd", "/feed/%2e%2e/x", "/a%00", "//a", "/.a/x", "/a%")]
    [None, None, None, None, None, None]
    """
    target = re.sub(r"^https?://[^/?#]*", "", target, count=1, flags=re.IGNORECASE)
    target = target.partition("#")[0].partition("?")[0]
    if not target.startswith("/") or len(target) > _LONGEST or _BROKEN.search(target):
        return None
    try:
        path = unquote_to_bytes(target[1:]).decode("utf-8")
    except UnicodeError:
        return None
    steps = path.removesuffix("/").split("/")
    if _FORBIDDEN.search(path) or (path and any(not step or step.startswith(".") for step in steps)):
        return None
    return path


def takes_gzip(said: str) -> bool:
    """Say whether an `Accept-Encoding` takes gzip.

    >>> [takes_gzip(said) for said in ("gzip, br", "br;q=1, GZIP ; q=0.5", "*", "gzip;q=0", "identity", "")]
    [True, True, True, False, False, False]
    """
    weights = {}
    for each in said.split(","):
        name, _, weight = each.partition(";")
        weights[name.strip().lower()] = weight.replace(" ", "").lower()
    gzip = weights.get("gzip", weights.get("*"))
    return gzip is not None and re.fullmatch(r"q=0(\.0*)?", gzip) is None
