"""An episode's MP3 as a browser decodes it and seeks in it, over HTTP with byte ranges."""

from __future__ import annotations

import json
import queue
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from nashra.audio import mp3

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on PATH"),
]

PAGE = """<!doctype html><audio id="player" preload="auto" src="episode.mp3"></audio><script>
const tell = (found) => fetch("/told", {method: "POST", body: JSON.stringify(found)});
window.onerror = (what) => tell({error: "" + what});
(async () => {
  const raw = await (await fetch("episode.mp3")).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 44100, 44100).decodeAudioData(raw);
  const pcm = Int16Array.from(sound.getChannelData(0), (x) => Math.max(-32768, Math.round(32768 * x)));
  await fetch("/pcm", {method: "POST", body: pcm});
  const player = document.getElementById("player");
  const places = [];
  for (const asked of ASKED) {
    player.currentTime = asked;
    await new Promise((done) => player.addEventListener("seeked", done, {once: true}));
    places.push(player.currentTime);
  }
  await tell({length: player.duration, places, error: player.error && player.error.message});
})().catch((what) => tell({error: "" + what}));
</script>"""


@pytest.fixture
def heard(built, tmp_path):
    """Return what a browser made of a station's MP3: its samples, and where it went when it was to seek."""
    record = json.loads((built / "audio" / "harbour.json").read_bytes())
    data = (built / "audio" / record["media"]["file"]).read_bytes()
    asked = [chapter["start"] / 44_100 for chapter in record["chapters"]][::-1]
    told: queue.Queue[tuple[str, bytes]] = queue.Queue()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            page = PAGE.replace("ASKED", json.dumps(asked)).encode()
            body, kind = (data, "audio/mpeg") if self.path == "/episode.mp3" else (page, "text/html")
            wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            first = int(wanted[1]) if wanted else 0
            last = int(wanted[2]) if wanted and wanted[2] else len(body) - 1
            self.send_response(206 if wanted else 200)
            if wanted:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(body)}")
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(last + 1 - first))
            self.end_headers()
            self.wfile.write(body[first : last + 1])

        def do_POST(self):
            told.put((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_): ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio")
    browser = subprocess.Popen(
        [
            BROWSER,
            *options,
            "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"http://127.0.0.1:{server.server_port}/",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answers = dict([told.get(timeout=90)])
        if "/told" not in answers:
            answers |= dict([told.get(timeout=90)])
    finally:
        browser.terminate()
        browser.wait()
        server.shutdown()
        server.server_close()
    return data, record, np.frombuffer(answers.get("/pcm", b""), np.int16), json.loads(answers["/told"])


def test_a_browser_decodes_the_episode_to_the_same_frames_and_seeks_to_its_chapters(heard):
    """As long as the record says, no sample shifted, and a seek lands where it was to."""
    data, record, samples, told = heard
    assert told["error"] is None
    assert len(samples) == record["frames"]
    ours = np.frombuffer(mp3.decode(data), np.int16)
    assert np.abs(samples.astype(int) - ours).max() <= 2
    assert told["length"] == pytest.approx(record["frames"] / 44_100, abs=0.06)
    asked = [chapter["start"] / 44_100 for chapter in record["chapters"]][::-1]
    assert told["places"] == pytest.approx(asked, abs=0.001)
