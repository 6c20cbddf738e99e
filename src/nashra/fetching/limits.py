"""What may be read: how much, for how long, and of which kind."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["page", "feed", "image", "json", "sound"]

MB = 1_000_000


class Limits(NamedTuple):
    """Where one reading ends.

    `bytes` as unpacked; `seconds` of asking and listening, with every redirect and every further try,
    but without the waits that politeness asks for; `hops` from redirect to redirect. What is longer
    is refused, or cut off where it need not be `whole`.
    """

    bytes: int = 10 * MB
    seconds: float = 30.0
    hops: int = 5
    whole: bool = True


LIMITS: dict[str, Limits] = {
    "page": Limits(),
    "feed": Limits(20 * MB),
    "image": Limits(20 * MB),
    "json": Limits(),
    "sound": Limits(500 * MB, seconds=1800.0),
    "robots": Limits(512 * 1024, seconds=10.0, whole=False),  # RFC 9309, 2.5: at least 500 KiB are read
}

TYPES: dict[str, tuple[str, ...]] = {
    "page": ("text/html", "application/xhtml+xml", "text/plain", "text/markdown"),
    "feed": (
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/xml",
        "text/xml",
        "application/json",
        "text/html",  # what many servers call a feed; whether it is one, its reader finds out
        "text/plain",
    ),
    "image": ("image/jpeg", "image/png", "image/webp", "image/gif"),  # no SVG: it can hold scripts
    "json": (
        "application/json",
        "application/feed+json",
        "application/ld+json",
        "text/json",
        "application/json+chapters",
    ),
    "sound": (
        "audio/mpeg",
        "audio/mp3",
        "audio/ogg",
        "audio/opus",
        "application/octet-stream",
        "binary/octet-stream",
    ),
    "robots": (),  # sent as anything, and read line by line
}
"""The media types of each kind; none means any. A server that names no type is believed."""

WANTED = {
    "page": "a page of text",
    "feed": "a feed",
    "image": "a JPEG, PNG, WebP or GIF",
    "json": "JSON",
    "sound": "an MP3",
}

INSTEAD = {
    "application/pdf": "copy its text into a .txt file in articles/",
    "application/msword": "copy its text into a .txt file in articles/",
    "image/svg+xml": "save it as PNG",
    **dict.fromkeys(
        (
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
            "application/xml",
            "text/xml",
        ),
        "if it is a feed, name it under [[source]] in nashra.toml and run `nashra pull`",
    ),
}
"""What to do about an answer of another type."""


def refusal(kind: str, media: str) -> tuple[str, str]:
    """Return what is wrong with an answer of this media type, and what to do; empty if nothing is.

    >>> refusal("page", "text/html")
    ('', '')
    >>> refusal("page", "application/pdf")
    ('is application/pdf, not a page of text', 'copy its text into a .txt file in articles/')
    """
    if not media or not TYPES[kind] or media in TYPES[kind]:
        return "", ""
    return f"is {media}, not {WANTED[kind]}", INSTEAD.get(media, "check the link")
