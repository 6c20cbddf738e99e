"""The commands that show a station over HTTP: serve, watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

from nashra.commands.options import Whole, debug_option, find, station_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nashra.serving.shelf import Change
    from nashra.station import Station


def _where(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where the station is served."""
    for option in (
        click.option(
            "--host",
            metavar="ADDRESS",
            default="",
            help="An address of this machine (usual: localhost, only for it).",
        ),
        click.option(
            "--port",
            type=Whole(0, 65535),
            metavar="NUMBER",
            default=8000,
            help="The port (usual: 8000); 0 takes any that is free.",
        ),
        click.option(
            "--lan", is_flag=True, help="Serve the local network, and show a QR code for the phone."
        ),
        click.option(
            "--address",
            metavar="URL",
            default="",
            help="What others call this server, where it cannot know it.",
        ),
        click.option(
            "--preview/--no-preview",
            default=None,
            help="Write this server's address for show.base_url in what is served (usual: when they differ).",
        ),
        click.option(
            "--log",
            type=click.File("a", encoding="ascii", lazy=False),
            help="A file that gets a line for every request, as web servers write it; - for the terminal.",
        ),
        click.option("--metrics", is_flag=True, help="Tell Prometheus on this machine, at /metrics."),
    ):
        command = option(command)
    return command


class Shown(NamedTuple):
    """How a station is shown; `preview` is None where the addresses decide."""

    lan: bool
    preview: bool | None
    live: bool
    log: TextIO | None
    metrics: bool


def _showing(name: str, doc: str, *, building: bool) -> click.Command:
    """Return a command that shows the station; the options of both are the same."""

    @click.command(name, help=doc)
    @station_option
    @_where
    @debug_option
    def show(
        folder: Path | None,
        host: str,
        port: int,
        lan: bool,
        address: str,
        preview: bool | None,
        log: TextIO | None,
        metrics: bool,
        debug: bool,  # noqa: ARG001 main reads --debug
    ) -> None:
        _show(find(folder), host, port, address, Shown(lan, preview, building, log, metrics))

    return show


serve = _showing("serve", "Show the station over HTTP, as podcast apps and browsers need it.", building=False)
watch = _showing(
    "watch",
    "Build on every edit, and show the station; pages in a browser load themselves anew.",
    building=True,
)


def _show(station: Station, host: str, port: int, address: str, shown: Shown) -> None:
    from nashra.errors import ConfigurationError  # noqa: PLC0415 each command imports what it needs
    from nashra.serving import binding  # noqa: PLC0415

    lan, preview, live, log, metrics = shown
    if lan and host:
        raise ConfigurationError("both say where to serve", where="--host --lan", then="leave one away")
    host = binding.lan_host() if lan else host or "localhost"
    if address and not address.startswith(("http://", "https://")):
        raise ConfigurationError(f"`{address}` is no address", where="--address", then="write http://…/")
    sockets = binding.bound(host, port)
    here = address.rstrip("/") + "/" if address else binding.address(host, sockets[0].getsockname()[1])
    base = station.settings.show.base_url
    rewritten = base != here if preview is None else preview
    _announce(
        station,
        here,
        rewritten=rewritten,
        lan=lan,
        built=live,
        alone=not (lan or address or host != "localhost"),
    )
    change = _change((lambda: _base_url(station)) if rewritten else None, here, live=live)
    from nashra.commands import live as beside  # noqa: PLC0415 aiohttp, asyncio: for no other command

    beside.run(station, sockets, change, beside.Wanted(live, log, metrics))
    click.echo("stopped", err=True)


def _announce(station: Station, here: str, *, rewritten: bool, lan: bool, built: bool, alone: bool) -> None:
    click.echo(f"feed  {here}feed/feed.xml")
    click.echo(f"page  {here}feed/index.html")
    if rewritten:
        base = station.settings.show.base_url
        click.echo(
            f"note  served as a preview: {here} stands for {base} in it, and no file is changed", err=True
        )
    if not built and not (station.feed / "feed.xml").exists():
        click.echo("note  nothing is built yet: run `nashra build` beside this, and it is there", err=True)
    if lan:
        import segno  # noqa: PLC0415 only for a phone

        click.echo("phone scan this: it opens the page, and from there the feed in an app", err=True)
        segno.make(f"{here}feed/index.html", micro=False).terminal(compact=True)
    hint = "; with --lan, a phone in the same network can listen, too" if alone else ""
    click.echo(f"Ctrl-C ends it{hint}", err=True)


def _base_url(station: Station) -> str:
    """Return the station's address as nashra.toml has it now; while that is broken, as it was."""
    from nashra import configuration  # noqa: PLC0415
    from nashra.errors import NashraError  # noqa: PLC0415
    from nashra.store import read  # noqa: PLC0415

    try:
        return configuration.settings(read(station.root / configuration.FILE) or b"").show.base_url
    except (NashraError, OSError):
        return station.settings.show.base_url


def _change(base: Callable[[], str] | None, here: str, *, live: bool) -> Change | None:
    """Return what changes texts on their way out, None for nothing; `base` is what a preview replaces."""
    from nashra.serving.preview import rewriting  # noqa: PLC0415
    from nashra.serving.reloading import injected  # noqa: PLC0415

    def change(path: str, data: bytes) -> bytes:
        data = rewriting(base(), here)(data) if base else data
        return injected(path, data) if live else data

    return change if base or live else None
