"""A station's folder and its configuration, validated into frozen values."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from nashra import __version__
from nashra.audio.voices import ENGINES
from nashra.errors import ConfigurationError
from nashra.model import Loudness, Pauses, Show, Titles, Voice
from nashra.store import read, sha256, storing

FILE = "nashra.toml"


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Who reads: an engine, one of its voices (empty: its usual one), factors of speed and pitch."""

    engine: str = "espeak"
    name: str = ""
    speed: float = 1.0
    pitch: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `nashra.toml` says, section by section."""

    show: Show
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    pauses: Pauses = field(default_factory=Pauses)
    titles: Titles = field(default_factory=Titles)
    loudness: Loudness = field(default_factory=Loudness)


@dataclass(frozen=True, slots=True)
class Station:
    """A station as found on disk: its folder, settings and templates."""

    root: Path
    settings: Settings
    templates: dict[str, str]

    @property
    def articles(self) -> Path:
        """The folder of articles."""
        return self.root / "articles"

    @property
    def audio(self) -> Path:
        """The folder of MP3s and episode records."""
        return self.root / "audio"

    @property
    def feed(self) -> Path:
        """The folder of the feed and its pages."""
        return self.root / "feed"

    @property
    def cache(self) -> Path:
        """The hidden folder that may be deleted and costs only time."""
        return self.root / ".nashra"

    @property
    def voice(self) -> Voice:
        """The voice of articles that name no other."""
        said = self.settings.voice
        return Voice(said.engine, said.name or ENGINES[said.engine].name, said.speed, said.pitch)


def find(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that has a `nashra.toml`."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise ConfigurationError(
        f"no {FILE} here or in a folder above",
        where=str(start),
        then="make a station with `nashra init DIR`, or name one with --station DIR",
    )


def load(root: Path) -> Station:
    """Return the station in a folder; raises ConfigurationError, with the line where there is one."""
    with storing(ConfigurationError, str(root)):
        raw = read(root / FILE)
        if raw is None:
            raise ConfigurationError(
                f"has no {FILE}", where=str(root), then="make a station with `nashra init DIR`"
            )
        return Station(root, settings(raw), _templates(root))


def none() -> Station:
    """Return a station of no folder with the usual settings, whose cache is the user's: to try a voice."""
    root = Path.home() / ".cache" / "nashra"
    return Station(root, Settings(Show("Nashra")), _templates(root))


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
        line = re.search(r"\(at line (\d+)", str(broken))
        what = re.sub(r"\s*\(at .*\)", "", str(broken))
        raise ConfigurationError(
            f"is not TOML: {what}", where=f"{FILE}:{line[1]}" if line else FILE, then="correct that line"
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


def known_keys(kind: type = Settings, prefix: str = "") -> tuple[str, ...]:
    """Return every key that `nashra.toml` may have, dotted."""
    names: list[str] = []
    for name, hint in get_type_hints(kind).items():
        names += known_keys(hint, f"{name}.") if is_dataclass(hint) else [f"{prefix}{name}"]
    return tuple(names)


def _check_keys(said: dict[str, Any], kind: Any, prefix: str, source: str) -> None:  # noqa: ANN401 a dataclass
    known = {each.name for each in fields(kind)}
    for name, value in said.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            raise ConfigurationError(
                f"unknown key `{prefix}{name}`",
                where=f"{FILE}:{_line(source, name)}",
                then=f"did you mean `{prefix}{near[0]}`?"
                if near
                else f"known here: {', '.join(sorted(known))}",
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
    ("loudness.target_lufs", lambda value: -30 <= value <= -10, "must be between -30 and -10"),
    ("loudness.peak_dbtp", lambda value: -9 <= value <= 0, "must be between -9 and 0"),
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
            where = f"{FILE}:{_line(source, key)}"
            raise ConfigurationError(f"`{name}` is `{value}`", where=where, then=f"it {what}")
    return found


def _line(source: str, name: str) -> int:
    """Return the line that sets a key (or its section), 1 where none can be told."""
    key = name.rpartition(".")[2]
    found = re.search(rf"(?m)^\s*\[?\s*(?:[\w.]+\.)?\"?{re.escape(key)}\"?\s*[\]=.]", source)
    return source.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1 if found else 1


def _templates(root: Path) -> dict[str, str]:
    """Return Nashra's templates, each overridden by the station's file of the same name."""
    found = {}
    for folder in (shipped_templates(), root / "templates"):
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.is_file() and not path.name.startswith("."):
                    try:
                        found[path.name] = path.read_text("utf-8")
                    except UnicodeDecodeError as broken:
                        raise ConfigurationError(
                            "is not UTF-8", where=f"templates/{path.name}", then="save it again as UTF-8"
                        ) from broken
    return found


def shipped_templates() -> Path:
    """Return the folder of Nashra's own templates: in the wheel, or in a checkout beside `src/`."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"


def recipe(station: Station) -> str:
    """Return a hash of what the owner decides that shapes every episode's MP3.

    The voice is recorded by itself. Versions are not in it: an article that has not changed is never respoken because Nashra did.
    """
    said = station.settings
    spoken = [station.templates.get(name, "") for name in ("opening.txt.j2", "closing.txt.j2")]
    show = (said.show.title, said.show.author, said.show.language, said.show.cover)
    return sha256(repr(show), repr((said.pauses, said.titles, said.loudness)), *spoken)


def feed_recipe(station: Station) -> str:
    """Return a hash of what shapes the feed and its pages besides the episodes."""
    return sha256(
        __version__, repr(station.settings.show), *(f"{n}\0{t}" for n, t in station.templates.items())
    )
