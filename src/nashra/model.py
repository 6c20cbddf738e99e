"""The values that travel down the line, and the rate at which sound is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 msgspec reads the annotations when it reads a record
from typing import NamedTuple

RATE = 44_100
"""PCM frames a second of a finished track: the only clock of an episode (FEED.md asks for 44.1 kHz)."""

SCHEMA = 1
"""The version of the episode record's form."""


def seconds(frames: int) -> float:
    """Return how long so many frames of a finished track last, in seconds."""
    return frames / RATE


# What is written


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs; the lead is the section with an empty heading."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A news story as written, in the writer's own spelling.

    `file` is its name in `articles/`. A field that the writer left out is empty, never made up,
    but for the title: `title_derived` says that it was taken from the lead. `questions` are those of its
    paragraphs that an interviewer asks; `url` is where it was published first, `canonical` the address
    that its page gives for itself; `source` is the feed that it was pulled from, `source_id` what that
    feed calls it. `category` has the desks or sections that it belongs to, `tags` what it is about.
    """

    file: str
    slug: str
    title: str
    title_derived: bool
    lead: Section
    sections: tuple[Section, ...]
    outlet: str = ""
    author: str = ""
    summary: str = ""
    url: str = ""
    image: str = ""
    voice: str = ""
    draft: bool = False
    date: datetime | None = None
    season: int = 0
    episode: int = 0
    lexicon: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()
    language: str = ""
    canonical: str = ""
    source: str = ""
    source_id: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line of an input and what became of it: a role of `ROLES`, and why.

    `line` is its line in the file or its place on the page, from 1.
    """

    text: str
    line: int
    role: str
    why: str = ""


ROLES = ("title", "byline", "date", "lead", "heading", "paragraph", "question", "item", "dropped")
"""What a line of an input can be; each is exactly one of them."""


# What is said


class Change(NamedTuple):
    """What a rule made of a span; `start` is its place in the text that the rule was given.

    `note` says in words what the editor should look at: a case that no cue decided, a word that was
    read as it stands because nobody understood it. It is empty where there is no doubt.
    """

    rule: str
    before: str
    after: str
    start: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: an engine and one of its voices; speed and pitch are factors of its own (1.0)."""

    engine: str
    name: str
    speed: float = 1.0
    pitch: float = 1.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence or heading: as written, as said, by whom, and the silence after it.

    `role` is opening, title, heading, sentence or closing. Utterances of one paragraph follow one
    another; the first of each has `new_paragraph`. `changes` tell how `text` became `spoken`, in the
    order in which they were made; marks of the diacritizer are none. `places` tell for each word of
    `text` (what white space parts) where in `spoken` its sound begins.
    """

    role: str
    text: str
    spoken: str
    voice: Voice
    pause_ms: int
    new_paragraph: bool = False
    changes: tuple[Change, ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is said under one title; listeners see it in their app if it is `listed`."""

    title: str
    utterances: tuple[Utterance, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Script:
    """Exactly what will be said in an episode: the waist between text and sound."""

    title: str
    chapters: tuple[Chapter, ...]


# What is heard


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the spoken text (`text[start:start + length]`) and the PCM frame where it begins."""

    start: int
    length: int
    frame: int


@dataclass(frozen=True, slots=True)
class Clip:
    """The sound of one utterance: mono 16-bit little-endian PCM at `rate`, and its word times."""

    pcm: bytes
    rate: int
    words: tuple[Word, ...] = ()

    @property
    def frames(self) -> int:
        """Its length in frames of its own rate."""
        return len(self.pcm) // 2


@dataclass(frozen=True, slots=True)
class Level:
    """Measured loudness: integrated LUFS, and true peak in dBTP (ITU-R BS.1770)."""

    lufs: float
    dbtp: float


AROUND = frozenset({"opening", "title", "closing"})
"""Roles that are said around the article and are no part of its text."""


# What is published


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter of a finished track, in PCM frames."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence of a finished track, in PCM frames, in the article's own spelling.

    `words` are the PCM frames from `start` at which each word of `text` begins (what white space
    parts), never descending; empty where the engine tells no times.
    """

    start: int
    end: int
    role: str
    text: str
    new_paragraph: bool = False
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIn:
    """A sentence that another voice than the episode's had to say; a later build may give it back."""

    text: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Media:
    """A published MP3: its name in `audio/`, its size, the SHA-256 of its bytes."""

    file: str
    bytes: int
    sha256: str


REISSUED = "reissued"
"""The reason of a revision that came out as an episode of its own, with another guid."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A later form of an episode: when, the MP3 it has since, and why.

    `changed` counts sentences of the article (its title is one) that are otherwise than before.
    `correction` says that listeners are told: the words that were aired changed.
    """

    when: datetime
    file: str
    reason: str
    changed: int = 0
    correction: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """An episode as listeners' apps knew it before it was issued anew; its item is in no feed."""

    guid: str
    title: str
    published: datetime


@dataclass(frozen=True, slots=True)
class SmallCopy:
    """An episode's sound once more, in Ogg Opus of about so many kbit/s."""

    media: Media
    kbps: int


@dataclass(frozen=True, slots=True)
class Episode:
    """The record of a published article: the durable state beside its MP3.

    `sources` (the article and its image, name in `articles/` to SHA-256), `recipe` and `voice` are
    what it was made from; an episode is remade when one of them changed. `image` is the file in
    `audio/` of its own picture, empty if it has none. `frames` counts the PCM frames of the decoded
    MP3. `replaced` lists every earlier file, newest last. `guid` and `published` change only when the
    episode is reissued: `issues` lists what they were, and `mark` stands before its title since.
    `stand_ins` are the sentences that `voice` could not say. `season` and `number` are 0 where an episode
    has none. `words` is a hash of the article's words as aired, `original` of those that were aired first,
    empty where they are the same. `revisions` lists what came after the first form, newest last.
    `withdrawn` is when the episode was taken back.
    """

    schema: int
    guid: str
    slug: str
    article: str
    sources: dict[str, str]
    recipe: str
    made_with: dict[str, str]
    title: str
    title_derived: bool
    outlet: str
    author: str
    summary: str
    url: str
    image: str
    draft: bool
    voice: Voice
    published: datetime
    updated: datetime
    revision: int
    media: Media
    replaced: tuple[Media, ...]
    frames: int
    level: Level
    chapters: tuple[Mark, ...]
    cues: tuple[Cue, ...]
    stand_ins: tuple[StandIn, ...] = ()
    season: int = 0
    number: int = 0
    words: str = ""
    original: str = ""
    revisions: tuple[Revision, ...] = ()
    mark: str = ""
    issues: tuple[Issue, ...] = ()
    withdrawn: datetime | None = None
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    opus: SmallCopy | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files of `audio/` that it stands on."""
        small = self.opus.media.file if self.opus else ""
        return tuple(filter(None, (self.media.file, self.image, small)))

    @property
    def files_ever(self) -> tuple[str, ...]:
        """Those, and every file that they replaced, which may be deleted by now."""
        return (*self.files, *(each.file for each in self.replaced))

    @property
    def is_listed(self) -> bool:
        """Whether feeds and lists have it."""
        return not (self.draft or self.withdrawn)
