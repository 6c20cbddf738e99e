"""Orders through a cluster: in batches, watched, and given up rather than waited for without an end."""

from __future__ import annotations

import json
import queue
import threading
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nashra.cluster import tasks
from nashra.cluster.identity import differences
from nashra.cluster.opening import bounded
from nashra.cluster.orders import written
from nashra.cluster.outstanding import Outstanding
from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nashra.cluster.orders import Answer, Order


ONLINE = "online"
"""The token (a resource of Dask's) of workers that may speak with online voices."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a cluster is waited for, in seconds, and how much it is given at once."""

    patience_s: float = 60.0
    deadline_s: float = 900.0
    handshake_s: float = 90.0
    batch: int = 200
    retries: int = 3
    rounds: int = 5
    tick_s: float = 1.0


class Turn(NamedTuple):
    """What all orders of a build have in common: where a worker works, who we are, who is asked what."""

    place: str
    question: str
    ours: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Watch:
    """What is told of a cluster at work; every function hears of one thing."""

    workers: Callable[[int], None]
    progress: Callable[[int, int], None]
    answered: Callable[[Order, Answer], None]
    said: Callable[[str], None]


@dataclass(slots=True)
class _Work:
    """A cluster and what is known of it; changed by the one thread that waits."""

    client: Any
    turn: Turn
    limits: Limits
    clock: Callable[[], float]
    watch: Watch
    unneeded: Callable[[], bool]
    desks: set[str] = field(default_factory=set)
    fit: tuple[str, ...] = ()
    unfit: dict[str, str] = field(default_factory=dict)
    last: float = 0.0

    @property
    def ours_key(self) -> str:
        """What names the questions of this build: the scheduler may still know those of another."""
        return sha256(self.turn.question, self.turn.place)[:16]

    def moved(self) -> None:
        self.last = self.clock()

    @property
    def stands_still(self) -> bool:
        return self.clock() - self.last > self.limits.patience_s


def run(
    client: Any,  # noqa: ANN401 Dask has no types
    orders: Sequence[Order],
    turn: Turn,
    limits: Limits,
    clock: Callable[[], float],
    watch: Watch,
    unneeded: Callable[[], bool],
) -> str:
    """Have orders carried out; return why the cluster was given up, empty when it was not.

    Each answer is told of as it comes. What was not answered is left to whoever called; so is everything
    once it is `unneeded`. `clock` gives seconds that only go forward.
    """
    work = _Work(client, turn, limits, clock, watch, unneeded)
    work.moved()
    work.desks = {order.desk for order in orders}
    client.subscribe_topic(tasks.TOPIC, lambda event: _heard(work, event[1]))
    left = {order.key: order for order in orders}
    for _round in range(limits.rounds):
        why = _handshake(work, _round)
        if why:
            return why
        why = _some(work, left, _round)
        if why or not left:
            return why
    return f"{len(left)} orders were lost {limits.rounds} times"


def _some(work: _Work, left: dict[str, Order], number: int) -> str:
    """Carry out what is left; lost ones stay in `left`. Return why it was given up.

    Half a batch goes out whenever no more than half of one is: no worker waits for the last order of a batch,
    and a scheduler never holds an archive.
    """
    tokens = _tokens(work)
    online = [order for order in left.values() if order.tokens]
    if online and not tokens:
        work.watch.said(f"no worker has the resource `{ONLINE}`: online voices are spoken here")
        for order in online:
            left.pop(order.key)
    waiting = iter([*left.values()])
    half = _batch(work) // 2
    out = Outstanding(lambda order: _submitted(work, order, number, tokens))
    try:
        while True:
            if out.many <= half:
                out.give([*islice(waiting, half)])
            if not out.many:
                return ""  # what was lost goes into the next round
            if work.unneeded():
                return "the build has ended"
            try:
                order, answer = out.answers.get(timeout=work.limits.tick_s)
            except queue.Empty:
                why = _given_up(work)
                if why:
                    return why
                continue
            out.many -= 1
            if answer is not None:
                work.moved()
                left.pop(order.key, None)
                work.watch.answered(order, answer)
    finally:
        bounded(5.0, lambda: work.client.cancel(out.left()))


def _submitted(work: _Work, order: Order, number: int, tokens: int) -> Any:  # noqa: ANN401 a future of Dask's
    """Give an order to the cluster, in the round of that number."""
    asked = replace(order, tokens=tokens) if order.tokens else order
    return work.client.submit(
        tasks.perform,
        written(asked),
        work.turn.place,
        work.limits.deadline_s,
        key=f"nashra-{order.key[:24]}-{number}",
        pure=False,
        retries=work.limits.retries,
        resources={ONLINE: 1} if order.tokens else None,
        # Without a misfit nobody is named: a worker that comes back after a crash has another address.
        workers=list(work.fit) if work.unfit else None,
    )


def _batch(work: _Work) -> int:
    """Return how many orders are out at the most: enough for every thread to find its next one there."""
    workers = _addresses(work) or {}
    threads = sum(int(each.get("nthreads", 1)) for at, each in workers.items() if at in work.fit)
    return max(work.limits.batch, 4 * threads)


def _given_up(work: _Work) -> str:
    """Return why it makes no sense to wait any longer, empty when it does."""
    addresses = _addresses(work)
    if addresses is not None:
        work.watch.workers(len(addresses))
    if not work.stands_still:
        return ""
    patience = f"for {work.limits.patience_s:.0f} s"
    if addresses is None:
        return f"the scheduler did not answer {patience}"
    return f"there was no worker {patience}" if not addresses else f"nothing was finished {patience}"


def _addresses(work: _Work) -> dict[str, Any] | None:
    """Return the workers that the scheduler knows, None when it does not answer."""
    found: list[dict[str, Any]] = []
    if work.client.status != "running":
        return None
    bounded(5.0, lambda: found.append(work.client.scheduler_info(n_workers=-1)["workers"]))
    return dict(found[0]) if found else None


def _tokens(work: _Work) -> int:
    known = _addresses(work) or {}
    return int(sum(each.get("resources", {}).get(ONLINE, 0) for at, each in known.items() if at in work.fit))


def _handshake(work: _Work, number: int) -> str:
    """Find out which workers are as we are; return why there is none. A misfit is named once."""
    started = work.clock()
    while not (addresses := _addresses(work)):
        if work.unneeded():
            return "the build has ended"
        if work.clock() - started > work.limits.patience_s:
            return "the scheduler did not answer" if addresses is None else "there is no worker"
        _wait(work)
    asked = {
        work.client.submit(
            tasks.introduce,
            work.turn.question,
            work.turn.place,
            workers=[at],
            pure=False,
            key=f"nashra-who-{at}-{work.ours_key}-{number}",
        ): at
        for at in addresses
    }
    said: dict[str, str] = {}

    def listen() -> None:
        said.update(_introduced(asked))

    bounded(work.limits.handshake_s, listen)
    bounded(5.0, lambda: work.client.cancel([*asked]))
    work.fit = tuple(at for at in addresses if not _misfit(work, said.get(at, "")))
    for at in addresses:
        misfit = _misfit(work, said.get(at, ""))
        if misfit and at not in work.unfit:
            work.watch.said(f"worker {at} is not used: {misfit}")
            work.unfit[at] = misfit
    work.watch.workers(len(work.fit))
    work.moved()
    return "" if work.fit else "no worker can be used"


def _introduced(asked: dict[Any, str]) -> Iterator[tuple[str, str]]:
    from distributed import as_completed  # noqa: PLC0415 as above

    for future, result in as_completed([*asked], with_results=True, raise_errors=False):
        if future.status == "finished":
            yield asked[future], result
        elif future.status == "error":
            raised = result[1] if isinstance(result, tuple) else result
            yield asked[future], json.dumps({"failed": f"{type(raised).__name__}: {raised}"})


def _misfit(work: _Work, said: str) -> str:
    if not said:
        return f"it did not say who it is within {work.limits.handshake_s:.0f} s"
    answer = json.loads(said)
    return answer["failed"] if "failed" in answer else differences(work.turn.ours, answer["identity"])


def _heard(work: _Work, said: Any) -> None:  # noqa: ANN401 whatever a worker says
    if isinstance(said, dict) and said.get("desk") in work.desks:  # another build may use the cluster, too
        work.moved()
        work.watch.progress(int(said.get("clips", 0)), int(said.get("frames", 0)))


def _wait(work: _Work) -> None:
    threading.Event().wait(work.limits.tick_s)
