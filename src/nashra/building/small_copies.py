"""Beside each aired episode a small copy in Opus, where the owner wants one: made of the finished MP3."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nashra import records
from nashra.errors import AudioError, ConfigurationError, NashraError
from nashra.model import Media, SmallCopy
from nashra.store import read, storing, write_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nashra.model import Episode
    from nashra.station import Station


def brought(
    station: Station, episodes: Mapping[str, Episode]
) -> tuple[dict[str, Episode], tuple[NashraError, ...]]:
    """Return the episodes, by article, with the copies that the settings want, and what failed.

    An episode that has its copy already costs a look at the file. Where one fails, the episode is aired
    without it. What was there before stays on the disk, among what was replaced.
    """
    found = dict(episodes)
    failures: list[NashraError] = []
    for file, episode in episodes.items():
        if _is_right(station, episode):
            continue
        try:
            found[file] = _kept(station, episode, _made(station, episode))
        except ConfigurationError as failure:
            return found, (*failures, failure)  # what is not installed is not installed for the others
        except NashraError as failure:
            failures.append(failure.within(f"articles/{file}"))
    return found, tuple(failures)


def _wanted(station: Station, episode: Episode) -> int:
    return station.settings.podcast.opus_kbps if episode.is_listed else 0


def _is_right(station: Station, episode: Episode) -> bool:
    kbps, copy = _wanted(station, episode), episode.opus
    if copy is None or copy.kbps != kbps:
        return not (copy or kbps)
    path = station.audio / copy.media.file
    with storing(AudioError, f"audio/{copy.media.file}"):
        return path.is_file() and path.stat().st_size == copy.media.bytes


def _made(station: Station, episode: Episode) -> SmallCopy | None:
    kbps = _wanted(station, episode)
    if not kbps:
        return None
    from nashra.audio import opus  # noqa: PLC0415 most builds make none

    where = f"audio/{episode.media.file}"
    with storing(AudioError, where):
        data = opus.encode(read(station.audio / episode.media.file) or b"", kbps, where)
        name, sha256 = write_named(
            station.audio, (data,), len(data), lambda digest: f"{episode.slug}-{digest[:12]}.opus"
        )
    return SmallCopy(Media(name, len(data), sha256), kbps)


def _kept(station: Station, episode: Episode, copy: SmallCopy | None) -> Episode:
    """Return the episode with its copy, its record written; it stays without cues if it came so."""
    before = episode.opus.media if episode.opus else None
    gone = (before,) if before and before != (copy and copy.media) else ()
    replaced = tuple(dict.fromkeys((*episode.replaced, *gone)))
    whole = records.whole(station.audio, episode)
    records.save(station.audio, replace(whole, opus=copy, replaced=replaced))
    return replace(episode, opus=copy, replaced=replaced)
