"""The commands that show, speak and correct what is said: script, spoken, lexicon, say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

import click

from nashra.arabic.endings import DEPTHS
from nashra.commands.options import debug_option, find, station_option, voice_option
from nashra.commands.reporting import passed_over, show_script

_output = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default="say.mp3",
    help="Where to hear it: an .mp3 or .wav file (usual: say.mp3).",
)


@click.command()
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


@click.command()
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


@click.group()
def lexicon() -> None:
    """How words and names are said: the station's lexicon.toml."""


@lexicon.command()
@click.argument("word")
@click.argument("spoken")
@_output
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


@click.command()
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
