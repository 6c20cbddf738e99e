"""Rules of the addresses in the feed: are they whole, safe, and is something there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.checking.addressing import is_public
from nashra.checking.built import Found
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built, Tag

_ADDRESSED = {
    "enclosure": "url",
    "itunes:image": "href",
    "atom:link": "href",
    "podcast:image": "href",
    "podcast:transcript": "url",
    "podcast:chapters": "url",
    "podcast:source": "uri",
    "podcast:funding": "url",
    "podcast:license": "url",
    "podcast:person": "href",
}


def _addresses(built: Built) -> Iterator[tuple[str, str, str]]:
    """Give every address of the feed: where it stands, its tag, itself."""
    for document, channel in built.channels():
        for tag in channel.walk():
            said = _address(tag)
            if said is not None:
                yield f"{document.name}:{tag.line}", tag.name, said


def _address(tag: Tag) -> str | None:
    if tag.name == "link":
        return tag.text
    name = _ADDRESSED.get(tag.name)
    return tag.attributes.get(name) if name else None


def whole(built: Built) -> Iterator[Found]:
    """Find addresses that are not absolute, or not ASCII."""
    for where, tag, address in _addresses(built):
        if not re.fullmatch(r"https?://[^/\s]+/?\S*", address):
            yield Found(where, f"<{tag}> has the address «{shown(address, 100)}», which is not absolute")
        elif not address.isascii():
            yield Found(where, f"<{tag}> has the address {shown(address, 100)}, which is not ASCII")


def there(built: Built) -> Iterator[Found]:
    """Find addresses of the station behind which no file lies."""
    for where, tag, address in _addresses(built):
        path = built.path_of(address)
        if path is not None and path not in built.files:
            yield Found(where, f"<{tag}> names {shown(path, 120)}, which is not there")


def own(built: Built) -> Iterator[Found]:
    """Find episodes whose sound, cover, transcript or chapters lie with somebody else than the station.

    Nobody looked at them, so nobody can say that they are right; they are those of an earlier `base_url`.
    """
    for where, tag, address in _addresses(built):
        ours = tag in {"enclosure", "itunes:image", "podcast:transcript", "podcast:chapters"}
        if ours and built.path_of(address) is None:
            yield Found(where, f"<{tag}> names {shown(address, 100)}, which is not under {built.base_url}")


def safe(built: Built) -> Iterator[Found]:
    """Find addresses of the station, at a public host, that are not https."""
    for where, tag, address in _addresses(built):
        if address.startswith("http://") and built.path_of(address) is not None and is_public(address):
            yield Found(where, f"<{tag}> has the address {shown(address, 100)}, which is not https")


def public(built: Built) -> Iterator[Found]:
    """Find a station that is at an address which only this machine, or this house, knows."""
    if not is_public(built.base_url):
        yield Found("nashra.toml", f"`show.base_url` is {shown(built.base_url)}, which nobody else can reach")
