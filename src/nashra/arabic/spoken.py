"""The written sentence as it is said: a table of named steps, in order."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.orthography import extra_hamza
from nashra.arabic.rewriting import Change, Spoken, after, as_written, run, substituted  # noqa: F401 doctests use `after`
from nashra.arabic.verbalize import verbalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nashra.arabic.rewriting import Step

_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]")
_TATWEEL = re.compile("ـ+")
_PROCLITIC = re.compile(rf"(?<![{LETTERS}{MARKS}])([وف]?(?:ال|لل|[بلك]))ـ+\s*(?=[«“\"(]?[\d٠-٩۰-۹{LETTERS}])")
_AGENCY = re.compile(rf"(?<![{LETTERS}])و\s?م\s?ع(?![{LETTERS}])")
_WAW = re.compile(rf"(?<!\S)و[ \t]+(?=[«“\"(]*[\d{LETTERS}])")
_QUOTES = re.compile('[«»“”‘’„"]')
# Also a dash at the beginning, and every kind of space and control character.
_SPACES = re.compile(r"(?:\A[\s\-–—]+|[\s\[\]{}<>|\\^_`~*#@=\x00-\x1f\x7f-\x9f]+)+")
_TANWIN = re.compile("ا\u064b")
_DASH = re.compile(r"\s[–—-]+\s")


def presentation_forms(text: str) -> Iterator[Change]:
    """Write presentation forms as the letters they show.

    >>> after("ﻷستاذ ﷺ", presentation_forms)
    'لأستاذ صلى الله عليه وسلم'
    """
    return substituted(
        "presentation forms", _PRESENTATION, lambda form: unicodedata.normalize("NFKC", form[0]), text
    )


def invisible(text: str) -> Iterator[Change]:
    """Take away soft hyphens, direction marks and other characters without sound or width."""
    return substituted("invisible characters", _INVISIBLE, "", text)


def proclitics(text: str) -> Iterator[Change]:
    """Join بـ لـ كـ الـ to what they stand before.

    >>> after("لـ فبراير بـ15", proclitics)
    'لفبراير ب15'
    """
    return substituted("proclitics", _PROCLITIC, r"\1", text)


def tatweel(text: str) -> Iterator[Change]:
    """Take away what only stretches a word.

    >>> after("العظــام", tatweel)
    'العظام'
    """
    return substituted("tatweel", _TATWEEL, "", text)


def detached_waw(text: str) -> Iterator[Change]:
    """Join a detached و to its word; that of «و م ع» is a letter's name.

    >>> after("المغرب و إسبانيا، 28 و 29 (و م ع)", detached_waw)
    'المغرب وإسبانيا، 28 و29 (و م ع)'
    """
    agencies = {match.start() for match in _AGENCY.finditer(text)}
    for waw in _WAW.finditer(text):
        if waw.start() not in agencies:
            yield Change("detached waw", waw[0], "و", waw.start())


def plain(text: str) -> Iterator[Change]:
    r"""Take away what an engine takes for a command, and spaces beyond one.

    `[[…]]` is raw phonemes to espeak-ng and piper, control characters start espeak commands, a
    leading dash is an option, `<…>` is markup.

    >>> after("-h [[kiQ]] \x01400S  <b>نص</b> ", plain)
    'h kiQ 400S b نص /b'
    """
    for space in _SPACES.finditer(text):
        inside = space.start() > 0 and space.end() < len(text)
        kept = " " if inside else ""
        if space[0] != kept:
            yield Change("engine commands" if space[0].strip() else "spaces", space[0], kept, space.start())


def tanwin_before_alif(text: str) -> Iterator[Change]:
    r"""Write tanwin on the letter before its alif: on both, the voice says it twice.

    >>> after("خصوصا\u064b", tanwin_before_alif) == "خصوص\u064bا"
    True
    """
    return substituted("tanwin before alif", _TANWIN, "\u064bا", text)


def words_for_figures(text: str) -> Iterable[Change]:
    """Say figures, signs and abbreviations in words."""
    return verbalize(text).changes


def quotes(text: str) -> Iterator[Change]:
    """Take away quotation marks."""
    return substituted("quotes", _QUOTES, "", text)


def dashes(text: str) -> Iterator[Change]:
    """Say a dash between words as a short pause."""
    return substituted("dashes", _DASH, "، ", text)


STEPS: tuple[Step, ...] = (
    presentation_forms,
    invisible,
    proclitics,
    tatweel,
    detached_waw,
    extra_hamza,
    tanwin_before_alif,
    words_for_figures,
    quotes,
    dashes,
    plain,
)
"""What is done to a written sentence, in this order, before it gets its vowel marks."""


def spoken(sentence: str, steps: Sequence[Step] = STEPS) -> Spoken:
    """Return the words of a written sentence as they are said, without added vowel marks.

    >>> spoken("يومي الثلاثاء و الأربعاء، 28 و 29 يناير.").text
    'يومي الثلاثاء والأربعاء، الثامن والعشرين والتاسع والعشرين من يناير.'
    """
    return run(as_written(sentence), steps)
