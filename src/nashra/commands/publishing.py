"""The commands between the station and where its listeners find it: publish, restore."""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from pathlib import Path
from socket import gaierror
from typing import TYPE_CHECKING, Any

import click

from nashra.commands.articles import fetcher
from nashra.commands.options import debug_option, find, now, station_option
from nashra.commands.reporting import complain
from nashra.errors import ConfigurationError, FetchError, NashraError, PublishingError

if TYPE_CHECKING:
    from nashra.fetching.limits import Kind
    from nashra.publishing.items import Item
    from nashra.publishing.preparing import Prepared
    from nashra.publishing.target import Target
    from nashra.station import Station

_NOWHERE = {404, 410}


@click.command()
@click.argument("target", default="")
@station_option
@click.option("--dry-run", is_flag=True, help="List what would be sent and deleted, and change nothing.")
@click.option("--first", is_flag=True, help="Do not ask for the live feed: there is none yet.")
@click.option("--delete-many", is_flag=True, help="Delete more than a tenth of what is there, or 256 files.")
@debug_option
def publish(
    target: str,
    folder: Path | None,
    dry_run: bool,
    first: bool,
    delete_many: bool,
    debug: bool,  # noqa: ARG001 main reads --debug
) -> None:
    """Bring the built station to TARGET (usual: `publish.target`): everything first, the feed last.

    TARGET is a folder, s3://BUCKET/PREFIX, rsync://USER@HOST/PATH, USER@HOST:PATH, sftp://USER@HOST/PATH or
    git:REMOTE#BRANCH. What is interrupted goes on with the same command.
    """
    from nashra.locking import locked  # noqa: PLC0415
    from nashra.publishing import address, opening, preparing  # noqa: PLC0415 each command imports its own
    from nashra.publishing.refusing import refuse_address  # noqa: PLC0415

    station, time = find(folder), now()
    refuse_address(station.settings.show.base_url)
    base = Path.cwd() if target else station.root
    meant = address.parse(target or station.settings.publish.target)
    wanted = opening.Wanted(meant, station, base, os.environ, time)

    def waiting() -> None:
        click.echo("a build of this station runs; waiting for it", err=True)

    with locked(station.cache / "lock", waiting), closing(opening.opened(wanted)) as there:
        prepared = preparing.prepare(
            station, there, lambda: None if first else _live(station), time, delete_many=delete_many
        )
        for warning in prepared.warnings:
            click.echo(f"warning: {warning}", err=True)
        if dry_run:
            _list(prepared)
            return
        _send(station, there, prepared)
    _told_hub(station, prepared)


@click.command()
@click.argument("feed_url", default="")
@station_option
@click.option("--if-there", is_flag=True, help="Do nothing where no feed is live yet.")
@debug_option
def restore(feed_url: str, folder: Path | None, if_there: bool, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Bring records and sound back from the live feed at FEED_URL (usual: the station's own).

    For a fresh checkout: the next build keeps guids and dates, and remakes only what changed.
    """
    from nashra.locking import locked  # noqa: PLC0415
    from nashra.restoring import restore as restoring  # noqa: PLC0415 each command imports its own
    from nashra.settings import Show  # noqa: PLC0415 the same

    station = find(folder)
    show = station.settings.show
    url = feed_url or show.feed_url
    if not (feed_url or if_there) and show.base_url == Show("").base_url:
        raise ConfigurationError(
            f"`show.base_url` is {show.base_url}, where nothing was published",
            where="nashra.toml",
            then="set it to where the station is, or name the feed: `nashra restore https://…/feed/feed.xml`",
        )

    def waiting() -> None:
        click.echo("a build of this station runs; waiting for it", err=True)

    with locked(station.cache / "lock", waiting), fetcher(station, own=True) as fetch:

        def get(address: str, kind: Kind) -> bytes | None:
            click.echo(address, err=True)
            try:
                return fetch.get(address, accept=kind).body
            except FetchError as failure:
                if failure.status in _NOWHERE:
                    return None
                raise

        if if_there and not (feed_url or _live(station)):
            click.echo(f"{url}: no feed is there yet")
            return
        done = restoring.restore(station, url, get)
    for note in done.notes:
        click.echo(f"note  {note}")
    click.echo(f"{url}: {done.records} records and {done.media} MP3s restored")


def _send(station: Station, target: Target, prepared: Prepared) -> None:
    from nashra.publishing import seen  # noqa: PLC0415 each command imports its own
    from nashra.publishing.sending import send  # noqa: PLC0415 as above

    to_do, bar = prepared.steps, _Bar()
    try:
        send(target, to_do, prepared.known, prepared.tags, bar)
    finally:
        arrived = {item.name: mark for item, tag in bar.arrived if (mark := seen.mark_of(item, tag))}
        with suppress(OSError):  # it costs time only
            seen.keep(station.cache, target.where, {**prepared.same, **arrived})
    megabytes = sum(item.size for item in to_do.sent) / 1_000_000
    sent = f"{len(to_do.sent)} sent ({megabytes:.1f} MB), {to_do.same} there already"
    click.echo(f"{target.where}: {sent}, {len(to_do.removals)} deleted")


def _list(prepared: Prepared) -> None:
    for item in prepared.steps.sent:
        click.echo(f"send    {item.name}  {item.size}")
    for name in prepared.steps.removals:
        click.echo(f"delete  {name}")
    click.echo(f"same    {prepared.steps.same}")


def _live(station: Station) -> bytes | None:
    """Return the feed that listeners have now, None where there is none; raises PublishingError.

    Without it nobody knows which guids their apps know.
    """
    url = station.settings.show.feed_url
    try:
        with fetcher(station, own=True) as fetch:
            return fetch.get(url, accept="feed").body
    except FetchError as failure:
        if failure.status in _NOWHERE or isinstance(failure.__cause__, gaierror):
            return None
        raise PublishingError(
            f"the live feed cannot be read: {failure.what}",
            where=url,
            then="try again later; if the station is new and has no feed there yet, say so with --first",
        ) from failure


def _told_hub(station: Station, prepared: Prepared) -> None:
    """Tell the hub if the feed changed; that it cannot be told is no failure of publishing."""
    from nashra.publishing.hubs import tell  # noqa: PLC0415
    from nashra.publishing.items import FEED  # noqa: PLC0415

    hub = station.settings.publish.hub
    if hub and any(item.name == FEED for item in prepared.steps.sent):
        try:
            tell(hub, station.settings.show.feed_url)
        except NashraError as failure:
            complain(failure)


class _Bar:
    """One bar of bytes on stderr; `arrived` are the items that it was told of, each with its tag."""

    def __init__(self) -> None:
        self.arrived: list[tuple[Item, str]] = []
        self._bar: Any = None

    def begun(self, files: int, size: int) -> None:
        from tqdm import tqdm  # noqa: PLC0415 not for `--help`

        if files:
            self._bar = tqdm(
                total=size,
                desc=f"{files} files",
                unit="B",
                unit_scale=True,
                file=sys.stderr,
                dynamic_ncols=True,
            )

    def sent(self, item: Item, tag: str) -> None:
        self.arrived.append((item, tag))
        self._bar.set_postfix_str(item.name, refresh=False)
        self._bar.update(item.size)

    def finished(self) -> None:
        if self._bar is not None:
            self._bar.close()
