"""The command that makes episodes and the feed."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

import click

from nashra.commands import cluster, stations
from nashra.commands.options import Whole, debug_option, find, no_wait_option, station_option, voice_option
from nashra.commands.reporting import Bar, complain, report

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("articles", nargs=-1)
@station_option
@voice_option
@click.option("--why", is_flag=True, help="Say of every article why it is made, or that it is up to date.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option("--force", is_flag=True, help="Make the episodes again though nothing changed.")
@click.option(
    "--reissue", is_flag=True, help="Issue ARTICLES anew after a serious error, with another guid and date."
)
@click.option("--keep-audio", is_flag=True, help="Take edited text over, and keep the sound as it is.")
@click.option("--jobs", type=Whole(1), help="How many parts are encoded at once (usual: one a core).")
@no_wait_option
@stations.all_option
@stations.store_option
@cluster.cluster_option
@cluster.json_option
@cluster.metrics_option
@debug_option
def build(
    articles: tuple[str, ...],
    folder: Path | None,
    voice: str,
    why: bool,
    dry_run: bool,
    force: bool,
    reissue: bool,
    keep_audio: bool,
    jobs: int | None,
    no_wait: bool,
    every: Path | None,
    store: str,
    cluster: str,
    as_lines: bool,
    metrics: Path | None,
    debug: bool,
) -> int:
    """Make episodes of the articles that changed, and the feed.

    ARTICLES are names of files in articles/ (usual: all of them).
    """
    from nashra.building.planning import Wish  # noqa: PLC0415

    if reissue and not articles:
        raise click.UsageError("--reissue needs the articles that shall be issued anew")
    if keep_audio and (reissue or force or voice):
        raise click.UsageError("--keep-audio makes no sound: leave --reissue, --force and --voice out")
    wish = Wish(
        articles,
        voice,
        force=force,
        dry_run=dry_run,
        jobs=jobs or os.cpu_count() or 1,
        reissue=reissue,
        keep_audio=keep_audio,
    )
    watching = Bar(why=why or dry_run)
    beyond = stations.Beyond(store, cluster, as_lines, metrics, no_wait)
    if every is not None:
        stations.refuse_with_all(articles, folder)
        return stations.build_all(every, wish, watching, beyond)
    station = find(folder)
    outcome = stations.build_one(station, wish, watching, beyond)
    for failure in outcome.failures:
        if debug:
            traceback.print_exception(failure)
        complain(failure)
    if not as_lines:
        report(station, outcome, dry_run=dry_run)
    return stations.exit_code([failure.exit_code for failure in outcome.failures])
