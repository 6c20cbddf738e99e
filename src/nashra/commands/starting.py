"""The command that makes a station."""

from __future__ import annotations

from pathlib import Path

import click

from nashra.commands.options import debug_option


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=".")
@click.option("--title", help="The show's title (usual: the folder's name).")
@click.option("--github", is_flag=True, help="Write a workflow that builds and publishes it at GitHub.")
@debug_option
def init(folder: Path, title: str | None, github: bool, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Make a new station in DIR (usual: here), ready to build.

    With --github, a workflow for it besides, also where the station is there already.
    """
    from nashra import hosting, starting  # noqa: PLC0415 each command imports what it needs
    from nashra.configuration import FILE  # noqa: PLC0415 the same

    if not (github and (folder / FILE).is_file()):
        starting.start(folder, title or folder.resolve().name or "نشرة")
        articles, sounds = folder / "articles", folder / "sounds"
        click.echo(f"{folder}: a new station; put articles into {articles}, then run `nashra build`")
        click.echo(f"{sounds}: a jingle to begin with; uncomment its lines under [sound] to hear it")
    if github:
        workflow = hosting.workflow(folder)
        click.echo(f"{workflow}: builds and publishes the station at GitHub (docs/publish.md)")
