"""Rules of what stands beside the episodes: transcripts and chapters."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nashra.checking.beside import clock_ms
from nashra.checking.built import Found, Moment
from nashra.checking.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nashra.checking.built import Built, Sound, Tag

AGREE_MS = 50
"""How far the three sources of chapters may be apart (issue 6 of this project)."""

_CHAPTERS = "podcast:chapters"
_TRANSCRIPT = "podcast:transcript"


def _beside(built: Built, name: str) -> Iterator[tuple[str, Sequence[Moment], Sound | None]]:
    """Give every file of that tag that could be read: its path, its moments, its episode's sound."""
    for _where, item in built.listed():
        sound = _sound(built, item)
        for tag in item.all(name):
            path = built.path_of(tag.attributes.get("url", ""))
            if path in built.beside and path and not built.beside[path].fault:
                yield path, built.beside[path].moments, sound


def _sound(built: Built, item: Tag) -> Sound | None:
    for tag in item.all("enclosure"):
        path = built.path_of(tag.attributes.get("url", ""))
        if path in built.sounds and path:
            return built.sounds[path]
    return None


def readable(built: Built) -> Iterator[Found]:
    """Find transcripts and chapters that an app cannot read."""
    for path, beside in built.beside.items():
        if beside.fault:
            yield Found(path, shown(beside.fault, 120))


def in_time(built: Built) -> Iterator[Found]:
    """Find times that go backwards or lie behind the end of the sound."""
    for name in (_TRANSCRIPT, _CHAPTERS):
        for path, moments, sound in _beside(built, name):
            yield from _in_time(path, moments, sound)
    for where, item in built.listed():
        yield from _in_time(where, _inline(item), _sound(built, item))
    for path, sound in built.sounds.items():
        yield from _in_time(path, sound.chapters, sound)  # ffmpeg's players list them as they stand


def _in_time(where: str, moments: Sequence[Moment], sound: Sound | None) -> Iterator[Found]:
    for before, after in pairwise(moments):
        if after.start_ms < before.start_ms:
            yield Found(where, f"goes back in time, from {_said(before.start_ms)} to {_said(after.start_ms)}")
            break
    for moment in moments:
        if moment.end_ms is not None and moment.end_ms < moment.start_ms:
            yield Found(where, f"what begins at {_said(moment.start_ms)} ends before it")
            break
    last = max((max(each.start_ms, each.end_ms or 0) for each in moments), default=0)
    if sound and not sound.fault and last > sound.length_ms + 1:
        yield Found(where, f"goes on to {_said(last)}, behind the end at {_said(sound.length_ms)}")


def _said(ms: int) -> str:
    return f"{ms / 1000:.3f} s"


def inline_readable(built: Built) -> Iterator[Found]:
    """Find inline chapters whose times no app reads."""
    for where, item in built.listed():
        for tag in item.walk():
            if tag.name == "psc:chapter":
                try:
                    clock_ms(tag.attributes.get("start", ""))
                except ValueError as wrong:
                    yield Found(where, f"<psc:chapter> {wrong}")


def _inline(item: Tag) -> tuple[Moment, ...]:
    """Return the chapters in the feed itself, none where a time of them cannot be read."""
    found = [tag for chapters in item.all("psc:chapters") for tag in chapters.all("psc:chapter")]
    try:
        return tuple(
            Moment(clock_ms(tag.attributes.get("start", "")), None, tag.attributes.get("title", ""))
            for tag in found
        )
    except ValueError:
        return ()


def agree(built: Built) -> Iterator[Found]:
    """Find episodes whose chapters are others in the MP3, in the JSON and in the feed."""
    for where, item in built.listed():
        sound = _sound(built, item)
        sources = {"the feed": _inline(item), "the MP3": sound.chapters if sound else ()}
        for tag in item.all(_CHAPTERS):
            beside = built.beside.get(built.path_of(tag.attributes.get("url", "")) or "")
            if beside:
                sources["the JSON"] = beside.moments
        told = {name: moments for name, moments in sources.items() if moments}
        for (one, ours), (other, theirs) in pairwise(told.items()):
            if [each.title for each in ours] != [each.title for each in theirs]:
                yield Found(where, f"has other chapters in {one} than in {other}")
            elif any(abs(a.start_ms - b.start_ms) > AGREE_MS for a, b in zip(ours, theirs, strict=True)):
                yield Found(where, f"has other times of chapters in {one} than in {other}")


def has_transcript(built: Built) -> Iterator[Found]:
    """Find episodes without a transcript in WebVTT, the one form that every app reads."""
    for where, item in built.listed():
        if not any(tag.attributes.get("type") == "text/vtt" for tag in item.all(_TRANSCRIPT)):
            yield Found(where, "the item has no transcript of the type text/vtt")


def has_chapters(built: Built) -> Iterator[Found]:
    """Find episodes without chapters beside them or in their MP3."""
    for where, item in built.listed():
        if not item.all(_CHAPTERS):
            yield Found(where, "the item has no <podcast:chapters>")
        sound = _sound(built, item)
        if sound and not sound.chapters:
            yield Found(where, "its MP3 has no chapters in its tags")
