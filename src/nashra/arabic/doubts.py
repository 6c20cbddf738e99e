"""The words of an article that the voice may say wrongly: those to look at before it is heard."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.letters import LETTERS, MARKS, order_marks, strip_marks
from nashra.arabic.patterns import pattern, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nashra.arabic.lexicon import Lexicon
    from nashra.model import Change


class Doubt(NamedTuple):
    """A word as written, why it may be said wrongly, and where it stands first."""

    word: str
    reason: str
    start: int


FOREIGN = "foreign word, transliterated"
STRANGE_LETTERS = "letters that no Arabic word has"
TWO_READINGS = "the diacritizer reads it in two ways"
RARE_NAME = "rare name after a title or a forename"

# Rules that know what they say of Latin letters.
_SURE = frozenset(
    {"lexicon", "url", "email", "hashtag", "account", "unit", "money", "percent", "clock", "hour", "duration"}
    | {"abbreviation", "agency", "title", "acronym", "letters and digits", "code", "Roman numeral"}
)
_SPELLED = 6
"""Capitals up to here are said letter by letter, as they are meant to be."""

_LATIN = pattern(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*[A-Za-zÀ-ɏ]")
_WORD = pattern(rf"[{LETTERS}{MARKS}\u0671-\u06d3]+")
_PIECE = pattern(rf"(.)([{MARKS}]*)", re.DOTALL)
# Persian and Urdu letters, a letter three times, ة or ى before another letter, ء in front.
_STRANGE = pattern(r"[\u0671-\u06d3]|(.)\1\1|[ةى][ء-ي]|^ء")
_TITLES = frozenset(
    words(
        """
        السيد السيدة الوزير الوزيرة الدكتور الدكتورة الأستاذ الأستاذة الفنان الفنانة اللاعب المدرب المهاجم
        الحارس المدعو المسمى الكاتب الشاعر المخرج القاضي العميد الجنرال النائب المستشار الصحافي الصحفي الباحث
        """
    )
)
_NO_NAMES = _TITLES | frozenset(
    words("أن إن في من على عن إلى الى التي الذي هو هي قد لم لن ما لا كان كانت قال أكد أوضح العام السابق")
)
# Of 212 words of an article, 8 of them read wrongly, 8 are read otherwise in all three, two of those
# wrongly. A word asked for quite alone: 21 and two.
_NEUTRAL = (("في ", ""), ("", " في المغرب"), ("ثم ", " كما كان"))
_BEHIND_ENDING = pattern(r"(?<=...)(?:هما|(?<!ات)هم|هن|ها|كم|نا|ا)\Z|(?<=..)ه\Z")
_SHORTEST = 3
"""Letters of a word that can have two readings worth a look: «من» has them everywhere."""


def doubts(
    written: str,
    spoken_changes: Iterable[Change],
    marked: str,
    lexicon: Lexicon,
    ask_again: Callable[[str], str],
) -> tuple[Doubt, ...]:
    """Return the doubtful words of a text, each once, the most doubtful first.

    `marked` is the text as it is said, with its marks; `spoken_changes` are what the steps made of
    `written`. `ask_again` puts marks on a sentence, as it was done for `marked`.

    >>> from nashra.arabic.lexicon import Lexicon
    >>> [doubt.word for doubt in doubts("كتب گرين", (), "كَتَبَ گرين", Lexicon.of({}), lambda word: word)]
    ['گرين']
    >>> doubts("", (), "", Lexicon.of({}), str)
    ()
    """
    known = _covered((*spoken_changes, *lexicon.signs(written)))
    named = _covered(lexicon.words(written))
    unknown = [word for word in _WORD.finditer(written) if word.start() not in named]
    two = _two_readings(marked, {strip_marks(word[0]) for word in unknown}, ask_again)
    found = [
        *((word, FOREIGN) for word in _LATIN.finditer(written) if _is_foreign(word, known)),
        *((word, STRANGE_LETTERS) for word in unknown if _STRANGE.search(strip_marks(word[0]))),
        *((word, TWO_READINGS) for word in unknown if strip_marks(word[0]) in two),
        *((word, RARE_NAME) for word in _names(written, lexicon, named)),
    ]
    once: dict[str, Doubt] = {}
    for word, reason in found:
        once.setdefault(strip_marks(word[0]), Doubt(strip_marks(word[0]), reason, word.start()))
    return tuple(once.values())


def _covered(changes: Iterable[Change]) -> frozenset[int]:
    """Return the places of the text for which a sure rule spoke."""
    return frozenset(
        place
        for change in changes
        if change.rule in _SURE or (change.rule == "Latin word" and not change.note)
        for place in range(change.start, change.start + len(change.before))
    )


def _is_foreign(word: re.Match[str], known: frozenset[int]) -> bool:
    spelled = word[0].isupper() and len(word[0]) <= _SPELLED
    return not spelled and word.start() not in known


def _two_readings(marked: str, wanted: set[str], ask_again: Callable[[str], str]) -> frozenset[str]:
    """Return the words that have other marks inside elsewhere in the text, or in neutral surroundings."""
    readings: defaultdict[str, set[str]] = defaultdict(set)
    for word in _WORD.finditer(marked):
        bare = strip_marks(word[0])
        if bare in wanted and len(bare) >= _SHORTEST:
            readings[bare].add(_inner(word[0]))
    return frozenset(
        bare for bare, found in readings.items() if len(found) > 1 or _otherwise_alone(bare, found, ask_again)
    )


def _otherwise_alone(bare: str, found: set[str], ask: Callable[[str], str]) -> bool:
    """Say whether a word is read otherwise wherever nothing around it tells; without marks it is not read."""
    for head, tail in _NEUTRAL:
        answer = _WORD.findall(ask(f"{head}{bare}{tail}"))
        reading = _inner(answer[len(head.split())]) if len(answer) > len(head.split()) else bare
        if reading in {bare, *found}:
            return False
    return True


def _inner(word: str) -> str:
    """Return a word without what its sentence gives it: its ending, and what an elided alif has.

    The ending stands before a pronoun and before the alif of tanwin, too.

    >>> _inner("الْكِتَابُ") == _inner("الكِتَاب"), _inner("كَتَبَ") == _inner("كُتُب")
    (True, False)
    >>> _inner("بِلَادُهُ") == _inner("بِلَادِهِ"), _inner("صَبَاحًا") == _inner("صَبَاحَا")
    (True, True)
    >>> _inner("كُتُبُهَا") == _inner("كَتَبَهَا")
    False
    """
    pieces = _PIECE.findall(order_marks(word))
    behind = _BEHIND_ENDING.search(strip_marks(word))
    if behind and behind.start():
        letter, marks = pieces[behind.start() - 1]
        pieces[behind.start() - 1] = letter, re.sub("[\u064b-\u0650]", "", marks)
        pieces[behind.start() :] = [(letter, "") for letter, _ in pieces[behind.start() :]]
    inner = [
        letter + ("" if letter == "ا" else marks.replace("\u0652", "").replace("\u0670", ""))
        for letter, marks in pieces[:-1]
    ]
    return "".join([*inner, *(letter for letter, _ in pieces[-1:])])


def _names(written: str, lexicon: Lexicon, named: frozenset[int]) -> Iterator[re.Match[str]]:
    """Give the words behind a title or a known forename that the lexicon does not have."""
    forenames = {
        change.start + len(change.before)
        for change in lexicon.words(written)
        if any(_is_forename(lexicon, strip_marks(change.before)[drop:]) for drop in (0, 1))
    }
    before, end = "", 0
    for word in _WORD.finditer(written):
        bare = strip_marks(word[0])
        leads = before in _TITLES or end in forenames
        touches = written[end : word.start()].isspace()
        if leads and touches and bare not in _NO_NAMES and bare[:1] != "و" and word.start() not in named:
            yield word
        before, end = bare, word.end()


def _is_forename(lexicon: Lexicon, written: str) -> bool:
    return written in lexicon.entries and lexicon.entries[written].kind == "forename"
