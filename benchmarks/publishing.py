"""What publishing many small files costs when nothing, or one of them, changed since the last time.

The files are made up and no feed lists them: what is measured is comparing and sending, not the look at the
station (`nashra check`) that comes before. The bucket is moto's on loopback: only requests are counted of it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from nashra.publishing import folder, known, seen
from nashra.publishing.address import parse
from nashra.publishing.items import Item
from nashra.publishing.sending import send
from nashra.publishing.steps import steps

if TYPE_CHECKING:
    from nashra.publishing.target import Found, Target

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Noting:
    """Whoever is told what was sent, and notes its tags."""

    def __init__(self) -> None:
        self.marks: dict[str, seen.Mark] = {}

    def begun(self, files: int, size: int) -> None:
        """Do nothing."""

    def sent(self, item: Item, tag: str) -> None:
        """Note it."""
        mark = seen.mark_of(item, tag)
        if mark:
            self.marks[item.name] = mark

    def finished(self) -> None:
        """Do nothing."""


def publish(root: Path, cache: Path, target: Target) -> tuple[int, int]:
    """Publish a folder as the command does; return how many files were sent and how many were compared."""
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    here = []
    for path in paths:
        found = path.stat()
        here.append(
            Item(path.relative_to(root).as_posix(), found.st_size, path, changed_ns=found.st_mtime_ns)
        )
    there, marks, noting = target.files(), seen.load(cache, target.where), Noting()
    compared = 0

    def alike(item: Item, found: Found) -> bool:
        nonlocal compared
        mark = seen.mark_of(item, found.tag)
        if not mark or marks.get(item.name) != mark:
            compared += 1
            if not target.alike(item, found):
                return False
        if mark:
            noting.marks[item.name] = mark
        return True

    got = target.read(known.NAME)
    before = known.decode(got[0] if got else None, known.NAME)
    to_do = steps(here, there, before, {}, (), NOW, timedelta(days=14), alike)
    send(target, to_do, before, {}, noting)
    seen.keep(cache, target.where, noting.marks)
    return len(to_do.sent), compared


def main() -> None:
    """Publish, publish again, change one file, publish; print a row for each."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=200)
    arguments.add_argument("--bytes", type=int, default=20_000)
    arguments.add_argument("--bucket", action="store_true", help="measure a bucket as well (moto, boto3)")
    said = arguments.parse_args()
    print("| target | what | CPU | sent | read to compare | requests |\n|---|---|--:|--:|--:|--:|")
    for kind in ("folder", "bucket") if said.bucket else ("folder",):
        with tempfile.TemporaryDirectory() as made:
            measure(kind, Path(made), said.files, said.bytes)


def measure(kind: str, work: Path, files: int, size: int) -> None:
    """Print the three rows of a kind of target."""
    root = work / "station"
    (root / "audio").mkdir(parents=True)
    for number in range(files):
        (root / "audio" / f"episode-{number:06}-{number:012x}.mp3").write_bytes(
            number.to_bytes(8, "big") + bytes(size)
        )
    log: list[object] = []
    target: Target = folder.Folder(work / "www")
    host = None
    if kind == "bucket":
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
        os.environ |= {
            "AWS_ACCESS_KEY_ID": "x",
            "AWS_SECRET_ACCESS_KEY": "x",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        import boto3  # noqa: PLC0415 only where a bucket is asked for

        from fake_bucket import (  # type: ignore[import-not-found] # noqa: PLC0415 of the tests, as above
            BUCKET,
            Host,
        )
        from nashra.publishing.s3 import Bucket  # noqa: PLC0415 as above

        host = Host()
        boto3.client("s3", endpoint_url=host.endpoint).create_bucket(Bucket=BUCKET)
        target, log = Bucket(parse(f"s3://{BUCKET}"), host.endpoint, ""), host.door.log
    for what in ("first", "nothing changed", "one changed"):
        if what == "one changed":
            (root / "audio" / f"episode-{0:06}-{0:012x}.mp3").write_bytes(b"another" + bytes(size))
        log.clear()
        begun = time.process_time()
        sent, compared = publish(root, work / "cache", target)
        spent = f"{time.process_time() - begun:.2f} s" if kind == "folder" else ""
        print(f"| {kind} | {what} | {spent} | {sent} | {compared} | {len(log) or ''} |")
    target.close()
    if host:
        host.stop()


if __name__ == "__main__":
    main()
