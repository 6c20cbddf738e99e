"""Where an earlier address of an episode leads now: a published file never changes, it is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.model import Episode


def moved(episodes: Iterable[Episode]) -> dict[str, str]:
    """Return the path (from the station's folder) of the newest MP3 by that of each earlier one.

    Every earlier address leads straight to the newest, never to another that leads on (FEED.md section
    9.4): clients that pinned the first address they saw get the correction in one step.
    """
    return {
        f"audio/{earlier.file}": f"audio/{episode.media.file}"
        for episode in episodes
        for earlier in episode.replaced
    }
