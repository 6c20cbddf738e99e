"""A podcast to another address: what `nashra.toml` says from then on, and what its old host must answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nashra import publication, strands
from nashra.configuration import FILE, settings
from nashra.errors import ConfigurationError, FeedError
from nashra.feed import old_host
from nashra.feed.guid import is_public
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from nashra.settings import Show
    from nashra.station import Station

FOLDER = "moved"
"""Where in the station stands what is to be put onto the old host."""

_FORM = re.compile(r"https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*/")
_FEED = re.compile(r"feed/([\w.-]*)$")


@dataclass(frozen=True, slots=True)
class Moved:
    """A move: from where to where, the podcast's guid, the files written for the old host."""

    old: str
    new: str
    guid: str
    files: tuple[str, ...]


def move(station: Station, address: str) -> Moved:
    """Have the podcast at another address from the next build on, as the same podcast.

    Its guids are written down if they were not, `moved/` gets what the old host must answer, and last of
    all `nashra.toml` the new address: until then nothing has moved. Raises ConfigurationError for an
    address that nobody could subscribe to, FeedError where the feed was not built at the old one.
    """
    old = station.settings.show.base_url
    new = destination(address, old)
    raw = _configuration(station)
    changed = _with(raw, new, old)
    shows = [
        station.settings.show,
        *(strands.show_of(station.settings.show, s) for s in station.settings.feed),
    ]
    files = {f"feed/{show.feed_file}": data for show in shows if (data := _copy(station, show, old, new))}
    files |= old_host.redirects(old, new)
    with storing(FeedError, FOLDER):
        publication.freeze(station)
        _clear(station)
        for name, data in files.items():
            write(station.root / FOLDER / name, data)
    with storing(ConfigurationError, FILE):
        write(station.root / FILE, changed)
    return Moved(old, new, station.podcast_guid, tuple(files))


def undo(station: Station) -> Moved:
    """Take the last move back: the address is the old one again, `moved/` goes; the guids stay frozen.

    Raises ConfigurationError when there was none.
    """
    said = station.settings
    old = said.podcast.moved_from
    if not old:
        raise ConfigurationError(
            "the podcast has not moved",
            where=FILE,
            then="there is nothing to take back: `moved_from` is empty",
        )
    changed = _with(_configuration(station), old, "")
    with storing(ConfigurationError, FILE):
        write(station.root / FILE, changed)
    with storing(FeedError, FOLDER):
        _clear(station)
    return Moved(said.show.base_url, old, station.podcast_guid, ())


def destination(address: str, old: str) -> str:
    """Return the address that a podcast moves to, ending in /; raises ConfigurationError for no such one.

    >>> destination("https://Radio.example/podcast", "https://old.example/")
    'https://radio.example/podcast/'
    """
    parts = urlsplit(address.strip())
    new = f"{address.strip().rstrip('/')}/".replace(parts.netloc, parts.netloc.lower(), 1)
    feed = _FEED.search(new.rstrip("/"))
    if feed:
        then = f"name what stands before that: {new.rstrip('/').removesuffix(feed[0])}"
        raise ConfigurationError("is the address of a feed, not of the station", where=address, then=then)
    if parts.scheme != "https":
        then = "name the address that begins with https://: apps and directories refuse others"
        raise ConfigurationError("is not https", where=address, then=then)
    if not _FORM.fullmatch(new):
        then = "write it like https://radio.example.org/ or https://example.org/podcast/"
        raise ConfigurationError("is no address of a folder on the web", where=address, then=then)
    if not is_public(new):
        then = "name the one that everybody can reach"
        raise ConfigurationError("is an address that only this house knows", where=address, then=then)
    if not is_public(old):
        then = f'write `base_url = "{new}"` under [show], and build'
        raise ConfigurationError(
            f"`show.base_url` is {old}: the podcast was never public and has nobody to take along",
            where=FILE,
            then=then,
        )
    if new.partition("://")[2] == old.lower().partition("://")[2]:
        raise ConfigurationError(
            "is where the podcast is already",
            where=address,
            then="name its new address"
            if old.startswith("https")
            else f'write `base_url = "{new}"` under [show], and have your host lead http to https',
        )
    return new


def _copy(station: Station, show: Show, old: str, new: str) -> bytes:
    """Return the feed as the old host has it, leading on to the new one; nothing where it was never built."""
    where = f"feed/{show.feed_file}"
    with storing(FeedError, where):
        raw = read(station.feed / show.feed_file)
    if raw is None and show != station.settings.show:
        return b""  # a feed of its own that has no episode yet
    if raw is None or f'href="{old}{where}"'.encode() not in raw:
        what = "was never built" if raw is None else f"was not built for {old}"
        then = "run `nashra build` first: the old host needs a copy of what it has now"
        raise FeedError(what, where=where, then=then)
    return old_host.leading_on(raw, f"{new}{where}")


def _configuration(station: Station) -> bytes:
    with storing(ConfigurationError, FILE):
        return read(station.root / FILE) or b""


def _with(raw: bytes, base_url: str, moved_from: str) -> bytes:
    """Return `nashra.toml` with another address, and where the podcast was before; all else is as it was."""
    import tomlkit  # noqa: PLC0415 no other command writes into nashra.toml

    bom = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    document: tomlkit.TOMLDocument = tomlkit.parse(raw.removeprefix(bom).decode("utf-8"))
    tables: dict = document  # type: ignore[type-arg] # whatever the file says; `settings` has looked at it
    tables["show"]["base_url"] = base_url
    if moved_from:
        if "podcast" not in tables:
            tables["podcast"] = tomlkit.table()
        tables["podcast"]["moved_from"] = moved_from
    elif "podcast" in tables:
        tables["podcast"].pop("moved_from", None)
    changed = bom + tomlkit.dumps(document).encode("utf-8")
    said = settings(changed)
    if (said.show.base_url, said.podcast.moved_from) != (base_url, moved_from):
        then = f'write `base_url = "{base_url}"` under [show] by hand'
        raise ConfigurationError("could not be changed", where=FILE, then=then)
    return changed


def _clear(station: Station) -> None:
    """Take away what an earlier move wrote, and nothing that a person put there."""
    folder = station.root / FOLDER
    ours = (*old_host.TABLES, *(f"feed/{path.name}" for path in (folder / "feed").glob("*.xml")))
    for name in ours:
        (folder / name).unlink(missing_ok=True)
    for empty in (folder / "feed", folder):
        if empty.is_dir() and not any(empty.iterdir()):
            empty.rmdir()
