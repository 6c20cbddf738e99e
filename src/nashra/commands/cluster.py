"""The command line of a build on a cluster, and of watching a long build from outside."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nashra.cluster.standing import Standing, as_json, as_line, as_metrics
from nashra.commands.options import now
from nashra.errors import AudioError
from nashra.store import storing, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nashra.build import Outcome
    from nashra.building.planning import Wish
    from nashra.building.watching import Watching
    from nashra.cluster.lasting import Lasting
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

    It stands before what a build tells otherwise, and passes everything on. While a cluster speaks, how far
    that is is told, though the build joins what comes of it meanwhile; the two are on threads of their own.
    """

    def __init__(self, watching: Watching, station: str, as_lines: bool, metrics: Path | None) -> None:
        self._watching, self._station = watching, station
        self._as_lines, self._metrics = as_lines, metrics
        self._alone = threading.RLock()
        self._told = self._lined = time.monotonic()
        self._began = {"build": self._told}
        self._phases = {"build": Standing("build")}
        self._phase = "build"
        self._speaking = False

    def begin(self, phase: str, articles: int) -> None:
        """Begin a phase of so many articles; that of a cluster goes before the build beside it."""
        with self._alone:
            self._began[phase] = time.monotonic()
            self._phases[phase] = Standing(phase, articles)
            if phase == "cluster":
                self._phase = phase
            if phase == self._phase:
                self._tell(always=True)

    def over(self) -> None:
        """Hear that the cluster has done what it does; what failed there stays known."""
        with self._alone:
            self._tell(always=True)
            self._phase = "build"
            self._change("build", failures=self._phases["cluster"].failures)

    def workers(self, many: int) -> None:
        """Hear how many workers there are."""
        self._change("cluster", workers=many)

    def progress(self, clips: int, frames: int) -> None:
        """Hear that so many clips more are done on the cluster, which last so many PCM frames."""
        self._more("cluster", clips, frames)

    def answered(self, order: Order, answer: Answer) -> None:
        """Hear that an order was carried out, or why not."""
        with self._alone:
            now = self._phases["cluster"]
            failures = (*now.failures, (order.file, answer.failed)) if answer.failed else now.failures
            chapters = now.chapters + answer.chapters
            self._change("cluster", done=now.done + 1, chapters=chapters, failures=failures)

    def said(self, what: str) -> None:
        """Hear something that a person should read."""
        click.echo(f"nashra: {what}", err=True)

    def end(self, outcome: Outcome) -> None:
        """Hear what came of it all: what the build made up for is no failure."""
        failures = tuple((failure.where, failure.what) for failure in outcome.failures)
        chapters = sum(len(episode.chapters) for episode in outcome.made)
        with self._alone:
            now = self._phases["build"]
            self._phases["build"] = replace(now, done=now.articles, failures=failures, chapters=chapters)
            self._tell(always=True)
        if self._as_lines:
            made = [f"audio/{episode.media.file}" for episode in outcome.made]
            end = {"event": "finished", "station": self._station, "made": made, "articles": outcome.articles}
            click.echo(json.dumps({**end, "failed": len(failures)}, ensure_ascii=False))

    def planned(self, file: str, reason: str) -> None:
        """Pass on; what is up to date is done."""
        self._watching.planned(file, reason)
        if not reason:
            self._one_done()

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Pass on."""
        self._speaking = True
        self._watching.speaking(file, voice, clips)

    def spoken(self, clips: int, frames: int) -> None:
        """Pass on, and count."""
        self._watching.spoken(clips, frames)
        self._more("build", clips, frames)

    def passed_over(self, voice: Voice, why: str) -> None:
        """Pass on."""
        self._watching.passed_over(voice, why)

    def finished(self) -> None:
        """Pass on, and count the article that was spoken."""
        self._watching.finished()
        if self._speaking:
            self._speaking = False
            self._one_done()

    def _one_done(self) -> None:
        with self._alone:
            self._change("build", done=self._phases["build"].done + 1)

    def _more(self, phase: str, clips: int, frames: int) -> None:
        with self._alone:
            now = self._phases[phase]
            self._change(phase, clips=now.clips + clips, frames=now.frames + frames)

    def _change(self, phase: str, **changed: Any) -> None:  # noqa: ANN401 fields of Standing
        with self._alone:
            self._phases[phase] = replace(self._phases[phase], **changed)
            if phase == self._phase:
                self._tell()

    def _tell(self, *, always: bool = False) -> None:
        at = time.monotonic()
        if not always and at - self._told < EVERY_S:
            return
        self._told = at
        now = replace(self._phases[self._phase], since_s=at - self._began[self._phase])
        if self._as_lines:
            click.echo(json.dumps({"station": self._station, **as_json(now)}, ensure_ascii=False))
        elif now.phase == "cluster" and (always or at - self._lined >= LINE_EVERY_S):
            self._lined = at
            click.echo(as_line(now), err=True)
        if self._metrics is not None:
            with storing(AudioError, str(self._metrics)):
                write(self._metrics, as_metrics(now, self._station).encode(), durable=False)


@contextmanager
def ahead(
    station: Station, wish: Wish, said: str, store: str, clusters: Lasting, monitor: Monitor
) -> Iterator[Callable[[str], NashraError | None]]:
    """Have a build's sound made on the cluster that is meant while the block builds; give its `Wish.hold`."""
    from nashra import shelves  # noqa: PLC0415 not for a build without a cluster
    from nashra.cluster import ahead as on_cluster  # noqa: PLC0415 the same
    from nashra.cluster import opening, running  # noqa: PLC0415 the same

    cluster = station.settings.cluster
    address = opening.address(said or cluster.address, cluster, "--cluster" if said else "`cluster.address`")
    named = store or station.settings.store.url
    url = shelves.address(named, Path.cwd() if store else station.root) if named else ""
    watch = running.Watch(monitor.workers, monitor.progress, monitor.answered, monitor.said)
    watcher = on_cluster.Watcher(lambda many: monitor.begin("cluster", many), watch, monitor.over)
    where = on_cluster.Where(address, clusters, url, time.monotonic)
    with on_cluster.making_ahead(station, wish, now(), where, watcher) as hold:
        yield hold
