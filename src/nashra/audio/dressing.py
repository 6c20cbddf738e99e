"""What each chapter wears of the station's own sound: jingles, separators, a bed of music."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nashra.model import AROUND
from nashra.settings import Sound

if TYPE_CHECKING:
    from nashra.model import Chapter, Script

MIXING = "dressing 1"
"""The version of how sounds are laid around speech: part of a dressed part's key."""


@dataclass(frozen=True, slots=True)
class Music:
    """A piece of music: mono 16-bit PCM at 44,100 Hz, its integrated LUFS, the SHA-256 of its file."""

    pcm: bytes
    lufs: float
    digest: str


@dataclass(frozen=True, slots=True)
class Dress:
    """What one chapter wears: music before its speech, after it, and under it."""

    before: Music | None = None
    after: Music | None = None
    bed: Music | None = None
    sound: Sound = field(default_factory=Sound)

    @property
    def key(self) -> tuple[str, ...]:
        """Everything that shapes the chapter's sound by this dress; empty when it wears nothing."""
        worn = (self.before, self.after, self.bed)
        if not any(worn):
            return ()
        said = self.sound
        bed = (said.gain_db, said.duck_db, said.fade_in_ms, said.fade_out_ms) if self.bed else ()
        return (MIXING, *(music.digest if music else "" for music in worn), repr((said.jingle_lufs, *bed)))


@dataclass(frozen=True, slots=True)
class Dressing:
    """The station's music by the key that names it, and how it is to be played; nothing is worn usually."""

    opening: Music | None = None
    closing: Music | None = None
    separator: Music | None = None
    bed: Music | None = None
    sound: Sound = field(default_factory=Sound)

    @property
    def has_music(self) -> bool:
        """Whether anything at all is worn."""
        return any((self.opening, self.closing, self.separator, self.bed))

    def of(self, script: Script) -> tuple[Dress, ...]:
        """Return what every chapter of a script wears."""
        chapters = script.chapters
        return tuple(
            self.worn(chapter, following, first=not place)
            for place, (chapter, following) in enumerate(zip(chapters, (*chapters[1:], None), strict=True))
        )

    def worn(self, chapter: Chapter, following: Chapter | None, *, first: bool) -> Dress:
        """Return what a chapter wears, given the one that follows it.

        The opening jingle begins the first chapter, the closing one ends the last. A separator ends a
        section that another one follows: the spoken opening and closing have music of their own, and
        the bed lies under these alone.
        """
        around = _is_around(chapter)
        between = following is not None and not around and not _is_around(following)
        after = self.closing if following is None else self.separator if between else None
        before, bed = self.opening if first else None, self.bed if around else None
        return Dress(before, after, bed, self.sound)


def _is_around(chapter: Chapter) -> bool:
    return all(line.role in AROUND for line in chapter.utterances)
