"""What a person at a terminal is told: progress on stderr, results on stdout, one complaint a line."""

from __future__ import annotations

import difflib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nashra.arabic.letters import strip_marks
from nashra.audio.voices import shown
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.build import Outcome
    from nashra.errors import NashraError
    from nashra.inspecting import Inspection
    from nashra.model import Change, Episode, Script, Utterance, Voice
    from nashra.pulling import Pulled
    from nashra.station import Station

_SHOWN = 5
"""Places of an article that a build names; `nashra script` names them all."""


def complain(failure: NashraError) -> None:
    """Say what went wrong, where, and what next."""
    click.echo(f"nashra: {failure}", err=True)


def passed_over(voice: Voice, why: str) -> None:
    """Say that a voice cannot be had."""
    click.echo(f"{shown(voice)} is passed over: {why}", err=True)


class Bar:
    """One bar for the episode that is being made, clips counted, on stderr."""

    def __init__(self, *, why: bool) -> None:
        self._why = why
        self._bar: Any = None
        self._frames = 0

    def planned(self, file: str, reason: str) -> None:
        """Say of an article why it will be made, if that was asked."""
        if self._why:
            click.echo(f"{file}: {reason or 'up to date'}")

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Begin a bar."""
        from threading import RLock  # noqa: PLC0415 as tqdm

        from tqdm import tqdm  # noqa: PLC0415 not for a build with nothing to do

        tqdm.set_lock(RLock())  # its own is for several processes too, and takes 13 ms to load

        form = "{desc} |{bar}| {n_fmt}/{total_fmt} clips{postfix} [{elapsed}, {remaining} left]"
        self._frames = 0
        name = f"{file}  voice {shown(voice)}"
        self._bar = tqdm(total=clips, desc=name, bar_format=form, file=sys.stderr, dynamic_ncols=True)

    def spoken(self, clips: int, frames: int) -> None:
        """Move the bar: clips, seconds of sound, and how much faster than listening that is."""
        self._frames += frames
        sound = seconds(self._frames)
        elapsed = self._bar.format_dict["elapsed"]
        self._bar.set_postfix_str(f"{sound:.0f} s of sound, {sound / max(elapsed, 0.01):.0f}x", refresh=False)
        self._bar.update(min(clips, self._bar.total - self._bar.n))

    def passed_over(self, voice: Voice, why: str) -> None:
        """Say that the next voice of the chain speaks, and why."""
        passed_over(voice, why)

    def finished(self) -> None:
        """End the bar, if one was begun."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def report(station: Station, outcome: Outcome, *, dry_run: bool) -> None:
    """Say what a build made, and what is left to look at."""
    for name in outcome.strangers:
        click.echo(
            f"articles/{name} is no article yet; bring it in with `nashra add articles/{name}`", err=True
        )
    for file, notes in outcome.notes.items():
        for note in notes:
            click.echo(f"articles/{file}: {note}", err=True)
    for episode in outcome.made:
        _report_episode(episode)
        _report_unread(episode.article, outcome.unread.get(episode.article, ()))
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


def _report_unread(file: str, unread: Sequence[Change]) -> None:
    for change in unread[:_SHOWN]:
        click.echo(f"  not understood: «{change.before}», read as «{change.after}»")
    if unread:
        more = f"{len(unread) - _SHOWN} more; " if len(unread) > _SHOWN else ""
        click.echo(f"  {more}see `nashra script {file} --explain`, and `nashra lexicon add` for names")


def report_inspection(found: Inspection) -> None:
    """Say what was measured of a finished episode."""
    from nashra.feed.timing import clock  # noqa: PLC0415 not for a build with nothing to do
    from nashra.model import RATE, seconds  # noqa: PLC0415

    episode, level = found.episode, found.level
    click.echo(f"{episode.slug}  {episode.title}")
    size = f"{episode.media.bytes / 1_000_000:.1f} MB"
    click.echo(f"audio/{episode.media.file}  {clock(found.frames)} ({seconds(found.frames):.3f} s)  {size}")
    click.echo(f"loudness  {level.lufs:.1f} LUFS  peak {level.dbtp:.1f} dBTP")
    click.echo(
        f"speech    {len(episode.cues)} cues  {found.words} words  {found.words_a_minute:.0f} a minute"
    )
    ends = (f"{1000 * frames // RATE} ms" for frames in (found.lead, found.tail))
    click.echo("silence   {} before the first sound, {} behind the last".format(*ends))
    click.echo("chapters")
    for chapter in found.chapters:
        click.echo(f"  {clock(chapter.start):>7}  {chapter.lufs:6.1f} LUFS  {chapter.title}")
    click.echo("longest silences")
    for silence in found.silences:
        cue = next((cue for cue in episode.cues if cue.start >= silence.start), None)
        before = f"  before «{cue.text[:40]}»" if cue else ""
        length = seconds(silence.end - silence.start)
        click.echo(f"  {clock(silence.start):>7}  {length:5.2f} s{before}")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def show_script(script: Script, *, explain: bool) -> None:
    """Print a script for people; in a terminal, what is said otherwise than written is coloured."""
    from nashra import script as scripts  # noqa: PLC0415 not for a build with nothing to do

    text = scripts.as_text(_coloured(script) if is_terminal() else script, explain=explain)
    click.echo(text)
    doubts = scripts.doubts(script)
    if doubts:
        click.echo(
            "1 place to look at:" if len(doubts) == 1 else f"{len(doubts)} places to look at:", err=True
        )
    for sentence, change in doubts:
        click.echo(f"  {scripts.explained(change)}  in «{sentence[:60]}»", err=True)


def is_terminal() -> bool:
    """Say whether stdout is looked at by a person."""
    return sys.stdout.isatty()


def _coloured(script: Script) -> Script:
    chapters = tuple(
        replace(chapter, utterances=tuple(map(_with_colours, chapter.utterances)))
        for chapter in script.chapters
    )
    return replace(script, chapters=chapters)


def _with_colours(line: Utterance) -> Utterance:
    """Return an utterance whose texts have colours where they differ, word by word."""
    written, spoken = line.text.split(), line.spoken.split()
    same = difflib.SequenceMatcher(
        None, [*map(strip_marks, written)], [*map(strip_marks, spoken)], autojunk=False
    )
    texts: dict[str, list[str]] = {"yellow": [], "green": []}
    for kind, a, b, c, d in same.get_opcodes():
        for colour, words in (("yellow", written[a:b]), ("green", spoken[c:d])):
            texts[colour] += words if kind == "equal" else [click.style(word, fg=colour) for word in words]
    return replace(line, text=" ".join(texts["yellow"]), spoken=" ".join(texts["green"]))


def report_pulled(done: Pulled, *, dry_run: bool) -> None:
    """Say what a pull brought, and what is to be done with it."""
    for name in ("new", "updated", "gone"):
        for file in getattr(done, name):
            then = (
                ": no longer at its source; delete the file if it shall go here, too"
                if name == "gone"
                else ""
            )
            click.echo(f"{name:<8} articles/{file}{then}")
    if done.waiting:
        click.echo(f"waiting  {len(done.waiting)} more; the next pull takes them")
    if dry_run:
        click.echo("nothing was changed")
    elif done.new:
        click.echo("hear drafts with `nashra build`, then air them with `nashra approve ARTICLE`")
    elif not (done.updated or done.gone or done.waiting or done.failures):
        click.echo("nothing new")
