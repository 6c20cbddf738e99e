"""I6: what stands beside the sound can be read, and no link leads nowhere."""

from __future__ import annotations

import json
import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from nashra.verifying.station import FEED
from nashra.verifying.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.verifying.station import Station

_LINK = re.compile(rb"\s(?:href|src)=[\"']([^\"'#?]+)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class _Kind(NamedTuple):
    begins: re.Pattern[bytes]
    ends: re.Pattern[bytes]
    whole: re.Pattern[bytes] = re.compile(b"(?s).*")


_VTT = rb"WEBVTT[^\n]*\n"
_CUE = rb"(?:\d+:)?\d\d:\d\d[.,]\d{3} --> (?:\d+:)?\d\d:\d\d[.,]\d{3}[^\n]*\n(?:[^\n]+\n)+"
_KINDS = {
    "json": _Kind(re.compile(rb"\s*[\[{]"), re.compile(rb"[\]}]\s*\Z")),
    "html": _Kind(re.compile(rb"(?i)\s*<!doctype html"), re.compile(rb"(?i)</html>\s*\Z")),
    "vtt": _Kind(
        re.compile(rb"WEBVTT\n"),
        re.compile(rb"[^\n]\n\Z"),
        re.compile(_VTT + rb"(?:\n" + _CUE + rb")*"),
    ),
    "srt": _Kind(
        re.compile(rb"1\n"),
        re.compile(rb"[^\n]\n\Z"),
        re.compile(rb"\d+\n" + _CUE + rb"(?:\n\d+\n" + _CUE + rb")*"),
    ),
}
"""How files of each kind begin and end, and their whole form.

One that was cut, or that a power cut filled with zeros, does not end so.
"""


def beside(station: Station) -> Iterator[Violation]:
    """I6: Find transcripts and chapters that the feed names and nobody has."""
    for where, item in station.items():
        for address, _type in item.beside:
            path = station.path_of(address)
            if path not in station.disk.files:
                yield Violation("I6", where, f"names {path or address}, which is not there")


def readable(station: Station) -> Iterator[Violation]:
    """I6: Find files that do not begin and end as their kind does, and deep, those that no program reads."""
    for path, stat in station.disk.files.items():
        kind = _KINDS.get(path.rpartition(".")[2])
        if kind is None or not path.startswith("feed/") or not stat.is_plain:
            continue
        first, last = station.disk.ends(path)
        fault = ""
        if not (kind.begins.match(first) and kind.ends.search(last)):
            fault = "is cut short, or is no such file"
        elif station.deep:
            fault = _unread(kind, station.disk.read(path))
        if fault:
            yield Violation("I6", path, fault)


def _unread(kind: _Kind, raw: bytes) -> str:
    try:
        raw.decode("utf-8")
        if kind is _KINDS["json"]:
            json.loads(raw)
    except (ValueError, RecursionError) as broken:
        return f"cannot be read: {broken}"
    return "" if kind.whole.fullmatch(raw) else "has a caption that no app understands"


def links(station: Station) -> Iterator[Violation]:
    """I6: Find links of pages behind which no file of the station lies.

    Before the first feed nobody was promised a page, and pages and feed link to one another.
    """
    if FEED not in station.disk.files:
        return
    for page, stat in station.disk.files.items():
        if not (page.startswith("feed/") and page.endswith(".html") and stat.is_plain):
            continue
        folder = posixpath.dirname(page)
        for link in sorted(set(_LINK.findall(station.disk.read(page)))):
            address = unescape(link.decode("utf-8", "replace"))
            if _SCHEME.match(address):
                path = station.path_of(address) if station.base and address.startswith(station.base) else None
            else:
                path = posixpath.normpath(posixpath.join(folder, unquote(address)))
            if path and path not in station.disk.files:
                yield Violation("I6", page, f"leads to {path[:120]}, which is not there")
