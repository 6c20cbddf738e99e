"""A build stopped at any step that others can see leaves a station that breaks no promise."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nashra import cli, verifying
from state import contents, state

NOW = datetime(2026, 1, 2, tzinfo=UTC)


class StoppedError(BaseException):
    """The plug was pulled: no `except` of Nashra's is meant for it."""


def first(folder: Path) -> None:
    """Nothing was built yet; what was spoken is kept."""
    for made in ("audio", "feed"):
        shutil.rmtree(folder / made)
    for memo in ("feed.json", "built.json"):
        (folder / ".nashra" / memo).unlink()


def edit(folder: Path) -> None:
    path = folder / "articles" / "harbour.txt"
    path.write_text(path.read_text("utf-8").replace("كل أسبوع", "كل شهر"), "utf-8")


def delete(folder: Path) -> None:
    (folder / "articles" / "harbour.txt").unlink()


@pytest.fixture
def of_two(built, brief, run):
    """Return a station of two articles, built and up to date."""
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    return built


@pytest.fixture
def stopping(monkeypatch, epoch):
    """Return what builds a station until the n-th rename or deletion, and says whether it was stopped."""

    def build(folder: Path, step: int) -> bool:
        steps = iter(range(1, 1_000_000))

        def counted(real):
            def act(*arguments, **named):
                if next(steps) >= step:  # and no other step either: a dead process cleans nothing up
                    raise StoppedError
                return real(*arguments, **named)

            return act

        with monkeypatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(epoch))
            for name in ("replace", "unlink"):
                patch.setattr(Path, name, counted(getattr(Path, name)))
            with pytest.raises((StoppedError, SystemExit)) as end:
                cli.main(["build", "--station", str(folder), "--jobs", "1"])
        stopped = end.type is StoppedError
        assert stopped or end.value.code == 0, step
        return stopped

    return build


@pytest.mark.slow
@pytest.mark.parametrize("what", [first, edit, delete], ids=["first", "edit", "delete"])
def test_a_build_stopped_at_any_step_leaves_one_generation_or_the_other(of_two, tmp_path, stopping, what):
    """After each rename and deletion: the old feed or the new one, every promise kept, and a way on."""
    what(of_two)
    before = (of_two / "feed" / "feed.xml").read_bytes() if what is not first else None
    whole = Path(shutil.copytree(of_two, tmp_path / "whole"))
    assert not stopping(whole, 1_000_000)
    after, wanted = (whole / "feed" / "feed.xml").read_bytes(), contents(state(whole))
    stopped, step = True, 0
    while stopped:
        step += 1
        folder = Path(shutil.copytree(of_two, tmp_path / "station"))
        stopped = stopping(folder, step)
        assert verifying.verify(folder, deep=True, now=NOW) == (), step
        feed = folder / "feed" / "feed.xml"
        assert (feed.read_bytes() if feed.exists() else None) in {before, after}, step
        assert not stopping(folder, 1_000_000)
        assert verifying.verify(folder, deep=True, now=NOW) == (), step
        found = contents(state(folder))
        assert {name for name in found if found[name] != wanted.get(name)} <= {"retired.json"}, step
        assert not list(folder.rglob(".*.tmp")), step
        shutil.rmtree(folder)
    assert step > 8
