"""The commands that bring articles in: read, add."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nashra.commands.options import debug_option, find, now, station_option
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.articles.reading import Reading
    from nashra.fetching import Fetcher
    from nashra.intake.sources import Input
    from nashra.station import Station

_explain = click.option("--explain", is_flag=True, help="Say of every line what became of it, and why.")


@click.command("read")
@click.argument("source")
@station_option
@_explain
@click.option("--json", "as_json", is_flag=True, help="The article as JSON.")
@debug_option
def read(source: str, folder: Path | None, explain: bool, as_json: bool, debug: bool) -> None:  # noqa: ARG001
    """Print the article of SOURCE as it is understood, and write nothing.

    SOURCE is a file (text, Markdown, HTML, Word), a link, or - for standard input.
    """
    from nashra.articles import telling  # noqa: PLC0415 each command imports what it needs

    station = find(folder, or_none=True)
    with fetcher(station) as fetch:
        found = _read(source, fetch)
    if as_json:
        click.echo(json.dumps(telling.as_json(found), ensure_ascii=False, indent=1))
        return
    for line in telling.explained(found) if explain else telling.lines(found):
        click.echo(line)
    for note in found.notes:
        click.echo(f"{source}: {note}", err=True)


@click.command("add")
@click.argument("sources", nargs=-1)
@station_option
@click.option("--clipboard", is_flag=True, help="Take the text from the clipboard.")
@click.option("--theirs", "prefer", flag_value="theirs", help="Where both changed, take the text from there.")
@click.option("--ours", "prefer", flag_value="ours", help="Where both changed, keep the text here.")
@_explain
@debug_option
def add(
    sources: tuple[str, ...],
    folder: Path | None,
    clipboard: bool,
    prefer: str | None,
    explain: bool,
    debug: bool,  # noqa: ARG001
) -> None:
    """Write the articles of SOURCES into articles/, cleaned, with front matter.

    SOURCE is a file (text, Markdown, HTML, Word), a link, or - for standard input. A link that was added
    before is brought up to date; what you corrected stays.
    """
    from nashra.articles import telling  # noqa: PLC0415
    from nashra.building import speech  # noqa: PLC0415
    from nashra.intake import adding  # noqa: PLC0415
    from nashra.intake import sources as intake  # noqa: PLC0415

    if not sources and not clipboard:
        raise click.UsageError("name a file, a link, or - for standard input")
    station = find(folder)
    mark = speech.marker(station)

    def decide(file: str, difference: str) -> str:
        if prefer:
            return prefer
        click.echo(difference, err=True)
        if not sys.stdin.isatty():
            raise ArticleError(
                "was corrected here and changed there",
                where=f"articles/{file}",
                then="say --ours or --theirs",
            )
        question = "Both changed. Keep yours (o), or take theirs (t)?"
        return {"o": adding.OURS, "t": adding.THEIRS}[
            click.prompt(question, type=click.Choice(["o", "t"]), err=True)
        ]

    with fetcher(station) as fetch:
        for source in (*sources, *(["clipboard"] if clipboard else [])):
            found = _read(source, fetch, clipboard=clipboard and source == "clipboard")
            if explain:
                for line in telling.explained(found):
                    click.echo(line, err=True)
            picture = (lambda link: fetch.get(link, accept="image").body) if intake.is_link(source) else None
            added = adding.add(station, found, now(), mark, decide, picture)
            click.echo(f"{station.articles / added.file}  {added.state}  {found.article.title}")
            unfound = telling.missing(found)
            for note in (*added.notes, *([f"not found: {', '.join(unfound)}"] if unfound else [])):
                click.echo(f"  {note}", err=True)


def _read(source: str, fetch: Fetcher, *, clipboard: bool = False) -> Reading:
    from nashra import parsing  # noqa: PLC0415
    from nashra.intake import sources as intake  # noqa: PLC0415

    given = _pasted() if clipboard else _given(source, fetch)
    with parsing.parser() as parse:
        return intake.read(given, parse)


def _given(source: str, fetch: Fetcher) -> Input:
    """Return the bytes of a source, wherever they are."""
    from nashra.articles.limits import MOST_BYTES  # noqa: PLC0415
    from nashra.intake import sources as intake  # noqa: PLC0415
    from nashra.store import storing  # noqa: PLC0415

    if source == "-":
        return intake.Input(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input")
    if intake.is_link(source):
        got = fetch.get(source, accept="page")
        return intake.Input(got.body, got.url, got.url, got.charset)
    path = Path(source)
    with storing(ArticleError, source):
        if not path.is_file():
            raise ArticleError("is no file", where=source, then="name a file, a link (https://…), or -")
        with path.open("rb") as file:
            return intake.Input(file.read(MOST_BYTES + 1), source)


def _pasted() -> Input:
    import pyperclip  # noqa: PLC0415

    from nashra.intake import sources as intake  # noqa: PLC0415

    try:
        text: str = pyperclip.paste()
    except pyperclip.PyperclipException as none:
        raise ArticleError(
            "there is no clipboard here", then="paste the text into `nashra add -`, then Ctrl-D"
        ) from none
    return intake.Input(text.encode("utf-8", "replace"), "clipboard")


@contextmanager
def fetcher(station: Station, *, own: bool = False) -> Iterator[Fetcher]:
    """Give what reads addresses, as the station's settings and this machine's authorities say.

    At an `own` address nobody asks what robots may do, nor waits.
    """
    from nashra.fetching import Fetcher, user_agent  # noqa: PLC0415 loads ssl
    from nashra.fetching.manners import PAUSE_S  # noqa: PLC0415 the same

    said = station.settings.fetch
    with Fetcher(
        user_agent=user_agent(station.settings.show.base_url),
        clock=time.monotonic,
        sleep=time.sleep,
        jitter=random.random,
        allowed_hosts=frozenset(said.allow),
        robots=said.robots and not own,
        pause_s=0.0 if own else PAUSE_S,
        authorities=os.environ.get("REQUESTS_CA_BUNDLE", ""),
    ) as fetch:
        yield fetch
