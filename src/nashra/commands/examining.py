"""The command that looks whether this machine has what a station needs."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 click's parameters are of this type

import click

from nashra.commands.articles import fetcher
from nashra.commands.options import debug_option, find, now, station_option

_MISSING = 1  # the exit code where a part is broken


@click.command()
@click.option("--json", "as_json", is_flag=True, help="What was found as JSON.")
@station_option
@debug_option
def doctor(as_json: bool, folder: Path | None, debug: bool) -> int:  # noqa: ARG001 main reads --debug
    """Look whether this machine has what the station needs, and say what to do about what is missing.

    Every voice says a word, a sound is encoded, letters are drawn, folders are tried, the services that
    the settings choose are asked; ends with exit code 1 if a part is broken.
    """
    from nashra import examining  # noqa: PLC0415 encoder, font, engines: not for `--help`
    from nashra.commands.reporting import say  # noqa: PLC0415 as above

    station = find(folder, or_none=True)
    found = []
    with fetcher(station) as fetch:
        patient = examining.Patient(
            station,
            now(),
            lambda url: fetch.get(url, accept="feed"),
            has_folder=(station.root / "nashra.toml").is_file(),
        )
        for symptom in examining.examine(patient):
            found.append(symptom)
            if not as_json:
                then = f"; {symptom.then}" if symptom.then else ""
                say(f"{symptom.state:8}  {symptom.part}: {symptom.what}{then}")
    if as_json:
        click.echo(json.dumps(examining.as_json(tuple(found)), ensure_ascii=False, indent=1))
    return _MISSING if any(symptom.state == examining.BROKEN for symptom in found) else 0
