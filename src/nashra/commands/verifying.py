"""The command that holds a station against the promises of docs/reliability.md."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 click's parameters are of this type

import click

from nashra.commands.options import debug_option, find, now, station_option
from nashra.errors import VerificationError


@click.command()
@click.option("--deep", is_flag=True, help="Also read and decode everything, and reckon every hash again.")
@click.option("--json", "as_json", is_flag=True, help="The violations as JSON.")
@station_option
@debug_option
def verify(deep: bool, as_json: bool, folder: Path | None, debug: bool) -> int:  # noqa: ARG001 main reads --debug
    """Hold the built station against what Nashra promises: whole files, true lengths, nothing lost.

    Says of every violation what, where and what to do; ends with exit code 9 if there is one.
    """
    from nashra import verifying  # noqa: PLC0415 lxml: not for `--help`
    from nashra.verifying.violation import NEXT, lines  # noqa: PLC0415 the same

    station = find(folder)
    found = verifying.verify(station.root, deep=deep, now=now())
    if as_json:
        told = [each._asdict() | {"then": NEXT[each.invariant]} for each in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in lines(found):
            click.echo(line)
        click.echo(f"{len(found)} violations" if found else "whole: nothing is amiss")
    return VerificationError.exit_code if found else 0
