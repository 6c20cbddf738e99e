"""Random walks through a station's life, and what must hold of it after each step.

A walk is a sequence of edits, additions, deletions, renamings, withdrawals, kills, builds and publications.
Its model is a dict: the guid of each article, learned when it is first seen and the same ever after.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

from lxml import etree

import crashing
import on_air
from nashra import cli
from nashra.verifying import verify

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = crashing.SETTINGS.replace("\n[voice]", 'base_url = "https://radio.example/"\n\n[voice]', 1)
PLACES = ("الميناء", "السوق", "المطار", "الملعب", "المكتبة", "الحديقة")
STEPS = ("edit", "edit", "retitle", "add", "delete", "rename", "withdraw", "undo", "kill", "publish", "wait")


@dataclass
class Walk:
    """A station on its way: `guids` is the model, `texts` the articles that lie there, by name.

    `built` says that the last build saw all that lies there; `sounds` has the hash of all bytes that were
    ever behind an address, `told` what was done.
    """

    folder: Path
    chance: random.Random
    now: datetime = crashing.NOW
    guids: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    sounds: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    count: int = 0
    built: bool = False

    @property
    def station(self) -> Path:
        """Where its station lies."""
        return self.folder / "station"

    def begin(self, warm: Path) -> None:
        """Make a station of two articles and build it; `warm` keeps the covers, which take longest."""
        (self.station / "articles").mkdir(parents=True)
        (self.station / "nashra.toml").write_text(SETTINGS, "utf-8")
        if warm.exists():
            shutil.copytree(warm, self.station / ".nashra" / "pictures")
        self._add()
        self._add()
        self._build()
        if not warm.exists():
            shutil.copytree(self.station / ".nashra" / "pictures", warm)

    def step(self) -> list[str]:
        """Take a step and return what is broken by it; a build of all that changed may follow, or not."""
        name = self.chance.choice(STEPS)
        self.now += timedelta(hours=1)
        self.told.append(name)
        steps: dict[str, Callable[[], object]] = {
            "edit": self._edit, "retitle": self._retitle, "add": self._add, "delete": self._delete,
            "rename": self._rename, "withdraw": self._withdraw, "undo": self._undo, "kill": self._kill,
            "publish": self._publish, "wait": self._wait,
        }  # fmt: skip
        steps[name]()
        broken = self.broken()
        if not broken and self.chance.random() < 0.6:
            self._build()
            broken = self.broken()
        return broken

    def end(self) -> list[str]:
        """Build what is left to build, publish it, and return what is broken."""
        self._build()
        self._publish()
        return self.broken()

    # What may be done

    def _save(self, name: str) -> None:
        (self.station / "articles" / name).write_text(self.texts[name], "utf-8")
        self.built = False

    def _edit(self) -> None:
        name = self._any(self.texts)
        self.count += 1
        self.texts[name] += f"\nوقال المتحدث رقم {self.count} إن العمل يستمر.\n"
        self._save(name)

    def _retitle(self) -> None:
        name = self._any(self.texts)
        _title, rest = self.texts[name].split("\n", 1)
        self.count += 1
        self.texts[name] = f"خبر جديد رقم {self.count} من {self.chance.choice(PLACES)}\n{rest}"
        self._save(name)

    def _add(self) -> None:
        again = sorted(self.dropped)
        self.count += 1
        name = again[0] if again and self.chance.random() < 0.5 else f"article-{self.count}.txt"
        self.dropped.discard(name)
        place = self.chance.choice(PLACES)
        self.texts[name] = f"خبر رقم {self.count} من {place}\nوصل إلى {place} اليوم {self.count} زائرا.\n"
        self._save(name)

    def _delete(self) -> None:
        going = [name for name in self.texts if name not in self.withdrawn]
        if len(self.texts) < 2 or not going:
            return
        name = self._any(going)
        del self.texts[name]
        self.dropped.add(name)
        (self.station / "articles" / name).unlink()
        self.built = False

    def _rename(self) -> None:
        self._build()  # who renames what no build has seen has a new article
        name = self._any(self.texts)
        self.count += 1
        other = f"article-{self.count}.txt"
        (self.station / "articles" / name).rename(self.station / "articles" / other)
        self.texts[other], self.guids[other] = self.texts.pop(name), self.guids.pop(name)
        if name in self.withdrawn:
            self.withdrawn = self.withdrawn - {name} | {other}
        self.built = False
        if self.chance.random() < 0.5:
            self._kill()
        self._build()

    def _withdraw(self) -> None:
        known = [name for name in self.texts if name in self.guids and name not in self.withdrawn]
        if len(known) > 1:
            name = self._any(known)
            self._must("withdraw", name, "--station", str(self.station))
            self.withdrawn.add(name)

    def _undo(self) -> None:
        if self.withdrawn:
            name = self._any(self.withdrawn)
            self._must("withdraw", name, "--undo", "--station", str(self.station))
            self.withdrawn.discard(name)
            self.built = False

    def _kill(self) -> None:
        self._killed(crashing.Scenario("walk", self.station, None, b""), 2.5)

    def _killed(self, scenario: crashing.Scenario, longest: float) -> None:
        environment = crashing.environment() | {"SOURCE_DATE_EPOCH": self._epoch}
        with patch.object(crashing, "environment", lambda: environment):
            code = crashing.killed_after(scenario, scenario.start, self.chance.uniform(0.3, longest))
        assert code in {0, -9}, f"{scenario.doing[0]} ended with {code} by itself"
        self.told.append(f"{scenario.doing[0]} killed: {code}")

    def _publish(self) -> None:
        self._build()
        to = ("publish", str(self.folder / "www"), "--station", str(self.station))
        line = (*to, "--first", "--delete-many")  # of three episodes, two that go are many
        if self.chance.random() < 0.4:
            self._killed(crashing.Scenario("walk", self.folder, None, b"", doing=line), 1.5)
            assert on_air.broken(self._files("www")) == [], (
                "a publication that was killed broke what is there"
            )
        self._must(*line)
        there = self._files("www")
        assert there[crashing.FEED] == crashing.feed_of(self.station), "another feed was published"
        assert not [name for name in there if name.endswith(".tmp")], "something was left half-published"

    def _wait(self) -> None:
        self.now += timedelta(days=20)

    def _build(self) -> None:
        self._must("build", "--station", str(self.station), "--jobs", "1")
        self.built = True
        self.told.append("built")
        self._learned()

    @property
    def _epoch(self) -> str:
        return str(int(self.now.timestamp()))

    def _must(self, *line: str) -> None:
        """Run a command in this process; raises AssertionError with what it said when it fails."""
        said, code = io.StringIO(), 0
        clock = patch.dict(os.environ, SOURCE_DATE_EPOCH=self._epoch)
        with clock, redirect_stdout(said), redirect_stderr(said):
            try:
                cli.main(list(line))
            except SystemExit as end:
                code = int(end.code or 0)
        assert code == 0, f"{line[0]} ended with {code}: {said.getvalue()}"

    def _any(self, names: object) -> str:
        return self.chance.choice(sorted(names))

    # What must hold

    def broken(self) -> list[str]:
        """Return what is broken: an invariant, a guid, bytes that changed behind their address."""
        found = [
            f"{each.invariant} {each.where}: {each.what}"
            for each in verify(self.station, deep=True, now=self.now)
        ]
        found += self._learned()
        for path in (self.station / "audio").glob("*.mp3"):
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            if self.sounds.setdefault(path.name, sha256) != sha256:
                found.append(f"I4 other bytes are behind {path.name}")
        heard = self._heard()
        if unknown := heard - set(self.guids.values()):
            found.append(f"I4 the feed has guids that no record had: {sorted(unknown)}")
        wanted = {self.guids.get(name) for name in self.texts if name not in self.withdrawn}
        if self.built and heard != wanted:
            found.append(f"I10 the feed has {sorted(heard)}, the articles are {self.texts.keys()}")
        return found

    def _learned(self) -> list[str]:
        """Learn the guids of articles that are new, and return those that changed."""
        found = []
        for path in (self.station / "audio").glob("*.json"):
            record = json.loads(path.read_bytes())
            name, guid = record["article"], record["guid"]
            if self.guids.setdefault(name, guid) != guid:
                found.append(f"I4 {name} had the guid {self.guids[name]}, now {guid}")
        return found

    def _heard(self) -> set[str]:
        feed = crashing.feed_of(self.station)
        return {item.findtext("guid") for item in etree.fromstring(feed).iter("item")} if feed else set()

    def _files(self, name: str) -> dict[str, bytes]:
        root = self.folder / name
        return {
            path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
        }


def walked(folder: Path, warm: Path, chance: random.Random, steps: int) -> tuple[list[str], list[str]]:
    """Walk so many steps in a folder; return what was done and what is broken, none if all is well."""
    walk = Walk(folder, chance)
    broken: list[str] = []
    try:
        walk.begin(warm)
        for _step in range(steps):
            if broken := walk.step():
                break
        broken = broken or walk.end()
    except AssertionError as failed:  # what had to go through did not
        broken = [f"I10 {failed}"]
    return walk.told, broken
