"""The `gtts` engine: Google Translate's voice, asked through a client of our own.

gTTS writes the requests; `google_client` sends them, because gTTS switches TLS verification off,
never ends a slow answer, never asks twice, and takes an answer without sound for success. Here any
piece that fails fails its whole utterance: nothing is ever left out in silence.

Proved only against a fake Google behind an http:// proxy, all on loopback (tests/test_google.py):
no test meets the real one, and an https:// proxy is untested.
"""

from __future__ import annotations

import random
import re
import threading
import time
import unicodedata
from functools import partial
from queue import LifoQueue
from typing import TYPE_CHECKING, Self

from nashra.audio.voices.pacing import Breaker, Pace
from nashra.errors import SpeechError
from nashra.model import Clip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import requests

    from nashra.audio.voices.google_client import Client, GoogleError
    from nashra.model import Voice

PIECE = 100  # characters that Google takes at a time (gTTS.GOOGLE_TTS_MAX_CHARS)
PROBE = "نعم"
VERSION = "translate-tts-1"
SLOW = 0.8
ATTEMPTS = 4
BACKOFF_S, LONGEST_WAIT_S = 2.0, 60.0

CLOSED = "build again then, or choose the engine espeak"

_NAME = re.compile(r"(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)(?::(?P<tld>[a-z]{2,3}(?:\.[a-z]{2,3})?))?")
_VOWELS = re.compile("[\u064b-\u0652\u0670]")  # Google marks the text itself
# In the order they are tried: after a clause (3.5 and 10:30 are none), else at a space.
_CUTS = (re.compile(r"[،؛؟.:…!?,;][»”\"')\]]*(?= )"), re.compile("(?= )"))


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
        end = _end(rest) if len(rest) > PIECE else len(rest)
        pieces.append(rest[:end].strip())
        rest = rest[end:].lstrip()
    # gTTS drops a piece of nothing but marks without a word; so it never gets one.
    pieces = [piece for piece in pieces if any(map(str.isalnum, piece))]
    if not pieces:
        raise SpeechError("no word to speak", where="voice gtts", then="leave the sentence out")
    return pieces


def _end(text: str) -> int:
    for mark in _CUTS:
        ends = [found.end() for found in mark.finditer(text[: PIECE + 1])]
        if ends:
            return ends[-1]
    end = next((at for at in range(PIECE, 0, -1) if not unicodedata.category(text[at]).startswith("M")), 0)
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
        what = f"Google speaks at two speeds, not at {voice.speed}"
        raise SpeechError(what, where=where, then=f"set the speed to 1.0, or below {SLOW} for slow")
    language, domain = name["language"], name["tld"] or "com"
    prepared = []
    for piece in cut(text):
        try:
            # Its pre-processors add spaces and words ("St." is "Saint"): over 100, it would cut again.
            speech = gTTS(piece, lang=language, tld=domain, slow=slow, pre_processor_funcs=[])
            made = speech._prepare_requests()  # noqa: SLF001 the only door that does not send
        except (ValueError, AssertionError) as refused:
            what = f"gTTS refuses it: {refused}"
            raise SpeechError(what, where=where, then="choose another voice") from refused
        if len(made) != 1:
            raise SpeechError(f"gTTS cut a piece into {len(made)}", where=where, then="report this as a bug")
        prepared += made
    return prepared


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
