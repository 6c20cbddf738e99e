"""Who wrote it, for whom, where and when: bylines, run-in heads, signatures, agencies, dates of every calendar."""

from __future__ import annotations

import pytest

from nashra.articles import bylines, names, reading, written_dates
from nashra.articles.credit import credit

LEAD = "دشن رئيس الجماعة صباح الخميس مكتبة جديدة بحي السلام، تضم قاعة للمطالعة وفضاء للأطفال وثلاثين حاسوبا."
REST = "وتفتح المكتبة أبوابها كل يوم إلا الأحد، ويستفيد منها تلاميذ المؤسسات المجاورة بالمجان طوال السنة الدراسية."


def read(*lines: str):
    return reading.text("\n".join(lines), "story.txt", "story.txt")


def roles(*lines: str) -> list[str]:
    return [line.role for line in read(*lines).lines]


# Lines that are bylines


@pytest.mark.parametrize(
    ("line", "outlet", "author", "place", "agency"),
    [
        ("صوت الشمال – ع الرامي", "صوت الشمال", "ع الرامي", "", ""),
        ("بقلم: نادية العلوي", "", "نادية العلوي", "", ""),
        ("بقلم نادية العلوي", "", "نادية العلوي", "", ""),
        ("كتب/ سعيد البقالي", "", "سعيد البقالي", "", ""),
        ("كتبت نادية العلوي", "", "نادية العلوي", "", ""),
        ("حوار: كريم الزياني", "", "كريم الزياني", "", ""),
        ("تحقيق: كريم الزياني", "", "كريم الزياني", "", ""),
        ("تحرير من طرف سعيد البقالي", "", "سعيد البقالي", "", ""),
        ("أجرى الحوار: سعيد البقالي", "", "سعيد البقالي", "", ""),
        ("ترجمة: هدى الرامي", "", "هدى الرامي", "", ""),
        ("سعيد البقالي – الرباط", "", "سعيد البقالي", "الرباط", ""),
        ("سعيد البقالي ـ الرباط", "", "سعيد البقالي", "الرباط", ""),
        (
            "سعيد البقالي - نادية العلوي - مكة المكرمة - الأحساء",
            "",
            "سعيد البقالي، نادية العلوي",
            "مكة المكرمة - الأحساء",
            "",
        ),
        ("جريدة الضفة - الدمام", "جريدة الضفة", "", "الدمام", ""),
        ("الرباط (و م ع)", "", "", "الرباط", "و م ع"),
        ("الدمام - واس", "", "", "الدمام", "واس"),
        ("عمان - بترا", "", "", "عمان", "بترا"),
        ("باريس (أ ف ب)", "", "", "باريس", "أ ف ب"),
        ("الرباط - متابعة", "", "", "الرباط", ""),
        ("خبر نيوز: متابعة", None, None, None, None),
    ],
)
def test_a_byline_names_its_parts(line, outlet, author, place, agency):
    """Told by what they are: known places, agencies, words of outlets; what is left is people."""
    found = bylines.whole(line)
    assert found == (None if outlet is None else bylines.Byline(outlet, author, place, agency))


@pytest.mark.parametrize(
    "line",
    [
        "توسيع آفاق التعاون",
        "كتب رسالة إلى الوزير",
        "كتب التاريخ بمداد الفخر",
        "المغرب في المرتبة الأولى - عربيا - في المطارات",
        "نتيجة المباراة: 3 - 1",
        "الرباط - سلا - القنيطرة - خط جديد للقطار الذي طال انتظاره",
        "قال الوزير - وهو يبتسم - نعم.",
        "بقلم",
        "",
    ],
)
def test_what_is_no_byline(line):
    assert bylines.whole(line) is None


def test_a_byline_is_taken_off_the_top_only():
    """The same line in the middle of a text is read."""
    line = "سعيد البقالي – الرباط"
    assert roles(line, LEAD, REST) == ["byline", "lead", "lead"]
    assert roles(LEAD, REST, line, LEAD, REST)[2] != "byline"


def test_a_signed_line_is_a_byline_behind_a_deck_too():
    assert roles("مكتبة للحي", LEAD, "بقلم: نادية العلوي", REST, LEAD) == [
        "title",
        "lead",
        "byline",
        "lead",
        "lead",
    ]


def test_a_signature_at_the_end_is_not_read():
    """A writer's name with his trade, an agency's source: short last lines."""
    for line in ("بقلم: نادية العلوي", "كاتبة وباحثة مغربية", "أستاذ الاقتصاد بجامعة فاس", "الدمام - واس"):
        assert roles(LEAD, REST, LEAD, line)[-1] == "byline", line
    assert read(LEAD, REST, "بقلم: نادية العلوي").article.author == "نادية العلوي"


def test_a_source_at_the_end_is_dropped_and_in_the_middle_read():
    assert roles(LEAD, REST, "المصدر: وكالات")[-1] == "dropped"
    assert roles(LEAD, "المصدر: وكالات الأنباء", REST, LEAD, REST)[1] != "dropped"


def test_the_wires_end_is_dropped():
    last = roles(LEAD, REST, "// انتهى //", "09:35 ت م")
    assert last == ["lead", "lead", "dropped", "dropped"]


# Run-in heads


@pytest.mark.parametrize(
    ("head", "author", "place", "agency", "said"),
    [
        ("الرباط (و م ع) - ", "", "الرباط", "و م ع", f"الرباط: {LEAD}"),
        ("الرباط - ", "", "الرباط", "", f"الرباط: {LEAD}"),
        ("الدمام (واس): ", "", "الدمام", "واس", f"الدمام: {LEAD}"),
        ("رويترز - ", "", "", "رويترز", LEAD),
        ("سعيد البقالي - الرباط: ", "سعيد البقالي", "الرباط", "", LEAD),
        ("دبي، الإمارات العربية المتحدة (CNN) -- ", "", "دبي", "CNN", f"دبي: {LEAD}"),
    ],
)
def test_a_head_that_runs_into_the_lead_is_cut(head, author, place, agency, said):
    """A place is read, with a colon; agencies and names are not."""
    found = bylines.run_in(head + LEAD)
    assert found
    assert found.rest == said
    assert (found.byline.author, found.byline.place, found.byline.agency) == (author, place, agency)


@pytest.mark.parametrize(
    "start",
    [
        "قال رئيس الجماعة: ",
        "في البداية - كما قيل - ",
        "وبحسب المصدر: ",
        "المكتبة - وهي الأولى من نوعها - ",
        "«الرباط» - ",
    ],
)
def test_a_sentence_with_a_colon_or_dash_is_left_whole(start):
    assert bylines.run_in(start + LEAD) is None


def test_only_the_first_paragraph_has_a_head():
    article = read(LEAD, f"الرباط - {REST}").article
    assert article.lead.paragraphs[1] == f"الرباط - {REST}"


# Names


def test_a_name_beside_the_date_is_the_writer():
    """And one that stands by itself is a line of the text."""
    assert read("مكتبة للحي", "سعيد البقالي", "14 مارس 2025", LEAD, REST).article.author == "سعيد البقالي"
    assert read("فن وثقافة", "14 مارس 2025", LEAD, REST).article.author == ""


@pytest.mark.parametrize("text", ["كرة القدم", "فن وثقافة", "محمد", "أحمد وعلي في المسرح الكبير", "الرباط"])
def test_what_is_no_name(text):
    assert not names.is_person(text)


# Dates


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("14 مارس 2025", "2025-03-14T00:00"),
        ("الجمعة 14 مارس 2025 - 10:05", "2025-03-14T10:05"),
        ("الجمعة، 14 مارس/آذار 2025", "2025-03-14T00:00"),
        ("٢١ غشت ٢٠٢٥", "2025-08-21T00:00"),
        ("3 يناير 2024", "2024-01-03T00:00"),
        ("3 يوليوز 2024", "2024-07-03T00:00"),
        ("3 شتنبر 2024", "2024-09-03T00:00"),
        ("3 نونبر 2024", "2024-11-03T00:00"),
        ("3 دجنبر 2024", "2024-12-03T00:00"),
        ("3 ماي 2024", "2024-05-03T00:00"),
        ("3 جانفي 2024", "2024-01-03T00:00"),
        ("3 فيفري 2024", "2024-02-03T00:00"),
        ("3 أفريل 2024", "2024-04-03T00:00"),
        ("3 جوان 2024", "2024-06-03T00:00"),
        ("3 جويلية 2024", "2024-07-03T00:00"),
        ("3 أوت 2024", "2024-08-03T00:00"),
        ("3 كانون الثاني / يناير 2024", "2024-01-03T00:00"),
        ("3 شباط 2024", "2024-02-03T00:00"),
        ("3 نيسان / أبريل 2024", "2024-04-03T00:00"),
        ("3 آب/اغسطس 2024", "2024-08-03T00:00"),
        ("3 تشرين الثاني (نوفمبر) 2024", "2024-11-03T00:00"),
        ("3 كانون الأول 2024", "2024-12-03T00:00"),
        ("14 مارس 2025 م", "2025-03-14T00:00"),
        ("12/03/2025", "2025-03-12T00:00"),
        ("12 / 03 / 2025", "2025-03-12T00:00"),
        ("12-03-2025", "2025-03-12T00:00"),
        ("٢٤/٠٨/٢٠٢٠", "2020-08-24T00:00"),
        ("2025-03-12", "2025-03-12T00:00"),
        ("2025/03/12 14:30", "2025-03-12T14:30"),
        ("في 12/03/2025 على الساعة 10:15", "2025-03-12T10:15"),
        ("14 مارس 2025 - 02:30 م", "2025-03-14T14:30"),
        ("14 مارس 2025 الساعة 9:30 صباحا", "2025-03-14T09:30"),
        ("آخر تحديث: الجمعة 14 مارس 2025", "2025-03-14T00:00"),
        ("14 رمضان 1446 هـ", "2025-03-14T00:00"),
        ("14 رمضان 1446 هـ الموافق 14 مارس 2025 م", "2025-03-14T00:00"),
        ("1 محرم 1447هـ", "2025-06-26T00:00"),
        ("5 ذي القعدة 1445", "2024-05-13T00:00"),
        ("5 جمادى الآخرة 1445 هـ", "2023-12-18T00:00"),
        ("نشر في 14 مارس 2025", "2025-03-14T00:00"),
    ],
)
def test_a_line_that_is_a_date_is_one(line, iso):
    """Every family of month names, digits of both kinds, the Hijri calendar as the Gulf counts it."""
    found = written_dates.find(line)
    assert found
    assert found.when.isoformat(timespec="minutes") == f"{iso}+00:00"
    assert found.alone, found.rest


@pytest.mark.parametrize(
    "line", ["31/02/2025", "14 مارس", "2025", "45 مارس 2025", "30 محرم 1446 هـ الماضي", "123/12/2024", ""]
)
def test_what_is_no_date(line):
    found = written_dates.find(line)
    assert found is None or not found.alone


def test_a_date_in_a_sentence_leaves_the_sentence():
    assert roles("افتتحت المكتبة يوم 14 مارس 2025 بحضور السكان.", LEAD, REST)[0] == "lead"


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("كتب سعيد البقالي الجمعة 14 مارس 2025 10:00 ص", "سعيد البقالي", ""),
        ("سعيد البقالي | 14 مارس 2025", "سعيد البقالي", ""),
        ("صوت الشمال - سعيد البقالي الجمعة 14 مارس 2025 - 10:00", "سعيد البقالي", "صوت الشمال"),
        ("14 مارس 2025 - بقلم: نادية العلوي", "نادية العلوي", ""),
    ],
)
def test_a_byline_with_a_date_gives_both(line, author, outlet):
    found = credit(line)
    assert found
    assert found.when
    assert (found.when.date().isoformat(), found.byline.author, found.byline.outlet) == (
        "2025-03-14",
        author,
        outlet,
    )
    article = read("مكتبة للحي", line, LEAD, REST).article
    assert article.author == author
    assert article.date == found.when


def test_the_name_of_the_site_is_no_author():
    found = credit("سماء الأخبار - أبوظبي", "سماء الأخبار")
    assert found
    assert (found.byline.author, found.byline.outlet) == ("", "سماء الأخبار")


def test_what_was_not_found_is_empty():
    """No writer, no date and no outlet is invented."""
    article = read("مكتبة للحي", LEAD, REST).article
    assert (article.author, article.outlet, article.date) == ("", "", None)
