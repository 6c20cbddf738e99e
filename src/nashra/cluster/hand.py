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
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nashra.audio.voices.ensemble import Ensemble
    from nashra.cluster.orders import Answer, Order
    from nashra.shelves import Shared
    from nashra.station import Station


BOUND_EVERY = 50
"""Orders after which a worker looks whether its folder has grown beyond `store.local_mb`."""


class Hands:
    """What is open between one order and the next: stations by desk, engines, the store."""

    def __init__(self, folder: Path, store: str, own: bool) -> None:
        self._folder, self._store, self._own = folder, store, own
        self._stations: dict[tuple[str, int], tuple[Station, Ensemble]] = {}
        self._stack = ExitStack()
        self._behind: Shared | None = None
        self._done = 0

    def at(self, desk: str, tokens: int = 0) -> tuple[Station, Ensemble]:
        """Return the station of a desk and its engines; raises AudioError when it cannot be had."""
        from nashra.building import making  # noqa: PLC0415 after the environment is set
        from nashra.cluster import orders  # noqa: PLC0415 the same
        from nashra.shelves import Shared  # noqa: PLC0415 the same

        if (desk, tokens) not in self._stations:
            if self._store and self._behind is None:
                self._behind = Shared(self._store, f"{platform.node()}-{os.getpid()}", _told)
            root = self._folder if self._own else self._folder / desk[:16]
            station = orders.paced(orders.station_at(desk, root, self._behind, own=self._own), tokens)
            speaker = self._stack.enter_context(making.ensemble(station))
            self._stations[desk, tokens] = station, speaker
        return self._stations[desk, tokens]

    def bound(self, order: Order) -> None:
        """Let go of what a lent folder keeps beyond its bound; seldom, for it looks at every file."""
        station, _speaker = self.at(order.desk, order.tokens)
        most = station.settings.store.local_mb * 1_000_000
        self._done += 1
        if most and not self._own and self._done % BOUND_EVERY == 0:
            from nashra import caching, shelves  # noqa: PLC0415 as above

            caching.prune(shelves.Near(station.cache), most=most)


def _told(what: str) -> None:
    print(what, file=sys.stderr)  # noqa: T201 the worker's own log


def introduced(hands: Hands, question: dict[str, Any]) -> dict[str, Any]:
    """Answer who this machine is; raises AudioError when it does not see the store."""
    from nashra.cluster.identity import identity  # noqa: PLC0415 as above
    from nashra.model import Voice  # noqa: PLC0415 as above

    station, speaker = hands.at(question["desk"])
    return {"identity": identity(station, [Voice(**each) for each in question["voices"]], speaker)}


def performed(hands: Hands, order: Order, tell: Any) -> Answer:  # noqa: ANN401 a function of what it tells
    """Speak, level and encode an article, every part of it into the store; raises NashraError."""
    from nashra import sounds  # noqa: PLC0415 as above
    from nashra.articles import reading  # noqa: PLC0415 as above
    from nashra.audio import parts  # noqa: PLC0415 as above
    from nashra.building import making  # noqa: PLC0415 as above
    from nashra.cluster.orders import Answer, Piece  # noqa: PLC0415 as above

    station, speaker = hands.at(order.desk, order.tokens)
    article = reading.own(order.article, order.file).article
    with making.studio(station, speaker, 1, sounds.dressing(station)) as studio:
        studio.tune(order.voice)
        script = making.script_of(station, article, order.voice, making.marker(station), studio.begin)
        track = studio.track(script, tell)
        kept = parts.shelf(station.shelves)
        pieces = []
        for key, stretch in track.stretches:
            found = kept.get(key) if key else None
            if found is not None:
                pieces.append(Piece(key, found[0]["sha256"], len(found[1]), stretch.frames))
    clips = sum(len(chapter.utterances) for chapter in script.chapters)
    return Answer(tuple(pieces), clips, len(script.chapters))


def _listen(lines: queue.Queue[str]) -> None:
    """Take orders; when there is nobody who gives any, end at once, in the middle of one too.

    A worker that was killed would else leave its hand behind for as long as its last order takes.
    """
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)  # engines end with their pipes


def main(arguments: list[str]) -> None:
    """Carry out orders until nobody gives any: folder, store, and whether the folder is the station's own."""
    for threads in ("TT_ORT_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # as `nashra build` does: cores are filled by orders
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    from nashra.cluster import orders  # noqa: PLC0415 as above
    from nashra.errors import NashraError  # noqa: PLC0415 as above

    folder, store, own = arguments
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a library that prints must not answer for us
    hands = Hands(Path(folder), store, own == "own")

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
            if "voices" in question:
                said = introduced(hands, question)
            else:
                tell = lambda clips, frames: say({"clips": clips, "frames": frames})  # noqa: E731 one line of it
                order = orders.understood(line)
                said = performed(hands, order, tell)._asdict()
                hands.bound(order)
        except NashraError as failure:
            said = {"failed": str(failure)}
        say({"answer": said})


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BrokenPipeError:
        os._exit(1)  # the worker is gone, and nobody waits for the rest
