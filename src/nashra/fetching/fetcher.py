"""Reads addresses, one at a time: from hop to hop, each checked, asked politely, and tried again."""

from __future__ import annotations

import zlib
from http.client import HTTPException
from typing import TYPE_CHECKING, Self

from nashra.errors import FetchError
from nashra.fetching import addresses, answer, outcome
from nashra.fetching.answer import Fetched
from nashra.fetching.connection import Connection, Door, dial, look_up
from nashra.fetching.limits import LIMITS, TYPES, refusal
from nashra.fetching.manners import PAUSE_S, Manners
from nashra.fetching.waiting import PassingError, Stopwatch, before_next

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.client import HTTPResponse

    from nashra.fetching.addresses import Address
    from nashra.fetching.connection import Dial, Resolve
    from nashra.fetching.limits import Kind, Limits

KEPT = 8
"""Connections at a time."""
REDIRECTS = {301, 302, 303, 307, 308}


class Fetcher:
    """Reads addresses of the web over kept connections; for one thread.

    `allowed_hosts` (`host` or `host:port`) may be inside this network. `clock` is monotonic, in
    seconds; `jitter` gives 0 to 1. `resolve` turns a host and port into numeric addresses, `dial` one
    of them into a socket. `authorities` is a file of certificates to trust instead of certifi's.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        jitter: Callable[[], float],
        allowed_hosts: frozenset[str] = frozenset(),
        robots: bool = True,
        authorities: str = "",
        resolve: Resolve = look_up,
        dial: Dial = dial,
        limits: Mapping[str, Limits] = LIMITS,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._stopwatch = Stopwatch(clock, sleep)
        self._door = Door(self._stopwatch, addresses.named(allowed_hosts), resolve, dial, authorities)
        self._manners = Manners(self._stopwatch, pause_s, self._read_robots if robots else None)
        self._user_agent, self._jitter, self._limits = user_agent, jitter, limits
        self._connections: dict[str, Connection] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections.values():
            connection.close()

    def get(self, url: str, *, accept: Kind, etag: str = "", last_modified: str = "") -> Fetched:
        """Return what is at an address, or that it is what `etag` and `last_modified` were given with.

        Raises FetchError for an address that may not be asked, and for an answer that is no such kind,
        too long, too slow, or no success.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sendable = {
            name: text for name, text in known.items() if text.isascii() and text.isprintable() and text
        }
        return self._follow(addresses.parse(url), accept, sendable)

    def _read_robots(self, address: Address) -> bytes:
        return self._follow(address, "robots", {}).body

    def _follow(self, address: Address, kind: str, known: Mapping[str, str]) -> Fetched:
        hops, seen = self._limits[kind].hops, {address}
        with self._stopwatch.limited(self._limits[kind].seconds):
            for _hop in range(hops + 1):
                if kind != "robots":
                    self._manners.permit(address)
                found = self._ask(address, kind, known)
                if isinstance(found, Fetched):
                    return found
                address = found
                if address in seen:
                    then = "open it in a browser, and give the link where it ends"
                    raise FetchError("leads in a circle", where=address.start, then=then)
                seen.add(address)
        what, then = f"leads on more than {hops} times", "give the link of the page itself"
        raise FetchError(what, where=address.start, then=then)

    def _ask(self, address: Address, kind: str, known: Mapping[str, str]) -> Fetched | Address:
        attempt = 1
        while True:
            self._manners.pause(address)
            try:
                return self._exchange(address, kind, known)
            except PassingError as failure:
                self._stopwatch.wait(before_next(failure, attempt, self._jitter))
                attempt += 1

    def _exchange(self, address: Address, kind: str, known: Mapping[str, str]) -> Fetched | Address:
        """Send one request; return what came, or where it leads."""
        connection = self._connection(address)
        kept, whole = connection.sock is not None, False
        headers = {"User-Agent": self._user_agent, "Accept-Encoding": "gzip", **known}
        headers["Accept"] = ", ".join((*TYPES[kind], "*/*;q=0.1"))
        try:
            connection.request("GET", address.target, headers=headers)
            with connection.getresponse() as response:
                found = self._understood(response, address, kind, conditional=bool(known))
                whole = response.isclosed()
        except FetchError:
            raise
        except (OSError, HTTPException, zlib.error, ValueError) as failure:
            raise outcome.failure(failure, address, kept=kept) from failure
        else:
            return found
        finally:
            if not whole:  # what was not read would be taken for the next answer
                connection.close()

    def _connection(self, address: Address) -> Connection:
        """Return the site's kept connection, or a new one in place of the one that was longest unused."""
        connection = self._connections.pop(address.origin, None) or Connection(self._door, address)
        connection.address = address
        self._connections[address.origin] = connection
        if len(self._connections) > KEPT:
            self._connections.pop(next(iter(self._connections))).close()
        return connection

    def _understood(
        self, response: HTTPResponse, address: Address, kind: str, *, conditional: bool
    ) -> Fetched | Address:
        headers = response.headers
        media, charset = answer.media(headers.get("Content-Type", ""))
        body = b""
        if response.status == 304 and conditional:
            response.close()
        elif response.status in REDIRECTS and "Location" in headers:
            return addresses.onward(address, headers["Location"])
        else:
            outcome.check_status(response, address)
            what, then = refusal(kind, media)
            if what:
                raise FetchError(what, where=address.where, then=then, status=response.status)
            body = answer.body(response, self._limits[kind], address.where)
        etag, last_modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
        return Fetched(address.url, response.status, media, charset, body, etag, last_modified)
