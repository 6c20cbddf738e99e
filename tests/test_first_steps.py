"""README's first steps, run as they are written: who follows them gets what they say."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from docx import Document

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PROGRAM = [sys.executable, "-m", "nashra"]


def lines_of(title: str) -> list[str]:
    """Return the indented lines of the section whose heading begins so."""
    section = re.search(rf"^## {title}.*?(?=^## )", README, re.MULTILINE | re.DOTALL)[0]
    return [line.strip() for line in section.splitlines() if line.startswith("    ")]


class Desk:
    """A person at a terminal, who types a line and looks; offline, at a time that stands still."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "work"
        self.folder.mkdir()
        self.settings = self.folder / "my-station" / "nashra.toml"
        self.said = ""
        self._environment = {
            **os.environ,
            "HOME": str(home),
            "USERPROFILE": str(home),
            "SOURCE_DATE_EPOCH": "1767225600",
            "PYTHONIOENCODING": "utf-8",
        }
        self._home = home

    def type(self, line: str) -> None:
        """Do what a line of README says; a line of TOML goes where its text says, under [show]."""
        program, *rest = line.replace("~", str(self._home)).split()
        if program == "cd":
            self.folder /= rest[0]
        elif program == "base_url":
            self._set("# base_url = ", line)
        elif rest == ["watch"]:
            self._watch()
        else:
            assert program == "nashra", line
            self.said = self._run(rest)
        if rest[:1] == ["init"]:
            self._set('engine = "auto"', 'engine = "espeak"')  # auto asks Google, and no test does

    def _run(self, arguments: list[str]) -> str:
        ran = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, f"{arguments}: {ran.stderr}"
        return ran.stdout

    def _set(self, before: str, after: str) -> None:
        """Put a line of nashra.toml in the place of the one that begins so."""
        lines = self.settings.read_text("utf-8").splitlines()
        (at,) = [number for number, line in enumerate(lines) if line.startswith(before)]
        lines[at] = after
        self.settings.write_text("\n".join(lines) + "\n", "utf-8")

    def _watch(self) -> None:
        """Watch at any free port, for somebody else may have 8000; look at the page; Ctrl-C."""
        with subprocess.Popen(
            [*PROGRAM, "watch", "--port", "0"],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        ) as watching:
            try:
                page = next(line.split()[1] for line in watching.stdout if line.startswith("page"))
                with urllib.request.urlopen(page, timeout=30) as answer:  # noqa: S310 our own, on loopback
                    assert "my-station" in answer.read().decode()
            finally:
                watching.send_signal(signal.SIGINT)
                watching.communicate(timeout=60)


@pytest.fixture
def desk(tmp_path) -> Desk:
    """Return a person with an empty folder and one Word file."""
    written = Document()
    written.add_heading("ميناء المدينة", 0)
    written.add_paragraph(
        "استقبل ميناء المدينة صباح اليوم سفينة شحن تعمل بالكهرباء، وعلى متنها أربعون حاوية."
    )
    written.save(tmp_path / "mina.docx")
    return Desk(tmp_path)


@pytest.mark.slow
def test_readmes_first_steps_work_as_they_are_written(desk):
    """From an empty folder to an episode, then a day's work until an episode is withdrawn."""
    for line in lines_of("Your own station"):
        desk.type(line)
    station = desk.folder
    assert len(list((station / "audio").glob("welcome-*.mp3"))) == 1
    assert (station / "feed" / "index.html").is_file()

    for line in lines_of("A day's work"):
        desk.type(line)
        if line.startswith("nashra script"):
            assert "ميناء" in desk.said
    published = station.parent / "www"
    assert "https://radio.example.org/audio/welcome" in (published / "feed" / "feed.xml").read_text("utf-8")
    assert "mina-madina" not in (published / "feed" / "feed.xml").read_text("utf-8"), "it was withdrawn"


def test_readme_has_steps_to_follow():
    """The test above would pass over sections without a command."""
    assert lines_of("Your own station") == ["nashra init my-station", "cd my-station", "nashra build"]
    done = {line.split()[1] for line in lines_of("A day's work")}
    assert {"add", "script", "build", "watch", "check", "publish", "withdraw"} <= done
