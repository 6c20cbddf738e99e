"""What engines carry that could have stood under `nashra serve`: each with the same lines around a `pread`.

Install those to be compared into the Python that runs this: aiohttp, granian, uvicorn, httptools, hypercorn.
"""

from __future__ import annotations

import importlib.util
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from serving import CONNECTIONS, SPAN, load, wait_for

SIZE = 4_000_000
SECONDS = 4
PORT = 8765

READ = f"""
import os, re
NAME = os.path.abspath("sound.mp3")
def part(said):
    found = re.fullmatch(r"bytes=(\\d+)-(\\d+)", said) or [0, 0, 9]
    first, last = int(found[1]), int(found[2])
    return first, last, f"bytes {{first}}-{{last}}/{SIZE}"
def read(first, last):
    file = os.open(NAME, os.O_RDONLY)
    os.fstat(file)
    data = os.pread(file, last - first + 1, first)
    os.close(file)
    return data
"""
ASGI = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    first, last, said = part(dict(scope["headers"]).get(b"range", b"").decode())
    data = read(first, last)
    headers = [(b"content-range", said.encode()), (b"content-length", b"%d" % len(data))]
    await send({"type": "http.response.start", "status": 206, "headers": headers})
    await send({"type": "http.response.body", "body": data})
"""
RSGI = """
async def app(scope, protocol):
    first, last, said = part(scope.headers.get("range", ""))
    os.stat(NAME)
    headers = [("content-range", said), ("content-length", str(last - first + 1))]
    protocol.response_file_range(206, headers, NAME, first, last + 1)
"""
AIOHTTP = f"""
import asyncio
from aiohttp import web
async def answer(request):
    first, last, said = part(request.headers.get("Range", ""))
    return web.Response(status=206, body=read(first, last), headers={{"Content-Range": said}})
async def main():
    runner = web.ServerRunner(web.Server(answer, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", {PORT}).start()
    await asyncio.sleep(3600)
if __name__ == "__main__":
    asyncio.run(main())
"""
AT = ("--host", "127.0.0.1", "--port", str(PORT))
# The module, what it runs, how it is started.
ENGINES = {
    "aiohttp": (AIOHTTP, ("app.py",)),
    "granian": (RSGI, ("-m", "granian", "--interface", "rsgi", *AT, "--no-ws", "app:app")),
    "uvicorn": (ASGI, ("-m", "uvicorn", *AT, "--no-access-log", "--log-level", "error", "app:app")),
    "hypercorn": (ASGI, ("-m", "hypercorn", "-b", f"127.0.0.1:{PORT}", "app:app")),
}
SCRIPT = (
    f"request = function() local at = math.random(0, {SIZE - SPAN}) "
    f'local span = "bytes=" .. at .. "-" .. at + {SPAN - 1} '
    'return wrk.format("GET", "/sound.mp3", {["Range"] = span}) end'
)


def main() -> int:
    """Print a row for each engine that is installed."""
    print(f"| spans of 64 KB, {CONNECTIONS} connections | a second | 99 % within | CPU each |")
    print("|---|--:|--:|--:|", flush=True)
    for name, (source, command) in ENGINES.items():
        if importlib.util.find_spec(name) is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "sound.mp3").write_bytes(bytes(SIZE))
            (Path(folder) / "app.py").write_text(READ + source, "utf-8")
            quiet = subprocess.DEVNULL
            process = subprocess.Popen((sys.executable, *command), cwd=folder, stdout=quiet, stderr=quiet)
            try:
                wait_for(PORT)
                found = load(process.pid, PORT, SCRIPT, SECONDS)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(20)
        each = f"{1e6 * found.cpu / found.requests:.0f} µs"
        print(f"| {name} | {found.rate:,.0f} | {found.p99_ms:.1f} ms | {each} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
