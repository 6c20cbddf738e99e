"""A branch of a git repository, for static pages hosts: one commit, pushed on top of what is there.

Nothing is checked out: the commit is put together from git's own objects. With the name of a remote the
station's own repository is used, and with it the credentials that work there; with an address, one in the
station's cache.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from nashra.errors import PublishingError
from nashra.publishing.address import ADVICE
from nashra.publishing.items import MEDIA, made
from nashra.publishing.programs import run
from nashra.publishing.target import Found, RemoteChangedError, arrived_otherwise
from nashra.setting_rules import has_secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from nashra.publishing.address import Address
    from nashra.publishing.items import Item
    from nashra.publishing.target import Told

FILE_BYTES = 100_000_000
"""What GitHub refuses in one file (MB of 10^6 to be on the safe side); others take a little more."""
SITE_BYTES = 1_000_000_000
"""What GitHub Pages asks a site to stay under."""

_EMPTY = ".nojekyll"
"""Without it GitHub Pages sends a site through a program that drops files."""
_AGAIN = "run the same command again: nothing of it counts before all is there"


class Branch:
    """A branch as a target; a tag is the id of a blob. `finish` makes the commit and pushes it."""

    def __init__(
        self, address: Address, root: Path, cache: Path, environment: Mapping[str, str], now: datetime
    ) -> None:
        self.where = address.where
        self._branch, self._remote = address.branch, address.host
        stamp = f"{int(now.timestamp())} +0000"
        self._environment = {
            "GIT_SSH_COMMAND": "ssh -oBatchMode=yes",  # a question would wait for ever
            **environment,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_DATE": stamp,
            "LC_ALL": "C",
        }
        if re.fullmatch(r"[\w.-]+", self._remote) and not (root / self._remote).exists():
            self._git_dir = self._own(root)
        else:
            self._git_dir = str(cache / "publish.git")
            self._git("init", "--quiet", "--bare", self._git_dir, inside=False)
            self._remote = address.host if ":" in address.host else str((root / address.host).resolve())
        self._name_author()
        self._parent = self._fetched()
        self._blobs = self._tree() if self._parent else {}
        self._before = dict(self._blobs)

    def files(self) -> dict[str, Found]:
        """Return what is on the branch."""
        sizes = self._sizes()
        return {name: Found(sizes[name], blob) for name, blob in self._blobs.items() if name in sizes}

    def alike(self, item: Item, found: Found) -> bool:
        """Tell by the id of the blob, which is a hash of its bytes."""
        return found.size == item.size and found.tag == _blob(item.content())

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return a file of the branch and the id of its blob."""
        blob = self._blobs.get(name)
        return (self._git("cat-file", "blob", blob), blob) if blob else None

    def send(self, items: Sequence[Item], told: Told) -> None:
        """Put items among the objects here; they go with the commit."""
        for item in items:
            data = item.content()
            blob = self._git("hash-object", "-w", "--stdin", given=data).decode().strip()
            if blob != _blob(data):
                raise arrived_otherwise(item.name, self.where)
            self._blobs[item.name] = blob
            told(item, blob)

    def replace(self, item: Item, tag: str | None) -> str:
        """Put it among the objects if the branch had that; the push itself is conditional."""
        if self._blobs.get(item.name) != tag:
            raise RemoteChangedError(f"{self.where}/{item.name}")
        self.send((item,), lambda _item, _tag: None)
        return self._blobs[item.name]

    def redirect(self, _moved: Mapping[str, str]) -> None:
        """Do nothing: the earlier files stay, and answer as they did."""

    def remove(self, names: Sequence[str]) -> None:
        """Leave files out of the commit."""
        for name in names:
            self._blobs.pop(name, None)

    def finish(self) -> None:
        """Commit, and push on top of what was there, never over it; then ask what is there now."""
        if not self._before:
            self.send((made(_EMPTY, b""),), lambda _item, _tag: None)
        if self._blobs == self._before:
            return
        commit = self._commit()
        reference = f"refs/heads/{self._branch}"
        try:
            self._git("push", "--quiet", self._remote, f"{commit}:{reference}")
        except PublishingError as refused:
            if self._there() not in {self._parent, commit}:
                raise RemoteChangedError(self.where) from refused
            raise
        if self._there() != commit:
            raise arrived_otherwise(reference, self.where)

    def warnings(self, items: Sequence[Item]) -> tuple[str, ...]:
        """Return what a pages host may refuse about the station, before anything is sent."""
        found = [
            f"{item.name} has {item.size // 1_000_000} MB: GitHub takes less than {FILE_BYTES // 1_000_000}"
            for item in items
            if item.size >= FILE_BYTES
        ]
        whole = sum({**self._sizes(), **{item.name: item.size for item in items}}.values())
        if whole >= SITE_BYTES:
            media = sum(item.size for item in items if item.rule.group == MEDIA)
            what = f"the site has {whole // 1_000_000} MB ({media // 1_000_000} MB of listed sound)"
            found.append(f"{what}: GitHub Pages takes {SITE_BYTES // 1_000_000} MB; a bucket takes more")
        return tuple(found)

    def close(self) -> None:
        """Do nothing: objects that no commit has are git's to sweep."""

    def _own(self, root: Path) -> str:
        """Return the git folder of the station's repository, which must know the remote."""
        git_dir = self._git("-C", str(root), "rev-parse", "--absolute-git-dir", inside=False).decode().strip()
        url = self._git("-C", str(root), "remote", "get-url", self._remote, inside=False).decode().strip()
        if has_secret(url):
            raise PublishingError("its address has a secret in it", where=self.where, then=ADVICE)
        return git_dir

    def _name_author(self) -> None:
        for role in ("AUTHOR", "COMMITTER"):
            try:
                self._git("var", f"GIT_{role}_IDENT")
            except PublishingError:
                self._environment |= {f"GIT_{role}_NAME": "Nashra", f"GIT_{role}_EMAIL": "nashra@localhost"}

    def _there(self) -> str:
        """Return the commit that the branch has now, empty where there is no such branch."""
        told = self._git("ls-remote", self._remote, f"refs/heads/{self._branch}").decode()
        return told.partition("\t")[0].strip()

    def _fetched(self) -> str:
        commit = self._there()
        if commit:
            self._git("fetch", "--quiet", "--no-tags", "--depth=1", self._remote, commit)
        return commit

    def _tree(self) -> dict[str, str]:
        return {name: blob for name, (blob, _size) in self._listed().items()}

    def _sizes(self) -> dict[str, int]:
        return {name: size for name, (_blob, size) in self._listed().items()} if self._parent else {}

    def _listed(self) -> dict[str, tuple[str, int]]:
        """Return blob and bytes of every file of the branch; links and submodules are nobody's business."""
        found = {}
        for row in self._git("ls-tree", "-r", "-z", "-l", self._parent).split(b"\0"):
            facts, tab, name = row.partition(b"\t")
            if tab:
                mode, kind, blob, size = facts.split()
                if kind == b"blob" and mode.startswith(b"100"):
                    found[name.decode("utf-8", "surrogateescape")] = (blob.decode(), int(size))
        return found

    def _commit(self) -> str:
        """Return a commit of the branch's own tree with our changes, in an index of its own."""
        index = f"{self._git_dir}/nashra-publish.index"
        environment = {**self._environment, "GIT_INDEX_FILE": index}
        self._git("read-tree", *([self._parent] if self._parent else ["--empty"]), environment=environment)
        rows = [
            f"100644 {blob}\t{name}" if blob else f"0 {'0' * 40}\t{name}"
            for name in sorted(self._before.keys() | self._blobs.keys())
            for blob in (self._blobs.get(name, ""),)
            if blob != self._before.get(name, "")
        ]
        told = "".join(f"{row}\0" for row in rows).encode("utf-8", "surrogateescape")
        self._git("update-index", "-z", "--index-info", given=told, environment=environment)
        tree = self._git("write-tree", environment=environment).decode().strip()
        parent = ["-p", self._parent] if self._parent else []
        return self._git("commit-tree", tree, *parent, "-m", "Publish the station").decode().strip()

    def _git(
        self,
        *arguments: str,
        given: bytes = b"",
        inside: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> bytes:
        place = [f"--git-dir={self._git_dir}"] if inside else []
        command = ["git", *place, *arguments]
        return run(
            command,
            where=self.where,
            then=_AGAIN,
            environment=environment or self._environment,
            given=given,
        ).stdout


def _blob(data: bytes) -> str:
    """Return the id that git gives these bytes.

    >>> _blob(b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
