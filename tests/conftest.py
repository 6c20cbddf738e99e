"""What more than one test module needs: stations in temporary folders, and the command line run in them."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from hypothesis import settings

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before onnxruntime is loaded; as `nashra.cli` does

import text2tashkeel

from fake_google import Fake
from nashra import cli

# A shared machine stops for a second now and then, and what failed in CI must fail at the desk too.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

EPOCH = 1_767_225_600
"""2026-01-01 00:00 UTC: the time of every build that is not told another."""

SETTINGS = """\
[show]
title = "محطة التجربة"

[voice]
engine = "tone"
speed = 2.0

[corrections]
spoken = false

[pauses]
title_ms = 150
heading_ms = 150
sentence_ms = 100
paragraph_ms = 150
section_ms = 200
start_ms = 100
"""
"""Short sounds are quickly made; and an edit is the edit alone: tests/test_corrections.py hears the rest."""

NEWS = """\
ميناء المدينة يستقبل أول سفينة كهربائية
استقبل ميناء المدينة صباح اليوم سفينة شحن تعمل بالكهرباء، وعلى متنها أربعون حاوية. ورست في الرصيف الثالث.
رحلة بلا دخان
قطعت السفينة المسافة بين الجزيرة والميناء في ست ساعات، ولم تحرق في طريقها لترا من الوقود. وكان البحر هادئا.
خطوة قادمة
تنوي إدارة الميناء تركيب محطة للشحن قبل نهاية السنة، كي تعود السفينة إليها كل أسبوع.
"""

BRIEF = """\
أمطار خفيفة في الشمال
تهطل اليوم أمطار خفيفة على مدن الشمال، وتبقى السماء صافية في مدن الجنوب.
"""


def pytest_addoption(parser):
    parser.addoption("--bless", action="store_true", help="write the golden files as they come out today")
    parser.addoption("--seed", default="1", help="what random moments and points are drawn from")
    parser.addoption(
        "--share",
        type=int,
        default=0,
        metavar="N",
        help="strike at N points a sweep, drawn by --seed; 0: all",
    )


def pytest_report_header(config) -> str:
    """Say what the random moments of this run are drawn from, so that it can be run again."""
    return f"seed: {config.getoption('seed')}"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code, and what it wrote to stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines of stderr that are errors of Nashra's."""
        return [line for line in self.err.splitlines() if line.startswith("nashra: ")]


@pytest.fixture(scope="session", autouse=True)
def _quick():
    """Load the model of vowel marks once, not once a build; and no test pulls the plug."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text2tashkeel, "Diacritizer", functools.cache(text2tashkeel.Diacritizer))
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture
def heeding() -> tuple[str, ...]:
    """Return the beginning of a `nashra` command that heeds SIGINT.

    A process that a shell started in the background is born deaf to it, and so are its children.
    """
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    return sys.executable, "-c", f"{code}; from nashra.cli import main; main(sys.argv[1:])"


@pytest.fixture
def epoch() -> int:
    """Return the time of every build that is not told another, in seconds since 1970."""
    return EPOCH


@pytest.fixture
def news() -> str:
    """Return an article with a headline, a lead and two sections: five sentences."""
    return NEWS


@pytest.fixture
def brief() -> str:
    """Return an article of a headline and a sentence."""
    return BRIEF


@pytest.fixture
def settings() -> str:
    """Return the `nashra.toml` of the stations here."""
    return SETTINGS


@pytest.fixture
def run(capsys, monkeypatch):
    """Return what runs a `nashra` command in a folder, in this process, and tells what it did."""

    def run(folder: Path, *arguments: str, epoch: int = EPOCH) -> Ran:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))
        monkeypatch.chdir(folder)
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return Ran(end.value.code, out, err)

    return run


def _put(folder: Path, articles: dict[str, str | bytes], settings: str) -> Path:
    (folder / "articles").mkdir(parents=True)
    (folder / "nashra.toml").write_text(settings, "utf-8")
    for name, text in articles.items():
        (folder / "articles" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture(scope="session")
def _finished(tmp_path_factory) -> Path:
    """Return a station that once had both articles, and now has the long one: its cache knows both."""
    folder = _put(
        tmp_path_factory.mktemp("finished") / "station", {"harbour.txt": NEWS, "rain.txt": BRIEF}, SETTINGS
    )
    for _time in range(2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
            with pytest.raises(SystemExit, match=r"^0$"):
                cli.main(["build", "--station", str(folder), "--jobs", "2"])
        for path in (folder / "articles" / "rain.txt", *(folder / "audio").glob("rain*")):
            path.unlink(missing_ok=True)
    return folder


@pytest.fixture
def built(tmp_path, _finished) -> Path:
    """Return a station that is built and up to date, with the one article `harbour.txt`."""
    return Path(shutil.copytree(_finished, tmp_path / "built"))


@pytest.fixture
def station(tmp_path, _finished):
    """Return what makes a station of the `tone` voice from articles by name, nothing of it built yet."""

    def station(articles: dict[str, str | bytes], settings: str = SETTINGS, *, name: str = "station") -> Path:
        folder = _put(tmp_path / name, articles, settings)
        # A cover takes a second to draw, vowel marks a tenth a sentence: no matter of most tests.
        for kept in ("pictures", "tashkeel"):
            shutil.copytree(_finished / ".nashra" / kept, folder / ".nashra" / kept)
        return folder

    return station


@pytest.fixture
def files():
    """Return what reads every file in a folder, by relative path; `.nashra` is left out."""

    def files(folder: Path) -> dict[str, bytes]:
        found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
        return {
            name: path.read_bytes()
            for name, path in found.items()
            if path.is_file() and not name.startswith(".nashra/")
        }

    return files


@pytest.fixture(scope="session")
def authority():
    """Return the authority that vouches for the fake Google."""
    return trustme.CA()


@pytest.fixture(scope="session")
def identity(authority):
    """Return what the fake Google shows."""
    return authority.issue_cert("translate.google.com", "translate.google.com.eg")


@pytest.fixture
def google(authority, identity, monkeypatch, tmp_path):
    """Return a fake Google behind a proxy on loopback, the only one that the client can reach."""
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    fake = Fake(identity)
    for name in ("NO_PROXY", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{fake.port}")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    yield fake
    fake.stop()


RADIO = SETTINGS.replace("\n[voice]", 'base_url = "https://radio.example/"\n\n[voice]', 1)
"""The settings of a station that has a public address."""


@pytest.fixture(scope="session")
def _on_air(tmp_path_factory, _finished) -> tuple[Path, Path]:
    """Return a built station with a public address, and the same after an article was edited and one came."""
    first = tmp_path_factory.mktemp("on-air") / "first"
    _put(first, {"rain.txt": BRIEF}, RADIO)
    for kept in ("pictures", "tashkeel"):
        shutil.copytree(_finished / ".nashra" / kept, first / ".nashra" / kept)
    second = first.with_name("second")

    def build(folder: Path, epoch: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(epoch))
            with pytest.raises(SystemExit, match=r"^0$"):
                cli.main(["build", "--station", str(folder), "--jobs", "2"])

    build(first, EPOCH)
    shutil.copytree(first, second)
    (second / "articles" / "rain.txt").write_text(BRIEF.replace("خفيفة", "غزيرة"), "utf-8")
    (second / "articles" / "harbour.txt").write_text(NEWS, "utf-8")
    build(second, EPOCH + 3600)
    return first, second


@pytest.fixture
def on_air(tmp_path, _on_air) -> tuple[Path, Path]:
    """Return a built station at https://radio.example/, and the same an hour later: one edit, one more."""
    first, second = (Path(shutil.copytree(each, tmp_path / each.name)) for each in _on_air)
    return first, second
