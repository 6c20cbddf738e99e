"""What a pull keeps of each source in `.nashra/pull/`: without it the source is read once in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nashra.errors import ArticleError
from nashra.store import read, sha256, storing, write

if TYPE_CHECKING:
    from pathlib import Path

    from nashra.articles.items import Item
    from nashra.settings import Source


class Seen(msgspec.Struct, frozen=True):
    """An item as it was looked at last: a hash of what the feed said, and when (ISO 8601).

    `etag` and `last_modified` are those of the page behind its link, if that was asked; `failed` says
    that no article came of it.
    """

    digest: str
    looked: str
    etag: str = ""
    last_modified: str = ""
    failed: bool = False


class Memory(msgspec.Struct, frozen=True):
    """A source as it was read last; `etag` and `last_modified` are there if nothing was left to do.

    `wanted` is a hash of what was wanted of it.
    """

    wanted: str = ""
    etag: str = ""
    last_modified: str = ""
    seen: dict[str, Seen] = msgspec.field(default_factory=dict)


def load(folder: Path, source: Source) -> Memory:
    """Return what is known of a source; if something else is wanted of it now, it will be read in full."""
    try:
        memory = msgspec.json.decode(read(_path(folder, source)) or b"{}", type=Memory)
    except (OSError, ValueError):
        memory = Memory()
    wanted = sha256(repr(source))
    if memory.wanted == wanted:
        return memory
    return Memory(wanted, seen=memory.seen)


def save(folder: Path, source: Source, memory: Memory) -> None:
    """Keep what is known of a source; raises ArticleError when the disk refuses."""
    path = _path(folder, source)
    with storing(ArticleError, str(path)):
        write(path, msgspec.json.encode(memory), durable=False)


def digest(item: Item) -> str:
    """Return a hash of what a feed says about an item; when it says so does not count."""
    return sha256(item.title, item.url, item.author, item.date, item.updated, item.html)[:32]


def _path(folder: Path, source: Source) -> Path:
    return folder / f"{sha256(source.url)[:16]}.json"
