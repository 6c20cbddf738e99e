"""Episode records as plain JSON."""

from __future__ import annotations

import json
from typing import Any

_CUES = b'\n "cues": ['
"""Where the sentences begin, which are nearly all of a record."""

_WANTED: dict[str, type] = {"guid": str, "slug": str, "frames": int, "media": dict, "replaced": list}


def record(raw: bytes, *, whole: bool) -> tuple[dict[str, Any], str]:
    """Return a record and what is wrong with it; only a `whole` one has its sentences.

    What stands behind the sentences is left out with them: parsing those takes ten times as long as the rest.
    """
    head, cut, _rest = raw.partition(_CUES)
    text = head.rstrip().rstrip(b",") + b"}" if cut and not whole else raw
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as broken:
        return {}, f"is no JSON: {broken}"
    if not raw.rstrip().endswith(b"}"):
        return {}, "is cut short"
    for name, kind in _WANTED.items():
        if not isinstance(said, dict) or not isinstance(said.get(name), kind):
            return {}, f"has no `{name}`"
    for each in (said["media"], *said["replaced"]):
        if not _is_media(each):
            return {}, "names a file without its bytes and hash"
    return said, ""


def _is_media(said: object) -> bool:
    wanted = {"file": str, "bytes": int, "sha256": str}
    return isinstance(said, dict) and all(isinstance(said.get(name), kind) for name, kind in wanted.items())
