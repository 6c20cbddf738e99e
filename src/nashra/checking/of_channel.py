"""Rules of the channel: what directories ask of the show."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from nashra.checking.built import Found
from nashra.checking.categories import CATEGORIES
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built, Tag

_REQUIRED = ("title", "link", "description", "language", "itunes:category", "itunes:explicit", "itunes:image")
_ADVISED = (
    "itunes:author",
    "itunes:type",
    "lastBuildDate",
    "copyright",
    "generator",
    "podcast:guid",
    "podcast:locked",
    "podcast:medium",
)
_DROPPED = ("itunes:owner", "itunes:summary", "itunes:subtitle", "itunes:keywords")
_SAID_BY = {"itunes:image": "href", "itunes:category": "text"}


def _said(tag: Tag) -> str:
    return tag.attributes.get(_SAID_BY[tag.name], "") if tag.name in _SAID_BY else tag.text


def required(built: Built) -> Iterator[Found]:
    """Find what the channel must say, once, and does not."""
    for document, channel in built.channels():
        for name in _REQUIRED:
            said = [_said(tag) for tag in channel.all(name)]
            if not any(said):
                yield Found(document.name, f"the channel has no <{name}>")
            elif len(said) > 1 and name != "itunes:category":
                yield Found(document.name, f"the channel has {len(said)} <{name}>")


def advised(built: Built) -> Iterator[Found]:
    """Find what the channel should say and does not."""
    for document, channel in built.channels():
        for name in _ADVISED:
            if not channel.text_of(name).strip():
                yield Found(document.name, f"the channel has no <{name}>")


def self_link(built: Built) -> Iterator[Found]:
    """Find documents that do not say, exactly once, where they are."""
    for document, channel in built.channels():
        selves = [tag for tag in channel.all("atom:link") if tag.attributes.get("rel") == "self"]
        address = built.base_url + document.name
        if len(selves) != 1:
            yield Found(document.name, f"has {len(selves)} <atom:link rel=self> instead of one")
            continue
        where, said = f"{document.name}:{selves[0].line}", selves[0].attributes
        if said.get("href") != address:
            yield Found(where, f"its link to itself is {shown(said.get('href', ''))}, and it is at {address}")
        if said.get("type") != "application/rss+xml":
            yield Found(where, "its link to itself has not the type application/rss+xml")


def site_link(built: Built) -> Iterator[Found]:
    """Find channels whose link is a feed, not the site."""
    for document, channel in built.channels():
        for tag in channel.all("link"):
            if tag.text.endswith(".xml"):
                yield Found(f"{document.name}:{tag.line}", "the channel's <link> is the feed, not the site")


def language(built: Built) -> Iterator[Found]:
    """Find languages that are no code of ISO 639, perhaps with a country."""
    for document, channel in built.channels():
        for tag in channel.all("language"):
            if not re.fullmatch(r"[a-z]{2,3}(-[a-zA-Z]{2,4})?", tag.text):
                yield Found(f"{document.name}:{tag.line}", f"<language> is «{shown(tag.text)}»")


def category(built: Built) -> Iterator[Found]:
    """Find categories that Apple does not know in this spelling."""
    for document, channel in built.channels():
        for tag in channel.all("itunes:category"):
            said = _said(tag)
            where = f"{document.name}:{tag.line}"
            if said not in CATEGORIES:
                yield Found(where, f"the category «{shown(said)}» is not one of Apple's")
                continue
            for inner in tag.all("itunes:category"):
                if _said(inner) not in CATEGORIES[said]:
                    yield Found(where, f"«{shown(_said(inner))}» is not one of Apple's under {said}")


def podcast_guid(built: Built) -> Iterator[Found]:
    """Find channels whose guid is no UUID, documents of one feed with different ones, feeds with the same."""
    owners: dict[str, set[str]] = {}
    for document, channel in built.channels():
        owners.setdefault(channel.text_of("podcast:guid"), set()).add(document.feed)
    for guid, feeds in owners.items():
        if guid and len(feeds) > 1:
            yield Found(max(feeds), f"has the <podcast:guid> of another feed, {min(feeds)}")
    for feed in built.feeds():
        yield from _guids(feed)


def _guids(built: Built) -> Iterator[Found]:
    guids = {tag.text for _document, channel in built.channels() for tag in channel.all("podcast:guid")}
    for document, channel in built.channels():
        for tag in channel.all("podcast:guid"):
            where = f"{document.name}:{tag.line}"
            try:
                uuid.UUID(tag.text)
            except ValueError:
                yield Found(where, f"<podcast:guid> «{shown(tag.text)}» is no UUID")
            if len(guids) > 1:
                yield Found(where, "the documents of the feed have different <podcast:guid>")


def dropped(built: Built) -> Iterator[Found]:
    """Find tags that Apple dropped; the owner's publishes an address to every collector of addresses."""
    for document, channel in built.channels():
        for tag in channel.walk():
            if tag.name in _DROPPED:
                yield Found(f"{document.name}:{tag.line}", f"has <{tag.name}>, which nobody reads any more")


def disclosed(built: Built) -> Iterator[Found]:
    """Find a channel or an item that does not say that a machine speaks."""
    for document, channel in built.channels():
        for tag in (channel, *channel.all("item")):
            said = [each for each in tag.all("podcast:txt") if each.attributes.get("purpose") == "ai-content"]
            if [each.text for each in said] != ["true"]:
                yield Found(
                    f"{document.name}:{tag.line}", f"the {tag.name} does not say that its voice is synthetic"
                )
