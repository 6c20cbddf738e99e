"""What is never published: an address that is nobody else's, a broken feed, old episodes under new guids."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from nashra.checking import rules
from nashra.checking.built import Document
from nashra.checking.documents import document
from nashra.configuration import FILE
from nashra.errors import FeedError, PublishingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nashra.checking.built import Built, Tag

RESTORE = "bring its records back (git pull, or `nashra restore`), build, and publish again"


class Listed(NamedTuple):
    """An item of a feed, as far as it tells which episode it is."""

    guid: str
    title: str
    date: str
    link: str
    enclosure: str


def refuse_address(base_url: str) -> None:
    """Return if the station's address means something on other machines; raises PublishingError.

    >>> refuse_address("https://radio.example.org/")
    """
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    try:
        own = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        own = host == "localhost" or host.endswith(".localhost")
    if own:
        raise PublishingError(
            f"`show.base_url` is {base_url}, which on every listener's machine is another",
            where=FILE,
            then="set it to the address where the station will be, and run `nashra build`",
        )


def refuse_broken(built: Built) -> None:
    """Return if the built station breaks no *must* of `nashra check`; raises FeedError with the first."""
    broken = [finding for finding in rules.check(built) if finding.level == rules.MUST]
    if broken:
        first = broken[0]
        more = f" (and {len(broken) - 1} more: run `nashra check`)" if len(broken) > 1 else ""
        raise FeedError(f"{first.what}{more}", where=first.where, then=first.then)


def refuse_new_guids(ours: Sequence[Document], theirs: Sequence[Document], where: str) -> None:
    """Return if every episode that `theirs` carries keeps its guid; raises PublishingError.

    A new guid is a new episode: every listener's app would get it a second time. An item is the same
    episode if it has the same enclosure, or the same title and day or page; or the same page and date.
    Another date is refused too: some apps take an episode whose date moved for a new one (FEED.md, 9).
    """
    # Document by document: a [[feed]] of its own comes and goes, and has a guid of its own.
    before, after = _channel_guids(theirs), _channel_guids(ours)
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            raise PublishingError(
                f"the podcast of {name} would get another guid: {after[name]} instead of {before[name]}",
                where=where,
                then=f"put its .guid file back, or its guid into {FILE}; apps take it for another show",
            )
    mine, live = listed(ours), listed(theirs)
    known = {item.guid for item in mine}
    gone = [item for item in live if item.guid not in known]
    there = {item.guid: item.date for item in live}
    places = {key: old for old in gone for key in _keys(old)}
    for new in mine:
        if there.get(new.guid, new.date) != new.date:
            what = f"«{new.title[:60]}» has the date {there[new.guid]} there, and would get {new.date}"
            raise PublishingError(what, where=where, then=RESTORE)
        old = next((places[key] for key in _keys(new) if key in places), None)
        if new.guid not in there and old:
            raise PublishingError(
                f"«{new.title[:60]}» has the guid {old.guid} there, and would get {new.guid}",
                where=where,
                then=RESTORE,
            )


def feed_of(name: str, raw: bytes) -> Document:
    """Return a feed that came from elsewhere; one that declares entities is none, and is not even parsed."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        return Document(name, len(raw), ("has a DOCTYPE",), {}, None)
    return document(name, raw)


def listed(documents: Iterable[Document]) -> tuple[Listed, ...]:
    """Return the items of a feed's documents."""
    return tuple(_listed(item) for each in documents if each.channel for item in each.channel.all("item"))


def _listed(item: Tag) -> Listed:
    enclosure = next((tag.attributes.get("url", "") for tag in item.all("enclosure")), "")
    guid, title, date, link = (item.text_of(name).strip() for name in ("guid", "title", "pubDate", "link"))
    return Listed(guid, title, date, link, enclosure)


def _keys(item: Listed) -> Iterator[tuple[str, ...]]:
    """Give what tells that two items are one episode, each as something to look up."""
    if item.enclosure:
        yield "enclosure", item.enclosure
    yield "title and day", item.title, item.date[:16]  # Thu, 01 Jan 2026: what AntennaPod compares
    if item.link:
        yield "title and page", item.title, item.link
        yield "page and date", item.link, item.date


def _channel_guids(documents: Iterable[Document]) -> dict[str, str]:
    """Return the guid of each document that says one, by its name."""
    found = {each.name: each.channel.text_of("podcast:guid").strip() for each in documents if each.channel}
    return {name: guid for name, guid in found.items() if guid}
