"""Letters that Arabic writes onto a word: which a word may begin with, and how they are said before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.letters import SHADDA, order_marks, strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterator


class Reading(NamedTuple):
    """A word taken apart: letters before it, whether an article is among them, and the entry's first word."""

    prefix: str
    article: bool
    stem: str


_SUN = frozenset("تثدذرزسشصضطظلن")
_PREFIXES = {"و": "وَ", "ف": "فَ", "ب": "بِ", "ك": "كَ", "ل": "لِ"}
_HEADS = frozenset({"وكالة", "حزب", "مجموعة", "كأس", "بنك"})
"""Nouns that begin what is said for letters: a party, an agency."""
_SHORTEST = 3
"""Letters that must be left behind a prefix: «كما» is not «ما», «ولي» is not «لي»."""


def readings(word: str) -> Iterator[Reading]:
    """Give the ways to take a bare word apart, from no prefix to the longest.

    >>> [(reading.prefix, reading.article, reading.stem) for reading in readings("وبالرباط")]
    [('', False, 'وبالرباط'), ('و', False, 'بالرباط'), ('وب', False, 'الرباط'), ('وب', True, 'رباط')]
    >>> [reading.stem for reading in readings("لليبيا")]
    ['لليبيا', 'ليبيا', 'اليبيا', 'يبيا', 'الليبيا']
    """
    yield Reading("", article=False, stem=word)
    if len(word) <= _SHORTEST:
        return
    yield from _behind("", word)
    if word[0] in "وف":
        yield Reading(word[0], article=False, stem=word[1:])
        yield from _behind(word[0], word[1:])


def _behind(prefix: str, word: str) -> Iterator[Reading]:
    """Give what a preposition or an article may leave of a word."""
    head, rest = word[0], word[1:]
    if head == "ا" and word[1:2] == "ل" and len(word) >= _SHORTEST + 2:
        yield Reading(prefix, article=True, stem=word[2:])
    if head not in "بكل" or len(rest) < _SHORTEST:
        return
    prefix += head
    yield Reading(prefix, article=False, stem=rest)
    if head == "ل" and rest[0] == "ل":
        yield Reading(prefix, article=False, stem="ال" + rest[1:])
        yield Reading(prefix, article=True, stem=rest[1:])
        yield Reading(prefix, article=False, stem="ال" + rest)
    elif rest.startswith("ال") and len(rest) >= _SHORTEST + 2:
        yield Reading(prefix, article=True, stem=rest[2:])


def reading_of(prefix: str, stem: str) -> Reading:
    """Return the reading of a prefix that stands before a sign: «الـFIFA», «للFIFA»."""
    if prefix.endswith("لل"):
        return Reading(prefix[:-1], article=True, stem=stem)
    return Reading(prefix.removesuffix("ال"), article=prefix.endswith("ال"), stem=stem)


def is_bound(spoken: str) -> bool:
    """Say whether a phrase is a noun with its genitive, which takes no article: «الـG20», «الـPPS».

    >>> is_bound("مجموعة العشرين"), is_bound("مجموعة"), is_bound("مئة درهم")
    (True, False, False)
    """
    first, _, rest = strip_marks(spoken).partition(" ")
    return bool(rest) and first in _HEADS


def prefixed(reading: Reading, spoken: str) -> str:
    """Return the spoken form behind its prefix, article and all.

    >>> prefixed(Reading("ول", False, ""), "الْعُيُون"), prefixed(Reading("ب", True, ""), "اِتِّحَاد")
    ('وَلِلْعُيُون', 'بِالِاتِّحَاد')
    """
    if reading.article and not spoken.startswith("ال") and not is_bound(spoken):
        spoken = _with_article(spoken)
    if not reading.prefix:
        return spoken
    if spoken.startswith("ا"):
        if reading.prefix.endswith("ل") and spoken.startswith("ال"):
            # The alif of the article falls, and a third lam with it: للعيون, لليغا.
            spoken = spoken[2:] if spoken.startswith("الل") else spoken[1:]
        else:
            spoken = "ا" + spoken[1:].lstrip("\u064e\u064f\u0650")
    return "".join(_PREFIXES[letter] for letter in reading.prefix) + spoken


def _with_article(spoken: str) -> str:
    """Return a spoken form with the article.

    >>> _with_article("رِبَاط") == order_marks("الرِّبَاط"), _with_article("مِلْيُون"), _with_article("اِتِّحَاد")
    (True, 'الْمِلْيُون', 'الِاتِّحَاد')
    """
    if spoken[0] in _SUN:
        return order_marks("ال" + spoken[0] + SHADDA + spoken[1:])
    if spoken[0] == "ا" and spoken[1:2] in {"\u064e", "\u064f", "\u0650"}:
        return "ال" + spoken[1] + "ا" + spoken[2:]
    return "الْ" + spoken
