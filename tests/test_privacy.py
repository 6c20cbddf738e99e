"""What is read here is told to nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest

SPOKEN_AND_WAITING = """
import sys, time
from nashra.cli import main
try:
    main(["spoken", "-", "--station", sys.argv[1]])
finally:
    time.sleep(12)  # onnxruntime's telemetry was seen to be sent some seconds later
"""


@pytest.mark.slow
def test_onnxruntime_tells_its_maker_nothing(station, brief):
    """Without our word it asks the proxy for a host of Microsoft's; seen with 1.32.0."""
    folder = station({})
    asked = []

    class Proxy(BaseRequestHandler):
        def handle(self):
            asked.append(self.request.recv(200))

    with ThreadingTCPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{proxy.server_address[1]}"
        environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
        proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), address)
        ran = subprocess.run(
            [sys.executable, "-c", SPOKEN_AND_WAITING, folder],
            input=brief.replace("أمطار", "زخات").encode(),
            env=environment | proxies,
            capture_output=True,
            timeout=60,
            check=True,
        )
        proxy.shutdown()
    assert len(ran.stdout.splitlines()) > 1  # the model was asked
    assert asked == []
