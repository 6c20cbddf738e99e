"""The `gtts` engine: Google Translate's voice, asked through a client of our own.

gTTS writes the requests; `google_client` sends them, because gTTS switches TLS verification off,
never ends a slow answer, never asks twice, and takes an answer without sound for success. Here any
piece that fails fails its whole utterance: nothing is ever left out in silence.

Proved only against a fake Google behind an http:// proxy, all on loopback (tests/test_google.py):
no test meets the real one, and an https:// proxy is untested.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nashra.audio.voices.google_client import OTHERWISE, Client, GoogleError
from nashra.errors import SpeechError
from nashra.model import Clip

if TYPE_CHECKING:
    import requests

    from nashra.model import Voice

PIECE = 100
"""Characters that Google takes at a time (gTTS.GOOGLE_TTS_MAX_CHARS)."""

SLOW = 0.8

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


class Speaker(Client):
    """Google's voice: all of a text, in one piece, or SpeechError."""

    version = "translate-tts-1"

    def speak(self, text: str, voice: Voice) -> Clip:
        """Return a text as Google says it, all of it; raises SpeechError."""
        where = f"voice gtts {voice.name}"
        try:
            sounds = self.ask(prepare(text, voice))
        except GoogleError as failure:
            raise SpeechError(str(failure), where=where, then=failure.then) from failure
        rates = {rate for _, rate in sounds}
        if len(rates) != 1:
            what = f"Google spoke at several rates: {sorted(rates)} Hz"
            raise SpeechError(what, where=where, then=OTHERWISE)
        return Clip(b"".join(pcm for pcm, _ in sounds), rates.pop())
