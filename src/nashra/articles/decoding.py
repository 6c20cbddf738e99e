"""From bytes to text, whatever their encoding; no character is left that harms what comes after."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from nashra.arabic.letters import HARMFUL
from nashra.arabic.patterns import pattern
from nashra.articles.encodings import GARBLED, candidates, is_arabic
from nashra.errors import ArticleError

_HARMFUL = pattern(f"[{HARMFUL}]")
_LINE_END = pattern("\r\n|[\r\x0c\x85\u2028\u2029]")
_NO_BREAK_SPACE = pattern("[\u00a0\u202f]")

# Signatures of what people drop into the folder by mistake.
_BINARY = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
    b"ID3": "an MP3 file",
    b"{\\rtf": "a rich-text file",
}


class Decoded(NamedTuple):
    """A text, the encoding that it was read by, and what a person should know about that; mostly nothing."""

    text: str
    encoding: str
    doubt: str = ""


def decode(raw: bytes, where: str, declared: str = "") -> Decoded:
    r"""Return the text of a file or page: lines ended by a line feed, harmful characters gone.

    A mark at the start is believed first, then valid UTF-8 (no Arabic text in another encoding is that by
    chance), then `declared` (by the HTTP header, else by the page), then the older Arabic encodings by
    which letters they give. Raises ArticleError for a binary file, and for bytes that give no Arabic in
    any of them, with their line.

    >>> decode(b"\xef\xbb\xbfa\r\nb\x00", "x.txt")
    Traceback (most recent call last):
    nashra.errors.ArticleError: x.txt: is a binary file, not text; save the article as plain text in UTF-8
    >>> decode("\ufeffسطر\r\nسطر\u202e".encode(), "x.txt").text
    'سطر\nسطر'
    >>> decode("الملك يدشن مستشفى جديدا".encode("cp1256"), "x.txt")
    Decoded(text='الملك يدشن مستشفى جديدا', encoding='cp1256', doubt='read as cp1256, which it does not say')
    >>> [decode("خبر عن المغرب".encode(name), "x").encoding for name in ("iso-8859-6", "utf-16", "utf-16-be")]
    ['iso-8859-6', 'utf-16', 'utf-16-be']
    """
    kind = next((kind for sign, kind in _BINARY.items() if raw.startswith(sign)), "")
    if kind:
        raise _not_text(kind, where)
    broken = None
    for name in candidates(raw, declared):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError as wrong:
            broken = broken or (wrong if name == "utf-8" else None)
            continue
        if "\0" in text:
            raise _not_text("a binary file", where)
        unicode = name.startswith("utf")
        if unicode and GARBLED.search(text):
            raise ArticleError(
                "is garbled: its letters were decoded wrongly before they came here",
                where=where,
                then="get the text anew from where it was written",
            )
        if unicode or is_arabic(text):
            said = f"it says {declared}" if declared else "which it does not say"
            sure = unicode or _same_encoding(name, declared)
            return Decoded(clean(text), name, "" if sure else f"read as {name}, {said}")
    start = broken.start if broken else 0
    raise ArticleError(
        f"is not UTF-8 (byte 0x{raw[start]:02x})",
        where=f"{where}:{raw.count(10, 0, start) + 1}",
        then="save it again with the encoding UTF-8",
    ) from broken


def _not_text(kind: str, where: str) -> ArticleError:
    return ArticleError(f"is {kind}, not text", where=where, then="save the article as plain text in UTF-8")


def _same_encoding(name: str, declared: str) -> bool:
    try:
        return codecs.lookup(declared).name == name
    except LookupError:
        return False


def clean(text: str) -> str:
    r"""Return the text without the characters that harm a feed, a page, a terminal or an engine.

    >>> clean("أ\x1b[31mب\u2066ج\u00a0د")
    'أ[31mبج د'
    """
    return _HARMFUL.sub("", _NO_BREAK_SPACE.sub(" ", _LINE_END.sub("\n", text)))
