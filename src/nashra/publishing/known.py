"""What publishing has put at a target: a small file there, so that what it did not put is never deleted."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 msgspec reads the annotations
from typing import TYPE_CHECKING

import msgspec

from nashra.errors import PublishingError

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "feed/published.json"
FORM = 1


class _Known(msgspec.Struct):
    form: int
    files: dict[str, datetime | None]


def encode(files: Mapping[str, datetime | None]) -> bytes:
    """Return the bytes of the file: names, each with the time since when nothing lists it any more."""
    told = _Known(FORM, dict(sorted(files.items())))
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def decode(raw: bytes | None, where: str) -> dict[str, datetime | None]:
    """Return the names that publishing has put there, none where the file is missing.

    Raises PublishingError for one that cannot be understood: to guess what may be deleted is no way.
    """
    if raw is None:
        return {}
    try:
        found = msgspec.json.decode(raw, type=_Known)
    except msgspec.MsgspecError as broken:
        then = "delete it: then nothing that is there now is ever deleted"
        raise PublishingError(f"is not what {NAME} is", where=where, then=then) from broken
    if found.form != FORM:
        then = "use the Nashra that wrote it, or a newer one"
        raise PublishingError(f"is of form {found.form}, this Nashra knows {FORM}", where=where, then=then)
    return found.files
