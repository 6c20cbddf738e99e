"""The `gtts` engine: Google Translate's voice, asked through a client of our own.

gTTS writes the requests; `google_client` sends them, because gTTS switches TLS verification off,
never ends a slow answer, never asks twice, and takes an answer without sound for success. Here any
piece that fails fails its whole utterance: nothing is ever left out in silence.

Proved only against a fake Google behind an http:// proxy, all on loopback (tests/test_google.py):
no test meets the real one, and an https:// proxy is untested.
"""

from __future__ import annotations

import random
import threading
import time
from functools import partial
from queue import LifoQueue
from typing import TYPE_CHECKING, Self

from nashra.audio.voices.google_requests import prepare
from nashra.audio.voices.pacing import Breaker, Pace
from nashra.errors import SpeechError
from nashra.model import Clip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import requests

    from nashra.audio.voices.google_client import Client, GoogleError
    from nashra.model import Voice

PROBE = "نعم"
VERSION = "translate-tts-1"
ATTEMPTS = 4
BACKOFF_S, LONGEST_WAIT_S = 2.0, 60.0
CLOSED = "build again then, or choose the engine espeak"


class Speaker:
    """Google's voice, asked again after whatever may pass.

    Called from several threads, it has at most `at_once` requests in flight, each over a kept
    connection of its own, their starts `pace_ms` apart. What it was refused is remembered in the folder
    `kept`. `limits`, in seconds, are those of google_client.Client: its time-outs and deadline.
    """

    def __init__(
        self,
        kept: Path | None = None,
        at_once: int = 1,
        pace_ms: int = 1000,
        *,
        sleep: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        jitter: Callable[[], float] | None = None,
        **limits: float,
    ) -> None:
        from nashra.audio.voices.google_client import Client  # noqa: PLC0415 as gtts

        self._over = threading.Event()
        self._client = partial(Client, clock, self._over.is_set)
        # The last one put back is the first one taken: who asks one by one has one connection.
        self._clients: LifoQueue[Client] = LifoQueue()
        for _ in range(at_once):
            self._clients.put(self._client(**limits))
        self._at_once = at_once
        self._pace = Pace(pace_ms / 1000, sleep or self._over.wait, clock)
        self._breaker = Breaker(kept and kept / "gtts.json", wall)
        self._jitter = jitter or random.Random(0).random  # noqa: S311 it spreads retries, it hides nothing

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; whoever still waits, for an answer or for its turn, is told to stop."""
        self._over.set()
        for _ in range(self._at_once):
            self._clients.get().close()

    def version(self, voice: Voice) -> str:  # noqa: ARG002 Google does not tell its versions
        """Return what shapes its sound besides text and voice."""
        return VERSION

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return a text as Google says it, all of it; raises SpeechError."""
        where = f"voice gtts {voice.name}"
        sounds = [self._ask(request, where) for request in prepare(text, voice)]
        rates = {rate for _, rate in sounds}
        if len(rates) != 1:
            what = f"Google spoke at several rates: {sorted(rates)} Hz"
            raise SpeechError(what, where=where, then="try again later, or choose the engine espeak")
        return Clip(b"".join(pcm for pcm, _ in sounds), rates.pop())

    def refusal(self, voice: Voice, within_s: float) -> str:
        """Return why Google does not speak in this voice now, empty when it does: one word, asked once.

        It takes at most `within_s` seconds: a name server that is not there holds whoever asks it
        longer, so that is left to a thread which nobody waits for.
        """
        from nashra.audio.voices.google_client import GoogleError  # noqa: PLC0415 as gtts

        if closed := self._breaker.closed():
            return closed
        try:
            (request,) = prepare(PROBE, voice)
        except SpeechError as refused:
            return refused.what
        client = self._client(connect_s=within_s, read_s=within_s, deadline_s=within_s)
        heard: list[GoogleError | None] = []

        def ask() -> None:
            try:
                client.ask(request)
                heard.append(None)
            except GoogleError as failure:
                heard.append(failure)
            finally:
                client.close()

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(within_s)
        failure = heard[0] if heard else GoogleError(f"Google did not answer in {within_s:g} s")
        if failure is None:
            self._breaker.answered()
            return ""
        if failure.trouble == "blocked":
            self._breaker.failed("blocked", str(failure), failure.wait_s or 0.0)
        return str(failure)

    def _ask(self, request: requests.PreparedRequest, where: str) -> tuple[bytes, int]:
        from nashra.audio.voices.google_client import GoogleError  # noqa: PLC0415 as gtts

        client = self._clients.get()
        attempts = 1 if self._breaker.careful else ATTEMPTS
        try:
            for attempt in range(1, attempts + 1):
                # Asked anew each time: another thread may have learnt meanwhile that Google is closed.
                if closed := self._breaker.closed():
                    raise SpeechError(closed, where=where, then=CLOSED)
                self._pace.wait()
                if self._over.is_set():
                    raise SpeechError("was stopped", where=where, then="build again")
                try:
                    sound = client.ask(request)
                except GoogleError as failure:
                    asked_s = failure.wait_s or 0.0
                    if self._over.is_set():
                        raise SpeechError("was stopped", where=where, then="build again") from failure
                    if not failure.passing or attempt == attempts or asked_s > LONGEST_WAIT_S:
                        raise self._final(failure, attempt, where) from failure
                    wait_s = BACKOFF_S * 2 ** (attempt - 1) * (1 + self._jitter())
                    self._pace.hold(asked_s or min(wait_s, LONGEST_WAIT_S))
                else:
                    self._breaker.answered()
                    return sound
            raise AssertionError  # the last attempt returned or raised
        finally:
            self._clients.put(client)

    def _final(self, failure: GoogleError, attempt: int, where: str) -> SpeechError:
        if failure.passing or failure.trouble:
            self._breaker.failed(failure.trouble, str(failure), failure.wait_s or 0.0)
        what = f"{failure}, {attempt} times" if attempt > 1 else str(failure)
        return SpeechError(what, where=where, then=failure.then)
