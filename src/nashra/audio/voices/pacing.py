"""How often an online engine is asked, by all of its connections together, and when it is left in peace."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from nashra.store import read, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY_S = 86_400.0

RESTS_S = {"blocked": 900.0, "away": 60.0}
"""Seconds for which an engine is left in peace: after a block (429, 403), which doubles with each block
up to a day, and when it cannot be reached, so that the other articles of a build do not wait for it too.
"""

STRANGE, STRANGE_REST_S = 5, 300.0
"""So many sentences in a row without speech are no fault of theirs: then a rest of so many seconds."""


class Pace:
    """A gap of seconds between the starts of requests, shared by every thread that asks."""

    def __init__(self, gap_s: float, sleep: Callable[[float], object], clock: Callable[[], float]) -> None:
        self._gap_s, self._sleep, self._clock = gap_s, sleep, clock
        self._turn = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Take the next place in time, and return when it has come."""
        with self._turn:
            now = self._clock()
            start = max(now, self._next)
            self._next = start + self._gap_s
        if start > now:
            self._sleep(start - now)

    def hold(self, wait_s: float) -> None:
        """Let nobody start for so many seconds: who was told to slow down speaks for all."""
        with self._turn:
            self._next = max(self._next, self._clock() + wait_s)


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when (seconds since 1970) an engine is not asked, why, and the blocks before it in a row."""

    until: float = 0.0
    why: str = ""
    blocks: int = 0


class Breaker:
    """Remembers, from one build to the next, that an engine wants to be left in peace.

    Without it every build would knock on a closed door again, which is how a block of an hour becomes
    one of a day. It lies in the cache: deleted, it costs at most one more refusal. `clock` is the
    wall clock, for the rest outlives the process.
    """

    def __init__(self, file: Path | None, clock: Callable[[], float]) -> None:
        self._file, self._clock = file, clock
        self._writing = threading.Lock()
        self._rest = _kept(file)
        self._strange = 0

    @property
    def careful(self) -> bool:
        """Whether the last that was heard is a block: then one request has to do as a probe."""
        return self._rest.blocks > 0

    def closed(self) -> str:
        """Return why the engine must not be asked now, and for how long; empty when it may be."""
        left_s = self._rest.until - self._clock()
        # A clock that was set back must not close the door for years.
        if not 0 < left_s <= DAY_S:
            return ""
        return f"{self._rest.why}; it is left alone for {max(1, round(left_s / 60))} min more"

    def failed(self, trouble: str, why: str, asked_s: float) -> None:
        """Remember a failure: `blocked`, `away`, or a sentence without speech; `asked_s` is Retry-After's."""
        with self._writing:
            if trouble not in RESTS_S:
                self._strange += 1
                if self._strange < STRANGE:
                    return
            blocks = self._rest.blocks + (trouble == "blocked")
            rest_s = RESTS_S.get(trouble, STRANGE_REST_S) * 2 ** min(max(blocks - 1, 0), 10)
            until = self._clock() + min(max(rest_s, asked_s), DAY_S)
            self._keep(Rest(until, why, blocks))

    def answered(self) -> None:
        """Remember that it speaks again."""
        with self._writing:
            self._strange = 0
            if self._rest != Rest():
                self._keep(Rest())

    def _keep(self, rest: Rest) -> None:
        self._rest = rest
        if self._file is not None:
            with suppress(OSError):  # a memo: not to have it costs one refusal, and no episode
                write(self._file, json.dumps(asdict(rest), ensure_ascii=False).encode(), durable=False)


def _kept(file: Path | None) -> Rest:
    try:
        said = json.loads((file and read(file)) or b"{}")
        return Rest(float(said["until"]), str(said["why"]), int(said["blocks"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Rest()
