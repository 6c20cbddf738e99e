"""`lexicon.toml`, the station's own words: read, checked, and written one word at a time."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from nashra.arabic.ipa import ipa_to_arabic
from nashra.arabic.letters import LETTERS, SHADDA
from nashra.arabic.lexicon import bare, is_ipa
from nashra.arabic.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SPOKEN = pattern(rf"(?:[{LETTERS}](?:[\u064b-\u0650]?{SHADDA}?[\u064b-\u0650]?|\u0652)\u0670?)+")
_LINE = pattern(r"""(\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*')(.*)""")
_HELD = ("words",)
"""The table of `lexicon.toml` in which the words may stand."""


def parse(raw: bytes) -> dict[str, str]:
    r"""Return the written and spoken forms of a `lexicon.toml`, flat or under `[words]`.

    Raises ValueError with the line and what is wrong there.

    >>> parse('[words]\n"حموشي" = "حَمُّوشِي" # وليس حموشِي\n"2M" = "/duːziːm/"\n'.encode())
    {'حموشي': 'حَمُّوشِي', '2M': '/duːziːm/'}
    >>> parse('"فاس" = "Fes"'.encode())
    Traceback (most recent call last):
    ...
    ValueError: line 1: «فاس» is said with `Fes`, which is neither Arabic letters nor IPA between slashes
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line}: this is not UTF-8") from None
    try:
        top = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(str(error)) from None
    words: dict[str, str] = {}
    seen: set[str] = set()
    for written, spoken in _pairs(top):
        key = bare(written).casefold()
        fault = fault_of(written, spoken) or ("is there twice" if key in seen else "")
        if fault:
            raise ValueError(f"line {_line_of(text, written)}: «{written}» {fault}")
        seen.add(key)
        words[written] = str(spoken)
    return words


def added(raw: bytes, written: str, spoken: str) -> bytes:
    r"""Return a `lexicon.toml` with one more word at its end, or a word there said anew in its place.

    Comments and the order of lines stay. Raises ValueError as `parse` does.

    >>> added('"فاس" = "فَأس" # مدينة\n'.encode(), "فاس", "فَاس").decode()
    '"فاس" = "فَاس" # مدينة\n'
    >>> added(b"", "وجدة", "وَجْدَة").decode()
    '"وجدة" = "وَجْدَة"\n'
    """
    parse(raw)
    if fault := fault_of(written, spoken):
        raise ValueError(f"«{written}» {fault}")
    lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    for place, line in enumerate(lines):
        match = _LINE.match(line)
        if match and any(bare(key).casefold() == bare(written).casefold() for key in _keys(line)):
            end = line[len(line.rstrip("\r\n")) :]
            lines[place] = f"{match[1]}{_quoted(spoken)}{match[3].rstrip()}{end}"
            break
    else:
        newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += newline
        lines.append(f"{_quoted(written)} = {_quoted(spoken)}{newline}")
    done = "".join(lines).encode()
    if parse(done).get(written, spoken) != spoken:
        raise ValueError(
            f"«{written}» stands in a form that cannot be replaced: write it on a line of its own"
        )
    return done


def _pairs(top: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for written, spoken in top.items():
        if written in _HELD and isinstance(spoken, dict):
            yield from spoken.items()
        else:
            yield written, spoken


def _keys(line: str) -> tuple[str, ...]:
    """Return the keys of a line that is TOML by itself."""
    try:
        return tuple(tomllib.loads(line))
    except tomllib.TOMLDecodeError:
        return ()


def _line_of(text: str, written: str) -> int:
    lines = text.splitlines()
    found = [number for number, line in enumerate(lines, 1) if written in _keys(line)]
    # Of a key that is there twice, once with marks, the second is at fault.
    return found[-1] if found else len(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def fault_of(written: str, spoken: object) -> str:
    """Return what is wrong with a written form or its spoken one; "" where nothing is."""
    if not any(map(str.isalnum, written)):
        return "is no word"
    if not written.isprintable():
        return "has a control character"
    if not isinstance(spoken, str):
        return "needs its spoken form as text in quotes"
    if is_ipa(spoken):
        return _fault_of_ipa(spoken)
    if spoken.split() and all(map(_SPOKEN.fullmatch, spoken.split())):
        return ""
    return f"is said with `{spoken}`, which is neither Arabic letters nor IPA between slashes"


def _fault_of_ipa(spoken: str) -> str:
    try:
        return "" if ipa_to_arabic(spoken[1:-1]) else "has no sound between its slashes"
    except ValueError as error:
        return f"is said with `{spoken}`: {error}"
