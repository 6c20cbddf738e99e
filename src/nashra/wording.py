"""Seeing and correcting what is said: lines as said, and the station's lexicon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nashra import saying
from nashra.arabic import doubts, lexicon_file, sentences
from nashra.arabic.letters import strip_marks
from nashra.arabic.lexicon import Lexicon
from nashra.articles import bylines, decoding, reading
from nashra.building import making, speech
from nashra.building.planning import article_files, chosen
from nashra.errors import ConfigurationError, NashraError
from nashra.station import LEXICON
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nashra.arabic.doubts import Doubt
    from nashra.model import Article
    from nashra.station import Station


@dataclass(frozen=True, slots=True)
class Heard:
    """A new word of the lexicon as it is said now, its sound in PCM frames, the articles that have it."""

    spoken: str
    frames: int
    articles: tuple[str, ...]


def lines(station: Station, raw: bytes, where: str, *, marks: bool) -> Iterator[tuple[str, str]]:
    """Give each line of a text as it is said, and what of it was not: a byline is for the eye."""
    mark = speech.marker(station) if marks else lambda text: text
    say = speech.reader(station, station.voice, mark)
    for line in decoding.decode(raw, where).text.removesuffix("\n").split("\n"):
        if bylines.is_credit(line.strip()):
            yield "", line.strip()
        else:
            parts = (form.text for piece in sentences.split(line) for form, _voice in say(piece.strip()))
            said = " ".join(filter(None, parts))
            yield said if marks else strip_marks(said), ""


def add(station: Station, word: str, spoken: str, output: Path) -> Heard:
    """Write a word into the station's lexicon, and speak it in the station's voice into a file.

    Raises ConfigurationError for a form that no voice can say; then the lexicon stays as it was.
    """
    path = station.root / LEXICON
    with storing(ConfigurationError, LEXICON):
        raw = read(path) or b""
    try:
        new = lexicon_file.added(raw, word, spoken)
        words = lexicon_file.parse(new)
    except ValueError as wrong:
        raise ConfigurationError(str(wrong), where=LEXICON, then="see docs/lexicon.md") from wrong
    changed = replace(station, words=words)
    frames = saying.say(changed, word, "", output)
    with storing(ConfigurationError, LEXICON):
        write(path, new)
    said = "".join(
        form.text for form, _voice in speech.reader(changed, station.voice, speech.marker(station))(word)
    )
    return Heard(said, frames, tuple(_having(station, Lexicon.of({word: spoken}))))


def missing(station: Station, name: str) -> tuple[Doubt, ...]:
    """Return the words of an article of whose reading we are least sure, the most doubtful first."""
    file = chosen(article_files(station), (name,))[0]
    article = _article(station, file)
    mark = speech.marker(station)
    script = making.script_of(station, article, station.voice, mark)
    written, spoken, changes = "", "", []
    for line in (line for chapter in script.chapters for line in chapter.utterances):
        if line.role in {"opening", "closing"}:
            continue  # the station's words, the same in every episode
        changes += [change._replace(start=change.start + len(written)) for change in line.changes]
        written += f"{line.text}\n"
        spoken += f"{line.spoken}\n"
    return doubts.doubts(written, changes, spoken, speech.known(station, article.lexicon), mark)


def _having(station: Station, word: Lexicon) -> Iterator[str]:
    """Give the articles that have the word."""
    for file in article_files(station):
        try:
            article = _article(station, file)
        except NashraError:
            continue  # a broken article is the next build's business
        parts = (article.lead, *article.sections)
        texts = [article.title, *(text for part in parts for text in (part.heading, *part.paragraphs))]
        if any(next(iter((*word.words(text), *word.signs(text))), None) for text in texts):
            yield file


def _article(station: Station, file: str) -> Article:
    with storing(ConfigurationError, f"articles/{file}"):
        raw = read(station.articles / file) or b""
    return reading.article(raw, file)
