"""How long: a stopwatch for a reading, and the wait before it is tried again."""

from __future__ import annotations

from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from nashra.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from email.message import Message

ATTEMPTS = 4
BACKOFF_S = 1.0
LONGEST_WAIT_S = 60.0
"""What is waited when a server asks for it; whoever asks for more is left alone."""


class PassingError(FetchError):
    """What may be otherwise in a moment; `wait_s` is what the server asked for, None if nothing."""

    wait_s: float | None = None


class Stopwatch:
    """The time of a reading: it runs while we ask and listen, and stands still while we wait."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self.clock, self._sleep = clock, sleep
        self._slept_s = 0.0
        self._until = float("inf")

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Give what follows so many seconds, or fewer if it is part of something that has fewer left."""
        before = self._until
        self._until = min(before, self.clock() - self._slept_s + seconds)
        try:
            yield
        finally:
            self._until = before

    def left_s(self) -> float:
        """Return the seconds that are left; raises TimeoutError when none is."""
        left = self._until - (self.clock() - self._slept_s)
        if left <= 0:
            raise TimeoutError("the time is over")
        return left

    def wait(self, seconds: float) -> None:
        """Wait, off the record."""
        begun = self.clock()
        self._sleep(seconds)
        self._slept_s += self.clock() - begun


def retry_after_s(headers: Mapping[str, str] | Message) -> float | None:
    """Return the seconds that `Retry-After` asks for; a date counts from the server's own `Date`.

    >>> retry_after_s({"Retry-After": "7"})
    7.0
    >>> retry_after_s(
    ...     {"Retry-After": "Mon, 05 Jan 2026 10:00:09 GMT", "Date": "Mon, 05 Jan 2026 10:00:00 GMT"}
    ... )
    9.0
    >>> [retry_after_s({"Retry-After": odd}) for odd in ("", "-7", "soon", "٧")]
    [None, None, None, None]
    """
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:20])
    try:
        until, now = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def before_next(failure: PassingError, attempt: int, jitter: Callable[[], float]) -> float:
    """Return the seconds to wait after the given attempt (1 is the first); raises FetchError after the last.

    The wait doubles each time; `jitter` gives 0 to 1, so that not all who failed come back together.
    """
    if attempt == ATTEMPTS:
        what = f"{failure.what}, {ATTEMPTS} times"
        raise FetchError(what, where=failure.where, then=failure.then, status=failure.status) from failure
    if failure.wait_s is None:
        return BACKOFF_S * (1 << (attempt - 1)) * (1 + jitter())
    if failure.wait_s > LONGEST_WAIT_S:
        what = f"{failure.what} and asks for {failure.wait_s:.0f} seconds of rest"
        raise FetchError(
            what, where=failure.where, then="try again after that", status=failure.status
        ) from failure
    return failure.wait_s
