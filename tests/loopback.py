"""Our own server on loopback, in a thread, and clients that speak HTTP letter by letter."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from nashra import station
from nashra.serving import binding, engine
from nashra.serving.listing import Listing
from nashra.serving.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 20
"""Seconds after which a test that hangs ends."""


class Got(NamedTuple):
    """An answer: its status, headers by name in small letters, body as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


class Served:
    """A station behind our server: `told` is what its owner was told of failures."""

    def __init__(self, port: int, door: engine.Door, told: list[str]):
        self.port, self.door, self.told = port, door, told
        self.address = f"http://127.0.0.1:{port}/"

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE)

    def raw(self, letters: bytes) -> bytes:
        """Send these letters and nothing more; return what comes until the server is done with us."""
        with self.connect() as client:
            client.sendall(letters)
            return read_all(client)

    def get(self, target: str, method: str = "GET", **headers: str) -> Got:
        """Ask for a target exactly as it is written; in names of headers `_` stands for `-`."""
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        with self.connect() as client:
            client.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
            return got(read_all(client))


def read_all(client: socket.socket) -> bytes:
    found = b""
    try:
        while piece := client.recv(1 << 20):
            found += piece
    except ConnectionResetError:
        pass
    return found


def got(letters: bytes) -> Got:
    head, _, body = letters.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Got(int(first.split()[1]), {name.lower(): value for name, value in headers.items()}, body)


@contextmanager
def served(folder, change=None, beside=None, *, since=0, port=0, told=None, private=None, **limits):
    """Serve the station in a folder while the block runs; `told` hears of every answer."""
    (bound,) = binding.bound("127.0.0.1", port)
    failures: list[str] = []
    ready: list[tuple] = []
    began = threading.Event()

    async def live() -> None:
        shelf = Shelf(folder, Listing(station.load(folder), time.time_ns), change, since=since)
        edge = engine.Edge(time.time, failures.append, told, private or {})
        door = engine.Door(shelf, beside or {}, engine.Limits(**limits), edge)
        stop = asyncio.Event()
        ready.append((asyncio.get_running_loop(), stop, door))
        began.set()
        await engine.serve([bound], door, stop)

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    assert began.wait(PATIENCE)
    loop, stop, door = ready[0]
    try:
        yield Served(bound.getsockname()[1], door, failures)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)
        assert not thread.is_alive()


def sound_of(folder: Path, slug: str = "harbour") -> str:
    return json.loads((folder / "audio" / f"{slug}.json").read_bytes())["media"]["file"]


def until(true) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
