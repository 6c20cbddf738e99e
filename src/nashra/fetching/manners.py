"""Manners: our name, what a site asks of programs (robots.txt, RFC 9309), the pause between requests."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nashra import __version__
from nashra.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from protego import Protego

    from nashra.fetching.addresses import Address
    from nashra.fetching.waiting import Stopwatch

TOKEN = "Nashra"  # noqa: S105 no secret: our name in robots.txt
ROBOTS = "/robots.txt"
PAUSE_S = 0.5
"""Between two requests to one host; its crawl-delay if that is longer."""
LONGEST_DELAY_S = 10.0


def user_agent(base_url: str) -> str:
    """Return the name that Nashra gives itself: with the station's address, where it has a public one.

    >>> user_agent("https://news.example/radio/").partition("/")[2].partition(" ")[2]
    '(+https://news.example/radio/)'
    >>> user_agent("http://localhost:8000/").partition(" ")[2]
    ''
    """
    host = urlsplit(base_url).hostname or ""
    public = base_url.isascii() and "." in host and not host.replace(".", "").isdigit()
    return f"{TOKEN}/{__version__}" + (f" (+{base_url})" if public else "")


class Manners:
    """What is known of the sites asked so far.

    `pause_s` is the least pause between two requests to a host; `read` reads a robots.txt, and is None
    where the owner wants none to be asked for.
    """

    def __init__(self, stopwatch: Stopwatch, pause_s: float, read: Callable[[Address], bytes] | None) -> None:
        self._stopwatch, self._pause_s, self._read = stopwatch, pause_s, read
        self._rules: dict[str, Protego | FetchError] = {}
        self._last: dict[str, float] = {}

    def permit(self, address: Address) -> None:
        """Return if the site lets programs read this address; raises FetchError if not.

        A site without robots.txt (4xx) permits all. One that cannot be reached, or answers 429 or
        5xx, permits nothing, and what was wrong is the error.
        """
        if self._read is None:
            return
        if address.origin not in self._rules:
            self._rules[address.origin] = _rules(self._read, address)
        rules = self._rules[address.origin]
        if isinstance(rules, FetchError):
            if rules.where == f"{address.origin}{ROBOTS}" and not rules.status:
                raise FetchError(
                    rules.what, where=address.where, then=rules.then
                )  # nor would the page answer
            what = f"has a robots.txt that cannot be read: {rules.where} {rules.what}"
            raise FetchError(what, where=address.where, then=rules.then, status=rules.status)
        if not rules.can_fetch(address.url, TOKEN):
            what = "is not for programs, says the robots.txt of this site"
            then = "ask the site, or set robots = false under [fetch] in nashra.toml if it agreed"
            raise FetchError(what, where=address.where, then=then)

    def pause(self, address: Address) -> None:
        """Wait until the host may be asked again: our own pause, or the crawl-delay, at most 10 s."""
        rules = self._rules.get(address.origin)
        asked_s = None if rules is None or isinstance(rules, FetchError) else rules.crawl_delay(TOKEN)
        now = self._stopwatch.clock()
        since = self._last.get(address.host, -inf)
        early_s = since + max(self._pause_s, min(asked_s or 0.0, LONGEST_DELAY_S)) - now
        if early_s > 0:
            self._stopwatch.wait(early_s)
        self._last[address.host] = self._stopwatch.clock()


def _rules(read: Callable[[Address], bytes], address: Address) -> Protego | FetchError:
    from protego import Protego  # noqa: PLC0415 only where robots.txt is respected

    try:
        text = read(replace(address, target=ROBOTS, start=""))
    except FetchError as failure:
        if not 400 <= failure.status < 500 or failure.status == 429:
            return failure
        text = b""
    return Protego.parse(text.decode("utf-8-sig", "replace"))
