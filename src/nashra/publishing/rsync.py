"""A folder behind SSH, carried by the program rsync: a pass for each group, the feed in the last.

rsync itself writes each file beside its name and renames it. Its `--delay-updates`, which renames all of a
pass at the end, is not used: on a full disk it leaves its folders `.~tmp~` there. After each pass a second
one compares checksums.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from nashra.errors import PublishingError
from nashra.publishing.programs import run
from nashra.publishing.ssh import Shared
from nashra.publishing.target import Found, RemoteChangedError, arrived_otherwise
from nashra.store import read, storing, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from nashra.publishing.address import Address
    from nashra.publishing.items import Item
    from nashra.publishing.target import Told

_AGAIN = "check address, key and disk space there, then run the same command again"
_SSH = "ssh -oBatchMode=yes -oConnectTimeout=20"  # a question would wait for ever
_NOTHING_THERE = 23
"""What rsync ends with when what it is to read is not there (or not all of it could be read)."""
_VANISHED = 24
"""And when a folder of what it is to delete is not here."""


class Server:
    """A folder of a server as a target; `station` has the items' files, `scratch` is for the rest."""

    def __init__(
        self, address: Address, station: Path, scratch: Path, environment: Mapping[str, str]
    ) -> None:
        self.where = address.where
        host = f"[{address.host}]" if ":" in address.host else address.host
        user = f"{address.user}@" if address.user else ""
        self._remote = f"{user}{host}:{address.path.rstrip('/') or '/'}/"
        self._station, self._scratch = station, scratch
        port = f" -p {address.port}" if address.port else ""
        shell = environment.get("RSYNC_RSH") or _SSH
        self._login = f"{user}{address.host}"
        self._connection = Shared(f"{shell}{port}")  # a publication is some 15 passes
        self._environment = {**environment, "RSYNC_RSH": self._connection.shell, "LC_ALL": "C"}
        self._differing: frozenset[str] | None = None

    def files(self) -> dict[str, Found]:
        """Return what is there; nothing where the folder is still to be made."""
        done = self._rsync("--recursive", "--list-only", "--no-human-readable", self._remote, absent=True)
        found = {}
        for line in done.splitlines():
            mode, size, _date, _time, name = line.split(maxsplit=4)
            if mode.startswith("-"):
                found[name] = Found(int(size))
        return found

    def alike(self, item: Item, found: Found) -> bool:
        """Tell by size, and by the checksums that both sides work out, all files in one pass."""
        if found.size != item.size:
            return False
        if item.path is None:
            there = self.read(item.name)
            return there is not None and there[0] == item.data
        if self._differing is None:
            everything = (self._station / folder for folder in ("audio", "feed"))
            paths = (path for folder in everything for path in sorted(folder.rglob("*")))
            names = [path.relative_to(self._station).as_posix() for path in paths]
            self._differing = self._differ(self._station, names)
        return item.name not in self._differing

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return a file and, as its tag, its bytes' own hash."""
        local = self._scratch / "read" / name
        with storing(PublishingError, str(local)):
            local.unlink(missing_ok=True)
            local.parent.mkdir(parents=True, exist_ok=True)
            self._rsync(f"{self._remote}{name}", str(local), absent=True)
            raw = read(local)
        return None if raw is None else (raw, _tag(raw))

    def warnings(self, _items: Sequence[Item]) -> tuple[str, ...]:
        """Return nothing: it takes files of any size."""
        return ()

    def send(self, items: Sequence[Item], told: Told) -> None:
        """Carry items in one pass, and compare checksums in a second."""
        for folder, group in self._by_folder(items):
            names = [item.name for item in group]
            self._rsync(
                *("--files-from=-", "--from0", "--checksum", "--mkpath", "--chmod=D755,F644"),
                *(f"{folder}/", self._remote),
                given="\0".join(names).encode(),
            )
            wrong = self._differ(folder, names)
            if wrong:
                raise arrived_otherwise(min(wrong), self.where)
            for item in group:
                told(item, "")

    def replace(self, item: Item, tag: str | None) -> str:
        """Carry it if what is there, read again just before, has the tag: SSH has no better condition."""
        found = self.read(item.name)
        if (found[1] if found else None) != tag:
            raise RemoteChangedError(f"{self.where}/{item.name}")
        self.send((item,), lambda _item, _tag: None)
        return ""

    def redirect(self, _moved: Mapping[str, str]) -> None:
        """Do nothing: the earlier files stay, and answer as they did."""

    def remove(self, names: Sequence[str]) -> None:
        """Delete files: what is named and not in an empty folder here."""
        empty = self._scratch / "empty"
        with storing(PublishingError, str(empty)):
            empty.mkdir(parents=True, exist_ok=True)
        self._rsync(
            *("--files-from=-", "--from0", "--no-implied-dirs", "--delete-missing-args"),
            *(f"{empty}/", self._remote),
            given="\0".join(names).encode(),
            fine=frozenset({0, _VANISHED}),
        )

    def finish(self) -> None:
        """Do nothing: every pass counted when it ended."""

    def close(self) -> None:
        """End the connection that all passes shared."""
        self._connection.close(self._login, self.where, self._environment)

    def _by_folder(self, items: Sequence[Item]) -> Iterable[tuple[Path, list[Item]]]:
        """Give the items by the folder that holds their files, what is none written down first."""
        ours = [item for item in items if item.path is not None]
        others = [item for item in items if item.path is None]
        made = self._scratch / "made"
        for item in others:
            with storing(PublishingError, item.name):
                write(made / item.name, item.data, durable=False)
        return [each for each in ((self._station, ours), (made, others)) if each[1]]

    def _differ(self, folder: Path, names: Sequence[str]) -> frozenset[str]:
        """Return the files whose checksum there is another, or that are not there."""
        told = self._rsync(
            *("--files-from=-", "--from0", "--checksum", "--dry-run", "--out-format=%n", "--mkpath"),
            *(f"{folder}/", self._remote),
            given="\0".join(names).encode(),
        )
        return frozenset(line for line in told.splitlines() if not line.endswith("/"))

    def _rsync(
        self,
        *arguments: str,
        given: bytes = b"",
        absent: bool = False,
        fine: frozenset[int] = frozenset({0}),
    ) -> str:
        done = run(
            ("rsync", "--protect-args", *arguments),
            where=self.where,
            then=_AGAIN,
            environment=self._environment,
            given=given,
            fine=fine | {_NOTHING_THERE} if absent else fine,
        )
        said = done.stderr.decode("utf-8", "replace")
        if done.returncode == _NOTHING_THERE and "No such file or directory" not in said:
            raise PublishingError(f"rsync: {said.splitlines()[0][:200]}", where=self.where, then=_AGAIN)
        return done.stdout.decode("utf-8", "replace")


def _tag(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
