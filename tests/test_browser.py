"""The pages as a browser shows them: over HTTP, from the disk, with a keyboard, without a script."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import runpy
import shutil
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

import lameenc
import pytest

from nashra import strands
from nashra.feed.pages import strand_pages, withdrawals
from nashra.model import RATE, Cue, Revision
from nashra.settings import Strand, Subscribe

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on PATH"),
]

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PLAYING = "() => { const a = document.querySelector('audio'); return !a.paused && a.currentTime > 0; }"
STICKING_OUT = """() => {
  const framed = [...document.querySelectorAll(".subscribe *, .share *, .player *, .card *, .corrections *")];
  return framed.filter((each) => {
    const own = each.getBoundingClientRect(), around = each.parentElement.getBoundingClientRect();
    const hidden = !own.width || each.closest(".unseen, svg, select");
    return !hidden && (own.left < around.left - 1 || own.right > around.right + 1);
  }).map((each) => each.outerHTML.slice(0, 80));
}"""
DOCUMENTATION = (Path(__file__).parents[1] / "docs" / "templates.md").read_text("utf-8")
PAGE = "feed/episodes/visit.html"
CORRECTED = ("feed/episodes/corrected.html", "feed/embed/gone.html")
OTHERS = ("feed/index.html", "feed/sport.html", "feed/embed/visit.html", *CORRECTED)


@dataclass(frozen=True)
class Timed(Cue):
    """A sentence with the times of its words."""

    words: tuple[int, ...] = ()


def the_episode(an_episode):
    """Return the episode of test_pages, the words of its sentences 3 s apart, and long enough to scroll."""
    cues = [
        Timed(
            cue.start, cue.end, cue.role, cue.text, cue.new_paragraph, (0, 3 * RATE)[: len(cue.text.split())]
        )
        for cue in an_episode().cues
    ]
    last = next(place for place, cue in enumerate(cues) if cue.text.startswith("تنظمها"))
    cues[last] = replace(cues[last], text=" ".join(["تنظمها ثلاث دول"] * 300) + ".", words=())
    return an_episode(cues=tuple(cues))


@pytest.fixture(scope="module")
def station(tmp_path_factory) -> Path:
    """Return a station's folder with one episode: silence of its length, and its pages."""
    built = runpy.run_path(str(Path(__file__).with_name("test_pages.py")))
    episode = the_episode(built["an_episode"])
    folder = tmp_path_factory.mktemp("station")
    corrected = replace(
        episode,
        slug="corrected",
        revisions=(Revision(episode.updated, episode.media.file, "text changed", 1, correction=True),),
    )
    gone = replace(episode, slug="gone", withdrawn=episode.updated)
    show, templates, cover = built["SHOW"], built["TEMPLATES"], built["COVER"]
    made = {
        **withdrawals(show, [gone], templates, cover),
        **built["pages"](show, [corrected], templates, cover),
        **built["pages"](show, [episode], templates, cover),
    }
    sport = strands.show_of(
        show, Strand("sport", "رياضة سوس", description="كل ما يخص الأندية والملاعب، بلا سياسة.")
    )
    of_sport = strand_pages(
        sport, [episode], templates, cover, Subscribe(), unchanged=(), standing={}, feeds=(show, sport)
    )
    (folder / "feed").mkdir()
    (folder / "feed" / "feeds.opml").write_bytes(b"")
    for name, text in (of_sport | made).items():
        path = folder / "feed" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    (folder / "feed" / built["COVER"]).write_bytes(b"")
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.silence()
    (folder / "audio").mkdir()
    sound = encoder.encode(bytes(2 * episode.frames)) + encoder.flush()
    (folder / "audio" / episode.media.file).write_bytes(bytes(sound))
    documented = re.search(r"(?m)^    addEventListener\(.*?^    }\);$", DOCUMENTATION, re.DOTALL)
    assert documented
    frame = '<iframe src="embed/visit.html" width="320" height="50"></iframe>'
    host = f"<!doctype html><meta charset=utf-8><title>جريدة</title><script>{documented[0]}</script>{frame}"
    (folder / "feed" / "newspaper.html").write_text(host, "utf-8")
    return folder


class Ranges(http.server.SimpleHTTPRequestHandler):
    """A server with byte ranges, without which Chromium cannot seek (FEED.md 0.4)."""

    def log_message(self, *_arguments):
        pass

    def do_GET(self):
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        try:
            self.wfile.write(data[first : last + 1])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # a player stops reading when it knows enough


@pytest.fixture(scope="module")
def site(station):
    """Return the address of the station on this machine."""
    handler = functools.partial(Ranges, directory=str(station))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    """Return one Chromium for all tests; each takes a context of its own, which forgets everything."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, site):
    """Return what opens an address of the station, and fails on a script's error or a foreign request."""
    contexts, wrong = [], []

    def visit(path: str, *, within=None, **options):
        context = within or browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        own = (site, "file:", "data:")
        page.on("request", lambda asked: asked.url.startswith(own) or wrong.append(asked.url))
        page.goto(path if ":" in path.partition("#")[0] else site + path)
        return page

    yield visit
    for context in dict.fromkeys(contexts):
        context.close()
    assert wrong == []


def at(page) -> float:
    return page.evaluate("document.querySelector('audio').currentTime")


def marked(page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".text .now").all_text_contents()]


def current(page) -> str | None:
    return page.locator(".chapters [aria-current]").get_attribute("href")


def test_the_button_plays_and_pauses_and_says_which(visit):
    page = visit(PAGE)
    page.get_by_role("button", name="تشغيل", exact=True).click()
    page.wait_for_function(PLAYING)
    page.get_by_role("button", name="إيقاف مؤقت").click()
    assert page.evaluate("document.querySelector('audio').paused")


@pytest.mark.parametrize(
    ("asked", "time", "chapter"),
    [
        ("", 0, "#t=0"),
        ("#t=30", 30, "#t=30"),
        ("#t=75", 75, "#t=70"),
        ("#t=1:15", 75, "#t=70"),
        ("#s2", 30, "#t=30"),
    ],
)
def test_an_address_leads_to_its_time_and_chapter(visit, asked, time, chapter):
    page = visit(PAGE + asked)
    page.wait_for_function("() => document.querySelector('audio').readyState > 0")
    assert at(page) == pytest.approx(time, abs=0.02)
    assert current(page) == chapter


def test_a_chapter_seeks_plays_and_becomes_the_address(visit):
    page = visit(PAGE)
    page.locator(".chapters").get_by_role("link", name="كأس العالم 2030").click()
    page.wait_for_function(PLAYING)
    assert at(page) >= 70
    assert current(page) == "#t=70"
    assert page.url.endswith("#t=70")


def test_the_text_follows_the_sound_sentence_by_sentence(visit):
    page = visit(PAGE + "#t=48")
    assert marked(page) == ["جاءت الزيارة بدعوة."] or marked(page) == []
    page.locator(".toggle").click()
    page.wait_for_function("() => document.querySelector('.text .now')?.textContent === 'ودامت يومين.'")


def test_the_word_being_said_is_marked_where_words_are_timed(visit):
    page = visit(PAGE + "#t=54")
    word = "[...CSS.highlights.get('word')].map(String)"
    assert (marked(page), page.evaluate(word)) == (["ودامت يومين."], ["يومين."])
    page.evaluate("location.hash = '#t=51'")
    page.wait_for_function(f"() => {word}[0] === 'ودامت'")


def test_a_click_on_a_sentence_plays_from_it(visit):
    page = visit(PAGE)
    page.get_by_text("ثم عاد الوفد.").click()
    page.wait_for_function(PLAYING)
    assert at(page) >= 60
    assert marked(page) == ["ثم عاد الوفد."]


def test_the_button_of_a_section_plays_from_it(visit):
    page = visit(PAGE)
    page.get_by_role("button", name="استمع من هنا: تعزيز التعاون").click()
    page.wait_for_function(PLAYING)
    assert 30 <= at(page) < 45


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_page_follows_unless_the_reader_scrolls(visit, motion):
    page = visit(PAGE, viewport={"width": 390, "height": 600}, reduced_motion=motion)
    find = "[...document.querySelectorAll('.text span')].find((span) => span.textContent === 'ودامت يومين.')"
    seen = f"() => {{ const b = {find}.getBoundingClientRect(); return b.top < innerHeight && b.bottom > 0 }}"
    page.evaluate("Object.assign(document.querySelector('audio'), {currentTime: 49.9, playbackRate: 0.25})")
    page.locator(".toggle").click()
    page.wait_for_function("() => document.querySelector('.text .now')?.textContent === 'ودامت يومين.'")
    page.wait_for_function(seen)
    page.mouse.move(195, 500)
    for _turn in range(40):  # a wheel has many turns; the first only stops the page's own way
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(50)
    back = page.get_by_role("button", name="إلى موضع القراءة")
    back.wait_for()
    assert not page.evaluate(seen)
    back.click()
    page.wait_for_function(seen)
    assert back.is_hidden()


def test_skips_and_speed_work_and_the_speed_is_remembered(visit, browser):
    context = browser.new_context()
    page = visit(PAGE + "#t=30", within=context)
    page.get_by_role("button", name="تقديم 15 ثانية").click()
    assert at(page) == pytest.approx(45, abs=0.1)
    page.get_by_role("button", name="رجوع 15 ثانية").click()
    assert at(page) == pytest.approx(30, abs=0.1)
    page.get_by_label("السرعة").select_option("1.5")
    again = visit(PAGE, within=context)
    assert again.evaluate("document.querySelector('audio').playbackRate") == 1.5


def test_a_listener_goes_on_where_they_stopped(visit, browser):
    context = browser.new_context()
    page = visit(PAGE + "#t=40", within=context)
    page.locator(".toggle").click()
    page.wait_for_function(PLAYING)
    page.locator(".toggle").click()
    left = at(page)
    again = visit(PAGE, within=context)
    again.wait_for_function("() => document.querySelector('audio').readyState > 0")
    assert at(again) == pytest.approx(left, abs=0.3)


def test_the_keyboard_reaches_the_player_chapters_and_sections_and_no_sentence(visit):
    page = visit(PAGE)
    reached: list[str] = []
    while reached.count("skip") < 2 and len(reached) < 99:  # once round the page
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className || document.activeElement.localName"))
    assert {"round toggle", "seek", "plain", "select", "from"} <= set(reached)
    assert reached.count("from") == 3
    assert "span" not in reached


def test_the_slider_is_moved_with_keys_and_says_where_it_is(visit):
    page = visit(PAGE + "#t=30")
    slider = page.get_by_role("slider", name="موضع التشغيل")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert at(page) == pytest.approx(35, abs=0.1)
    assert slider.get_attribute("aria-valuetext") == "0:35 من 1:40"
    page.keyboard.press("PageUp")
    assert at(page) == pytest.approx(95, abs=0.1)


def test_the_lock_screen_knows_the_chapter_the_title_and_the_show(visit):
    page = visit(PAGE + "#t=75")
    told = page.evaluate(
        "(({title, artist, album}) => [title, artist, album])(navigator.mediaSession.metadata)"
    )
    assert told == ["كأس العالم 2030", "زيارة عمل", "نشرة"]


def test_the_link_to_the_moment_and_the_embed_line_can_be_copied(visit):
    page = visit(PAGE + "#t=75", permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy=moment]").click()
    page.wait_for_function("() => document.getElementById('said').textContent === 'نُسخ'")
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == "https://radio.example/feed/episodes/visit.html#t=75"
    )


def test_the_show_page_plays_a_card_and_offers_to_copy_its_address(visit):
    page = visit("feed/index.html")
    assert page.locator("button[data-copy=address]").is_visible()
    assert page.locator(".card audio").is_hidden()
    page.get_by_role("button", name="تشغيل: زيارة عمل").click()
    page.wait_for_function(PLAYING)
    assert page.locator(".card audio").is_visible()


def test_a_page_that_listens_as_the_documentation_says_gives_the_small_player_its_height(visit):
    page = visit("feed/newspaper.html")
    fits = "() => document.querySelector('iframe').height >= {}".format
    page.wait_for_function(fits(200))
    frame = page.frame_locator("iframe")
    frame.locator("summary").click()
    page.wait_for_function(fits(300))
    body = frame.locator("body").evaluate("(body) => Math.ceil(body.getBoundingClientRect().height)")
    page.wait_for_function(f"() => document.querySelector('iframe').height === '{body}'")
    frame.get_by_role("link", name="تعزيز التعاون").click()
    frame.locator(".player.playing").wait_for()
    assert frame.locator("audio").evaluate("(audio) => audio.currentTime") >= 30


def test_the_closed_small_player_fits_its_offered_height_on_a_phone(visit):
    page = visit("feed/embed/visit.html", viewport={"width": 320, "height": 264})
    assert page.evaluate("document.body.getBoundingClientRect().height") <= 264


@pytest.mark.parametrize("path", [PAGE, "feed/index.html", "feed/embed/visit.html"])
def test_without_a_script_there_are_text_and_the_browsers_own_player(visit, path):
    page = visit(path, java_script_enabled=False)
    assert page.locator("audio[controls]").is_visible()
    assert page.locator("button:visible, input[type=range]:visible").count() == 0
    if path == PAGE:
        assert page.get_by_text("ودامت يومين.").is_visible()
        page.locator(".chapters").get_by_role("link", name="كأس العالم 2030").click()
        assert page.locator("section[id='t=70']").is_visible()


def test_a_station_opens_from_the_disk_and_plays(visit, station):
    page = visit((station / "feed/index.html").as_uri())
    page.get_by_role("link", name="زيارة عمل", exact=True).click()
    page.wait_for_url(re.compile(r"^file:.*visit\.html$"))
    page.get_by_role("button", name="استمع من هنا: كأس العالم 2030").click()
    page.wait_for_function(PLAYING)
    assert at(page) >= 70


def test_a_missing_sound_is_said_in_words(visit, station, tmp_path):
    shutil.copytree(station / "feed", tmp_path / "feed")
    page = visit((tmp_path / PAGE).as_uri())
    page.get_by_role("alert").wait_for()
    assert "تنزيل" in page.get_by_role("alert").inner_text()


def test_a_sound_that_was_missed_before_the_script_came_is_said_too(browser, visit, station, tmp_path):
    shutil.copytree(station / "feed", tmp_path / "feed")
    context = browser.new_context()
    context.route("**/nashra.js", lambda route: (time.sleep(1), route.continue_()))
    page = visit((tmp_path / PAGE).as_uri(), within=context)
    page.get_by_role("alert").wait_for()


def test_a_script_smuggled_into_a_page_is_refused_by_its_policy(visit, station):
    original = station / PAGE
    script = "<script>document.title = 'owned'</script></main>"
    original.with_name("smuggled.html").write_text(
        original.read_text("utf-8").replace("</main>", script), "utf-8"
    )
    assert "owned" not in visit("feed/episodes/smuggled.html").title()


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
@pytest.mark.parametrize("path", [PAGE, *OTHERS])
def test_no_page_scrolls_sideways(visit, path, width):
    page = visit(path, viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", [PAGE, *OTHERS])
def test_nothing_sticks_out_of_its_frame_on_the_smallest_phone(visit, path):
    """Buttons to copy an address stood over the edge of their card at 320 pixels."""
    page = visit(path, viewport={"width": 320, "height": 844})
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.skipif(
    not AXE.is_file(), reason="axe-core is not there: npm install axe-core, or name it in AXE_CORE"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [PAGE + "#t=55", *OTHERS])
def test_axe_finds_nothing_against_wcag_2_2_aa(visit, path, width, scheme):
    page = visit(path, viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    found = page.evaluate(f"axe.run(document, {{runOnly: {tags}}})")
    assert len(found["passes"]) > 15
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []


def test_print_has_the_text_and_nothing_to_click(visit):
    page = visit(PAGE)
    page.emulate_media(media="print")
    assert page.get_by_text("ودامت يومين.").is_visible()
    assert page.locator("button:visible, audio:visible, .chapters:visible").count() == 0
