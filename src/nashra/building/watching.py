"""Who is told how a build goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nashra.model import Voice


class Watching(Protocol):
    """Who is told how a build goes on."""

    def planned(self, file: str, reason: str) -> None:
        """Hear that an article will be made, or with no reason that it is left alone."""

    def speaking(self, file: str, voice: Voice, clips: int) -> None:
        """Hear that an episode of so many clips begins."""

    def spoken(self, clips: int, frames: int) -> None:
        """Hear that so many clips more are done, which last so many PCM frames."""

    def passed_over(self, voice: Voice, why: str) -> None:
        """Hear that a voice cannot be had, so that the next of its chain speaks."""

    def finished(self) -> None:
        """Hear that the episode which began is done, or has failed."""
