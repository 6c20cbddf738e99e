"""Text of articles on its way into a feed, a transcript or a chapter: it can harm none of them."""

from __future__ import annotations

import re

from nashra.arabic.letters import HARMFUL

# Noncharacters: XML allows them, and some parsers refuse a feed over one all the same.
_HARMFUL = re.compile(
    f"[{HARMFUL}\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
_TAG = re.compile(r"(?<=<)(?=[A-Za-z/!?])")
WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    r"""Return the text in one line, single spaces, without what XML forbids or what turns the direction.

    Articles come without such characters; front matter, headings and settings may bring them in by
    their escapes (`"\u202e"` in YAML and TOML), and one is enough for no feed at all.

    >>> plain(" خبر\n\x00 عاجل\u202e ")
    'خبر عاجل'
    """
    return " ".join(_HARMFUL.sub("", text).split())


def untagged(text: str) -> str:
    r"""Return the text with a word joiner, which nobody sees, behind each `<` that would begin an element.

    Apps take titles and descriptions for HTML, so a `<b>` that an article speaks of would vanish in them.

    >>> untagged("<b> 3 < 4")
    '<\u2060b> 3 < 4'
    """
    return _TAG.sub(WORD_JOINER, text)


def cut(text: str, room: int) -> str:
    """Return the text cut at a word so that it and an ellipsis fit into `room` bytes of UTF-8.

    >>> cut("خبر عاجل اليوم", 12), cut("خبر", 6)
    ('خبر…', 'خبر')
    """
    if len(text.encode()) <= room:
        return text
    start = text.encode()[: room - len("…".encode())].decode(errors="ignore")
    return f"{start.rpartition(' ')[0].rstrip(' ،,') or start}…"


def short(text: str, letters: int) -> str:
    """Return the text in one line, cut at a word so that it has at most so many characters.

    >>> short("خبر عاجل اليوم", 9), short("خبر", 3)
    ('خبر عاجل…', 'خبر')
    """
    line = plain(text)
    if len(line) <= letters:
        return line
    start = line[: letters - 1]
    if line[letters - 1] != " ":
        start = start.rpartition(" ")[0] or start
    return f"{start.rstrip(' ،,')}…"
