"""Pages and Word files: what is the article on them, what is not, and what is refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nashra import parsing
from nashra.articles import html, html_lines, junk, reading, telling, writing
from nashra.errors import ArticleError
from nashra.intake import sources as intake
from nashra.model import ROLES

TITLE = "افتتاح خط جديد للحافلات بين أكادير وتارودانت"
LEAD = "انطلق صباح اليوم خط جديد للحافلات يربط بين أكادير وتارودانت، بتسع رحلات في اليوم ذهابا وإيابا طوال الأسبوع."
SECOND = (
    "وقال مدير الشركة إن ثمن التذكرة لن يتغير قبل نهاية السنة، وإن الطلبة سيستفيدون من تخفيض يصل إلى النصف."
)
THIRD = "وتتوقف الحافلات في سبع محطات، أهمها أولاد تايمة، حيث ينتظر المسافرون مثل هذا الخط منذ سنوات عديدة."
LAST = "وينتظر أن يضاف خط ثان نحو تيزنيت في الصيف المقبل، إذا نجحت التجربة الأولى وأقبل عليها المسافرون."
SAID = {"lead", "paragraph", "heading", "question", "item"}


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, *, head: str = "", title: str = TITLE, h1: str = TITLE) -> str:
    shown = f"<h1>{h1}</h1>" if h1 else ""
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><div id='page'><article>{shown}{body}</article></div></body></html>"
    )


def read(source: str | bytes, charset: str = "") -> reading.Reading:
    raw = source.encode() if isinstance(source, str) else source
    return intake.read(intake.Input(raw, "page.html", "https://news.example/1", charset), html.page)


def said(source: str) -> list[str]:
    return [line.text for line in read(source).lines if line.role in SAID]


def tried(work) -> reading.Reading | ArticleError:
    """Return what reading gives, or why it is refused."""
    try:
        return work()
    except ArticleError as refused:
        return refused


def spoken(found: reading.Reading) -> str:
    return " ".join(line.text for line in found.lines if line.role in SAID)


def headings(source: str) -> list[str]:
    return [section.heading for section in read(source).article.sections]


def dropped(source: str) -> dict[str, str]:
    return {line.text: line.why for line in read(source).lines if line.role == "dropped"}


# Headings


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>{}</h2>",
        "<h3>{}</h3>",
        "<h4>{}</h4>",
        '<h2 class="wp-block-heading"><strong>{}</strong></h2>',
        '<h2 id="x">{}<a class="anchor" href="#x">#</a></h2>',
        "<p><strong>{}</strong></p>",
        '<p><span style="color:#b00"><b>{}</b></span></p>',
        '<p><b><font color="red">{}</font></b></p>',
        '<div class="subtitle">{}</div>',
        "<p>{}</p>",
        "<p><strong>{}:</strong></p>",
        "<p><strong>• {}</strong></p>",
        "<section><h2>{}</h2></section>",
    ],
)
def test_a_heading_is_found_however_it_is_set(heading):
    source = page(
        p(LEAD, SECOND) + heading.format("سبع محطات") + p(THIRD) + heading.format("ثمن التذكرة") + p(LAST)
    )
    assert [found.strip(":•# ") for found in headings(source)] == ["سبع محطات", "ثمن التذكرة"]
    assert [text for text in said(source) if len(text) > 50] == [LEAD, SECOND, THIRD, LAST]


def test_headings_between_line_breaks_are_found():
    """One paragraph element holds the whole text, broken by br."""
    text = f"{LEAD}<br><br>{SECOND}<br><br>سبع محطات<br><br>{THIRD}<br><br>ثمن التذكرة<br><br>{LAST}"
    for around in ("<p>{}</p>", "<div>{}</div>", "{}", "<td>{}</td>"):
        body = around.format(text)
        source = page(f"<table><tr>{body}</tr></table>" if "td" in around else body)
        assert headings(source) == ["سبع محطات", "ثمن التذكرة"], around


def test_a_bold_head_glued_to_its_paragraph_by_a_break_is_a_heading():
    source = page(
        p(LEAD, SECOND, f"<strong>سبع محطات</strong><br>{THIRD}", f"<strong>الثمن</strong><br/>{LAST}")
    )
    assert headings(source) == ["سبع محطات", "الثمن"]


def test_a_bold_beginning_of_a_paragraph_is_no_heading():
    source = page(p(LEAD, f"<strong>سبع محطات:</strong> {SECOND}", THIRD, LAST))
    assert headings(source) == []
    assert f"سبع محطات: {SECOND}" in said(source)


def test_nested_sections_keep_their_headings():
    """Without an article element, as documentation and some news sites have it."""
    inner = (
        f"<section><h2>سبع محطات</h2>{p(THIRD)}<section><h3>المحطة الأخيرة</h3>{p(LAST)}</section></section>"
    )
    source = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{p(LEAD, SECOND)}{inner}</body></html>"
    assert headings(source) == ["سبع محطات", "المحطة الأخيرة"]


def test_an_interview_on_a_page_has_questions():
    """As a Tunisian newspaper sets them: starred and bold."""
    asked = ("كيف بدأت فكرة الخط؟", "ومن يمول المشروع؟", "هل ستضيفون خطوطا أخرى؟", "متى ذلك؟")
    body = p(LEAD) + "".join(p(f"<strong>*{question}</strong>", f"- {SECOND}") for question in asked)
    article = read(page(body)).article
    assert article.questions == asked
    assert article.sections == ()


# What is not the article

NOISE = {
    "<figure><img src=a><figcaption>حافلة في محطتها الأولى صباح اليوم</figcaption></figure>": "حافلة في محطتها",
    '<div class="wp-caption"><img src=a><p class="wp-caption-text">حافلة بيضاء جديدة</p></div>': "حافلة بيضاء",
    '<p><strong>اقرأ أيضا: <a href="/2">أثمنة المحروقات تنخفض</a></strong></p>': "المحروقات",
    '<p>إقرأ المزيد : <a href="/2">أثمنة المحروقات تنخفض</a></p>': "المحروقات",
    '<p><a href="/2">شاهد أيضا.. أثمنة المحروقات تنخفض في جميع المدن</a></p>': "المحروقات",
    '<div class="related"><h3>مواضيع ذات صلة</h3><ul><li><a href=/3>قطار جديد</a></li><li><a href=/4>مطار</a></li></ul></div>': "قطار",
    "<aside><h4>الأكثر قراءة</h4><p>خبر لا علاقة له بالحافلات ولا بالمسافرين بين المدن كلها</p></aside>": "لا علاقة",
    '<div class="share"><a href=f>فيسبوك</a> <a href=t>تويتر</a> <a href=w>واتساب</a></div>': "واتساب",
    "<p>شارك المقال عبر واتساب</p>": "شارك المقال",
    "<p>تابعوا آخر الأخبار من موقعنا على قناتنا في واتساب</p>": "تابعوا",
    "<p>اشترك في النشرة البريدية</p>": "النشرة البريدية",
    '<blockquote class="twitter-tweet"><p>تغريدة طويلة عن الحافلات كتبها مسافر غاضب من التأخير هذا الصباح</p></blockquote>': "تغريدة",
    "<form><p>أضف تعليقك</p><textarea>نص</textarea><button>إرسال</button></form>": "تعليقك",
    '<div style="display:none">نص مخفي لا يراه أحد من الناس في هذه الصفحة أبدا</div>': "مخفي",
    "<noscript>يجب تفعيل جافاسكريبت</noscript>": "جافاسكريبت",
    "<script>var x = 'نص برمجي';</script>": "برمجي",
    '<p class="ad">إعلان</p>': "إعلان",
    "<iframe src=x>إطار</iframe>": "إطار",
    "<!-- تعليق المبرمج -->": "المبرمج",
}


@pytest.mark.parametrize("noise", NOISE)
def test_what_stands_between_two_paragraphs_and_is_no_text_is_left_out(noise):
    """Captions, links to other stories, share lines, forms: and the text around them is whole."""
    source = page(p(LEAD, SECOND) + noise + p(THIRD, LAST))
    assert said(source) == [LEAD, SECOND, THIRD, LAST]
    assert NOISE[noise] not in " ".join(said(source))


TAILS = {
    '<div class="tags"><h3>الوسوم</h3><h3><a href=/t1>أكادير</a></h3><h3><a href=/t2>النقل</a></h3></div>': "أكادير\n",
    "<p>الكلمات الدلالية: أكادير، النقل، الحافلات</p>": "الدلالية",
    "<p>المصدر: وكالات</p>": "وكالات",
    "<p>© 2025 جميع الحقوق محفوظة</p>": "الحقوق",
    "<p>https://news.example/1</p>": "https",
    "<p>// انتهى //</p><p>14:05 ت م 0098</p>": "انتهى",
    "<p>The post خط جديد appeared first on صوت سوس.</p>": "appeared",
    "<h3>مقالات ذات صلة</h3><p>قطار جديد</p><p>مطار جديد</p>": "مطار",
    "<h3>التعليقات</h3><div><b>مسافر</b><p>شكرا على الخبر، نتمنى أن تصل الحافلات إلى القرى البعيدة أيضا في القريب.</p></div>": "شكرا",
    "<footer><p>من نحن</p><p>اتصل بنا</p></footer>": "من نحن",
}


@pytest.mark.parametrize("tail", TAILS)
def test_what_stands_below_the_text_is_left_out(tail):
    source = page(p(LEAD, SECOND, THIRD, LAST) + tail)
    assert said(source) == [LEAD, SECOND, THIRD, LAST]


def test_a_line_that_only_begins_like_a_button_is_read():
    """«شارك في», «سجل», «تابع»: sentences of sport and politics."""
    lines = (
        "شارك مئات المسافرين في حفل الافتتاح الذي نظمته الشركة.",
        "سجل الخط ألف مسافر في يومه الأول.",
        "تابع الوالي كلمته قائلا إن الخط هدية للإقليم.",
    )
    source = page(p(LEAD, *lines, LAST))
    assert said(source) == [LEAD, *lines, LAST]


def test_what_was_dropped_is_told_with_its_rule():
    source = page(
        p(LEAD, SECOND)
        + "<p>شارك المقال عبر واتساب</p>"
        + p(THIRD)
        + "<figure><figcaption>صورة حافلة</figcaption></figure>"
    )
    assert dropped(source) == {"شارك المقال عبر واتساب": "share", "صورة حافلة": "caption"}


# Title, writer, date


@pytest.mark.parametrize(
    "shown",
    [
        f"{TITLE} - صوت سوس",
        f"{TITLE} | صوت سوس",
        f"{TITLE} – صوت سوس",
        f"صوت سوس - {TITLE}",
        f"{TITLE} :: صوت سوس",
        TITLE,
    ],
)
def test_the_sites_name_is_no_part_of_the_title(shown):
    head = '<meta property="og:site_name" content="صوت سوس">'
    for h1 in (TITLE, ""):
        found = read(page(p(LEAD, SECOND, LAST), head=head, title=shown, h1=h1)).article
        assert (found.title, found.title_derived) == (TITLE, False)


def test_the_title_is_the_h1_of_the_story_and_not_of_another():
    """On a mobile layout the first h1 is another story's."""
    source = page(
        "<h1>خبر آخر لا علاقة له بالنقل</h1>" + p(LEAD, SECOND, LAST),
        head=f'<meta property="og:title" content="{TITLE}">',
    )
    assert read(source).article.title == TITLE


HEADS = {
    '<div class="meta"><span>سعيد البقالي</span><span>14 مارس 2025</span></div>': "سعيد البقالي",
    "<p>بقلم: سعيد البقالي</p><time>14 مارس 2025</time>": "سعيد البقالي",
    '<div>كتب <a href="/a">سعيد البقالي</a></div><div>الجمعة 14 مارس 2025 - 10:00</div>': "سعيد البقالي",
    "<ul><li>صوت سوس - سعيد البقالي</li><li>14/03/2025</li></ul>": "سعيد البقالي",
    '<footer class="entry-meta">حوار: سعيد البقالي <time>14 مارس 2025</time></footer>': "سعيد البقالي",
    "<p>14 مارس 2025</p>": "",
    '<div class="cat">نقل ومواصلات</div><div class="date">14 مارس 2025</div>': "",
}


@pytest.mark.parametrize("head", HEADS)
def test_writer_and_date_are_read_where_a_reader_sees_them(head):
    article = read(page(head + p(LEAD, SECOND, LAST), head='<meta name="author" content="admin">')).article
    assert article.author == HEADS[head]
    assert article.date
    assert article.date.date().isoformat() == "2025-03-14"
    assert article.lead.paragraphs[-3:] == (LEAD, SECOND, LAST)


def test_what_a_page_is_filed_under_is_read_from_its_own_tags():
    """Several of each; a sentence is none, and words for search engines are not asked."""
    tags = [
        ("property", "article:section", "رياضة"),
        ("property", "article:tag", "كرة القدم"),
        ("property", "article:tag", "المنتخب"),
        ("property", "article:tag", "كلمة " * 20),
        ("name", "keywords", "المغرب, أخبار, اليوم"),
    ]
    head = "".join(f'<meta {kind}="{name}" content="{said}">' for kind, name, said in tags)
    article = read(page(p(LEAD, SECOND, LAST), head=head)).article
    assert (article.category, article.tags) == (("رياضة",), ("كرة القدم", "المنتخب"))


def test_json_ld_fills_what_is_not_shown():
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2025-03-14T10:00:00+01:00",
        "author": [{"@type": "Person", "name": "سعيد البقالي"}],
        "image": ["https://news.example/a.jpg"],
        "articleSection": "مجتمع",
        "keywords": "ترام, نقل, ترام",
    }
    source = page(
        p(LEAD, SECOND, LAST), head=f'<script type="application/ld+json">{json.dumps(told)}</script>'
    )
    article = read(source).article
    assert (article.author, article.image) == ("سعيد البقالي", "https://news.example/a.jpg")
    assert (article.category, article.tags) == (("مجتمع",), ("ترام", "نقل"))
    assert article.date
    assert article.date.isoformat() == "2025-03-14T09:00:00+00:00"


@pytest.mark.parametrize("author", ["admin", "صوت سوس", "Web Editor", "https://x/logo.png", "محرر"])
def test_an_author_in_metadata_who_is_no_person_is_not_believed(author):
    told = json.dumps({"@type": "NewsArticle", "author": {"@type": "Person", "name": author}})
    head = (
        f'<meta property="og:site_name" content="صوت سوس"><script type="application/ld+json">{told}</script>'
    )
    assert read(page(p(LEAD, SECOND, LAST), head=head)).article.author == ""


@pytest.mark.parametrize(
    "broken", ["{", "[1, 2", '{"@type": ["NewsArticle"], "author": 7}', "null", '"text"', "[[[]]]"]
)
def test_broken_json_ld_is_nothing(broken):
    source = page(p(LEAD, SECOND, LAST), head=f'<script type="application/ld+json">{broken}</script>')
    assert said(source) == [LEAD, SECOND, LAST]


# What is no article

WALL = "نستخدم ملفات تعريف الارتباط لتحسين تجربتك. بمتابعة التصفح فإنك توافق على سياسة الخصوصية الخاصة بنا وعلى شروط الاستخدام."


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<html></html>",
        "<html><body></body></html>",
        page("", h1=""),
        page("<script>app()</script><div id='root'></div>", h1=""),
        page(p(WALL), title="موافقة", h1="موافقة"),
        page(p("403 Forbidden", "Access Denied"), title="403", h1="403 Forbidden"),
        page(
            p("يرجى إثبات أنك لست روبوت", "Please complete the captcha to continue"),
            title="Just a moment...",
            h1="",
        ),
        page(p("عذرا، الصفحة المطلوبة غير موجودة", "العودة إلى الرئيسية"), title="404", h1="404"),
        page(
            "<ul>" + "".join(f"<li><a href=/{n}>قسم الأخبار رقم {n}</a></li>" for n in range(60)) + "</ul>",
            h1="",
        ),
        page("<p>خبر عاجل</p>"),
    ],
    ids=[
        "nothing",
        "no body",
        "empty body",
        "no text",
        "script only",
        "cookies",
        "403",
        "captcha",
        "404",
        "menus",
        "two words",
    ],
)
def test_a_page_without_an_article_is_an_error(source):
    """A cookie wall or an error page with status 200 becomes no episode."""
    with pytest.raises(ArticleError) as raised:
        read(source)
    assert raised.value.where == "page.html"
    assert raised.value.then


def test_an_article_about_cookies_is_an_article():
    """Words of a wall do not make one of a long text."""
    assert read(
        page(p(LEAD, WALL, SECOND, THIRD, LAST, *(f"{n} {LEAD} {SECOND} {THIRD}" for n in range(4))))
    ).article.title


# Encodings


def test_the_encoding_is_found_wherever_it_is_declared():
    """In the header, in a meta tag, or nowhere; the older Arabic encodings and UTF-16."""
    utf8 = page(p(LEAD, SECOND, LAST))
    for name in ("windows-1256", "iso-8859-6", "utf-16", "utf-8", "utf-8-sig"):
        bare = utf8.replace('<meta charset="utf-8">', "")
        declared = utf8.replace('charset="utf-8"', f'charset="{name}"')
        for source, charset in ((bare, name), (declared, ""), (bare, "")):
            found = read(source.encode(name), charset)
            assert found.article.title == TITLE, name
            assert found.article.lead.paragraphs == (LEAD, SECOND, LAST), name


def test_the_header_is_believed_before_the_page():
    """Served as UTF-8, and still declared as what it was saved in once."""
    source = page(p(LEAD, SECOND, LAST)).replace('charset="utf-8"', 'charset="windows-1256"')
    assert read(source.encode(), "utf-8").article.lead.paragraphs == (LEAD, SECOND, LAST)


def test_a_doubtful_encoding_is_told():
    bare = page(p(LEAD, SECOND, LAST)).replace('<meta charset="utf-8">', "")
    assert read(bare.encode("cp1256")).notes == ("read as cp1256, which it does not say",)
    assert read(bare.encode()).notes == ()


def test_text_that_was_garbled_before_is_refused():
    garbled = page(p(LEAD, SECOND, LAST)).encode().decode("cp1252", "ignore").encode()
    with pytest.raises(ArticleError, match="garbled"):
        read(garbled)


# Hostile pages, in the process that reads them


@pytest.fixture(scope="module")
def parse():
    with parsing.parser() as ask:
        yield ask


TEXT = p(LEAD, SECOND, THIRD, LAST)
HOSTILE = {
    "5,000 nested boxes": "<div>" * 5_000 + TEXT + "</div>" * 5_000,
    "100,000 nested boxes": "<div>" * 100_000 + TEXT + "</div>" * 100_000,
    "100,000 open comments": "<!--" * 100_000 + TEXT,
    "100,000 open CDATA": "<![CDATA[" * 100_000 + TEXT,
    "200,000 attributes": f"<div {' '.join(f'a{n}=1' for n in range(200_000))}>{TEXT}</div>",
    "200,000 less-than signs": "<" * 200_000 + TEXT,
    "a colspan of 2^53": f"<table><tr><td colspan=9007199254740991>{LEAD}</td></tr></table>{TEXT}",
    "a paragraph of 9 MB": f"<p>{LEAD * 80_000}</p>",
    "a paragraph of 20 MB": f"<p>{LEAD * 180_000}</p>",
    "100,000 headings": f"<h2>{TITLE}</h2>" * 100_000 + TEXT,
    "200,000 entities": "&amp;" * 200_000 + TEXT,
    "open quotes": f'<a href="{TEXT}' * 1_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("body", HOSTILE)
def test_a_hostile_page_is_read_or_refused_and_the_next_one_read(body, parse):
    """Its text is kept or it is an error; the process stands, and memory and time have their limits."""
    given_ = intake.Input(page(HOSTILE[body]).encode(), "page.html", "https://news.example/1")
    found = tried(lambda: intake.read(given_, parse))
    if isinstance(found, ArticleError):
        assert found.then
    else:
        assert any(LEAD in line.text for line in found.lines if line.role in SAID)
    assert parse(page(TEXT), "").facts.title == TITLE


@pytest.mark.slow
def test_a_page_that_takes_too_long_is_stopped(monkeypatch):
    """The deadline kills the process, and the next page gets another."""
    monkeypatch.setattr(parsing, "_SECONDS", 0.001)
    with parsing.parser() as ask:
        with pytest.raises(ArticleError, match="took more than"):
            ask(page(TEXT * 2_000), "")
        monkeypatch.setattr(parsing, "_SECONDS", 10)
        assert ask(page(TEXT), "").facts.title == TITLE


# Word files


def word(*paragraphs: tuple[str, str]) -> bytes:
    made = docx.Document()
    for style, text in paragraphs:
        made.add_paragraph(text, style=style)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read_word(raw: bytes) -> reading.Reading:
    return intake.read(intake.Input(raw, "story.docx"), html.page)


def test_a_word_file_is_read_by_its_styles():
    raw = word(
        ("Title", TITLE),
        ("Normal", "بقلم: سعيد البقالي"),
        ("Normal", LEAD),
        ("Heading 2", "سبع محطات"),
        ("Normal", SECOND),
        ("List Bullet", "أولاد تايمة"),
        ("Heading 2", "الثمن"),
        ("Normal", LAST),
    )
    article = read_word(raw).article
    assert (article.title, article.author) == (TITLE, "سعيد البقالي")
    assert [(part.heading, part.paragraphs) for part in article.sections] == [
        ("سبع محطات", (SECOND, "أولاد تايمة")),
        ("الثمن", (LAST,)),
    ]


def test_a_word_file_without_styles_is_read_as_plain_text_is():
    """Most desks only press «bold», or not even that."""
    raw = word(
        ("Normal", TITLE), ("Normal", LEAD), ("Normal", SECOND), ("Normal", "سبع محطات"), ("Normal", THIRD)
    )
    article = read_word(raw).article
    assert article.title == TITLE
    assert [part.heading for part in article.sections] == ["سبع محطات"]


def test_tables_in_a_word_file_are_read_by_rows():
    made = docx.Document()
    made.add_paragraph(LEAD)
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("المحطة", "الساعة", "أكادير", "8"), strict=True
    ):
        cell.text = text
    file = io.BytesIO()
    made.save(file)
    assert read_word(file.getvalue()).article.lead.paragraphs == (LEAD, "المحطة، الساعة", "أكادير، 8")


def _bomb() -> bytes:
    raw = word(("Normal", LEAD))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b" " * 200_000_000 if name == "word/document.xml" else old.read(name))
    return packed.getvalue()


def test_a_word_file_that_is_none_is_refused():
    """A bomb, a cut file, another archive, an empty document: one error each, never a traceback."""
    whole = word(("Normal", LEAD))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a.txt", "نص")
    for raw, what in (
        (_bomb(), "unpacks to more than"),
        (whole[: len(whole) // 2], "cannot be read as a Word file"),
        (other.getvalue(), "cannot be read as a Word file"),
        (b"PK\x03\x04", "cannot be read as a Word file"),
        (word(("Normal", "")), "has no sentence"),
    ):
        with pytest.raises(ArticleError, match=what):
            read_word(raw)


# Properties

WORDS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=2, max_size=8)
PHRASES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
SENTENCES = st.lists(WORDS, min_size=8, max_size=30).map(lambda words: " ".join(words) + ".")
TRICKY = st.sampled_from(
    [
        "***",
        "(١)",
        "- بند أول",
        "1- بند",
        "2. بند",
        "* نجمة",
        "** هل هذا سؤال؟ **",
        "هل هذا سؤال؟",
        "بقلم: سعيد البقالي",
        "الرباط - سعيد البقالي",
        f"الرباط (و م ع) - {LEAD}",
        "14 مارس 2025",
        "14 مارس 2025 - كتبه سعيد البقالي",
        "اقرأ أيضا: خبر آخر",
        "مقالات ذات صلة",
        "التعليقات (3)",
        "شارك",
        "المصدر: وكالات",
        "يذكر أن",
        "# وسم",
        "#وسم",
        "> اقتباس",
        "`رمز` و_خط_ و[قوس](رابط)",
        "| خلية | أخرى |",
        "---",
        "===",
        "+ زائد",
        "&amp; &lt;b&gt; <b>",
        "\\ شرطة \\* نجمة",
        "~~محذوف~~",
        "١٢٣٤٥",
        "3 - 1",
        "https://news.example/a_b_c",
        "a@b.example",
        "«قول مأثور»",
        '"قول" آخر: تفصيل',
        "    أربع مسافات",
        "12) بند",
        "1986. كانت سنة",
        "٣- تونس",
        "! تعجب",
        "<div>",
        "<!-- تعليق -->",
        "جملة. <br> أخرى",
        "$ ٪ ^ =",
        "سطر ينتهي بشرطة \\",
        "نص *مائل* و**عريض** و_تحته خط_",
        "[^1]: حاشية",
        "[وصلة]: https://news.example",
        ": تعريف",
        "😀 وجه",
        "- - -",
        "* * *",
        "- ",
        "+",
        "#",
        "1.",
        "-",
    ]
)
SIGNS = st.text(
    alphabet="ابت ي.،؟?:#*_-+>`[]()<>&;\\|~=!12\t…«»\"'\u200c\u064e\u0640/@^{}$%", min_size=1, max_size=40
)
LINES = st.lists(st.one_of(PHRASES, SENTENCES, TRICKY, SIGNS), min_size=1, max_size=14)


def words(texts) -> list[str]:
    return re.findall(r"\w+", " ".join(texts))


def without_places_said_twice(lines) -> list[str]:
    """Return the texts of lines; the place of a run-in byline stands there and before the first sentence."""
    texts = [line.text for line in lines]
    for place, line in enumerate(lines[:-1]):
        if line.why == "the head of the first paragraph":
            named, colon, rest = texts[place + 1].partition(": ")
            if colon and named in line.text:
                texts[place + 1] = rest
    return texts


@given(LINES)
def test_no_word_of_a_plain_text_is_lost(lines):
    """Every line ends in exactly one role, and together they say what the text says."""
    text = "\n".join(lines)
    found = tried(lambda: reading.text(text, "a.txt", "a"))
    if isinstance(found, ArticleError):
        assert re.search("no sentence|is empty|front matter", str(found))
        return
    assert {line.role for line in found.lines} <= set(ROLES)
    assert words(without_places_said_twice(found.lines)) == words([text])


@given(
    st.lists(
        st.one_of(PHRASES, SENTENCES, PHRASES.map("## {}".format), PHRASES.map("- {}".format)),
        min_size=1,
        max_size=14,
    )
)
def test_no_word_of_a_markdown_text_is_lost(lines):
    found = reading.text("\n\n".join(lines), "a.md", "a")
    assert {line.role for line in found.lines} <= set(ROLES)
    assert words(without_places_said_twice(found.lines)) == words(lines)


ELEMENTS = st.sampled_from(
    ["p", "div", "h2", "h3", "li", "section", "blockquote", "td", "span", "figcaption", "footer", "b"]
)
BOXES = st.lists(st.tuples(ELEMENTS, st.one_of(PHRASES, SENTENCES)), min_size=1, max_size=14)


@given(BOXES)
def test_no_word_of_a_page_is_lost(boxes):
    """What is not of the article is dropped by name, and not forgotten."""
    source = page(TEXT + " ".join(f"<{tag}>{text}</{tag}>" for tag, text in boxes))
    found = html.page(source)
    lines = reading.sorted_out(found.blocks, "page", facts=found.facts).lines
    assert {line.role for line in lines} <= set(ROLES)
    wanted = words([TITLE, LEAD, SECOND, THIRD, LAST, *(text for _tag, text in boxes)])
    # A parser moves a cell's text that is in no table; it may not lose it.
    assert Counter(words(without_places_said_twice(lines))) == Counter(wanted)


FIELDS = ("title", "title_derived", "lead", "sections", "questions", "author", "outlet", "date", "summary")


@settings(max_examples=400)
@given(LINES, st.sampled_from([".txt", ".md"]))
def test_an_article_written_out_reads_back_as_itself(lines, suffix):
    """Whatever its text: nothing in it is taken for a mark of Markdown."""
    first = tried(lambda: reading.text("\n\n".join(lines), f"a{suffix}", "a"))
    # A text of which nothing with a letter is read is refused when it comes back.
    if isinstance(first, ArticleError) or not any(map(str.isalpha, spoken(first))):
        return
    written = writing.markdown(first)
    again = reading.text(written, "a.md", "a").article
    for field in FIELDS:
        assert getattr(again, field) == getattr(first.article, field), f"{field}\n{written}"


@given(
    st.lists(st.tuples(PHRASES, st.lists(st.one_of(SENTENCES, TRICKY), min_size=1, max_size=3)), max_size=4)
)
def test_a_page_written_out_reads_back_as_itself(sections):
    body = p(LEAD) + "".join(
        f"<h2>{heading}</h2>" + "".join(f"<p>{_shown(text)}</p>" for text in texts)
        for heading, texts in sections
    )
    found = html.page(page(body))
    first = reading.sorted_out(found.blocks, "page", facts=found.facts)
    again = reading.text(writing.markdown(first), "a.md", "a").article
    for field in FIELDS:
        assert getattr(again, field) == getattr(first.article, field), field


def _shown(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


# What a program reads


def test_the_json_of_a_reading_has_every_field():
    """docs/articles.md names them; a field without a value is empty, never missing."""
    source = page(
        "<p>بقلم: سعيد البقالي</p><p>14 مارس 2025</p>"
        + p(LEAD)
        + "<h2>سبع محطات</h2>"
        + p(SECOND, LAST, "شارك")
    )
    told = telling.as_json(read(source))
    assert json.loads(json.dumps(told)) == told
    assert told["title"] == TITLE
    assert told["title_derived"] is False
    assert (told["byline"], told["author"], told["outlet"]) == ("بقلم: سعيد البقالي", "سعيد البقالي", "")
    assert told["date"] == "2025-03-14T00:00:00+00:00"
    assert told["lead"] == [LEAD]
    assert told["sections"] == [{"heading": "سبع محطات", "paragraphs": [SECOND, LAST]}]
    assert told["questions"] == []
    assert [(each["text"], each["reason"]) for each in told["dropped"]] == [("شارك", "share")]
    assert (told["category"], told["tags"]) == ([], [])
    assert set(told) >= {"url", "canonical", "image", "language", "summary", "notes"}


def test_the_documentation_has_every_reason_and_every_field():
    """docs/articles.md says what each word of `--explain` and of `--json` means."""
    document = (Path(__file__).parents[1] / "docs" / "articles.md").read_text("utf-8")
    dropped_rows = document.partition("## What is dropped")[2].partition("## `nashra read --json`")[0]
    reasons = {rule.name for rule in junk.RULES} | set(html_lines._LEFT_OUT.values())
    assert sorted(reason for reason in reasons if reason not in dropped_rows) == []
    fields = set(telling.as_json(read(page(TEXT))))
    assert sorted(field for field in fields if f"`{field}`" not in document) == []
    assert sorted(role for role in ROLES if f"| `{role}` |" not in document) == []


def test_explaining_names_every_line_and_its_role():
    source = page(p(LEAD) + "<h2>سبع محطات</h2>" + p(SECOND, LAST, "شارك"))
    found = read(source)
    told = list(telling.explained(found))
    assert len([line for line in told if re.match(r"\s*\d+  \w", line)]) == len(found.lines)
    assert any("share" in line for line in told)
