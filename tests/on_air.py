"""What a listener's app would find at a target, used after every fault; and a target that is served."""

from __future__ import annotations

import hashlib
import re
import shutil
import socket
import threading
from base64 import b64encode
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import requests
from lxml import etree

from nashra.errors import FetchError
from nashra.fetching.answer import Fetched
from nashra.fetching.limits import TYPES

BASE = "https://radio.example/"
FEED = "feed/feed.xml"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"


def nowhere(look_up):
    """Return what looks hosts up as `look_up` does, and knows no radio.example."""

    def looked_up(host, *arguments, **named):
        if b"radio.example" in (host if isinstance(host, bytes) else str(host).encode()):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *arguments, **named)

    return looked_up


def broken(objects: dict[str, bytes]) -> list[str]:
    """Return what is wrong with the feed there: it is whole, and all that it names is there and whole."""
    raw = objects.get(FEED)
    if raw is None:
        return []
    try:
        root = etree.fromstring(raw)
    except etree.XMLSyntaxError as wrong:
        return [f"the feed is no XML: {wrong}"]
    found = []
    for address in re.findall(rb'"(https://radio\.example/[^"]+)"', raw):
        name = address.decode().removeprefix(BASE)
        if name not in objects:
            found.append(f"{name} is listed and not there")
    for item in root.iter("item"):
        enclosure = item.find("enclosure")
        sound = objects.get(enclosure.get("url").removeprefix(BASE), b"")
        if len(sound) != int(enclosure.get("length")):
            found.append(f"{enclosure.get('url')} has another length")
        integrity = item.find(f"{_PODCAST}alternateEnclosure/{_PODCAST}integrity").get("value")
        if integrity != f"sha256-{b64encode(hashlib.sha256(sound).digest()).decode()}":
            found.append(f"{enclosure.get('url')} has other bytes")
    return found


class Quiet(SimpleHTTPRequestHandler):
    """A web server of a folder, with the media types that a host gives."""

    extensions_map = {  # noqa: RUF012 the standard library's own way
        **SimpleHTTPRequestHandler.extensions_map,
        ".mp3": "audio/mpeg",
        ".xml": "application/rss+xml",
    }

    def log_message(self, *_):
        pass


class Fetch:
    """What reads https://radio.example/ from a server on loopback, and notes what was asked for."""

    def __init__(self, base):
        self.base, self.asked = base, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def get(self, address, *, accept):
        assert accept in TYPES
        path = address.removeprefix("https://radio.example/")
        self.asked.append(path)
        answer = requests.get(self.base + path, timeout=30)
        if answer.status_code != 200:
            raise FetchError("no", where=address, status=answer.status_code)
        return Fetched(address, 200, "", "", answer.content, "", "")


@contextmanager
def served(www):
    """Serve a folder on loopback as https://radio.example/; give what reads it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=www))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Fetch(f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def assert_same_feed(files, fresh, station):
    """Compare what two stations' builds made; what stands beside earlier sound only one may have."""
    back, was = files(fresh / "feed"), files(station / "feed")
    assert back.items() <= was.items()
    assert {name.partition("/")[0] for name in was.keys() - back.keys()} <= {"chapters", "transcripts"}


def fresh_checkout(station, fresh):
    """Return a copy of a station as version control has it without records; its covers take too long."""
    for folder in ("audio", "feed"):
        (fresh / folder).mkdir(parents=True)
    shutil.copy(station / "nashra.toml", fresh)
    for kept in ("articles", ".nashra/tashkeel", ".nashra/pictures"):
        shutil.copytree(station / kept, fresh / kept)
    return fresh
