"""The command that takes a podcast to another address."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 click's parameters are of this type

import click

from nashra.commands.options import debug_option, find, station_option


@click.command()
@click.argument("address", required=False)
@click.option("--undo", is_flag=True, help="Take the last move back, before anything was uploaded.")
@station_option
@debug_option
def move(address: str | None, undo: bool, folder: Path | None, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Take the podcast to ADDRESS, as the same podcast: its listeners come along.

    Changes show.base_url in nashra.toml, and writes into moved/ what the old host must answer.
    """
    from nashra import moving  # noqa: PLC0415 each command imports what it needs
    from nashra.locking import locked  # noqa: PLC0415 as above

    if bool(address) == undo:
        raise click.UsageError("name the new address, or say --undo")
    station = find(folder)
    with locked(
        station.cache / "lock",
        lambda: click.echo("a build of this station runs; waiting for it", err=True),
    ):
        done = moving.undo(station) if address is None else moving.move(station, address)
    click.echo(f"nashra.toml: show.base_url is {done.new}; it was {done.old}")
    click.echo(f"the podcast keeps its guid {done.guid}")
    if undo:
        click.echo("next: `nashra build`")
        return
    for step in (
        "1. run `nashra build`: no sound is made anew",
        f"2. upload audio/ and feed/ to {done.new}, and open {done.new}feed/feed.xml in a browser",
        f"3. only then, at {done.old}: put moved/_redirects, moved/.htaccess or moved/nginx.conf there;",
        "   if that host cannot redirect, upload moved/feed/ over its feed/ instead",
        "4. leave the old address answering as long as you can; docs/moving.md says the rest",
    ):
        click.echo(step)
