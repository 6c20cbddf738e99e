"""HTTP by aiohttp: connections, time limits, bytes. What is answered is decided elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping  # noqa: TC003 fields of Edge
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from aiohttp import web

from nashra.serving.answering import FAILED, Answer, answer
from nashra.serving.asking import asked, path_of
from nashra.serving.shelf import Stood
from nashra.serving.telling import Told

if TYPE_CHECKING:
    from socket import socket

    from aiohttp.web_protocol import RequestHandler

    from nashra.serving.shelf import Shelf

_PIECE = 256 * 1024
"""Bytes read and sent at once: the memory that one download takes."""
_LAST_S = 1
"""Seconds that answers under way are given when the server ends."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What the engine needs of the world: the time (s since 1970), and somebody to tell of failures.

    `told` hears of every answer. `private` is what only programs of this machine are answered, by path.
    """

    clock: Callable[[], float]
    tell: Callable[[str], None]
    told: Callable[[Told], None] | None = None
    private: Mapping[str, Callable[[], Answer]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What strangers may take of the server.

    `head_s`: seconds in which the whole head of a request has to come, the first or the next; slow-loris
    sends it drop by drop. aiohttp sets that clock when a connection begins and after each answer, and no
    byte moves it.
    `stalled_s`: seconds, up to twice so many, after which a connection is ended whose client takes nothing of
    what waits for it. Players pause so, too, and ask for the rest when they want it.
    `most`: connections at once, a socket and a file each: macOS gives a process 256 of both.
    """

    head_s: float = 10
    stalled_s: float = 30
    most: int = 400


class Door(web.Server):
    """A server of a limited number of connections: a new one takes the place of the longest idle.

    So a thousand idle sockets keep nobody out. When all are busy, the new one is turned away.
    """

    def __init__(self, shelf: Shelf, beside: Mapping[str, Answer], limits: Limits, edge: Edge) -> None:
        quiet = logging.getLogger("nashra.serving")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False  # strangers' bytes are not for the owner's terminal
        super().__init__(
            self._handle,
            logger=quiet,
            access_log=None,
            keepalive_timeout=limits.head_s,
            lingering_time=0,
            max_line_size=8190,
            max_field_size=8190,
        )
        self._shelf, self._beside, self._limits, self._edge = shelf, beside, limits, edge
        self._busy: set[Any] = set()
        self._rested = asyncio.Event()
        self._sent: dict[Any, int] = {}

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        """Take a new connection in, or end it at once when there is no room.

        Counted here and not when the protocol is made: of a burst, all protocols are made first.
        """
        super().connection_made(handler, transport)
        pipes = {each: each.transport for each in self.connections}
        open_ = {each: pipe for each, pipe in pipes.items() if pipe and not pipe.is_closing()}
        if len(open_) > self._limits.most:
            idle = [pipe for each, pipe in open_.items() if each not in self._busy and each is not handler]
            # Of those that wait, first one that has taken all that it was sent.
            (min(idle, key=_owed) if idle else transport).abort()

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """Forget a connection."""
        super().connection_lost(handler, exc)
        self._sent.pop(handler, None)

    async def watch(self) -> None:
        """End the connections whose clients take nothing, until this is cancelled."""
        before: dict[Any, tuple[int, int]] = {}
        while True:
            await asyncio.sleep(self._limits.stalled_s)
            waiting = {
                each: each.transport.get_write_buffer_size() for each in self.connections if each.transport
            }
            now = {each: (size, self._sent.get(each, 0)) for each, size in waiting.items() if size}
            for each, state in now.items():
                if before.get(each) == state and each.transport:
                    each.transport.abort()
            before = now

    async def end(self) -> None:
        """Let answers under way come to their ends for a moment, then cut what is left."""
        self.pre_shutdown()  # no connection takes another request
        if self._busy:
            self._rested.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._rested.wait(), _LAST_S)
        for each in self.connections:
            if each.transport:
                each.transport.abort()
        await self.shutdown(_LAST_S)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self._busy.add(request.protocol)
        stood, given = self._decided(request)
        sent = 0

        def count(size: int) -> None:
            nonlocal sent
            sent += size

        try:
            return await self._send(request, given, stood, count)
        except ConnectionError:
            raise
        except OSError as broken:
            self._edge.tell(f"a file could not be read to its end: {broken.strerror}")
            raise _cut(request) from broken
        finally:
            if stood.file:
                stood.file.close()
            if self._edge.told:
                self._edge.told(_told(request, given.status, sent, self._edge.clock()))
            self._busy.discard(request.protocol)
            if not self._busy:
                self._rested.set()

    def _decided(self, request: web.BaseRequest) -> tuple[Stood, Answer]:
        """Return what lies under the path of a request, and the answer to it."""
        stood = Stood(None)
        try:
            question = asked(request.method, request.raw_path, request.headers)
            beside = self._beside_of(question.path or "", request)
            if beside is None:
                stood = self._shelf.find(question.path)
            return stood, beside or answer(question, stood.found, self._edge.clock())
        except Exception as broken:  # noqa: BLE001 whatever it is, the next request is answered
            why = broken.strerror if isinstance(broken, OSError) else f"{type(broken).__name__}: {broken}"
            self._edge.tell(f"a request was answered with 500: {why}")
            return stood, FAILED

    def _beside_of(self, path: str, request: web.BaseRequest) -> Answer | None:
        """Return what is served beside the station, None for what is not."""
        if request.method not in {"GET", "HEAD"}:
            return None
        private = self._edge.private.get(path)
        if private and _is_from_here(request):
            return private()
        return self._beside.get(path)

    async def _send(
        self, request: web.BaseRequest, given: Answer, stood: Stood, count: Callable[[int], None]
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=given.status, headers=(*given.headers, ("Server", "nashra")))
        await response.prepare(request)
        if request.method == "HEAD" or given.status in {204, 304}:
            return response
        if stood.file is None or given.words:
            body = stood.packed if given.packed else stood.plain
            whole = given.words or body[given.first : given.stop]
            await response.write_eof(whole)
            count(len(whole))
            return response
        stood.file.seek(given.first)
        left = given.stop - given.first
        while left:
            piece = stood.file.read(min(left, _PIECE))
            if not piece:  # the file was cut while it was sent
                raise _cut(request)
            left -= len(piece)
            await response.write(piece)
            count(len(piece))
            self._sent[request.protocol] = self._sent.get(request.protocol, 0) + len(piece)
        await response.write_eof()
        return response


def _cut(request: web.BaseRequest) -> ConnectionResetError:
    """End a connection in the midst of a body: one that ends in good order would look whole to some."""
    if request.transport:
        request.transport.abort()
    return ConnectionResetError()


_PROXIES = ("Forwarded", "X-Forwarded-For", "Via")


def _is_from_here(request: web.BaseRequest) -> bool:
    """Say whether a program of this machine asks, and not for somebody behind it, as web servers do."""
    if request.transport is None or any(name in request.headers for name in _PROXIES):
        return False
    client, own = (request.transport.get_extra_info(name) for name in ("peername", "sockname"))
    return bool(client and own) and (client[0] == own[0] or ip_address(client[0]).is_loopback)


def _told(request: web.BaseRequest, status: int, sent: int, now: float) -> Told:
    version = f"HTTP/{request.version.major}.{request.version.minor}"
    said = f"{request.method} {request.raw_path} {version}"
    path, agent = path_of(request.raw_path), request.headers.get("User-Agent", "")
    return Told(int(now), request.remote or "-", said, path, status, sent, agent)


def _owed(pipe: asyncio.Transport) -> bool:
    return pipe.get_write_buffer_size() > 0


async def serve(
    sockets: list[socket],
    door: Door,
    stop: asyncio.Event,
) -> None:
    """Answer requests on bound sockets until `stop` is set; then end within a few seconds."""
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(door, sock=each, backlog=512) for each in sockets]
    watching = loop.create_task(door.watch())
    try:
        await stop.wait()
    finally:
        watching.cancel()
        for server in servers:
            server.close()
        await door.end()
