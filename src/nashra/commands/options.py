"""What the commands share: options, the station that is meant, the time."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nashra.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.station import Station


class Whole(click.IntRange):
    """A whole number; click would call it an integer range, before people who are no programmers."""

    name = "number"


station_option = click.option(
    "--station",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The station's folder (usual: the nearest one upwards with a nashra.toml).",
)
voice_option = click.option(
    "--voice", metavar="VOICE", default="", help="An engine, or engine:name, instead of the station's voice."
)
no_wait_option = click.option(
    "--no-wait", is_flag=True, help="End with exit code 8 when another command works on the station."
)
debug_option = click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")


def find(folder: Path | None, *, or_none: bool = False) -> Station:
    """Return the station that is meant; with `or_none`, one of usual settings where there is none."""
    from nashra import station  # noqa: PLC0415 `--help` needs no station

    if folder is not None:
        return station.load(folder)
    try:
        root = station.find(Path.cwd())
    except ConfigurationError:
        if or_none:
            return station.none()
        raise
    return station.load(root)


def waiting(what: str, *, no_wait: bool) -> Callable[[], None] | None:
    """Return what says that another command is waited for, None to wait for nobody."""
    if no_wait:
        return None
    return lambda: click.echo(f"another {what} of this station runs; waiting for it", err=True)


def now() -> datetime:
    """Return the time, or the one that SOURCE_DATE_EPOCH says; raises ConfigurationError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as wrong:
        what = f"`{epoch}` is no number of seconds"
        raise ConfigurationError(what, where="SOURCE_DATE_EPOCH", then="correct or unset it") from wrong
