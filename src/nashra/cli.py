"""The command line: arguments in, values down, lines out. Clock and environment are read here only."""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nashra import __version__
from nashra.errors import ConfigurationError, NashraError

if TYPE_CHECKING:
    from nashra.build import Outcome
    from nashra.model import Episode, Voice
    from nashra.station import Station


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0, the code of the error's branch, or 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and C locales would stop at the first Arabic letter.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = cli.main(arguments, prog_name="nashra", standalone_mode=False)
    except NashraError as failure:
        if "--debug" in arguments:
            traceback.print_exc()
        _complain(failure)
        code = failure.exit_code
    except click.ClickException as wrong:
        wrong.show()
        code = ConfigurationError.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; every finished clip is kept, the same command goes on from there", err=True)
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


_station = click.option(
    "--station",
    "folder",
    type=click.Path(path_type=Path),
    help="The station's folder (usual: the nearest one upwards with a nashra.toml).",
)
_voice = click.option(
    "--voice", default="", help="An engine, or engine:name, instead of the station's voice."
)
_debug = click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="nashra")
def cli() -> None:
    """Turn written Arabic news into a podcast."""


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--title", help="The show's title (usual: the folder's name).")
@_debug
def init(folder: Path, title: str | None, debug: bool) -> None:  # noqa: ARG001 main reads --debug
    """Make a new station in DIR, ready to build."""
    from nashra import starting  # noqa: PLC0415 each command imports what it needs

    starting.start(folder, title or folder.resolve().name or "نشرة")
    click.echo(f"{folder}: a new station; put articles into {folder / 'articles'}, then run `nashra build`")


@cli.command()
@click.argument("articles", nargs=-1)
@_station
@_voice
@click.option("--why", is_flag=True, help="Say of every article why it is made, or that it is up to date.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option("--force", is_flag=True, help="Make the episodes again though nothing changed.")
@click.option("--jobs", type=click.IntRange(1), help="Chapters encoded at once (usual: one a core).")
@_debug
def build(
    articles: tuple[str, ...],
    folder: Path | None,
    voice: str,
    why: bool,
    dry_run: bool,
    force: bool,
    jobs: int | None,
    debug: bool,
) -> int:
    """Make episodes of the articles that changed, and the feed. Without ARTICLES: of all."""
    from nashra import build as line  # noqa: PLC0415
    from nashra.planning import Wish  # noqa: PLC0415
    from nashra.store import locked  # noqa: PLC0415

    station = _find(folder)
    wish = Wish(articles, voice, force=force, dry_run=dry_run, jobs=jobs or os.cpu_count() or 1)
    watching = _Bar(why=why or dry_run)
    with locked(
        station.cache / "lock",
        lambda: click.echo("another build of this station runs; waiting for it", err=True),
    ):
        outcome = line.build(station, wish, _now(), watching)
    for failure in outcome.failures:
        if debug:
            traceback.print_exception(failure)
        _complain(failure)
    _report(station, outcome, dry_run=dry_run)
    codes = [failure.exit_code for failure in outcome.failures]
    return codes[0] if len(codes) == 1 else min(len(codes), 1)


@cli.command()
@click.argument("article")
@_station
@_voice
@click.option("--json", "as_json", is_flag=True, help="The script as JSON.")
@_debug
def script(article: str, folder: Path | None, voice: str, as_json: bool, debug: bool) -> None:  # noqa: ARG001
    """Print what will be said of ARTICLE: role, pause, written and spoken text."""
    from nashra import making  # noqa: PLC0415
    from nashra import script as scripts  # noqa: PLC0415
    from nashra.articles import reading  # noqa: PLC0415
    from nashra.planning import article_files, chosen  # noqa: PLC0415
    from nashra.station import voice_of  # noqa: PLC0415

    station = _find(folder)
    file = chosen(article_files(station), (article,))[0]
    read = reading.article((station.articles / file).read_bytes(), file)
    speaking = voice_of(station, voice or read.voice, f"articles/{file}")
    said = making.script_of(station, read, speaking, making.marker(station))
    click.echo(json.dumps(asdict(said), ensure_ascii=False, indent=1) if as_json else scripts.as_text(said))


@cli.command()
@click.argument("text")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="say.mp3",
    help="An .mp3 or .wav file (usual: say.mp3).",
)
@_station
@_voice
@_debug
def say(text: str, output: Path, folder: Path | None, voice: str, debug: bool) -> None:  # noqa: ARG001
    """Speak TEXT in the station's voice into a file."""
    from nashra import saying  # noqa: PLC0415
    from nashra.model import seconds  # noqa: PLC0415

    station = _find(folder, or_none=True)
    frames = saying.say(station, text, voice, output)
    click.echo(f"{output}  {seconds(frames):.1f} s")


def _find(folder: Path | None, *, or_none: bool = False) -> Station:
    from nashra import station  # noqa: PLC0415

    if folder is not None:
        return station.load(folder)
    try:
        root = station.find(Path.cwd())
    except ConfigurationError:
        if or_none:
            return station.none()
        raise
    return station.load(root)


def _now() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as wrong:
        what = f"`{epoch}` is no number of seconds"
        raise ConfigurationError(what, where="SOURCE_DATE_EPOCH", then="correct or unset it") from wrong


def _complain(failure: NashraError) -> None:
    click.echo(f"nashra: {failure}", err=True)


class _Bar:
    """One bar for the episode that is being made, clips counted, on stderr."""

    def __init__(self, *, why: bool) -> None:
        self._why = why
        self._bar: Any = None

    def planned(self, file: str, reason: str) -> None:
        if self._why:
            click.echo(f"{file}: {reason or 'up to date'}")

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        from tqdm import tqdm  # noqa: PLC0415 not for a build with nothing to do

        form = "{desc} |{bar}| {n_fmt}/{total_fmt} clips [{elapsed}<{remaining}]"
        name = f"{file}  voice {voice.engine}:{voice.name}"
        self._bar = tqdm(total=clips, desc=name, bar_format=form, file=sys.stderr, dynamic_ncols=True)

    def spoken(self, clips: int) -> None:
        self._bar.update(min(clips, self._bar.total - self._bar.n))

    def finished(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _report(station: Station, outcome: Outcome, *, dry_run: bool) -> None:
    for episode in outcome.made:
        _report_episode(episode)
    if dry_run:
        click.echo(f"{outcome.due} of {outcome.articles} would be made; nothing was changed")
        return
    if not outcome.made and not outcome.failures and not outcome.written:
        click.echo(f"nothing to do: {outcome.articles} articles, none changed")
    feed = station.feed / "feed.xml"
    if feed.exists():
        click.echo(f"feed  {_shown(feed)}")
        click.echo(f"page  {_shown(station.feed / 'index.html')}")
        show = station.settings.show
        if show.base_url.startswith("http://localhost"):
            click.echo(
                "note  the feed is for this machine until nashra.toml says where it will be: show.base_url"
            )


def _report_episode(episode: Episode) -> None:
    from nashra.feed.timing import clock  # noqa: PLC0415

    level = f"{episode.level.lufs:.1f} LUFS  peak {episode.level.dbtp:.1f} dBTP"
    size = f"{episode.media.bytes / 1_000_000:.1f} MB"
    click.echo(f"audio/{episode.media.file}  {clock(episode.frames)}  {size}  {level}")
    for chapter in episode.chapters:
        click.echo(f"  {clock(chapter.start):>7}  {chapter.title}")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
