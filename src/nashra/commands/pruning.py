"""The command that deletes what no episode needs any more, when it has had its time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path  # noqa: TC003 click's parameters are of this type

import click

from nashra.commands.options import debug_option, find, no_wait_option, now, station_option, waiting
from nashra.errors import AudioError


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and what waits; delete nothing.")
@click.option("--force", is_flag=True, help="Let go though it is much: over 256, or a tenth of all.")
@no_wait_option
@station_option
@debug_option
def prune(dry_run: bool, force: bool, no_wait: bool, folder: Path | None, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Delete old sound and transcripts that no episode needs any more, when [retention] lets them go.

    Every build that made something does the same; only too much at once is left to this command.
    """
    from nashra import last_feed, records, retention  # noqa: PLC0415 each command imports what it needs
    from nashra.building.planning import adopted, article_files  # noqa: PLC0415
    from nashra.locking import locked  # noqa: PLC0415

    station = find(folder)
    leaving: frozenset[str] = frozenset()
    with locked(station.cache / "lock", waiting("command", no_wait=no_wait)):
        cited = records.load(station.audio, cues=False)
        files = article_files(station)
        known = adopted(cited, station, files)
        live = [known[file] for file in files if file in known]
        swept = retention.sweep(station, live, cited, now(), force=force, dry_run=dry_run)
        if not dry_run:
            retention.clear(station)
        if force and not dry_run:
            leaving = last_feed.let_go(station, {each.slug for each in live})
    window = station.settings.retention
    for path in (*swept.deleted, *swept.held):
        click.echo(path)
    for path, each in swept.waiting.items() if dry_run else ():
        if isinstance(window.days, str):
            left = "kept for ever"
        else:
            left = f"stays until {each.since + timedelta(days=window.days):%Y-%m-%d} at least"
            left += f" and {window.generations - each.generations} more feeds" * (
                each.generations < window.generations
            )
        click.echo(f"{path}  {left}")
    if swept.held:
        what = f"{len(swept.held)} files are due, which is much at once; nothing was deleted"
        raise AudioError(what, then="look whether articles/ is whole, then `nashra prune --force`")
    if leaving:
        click.echo(f"{len(leaving)} episodes leave the feed with the next `nashra build`")
    done = "would be deleted" if dry_run else "deleted"
    click.echo(f"{len(swept.deleted)} files {done}, {len(swept.waiting)} wait for their time")
