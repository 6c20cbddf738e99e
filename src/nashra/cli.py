"""The command line: arguments in, values down, lines out. Clock and environment are read here only."""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import IO, NoReturn

import click

from nashra import __version__
from nashra.arabic.endings import DEPTHS
from nashra.commands import (
    articles,
    cache,
    checking,
    cluster,
    correcting,
    examining,
    inspecting,
    moving,
    pruning,
    publishing,
    pulling,
    serving,
    stations,
    verifying,
)
from nashra.commands.grouping import Grouped, told
from nashra.commands.options import Whole, debug_option, find, no_wait_option, station_option, voice_option
from nashra.commands.reporting import Bar, complain, passed_over, report, show_script
from nashra.errors import ConfigurationError, NashraError


class Ended(KeyboardInterrupt):
    """Somebody asks for the end (SIGTERM), or the terminal is gone (SIGHUP); has the signal's number."""


def _end(number: int, _frame: object) -> NoReturn:
    raise Ended(number)


def _heed_signals() -> None:
    """End on SIGTERM and SIGHUP as on Ctrl-C: engines closed, no part of a file left behind."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # not in the main thread: whoever runs us there handles signals
                signal.signal(number, _end)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0, the code of the error's branch, or 128 and a signal's number."""
    _heed_signals()
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and C locales would stop at the first Arabic letter.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    for threads in ("TT_ORT_THREADS", "OPENBLAS_NUM_THREADS"):
        # Our own threads fill the cores. Those of onnxruntime wait for work by spinning: 0.8 s of a
        # build's 3.5 s of CPU, taken from the encoder.
        os.environ.setdefault(threads, "1")
    # onnxruntime 1.32 tells its maker, over the network, of every model that is run.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    # Ten thousand records are no garbage, and looking through them for some took a tenth of a build.
    gc.set_threshold(200_000, 20, 50)
    # All that was loaded goes with the process: to look through it for garbage took 0.13 s at the end.
    atexit.register(gc.freeze)
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = cli.main(arguments, prog_name="nashra", standalone_mode=False)
    except NashraError as failure:
        if "--debug" in arguments:
            traceback.print_exc()
        complain(failure)
        code = failure.exit_code
    except click.ClickException as wrong:
        what, where, then = told(wrong)
        complain(ConfigurationError(what, where=where, then=then))
        code = ConfigurationError.exit_code
    except (click.Abort, KeyboardInterrupt) as end:
        cause = end.__cause__  # click makes an Abort of what it is interrupted by
        code = 128 + (cause.args[0] if isinstance(cause, Ended) else signal.SIGINT)
        with suppress(OSError):  # the terminal may be what is gone
            click.echo("stopped; every finished clip is kept, the same command goes on from there", err=True)
    sys.exit(code if isinstance(code, int) else 0)


_output = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default="say.mp3",
    help="An .mp3 or .wav file (usual: say.mp3).",
)


@click.group(cls=Grouped, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="nashra")
def cli() -> None:
    """Turn written Arabic news into a podcast."""


@cli.command()
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

    if github and (folder / FILE).is_file():
        click.echo(
            f"{hosting.workflow(folder)}: builds and publishes the station at GitHub (docs/publish.md)"
        )
        return
    starting.start(folder, title or folder.resolve().name or "نشرة")
    click.echo(f"{folder}: a new station; put articles into {folder / 'articles'}, then run `nashra build`")
    click.echo(f"{folder / 'sounds'}: a jingle to begin with; uncomment its lines under [sound] to hear it")
    if github:
        click.echo(
            f"{hosting.workflow(folder)}: builds and publishes the station at GitHub (docs/publish.md)"
        )


@cli.command()
@click.argument("articles", nargs=-1)
@station_option
@voice_option
@click.option("--why", is_flag=True, help="Say of every article why it is made, or that it is up to date.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option("--force", is_flag=True, help="Make the episodes again though nothing changed.")
@click.option(
    "--reissue", is_flag=True, help="Issue ARTICLES anew after a serious error, with another guid and date."
)
@click.option("--keep-audio", is_flag=True, help="Take edited text over, and keep the sound as it is.")
@click.option("--jobs", type=Whole(1), help="How many parts are encoded at once (usual: one a core).")
@no_wait_option
@stations.all_option
@stations.store_option
@cluster.cluster_option
@cluster.json_option
@cluster.metrics_option
@debug_option
def build(
    articles: tuple[str, ...],
    folder: Path | None,
    voice: str,
    why: bool,
    dry_run: bool,
    force: bool,
    reissue: bool,
    keep_audio: bool,
    jobs: int | None,
    no_wait: bool,
    every: Path | None,
    store: str,
    cluster: str,
    as_lines: bool,
    metrics: Path | None,
    debug: bool,
) -> int:
    """Make episodes of the articles that changed, and the feed.

    ARTICLES are names of files in articles/ (usual: all of them).
    """
    from nashra.building.planning import Wish  # noqa: PLC0415

    if reissue and not articles:
        raise click.UsageError("--reissue needs the articles that shall be issued anew")
    if keep_audio and (reissue or force or voice):
        raise click.UsageError("--keep-audio makes no sound: leave --reissue, --force and --voice out")
    wish = Wish(
        articles,
        voice,
        force=force,
        dry_run=dry_run,
        jobs=jobs or os.cpu_count() or 1,
        reissue=reissue,
        keep_audio=keep_audio,
    )
    watching = Bar(why=why or dry_run)
    beyond = stations.Beyond(store, cluster, as_lines, metrics, no_wait)
    if every is not None:
        stations.refuse_with_all(articles, folder)
        return stations.build_all(every, wish, watching, beyond)
    station = find(folder)
    outcome = stations.build_one(station, wish, watching, beyond)
    for failure in outcome.failures:
        if debug:
            traceback.print_exception(failure)
        complain(failure)
    if not as_lines:
        report(station, outcome, dry_run=dry_run)
    return stations.exit_code([failure.exit_code for failure in outcome.failures])


@cli.command()
@click.argument("article")
@station_option
@voice_option
@click.option("--explain", is_flag=True, help="Say of every change which rule made it, and of what.")
@click.option("--json", "as_json", is_flag=True, help="The script as JSON, changes included.")
@debug_option
def script(
    article: str,
    folder: Path | None,
    voice: str,
    explain: bool,
    as_json: bool,
    debug: bool,  # noqa: ARG001
) -> None:
    """Print what will be said of ARTICLE, a file in articles/: pauses, written and spoken text.

    What is doubtful stands on stderr.
    """
    from nashra import script as scripts  # noqa: PLC0415
    from nashra.articles import reading  # noqa: PLC0415
    from nashra.building import making, performing, speech  # noqa: PLC0415
    from nashra.building.planning import article_files, chosen  # noqa: PLC0415
    from nashra.station import voices_of  # noqa: PLC0415

    station = find(folder)
    file = chosen(article_files(station), (article,))[0]
    raw = (station.articles / file).read_bytes()
    read, corrected = performing.as_aired(station, file, raw, reading.article(raw, file))
    speaking = voices_of(station, voice or read.voice, f"articles/{file}")[0]
    said = making.script_of(station, read, speaking, speech.marker(station), corrected=corrected)
    if as_json:
        click.echo(json.dumps(scripts.as_json(said), ensure_ascii=False, indent=1))
    else:
        show_script(said, explain=explain)


@cli.command()
@click.argument("file", type=click.File("rb"), default="-")
@station_option
@click.option("--no-marks", is_flag=True, help="Without vowel marks, to compare with.")
@click.option("--endings", type=click.Choice(DEPTHS), help="Other endings than the station's.")
@debug_option
def spoken(
    file: IO[bytes],
    folder: Path | None,
    no_marks: bool,
    endings: str | None,
    debug: bool,  # noqa: ARG001
) -> None:
    """Print the lines of FILE (or of standard input) as they will be said, a line for each line.

    A line that is only a byline is not said: its place stays empty, and stderr names it.
    """
    from nashra import wording  # noqa: PLC0415

    station = find(folder, or_none=True)
    if endings:
        station = station.reading(endings=endings)
    for line, dropped in wording.lines(station, file.read(), getattr(file, "name", "-"), marks=not no_marks):
        click.echo(line)
        if dropped:
            click.echo(f"byline: «{dropped}» → nothing", err=True)


@cli.group()
def lexicon() -> None:
    """How words and names are said: the station's lexicon.toml."""


@lexicon.command()
@click.argument("word")
@click.argument("spoken")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default="say.mp3",
    help="Where to hear it: an .mp3 or .wav file (usual: say.mp3).",
)
@station_option
@debug_option
def add(word: str, spoken: str, output: Path, folder: Path | None, debug: bool) -> None:  # noqa: ARG001
    """Say WORD (or phrase) as SPOKEN from now on, and speak it into a file.

    SPOKEN is Arabic with vowel marks, or IPA between slashes.
    """
    from nashra import wording  # noqa: PLC0415
    from nashra.model import seconds  # noqa: PLC0415

    station = find(folder)
    heard = wording.add(station, word, spoken, output)
    click.echo(f"{word} → {heard.spoken}")
    click.echo(f"{output}  {seconds(heard.frames):.1f} s")
    for file in heard.articles:
        click.echo(f"{file} has it; published, it keeps its sound until `nashra build --force {file}`")


@lexicon.command()
@click.argument("article")
@station_option
@debug_option
def missing(article: str, folder: Path | None, debug: bool) -> None:  # noqa: ARG001
    """List the words of ARTICLE of whose reading Nashra is least sure, the most doubtful first."""
    from nashra import wording  # noqa: PLC0415

    for doubt in wording.missing(find(folder), article):
        click.echo(f"{doubt.word}  {doubt.reason}")


@cli.command()
@click.argument("text")
@_output
@station_option
@voice_option
@debug_option
def say(text: str, output: Path, folder: Path | None, voice: str, debug: bool) -> None:  # noqa: ARG001
    """Speak TEXT in the station's voice into a file."""
    from nashra import saying  # noqa: PLC0415
    from nashra.model import seconds  # noqa: PLC0415

    station = find(folder, or_none=True)
    frames = saying.say(station, text, voice, output, passed_over)
    click.echo(f"{output}  {seconds(frames):.1f} s")


for command in (
    articles.read,
    articles.add,
    cache.cache,
    checking.check,
    correcting.withdraw,
    correcting.redirects,
    examining.doctor,
    inspecting.inspect,
    moving.move,
    pulling.pull,
    pulling.approve,
    pruning.prune,
    verifying.verify,
    serving.serve,
    serving.watch,
    publishing.publish,
    publishing.restore,
):
    cli.add_command(command)
