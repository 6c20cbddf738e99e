"""One connection of OpenSSH that several programs, started one after the other, share."""

from __future__ import annotations

import os
import shlex
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nashra.errors import PublishingError
from nashra.publishing.programs import run

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARED = " -oControlMaster=auto -oControlPersist=10 -oControlPath={}/%C"
"""The connection ends ten seconds behind its last program, whoever was killed."""


class Shared:
    """What programs are told to reach a server with: `shell` as it was named, with one connection for all.

    Another program than ssh is left as it is; so is the ssh of Windows, which cannot share. The socket lies
    in a folder of the system's: its path has 104 bytes at the most, which a station's own may be longer than.
    """

    def __init__(self, shell: str) -> None:
        able = os.name != "nt" and _program(shell) == "ssh"
        self._sockets = tempfile.TemporaryDirectory(prefix="nashra-") if able else None
        self.shell = shell + _SHARED.format(shlex.quote(self._sockets.name)) if self._sockets else shell

    def close(self, login: str, where: str, environment: Mapping[str, str]) -> None:
        """End the connection to a server; one that cannot be told so ends by itself a little later."""
        if self._sockets is None:
            return
        with self._sockets, suppress(PublishingError):
            if any(Path(self._sockets.name).iterdir()):
                command = (*shlex.split(self.shell), "-O", "exit", login)
                run(command, where=where, then="", environment=environment)


def _program(shell: str) -> str:
    """Return the name of the program that a shell's line starts, empty when that cannot be told.

    >>> _program("/usr/bin/ssh -p 22"), _program("ssh 'x"), _program(" ")
    ('ssh', '', '')
    """
    try:
        return Path(shlex.split(shell)[0]).name
    except (ValueError, IndexError):  # rsync says what is wrong with it
        return ""
