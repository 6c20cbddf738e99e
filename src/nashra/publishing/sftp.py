"""A folder behind SFTP, through paramiko (the extra `sftp`).

Each file is written beside its name, renamed over it in one step (posix-rename@openssh.com), and read back.
"""

from __future__ import annotations

import errno
import hashlib
import posixpath
import re
import secrets
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from nashra.errors import PublishingError
from nashra.publishing.target import Found, RemoteChangedError, arrived_otherwise, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nashra.publishing.address import Address
    from nashra.publishing.items import Item
    from nashra.publishing.target import Told

PASSWORD, KEY, KNOWN_HOSTS = "NASHRA_SFTP_PASSWORD", "NASHRA_SFTP_KEY", "NASHRA_SFTP_KNOWN_HOSTS"
"""Variables of the environment: a password, the path of a private key, a file of known hosts.

Without the first two: keys of an agent and of ~/.ssh, then the keyring's password for the address.
"""

_SECONDS = 30
_AGAIN = "check address, key and disk space there, then run the same command again"
_FOLDERS = ("audio", "feed")
_HALF = re.compile(r"\.[^/]+\.[0-9a-f]{8}\.partial")
"""The name of a file of ours that is not there as a whole yet."""


class Server:
    """A folder of a server as a target; a tag is the SHA-256 of a file."""

    def __init__(self, address: Address, environment: Mapping[str, str]) -> None:
        self.where = address.where
        self._root = address.path
        self._left: dict[str, Found] = {}
        self._ssh = _client(self.where)
        paramiko = _paramiko(self.where)
        with self._converting():
            self._ssh.load_system_host_keys(environment.get(KNOWN_HOSTS))
        try:
            self._ssh.connect(
                address.host,
                port=address.port or 22,
                username=address.user or None,
                password=environment.get(PASSWORD) or _kept(self.where),
                key_filename=environment.get(KEY),
                timeout=_SECONDS,
                banner_timeout=_SECONDS,
                auth_timeout=_SECONDS,
            )
            self._sftp = self._ssh.open_sftp()
            self._sftp.get_channel().settimeout(10 * _SECONDS)
        except paramiko.AuthenticationException as refused:
            self.close()
            then = f"add your key to its authorized_keys, or name it in {KEY}"
            raise PublishingError("the server does not let us in", where=self.where, then=then) from refused
        except paramiko.SSHException as refused:
            self.close()
            unknown = "not found in known_hosts" in str(refused)
            what = "the server's key is not known" if unknown else shown(str(refused))
            then = f"log in once with `ssh {address.host}`, and compare the key" if unknown else _AGAIN
            raise PublishingError(what, where=self.where, then=then) from refused
        except OSError as refused:
            self.close()
            raise PublishingError(_why(refused), where=self.where, then=_AGAIN) from refused

    def files(self) -> dict[str, Found]:
        """Return what is there."""
        with self._converting():
            found = self._all()
        self._left = {name: each for name, each in found.items() if _HALF.fullmatch(posixpath.basename(name))}
        return {name: each for name, each in found.items() if name not in self._left}

    def alike(self, item: Item, found: Found) -> bool:
        """Tell by size, and of what its name does not tell by its bytes.

        The name of sound and of what stands beside it has a hash in it, and nothing takes such a name
        before all of it is there.
        """
        if found.size != item.size:
            return False
        return "immutable" in item.rule.cache or self._bytes(item.name) == item.content()

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return a file and its tag."""
        raw = self._bytes(name)
        return None if raw is None else (raw, hashlib.sha256(raw).hexdigest())

    def warnings(self, _items: Sequence[Item]) -> tuple[str, ...]:
        """Return nothing: it takes files of any size."""
        return ()

    def send(self, items: Sequence[Item], told: Told) -> None:
        """Put each beside its name, rename it, read it back."""
        for item in items:
            told(item, self._put(item))

    def replace(self, item: Item, tag: str | None) -> str:
        """Put it if what is there, read again just before, has the tag: SFTP has no better condition."""
        found = self.read(item.name)
        if (found[1] if found else None) != tag:
            raise RemoteChangedError(f"{self.where}/{item.name}")
        return self._put(item)

    def redirect(self, _moved: Mapping[str, str]) -> None:
        """Do nothing: the earlier files stay, and answer as they did."""

    def remove(self, names: Sequence[str]) -> None:
        """Delete files."""
        for name in names:
            with self._converting(name), suppress(FileNotFoundError):
                self._sftp.remove(self._path(name))

    def finish(self) -> None:
        """Delete what a publication that was stopped left half-written, and nobody has touched since."""
        if self._left:
            with self._converting():
                there = self._all()
            self.remove([name for name, found in self._left.items() if there.get(name) == found])

    def close(self) -> None:
        """Close the connection."""
        self._ssh.close()

    def _put(self, item: Item) -> str:
        data, path = item.content(), self._path(item.name)
        folder, name = posixpath.split(path)
        partial = posixpath.join(folder, f".{name}.{secrets.token_hex(4)}.partial")
        with self._converting(item.name):
            self._make(folder)
            try:
                with self._sftp.open(partial, "wb") as file:
                    file.set_pipelined(pipelined=True)
                    file.write(data)
                # What arrived is looked at before it takes its name.
                arrived = self._sftp.stat(partial)
                if arrived.st_size != item.size:
                    raise OSError(errno.EIO, "not all of it arrived")  # noqa: TRY301 for the removal below
                self._sftp.posix_rename(partial, path)
            except BaseException:
                with suppress(OSError, EOFError):
                    self._sftp.remove(partial)
                raise
        if self._bytes(item.name) != data:
            raise arrived_otherwise(item.name, self.where)
        return _written(arrived.st_mtime)

    def _make(self, folder: str) -> None:
        """Make a folder and those above it."""
        try:
            self._sftp.stat(folder or ".")
        except FileNotFoundError:
            self._make(posixpath.dirname(folder))
            self._sftp.mkdir(folder)

    def _bytes(self, name: str) -> bytes | None:
        with self._converting(name):
            try:
                with self._sftp.open(self._path(name), "rb") as file:
                    file.prefetch()
                    return bytes(file.read())
            except FileNotFoundError:
                return None

    def _all(self) -> dict[str, Found]:
        found = dict(self._listed("", ""))
        for folder in _FOLDERS:
            found |= dict(self._listed(folder, f"{folder}/"))
        return found

    def _listed(self, folder: str, prefix: str) -> Iterator[tuple[str, Found]]:
        try:
            rows = self._sftp.listdir_attr(self._path(folder))
        except FileNotFoundError:
            return
        for row in rows:
            if stat.S_ISREG(row.st_mode):
                yield prefix + row.filename, Found(row.st_size, _written(row.st_mtime))
            elif stat.S_ISDIR(row.st_mode) and prefix:
                yield from self._listed(prefix + row.filename, f"{prefix}{row.filename}/")

    def _path(self, name: str) -> str:
        return posixpath.join(self._root, name)

    @contextmanager
    def _converting(self, name: str = "") -> Iterator[None]:
        """Turn what breaks inside the block into PublishingError."""
        paramiko = _paramiko(self.where)
        try:
            yield
        except (OSError, EOFError, paramiko.SSHException) as failure:
            where = f"{self.where}/{name}" if name else self.where
            raise PublishingError(_why(failure), where=where, then=_AGAIN) from failure


def _written(seconds: int | None) -> str:
    """Return when a file there was written, as its tag; servers tell whole seconds, some nothing."""
    return str(seconds or "")


def _why(failure: BaseException) -> str:
    said = getattr(failure, "strerror", "") or shown(str(failure))
    return f"the server refuses or is gone: {said or 'the connection ended'}"


def _paramiko(where: str) -> Any:  # noqa: ANN401 a module
    try:
        import paramiko  # noqa: PLC0415 the extra
    except ImportError as missing:
        then = 'install it: pip install "nashra[sftp]"'
        raise PublishingError("needs paramiko, which is not here", where=where, then=then) from missing
    return paramiko


def _client(where: str) -> Any:  # noqa: ANN401 paramiko has no types
    paramiko = _paramiko(where)
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    return client


def _kept(where: str) -> str | None:
    """Return the keyring's password for an address, None where there is none or no keyring."""
    try:
        import keyring  # noqa: PLC0415 of the owner's own; most have keys
        from keyring.errors import KeyringError  # noqa: PLC0415 the same
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password("nashra", where)
    except KeyringError:
        return None
    return found
