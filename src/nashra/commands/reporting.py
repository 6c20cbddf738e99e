"""What a person at a terminal is told: progress on stderr, results on stdout, one complaint a line."""

from __future__ import annotations

import difflib
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nashra.arabic.letters import HARMFUL, strip_marks
from nashra.audio.voices import shown
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.build import Outcome
    from nashra.errors import NashraError
    from nashra.inspecting import Inspection
    from nashra.intake.pulling import Pulled
    from nashra.model import Change, Episode, Script, Utterance, Voice
    from nashra.station import Station

_HARMFUL = re.compile(f"[{HARMFUL}]")
_SHOWN = 5
"""Places of an article that a build names; `nashra script` names them all."""


def say(line: str, *, err: bool = False) -> None:
    r"""Write a line; what would command the terminal is left out: file names may be a stranger's, too.

    >>> say("a\x1b[2Jb")
    a[2Jb
    """
    click.echo(_HARMFUL.sub("", line), err=err)


def complain(failure: NashraError) -> None:
    """Say what went wrong, where, and what next."""
    say(f"nashra: {failure}", err=True)


def passed_over(voice: Voice, why: str) -> None:
    """Say that a voice cannot be had."""
    say(f"{shown(voice)} is passed over: {why}", err=True)


class Bar:
    """One bar for the episode that is being made, clips counted, on stderr."""

    def __init__(self, *, why: bool) -> None:
        self._why = why
        self._bar: Any = None
        self._frames = 0

    def planned(self, file: str, reason: str) -> None:
        """Say of an article why it will be made, if that was asked."""
        if self._why:
            say(f"{file}: {reason or 'up to date'}")

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Begin a bar."""
        from threading import RLock  # noqa: PLC0415 as tqdm

        from tqdm import tqdm  # noqa: PLC0415 not for a build with nothing to do

        tqdm.set_lock(RLock())  # its own is for several processes too, and takes 13 ms to load

        form = "{desc} |{bar}| {n_fmt}/{total_fmt} clips{postfix} [{elapsed}, {remaining} left]"
        self._frames = 0
        name = _HARMFUL.sub("", f"{file}  voice {shown(voice)}")
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
        say(f"articles/{name} is no article yet; bring it in with `nashra add articles/{name}`", err=True)
    notes = [f"articles/{file}: {note}" for file, notes in outcome.notes.items() for note in notes]
    for note in (*notes, *outcome.empty):
        say(note, err=True)
    for episode in outcome.made:
        _report_episode(episode)
        _report_unread(episode.article, outcome.unread.get(episode.article, ()))
    _report_swept(outcome)
    if dry_run:
        say(f"{outcome.due} of {outcome.articles} would be made; nothing was changed")
        return
    if not outcome.made and not outcome.failures and not outcome.written:
        say(f"nothing to do: {articles(outcome.articles)}, none changed")
    if outcome.made and outcome.failures and not outcome.written:
        say("the feed is as it was before this build")
    _report_feeds(station)


def articles(many: int) -> str:
    """Return so many articles in words.

    >>> articles(1), articles(3)
    ('1 article', '3 articles')
    """
    return "1 article" if many == 1 else f"{many} articles"


def _report_feeds(station: Station) -> None:
    feed = station.feed / "feed.xml"
    if feed.exists():
        say(f"feed  {_shown(feed)}")
        say(f"page  {_shown(station.feed / 'index.html')}")
        of_strands = (station.feed / f"{strand.name}.xml" for strand in station.settings.feed)
        for path in filter(Path.exists, of_strands):
            say(f"feed  {_shown(path)}")
        show = station.settings.show
        if show.base_url.startswith("http://localhost"):
            say("note  the feed is for this machine until nashra.toml says where it will be: show.base_url")


def _report_swept(outcome: Outcome) -> None:
    if outcome.swept:
        say(f"swept {len(outcome.swept)} old files that had had their time")
    if outcome.held:
        held = f"{len(outcome.held)} old files are due, which is much at once"
        say(f"{held}; see `nashra prune --dry-run`", err=True)


def _report_episode(episode: Episode) -> None:
    from nashra.feed.timing import clock  # noqa: PLC0415

    level = f"{episode.level.lufs:.1f} LUFS  peak {episode.level.dbtp:.1f} dBTP"
    size = f"{episode.media.bytes / 1_000_000:.1f} MB"
    say(f"audio/{episode.media.file}  {clock(episode.frames)}  {size}  {level}")
    for chapter in episode.chapters:
        say(f"  {clock(chapter.start):>7}  {chapter.title}")


def _report_unread(file: str, unread: Sequence[Change]) -> None:
    for change in unread[:_SHOWN]:
        say(f"  not understood: «{change.before}», read as «{change.after}»")
    if unread:
        more = f"{len(unread) - _SHOWN} more; " if len(unread) > _SHOWN else ""
        say(f"  {more}see `nashra script {file} --explain`, and `nashra lexicon add` for names")


def report_inspection(found: Inspection) -> None:
    """Say what was measured of a finished episode."""
    from nashra.feed.timing import clock  # noqa: PLC0415 not for a build with nothing to do
    from nashra.model import RATE, seconds  # noqa: PLC0415

    episode, level = found.episode, found.level
    say(f"{episode.slug}  {episode.title}")
    size = f"{episode.media.bytes / 1_000_000:.1f} MB"
    say(f"audio/{episode.media.file}  {clock(found.frames)} ({seconds(found.frames):.3f} s)  {size}")
    say(f"loudness  {level.lufs:.1f} LUFS  peak {level.dbtp:.1f} dBTP")
    say(f"speech    {len(episode.cues)} cues  {found.words} words  {found.words_a_minute:.0f} a minute")
    ends = (f"{1000 * frames // RATE} ms" for frames in (found.lead, found.tail))
    say("silence   {} before the first sound, {} behind the last".format(*ends))
    say("chapters")
    for chapter in found.chapters:
        say(f"  {clock(chapter.start):>7}  {chapter.lufs:6.1f} LUFS  {chapter.title}")
    say("longest silences")
    for silence in found.silences:
        cue = next((cue for cue in episode.cues if cue.start >= silence.start), None)
        before = f"  before «{cue.text[:40]}»" if cue else ""
        length = seconds(silence.end - silence.start)
        say(f"  {clock(silence.start):>7}  {length:5.2f} s{before}")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def show_script(script: Script, *, explain: bool) -> None:
    """Print a script for people; in a terminal, what is said otherwise than written is coloured."""
    from nashra import script as scripts  # noqa: PLC0415 not for a build with nothing to do

    text = scripts.as_text(_coloured(script) if is_terminal() else script, explain=explain)
    click.echo(text)  # `say` would take its colours out; an article holds no commands to a terminal
    doubts = scripts.doubts(script)
    if doubts:
        say("1 place to look at:" if len(doubts) == 1 else f"{len(doubts)} places to look at:", err=True)
    for sentence, change in doubts:
        say(f"  {scripts.explained(change)}  in «{sentence[:60]}»", err=True)


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
            say(f"{name:<8} articles/{file}{then}")
    if done.waiting:
        say(f"waiting  {len(done.waiting)} more; the next pull takes them")
    if dry_run:
        say("nothing was changed")
    elif done.new:
        say("hear drafts with `nashra build`, then air them with `nashra approve ARTICLE`")
    elif not (done.updated or done.gone or done.waiting or done.failures):
        say("nothing new")
