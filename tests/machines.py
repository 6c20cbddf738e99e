"""Real schedulers, workers and builds as processes of their own, to be killed, stopped and starved."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

import nashra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = Path(nashra.__file__).parents[1]
HEEDING = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from nashra.cli import main; main(sys.argv[1:])"
)
"""`nashra` that heeds SIGINT: what a shell started in the background is born deaf to it."""

BOUND_S = 900
"""Seconds after which a build that hangs is ended, and its test has failed."""


def environment(source: Path = SOURCE) -> dict[str, str]:
    """Return an environment in which that source is Nashra; a fixed time, no proxies."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return kept | {"PYTHONPATH": str(source), "SOURCE_DATE_EPOCH": "1767225600", "PYTHONUNBUFFERED": "1"}


def changed_source(folder: Path, changes: dict[str, tuple[str, str]]) -> Path:
    """Return a copy of Nashra's source in which files have one text instead of another."""
    source = folder / "src"
    shutil.copytree(SOURCE / "nashra", source / "nashra", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(SOURCE.parent / "templates", folder / "templates")
    for name, (before, after) in changes.items():
        path = source / "nashra" / name
        text = path.read_text("utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), "utf-8")
    return source


class Build:
    """A `nashra build --json` that runs, with its progress as it comes."""

    def __init__(self, station: Path, *arguments: str, source: Path = SOURCE) -> None:
        command = (sys.executable, "-c", HEEDING, "build", "--station", str(station), "--json", *arguments)
        self.station = station
        self.errors = station.with_name(f"{station.name}.err")
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                command,
                env=environment(source),
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
                cwd=station,
            )
        self.events: list[dict] = []

    def until(self, holds: Callable[[dict], bool]) -> bool:
        """Read progress until something holds of it; say whether it ever did."""
        for line in self.process.stdout:
            self.events.append(json.loads(line))
            if holds(self.events[-1]):
                return True
        return False

    def family(self) -> list[psutil.Process]:
        """Return every process that the build started, and theirs."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def workers(self) -> list[psutil.Process]:
        """Return its cluster's workers."""
        return [each for each in self.family() if "spawn_main" in _command(each)]

    def hands(self) -> list[psutil.Process]:
        """Return the processes in which orders are carried out."""
        return [each for each in self.family() if "nashra.cluster.hand" in _command(each)]

    def end(self) -> tuple[int, str]:
        """Return exit code and stderr; nothing that it started is left."""
        family = [*self.family(), *_working_in(self.station)]
        bound = threading.Timer(BOUND_S, self.process.kill)  # or what hangs would hang the tests
        bound.start()
        try:
            self.until(lambda _event: False)
            code = self.process.wait(BOUND_S)
        finally:
            bound.cancel()
            self.process.kill()
            self.process.wait(15)
            self.process.stdout.close()
        # Hands of workers that were killed are nobody's children by now.
        gone, left = psutil.wait_procs([*family, *_working_in(self.station)], 15)
        for each in left:
            each.kill()
        assert not left, (gone, left)
        return code, self.errors.read_text("utf-8")


def _working_in(station: Path) -> list[psutil.Process]:
    """Return the hands that carry out orders in a station's folder, wherever they come from."""
    everyone = [(each, _command(each)) for each in psutil.process_iter()]
    return [each for each, said in everyone if "nashra.cluster.hand" in said and _in(each) == str(station)]


def _in(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
        return process.cwd()
    return ""


def _command(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return " ".join(process.cmdline())
    return ""


@contextmanager
def started(
    *command: str, source: Path = SOURCE, cwd: Path, within: tuple[str, ...] = ()
) -> Iterator[subprocess.Popen]:
    """Give a process that ends with the block, whatever was done to it; `within` runs it elsewhere."""
    with (cwd / "machines.log").open("ab") as log:
        process = subprocess.Popen(
            (*within, sys.executable, "-W", "ignore", "-m", *command),
            env=environment(source),
            stdout=log,
            stderr=log,
            cwd=cwd,
        )
    try:
        yield process
    finally:
        for each in [process, *_children(process.pid)]:
            with suppress(ProcessLookupError, psutil.NoSuchProcess):
                each.send_signal(signal.SIGCONT)
                each.kill()
        process.wait(10)


def _children(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


@contextmanager
def scheduler(
    folder: Path, *more: str, host: str = "127.0.0.1", within: tuple[str, ...] = ()
) -> Iterator[tuple[subprocess.Popen, str]]:
    """Give a scheduler, on loopback if nothing else is said, and its address."""
    file = folder / "scheduler.json"
    command = ("distributed.cli.dask_scheduler", "--host", host, "--port", "0", "--no-dashboard")
    with started(*command, "--scheduler-file", str(file), *more, cwd=folder, within=within) as process:
        for _time in range(300):
            with suppress(OSError, ValueError):
                yield process, json.loads(file.read_text("utf-8"))["address"]
                return
            time.sleep(0.1)
        raise AssertionError((folder / "machines.log").read_text("utf-8"))


@contextmanager
def worker(
    folder: Path,
    address: str,
    *more: str,
    source: Path = SOURCE,
    host: str = "127.0.0.1",
    within: tuple[str, ...] = (),
) -> Iterator[subprocess.Popen]:
    """Give a worker of that scheduler, with a folder of its own."""
    own = folder / f"worker-{len(list(folder.glob('worker-*')))}"
    own.mkdir()
    command = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    said = ("--host", host, "--local-directory", str(own), "--memory-limit", "0", *more)
    with started(*command, *said, source=source, cwd=folder, within=within) as process:
        yield process


class Elsewhere:
    """A machine across a cable that can be pulled: a network namespace, and a pair of devices to it."""

    here, there = "10.234.56.1", "10.234.56.2"

    def __init__(self) -> None:
        self.name = f"nashra-{os.getpid()}"
        self._cable = f"n{os.getpid()}"
        self.within = ("ip", "netns", "exec", self.name)

    def open(self) -> str:
        """Return why there can be none, empty once it is there."""
        far = f"{self._cable}b"
        steps = (
            f"ip netns add {self.name}",
            f"ip link add {self._cable} type veth peer name {far} netns {self.name}",
            f"ip addr add {self.here}/30 dev {self._cable}",
            f"ip link set {self._cable} up",
            f"ip -n {self.name} addr add {self.there}/30 dev {far}",
            f"ip -n {self.name} link set {far} up",
            f"ip -n {self.name} link set lo up",
        )
        for step in steps:
            try:
                done = subprocess.run(step.split(), capture_output=True, text=True, check=False)
            except FileNotFoundError:
                return "the program ip is not installed"
            if done.returncode:
                return f"`{step}`: {done.stderr.strip()}"
        return ""

    def cut(self) -> None:
        """Pull the cable: nothing passes, and nobody is told."""
        subprocess.run(["ip", "link", "set", self._cable, "down"], check=True)

    def close(self) -> None:
        """Take namespace and devices away."""
        for step in (f"ip link del {self._cable}", f"ip netns del {self.name}"):
            with suppress(FileNotFoundError):
                subprocess.run(step.split(), capture_output=True, check=False)
