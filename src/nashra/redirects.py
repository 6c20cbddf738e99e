"""Where an earlier address of an episode leads now: a published file never changes, it is replaced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nashra.model import Episode
    from nashra.settings import Show

FILE = "redirects.json"
PATH = f"feed/{FILE}"
"""The table's name in `feed/`, and its path from the station's folder."""


def moved(episodes: Iterable[Episode]) -> dict[str, str]:
    """Return the path (from the station's folder) of the newest sound by that of each earlier one.

    Every earlier address leads straight to the newest, never to another that leads on (FEED.md section
    9.4): clients that pinned the first address they saw get the correction in one step. Those of an episode
    that was issued anew lead to its new sound; those of a withdrawn one lead nowhere: they are `gone`.
    """
    return {
        f"audio/{earlier.file}": f"audio/{_newest(episode, earlier.file)}"
        for episode in episodes
        if not episode.withdrawn
        for earlier in episode.replaced
        if earlier.file not in episode.files
    }


def _newest(episode: Episode, earlier: str) -> str:
    """Return the newest sound of the kind of an earlier one, the MP3 where there is none of it any more."""
    small = episode.opus if earlier.endswith(".opus") else None
    return (small or episode).media.file


def gone(episodes: Iterable[Episode]) -> frozenset[str]:
    """Return the paths of the sound and the pictures of withdrawn episodes: they answer 410, for good."""
    return frozenset(
        f"audio/{name}" for episode in episodes if episode.withdrawn for name in episode.files_ever
    )


def table(show: Show, episodes: Sequence[Episode]) -> bytes:
    """Return both as JSON for a server that can redirect, by the paths of its addresses; empty for none.

    302, not 301: the next correction leads elsewhere, and clients may keep a 301 for good.
    """
    base = urlsplit(show.base_url).path
    rules = [
        {"from": _path(base, earlier), "to": _path(base, newest), "status": 302}
        for earlier, newest in sorted(moved(episodes).items())
    ]
    rules += [{"from": _path(base, path), "status": 410} for path in sorted(gone(episodes))]
    return (json.dumps(rules, indent=1) + "\n").encode() if rules else b""


HOSTS = {
    "nginx": ("location = {from} {{ return 302 {to}; }}", "location = {from} {{ return 410; }}"),
    "apache": ("Redirect 302 {from} {to}", "Redirect gone {from}"),
    "netlify": ("{from} {to} 302!", "{from} {page} 404!"),
    "cloudflare": ("{from} {to} 302", "# delete {from}"),
}
"""How a host writes a rule for an address that moved, and one for an address that is gone.

nginx: `location =` and `return`; Apache: mod_alias; Netlify and Cloudflare Pages: `_redirects`. Netlify
documents no 410, so a withdrawn file is its 404 with the show's page; Cloudflare redirects only.
"""


def lines(raw: bytes, show: Show, host: str) -> tuple[str, ...]:
    """Return the rules of a table as a host writes them, in their order."""
    page = _path(urlsplit(show.base_url).path, "feed/index.html")
    moves, ends = HOSTS[host]
    rules = json.loads(raw or b"[]")
    return tuple((moves if "to" in rule else ends).format(**rule, page=page) for rule in rules)


def _path(base: str, path: str) -> str:
    return f"{base}{quote(path)}"
