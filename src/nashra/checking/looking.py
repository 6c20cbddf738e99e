"""Looking at a built station: the one place of the checks where files are read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nashra.checking import beside
from nashra.checking.addressing import path_of
from nashra.checking.built import Built, Sound
from nashra.checking.documents import document
from nashra.checking.measuring import picture, sound
from nashra.checking.pages import page
from nashra.errors import FeedError
from nashra.folders import sizes
from nashra.store import read, storing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from nashra.checking.built import Tag

FEED = "feed/feed.xml"
"""The document that listeners subscribe to."""

_FOLDERS = ("feed", "audio")
_TIMED = ("podcast:transcript", "podcast:chapters")
_PICTURES = {"itunes:image": "href", "podcast:image": "href"}
_SKIPPED = "feed/transcripts/"
"""Transcripts in HTML are for apps, and are read as transcripts."""


def look(root: Path, base_url: str, now: datetime, strands: Sequence[str] = ()) -> Built:
    """Return what is seen of the station in a folder, file by file; nothing of another machine is asked.

    `base_url` is where it will be, `now` what no publication date may be behind, `strands` the names of the
    feeds of their own. Raises FeedError when
    the station was never built, or a file cannot be read.
    """
    with storing(FeedError, str(root)):
        files = frozenset(f"{folder}/{name}" for folder in _FOLDERS for name in sizes(root / folder))
    if FEED not in files:
        then = "run `nashra build` first; drafts alone make no feed: air one with `nashra approve ARTICLE`"
        raise FeedError("is not there: the station has no feed", where=FEED, then=then)

    def bytes_of(path: str) -> bytes:
        with storing(FeedError, path):
            return read(root / path) or b""

    wanted = tuple(f"feed/{name}.xml" for name in strands)
    documents = tuple(
        replace(document(path, bytes_of(path)), feed=feed)
        for feed in (FEED, *wanted)
        for path in _documents(files, feed)
    )
    tags = [tag for each in documents if each.channel for tag in each.channel.walk()]

    def named(tag: Tag, attribute: str) -> str:
        path = path_of(base_url, tag.attributes.get(attribute, ""))
        return path if path in files and path else ""

    sounds = {named(tag, "url") for tag in tags if tag.name == "enclosure"} - {""}
    alternates = {named(tag, "uri") for tag in tags if tag.name == "podcast:source"} - {""}
    timed = {named(tag, "url"): tag.attributes.get("type", "") for tag in tags if tag.name in _TIMED}
    pictures = {named(tag, _PICTURES[tag.name]) for tag in tags if tag.name in _PICTURES} - {""}
    return Built(
        base_url=base_url,
        now=now,
        files=files,
        documents=documents,
        sounds={path: sound(bytes_of(path)) for path in sorted(sounds)},
        pictures={path: picture(bytes_of(path)) for path in sorted(pictures)},
        beside={path: beside.read(kind, bytes_of(path)) for path, kind in timed.items() if path},
        pages=tuple(
            page(path, bytes_of(path), base_url) for path in sorted(files) if _is_page(path, (FEED, *wanted))
        ),
        wanted=wanted,
        alternates={path: _weighed(bytes_of(path)) for path in sorted(alternates - sounds)},
    )


def _weighed(raw: bytes) -> Sound:
    return Sound(len(raw), hashlib.sha256(raw).hexdigest())


def _documents(files: frozenset[str], feed: str) -> list[str]:
    """Return the documents of a feed: itself if it is there, and its archives."""
    archive = re.compile(re.escape(feed.removesuffix(".xml")) + r"-\d{4}-\d{2}(-\d+)?\.xml")
    return [*({feed} & files), *sorted(filter(archive.fullmatch, files))]


def _is_page(path: str, feeds: Sequence[str]) -> bool:
    json = path.startswith("feed/oembed/") or path.removesuffix(".json") + ".xml" in feeds
    html = path.startswith("feed/") and path.endswith(".html") and not path.startswith(_SKIPPED)
    return (json and path.endswith(".json")) or html or path in {"feed/sitemap.xml", "feed/feeds.opml"}
