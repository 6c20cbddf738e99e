"""Chapters cut into what is encoded together: so much that an edit costs little, and cores share the work."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nashra.arabic.letters import letter_count
from nashra.audio import clips
from nashra.audio.dressing import Dress
from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.model import Chapter, Utterance, Voice
    from nashra.settings import Pauses

ENOUGH = 250
"""Letters after which the next paragraph begins a passage of its own: some 20 s of speech."""

MOST = 800
"""Letters after which even the next utterance does: a section without paragraphs must not fill memory."""

SEAM_MS = 50
"""Of a pause inside a chapter, what stands behind the seam: an encoder smears a sound over some 25 ms."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Utterances that are encoded together, the silence before and after them in ms, their music."""

    lines: tuple[Utterance, ...]
    start_ms: int
    rest_ms: int
    dress: Dress = field(default_factory=Dress)

    def key(self, version: Callable[[Voice], str]) -> str:
        """Return the key of its sound as the engine of that version speaks it, before it is levelled."""
        spoken = [clips.utterance_key(line, version) for line in self.lines]
        return sha256("passage", str(self.start_ms), str(self.rest_ms), *spoken, *self.dress.key)


def passages(chapter: Chapter, pauses: Pauses, dress: Dress) -> tuple[Passage, ...]:
    """Return the passages of a chapter, in order.

    Cut where a paragraph ends, and counted from the chapter's own beginning, so an edit moves no seam
    but those of its own chapter, and seldom one of them. Under a bed of music there is no seam.
    """
    cut: list[list[Utterance]] = []
    letters = 0
    for line in chapter.utterances:
        if not cut or (not dress.bed and letters >= (ENOUGH if line.new_paragraph else MOST)):
            cut.append([])
            letters = 0
        cut[-1].append(line)
        letters += letter_count(line.spoken)
    last = len(cut) - 1
    return tuple(
        Passage(
            tuple(lines),
            SEAM_MS if place else pauses.start_ms,
            lines[-1].pause_ms if place == last else max(0, lines[-1].pause_ms - SEAM_MS),
            replace(
                dress,
                before=None if place else dress.before,
                after=dress.after if place == last else None,
            ),
        )
        for place, lines in enumerate(cut)
    )
