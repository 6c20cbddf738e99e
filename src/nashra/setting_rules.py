"""What must hold of each setting beyond its kind, and how to say so: a table, and what no table can say."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from nashra.arabic.endings import DEPTHS
from nashra.arabic.months import MONTHS_OF
from nashra.audio.voices import AUTO, ENGINES
from nashra.feed.guid import is_guid
from nashra.feed.subscribing import APPS, named
from nashra.settings import Pauses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.settings import Settings


class Broken(NamedTuple):
    """A setting that cannot be meant: its key with its table's number (`feed[1].name`), what, what next."""

    key: str
    what: str
    then: str


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


KEEP = "give it by the environment, a keyring or an SSH key (docs/publish.md)"
SECRETIVE = {
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
        (f"publish.{name}", lambda value: not has_secret(value), "must have no secret in it: " + KEEP)
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


def broken(found: Settings) -> Iterator[Broken]:
    """Give what must not stand in `nashra.toml`, in the order of the table."""
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
                shown = ", ".join(value) if isinstance(value, tuple) else value
                if KEEP in what:
                    shown = "…"  # what is wrong with it is what must not be repeated
                yield Broken(f"{place}.{key}", f"`{name}` is `{shown}`", f"it {what}")
    yield from _of_strands(found)
    if found.voice.name and len(chain(found.voice.engine)) > 1:
        what = "`voice.name` is of one engine, and `voice.engine` names several"
        yield Broken("name", what, 'write it behind its engine, as in ["gtts:ar", "espeak"]')


def _of_strands(found: Settings) -> Iterator[Broken]:
    """Give strands that are nobody's or everybody's: of one name, of one guid, or without a choice."""
    for key in ("name", "guid"):
        seen = {found.podcast.guid} if key == "guid" else set()
        for number, strand in enumerate(found.feed):
            said = getattr(strand, key)
            if said and said in seen:
                yield Broken(
                    f"feed[{number}].{key}", f"two feeds have the {key} `{said}`", "give each its own"
                )
            seen.add(said)
    for number, strand in enumerate(found.feed):
        if not (strand.categories or strand.tags or strand.authors):
            what = f"the feed `{strand.name}` chooses nothing; of all episodes there is feed/feed.xml"
            yield Broken(f"feed[{number}]", what, 'write `categories = ["…"]`, `tags` or `authors` under it')
