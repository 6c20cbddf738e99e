"""The command that holds the built station against what apps and directories demand."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 click's parameters are of this type

import click

from nashra.commands.options import debug_option, find, now, station_option
from nashra.errors import FeedError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@station_option
@debug_option
def check(as_json: bool, folder: Path | None, debug: bool) -> int:  # noqa: ARG001 main reads --debug
    """Hold the built station against what podcast apps and directories demand.

    Says of every finding what, where and what to do; ends with exit code 6 if a must is broken.
    """
    from nashra.checking import rules  # noqa: PLC0415 lxml and feedparser: not for `--help`
    from nashra.checking.looking import look  # noqa: PLC0415 the same

    station = find(folder)
    said = station.settings
    strands = [strand.name for strand in said.feed]
    findings = rules.check(look(station.root, said.show.base_url, now(), strands))
    told = rules.as_json(findings)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(f"{finding.level:6}  {finding.where}: {finding.what}; {finding.then}")
        click.echo(f"{told['rules']} rules; broken: {told['must']} must, {told['should']} should")
    return FeedError.exit_code if told["must"] else 0
