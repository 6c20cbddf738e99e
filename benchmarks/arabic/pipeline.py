"""The ways of Nashra that are measured, each named in this one place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nashra import station, wording
from nashra.arabic import sentences, tashkeel
from nashra.arabic.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

MODEL = "rawi-ensemble"


def said(line: str) -> str:
    """Return a written line as `nashra spoken --no-marks` prints it outside of a station."""
    return next(text for text, _dropped in wording.lines(station.none(), line.encode(), "line", marks=False))


def model(*, one_core: bool = False) -> Callable[[str], str]:
    """Return the diacritizer that Nashra asks, limited to one thread if wanted."""
    if one_core:
        os.environ["TT_ORT_THREADS"] = "1"  # text2tashkeel reads it when it opens the model
    from text2tashkeel import Diacritizer  # noqa: PLC0415 after the number of threads is known

    ask: Callable[[str], str] = Diacritizer(MODEL).diacritize
    ask("سلام")  # the model is loaded with the first question
    return ask


def marked(paragraph: str, ask: Callable[[str], str]) -> str:
    """Return a written paragraph as a station says it: in sentences, in words, with vowel marks."""
    pieces = (spoken(piece.strip()).text for piece in sentences.split(paragraph))
    return " ".join(tashkeel.diacritize(piece, ask) for piece in pieces)


def in_sentences(words: str, ask: Callable[[str], str]) -> str:
    """Return a text that is words already, with vowel marks put sentence by sentence."""
    return "".join(tashkeel.diacritize(piece, ask) for piece in sentences.split(words))
