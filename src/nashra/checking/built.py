"""What was seen of a built station: values that the rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from nashra.checking.addressing import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime


class Found(NamedTuple):
    """A broken rule: where (a file of the station, with `:line` where there is one), and what is wrong."""

    where: str
    what: str


class Tag(NamedTuple):
    """An element of a feed; `name` has the usual prefix, `line` its line in the document."""

    name: str
    text: str
    attributes: Mapping[str, str]
    inside: tuple[Tag, ...]
    line: int

    def all(self, name: str) -> tuple[Tag, ...]:
        """Return the elements of that name directly inside."""
        return tuple(each for each in self.inside if each.name == name)

    def text_of(self, name: str) -> str:
        """Return the text of the first element of that name, empty where there is none."""
        return next((each.text for each in self.inside if each.name == name), "")

    def walk(self) -> Iterator[Tag]:
        """Give the element and all below it."""
        yield self
        for each in self.inside:
            yield from each.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the feed; `channel` is None where it cannot be read, and `faults` say why.

    `spaces` are its name spaces by prefix; `entries` counts what feedparser sees, `complaint` is its own.
    `feed` is the path of the document that listeners subscribe to, behind which it lies.
    """

    name: str
    bytes: int
    faults: tuple[str, ...]
    spaces: Mapping[str, str]
    channel: Tag | None
    entries: int = 0
    complaint: str = ""
    feed: str = "feed/feed.xml"


class Moment(NamedTuple):
    """What begins at `start_ms` and, where it is said, ends at `end_ms`."""

    start_ms: int
    end_ms: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """An MP3 as measured: bytes, the SHA-256 in hex, ms, Hz, channels, mean bit/s, its ID3 tags."""

    bytes: int
    sha256: str
    fault: str = ""
    length_ms: int = 0
    rate: int = 0
    channels: int = 0
    bit_rate: int = 0
    latin: tuple[str, ...] = ()
    chapters: tuple[Moment, ...] = ()
    has_picture: bool = False


class Picture(NamedTuple):
    """A picture: its format and colours as Pillow names them, pixels, bytes; `fault` where it is none."""

    format: str
    mode: str
    width: int
    height: int
    bytes: int
    fault: str = ""


class Beside(NamedTuple):
    """A transcript or chapters: what is timed in it, and what keeps it from being read."""

    moments: tuple[Moment, ...] = ()
    fault: str = ""


class Reference(NamedTuple):
    """An address in a page; a browser asks for it by itself if it is `loaded`."""

    address: str
    line: int
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page or another file with addresses in it: they, its ids, language, direction, title."""

    name: str
    references: tuple[Reference, ...]
    ids: frozenset[str] = frozenset()
    language: str = ""
    direction: str = ""
    title: str = ""
    fault: str = ""
    is_html: bool = True


@dataclass(frozen=True, slots=True)
class Built:
    """A built station: every file by its path from the station, and what was seen in those that count.

    `wanted` are the paths of the feeds of their own that `nashra.toml` asks for, `alternates` the sounds
    that no enclosure names: of them only bytes and SHA-256 are known.
    """

    base_url: str
    now: datetime
    files: frozenset[str]
    documents: tuple[Document, ...]
    sounds: Mapping[str, Sound] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    beside: Mapping[str, Beside] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    wanted: tuple[str, ...] = ()
    alternates: Mapping[str, Sound] = field(default_factory=dict)

    def feeds(self) -> Iterator[Built]:
        """Give the station once for each feed, with the documents of that one: feeds share episodes."""
        for feed in dict.fromkeys(document.feed for document in self.documents):
            yield replace(self, documents=tuple(each for each in self.documents if each.feed == feed))

    def channels(self) -> Iterator[tuple[Document, Tag]]:
        """Give every document that can be read, with its channel."""
        for document in self.documents:
            if document.channel:
                yield document, document.channel

    def listed(self) -> Iterator[tuple[str, Tag]]:
        """Give every item, and where it stands."""
        for document, channel in self.channels():
            for item in channel.all("item"):
                yield f"{document.name}:{item.line}", item

    def path_of(self, address: str, page: str = "") -> str | None:
        """Return the station's file that an address means, None where it is somebody else's.

        An address without a scheme is looked up from `page`. One that leads out of the station comes
        back with its `..`, which is the path of no file.
        """
        return path_of(self.base_url, address, page)
