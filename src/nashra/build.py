"""The line: articles to episodes to feed, remaking only what changed."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

from nashra import pictures, publication, records
from nashra.articles import reading
from nashra.configuration import FILE as CONFIGURATION
from nashra.errors import ArticleError, AudioError, ConfigurationError, NashraError
from nashra.station import recipe, voice_of
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from nashra.audio.track import Studio
    from nashra.model import Article, Episode, Script, Voice
    from nashra.station import Station


class Watching(Protocol):
    """Who is told how a build goes on."""

    def planned(self, file: str, reason: str) -> None:
        """Hear that an article will be made, or with no reason that it is left alone."""

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Hear that an episode of so many clips begins."""

    def spoken(self, clips: int) -> None:
        """Hear that so many clips more are done."""

    def finished(self) -> None:
        """Hear that the episode which began is done, or has failed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person at the keyboard asks of a build; no articles means all of them."""

    articles: tuple[str, ...] = ()
    voice: str = ""
    force: bool = False
    dry_run: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: episodes made, how many of how many were due, what failed, `feed/` files written."""

    made: tuple[Episode, ...]
    due: int
    articles: int
    failures: tuple[NashraError, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Why an article is remade, and what it was read as; without an article nothing is to be done."""

    file: str
    reason: str
    article: Article | None = None
    voice: Voice | None = None
    sources: dict[str, str] = field(default_factory=dict)
    record: Episode | None = None


def build(station: Station, wish: Wish, now: datetime, watching: Watching) -> Outcome:
    """Bring every episode and the feed up to date with the articles; return what was done.

    An article that fails keeps its yesterday's episode, and the others go on: the failures are in the
    outcome. Raises NashraError only for what stops everything. The caller holds the station's lock.
    """
    files = article_files(station)
    loaded = records.load(station.audio)
    known = _adopted(loaded, station, files)
    current = {file: known[file] for file in files if file in known}
    made, due, failures = [], 0, []
    mark: Callable[[str], str] | None = None
    for file in chosen(files, wish.articles):
        plan = None
        try:
            plan = _plan(station, file, known.get(file), wish, now)
            if plan.article and plan.record is None:
                renamed = _by_slug(plan.article, loaded, files)
                if renamed:
                    plan = replace(plan, record=renamed, reason="renamed")
                    current[file] = renamed  # if it fails, its yesterday's episode stays
            article, voice = plan.article, plan.voice
            if article and voice:
                from nashra import making  # noqa: PLC0415 templates, scripts, sound: not for a build with nothing to do

                _check_slug(file, plan.record.slug if plan.record else article.slug, current)
                mark = mark or making.marker(station)
                script = making.script_of(station, article, voice, mark)
                with making.studio(station, voice, wish.jobs) as studio:
                    plan = _worded(plan, script, studio)
                    watching.planned(file, plan.reason)
                    due += 1
                    if not wish.dry_run:
                        clips = sum(len(chapter.utterances) for chapter in script.chapters)
                        watching.speaking(file, voice, clips)
                        current[file] = _make(station, plan, article, script, studio, now, watching)
                        made.append(current[file])
            else:
                watching.planned(file, plan.reason)
        except NashraError as failure:
            failures.append(_placed(failure, plan, file, wish))
        finally:
            watching.finished()
    written: tuple[str, ...] = ()
    if not wish.dry_run and (current or not failures):
        try:
            written = publication.update(station, tuple(current.values()))
        except NashraError as failure:
            failures.append(failure)
    # What is wrong with the station is wrong with every article of it, and said once.
    said = {str(failure): failure for failure in failures}
    return Outcome(tuple(made), due, len(files), tuple(said.values()), written)


def _placed(failure: NashraError, plan: _Plan | None, file: str, wish: Wish) -> NashraError:
    """Return a failure with its place: the article's, or the station's where it is every article's."""
    if not isinstance(failure, ConfigurationError) or (plan and plan.article and plan.article.voice):
        return failure.within(f"articles/{file}")
    return failure.within("--voice" if wish.voice else CONFIGURATION)


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


def _adopted(loaded: Sequence[Episode], station: Station, files: Sequence[str]) -> dict[str, Episode]:
    """Return the records by article; a renamed article keeps the record with its content."""
    known = {episode.article: episode for episode in loaded}
    orphans = {
        episode.sources.get(episode.article): episode for episode in loaded if episode.article not in files
    }
    for file in files:
        if orphans and file not in known:
            digest = hashlib.sha256(_read(station, file)).hexdigest()
            orphan = orphans.pop(digest, None)
            if orphan is not None:
                known[file] = orphan
    return known


def _by_slug(article: Article, loaded: Sequence[Episode], files: Sequence[str]) -> Episode | None:
    """Return the record that lies where this article's would, if its own article is gone: it was renamed."""
    orphans = (episode for episode in loaded if episode.article not in files)
    return next((episode for episode in orphans if episode.slug == article.slug), None)


def _plan(station: Station, file: str, record: Episode | None, wish: Wish, now: datetime) -> _Plan:
    """Return what is to be done about an article; it is understood only if something is."""
    raw = _read(station, file)
    reason = _stale(station, record, file, raw, wish) if record else "new"
    if not reason:
        return _Plan(file, "", record=record)
    article = reading.article(raw, file)
    if record is None and article.date and article.date > now:
        return _Plan(file, f"waits until {article.date:%Y-%m-%d %H:%M %Z}")
    voice = _wished(station, wish, article.voice, file)
    return _Plan(file, reason, article, voice, {file: _digest(raw)}, record)


def _stale(station: Station, record: Episode, file: str, raw: bytes, wish: Wish) -> str:
    """Return why an episode must be remade, empty when it need not be."""
    if wish.force:
        return "forced"
    sources = {file: _digest(raw)}
    for image in set(record.sources) - {record.article}:
        sources[image] = _digest(pictures.image_bytes(station, image) or b"")
    if record.article != file:
        return "renamed"
    if record.sources != sources:
        return "text changed"
    if _voice(station, record, file, raw, wish) != record.voice:
        return "voice changed"
    if record.recipe != recipe(station):
        return "recipe changed"
    return _lost(station, record)


def _voice(station: Station, record: Episode, file: str, raw: bytes, wish: Wish) -> Voice:
    if not wish.voice and record.voice == station.voice:
        return record.voice  # as nearly always: no need to read the article
    return _wished(station, wish, "" if wish.voice else reading.article(raw, file).voice, file)


def _wished(station: Station, wish: Wish, own: str, file: str) -> Voice:
    return voice_of(station, wish.voice or own, "--voice" if wish.voice else f"articles/{file}")


def _lost(station: Station, record: Episode) -> str:
    with storing(AudioError, "audio"):
        for name in filter(None, (record.media.file, record.image)):
            path = station.audio / name
            if not path.is_file():
                return f"missing {path.suffix[1:]}"
        path = station.audio / record.media.file
        return "" if path.stat().st_size == record.media.bytes else "damaged mp3"


def _check_slug(file: str, slug: str, current: dict[str, Episode]) -> None:
    """Refuse an article whose name on disk another one has; of two, one would overwrite the other."""
    for other, episode in current.items():
        if other != file and episode.slug.lower() == slug.lower():
            what = f"would have the same address as articles/{other}"
            then = "rename it, or give it a `slug:` in front matter"
            raise ArticleError(what, where=f"articles/{file}", then=then)


def _worded(plan: _Plan, script: Script, studio: Studio) -> _Plan:
    """Return the plan with its reason in numbers: how many clips must be spoken."""
    missing, clips = studio.missing(script)
    many = f"{missing} of {clips} clips" if clips != 1 else "1 clip"
    return replace(plan, reason=f"{plan.reason} ({many} to speak)")


def _make(
    station: Station,
    plan: _Plan,
    article: Article,
    script: Script,
    studio: Studio,
    now: datetime,
    watching: Watching,
) -> Episode:
    """Make one episode: its MP3 and picture first, then its record."""
    from nashra import making  # noqa: PLC0415 as above

    sources, image, picture = plan.sources, "", b""
    if article.image:
        raw, picture = pictures.episode_image(station, plan.file, article.image)
        sources = {**sources, article.image: _digest(raw)}
        image = f"{article.slug}-{_digest(picture)[:12]}.jpg"
    track = studio.track(script, watching.spoken)
    made = making.Made(
        sources=sources,
        recipe=recipe(station),
        voice=plan.voice or station.voice,
        engine=studio.speaker.version,
        image=image,
        picture=pictures.small(station, picture or pictures.show_cover(station)),
        now=now,
    )
    episode, mp3 = making.episode(station, article, track, made, plan.record)
    with storing(AudioError, f"audio/{episode.media.file}"):
        if image:
            write(station.audio / image, picture)
        write(station.audio / episode.media.file, mp3)
    records.save(station.audio, episode)
    return episode


def _read(station: Station, file: str) -> bytes:
    with storing(ArticleError, f"articles/{file}"):
        return read(station.articles / file) or b""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
