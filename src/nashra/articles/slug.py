"""Names on disk and in addresses: ASCII, short, safe on every system."""

from __future__ import annotations

import re

from nashra.store import sha256

LONGEST = 80
"""Bytes of a slug: file systems allow 255, of which hash, suffix and temporary names take some."""

# A letter for a letter, without the unwritten vowels: «حموشي» becomes hmwshy. Names that readers
# recognize need a dictionary.
_LETTERS = (
    ("ءآأؤإئاب", ("-", "a", "a", "w", "i", "y", "a", "b")),
    ("ةتثجحخدذ", ("a", "t", "th", "j", "h", "kh", "d", "dh")),
    ("رزسشصضطظ", ("r", "z", "s", "sh", "s", "d", "t", "z")),
    ("عغفقكلمن", ("a", "gh", "f", "q", "k", "l", "m", "n")),
    ("هويىپچڤگڭ", ("h", "w", "y", "a", "p", "ch", "v", "g", "g")),
)
_LATIN = {arabic: latin for row, sounds in _LETTERS for arabic, latin in zip(row, sounds, strict=True)}
# Windows gives these to devices, whatever the suffix.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z", re.IGNORECASE)


def slug(stem: str) -> str:
    """Return the slug of a file's stem: the stem if it is ASCII, else its letters and a short hash.

    >>> slug("hammouchi-spain-visit")
    'hammouchi-spain-visit'
    >>> slug("حموشي في مدريد")
    'hmwshy-fy-mdryd-1ef38a'
    >>> slug("../../etc/passwd"), slug("CON"), slug("؟؟")
    ('etc-passwd', 'con-e4b189', 'ep-68c01c')
    """
    latin = "".join(_LATIN.get(letter, letter) for letter in stem)
    safe = re.sub(r"[^A-Za-z0-9_.]+", "-", latin).strip("-._")
    if stem.isascii() and safe and len(safe) <= LONGEST and not _RESERVED.match(safe):
        return safe
    tail = sha256(stem)[:6]
    return f"{safe[: LONGEST - 7].strip('-._').lower() or 'ep'}-{tail}"
