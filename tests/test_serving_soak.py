"""Twenty seconds of a hundred connections; `benchmarks/serving.py --soak 300` is the long one."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

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
