"""An installed wheel and an editable checkout both build a station in an empty folder, offline.

Everything happens in a copy of the repository's tracked files, so the checkout stays clean, and a file
that was never added to git is missed here as in a clone. The dependencies are lent by the running
interpreter; pip has no index, and whoever asks the network meets a closed port.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import PathDistribution
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
BOUND_S = 120  # pip takes 3 s and a build 5; a test that hangs ends here
CLOSED = "http://127.0.0.1:9"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
WHERE = """
import json, sys
import nashra
from nashra.station import shipped_templates
print(json.dumps([nashra.__file__, str(shipped_templates()), sys.path]))
"""


def needs(*names: str) -> pytest.MarkDecorator:
    """Skip where something is absent that pip would fetch from an index, which a test must not ask."""
    absent = [name for name in names if find_spec(name) is None]
    return pytest.mark.skipif(bool(absent), reason=f"cannot install offline without {', '.join(absent)}")


pytestmark = [pytest.mark.slow, needs("pip", "hatchling")]


class Place(NamedTuple):
    """A virtual environment with Nashra in it, and a folder elsewhere to run it from."""

    environment: Path
    elsewhere: Path

    def run(self, program: str, *arguments: object) -> str:
        return run(self.elsewhere, self.environment / SCRIPTS / program, *arguments)


def run(folder: Path, *command: object) -> str:
    """Return what a command writes, run in a folder, with nothing of our environment but the system's."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    alone = {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C"}
    offline = {
        "http_proxy": CLOSED,
        "https_proxy": CLOSED,
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=kept | alone | offline,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=BOUND_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """Return a copy of what is under version control; of a tree without git, of its sources."""
    folder = tmp_path_factory.mktemp("copy")
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, timeout=BOUND_S).decode()
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        named = (ROOT / name for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"))
        files = [
            *named,
            *(file for name in ("src", "templates", "tests") for file in (ROOT / name).rglob("*")),
        ]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            copied = folder / file.relative_to(ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)
    return folder


@pytest.fixture(scope="module")
def wheel(copy, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(
        folder,
        *(sys.executable, "-m", "pip", "wheel", copy),
        *("--no-deps", "--no-build-isolation", "--wheel-dir", folder),
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture
def install(tmp_path):
    """Return what installs into a new virtual environment that has our dependencies, but not our Nashra."""

    def install(*what: object) -> Place:
        environment, elsewhere = tmp_path / "environment", tmp_path / "elsewhere"
        elsewhere.mkdir()
        run(elsewhere, sys.executable, "-m", "venv", "--without-pip", environment)
        python = environment / SCRIPTS / "python"
        own = Path(
            run(elsewhere, python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        )
        # A folder named in a .pth comes after the environment's own, and .pth files in it are not read:
        # neither a Nashra lent with the dependencies nor the finder of an editable one wins.
        lent = [path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]
        (own / "lent.pth").write_text("\n".join(lent), "utf-8")
        # What is lent is not ours to uninstall, and is no reason to install nothing.
        options = ("--ignore-installed", "--no-deps", "--no-index", "--no-build-isolation")
        run(elsewhere, python, "-m", "pip", "install", *options, *what)
        return Place(environment, elsewhere)

    return install


def where(place: Place) -> tuple[Path, Path]:
    """Return where Nashra and its templates are found; the checkout must have no part in it."""
    module, templates, path = json.loads(place.run("python", "-c", WHERE))
    assert str(ROOT / "src") not in path
    assert str(ROOT) not in path
    return Path(module), Path(templates)


def builds_a_station(place: Place, folder: Path, version: str) -> None:
    folder.mkdir()
    assert place.run("python", "-m", "nashra", "--version").strip() == f"nashra, version {version}"
    place.run("nashra", "init", folder)
    place.run("nashra", "build", "--station", folder)
    (sound,) = (folder / "audio").glob("*.mp3")
    assert sound.stat().st_size > 50_000
    assert f'/audio/{sound.name}"' in (folder / "feed" / "feed.xml").read_text("utf-8")
    (page,) = (folder / "feed" / "episodes").glob("*.html")
    assert sound.name in page.read_text("utf-8")
    assert place.run("nashra", "build", "--station", folder).startswith("nothing to do: 1 article,")


def metadata(wheel: Path) -> PathDistribution:
    (folder,) = (entry for entry in ZipPath(wheel).iterdir() if entry.name.endswith(".dist-info"))
    return PathDistribution(folder)


def test_the_wheel_holds_the_package_and_the_templates(copy, wheel):
    """A wheel is src/nashra and templates/, byte for byte, and what describes them; no tests, no articles."""
    expected = {
        **{path.relative_to(copy / "src").as_posix(): path for path in (copy / "src").rglob("*")},
        **{f"nashra/templates/{path.name}": path for path in (copy / "templates").iterdir()},
    }
    expected = {name: path.read_bytes() for name, path in expected.items() if path.is_file()}
    with ZipFile(wheel) as opened:
        held = {name: opened.read(name) for name in opened.namelist() if ".dist-info/" not in name}
    assert held == expected
    assert {Path(name).suffix for name in held} >= {".py", ".j2", ".css", ".js"}


def test_the_wheel_declares_the_command(wheel):
    """pip makes the command `nashra` out of the wheel's metadata, and the licence goes with it."""
    described = metadata(wheel)
    commands = {entry.name: entry.value for entry in described.entry_points.select(group="console_scripts")}
    assert commands == {"nashra": "nashra.cli:main"}
    assert described.read_text("licenses/LICENSE")


def test_an_installed_wheel_builds_a_station(wheel, install, tmp_path):
    """Whoever has but the wheel makes an episode out of an empty folder, with the templates inside it."""
    place = install(wheel)
    module, templates = where(place)
    assert module.is_relative_to(place.environment)
    assert templates == module.parent / "templates"
    builds_a_station(place, tmp_path / "station", metadata(wheel).version)


@needs("editables")
def test_an_editable_checkout_builds_a_station(copy, install, wheel, tmp_path):
    """In a checkout the module and the templates are the files that one edits, not copies of them."""
    place = install("--editable", copy)
    assert where(place) == (copy / "src" / "nashra" / "__init__.py", copy / "templates")
    builds_a_station(place, tmp_path / "station", metadata(wheel).version)
