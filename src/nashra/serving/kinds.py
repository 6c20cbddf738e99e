"""What a file is, by its path: its media type, whether it is text, how long it may be kept."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple


class Kind(NamedTuple):
    """A media type; whether it is text, which is packed on its way."""

    media_type: str
    text: bool


# The first row that fits counts. The types are those that the feed itself says, but for Opus: a file of it is
# Ogg (RFC 7845, section 9), and the `audio/opus` of the feed names the codec, as Podcasting 2.0 has it.
KINDS = (
    ("feed/chapters/*.json", Kind("application/json+chapters", text=True)),
    ("feed/transcripts/*.json", Kind("application/json", text=True)),
    ("feed/oembed/*.json", Kind("application/json", text=True)),
    ("feed/redirects.json", Kind("application/json", text=True)),
    ("feed/*.json", Kind("application/feed+json", text=True)),
    ("feed/sitemap.xml", Kind("application/xml; charset=utf-8", text=True)),
    ("feed/*.xml", Kind("application/rss+xml; charset=utf-8", text=True)),
    ("*.opml", Kind("text/x-opml; charset=utf-8", text=True)),
    ("*.html", Kind("text/html; charset=utf-8", text=True)),
    ("*.json", Kind("application/json", text=True)),
    ("*.vtt", Kind("text/vtt; charset=utf-8", text=True)),
    ("*.srt", Kind("application/x-subrip; charset=utf-8", text=True)),
    ("*.css", Kind("text/css; charset=utf-8", text=True)),
    ("*.js", Kind("text/javascript; charset=utf-8", text=True)),
    ("*.svg", Kind("image/svg+xml", text=True)),
    ("*.mp3", Kind("audio/mpeg", text=False)),
    ("*.opus", Kind("audio/ogg; codecs=opus", text=False)),
    ("*.jpg", Kind("image/jpeg", text=False)),
    ("*.png", Kind("image/png", text=False)),
    ("*", Kind("application/octet-stream", text=False)),
)

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_MINUTE = "public, max-age=60"
ASK_FIRST = "no-cache"

# Named by their content: the SHA-256's first 12 digits end the name. A page's slug may look so, too.
_BY_CONTENT = re.compile(
    r"(audio/|feed/transcripts/|feed/chapters/|feed/cover)[^/]*-[0-9a-f]{12}(-600)?\.\w+"
)


@lru_cache(maxsize=4096)
def kind(path: str) -> Kind:
    """Return what a file is.

    >>> kind("feed/feed-2025-01.xml").media_type, kind("audio/rain-0123456789ab.mp3").media_type
    ('application/rss+xml; charset=utf-8', 'audio/mpeg')
    """
    return next(kind for pattern, kind in KINDS if fnmatchcase(path, pattern))


def keeping(path: str) -> str:
    """Return the `Cache-Control` of a file: what is named by its content never changes under its name.

    >>> keeping("audio/rain-0123456789ab.mp3") == FOR_EVER
    True
    >>> keeping("feed/episodes/rain-0123456789ab.html") == FOR_A_MINUTE
    True
    """
    return FOR_EVER if _BY_CONTENT.fullmatch(path) else FOR_A_MINUTE
