"""Twenty seconds of a hundred connections; `benchmarks/serving.py --soak 300` is the long one."""

import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from commanding import started

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "serving.py"


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not there: apt-get install wrk")
@pytest.mark.skipif(sys.platform != "linux", reason="memory and files are read from /proc")
def test_under_load_nothing_is_refused_and_nothing_grows():
    """Feeds, 304s and byte ranges by turns: no error, and memory and open files are as before."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, str(BENCHMARK), "--soak", "20", "--episodes", "5", "--port", str(port))
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 wrong" in done.stdout


def cut(port):
    """Ask for a feed, and break off in the midst of the answer."""
    with socket.create_connection(("127.0.0.1", port)) as asking:
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        asking.sendall(b"GET /feed/feed.xml HTTP/1.1\r\nHost: x\r\n\r\n" * 4)
        asking.recv(100)


@pytest.mark.slow
def test_a_connection_that_broke_off_takes_no_memory(built, heeding):
    """Each leaves a cycle of objects behind, which somebody has to collect: 3,000 were 15 MB."""
    with started(heeding, built, "serve", "--port", "0", "--no-preview") as running:
        serving = psutil.Process(running.process.pid)
        port = int(running.address.rstrip("/").rpartition(":")[2])

        def after(many):
            for _time in range(many):
                cut(port)
            assert "<rss" in running.get("feed/feed.xml")
            return serving.memory_info().rss

        warm = after(500)
        assert after(3000) - warm < 5_000_000
        assert running.end() == 0
