"""The command line of a build on a cluster, and of watching a long build from outside."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nashra.cluster.standing import Standing, as_json, as_line, as_metrics
from nashra.commands.options import now
from nashra.errors import AudioError
from nashra.store import storing, write

if TYPE_CHECKING:
    from nashra.build import Outcome
    from nashra.building.planning import Wish
    from nashra.building.watching import Watching
    from nashra.cluster.orders import Answer, Order
    from nashra.errors import NashraError
    from nashra.model import Voice
    from nashra.station import Station

EVERY_S = 1.0
"""Seconds between two lines of JSON, and between two writes of the metrics."""

LINE_EVERY_S = 10.0
"""Seconds between two lines for a person: they may stand in the log of a night."""

cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Speak on a cluster: local:N for N processes of this machine, or tls://HOST:PORT of a scheduler.",
)
json_option = click.option("--json", "as_lines", is_flag=True, help="Progress as lines of JSON on stdout.")
metrics_option = click.option(
    "--metrics",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file that tells Prometheus how far the build is, written anew every second.",
)


class Monitor:
    """How far a build is, told to whoever asked: a terminal, lines of JSON, a file of metrics.

    It stands before what a build tells otherwise, and passes everything on.
    """

    def __init__(self, watching: Watching, station: str, as_lines: bool, metrics: Path | None) -> None:
        self._watching, self._station = watching, station
        self._as_lines, self._metrics = as_lines, metrics
        self._began = self._told = self._lined = time.monotonic()
        self._now = Standing("build")
        self._speaking = False

    def begin(self, phase: str, articles: int) -> None:
        """Begin a phase of so many articles; how far the last one came is told, what failed stays known."""
        if self._now.done:
            self._tell(always=True)
        self._began = time.monotonic()
        self._now = Standing(phase, articles, failures=self._now.failures)
        self._tell(always=True)

    def workers(self, many: int) -> None:
        """Hear how many workers there are."""
        self._now = replace(self._now, workers=many)
        self._tell()

    def progress(self, clips: int, frames: int) -> None:
        """Hear that so many clips more are done, which last so many PCM frames."""
        now = self._now
        self._now = replace(now, clips=now.clips + clips, frames=now.frames + frames)
        self._tell()

    def answered(self, order: Order, answer: Answer) -> None:
        """Hear that an order was carried out, or why not."""
        now = self._now
        failures = (*now.failures, (order.file, answer.failed)) if answer.failed else now.failures
        self._now = replace(
            now, done=now.done + 1, chapters=now.chapters + answer.chapters, failures=failures
        )
        self._tell()

    def said(self, what: str) -> None:
        """Hear something that a person should read."""
        click.echo(f"nashra: {what}", err=True)

    def end(self, outcome: Outcome) -> None:
        """Hear what came of it all: what the build made up for is no failure."""
        failures = tuple((failure.where, failure.what) for failure in outcome.failures)
        chapters = sum(len(episode.chapters) for episode in outcome.made)
        self._now = replace(self._now, done=self._now.articles, failures=failures, chapters=chapters)
        self._tell(always=True)
        if self._as_lines:
            made = [f"audio/{episode.media.file}" for episode in outcome.made]
            end = {"event": "finished", "station": self._station, "made": made, "articles": outcome.articles}
            click.echo(json.dumps({**end, "failed": len(failures)}, ensure_ascii=False))

    def planned(self, file: str, reason: str) -> None:
        """Pass on; what is up to date is done."""
        self._watching.planned(file, reason)
        if not reason:
            self._now = replace(self._now, done=self._now.done + 1)

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Pass on."""
        self._speaking = True
        self._watching.speaking(file, voice, clips)

    def spoken(self, clips: int, frames: int) -> None:
        """Pass on, and count."""
        self._watching.spoken(clips, frames)
        self.progress(clips, frames)

    def passed_over(self, voice: Voice, why: str) -> None:
        """Pass on."""
        self._watching.passed_over(voice, why)

    def finished(self) -> None:
        """Pass on, and count the article that was spoken."""
        self._watching.finished()
        if self._speaking:
            self._speaking = False
            self._now = replace(self._now, done=self._now.done + 1)
            self._tell()

    def _tell(self, *, always: bool = False) -> None:
        at = time.monotonic()
        if not always and at - self._told < EVERY_S:
            return
        self._told = at
        self._now = replace(self._now, since_s=at - self._began)
        if self._as_lines:
            click.echo(json.dumps({"station": self._station, **as_json(self._now)}, ensure_ascii=False))
        elif self._now.phase == "cluster" and (always or at - self._lined >= LINE_EVERY_S):
            self._lined = at
            click.echo(as_line(self._now), err=True)
        if self._metrics is not None:
            with storing(AudioError, str(self._metrics)):
                write(self._metrics, as_metrics(self._now, self._station).encode(), durable=False)


def ahead(station: Station, wish: Wish, said: str, store: str, monitor: Monitor) -> dict[str, NashraError]:
    """Have a build's sound made on the cluster that is meant; return what nobody should try in this build."""
    from nashra import shelves  # noqa: PLC0415 not for a build without a cluster
    from nashra.cluster import ahead as making_ahead  # noqa: PLC0415 the same
    from nashra.cluster import opening, running  # noqa: PLC0415 the same

    cluster = station.settings.cluster
    where = opening.address(said or cluster.address, cluster, "--cluster" if said else "`cluster.address`")
    named = store or station.settings.store.url
    url = shelves.address(named, Path.cwd() if store else station.root) if named else ""
    watch = running.Watch(monitor.workers, monitor.progress, monitor.answered, monitor.said)
    watcher = making_ahead.Watcher(lambda many: monitor.begin("cluster", many), watch)
    return making_ahead.make_ahead(station, wish, now(), where, url, time.monotonic, watcher)
