"""A figure: a number as written in digits, with its separators, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass

from nashra.arabic.numbers import Case, Gender, cardinal, decimal, digits
from nashra.arabic.patterns import SPACE, pattern

# Atomic, so that nothing that follows a figure in a pattern can split it. A group of thousands never
# begins with zero: 0,125 is a decimal. «،» and «٫» never part thousands. Repetitions are bounded here
# and in the rules: a row of figures that ends in no match would be read again from each of them.
_GROUPS = "|".join(rf"(?:{sign}\d{{3}}){{1,6}}" for sign in (r"\.", ",", "٬", "['’]", SPACE))
_THOUSANDS = rf"(?![0٠۰])\d{{1,3}}(?:{_GROUPS})(?!\d)"
FIGURE = rf"(?>{_THOUSANDS}(?:[.,٫]\d{{1,2}}(?!\d))?|\d+(?:[.,،٫]\d+)?)"
_PARTS = pattern(rf"(?P<whole>{_THOUSANDS}|\d+)(?:[.,،٫](?P<fraction>\d+))?")

_LONGEST = 18
"""Digits of the longest number that has words."""
_LONGEST_UNGROUPED = 15
"""Digits of the longest number said as a number though nothing parts it; sixteen are a bank card."""
_ROUND = "0" * 6


@dataclass(frozen=True, slots=True)
class Figure:
    """The digits before and after the decimal sign; `grouped` says that they stood in thousands."""

    whole: str
    fraction: str = ""
    grouped: bool = False

    @property
    def _is_long(self) -> bool:
        clear = self.grouped or self.whole.endswith(_ROUND)
        return len(self.whole) > (_LONGEST if clear else _LONGEST_UNGROUPED)

    @property
    def is_code(self) -> bool:
        """Whether it is read digit by digit: too long, or 007.

        >>> [figure(text).is_code for text in ("007", "4000123412341234", "4 000 123 412 341 234")]
        [True, True, False]
        >>> figure("1" + "0" * 17).is_code, figure("1" + "0" * 18).is_code
        (False, True)
        """
        padded = len(self.whole) > 1 and int(self.whole[0]) == 0
        return self._is_long or padded

    @property
    def number(self) -> int | None:
        """The whole number that nouns agree with; none for a decimal and for what is too long."""
        return None if self.fraction or self._is_long else int(self.whole)


def figure(text: str) -> Figure:
    """Read a figure: a separator and exactly three digits are thousands, else a decimal.

    >>> figure("1.250"), figure("1,5")
    (Figure(whole='1250', fraction='', grouped=True), Figure(whole='1', fraction='5', grouped=False))
    >>> figure("12 500").whole, [figure(text).fraction for text in ("0.125", "1.250,50", "٣٫١٤١")]
    ('12500', ['125', '50', '١٤١'])

    Two zeros behind the sign are the cents of a price list, which nobody says:

    >>> figure("250,00"), figure("2.0").fraction
    (Figure(whole='250', fraction='', grouped=False), '0')
    """
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise ValueError(f"{text!r} is no figure")
    fraction = parts["fraction"] or ""
    whole = "".join(letter for letter in parts["whole"] if letter.isdecimal())
    no_cents = len(fraction) == 2 and int(fraction) == 0
    return Figure(whole, "" if no_cents else fraction, grouped=whole != parts["whole"])


def say_figure(
    written: Figure,
    *,
    gender: Gender = Gender.MASCULINE,
    case: Case = Case.NOMINATIVE,
    construct: bool = False,
) -> str:
    """Say a figure; a decimal counts masculine, a code is read digit by digit.

    >>> say_figure(figure("3.05")), say_figure(figure("007")), say_figure(figure("2000"), construct=True)
    ('ثلاثة فاصلة صفر خمسة', 'صفر صفر سبعة', 'ألفا')
    """
    if written.is_code:
        return " فاصلة ".join(digits(part) for part in (written.whole, written.fraction) if part)
    if written.fraction:
        return decimal(written.whole, written.fraction, case=case)
    return cardinal(int(written.whole), gender=gender, case=case, construct=construct)
