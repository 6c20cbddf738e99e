"""The wire to Google Translate's voice: requests out, PCM in, or a GoogleError that says why not.

One kept connection with TLS verified, a deadline, a pace, and a wait before whatever may pass is
asked again. requests, ssl and miniaudio are loaded by the first question, not by this module.
"""

from __future__ import annotations

import base64
import random
import re
import threading
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from requests import PreparedRequest
    from requests.adapters import HTTPAdapter

ATTEMPTS = 4
BACKOFF_S = 2.0
LONGEST_WAIT_S = 60.0
PASSING = {408, 429}  # and 5xx: worth another try; any other status says the same tomorrow
BODY_BYTES = 1_000_000  # a piece of 100 characters is under 200 KB; a bomb is not read to its end

ADVICE = {
    404: "check the domain after the colon of the voice's name",
    429: "wait some hours, or choose the engine espeak",
}
OTHERWISE = "try again later, or choose the engine espeak"

_AUDIO = re.compile(rb'jQ1olc","\[\\"(.*?)\\"\]')  # where gTTS looks for it
# miniaudio guesses among its formats: a tag, or the first frame of a layer III, leaves it one.
_MP3 = re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")


class GoogleError(Exception):
    """Why there is no sound, what then; whether it may pass, and the wait the server asked for (s)."""

    def __init__(
        self, why: str, then: str = OTHERWISE, *, passing: bool = True, wait_s: float | None = None
    ) -> None:
        super().__init__(why)
        self.then, self.passing, self.wait_s = then, passing, wait_s


@dataclass(kw_only=True, eq=False)
class Client:
    """One connection, one request at a time, at most one per `pace_s`.

    All times are in seconds. A request ends after `deadline_s` however slowly its answer drips
    in; only looking up the host's name, and a proxy's own greeting, are left to their own limits.
    """

    pace_s: float = 1.0  # 0.5 to 1 s was found to pass (thu-coai/LAUG#3); faster is soon a 429
    connect_s: float = 5.0
    read_s: float = 10.0
    deadline_s: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = field(default_factory=lambda: random.Random(0).random)  # noqa: S311 it spreads retries, it hides nothing
    _alone: threading.Lock = field(default_factory=threading.Lock, init=False)
    _adapter: HTTPAdapter | None = field(default=None, init=False)
    _next: float = field(default=0.0, init=False)
    _until: float = field(default=0.0, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self._adapter:
            self._adapter.close()
            self._adapter = None

    def ask(self, questions: Iterable[PreparedRequest]) -> list[tuple[bytes, int]]:
        """Return mono 16-bit PCM and its rate in Hz for each request; raises GoogleError."""
        with self._alone:
            return [self._patiently(question) for question in questions]

    def _patiently(self, question: PreparedRequest) -> tuple[bytes, int]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _sound(self._answer(question))
            except GoogleError as failure:
                if not failure.passing:
                    raise
                if attempt == ATTEMPTS:
                    raise GoogleError(f"{failure}, {attempt} times", failure.then) from failure
                wait_s = BACKOFF_S * 2 ** (attempt - 1) * (1 + self.jitter())
                self.sleep(min(wait_s if failure.wait_s is None else failure.wait_s, LONGEST_WAIT_S))
        raise AssertionError  # the last attempt returned or raised

    def _answer(self, question: PreparedRequest) -> bytes:
        """Send a request once and return the body of a 200."""
        from requests import Session, exceptions  # noqa: PLC0415 with gtts

        self._adapter = self._adapter or _adapter(self._left_s)
        if (early_s := self._next - self.clock()) > 0:
            self.sleep(early_s)
        self._next = self.clock() + self.pace_s
        self._until = self.clock() + self.deadline_s
        try:
            # A session only reads REQUESTS_CA_BUNDLE and HTTPS_PROXY. It does not send: to learn where
            # a redirect leads it would read its whole body, even one that nobody means to follow.
            settings = Session().merge_environment_settings(
                question.url or "", {}, stream=True, verify=True, cert=None
            )
            with self._adapter.send(question, timeout=(self.connect_s, self.read_s), **settings) as response:
                body = bytearray()
                for chunk in response.iter_content(16_384):
                    body += chunk
                    if len(body) > BODY_BYTES:
                        raise GoogleError(f"Google answered with over {BODY_BYTES:,} bytes")
        except exceptions.SSLError as refused:
            why = "the certificate of Google's server is not trusted, or its TLS is broken"
            then = "find out who stands between; REQUESTS_CA_BUNDLE names an authority of your own"
            raise GoogleError(why, then, passing=False) from refused
        except (
            exceptions.ConnectionError,
            exceptions.Timeout,
            exceptions.ChunkedEncodingError,
            exceptions.ContentDecodingError,
        ) as lost:
            late = isinstance(lost, exceptions.Timeout) or self.clock() >= self._until
            why = "no whole answer in time" if late else "no connection, or an answer cut short"
            raise GoogleError(f"Google: {why}") from lost
        except OSError as refused:  # an unusable proxy address, a missing file of authorities
            why, then = f"no request can be sent: {refused}", "check HTTPS_PROXY and REQUESTS_CA_BUNDLE"
            raise GoogleError(why, then, passing=False) from refused
        if (status := response.status_code) != 200:
            raise GoogleError(
                f"Google answered {status}",
                ADVICE.get(status, OTHERWISE),
                passing=status in PASSING or status >= 500,
                wait_s=_wait_s(response.headers),
            )
        return bytes(body)

    def _left_s(self) -> float:
        left = min(self.read_s, self._until - self.clock())
        if left <= 0:
            raise TimeoutError("the request's deadline is over")
        return left


def _adapter(left_s: Callable[[], float]) -> HTTPAdapter:
    """Return what keeps one connection and reads from it for `left_s()` seconds and no longer.

    A read time-out alone begins anew with every byte: one byte a second held gTTS for ever.
    """
    import ssl  # noqa: PLC0415 with gtts

    from requests.adapters import HTTPAdapter  # noqa: PLC0415 with gtts
    from urllib3.util.ssl_ import create_urllib3_context  # noqa: PLC0415 with gtts

    class Socket(ssl.SSLSocket):
        def recv_into(self, *where: Any, **how: Any) -> int:  # noqa: ANN401 passed on as it came
            self.settimeout(left_s())
            return super().recv_into(*where, **how)

    context = create_urllib3_context()
    context.sslsocket_class = Socket

    class Adapter(HTTPAdapter):
        def build_connection_pool_key_attributes(self, *args: Any, **how: Any) -> tuple[Any, Any]:  # noqa: ANN401 passed on as it came
            host, settings = super().build_connection_pool_key_attributes(*args, **how)
            return host, settings | {"ssl_context": context}

        def close(self) -> None:
            # urllib3 leaves this to garbage collection, which after a reset (a traceback holds the
            # pool in a circle) left the connection open long after the speaker was closed.
            for manager in (self.poolmanager, *self.proxy_manager.values()):
                for key in manager.pools.keys():  # noqa: SIM118 it is no dict and cannot be iterated
                    manager.pools[key].close()
            super().close()

    return Adapter(pool_connections=1, pool_maxsize=1)


def _wait_s(headers: Mapping[str, str]) -> float | None:
    """Return how long `Retry-After` asks to wait; a date counts from the server's own `Date`."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        until, now = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _sound(body: bytes) -> tuple[bytes, int]:
    """Return the mono PCM of the MP3 in an answer, and its rate in Hz."""
    import miniaudio  # noqa: PLC0415 with gtts

    found = _AUDIO.search(body)
    if not found:  # an empty answer, a page that asks for consent, null
        raise GoogleError("Google answered without speech")
    try:
        mp3 = base64.b64decode(found[1].replace(b"\\\\u003d", b"="), validate=True)
    except ValueError as broken:
        raise GoogleError("Google's answer cannot be decoded") from broken
    if not _MP3.match(mp3):
        raise GoogleError("Google answered with something other than speech")
    try:
        rate = miniaudio.mp3_get_info(mp3).sample_rate
        sound = miniaudio.decode(mp3, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate)
    except miniaudio.MiniaudioError as broken:
        raise GoogleError("Google's sound cannot be decoded") from broken
    if not sound.num_frames:
        raise GoogleError("Google answered with no sound")
    return sound.samples.tobytes(), rate
