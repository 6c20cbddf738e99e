"""The line: articles to episodes to feed, remaking only what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from nashra import publication, records
from nashra.configuration import FILE as CONFIGURATION
from nashra.errors import ArticleError, ConfigurationError, NashraError
from nashra.planning import Plan, Wish, adopted, article_files, by_slug, chosen, make_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nashra.casting import Refusals
    from nashra.model import Change, Episode
    from nashra.station import Station
    from nashra.watching import Watching


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: episodes made, how many of how many were due, what failed, `feed/` files written.

    `unread` has, by article, what was read plainly because no rule understood it.
    """

    made: tuple[Episode, ...]
    due: int
    articles: int
    failures: tuple[NashraError, ...]
    written: tuple[str, ...]
    unread: dict[str, tuple[Change, ...]]


def build(station: Station, wish: Wish, now: datetime, watching: Watching) -> Outcome:
    """Bring every episode and the feed up to date with the articles; return what was done.

    An article that fails keeps its yesterday's episode, and the others go on: the failures are in the
    outcome. Raises NashraError only for what stops everything. The caller holds the station's lock.
    """
    files = article_files(station)
    loaded = records.load(station.audio)
    known = adopted(loaded, station, files)
    current = {file: known[file] for file in files if file in known}
    made, due, failures = [], 0, []
    unread: dict[str, tuple[Change, ...]] = {}
    mark: Callable[[str], str] | None = None
    refusals: Refusals | None = None
    for file in chosen(files, wish.articles):
        plan = None
        try:
            plan = make_plan(station, file, known.get(file), wish, now)
            if plan.article and plan.record is None:
                renamed = by_slug(plan.article, loaded, files)
                if renamed:
                    plan = replace(plan, record=renamed, reason="renamed")
                    current[file] = renamed  # if it fails, its yesterday's episode stays
            article = plan.article
            if article:
                from nashra import casting, making, performing, speech  # noqa: PLC0415 templates, scripts, sound: not for a build with nothing to do

                _check_slug(file, plan.record.slug if plan.record else article.slug, current)
                mark = mark or speech.marker(station)
                refusals = refusals or casting.Refusals(watching.passed_over)
                script_of = cache(partial(making.script_of, station, article, mark=mark))
                with making.studio(station, wish.jobs) as studio:
                    stage = performing.Stage(
                        station, plan, article, script_of, studio, refusals, wish, now, watching
                    )
                    if stage.must_wait():
                        watching.planned(file, "")
                        continue
                    script_of(stage.voices[0])  # what cannot be said is no article that is due
                    due += 1
                    episode, script = stage.perform()
                    if episode:
                        current[file] = episode
                        made.append(episode)
                        unread[file] = making.unread(script)
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
    return Outcome(tuple(made), due, len(files), tuple(said.values()), written, unread)


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
