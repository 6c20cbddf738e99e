"""Vowel marks: what is let in of a diacritizer's answer, what is repaired, and which endings are said."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashra.arabic import repairs, tashkeel
from nashra.arabic.endings import DEPTHS, paused
from nashra.arabic.letters import order_marks, strip_marks

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإؤئآ"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
TEXT = st.text(alphabet=LETTERS + MARKS + "  .،؟:ab3é☎\ud83d\ue000ـ", max_size=80)


def answers(answer):
    """A diacritizer that gives one answer, whatever it is asked."""
    return lambda _bare: answer


@given(TEXT, TEXT)
def test_no_answer_changes_a_letter(sentence, answer):
    """Whatever is answered, only an alif may get its hamza, and marks stand on letters in order."""
    marked = tashkeel.diacritize(sentence, answers(answer))
    before, after = strip_marks(sentence), strip_marks(marked)
    assert len(before) == len(after)
    assert all(a == b or (a == "ا" and b in "أإآ") for a, b in zip(before, after, strict=True))
    assert order_marks(marked) == marked


@given(st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=8), max_size=8), st.randoms())
def test_marks_of_the_author_stay(words, chance):
    """A letter that came with a vowel has exactly that vowel afterwards."""
    own = [(letter, chance.choice(["", "\u064e", "\u064f"])) for letter in " ".join(words)]
    sentence = "".join(letter + (mark if letter != " " else "") for letter, mark in own)
    bare = strip_marks(sentence)
    marked = tashkeel.diacritize(sentence, answers("".join(f"{letter}\u0650" for letter in bare)))
    pieces = re.findall(rf"(.)([{MARKS}]*)", marked)
    for (letter, mark), (_, its) in zip(own, pieces, strict=True):
        assert letter == " " or not mark or its == mark


@pytest.mark.parametrize(
    ("written", "answer", "marked"),
    [
        ("الأمن", "الأَمْنُ", "الْأَمْنُ"),
        ("والقمر", "وَالقَمَرِ", "وَالْقَمَرِ"),
        ("بالغ", "بَالِغٌ", "بَالِغٌ"),
        ("للأمن", "لِلأَمْنِ", "لِلْأَمْنِ"),
        ("السلام", "السَلَامُ", "السَّلَامُ"),
        ("التقط", "التَقَطَ", "التَقَطَ"),
        ("الاجتماع", "الاجْتِمَاعُ", "الِاجْتِمَاعُ"),
        ("إلى", "إَلَى", "إِلَى"),
        ("أن", "أِنَّ", "أَنَّ"),
        ("يسهل", "يُسْهِّلُ", "يُسَهِّلُ"),
        ("عليا", "عُلْيّا", "عُلْيّا"),
        ("خطأ", "خَطَأِ", "خَطَأِ"),
        ("آخر", "آَخَرُ", "آخَرُ"),
        ("مدينة", "مَدِينِةٌ", "مَدِينَةٌ"),
        ("حياة", "حَيَاةٌ", "حَيَاةٌ"),
        ("خطا", "خَطَاً", "خَطًا"),
        ("من البيت", "مِنْ البَيْتِ", "مِنَ الْبَيْتِ"),
        ("عن ابنه", "عَنْ ابْنِهِ", "عَنِ ابْنِهِ"),
        ("عليهم اليوم", "عَلَيْهِمْ اليَوْمَ", "عَلَيْهِمُ الْيَوْمَ"),
        ("من أمس", "مِنْ أَمْسِ", "مِنْ أَمْسِ"),
        ("حددت خصص سلم", "حُدَّدَتْ خُصَّصَ سُلَّمُ", "حُدِّدَتْ خُصِّصَ سُلَّمُ"),
        ("مدة قوة", "مُدَّةَ قُوَّةَ", "مُدَّةَ قُوَّةَ"),
        ("ألغي أثبتت أنشطتها", "أَلْغِيَ أَثْبِتَتْ أَنْشِطَتِهَا", "أُلْغِيَ أُثْبِتَتْ أَنْشِطَتِهَا"),
        ("انتخب افتتح", "انْتَخِبَ افْتُتَحَ", "انْتُخِبَ افْتُتِحَ"),
        ("استخدمت، استعمل", "اسْتَخْدِمَتْ، اسْتُعْمَلَ", "اسْتُخْدِمَتْ، اسْتُعْمِلَ"),
        ("ينظر يوسف", "يُنْظُرُ يُوسُفُ", "يُنْظَرُ يُوسُفُ"),
        ("تندد تواصل", "تَنَدِّدُ تَوَاصِلُ", "تُنَدِّدُ تُوَاصِلُ"),
        ("تجارب تماسك تلقي", "تَجَارِبَ تَمَاسِكَ تَلَقِّي", "تَجَارِبَ تَمَاسِكَ تَلَقِّي"),
        ("تراجع تطور", "تَرَاجَعُ تَطَوَّرُ", "تَرَاجَعَ تَطَوَّرَ"),
        ("سيستفيد سياسة", "سِيَسْتَفِيدُ سِيَاسَةً", "سَيَسْتَفِيدُ سِيَاسَةً"),
        ("سنويا ثانيا محاميا تحديا", "سَنَوِيًا ثَانِيًا مُحَامِيًا تَحَدِّيًا", "سَنَوِيًّا ثَانِيًا مُحَامِيًا تَحَدِّيًا"),
        ("مذكرة تفاهم", "مُذَكِّرَةٍ تَفَاهُمٍ", "مُذَكِّرَةِ تَفَاهُمٍ"),
        ("مدة طويلة لشاب", "مُدَّةٍ طَوِيلَةٍ لِشَابٍّ", "مُدَّةٍ طَوِيلَةٍ لِشَابٍّ"),
        ("كيميائية تابع", "كِيمْيَائِيَّةٍ تَابِعٍ", "كِيمْيَائِيَّةٍ تَابِعٍ"),
        ("تسع نقط", "تِسْعٍ نُقَطٍ", "تِسْعِ نُقَطٍ"),
        ("خمس تسع", "خَمْسٍ تِسْعٍ", "خَمْسٍ تِسْعٍ"),
        ("وتسعة ميلادية", "وَتِسْعَةٍ مِيلَادِيَّةٍ", "وَتِسْعَةٍ مِيلَادِيَّةٍ"),
        ("من طرف مختلف", "مِنْ طَرَفٍ مُخْتَلِفِ", "مِنْ طَرَفِ مُخْتَلِفِ"),
        ("من طرف آخر", "مِنْ طَرَفٍ آخَرَ", "مِنْ طَرَفٍ آخَرَ"),
        ("اثنين مقابل واحد", "اثْنَيْنِ مُقَابِلٍ وَاحِدٍ", "اثْنَيْنِ مُقَابِلَ وَاحِدٍ"),
        ("عشر وخمس", "عُشْرٍ وَخَمْسِ", "عَشْرٍ وَخَمْسِ"),
        ("المصدر ذاته", "الْمَصْدَرُ ذَاتَهُ", "الْمَصْدَرُ ذَاتُهُ"),
        ("المصدر نفسه", "الْمَصْدَرِ نَفْسُهُ", "الْمَصْدَرِ نَفْسِهِ"),
        ("الإنسان نفسه", "الْإِنْسَانُ نَفْسَهُ", "الْإِنْسَانُ نَفْسَهُ"),
        (
            "صاحب الجلالة الملك محمد السادس",
            "صَاحِبُ الْجَلَالَةِ الْمَلِكِ مُحَمَّدٌ السَّادِسَ",
            "صَاحِبُ الْجَلَالَةِ الْمَلِكُ مُحَمَّدُ السَّادِسُ",
        ),
        ("استقبل جلالة الملك", "اسْتَقْبَلَ جَلَالَةَ الْمَلِكِ", "اسْتَقْبَلَ جَلَالَةُ الْمَلِكِ"),
        ("لقي طفل مصرعه", "لَقِيَ طِفْلُ مَصْرَعِهِ", "لَقِيَ طِفْلٌ مَصْرَعَهُ"),
        ("مدينة طنجة", "مَدِينَةُ طَنْجَةٍ", "مَدِينَةُ طَنْجَةَ"),
        ("خالد مشعل وعلي", "خَالِدٌ مِشْعَلٌ وَعَلِيٌّ", "خَالِدُ مِشْعَلٌ وَعَلِيٌّ"),
        ("محمد الغامدي، لخالد الذي", "مُحَمَّدٍ الْغَامِدِيِّ، لِخَالِدٍ الَّذِي", "مُحَمَّدِ الْغَامِدِيِّ، لِخَالِدٍ الَّذِي"),
        ("رقم خمسة وعشرون", "رَقْمَ خَمْسَةٍ وَعِشْرُونَ", "رَقْمَ خَمْسَةٌ وَعِشْرُونَ"),
        ("وستة وستين وخمسة وستين", "وَسِتَّةٌ وَسِتِّينَ وَخَمْسَةِ وَسِتِّينَ", "وَسِتَّةٍ وَسِتِّينَ وَخَمْسَةٍ وَسِتِّينَ"),
        ("خمسا وستين", "خَمْسًا وَسِتِّينَ", "خَمْسًا وَسِتِّينَ"),
        (
            "وسبعمئة وسبع وسبعون",
            "وَسَبْعُمِئَةٍ وَسَبْعٍ وَسَبْعُونَ",
            "وَسَبْعُمِئَةٌ وَسَبْعٌ وَسَبْعُونَ",
        ),
        ("مئة وخمسين", "مِئَةٍ وَخَمْسِينَ", "مِئَةٍ وَخَمْسِينَ"),
        ("فاصلة خمسة مليون", "فَاصِلَةٌ خَمْسَةٌ مِلْيُونَ", "فَاصِلَةٌ خَمْسَةْ مِلْيُونَ"),
        ("صفر خمسة سبعة ثم", "صِفْرٌ خَمْسَةٍ سَبْعَةً ثُمَّ", "صِفْرْ خَمْسَةْ سَبْعَةْ ثُمَّ"),
        ("ثلاثة أربعة أيام", "ثَلَاثَةٌ أَرْبَعَةُ أَيَّامٍ", "ثَلَاثَةٌ أَرْبَعَةُ أَيَّامٍ"),
        ("بلغت وجهت", "بَلَغْتْ وَجَّهْتُ", "بَلَغَتْ وَجَّهْتُ"),
        ("عن عمر يناهز", "عَنْ عُمَرَ يُنَاهِزُ", "عَنْ عُمَرٍ يُنَاهِزُ"),
    ],
)
def test_what_is_repaired(written, answer, marked):
    """What is wrong in any word is put right, and only that."""
    assert tashkeel.diacritize(written, answers(answer)) == order_marks(marked)


@pytest.mark.parametrize(
    ("written", "answer", "marked"),
    [
        ("الامن", "ألأَمْنُ", "الأَمْنُ"),
        ("وان", "وَإِنَّ", "وَإِنَّ"),
        ("بامر", "بِأَمْرِ", "بِأَمْرِ"),
        ("بفاس", "بِفَأسَ", "بِفَاسَ"),
        ("آب", "أَبُ", "آبُ"),
        ("إن", "أَنَّ", "إِنَّ"),
        ("واكبت", "وَأَكْبَتَ", "وَاكْبَتَ"),
        ("انهار", "إِنْهَارُ", "انْهَارُ"),
        ("لاحقا", "لَأَحْقًا", "لَاحْقًا"),
    ],
)
def test_letters_that_are_let_in(written, answer, marked):
    """An alif that begins a stem may get its hamza; no other letter changes."""
    assert strip_marks(tashkeel.diacritize(written, answers(answer))) == strip_marks(marked)


def test_a_word_that_the_answer_lacks_costs_no_other_word_its_marks():
    """A dropped symbol, a lost word and a word with other letters leave their neighbours alone."""
    assert tashkeel.diacritize("كتب ☎ زيد رسالة", answers("كَتَبَ رِسَالَةً")) == "كَتَبَ ☎ زيد رِسَالَةً"
    assert tashkeel.diacritize("كتب زيد", answers("كُ زَيْدٌ")) == "كتب زَيْدٌ"


def test_a_fully_marked_word_takes_an_ending_and_nothing_else():
    """A name from the lexicon keeps its sound; a final long vowel takes no mark."""
    assert tashkeel.diacritize("حَمُّوشِي", answers("حَمَوْشِيُّ")) == order_marks("حَمُّوشِي")
    assert tashkeel.diacritize("رَبَاط", answers("رِبَاطُّ")) == "رَبَاطُ"
    assert tashkeel.diacritize("مُرَّاكُش", answers("مَرَاكِشُ")) == order_marks("مُرَّاكُشُ")


def test_no_t_is_heard_of_a_number_word_in_a_row():
    """The lexicon marks خَمْسَة; it keeps the sukun of a telephone number, another word none."""
    said = tashkeel.diacritize("خَمْسَة سِتَّة سَبْعَة وَاحِد", answers("خَمْسَةٌ سِتَّةٌ سَبْعَةٌ وَاحِدٌ"))
    assert said == order_marks("خَمْسَةْ سِتَّةْ سَبْعَةْ وَاحِد")


def test_the_sentence_is_asked_for_as_running_text():
    """The diacritizer gets no marks, and a heading gets the full stop that it learnt with."""
    asked = []
    tashkeel.diacritize("تَحالف أمني ", lambda bare: asked.append(bare) or "")
    assert asked == ["، تحالف أمني."]


@given(TEXT, st.sampled_from(DEPTHS))
def test_endings_only_go_away(text, depth):
    """Letters stay, no mark is added, and what was paused once is paused."""
    marked = order_marks(text)
    said = paused(marked, depth)
    assert strip_marks(said) == strip_marks(marked)
    left = iter(marked)
    assert all(char in left for char in said)
    assert paused(said, depth) == said


@given(TEXT)
def test_each_depth_says_less(text):
    """`pause` says no more than `all`, and `none` no more than `pause`."""
    every, some, least = (paused(order_marks(text), depth) for depth in DEPTHS)
    assert len(every) >= len(some) >= len(least)


@pytest.mark.parametrize(
    ("marked", "pause", "none"),
    [
        ("فِي الرَّبَاطِ.", "فِي الرَّبَاط.", "فِي الرَّبَاط."),
        ("مِنَ الْبَيْتِ الْكَبِيرِ", "مِنَ الْبَيْتِ الْكَبِير", "مِنَ الْبَيْتِ الْكَبِير"),
        ("قَالَ زَيْدٌ نَعَمْ", "قَالَ زَيْدٌ نَعَمْ", "قَالَ زَيْد نَعَمْ"),
        ("كَيْفَ حَالُهُ؟", "كَيْفَ حَالُه؟", "كَيْفَ حَالُه؟"),
        ("ثُمَّ إِنَّ ذَلِكَ هُوَ", "ثُمَّ إِنَّ ذَلِكَ هُوَ", "ثُمَّ إِنَّ ذَلِكَ هُوَ"),
        ("رِسَالَةً، جِدًّا!", "رِسَالَة، جِدّا!", "رِسَالَة، جِدّا!"),
        ("مُسْتَوًى", "مُسْتَوى", "مُسْتَوى"),
    ],
)
def test_endings_that_are_said(marked, pause, none):
    """Endings at the two depths, case by case."""
    marked, pause, none = map(order_marks, (marked, pause, none))
    assert (paused(marked, "pause"), paused(marked, "none")) == (pause, none)


def test_an_unknown_depth_is_refused():
    """A mistyped depth is told, with the ones that there are."""
    with pytest.raises(ValueError, match="all, pause, none"):
        paused("سلام", "some")


def test_every_repair_has_its_own_name():
    """The table of repairs tells them apart."""
    names = [name for name, _form, _to in repairs.REPAIRS]
    assert len(names) == len(set(names))
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
