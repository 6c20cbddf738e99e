"""What Dask runs on a worker: text in, text out, the work itself in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nashra.cluster.hands import Pool

TOPIC = "nashra"
"""Where workers tell how many clips and frames more are done."""

INTRODUCED_S = 60.0
"""Seconds in which a machine says who it is: it loads its voices for that."""


def introduce(question: str, place: str) -> str:
    """Answer who this worker's machine is, as JSON."""
    return json.dumps(_asked(question, place, INTRODUCED_S, lambda _said: None))


def perform(order: str, place: str, deadline_s: float) -> str:
    """Carry out an order, and answer with where its pieces are, as JSON."""
    from distributed import get_worker  # noqa: PLC0415 only workers have it

    worker, desk = get_worker(), json.loads(order)["desk"]
    tell = lambda said: worker.log_event(TOPIC, {**said, "desk": desk})  # noqa: E731 one line of it
    return json.dumps(_asked(order, place, deadline_s, tell))


def _asked(question: str, place: str, deadline_s: float, told: Any) -> dict[str, Any]:  # noqa: ANN401 a function
    """Have a hand do it; `place` says as JSON in which folder (none: the worker's own) and store."""
    from distributed import get_worker  # noqa: PLC0415 as above

    worker = get_worker()
    said = json.loads(place)
    folder = said["folder"] or str(Path(worker.local_directory) / "nashra")
    where = {"folder": folder, "store": said["store"], "own": bool(said["folder"])}
    pool: Pool = worker.extensions.setdefault("nashra", Pool())
    with pool.one() as hand:
        return hand.ask(json.dumps({**json.loads(question), "place": where}), deadline_s, told)
