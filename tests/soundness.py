"""What holds of a station after every fault: it is sound, and nothing is left behind."""

from __future__ import annotations

import gc
import json
import os
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

if TYPE_CHECKING:
    from collections.abc import Iterator

SAFE = etree.XMLParser(resolve_entities=False, no_network=True)
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
SETTLES_S = 5
"""Seconds that what is ending may take to end."""


def sound_station(root: Path) -> list[str]:
    """Return what is wrong with a built station: its feed, its sounds, their tags, a file left over."""
    return [*_feed(root), *(f"left over: {name}" for name in left_over(root))]


def _feed(root: Path) -> Iterator[str]:
    feed = root / "feed" / "feed.xml"
    if not feed.is_file():
        yield "there is no feed"
        return
    channel = etree.parse(feed, SAFE).getroot()[0]
    base = channel.findtext("link").rpartition("feed/")[0]
    guids = [item.findtext("guid") for item in channel.iter("item")]
    if len(set(guids)) != len(guids):
        yield "two items have one guid"
    for item in channel.iter("item"):
        sound = item.find("enclosure")
        name = unquote(sound.get("url").removeprefix(base))
        path = root / name
        if path.parent.resolve() != (root / "audio").resolve() or not path.is_file():
            yield f"{name} is not there"
            continue
        if path.stat().st_size != int(sound.get("length")):
            yield f"{name} has another length than the feed says"
        read = MP3(path)
        if abs(read.info.length - int(item.findtext(f"{ITUNES}duration"))) > 1:
            yield f"{name} lasts {read.info.length} s"
        record = json.loads((root / "audio" / f"{path.stem.rpartition('-')[0]}.json").read_bytes())
        chapters = ID3(path).getall("CHAP")
        if len(chapters) != len(record["chapters"]):
            yield f"{name} has {len(chapters)} chapters, its record {len(record['chapters'])}"


def left_over(root: Path) -> list[str]:
    """Return the files of a station that were to be only for a moment."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.tmp"))


@contextmanager
def leaks_nothing(root: Path | None = None) -> Iterator[None]:
    """Hold a block to it: no process, thread, socket or temporary file of it outlives it."""
    before = _held()
    yield
    over = time.monotonic() + SETTLES_S
    while (left := _held() - before) and time.monotonic() < over:
        gc.collect()
        time.sleep(0.02)
    assert not left, left
    assert root is None or left_over(root) == []


def _held() -> set[str]:
    threads = {f"thread {thread.name} {thread.ident}" for thread in threading.enumerate()}
    files = {f"file {path}" for path in Path(tempfile.gettempdir()).glob("*nashra*")}
    return _processes() | _sockets() | threads | files


def _processes() -> set[str]:
    """Return our children, but for the one of the standard library's that is there for good."""
    found = set()
    for children in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        with suppress(OSError):
            for number in children.read_text().split():
                line = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if "resource_tracker" not in line:
                    found.add(f"process {number} {line}")
    return found


def _sockets() -> set[str]:
    found = set()
    for entry in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):
            kind = str(entry.readlink())
            if kind.startswith("socket:"):
                found.add(kind)
    return found
