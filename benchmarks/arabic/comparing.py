"""How far one marked text is from another: in words, in letters, in phonemes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FATHA, DAMMA, KASRA, SHADDA, SUKUN = "\u064e\u064f\u0650\u0651\u0652"
TANWIN_FATH, DAGGER = "\u064b\u0670"
_WORD = re.compile("[\u0621-\u063a\u0641-\u0652\u0670]+")
_PIECE = re.compile("([\u0621-\u063a\u0641-\u064a])([\u064b-\u0652\u0670]*)")
_HAMZA = str.maketrans("أإآ", "ااا")
_LONG = {"ا": FATHA, "و": DAMMA, "ي": KASRA}
_HELPING = (FATHA, DAMMA, KASRA)
_IPA = re.compile(r"[^\W_][ːˤʰʲʷ\u0300-\u036f]*")

Letter = tuple[str, str]
"""A letter and its marks, sorted."""
Word = tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Errors and what they are errors of; `missed` has the words: expected and got."""

    words: int = 0
    wrong: int = 0
    wrong_inside: int = 0
    letters: int = 0
    wrong_letters: int = 0
    wrong_letters_inside: int = 0
    letters_inside: int = 0
    phonemes: int = 0
    wrong_phonemes: int = 0
    changed: int = 0
    missed: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: Score) -> Score:
        """Return both together."""
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def words(text: str) -> list[Word]:
    """Return the words of a text, each a row of letters with their marks, in one spelling.

    What is no difference to the ear is no difference here:
    - no sukun and a sukun are the same; so are both orders of shadda and vowel;
    - tanwin of a on a final ا or ى stands on the letter before it;
    - the short vowel before its own long vowel (ا و ي without marks) is there, written or not;
    - a bare ا and an إ carry no mark of their own (the vowel of إ is i, that of ا is given by what is
      before it), and a dagger alif is a fatha;
    - a tatweel is nothing.

    >>> words("بِنَاءً") == words("بِناءً"), words("خُصُوصًا") == words("خصُوصاً")
    (True, False)
    >>> words("اَلشّمْس إذْ") == words("الشّمس إِذ")
    True
    """
    text = unicodedata.normalize("NFC", text).replace("\u0640", "")
    return [_word(match[0]) for match in _WORD.finditer(text) if _PIECE.search(match[0])]


def _word(text: str) -> Word:
    pieces = [(letter, frozenset(marks) - {SUKUN}) for letter, marks in _PIECE.findall(text)]
    following = [*pieces[1:], ("", frozenset[str]())]
    return tuple(
        (letter, "".join(sorted(_sound(letter, marks, after, first=not place))))
        for place, ((letter, marks), after) in enumerate(zip(pieces, following, strict=True))
    )


def _sound(
    letter: str, marks: frozenset[str], after: tuple[str, frozenset[str]], *, first: bool
) -> frozenset[str]:
    """Return the marks of a letter in the one spelling, given the letter that follows."""
    if letter in "اى" or (letter == "إ" and marks <= {KASRA}):
        return frozenset()
    if after[0] in {"ا", "ى"} and TANWIN_FATH in after[1]:
        return marks - {FATHA} | {TANWIN_FATH}
    if DAGGER in marks:
        return marks - {DAGGER} | {FATHA}
    long = after[0] in _LONG and not after[1] and not first and letter not in "وي"
    return marks | {_LONG[after[0]]} if long and not marks - {SHADDA} else marks


def _bare(word: Word) -> str:
    return "".join(letter for letter, _ in word).translate(_HAMZA)


def _inside(word: Word) -> Word:
    """Return the word without what its case may change: the marks of its last letter.

    The last letter of خصوصًا is its ص: the alif only carries the tanwin.
    """
    last = len(word) - 1
    if last and word[last][0] in "اى" and TANWIN_FATH in word[last - 1][1]:
        last -= 1
    return tuple((letter, marks if place != last else "") for place, (letter, marks) in enumerate(word))


def _written(word: Word) -> str:
    return "".join(letter + marks for letter, marks in word)


def pairs(expected: Sequence[Word], got: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Give the words of two texts beside each other; () stands where a word has no partner."""
    matcher = SequenceMatcher(None, [_bare(word) for word in expected], [_bare(word) for word in got], False)
    for _tag, a, b, c, d in matcher.get_opcodes():
        length = max(b - a, d - c)
        yield from zip(
            [*expected[a:b], *[()] * (length - b + a)], [*got[c:d], *[()] * (length - d + c)], strict=True
        )


def compared(expected: str, got: str, *, old_spelling: bool = False) -> Score:
    """Return the score of a text in words and letters; a word without a single mark expected is skipped.

    `old_spelling`: the expected text writes the bare ending before a waṣl alif (عَنْ الْبَيْتِ), where
    one says the helping vowel (عَنِ الْبَيْتِ); either counts as right there.
    """
    rows = list(pairs(words(expected), words(got)))
    score = Score()
    for place, (wanted, given) in enumerate(rows):
        follows = rows[place + 1][0] if place + 1 < len(rows) else ()
        if wanted and not any(marks for _, marks in wanted):
            continue
        helped = old_spelling and bool(follows) and follows[0][0] == "ا"
        score += _word_score(wanted, _unhelped(wanted, given) if helped else given)
    return score


def _unhelped(wanted: Word, given: Word) -> Word:
    """Return the word without its last vowel where none is expected."""
    if wanted and given and not wanted[-1][1] and given[-1][1] in _HELPING:
        return (*given[:-1], (given[-1][0], ""))
    return given


def _word_score(wanted: Word, given: Word) -> Score:
    together = list(zip(wanted, given, strict=False))
    wrong = sum(a != b for a, b in together) + abs(len(wanted) - len(given))
    inside = list(zip(_inside(wanted), _inside(given), strict=False))
    wrong_inside = sum(a != b for a, b in inside) + abs(len(wanted) - len(given))
    return Score(
        words=bool(wanted),
        wrong=bool(wrong),
        wrong_inside=bool(wrong_inside),
        letters=len(wanted),
        wrong_letters=wrong,
        letters_inside=max(len(wanted) - 1, 0),
        wrong_letters_inside=wrong_inside,
        missed=((_written(wanted), _written(given)),) if wrong else (),
    )


def phonemes(ipa: str) -> list[str]:
    """Return the phonemes of an IPA line: no stress, no punctuation, no space; a length belongs to its vowel.

    >>> phonemes("ʔal mˈaɣrib, kˈaːna")
    ['ʔ', 'a', 'l', 'm', 'a', 'ɣ', 'r', 'i', 'b', 'k', 'aː', 'n', 'a']
    """
    return [piece for piece in _IPA.findall(ipa.replace("ˈ", "").replace("ˌ", "")) if piece[0] not in "ːˤ"]


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the changes (one in, one out, one for another) that make one row of signs the other.

    >>> distance("kitten", "sitting"), distance("", "abc"), distance("abc", "abc")
    (3, 3, 0)
    """
    row = list(range(len(other) + 1))
    for count, sign in enumerate(one, 1):
        diagonal, row[0] = row[0], count
        for place, its in enumerate(other, 1):
            diagonal, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, diagonal + (sign != its)),
            )
    return row[-1]


def spelled_out(expected: str, got: str) -> str:
    """Return the expected text with what an old spelling leaves out, for a voice that reads it.

    An إ without its vowel gets it, and an ending left bare before a waṣl alif gets the helping vowel
    that the other text, of the same words, has there.

    >>> spelled_out("عَنْ الْبَيْتِ إلَى", "عَنِ الْبَيْتَ إِلَى")
    'عَنِ الْبَيْتِ إِلَى'
    """
    theirs, ours = expected.split(" "), got.split(" ")
    if len(theirs) == len(ours):
        for place, (wanted, given) in enumerate(zip(theirs, ours, strict=True)):
            before_wasl = place + 1 < len(theirs) and theirs[place + 1].startswith("ا")
            if before_wasl and wanted.endswith(SUKUN) and given[-1:] in _HELPING:
                theirs[place] = wanted[:-1] + given[-1]
    return re.sub(f"إ(?![{SHADDA}{FATHA}{DAMMA}{KASRA}])", "إ" + KASRA, " ".join(theirs))
