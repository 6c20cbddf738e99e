"""The shared store: any place that fsspec reaches, as a shelf behind a station's own."""

from __future__ import annotations

import contextlib
import errno
import itertools
import re
import threading
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from nashra.errors import ConfigurationError
from nashra.folders import stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

WITHIN_S = 60.0
"""Seconds that the store may take for one entry, a megabyte at most; what takes longer is not there."""

MEDIA_WITHIN_S = 900.0
"""The same for a finished MP3: an hour of sound is 43 MB."""

IN_A_ROW = 3
"""Failures one after the other, after which the store is left alone for the rest of a build."""

WHOLE = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "memory"))
"""Protocols under which an object appears whole or not at all; elsewhere a file is moved into its place."""

ONE_AT_A_TIME = frozenset(("sftp", "ssh", "ftp"))
"""Protocols whose drivers have one connection: of two threads on paramiko's, one reads the other's answer,
and waits for its own for ever."""

Found = TypeVar("Found")


class Entry(NamedTuple):
    """Something that is kept: its name, its bytes, and when it was last used or written (s since 1970)."""

    name: str
    bytes: int
    used: float


class Near:
    """The entries in a station's hidden folder, for `nashra cache`."""

    def __init__(self, folder: Path) -> None:
        self.where = str(folder)
        self._folder = folder

    def entries(self, kind: str) -> Iterator[Entry]:
        """Give the entries of a kind; files on their way into their place are none. Raises OSError."""
        for name, size, written_ns in stamps(self._folder / kind):
            if not name.rpartition("/")[2].startswith("."):
                # A file system that notes no reading tells when it was written: the oldest go first.
                read_at = (self._folder / kind / name).stat().st_atime
                yield Entry(f"{kind}/{name}", size, max(read_at, written_ns / 1e9))

    def read(self, name: str) -> bytes:
        """Return the bytes of an entry; raises OSError."""
        return (self._folder / name).read_bytes()

    def remove(self, name: str) -> None:
        """Remove an entry, if another has not."""
        (self._folder / name).unlink(missing_ok=True)


class Shared:
    """The shared store at an address, as `store.Behind` asks for it; nothing that happens there is raised.

    `writer` is a name that no other process in the world has just now: two that finish one key write under
    names of their own, and move. `told` hears once that the store cannot be used, and why.
    """

    def __init__(
        self, url: str, writer: str, told: Callable[[str], None], *, within_s: float = WITHIN_S
    ) -> None:
        self.where = shown(url)
        self._url, self._writer, self._told, self._within_s = url, writer, told, within_s
        self._protocol = url.partition("://")[0] if "://" in url else "file"
        _check_driver(self._protocol)
        self._opening = threading.Lock()
        single = self._protocol in ONE_AT_A_TIME
        self._turn: AbstractContextManager[Any] = threading.Lock() if single else contextlib.nullcontext()
        self._opened: tuple[Any, str] | None = None
        self._folders: set[str] = set()
        self._absent: set[str] = set()
        self._missed: set[str] = set()
        self._failed = 0
        self._has_told = False
        self._count = itertools.count()

    @property
    def is_left(self) -> bool:
        """Whether it failed so often that it is left alone."""
        return self._failed >= IN_A_ROW

    def get(self, name: str) -> bytes | None:
        """Return the bytes under a name, None when there are none, or none can be had now.

        Who asked a moment ago whether there is something is not answered by a second request.
        """
        if name in self._absent:
            self._absent.discard(name)
            self._missed.add(name)
            return None

        def got() -> bytes | None:
            fs, root = self._place()
            try:
                return bytes(fs.cat_file(f"{root}/{name}"))
            except FileNotFoundError:
                self._missed.add(name)
                return None

        return self._asked(got, None)

    def put(self, name: str, data: bytes) -> None:
        """Leave bytes under a name, once: what is there already holds the same."""
        self._put(name, lambda fs, path: fs.pipe_file(path, data), self._within_s)

    def __contains__(self, name: object) -> bool:
        """Say whether there is something under a name."""

        def has() -> bool:
            fs, root = self._place()
            there = bool(fs.exists(f"{root}/{name}"))
            if not there:
                self._absent.add(str(name))
            return there

        return self._asked(has, False)

    def send(self, path: Path, name: str) -> None:
        """Leave a whole file under a name."""
        self._put(name, lambda fs, to: fs.put_file(str(path), to), MEDIA_WITHIN_S)

    def fetch(self, name: str, path: Path) -> bool:
        """Write what lies under a name into a file, and say whether there was anything."""

        def fetched() -> bool:
            fs, root = self._place()
            try:
                fs.get_file(f"{root}/{name}", str(path))
            except FileNotFoundError:
                path.unlink(missing_ok=True)
                return False
            return True

        return self._asked(fetched, False, MEDIA_WITHIN_S)

    def entries(self, kind: str) -> Iterator[Entry]:
        """Give the entries of a kind."""

        def listed() -> list[Entry]:
            fs, root = self._place()
            fs.invalidate_cache()
            try:
                found = fs.find(f"{root}/{kind}", detail=True)
            except FileNotFoundError:
                return []
            below = len(root) + 1
            return [
                Entry(path[below:], int(about["size"] or 0), _written(about))
                for path, about in found.items()
                if not path.rpartition("/")[2].startswith(".")
            ]

        none: list[Entry] = []
        yield from self._asked(listed, none, MEDIA_WITHIN_S)

    def read(self, name: str) -> bytes:
        """Return the bytes of an entry, for `nashra cache`; raises OSError: it may be whole where it lies."""

        def cat() -> bytes:
            fs, root = self._place()
            return bytes(fs.cat_file(f"{root}/{name}"))

        try:
            return self._within(self._within_s, cat)
        except OSError:
            raise
        except Exception as refused:
            raise OSError(errno.EIO, str(refused)) from refused

    def remove(self, name: str) -> None:
        """Remove an entry, if another has not."""

        def removed() -> None:
            fs, root = self._place()
            with contextlib.suppress(FileNotFoundError):
                fs.rm_file(f"{root}/{name}")

        self._asked(removed, None)

    def _put(self, name: str, write: Callable[[Any, str], object], within_s: float) -> None:
        def put() -> None:
            fs, root = self._place()
            path = f"{root}/{name}"
            # Who looked for it a moment ago, and made it since, need not look again: half the requests.
            known = name not in self._missed
            self._missed.discard(name)
            if known and fs.exists(path):
                return
            folder, _, last = path.rpartition("/")
            if self._protocol in WHOLE:
                write(fs, path)
                return
            if folder not in self._folders:
                fs.makedirs(folder, exist_ok=True)
                self._folders.add(folder)
            temporary = f"{folder}/.{last}.{self._writer}-{next(self._count)}.tmp"
            try:
                write(fs, temporary)
                fs.mv(temporary, path)
            except BaseException:
                with contextlib.suppress(Exception):  # as far as it can still be reached
                    fs.rm_file(temporary)
                raise

        self._asked(put, None, within_s)

    def _place(self) -> tuple[Any, str]:
        """Return the file system and the path in it; some connect when they are opened."""
        with self._opening:
            if self._opened is None:
                from fsspec.core import url_to_fs  # noqa: PLC0415 not for a station without a shared store

                fs, root = url_to_fs(self._url)
                self._opened = fs, root.rstrip("/")
            return self._opened

    def _within(self, seconds: float, work: Callable[[], Found]) -> Found:
        def in_turn() -> Found:
            with self._turn:
                return work()

        return _within(seconds, in_turn)

    def _asked(self, work: Callable[[], Found], otherwise: Found, within_s: float | None = None) -> Found:
        if self.is_left:
            return otherwise
        try:
            found = self._within(within_s or self._within_s, work)
        except Exception as refused:  # noqa: BLE001 every driver has errors of its own, and none may stop a build
            self._failed += 1
            if not self._has_told:
                self._has_told = True
                why = " ".join(str(refused).split()) or type(refused).__name__
                self._told(
                    f"the store {self.where} cannot be used: {why[:200]}; the build goes on without it"
                )
            return otherwise
        self._failed = 0
        return found


def shown(url: str) -> str:
    """Return an address without the password that may be in it.

    >>> shown("sftp://desk:secret@host/store"), shown("/mnt/store")
    ('sftp://host/store', '/mnt/store')
    """
    return re.sub(r"//[^/@]*@", "//", url)


def address(url: str, root: Path) -> str:
    """Return the whole address of a store; a path without a protocol is looked for from the station's folder.

    >>> from pathlib import Path
    >>> address("s3://bucket/store", Path("/srv/show")), address("/mnt/store", Path("/srv/show"))
    ('s3://bucket/store', '/mnt/store')
    """
    return url if "://" in url else str((root / url).absolute())


def _check_driver(protocol: str) -> None:
    try:
        from fsspec import get_filesystem_class  # noqa: PLC0415 not for a station without a shared store
    except ImportError as absent:
        raise ConfigurationError(
            "needs fsspec", where="`store.url`", then='install it with `pip install "nashra[cluster]"`'
        ) from absent
    try:
        get_filesystem_class(protocol)
    except (ValueError, ImportError) as unknown:
        what = f"`{protocol}://` cannot be opened: {unknown}"
        then = "see docs/cluster.md"
        raise ConfigurationError(what, where="`store.url`", then=then) from unknown


def _written(about: dict[str, Any]) -> float:
    """Return when an object was written (s since 1970), as its store calls it; 0 when it does not tell."""
    for name in ("mtime", "LastModified", "updated", "last_modified", "created"):
        said = about.get(name)
        if said is not None:
            return float(said.timestamp() if hasattr(said, "timestamp") else said)
    return 0.0


def _within(seconds: float, work: Callable[[], Found]) -> Found:
    """Return what work returns, raise what it raises, or TimeoutError; a mount that hangs holds nobody up.

    The thread that hangs is left behind, and ends with the process.
    """
    answers: list[Found] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as raised:  # noqa: BLE001 raised again where it is waited for
            errors.append(raised)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError(f"no answer within {seconds:.0f} s")
    return answers[0]
