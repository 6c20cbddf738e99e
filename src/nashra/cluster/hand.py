"""The process in which an order is carried out: orders come in by lines of JSON, progress and answers go out.

It stands between a worker of the cluster and the engines: a text that ends it, or that never ends, costs this
process and not the worker.
"""

from __future__ import annotations

import json
import os
import platform
import queue
import sys
import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from nashra.audio.voices.ensemble import Ensemble
    from nashra.cluster.orders import Answer, Order
    from nashra.shelves import Shared
    from nashra.station import Station


BOUND_EVERY = 50
"""Orders after which a worker looks whether its folder has grown beyond `store.local_mb`."""

MOST_DESKS = 4
"""Stations that are open in one process at once: each has engines, and espeak's are processes."""


class Place(NamedTuple):
    """Where an order is carried out: a folder, the station's `own` or one that is lent; and the store."""

    folder: str
    store: str
    own: bool


class Desk(NamedTuple):
    """A station that is open: its engines, its store, and what closes them."""

    station: Station
    speaker: Ensemble
    behind: Shared | None
    stack: ExitStack


class Hands:
    """What is open between one order and the next: stations by desk, each with engines and store.

    A worker may live for months: only the `MOST_DESKS` that were used last stay open.
    """

    def __init__(self) -> None:
        self._desks: dict[tuple[Place, str, int], Desk] = {}
        self._done = self._opened = 0

    def at(self, place: Place, desk: str, tokens: int = 0) -> Desk:
        """Return the station of a desk and its engines; raises AudioError when it cannot be had."""
        known = (place, desk, tokens)
        found = self._desks.pop(known, None) or self._at(place, desk, tokens)
        self._desks[known] = found
        while len(self._desks) > MOST_DESKS:
            self._desks.pop(next(iter(self._desks))).stack.close()
        return found

    def _at(self, place: Place, desk: str, tokens: int) -> Desk:
        from nashra.building import making  # noqa: PLC0415 after the environment is set
        from nashra.cluster import orders  # noqa: PLC0415 the same
        from nashra.shelves import Shared  # noqa: PLC0415 the same

        self._opened += 1
        writer = f"{platform.node()}-{os.getpid()}-{self._opened}"
        behind = Shared(place.store, writer, _told) if place.store else None
        root = Path(place.folder) if place.own else Path(place.folder) / desk[:16]
        station = orders.paced(orders.station_at(desk, root, behind, own=place.own), tokens)
        stack = ExitStack()
        return Desk(station, stack.enter_context(making.ensemble(station)), behind, stack)

    def forget(self) -> None:
        """Close everything, so that the next order opens it anew."""
        while self._desks:
            self._desks.popitem()[1].stack.close()

    def bound(self, place: Place, station: Station) -> None:
        """Let go of what a lent folder keeps beyond its bound; seldom, for it looks at every file."""
        most = station.settings.store.local_mb * 1_000_000
        self._done += 1
        if most and not place.own and self._done % BOUND_EVERY == 0:
            from nashra import caching, shelves  # noqa: PLC0415 as above

            caching.prune(shelves.Near(station.cache), most=most)


def _told(what: str) -> None:
    print(what, file=sys.stderr)  # noqa: T201 the worker's own log


def introduced(hands: Hands, place: Place, question: dict[str, Any]) -> dict[str, Any]:
    """Answer who this machine is; raises AudioError when it does not see the store."""
    from nashra.cluster.identity import identity  # noqa: PLC0415 as above
    from nashra.model import Voice  # noqa: PLC0415 as above

    at = hands.at(place, question["desk"])
    return {"identity": identity(at.station, [Voice(**each) for each in question["voices"]], at.speaker)}


def performed(hands: Hands, place: Place, order: Order, tell: Any) -> Answer:  # noqa: ANN401 a function of what it tells
    """Speak, level and encode an article, every part of it into the store; raises NashraError."""
    from nashra import sounds  # noqa: PLC0415 as above
    from nashra.articles import reading  # noqa: PLC0415 as above
    from nashra.audio import parts  # noqa: PLC0415 as above
    from nashra.building import making  # noqa: PLC0415 as above
    from nashra.cluster.orders import Answer, Piece  # noqa: PLC0415 as above
    from nashra.errors import AudioError  # noqa: PLC0415 as above

    station, speaker, behind, _stack = hands.at(place, order.desk, order.tokens)
    article = reading.own(order.article, order.file).article
    if order.title:
        article = replace(article, title=order.title)
    with making.studio(station, speaker, 1, sounds.dressing(station)) as studio:
        studio.tune(order.voice)
        script = making.script_of(
            station, article, order.voice, making.marker(station), studio.begin, corrected=order.corrected
        )
        track = studio.track(script, tell)
        kept = parts.shelf(station.shelves)
        pieces = []
        for key, stretch in track.stretches:
            found = kept.get(key) if key else None
            if found is not None:
                pieces.append(Piece(key, found[0]["sha256"], len(found[1]), stretch.frames))
    if behind is not None and behind.is_left:
        hands.forget()  # or this worker would leave the store alone for as long as it lives
        raise AudioError("the worker cannot reach the store", then="see the worker's log")
    hands.bound(place, station)
    clips = sum(len(chapter.utterances) for chapter in script.chapters)
    return Answer(tuple(pieces), clips, len(script.chapters))


def _listen(lines: queue.Queue[str]) -> None:
    """Take orders; when there is nobody who gives any, end at once, in the middle of one too.

    A worker that was killed would else leave its hand behind for as long as its last order takes.
    """
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)  # engines end with their pipes


def main() -> None:
    """Carry out orders until nobody gives any; each says where."""
    for threads in ("TT_ORT_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # as `nashra build` does: cores are filled by orders
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    from nashra.cluster import orders  # noqa: PLC0415 as above
    from nashra.errors import NashraError  # noqa: PLC0415 as above

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a library that prints must not answer for us
    hands = Hands()

    def say(said: dict[str, Any]) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        line = lines.get()
        said: dict[str, Any]
        try:
            question = json.loads(line)
            place = Place(**question["place"])
            if "voices" in question:
                said = introduced(hands, place, question)
            else:
                tell = lambda clips, frames: say({"clips": clips, "frames": frames})  # noqa: E731 one line of it
                said = performed(hands, place, orders.understood(line), tell)._asdict()
        except NashraError as failure:
            said = {"failed": str(failure)}
        say({"answer": said})


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        os._exit(1)  # the worker is gone, and nobody waits for the rest
