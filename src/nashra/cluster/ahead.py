"""A build's sound made ahead on a cluster: the ordinary build, close behind, finds it kept and only joins.

So it comes out the same bytes wherever it was spoken, and a cluster that fails costs time and nothing else.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from nashra import records
from nashra.building import making, performing, unchanged
from nashra.building.planning import (
    TEXT_CHANGED,
    VOICE_UPGRADED,
    Present,
    adopted,
    article_files,
    chosen,
    make_plan,
)
from nashra.cluster import running
from nashra.cluster.beside import Waiting, at_work
from nashra.cluster.identity import identity
from nashra.cluster.orders import Answer, Order, is_online, leave_desk
from nashra.errors import ConfigurationError, NashraError, SpeechError
from nashra.store import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from nashra.building.planning import Wish
    from nashra.cluster.lasting import Lasting
    from nashra.cluster.opening import Address
    from nashra.model import Voice
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how the cluster goes on: how many articles there are, all of `running.Watch`, the end."""

    begun: Callable[[int], None]
    watch: running.Watch
    over: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Where:
    """The cluster that is meant, those that are open, and the shared store's address.

    No store is named only with a cluster of this machine. `clock` gives seconds that only go forward.
    """

    address: Address
    clusters: Lasting
    store: str
    clock: Callable[[], float]


@contextmanager
def making_ahead(
    station: Station, wish: Wish, now: datetime, where: Where, watcher: Watcher
) -> Iterator[Callable[[str], NashraError | None]]:
    """Have the sound of every article that is due made on a cluster while the block builds.

    Gives what a build's `Wish.hold` is: it waits for an article's order, and tells whether the article must
    not be tried. Raises ConfigurationError when the cluster cannot be meant.
    """
    if not (where.address.is_local or where.store):
        what = "the machines of a cluster find one another's work in a shared store, and none is named"
        raise ConfigurationError(what, where="--cluster", then="set `store.url`, or say --store URL")
    orders = _orders(station, _due(station, wish, now))
    waiting = Waiting(order.file for order in orders)
    if not orders:
        yield waiting.hold
        return
    watcher.begun(len(orders))
    with at_work(_work(station, orders, where, watcher, waiting), waiting):
        yield waiting.hold


def _work(
    station: Station, orders: list[Order], where: Where, watcher: Watcher, waiting: Waiting
) -> Callable[[Callable[[], bool]], None]:
    """Return what is done beside the build. The cluster is opened here: its processes are the build's."""
    said, root = station.settings.cluster, station.root
    limits = running.Limits(said.patience_s, said.deadline_s, said.patience_s)
    turn = _turn(station, orders, where)

    def answered(order: Order, answer: Answer) -> None:
        watcher.watch.answered(order, answer)
        then = "rephrase what it may have stumbled over, or build it by itself"
        deadly = SpeechError(f"{answer.failed} on the cluster", then=then) if answer.deadly else None
        waiting.answer(order.file, deadly)

    watch = replace(watcher.watch, answered=answered)
    client: Any = None
    refused = ""
    try:
        client = where.clusters.client(where.address, said, root)
    except ConnectionError as failure:
        refused = str(failure)

    def work(unneeded: Callable[[], bool]) -> None:
        why = refused or running.run(client, orders, turn, limits, where.clock, watch, unneeded)
        if why and not unneeded():
            where.clusters.give_up(where.address, said, root, why)
            watch.said(f"the cluster is given up: {why}; the rest is made here")
        watcher.over()

    return work


def _orders(station: Station, due: tuple[_Due, ...]) -> list[Order]:
    if not due:
        return []
    desk = leave_desk(station, tuple(dict.fromkeys(each.voice for each in due)))
    orders = []
    for each in due:
        raw = read(station.articles / each.file) or b""
        tokens = 1 if is_online(station, each.voice) else 0
        orders.append(Order(each.file, raw, each.voice, desk, tokens, each.title, each.corrected))
    return orders


def _turn(station: Station, orders: list[Order], where: Where) -> running.Turn:
    voices = tuple(dict.fromkeys(order.voice for order in orders))
    with making.ensemble(station) as speaker:
        ours = identity(station, voices, speaker)
    question = {
        "desk": orders[0].desk,
        "voices": [{"engine": v.engine, "name": v.name, "speed": v.speed, "pitch": v.pitch} for v in voices],
    }
    folder = str(station.root.absolute()) if where.address.is_local else ""
    return running.Turn(json.dumps({"folder": folder, "store": where.store}), json.dumps(question), ours)


class _Due(NamedTuple):
    """An article that the build will speak: the voice it tries first, its title, whether it is corrected."""

    file: str
    voice: Voice
    title: str
    corrected: bool


def _due(station: Station, wish: Wish, now: datetime) -> tuple[_Due, ...]:
    """Return the articles that the build will speak; one whose sound is kept is none of them."""
    files = article_files(station)
    if not (wish.articles or wish.voice or wish.force) and unchanged.holds(station):
        return ()
    known = adopted(records.load(station.audio, cues=False), station, files)
    present = Present.of(station)
    due = []
    for file in chosen(files, wish.articles):
        try:
            plan = make_plan(station, file, known.get(file), wish, now, present)
            if plan.article is None or plan.reason == VOICE_UPGRADED:
                continue
            if wish.keep_audio and plan.reason == TEXT_CHANGED and plan.record:
                continue
            plan, article, standing = performing.to_air(station, plan, plan.article, now)
        except NashraError:
            continue  # the build says what is wrong with it
        had = plan.record and plan.record.voice
        voice = min(plan.voices, key=lambda voice: voice != had)
        due.append(_Due(file, voice, article.title, standing.corrected))
    return tuple(due)
