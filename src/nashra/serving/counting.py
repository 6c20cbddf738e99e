"""What a server tells Prometheus: requests and bytes by kind, connections, the age of the feed, episodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable  # noqa: TC003 the type of the table
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nashra.serving.answering import Answer
from nashra.serving.kinds import ASK_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.serving.telling import Told

PATH = "metrics"
"""Where it is asked for."""

# The first that fits. Whatever strangers ask for, there are no more labels than these.
KINDS = (
    ("sound", ("audio/*.mp3", "audio/*.opus")),
    ("beside", ("feed/transcripts/*", "feed/chapters/*", "feed/oembed/*")),
    ("feed", ("feed/*.xml", "feed/*.json", "feed/*.opml")),
    ("picture", ("*.jpg", "*.png", "*.svg")),
    ("page", ("*.html", "*.css", "*.js", "", "feed", "feed/")),
    ("other", ("*",)),
)


class Standing(NamedTuple):
    """A server at one moment: seconds since it began and since the feed changed, None where there is none."""

    connections: int
    episodes: int
    running_s: float
    feed_age_s: float | None


_GAUGES: tuple[tuple[str, str, Callable[[Standing], float | None]], ...] = (
    ("connections", "Connections that are open.", lambda now: now.connections),
    ("episodes", "Episodes that are served.", lambda now: now.episodes),
    ("running_seconds", "Seconds since the server began.", lambda now: round(now.running_s, 1)),
    ("feed_age_seconds", "Seconds since the feed changed; none without a feed.", lambda now: now.feed_age_s),
)


class Tally:
    """What was asked for and sent since the server began; bytes are those of bodies, on their way or lost."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[int, str]] = Counter()
        self._bytes: Counter[str] = Counter()

    def count(self, told: Told) -> None:
        """Count an answer that is given."""
        kind = kind_of(told.path)
        self._requests[told.status, kind] += 1
        self._bytes[kind] += told.sent

    def metrics(self, station: str, now: Standing) -> str:
        """Return it all as Prometheus reads it (text format 0.0.4).

        >>> print(Tally().metrics("news", Standing(1, 2, 3.0, None)).splitlines()[-1])
        nashra_serve_running_seconds{station="news"} 3.0
        """
        return "".join(f"{line}\n" for line in self._lines(station, now))

    def _lines(self, station: str, now: Standing) -> Iterator[str]:
        name = station.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        of = f'station="{name}"'
        yield from _head("requests_total", "counter", "Requests that were answered.")
        for (status, kind), many in sorted(self._requests.items()):
            yield f'nashra_serve_requests_total{{{of},status="{status}",kind="{kind}"}} {many}'
        yield from _head("sent_bytes_total", "counter", "Bytes of bodies that were sent.")
        for kind, many in sorted(self._bytes.items()):
            yield f'nashra_serve_sent_bytes_total{{{of},kind="{kind}"}} {many}'
        for gauge, about, get in _GAUGES:
            value = get(now)
            if value is not None:
                yield from _head(gauge, "gauge", about)
                yield f"nashra_serve_{gauge}{{{of}}} {value}"


def _head(metric: str, kind: str, about: str) -> tuple[str, str]:
    return f"# HELP nashra_serve_{metric} {about}", f"# TYPE nashra_serve_{metric} {kind}"


@lru_cache(maxsize=4096)
def kind_of(path: str | None) -> str:
    """Return what kind of thing was asked for.

    >>> [kind_of(path) for path in ("feed/sport.xml", "audio/a.opus", "feed/episodes/a.html", "x/y", None)]
    ['feed', 'sound', 'page', 'other', 'other']
    """
    fits = (
        kind
        for kind, patterns in KINDS
        if any(fnmatchcase("?" if path is None else path, each) for each in patterns)
    )
    return next(fits)


def page(text: str) -> Answer:
    """Return the answer that holds the metrics; no page of another site may read it."""
    words = text.encode()
    headers = (
        ("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
        ("Cache-Control", ASK_FIRST),
        ("Content-Length", str(len(words))),
    )
    return Answer(200, headers, words=words)
