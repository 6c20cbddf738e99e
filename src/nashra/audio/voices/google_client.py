"""One exchange with Google Translate's voice: a request out, PCM in, or a GoogleError saying why not.

Whoever imports this pays for requests, ssl and miniaudio: `google` does when a Speaker is made.
An https:// proxy is untested; the deadline may not hold there, for TLS in TLS reads past our socket.
"""

from __future__ import annotations

import base64
import re
import ssl
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import miniaudio
import requests
from requests import exceptions
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context

from nashra.audio.voices.pacing import DAY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PASSING = {408, 429}  # and 5xx: worth another try; any other status says the same tomorrow
BLOCKED = {403, 429}  # Google wants no more of us for hours, per address
BODY_BYTES = 1_000_000  # a piece of 100 characters is under 200 KB; a bomb is not read to its end

LOOK_S = 0.25
"""Seconds after which who waits for a byte sees whether anybody still wants it: Ctrl-C ends a build soon."""

ADVICE = {
    404: "check the domain after the colon of the voice's name",
    403: "wait some hours, or choose the engine espeak",
    429: "wait some hours, or choose the engine espeak",
}
OTHERWISE = "try again later, or choose the engine espeak"

_AUDIO = re.compile(rb'jQ1olc","\[\\"(.*?)\\"\]')  # where gTTS looks for it
# miniaudio guesses among its formats: a tag, or the first frame of a layer III, leaves it one.
_MP3 = re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")


class GoogleError(Exception):
    """Why there is no sound, what then; whether it may pass, and the wait the server asked for (s).

    `trouble` is `blocked` or `away`, as pacing.RESTS_S knows them, or empty: this sentence's own.
    """

    def __init__(
        self,
        why: str,
        then: str = OTHERWISE,
        *,
        passing: bool = True,
        wait_s: float | None = None,
        trouble: str = "",
    ) -> None:
        super().__init__(why)
        self.then, self.passing, self.wait_s, self.trouble = then, passing, wait_s, trouble


class Client(HTTPAdapter):
    """One kept connection, TLS verified, one request at a time, each with a deadline.

    A read time-out alone begins anew with every byte: one byte a second held gTTS for ever. Looking
    up the host's name, and a proxy's own greeting, are left to their own limits.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        over: Callable[[], bool] = lambda: False,
        *,
        connect_s: float = 5.0,
        read_s: float = 10.0,
        deadline_s: float = 30.0,
    ) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self._clock, self._over = clock, over
        self._connect_s, self._read_s, self._deadline_s = connect_s, read_s, deadline_s
        self._until = 0.0

        class Socket(ssl.SSLSocket):
            def recv_into(self, *where: Any, **how: Any) -> int:  # noqa: ANN401 passed on as it came
                asked = clock()
                while True:
                    self.settimeout(min(left_s(asked), LOOK_S))
                    try:
                        return super().recv_into(*where, **how)
                    except TimeoutError:
                        continue  # nothing came yet; left_s says whether to wait on

        left_s = self._left_s
        self._context = create_urllib3_context()
        self._context.sslsocket_class = Socket

    def _left_s(self, asked: float) -> float:
        left = min(self._until, asked + self._read_s) - self._clock()
        if left <= 0 or self._over():
            raise TimeoutError("the request's deadline is over, or nobody waits for it any more")
        return left

    def build_connection_pool_key_attributes(self, *args: Any, **how: Any) -> tuple[Any, Any]:  # noqa: ANN401 passed on as it came
        """Return what requests says of the connection, but with the socket that has a deadline."""
        host, settings = super().build_connection_pool_key_attributes(*args, **how)
        return host, settings | {"ssl_context": self._context}

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        # urllib3 leaves this to garbage collection, which after a reset (a traceback holds the
        # pool in a circle) left the connection open long after the speaker was closed.
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in manager.pools.keys():  # noqa: SIM118 it is no dict and cannot be iterated
                manager.pools[key].close()
        super().close()

    def ask(self, request: requests.PreparedRequest) -> tuple[bytes, int]:
        """Send a request once; return mono 16-bit PCM and its rate in Hz, or raise GoogleError."""
        self._until = self._clock() + self._deadline_s
        try:
            status, headers, body = self._exchange(request)
        except exceptions.SSLError as refused:
            why = "the certificate of Google's server is not trusted, or its TLS is broken"
            then = "find out who stands between; REQUESTS_CA_BUNDLE names an authority of your own"
            raise GoogleError(why, then, passing=False) from refused
        except OSError as failure:  # requests' own errors are OSErrors too, and its ValueErrors settings
            if isinstance(failure, ValueError) or not isinstance(failure, requests.RequestException):
                why, then = f"no request can be sent: {failure}", "check HTTPS_PROXY and REQUESTS_CA_BUNDLE"
                raise GoogleError(why, then, passing=False) from failure
            late = isinstance(failure, requests.Timeout) or self._clock() >= self._until
            why = "no whole answer in time" if late else "no connection, or an answer cut short"
            raise GoogleError(f"Google: {why}", trouble="away") from failure
        if status != 200:
            raise GoogleError(
                f"Google answered {status}",
                ADVICE.get(status, OTHERWISE),
                passing=status in PASSING or status >= 500,
                wait_s=_wait_s(headers),
                trouble="blocked" if status in BLOCKED else "away" if status >= 500 else "",
            )
        return _sound(body)

    def _exchange(self, request: requests.PreparedRequest) -> tuple[int, Mapping[str, str], bytes]:
        # The session only reads REQUESTS_CA_BUNDLE and HTTPS_PROXY. It does not send: to learn where a
        # redirect leads it would read its whole body, even one that nobody means to follow.
        session = requests.Session()
        settings = session.merge_environment_settings(
            request.url or "", {}, stream=True, verify=True, cert=None
        )
        with self.send(request, timeout=(self._connect_s, self._read_s), **settings) as response:
            body = bytearray()
            for chunk in response.iter_content(16_384):
                body += chunk
                if len(body) > BODY_BYTES:
                    raise GoogleError(f"Google answered with over {BODY_BYTES:,} bytes")
        return response.status_code, response.headers, bytes(body)


def _wait_s(headers: Mapping[str, str]) -> float | None:
    """Return how long `Retry-After` asks to wait; a date counts from the server's own `Date`.

    None, so our own back-off, where it asks for nothing, for less than nothing, or for over a day.

    >>> [_wait_s({"Retry-After": asked}) for asked in ("7", "0", "-7", "1000000000", "soon", "")]
    [7.0, None, None, None, None, None]
    """
    asked = headers.get("Retry-After", "").strip()
    try:
        if asked.isdecimal():
            wait_s = float(asked)
        else:
            until, now = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("Date", ""))
            wait_s = (until - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return wait_s if 0 < wait_s <= DAY_S else None


def _sound(body: bytes) -> tuple[bytes, int]:
    """Return the mono PCM of the MP3 in an answer, and its rate in Hz."""
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
