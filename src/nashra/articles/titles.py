"""Titles: the one that a page shows, without the site's name; the one we derive where there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nashra.model import Section

_JOINT = pattern(r"\s+[-–—|:»«•·]+\s+|\s*[|»•·]\s*")
_WORD = pattern(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, bare, in whatever order."""
    return frozenset(_WORD.findall(bare(text)))


def same_words(one: str, other: str, share: float = 0.8) -> bool:
    """Say whether two titles are the same but for a few words (a site's tail, a label before).

    >>> same_words("الملك يدشن مستشفى جديدا بفاس", "الملك يدشن مستشفى جديدا بفاس - هسبريس")
    True
    >>> same_words("الملك يدشن مستشفى", "الوزير يزور مستشفى"), same_words("", "")
    (False, False)
    """
    first, second = words_of(one), words_of(other)
    common = len(first & second)
    return (
        common > 0
        and common >= share * min(len(first), len(second))
        and common >= share / 2 * max(len(first), len(second))
    )


def without_site(title: str, site: str = "") -> str:
    """Return a title without the name of its site at the end or the front.

    >>> without_site("افتتاح خط جديد للحافلات - صوت سوس", "صوت سوس")
    'افتتاح خط جديد للحافلات'
    >>> without_site("أخبار | زيارة عمل إلى إسبانيا | هسبريس", "هسبريس"), without_site("ثورة - وماذا بعد")
    ('أخبار | زيارة عمل إلى إسبانيا', 'ثورة - وماذا بعد')
    """
    title = " ".join(title.split())
    if not site:
        return title
    name = words_of(site)
    joints = list(_JOINT.finditer(title))
    for joint in joints[::-1]:
        tail = words_of(title[joint.end() :])
        if tail and (tail <= name or name <= tail) and len(tail) <= len(name) + 2:
            return without_site(title[: joint.start()], site)
    if joints and words_of(title[: joints[0].start()]) <= name:
        return title[joints[0].end() :]
    return title


def derived_title(sections: Sequence[Section], longest: int = 80) -> str:
    """Return the first clause of the text, cut at a word, at most `longest` characters.

    >>> from nashra.model import Section
    >>> derived_title([Section("", ("قام المدير، السيد فلان، بزيارة.",))])
    'قام المدير'
    """
    text = next((text for section in sections for text in (*section.paragraphs, section.heading)), "")
    clause = re.split(r"[،؛؟.!:…]\s|[،؛؟.!:…]\Z|,\s", text, maxsplit=1)[0].strip()
    if len(clause) <= longest:
        return clause
    cut = clause[:longest]  # one more character than fits with the ellipsis: it may be the space
    return f"{cut.rpartition(' ')[0] or cut[:-1]}…"
