"""Transcripts and chapters read as an app reads them: by media type, to what is timed in them."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from nashra.checking.built import Beside, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CLOCK = r"(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])"
_VTT = re.compile(rf"{_CLOCK}\.([0-9]{{3}}) --> {_CLOCK}\.([0-9]{{3}})(?: .*)?")
_SRT = re.compile(rf"{_CLOCK},([0-9]{{3}}) --> {_CLOCK},([0-9]{{3}})")
_CLOCK_MS = re.compile(rf"{_CLOCK}(?:\.([0-9]{{3}}))?")


class _UnreadError(ValueError):
    """What keeps a file from being read, in words."""


def read(media_type: str, raw: bytes) -> Beside:
    """Return what is timed in a file of that type; its `fault` says what keeps an app from reading it.

    >>> read("text/vtt", b"hello").fault
    'does not begin with WEBVTT'
    >>> read("application/json+chapters", b'{"version": "1.2.0", "chapters": [{"startTime": 2.5}]}')
    Beside(moments=(Moment(start_ms=2500, end_ms=None, title=''),), fault='')
    """
    reader = _READERS.get(media_type)
    if reader is None:
        return Beside(fault=f"has the media type `{media_type}`, which no app knows")
    try:
        moments = tuple(reader(raw.decode("utf-8")))
    except UnicodeDecodeError:
        return Beside(fault="is not UTF-8")
    except json.JSONDecodeError as broken:
        return Beside(fault=f"is no JSON: {broken.msg} in line {broken.lineno}")
    except RecursionError:
        return Beside(fault="is nested too deeply")
    except ValueError as broken:
        return Beside(fault=str(broken))
    return Beside(moments, "" if moments else "has nothing in it that is timed")


def clock_ms(text: str) -> int:
    """Return the ms that `00:00:04.022` says; raises ValueError for another form or other digits."""
    found = _CLOCK_MS.fullmatch(text)
    if not found:
        raise _UnreadError(f"has a time of another form: {text}")
    return _ms(found.groups())


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, ms = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def _vtt(text: str) -> Iterator[Moment]:
    head, *blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    if not re.match(r"\ufeff?WEBVTT(?:[ \t\n]|$)", head):
        raise _UnreadError("does not begin with WEBVTT")
    for block in blocks:
        if not re.match(r"(?:NOTE|STYLE|REGION)\b", block):
            yield _cue(block, _VTT)


def _srt(text: str) -> Iterator[Moment]:
    for block in re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n")):
        if not re.match(r"[0-9]+\n", block):
            raise _UnreadError(f"has a caption without a number: {block[:40]}")
        yield _cue(block, _SRT)


def _cue(block: str, form: re.Pattern[str]) -> Moment:
    for line in block.split("\n")[:2]:
        found = form.fullmatch(line.rstrip())
        if found:
            if not block.partition(line)[2].strip():
                raise _UnreadError(f"has a caption without text: {line}")
            return Moment(_ms(found.groups()[:4]), _ms(found.groups()[4:]))
    raise _UnreadError(f"has a caption without times: {block[:40]}")


def _segments(text: str) -> Iterator[Moment]:
    said = json.loads(text)
    for segment in _listed(said, "segments"):
        if not isinstance(segment.get("body"), str):
            raise _UnreadError("has a segment without `body`")
        yield Moment(_number(segment, "startTime"), _number(segment, "endTime"))


def _chapters(text: str) -> Iterator[Moment]:
    said = json.loads(text)
    for chapter in _listed(said, "chapters"):
        end = _number(chapter, "endTime") if "endTime" in chapter else None
        yield Moment(_number(chapter, "startTime"), end, str(chapter.get("title", "")))


def _listed(said: Any, name: str) -> list[dict[str, Any]]:  # noqa: ANN401 whatever the file says
    found = said.get(name) if isinstance(said, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _UnreadError(f"has no list `{name}`")
    if not isinstance(said.get("version"), str):
        raise _UnreadError("has no `version`")
    return found


def _number(said: dict[str, Any], name: str) -> int:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _UnreadError(f"has no number `{name}`")
    return round(value * 1000)


def _html(text: str) -> Iterator[Moment]:
    from lxml import etree, html  # noqa: PLC0415 only this form needs it

    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError as broken:
        raise _UnreadError(f"is no HTML: {broken}") from broken
    for time in root.iter("time"):
        said = time.text_content()
        minutes = re.fullmatch(r"(?:([0-9]+):)?([0-9]{1,2}):([0-9]{2})", said.strip())
        if not minutes:
            raise _UnreadError(f"has a time of another form: {said[:20]}")
        yield Moment(_ms((*minutes.groups(), None)))


_READERS: dict[str, Callable[[str], Iterator[Moment]]] = {
    "text/vtt": _vtt,
    "application/x-subrip": _srt,
    "application/json": _segments,
    "text/html": _html,
    "application/json+chapters": _chapters,
}
"""The media types that apps read (podcast name space, `transcripts.md` and `jsonChapters.md`)."""
