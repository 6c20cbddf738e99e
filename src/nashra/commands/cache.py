"""`nashra cache`: what is kept, near and shared; letting go of it; looking whether it is whole."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import click

from nashra.commands.options import Whole, debug_option, find, station_option
from nashra.commands.stations import shared, store_option
from nashra.errors import AudioError
from nashra.locking import locked
from nashra.store import storing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from nashra.caching import Shelf, Total
    from nashra.shelves import Near, Shared
    from nashra.station import Station

_MB = 1_000_000
_DAY_S = 86_400

_shared_option = click.option(
    "--shared", "in_store", is_flag=True, help="In the shared store (usual: in .nashra)."
)


@click.group()
def cache() -> None:
    """Look after what is kept of finished work, in .nashra and in the shared store."""


@cache.command()
@station_option
@store_option
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@debug_option
def show(folder: Path | None, store: str, as_json: bool, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Say how many entries of each kind there are, and how many bytes they have."""
    from nashra import caching  # noqa: PLC0415 each command imports what it needs

    found = []
    for where, shelf in _both(find(folder), store):
        with storing(AudioError, where):
            found.append((where, caching.totals(caching.everything(shelf))))
    if as_json:
        said = [{"where": where, "kinds": [each._asdict() for each in kinds]} for where, kinds in found]
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for where, kinds in found:
        click.echo(f"{where}  {sum(each.bytes for each in kinds) / _MB:.1f} MB")
        _table(kinds)


def _table(kinds: Sequence[Total]) -> None:
    for each in kinds:
        click.echo(f"  {each.kind:<9} {each.entries:>7}  {each.bytes / _MB:>9.1f} MB")


@cache.command()
@station_option
@store_option
@click.option("--max-mb", metavar="MB", type=Whole(0), help="Keep so many MB, the most recently used.")
@click.option(
    "--older-than", metavar="DAYS", type=Whole(0), help="Let go of what was not used for so many days."
)
@_shared_option
@debug_option
def prune(
    folder: Path | None,
    store: str,
    max_mb: int | None,
    older_than: int | None,
    in_store: bool,
    debug: bool,  # noqa: ARG001
) -> None:
    """Let go of what was not used for long; a build makes again what it needs of it."""
    from nashra import caching  # noqa: PLC0415 as above

    if max_mb is None and older_than is None:
        raise click.UsageError("say how much stays: --max-mb, or --older-than DAYS")
    station = find(folder)
    shelf = _one(station, store, in_store=in_store)
    before = None if older_than is None else time.time() - older_than * _DAY_S
    with _alone(station), storing(AudioError, shelf.where):
        gone = caching.prune(shelf, most=None if max_mb is None else max_mb * _MB, before=before)
    click.echo(f"{len(gone)} entries gone, {sum(entry.bytes for entry in gone) / _MB:.1f} MB")


@cache.command()
@station_option
@store_option
@_shared_option
@debug_option
def verify(folder: Path | None, store: str, in_store: bool, debug: bool) -> int:  # noqa: ARG001
    """Read every entry, and remove those that are not whole; exit code 5 if there were any."""
    from nashra import caching  # noqa: PLC0415 as above

    station = find(folder)
    shelf = _one(station, store, in_store=in_store)
    with _alone(station), storing(AudioError, shelf.where):
        gone = list(caching.broken(shelf))
        for entry in gone:
            shelf.remove(entry.name)
            click.echo(f"{entry.name} was broken, and is removed")
    click.echo(f"{shelf.where}: {len(gone)} broken")
    return AudioError.exit_code if gone else 0


def _both(station: Station, url: str) -> Iterator[tuple[str, Shelf]]:
    from nashra.shelves import Near  # noqa: PLC0415 as above

    yield station.cache.name, Near(station.cache)
    store = shared(station, url)
    if store is not None:
        yield store.where, store


def _one(station: Station, url: str, *, in_store: bool) -> Near | Shared:
    from nashra.shelves import Near  # noqa: PLC0415 as above

    store = shared(station, url) if in_store else None
    if in_store and store is None:
        raise click.UsageError("this station shares no store; name one with --store, or set `store.url`")
    return store or Near(station.cache)


def _alone(station: Station) -> AbstractContextManager[None]:
    return locked(
        station.cache / "lock", lambda: click.echo("a build of this station runs; waiting", err=True)
    )
