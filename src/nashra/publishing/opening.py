"""Which kind of place each scheme is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nashra.errors import PublishingError
from nashra.publishing import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from nashra.publishing.address import Address
    from nashra.publishing.target import Target
    from nashra.station import Station


class Wanted(NamedTuple):
    """What opening a target may need: relative folders begin at `base`; secrets are in `environment`."""

    address: Address
    station: Station
    base: Path
    environment: Mapping[str, str]
    now: datetime


def _folder(wanted: Wanted) -> Target:
    root = (wanted.base / Path(wanted.address.path).expanduser()).resolve()
    own = wanted.station.root.resolve()
    if root == own or (
        own in root.parents and root.relative_to(own).parts[0] in {"audio", "feed", "articles"}
    ):
        raise PublishingError("is the station itself", where=str(root), then="name another folder")
    return folder.Folder(root)


def _bucket(wanted: Wanted) -> Target:
    from nashra.publishing import s3  # noqa: PLC0415 each kind of place loads what it needs

    said = wanted.station.settings.publish
    return s3.Bucket(wanted.address, said.endpoint, said.region, website=said.website)


def _branch(wanted: Wanted) -> Target:
    from nashra.publishing import git  # noqa: PLC0415 as above

    station = wanted.station
    return git.Branch(wanted.address, station.root, station.cache, wanted.environment, wanted.now)


def _rsync(wanted: Wanted) -> Target:
    from nashra.publishing import rsync  # noqa: PLC0415 as above

    station = wanted.station
    return rsync.Server(wanted.address, station.root, station.cache / "rsync", wanted.environment)


def _sftp(wanted: Wanted) -> Target:
    from nashra.publishing import sftp  # noqa: PLC0415 as above

    return sftp.Server(wanted.address, wanted.environment)


OPENERS: dict[str, Callable[[Wanted], Target]] = {
    "folder": _folder,
    "s3": _bucket,
    "git": _branch,
    "rsync": _rsync,
    "sftp": _sftp,
}


def opened(wanted: Wanted) -> Target:
    """Return a target; raises PublishingError when it cannot be reached or something for it is missing."""
    return OPENERS[wanted.address.scheme](wanted)
