"""The line: articles to episodes to feed, remaking only what changed."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from nashra import pictures, publication, records, unchanged
from nashra.configuration import FILE as CONFIGURATION
from nashra.errors import ArticleError, AudioError, ConfigurationError, NashraError
from nashra.model import Media
from nashra.planning import Plan, Wish, adopted, article_files, by_slug, chosen, digest, make_plan, strangers
from nashra.station import recipe
from nashra.store import storing, write, write_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from nashra.audio.studio import Studio
    from nashra.audio.voices import Speaker
    from nashra.model import Article, Change, Episode, Script, Voice
    from nashra.station import Station


class Watching(Protocol):
    """Who is told how a build goes on."""

    def planned(self, file: str, reason: str) -> None:
        """Hear that an article will be made, or with no reason that it is left alone."""

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Hear that an episode of so many clips begins."""

    def spoken(self, clips: int, frames: int) -> None:
        """Hear that so many clips more are done, which last so many PCM frames."""

    def finished(self) -> None:
        """Hear that the episode which began is done, or has failed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: episodes made, how many of how many were due, what failed, `feed/` files written.

    `unread` has, by article, what was read plainly because no rule understood it, `notes` what was
    doubtful about its file; `strangers` are files in
    `articles/` that are no articles yet.
    """

    made: tuple[Episode, ...]
    due: int
    articles: int
    failures: tuple[NashraError, ...]
    written: tuple[str, ...]
    unread: dict[str, tuple[Change, ...]]
    notes: dict[str, tuple[str, ...]]
    strangers: tuple[str, ...]


def build(station: Station, wish: Wish, now: datetime, watching: Watching) -> Outcome:
    """Bring every episode and the feed up to date with the articles; return what was done.

    An article that fails keeps its yesterday's episode, and the others go on: the failures are in the
    outcome. Raises NashraError only for what stops everything. The caller holds the station's lock.
    """
    files = article_files(station)
    plain = not (wish.articles or wish.voice or wish.force)
    if plain and unchanged.holds(station):
        for file in files:
            watching.planned(file, "")
        return Outcome((), 0, len(files), (), (), {}, {}, strangers(station))
    outcome, waits = _remade(station, files, wish, now, watching)
    if plain and not (outcome.failures or waits or wish.dry_run):
        unchanged.remember(station)
    return outcome


def _remade(
    station: Station, files: tuple[str, ...], wish: Wish, now: datetime, watching: Watching
) -> tuple[Outcome, bool]:
    """Return what was done, having looked into every article, and whether one waits for its date."""
    waits = False
    loaded = records.load(station.audio)
    known = adopted(loaded, station, files)
    current = {file: known[file] for file in files if file in known}
    made, due = [], 0
    failures: list[NashraError] = []
    unread: dict[str, tuple[Change, ...]] = {}
    notes: dict[str, tuple[str, ...]] = {}
    mark: Callable[[str], str] | None = None
    engine: Callable[[str], Speaker] | None = None
    with ExitStack() as stack:
        for file in chosen(files, wish.articles):
            plan = None
            try:
                plan = make_plan(station, file, known.get(file), wish, now)
                if plan.article and plan.record is None:
                    renamed = by_slug(plan.article, loaded, files)
                    if renamed:
                        plan = replace(plan, record=renamed, reason="renamed")
                        current[file] = renamed  # if it fails, its yesterday's episode stays
                article, voice = plan.article, plan.voice
                notes[file] = plan.notes
                if article and voice:
                    from nashra import making  # noqa: PLC0415 scripts, sound: not for a build with nothing to do

                    _check_slug(file, making.slug_of(article, plan.record), current)
                    engine = engine or stack.enter_context(making.engines())
                    with making.studio(station, engine(voice.engine), wish.jobs) as studio:
                        cover = _begin(station, voice, studio, wish)
                        mark = mark or making.marker(station)
                        begun = studio.count if wish.dry_run else studio.begin
                        script = making.script_of(station, article, voice, mark, begun)
                        plan = _worded(plan, script, studio)
                        watching.planned(file, plan.reason)
                        due += 1
                        if cover:
                            clips = sum(len(chapter.utterances) for chapter in script.chapters)
                            watching.speaking(file, voice, clips)
                            current[file] = _make(
                                station, plan, article, script, studio, cover, now, watching
                            )
                            made.append(current[file])
                            unread[file] = making.unread(script)
                else:
                    watching.planned(file, plan.reason)
                    waits = waits or bool(plan.reason)
            except NashraError as failure:
                failures.append(_placed(failure, plan, file, wish))
            finally:
                watching.finished()
    written = () if wish.dry_run else _published(station, current, failures)
    # What is wrong with the station is wrong with every article of it, and said once.
    said = {str(failure): failure for failure in failures}
    return Outcome(
        tuple(made), due, len(files), tuple(said.values()), written, unread, notes, strangers(station)
    ), waits


def _published(station: Station, current: dict[str, Episode], failures: list[NashraError]) -> tuple[str, ...]:
    """Return what was written of the feed: nothing if no episode is left; its failure joins the others."""
    if not current and failures:
        return ()
    try:
        return publication.update(station, tuple(current.values()))
    except NashraError as failure:
        failures.append(failure)
        return ()


def _placed(failure: NashraError, plan: Plan | None, file: str, wish: Wish) -> NashraError:
    """Return a failure with its place: the article's, or the station's where it is every article's."""
    if not isinstance(failure, ConfigurationError) or (plan and plan.article and plan.article.voice):
        return failure.within(f"articles/{file}")
    return failure.within("--voice" if wish.voice else CONFIGURATION)


def _check_slug(file: str, slug: str, current: dict[str, Episode]) -> None:
    """Refuse an article whose name on disk another one has; of two, one would overwrite the other."""
    for other, episode in current.items():
        if other != file and episode.slug.lower() == slug.lower():
            what = f"would have the same address as articles/{other}"
            then = "rename it, or give it a `slug:` in front matter"
            raise ArticleError(what, where=f"articles/{file}", then=then)


def _begin(station: Station, voice: Voice, studio: Studio, wish: Wish) -> Future[bytes] | None:
    """Begin with what needs no script: the voice is measured while the picture for the MP3 is drawn."""
    if wish.dry_run:
        return None
    studio.tune(voice)
    return studio.aside(lambda: pictures.small(station, pictures.show_cover(station)))


def _worded(plan: Plan, script: Script, studio: Studio) -> Plan:
    """Return the plan with its reason in numbers: how many clips must be spoken."""
    clips = sum(len(chapter.utterances) for chapter in script.chapters)
    many = f"{studio.missing} of {clips} clips" if clips != 1 else "1 clip"
    return replace(plan, reason=f"{plan.reason} ({many} to speak)")


def _make(
    station: Station,
    plan: Plan,
    article: Article,
    script: Script,
    studio: Studio,
    cover: Future[bytes],
    now: datetime,
    watching: Watching,
) -> Episode:
    """Make one episode: its picture and its MP3 first, then its record."""
    from nashra import making  # noqa: PLC0415 as above

    sources, image, picture = plan.sources, "", b""
    slug = making.slug_of(article, plan.record)
    if article.image:
        raw, picture = pictures.episode_image(station, plan.file, article.image)
        sources = {**sources, article.image: digest(raw)}
        image = f"{slug}-{digest(picture)[:12]}.jpg"
    track = studio.track(script, watching.spoken)
    made = making.Made(
        sources=sources,
        recipe=recipe(station),
        voice=plan.voice or station.voice,
        engine=studio.speaker.version,
        image=image,
        picture=pictures.small(station, picture) if picture else cover.result(),
        now=now,
    )
    chunks, size = making.file(station, article, track, studio, made, plan.record)
    with storing(AudioError, f"audio/{slug}.mp3"):
        if image:
            write(station.audio / image, picture)
        name, sha256 = write_named(station.audio, chunks, size, lambda digest: f"{slug}-{digest[:12]}.mp3")
    episode = making.episode(station, article, track, made, Media(name, size, sha256), plan.record)
    records.save(station.audio, episode)
    return episode
