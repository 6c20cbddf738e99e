"""How much of the endings is said: all, none before a pause, or only those that the language needs."""

from __future__ import annotations

import re

from nashra.arabic.letters import LETTERS, MARKS, strip_marks
from nashra.arabic.patterns import pattern

DEPTHS = ("all", "pause", "none")
"""`all` keeps every ending, `pause` drops those before a pause, `none` also those of case inside a phrase."""

_TANWIN_FATH, _FATHA = "\u064b", "\u064e"
_ENDINGS = "\u064b-\u0650"
_WORD = pattern(f"[{LETTERS}][{LETTERS}{MARKS}]*")
# What follows a word: a pause, or an alif that takes its vowel from the ending before it (مِنَ الْبَيْتِ).
_PAUSE = pattern(r"\s{0,3}(?:[،,؛:.؟?!…»”\"')\]]|\Z)")
_WASL = pattern(r"\s{1,3}ا")

_ON_LAST_LETTER = pattern(f"(?<=[{LETTERS}])([{MARKS}]+)\\Z")
# Tanwin of a and its alif: the alif stays and is said long.
_ADVERB = pattern(f"{_TANWIN_FATH}(?=[اى]\\Z)|(?<=[اى]){_TANWIN_FATH}\\Z")
# A hamza has no alif behind its tanwin: readers say مَسَاءً with its n in a pause too.
_HAMZA_AN = f"ء{_TANWIN_FATH}"

# Endings that are no case. Others such as قَالَ, هَذَا, كَيْفَ end in a or in a long vowel, which stay.
_BUILT_IN = pattern(
    r"[وف]?[بلك]?(?:هذه|هذي|ذه|حيث|منذ|نحن|أمس|هؤلاء|أولاء|أولئك|الذين|اللذين|الآن|قط|ثم|إن|أن|كأن|لكن|لعل)"
)
_ARTICLE = pattern(r"[وف]?(?:[بك]?ال|لل)..")
_PRONOUN = pattern(r".(?:ه|[^ا]ت)\Z")  # كتابُهُ، كُنْتُ: the vowel tells who; حاجاتِ is no such word
_PLURAL = pattern(r"..(?:ون|ين|ة)\Z")


def paused(marked: str, depth: str) -> str:
    """Return marked text without the endings that are not said at this depth; letters never change.

    Before a pause a short vowel and tanwin are silent, and خُصُوصًا ends in a long a. Words of one or two
    letters (هُوَ، لَهُ) keep their vowel. ValueError for a depth that is none of DEPTHS.

    >>> paused("زَارَ وَفْدٌ أَمْنِيٌّ الْمَدِينَةَ، وَعَادَ أَمْسِ.", "pause")
    'زَارَ وَفْدٌ أَمْنِيٌّ الْمَدِينَة، وَعَادَ أَمْس.'
    >>> paused("جَاءَ وَفْدٌ أَمْنِيٌّ", "pause")
    'جَاءَ وَفْدٌ أَمْنِيّ'
    >>> paused("خُصُوصًا، مَسَاءً، مُدَّةً، هُوَ", "pause")
    'خُصُوصا، مَسَاءً، مُدَّة، هُوَ'
    >>> paused("زَارَ وَفْدٌ أَمْنِيٌّ كَبِيرٌ مَقَرَّ الْوِزَارَةِ فِي مَدِينَةِ الرِّبَاطِ", "none")
    'زَارَ وَفْد أَمْنِيّ كَبِير مَقَرَّ الْوِزَارَة فِي مَدِينَةِ الرِّبَاط'
    >>> paused("هَذِهِ كُتُبُهُ مُنْذُ أَنْ كُنْتُ هُنَا", "none")
    'هَذِهِ كُتُبُهُ مُنْذُ أَنْ كُنْتُ هُنَا'
    >>> paused("", "none"), paused("FIFA ٌ 3", "pause")
    ('', 'FIFA ٌ 3')
    """
    if depth not in DEPTHS:
        raise ValueError(f"no depth {depth!r}: choose from {', '.join(DEPTHS)}")
    if depth == "all":
        return marked

    def said(word: re.Match[str]) -> str:
        if _PAUSE.match(marked, word.end()):
            return _before_a_pause(word[0])
        if depth == "none" and not _WASL.match(marked, word.end()):
            return _in_a_phrase(word[0])
        return word[0]

    return _WORD.sub(said, marked)


def _before_a_pause(word: str) -> str:
    if len(strip_marks(word)) <= 2 or word.endswith(_HAMZA_AN):
        return word
    return _cut(_ADVERB.sub("", word))


def _in_a_phrase(word: str) -> str:
    bare = strip_marks(word)
    if len(bare) <= 2 or _BUILT_IN.fullmatch(bare):
        return word
    article = _ARTICLE.match(bare)
    if _PRONOUN.search(bare) and not article:
        return word
    ends_in_a = word.endswith((_FATHA, _TANWIN_FATH))
    if ends_in_a and not article and not _PLURAL.search(bare):
        return word
    return _cut(word)


def _cut(word: str) -> str:
    """Return the word without the short vowel or tanwin on its last letter; a shadda stays."""
    return _ON_LAST_LETTER.sub(lambda marks: re.sub(f"[{_ENDINGS}]", "", marks[1]), word)
