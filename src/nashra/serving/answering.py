"""Which answer for which request: a pure function from what was asked and what lies there (RFC 9110)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from nashra.serving.kinds import FOR_A_MINUTE
from nashra.serving.ranges import span

if TYPE_CHECKING:
    from nashra.serving.asking import Asked

METHODS = "GET, HEAD, OPTIONS"

# Players on other sites read sound, transcripts and chapters from here; sniffing makes pages out of text.
ALWAYS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Content-Length, Content-Range, ETag, Last-Modified"),
    ("X-Content-Type-Options", "nosniff"),
)
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", METHODS),
    ("Access-Control-Allow-Headers", "Range, If-Range, If-None-Match, If-Modified-Since"),
    ("Access-Control-Max-Age", "86400"),
)
WORDS = {
    302: b"It is elsewhere now.\n",
    404: b"There is nothing here.\n",
    405: b"Here one can only read.\n",
    410: b"This episode was withdrawn.\n",
    416: b"The file has no such bytes.\n",
    500: b"This server has failed.\n",
    503: b"Nothing is built yet: run `nashra build`, and it is here.\n",
}


class Found(NamedTuple):
    """A file that may be seen: sizes in bytes (`packed`: 0 if it is not), time in s since 1970."""

    media_type: str
    keeping: str
    size: int
    modified: int
    tag: str
    packed: int = 0


class Moved(NamedTuple):
    """Something that has another address now: a path from the station's folder."""

    path: str


class Gone(NamedTuple):
    """Something that was here and was withdrawn."""


class Unbuilt(NamedTuple):
    """Whatever is asked for before the first build: it will come."""


class Answer(NamedTuple):
    """What goes back: the bytes from `first` up to `stop` of the file (packed or not), or a few `words`."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    first: int = 0
    stop: int = 0
    packed: bool = False
    words: bytes = b""


def answer(asked: Asked, there: Found | Moved | Gone | Unbuilt | None, now: float) -> Answer:
    """Return the answer to a request, given what lies under its path, and the time in s since 1970."""
    if asked.method == "OPTIONS":
        return Answer(204, (*ALWAYS, *_PREFLIGHT, ("Allow", METHODS)))
    if asked.method not in {"GET", "HEAD"}:
        return _worded(405, ("Allow", METHODS))
    return _of_file(asked, there, now) if isinstance(there, Found) else _of_none(there)


def _of_none(there: Moved | Gone | Unbuilt | None) -> Answer:
    match there:
        case None:
            return _worded(404, ("Cache-Control", "no-store"))
        case Unbuilt():  # a browser asks again by itself, and no app takes the feed for lost
            return _worded(503, ("Cache-Control", "no-store"), ("Retry-After", "5"), ("Refresh", "3"))
        case Gone():
            return _worded(410, ("Cache-Control", FOR_A_MINUTE))
        case Moved(path):
            return _worded(302, ("Location", f"/{quote(path)}"), ("Cache-Control", FOR_A_MINUTE))


def _of_file(asked: Asked, there: Found, now: float) -> Answer:
    # Of a file that changed within this second, another state may bear the same date: it has none yet.
    dated = http_date(there.modified) if there.modified + 1 <= now else ""
    plain = f'"{there.tag}"'
    wanted = _wanted(asked, there, plain, dated)
    packed = bool(asked.gzip and there.packed and wanted is None)
    tag = f'"{there.tag}-gz"' if packed else plain
    headers = [*ALWAYS, ("ETag", tag), ("Cache-Control", there.keeping)]
    if dated:
        headers.append(("Last-Modified", dated))
    if there.packed:
        headers.append(("Vary", "Accept-Encoding"))
    if _has_it(asked, tag, there.modified if dated else None):
        return Answer(304, tuple(headers))
    headers.append(("Accept-Ranges", "bytes"))
    if wanted == (0, 0):
        return _worded(416, ("Content-Range", f"bytes */{there.size}"))
    first, stop = wanted or (0, there.packed if packed else there.size)
    headers += [("Content-Type", there.media_type), ("Content-Length", str(stop - first))]
    if packed:
        headers.append(("Content-Encoding", "gzip"))
    if wanted:
        headers.append(("Content-Range", f"bytes {first}-{stop - 1}/{there.size}"))
    return Answer(206 if wanted else 200, tuple(headers), first, stop, packed)


def _wanted(asked: Asked, there: Found, tag: str, dated: str) -> tuple[int, int] | None:
    """Return the span that is asked for, unless it is of another state of the file; None for all of it.

    A range is of GET only. If-Range holds a tag or a date, and either has to be ours to the letter.
    """
    if asked.method != "GET" or (asked.if_range and asked.if_range.strip() not in {tag, dated}):
        return None
    return span(asked.span, there.size)


def _has_it(asked: Asked, tag: str, modified: int | None) -> bool:
    """Say whether the client holds what it asks for; a tag is asked before a date."""
    if asked.if_none_match:
        tags = re.findall(r'(?:W/)?("[^"]*")', asked.if_none_match)
        return asked.if_none_match.strip() == "*" or tag in tags
    since = _seconds(asked.if_modified_since)
    return modified is not None and since is not None and modified <= since


def _worded(status: int, *headers: tuple[str, str]) -> Answer:
    words = WORDS[status]
    plain = (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(words))))
    return Answer(status, (*ALWAYS, *headers, *plain), words=words)


FAILED = _worded(500, ("Cache-Control", "no-store"))
"""What a client is told when the server cannot do what it should."""


def http_date(seconds: int) -> str:
    """Return a time as HTTP writes it.

    >>> http_date(1767225600)
    'Thu, 01 Jan 2026 00:00:00 GMT'
    """
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


def _seconds(said: str) -> float | None:
    if not said:
        return None
    try:
        return parsedate_to_datetime(said).replace(tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return None  # not a date: passed over
