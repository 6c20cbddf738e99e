"""What is neither a word nor a number: addresses, signs, numerals, verses and minutes, by example."""

import pytest

from nashra.arabic.letters import strip_marks
from nashra.arabic.verbalize import verbalize


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("https://example.com/a?b=c", "رابط إلكتروني"),
        ("example.ma", "رابط إلكتروني"),
        ("info@example.ma", "بريد إلكتروني"),
        ("#الحرية_الآن", "وسم الحرية الآن"),
        ("#COP22", "وسم كوب اثنان وعشرون"),
        ("تابع @MarocDiplo", "تابع حساب ماروك ديبلو"),
        ("COVID-19 وH1N1", "كوفيد تسعة عشر وإتش واحد إن واحد"),
        ("وكالة U.S.A. وCNN", "وكالة يو إس إيه وسي إن إن"),
        ("شبكة Wi-Fi و5G", "شبكة واي فاي والجيل الخامس"),
        ("ع. ورديني", "عين ورديني"),
        ("ك د ش", "كاف دال شين"),
        ("محمد VI", "محمد السادس"),
        ("Louis XIV", "لويس الرابع عشر"),
        ("القرن XXI", "القرن الحادي والعشرون"),
        ("أقراص CD", "أقراص سي دي"),
        ("(سورة الرعد: 11)", "(سورة الرعد، الآية الحادية عشرة)"),
        ("سورة الفاتحة (1-7)", "سورة الفاتحة، الآيات من الأولى إلى السابعة"),
        ("سورة الكهف 18:10", "سورة الكهف، الآية العاشرة"),
        ("سورة النساء 59", "سورة النساء، الآية التاسعة والخمسون"),
        ("سورة البقرة 286 آية", "سورة البقرة مئتان وست وثمانون آية"),
        ("العصر 15:45", "العصر الثالثة وخمس وأربعون دقيقة بعد الزوال"),
        ("يوحنا 3:16", "يوحنا، الإصحاح الثالث، الآية السادسة عشرة"),
        ("في الدقيقة 90+3", "في الدقيقة التسعين زائد ثلاثة"),
        ("4-4-2", "أربعة أربعة اثنان"),
        ("18+", "ثمانية عشر فما فوق"),
        ("السيد/ة", "السيد"),
        ("نعم/لا", "نعم، لا"),
        ("رقم #5", "رقم خمسة"),
        ("AT&T", "إيه تي أند تي"),
        ("البند & الشرط", "البند والشرط"),
        ("10 - 3 = 7", "عشرة ناقص ثلاثة يساوي سبعة"),
        ("1.2M", "واحد فاصلة اثنان إم"),
        ("نص👍🏽نص", "نص نص"),
    ],
)
def test_a_sign_is_said(written, said):
    """Each kind is said as a newsreader would; the vowel marks aside."""
    assert strip_marks(verbalize(written).text) == said


def test_an_emoji_is_left_out_by_a_rule_that_tells_it():
    """Flags, families and skin tones are one change each, with nothing in their place."""
    changes = verbalize("🇲🇦 👨‍👩‍👧 👍🏽").changes
    assert [(change.rule, change.after) for change in changes] == [("emoji", "")] * 3
