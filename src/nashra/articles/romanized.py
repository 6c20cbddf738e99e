"""Arabic in Latin letters as the Moroccan press writes it: for names of files and addresses.

ش ch, خ kh, غ gh, و ou, ع unwritten, doubled letters doubled, the article left out. Vowels are written
where the marks say them: bare text gives its consonants and long vowels only.
"""

from __future__ import annotations

import re
from functools import cache
from pkgutil import get_data

from nashra.arabic.letters import LETTERS, MARKS, SHADDA, order_marks, strip_marks
from nashra.arabic.patterns import pattern
from nashra.arabic.prefixes import readings

_LETTERS = dict(
    zip(
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچڤگڭ",
        (
            *("", "a", "a", "o", "i", "i", "a", "b", "a", "t", "th", "j", "h", "kh", "d", "d", "r", "z"),
            *("s", "ch", "s", "d", "t", "d", "a", "gh", "f", "k", "k", "l", "m", "n", "h", "ou", "i", "a"),
            *("p", "tch", "v", "g", "g"),
        ),
        strict=True,
    )
)  # fmt: skip
_VOWELS = {
    "\u064e": "a",
    "\u064f": "ou",
    "\u0650": "i",
    "\u064b": "an",
    "\u064c": "oun",
    "\u064d": "in",
    "\u0670": "a",
}
_WORD = pattern(f"[{LETTERS}{MARKS}پچڤگڭ]+")
_PIECE = pattern(f"(.)({SHADDA}?)([{MARKS}]*)")
_ARTICLE = pattern(
    f"\\A(?:[وف][{MARKS}]*)?(?:[بك][{MARKS}]*)?ا[{MARKS}]*ل[{MARKS}]*(?=[{LETTERS}][{LETTERS}{MARKS}]{{2}})"
)


def latin(text: str) -> str:
    """Return a text with its Arabic words in Latin letters; known names as they are known.

    >>> latin("حَمُّوشِي في مدريد"), latin("الأَمْن الوَطَنِي بِالدَّارِ البَيْضَاءِ"), latin("زِيَارَة")
    ('hammouchi fi madrid', 'amn watani casablanca', 'ziyara')
    """
    for name, known in _names()[1]:
        text = re.sub(rf"(?<![{LETTERS}{MARKS}])(?:[وفبل][{MARKS}]*)?{name}(?![{LETTERS}])", known, text)
    return _WORD.sub(lambda word: _word(word[0]), text)


def _word(word: str) -> str:
    bare = strip_marks(word)
    for reading in readings(bare):
        known = _names()[0].get(f"ال{reading.stem}" if reading.article else reading.stem)
        if known:
            return known
    stem = _ARTICLE.sub("", order_marks(word))
    said: list[str] = []
    pieces = _PIECE.findall(stem)
    for place, (letter, doubled, marks) in enumerate(pieces):
        before = said[-1] if said else ""
        vowel = _VOWELS.get(marks[:1], "") if marks else ""
        sound = _LETTERS.get(letter, "")
        if letter in "عءأإؤئا" and vowel:
            sound = ""  # what is heard is the vowel that it carries
        elif letter == "ع" and place:
            sound = ""
        elif letter in "وي" and (vowel or not place or (marks and before[-1:] == "a") or doubled):
            sound = {"و": "w", "ي": "y"}[letter]
        elif letter in "اويى" and before.endswith(sound):
            sound = ""  # «حَمُو»: the mark said it
        elif letter == "ة" and before.endswith("a"):
            sound = ""
        if place == len(pieces) - 1 and letter != "ة":
            vowel = "" if vowel in {"a", "ou", "i", "oun", "in"} and len(pieces) > 2 else vowel
        twice = doubled and place and len(sound) == 1  # at the front it is the article's doing
        said.append((sound if twice else "") + sound + ("" if letter == "ة" else vowel))
    return re.sub("iyy?\\Z", "i", "".join(said))  # «وطنيّ» is watani


@cache
def _names() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return the table of known names: single words, and phrases as patterns."""
    rows = (get_data(__package__, "latin_names.tsv") or b"").decode().splitlines()[1:]
    known = dict(row.split("\t") for row in rows if row)
    words = {name: said for name, said in known.items() if " " not in name}
    gap = f"[{MARKS}]*"
    phrases = tuple(
        ("\\s+".join(gap.join(map(re.escape, word)) + gap for word in name.split()), said)
        for name, said in known.items()
        if " " in name
    )
    return words, phrases
