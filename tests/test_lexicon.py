"""Names and words are said as the lexicon has them: the shipped table by row, and how an entry is found."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashra.arabic.doubts import (
    FOREIGN,
    RARE_NAME,
    STRANGE_LETTERS,
    TWO_READINGS,
    doubts,
)
from nashra.arabic.ipa import ipa_to_arabic
from nashra.arabic.letters import LETTERS, MARKS, order_marks, strip_marks
from nashra.arabic.lexicon import Lexicon, shipped
from nashra.arabic.lexicon_file import added, parse
from nashra.arabic.rewriting import after, as_written, run

ENTRIES = tuple(shipped().entries.values())
WORD = re.compile(rf"[{LETTERS}{MARKS}]+")

RESPELLED = {
    *("أڭادير", "ماميلودي صن داونز", "بايرن ميونخ", "تلكيل", "مائة", "مائتان", "مائتين"),
    *("مائتا", "مائتي", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة"),
    *("في المائة", "بالمائة"),
}


def test_the_table_is_large_and_in_order():
    """At least 500 entries, sorted by kind and written form, every kind well filled."""
    kinds = Counter(entry.kind for entry in ENTRIES)
    assert len(ENTRIES) >= 1000
    assert all(kinds[kind] >= 30 for kind in kinds.keys() - {"day"})
    assert list(ENTRIES) == sorted(ENTRIES, key=lambda entry: (entry.kind, entry.written))
    assert len({entry.written for entry in ENTRIES}) == len(ENTRIES)


def test_written_forms_have_no_marks():
    """What is written has letters, digits and single spaces only."""
    for entry in ENTRIES:
        assert re.fullmatch(r"[\w-]+(?: [\w-]+)*", entry.written)
        assert strip_marks(entry.written) == entry.written


def test_spoken_forms_have_the_letters_of_the_written_ones():
    """A spoken form adds marks and hamzas; those that are spelled otherwise are named."""
    arabic = [entry for entry in ENTRIES if entry.kind != "latin"]
    other = {entry.written for entry in arabic if _skeleton(entry.spoken) != _skeleton(entry.written)}
    assert other == RESPELLED


def _skeleton(text):
    return re.sub("[أإآ]", "ا", strip_marks(text))


def test_every_letter_inside_a_spoken_word_has_its_mark():
    """Inside a word only long vowels and the alif and lam of the article are bare, and marks are in order."""
    for entry in ENTRIES:
        assert entry.spoken == order_marks(entry.spoken)
        for word in entry.spoken.split():
            assert _bare_inside(word) == [], word


def _bare_inside(word):
    pieces = re.findall(rf"(.)([{MARKS}]*)", word)
    bare = []
    for place, (letter, marks) in enumerate(pieces[:-1]):
        before = pieces[place - 1] if place else ("", "")
        vowel = before[1][-1:]
        long = {"ا": "َ", "ى": "َ", "و": "ُ", "ي": "ِ"}.get(letter) == vowel != ""
        # Alifs that are not heard, and a lam that is the sun letter behind it.
        silent = letter == "آ" or (letter == "ا" and (place == 0 or vowel in "َُِ"))
        sun = letter == "ل" and before[0] in "ال" and "\u0651" in pieces[place + 1][1]
        if not (marks or long or silent or sun):
            bare.append(letter)
    return bare


FOUND = [
    ("في الرباط", "في الرِّبَاط"),
    ("وبالرباط فللرباط", "وَبِالرِّبَاط فَلِلرِّبَاط"),
    ("بفاس وفاس", "بِفَاس وَفَاس"),
    ("لليونان ولليبيا", "لِلْيُونَان وَلِلِيبْيَا"),
    ("الى وجدة لا جدة", "الى وَجْدَة لا جدة"),
    ("سوس-ماسة، سوس – ماسة", "سُوس-مَاسَّة، سُوس – مَاسَّة"),
    ("الدار البيضاء", "الدَّار الْبَيْضَاء"),
    ("الدار، البيضاء", "الدار، البيضاء"),
    ("واثني عشر والخمسين", "وَاثْنَيْ عَشَرَ وَالْخَمْسِينَ"),
    ("باتصالات المغرب", "بِاتِّصَالَات الْمَغْرِب"),
    ("حمّوشي", "حَمُّوشِي"),
    ("الرباطِ", "الرِّبَاطِ"),
    ("الرُّباط", "الرُّباط"),
    ("القطر المغربي", "القطر المغربي"),
    ("الرباطي رباط xالرباط", "الرباطي رباط xالرِّبَاط"),
    ("بمئتي", "بِمِئَتَيْ"),
    ("", ""),
    ("ً و ل", "ً و ل"),
]


@pytest.mark.parametrize(("written", "said"), FOUND)
def test_words_are_found_with_their_prefixes_and_only_whole(written, said):
    """A word is found behind what is written onto it; author's marks win; a part of a word is no word."""
    assert after(order_marks(written), shipped().words) == order_marks(said)


SIGNS = [
    ("FIFA وfifa بFIFA", "فِيفَا وَفِيفَا بِفِيفَا"),
    ("FIFAالفيفا", "فِيفَا الفيفا"),
    ("على 2M و1.2M و2Mb", "على دُوزِيم و1.2M و2Mb"),
    ("COVID-19 وCovid", "كُوفِيد تِسْعَةَ عَشَر وَكُوفِيد"),
    ("Maroc Telecom، MAROC", "اِتِّصَالَات الْمَغْرِب، MAROC"),
    ("CAN can CANE", "الْكَان can CANE"),
    ("2M€ $2M 2m", "2M€ $2M 2m"),
    ("Maroc\u00a0Telecom", "اِتِّصَالَات الْمَغْرِب"),
    ("وكالة AFP، لحزب PPS", "وكالة فِرَانْس بِرِيس، لحزب التَّقَدُّم وَالِاشْتِرَاكِيَّة"),
    ("الحزب PPS", "الحزب حِزْب التَّقَدُّم وَالِاشْتِرَاكِيَّة"),
    ("للمديرية العامة للأمن الوطني DGSN", "للمديرية العامة للأمن الوطني "),
]


@pytest.mark.parametrize(("written", "said"), SIGNS)
def test_what_has_more_than_arabic_letters_is_found_before_the_figures(written, said):
    """Latin names and figures have entries too, in small letters or capitals."""
    assert after(written, shipped().signs) == order_marks(said)


def test_a_higher_lexicon_wins_and_a_longer_phrase_wins_over_both():
    """Article over station over shipped; the longer phrase is taken, wherever it stands."""
    article = Lexicon.of({"الرباط": "الرُّبَاط", "و.م.ع": "لَامَاب"})
    station = Lexicon.of({"الرباط": "الرَّبَاط", "مدينة الرباط": "مَدِينَة الرَّبَاط"})
    upper = article.over(station.over(shipped()))
    assert after("الرباط، مدينة الرباط، فاس (و.م.ع)", upper.words, upper.signs) == order_marks(
        "الرُّبَاط، مَدِينَة الرَّبَاط، فَاس (لَامَاب)"
    )


def test_a_respelling_may_have_more_words_or_be_ipa():
    """A spoken form is any marked Arabic, or IPA between slashes."""
    lexicon = Lexicon.of({"كلم": "كِيلُومِتْر فِي السَّاعَة", "Fez": "/faːs/"})
    assert after("كلم Fez", lexicon.signs, lexicon.words) == order_marks("كِيلُومِتْر فِي السَّاعَة فَاس")


@given(st.text(alphabet="وبالرطفسكجدةم َِّ2M.-،F", max_size=40))
def test_changes_stand_in_order_and_are_what_was_written(text):
    """Whatever the text, each change tells a part of it, in order and apart."""
    for step in (shipped().words, shipped().signs):
        end = 0
        for change in step(text):
            assert change.start >= end
            end = change.start + len(change.before)
            assert text[change.start : end] == change.before
        run(as_written(text), [step])


@given(st.sampled_from(ENTRIES))
def test_ipa_of_the_table_comes_back_as_letters_that_sound_alike(entry):
    """Every IPA of the table can be written in Arabic again, word for word."""
    assert len(ipa_to_arabic(entry.ipa).split()) == len(entry.spoken.split())


IPA = [
    ("sˤaħraːʔ", "صَحْرَاء"),
    ("masʔuːl", "مَسْؤُول"),
    ("mubtadiʔ", "مُبْتَدِئ"),
    ("qiraːʔaːt", "قِرَاءَات"),
    ("alqurʔaːn", "أَلْقُرْآن"),
    ("bassˤ baTt", None),
    ("ˈsattˤaːt", "سَطَّات"),
    ("dawla duwal saww", "دَوْلَة دُوَل سَوّ"),
    ("peʒo vɔlvo", "بِجُ فُلفُ"),
    ("", ""),
    ("ː", None),
]


@pytest.mark.parametrize(("ipa", "arabic"), IPA)
def test_ipa_is_written_in_arabic(ipa, arabic):
    """Sounds become letters with their marks; a sign that is no sound is an error that names it."""
    if arabic is None:
        with pytest.raises(ValueError, match="no Arabic letter for the sound"):
            ipa_to_arabic(ipa)
    else:
        assert ipa_to_arabic(ipa) == order_marks(arabic.replace("فُلفُ", "فُلْفُ"))


FAULTS = [
    ('"فاس" = "فَاس"\n"" = "فَاس"', "line 2: «» is no word"),
    ('"فاس" = "Fes"', "line 1: .*neither Arabic letters nor IPA"),
    ('\n"فاس" = "ف4س"', "line 2: "),
    ('"فاس" = ""', "line 1: "),
    ('"فاس" = "َفاس"', "line 1: "),
    ('"فاس" = "/f#s/"', "line 1: .*no Arabic letter for the sound `#`"),
    ('"فاس" = 5', "line 1: .*text in quotes"),
    ('"فاس" = "فَاس"\n"فَاس" = "فَاس"', "line 2: .*twice"),
    ('"فا\\u0001س" = "فَاس"', "line 1: .*control character"),
    ("[names]\n", "«names» needs its spoken form as text"),
    ('"فاس" = "فَاس\n', "line 1"),
    ("فاس = 'فَاس'", "line 1"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_a_broken_lexicon_names_its_line(text, message):
    """What cannot be said is refused with its line and the reason."""
    with pytest.raises(ValueError, match=message):
        parse(text.encode())


def test_a_lexicon_that_is_not_utf8_names_its_line():
    """Bytes of another encoding are refused where they stand."""
    with pytest.raises(ValueError, match="line 2: this is not UTF-8"):
        parse(b'"a" = "/a/"\n"\xe7" = "x"')


def test_a_word_is_added_at_the_end_and_replaced_in_its_place():
    """Comments, order and line ends of the file stay as they are."""
    raw = "# أسماء\r\n[words]\r\n\"فاس\" = \"فَأس\"  # مدينة\r\n'وجدة' = 'وَجْدَة'".encode()
    once = added(raw, "فاس", "فَاس")
    assert once.decode() == raw.decode().replace("فَأس", "فَاس")
    twice = added(added(once, "وَجدة", "وِجْدَة"), "2M", "/duːziːm/")
    assert twice.decode().endswith('\'وجدة\' = "وِجْدَة"\r\n"2M" = "/duːziːm/"\r\n')
    assert parse(twice) == {"فاس": "فَاس", "وجدة": "وِجْدَة", "2M": "/duːziːm/"}
    with pytest.raises(ValueError, match="neither Arabic"):
        added(raw, "فاس", "fes")


def test_doubtful_words_come_with_their_reasons_the_most_doubtful_first():
    """Foreign words, strange letters, two readings and unknown names are told, each once."""
    written = "زار السيد بنزكري شركة Capgemini. وقال بنزكري إن كتب چاكوب كثيرة. كتب الكاتب. FIFA"
    marked = "زَارَ السَّيِّدُ بِنْزَكْرِي شَرِكَةَ كَابْجِمِنِي. وَقَالَ بِنْزَكْرِي إِنَّ كُتُبَ چَاكُوب كَثِيرَةٌ. كَتَبَ الْكَاتِبُ. فِيفَا"
    found = doubts(written, (), marked, shipped(), lambda word: word)
    assert [(doubt.word, doubt.reason) for doubt in found] == [
        ("Capgemini", FOREIGN),
        ("چاكوب", STRANGE_LETTERS),
        ("كتب", TWO_READINGS),
        ("بنزكري", RARE_NAME),
    ]
