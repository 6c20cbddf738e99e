"""The commands that take an episode back, and that tell a host where earlier addresses lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nashra import redirects as tables
from nashra.commands.options import debug_option, find, now, station_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("article")
@click.option("--undo", is_flag=True, help="Bring it back into the feed, under its guid and date.")
@station_option
@debug_option
def withdraw(article: str, folder: Path | None, undo: bool, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Take the episode of ARTICLE out of the feed at once; its page says so, and no build brings it back."""
    from nashra import withdrawing  # noqa: PLC0415 each command imports what it needs
    from nashra.locking import locked  # noqa: PLC0415

    station = find(folder)

    def waiting() -> None:
        click.echo("another build of this station runs; waiting for it", err=True)

    with locked(station.cache / "lock", waiting):
        done = withdrawing.withdraw(station, article, now(), undo=undo)
    episode = done.episode
    if undo:
        said = "was not withdrawn" if done.already else "is back in the feed"
        if done.silent:
            said = "is no longer withdrawn, but its MP3 is gone: run `nashra build`"
    else:
        said = f"{'was' if done.already else 'is'} withdrawn{' already' if done.already else ''}"
    click.echo(f"{episode.slug}: {said}")
    if episode.withdrawn:
        click.echo(f"audio/{episode.media.file} stays on this disk; feed/redirects.json has what answers 410")


@click.command()
@click.option(
    "--for", "host", type=click.Choice(tuple(tables.HOSTS)), help="In this host's form (usual: as JSON)."
)
@station_option
@debug_option
def redirects(host: str | None, folder: Path | None, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Print where earlier addresses of sounds lead, for a host that can redirect."""
    from nashra.errors import FeedError  # noqa: PLC0415 each command imports what it needs
    from nashra.store import read, storing  # noqa: PLC0415

    station = find(folder)
    with storing(FeedError, f"feed/{tables.FILE}"):
        raw = read(station.feed / tables.FILE) or b"[]\n"
    if host is None:
        click.echo(raw.decode(), nl=False)
        return
    for line in tables.lines(raw, station.settings.show, host):
        click.echo(line)
