"""An episode's page as a browser shows it, opened from disk without any server."""

from __future__ import annotations

import runpy
import shutil
import subprocess
from pathlib import Path

import lameenc
import pytest
from lxml import html
from PIL import Image

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on PATH"),
]


@pytest.fixture(scope="module")
def station(tmp_path_factory) -> Path:
    """Return a station's folder with one episode: silence of its length, and its pages."""
    built = runpy.run_path(str(Path(__file__).with_name("test_pages.py")))
    episode = built["an_episode"]()
    folder = tmp_path_factory.mktemp("station")
    for name, text in built["pages"](built["SHOW"], [episode], built["TEMPLATES"], built["COVER"]).items():
        path = folder / "feed" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(44_100)
    encoder.silence()
    (folder / "audio").mkdir()
    sound = encoder.encode(bytes(2 * episode.frames)) + encoder.flush()
    (folder / "audio" / episode.media.file).write_bytes(bytes(sound))
    return folder


def browse(address: str, profile: Path, *options: str) -> str:
    quiet = ("--disable-quic", "--no-first-run", "--disable-background-networking", "--mute-audio")
    still = (
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--virtual-time-budget=5000",
    )
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", *quiet, *still]
    done = subprocess.run(
        [*command, f"--user-data-dir={profile}", *options, address],
        capture_output=True,
        timeout=90,
        check=True,
    )
    return done.stdout.decode()


def dom(address: str, profile: Path) -> html.HtmlElement:
    return html.document_fromstring(browse(address, profile, "--dump-dom"))


@pytest.mark.parametrize(("asked", "current"), [("", "#t=0"), ("#t=30", "#t=30"), ("#t=75", "#t=70")])
def test_the_chapter_at_the_asked_time_is_marked(station, tmp_path, asked, current):
    page = dom((station / "feed/episodes/visit.html").as_uri() + asked, tmp_path)
    assert page.xpath("//nav//a[@aria-current]/@href") == [current]


def test_the_sentence_at_the_asked_time_is_marked(station, tmp_path):
    page = dom((station / "feed/episodes/visit.html").as_uri() + "#t=55", tmp_path)
    (now,) = page.xpath("//*[@class='now']")
    assert now.text_content() == "ودامت يومين."


def test_the_show_page_offers_to_copy_its_address_once_the_script_runs(station, tmp_path):
    page = dom((station / "feed/index.html").as_uri(), tmp_path)
    (button,) = page.xpath("//button[@data-copy]")
    assert button.get("hidden") is None


def test_a_script_smuggled_into_a_page_is_refused_by_its_policy(station, tmp_path):
    original = station / "feed/episodes/visit.html"
    smuggled = original.with_name("smuggled.html")
    script = "<script>document.title = 'owned'</script></main>"
    smuggled.write_text(original.read_text("utf-8").replace("</main>", script), "utf-8")
    assert "owned" not in dom(smuggled.as_uri(), tmp_path).xpath("//title")[0].text_content()


def test_the_page_fills_a_phone_of_390_px(station, tmp_path):
    """Chromium's windows are no narrower than 500 px, so the phone is a frame."""
    phone = station / "feed/phone.html"
    frame = '<iframe src="episodes/visit.html" style="width:390px;height:844px;border:0">'
    phone.write_text(f'<!doctype html><body style="margin:0">{frame}</iframe>', "utf-8")
    picture = tmp_path / "phone.png"
    browse(phone.as_uri(), tmp_path / "profile", f"--screenshot={picture}", "--window-size=500,844")
    with Image.open(picture) as shot:
        seen = shot.convert("RGB").crop((0, 0, 390, 844))
    colours = seen.getcolors(390 * 844)
    assert colours is not None
    assert len(colours) > 50
    assert max(count for count, _ in colours) < 0.95 * 390 * 844
