"""What is read out of a file: the reference article, and texts written for the purpose."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashra.articles import decoding, headings, reading, sections
from nashra.articles.plain import plain
from nashra.articles.slug import LONGEST, slug
from nashra.errors import ArticleError
from nashra.model import ROLES

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "articles" / "hammouchi-spain-visit.txt").read_bytes()
LONG = "أعلنت وزارة النقل اليوم عن خطة جديدة لتوسيع شبكة القطارات بين المدن الكبرى خلال السنوات المقبلة."


def read(text: str, file: str = "story.txt"):
    return reading.article(text.encode(), file)


def body(article) -> str:
    parts = (article.lead, *article.sections)
    return "".join("".join((part.heading, *part.paragraphs)) for part in parts)


def words(lines) -> list[str]:
    return re.findall(r"\w+", " ".join(lines))


def is_heading(text: str, place: int = 1) -> bool:
    verdict = headings.verdicts(plain(text)).get(place)
    return bool(verdict and verdict.heading)


def letters(text: str) -> str:
    return "".join(text.split())


def test_reference_byline_is_outlet_and_author():
    """«هومبريس – ع ورديني» is recognized, and is no part of the body."""
    article = reading.article(REFERENCE, "hammouchi-spain-visit.txt")
    assert (article.outlet, article.author) == ("هومبريس", "ع ورديني")
    assert "ورديني" not in body(article)


def test_reference_title_is_derived_from_the_first_clause():
    """No title is given, so the lead's first clause stands for it, marked as derived."""
    article = reading.article(REFERENCE, "hammouchi-spain-visit.txt")
    assert article.title == "قام المدير العام للأمن الوطني و لمراقبة التراب الوطني"
    assert article.title_derived
    assert len(article.title) <= 80


def test_reference_sections():
    """A lead of two paragraphs and exactly seven headings, in order."""
    article = reading.article(REFERENCE, "hammouchi-spain-visit.txt")
    assert len(article.lead.paragraphs) == 2
    assert [part.heading for part in article.sections] == [
        "تعزيز التعاون بين المغرب و إسبانيا",
        "الإجتماعات الثنائية و المشتركة",
        "توسيع آفاق التعاون",
        "تحالف أمني ثلاثي",
        "تعزيز الشراكة الأمنية",
        "تطوير التكنولوجيا الأمنية",
        "مستقبل مشرق للتعاون الأمني",
    ]


def test_reference_loses_no_character_and_repeats_none():
    """Byline line and body joined are the file."""
    article = reading.article(REFERENCE, "hammouchi-spain-visit.txt")
    assert letters("هومبريس – ع ورديني" + body(article)) == letters(REFERENCE.decode())


def test_front_matter_title_overrides():
    """`title:` in front matter is never overruled, and is not derived."""
    article = reading.article("---\ntitle: عنوان\n---\n".encode() + REFERENCE, "a.txt")
    assert (article.title, article.title_derived) == ("عنوان", False)
    assert len(article.sections) == 7


def test_front_matter_sets_every_field():
    """Author, date, summary, image, voice, draft, slug and url are taken as said."""
    article = read(
        "---\nauthor: كاتب\ndate: 2025-01-30 14:00\nsummary: ملخص\nimage: a.png\nvoice: tone\n"
        f"draft: true\nslug: my-slug\nurl: https://example.org/\n---\n{LONG}\n{LONG}"
    )
    assert (article.author, article.summary, article.image) == ("كاتب", "ملخص", "a.png")
    assert (article.voice, article.draft, article.slug) == ("tone", True, "my-slug")
    assert article.url == "https://example.org/"
    assert article.date
    assert article.date.isoformat() == "2025-01-30T14:00:00+00:00"


def test_a_headline_in_plain_text_is_the_title():
    """A first line that looks like one is the title, above a byline or below it."""
    for head in ("خطة جديدة للقطارات\nبقلم: كاتب الخبر", "بقلم: كاتب الخبر\nخطة جديدة للقطارات"):
        article = read(f"{head}\n{LONG}\n{LONG}")
        assert (article.title, article.title_derived) == ("خطة جديدة للقطارات", False)
        assert article.author == "كاتب الخبر"
        assert article.lead.paragraphs == (LONG, LONG)


def test_a_headline_beside_a_front_matter_title_is_not_lost():
    """A first line that is not the front matter's title stays in the text."""
    article = read(f"---\ntitle: عنوان آخر\n---\nخطة جديدة للقطارات\n{LONG}")
    assert article.lead.paragraphs[0] == "خطة جديدة للقطارات"


def test_markdown_headings_are_the_authors_word():
    """In Markdown only marked headings are headings, however short other lines are."""
    text = f"# عنوان\n\nبقلم: فلان\n\n{LONG}\n\nجملة قصيرة\n\n{LONG}\n\n## قسم\n\nنص **مهم**."
    article = read(text, "a.md")
    assert (article.title, article.author) == ("عنوان", "فلان")
    assert [part.heading for part in article.sections] == ["قسم"]
    assert article.lead.paragraphs == (LONG, "جملة قصيرة", LONG)
    assert article.sections[0].paragraphs == ("نص مهم.",)


@pytest.mark.parametrize(
    "line",
    [
        "أكد الوزير أهمية المشروع الجديد",
        "وقد حضر اللقاء عدد من المسؤولين",
        "أولا:",
        "***",
        "للتواصل: news@example.org",
        "وهذه أهم بنود الاتفاقية الجديدة:",
        "جملة قصيرة تنتهي بنقطة.",
    ],
)
def test_what_is_no_heading(line):
    """Reports, continuations, bare ordinals, separators, addresses and lead-ins are no headings."""
    assert not is_heading(f"{LONG}\n{line}\n{LONG}")


def test_heading_needs_a_sentence_before_and_a_paragraph_behind():
    """The same short line is a heading only where a heading can stand."""
    assert is_heading(f"{LONG}\nشبكة القطارات\n{LONG}")
    assert not is_heading(f"{LONG[:-1]}،\nشبكة القطارات الجديدة بالمدن\n{LONG}\n{LONG}")
    assert not is_heading(f"{LONG}\nشبكة القطارات\nقصير")
    assert not is_heading(f"{LONG}\nشبكة القطارات")


LINES = st.lists(
    st.one_of(
        st.just(LONG),
        st.text(alphabet="ابتثجحخدذر سشصضط.،؟:–-«»12#*", min_size=1, max_size=120),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_every_line_ends_in_exactly_one_role(lines):
    """The lines by role, in order, are the words of the input: nothing lost, nothing twice."""
    found = plain("\n".join(lines))
    if not found:
        return
    parts = sections.split(found)
    assert {line.role for line in parts.lines} <= set(ROLES)
    assert words(line.text for line in parts.lines) == words(lines)


@given(LINES)
def test_what_is_read_is_what_the_lines_say(lines):
    """Lead, headings and paragraphs are the lines of those roles, in order."""
    parts = sections.split(plain("\n".join(lines)))
    said = [
        line.text for line in parts.lines if line.role in {"lead", "heading", "paragraph", "question", "item"}
    ]
    sections_said = [(part.heading, *part.paragraphs) for part in (parts.lead, *parts.sections)]
    assert [text for part in sections_said for text in part if text] == [text for text in said if text]


@given(st.text(max_size=200))
def test_decoded_text_harms_no_feed(text):
    """No control character, no direction override and no lone surrogate is left."""
    cleaned = decoding.clean(text)
    allowed = [char for char in cleaned if char < " " and char not in "\t\n"]
    assert not allowed
    assert not set("\u202e\u2066\u2069\ufeff\ufffe") & set(cleaned)
    cleaned.encode("utf-8")


@given(st.text(min_size=1, max_size=300))
def test_a_slug_is_a_safe_name(stem):
    """Any stem gives a short ASCII name without separators, and always the same."""
    made = slug(stem)
    assert made.isascii()
    assert 0 < len(made) <= LONGEST
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")
    assert not made.startswith((".", "-"))
    assert slug(stem) == made


def test_front_matter_without_an_end_is_not_read_aloud():
    """Fields that are never closed are an error, not a first paragraph; a rule above a text is none."""
    with pytest.raises(ArticleError, match=r"articles/story\.txt:1: the front matter has no end; close it"):
        read(f"---\ntitle: عنوان\n{LONG}")
    assert read(f"---\n{LONG}\n{LONG}").lead.paragraphs[-1] == LONG


def test_a_byte_that_is_not_utf8_is_named_with_its_line():
    """The error says where the file stops being UTF-8."""
    with pytest.raises(ArticleError, match=r"articles/a\.txt:3: is not UTF-8 \(byte 0xc7\)"):
        reading.article("سطر\nسطر\n".encode() + "الخبر".encode("cp1256"), "a.txt")
