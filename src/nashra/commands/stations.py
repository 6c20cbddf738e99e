"""The command line of a build, of one station and of all below a folder."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nashra.commands.cluster import Monitor, ahead
from nashra.commands.options import now, waiting
from nashra.commands.reporting import articles, complain
from nashra.errors import AudioError, ConfigurationError, NashraError
from nashra.locking import locked
from nashra.store import storing

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.build import Outcome
    from nashra.building.planning import Wish
    from nashra.building.watching import Watching
    from nashra.cluster.lasting import Lasting
    from nashra.shelves import Shared
    from nashra.station import Station

all_option = click.option(
    "--all",
    "every",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder: build every station in it and below, one after the other.",
)


def refuse_with_all(articles: tuple[str, ...], folder: Path | None) -> None:
    """Refuse what cannot be meant of every station; raises ConfigurationError."""
    if articles or folder is not None:
        what = "`--all` builds whole stations, and finds them by itself"
        raise ConfigurationError(
            what, where="--all", then="leave out ARTICLES and --station, or leave out --all"
        )


store_option = click.option(
    "--store", metavar="ADDRESS", default="", help="A shared store instead of the station's `store.url`."
)


def shared(station: Station, url: str = "") -> Shared | None:
    """Return the store that a station shares, None when it shares none; raises ConfigurationError."""
    said = url or station.settings.store.url
    if not said:
        return None
    from nashra import shelves  # noqa: PLC0415 each command imports what it needs

    # An address from the command line is named from where that was typed, as every path there.
    where = shelves.address(said, Path.cwd() if url else station.root)
    writer = f"{socket.gethostname()}-{os.getpid()}"
    return shelves.Shared(where, writer, lambda what: click.echo(f"nashra: {what}", err=True))


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a build has beyond its own folder: a store, a cluster, somebody who watches from afar."""

    store: str = ""
    cluster: str = ""
    as_lines: bool = False
    metrics: Path | None = None
    no_wait: bool = False


BOUND_EVERY = 50
"""Articles after which a long build looks whether its folder has grown beyond `store.local_mb`."""


def build_one(station: Station, wish: Wish, watching: Watching, beyond: Beyond) -> Outcome:
    """Build a station, holding its lock; raises what `build.build` does."""
    from nashra.cluster.lasting import Lasting  # noqa: PLC0415 as above

    with Lasting() as clusters:
        return _built(station, wish, watching, beyond, clusters, station.root.resolve().name)


def _built(
    station: Station, wish: Wish, watching: Watching, beyond: Beyond, clusters: Lasting, name: str
) -> Outcome:
    from nashra import build as line  # noqa: PLC0415 as above
    from nashra.building import finished  # noqa: PLC0415 as above
    from nashra.building.planning import article_files, chosen  # noqa: PLC0415 as above

    behind = shared(station, beyond.store)
    station = replace(station, behind=behind)
    with locked(station.cache / "lock", waiting("build", no_wait=beyond.no_wait)):
        if behind is not None and not wish.dry_run:
            for file in finished.bring(station, behind):
                click.echo(f"audio/{file} comes from the store", err=True)
        monitor = Monitor(watching, name, beyond.as_lines, beyond.metrics)
        cluster = beyond.cluster or station.settings.cluster.address
        many = len(chosen(article_files(station), wish.articles))
        with ExitStack() as stack:
            if cluster not in {"", "none"} and not wish.dry_run:
                on_cluster = ahead(station, wish, beyond.cluster, beyond.store, clusters, monitor)
                wish = replace(wish, hold=stack.enter_context(on_cluster))
            monitor.begin("build", many)
            outcome = line.build(station, replace(wish, hold=_bounded(station, wish.hold)), now(), monitor)
        monitor.end(outcome)
        if behind is not None and outcome.made:
            finished.leave(station, behind, outcome.made)
        if outcome.made:
            _bound(station)
        return outcome


def _bounded(
    station: Station, hold: Callable[[str], NashraError | None]
) -> Callable[[str], NashraError | None]:
    """Return what is asked before each article: it lets go, now and then, of what was used longest ago."""
    asked = count(1)

    def first(file: str) -> NashraError | None:
        if next(asked) % BOUND_EVERY == 0:
            _bound(station)
        return hold(file)

    return first


def _bound(station: Station) -> None:
    """Let go of what a station keeps beyond its bound, the least recently used first; raises AudioError."""
    most = station.settings.store.local_mb * 1_000_000
    if most:
        from nashra import caching, shelves  # noqa: PLC0415 as above

        with storing(AudioError, str(station.cache)):
            caching.prune(shelves.Near(station.cache), most=most)


def build_all(folder: Path, wish: Wish, watching: Watching, beyond: Beyond) -> int:
    """Build every station below a folder, a line of summary each; one that fails stops no other.

    A cluster that they have in common is opened once.
    """
    from nashra import stations  # noqa: PLC0415 as above
    from nashra.cluster.lasting import Lasting  # noqa: PLC0415 as above

    with Lasting() as clusters:
        return exit_code(_all_of(stations.below(folder), folder, wish, watching, beyond, clusters))


def _all_of(
    found: tuple[Path, ...], folder: Path, wish: Wish, watching: Watching, beyond: Beyond, clusters: Lasting
) -> list[int]:
    from nashra import station  # noqa: PLC0415 as above

    codes = []
    for root in found:
        name = root.relative_to(folder).as_posix()
        failures: tuple[NashraError, ...]
        try:
            outcome = _built(station.load(root), wish, watching, beyond, clusters, name)
        except NashraError as stopped:
            failures, said = (stopped,), "failed"
        else:
            failures, said = outcome.failures, _summary(outcome, wish)
        for failure in failures:
            complain(_of(name, failure))
        codes += [failure.exit_code for failure in failures]
        if not beyond.as_lines:
            click.echo(f"{name}: {said}")
    return codes


def exit_code(codes: list[int]) -> int:
    """Return the one code that failures are told by: its own for one, 1 for several.

    >>> [exit_code(codes) for codes in ([], [4], [4, 4])]
    [0, 4, 1]
    """
    return codes[0] if len(codes) == 1 else min(len(codes), 1)


def _summary(outcome: Outcome, wish: Wish) -> str:
    if wish.dry_run:
        return f"{outcome.due} of {outcome.articles} would be made"
    failed = f", {len(outcome.failures)} failed" if outcome.failures else ""
    return f"{len(outcome.made)} made of {articles(outcome.articles)}{failed}"


def _of(name: str, failure: NashraError) -> NashraError:
    """Return a failure with the station it happened in."""
    from nashra.configuration import FILE  # noqa: PLC0415 as above

    where = f"{name}/{failure.where or FILE}" if not failure.where.startswith("/") else failure.where
    placed = type(failure)(failure.what, where=where, then=failure.then)
    placed.__cause__ = failure
    return placed
