"""Other people's programs at our server: a browser seeks, a page loads itself anew, gPodder subscribes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from loopback import PATIENCE, served
from nashra.serving import reloading
from nashra.serving.preview import rewriting

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PUBLIC = "https://news.example/pod/"

pytestmark = pytest.mark.slow
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on PATH")

SEEK = """async (places) => {
  const player = document.createElement("audio");
  player.src = document.querySelector("audio").currentSrc || document.querySelector("audio").src;
  player.load();
  await new Promise((done) => player.addEventListener("loadedmetadata", done, {once: true}));
  const found = [];
  for (const place of places) {
    player.currentTime = place;
    await new Promise((done) => player.addEventListener("seeked", done, {once: true}));
    found.push(player.currentTime);
  }
  return {found, length: player.duration};
}"""


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield chromium
        chromium.close()


@needs_browser
def test_a_browser_seeks_in_the_sound(built, browser):
    """Forth and back, to the chapters; the server answers its byte ranges, and nothing is refused."""
    record = json.loads((built / "audio" / "harbour.json").read_bytes())
    places = [chapter["start"] / 44_100 for chapter in record["chapters"]][::-1]
    with served(built) as site:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        statuses = []
        page.on("response", lambda answer: statuses.append(answer.status))
        page.goto(f"{site.address}feed/episodes/harbour.html")
        heard = page.evaluate(SEEK, places)
        page.close()
        assert site.told == []
    assert heard["found"] == pytest.approx(places, abs=0.01)
    assert heard["length"] == pytest.approx(record["frames"] / 44_100, abs=0.1)
    assert 206 in statuses
    assert set(statuses) <= {200, 206, 304}


@needs_browser
def test_an_open_page_loads_itself_anew_when_it_changed_and_only_then(built, run, browser):
    """Its own rules allow the script; an edit shows, and a file that is only newer does not."""
    with served(built, reloading.injected, reloading.ANSWERS) as site:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        complaints = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        loads = []
        page.on("load", lambda: loads.append(page.title()))
        with page.expect_response(lambda answer: answer.request.method == "HEAD"):
            page.goto(f"{site.address}feed/episodes/harbour.html")
        article = built / "articles" / "harbour.txt"
        article.write_text(article.read_text("utf-8").replace("أول سفينة", "ثاني سفينة"), "utf-8")
        assert run(built, "build").code == 0
        page.wait_for_function("() => document.title.includes('ثاني سفينة')")
        page.wait_for_load_state()
        before = len(loads)
        (built / "feed" / "episodes" / "harbour.html").touch()
        for _time in range(2):
            with page.expect_response(lambda answer: answer.request.method == "HEAD"):
                pass
        assert len(loads) == before == 2
        page.close()
    assert complaints == []


@pytest.mark.skipif(shutil.which("gpo") is None, reason="gpo is not there: apt-get install gpodder")
def test_gpodder_subscribes_to_a_preview_and_takes_the_sound_from_here(
    station, settings, news, run, tmp_path
):
    """The feed on disk names the public address; what gPodder reads names ours, and it looks twice."""
    said = settings.replace("[voice]", f'base_url = "{PUBLIC}"\n\n[voice]')
    folder = station({"harbour.txt": news}, said)
    assert run(folder, "build").code == 0
    (sound,) = (folder / "audio").glob("*.mp3")
    here: list = []

    def change(_path: str, data: bytes) -> bytes:
        return here[0](data)

    home = tmp_path / "home"
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "GPODDER_HOME": str(home / "gPodder"),
    }

    def gpo(*arguments: str) -> str:
        command = ("gpo", *arguments)
        return subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", timeout=3 * PATIENCE, check=True
        ).stdout

    with served(folder, change) as site:
        here.append(rewriting(PUBLIC, site.address))
        gpo("subscribe", f"{site.address}feed/feed.xml")
        gpo("download")
        gpo("update")
        assert f"{site.address}feed/feed.xml" in gpo("list")
        assert site.told == []
    (taken,) = Path(home).rglob("*.mp3")
    assert taken.read_bytes() == sound.read_bytes()
    assert PUBLIC.encode() in (folder / "feed" / "feed.xml").read_bytes()
