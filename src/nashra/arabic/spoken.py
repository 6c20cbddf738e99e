"""The written sentence as it is said: a table of named steps, in order."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.orthography import drop_extra_hamza
from nashra.arabic.verbalize import verbalize

if TYPE_CHECKING:
    from collections.abc import Callable

_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]")
_TATWEEL = re.compile("ـ+")
_PROCLITIC = re.compile(rf"(?<![{LETTERS}{MARKS}])([وف]?(?:ال|لل|[بلك]))ـ+\s*(?=[«“\"(]?[\d٠-٩۰-۹{LETTERS}])")
_AGENCY = re.compile(rf"(?<![{LETTERS}])و\s?م\s?ع(?![{LETTERS}])")
_WAW = re.compile(rf"(?<!\S)و[ \t]+(?=[«“\"(]*[\d{LETTERS}])")
_QUOTES = re.compile('[«»“”‘’„"]')
_COMMAND = re.compile(r"[\[\]{}<>|\\^_`~*#@=]+")
_LEADING_DASH = re.compile(r"\A[\s\-–—]+")
_DASH = re.compile(r"\s[–—-]+\s")


def fold(text: str) -> str:
    """Return presentation forms as the letters they show; other characters as they are.

    >>> fold("ﻷستاذ ﷺ")
    'لأستاذ صلى الله عليه وسلم'
    """
    return _PRESENTATION.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)


def join_proclitics(text: str) -> str:
    """Return the text with بـ لـ كـ الـ joined to what they stand before, and no tatweel elsewhere.

    >>> join_proclitics("لـ فبراير بـ15 العظــام")
    'لفبراير ب15 العظام'
    """
    return _TATWEEL.sub("", _PROCLITIC.sub(r"\1", text))


def join_waw(text: str) -> str:
    """Return the text with a detached و joined to its word; that of «و م ع» is a letter's name.

    >>> join_waw("المغرب و إسبانيا، 28 و 29 (و م ع)")
    'المغرب وإسبانيا، 28 و29 (و م ع)'
    """
    agencies = {match.start() for match in _AGENCY.finditer(text)}
    return _WAW.sub(lambda waw: waw[0] if waw.start() in agencies else "و", text)


def tanwin_before_alif(text: str) -> str:
    r"""Return the text with tanwin on the letter before its alif: on both, the voice says it twice.

    >>> tanwin_before_alif("خصوصا\u064b") == "خصوص\u064bا"
    True
    """
    return text.replace("ا\u064b", "\u064bا")


def disarm(text: str) -> str:
    r"""Return the text without what an engine takes for a command.

    `[[…]]` is raw phonemes to espeak-ng and piper, control characters start espeak commands, a
    leading dash is an option, `<…>` is markup.

    >>> disarm("-h [[kiQ]] \x01400S <b>نص</b>")
    'h kiQ 400S b نص /b'
    """
    text = "".join(char if unicodedata.category(char) != "Cc" or char in "\n\t" else " " for char in text)
    return " ".join(_LEADING_DASH.sub("", _COMMAND.sub(" ", text)).split())


STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("presentation forms", fold),
    ("invisible characters", lambda text: _INVISIBLE.sub("", text)),
    ("proclitics and tatweel", join_proclitics),
    ("detached waw", join_waw),
    ("extra hamza", drop_extra_hamza),
    ("tanwin before alif", tanwin_before_alif),
    ("words for figures", lambda text: verbalize(text).text),
    ("quotes", lambda text: _QUOTES.sub("", text)),
    ("dashes", lambda text: _DASH.sub("، ", text)),
    ("engine commands", disarm),
)
"""What is done to a written sentence, in this order, before it gets its vowel marks."""


def spoken(sentence: str) -> str:
    """Return the words of a written sentence as they are said, without added vowel marks.

    >>> spoken("يومي الثلاثاء و الأربعاء، 28 و 29 يناير.")
    'يومي الثلاثاء والأربعاء، الثامن والعشرين والتاسع والعشرين من يناير.'
    """
    for _name, step in STEPS:
        sentence = step(sentence)
    return sentence
