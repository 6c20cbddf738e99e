"""Words in Latin letters are said: the table of names, the rules, and what holds for any letters."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashra.arabic.latin import TRANSLITERATED, transliterate
from nashra.arabic.latin_words import WORDS
from nashra.arabic.letters import LETTERS, MARKS, strip_marks
from nashra.arabic.rewriting import NOT_UNDERSTOOD
from nashra.arabic.verbalize import verbalize

KNOWN = """
    Macron ماكرون | Paris باريس | Le لو | Monde موند | Facebook فيسبوك | WhatsApp واتساب | YouTube يوتيوب
    Google غوغل | Renault رونو | Maroc ماروك | Telecom تيليكوم | Airbus إيرباص | Real ريال | Madrid مدريد
    Barcelona برشلونة | Hassan حسن | Mohammed محمد | Mail ميل | Washington واشنطن | Post بوست
    Times تايمز
    Brexit بريكست | Peugeot بيجو | Bouygues بويغ | Michel ميشيل | François فرانسوا | FRANÇOIS فرانسوا
    Benzema بنزيما | Hakimi حكيمي | Achraf أشرف | iPhone آيفون | Trump ترامب | Instagram إنستغرام
    Marseille مرسيليا | Juventus يوفنتوس | Mbappé مبابي | Messi ميسي | Reuters رويترز | Guardian غارديان
    Netflix نتفليكس | Tesla تسلا | Huawei هواوي | Boeing بوينغ | Carrefour كارفور | Danone دانون
"""
PRESS = """
    Sarkozy ساركوزي | Hollande هولاند | Mitterrand ميتران | Chirac شيراك | Merkel ميركل | Scholz شولتس
    Biden بايدن | Obama أوباما | Clinton كلينتون | Putin بوتين | Zelensky زيلينسكي | Sánchez سانشيز
    Sanchez سانشيز | Fernandez فرنانديز | Lopez لوبيز | Gonzalez غونزاليز | Ronaldo رونالدو
    Neymar نيمار | Zidane زيدان | Griezmann غريزمان | Modric مودريتش | Ziyech زياش | Bounou بونو
    Mazraoui مزراوي | Amrabat أمرابط | Ounahi أوناحي | Regragui الركراكي | Infantino إنفانتينو
    Guterres غوتيريش | Johnson جونسون | Sunak سوناك | Starmer ستارمر | Meloni ميلوني | Erdogan أردوغان
    Netanyahu نتنياهو | London لندن | Berlin برلين | Bruxelles بروكسيل | Brussels بروكسل | Genève جنيف
    Geneva جنيف | Lyon ليون | Bordeaux بوردو | Toulouse تولوز | Nice نيس | Lille ليل | Nantes نانت
    Sevilla إشبيلية | Liverpool ليفربول | Chelsea تشيلسي | Arsenal آرسنال | Manchester مانشستر
    United يونايتد | City سيتي | Bayern بايرن | Milan ميلان | Inter إنتر | Napoli نابولي | Roma روما
    Benfica بنفيكا | Porto بورتو | Ajax أياكس | Casablanca الدار_البيضاء | Rabat الرباط | Tanger طنجة
    Marrakech مراكش | Agadir أكادير | Oujda وجدة | Fès فاس | Figaro فيغارو | Libération ليبيراسيون
    Express إكسبرس | Bloomberg بلومبرغ | Financial فاينانشل | Economist إيكونوميست | Wall وول
    Street ستريت | Journal جورنال | Amazon أمازون | Apple آبل | Microsoft مايكروسوفت | Samsung سامسونغ
    Twitter تويتر | TikTok تيك_توك | Telegram تلغرام | Snapchat سناب_شات | LinkedIn لينكد_إن | Uber أوبر
    Toyota تويوتا | Mercedes مرسيدس | Volkswagen فولكسفاغن | Stellantis ستيلانتيس | Dacia داسيا
    Citroën سيتروين | Orange أورانج | Inwi إنوي | Attijariwafa التجاري_وفا | Lydec ليديك
    Intelcia إنتلسيا | Jumia جوميا | Glovo غلوفو | Airbnb إير_بي_إن_بي | Ryanair رايان_إير
    Spotify سبوتيفاي | PlayStation بلايستيشن | Windows ويندوز | Android أندرويد | Startup ستارت_أب
    Podcast بودكاست
"""
BY_RULE = """
    Dupont دوبون | Château شاتو | Dubois دوبوا | Rousseau روسو | Moreau مورو | Beaumont بومون
    Lambert لامبر
    Printemps برانتام | Bettencourt بتانكور | Mathieu ماتيو | Villeneuve فيلنوف | Smith سميث
    Cooper كوبر
    Knight نايت | Bridge بريج | Watching واتشينغ | Rodriguez رودريغيز | Martinez مارتينيز
    Müller مولر | Schröder شرودر | Gündoğan غوندوغان | Schumann شومان | Vlahović فلاهوفيتش | Castilla كاستيا
    Álvarez ألفاريز
    Khouribga خوريبغا
    Benjelloun بنجلون | Chefchaouen شفشاون | Philadelphia فيلادلفيا | Garcia غارسيا | Nador نادور
"""


def table(text):
    """The pairs of a table of words."""
    return [tuple(row.split()) for row in text.replace("\n", "|").split("|") if row.strip()]


@pytest.mark.parametrize(("written", "said"), table(KNOWN) + table(PRESS) + table(BY_RULE))
def test_a_word_is_said(written, said):
    """Names as the press writes them, others as they are spelled; the vowel marks aside."""
    assert strip_marks(transliterate(written)) == said.replace("_", " ")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Jean-Luc", "جان لوك"),
        ("l'Équipe", "ل إيكيب"),
        ("TikTok", "تيك توك"),
        ("Fès", "فاس"),
        ("'", ""),
        ("\u02a4", ""),
    ],
)
def test_compounds_and_odd_words(written, said):
    """Parts are said one by one; what has no letters says nothing."""
    assert strip_marks(transliterate(written)) == said.replace("_", " ")


def test_every_word_of_the_table_is_found_in_small_letters():
    """A key in capitals would never be found, and what is said is written in Arabic letters."""
    assert len(WORDS) > 500
    for latin, arabic in WORDS.items():
        assert latin == latin.lower()
        assert re.fullmatch(f"[{LETTERS}{MARKS} ]+", transliterate(latin)), (latin, arabic)


def test_a_word_that_was_read_by_rule_is_noted():
    """A listener may be told which names were guessed, and which letters nobody could read."""
    notes = {change.before: change.note for change in verbalize("Paris Dupont Москва 東京").changes}
    assert notes == {"Paris": "", "Dupont": TRANSLITERATED, "Москва": TRANSLITERATED, "東京": NOT_UNDERSTOOD}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("زار Paris وMacron", "زار باريس وماكرون"),
        ("صحيفة The New York Times", "صحيفة ذا نيو يورك تايمز"),
        ("بـFacebook والـWhatsApp", "بفيسبوك والواتساب"),
        ("لقاء Real Madrid وFC Barcelona", "لقاء ريال مدريد وإف سي برشلونة"),
        ("Москва Αθήνα", "موسكفا أثينا"),
    ],
)
def test_in_a_sentence(written, said):
    """Clitics stay glued to what is said."""
    assert strip_marks(verbalize(written).text) == said


ANY = st.text(
    st.sampled_from("aeiouyhgcqxzABCÉéñçœßłŠøıΑλώЖяёиҐ東京한שनﬁªa\u0301'’-. وبال12#@")
    | st.characters(categories=["L"]),
    max_size=80,
)


@given(ANY)
def test_no_foreign_letter_is_left(text):
    """Whatever script a word is in, an Arabic voice gets Arabic letters only."""
    said = verbalize(text).text
    assert not re.search(r"[^\W\d_\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff]", said)


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèçñâîôûœ'-"), max_size=40))
def test_what_is_said_has_marks_on_letters_only(word):
    """No mark stands alone, and no letter has two vowels."""
    said = transliterate(word)
    assert re.fullmatch(f"(?:[{LETTERS}]\u0651?[{MARKS}]?| )*", said)


@pytest.mark.parametrize(
    "piece",
    ["a", "eau", "A", "A.", "a-", "x'", "я", "東", "@", "#", "@a", "#a", "😀", "IV", "و A", "ا.", "ا "],
)
def test_a_long_hostile_text_is_read_in_time(piece):
    """Twenty thousand of one sign: the rules are linear."""
    start = time.monotonic()
    verbalize(piece * 20_000)
    assert time.monotonic() - start < 20
