"""The one door through which a host is asked: every address of its name is checked, one is connected to.

The check is made where the socket is opened, of the very address that is then used: a name that has
another address a moment later (DNS rebinding) gains nothing. Host, SNI and the certificate's name
stay those of the link.
"""

from __future__ import annotations

import socket
import ssl
from http.client import HTTPConnection
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from nashra.errors import ConfigurationError, FetchError
from nashra.fetching.addresses import PORTS, Address
from nashra.fetching.networks import inside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nashra.fetching.waiting import Stopwatch

    Resolve = Callable[[str, int], Sequence[str]]
    Dial = Callable[[str, int, float], socket.socket]

CONNECT_S = 5.0


def look_up(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, as the system knows them; raises OSError."""
    rows = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def dial(ip: str, port: int, seconds: float) -> socket.socket:
    """Return a socket that is connected to a numeric address; raises OSError."""
    return socket.create_connection((ip, port), seconds)


class Door:
    """Opens sockets to hosts that may be asked; `allowed` are (host, port) that may be inside, or odd."""

    def __init__(
        self,
        stopwatch: Stopwatch,
        allowed: frozenset[tuple[str, int]],
        resolve: Resolve,
        dial: Dial,
        authorities: str,
    ) -> None:
        self._stopwatch, self._allowed, self._resolve, self._dial = stopwatch, allowed, resolve, dial

        # A time-out alone begins anew with every byte: one byte a second held a reader for ever.
        class Plain(socket.socket):
            def recv_into(self, *where: Any, **how: Any) -> int:  # noqa: ANN401 passed on as it came
                self.settimeout(stopwatch.left_s())
                return super().recv_into(*where, **how)

        class Secure(ssl.SSLSocket):
            def recv_into(self, *where: Any, **how: Any) -> int:  # noqa: ANN401 passed on as it came
                self.settimeout(stopwatch.left_s())
                return super().recv_into(*where, **how)

        self._plain = Plain
        try:
            self._context = ssl.create_default_context(cafile=authorities or _authorities())
        except OSError as broken:
            what = f"holds no certificates of authorities: {broken.strerror}"
            raise ConfigurationError(what, where=authorities, then="name a file in PEM form") from broken
        self._context.set_alpn_protocols(["http/1.1"])
        self._context.sslsocket_class = Secure

    def open(self, address: Address) -> socket.socket:
        """Return a socket to the address's host, TLS verified; raises FetchError if it may not be asked.

        Raises OSError when it cannot be reached, and TimeoutError when the stopwatch says so.
        """
        may = (address.host, address.port) in self._allowed
        if not may and address.port not in PORTS.values():
            what = f"asks for port {address.port}, and web sites have 80 or 443"
            raise FetchError(what, where=address.where, then=_NAME_IT)
        found = self._addresses(address)
        if not may and any(map(inside, found)):
            raise FetchError("is an address inside this network", where=address.where, then=_NAME_IT)
        plain = self._connected(found, address.port)
        if address.scheme == "http":
            return plain
        try:
            plain.settimeout(self._stopwatch.left_s())
            return self._context.wrap_socket(plain, server_hostname=address.host)
        except BaseException:
            plain.close()
            raise

    def _addresses(self, address: Address) -> Sequence[str]:
        """Look a name up in a thread of its own, for the system's resolver knows no deadline of ours."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(address.host, address.port))
            except Exception as failure:  # noqa: BLE001 it is raised on the other side
                answers.put(failure)

        Thread(target=ask, daemon=True).start()
        try:
            found = answers.get(timeout=self._stopwatch.left_s())
        except Empty:
            raise TimeoutError("the host's name was not looked up in time") from None
        if isinstance(found, Exception):
            raise found
        if not found:
            raise socket.gaierror(f"{address.host} has no address")
        return found

    def _connected(self, found: Sequence[str], port: int) -> socket.socket:
        for place, ip in enumerate(found, 1):
            try:
                opened = self._dial(ip, port, min(CONNECT_S, self._stopwatch.left_s()))
                return self._plain(fileno=opened.detach())
            except OSError:
                if place == len(found):
                    raise
        raise AssertionError  # the last address was connected to, or raised


class Connection(HTTPConnection):
    """A host's kept connection: whenever it has to be made, it is made through the door."""

    def __init__(self, door: Door, address: Address) -> None:
        super().__init__(address.host, address.port)
        self.default_port = PORTS[address.scheme]
        self.address, self._door = address, door

    def connect(self) -> None:
        """Open the socket."""
        self.sock = self._door.open(self.address)


_NAME_IT = "name it under [fetch] allow in nashra.toml if that is meant"


def _authorities() -> str:
    import certifi  # noqa: PLC0415 only where none are given

    return str(certifi.where())
