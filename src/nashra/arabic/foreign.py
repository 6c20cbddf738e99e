"""Where an Arabic sentence goes over into a language in Latin letters, for a voice of that language."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_TOKEN = re.compile(r"\S+\s*|\s+")
# A name or word with its quotes and commas; addresses, hashtags and codes are said by rules of their own.
_WORD = re.compile(rf"[«“\"(']*(?P<word>[{_LETTER}][{_LETTER}'’&-]*)[»”\"')،؛,;:.!؟?…]*\s*")


def pieces(text: str, known: Callable[[str], bool]) -> tuple[tuple[str, bool], ...]:
    """Cut a sentence where its language changes; True stands beside what is foreign.

    The pieces joined give the text back. Capitals are acronyms, which Arabic says in its own way, and
    what is `known` (to the lexicon) has its Arabic form: neither is foreign by itself.

    >>> pieces("زار مقر Daily Mail في لندن، وشركة GPS.", lambda word: False)
    (('زار مقر ', False), ('Daily Mail ', True), ('في لندن، وشركة GPS.', False))
    >>> pieces("موقع www.example.com", lambda word: False), pieces("", lambda word: False)
    ((('موقع www.example.com', False),), ())
    """

    def foreign(token: str) -> bool:
        found = _WORD.fullmatch(token)
        return found is not None and not found["word"].isupper() and not known(found["word"])

    runs = groupby(_TOKEN.findall(text), key=foreign)
    return tuple(("".join(tokens), is_foreign) for is_foreign, tokens in runs)
