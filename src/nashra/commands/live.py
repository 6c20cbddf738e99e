"""A server, and builds beside it, until Ctrl-C: what `nashra serve` and `nashra watch` run."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import io
import signal
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from nashra import edits
from nashra.serving import counting, engine, reloading, telling
from nashra.serving.listing import Listing
from nashra.serving.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path
    from socket import socket

    from nashra.serving.answering import Answer
    from nashra.serving.shelf import Change
    from nashra.serving.telling import Told
    from nashra.station import Station

_LOOK_S = 0.3
"""Seconds between two looks at what may have been edited, and twice as long as an editor takes to save."""
_SHARE = 20
"""A look takes at most one part in so many of the time: ten thousand articles are looked at less often."""
_OWN_FILES = 56
"""Files that this process has open besides connections and what they read, with room to spare."""
_GRACE_S = 1.0
"""Seconds that a build is given to end by itself: in a terminal, Ctrl-C reached it, too."""


_COLLECTING = (700, 10, 10)
"""Python's own thresholds of its garbage collector; those of the command line suit a build, which soon ends.

A connection that breaks off leaves a cycle of 5 kB: a server that collects none grows with its listeners.
"""


class Wanted(NamedTuple):
    """What is wanted beside an answer: a build on every edit, a line for each request, metrics."""

    building: bool = False
    log: TextIO | None = None
    metrics: bool = False


def run(station: Station, sockets: list[socket], change: Change | None, wanted: Wanted) -> None:
    """Serve a station, and build it on every edit if that is wanted, until somebody ends it."""
    gc.set_threshold(*_COLLECTING)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: a collection looks at what came later, and is quick
    with contextlib.suppress(KeyboardInterrupt):  # where signals have no handlers, as on Windows
        asyncio.run(_until_stopped(station, sockets, change, wanted))


async def _until_stopped(
    station: Station, sockets: list[socket], change: Change | None, wanted: Wanted
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(each, stop.set)
    listing = Listing(station, time.time_ns)
    shelf = Shelf(station.root, listing, change, since=int(time.time()))
    if isinstance(wanted.log, io.TextIOWrapper):
        wanted.log.reconfigure(line_buffering=True)  # who follows it sees each request at once
    tally, began = counting.Tally(), time.monotonic()

    def metrics() -> Answer:
        changed = listing.changed()
        age = None if changed is None else round(max(0.0, time.time() - changed), 1)
        running = time.monotonic() - began
        now = counting.Standing(len(door.connections), len(listing.reach().slugs), running, age)
        return counting.page(tally.metrics(station.root.resolve().name, now))

    def told(what: Told) -> None:
        if wanted.metrics:
            tally.count(what)
        if wanted.log:
            with contextlib.suppress(OSError):  # a full disk: the answer was given nevertheless
                wanted.log.write(f"{telling.line(what)}\n")

    private = {counting.PATH: metrics} if wanted.metrics else {}
    heard = told if wanted.metrics or wanted.log else None
    edge = engine.Edge(time.time, lambda what: click.echo(f"nashra: {what}", err=True), heard, private)
    door = engine.Door(shelf, reloading.ANSWERS if wanted.building else {}, _limits(), edge)
    doing = [engine.serve(sockets, door, stop)]
    if wanted.building:
        doing.append(_build_until(stop, station))
    await asyncio.gather(*doing)


async def _build_until(stop: asyncio.Event, station: Station) -> None:
    """Build on every edit, until `stop`; then end a build that runs while the server ends, too."""
    following = asyncio.create_task(_follow(station))
    following.add_done_callback(lambda _task: stop.set())  # it never ends by itself but by a fault of ours
    await stop.wait()
    following.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await following


def _limits() -> engine.Limits:
    """Return the usual limits, with fewer connections where this process may have few files open."""
    usual = engine.Limits()
    try:
        import resource  # noqa: PLC0415 Windows has none, nor that limit
    except ImportError:
        return usual
    files, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return replace(usual, most=max(8, min(usual.most, (files - _OWN_FILES) // 2)))


async def _follow(station: Station) -> None:
    seen = edits.Edits(station.root)
    took = 0.0

    def look() -> edits.State:
        nonlocal took
        start = time.perf_counter()
        state = seen.state()
        took = time.perf_counter() - start
        return state

    async def pause() -> None:
        await asyncio.sleep(max(_LOOK_S, _SHARE * took))

    def build() -> Awaitable[None]:
        return _build(station.root)

    await edits.follow(look, build, pause)


async def _build(root: Path) -> None:
    """Build in a process of its own: it may crash, and the memory that it took goes with it."""
    command = (sys.executable, "-m", "nashra", "build", "--station", str(root))
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL)
    try:
        await process.wait()
    finally:
        if process.returncode is None:
            await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a build: what it made is kept, wherever it is cut."""
    for end in (None, process.terminate, process.kill):
        with contextlib.suppress(ProcessLookupError):
            if end:
                end()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE_S)
            return
