"""From written sentences to spoken ones: the properties that hold for every text."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashra.arabic import hamza, sentences, tashkeel
from nashra.arabic.letters import LETTERS, MARKS, SHADDA, order_marks, strip_marks
from nashra.arabic.rewriting import as_written, rewrite
from nashra.arabic.spoken import spoken, usual

ARABIC = st.text(
    alphabet='ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإؤئ ًٌٍَُِّْ.،؟!؛…:0123456789٣()«»"-–[]{}<>\x01ـ', max_size=300
)


@given(ARABIC, st.integers(20, 120))
def test_sentences_joined_are_the_paragraph(paragraph, longest):
    """Nothing is lost between sentences, none is too long, none starts with a mark that the text did not."""
    pieces = sentences.split(paragraph, longest)
    assert "".join(pieces) == paragraph
    for before, piece in pairwise(pieces):
        assert before
        if before[-1:].isalpha():
            assert not unicodedata.combining(piece[0])


@given(st.text(alphabet="ابت ،", min_size=1, max_size=2000))
def test_no_sentence_is_longer_than_an_utterance_may_be(paragraph):
    """A paragraph without a full stop is cut at its commas and spaces."""
    said = [piece for piece in sentences.split(paragraph, 100) if piece.strip(" ،")]
    assert all(len(piece.strip(" ،")) <= 100 for piece in said)


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("ذهب الوزير. ثم عاد؟ نعم!", 3),
        ("بلغت النسبة 3.5 في المئة.", 1),
        ("قال أ.د. أحمد إنه حاضر.", 1),
        ("السيد م. العلوي حضر.", 1),
        ("قال: «نعم.» ثم ذهب.", 2),
        ("انتظر... ثم تكلم.", 2),
        ("اجتمع مع (الوزير). ثم عاد.", 2),
        ("شاهد https://a.ma/w?v=1!x الآن", 1),
        ("10. المغرب", 1),
        ("قال مصدر مطلع.وأضاف", 2),
        ("سي.إن.إن", 1),
    ],
)
def test_where_sentences_end(paragraph, count):
    """A full stop ends no number, abbreviation or initial; closing quotes belong to their sentence."""
    assert len(sentences.split(paragraph)) == count


# What a crawler, a word processor and a keyboard leave in a text, and what breaks programs.
ODD = st.lists(
    st.one_of(
        st.sampled_from(
            "ابتوهيىةءأإٱپڤگیکہ \u00a0\u202f\u200b\u200c\u200f\u202e\ufeff"
            "\u00ad\ufffc\ud800\ue000\ufdd0\x01\t\n"
            "ًَُِّْٰ\u0653\u0654\u0655\u06d6\u0610ـ.،؟!؛…:,;?-–—()[]{}<>\\|«»“”\"'’"
            "0123456789٣۴²½⅑①⑴❷⓲Ⅳ٪%$€+×°/&#*_😀★ABaé\u0301\u093fﬁﷺﻷﺍ﴿ڂݑ−‹›"
        ),
        st.characters(),
        st.sampled_from(
            ["و م ع", "(و م ع)", "(FIFA)", "لـ«", "عبدالله", "مائة", " و ", "...", "(...)", "هـ"]
        ),
    ),
    max_size=60,
).map("".join)


def inexpressible(said):
    """The characters of a spoken text that no engine should see."""
    bad = {
        char
        for char in said
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}
        or char.isnumeric()
        # No letter but ours, and no dash: only espeak-ng knows what it would make of them.
        or (char.isalpha() and not re.match(f"[{LETTERS}]", char))
    }
    return bad | set('ـ«»“”"[]{}<>|\\()_–—−,;?\ufffc') & set(said)


@given(ARABIC | ODD)
def test_no_engine_finds_a_digit_or_a_command_in_spoken_text(sentence):
    """No digit, bracket, markup, tatweel or control character is left, no double space, none at the ends."""
    said = spoken(sentence).text
    assert not inexpressible(said)
    assert not said.startswith("-")
    assert "  " not in said
    assert said == said.strip()


@given(ARABIC | ODD)
def test_marks_stand_on_arabic_letters(sentence):
    """A mark on nothing, on a digit or on a Latin letter is gone, and a letter has one vowel."""
    said = spoken(sentence).text
    assert not re.search(rf"(?<![{LETTERS}{MARKS}])[{MARKS}]", said)
    assert not any(unicodedata.category(char) == "Mn" for char in re.sub(f"[{MARKS}]", "", said))
    assert order_marks(said) == said


@given(ARABIC | ODD)
def test_every_spoken_character_knows_where_it_was_written(sentence):
    """Origins are as many as characters, in order, and inside the written text."""
    form = spoken(sentence)
    assert len(form.origins) == len(form.text)
    assert all(0 <= start <= end <= len(sentence) for start, end in form.origins)
    assert all(one[0] <= other[0] for one, other in pairwise(form.origins))
    spans = [(start, end) for start, end, *_ in form.spans() if start < end]
    assert all(one == other or one[1] <= other[0] for one, other in pairwise(spans))


@given(ARABIC | ODD)
def test_nothing_is_lost_without_a_rule_that_says_so(sentence):
    """What is written and not said stands in the span of a change with a name; changes are apart."""
    form = as_written(sentence)
    told = set()
    for step in usual():
        changes = list(step(form.text))
        end = 0
        for change in changes:
            assert change.rule
            assert end <= change.start
            end = change.start + len(change.before)
            assert form.text[change.start : end] == change.before != change.after
            for origin in form.origins[change.start : end]:
                told.update(range(*origin))
        form = rewrite(form, changes)
    told.update(place for origin in form.origins for place in range(*origin))
    assert told >= set(range(len(sentence)))


@given(ARABIC | ODD)
def test_spoken_text_is_said_the_same_again(sentence):
    """A second reading finds no sign, space or mark to change."""
    said = spoken(sentence).text
    names = {change.rule for change in spoken(said).changes}
    assert not names & {
        "no-break space",
        "brackets",
        "quotes",
        "mark without a letter",
        "tatweel",
        "Persian letters",
    }


@pytest.mark.parametrize(
    "piece", ["(", "و ", '"', "«", "و « ", "...", "- ", "ـ", "َ", " ", "(ا", "ان ", "ا\u0654", "،"]
)
def test_a_hostile_text_takes_no_longer_than_its_length(piece):
    """Ten thousand of one sign are read, and what is left can be said."""
    assert not inexpressible(spoken(piece * 10_000).text)


def test_no_bare_word_has_two_spellings():
    """A word of the hamza table is made from one right spelling only."""
    tables = (hamza.PARTICLES, hamza.VERBS, hamza.NAMES)
    spellings = {word for table in tables for word in table}
    assert len(spellings) == len({hamza.bare(word) for word in spellings})
    assert len(spellings) > 500


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("الثلاثاء و الأربعاء", "الثلاثاء والأربعاء"),
        ("28 و 29 يناير", "الثامن والعشرون والتاسع والعشرون من يناير"),
        ("الرباط (و م ع)", "الرباط"),
        ("(و م ع)", "وكالة المغرب العربي للأنباء"),
        ("(أ ف ب)", "وكالة فرانس بريس"),
        ("الى اسبانيا", "إلى إسبانيا"),
        ("لـ« فبراير »", "لفبراير"),
        ("مناقشات،وذلك", "مناقشات، وذلك"),
        ("عاشت (إيبولا) هنا", "عاشت، إيبولا، هنا"),
        ("اتحاد الفيفا (FIFA) هنا", "اتحاد الفيفا هنا"),
        ("55- المغرب", "خمسة وخمسون، المغرب"),
        ("– المغرب", "المغرب"),
        ("المغرب \u2013 إسبانيا", "المغرب، إسبانيا"),
        ("قال (...) ثم عاد...", "قال ثم عاد."),
        ("الثانیة، أڭادير", "الثانية، أكادير"),
        ("فى الدارالبيضاء و عبدالله", "في الدار البيضاء وعبد الله"),
        ("و« الشرق » و “الغرب”", "والشرق والغرب"),
        ("20 في المائة", "عشرون في المئة"),
        ("سنة 1445هـ", "سنة ألف وأربعمئة وخمس وأربعين هجرية"),
        ("قال:«نحن هنا اليوم جميعا»", "قال: نحن هنا اليوم جميعا"),
        ("و/أو", "و أو"),
        ("GPS و FIFA و https://a.ma و #وسم", "جي بي إس وفيفا ورابط إلكتروني ووسم وسم"),
        ("كأس العالم 2030", "كأس العالم ألفين وثلاثين"),
        ("بـ15 درهما", "بخمسة عشر درهما"),
        ("و2012", "وألفان واثنا عشر"),
        ("1.250 درهم", "ألف ومئتان وخمسون درهما"),
        ("الهاتف 0522", "الهاتف صفر خمسة اثنان اثنان"),
        ("الإجتماعات", "الاجتماعات"),
        ("[[kiQ]] نص", "كِيقْ، نص"),
        # Hamza: verbs and nouns, with what stands before and behind them.
        ("إتخذت وإندلع إلتقى إسمه", "اتخذت واندلع التقى اسمه"),
        ("دار الإفتاء، إنتر ميلان", "دار الإفتاء، إنتر ميلان"),
        ("بالاضافة الى الشرق الاوسط", "بالإضافة إلى الشرق الأوسط"),
        ("اهدافها وابنائه باعماله", "أهدافها وأبنائه بأعماله"),
        ("وافق الحق الفهم واحدا واصل", "وافق الحق الفهم واحدا واصل"),
        ("اما الوزير فحضر، واما نجح او رسب", "أما الوزير فحضر، وإما نجح أو رسب"),
        ("اسماعيل وايمن واخنوش", "إسماعيل وأيمن وأخنوش"),
        ("الأتحاد أستقبال، أستاذ أستراليا الأنبياء", "الاتحاد استقبال، أستاذ أستراليا الأنبياء"),
        ("كاس الموتمر، فراس كراس، شئون المسئولين، مبادىء", "كأس المؤتمر، فراس كراس، شؤون المسؤولين، مبادئ"),
        ("فلان، بان كي مون، فان دايك، بان المغرب", "فلان، بان كي مون، فان دايك، بأن المغرب"),
        ("القران الكريم، عقد القران، للاسف", "القرآن الكريم، عقد القران، للأسف"),
        # Last letters.
        ("للشرطه القضائيه، للقائه، للجمعيه", "للشرطة القضائية، للقائه، للجمعية"),
        ("المدرسه والحكومه بالازمه", "المدرسة والحكومة بالأزمة"),
        ("الفقيه والده الاتجاه التزامه", "الفقيه والده الاتجاه التزامه"),
        ("بالمصرى، مصطفي، والي الجهة، يجرى", "بالمصري، مصطفى، والي الجهة، يجرى"),
        ("عبدالاله في أبوظبي", "عبد الإله في أبو ظبي"),
        # What stands between words.
        ('لـ"الأحداث" ولـ«اللجنة»', "للأحداث وللجنة"),
        ("أ- المغرب", "ألف، المغرب"),
        ("أولا/ المغرب", "أولا، المغرب"),
        ("ب) المغرب", "باء، المغرب"),
        ("فاس /و م ع/ انطلق", "فاس، انطلق"),
        ("غزة - رويترز: قتل", "غزة: قتل"),
        ("أحمد & محمد", "أحمد ومحمد"),
        ("البند & الشرط", "البند والشرط"),
        ("البحث & التطوير R&D", "البحث والتطوير آر أند دي"),
        ("خلال 5 أيام & 12 ساعة", "خلال خمسة أيام واثنتي عشرة ساعة"),
        ("هل ربح 20? نعم", "هل ربح عشرين؟ نعم"),
        ("1- –نص 5–؟", "واحد، نص خمسة؟"),
        ("القرن Ⅳ، بنسبة ⅑", "القرن الرابع، بنسبة تسع"),
        ("ڂبر ݑاب", "حبر باب"),
        ("الفقرة ب من المادة", "الفقرة باء من المادة"),
        ("النقطة (ج) والنقطة (هـ)", "النقطة، جيم، والنقطة، هاء"),
        ("المجموعتين أ و ب", "المجموعتين ألف وباء"),
        ("المتهم إ.خ والضحية م.ب.س", "المتهم ألف خاء والضحية ميم باء سين"),
        ("هومبريس – ع ورديني", "هومبريس، ع ورديني"),
    ],
)
def test_what_is_said(written, said):
    """Spoken forms, case by case."""
    assert strip_marks(spoken(written).text) == strip_marks(said)


def test_the_names_of_letters_have_their_marks():
    """The diacritizer would take E, O and Y, and أ, for other words."""
    assert spoken("قناة OEY والمجموعة أ").text == "قناة أُو إِي وَايْ والمجموعة أَلِف"


def marks_everything(bare: str) -> str:
    """A diacritizer that marks each letter with a vowel and then shadda, and swaps a letter."""
    return "".join(char + "َ" + SHADDA if char.isalpha() else char for char in bare).replace("ا", "أ")


@given(ARABIC)
def test_vowel_marks_change_no_letter_but_a_stems_first_alif(sentence):
    """Whatever the diacritizer answers, letters stay, and shadda comes before its vowel."""
    marked = tashkeel.diacritize(spoken(sentence).text, marks_everything)
    before, after = strip_marks(spoken(sentence).text), strip_marks(marked)
    assert len(before) == len(after)
    assert all(a == b or (a == "ا" and b in "أإآ") for a, b in zip(before, after, strict=True))
    assert order_marks(marked) == marked


def test_the_authors_marks_win():
    """A mark that the author wrote is neither dropped nor replaced."""
    assert tashkeel.diacritize("كُتب", lambda _bare: "كَتَبَ") == "كُتَبَ"


def test_an_answer_of_another_length_is_not_used():
    """A diacritizer that loses a letter is not believed."""
    assert tashkeel.diacritize("كتب", lambda _bare: "كَتَ") == "كتب"


def test_the_alif_of_the_article_takes_no_hamza():
    """«الأمن» is never «ألأمن», however the diacritizer spells it."""
    assert strip_marks(tashkeel.diacritize("الامن", lambda _bare: "ألأمن")) == "الأمن"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("قررت الحكومه زياده الاجور بنسبه 5%.", "قررت الحكومة زيادة الأجور بنسبة خمسة في المئة."),
        ("استشهد فى غزه عشره اطفال.", "استشهد في غزة عشرة أطفال."),
        ("اعلن الرئيس عن مبادره كبيره وفتره جديده.", "أعلن الرئيس عن مبادرة كبيرة وفترة جديدة."),
        ("الحوار الاسلامى المسيحى", "الحوار الإسلامي المسيحي"),
        ("قاد فى النهائى الفريق الذى يجرى المباراه.", "قاد في النهائي الفريق الذي يجري المباراة."),
        ("دوله الامارات ومجموعه من الاطباء", "دولة الإمارات ومجموعة من الأطباء"),
        # What is right stays.
        ("التقى محاميه في بداية حديثه أمام أراضيه.", "التقى محاميه في بداية حديثه أمام أراضيه."),
        ("توالى سقوط القدم اليمنى في القرى.", "توالى سقوط القدم اليمنى في القرى."),
    ],
)
def test_the_spelling_of_half_a_country_is_read_as_it_is_meant(written, said):
    """Many write ه for ة and ى for ي, at the ends of all words or of most."""
    assert strip_marks(spoken(written).text) == said
