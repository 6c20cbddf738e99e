"""How far a build is, in one value: for a line on a terminal, for a line of JSON, for Prometheus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nashra.model import seconds


@dataclass(frozen=True, slots=True)
class Standing:
    """A build at one moment; `articles` are those to do, `since_s` the seconds since it began.

    `failures` are the reasons by article. `phase` is `cluster` while other processes speak, then `build`.
    """

    phase: str
    articles: int = 0
    done: int = 0
    chapters: int = 0
    clips: int = 0
    frames: int = 0
    workers: int = 0
    since_s: float = 0.0
    failures: tuple[tuple[str, str], ...] = ()

    @property
    def rate(self) -> float:
        """Articles a minute so far."""
        return 60 * self.done / self.since_s if self.since_s > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Seconds that the rest takes at that rate, None while nothing is done."""
        return (self.articles - self.done) * self.since_s / self.done if self.done else None


def as_line(now: Standing) -> str:
    """Return it for a person.

    >>> as_line(Standing("cluster", 9, 3, 9, 70, 44_100 * 60, 4, 60.0, (("a.txt", "died"),)))
    '3 of 9 articles, 9 chapters, 70 clips, 60 s of sound; 4 workers, 3.0 a minute, 2 min left; 1 failed'
    """
    left = "" if now.left_s is None else f", {_time(now.left_s)} left"
    failed = f"; {len(now.failures)} failed" if now.failures else ""
    workers = f"{now.workers} worker{'' if now.workers == 1 else 's'}, " if now.phase == "cluster" else ""
    return (
        f"{now.done} of {now.articles} articles, {now.chapters} chapters, {now.clips} clips, "
        f"{_time(seconds(now.frames))} of sound; {workers}{now.rate:.1f} a minute{left}{failed}"
    )


def as_json(now: Standing) -> dict[str, Any]:
    """Return it for a program; the names stay.

    >>> as_json(Standing("build", 2, 1, since_s=3.0))["left_s"]
    3.0
    """
    left = now.left_s
    return {
        "event": "progress",
        "phase": now.phase,
        "articles": now.articles,
        "done": now.done,
        "chapters": now.chapters,
        "clips": now.clips,
        "sound_s": round(seconds(now.frames), 1),
        "workers": now.workers,
        "since_s": round(now.since_s, 1),
        "articles_a_minute": round(now.rate, 2),
        "left_s": None if left is None else round(left, 1),
        "failures": [{"article": file, "why": why} for file, why in now.failures],
    }


_METRICS = (
    ("articles", "gauge", "Articles that this build has to do.", lambda now: now.articles),
    ("articles_done", "gauge", "Articles that are done, failed ones too.", lambda now: now.done),
    ("articles_failed", "gauge", "Articles that failed.", lambda now: len(now.failures)),
    ("chapters_done", "gauge", "Chapters that are spoken and encoded.", lambda now: now.chapters),
    ("clips_done", "gauge", "Clips (sentences) that are spoken or found.", lambda now: now.clips),
    ("sound_seconds", "gauge", "Seconds of sound of those.", lambda now: round(seconds(now.frames), 1)),
    ("workers", "gauge", "Workers of the cluster that answer.", lambda now: now.workers),
    ("running_seconds", "gauge", "Seconds since the build began.", lambda now: round(now.since_s, 1)),
)


def as_metrics(now: Standing, station: str) -> str:
    """Return it as Prometheus reads it from a file (node-exporter's textfile collector).

    >>> print(as_metrics(Standing("build", 2, 1), "news").splitlines()[2])
    nashra_build_articles{station="news",phase="build"} 2
    """
    name = station.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    lines = []
    for metric, kind, about, of in _METRICS:
        full = f"nashra_build_{metric}"
        labels = f'{{station="{name}",phase="{now.phase}"}}'
        value: float = of(now)
        lines += [f"# HELP {full} {about}", f"# TYPE {full} {kind}", f"{full}{labels} {value}"]
    return "\n".join(lines) + "\n"


def _time(length_s: float) -> str:
    return f"{length_s:.0f} s" if length_s < 100 else f"{length_s / 60:.0f} min"
