"""What a live feed tells of its episodes; whatever in it is not as Nashra writes it is left out."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from nashra.checking.addressing import path_of
from nashra.model import Media

if TYPE_CHECKING:
    from nashra.checking.built import Document, Tag

# Names come from the network and become names on this disk: nothing but these letters passes.
_SOUND = re.compile(r"audio/((?P<slug>[A-Za-z0-9][A-Za-z0-9_.-]*)-[0-9a-f]{12}\.mp3)")
_PICTURE = re.compile(r"audio/([A-Za-z0-9][A-Za-z0-9_.-]*-[0-9a-f]{12}\.jpg)")
_BESIDE = re.compile(r"feed/(transcripts|chapters)/[A-Za-z0-9][A-Za-z0-9_.-]*\.json")
_ENGINE = re.compile(r"\((\w+)\)$")


@dataclass(frozen=True, slots=True)
class Told:
    """An episode as its feed tells it; paths are from the station's root, empty where none is told."""

    guid: str
    slug: str
    title: str
    published: datetime
    media: Media
    transcript: str
    chapters: str
    image: str
    author: str
    engine: str
    season: int
    number: int

    @property
    def page(self) -> str:
        """The path of its page."""
        return f"feed/episodes/{self.slug}.html"


def told(document: Document, base_url: str) -> tuple[Told, ...]:
    """Return the episodes that a document of the feed lists."""
    items = document.channel.all("item") if document.channel else ()
    return tuple(each for each in (_told(item, base_url) for item in items) if each)


def further(document: Document, base_url: str) -> tuple[str, ...]:
    """Return the paths of the documents that this one leads on to (RFC 5005)."""
    links = document.channel.all("atom:link") if document.channel else ()
    found = (path_of(base_url, link.attributes.get("href", "")) for link in links)
    return tuple(path for path in found if path and re.fullmatch(r"feed/feed[\w-]*\.xml", path))


def earlier(names: list[str], slug: str, media: Media) -> tuple[str, ...]:
    """Return the names of an episode's earlier MP3s, out of all that were ever published.

    >>> earlier(["audio/a-0123456789ab.mp3", "audio/a-b-0123456789ab.mp3"], "a", Media("x.mp3", 1, ""))
    ('a-0123456789ab.mp3',)
    """
    matches = (_SOUND.fullmatch(name) for name in names)
    return tuple(m[1] for m in matches if m and m["slug"] == slug and m[1] != media.file)


def _told(item: Tag, base_url: str) -> Told | None:
    enclosure = next(iter(item.all("enclosure")), None)
    named = _SOUND.fullmatch(_path(enclosure, "url", base_url))
    digest = next((_hex(tag) for tag in item.walk() if tag.name == "podcast:integrity"), "")
    published = _date(item.text_of("pubDate"))
    guid = item.text_of("guid").strip()
    if enclosure is None or not named or not published or not re.fullmatch(r"[!-~]{1,200}", guid):
        return None
    transcripts = (tag for tag in item.all("podcast:transcript") if "json" in tag.attributes.get("type", ""))
    picture = _PICTURE.fullmatch(_path(next(iter(item.all("itunes:image")), None), "href", base_url))
    persons = {tag.attributes.get("role", ""): tag.text for tag in item.all("podcast:person")}
    engine = _ENGINE.search(persons.get("narrator", ""))
    return Told(
        guid=guid,
        slug=named["slug"],
        title=item.text_of("title").strip(),
        published=published,
        media=Media(named[1], _number(enclosure.attributes.get("length", "")), digest),
        transcript=_beside(_path(next(transcripts, None), "url", base_url)),
        chapters=_beside(_path(next(iter(item.all("podcast:chapters")), None), "url", base_url)),
        image=picture[1] if picture else "",
        author=persons.get("author", "").strip(),
        engine=engine[1] if engine else "",
        season=_number(item.text_of("itunes:season")),
        number=_number(item.text_of("itunes:episode")),
    )


def _path(tag: Tag | None, attribute: str, base_url: str) -> str:
    return (tag and path_of(base_url, tag.attributes.get(attribute, ""))) or ""


def _beside(path: str) -> str:
    return path if _BESIDE.fullmatch(path) else ""


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text.strip()) else 0


def _hex(tag: Tag) -> str:
    try:
        digest = base64.b64decode(
            tag.attributes.get("value", "").removeprefix("sha256-"), validate=True
        ).hex()
    except binascii.Error:
        return ""
    return digest if len(digest) == 64 else ""


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
