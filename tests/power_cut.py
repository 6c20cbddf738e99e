"""What a disk may hold after the power failed: a build's calls are watched, and what was not synced is lost.

The model is the strictest that a file system which honours fsync allows. A file's bytes are sure once it was
fsynced; without that they may be gone, cut short, or there. A name is sure once its folder was fsynced;
without that each change of it, made or replaced or removed, may have come to the disk or not.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import crashing

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

_CALLS = "open,openat,write,fsync,rename,unlink,mkdir"
_BEGUN = re.compile(r"^(\d+) +(\w+)\((.*?)(?: <unfinished \.\.\.>)?$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(.*)$")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^\d+<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """A call that changed the station: what, its path from there, another path or the bytes written."""

    kind: str
    path: str
    other: str = ""
    data: bytes = b""


def watched(scenario: crashing.Scenario, work: Path) -> tuple[Call, ...]:
    """Return what a scenario's build asked of the system about its station, in order."""
    crashing.copied(scenario, work)
    log = work.with_suffix(".calls")
    strace = ("strace", "-f", "-y", "-qq", "-xx", "-s", "16777216", "-e", f"trace={_CALLS}", "-o", str(log))
    ran = crashing.struck(work, (*strace, *scenario.line(work)))
    assert ran.returncode == 0, ran.stderr
    with log.open(encoding="ascii", errors="replace") as lines:
        return tuple(call for call in map(_call(str(work)), _whole(lines)) if call)


def _whole(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Give each call's name and the rest of its line; two threads' lines that were mixed are put together."""
    begun: dict[str, str] = {}
    for line in lines:
        resumed = _RESUMED.match(line)
        if resumed:
            yield resumed[2], begun.pop(resumed[1], "") + resumed[3]
            continue
        call = _BEGUN.match(line.rstrip("\n"))
        if call and line.rstrip().endswith("<unfinished ...>"):
            begun[call[1]] = call[3]
        elif call:
            yield call[2], call[3]


def _call(root: str):
    def inside(path: str) -> str:
        return path.removeprefix(f"{root}/") if path.startswith((f"{root}/audio", f"{root}/feed")) else ""

    def call(found: tuple[str, str]) -> Call | None:  # noqa: PLR0911 one for each kind
        name, said = found
        if re.search(r"= -1 E\w+", said[-80:]):
            return None
        texts = [bytes.fromhex(each.replace("\\x", "")) for each in _QUOTED.findall(said)]
        handle = _FILE.match(said)
        where = inside(bytes.fromhex(handle[1].replace("\\x", "")).decode()) if handle else ""
        if name == "write" and where:
            return Call("write", where, data=texts[0])
        if name == "fsync" and where:
            return Call("fsync", where)
        named = [inside(each.decode("utf-8", "replace")) for each in texts]
        if name in {"open", "openat"} and "O_CREAT" in said and named[0]:
            return Call("make", named[0])
        if name == "rename" and all(named):
            return Call("rename", named[0], named[1])
        if name in {"unlink", "mkdir"} and named[0]:
            return Call(name, named[0])
        return None

    return call


@dataclass
class Disk:
    """Files as processes see them and as the platters hold them, by a number of their own.

    `names` is what is sure of each folder's names; `pending` the changes of names since, in order.
    """

    files: dict[int, bytes] = field(default_factory=dict)
    sure: dict[int, bytes] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    pending: list[tuple[dict[str, int | None]]] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path) -> Disk:
        """Return the disk on which a station has lain long enough to be sure."""
        disk = cls()
        for number, path in enumerate(sorted(each for each in root.rglob("*") if each.is_file())):
            name = path.relative_to(root).as_posix()
            if name.startswith(("audio/", "feed/")):
                disk.files[number] = disk.sure[number] = path.read_bytes()
                disk.seen[name] = disk.names[name] = number
        return disk

    def apply(self, call: Call) -> None:
        """Do what a call did."""
        if call.kind == "make":
            number = len(self.files)
            self.files[number] = b""
            self.seen[call.path] = number
            self.pending.append(({call.path: number},))
        elif call.kind == "write":
            self.files[self.seen[call.path]] += call.data
        elif call.kind == "fsync" and call.path in self.seen:
            number = self.seen[call.path]
            self.sure[number] = self.files[number]
        elif call.kind == "fsync":
            self._sync(call.path)
        elif call.kind == "rename":
            number = self.seen.pop(call.path)
            self.seen[call.other] = number
            self.pending.append(({call.path: None, call.other: number},))
        elif call.kind == "unlink" and call.path in self.seen:
            del self.seen[call.path]
            self.pending.append(({call.path: None},))

    def _sync(self, folder: str) -> None:
        here = [each for each in self.pending if all(os.path.dirname(path) == folder for path in each[0])]  # noqa: PTH120 paths of a model
        self.pending = [each for each in self.pending if each not in here]
        for (changes,) in here:
            _change(self.names, changes)

    def after(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files that lie there when the power is back: one of all that may be."""
        names = dict(self.names)
        for (changes,) in self.pending:
            if chance.random() < 0.5:
                _change(names, changes)
        return {name: self._content(number, chance) for name, number in names.items()}

    def _content(self, number: int, chance: random.Random) -> bytes:
        whole = self.files[number]
        if self.sure.get(number) == whole:
            return whole
        return chance.choice((self.sure.get(number, b""), whole[: len(whole) // 2], whole))


def _change(names: dict[str, int], changes: dict[str, int | None]) -> None:
    for name, number in changes.items():
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number


def disks(scenario: crashing.Scenario, work: Path, chance: random.Random, each: int) -> Iterator[str]:
    """Put into `work` what may be left of a build when the power fails, at each call `each` times.

    Gives the call's name while the station lies there to be judged. The cache is left out: it may be lost.
    """
    calls = watched(scenario, work)
    disk = Disk.of(scenario.start)
    for number, call in enumerate(calls):
        disk.apply(call)
        for time in range(each):
            _lay(disk.after(chance), scenario, work)
            yield f"{scenario.name}, call {number} of {len(calls)} ({call.kind} {call.path}), disk {time}"


def _lay(files: dict[str, bytes], scenario: crashing.Scenario, work: Path) -> None:
    crashing.copied(scenario, work)
    for folder in ("audio", "feed"):
        for path in sorted((work / folder).rglob("*"), reverse=True) if (work / folder).is_dir() else ():
            path.rmdir() if path.is_dir() else path.unlink()
    for name, data in files.items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
