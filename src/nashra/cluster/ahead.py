"""A build's sound made ahead on a cluster: then the ordinary build finds it kept, and only joins.

So it comes out the same bytes wherever it was spoken, and a cluster that fails costs time and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra import records
from nashra.building import making, unchanged
from nashra.building.planning import VOICE_UPGRADED, Present, adopted, article_files, chosen, make_plan
from nashra.cluster import opening, running
from nashra.cluster.identity import identity
from nashra.cluster.orders import Answer, Order, is_online, leave_desk
from nashra.errors import ConfigurationError, NashraError, SpeechError
from nashra.store import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nashra.building.planning import Wish
    from nashra.cluster.opening import Address
    from nashra.model import Voice
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how the cluster goes on: how many articles there are, and what `running.Watch` tells."""

    begun: Callable[[int], None]
    watch: running.Watch


def make_ahead(
    station: Station,
    wish: Wish,
    now: datetime,
    where: Address,
    store: str,
    clock: Callable[[], float],
    watcher: Watcher,
) -> dict[str, NashraError]:
    """Have the sound of every article that is due made on a cluster; return those that nobody should try now.

    `store` is the address of the shared store, empty only for a cluster of this machine. `clock` gives
    seconds that only go forward. Raises ConfigurationError when the cluster cannot be meant.
    """
    if not (where.is_local or store):
        what = "the machines of a cluster find one another's work in a shared store, and none is named"
        raise ConfigurationError(what, where="--cluster", then="set `store.url`, or say --store URL")
    due = _due(station, wish, now)
    if not due:
        return {}
    voices = tuple(dict.fromkeys(voice for _file, voice in due))
    desk = leave_desk(station, voices)
    orders = []
    for file, voice in due:
        raw = read(station.articles / file) or b""
        orders.append(Order(file, raw, voice, desk, tokens=1 if is_online(station, voice) else 0))
    with making.ensemble(station) as speaker:
        ours = identity(station, voices, speaker)
    question = {
        "desk": desk,
        "voices": [{"engine": v.engine, "name": v.name, "speed": v.speed, "pitch": v.pitch} for v in voices],
    }
    place = {"folder": str(station.root.absolute()) if where.is_local else "", "store": store}
    turn = running.Turn(json.dumps(place), json.dumps(question), ours)
    return _carried_out(station, orders, turn, where, clock, watcher)


def _carried_out(
    station: Station,
    orders: list[Order],
    turn: running.Turn,
    where: Address,
    clock: Callable[[], float],
    watcher: Watcher,
) -> dict[str, NashraError]:
    said = station.settings.cluster
    limits = running.Limits(said.patience_s, said.deadline_s, said.patience_s)
    deadly: dict[str, NashraError] = {}

    def answered(order: Order, answer: Answer) -> None:
        if answer.deadly:
            then = "rephrase what it may have stumbled over, or build it by itself"
            deadly[order.file] = SpeechError(f"{answer.failed} on the cluster", then=then)
        watcher.watch.answered(order, answer)

    watch = running.Watch(watcher.watch.workers, watcher.watch.progress, answered, watcher.watch.said)
    watcher.begun(len(orders))
    online = any(order.tokens for order in orders)
    try:
        with opening.opened(where, said, station.root, online=online) as client:
            why = running.run(client, orders, turn, limits, clock, watch)
    except ConnectionError as refused:
        why = str(refused)
    if why:
        watch.said(f"the cluster is given up: {why}; the rest is made here")
    return deadly


def _due(station: Station, wish: Wish, now: datetime) -> tuple[tuple[str, Voice], ...]:
    """Return the articles that the build will speak, each with the voice that it will try first."""
    files = article_files(station)
    if not (wish.articles or wish.voice or wish.force) and unchanged.holds(station):
        return ()
    known = adopted(records.load(station.audio, cues=False), station, files)
    present = Present.of(station)
    due = []
    for file in chosen(files, wish.articles):
        try:
            plan = make_plan(station, file, known.get(file), wish, now, present)
        except NashraError:
            continue  # the build says what is wrong with it
        if plan.article and plan.reason != VOICE_UPGRADED:
            had = plan.record and plan.record.voice
            due.append((file, min(plan.voices, key=lambda voice: voice != had)))
    return tuple(due)
