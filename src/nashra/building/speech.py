"""From a written sentence to what a voice is given: the station's steps, words, vowel marks and voices."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from nashra.arabic import endings, foreign, lexicon, lexicon_file, spoken, tashkeel
from nashra.arabic import quotes as quotations
from nashra.arabic.lexicon import Lexicon
from nashra.arabic.rewriting import part, with_marks
from nashra.errors import ArticleError
from nashra.station import role_voices
from nashra.store import sha256

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.arabic.rewriting import Spoken
    from nashra.model import Voice
    from nashra.script import Saying
    from nashra.station import Station


def marker(station: Station) -> Callable[[str], str]:
    """Return what puts vowel marks on a sentence; an unchanged sentence is never asked for twice.

    The model is loaded (0.5 s) when the first sentence is not yet kept.
    """
    kept = station.shelves.kept("tashkeel", "txt")
    version = installed("text2tashkeel")
    loaded: list[Callable[[str], str]] = []

    def ask(bare: str) -> str:
        if not loaded:
            from text2tashkeel import Diacritizer  # noqa: PLC0415 numpy and onnxruntime: 0.4 s

            loaded.append(Diacritizer("rawi-ensemble").diacritize)
        return loaded[0](bare)

    def mark(sentence: str) -> str:
        key = sha256(tashkeel.RULES, version, sentence)
        found = kept.get(key)
        if found is not None:
            return found[1].decode()
        marked = tashkeel.diacritize(sentence, ask)
        kept.put(key, {}, marked.encode())
        return marked

    return mark


def reader(
    station: Station, voice: Voice, mark: Callable[[str], str], words: tuple[tuple[str, str], ...] = ()
) -> Saying:
    """Return what makes a written sentence speakable: its parts, each with the voice that says it.

    Title, heading and quotations have their own voice if the owner gave them one. `words` are an
    article's own, and go before the station's lexicon, as that goes before the shipped.
    """
    settings = station.settings
    words_known = known(station, words)
    steps = spoken.steps(words_known, settings.reading.months)
    other = replace(voice, name=settings.voice.foreign)
    roles = role_voices(station)

    def marked(text: str) -> Spoken:
        form = spoken.spoken(text, steps)
        return with_marks(form, mark(form.text))

    def ended(form: Spoken) -> Spoken:
        return with_marks(form, endings.paused(form.text, settings.reading.endings))

    def cut(text: str, usual: Voice, quoted: tuple[tuple[int, int], ...]) -> list[tuple[str, Voice, bool]]:
        quotes = quotations.pieces(text, quoted) if "quotes" in roles else ((text, False),)
        found = []
        for piece, is_quoted in quotes:
            who = roles["quotes"] if is_quoted else usual
            parts = foreign.pieces(piece, words_known.signs) if other.name else ((piece, False),)
            found += [(part, other if is_foreign else who, is_foreign) for part, is_foreign in parts]
        return found

    def say(
        text: str, role: str = "sentence", quoted: tuple[tuple[int, int], ...] = ()
    ) -> list[tuple[Spoken, Voice]]:
        form = marked(text)  # as a whole: beside a gap, the diacritizer would take a word for another one
        usual = roles.get(role, voice)
        said, start = [], 0
        for piece, who, is_foreign in cut(text, usual, quoted):
            end = start + len(piece.rstrip())
            said.append((spoken.as_foreign(piece) if is_foreign else ended(part(form, start, end)), who))
            start += len(piece)
        if len(said) < 2 and not (said and said[0][1] == other):
            return [(ended(form), said[0][1] if said else usual)]  # as it stands, spaces at its ends and all
        return said

    return say


def known(station: Station, words: tuple[tuple[str, str], ...]) -> Lexicon:
    """Return the lexicon of an article of a station; raises ArticleError for a word of its own."""
    for written, said in words:
        fault = lexicon_file.fault_of(written, said)
        if fault:
            raise ArticleError(f"`lexicon`: «{written}» {fault}", then="see docs/lexicon.md")
    own = Lexicon.of(dict(words)).over(Lexicon.of(station.words))
    return own.over(lexicon.shipped()) if own.entries else lexicon.shipped()
