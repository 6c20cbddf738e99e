"""`nashra read` and `nashra add` as an editor uses them: files, links, pasted text, the same link again."""

import io
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nashra.articles import reading
from nashra.intake import adding

LEAD = (
    "أعلنت وزارة النقل، يوم الاثنين، عن خطة جديدة لتوسيع شبكة القطارات "
    "بين المدن الكبرى خلال السنوات الخمس المقبلة."
)
BODY = (
    "وتشمل الخطة بناء محطات جديدة في ست مدن، وتجديد القاطرات القديمة، وتكوين مئات السائقين في مركز خاص بهم."
)
END = (
    "وقال مدير المشروع إن الأشغال ستنطلق في فصل الربيع، "
    "وإن أول قطار سيصل إلى الميناء قبل نهاية السنة المقبلة."
)
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>خطة جديدة للقطارات - جريدة المحطة</title>
<meta property="og:title" content="خطة جديدة للقطارات - جريدة المحطة">
<meta property="og:site_name" content="جريدة المحطة">
<meta property="og:image" content="{image}">
</head><body>
<nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>
<article><h1>خطة جديدة للقطارات</h1>
<div class="meta">بقلم: سمية الناصري</div><div>الاثنين 3 فبراير 2025 - 10:20</div>
<p>{lead}</p><p><a href="/other">اقرأ أيضا: خبر آخر لا علاقة له بالموضوع</a></p>
<h2>محطات جديدة</h2><p>{body}</p><p>{end}</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


class Site(ThreadingHTTPServer):
    """A newspaper's server on loopback; `pages` are its paths, and may change."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def link(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self):
        self.server.asked.append(self.path)
        kind, body = self.server.pages.get(self.path, ("text/html", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site():
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def desk(station, site, settings, brief):
    """Return a station that may read the site on loopback."""
    return station({"rain.txt": brief}, f'{settings}\n[fetch]\nallow = ["127.0.0.1:{site.server_port}"]\n')


def page(*, lead=LEAD, body=BODY, end=END, image="") -> tuple[str, bytes]:
    return "text/html; charset=utf-8", PAGE.format(lead=lead, body=body, end=end, image=image).encode()


def only(desk):
    """Return the one Markdown article of a station."""
    (found,) = desk.glob("articles/*.md")
    return found


def test_a_link_becomes_a_markdown_file_with_the_article_and_nothing_else(desk, site, run):
    """Title without the site's name, byline, date, heading; no menu, no «read also», no rights."""
    site.pages["/news/1"] = page()
    ran = run(desk, "add", site.link("/news/1"))
    assert ran.code == 0, ran.err
    assert only(desk).name == "2025-02-03-khoutta-jadida-lilkatarat.md"
    read = reading.text(only(desk).read_text("utf-8"), only(desk).name, "x").article
    assert (read.title, read.author, read.outlet) == ("خطة جديدة للقطارات", "سمية الناصري", "جريدة المحطة")
    assert read.date.isoformat() == "2025-02-03T10:20:00+00:00"
    assert read.lead.paragraphs == (LEAD,)
    assert [(part.heading, part.paragraphs) for part in read.sections] == [("محطات جديدة", (BODY, END))]
    assert read.url == site.link("/news/1")
    assert f"{only(desk)}  new  خطة جديدة للقطارات" in ran.out


def test_the_same_link_again_changes_nothing(desk, site, run):
    """A second `add` of an unchanged page leaves the file as it is."""
    site.pages["/1"] = page()
    run(desk, "add", site.link("/1"))
    before = only(desk).read_bytes()
    assert "  unchanged  " in run(desk, "add", site.link("/1")).out
    assert only(desk).read_bytes() == before


def test_what_was_corrected_here_stays_when_the_page_changes_elsewhere(desk, site, run):
    """An editor's correction and the site's own meet in one file, without a question."""
    site.pages["/1"] = page()
    run(desk, "add", site.link("/1"))
    mine = BODY.replace("ست مدن", "سبع مدن")
    only(desk).write_text(only(desk).read_text("utf-8").replace(BODY, mine), "utf-8")
    theirs = END.replace("الربيع", "الخريف")
    site.pages["/1"] = page(end=theirs)
    assert "  updated  " in run(desk, "add", site.link("/1")).out
    assert mine in only(desk).read_text("utf-8")
    assert theirs in only(desk).read_text("utf-8")


def test_where_both_changed_the_same_sentence_the_editor_decides(desk, site, run, monkeypatch):
    """Without a terminal it is an error with the difference shown; --ours and --theirs are answers."""
    site.pages["/1"] = page()
    run(desk, "add", site.link("/1"))
    mine, theirs = BODY.replace("ست", "سبع"), BODY.replace("ست", "ثماني")
    corrected = only(desk).read_text("utf-8").replace(BODY, mine)
    only(desk).write_text(corrected, "utf-8")
    site.pages["/1"] = page(body=theirs)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    ran = run(desk, "add", site.link("/1"))
    assert (ran.code, len(ran.complaints)) == (3, 1)
    assert f"-{mine}" in ran.err
    assert f"+{theirs}" in ran.err
    assert only(desk).read_text("utf-8") == corrected
    assert "  kept  " in run(desk, "add", "--ours", site.link("/1")).out
    assert only(desk).read_text("utf-8") == corrected
    site.pages["/1"] = page(body=theirs.replace("ثماني", "تسع"))
    assert "  updated  " in run(desk, "add", "--theirs", site.link("/1")).out
    assert "تسع مدن" in only(desk).read_text("utf-8")


def test_a_large_picture_becomes_the_episodes_cover_and_a_small_one_is_named(desk, site, run):
    """og:image of 1400 pixels and more is kept beside the article; less is said to be too small."""
    for side, path in ((1500, "/large.jpg"), (300, "/small.jpg")):
        drawn = io.BytesIO()
        Image.new("RGB", (side, side), "navy").save(drawn, "JPEG")
        site.pages[path] = ("image/jpeg", drawn.getvalue())
    site.pages["/1"] = page(image=site.link("/large.jpg"))
    run(desk, "add", site.link("/1"))
    picture = only(desk).with_suffix(".jpg")
    assert picture.read_bytes() == site.pages["/large.jpg"][1]
    assert f'image: "{picture.name}"' in only(desk).read_text("utf-8")
    only(desk).unlink()
    site.pages["/1"] = page(image=site.link("/small.jpg"))
    assert "too small for a cover" in run(desk, "add", site.link("/1")).err
    assert "image:" not in only(desk).read_text("utf-8")


def test_an_added_article_builds(desk, site, run):
    """What `add` writes, `build` speaks: the heading is a chapter."""
    site.pages["/1"] = page()
    run(desk, "add", site.link("/1"))
    ran = run(desk, "build", only(desk).name)
    assert ran.code == 0, ran.err
    (record,) = desk.glob("audio/2025-*.json")
    told = json.loads(record.read_text("utf-8"))
    assert "محطات جديدة" in [chapter["title"] for chapter in told["chapters"]]
    assert told["published"].startswith("2025-02-03T10:20")


def test_a_loopback_link_is_refused_unless_the_owner_named_it(station, brief, site, run):
    """Nobody's link may make Nashra ask a machine inside the network; the site is not even called."""
    site.pages["/1"] = page()
    ran = run(station({"rain.txt": brief}), "add", site.link("/1"))
    assert (ran.code, len(ran.complaints), site.asked) == (3, 1, [])
    assert "[fetch] allow" in ran.err


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/html,x", "javascript:1"]
)
def test_what_is_no_web_link_is_no_link(desk, run, link):
    """Other schemes open nothing: they are refused in a line."""
    ran = run(desk, "add", link)
    assert (ran.code, len(ran.complaints)) == (3, 1)


def test_a_page_without_an_article_is_an_error_and_writes_nothing(desk, site, run):
    """A cookie wall, an empty page and a page that is not there leave `articles/` as it was."""
    site.pages["/wall"] = ("text/html", "<h1>ملفات تعريف الارتباط</h1><p>نستخدم الكوكيز.</p>".encode())
    site.pages["/empty"] = ("text/html", b"<html><body><div></div></body></html>")
    for path in ("/wall", "/empty", "/gone"):
        ran = run(desk, "add", site.link(path))
        assert (ran.code, len(ran.complaints)) == (3, 1), path
        assert site.link(path) in ran.err
    assert not list(desk.glob("articles/*.md"))


def test_read_prints_the_article_and_writes_nothing(desk, site, run, files):
    """For a person, with what was not found named as such; for programs as JSON."""
    site.pages["/1"] = page()
    before = files(desk)
    told = run(desk, "read", site.link("/1")).out
    assert told.startswith("# خطة جديدة للقطارات\n")
    assert "author: سمية الناصري" in told
    assert "image: (not found)" in told
    found = json.loads(run(desk, "read", "--json", site.link("/1")).out)
    assert found["sections"] == [{"heading": "محطات جديدة", "paragraphs": [BODY, END]}]
    assert (found["title_derived"], found["byline"], found["lead"]) == (False, "بقلم: سمية الناصري", [LEAD])
    assert "اقرأ أيضا: خبر آخر لا علاقة له بالموضوع" in [each["text"] for each in found["dropped"]]
    assert all(each["reason"] for each in found["dropped"])
    assert files(desk) == before


def test_read_explains_every_line_with_its_cues(tmp_path, run):
    """`--explain` adds the points up, and names the rule of a dropped line."""
    (tmp_path / "a.txt").write_text(f"{LEAD}\n{BODY}\nمحطات جديدة\n{END}\nشارك عبر فيسبوك\n", "utf-8")
    told = run(tmp_path, "read", "--explain", "a.txt").out
    assert "    3  heading    محطات جديدة  (after a sentence +3, before a paragraph +4 = 7)" in told
    assert "    5  dropped    شارك عبر فيسبوك  (share)" in told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
def test_a_file_in_any_arabic_encoding_is_read(tmp_path, run, encoding):
    """An older encoding is read, and said."""
    (tmp_path / "a.txt").write_bytes(f"{LEAD}\n{BODY}\n".encode(encoding))
    ran = run(tmp_path, "read", "--json", "a.txt")
    found = json.loads(ran.out)
    assert found["lead"] == [LEAD, BODY]
    assert bool(found["notes"]) == (encoding in {"windows-1256", "iso-8859-6"})


def test_standard_input_is_read_as_what_it_is(desk, run, monkeypatch):
    """Text, Markdown and HTML are told apart without a name."""
    for source, headings in (
        (f"{LEAD}\n{BODY}\n", []),
        (f"# عنوان\n\n{LEAD}\n\n## قسم\n\n{BODY}\n", ["قسم"]),
        (page()[1].decode(), ["محطات جديدة"]),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source.encode())))
        found = json.loads(run(desk, "read", "--json", "-").out)
        assert [part["heading"] for part in found["sections"]] == headings


def test_a_local_file_is_added_under_a_name_of_its_own(desk, run):
    """Two articles of one title and day get two files; what was not found is said."""
    for number in (1, 2):
        (desk / f"{number}.txt").write_text(f"خطة جديدة للقطارات\n{LEAD}\nرقم {number}: {BODY}\n", "utf-8")
        ran = run(desk, "add", f"{number}.txt")
        assert "not found: author, date" in ran.err
    names = sorted(path.name for path in desk.glob("articles/*.md"))
    assert names == ["2026-01-01-khoutta-jadida-lilkatarat-2.md", "2026-01-01-khoutta-jadida-lilkatarat.md"]


def test_markdown_from_elsewhere_keeps_what_we_know_of_its_front_matter(desk, run):
    """Unknown fields of other programs are named, not fatal, as they are in our own articles."""
    (desk / "post.md").write_text(
        f"---\nlayout: post\ntitle: عنوان الخبر\ndesc: ملخص\n---\n\n{LEAD}\n\n## قسم\n\n{BODY}\n", "utf-8"
    )
    ran = run(desk, "add", "post.md")
    assert "`layout` not used" in ran.err
    assert "summary: ملخص" in only(desk).read_text("utf-8")


LINES = st.lists(st.sampled_from(["أ", "ب", "ج", "د", "ه", ""]), max_size=8).map("\n".join)


@given(base=LINES, ours=LINES, theirs=LINES)
def test_a_merge_never_loses_the_side_that_alone_changed(base, ours, theirs):
    """One side's changes alone are taken whole; no change is no merge; and the preferred side wins."""
    assert adding.update(ours, base, base) == (ours, 0)
    assert adding.update(base, base, theirs) == (theirs, 0)
    assert adding.update(ours, base, ours) == (ours, 0)
    if adding.update(ours, base, theirs).conflicts == 0:
        assert adding.update(ours, base, theirs) == adding.update(ours, base, theirs, adding.THEIRS)


def test_a_word_file_in_the_folder_is_pointed_out(desk, run):
    """A build does not read it, and says how it is brought in, instead of passing it over."""
    (desk / "articles" / "خبر.docx").write_bytes(b"PK")
    ran = run(desk, "build", "--dry-run")
    assert ran.code == 0
    assert "bring it in with `nashra add articles/خبر.docx`" in ran.err


def test_an_article_in_an_older_encoding_is_built_and_said_so(desk, run):
    """An editor's windows-1256 file is no error; the build names what it took it for."""
    (desk / "articles" / "old.txt").write_bytes(f"{LEAD}\n".encode("cp1256"))
    ran = run(desk, "build", "--dry-run")
    assert ran.code == 0
    assert "articles/old.txt: read as cp1256, which it does not say" in ran.err
