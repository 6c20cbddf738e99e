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
        ("يوحنا 3:16", "يوحنا، الإصحاح الثالث، الآية السادسة عشرة"),
        ("في الدقيقة 90+3", "في الدقيقة التسعين زائد ثلاثة"),
        ("4-4-2", "أربعة أربعة اثنان"),
        ("18+", "ثمانية عشر فما فوق"),
        ("السيد/ة", "السيد"),
        ("نعم/لا", "نعم، لا"),
        ("نص👍🏽نص", "نص نص"),
        ("موقع Booking.com لـBooking.com", "موقع بوكينغ دوت كوم لبوكينغ دوت كوم"),
        ("booking.com وBooking.com/ar", "رابط إلكتروني ورابط إلكتروني"),
        ("#Maroc2030 #كأس_العالم_2030", "وسم ماروك ألفين وثلاثين وسم كأس العالم ألفين وثلاثين"),
        ("AT&T وJohnson & Johnson", "إيه تي أند تي وجونسون أند جونسون"),
        ("البحث & التطوير R&D", "البحث والتطوير آر أند دي"),
        ("منصتا Disney+ وCanal+", "منصتا ديزني بلس وكانال بلس"),
        ("لغة C++ وصيغة B2B", "لغة سي بلس بلس وصيغة بي تو بي"),
        ("قمة مجموعة G20 بالـG7", "قمة مجموعة العشرين بمجموعة السبع"),
        ("EURO 2024 والـAMO", "يورو ألفين وأربعة وعشرين والأمو"),
        ("نموذجا DeepSeek-R1 وGPT-4o", "نموذجا ديب سيك آر واحد وجي بي تي أربعة أو"),
        ("(732-808 هـ)", "(من سبعمئة واثنين وثلاثين إلى ثمانمئة وثمانية هجرية)"),
        ("(1200-1500م²)", "(من ألف ومئتين إلى ألف وخمسمئة متر مربع)"),
        ("ابن خلدون (ت. 808 هـ)", "ابن خلدون (توفي سنة ثمانمئة وثمان هجرية)"),
        ("وكالة (أ ب) والفئتان أ ب", "وكالة أسوشيتد برس والفئتان أ ب"),
        ("د. مريم وذ. سعاد ود. أسامة", "الدكتورة مريم والأستاذة سعاد والدكتور أسامة"),
        ("ⴰⵣⵓⵍ ⵜⴰⵎⴰⵣⵉⵖⵜ", "أزول تامازيغت"),
    ],
)
def test_a_sign_is_said(written, said):
    """Each kind is said as a newsreader would; the vowel marks aside."""
    assert strip_marks(verbalize(written).text) == said


def test_an_emoji_is_left_out_by_a_rule_that_tells_it():
    """Flags, families and skin tones are one change each, with nothing in their place."""
    changes = verbalize("🇲🇦 👨‍👩‍👧 👍🏽").changes
    assert [(change.rule, change.after) for change in changes] == [("emoji", "")] * 3
