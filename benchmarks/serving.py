"""What `nashra serve` can carry, beside nginx on the same files in one run; and whether it grows."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = '[show]\ntitle = "محطة"\n\n[voice]\nengine = "tone"\n'
ARTICLE = (
    "خبر رقم {number}\n" + "هذا خبر طويل عن الميناء والسفن التي تصل إليه كل صباح من البلاد البعيدة. " * 30
)
CONNECTIONS = 100
SPAN = 65_536
NGINX = """\
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  gzip on;
  gzip_types application/rss+xml;
  types {{ audio/mpeg mp3; application/rss+xml xml; text/html html; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""
# What is asked for; `tag` and `sound`, `size` are put in. wrk's threads have a chance of their own each.
LOADS = {
    "feed, who has it (304)": 'request = function() return wrk.format("GET", "/feed/feed.xml", '
    "{{[\"If-None-Match\"] = '{tag}'}}) end",
    "feed": 'request = function() return wrk.format("GET", "/feed/feed.xml") end',
    "feed, packed": 'request = function() return wrk.format("GET", "/feed/feed.xml", '
    '{{["Accept-Encoding"] = "gzip"}}) end',
    "spans of 64 KB": "request = function() local at = math.random(0, {size} - {span}) "
    'local span = "bytes=" .. at .. "-" .. at + {span} - 1 '
    'return wrk.format("GET", "/audio/{sound}", {{["Range"] = span}}) end',
}


class Carried(NamedTuple):
    """Requests, a second too, 99th percentile in ms, CPU of the server in s; what was refused, what broke."""

    requests: int
    rate: float
    p99_ms: float
    cpu: float
    refused: int
    broken: int


class Weight(NamedTuple):
    """What a process holds: KB of memory, open files."""

    memory: int
    files: int


def station(folder: Path, episodes: int) -> None:
    """Build a station of so many episodes, each with a minute of tones."""
    (folder / "articles").mkdir(parents=True)
    (folder / "nashra.toml").write_text(SETTINGS, "utf-8")
    for number in range(episodes):
        (folder / "articles" / f"news-{number}.txt").write_text(ARTICLE.format(number=number), "utf-8")
    build(folder)


def build(folder: Path) -> None:
    """Build a station."""
    nashra = (sys.executable, "-m", "nashra", "build", "--station", str(folder))
    subprocess.run(nashra, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def edited(folder: Path) -> Iterator[list[int]]:
    """Edit an article and build, again and again, while the block runs; give a number for each."""
    built: list[int] = []
    done = threading.Event()

    def edit() -> None:
        while not done.wait(1):
            text = ARTICLE.format(number=1000 + len(built))
            (folder / "articles" / "news-0.txt").write_text(text, "utf-8")
            build(folder)
            built.append(len(built))

    editing = threading.Thread(target=edit)
    editing.start()
    try:
        yield built
    finally:
        done.set()
        editing.join()


@contextmanager
def nashra(folder: Path, port: int) -> Iterator[int]:
    """Serve a station by `nashra serve`; give its process id."""
    # A process that a shell started in the background does not heed SIGINT, and so do its children.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = (sys.executable, "-c", f"{code}; from nashra.cli import main; main()", "serve", "--no-preview")
    with _running(
        (*command, "--host", "127.0.0.1", "--port", str(port), "--station", str(folder)), port
    ) as number:
        yield number


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[int]:
    """Serve a station by nginx; give its process id."""
    with tempfile.TemporaryDirectory() as own:
        settings = Path(own) / "nginx.conf"
        settings.write_text(NGINX.format(folder=own, port=port, root=folder), "utf-8")
        os.chmod(own, 0o755)  # noqa: PTH101, S103 its workers are another user's
        with _running(("nginx", "-c", str(settings)), port) as number:
            yield number


@contextmanager
def _running(command: tuple[str, ...], port: int) -> Iterator[int]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def wait_for(port: int) -> None:
    """Wait until somebody takes connections; ends this program after 10 s."""
    for _time in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"nobody began to answer at port {port}")


def head(port: int, path: str) -> dict[str, str]:
    """Return the headers of a file, none if nobody answers."""
    import http.client  # noqa: PLC0415 for this alone

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("HEAD", path)
        answer = connection.getresponse()
        return {name.lower(): value for name, value in answer.getheaders()} if answer.status == 200 else {}
    except OSError:
        return {}
    finally:
        connection.close()


def load(process: int, port: int, script: str, seconds: float) -> Carried:
    """Ask a server with all connections for so long."""
    before = cpu(process)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        threads = ("-t2", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency", "-s", file.name)
        done = subprocess.run(
            ("wrk", *threads, f"http://127.0.0.1:{port}"), capture_output=True, encoding="utf-8", check=True
        ).stdout
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", done)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    requests = re.search(r"(\d+) requests in", done)
    if not p99 or not rate or not requests:
        sys.exit(done)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", done)
    ms = float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[p99[2]]
    return Carried(
        int(requests[1]),
        float(rate[1]),
        ms,
        cpu(process) - before,
        int(refused[1]) if refused else 0,
        sum(map(int, broken.groups())) if broken else 0,
    )


def cpu(process: int) -> float:
    """Return the CPU time in s that a process and its children took, which are all still there (Linux)."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    ticks = 0
    for each in (process, *children):
        fields = Path(f"/proc/{each}/stat").read_text("utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def weigh(process: int) -> Weight:
    """Return what a process holds now (Linux)."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return Weight(int(found[1]) if found else 0, len(list(Path(f"/proc/{process}/fd").iterdir())))


def scripts(folder: Path, port: int) -> dict[str, str]:
    """Return the loads, for a station behind a server."""
    record = json.loads(next((folder / "audio").glob("*.json")).read_bytes())
    sound = record["media"]["file"]
    size = (folder / "audio" / sound).stat().st_size
    tag = head(port, "/feed/feed.xml").get("etag", "")
    return {name: text.format(tag=tag, sound=sound, size=size, span=SPAN) for name, text in LOADS.items()}


def compare(folder: Path, port: int, seconds: float) -> None:
    """Print a table of all loads, each server alone on the machine while it is asked."""
    each = "99 % within | CPU each"
    print(f"| asked for, {CONNECTIONS} connections | nashra serve | {each} | nginx | {each} |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    measured: dict[str, list[Carried]] = {}
    for server in (nashra, nginx):
        with server(folder, port) as process:
            for name, script in scripts(folder, port).items():
                measured.setdefault(name, []).append(load(process, port, script, seconds))
    for name, both in measured.items():
        cells = [
            f"{found.rate:,.0f}/s | {found.p99_ms:.1f} ms | {1e6 * found.cpu / found.requests:.0f} µs"
            for found in both
        ]
        print(f"| {name} | {' | '.join(cells)} |")
        for found in both:
            if found.refused or found.broken:
                print(f"{found.refused} refused, {found.broken} broken", file=sys.stderr)


def soak(folder: Path, port: int, seconds: float) -> int:
    """Print what the server holds before, during and after a long load with builds; return 1 if it grew."""
    with nashra(folder, port) as process, edited(folder) as built:
        loads = list(scripts(folder, port).values())
        for script in loads:
            load(process, port, script, 1)
        time.sleep(0.5)  # wrk is gone, its connections are not yet
        before, wrong, asked = weigh(process), 0, 0
        rounds = max(1, round(seconds / len(loads) / 5))
        step = seconds / rounds / len(loads)
        for number in range(rounds):
            for script in loads:
                done = load(process, port, script, max(1, step))
                wrong += done.refused + done.broken
                asked += done.requests
            time.sleep(0.5)
            now = weigh(process)
            held = f"{now.memory / 1000:.1f} MB  {now.files} files"
            print(
                f"{number + 1}/{rounds}  {held}  {asked:,} requests  {len(built)} builds  {wrong} wrong",
                flush=True,
            )
        after = weigh(process)
    grew = after.memory - before.memory
    memory = f"memory {before.memory / 1000:.1f} to {after.memory / 1000:.1f} MB"
    print(f"{memory}, files {before.files} to {after.files}")
    return int(wrong > 0 or grew > max(5_000, before.memory // 10) or after.files > before.files)


def main() -> int:
    """Build a station in a temporary folder, and load it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=6, help="of each load")
    arguments.add_argument("--episodes", type=int, default=20)
    arguments.add_argument("--port", type=int, default=8765)
    arguments.add_argument(
        "--soak", type=float, default=0, help="seconds of mixed load instead; 300 is the usual"
    )
    said = arguments.parse_args()
    for program in ("wrk",) if said.soak else ("wrk", "nginx"):
        if not shutil.which(program):
            sys.exit(f"{program} is not there: apt-get install wrk nginx-light")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # nginx's workers are another user's
        station(folder, said.episodes)
        if said.soak:
            return soak(folder, said.port, said.soak)
        compare(folder, said.port, said.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
