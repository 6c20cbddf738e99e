"""`nashra.toml`, validated into frozen values; an unknown key is an error that names the nearest."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import msgspec

from nashra import setting_rules
from nashra.errors import ConfigurationError
from nashra.settings import Settings

FILE = "nashra.toml"


def settings(raw: bytes) -> Settings:
    """Return the settings that the bytes of a `nashra.toml` say.

    Raises ConfigurationError for broken TOML, an unknown key (with the nearest known one), a value of
    the wrong kind or out of its range.
    """
    try:
        source = raw.decode("utf-8-sig")
        said = tomllib.loads(source.replace("\r\n", "\n"))
    except UnicodeDecodeError as broken:
        raise ConfigurationError("is not UTF-8", where=FILE, then="save it again as UTF-8") from broken
    except tomllib.TOMLDecodeError as broken:
        found = re.search(r"\(at line (\d+)", str(broken))
        line = found[1] if found else len(source.splitlines())  # (at end of document)
        what = re.sub(r"\s*\(at .*\)", "", str(broken))
        raise ConfigurationError(
            f"is not TOML: {what}", where=f"{FILE}:{line}", then="correct that line; a text stands in quotes"
        ) from broken
    if isinstance(said.get("feed"), dict):
        raise ConfigurationError(
            "[feed] is no table any more",
            where=f"{FILE}:{_line(source, 'feed')}",
            then="write [podcast] for what the feeds say besides, [[feed]] for a feed of some episodes",
        )
    _check_keys(said, Settings, "", source)
    try:
        read = msgspec.convert(said, Settings)
    except msgspec.ValidationError as wrong:
        what, _, path = str(wrong).partition(" - at `$.")
        name = path.rstrip("`")
        missing = "missing required field `title`" in what or "missing required field `show`" in what
        for table, needed, then in _NEEDED:
            if f"missing required field `{needed}`" in what and name.startswith(f"{table}["):
                raise ConfigurationError(
                    f"a [[{table}]] has no `{needed}`", where=f"{FILE}:{_line(source, name)}", then=then
                ) from wrong
        what = "has no `title`" if missing else f"`{name}` {_plainly(what)}"
        raise ConfigurationError(
            what,
            where=FILE if missing else f"{FILE}:{_line(source, name)}",
            then='write `title = "…"` under [show]' if missing else "see docs/configuration.md",
        ) from wrong
    for each in setting_rules.broken(read):
        raise ConfigurationError(each.what, where=f"{FILE}:{_line(source, each.key)}", then=each.then)
    return read


_KINDS = {
    "str": "a text in quotes",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "array": "a list in brackets",
    "object": "a table",
}
"""What TOML's kinds are called before people who are no programmers, by msgspec's names."""


def _plainly(what: str) -> str:
    """Say in plain words what msgspec expected.

    >>> _plainly("Expected `float`, got `str`")
    'must be a number, and is a text in quotes'
    >>> _plainly("Expected `str | array`, got `int`")
    'must be a text in quotes or a list in brackets, and is a whole number'
    """
    found = re.fullmatch(r"Expected `([^`]+)`, got `(\w+)`", what)
    if not found:
        return what.lower()
    wanted = " or ".join(_KINDS.get(kind, kind) for kind in found[1].split(" | "))
    return f"must be {wanted}, and is {_KINDS.get(found[2], found[2])}"


_NEEDED = (
    ("source", "url", 'write `url = "https://…"` under it'),
    ("feed", "name", 'write `name = "sport"` under it: its address will be feed/sport.xml'),
    ("feed", "title", 'write `title = "…"` under it'),
)
"""What a table in double brackets must have, and how to say so."""


def known_keys(
    kind: Any = Settings,  # noqa: ANN401 a dataclass
    prefix: str = "",
) -> tuple[str, ...]:
    """Return every key that `nashra.toml` may have, dotted."""
    names: list[str] = []
    for name, hint in get_type_hints(kind).items():
        table = _table(hint)
        names += known_keys(table, f"{name}.") if table else [f"{prefix}{name}"]
    return tuple(names)


def _table(hint: Any) -> Any:  # noqa: ANN401 a dataclass
    """Return the dataclass of a section, or of each table of a section that may stand several times."""
    each = next(iter(get_args(hint)), hint)
    return each if is_dataclass(each) else None


def _check_keys(said: dict[str, Any], kind: Any, prefix: str, source: str) -> None:  # noqa: ANN401 a dataclass
    known = {each.name for each in fields(kind)}
    for name, value in said.items():
        if name not in known:
            elsewhere = [key for key in known_keys() if not prefix and key.endswith(f".{name}")]
            alike = [prefix + key for key in difflib.get_close_matches(name, known, 1, _ALIKE)]
            near = next(iter(elsewhere + alike), "")
            if prefix == "publish." and setting_rules.SECRETIVE & {
                name.lower(),
                name.lower().removeprefix("aws_"),
            }:
                where = f"{FILE}:{_line(source, prefix + name)}"
                raise ConfigurationError(
                    f"`{prefix}{name}` would be a secret here", where=where, then=setting_rules.KEEP
                )
            raise ConfigurationError(
                f"unknown key `{prefix}{name}`",
                where=f"{FILE}:{_line(source, prefix + name)}",
                then=f"did you mean `{near}`?" if near else f"known here: {', '.join(sorted(known))}",
            )
        table = _table(get_type_hints(kind)[name])
        if table and isinstance(value, dict):
            _check_keys(value, table, f"{name}.", source)
        elif table and isinstance(value, list):
            for number, each in enumerate(value):
                if isinstance(each, dict):
                    _check_keys(each, table, f"{name}[{number}].", source)


_ALIKE = 0.65
"""How alike a mistyped key must be; at difflib's own 0.6, `colour` was taken for `cluster`."""


def _line(source: str, name: str) -> int:
    r"""Return the line that sets a key (or its section), 1 where none can be told.

    >>> text = "[[source]]\nlimit = 1\n[[source]]\nlimit = 2"
    >>> _line(text, "limit"), _line(text, "source[1].limit"), _line(text, "source[1]")
    (2, 4, 3)

    Sections share names of keys (`titles.opening`, `sound.opening`): a key is looked for behind the
    head of its own.
    """
    section, _, key = name.rpartition(".")
    table = re.match(r"(\w+)\[(\d+)\]", name)
    head = re.search(rf"(?m)^\s*\[\s*{re.escape(section)}\s*\]", source) if section else None
    start = head.end() if head else 0
    if table:
        headers = list(re.finditer(rf"(?m)^\s*\[\[\s*{table[1]}\s*\]\]", source))
        start = headers[int(table[2])].start() if int(table[2]) < len(headers) else 0
        key = table[1] if "." not in name else key
    found = re.compile(rf"(?m)^\s*\[{{0,2}}\s*(?:[\w.]+\.)?\"?{re.escape(key)}\"?\s*[\]=.]").search(
        source, start
    )
    return source.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1 if found else 1
