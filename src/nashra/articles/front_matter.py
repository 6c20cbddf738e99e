"""What the writer says about the article above it, between two lines of `---`."""

from __future__ import annotations

import difflib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nashra.arabic.patterns import pattern
from nashra.articles.decoding import clean
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMA = pattern("[,،;؛]")
_OPEN = pattern(r"---[ \t]*\n[A-Za-z_]+[ \t]*:")
_BLOCK = pattern(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split(text: str, where: str) -> tuple[dict[str, Any], str, int]:
    r"""Return the fields, the text below them, and the number of lines above that text.

    Raises ArticleError for broken YAML, an unknown field or a value of the wrong kind, with the line.

    >>> split("---\ntitle: عنوان\n---\nنص", "a.md")
    ({'title': 'عنوان'}, 'نص', 3)
    >>> split("نص", "a.md")
    ({}, 'نص', 0)
    """
    said, lines, body, above = _parted(text, where)
    fields = {name: _value(str(name), value, f"{where}:{_line(lines, name)}") for name, value in said.items()}
    return fields, body, above


def foreign(text: str, where: str) -> tuple[dict[str, Any], str, int, tuple[str, ...]]:
    r"""Return the same of a text from elsewhere, and what of its fields could not be used.

    Other programs have fields of their own, and other names for ours.

    >>> foreign("---\nlayout: post\ndesc: ملخص\ndate: غدا\n---\nنص", "a.md")
    ({'summary': 'ملخص'}, 'نص', 5, ('front matter: `layout`, `date` not used',))
    """
    said, _lines, body, above = _parted(text, where)
    fields: dict[str, Any] = {}
    unused = []
    for name, value in said.items():
        own = ALIASES.get(str(name).lower(), str(name))
        try:
            fields[own] = FIELDS[own](value)
        except (KeyError, TypeError, ValueError):
            unused.append(f"`{name}`")
    return fields, body, above, (f"front matter: {', '.join(unused)} not used",) if unused else ()


def _parted(text: str, where: str) -> tuple[dict[str, Any], list[str], str, int]:
    block = _BLOCK.match(text)
    if block is None:
        if _OPEN.match(text):
            raise ArticleError(
                "the front matter has no end", where=f"{where}:1", then="close it with a line of ---"
            )
        return {}, [], text, 0
    return _parse(block[1], where), block[1].split("\n"), text[block.end() :], block[0].count("\n")


def _line(lines: list[str], name: object) -> int:
    return next((n for n, line in enumerate(lines, 2) if line.startswith(str(name))), 1)


def _parse(source: str, where: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 only articles with front matter need it

    class Plain(yaml.SafeLoader):  # type: ignore[misc] # yaml has no types
        """Dates stay texts: yaml would raise on the 31st of June without saying in which line."""

    Plain.yaml_implicit_resolvers = {
        sign: [(tag, form) for tag, form in pairs if not tag.endswith(":timestamp")]
        for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    try:
        fields = yaml.load(source, Plain)  # noqa: S506 it is a safe loader
    except (yaml.YAMLError, ValueError) as broken:
        mark = getattr(broken, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        what = getattr(broken, "problem", None) or str(broken)
        raise ArticleError(
            f"the front matter cannot be read: {what}",
            where=f"{where}:{line}",
            then="put quotes around values with a colon in them",
        ) from broken
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise ArticleError(
            "the front matter is no list of `field: value` lines", where=f"{where}:2", then="see README"
        )
    return fields


def _value(name: str, value: object, where: str) -> object:
    if name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, 1)
        then = f"did you mean `{near[0]}`?" if near else f"known fields: {', '.join(FIELDS)}"
        raise ArticleError(f"unknown field `{name}`", where=where, then=then)
    try:
        return FIELDS[name](value)
    except (TypeError, ValueError) as wrong:
        raise ArticleError(f"`{name}` {wrong}", where=where, then="correct it") from wrong


def _text(value: object) -> str:
    if isinstance(value, dict | list | bool):
        raise TypeError("must be a text")
    # YAML's escapes bring in what no file may have: "\e[2J" would command the terminal that shows the title.
    return "" if value is None else " ".join(clean(str(value)).split())


def names(value: object) -> tuple[str, ...]:
    """Return the names in a list, or in a text that has commas between them; each once.

    >>> names("رياضة، مجتمع"), names(["سياسة", "سياسة", 2030]), names(None)
    (('رياضة', 'مجتمع'), ('سياسة', '2030'), ())
    """
    said = value if isinstance(value, list) else _COMMA.split(_text(value))
    return tuple(dict.fromkeys(filter(None, map(_text, said))))


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("must be a whole number from 1 on")
    return value


def _words(value: object) -> tuple[tuple[str, str], ...]:
    """Return a list of words and how they are said; `lexicon.check` is asked when they are used."""
    if not isinstance(value, dict):
        raise TypeError("must have a line `word: spoken` for each word, indented")
    return tuple((_text(written), _text(spoken)) for written, spoken in value.items())


def _moment(value: object) -> datetime:
    """Return an aware time; a date alone is its midnight, a time without a zone is UTC."""
    try:
        when = datetime.fromisoformat(str(value).strip())
    except ValueError as wrong:
        # Python's "Invalid isoformat string" tells an editor nothing; "day is out of range" does.
        why = "" if "isoformat" in str(wrong) else f": {wrong}"
        raise ValueError(f"is `{value}`, and that is no date such as 2025-01-30 14:00{why}") from wrong
    return when if when.tzinfo else when.replace(tzinfo=UTC)


FIELDS: dict[str, Callable[[object], object]] = {
    "title": _text,
    "author": _text,
    "outlet": _text,
    "date": _moment,
    "summary": _text,
    "image": _text,
    "voice": _text,
    "draft": _switch,
    "slug": _text,
    "url": _text,
    "canonical": _text,
    "source": _text,
    "source_id": _text,
    "language": _text,
    "category": names,
    "tags": names,
    "season": _number,
    "episode": _number,
    "lexicon": _words,
}
"""What front matter may say, and how each value is understood."""

ALIASES = {
    "desc": "summary",
    "description": "summary",
    "excerpt": "summary",
    "lang": "language",
    "byline": "author",
    "link": "url",
    "permalink": "url",
    "canonical_url": "canonical",
    "site": "outlet",
    "categories": "category",
    "section": "category",
    "keywords": "tags",
}
"""What other programs call our fields."""
