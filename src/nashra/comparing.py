"""A finished MP3 against its record: whatever is not as it was written down."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from nashra.model import RATE, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.model import Cue, Episode, Level

LATE_MS = 100
"""So long after a cue's beginning may its first sound be: a soft consonant stays under -50 dBFS."""

OFF_DB = 0.1
"""So far may a level be from its record: another decoder rounds otherwise."""


def mismatches(episode: Episode, file: bytes, pcm: bytes, measured: Level) -> Iterator[str]:
    """Give what a file is otherwise than its record says, one sentence each.

    `pcm` is the file decoded, mono 16-bit at 44,100 Hz, and `measured` its level. Raises AudioError when its
    tag is not ours.
    """
    from nashra.audio import tags  # noqa: PLC0415 mutagen: not for a build with nothing to do

    pairs = (
        ("bytes", len(file), episode.media.bytes),
        ("SHA-256", hashlib.sha256(file).hexdigest(), episode.media.sha256),
        ("PCM frames", len(pcm) // 2, episode.frames),
    )
    for name, has, recorded in pairs:
        if has != recorded:
            yield f"{name}: the file has {has}, the record {recorded}"
    for name in ("lufs", "dbtp"):
        has, recorded = getattr(measured, name), getattr(episode.level, name)
        if abs(has - recorded) > OFF_DB:
            yield f"{name}: the file has {has:.2f}, the record {recorded:.2f}"
    title, told = tags.told(file, f"audio/{episode.media.file}")
    if title != tags.clean(episode.title):
        yield f"title: the file says «{title}», the record «{episode.title}»"
    marks = tuple(
        (tags.clean(mark.title), 1000 * mark.start // RATE, 1000 * mark.end // RATE)
        for mark in episode.chapters
    )
    if told != marks:
        other = [at for at, (a, b) in enumerate(zip(told, marks, strict=False), 1) if a != b]
        where = f"chapter {other[0]} differs" if other else "their number differs"
        yield f"chapters: the file lists {len(told)}, the record {len(marks)}; {where}"
    for cue in episode.cues:
        fault = _silent(cue, pcm)
        if fault:
            yield f"cue at {seconds(cue.start):.2f} s: {fault} for «{cue.text[:40]}»"


def _silent(cue: Cue, pcm: bytes) -> str:
    from nashra.audio import meter  # noqa: PLC0415 as above

    first = meter.onset(pcm, cue.start, cue.end)
    if first is None:
        return "no sound"
    late_ms = 1000 * (first - cue.start) // RATE
    return f"{late_ms} ms of silence" if late_ms > LATE_MS else ""
