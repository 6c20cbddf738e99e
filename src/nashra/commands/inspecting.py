"""The command that measures a finished episode."""

from __future__ import annotations

import json
from pathlib import Path

import click

from nashra.commands.options import debug_option, find, station_option
from nashra.errors import AudioError


@click.command()
@click.argument("episode")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to draw it: a .png or .svg (usual: the episode's name with .png, here).",
)
@click.option("--json", "as_json", is_flag=True, help="What was measured as JSON; draws only with -o.")
@station_option
@debug_option
def inspect(episode: str, output: Path | None, as_json: bool, folder: Path | None, debug: bool) -> int:  # noqa: ARG001
    """Measure a finished EPISODE in its decoded MP3, and draw it."""
    from nashra import inspecting  # noqa: PLC0415
    from nashra.commands.reporting import report_inspection  # noqa: PLC0415

    station = find(folder)
    found, pcm = inspecting.inspect(station, inspecting.find(station, episode))
    if as_json:
        click.echo(json.dumps(inspecting.as_json(found), ensure_ascii=False, indent=1))
    else:
        report_inspection(found)
    if output or not as_json:
        output = output or Path(f"{found.episode.slug}.png")
        inspecting.draw(station, found, pcm, output)
        click.echo(f"picture  {output}", err=as_json)
    for mismatch in found.mismatches:
        click.echo(f"nashra: audio/{found.episode.media.file}: {mismatch}", err=True)
    return AudioError.exit_code if found.mismatches else 0
