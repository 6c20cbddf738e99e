"""What a build is to do about each article, and why: nothing is understood that need not be."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from nashra import pictures
from nashra.articles import reading
from nashra.errors import ArticleError, AudioError
from nashra.station import recipe, voices_of
from nashra.store import read, storing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from nashra.errors import NashraError
    from nashra.model import Article, Episode, Voice
    from nashra.station import Station


_DOCUMENTS = frozenset((".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm"))
VOICE_CHANGED = "voice changed"
VOICE_UPGRADED = "voice upgraded"
"""The reason for which sentences that another voice stood in for are asked of the episode's own again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person at the keyboard asks of a build; no articles means all of them.

    `held_back` are articles that are not to be tried, each with the failure that it already was.
    """

    articles: tuple[str, ...] = ()
    voice: str = ""
    force: bool = False
    dry_run: bool = False
    jobs: int = 1
    held_back: Mapping[str, NashraError] = field(default_factory=dict)


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
        found = sorted(path.name for path in station.articles.glob("*") if _is_article(path))
    if not found:
        kinds = " or ".join(reading.FORMATS)
        raise ArticleError("there is no article in it", where="articles", then=f"put a {kinds} file there")
    return tuple(found)


def _is_article(path: Path) -> bool:
    return path.suffix.lower() in reading.FORMATS and not path.name.startswith((".", "~")) and path.is_file()


def strangers(station: Station) -> tuple[str, ...]:
    """Return the files in `articles/` that somebody may take for articles, and a build does not read."""
    with storing(ArticleError, "articles"):
        found = sorted(path.name for path in station.articles.glob("*") if path.suffix.lower() in _DOCUMENTS)
    return tuple(name for name in found if not name.startswith((".", "~")))


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


def by_slug(article: Article, loaded: Sequence[Episode], files: Sequence[str]) -> Episode | None:
    """Return the record that lies where this article's would, if its own article is gone: it was renamed."""
    orphans = (episode for episode in loaded if episode.article not in files)
    return next((episode for episode in orphans if episode.slug == article.slug), None)


def make_plan(station: Station, file: str, record: Episode | None, wish: Wish, now: datetime) -> Plan:
    """Return what is to be done about an article; it is understood only if something is."""
    raw = _read(station, file)
    reason = _stale(station, record, file, raw, wish) if record else "new"
    if not reason:
        return Plan(file, "", record=record)
    read_as = reading.own(raw, file)
    article = read_as.article
    if record is None and article.date and article.date > now:
        return Plan(file, f"waits until {article.date:%Y-%m-%d %H:%M %Z}")
    voices = _wished(station, wish, article.voice, file)
    return Plan(file, reason, article, voices, {file: digest(raw)}, record, read_as.notes)


def _stale(station: Station, record: Episode, file: str, raw: bytes, wish: Wish) -> str:
    """Return why an episode must be remade, empty when it need not be."""
    if wish.force:
        return "forced"
    sources = {file: digest(raw)}
    for image in set(record.sources) - {record.article}:
        sources[image] = digest(pictures.image_bytes(station, image) or b"")
    if record.article != file:
        return "renamed"
    if record.sources != sources:
        return "text changed"
    if record.voice not in _voices(station, record, file, raw, wish):
        return VOICE_CHANGED
    other = _other_sounds(station, record)
    if other or record.recipe != recipe(station):
        return f"{', '.join(other) or 'recipe'} changed"
    return _lost(station, record) or (VOICE_UPGRADED if record.stand_ins else "")


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


def _lost(station: Station, record: Episode) -> str:
    with storing(AudioError, "audio"):
        for name in filter(None, (record.media.file, record.image)):
            path = station.audio / name
            if not path.is_file():
                return f"missing {path.suffix[1:]}"
        path = station.audio / record.media.file
        return "" if path.stat().st_size == record.media.bytes else "damaged mp3"


def _read(station: Station, file: str) -> bytes:
    with storing(ArticleError, f"articles/{file}"):
        return read(station.articles / file) or b""


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes of a source, as a record lists it."""
    return hashlib.sha256(data).hexdigest()
