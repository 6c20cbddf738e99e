"""`nashra.toml`, validated into frozen values; an unknown key is an error that names the nearest."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, get_type_hints

import msgspec

from nashra.arabic.endings import DEPTHS
from nashra.arabic.months import MONTHS_OF
from nashra.audio.voices import ENGINES
from nashra.errors import ConfigurationError
from nashra.model import Loudness, Pauses, Reading, Show, Sound, Titles

FILE = "nashra.toml"


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Who reads: an engine, one of its voices (empty: its usual one), factors of speed and pitch.

    `foreign` is the engine's voice for words in Latin letters; empty: they are said in Arabic letters.
    """

    engine: str = "espeak"
    name: str = ""
    speed: float = 1.0
    pitch: float = 1.0
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `nashra.toml` says, section by section."""

    show: Show
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    reading: Reading = field(default_factory=Reading)
    pauses: Pauses = field(default_factory=Pauses)
    titles: Titles = field(default_factory=Titles)
    loudness: Loudness = field(default_factory=Loudness)
    sound: Sound = field(default_factory=Sound)


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
            f"is not TOML: {what}", where=f"{FILE}:{line}", then="correct that line"
        ) from broken
    _check_keys(said, Settings, "", source)
    try:
        return _check_values(msgspec.convert(said, Settings), source)
    except msgspec.ValidationError as wrong:
        what, _, path = str(wrong).partition(" - at `$.")
        name = path.rstrip("`")
        missing = "missing required field `title`" in what or "missing required field `show`" in what
        what = "has no `title`" if missing else f"`{name}`: {what.lower()}"
        raise ConfigurationError(
            what,
            where=FILE if missing else f"{FILE}:{_line(source, name)}",
            then='write `title = "…"` under [show]' if missing else "see docs/configuration.md",
        ) from wrong


def known_keys(
    kind: Any = Settings,  # noqa: ANN401 a dataclass
    prefix: str = "",
) -> tuple[str, ...]:
    """Return every key that `nashra.toml` may have, dotted."""
    names: list[str] = []
    for name, hint in get_type_hints(kind).items():
        names += known_keys(hint, f"{name}.") if is_dataclass(hint) else [f"{prefix}{name}"]
    return tuple(names)


def _check_keys(said: dict[str, Any], kind: Any, prefix: str, source: str) -> None:  # noqa: ANN401 a dataclass
    known = {each.name for each in fields(kind)}
    for name, value in said.items():
        if name not in known:
            elsewhere = [key for key in known_keys() if not prefix and key.endswith(f".{name}")]
            alike = [prefix + key for key in difflib.get_close_matches(name, known, 1, 0.5)]
            near = next(iter(elsewhere + alike), "")
            raise ConfigurationError(
                f"unknown key `{prefix}{name}`",
                where=f"{FILE}:{_line(source, name)}",
                then=f"did you mean `{near}`?" if near else f"known here: {', '.join(sorted(known))}",
            )
        hint = get_type_hints(kind)[name]
        if is_dataclass(hint) and isinstance(value, dict):
            _check_keys(value, hint, f"{name}.", source)


# Key, what must hold of it, and how to say so.
_RULES = (
    ("show.title", lambda value: value.strip(), "must not be empty"),
    (
        "show.language",
        lambda value: re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", value),
        "must be like `ar` or `ar-ma`",
    ),
    (
        "show.base_url",
        lambda value: re.fullmatch(r"https?://[!-~]+/", value) and not set(value) & set("?#\"'<>"),
        "must be an ASCII address that begins with http:// or https:// and ends with /",
    ),
    ("voice.engine", lambda value: value in ENGINES, f"must be one of {', '.join(ENGINES)}"),
    ("voice.speed", lambda value: 0.5 <= value <= 2.0, "must be between 0.5 and 2.0"),
    ("voice.pitch", lambda value: 0.5 <= value <= 2.0, "must be between 0.5 and 2.0"),
    (
        "voice.foreign",
        lambda value: not value or re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9-]+)?", value),
        "must be a language such as `fr` or `en-us`, or empty",
    ),
    ("reading.months", lambda value: value in MONTHS_OF, f"must be one of {', '.join(MONTHS_OF)}"),
    ("reading.endings", lambda value: value in DEPTHS, f"must be one of {', '.join(DEPTHS)}"),
    ("loudness.target_lufs", lambda value: -30 <= value <= -10, "must be between -30 and -10"),
    ("loudness.peak_dbtp", lambda value: -9 <= value <= 0, "must be between -9 and 0"),
    ("sound.jingle_lufs", lambda value: -40 <= value <= -10, "must be between -40 and -10"),
    ("sound.gain_db", lambda value: -30 <= value <= 6, "must be between -30 and 6"),
    ("sound.duck_db", lambda value: 0 <= value <= 60, "must be between 0 and 60"),
    ("sound.fade_in_ms", lambda value: 20 <= value <= 10_000, "must be between 20 and 10000 ms"),
    ("sound.fade_out_ms", lambda value: 20 <= value <= 10_000, "must be between 20 and 10000 ms"),
    *(
        (f"pauses.{each.name}", lambda value: 100 <= value <= 10_000, "must be between 100 and 10000 ms")
        for each in fields(Pauses)
    ),
)


def _check_values(found: Settings, source: str) -> Settings:
    for name, holds, what in _RULES:
        section, _, key = name.partition(".")
        value = getattr(getattr(found, section), key)
        if not holds(value):  # type: ignore[no-untyped-call]
            where = f"{FILE}:{_line(source, name)}"
            raise ConfigurationError(f"`{name}` is `{value}`", where=where, then=f"it {what}")
    return found


def _line(source: str, name: str) -> int:
    """Return the line that sets a key (or its section), 1 where none can be told.

    Sections share names of keys (`titles.opening`, `sound.opening`): a key is looked for behind the
    head of its own.
    """
    section, _, key = name.rpartition(".")
    head = re.search(rf"(?m)^\s*\[\s*{re.escape(section)}\s*\]", source) if section else None
    line = re.compile(rf"(?m)^\s*\[?\s*(?:[\w.]+\.)?\"?{re.escape(key)}\"?\s*[\]=.]")
    found = line.search(source, head.end() if head else 0)
    return source.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1 if found else 1
