"""Pulling from a server on loopback: new, edited, corrected, deleted, failing articles; drafts, approval."""

from __future__ import annotations

import io
import json
import threading
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import NamedTuple

import pytest
import requests
from PIL import Image

from nashra import station
from nashra.articles import feeds, reading
from nashra.articles import html as pages
from nashra.commands import pulling as command
from nashra.errors import ArticleError, ConfigurationError, FetchError
from nashra.intake import approving, pulling
from nashra.intake.following import Doors
from nashra.parsing import Parsers

NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
EPOCH = int(NOW.timestamp())
PARSERS = Parsers(pages.page, pages.fragment, feeds.feed)
S = "افتتح وزير النقل صباح اليوم خطا جديدا للترام يربط الميناء بالجامعة، ويمر بستة أحياء شعبية."
T = "وقالت إدارة الشركة إن التذكرة ستباع بسعر واحد في كل المحطات، وإن العمل بها يبدأ يوم الاثنين."


class Served(NamedTuple):
    """What stands at a path: its bytes, media type, status, and mark of its version."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    etag: str = ""


class Site:
    """A web server on loopback: `pages` by path, and the requests it had."""

    def __init__(self):
        self.pages: dict[str, Served] = {}
        self.asked: list[str] = []
        site = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                found = site.pages.get(self.path, Served(b"", status=404))
                known = found.etag and self.headers.get("If-None-Match") == found.etag
                site.asked.append(f"{self.path}{' 304' if known else ''}")
                self.send_response(304 if known else found.status)
                self.send_header("Content-Type", found.kind)
                if found.etag:
                    self.send_header("ETag", found.etag)
                self.send_header("Content-Length", "0" if known else str(len(found.body)))
                self.end_headers()
                self.wfile.write(b"" if known else found.body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def feed(self, *items: str, etag: str = "", path: str = "/feed"):
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        text = (
            f"<rss version='2.0' {space}><channel><title>صدى الميناء</title>{''.join(items)}</channel></rss>"
        )
        self.pages[path] = Served(text.encode(), "application/rss+xml", etag=etag)


class Answered(NamedTuple):
    url: str
    status: int
    charset: str
    body: bytes
    etag: str
    last_modified: str


class Plain:
    """The least that can stand in for the fetcher: it asks, and believes."""

    def get(self, url, *, accept, etag="", last_modified=""):
        del accept, last_modified
        answer = requests.get(url, headers={"If-None-Match": etag} if etag else {}, timeout=5)
        if answer.status_code not in {200, 304}:
            raise FetchError(f"answers {answer.status_code}", where=url, status=answer.status_code)
        return Answered(
            answer.url, answer.status_code, "", answer.content, answer.headers.get("ETag", ""), ""
        )


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def place(tmp_path, site, settings):
    """Return what makes a station that pulls from the site."""

    def place(more: str = "", path: str = "/feed"):
        root = tmp_path / "station"
        (root / "articles").mkdir(parents=True, exist_ok=True)
        source = f'[fetch]\nallow = ["{site.url[7:]}"]\n\n[[source]]\nurl = "{site.url}{path}"\n{more}\n'
        (root / "nashra.toml").write_text(f"{settings}\n{source}", "utf-8")
        return station.load(root)

    return place


def item(number: int, *texts: str, day: int = 5, more: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in texts or (S, T, S, T))
    return (
        f"<item><title>خبر رقم {number}</title><link>/{number}</link>"
        f"<guid isPermaLink='false'>tag:{number}</guid>"
        f"<pubDate>{day:02} Jan 2026 08:{number:02}:00 GMT</pubDate>{more}"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def stub(number: int, day: int = 6) -> str:
    return (
        f"<item><title>خبر رقم {number}</title><link>/{number}</link>"
        f"<pubDate>{day:02} Jan 2026 08:{number:02}:00 GMT</pubDate>"
        f"<description>{S} [&amp;#8230;] The post خبر appeared first on صدى الميناء.</description></item>"
    )


def web_page(number: int, *texts: str) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in texts or (S, T, S, T, S, T))
    menu = "<ul>" + "<li><a href='/x'>قسم الأخبار</a></li>" * 9 + "</ul>"
    return (
        f"<html lang='ar'><head><title>خبر رقم {number}</title></head><body><nav>{menu}</nav>"
        f"<article><h1>خبر رقم {number}</h1>{body}</article><footer>كل الحقوق محفوظة</footer></body></html>"
    ).encode()


def pull(where, now=NOW, **more):
    return pulling.pull(where, Doors(Plain(), PARSERS, str), now, **more)


def texts(where) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(where.articles.glob("*.md"))}


def messages(done) -> list[str]:
    return [str(failure) for failure in done.failures]


def test_new_articles_come_in_as_drafts(site, place):
    """An item with its text becomes a Markdown file whose name has its day and its title."""
    site.feed(item(2, day=6), item(1, more="<dc:creator>سعاد بنعلي</dc:creator>"))
    where = place('voice = "espeak"')
    done = pull(where)
    assert done == pulling.Pulled(new=tuple(sorted(texts(where), reverse=True)))
    text = texts(where)[done.new[1]]
    assert done.new[1].startswith("2026-01-05-")
    assert done.new[1].isascii()
    assert text.splitlines()[:3] == ["---", "title: خبر رقم 1", "date: 2026-01-05 08:01:00+00:00"]
    for line in (
        "author: سعاد بنعلي",
        "draft: true",
        f'url: "{site.url}/1"',
        'source_id: "tag:1"',
        f'source: "{site.url}/feed"',
        'voice: "espeak"',
    ):
        assert line in text.splitlines()
    assert text.endswith(f"{S}\n\n{T}\n\n{S}\n\n{T}\n")
    assert site.asked == ["/feed"]


def test_a_summary_is_never_voiced(site, place):
    """The link of a summary is followed: the article is what its page shows, without the menu."""
    site.feed(stub(1))
    site.pages["/1"] = Served(web_page(1))
    where = place()
    assert len(pull(where).new) == 1
    (text,) = texts(where).values()
    assert text.endswith(f"{S}\n\n{T}\n\n{S}\n\n{T}\n\n{S}\n\n{T}\n")
    assert "appeared first" not in text
    assert "قسم الأخبار" not in text
    assert site.asked == ["/feed", "/1"]


def test_a_summary_whose_page_fails_is_no_article(site, place):
    """A missing page, a wall, a summary without a link: each is a failure, and the others come in."""
    nowhere = f"<item><title>بلا رابط</title><description>{S}…</description></item>"
    site.feed(stub(1), nowhere, stub(2), stub(3))
    site.pages["/2"] = Served("<html><body><p>يرجى تفعيل جافا سكريبت</p></body></html>".encode())
    site.pages["/3"] = Served(web_page(3))
    where = place()
    done = pull(where)
    assert list(texts(where)) == list(done.new)
    assert len(done.new) == 1
    assert [message.partition(":")[0] for message in messages(done)] == ["http", "بلا رابط", "http"]
    assert "answers 404" in messages(done)[0]
    assert "no link leads to the rest" in messages(done)[1]


def test_an_unchanged_feed_is_not_read(site, place):
    """The second request is conditional; 304 means nothing to do, and losing the cache one full reading."""
    site.feed(item(1), etag='"a"')
    where = place()
    first = pull(where)
    assert pull(where) == pulling.Pulled()
    assert site.asked == ["/feed", "/feed 304"]
    for path in (where.cache / "pull").iterdir():
        path.unlink()
    assert pull(where) == pulling.Pulled(unchanged=first.new)
    assert site.asked[-1] == "/feed"


def test_other_settings_read_the_feed_again(site, place):
    """An unchanged feed is read in full once something else is wanted of it."""
    site.feed(item(1, more="<category>نقل</category>"), item(2), etag='"a"')
    assert len(pull(place('categories = ["نقل"]')).new) == 1
    assert len(pull(place()).new) == 1


def test_what_the_source_files_an_article_under_stands_in_its_front_matter(site, place):
    """And is read back; one category as it is, several as a list."""
    site.feed(
        item(1, more="<category>نقل</category>"),
        item(2, more="<category>نقل</category><category>مجتمع</category>"),
        item(3),
    )
    where = place()
    new = pull(where).new
    said = {reading.article((where.articles / file).read_bytes(), file).category for file in new}
    assert said == {("نقل",), ("نقل", "مجتمع"), ()}
    assert any("\ncategory: نقل\n" in (where.articles / file).read_text("utf-8") for file in new)


def test_the_limit_holds_and_the_rest_waits(site, place):
    """A source's own limit, then the run's; what waits comes in next time though the feed is the same."""
    site.feed(*(item(number) for number in range(9, 0, -1)), etag='"a"')
    where = place("limit = 4")
    first = pull(where)
    assert (len(first.new), first.waiting[0], len(first.waiting)) == (4, "خبر رقم 5", 5)
    assert [len(pull(where, limit=limit).new) for limit in (0, 3, 9)] == [0, 3, 2]
    assert pull(where) == pulling.Pulled()
    assert len(texts(where)) == 9


def test_only_what_is_wanted_comes_in(site, place):
    """Category, author and age are filters; an article without a date is of any age."""
    kinds = ("<category>نقل</category>", "<category>رياضة</category>", "<dc:creator>سعاد بنعلي</dc:creator>")
    site.feed(
        *(item(n, more=kind) for n, kind in enumerate(kinds, 1)),
        item(4, day=1),
        item(5).replace("Jan 2026", "?"),
    )
    titles = {
        'categories = ["نقل", "مجتمع"]': {1},
        'authors = ["سعاد بنعلي"]': {3},
        "max_age_days = 2": {1, 2, 3, 5},
    }
    for more, wanted in titles.items():
        where = place(more)
        done = pull(where, dry_run=True)
        assert len(done.new) == len(wanted), more
        assert not texts(where)
        assert not (where.cache / "pull").exists()


def test_an_edit_at_the_source_is_brought_in(site, place):
    """The file gets the new text, keeps its date, and stays what it was: draft, or approved."""
    site.feed(item(2), item(1))
    where = place()
    new = pull(where).new
    list(approving.approve(where, new[:1]))
    site.feed(item(2, S, T, S, "انتهى الحفل بعرض."), item(1, S, T, T, T).replace("05 Jan", "06 Jan"))
    done = pull(where)
    assert done == pulling.Pulled(updated=new)
    first, second = (texts(where)[file] for file in new)
    assert "انتهى الحفل" in first
    assert "draft" not in first
    assert "draft: true" in second
    assert "2026-01-05 08:01" in second
    assert pull(where) == pulling.Pulled(unchanged=new)


def test_a_correction_here_is_kept(site, place):
    """A local correction stays when nothing changed upstream; if both changed, the pull says so."""
    site.feed(item(1))
    where = place()
    (file,) = pull(where).new
    path = where.articles / file
    corrected = path.read_text("utf-8").replace("ستة أحياء", "سبعة أحياء")
    path.write_text(corrected, "utf-8")
    site.feed(item(1, more="<category>نقل</category>"))
    assert pull(where) == pulling.Pulled(unchanged=(file,))
    five = S.replace("ستة", "خمسة")
    site.feed(item(1, five, T, five, T))
    (said,) = messages(pull(where))
    assert said.startswith(f"articles/{file}: was corrected here and changed at its source")
    assert said.endswith(f"say `nashra add --ours {site.url}/1`, or --theirs")
    assert path.read_text("utf-8") == corrected
    assert messages(pull(where)) == []  # it is said again an hour later
    assert len(messages(pull(where, NOW + timedelta(hours=2)))) == 1


def test_adding_a_pulled_article_by_hand_leaves_it_a_draft(site, place, run):
    """`nashra add --ours` ends the conflict; draft, source and id stay, so that nothing is aired unheard."""
    site.feed(item(1))
    where = place()
    (file,) = pull(where).new
    path = where.articles / file
    corrected = path.read_text("utf-8").replace("ستة أحياء", "سبعة أحياء")
    path.write_text(corrected, "utf-8")
    five = (S.replace("ستة", "خمسة"), T, S.replace("ستة", "خمسة"), T)
    site.feed(item(1, *five))
    site.pages["/1"] = Served(web_page(1, *five))
    assert len(messages(pull(where))) == 1
    ran = run(where.root, "add", "--ours", f"{site.url}/1")
    assert ran.code == 0, ran.err
    text = path.read_text("utf-8")
    assert "سبعة أحياء" in text
    for line in ("draft: true", f'source: "{site.url}/feed"', 'source_id: "tag:1"'):
        assert line in text.splitlines()
    assert messages(pull(where, NOW + timedelta(hours=2))) == []
    assert "سبعة أحياء" in path.read_text("utf-8")


def test_changes_on_both_sides_are_merged(site, place):
    """A word corrected here and a paragraph added there: the file has both, and so it stays."""
    site.feed(item(1))
    where = place()
    (file,) = pull(where).new
    path = where.articles / file
    path.write_text(path.read_text("utf-8").replace("ستة أحياء", "سبعة أحياء", 1), "utf-8")
    site.feed(item(1, S, T, S, T, f"أما {T}"))
    assert pull(where) == pulling.Pulled(updated=(file,))
    text = texts(where)[file]
    assert text.count("سبعة أحياء") == text.count("ستة أحياء") == text.count("أما") == 1
    assert pull(where) == pulling.Pulled(unchanged=(file,))


def test_without_the_last_version_a_correction_is_kept_and_said_once(site, place):
    """Deleting `.nashra/` loses what the source said last: the file stays, and is compared from then on."""
    site.feed(item(1))
    where = place()
    (file,) = pull(where).new
    path = where.articles / file
    path.write_text(path.read_text("utf-8").replace("ستة", "سبعة"), "utf-8")
    (where.cache / "added" / file).unlink()
    for state in (where.cache / "pull").iterdir():
        state.unlink()
    assert len(messages(pull(where))) == 1
    later = NOW + timedelta(hours=2)
    assert pull(where, later) == pulling.Pulled(unchanged=(file,))
    assert "سبعة" in texts(where)[file]


def test_a_page_behind_a_summary_is_asked_again(site, place):
    """Such a feed tells no edits: once it changes, young stories are asked again, at most once an hour."""
    site.feed(stub(1), stub(2, day=3))
    site.pages["/1"] = Served(web_page(1), etag='"1"')
    site.pages["/2"] = Served(web_page(2))
    where = place()
    new = pull(where).new
    del site.asked[:]
    assert pull(where, NOW + timedelta(minutes=59)).unchanged == new
    assert pull(where, NOW + timedelta(minutes=61)).unchanged == new
    assert site.asked == ["/feed", "/feed", "/1 304"]
    site.pages["/1"] = Served(web_page(1, S, T, S, T, T, T), etag='"2"')
    assert pull(where, NOW + timedelta(hours=3)).updated == new[:1]
    del site.pages["/1"]
    assert pull(where, NOW + timedelta(hours=5)).gone == new[:1]
    assert set(texts(where)) == set(new)


def test_what_disappears_is_reported_and_kept(site, place):
    """An article newer than the feed's last item that the feed no longer has was taken back."""
    site.feed(item(3, day=6), item(2, day=5), item(1, day=4))
    where = place()
    new = pull(where).new
    site.feed(item(3, day=6), item(1, day=4))
    done = pull(where)
    assert done.gone == new[1:2]
    assert set(texts(where)) == set(new)
    site.feed(item(3, day=6), item(2, day=5))
    assert pull(where).gone == ()  # older than all there is: it only fell off the end
    site.feed()
    assert pull(where).gone == ()  # an empty feed is more often a fault than a wish


def test_a_deleted_file_does_not_come_back(site, place):
    """Whoever deletes a draft does not want it."""
    site.feed(item(1))
    where = place()
    (file,) = pull(where).new
    (where.articles / file).unlink()
    assert pull(where) == pulling.Pulled()
    assert not texts(where)


def test_articles_are_known_wherever_they_lie(site, place):
    """A renamed file is still its item's; one that a person added from the address is that person's."""
    site.feed(item(2), item(1))
    where = place()
    own = where.articles / "own.md"
    own.write_text(f"---\ntitle: خبر\nurl: {site.url}/1?utm_source=x\n---\n\n{S}\n", "utf-8")
    (file,) = pull(where).new
    (where.articles / file).rename(where.articles / "renamed.md")
    (where.articles / "broken.md").write_text("---\nurl: [\n---\nنص", "utf-8")
    site.feed(item(2, S, T, S, T, T), item(1, S, T, S, T, T))
    done = pull(where)
    assert (done.new, done.unchanged) == ((), ("own.md",))
    assert messages(done)[0].startswith(
        "articles/renamed.md: was corrected here"
    )  # its last version had its old name
    assert set(texts(where)) == {"own.md", "renamed.md", "broken.md"}
    assert texts(where)["own.md"].endswith(f"{S}\n")


def test_a_picture_is_taken_once(site, place):
    """A large one becomes the cover of the episode; a small or missing one costs only itself."""
    pictures = {"/large": 1500, "/small": 90}
    for path, side in pictures.items():
        drawn = io.BytesIO()
        Image.new("RGB", (side, side), "teal").save(drawn, "PNG")
        site.pages[path] = Served(drawn.getvalue(), "image/png")
    media = '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="/{}" medium="image"/>'
    items = [item(n, more=media.format(name)) for n, name in enumerate(("large", "small", "none"), 1)]
    site.feed(*items)
    where = place()
    done = pull(where)
    stem = done.new[0].removesuffix(".md")
    assert (len(done.new), done.failures) == (3, ())
    assert set(texts(where)) == set(done.new)
    assert f'image: "{stem}.png"' in texts(where)[done.new[0]]
    assert "image:" not in texts(where)[done.new[1]] + texts(where)[done.new[2]]
    site.feed(items[0].replace("خبر رقم 1", "خبر آخر"))
    assert pull(where).updated == done.new[:1]
    assert f'image: "{stem}.png"' in texts(where)[done.new[0]]
    assert site.asked.count("/large") == 1


def test_names_are_never_taken_twice(site, place):
    """Two stories of one day and title get two files, and nobody's file is overwritten."""
    site.feed(item(1).replace("رقم 1", "عاجل"), item(2).replace("رقم 2", "عاجل"))
    where = place()
    done = pull(where)
    assert len(set(done.new)) == 2
    assert done.new[1] == done.new[0].replace(".md", "-2.md")
    assert all(len(name) <= 83 for name in done.new)


def test_dates_that_cannot_be_are_not_believed(site, place):
    """1970 is a clock that was never set, 2099 would never be aired; the pull's day takes their place."""
    site.feed(item(1).replace("2026", "1970"), item(2).replace("2026", "2099"))
    where = place()
    done = pull(where)
    assert [name[:10] for name in done.new] == ["2026-01-06"] * 2
    assert not any("\ndate:" in text for text in texts(where).values())
    assert pull(where).unchanged == done.new


def test_one_source_that_fails_does_not_stop_the_others(site, place):
    """A page in place of a feed, a missing one, one that is no feed: each is named, the last is read."""
    site.pages["/page"] = Served(
        b"<!doctype html><link rel='alternate' type='application/rss+xml' href='/feed'>"
    )
    site.feed(item(1))
    more = "".join(f'[[source]]\nurl = "{site.url}{path}"\n' for path in ("/page", "/feed"))
    done = pull(place(more, path="/none"))
    assert len(done.new) == 1
    assert f"name its feed instead: {site.url}/feed" in messages(done)[1]
    assert [message.partition(": ")[0] for message in messages(done)] == [
        f"{site.url}/none",
        f"{site.url}/page",
    ]


def test_garbled_items_stay_out(site, place):
    """Letters that were decoded wrongly before they came are never voiced."""
    site.feed(item(1, S.encode().decode("cp1256", "replace") * 3), item(2))
    done = pull(place())
    assert len(done.new) == 1
    assert "is garbled" in messages(done)[0]


def test_what_always_fails_does_not_hold_up_the_rest(site, place):
    """A page that failed is asked again an hour later, behind those that were never tried."""
    site.feed(stub(1), stub(2), item(3), item(4))
    where = place("limit = 2")
    assert (len(pull(where).failures), len(pull(where).new)) == (2, 2)
    del site.asked[:]
    assert pull(where).failures == ()
    assert site.asked == ["/feed"]
    site.pages["/1"] = Served(web_page(1))
    assert len(pull(where, NOW + timedelta(hours=1)).new) == 1


def test_a_wordpress_site_is_asked_through_its_interface(site, place):
    """`kind = "wordpress"` needs the site's address only."""
    post = {
        "guid": {"rendered": "p12"},
        "date_gmt": "2026-01-05T09:30:00",
        "link": f"{site.url}/12",
        "title": {"rendered": "الترام &#8211; يصل"},
        "content": {"rendered": f"<p>{S}</p><p>{T}</p>"},
    }
    path = "/wp-json/wp/v2/posts?per_page=20&_embed=author,wp:term"
    site.pages[path] = Served(json.dumps([post]).encode(), "application/json")
    where = place('kind = "wordpress"', path="")
    assert len(pull(where).new) == 1
    (text,) = texts(where).values()
    assert text.splitlines()[1] == "title: الترام – يصل"


def test_there_must_be_a_source(tmp_path, settings):
    """A station that names none is told how."""
    (tmp_path / "nashra.toml").write_text(settings, "utf-8")
    with pytest.raises(ConfigurationError, match=r"nashra\.toml: names no source"):
        pull(station.load(tmp_path))


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (
            '[[source]]\nurl = "https://a.example"\n[[source]]\nurll = "x"',
            4,
            "unknown key `source[1].urll`; did you mean `source[1].url`",
        ),
        ('[[source]]\nurl = "a.example"', 2, "`source.url` is `a.example`"),
        (
            '[[source]]\nurl = "http://a.example"\nlimit = 5\n[[source]]\nurl = "http://b.example"\nlimit=0',
            6,
            "`source.limit` is `0`",
        ),
        ("[[source]]\nlimit = 1", 1, "a [[source]] has no `url`"),
        ('[[source]]\nurl = "https://a.example"\napprove = "yes"', 3, "must be `by hand` or `auto`"),
        ('[[source]]\nurl = "https://a.example"\nlimit = "5"', 3, "`source[0].limit` must be a whole number"),
        ('[source]\nurl = "https://a.example"', 1, "must be a list in brackets, and is a table"),
        ('[fetch]\nallow = ["http://a.example/"]', 2, "`fetch.allow` is"),
        ("[fetch]\nrobot = false", 2, "did you mean `fetch.robots`?"),
    ],
)
def test_mistakes_in_the_tables_are_named_with_their_line(tmp_path, settings, lines, line, said):
    """Unknown keys, wrong kinds and values: in the second table, the second table's line."""
    (tmp_path / "nashra.toml").write_text(f"{settings}\n{lines}\n", "utf-8")
    with pytest.raises(ConfigurationError) as found:
        station.load(tmp_path)
    assert found.value.where == f"nashra.toml:{settings.count(chr(10)) + 1 + line}"
    assert said in str(found.value)


# The command line


@pytest.fixture
def offline(monkeypatch):
    """Put the plain fetcher in the place of the real one."""
    monkeypatch.setattr(command, "fetcher", lambda _station: nullcontext(Plain()))


@pytest.mark.usefixtures("offline")
def test_pull_says_what_it_did(site, place, run):
    """New files, what waits, what to do next; the same as JSON; exit code 3 when something failed."""
    site.feed(item(2), item(1), stub(3))
    where = place()
    ran = run(where.root, "pull", "--limit", "1", epoch=EPOCH)
    assert ran.code == 0
    assert ran.out.splitlines()[0].startswith("new      articles/2026-01-05-")
    assert "waiting  2 more" in ran.out
    assert "nashra approve" in ran.out
    told = run(where.root, "pull", "--json", epoch=EPOCH)
    assert told.code == 3
    assert {name: len(value) for name, value in json.loads(told.out).items()} == {
        "new": 1,
        "updated": 0,
        "unchanged": 1,
        "gone": 0,
        "waiting": 0,
        "failures": 1,
    }
    assert "answers 404" in told.complaints[0]
    assert run(where.root, "pull", "--dry-run", epoch=EPOCH).out == "nothing was changed\n"
    assert run(where.root, "pull", epoch=EPOCH).out == "nothing new\n"


@pytest.mark.usefixtures("offline")
def test_watching_goes_on_until_it_is_interrupted(site, place, run, monkeypatch):
    """Each time the settings are read anew; what fails is said and survived; Ctrl-C is exit 130."""
    site.feed(item(1))
    where = place()
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 1:
            (where.root / "nashra.toml").write_text("[show", "utf-8")
        elif len(slept) == 2:
            place()
            site.feed(item(2), item(1))
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr(command, "time", SimpleNamespace(sleep=sleep))
    ran = run(where.root, "pull", "--watch", "10m", epoch=EPOCH)
    assert (ran.code, slept) == (130, [600, 600, 600])
    assert len(texts(where)) == 2
    assert "nashra.toml:1: is not TOML" in ran.complaints[0]
    assert run(where.root, "pull", "--watch", "5s").code == 2


@pytest.mark.usefixtures("offline")
def test_a_draft_is_built_and_not_listed_until_it_is_approved(site, station, run, settings, files):
    """Its episode is there to be heard; no feed, index or page has it; approval costs no speech."""
    site.feed(item(1, S, T, f"{S} {T}"))
    where = station(
        {"port.txt": f"عنوان أول عن الميناء\n{S} {T}\n"}, f'{settings}\n[[source]]\nurl = "{site.url}/feed"\n'
    )
    assert run(where, "pull", epoch=EPOCH).code == 0
    assert run(where, "build", epoch=EPOCH).code == 0
    (draft,) = (where / "articles").glob("*.md")
    slug, before = draft.stem, files(where)
    record = json.loads(before[f"audio/{slug}.json"])
    assert record["draft"] is True
    assert f"audio/{record['media']['file']}" in before
    assert f"feed/episodes/{slug}.html" not in before
    listing = {name: data for name, data in before.items() if name.startswith("feed/")}
    assert not [name for name, data in listing.items() if slug.encode() in data or "خبر رقم".encode() in data]
    raw = draft.read_bytes()
    ran = run(where, "approve", slug, "port.txt")
    assert ran.out.splitlines() == [
        f"articles/{draft.name}: approved; the next `nashra build` lists it",
        "articles/port.txt: is no draft",
    ]
    assert draft.read_bytes() == raw.replace(b"draft: true\n", b"")
    built = run(where, "build", "--why", epoch=EPOCH)
    assert f"{draft.name}: text changed (0 of" in built.out
    after = files(where)
    assert f"episodes/{slug}.html".encode() in after["feed/index.html"]
    assert record["guid"].encode() in after["feed/feed.xml"]
    assert run(where, "approve", "nothing.md").code == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "---\r\ntitle: أ\r\ndraft: true\r\n---\r\nنص draft: true",
            "---\r\ntitle: أ\r\n---\r\nنص draft: true",
        ),
        ("\ufeff---\ndraft: True  # not yet\ntitle: أ\n---\nنص", "\ufeff---\ntitle: أ\n---\nنص"),
        ("---\ndraft: true\n---\nنص", "---\ndraft: false\n---\nنص"),
        (
            "---\ntitle: أ\ndraft: yes\n---\n---\ndraft: true\n---\n",
            "---\ntitle: أ\n---\n---\ndraft: true\n---\n",
        ),
    ],
)
def test_approving_changes_one_line(before, after):
    """Line ends, marks and the text below stay byte for byte."""
    assert approving.approved(before.encode(), "a.md") == after.encode()


def test_what_cannot_be_approved_is_said():
    """A draft by a quoted key is its writer's to undo."""
    with pytest.raises(ArticleError, match="only its writer can undo"):
        approving.approved(b'---\n"draft": true\n---\n', "a.md")


def test_trusted_sources_are_no_drafts(site, place):
    """`approve = "auto"` airs what comes in."""
    site.feed(item(1))
    where = place('approve = "auto"')
    pull(where)
    assert "draft" not in "".join(texts(where).values())


@pytest.mark.slow
def test_pulling_with_the_real_fetcher_and_parsers(site, place, run):
    """From the command line, over loopback that the settings allow; without that it is refused."""
    pytest.importorskip("nashra.fetching")
    site.feed(item(1), stub(2), etag='"a"')
    site.pages["/2"] = Served(web_page(2))
    where = place()
    ran = run(where.root, "pull", "--debug", epoch=EPOCH)
    assert (ran.code, len(texts(where))) == (0, 2), ran.err
    assert run(where.root, "pull", epoch=EPOCH).out == "nothing new\n"
    assert [path for path in site.asked if "robots" not in path] == ["/feed", "/2", "/feed 304"]
    configuration = where.root / "nashra.toml"
    configuration.write_text(configuration.read_text("utf-8").replace("allow = ", "# allow = "), "utf-8")
    before = len(site.asked)
    assert run(where.root, "pull", epoch=EPOCH).code == 3
    assert len(site.asked) == before


def test_a_folder_that_refuses_is_named(site, place):
    """Where the last version cannot be kept nothing is written, and the error names the article."""
    site.feed(item(1))
    where = place()
    where.cache.write_text("", "utf-8")
    done = pull(where)
    assert (done.new, texts(where)) == ((), {})
    assert messages(done)[0].startswith("articles/2026-01-05-")
