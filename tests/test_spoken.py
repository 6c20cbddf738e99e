"""From written sentences to spoken ones: the properties that hold for every text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashra.arabic import sentences, tashkeel
from nashra.arabic.letters import SHADDA, order_marks, strip_marks
from nashra.arabic.spoken import spoken

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
    ],
)
def test_where_sentences_end(paragraph, count):
    """A full stop ends no number, abbreviation or initial; closing quotes belong to their sentence."""
    assert len(sentences.split(paragraph)) == count


@given(ARABIC)
def test_no_engine_finds_a_digit_or_a_command_in_spoken_text(sentence):
    """No digit, bracket, markup, tatweel, control character or leading dash is left, and no double space."""
    said = spoken(sentence).text
    assert not any(char.isdigit() for char in said)
    assert not set('[]{}<>|\\ـ\x01«»"') & set(said)
    assert not said.startswith("-")
    assert "  " not in said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("الثلاثاء و الأربعاء", "الثلاثاء والأربعاء"),
        ("28 و 29 يناير", "الثامن والعشرون والتاسع والعشرون من يناير"),
        ("الرباط (و م ع)", "الرباط وكالة المغرب العربي للأنباء"),
        ("كأس العالم 2030", "كأس العالم ألفين وثلاثين"),
        ("بـ15 درهما", "بخمسة عشر درهما"),
        ("و2012", "وألفان واثنا عشر"),
        ("1.250 درهم", "ألف ومئتان وخمسون درهما"),
        ("الهاتف 0522", "الهاتف صفر خمسة اثنان اثنان"),
        ("الإجتماعات", "الاجتماعات"),
        ("[[kiQ]] نص", "kiQ نص"),
    ],
)
def test_what_is_said(written, said):
    """Spoken forms, case by case."""
    assert spoken(written).text == said


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
