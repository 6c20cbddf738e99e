"""Which lines of a text are its headings: every cue, and every text that once fooled one."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from nashra.articles import headings, reading
from nashra.articles.plain import plain
from nashra.articles.surroundings import SHORT

DOCUMENT = (Path(__file__).parents[1] / "docs" / "articles.md").read_text("utf-8")
FIRST = "أعلنت جماعة طنجة عن انطلاق أشغال تهيئة الكورنيش، في مشروع يمتد على أربعة كيلومترات وينتهي قبل الصيف المقبل."
SECOND = "وأوضح نائب العمدة أن الصفقة رست على شركة مغربية، وأن الأشغال لن تعرقل حركة السير في ساعات الذروة كما يخشى السكان."
THIRD = (
    "ويضم المشروع مسارا للدراجات ومقاعد ومساحات خضراء، إضافة إلى أكشاك صغيرة ستسند إلى شباب الأحياء المجاورة."
)


def lined(*lines: str) -> str:
    return "\n".join(lines)


def read(*lines: str, file: str = "story.txt") -> reading.Reading:
    return reading.text(lined(*lines), file, file)


def found(*lines: str, file: str = "story.txt") -> list[str]:
    return [section.heading for section in read(*lines, file=file).article.sections]


def around(line: str, *, before: str = SECOND, after: str = THIRD) -> list[str]:
    """Return the headings of a text with a line between two paragraphs."""
    return found(FIRST, before, line, after, SECOND)


def reasons(line: str, before: str = SECOND, after: str = THIRD) -> set[str]:
    verdict = headings.verdicts(plain(lined(FIRST, before, line, after, SECOND)))[2]
    return {cue.name for cue in verdict.cues}


# Headings


@pytest.mark.parametrize(
    "line",
    [
        "مساحات خضراء",
        "مسار للدراجات على طول الشاطئ",
        "الأشغال",
        "«كورنيش» للجميع",
        "رؤية 2030",
        "تأخير غير مبرر!",
        "الخلاصة:",
        "وحدة الصف",
        "وأد الفتنة",
        "الجانب الآخر (المنسي)",
        "مِسَارٌ لِلدَّرَّاجَات",
        "مســـار للدراجات",
    ],
)
def test_a_short_line_between_sentence_and_paragraph_is_a_heading(line):
    assert around(line) == [line]


def test_the_first_words_of_a_section_may_be_few():
    """An opening sentence of 45 characters will do if it is much longer than the heading."""
    short = "بدأت الأشغال صباح الاثنين على الشطر الأول وحده."
    assert around("الشطر الأول", after=short) == ["الشطر الأول"]


def test_stacked_headings_are_both_found():
    """A heading that a page broke in two, or a heading and its first sub-heading."""
    assert found(FIRST, SECOND, "بحث", "عن موقف للسيارات", THIRD, SECOND) == ["بحث", "عن موقف للسيارات"]


def test_a_heading_may_stand_before_a_list():
    lines = ("مرافق المشروع", "- مسار للدراجات", "- ملعبان للأطفال", "- ثلاثة مواقف للسيارات")
    assert found(FIRST, SECOND, *lines, THIRD) == ["مرافق المشروع"]


def test_headings_within_numbered_lists_are_found():
    """Each list begins again at one: what stands before it is its heading."""
    lines = (
        "الفئة الأولى",
        "1- سعيد البقالي.",
        "2- نادية العلوي.",
        "الفئة الثانية",
        "1- كريم الزياني.",
        "2- هدى الرامي.",
    )
    assert found(FIRST, SECOND, *lines, THIRD, FIRST) == ["الفئة الأولى", "الفئة الثانية"]


def test_numbered_headings_are_headings():
    """A number alone between paragraphs counts headings; one that goes on counts items."""
    assert found(FIRST, "1- الميزانية", SECOND, "2- الآجال", THIRD, "3- المراقبة", FIRST) == [
        "1- الميزانية",
        "2- الآجال",
        "3- المراقبة",
    ]
    assert found(FIRST, "1- تونس", "2- ليبيا", "3- موريتانيا", THIRD, SECOND) == []


def test_starred_headings_lose_their_star_and_may_be_long():
    """A news-in-brief headline of up to eighty characters; the star of the paragraph goes too."""
    headline = "مجلس الجماعة يصادق بالإجماع على اتفاقية تهيئة الكورنيش والساحات المجاورة"
    assert 60 < len(headline) < SHORT
    read_ = read(FIRST, f"* {headline}", f"* {SECOND}", "* قصة أخرى", f"* {THIRD}", SECOND)
    assert [section.heading for section in read_.article.sections] == [headline, "قصة أخرى"]
    assert read_.article.sections[0].paragraphs == (SECOND,)


def test_bold_lines_are_headings_though_they_are_long():
    """Whole-line bold is evidence, in plain text as in Markdown."""
    line = "**تسعة أشهر من الأشغال المتواصلة في أكبر ورش تعرفه المدينة**"
    assert found(FIRST, line, SECOND, THIRD) == [line.strip("*")]


def test_a_heading_dropped_into_a_sentence_is_found_where_it_is_short():
    """The page's layout put it between two columns."""
    assert around("مواقف جديدة", before=SECOND.rstrip("."), after=THIRD) == ["مواقف جديدة"]
    assert around("مواقف جديدة للسيارات قرب الشاطئ", before=SECOND.rstrip(".") + " و") == []


def test_without_full_stops_long_lines_are_paragraphs():
    """Some desks end no paragraph with a stop; then its length must tell."""
    bare = [f"{line} {THIRD}".rstrip(".") for line in (FIRST, SECOND, THIRD)]
    assert found(bare[0], "الميزانية", bare[1], "الآجال", bare[2], bare[0]) == ["الميزانية", "الآجال"]


def test_a_sentence_a_line_keeps_its_headings():
    sentences = [
        "بدأت الأشغال يوم الاثنين.",
        "وتابعها سكان الحي من شرفاتهم.",
        "ولم يسجل أي تأخير حتى اليوم في الورش كله.",
    ]
    assert found(FIRST, *sentences, "الميزانية", FIRST, *sentences) == ["الميزانية"]


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_hard_wrapped_text_is_joined_before_it_is_judged(blank):
    """The last line of a wrapped paragraph is short, and no heading."""
    paragraphs = [FIRST, SECOND, "الميزانية", THIRD, FIRST, SECOND]
    text = blank.join("\n".join(textwrap.wrap(each, 60)) for each in paragraphs)
    sections = reading.text(text, "a.txt", "a").article.sections
    assert [section.heading for section in sections] == ["الميزانية"]
    assert sections[0].paragraphs == (THIRD, FIRST, SECOND)


def test_a_text_on_one_line_has_no_heading():
    read_ = read(f"{FIRST} الميزانية {SECOND} {THIRD}")
    assert read_.article.sections == ()
    assert len(read_.article.lead.paragraphs) == 1


# No headings


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("انتهت الأشغال في موعدها.", "ends like a sentence"),
        ("انتهت الأشغال في موعدها..", "ends like a sentence"),
        ("ثم قال وهو يبتسم،", "ends like a sentence"),
        ("هل تنتهي الأشغال قريبا؟", "a question"),
        ("أولا:", "only an ordinal"),
        ("ثانيا :", "only an ordinal"),
        ("المادة الأولى ورقمها 123456", "an address or a long number"),
        ("للتفاصيل: news@example.org", "an address or a long number"),
        ("وهذه أهم بنود الاتفاقية الجديدة:", "leads into what follows"),
        ("تنهد طويلا، ثم قال:", "leads into what follows"),
        ("أكد العمدة أهمية المشروع", "begins with a verb of report"),
        ("وأضافت النائبة أن الورش", "begins with a verb of report"),
        ("وقد تابع السكان سير الأشغال باهتمام", "begins with and"),
        ("يا له من مشهد رائع!!", "an exclamation"),
        ("(١)", "no word"),
        ("- مسار للدراجات", "an item of a list"),
    ],
)
def test_what_looks_like_a_heading_and_is_none(line, why):
    """Each is refused by its cue, which is told."""
    assert around(line) == []
    assert why in reasons(line)


def test_the_first_and_the_last_line_are_no_headings():
    assert found("قصة قصيرة.", FIRST, SECOND, "صورة من الشاطئ") == []


def test_a_caption_is_too_long_for_a_heading():
    """Nine words without a stop are a caption more often than a heading."""
    assert around("عمال يضعون الحجارة على شاطئ المدينة في صباح بارد") == []


def test_captions_in_a_row_are_no_headings():
    assert found(FIRST, SECOND, THIRD, "العمدة في الورش", "سكان الحي", "الشاطئ ليلا") == []


def test_verse_is_no_row_of_headings():
    """A poem stands in short lines, and so do a couplet's halves."""
    poem = (
        "يا بحر طنجة هل نسيت شراعنا",
        "أم أن ريح الغرب قد أخذته",
        "نامت عيون الناس إلا عاشقا",
        "يرنو إلى ضوء بعيد خلته",
    )
    assert found(FIRST, "يقول الشاعر:", *poem, SECOND, THIRD) == []
    assert found(FIRST, SECOND, *poem[:2], THIRD, SECOND) == []


def test_a_pull_quote_is_no_heading():
    assert around("المدينة لا تحتاج إلى كورنيش جديد.. بل إلى هواء نظيف وبحر نظيف") == []


def test_rows_of_a_table_are_no_headings():
    rows = ("الفريق لعب فاز نقاط", "طنجة 5 4 12", "تطوان 5 3 10", "العرائش 5 1 4")
    assert found(FIRST, SECOND, *rows, THIRD, SECOND) == []


def test_dialogue_is_no_row_of_headings():
    lines = ("- من أنت!", "- أنا جارك.", "صاح العجوز:", "- لا أعرفك!")
    assert found(FIRST, *lines, SECOND, THIRD) == []


def test_starred_paragraphs_make_no_heading_of_their_first_line():
    """Where each aphorism begins with a star, an unstarred line goes on with it."""
    lines = (
        f"* {FIRST}",
        f"* {SECOND}",
        "* ما أجمل البحر مساء!",
        "أو لعله لا يجمل إلا لمن طال به الغياب عن شاطئه، وعاد إليه آخر العمر.",
        f"* {THIRD}",
    )
    assert found(*lines, f"* {FIRST}") == []


def test_separators_are_left_out_and_are_no_neighbours():
    """Rows of stars and bare ordinals between a heading and its paragraph do not hide it."""
    read_ = read(FIRST, SECOND, "***", "الميزانية", "(١)", THIRD)
    assert [section.heading for section in read_.article.sections] == ["الميزانية"]
    assert [line.why for line in read_.lines if line.role == "dropped"] == ["no word in it", "no word in it"]


def test_vowel_marks_do_not_make_a_word_none():
    """«مَسَلَسَل» has a mark after each letter."""
    assert around("مَسَلَسَلُ رَمَضَانَ") == ["مَسَلَسَلُ رَمَضَانَ"]


# Questions

QUESTIONS = (
    "كيف بدأت فكرة المشروع؟",
    "وما الذي تغير منذ ذلك الحين؟",
    "هل أنتم راضون عن النتيجة؟",
    "وماذا بعد؟",
)


def test_the_questions_of_an_interview_are_no_sections():
    """They are spoken, each as a paragraph of its own."""
    lines = [line for question in QUESTIONS for line in (question, SECOND)]
    article = read(FIRST, *lines).article
    assert article.sections == ()
    assert article.questions == QUESTIONS
    assert article.lead.paragraphs == (FIRST, *lines)


@pytest.mark.parametrize("mark", ["** {} **", "● {}", "- {}", "* {}", "**{}**"])
def test_marked_questions_are_questions(mark):
    """However a newspaper sets them off."""
    lines = [line for question in QUESTIONS for line in (mark.format(question), SECOND)]
    article = read(FIRST, *lines).article
    assert article.sections == ()
    assert tuple(question.strip("-* ") for question in article.questions) == QUESTIONS


def test_few_questions_stand_in_the_text_as_they_are():
    """One or two are no interview, and nothing is lost."""
    article = read(FIRST, QUESTIONS[0], SECOND, THIRD).article
    assert article.questions == ()
    said = [text for part in (article.lead, *article.sections) for text in (part.heading, *part.paragraphs)]
    assert QUESTIONS[0] in said


def test_headings_of_an_interview_are_found_between_its_answers():
    lines = [line for question in QUESTIONS for line in (question, SECOND)]
    assert found(FIRST, *lines, "سيرة في سطور", THIRD, SECOND) == ["سيرة في سطور"]


# What a person is told


def test_a_verdict_reads_as_a_sum():
    read_ = read(FIRST, SECOND, "الميزانية", THIRD)
    assert [line.why for line in read_.lines if line.role == "heading"] == [
        "after a sentence +3, before a paragraph +4 = 7"
    ]


def test_every_cue_has_a_name_of_its_own():
    assert len({cue.name for cue in headings.CUES}) == len(headings.CUES)


def test_the_documentation_has_every_cue_with_its_points():
    """docs/articles.md is what an editor looks up a sum in."""
    told = dict(re.findall(r"^\| ([a-z ]+) \| ([+−]\d) \|", DOCUMENT, re.MULTILINE))
    assert told == {cue.name: f"{cue.points:+d}".replace("-", "−") for cue in headings.CUES}


def test_marked_headings_are_the_writers_word():
    """In Markdown no cue adds a heading and none takes one away."""
    text = ("# عنوان", "", FIRST, "", "## أكد العمدة ذلك.", "", SECOND, "", "الميزانية", "", THIRD)
    assert found(*text, file="story.md") == ["أكد العمدة ذلك."]
