"""Where an Arabic sentence goes over into a language in Latin letters, for a voice of that language."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from nashra.model import Change

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_TOKEN = pattern(r"\S+\s*|\s+")
# A name or word with its quotes and commas; addresses, hashtags and codes are said by rules of their own.
_WORD = pattern(rf"[«“\"(']*(?P<word>[{_LETTER}][{_LETTER}'’&-]*)[»”\"')،؛,;:.!؟?…]*\s*")


def pieces(text: str, known: Callable[[str], Iterable[Change]]) -> tuple[tuple[str, bool], ...]:
    """Cut a sentence where its language changes; True stands beside what is foreign.

    The pieces joined give the text back. Capitals are acronyms, which Arabic says in its own way, and
    what is `known` (the lexicon's changes) has its Arabic form: neither is foreign.

    >>> pieces("زار مقر Daily Mail في لندن، وشركة GPS.", lambda text: ())
    (('زار مقر ', False), ('Daily Mail ', True), ('في لندن، وشركة GPS.', False))
    >>> pieces("موقع www.example.com", lambda text: ()), pieces("", lambda text: ())
    ((('موقع www.example.com', False),), ())
    """
    spoken = {
        place for change in known(text) for place in range(change.start, change.start + len(change.before))
    }

    is_foreign = False

    def foreign(token: re.Match[str]) -> bool:
        nonlocal is_foreign
        if any(map(str.isalnum, token[0])):  # a sign by itself stays with what is before it
            is_foreign = word_is_foreign(token)
        return is_foreign

    def word_is_foreign(token: re.Match[str]) -> bool:
        found = _WORD.fullmatch(token[0])
        return (
            found is not None
            and not found["word"].isupper()
            and token.start() + found.start("word") not in spoken
        )

    runs = groupby(_TOKEN.finditer(text), key=foreign)
    return tuple(("".join(token[0] for token in tokens), latin) for latin, tokens in runs)
