"""A text to the requests that ask Google Translate's voice for it: cut, without marks, written by gTTS."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nashra.errors import SpeechError

if TYPE_CHECKING:
    import requests

    from nashra.model import Voice

PIECE = 100  # characters that Google takes at a time (gTTS.GOOGLE_TTS_MAX_CHARS)
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
