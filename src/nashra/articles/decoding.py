"""From bytes to text: UTF-8 or a clear error, and no character that harms what comes after."""

from __future__ import annotations

import re

from nashra.arabic.letters import HARMFUL
from nashra.errors import ArticleError

_HARMFUL = re.compile(f"[{HARMFUL}]")
_LINE_END = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_NO_BREAK_SPACE = re.compile("[\u00a0\u202f]")

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


def decode(raw: bytes, where: str) -> str:
    r"""Return the text of a file: UTF-8, lines ended by a line feed, harmful characters gone.

    Raises ArticleError for a binary file, and for bytes that are not UTF-8 with their line.

    >>> decode(b"\xef\xbb\xbfa\r\nb\x00", "x.txt")
    Traceback (most recent call last):
    nashra.errors.ArticleError: x.txt: is a binary file, not text; save the article as plain text in UTF-8
    >>> decode("\ufeffسطر\r\nسطر\u202e".encode(), "x.txt")
    'سطر\nسطر'
    """
    kind = next((kind for sign, kind in _BINARY.items() if raw.startswith(sign)), "")
    if not kind and b"\0" in raw:
        kind = "a binary file"
    if kind:
        raise ArticleError(
            f"is {kind}, not text", where=where, then="save the article as plain text in UTF-8"
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        line = raw.count(b"\n", 0, broken.start) + 1
        raise ArticleError(
            f"is not UTF-8 (byte 0x{raw[broken.start]:02x})",
            where=f"{where}:{line}",
            then="save it again with the encoding UTF-8",
        ) from broken
    return clean(text)


def clean(text: str) -> str:
    r"""Return the text without the characters that harm a feed, a page, a terminal or an engine.

    >>> clean("أ\x1b[31mب\u2066ج\u00a0د")
    'أ[31mبج د'
    """
    return _HARMFUL.sub("", _NO_BREAK_SPACE.sub(" ", _LINE_END.sub("\n", text)))
