"""The `gtts` engine: Google Translate's voice, asked through a client of our own.

gTTS writes the requests; we send them, because gTTS switches TLS verification off, never ends a
slow answer, never asks twice, and takes an answer without sound for success. Here any piece that
fails fails its whole utterance: nothing is ever left out in silence.

Proved only against a fake Google on loopback (tests/test_google.py): no test meets the real one.
"""

from __future__ import annotations

import base64
import random
import re
import threading
import time
import unicodedata
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from nashra.errors import SpeechError
from nashra.model import Clip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import requests

    from nashra.model import Voice

PIECE = 100
"""Characters that Google takes at a time (gTTS.GOOGLE_TTS_MAX_CHARS)."""

ATTEMPTS = 4
BACKOFF_S = 2.0
LONGEST_WAIT_S = 60.0
PASSING = {408, 429}  # and 5xx: worth another try; any other status says the same tomorrow
BODY_BYTES = 1_000_000  # a piece of 100 characters is under 200 KB; a bomb is not read to its end
SLOW = 0.8

ADVICE = {
    404: "check the domain after the colon of the voice's name",
    429: "wait some hours, or choose the engine espeak",
}
OTHERWISE = "try again later, or choose the engine espeak"

_NAME = re.compile(r"(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)(?::(?P<tld>[a-z]{2,3}(?:\.[a-z]{2,3})?))?")
_VOWELS = re.compile("[\u064b-\u0652\u0670]")  # Google marks the text itself
# In the order they are tried: after a clause (3.5 and 10:30 are none), else at a space.
_CUTS = (re.compile(r"[،؛؟.:…!?,;][»”\"')\]]*(?= )"), re.compile("(?= )"))
_AUDIO = re.compile(rb'jQ1olc","\[\\"(.*?)\\"\]')  # where gTTS looks for it
# miniaudio guesses among its formats: a tag, or the first frame of a layer III, leaves it one.
_MP3 = re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")


class _PassingError(Exception):
    """A failure that may be gone at the next attempt, and the wait the server asked for (s)."""

    def __init__(self, why: str, wait_s: float | None = None, *, status: int = 0) -> None:
        super().__init__(why)
        self.wait_s = wait_s
        self.status = status


def cut(text: str) -> list[str]:
    r"""Cut a text into what Google is asked, piece by piece: at most 100 characters each.

    At clauses, else at spaces, else inside a run of letters, but never between a letter and its
    marks. Vowel marks and control characters are left out, and so is a piece with no word in it.
    Raises SpeechError when no word is left.

    >>> cut("- قَالَ\x01 نعم")
    ['- قال نعم']
    >>> [len(piece) for piece in cut("كلمة " * 30 + "، " + "ك" * 120)]
    [99, 51, 100, 20]
    """
    # A control character or half a surrogate pair is no letter in any language.
    rest = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in text)
    rest = " ".join(_VOWELS.sub("", rest).split())
    pieces = []
    while rest:
        end = _end(rest)
        pieces.append(rest[:end].strip())
        rest = rest[end:].lstrip()
    # gTTS drops a piece of nothing but marks without a word; so it never gets one.
    pieces = [piece for piece in pieces if any(map(str.isalnum, piece))]
    if not pieces:
        raise SpeechError("no word to speak", where="voice gtts", then="leave the sentence out")
    return pieces


def _end(text: str) -> int:
    if len(text) <= PIECE:
        return len(text)
    for mark in _CUTS:
        ends = [found.end() for found in mark.finditer(text[: PIECE + 1])]
        if ends:
            return ends[-1]
    end = PIECE
    while end and unicodedata.category(text[end]).startswith("M"):
        end -= 1
    if not end:
        raise SpeechError(f"a letter with over {PIECE} marks", where="voice gtts", then="take them out")
    return end


def prepare(text: str, voice: Voice) -> list[requests.PreparedRequest]:
    """Return the requests that ask Google for a text, in order, unsent.

    The voice's name is a language, or a language and Google's domain: `ar`, `ar:com.eg`. Google
    has two speeds and one pitch: 1.0 is normal, below 0.8 is slow, and whatever else is wanted is
    refused with SpeechError rather than ignored.
    """
    from gtts import gTTS  # noqa: PLC0415 0.13 s that only a build which speaks has to pay

    where = f"voice gtts {voice.name}"
    name = _NAME.fullmatch(voice.name)  # nothing but a domain may follow the host's name
    if not name:
        raise SpeechError("no such voice", where=where, then="write a language, as in ar or ar:com.eg")
    if voice.pitch != 1.0:
        raise SpeechError("Google's voice has one pitch", where=where, then="set the pitch to 1.0")
    slow = 0 < voice.speed < SLOW
    if voice.speed != 1.0 and not slow:
        raise SpeechError(
            f"Google speaks at two speeds, not at {voice.speed}",
            where=where,
            then=f"set the speed to 1.0, or below {SLOW} for slow",
        )
    prepared = []
    for piece in cut(text):
        try:
            # Its pre-processors add spaces and words ("St." is "Saint"): over 100, it would cut again.
            speech = gTTS(
                piece,
                lang=name["language"],
                tld=name["tld"] or "com",
                slow=slow,
                pre_processor_funcs=[],
            )
            made = speech._prepare_requests()  # noqa: SLF001 the only door that does not send
        except (ValueError, AssertionError) as refused:
            raise SpeechError(
                f"gTTS refuses it: {refused}", where=where, then="choose another voice"
            ) from refused
        if len(made) != 1:
            raise SpeechError(f"gTTS cut a piece into {len(made)}", where=where, then="report this as a bug")
        prepared += made
    return prepared


class Speaker:
    """Google's voice over one kept connection, one request at a time, at most one per `pace_s`.

    All times are in seconds. A request ends after `deadline_s` however slowly its answer drips
    in; only looking up the host's name, and a proxy's own greeting, are left to their own limits.
    """

    version = "translate-tts-1"

    def __init__(
        self,
        *,
        pace_s: float = 1.0,  # 0.5 to 1 s was found to pass (thu-coai/LAUG#3); faster is soon a 429
        connect_s: float = 5.0,
        read_s: float = 10.0,
        deadline_s: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] | None = None,
    ) -> None:
        self._pace_s = pace_s
        self._connect_s = connect_s
        self._read_s = read_s
        self._deadline_s = deadline_s
        self._sleep = sleep
        self._clock = clock
        self._jitter = jitter or random.Random(0).random  # noqa: S311 it spreads retries, it hides nothing
        self._alone = threading.Lock()
        self._session: requests.Session | None = None
        self._next = self._until = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._session:
            self._session.close()
            self._session = None

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return a text as Google says it, all of it; raises SpeechError."""
        where = f"voice gtts {voice.name}"
        with self._alone:
            sounds = [self._ask(request, where) for request in prepare(text, voice)]
        rates = {rate for _, rate in sounds}
        if len(rates) != 1:
            raise SpeechError(
                f"Google spoke at several rates: {sorted(rates)} Hz", where=where, then=OTHERWISE
            )
        return Clip(b"".join(pcm for pcm, _ in sounds), rates.pop())

    def _ask(self, request: requests.PreparedRequest, where: str) -> tuple[bytes, int]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _pcm(_mp3(self._answer(request, where)))
            except _PassingError as failure:
                if attempt == ATTEMPTS:
                    then = ADVICE.get(failure.status, OTHERWISE)
                    raise SpeechError(f"{failure}, {attempt} times", where=where, then=then) from failure
                wait_s = BACKOFF_S * 2 ** (attempt - 1) * (1 + self._jitter())
                self._sleep(min(wait_s if failure.wait_s is None else failure.wait_s, LONGEST_WAIT_S))
        raise AssertionError  # the last attempt returned or raised

    def _answer(self, request: requests.PreparedRequest, where: str) -> bytes:
        """Send a request once and return the body of a 200; raises SpeechError or _PassingError."""
        from requests import exceptions  # noqa: PLC0415 with gtts

        if self._session is None:
            self._session = _session(self._left_s)
        if (early_s := self._next - self._clock()) > 0:
            self._sleep(early_s)
        self._next = self._clock() + self._pace_s
        self._until = self._clock() + self._deadline_s
        url = request.url or ""
        try:
            # REQUESTS_CA_BUNDLE and HTTPS_PROXY, which `send` alone would only half read.
            settings = self._session.merge_environment_settings(url, {}, stream=True, verify=True, cert=None)
            timeout = (self._connect_s, self._read_s)
            with self._session.send(request, timeout=timeout, allow_redirects=False, **settings) as response:
                body = bytearray()
                for chunk in response.iter_content(16_384):
                    body += chunk
                    if len(body) > BODY_BYTES:
                        raise _PassingError(f"Google answered with over {BODY_BYTES:,} bytes")
        except exceptions.SSLError as refused:
            raise SpeechError(
                "the certificate of Google's server is not trusted, or its TLS is broken",
                where=where,
                then="find out who stands between; REQUESTS_CA_BUNDLE names an authority of your own",
            ) from refused
        except (
            exceptions.ConnectionError,
            exceptions.Timeout,
            exceptions.ChunkedEncodingError,
            exceptions.ContentDecodingError,
        ) as lost:
            late = isinstance(lost, exceptions.Timeout) or self._clock() >= self._until
            why = "no whole answer in time" if late else "no connection, or an answer cut short"
            raise _PassingError(f"Google: {why}") from lost
        except OSError as refused:  # an unusable proxy address, a missing file of authorities
            raise SpeechError(
                f"no request can be sent: {refused}",
                where=where,
                then="check HTTPS_PROXY and REQUESTS_CA_BUNDLE",
            ) from refused
        status = response.status_code
        if status in PASSING or status >= 500:
            raise _PassingError(f"Google answered {status}", _wait_s(response.headers), status=status)
        if status != 200:
            raise SpeechError(f"Google answered {status}", where=where, then=ADVICE.get(status, OTHERWISE))
        return bytes(body)

    def _left_s(self) -> float:
        left = min(self._read_s, self._until - self._clock())
        if left <= 0:
            raise TimeoutError("the request's deadline is over")
        return left


def _session(left_s: Callable[[], float]) -> requests.Session:
    """Return a session with one kept connection that reads for `left_s()` seconds and no longer.

    A read time-out alone begins anew with every byte: one byte a second held gTTS for ever.
    """
    import ssl  # noqa: PLC0415 with gtts

    import requests  # noqa: PLC0415 with gtts
    from requests.adapters import HTTPAdapter  # noqa: PLC0415 with gtts
    from urllib3.util.ssl_ import create_urllib3_context  # noqa: PLC0415 with gtts

    class Socket(ssl.SSLSocket):
        def recv_into(self, *where: Any, **how: Any) -> int:  # noqa: ANN401 passed on as it came
            self.settimeout(left_s())
            return super().recv_into(*where, **how)

    context = create_urllib3_context()
    context.sslsocket_class = Socket

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401 passed on as it came
            super().init_poolmanager(*args, ssl_context=context, **settings)

        def proxy_manager_for(self, proxy: str, **settings: Any) -> Any:  # noqa: ANN401 as in requests
            return super().proxy_manager_for(proxy, ssl_context=context, **settings)

        def close(self) -> None:
            # urllib3 leaves this to garbage collection, which after a reset (a traceback holds the
            # pool in a circle) left the connection open long after the speaker was closed.
            for manager in (self.poolmanager, *self.proxy_manager.values()):
                for key in manager.pools.keys():  # noqa: SIM118 it is no dict and cannot be iterated
                    manager.pools[key].close()
            super().close()

    class Session(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> None:
            """Nowhere: to find the next address requests reads the whole body, even if not to follow it."""

    session = Session()
    session.mount("https://", Adapter(pool_connections=1, pool_maxsize=1, max_retries=0))
    return session


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


def _mp3(body: bytes) -> bytes:
    found = _AUDIO.search(body)
    if not found:  # an empty answer, a page that asks for consent, null
        raise _PassingError("Google answered without speech")
    try:
        return base64.b64decode(found[1].replace(b"\\\\u003d", b"="), validate=True)
    except ValueError as broken:
        raise _PassingError("Google's answer cannot be decoded") from broken


def _pcm(mp3: bytes) -> tuple[bytes, int]:
    """Return the mono PCM of an MP3 and its rate in Hz; raises _PassingError when it is none."""
    import miniaudio  # noqa: PLC0415 with gtts

    try:
        if not _MP3.match(mp3):
            raise _PassingError("Google answered with something other than speech")
        rate = miniaudio.mp3_get_info(mp3).sample_rate
        sound = miniaudio.decode(mp3, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate)
    except miniaudio.MiniaudioError as broken:
        raise _PassingError("Google's sound cannot be decoded") from broken
    if not sound.num_frames:
        raise _PassingError("Google answered with no sound")
    return sound.samples.tobytes(), rate
