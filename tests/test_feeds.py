"""Feeds of every form, honest and hostile, written for the purpose."""

from __future__ import annotations

import json
import subprocess
import sys
from html import escape

import pytest

from nashra.articles import html as pages
from nashra.articles.blocks import Facts
from nashra.articles.feeds import LONGEST, check, feed
from nashra.articles.items import MOST
from nashra.errors import ArticleError

URL = "https://news.example/feed"
SENTENCE = "افتتح وزير النقل صباح اليوم خطا جديدا للترام يربط الميناء بالجامعة، ويمر بستة أحياء شعبية."
TWO = f"<p>{SENTENCE} {SENTENCE}</p>"
BODY = f"<p>{SENTENCE}</p><h2>ست محطات</h2>{TWO}<h2>تذاكر موحدة</h2>{TWO}"
BOUND_S = 40  # a worker ends after 10; a test that hangs ends here


def rss(*items: str, head: str = "") -> str:
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:media="http://search.yahoo.com/mrss/"'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" {spaces}><channel>'
        f"<title>صدى الميناء</title><link>https://news.example</link>{''.join(items)}</channel></rss>"
    )


def item(number: int = 1, *, more: str = "", body: str = BODY) -> str:
    return (
        f"<item><title>خبر رقم {number}</title><link>https://news.example/{number}</link>"
        f"<guid isPermaLink='false'>tag:{number}</guid>{more}"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


STUB = (
    "<item><title>الترام يصل الجامعة</title><link>https://news.example/tram?utm_source=rss</link>"
    "<description><![CDATA[<p>افتتح وزير النقل صباح اليوم خطا جديدا للترام [&#8230;]</p>"
    "<p>The post <a href='https://news.example/tram'>الترام يصل الجامعة</a> appeared first on"
    " <a>صدى الميناء</a>.</p>]]></description></item>"
)


def read(text: str | bytes, **more: str):
    return feed(text if isinstance(text, bytes) else text.encode(), URL, **more)


def only(text: str | bytes):
    (found,) = read(text).items
    return found


def test_rss_with_content_is_read_whole():
    """Title, link, id, author, date, categories, text and picture come from where RSS 2.0 has them."""
    more = (
        "<dc:creator>سعاد بنعلي</dc:creator><pubDate>Mon, 05 Jan 2026 09:30:00 +0100</pubDate>"
        "<category>مجتمع</category><category><![CDATA[نقل]]></category>"
        '<media:content url="/p.jpg" medium="image"/><description>موجز […]</description>'
    )
    found = only(rss(item(more=more)))
    assert read(rss(item())).title == "صدى الميناء"
    assert (found.id, found.url, found.title) == ("tag:1", "https://news.example/1", "خبر رقم 1")
    assert (found.author, found.date) == ("سعاد بنعلي", "2026-01-05T08:30:00+00:00")
    assert found.categories == ("مجتمع", "نقل")
    assert (found.html, found.summary_only) == (BODY, False)
    assert found.image == "https://news.example/p.jpg"


def test_a_summary_is_known_by_its_end():
    """A description cut at […] that says where it appeared first is no article."""
    found = only(rss(STUB))
    assert found.summary_only
    assert found.url == "https://news.example/tram?utm_source=rss"
    assert found.id == found.url


@pytest.mark.parametrize(
    ("description", "cut"),
    [
        (SENTENCE, True),
        (f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE}", False),
        (f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} ...", True),
        (f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} [...]", True),
        (f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} <a href='/1'>اقرأ المزيد</a>", True),
        (f"<script>{SENTENCE * 9}</script>{SENTENCE}", True),
    ],
)
def test_a_description_is_an_article_only_if_it_is_long_and_ends(description, cut):
    """Some feeds have the whole text in `description`; most have a teaser."""
    assert (
        only(
            rss(f"<item><title>خبر</title><description>{escape(description)}</description></item>")
        ).summary_only
        is cut
    )


def test_atom_is_read():
    """Atom: alternate link, content in HTML, author by name, both dates."""
    found = only(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>صدى</title>'
        '<entry><id>urn:7</id><title type="html">خبر &amp;amp; رأي</title>'
        '<link rel="self" href="/self"/><link rel="alternate" href="/7"/>'
        "<author><name>سعاد بنعلي</name></author>"
        "<published>2026-01-05T09:30:00Z</published><updated>2026-01-06T09:30:00Z</updated>"
        f'<category term="نقل"/><content type="html">{escape(BODY)}</content></entry></feed>'
    )
    assert (found.id, found.url, found.title) == ("urn:7", "https://news.example/7", "خبر & رأي")
    assert (found.author, found.categories) == ("سعاد بنعلي", ("نقل",))
    assert (found.date, found.updated) == ("2026-01-05T09:30:00+00:00", "2026-01-06T09:30:00+00:00")
    assert (found.html, found.summary_only) == (BODY, False)


def test_old_rss_is_read():
    """RSS 0.91 has a document type by its specification, RSS 1.0 its items beside the channel."""
    kind = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    one = "<item><title>أ</title><link>/1</link></item>"
    old = f'<?xml version="1.0"?>\n{kind}<rss version="0.91"><channel><title>ص</title>{one}</channel></rss>'
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<channel><title>ص</title></channel>{one}</rdf:RDF>"
    )
    assert [only(text).url for text in (old, rdf)] == ["https://news.example/1"] * 2


def test_json_feed_is_read():
    """JSON Feed: HTML or plain text, authors of the item or of the feed."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "صدى",
        "authors": [{"name": "سعاد بنعلي"}],
        "items": [
            {
                "id": 7,
                "url": "/7",
                "title": "خبر",
                "content_html": BODY,
                "date_published": "2026-01-05T09:30:00+01:00",
                "tags": ["نقل"],
            },
            {"id": "8", "content_text": f"{SENTENCE}\n5 < 6\n{SENTENCE}"},
            "no item",
        ],
    }
    first, second = read(json.dumps(told)).items
    assert (first.id, first.url, first.author, first.date) == (
        "7",
        "https://news.example/7",
        "سعاد بنعلي",
        "2026-01-05T08:30:00+00:00",
    )
    assert (first.html, first.categories, first.summary_only) == (BODY, ("نقل",), False)
    assert [block.text for block in pages.fragment(second.html, Facts()).blocks] == [
        SENTENCE,
        "5 < 6",
        SENTENCE,
    ]


POST = {
    "id": 12,
    "guid": {"rendered": "https://news.example/?p=12"},
    "date": "2026-01-05T10:30:00",
    "date_gmt": "2026-01-05T09:30:00",
    "modified_gmt": "2026-01-05T09:31:00",
    "link": "https://news.example/%D8%AE/",
    "title": {"rendered": "الترام &#8211; يصل &#8220;الجامعة&#8221;"},
    "content": {"rendered": BODY, "protected": False},
    "excerpt": {"rendered": "<p>موجز [&hellip;]</p>"},
    "_embedded": {
        "author": [{"name": "سعاد بنعلي"}],
        "wp:term": [[{"name": "نقل", "taxonomy": "category"}], [{"name": "ترام", "taxonomy": "post_tag"}]],
    },
}


def test_wordpress_posts_are_read():
    r"""A list and a single post; \u escapes and entities become letters."""
    listed = json.dumps([POST])
    assert "\\u0627" in listed
    for text in (listed, json.dumps(POST)):
        found = only(text)
        assert (found.id, found.url) == ("https://news.example/?p=12", "https://news.example/%D8%AE/")
        assert found.title == "الترام – يصل “الجامعة”"
        assert (found.author, found.categories) == ("سعاد بنعلي", ("نقل", "ترام"))
        assert found.tags == ("ترام",)
        assert (found.date, found.html, found.summary_only) == ("2026-01-05T09:30:00+00:00", BODY, False)


def test_a_post_without_its_text_is_a_summary():
    """`_fields` and passwords leave posts without content: their excerpt is not voiced."""
    assert only(json.dumps([POST | {"content": {"rendered": "", "protected": True}}])).summary_only


def test_headings_of_an_item_are_headings():
    """The fragment itself is the article's container: h2 are headings, captions and scripts are left out."""
    source = f"<figure><img><figcaption>صورة</figcaption></figure>{BODY}<script>x()</script><p>a&#8238;b</p>"
    blocks = pages.fragment(source, Facts(title="خبر")).blocks
    assert [block.text for block in blocks if block.level == 2] == ["ست محطات", "تذاكر موحدة"]
    assert [block.text for block in blocks if block.drop] == ["صورة"]
    assert blocks[-1].text == "ab"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso-8859-6"])
def test_encodings_are_told(encoding):
    """A feed in an older Arabic encoding is read right, whatever it declares."""
    text = rss(item(body="<p>افتتح وزير النقل صباح اليوم خطا جديدا للترام يربط الميناء بالجامعة</p>" * 4))
    assert only(text.encode(encoding)).title == "خبر رقم 1"


def test_a_broken_letter_costs_its_item_only():
    """Half a letter, or letters that were decoded wrongly before: the others are read."""
    garbled = BODY.encode().decode("cp1256", "replace")
    found = read(
        rss(*(item(n) for n in range(9)), item(90, body=garbled)).encode().replace(b"</h2>", b"\xd8</h2>", 1)
    ).items
    assert len(found) == 10
    refused = []
    for each in found:
        try:
            check(each)
        except ArticleError:
            refused.append(each.id)
    assert refused == ["tag:0", "tag:90"]


def test_bad_xml_is_read_as_far_as_it_goes():
    """A bare &, HTML's entities, an undeclared prefix, no end: sites serve that, readers show it."""
    found = read(
        "<rss version='2.0'><channel><title>ص</title>"
        "<item><title>أ & ب&nbsp;&laquo;ج&raquo;</title><x:y>1</x:y><link>/1</link></item>"
    ).items
    assert [(each.title, each.url) for each in found] == [("أ & ب «ج»", "https://news.example/1")]


ENTITIES = '<!DOCTYPE rss [<!ENTITY a "كلمة"><!ENTITY b "&a;&a;">]>'
QUADRATIC = f'<!DOCTYPE rss [<!ENTITY a "{"ا" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "head", [ENTITIES, QUADRATIC, OUTSIDE, f"<!-- <rss> -->\n{ENTITIES}", ENTITIES.lower()]
)
def test_entities_are_refused(head):
    """Billion laughs, quadratic blow-up, files of this machine: none is parsed."""
    with pytest.raises(ArticleError, match=r"news\.example/feed: declares entities"):
        read(rss(item(body="&a;" * 9), head=head))


def test_an_article_about_entities_is_an_article():
    """What looks like a declaration inside an item is text."""
    assert "<!ENTITY" in only(rss(item(body=f"{BODY}<pre><!ENTITY a></pre>"))).html


def test_dates_are_kept_as_given_or_left_out():
    """None, nonsense, 1970 and 2099: no item is lost for its date."""
    dates = (
        "",
        "<pubDate>غدا</pubDate>",
        "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>",
        "<pubDate>Fri, 01 May 2099 00:00:00 GMT</pubDate>",
    )
    found = read(rss(*(item(n, more=date) for n, date in enumerate(dates)))).items
    assert [each.date[:4] for each in found] == ["", "", "1970", "2099"]


def test_of_one_item_twice_the_first_counts():
    """Same id and address is the same item; same id and another address is a site without ids."""
    twice = item(1) + item(1)
    shared = item(1).replace("tag:1", "x") + item(2).replace("tag:2", "x")
    assert [each.id for each in read(rss(twice)).items] == ["tag:1"]
    assert [each.id for each in read(rss(shared)).items] == [
        "https://news.example/1",
        "https://news.example/2",
    ]


def test_links_lead_to_the_web_or_nowhere():
    """`javascript:`, `file:` and `data:` are no addresses of articles."""
    links = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[")
    found = read(
        rss(
            *(
                f"<item><title>{n}</title><guid>g{n}</guid><link>{link}</link></item>"
                for n, link in enumerate(links)
            )
        )
    ).items
    assert [each.url for each in found] == [""] * 4


def test_titles_are_text():
    """Markup, entities twice over, and characters that turn the line around are no part of a title."""
    titles = ("&lt;b&gt;خبر&lt;/b&gt; &amp;#8211; رأي", "<![CDATA[<script>x</script>خبر]]>", "خبر&#x202e;")
    found = read(
        rss(*(f"<item><title>{title}</title><guid>{title[:3]}</guid></item>" for title in titles))
    ).items
    assert [each.title for each in found] == ["خبر – رأي", "xخبر", "خبر"]


def test_a_page_is_told_with_its_feed():
    """Whoever names the site's front page is given the address of its feed."""
    link = '<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">'
    page = f"<!DOCTYPE html><html><head>{link}</head></html>"
    with pytest.raises(
        ArticleError,
        match=r"is a page, not a feed; name its feed instead: https://news\.example/rss\?a=1&b=2",
    ):
        read(page)
    with pytest.raises(ArticleError, match=r"is a page, not a feed; name the address of"):
        read("<html><body>أهلا</body></html>")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no feed"),
        ("مرحبا", "is no feed"),
        ("<svg/>", "is no feed"),
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ('{"a": 1}', "is JSON, but no feed"),
        ('{"code": "rest_no_route", "message": "لا يوجد مسار"}', "answers «لا يوجد مسار»"),
        (b"%PDF-1.7\n\xff\xff", "is a PDF file"),
        (bytes(2000), "is a binary file"),
    ],
)
def test_what_is_no_feed_is_named(text, said):
    """An error says what stands at the address instead."""
    with pytest.raises(ArticleError, match=said):
        read(text)


def test_a_feed_has_limits():
    """More than 20 MB are refused, more than 2,000 items not looked at."""
    with pytest.raises(ArticleError, match="has more than 20 MB"):
        read(b" " * (LONGEST + 1))
    many = read(rss(*(item(number, body="x") for number in range(MOST + 50)))).items
    assert (len(many), many[-1].id) == (MOST, f"tag:{MOST - 1}")
    assert (
        len(read(json.dumps([POST | {"guid": {"rendered": str(n)}} for n in range(MOST + 50)])).items) == MOST
    )


RSS = "b'<rss version=\"2.0\"><channel>'"
HOSTILE = {
    "a million items": f"{RSS} + b'<item><title>a</title></item>' * 600_000 + b'</channel></rss>'",
    "a million empty items": f"{RSS} + b'<item/>' * 1_000_000 + b'</channel></rss>'",
    "nested elements": f"{RSS} + b'<item>' + b'<a>' * 2_000_000",
    "attributes": f"{RSS} + b'<item ' + b' '.join(b'a%d=\"\"' % n for n in range(500_000)) + b'/>'",
    "comments": f"{RSS} + b'<item>' + b'<!--' * 2_000_000",
    "JSON of nothing": "b'{\"items\": [' + b'[],' * 6_000_000 + b'[]]}'",
}
CHILD = """
GOOD = b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>"
import resource, sys
from nashra import parsing
from nashra.errors import ArticleError
if __name__ == "__main__":
    raw = {source}
    with parsing.parsers() as parse:
        try:
            print(len(parse.feed(raw, "https://news.example/feed", "").items))
        except ArticleError as refused:
            print("refused:", refused)
        print(len(parse.feed(GOOD, "https://a.example", "").items))
    # the workers' alone: a process's own begins with pytest's, which started it (0.6 GB late in a run)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_feed_ends_itself_only(kind, tmp_path):
    """It is read or refused within time and memory, and the next feed is read in the same run."""
    (tmp_path / "child.py").write_text(CHILD.format(source=HOSTILE[kind]), "utf-8")
    ran = subprocess.run(
        [sys.executable, tmp_path / "child.py"], capture_output=True, text=True, timeout=BOUND_S, check=True
    )
    first, second, memory = ran.stdout.splitlines()
    assert first.isdigit() or "as a feed" in first
    assert second == "1"
    assert int(memory) < 1 << 20  # KiB: what a worker may take
    if "million" in kind:
        # None has an address or another title: it is one item. A busy machine may not get there in time.
        assert first == "1" or "took more than" in first
        assert int(memory) < 300_000
