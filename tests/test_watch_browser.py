"""A desk at work: a browser is open, `nashra watch` runs, and articles, settings and templates change."""

from __future__ import annotations

import shutil
import time

import pytest

from commanding import started
from loopback import PATIENCE, served
from nashra.serving import reloading

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--autoplay-policy=no-user-gesture-required",
)
PLAYS = "() => [...document.querySelectorAll('audio')].some((each) => !each.paused && each.currentTime > 0.2)"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on PATH"),
]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as program:
        chromium = program.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """Return a page that fails on an error of a script; `loads` is the titles that it loaded."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(3 * PATIENCE * 1000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.loads = []
    page.on("load", lambda: page.loads.append(page.title()))
    yield page
    context.close()
    assert wrong == []


def looked(page, times: int = 2) -> None:
    """Wait until the page has asked whether it changed."""
    for _time in range(times):
        with page.expect_response(lambda answer: answer.request.method == "HEAD"):
            pass


def test_an_open_page_shows_whatever_happens_at_the_desk(station, news, brief, settings, heeding, page):
    """A burst, a file saved in pieces, a rename, a deletion, broken settings and their repair, a template."""
    folder = station({"harbour.txt": news})
    articles = folder / "articles"

    def shows(text: str) -> None:
        page.get_by_text(text).first.wait_for(state="attached")

    def hides(text: str) -> None:
        page.wait_for_function("(text) => !document.body.textContent.includes(text)", arg=text)

    with started(heeding, folder, "watch", "--port", "0") as running:
        running.until(lambda: "ميناء المدينة" in running.get("feed/index.html"))
        page.goto(f"{running.address}feed/index.html")
        for number, word in enumerate(("خفيفة", "غزيرة", "نادرة")):
            (articles / f"rain-{number}.txt").write_text(brief.replace("خفيفة", word), "utf-8")
            (articles / "last.txt").write_text(brief.replace("أمطار خفيفة", f"رياح {word}"), "utf-8")
        shows("أمطار غزيرة")
        shows("رياح نادرة")
        half = brief.replace("أمطار خفيفة", "ثلوج كثيفة")
        with (articles / "snow.txt").open("w", encoding="utf-8") as saved:
            for place in range(0, len(half), 30):
                saved.write(half[place : place + 30])
                saved.flush()
                time.sleep(0.1)
        shows("ثلوج كثيفة في الشمال")
        running.until(lambda: "مدن الجنوب" in running.get("feed/episodes/snow.html"))
        (articles / "snow.txt").rename(articles / "ice.txt")
        running.until(lambda: list((folder / "audio").glob("ice*.json")) or "ice.txt" in running.text)
        shows("ثلوج كثيفة في الشمال")
        (articles / "ice.txt").unlink()
        hides("ثلوج كثيفة")
        (folder / "nashra.toml").write_text("[show\n", "utf-8")
        running.until(lambda: "nashra: nashra.toml" in running.text)
        shows("أمطار غزيرة")
        (folder / "nashra.toml").write_text(settings.replace("محطة التجربة", "محطة الإصلاح"), "utf-8")
        shows("محطة الإصلاح")
        (folder / "templates").mkdir(exist_ok=True)
        (folder / "templates" / "nashra.css").write_text("body { outline: 3px solid red }", "utf-8")
        page.wait_for_function("() => getComputedStyle(document.body).outlineStyle === 'solid'")
        assert running.process.poll() is None
        assert "Traceback" not in running.text
        assert running.end() == 0


@pytest.fixture
def site(built, brief, run):
    """Return two episodes behind a server that makes pages load themselves anew."""
    (built / "articles" / "rain.txt").write_text(brief, "utf-8")
    assert run(built, "build").code == 0
    with served(built, reloading.injected, reloading.ANSWERS) as site:
        yield site


def edit(folder, run, name: str, old: str, new: str) -> None:
    article = folder / "articles" / f"{name}.txt"
    text = article.read_text("utf-8")
    assert old in text
    article.write_text(text.replace(old, new), "utf-8")
    assert run(folder, "build").code == 0


def test_who_listens_is_not_cut_off_by_an_edit(site, built, run, page):
    """Of another article nothing happens; of this one, the page waits until the sound is stopped."""
    page.goto(f"{site.address}feed/episodes/harbour.html")
    looked(page)
    page.evaluate("() => { document.querySelector('audio').loop = true }")
    page.locator(".toggle").first.click()
    page.wait_for_function(PLAYS)
    edit(built, run, "rain", "خفيفة", "غزيرة")
    looked(page)
    edit(built, run, "harbour", "أول سفينة", "ثاني سفينة")
    looked(page, 4)
    assert page.evaluate(PLAYS)
    assert len(page.loads) == 1
    page.locator(".toggle").first.click()
    page.wait_for_function("() => document.title.includes('ثاني سفينة')")
    assert len(page.loads) == 2


def test_where_a_card_was_stopped_is_where_it_goes_on_after_an_edit_of_another(site, built, run, page):
    """The show's page changes with every article: its players keep their places, a new sound begins anew."""
    page.goto(f"{site.address}feed/index.html")
    looked(page)
    place = """(slug) => {
      const sounds = [...document.querySelectorAll("audio")];
      return sounds.find((sound) => sound.src.includes(slug)).currentTime;
    }"""
    page.evaluate(
        """async () => {
          for (const sound of document.querySelectorAll("audio")) {
            sound.currentTime = 1.5;
            await sound.play();
            sound.pause();
          }
        }"""
    )
    stopped = page.evaluate(place, "harbour")
    assert stopped >= 1.5
    edit(built, run, "rain", "خفيفة", "غزيرة")
    page.get_by_text("أمطار غزيرة").first.wait_for(state="attached")
    page.wait_for_function("() => !sessionStorage.length && document.readyState === 'complete'")
    assert page.evaluate(place, "harbour") == pytest.approx(stopped, abs=0.1)
    assert page.evaluate(place, "rain") == 0
