"""The process that holds libespeak-ng: a question a line on stdin, a header line and PCM on stdout."""

from __future__ import annotations

import _ctypes
import ctypes
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import espeakng_loader

from nashra.audio.voices.worker import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

# From espeak-ng's speak_lib.h, version 1.52.
_SYNCHRONOUS = 2
_UTF8 = 1
_WORD = 1
_RATE, _PITCH = 1, 3
_USUAL_RATE, _USUAL_PITCH = 175, 50
_IPA = 2


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


class _Voice(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("languages", ctypes.c_char_p), ("identifier", ctypes.c_char_p))


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def answer(library: ctypes.CDLL, rate: int, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return header and PCM (mono, 16-bit, little-endian, `rate` Hz) for one question."""
    if library.espeak_SetVoiceByName(question["voice"].encode()) != 0:
        return {"unknown_voice": True, "voices": _arabic_voices(library), "bytes": 0}, b""
    # Control characters are commands to espeak, with or without its flags.
    text = "".join(max(char, " ") for char in question["text"])
    if question.get("phonemes"):
        return {"phonemes": _phonemes(library, text), "bytes": 0}, b""
    library.espeak_SetParameter(_RATE, round(_USUAL_RATE * question["speed"]), 0)
    library.espeak_SetParameter(_PITCH, round(_USUAL_PITCH * question["pitch"]), 0)
    pieces: list[bytes] = []
    words: list[tuple[int, int, int]] = []

    def take(samples: Any, count: int, events: Any) -> int:  # noqa: ANN401 ctypes pointers
        if count:
            pieces.append(ctypes.string_at(samples, count * 2))
        place = 0
        while events[place].type:
            event = events[place]
            if event.type == _WORD:
                words.append((event.text_position - 1, event.length, event.sample))
            place += 1
        return 0

    callback = _CALLBACK(take)
    library.espeak_SetSynthCallback(callback)
    data = text.encode() + b"\0"
    library.espeak_Synth(data, len(data), 0, 1, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    pcm = b"".join(pieces)
    return {"rate": rate, "bytes": len(pcm), "words": words}, pcm


def _phonemes(library: ctypes.CDLL, text: str) -> str:
    """Return what the voice would say in IPA: its clauses with a line feed between them."""
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    rest = ctypes.c_char_p(text.encode())
    clauses = []
    while rest:
        clause = library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
        clauses.append((clause or b"").decode().strip())
    return "\n".join(filter(None, clauses))


def _arabic_voices(library: ctypes.CDLL) -> list[str]:
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
    voices = library.espeak_ListVoices(None)
    place, names = 0, []
    while voices[place]:
        language = voices[place].contents.languages[1:].decode()
        if language.startswith("ar"):
            names.append(language)
        place += 1
    return sorted(set(names))


def answer_anew(question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what a library that has said nothing yet answers."""
    with _library() as (library, rate):
        return answer(library, rate, question)


@contextmanager
def _library() -> Iterator[tuple[ctypes.CDLL, int]]:
    """Give libespeak-ng as new, and its rate in Hz.

    It keeps the phase of its waves, and more, from one sentence to the next, so that the same sentence
    is never the same bytes; neither espeak_Cancel nor espeak_Terminate resets that. Loading it anew
    does, in about 4 ms.
    """
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), 0)
    try:
        yield library, rate
    finally:
        library.espeak_Terminate()
        unload = vars(_ctypes).get("dlclose") or vars(_ctypes)["FreeLibrary"]  # the second on Windows
        unload(library._handle)  # noqa: SLF001 there is no public way to unload a library


if __name__ == "__main__":
    # Ctrl-C reaches every process of a terminal. Who asked stops asking; the sentence at hand is finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(answer_anew, sys.stdin.buffer, sys.stdout.buffer)
