"""What publishing needs of a place, whichever it is: a folder, a bucket, a server, a branch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nashra.errors import PublishingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nashra.publishing.items import Item

    Told = Callable[[Item, str], None]
    """Is told of every item that is there, with the tag that `files` gives it from now on (or empty)."""


class Found(NamedTuple):
    """A file at a target: its size in bytes, and what the place itself tells of it (or empty).

    A tag changes when the file does: a hash of its content, or when it was written.
    """

    size: int
    tag: str = ""


class Target(Protocol):
    """A place; every method raises PublishingError when the place refuses or does not answer."""

    @property
    def where(self) -> str:
        """How it is named to people."""

    def files(self) -> dict[str, Found]:
        """Return what is in `audio/` and `feed/` there, and at the root, by name."""

    def alike(self, item: Item, found: Found) -> bool:
        """Tell whether what is there is the item."""

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return a small file and its tag, None where there is none."""

    def warnings(self, items: Sequence[Item]) -> tuple[str, ...]:
        """Return what the place may not take of the whole station, told before anything is sent."""

    def send(self, items: Sequence[Item], told: Told) -> None:
        """Put items there, and look at each whether it arrived whole.

        A reader finds the old file or the new one, never a part.
        """

    def replace(self, item: Item, tag: str | None) -> str:
        """Put an item there if what is there still has the tag (None: if nothing is), and look at it.

        The tag is that of `read`; returned is the new one of `files`. Raises RemoteChangedError.
        """

    def redirect(self, moved: Mapping[str, str]) -> None:
        """Let earlier addresses that are there lead to the newest, where the place can do so."""

    def remove(self, names: Sequence[str]) -> None:
        """Delete files."""

    def finish(self) -> None:
        """Make valid what was done, where a place takes everything at once."""

    def close(self) -> None:
        """Let go of it; what was not finished is forgotten."""


class RemoteChangedError(PublishingError):
    """Somebody else has published since this run looked."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "remote changed: somebody else published meanwhile",
            where=where,
            then="get their records (git pull, or `nashra restore`), build, and publish again",
        )


def arrived_otherwise(name: str, where: str) -> PublishingError:
    """Return the error for a file that the place took, and does not have as it was sent."""
    return PublishingError(
        f"{where} does not have it as it was sent", where=name, then="publish again; the feed is as it was"
    )


_USER = re.compile(r"(?<=://)[^/@\s]+@")


def shown(text: str, *, lines: int = 1) -> str:
    r"""Return the last lines of what a program or a host says, without what may be a secret in an address.

    >>> shown("hint: x\nfatal: https://me:secret@host/r.git refused")
    'fatal: https://…@host/r.git refused'
    """
    said = [line.strip() for line in _USER.sub("…@", text).splitlines() if line.strip()]
    return " ".join(said[-lines:])[:300]
