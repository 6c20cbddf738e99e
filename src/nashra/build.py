"""The line: articles to episodes to feed, remaking only what changed."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nashra import publication, records, strands
from nashra.building import room, small_copies, unchanged
from nashra.building.planning import (
    Plan,
    Present,
    Wish,
    adopted,
    article_files,
    by_slug,
    chosen,
    gone,
    make_plan,
    strangers,
)
from nashra.configuration import FILE as CONFIGURATION
from nashra.errors import ArticleError, ConfigurationError, NashraError
from nashra.store import refuses_everything

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from nashra.building.performing import Company, Stage
    from nashra.building.watching import Watching
    from nashra.model import Article, Change, Episode, Script
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: episodes made, how many of how many were due, what failed, `feed/` files written.

    `swept` are the files that had had their time, `held` those that were too many to go unasked.
    `unread` has, by article, what was read plainly because no rule understood it, `notes` what was
    doubtful about its file; `strangers` are files in
    `articles/` that are no articles yet; `empty` says of which feeds of their own nothing is aired.
    """

    made: tuple[Episode, ...]
    due: int
    articles: int
    failures: tuple[NashraError, ...]
    written: tuple[str, ...]
    unread: dict[str, tuple[Change, ...]]
    notes: dict[str, tuple[str, ...]]
    strangers: tuple[str, ...]
    swept: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


def build(station: Station, wish: Wish, now: datetime, watching: Watching) -> Outcome:
    """Bring every episode and the feed up to date with the articles; return what was done.

    An article that fails keeps its yesterday's episode, and the others go on: the failures are in the
    outcome. A disk that is full or broken ends it where it is, and the old feed stays. Raises NashraError
    only for what stops everything. The caller holds the station's lock.
    """
    read_as = unchanged.articles(station)
    files = article_files(station)
    plain = not (wish.articles or wish.voice or wish.force)
    if plain and unchanged.holds(station):
        for file in files:
            watching.planned(file, "")
        return Outcome((), 0, len(files), (), (), {}, {}, strangers(station))
    outcome, waits = _remade(station, files, wish, now, watching)
    if plain and not (outcome.failures or waits or wish.dry_run):
        unchanged.remember(station, read_as)
    return outcome


@dataclass(slots=True)
class _Work:
    """A build on its way through the articles: what is known of them, and what has become of each so far."""

    station: Station
    wish: Wish
    now: datetime
    watching: Watching
    files: tuple[str, ...]
    loaded: Sequence[Episode]
    known: Mapping[str, Episode]
    present: Present
    current: dict[str, Episode]
    company: Company | None = None
    made: list[Episode] = field(default_factory=list)
    due: int = 0
    waits: bool = False
    failures: list[NashraError] = field(default_factory=list)
    unread: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def remake(self, file: str, stack: ExitStack) -> bool:
        """Bring the episode of an article up to date; return whether nothing more can be done at all.

        The engines are closed with the `stack`.
        """
        plan: Plan | None = None
        stage: Stage | None = None
        try:
            plan = make_plan(self.station, file, self.known.get(file), self.wish, self.now, self.present)
            plan = _followed(self.station, _found_by_slug(plan, self.loaded, self.files), self.wish)
            if plan.record:
                self.current[file] = plan.record  # if it fails, its yesterday's episode stays
            self.notes[file] = plan.notes
            if plan.article is None:
                self.watching.planned(file, plan.reason)
                self.waits = self.waits or bool(plan.reason and plan.record is None)
                return False
            stage = self._stage(plan, plan.article, stack)
            if stage.must_wait():
                self.watching.planned(file, "")
                return False
            self._keep(file, *stage.perform())
        except NashraError as failure:
            self.failures.append(_placed(failure, plan, file, self.wish))
            # An article that cannot be read is its own failure, whatever is behind it.
            return not isinstance(failure, ArticleError) and refuses_everything(failure)
        finally:
            self.due += bool(stage and stage.scripts)  # what cannot be said is no article that is due
            self.watching.finished()
        return False

    def _stage(self, plan: Plan, article: Article, stack: ExitStack) -> Stage:
        from nashra.building import making, performing  # noqa: PLC0415 scripts, sound: not for a build with nothing to do

        _check_slug(plan.file, making.slug_of(article, plan.record), self.current)
        if self.company is None:
            opened = performing.company(self.station, self.wish, self.now, self.watching)
            self.company = stack.enter_context(opened)
        number = _next_number(self.station, self.current.values())
        return performing.stage(self.company, plan, article, number)

    def _keep(self, file: str, episode: Episode | None, script: Script) -> None:
        from nashra.building import making  # noqa: PLC0415 as above

        if episode:
            self.current[file] = episode
            self.made.append(episode)
            self.unread[file] = making.unread(script)


def _remade(
    station: Station, files: tuple[str, ...], wish: Wish, now: datetime, watching: Watching
) -> tuple[Outcome, bool]:
    """Return what was done, having looked into every article, and whether one waits: for date or voice."""
    loaded = records.load(station.audio, cues=False)
    known = adopted(loaded, station, files)
    current = {file: known[file] for file in files if file in known}
    current |= gone(loaded, current.values())
    work = _Work(station, wish, now, watching, files, loaded, known, Present.of(station), current)
    with ExitStack() as stack:
        stopped = any(work.remake(file, stack) for file in _asked(station, files, wish, known))
    waits = work.waits or any(episode.stand_ins for episode in current.values())
    written = () if wish.dry_run or stopped else _published(station, current, work.failures)
    # What is wrong with the station is wrong with every article of it, and said once.
    said = {str(failure): failure for failure in work.failures}
    outcome = Outcome(
        tuple(work.made),
        work.due,
        len(files),
        tuple(said.values()),
        written,
        work.unread,
        work.notes,
        strangers(station),
        empty=strands.empty(station, current.values()),
    )
    everything = (*loaded, *work.made, *current.values())
    return _swept(station, outcome, wish, current.values(), everything, now), waits


def _asked(
    station: Station, files: tuple[str, ...], wish: Wish, known: Mapping[str, Episode]
) -> tuple[str, ...]:
    """Return the articles that the build is about; raises AudioError when those that are new find no room."""
    asked = chosen(files, wish.articles)
    if not wish.dry_run:
        room.check(station, (file for file in asked if file not in known))
    return asked


def _found_by_slug(plan: Plan, loaded: Sequence[Episode], files: Sequence[str]) -> Plan:
    """Return the plan with the record of a renamed article, where its slug tells it."""
    record = by_slug(plan.article, loaded, files) if plan.article and plan.record is None else None
    return replace(plan, record=record, reason="renamed") if record else plan


def _followed(station: Station, plan: Plan, wish: Wish) -> Plan:
    """Return the plan of a withdrawn article, its record told of the article's name and text as they are now.

    It is made no more. Edited, then renamed, it would else be nobody's article, and go on the air anew.
    """
    record = plan.record
    if not record or not record.withdrawn or plan.article or wish.dry_run:
        return plan
    pictures = {name: digest for name, digest in record.sources.items() if name != record.article}
    now = replace(record, article=plan.file, sources=plan.sources | pictures)
    if now == record:
        return plan
    records.save(station.audio, replace(now, cues=records.whole(station.audio, record).cues))
    return replace(plan, record=now)


def _swept(
    station: Station,
    outcome: Outcome,
    wish: Wish,
    live: Iterable[Episode],
    records: Iterable[Episode],
    now: datetime,
) -> Outcome:
    """Let old files go that have had their time, but only behind a build that failed in nothing."""
    if outcome.failures or wish.dry_run:
        return outcome
    from nashra import retention  # noqa: PLC0415 not for a build with nothing to do

    published = publication.RSS in outcome.written
    swept = retention.sweep(station, live, records, now, published=published)
    retention.clear(station)
    return replace(outcome, swept=swept.deleted, held=swept.held)


def _published(station: Station, current: dict[str, Episode], failures: list[NashraError]) -> tuple[str, ...]:
    """Return what was written of the feed: nothing if no episode is left; its failure joins the others."""
    if not current and failures:
        return ()
    try:
        whole, lost = small_copies.brought(station, current)
        current.update(whole)  # a copy that was just made is needed, too
        failures += lost
        return publication.update(station, tuple(current.values()))
    except NashraError as failure:
        failures.append(failure)
        return ()


def _placed(failure: NashraError, plan: Plan | None, file: str, wish: Wish) -> NashraError:
    """Return a failure with its place: the article's, or the station's where it is every article's."""
    if not isinstance(failure, ConfigurationError) or (plan and plan.article and plan.article.voice):
        return failure.within(f"articles/{file}")
    return failure.within("--voice" if wish.voice else CONFIGURATION)


def _next_number(station: Station, episodes: Iterable[Episode]) -> int:
    """Return the number of a new episode: the one after the greatest of its season, 0 if none has one."""
    said = station.settings.podcast
    if not said.numbered:
        return 0
    return 1 + max((each.number for each in episodes if each.season == said.season), default=0)


def _check_slug(file: str, slug: str, current: dict[str, Episode]) -> None:
    """Refuse an article whose name on disk another one has; of two, one would overwrite the other."""
    for other, episode in current.items():
        if other != file and episode.slug.lower() == slug.lower():
            what = f"would have the same address as articles/{other}"
            then = "rename it, or give it a `slug:` in front matter"
            if episode.withdrawn:
                what = "would have the address of an episode that was withdrawn"
                then = f"give it another `slug:`, or run `nashra withdraw --undo {episode.slug}`"
            raise ArticleError(what, where=f"articles/{file}", then=then)
