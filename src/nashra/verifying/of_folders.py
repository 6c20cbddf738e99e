"""I7 and I9: nothing foreign lies in what is published, and nothing half-written is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.verifying.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.verifying.station import Station

_BUILT = ".nashra/built.json"
"""Written last of all by a build that left nothing undone."""

_HASHED = r"[^/]+-[0-9a-f]{12,64}"

OURS = re.compile(
    "|".join(
        (
            rf"audio/{_HASHED}\.(mp3|opus|ogg|m4a|jpg|png)",
            r"audio/[^/]+\.json",
            r"feed/[^/]+\.(xml|opml|html|json|xsl|css|js|jpg|png|svg|ico|txt|webmanifest)",
            r"feed/assets/[^/]+",
            r"feed/(episodes|embed)/[^/]+\.html",
            r"feed/oembed/[^/]+\.json",
            rf"feed/(transcripts|chapters)/{_HASHED}\.(vtt|srt|json|html)",
            r"(audio|feed)/\.(gitkeep|gitignore|nojekyll|htaccess)",
        )
    )
)
"""What lies in `audio/` and `feed/`."""


def foreign(station: Station) -> Iterator[Violation]:
    """I7: Find what is none of Nashra's, and links: they lead a reader out of the station."""
    for path, stat in station.disk.files.items():
        if not stat.is_plain:
            yield Violation("I7", path, "is a link or a device, not a file")
        elif not OURS.fullmatch(path):
            yield Violation("I7", path, "is no file of Nashra's")


def left(station: Station) -> Iterator[Violation]:
    """I9: Find temporary files older than the last build that succeeded: it sweeps those."""
    built = station.disk.time_ns(_BUILT)
    for path, stat in station.disk.left.items():
        if built is not None and stat.time_ns < built:
            yield Violation("I9", path, "was left behind by a build that was stopped")
