"""An episode's text in the four formats that apps read, each within its limits.

The formats are those of the podcast name space (its `transcripts.md`). Times are in ASCII digits, and
everything that is said stands in them, opening and closing too, in the article's own spelling.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

from nashra.feed.captions import captions
from nashra.feed.plain import WORD_JOINER, plain
from nashra.feed.timing import clock, milliseconds, timed_words, timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.feed.captions import Caption
    from nashra.model import Cue, Episode
    from nashra.settings import Show

VTT_WIDTH, VTT_LINES = 65, 2
SRT_WIDTH, SRT_LINES = 32, 2

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages, as `show.language` begins, that are written from the right."""

# In SRT nothing can be escaped: an arrow would be a time, `<i>` or `{\an8}` a command. A word joiner,
# which is neither seen nor a place to break, takes the sign apart.
_SRT_COMMANDS = re.compile(r"(?<=--)(?=>)|(?<=<)(?=[A-Za-z/!])|(?<=\{)(?=\\)")


def vtt(show: Show, episode: Episode) -> bytes:
    """Return the transcript as WebVTT; the speaker is named where he begins."""
    blocks = ["WEBVTT"]
    for number, caption in enumerate(_captions(episode, VTT_WIDTH, VTT_LINES)):
        voice = f"<v {_vtt(plain(show.title))}>" if not number else ""
        times = f"{timestamp(caption.start_ms)} --> {timestamp(caption.end_ms)}"
        blocks.append(f"{times}\n{voice}" + "\n".join(map(_vtt, caption.lines)))
    return ("\n\n".join(blocks) + "\n").encode()


def srt(show: Show, episode: Episode) -> bytes:
    """Return the transcript as SubRip: two lines of 32 characters, the speaker in the first caption."""
    blocks = []
    speaker = f"{plain(show.title)}:"
    for number, caption in enumerate(_captions(episode, SRT_WIDTH, SRT_LINES, speaker), 1):
        times = f"{timestamp(caption.start_ms, ',')} --> {timestamp(caption.end_ms, ',')}"
        blocks.append(f"{number}\n{times}\n" + "\n".join(caption.lines))
    return ("\n\n".join(blocks) + "\n").encode()


def as_json(show: Show, episode: Episode) -> bytes:
    """Return the transcript as JSON 1.0.0: a segment a sentence.

    Where the engine told the times of words, a segment has them in `words` besides; readers that do
    not know the key pass over it.
    """
    speaker = plain(show.title)
    segments = []
    for cue in _said(episode):
        segment: dict[str, Any] = {"speaker": speaker, **_timed(cue.start, cue.end, plain(cue.text))}
        words = timed_words(cue)
        if words:
            segment["words"] = [_timed(word.start, word.end, word.text) for word in words]
        segments.append(segment)
    made = {"version": "1.0.0", "segments": segments}
    return (json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def html(show: Show, episode: Episode) -> bytes:
    """Return the transcript as HTML of `cite`, `time` and `p`: a paragraph for each of the article's."""
    language = escape(show.language)
    direction = "rtl" if show.language[:2] in RIGHT_TO_LEFT else "ltr"
    title = escape(f"{plain(episode.title)} – {plain(show.title)}")
    lines = [
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<cite>{escape(plain(show.title))}:</cite>",
    ]
    for paragraph in _paragraphs(episode):
        text = escape(" ".join(plain(cue.text) for cue in paragraph))
        lines.append(f'<time>{clock(paragraph[0].start)}</time>\n<p dir="auto">{text}</p>')
    return ("\n".join(lines) + "\n</html>\n").encode()


def _captions(episode: Episode, width: int, most_lines: int, speaker: str = "") -> Iterator[Caption]:
    """Yield an episode's captions; with a `speaker`, they are for a format that escapes nothing."""
    safe = _srt if speaker else str
    for number, cue in enumerate(_said(episode)):
        yield from captions(cue, width, most_lines, safe, "" if number else speaker)


def _said(episode: Episode) -> Iterator[Cue]:
    return (cue for cue in episode.cues if plain(cue.text))


def _paragraphs(episode: Episode) -> list[list[Cue]]:
    paragraphs: list[list[Cue]] = []
    for cue in _said(episode):
        if not paragraphs or cue.new_paragraph or cue.role != paragraphs[-1][-1].role:
            paragraphs.append([])
        paragraphs[-1].append(cue)
    return paragraphs


def _timed(start: int, end: int, text: str) -> dict[str, Any]:
    times = {"startTime": milliseconds(start) / 1000, "endTime": milliseconds(end) / 1000}
    return {**times, "body": text}


def _vtt(text: str) -> str:
    return escape(text, quote=False)


def _srt(text: str) -> str:
    return _SRT_COMMANDS.sub(WORD_JOINER, text)
