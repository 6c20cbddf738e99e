"""Orders that are out at a cluster, and their answers as they come."""

from __future__ import annotations

import json
import queue
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from nashra.cluster import tasks
from nashra.cluster.opening import bounded
from nashra.cluster.orders import Answer, Order, answer_of, written

if TYPE_CHECKING:
    from collections.abc import Sequence

ONLINE = "online"
"""The token (a resource of Dask's) of workers that may speak with online voices."""


class Bounds(NamedTuple):
    """How long an order may take on a worker, in seconds, and how often it is tried on others."""

    deadline_s: float
    retries: int


class Outstanding:
    """Orders that are out: how `many` have no answer yet, and the `answers`, None for an order that was lost.

    `tokens` are the workers that may speak with online voices; only the `named` workers are given any, where
    some are named.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 Dask has no types
        place: str,
        bounds: Bounds,
        number: int,
        tokens: int,
        named: Sequence[str],
    ) -> None:
        self.many = 0
        self.answers: queue.Queue[tuple[Order, Answer | None]] = queue.Queue()
        self._client, self._place, self._bounds = client, place, bounds
        self._number, self._tokens, self._named = number, tokens, named
        self._futures: list[Any] = []

    def give(self, orders: Sequence[Order]) -> None:
        """Give some more orders to the cluster."""
        if not orders:
            return
        futures = {self._submitted(order): order for order in orders}
        self._futures = [*(each for each in self._futures if not each.done()), *futures]
        self.many += len(futures)
        threading.Thread(target=self._pump, args=(futures,), daemon=True).start()

    def cancel(self) -> None:
        """Take back what has no answer."""
        bounded(5.0, lambda: self._client.cancel(self._futures))

    def _submitted(self, order: Order) -> Any:  # noqa: ANN401 as above
        asked = replace(order, tokens=self._tokens) if order.tokens else order
        return self._client.submit(
            tasks.perform,
            written(asked),
            self._place,
            self._bounds.deadline_s,
            key=f"nashra-{order.key[:24]}-{self._number}",
            pure=False,
            retries=self._bounds.retries,
            resources={ONLINE: 1} if order.tokens else None,
            workers=list(self._named) or None,
        )

    def _pump(self, futures: dict[Any, Order]) -> None:
        """Put answers into the queue as they come: only this thread can be held up by a dead scheduler."""
        from distributed import as_completed  # noqa: PLC0415 only with a cluster

        left = dict(futures)
        try:
            for future, result in as_completed([*futures], with_results=True, raise_errors=False):
                self.answers.put((left.pop(future), _answer(future, result)))
        except Exception:  # noqa: BLE001, S110 whatever a connection that broke raises: what is left was lost
            pass
        for order in left.values():
            self.answers.put((order, None))


def _answer(future: Any, result: Any) -> Answer | None:  # noqa: ANN401 as above
    """Return what came out of an order; None when it was lost, through no fault of its own."""
    if future.status == "finished":
        return answer_of(json.loads(result))
    if future.status == "error":
        raised = result[1] if isinstance(result, tuple) else result
        if type(raised).__name__ == "KilledWorker":
            return Answer(failed="ended four workers of the cluster", deadly=True)
        return Answer(failed=f"{type(raised).__name__}: {raised}")
    return None
