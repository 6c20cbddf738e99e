"""Letters that belong to the next word, written apart from it: بـ, لـ, الـ, و, and the sign for «and»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.patterns import QUOTES, pattern
from nashra.arabic.rewriting import after, substituted  # noqa: F401 doctests show steps with `after`

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nashra.model import Change

_PROCLITIC = pattern(
    rf"(?<![{LETTERS}{MARKS}])(?P<proclitic>[وف]?(?:[بك]?ال|لل|[بلك])[{MARKS}]?)"
    rf"(?:ـ+ ?(?P<quote>[{QUOTES}(] ?)?|(?P<bare>[{QUOTES}] ?))"
    rf"(?P<article>ال(?=ل[{LETTERS}])|ا(?=ل(?!ت(?:زا|حا|قا|ما|فا|ها|ئا))[{LETTERS}]{{2}}))?"
    rf"(?=[\d٠-٩۰-۹{LETTERS}A-Za-z])"
)
_TO = pattern(f"[وف]?ل[{MARKS}]?")
# A lone letter behind it is a letter's name («و م ع», «أ، ب، و ج»), but for a title with its stop.
_WAW = pattern(
    rf"(?<![\w{MARKS}.ـ-])(?P<waw>و[{MARKS}]?)(?: (?P<quote>[{QUOTES}(] ?)?|(?P<bare>[{QUOTES}] ?))"
    rf"(?=[\d٠-٩۰-۹@#]|[A-Za-z]{{2}}|[{LETTERS}](?:[{LETTERS}{MARKS}]|\. ?[{LETTERS}]{{2}}))"
)

_AMPERSAND = pattern(rf" ?& ?(?=[{LETTERS}\d])|(?<=[{LETTERS}{MARKS}]) ?& ?|(?<=[{LETTERS}{MARKS}] )& ?")


def proclitics(text: str) -> Iterator[Change]:
    """Join بـ لـ كـ الـ to what they stand before; before a quotation they go inside.

    >>> after('لـ فبراير بـ15، لـ« فبراير »، ال"نهضة" لـ «20 فبراير»', proclitics)
    'لفبراير ب15، «لفبراير »، "النهضة" «ل20 فبراير»'
    >>> after("قال «نعم» المـــغرب هـ", proclitics)
    'قال «نعم» المـــغرب هـ'

    The alif of the article falls behind ل, and a third lam with it.

    >>> after('لـ"الأحداث" ولـ«اللجنة» لـ الله بـ"الأمس" لـ«التزام»', proclitics)
    '"للأحداث" «وللجنة» لله "بالأمس" «لالتزام»'
    """

    def inside(match: re.Match[str]) -> str:
        article = "" if _TO.fullmatch(match["proclitic"]) else match["article"] or ""
        return (match["quote"] or match["bare"] or "").strip() + match["proclitic"] + article

    return substituted("proclitics", _PROCLITIC, inside, text)


def ampersands(text: str) -> Iterator[Change]:
    """Write the sign before or behind an Arabic word as the و that it is.

    >>> after("أحمد & محمد، H&M & الشركة", ampersands)
    'أحمد ومحمد، H&M والشركة'
    """
    return substituted("ampersand", _AMPERSAND, " و", text)


def detached_waw(text: str) -> Iterator[Change]:
    """Join a detached و to its word, inside the quotes; that of «و م ع» and of a list is a letter's name.

    >>> after("المغرب و إسبانيا، 28 و 29 (و م ع) و « الشرق »", detached_waw)
    'المغرب وإسبانيا، 28 و29 (و م ع) «والشرق »'
    >>> after("الفئات أ، ب، و ج، و د. أحمد و.م.ع. وَ كتب و و", detached_waw)
    'الفئات أ، ب، و ج، ود. أحمد و.م.ع. وَكتب و و'
    """

    def inside(match: re.Match[str]) -> str:
        return (match["quote"] or match["bare"] or "").strip() + match["waw"]

    return substituted("detached waw", _WAW, inside, text)
