"""The commands for a site's own feed: pull, approve."""

from __future__ import annotations

import json
import re
import time
import traceback
from typing import TYPE_CHECKING

import click

from nashra.commands.articles import fetcher
from nashra.commands.options import Whole, debug_option, find, no_wait_option, now, station_option, waiting
from nashra.commands.reporting import complain, report_pulled
from nashra.errors import NashraError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nashra.station import Station

_SECONDS = {"s": 1, "m": 60, "h": 3600}
_SHORTEST = 60
"""Seconds between two pulls: no site likes to be asked more often."""


class Span(click.ParamType):
    """A span of time such as 10m; in seconds."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: D102 click's own
        said = re.fullmatch(r"(\d{1,6})([smh])", value)
        seconds = int(said[1]) * _SECONDS[said[2]] if said else 0
        if seconds < _SHORTEST:
            self.fail(f"`{value}` is no time of a minute or more, such as 10m or 1h", param, ctx)
        return seconds


@click.command()
@station_option
@click.option("--limit", type=Whole(0), help="The most new articles (usual: each source's own).")
@click.option("--watch", type=Span(), help="Go on, and pull again each time after so long, as 10m or 1h.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="What was done as JSON, a line for each pull.")
@no_wait_option
@debug_option
def pull(
    folder: Path | None,
    limit: int | None,
    watch: int | None,
    dry_run: bool,
    as_json: bool,
    no_wait: bool,
    debug: bool,
) -> int:
    """Bring in new and edited articles of the sites that nashra.toml names, as drafts."""
    station = find(folder)

    def once() -> int:
        hold = waiting("pull", no_wait=no_wait)
        return _pull(find(folder), limit, hold, dry_run=dry_run, as_json=as_json, debug=debug)

    if watch is None:
        return once()
    click.echo(f"pulling every {watch} s into {station.articles}; Ctrl-C ends it", err=True)
    return repeat(once, watch, time.sleep)


def repeat(once: Callable[[], int], pause_s: float, sleep: Callable[[float], None]) -> int:
    """Do something again and again until it is interrupted; an error is said, and survived."""
    while True:
        try:
            once()
        except NashraError as failure:
            complain(failure)
        sleep(pause_s)


@click.command()
@click.argument("articles", nargs=-1, required=True)
@station_option
@debug_option
def approve(articles: tuple[str, ...], folder: Path | None, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Make drafts articles that listeners get: the next build lists ARTICLES."""
    from nashra.intake import approving  # noqa: PLC0415 each command imports what it needs

    for file, draft in approving.approve(find(folder), articles):
        said = "approved; the next `nashra build` lists it" if draft else "is no draft"
        click.echo(f"articles/{file}: {said}")


def _pull(
    station: Station,
    limit: int | None,
    hold: Callable[[], None] | None,
    *,
    dry_run: bool,
    as_json: bool,
    debug: bool,
) -> int:
    from nashra import parsing  # noqa: PLC0415
    from nashra.building import speech  # noqa: PLC0415
    from nashra.intake import following, pulling  # noqa: PLC0415
    from nashra.locking import locked  # noqa: PLC0415

    with (
        locked(station.cache / "pull.lock", hold),
        fetcher(station) as fetch,
        parsing.parsers() as parse,
    ):
        doors = following.Doors(fetch, parse, speech.marker(station))
        done = pulling.pull(station, doors, now(), limit=limit, dry_run=dry_run)
    for failure in done.failures:
        if debug:
            traceback.print_exception(failure)
        complain(failure)
    if as_json:
        click.echo(json.dumps(pulling.as_json(done), ensure_ascii=False))
    else:
        report_pulled(done, dry_run=dry_run)
    codes = [failure.exit_code for failure in done.failures]
    return codes[0] if len(codes) == 1 else min(len(codes), 1)
