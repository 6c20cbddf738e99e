"""What listeners and readers are told of a correction, in the language of the show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.feed.filters import date
from nashra.feed.labels import column
from nashra.model import REISSUED

if TYPE_CHECKING:
    from nashra.model import Episode, Revision
    from nashra.settings import Show

_CORRECTED = ("صُحّح هذا الخبر في", "Article corrigé le", "This article was corrected on")
_REISSUED = (
    "صُحّح هذا الخبر ونُشر من جديد في",
    "Article corrigé et republié le",
    "This article was corrected and published again on",
)
_SPOKEN = (
    "هذه نسخةٌ مصحَّحةٌ من هذا الخبر.",
    "Voici une version corrigée de cet article.",
    "This is a corrected version of this article.",
)
_MARK = ("تصحيح", "Rectificatif", "Correction")
# All by language, in the order of `labels.LANGUAGES`.


def of(episode: Episode) -> tuple[Revision, ...]:
    """Return the revisions of an episode that are corrections, newest last."""
    return tuple(each for each in episode.revisions if each.correction)


def note(show: Show, episode: Episode) -> str:
    """Return the sentence for the newest correction, empty where there was none."""
    found = of(episode)
    return sentence(show, found[-1]) if found else ""


def sentence(show: Show, correction: Revision) -> str:
    """Return what is said of a correction, with its day as the pages write days."""
    told = _REISSUED if correction.reason == REISSUED else _CORRECTED
    return f"{told[column(show.language)]} {date(correction.when, show.language)}."


def spoken(language: str) -> str:
    """Return what is said in the opening of a corrected episode: no day, so that the next one says the same.

    >>> spoken("ar-ma"), spoken("en")
    ('هذه نسخةٌ مصحَّحةٌ من هذا الخبر.', 'This is a corrected version of this article.')
    """
    return _SPOKEN[column(language)]


def mark(language: str) -> str:
    """Return the word that stands before the title of an episode that was issued anew.

    >>> mark("fr")
    'Rectificatif'
    """
    return _MARK[column(language)]
