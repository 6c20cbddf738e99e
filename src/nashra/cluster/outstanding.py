"""Orders that are out at a cluster, and their answers as they come."""

from __future__ import annotations

import json
import queue
import threading
from typing import TYPE_CHECKING, Any

from nashra.cluster.orders import Answer, answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nashra.cluster.orders import Order


class Outstanding:
    """Orders that are out: how `many` have no answer yet, and the `answers`, None for an order that was lost.

    `submit` gives an order to the cluster, and returns its future.
    """

    def __init__(self, submit: Callable[[Order], Any]) -> None:
        self.many = 0
        self.answers: queue.Queue[tuple[Order, Answer | None]] = queue.Queue()
        self._submit = submit
        self._futures: list[Any] = []

    def give(self, orders: Sequence[Order]) -> None:
        """Give some more orders to the cluster."""
        if not orders:
            return
        futures = {self._submit(order): order for order in orders}
        self._futures = [*self.left(), *futures]
        self.many += len(futures)
        threading.Thread(target=self._pump, args=(futures,), daemon=True).start()

    def left(self) -> list[Any]:
        """Return the futures that have no answer."""
        return [each for each in self._futures if not each.done()]

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
