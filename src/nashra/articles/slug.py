"""Names on disk and in addresses: ASCII, short, safe on every system, recognized by readers."""

from __future__ import annotations

import re
import unicodedata

from nashra.arabic.lexicon import shipped
from nashra.arabic.patterns import pattern
from nashra.arabic.rewriting import after
from nashra.articles.romanized import latin
from nashra.store import sha256

LONGEST = 80
"""Bytes of a slug: file systems allow 255, of which hash, suffix and temporary names take some."""

# Windows gives these to devices, whatever the suffix.
_RESERVED = pattern(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z", re.IGNORECASE)


def slug(stem: str) -> str:
    """Return the slug of a file's stem: the stem if it is ASCII, else its words and a short hash.

    >>> slug("hammouchi-spain-visit")
    'hammouchi-spain-visit'
    >>> slug("حموشي في مدريد")
    'hammouchi-fi-madrid-1ef38a'
    >>> slug("../../etc/passwd"), slug("CON"), slug("com1.x"), slug("؟؟")
    ('etc-passwd', 'con-e4b189', 'com1-x-833af3', 'ep-68c01c')
    """
    safe = _safe(stem) if stem.isascii() else words(stem, LONGEST - 7)
    if stem.isascii() and safe and len(safe) <= LONGEST and not _RESERVED.match(safe):
        return safe
    if _RESERVED.match(safe):
        safe = safe.replace(".", "-")  # com1.x is the device, too, and so is com1.x-1ef38a
    tail = sha256(stem)[:6]
    return f"{safe[: LONGEST - 7].strip('-._').lower() or 'ep'}-{tail}"


def words(title: str, longest: int = LONGEST) -> str:
    """Return a title as a slug of whole words; empty where it has no word that can be written.

    >>> words("زيارة حموشي إلى إسبانيا: تعاون أمني"), words("Élysée & المغرب"), words("؟؟")
    ('ziara-hammouchi-ila-espagne-taoun-amni', 'elysee-maroc', '')
    >>> len(words("الاجتماعات الثنائية " * 40)) <= LONGEST
    True
    """
    marked = after(title, shipped().words)
    safe = _safe(unicodedata.normalize("NFKD", latin(marked)).encode("ascii", "ignore").decode()).lower()
    if len(safe) <= longest:
        return safe
    return (safe[: longest + 1].rpartition("-")[0] or safe[:longest]).strip("-._")


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.]+", "-", text).strip("-._")
