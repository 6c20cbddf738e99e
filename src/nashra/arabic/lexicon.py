"""How names and words are said: a table of written and spoken forms, and the step that applies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pkgutil import get_data
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.ipa import ipa_to_arabic
from nashra.arabic.letters import LETTERS, MARKS, TATWEEL, order_marks, strip_marks
from nashra.arabic.patterns import pattern
from nashra.arabic.prefixes import Reading, prefixed, reading_of, readings
from nashra.arabic.rewriting import Change, after  # noqa: F401 doctests use `after`

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Entry(NamedTuple):
    """A word or phrase as written and as said, its sounds in IPA, and what kind of name it is.

    `spoken` has its vowel marks; a last letter without one gets the ending that its sentence asks for.
    """

    written: str
    spoken: str
    ipa: str = ""
    kind: str = ""


_NAMES = frozenset(("city", "club", "country", "forename", "party", "person", "region", "world city"))
"""Kinds that take no article but their own: «القطر» is not Qatar."""
_SHORT_CAPITALS = 3
_NAME_BEFORE = 100
"""Characters before a sign in which its name may stand already."""
_TOKEN = pattern(rf"[{LETTERS}{MARKS}]+")
_SIGN = pattern(rf"[{LETTERS}{MARKS}]+|\d+|[A-Za-zÀ-ɏ]+|\s+|.", re.DOTALL)
_PIECE = pattern(rf"(.)([{MARKS}]*)", re.DOTALL)
_JOINING = frozenset("@#_/.")
_MONEY = frozenset("€$£")
_PLAIN = pattern(rf"[{LETTERS} ]+")
# Regions are written with hyphens: «طنجة-تطوان-الحسيمة», «سوس – ماسة».
_JOINT = pattern(r"\s*[-–]\s*|\s+")
_BEFORE_SIGN = pattern("[وف]?(?:[بك]?ال|لل|[بكل])?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by their written form, bare and in small letters, found by their first word.

    >>> lexicon = Lexicon.of({"الرباط": "الرِّبَاط", "سوس ماسة": "سُوس مَاسَّة", "2M": "دُوزِيم", "زياش": "/zijjaːʃ/"})
    >>> after("في الرباط وبالرباط وللرباط، سوس-ماسة والزياش", lexicon.words) == order_marks(
    ...     "في الرِّبَاط وَبِالرِّبَاط وَلِلرِّبَاط، سُوس-مَاسَّة وَالزِّيَّاش"
    ... )
    True
    >>> after("الرباطي رباط الرُّباط 2M3 ب2M", lexicon.words, lexicon.signs)
    'الرباطي رباط الرُّباط 2M3 بِدُوزِيم'
    """

    entries: Mapping[str, Entry]
    by_word: Mapping[str, tuple[Entry, ...]]
    by_sign: Mapping[str, tuple[Entry, ...]]

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Lexicon:
        """Return the lexicon of written forms and what is said for each, in marked Arabic or in `/IPA/`."""
        return _lexicon(Entry(written, spoken) for written, spoken in words.items())

    def over(self, other: Lexicon) -> Lexicon:
        """Return both in one; what stands in this one hides the same written form of the other.

        >>> Lexicon.of({"كرة": "كُرَة"}).over(shipped()).entries["كرة"].spoken
        'كُرَة'
        """
        return _lexicon((*other.entries.values(), *self.entries.values()))

    def words(self, text: str) -> Iterator[Change]:
        """Give the words and phrases of Arabic letters that have an entry, with its marks.

        The longest phrase wins. Marks of the author stay, and where they tell of another word there is
        no change.
        """
        tokens = list(_TOKEN.finditer(text))
        place = 0
        while place < len(tokens):
            count, change = self._phrase(text, tokens, place)
            place += count
            if change and change.after != change.before:
                yield change

    def signs(self, text: str) -> Iterator[Change]:
        """Give what has an entry and is written with more than Arabic letters: FIFA, 2M, «و.م.ع»."""
        tokens = list(_SIGN.finditer(text)) if self.by_sign else []
        place = end = 0
        while place < len(tokens):
            count, change = self._sign(text, tokens, place)
            place += count
            if change and change.start >= end:
                yield change
                end = change.start + len(change.before)

    def _phrase(self, text: str, tokens: list[re.Match[str]], place: int) -> tuple[int, Change | None]:
        first = tokens[place]
        best, said = 0, ""
        for reading in readings(strip_marks(first[0])):
            for entry in self.by_word.get(reading.stem, ()):
                length = entry.written.count(" ") + 1
                if length <= best:
                    break
                if reading.article and entry.kind in _NAMES:
                    continue
                taken = tokens[place : place + length]
                if (found := _said(text, taken, reading, entry)) is not None:
                    best, said = length, found
                    break
        if not best:
            return 1, None
        start, end = first.start(), tokens[place + best - 1].end()
        return best, Change("lexicon", text[start:end], said, start)

    def _sign(self, text: str, tokens: list[re.Match[str]], place: int) -> tuple[int, Change | None]:
        for entry in self.by_sign.get(tokens[place][0].casefold(), ()):
            start = tokens[place].start()
            end = start + len(entry.written)
            if not _is_written(entry.written, text[start:end]) or not _whole(text, start, end):
                continue
            count = sum(token.start() < end for token in tokens[place : place + len(entry.written)])
            prefix = _glued(tokens, place)
            start -= len(prefix)
            reading = reading_of(prefix, entry.written)
            gap = " " if text[end : end + 1].isalnum() else ""
            said = _once(text[:start], prefixed(reading, entry.spoken)) + gap
            return count, Change("lexicon", text[start:end], said, start)
        return 1, None


def _lexicon(entries: Iterable[Entry]) -> Lexicon:
    every: dict[str, Entry] = {}
    for entry in entries:
        written = bare(entry.written)
        spoken = ipa_to_arabic(entry.spoken[1:-1]) if is_ipa(entry.spoken) else order_marks(entry.spoken)
        every[written.casefold()] = entry._replace(written=written, spoken=spoken)
    by_word: dict[str, list[Entry]] = {}
    by_sign: dict[str, list[Entry]] = {}
    for entry in sorted(every.values(), key=lambda entry: -len(entry.written.split())):
        if _PLAIN.fullmatch(entry.written):
            by_word.setdefault(entry.written.split()[0], []).append(entry)
        elif first := _SIGN.match(entry.written):
            by_sign.setdefault(first[0].casefold(), []).append(entry)
    for signs in by_sign.values():
        signs.sort(key=lambda entry: -len(entry.written))
    return Lexicon(
        every,
        {word: tuple(found) for word, found in by_word.items()},
        {word: tuple(found) for word, found in by_sign.items()},
    )


def bare(written: str) -> str:
    """Return the written form by which an entry is found: no marks, no tatweel, single spaces.

    >>> bare(" حَمُّوشي  بــن ")
    'حموشي بن'
    """
    return " ".join(strip_marks(written).replace(TATWEEL, "").split())


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with Nashra: cities, people, parties, clubs, months, numbers.

    >>> after("قرب أكادير، حموشي وبنكيران", shipped().words) == order_marks("قرب أَكَادِير، حَمُّوشِي وَبَنْكِيرَان")
    True
    """
    # A part of the package, like its code: no file of anybody's station.
    return _lexicon(table((get_data("nashra.arabic", "lexicon.tsv") or b"").decode()))


def table(text: str) -> tuple[Entry, ...]:
    r"""Return the entries of a table: a heading, then written, spoken, IPA and kind between tabs.

    >>> table("written\tspoken\tipa\tkind\nفاس\tفَاس\tfaːs\tcity\n")
    (Entry(written='فاس', spoken='فَاس', ipa='faːs', kind='city'),)
    """
    return tuple(Entry(*line.split("\t")) for line in text.splitlines()[1:])


def _said(text: str, taken: list[re.Match[str]], reading: Reading, entry: Entry) -> str | None:
    """Return what an entry says for the words taken, or None where they are not its words."""
    start, end = taken[0].start(), taken[-1].end()
    written = entry.written.split()
    if len(taken) < len(written) or [strip_marks(word[0]) for word in taken[1:]] != written[1:]:
        return None
    joints = [text[one.end() : two.start()] for one, two in pairwise(taken)]
    if not all(map(_JOINT.fullmatch, joints)) or not _whole(text, start, end):
        return None
    spoken = entry.spoken.split()
    spoken[0] = prefixed(reading, spoken[0])
    if len(spoken) != len(taken):
        return None if strip_marks(text[start:end]) != text[start:end] else " ".join(spoken)
    marked = [_agreed(word[0], said) for word, said in zip(taken, spoken, strict=True)]
    if None in marked:
        return None
    return "".join(f"{word}{joint}" for word, joint in zip(marked, [*joints, ""], strict=True))


def _agreed(written: str, spoken: str) -> str | None:
    """Return the spoken form with the marks of the author, or None where those tell of another word.

    >>> _agreed("الرباطِ", "الرِّبَاط"), _agreed("حمّوشي", "حَمُّوشِي"), _agreed("سلّا", "سَلَا")
    ('الرِّبَاطِ', 'حَمُّوشِي', None)
    """
    if strip_marks(written) == written:
        return spoken
    ours, theirs = _PIECE.findall(spoken), _PIECE.findall(written)
    if len(ours) != len(theirs):
        return None
    said = ""
    for (letter, marks), (_, own) in zip(ours, theirs, strict=True):
        if marks and not set(own) <= set(marks):
            return None
        said += letter + (marks or own)
    return said


def _is_written(written: str, there: str) -> bool:
    """Say whether an entry stands there; short capitals must be capitals: «2m» is no television.

    >>> _is_written("FIFA", "Fifa"), _is_written("2M", "2m")
    (True, False)
    """
    there = there.replace("\u00a0", " ")
    if written.isupper() and len(written) <= _SHORT_CAPITALS:
        return written == there
    return written.casefold() == there.casefold()


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether what stands here is a word of its own; a Latin one may touch an Arabic one."""
    before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
    if _same_script(before, text[start]) or _same_script(behind, text[end - 1]):
        return False
    # «youtube.com», «@FIFAcom», «#FIFA_2030» are said by rules of their own.
    if before in _JOINING or (behind in _JOINING and text[end + 1 : end + 2].isalnum()):
        return False
    # «2M€» and «1.2M» are amounts, no television.
    if before in _MONEY or behind in _MONEY:
        return False
    decimal = (
        text[start].isdigit() and before in {".", ",", "٫"} and text[max(start - 2, 0) : start - 1].isdigit()
    )
    return not decimal


def _same_script(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum() and (_TOKEN.match(one) is None) == (_TOKEN.match(other) is None)


def _once(before: str, spoken: str) -> str:
    """Return what is said of a sign without the words that stand before it: «حزب PPS», «وكالة AFP».

    >>> _once("قال حزب ", "حِزْب التَّقَدُّم"), _once("في مقر ", "حِزْب التَّقَدُّم"), _once("بحزب التقدم ", "حِزْب التَّقَدُّم")
    ('التَّقَدُّم', 'حِزْب التَّقَدُّم', '')
    """
    words = spoken.split()
    if len(words) == 1 or not before[-1:].isspace():
        return spoken
    first, *others = (strip_marks(word) for word in words)
    there = before[-_NAME_BEFORE:].split()
    for count in range(len(words), 0, -1):
        named = there[-count:]
        if len(named) < count or named[1:] != others[: count - 1]:
            continue
        # The first may have something glued to it: «للمديرية العامة للأمن الوطني DGSN».
        if any(reading.stem == first for reading in readings(named[0]) if not reading.article):
            return " ".join(words[count:])
    return spoken


def _glued(tokens: list[re.Match[str]], place: int) -> str:
    """Return the Arabic prefix that touches a sign."""
    before = tokens[place - 1][0] if place else ""
    return before if _BEFORE_SIGN.fullmatch(before) else ""


def is_ipa(spoken: str) -> bool:
    """Say whether a spoken form is written in IPA: `/duːziːm/`."""
    return len(spoken) > 2 and spoken.startswith("/") and spoken.endswith("/")
