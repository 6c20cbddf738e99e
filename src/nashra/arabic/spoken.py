"""The written sentence as it is said: a table of named steps, in order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nashra.arabic import (
    abbreviations,
    acronyms,
    asides,
    cleaning,
    detached,
    final_ya,
    hamza_seats,
    orthography,
    phrasing,
    ta_marbuta,
    word_spaces,
)
from nashra.arabic.letters import strip_marks  # noqa: F401 for a doctest
from nashra.arabic.lexicon import shipped
from nashra.arabic.rewriting import Spoken, as_written, run
from nashra.arabic.verbalize import verbalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nashra.arabic.lexicon import Lexicon
    from nashra.arabic.rewriting import Step
    from nashra.model import Change


WRITTEN: tuple[Step, ...] = (
    # Characters. Spaces first: behind them a space stands alone, and is a plain one.
    cleaning.unseen,
    cleaning.spaces,
    cleaning.presentation_forms,
    cleaning.styled_forms,
    cleaning.foreign_letters,
    cleaning.quranic_signs,
    cleaning.composed,
    phrasing.punctuation_variants,
    # Detached letters, before the tatweel that shows them goes, and before figures look for them.
    phrasing.list_dash,
    detached.proclitics,
    cleaning.tatweel,
    cleaning.loose_marks,
    cleaning.mark_order,
    detached.detached_waw,
    detached.ampersands,
    # Spelling. Final ya and ta marbuta before hamza: «الي» is «إلى», «الازمه» «الأزمة».
    final_ya.final_ya,
    ta_marbuta.ta_marbuta,
    orthography.extra_hamza,
    hamza_seats.hamza_above,
    orthography.that,
    orthography.in_front,
    orthography.as_for,
    orthography.missing_hamza,
    hamza_seats.inside,
    hamza_seats.seats,
    orthography.hundreds,
    orthography.percents,
    orthography.agency_decimals,
    word_spaces.glued_names,
    word_spaces.glued_no,
    word_spaces.torn_words,
    cleaning.tanwin_before_alif,
    # Punctuation that sentences and figures are read by.
    phrasing.omissions,
    phrasing.ellipses,
    phrasing.repeated_punctuation,
    phrasing.ascii_punctuation,
    phrasing.space_before_punctuation,
    phrasing.space_after_punctuation,
    # Asides before figures: (FIFA) and (02) are known by how they are written.
    asides.agency_tags,
    asides.asides,
)
"""What is done to a sentence before its figures are said in words: characters, spelling, punctuation."""

SAID: tuple[Step, ...] = (
    abbreviations.letters_alone,
    # Quotes, brackets and dashes after figures, which read them: «(ص)», «2-1».
    phrasing.quotes,
    phrasing.soundless_signs,
    cleaning.spaces,
    phrasing.brackets,
    phrasing.dashes,
    phrasing.arabic_stops,
    phrasing.pauses,
    cleaning.loose_marks,
    cleaning.mark_order,
    cleaning.spaces,
)
"""What is done to it afterwards; then it is ready for its vowel marks."""


def steps(known: Lexicon, months: str = "maghreb") -> tuple[Step, ...]:
    """Return the steps of a sentence, in order, with a lexicon and the names that months have in figures.

    Entries of signs (FIFA, 2M) come before the rules for figures, which would take them; words after
    them, for the lexicon marks the number words too, and marks would hide words from the rules.
    """

    def words_for_figures(text: str) -> Iterable[Change]:
        return map(acronyms.with_marked_names, verbalize(text, months).changes)

    return (*WRITTEN, known.signs, words_for_figures, *SAID, known.words)


def spoken(sentence: str, steps: Sequence[Step] | None = None) -> Spoken:
    """Return the words of a written sentence as they are said; the lexicon's have their vowel marks.

    Without other `steps`, they are those of the shipped lexicon.

    >>> strip_marks(spoken("يومي الثلاثاء و الأربعاء، 28 و 29 يناير.").text)
    'يومي الثلاثاء والأربعاء، الثامن والعشرين والتاسع والعشرين من يناير.'
    """
    return run(as_written(sentence), usual() if steps is None else steps)


@cache
def usual() -> tuple[Step, ...]:
    """Return the steps with the shipped lexicon."""
    return steps(shipped())


def as_foreign(sentence: str) -> Spoken:
    """Return a part in another language as a voice of that language gets it: words and commas.

    >>> as_foreign("«Daily  Mail»، ").text
    'Daily Mail،'
    """
    return run(as_written(sentence), FOREIGN)


FOREIGN: tuple[Step, ...] = (
    cleaning.unseen,
    cleaning.spaces,
    phrasing.quotes,
    phrasing.brackets,
    phrasing.soundless_signs,
    cleaning.spaces,
)
