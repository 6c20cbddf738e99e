"""Programs that carry a station: run without a terminal, their words cleaned of what may be a secret."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from nashra.errors import PublishingError
from nashra.publishing.target import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECONDS = 3600
"""A program that has not ended by then is ended: a first upload of 1 GB over 3 Mbit/s takes 45 minutes."""


def run(
    command: Sequence[str],
    *,
    where: str,
    then: str,
    environment: Mapping[str, str],
    given: bytes = b"",
    fine: frozenset[int] = frozenset({0}),
) -> subprocess.CompletedProcess[bytes]:
    """Return what a program did; raises PublishingError with its last words when it failed.

    Nothing secret is among the arguments: whoever is on the machine can read them.
    """
    try:
        done = subprocess.run(  # noqa: S603 a program of the table, its arguments never through a shell
            command, input=given, capture_output=True, env=dict(environment), timeout=SECONDS, check=False
        )
    except FileNotFoundError as missing:
        what = f"needs the program {command[0]}, which is not here"
        raise PublishingError(what, where=where, then="install it") from missing
    except subprocess.TimeoutExpired as late:
        raise PublishingError(f"{command[0]} does not come to an end", where=where, then=then) from late
    if done.returncode not in fine:
        said = shown(done.stderr.decode("utf-8", "replace"), lines=3) or f"ends with {done.returncode}"
        raise PublishingError(f"{command[0]}: {said}", where=where, then=then)
    return done
