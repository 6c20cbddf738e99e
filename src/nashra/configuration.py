"""`nashra.toml`, validated into frozen values; an unknown key is an error that names the nearest."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, get_args, get_type_hints

import msgspec

from nashra.arabic.endings import DEPTHS
from nashra.arabic.months import MONTHS_OF
from nashra.audio.voices import AUTO, ENGINES
from nashra.errors import ConfigurationError
from nashra.feed.guid import is_guid
from nashra.feed.subscribing import APPS, named
from nashra.model import (
    Corrections,
    Loudness,
    Pauses,
    PodcastSettings,
    Reading,
    Retention,
    Show,
    Sound,
    Source,
    Strand,
    Subscribe,
    Titles,
)

FILE = "nashra.toml"


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Who reads: an engine, one of its voices (empty: its usual one), factors of speed and pitch.

    Several engines are a chain: where one fails, the next speaks the whole `episode`, or the single
    `clip` (`fallback`). `foreign` is the engine's voice for words in Latin letters; empty: they are said
    in Arabic letters. `title`, `heading` and `quotes` have the voice of the text if empty. `requests` and
    `pace_ms` hold an online engine back: how many at once, and the ms between the starts of two.
    """

    engine: str | tuple[str, ...] = "espeak"
    name: str = ""
    speed: float = 1.0
    pitch: float = 1.0
    foreign: str = ""
    title: str = ""
    heading: str = ""
    quotes: str = ""
    fallback: str = "episode"
    requests: int = 2
    pace_ms: int = 1000


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How addresses are read: hosts (`host` or `host:port`) that may be inside this network; robots.txt."""

    allow: tuple[str, ...] = ()
    robots: bool = True


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """Where `nashra publish` brings the station; never a secret: those come from the environment.

    `endpoint` and `region` are of an S3 host that is not Amazon's, a `website` is a
    bucket whose host serves it as one. `hub` is a WebSub hub. What nothing
    lists any more stays at the target for `keep_days`.
    """

    target: str = ""
    endpoint: str = ""
    region: str = ""
    website: bool = False
    hub: str = ""
    keep_days: int = 14


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where finished work is shared: an address that fsspec knows or a folder; empty: nowhere.

    `local_mb` bounds what the station's own `.nashra` keeps after a build, in MB (10^6 bytes); 0: no bound.
    """

    url: str = ""
    local_mb: int = 0


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The cluster that speaks, `local:N` or a scheduler's `tls://host:port`; empty: this process alone.

    `ca`, `cert` and `key` are PEM files. `plain` allows `tcp://` beyond loopback. A cluster that does nothing
    for `patience_s` seconds is given up, an article that takes longer than `deadline_s` has failed.
    """

    address: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""
    plain: bool = False
    patience_s: int = 60
    deadline_s: int = 900


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `nashra.toml` says, section by section."""

    show: Show
    subscribe: Subscribe = field(default_factory=Subscribe)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    reading: Reading = field(default_factory=Reading)
    pauses: Pauses = field(default_factory=Pauses)
    titles: Titles = field(default_factory=Titles)
    loudness: Loudness = field(default_factory=Loudness)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    source: tuple[Source, ...] = ()
    podcast: PodcastSettings = field(default_factory=PodcastSettings)
    sound: Sound = field(default_factory=Sound)
    retention: Retention = field(default_factory=Retention)
    corrections: Corrections = field(default_factory=Corrections)
    feed: tuple[Strand, ...] = ()
    publish: PublishSettings = field(default_factory=PublishSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    cluster: ClusterSettings = field(default_factory=ClusterSettings)


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
        return _check_values(msgspec.convert(said, Settings), source)
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


def chain(engine: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the engines that `voice.engine` names, each perhaps with a voice, the first choice first.

    >>> chain("auto"), chain("tone"), chain(("gtts:ar:com.eg", "espeak"))
    (('gtts', 'espeak'), ('tone',), ('gtts:ar:com.eg', 'espeak'))
    """
    if engine == "auto":
        return AUTO
    return (engine,) if isinstance(engine, str) else engine


def is_voice(said: str) -> bool:
    """Tell whether a text is an engine, or engine:name.

    >>> [is_voice(said) for said in ("espeak", "gtts:ar:com.eg", "espeek", "espeak:")]
    [True, True, False, False]
    """
    engine, colon, name = said.partition(":")
    return engine in ENGINES and bool(name) == bool(colon)


def has_secret(said: str) -> bool:
    """Tell whether an address has a password in it, or a user's name where only a token is one.

    >>> [has_secret(said) for said in ("sftp://me:pw@host/x", "git:https://token@host/r", "s3://K@b/")]
    [True, True, True]
    >>> [has_secret(said) for said in ("sftp://me@host/x", "git:git@host:r.git#b", "/srv/a:b@c", "me@host:x")]
    [False, False, False, False]
    """
    found = re.search(r"(\w+)://([^/\s]*)@", said)
    return found is not None and (":" in found[2] or found[1] not in {"ssh", "sftp", "rsync"})


def _is_chain(engine: str | tuple[str, ...]) -> bool:
    if isinstance(engine, str):
        return engine == "auto" or engine in ENGINES
    return bool(engine) and len(set(engine)) == len(engine) and all(map(is_voice, engine))


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
            if prefix == "publish." and _SECRETIVE & {name.lower(), name.lower().removeprefix("aws_")}:
                where = f"{FILE}:{_line(source, prefix + name)}"
                raise ConfigurationError(f"`{prefix}{name}` would be a secret here", where=where, then=_KEEP)
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
_KEEP = "give it by the environment, a keyring or an SSH key (docs/publish.md)"
_SECRETIVE = {
    "password",
    "passphrase",
    "secret",
    "token",
    "key",
    "secret_key",
    "access_key",
    "secret_access_key",
}
"""Keys that somebody may write under [publish]; the file is read by many and kept for ever by git."""

_WEB = re.compile(r"https?://[!-~]+")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Files of the whole show, archives by month, the pages behind a strand's: none may be another strand's.
_TAKEN = re.compile(r"^(feeds?|index|archive|cover|sitemap)(-|$)|-archive(-|$)|-[0-9]{4}-[0-9]{2}(-|$)")

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
        lambda value: (
            re.fullmatch(r"https?://[!-.0-?A-~]+/([!-~]*/)?", value) and not set(value) & set("?#\"'<>")
        ),
        "must be an ASCII address, with no password, that begins with http:// or https:// and ends with /",
    ),
    (
        "subscribe.apple",
        lambda value: re.fullmatch(r"[0-9]*", value),
        "must be the show's number, such as `1200361736`",
    ),
    (
        "subscribe.spotify",
        lambda value: re.fullmatch(r"[0-9A-Za-z]*", value),
        "must be the end of the show's address, behind open.spotify.com/show/",
    ),
    ("subscribe.apps", lambda value: set(named(value)) <= set(APPS), f"must be some of {', '.join(APPS)}"),
    ("voice.engine", _is_chain, f"must be one of {', '.join(ENGINES)}, auto, or a list of different ones"),
    ("voice.speed", lambda value: 0.5 <= value <= 2.0, "must be between 0.5 and 2.0"),
    ("voice.pitch", lambda value: 0.5 <= value <= 2.0, "must be between 0.5 and 2.0"),
    (
        "voice.foreign",
        lambda value: not value or re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9-]+)?", value),
        "must be a language such as `fr` or `en-us`, or empty",
    ),
    *(
        (
            f"voice.{role}",
            lambda value: not value or is_voice(value),
            f"must be one of {', '.join(ENGINES)}, perhaps with a voice as in espeak:ar, or empty",
        )
        for role in ("title", "heading", "quotes")
    ),
    ("voice.fallback", lambda value: value in {"episode", "clip"}, "must be episode or clip"),
    ("voice.requests", lambda value: 1 <= value <= 4, "must be between 1 and 4"),
    ("voice.pace_ms", lambda value: 200 <= value <= 60_000, "must be between 200 and 60000 ms"),
    ("reading.months", lambda value: value in MONTHS_OF, f"must be one of {', '.join(MONTHS_OF)}"),
    ("reading.endings", lambda value: value in DEPTHS, f"must be one of {', '.join(DEPTHS)}"),
    (
        "fetch.allow",
        lambda value: all(re.fullmatch(r"[^\s/@]+", host) for host in value),
        'must be a list of hosts, as ["intranet.example", "127.0.0.1:8080"]',
    ),
    (
        "source.url",
        lambda value: re.fullmatch(r"https?://[^\s/@]+(/\S*)?", value),
        "must be an address that begins with http:// or https://",
    ),
    ("source.kind", lambda value: value in {"", "feed", "wordpress"}, "must be feed or wordpress, or empty"),
    ("source.max_age_days", lambda value: value >= 0, "must be a number of days, 0 for any age"),
    ("source.limit", lambda value: 1 <= value <= 1000, "must be between 1 and 1000"),
    ("source.approve", lambda value: value in {"by hand", "auto"}, "must be `by hand` or `auto`"),
    (
        "source.voice",
        lambda value: not value or value == "auto" or is_voice(value),
        f"must be one of {', '.join(ENGINES)}, perhaps with a voice as in espeak:ar, or auto, or empty",
    ),
    ("loudness.target_lufs", lambda value: -30 <= value <= -10, "must be between -30 and -10"),
    ("loudness.peak_dbtp", lambda value: -9 <= value <= 0, "must be between -9 and 0"),
    (
        "podcast.guid",
        lambda value: not value or is_guid(value),
        "must be a UUID in small letters, or empty",
    ),
    (
        "podcast.rrule",
        # A COUNT would need a day that it counts from.
        lambda value: not value or re.fullmatch(r"FREQ=[A-Z]+(;(?!COUNT)[A-Z]+=[A-Z0-9,+:-]+)*", value),
        "must be like `FREQ=DAILY` or `FREQ=WEEKLY;BYDAY=MO,TH`, without COUNT",
    ),
    *(
        (f"podcast.{name}", lambda value: not value or _WEB.fullmatch(value), "must be an ASCII web address")
        for name in ("license_url", "funding_url", "moved_from")
    ),
    (
        "retention.days",
        lambda value: value == "for ever" or (isinstance(value, int) and value >= 14),
        'must be 14 or more, or "for ever": listeners\' apps ask for old files',
    ),
    ("retention.generations", lambda value: value >= 3, "must be 3 or more"),
    (
        "feed.name",
        lambda value: len(value) <= 40 and _NAME.fullmatch(value) and not _TAKEN.search(value),
        "must be small ASCII letters and digits such as `sport`, and none of Nashra's own names",
    ),
    ("feed.title", lambda value: value.strip(), "must not be empty"),
    ("feed.guid", lambda value: not value or is_guid(value), "must be a UUID in small letters, or empty"),
    (
        "feed.apple",
        lambda value: re.fullmatch(r"[0-9]*", value),
        "must be the show's number, such as `1200361736`",
    ),
    (
        "feed.spotify",
        lambda value: re.fullmatch(r"[0-9A-Za-z]*", value),
        "must be the end of the show's address, behind open.spotify.com/show/",
    ),
    (
        "podcast.opus_kbps",
        lambda value: value == 0 or 12 <= value <= 64,
        "must be between 12 and 64 kbit/s, or 0 for none",
    ),
    ("podcast.season", lambda value: value >= 0, "must be a whole number, 0 for none"),
    *(
        (f"publish.{name}", lambda value: not has_secret(value), "must have no secret in it: " + _KEEP)
        for name in ("target", "endpoint", "hub")
    ),
    *(
        (f"publish.{name}", lambda value: not value or _WEB.fullmatch(value), "must be an ASCII web address")
        for name in ("endpoint", "hub")
    ),
    ("publish.keep_days", lambda value: 0 <= value <= 3650, "must be between 0 and 3650 days"),
    (
        "store.url",
        lambda value: not value or re.fullmatch(r"[a-z0-9+]+://\S+|[^:]+", value),
        "must be an address such as s3://bucket/store, or a folder",
    ),
    ("store.local_mb", lambda value: value >= 0, "must be a number of MB, 0 for no bound"),
    ("cluster.patience_s", lambda value: 5 <= value <= 3600, "must be between 5 and 3600 s"),
    ("cluster.deadline_s", lambda value: 5 <= value <= 86_400, "must be between 5 and 86400 s"),
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
        said = getattr(found, section)
        tables = (
            {f"{section}[{n}]": each for n, each in enumerate(said)}
            if isinstance(said, tuple)
            else {section: said}
        )
        for place, table in tables.items():
            value = getattr(table, key)
            if not holds(value):  # type: ignore[no-untyped-call]
                where = f"{FILE}:{_line(source, f'{place}.{key}')}"
                shown = ", ".join(value) if isinstance(value, tuple) else value
                if _KEEP in what:
                    shown = "…"  # what is wrong with it is what must not be repeated
                raise ConfigurationError(f"`{name}` is `{shown}`", where=where, then=f"it {what}")
    _check_strands(found, source)
    if found.voice.name and len(chain(found.voice.engine)) > 1:
        raise ConfigurationError(
            "`voice.name` is of one engine, and `voice.engine` names several",
            where=f"{FILE}:{_line(source, 'name')}",
            then='write it behind its engine, as in ["gtts:ar", "espeak"]',
        )
    return found


def _check_strands(found: Settings, source: str) -> None:
    """Refuse strands that are nobody's or everybody's: of one name, of one guid, or without a choice."""
    for key in ("name", "guid"):
        seen = {found.podcast.guid} if key == "guid" else set()
        for number, strand in enumerate(found.feed):
            said = getattr(strand, key)
            if said and said in seen:
                where = f"{FILE}:{_line(source, f'feed[{number}].{key}')}"
                raise ConfigurationError(
                    f"two feeds have the {key} `{said}`", where=where, then="give each its own"
                )
            seen.add(said)
    for number, strand in enumerate(found.feed):
        if not (strand.categories or strand.tags or strand.authors):
            raise ConfigurationError(
                f"the feed `{strand.name}` chooses nothing; of all episodes there is feed/feed.xml",
                where=f"{FILE}:{_line(source, f'feed[{number}]')}",
                then='write `categories = ["…"]`, `tags` or `authors` under it',
            )


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
