"""Rules of every text in the feed: its length, its characters, and the words that switches may say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.checking.built import Found
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.checking.built import Built

LONGEST_DESCRIPTION = 4000
"""Bytes of a description that Apple takes."""

LONGEST_VALUE = 255
"""Characters of any other value that Apple takes."""

_SHORT = ("title", "itunes:title", "itunes:author", "copyright", "category")
_ONE_OF = {
    "itunes:explicit": {"true", "false"},
    "itunes:type": {"episodic", "serial"},
    "itunes:episodeType": {"full", "trailer", "bonus"},
    "itunes:complete": {"Yes"},
    "podcast:locked": {"yes", "no"},
}
_OPENING, _CLOSING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
_TURNS = re.compile(f"[{_OPENING}{_CLOSING}]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);")
_PLAIN = ("title", "itunes:title", "itunes:author")


def trimmed(built: Built) -> Iterator[Found]:
    """Find values that begin or end with white space, which some apps take for part of them."""
    for document, channel in built.channels():
        for tag in channel.walk():
            said = tag.text if not tag.inside else ""
            for value in (said, *tag.attributes.values()):
                if value != value.strip():
                    yield Found(
                        f"{document.name}:{tag.line}", f"<{tag.name}> has space around «{shown(value)}»"
                    )


def printable(built: Built) -> Iterator[Found]:
    """Find control characters, and marks of direction that are opened and not closed."""
    for document, channel in built.channels():
        for tag in channel.walk():
            for value in (tag.text, *tag.attributes.values()):
                where = f"{document.name}:{tag.line}"
                if _CONTROL.search(value):
                    yield Found(where, f"<{tag.name}> has a control character in «{shown(value)}»")
                if _TURNS.search(value) and not _balanced(value):
                    yield Found(where, f"<{tag.name}> has marks of direction that do not close")


def _balanced(text: str) -> bool:
    r"""Say whether every mark that turns the direction is closed, in its paragraph, by one of its kind.

    >>> _balanced("\u2067نص\u2069"), _balanced("\u202eنص"), _balanced("نص\u2069")
    (True, False, False)
    """
    for paragraph in text.split("\n"):
        isolates: list[bool] = []
        for each in paragraph:
            if each in _OPENING:
                isolates.append(each in "\u2066\u2067\u2068")
            elif each in _CLOSING and (not isolates or isolates.pop() != (each == "\u2069")):
                return False
        if isolates:
            return False
    return True


def escaped_once(built: Built) -> Iterator[Found]:
    """Find titles and names in which `&amp;` is still to be read after the XML was."""
    for document, channel in built.channels():
        for tag in channel.walk():
            found = _ESCAPED.search(tag.text) if tag.name in _PLAIN else None
            if found:
                yield Found(f"{document.name}:{tag.line}", f"<{tag.name}> shows `{found[0]}` to its readers")


def words(built: Built) -> Iterator[Found]:
    """Find switches that say another word than those that exist."""
    for document, channel in built.channels():
        for tag in channel.walk():
            known = _ONE_OF.get(tag.name)
            if known and tag.text not in known:
                yield Found(
                    f"{document.name}:{tag.line}",
                    f"<{tag.name}> is «{shown(tag.text)}», not {' or '.join(sorted(known))}",
                )


def lengths(built: Built) -> Iterator[Found]:
    """Find descriptions beyond 4000 bytes and values beyond 255 characters."""
    for document, channel in built.channels():
        for tag in channel.walk():
            where = f"{document.name}:{tag.line}"
            size = len(tag.text.encode("utf-8", "surrogatepass"))
            if tag.name == "description" and size > LONGEST_DESCRIPTION:
                yield Found(where, f"<description> has {size:,} bytes, more than {LONGEST_DESCRIPTION:,}")
            if tag.name in _SHORT and len(tag.text) > LONGEST_VALUE:
                yield Found(where, f"<{tag.name}> has {len(tag.text)} characters, more than {LONGEST_VALUE}")
