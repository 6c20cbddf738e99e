"""What a build is to do about each article, and why: nothing is understood that need not be."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from nashra import pictures
from nashra.articles import reading
from nashra.articles.limits import MOST_BYTES
from nashra.errors import ArticleError, AudioError
from nashra.folders import names, sizes
from nashra.model import REISSUED
from nashra.station import recipe, voices_of
from nashra.store import read, storing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from nashra.errors import NashraError
    from nashra.model import Article, Episode, Voice
    from nashra.station import Station


_DOCUMENTS = frozenset((".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm"))
TEXT_CHANGED = "text changed"
VOICE_CHANGED = "voice changed"
WITHDRAWN = "withdrawn"
VOICE_UPGRADED = "voice upgraded"
"""The reason for which sentences that another voice stood in for are asked of the episode's own again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person at the keyboard asks of a build; no articles means all of them.

    `hold` is asked of every article before it is looked at: it may wait for what others make of it, and
    returns the failure that it already was, if it was one.
    """

    articles: tuple[str, ...] = ()
    voice: str = ""
    force: bool = False
    dry_run: bool = False
    jobs: int = 1
    reissue: bool = False
    keep_audio: bool = False
    hold: Callable[[str], NashraError | None] = lambda _file: None


class Present(NamedTuple):
    """What every record is compared with: the recipe as it is now, the files of `audio/` and their bytes."""

    recipe: str
    audio: Mapping[str, int]

    @classmethod
    def of(cls, station: Station) -> Present:
        """Look at the station once for all its articles; raises AudioError."""
        with storing(AudioError, "audio"):
            return cls(recipe(station), sizes(station.audio))


@dataclass(frozen=True, slots=True)
class Plan:
    """Why an article is remade, and what it was read as; without an article nothing is to be done.

    The first of the `voices` that can be had reads it. `notes` say what was doubtful about the reading.
    """

    file: str
    reason: str
    article: Article | None = None
    voices: tuple[Voice, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    record: Episode | None = None
    notes: tuple[str, ...] = ()


def article_files(station: Station) -> tuple[str, ...]:
    """Return the names of the station's articles, in order; raises ArticleError when there is none.

    An empty folder is more often a disk that is not there than a wish to withdraw everything.
    """
    with storing(ArticleError, "articles"):
        found = [name for name in names(station.articles) if _is_of(name, reading.FORMATS)]
    if not found:
        kinds = " or ".join(reading.FORMATS)
        raise ArticleError("there is no article in it", where="articles", then=f"put a {kinds} file there")
    return tuple(found)


def _is_of(name: str, suffixes: Iterable[str]) -> bool:
    """Say whether a name is an article's, or another document's.

    What cannot be read under it is a complaint, and no article less: a link to a disk that is not there
    would withdraw its episode.
    """
    return name.lower().endswith(tuple(suffixes)) and not name.startswith((".", "~"))


def strangers(station: Station) -> tuple[str, ...]:
    """Return the files in `articles/` that somebody may take for articles, and a build does not read."""
    with storing(ArticleError, "articles"):
        return tuple(name for name in names(station.articles) if _is_of(name, _DOCUMENTS))


def chosen(files: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
    """Return the files that were asked for by name, path or stem; all of them when none was."""
    found = []
    for name in asked:
        base = PurePath(name).name
        match = [file for file in files if base in {file, PurePath(file).stem}]
        if not match:
            near = difflib.get_close_matches(base, files, 1)
            then = f"did you mean {near[0]}?" if near else "put it into articles/ first"
            raise ArticleError("there is no such article", where=f"articles/{base}", then=then)
        found += match
    return tuple(dict.fromkeys(found)) or tuple(files)


def adopted(loaded: Sequence[Episode], station: Station, files: Sequence[str]) -> dict[str, Episode]:
    """Return the records by article; a renamed article keeps the record with its content."""
    known = {episode.article: episode for episode in loaded}
    present = set(files)
    orphans = {
        episode.sources.get(episode.article): episode for episode in loaded if episode.article not in present
    }
    for file in files:
        if orphans and file not in known:
            digest = hashlib.sha256(_read(station, file)).hexdigest()
            orphan = orphans.pop(digest, None)
            if orphan is not None:
                known[file] = orphan
    return known


def gone(loaded: Sequence[Episode], current: Iterable[Episode]) -> dict[str, Episode]:
    """Return the withdrawn records whose articles are gone, by article: their addresses still say so."""
    there = {episode.slug for episode in current}
    return {each.article: each for each in loaded if each.withdrawn and each.slug not in there}


def by_slug(article: Article, loaded: Sequence[Episode], files: Sequence[str]) -> Episode | None:
    """Return the record that lies where this article's would, if its own article is gone: it was renamed."""
    orphans = (each for each in loaded if each.article not in files and not each.withdrawn)
    return next((episode for episode in orphans if episode.slug == article.slug), None)


def make_plan(
    station: Station, file: str, record: Episode | None, wish: Wish, now: datetime, present: Present
) -> Plan:
    """Return what is to be done about an article; it is understood only if something is."""
    failure = wish.hold(file)
    if failure is not None:
        raise failure
    if record and record.withdrawn and not wish.reissue:
        sources = {file: digest(_read(station, file))}
        return Plan(file, f"{WITHDRAWN} on {record.withdrawn:%Y-%m-%d}", sources=sources, record=record)
    if wish.reissue:
        _check_reissue(file, record)
    raw = _read(station, file)
    reason = _stale(station, record, file, raw, wish, present) if record else "new"
    if not reason:
        return Plan(file, "", record=record)
    read_as = reading.own(raw, file)
    article = read_as.article
    if record is None and article.date and article.date > now:
        return Plan(file, f"waits until {article.date:%Y-%m-%d %H:%M %Z}")
    voices = _wished(station, wish, article.voice, file)
    return Plan(file, reason, article, voices, {file: digest(raw)}, record, read_as.notes)


def _check_reissue(file: str, record: Episode | None) -> None:
    where = f"articles/{file}"
    if record is None:
        raise ArticleError("has no episode that could be issued anew", where=where, then="build it first")
    if record.withdrawn:
        then = f"bring it back first with `nashra withdraw --undo {file}`"
        raise ArticleError("its episode was withdrawn", where=where, then=then)


def _stale(station: Station, record: Episode, file: str, raw: bytes, wish: Wish, present: Present) -> str:
    """Return why an episode must be remade, empty when it need not be."""
    if wish.reissue or wish.force:
        return REISSUED if wish.reissue else "forced"
    sources = {file: digest(raw)}
    for image in set(record.sources) - {record.article}:
        sources[image] = digest(pictures.image_bytes(station, image) or b"")
    if record.article != file:
        return "renamed"
    if record.sources != sources:
        return TEXT_CHANGED
    if record.voice not in _voices(station, record, file, raw, wish):
        return VOICE_CHANGED
    other = _other_sounds(station, record)
    if other or record.recipe != present.recipe:
        return f"{', '.join(other) or 'recipe'} changed"
    return _lost(record, present.audio) or (VOICE_UPGRADED if record.stand_ins else "")


def _other_sounds(station: Station, record: Episode) -> list[str]:
    """Return the keys of the sounds that are not those which the episode was made with."""
    heard = {key: digest for key, digest in record.made_with.items() if key.startswith("sound.")}
    return sorted({key for key, _digest in heard.items() ^ station.sounds.items()})


def _voices(station: Station, record: Episode, file: str, raw: bytes, wish: Wish) -> tuple[Voice, ...]:
    if not wish.voice and record.voice in station.voices:
        return station.voices  # as nearly always: no need to read the article
    return _wished(station, wish, "" if wish.voice else reading.article(raw, file).voice, file)


def _wished(station: Station, wish: Wish, own: str, file: str) -> tuple[Voice, ...]:
    return voices_of(station, wish.voice or own, "--voice" if wish.voice else f"articles/{file}")


def _lost(record: Episode, there: Mapping[str, int]) -> str:
    for name in filter(None, (record.media.file, record.image)):
        if name not in there:
            return f"missing {PurePath(name).suffix[1:]}"
    return "" if there[record.media.file] == record.media.bytes else "damaged mp3"


def _read(station: Station, file: str) -> bytes:
    with storing(ArticleError, f"articles/{file}"):
        raw = read(station.articles / file, MOST_BYTES)
    if raw is None:
        what = "is a link to what is not there"
        raise ArticleError(what, where=f"articles/{file}", then="bring the file back, or delete the link")
    return raw


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes of a source, as a record lists it."""
    return hashlib.sha256(data).hexdigest()
