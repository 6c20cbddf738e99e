"""Numbers are said as grammar asks, and can be read back by someone who does not share our code."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nashra.arabic.letters import strip_marks
from nashra.arabic.numbers import LIMIT, Case, Gender, Noun, cardinal, counted, decimal, digits, ordinal

NOM, GEN, ACC = Case.NOMINATIVE, Case.GENITIVE, Case.ACCUSATIVE
MASC, FEM = Gender.MASCULINE, Gender.FEMININE
BOOK = Noun("كتاب", "كتابان", "كتب", "كتابا")
STATE = Noun("دولة", "دولتان", "دول", "دولة", FEM)

CARDINALS = [
    # number, gender of the counted noun, case, a noun follows, words
    (0, MASC, NOM, False, "صفر"),
    (1, MASC, NOM, False, "واحد"),
    (1, FEM, ACC, False, "واحدة"),
    (1, MASC, ACC, False, "واحدا"),
    (2, FEM, GEN, False, "اثنتين"),
    (3, FEM, NOM, True, "ثلاث"),
    (4, FEM, ACC, False, "أربعا"),
    (4, FEM, ACC, True, "أربع"),
    (8, FEM, NOM, True, "ثماني"),
    (8, FEM, GEN, False, "ثمان"),
    (10, MASC, ACC, False, "عشرة"),
    (10, FEM, NOM, True, "عشر"),
    (11, FEM, GEN, False, "إحدى عشرة"),
    (12, MASC, NOM, False, "اثنا عشر"),
    (12, FEM, GEN, False, "اثنتي عشرة"),
    (14, MASC, GEN, True, "أربعة عشر"),
    (18, FEM, ACC, False, "ثماني عشرة"),
    (21, FEM, NOM, False, "إحدى وعشرون"),
    (21, MASC, ACC, False, "واحدا وعشرين"),
    (32, FEM, GEN, True, "اثنتين وثلاثين"),
    (40, MASC, ACC, False, "أربعين"),
    (64, FEM, ACC, False, "أربعا وستين"),
    (98, FEM, NOM, True, "ثمان وتسعون"),
    (100, FEM, ACC, False, "مئة"),
    (200, MASC, GEN, False, "مئتين"),
    (200, FEM, GEN, True, "مئتي"),
    (201, FEM, NOM, False, "مئتان وواحدة"),
    (800, MASC, NOM, True, "ثمانمئة"),
    (1_000, MASC, ACC, False, "ألفا"),
    (1_000, MASC, ACC, True, "ألف"),
    (2_000, FEM, NOM, True, "ألفا"),
    (2_000, FEM, GEN, True, "ألفي"),
    (2_012, MASC, GEN, False, "ألفين واثني عشر"),
    (2_200, FEM, NOM, True, "ألفان ومئتا"),
    (8_000, FEM, NOM, True, "ثمانية آلاف"),
    (12_000, FEM, GEN, False, "اثني عشر ألفا"),
    (12_000, FEM, GEN, True, "اثني عشر ألف"),
    (100_000, MASC, NOM, False, "مئة ألف"),
    (101_000, MASC, ACC, False, "مئة ألف وألفا"),
    (250_000, MASC, GEN, False, "مئتين وخمسين ألفا"),
    (1_000_000, MASC, NOM, False, "مليون"),
    (2_000_000, MASC, NOM, True, "مليونا"),
    (3_400_000_000, MASC, NOM, False, "ثلاثة ملايير وأربعمئة مليون"),
    (10**12, MASC, NOM, False, "تريليون"),
    (7 * 10**15, MASC, NOM, False, "سبعة كوادريليونات"),
    (-30, MASC, GEN, False, "ناقص ثلاثين"),
    (8_008, FEM, NOM, True, "ثمانية آلاف وثماني"),
    (1_001, FEM, NOM, False, "ألف وواحدة"),
    (999_999, FEM, GEN, True, "تسعمئة وتسعة وتسعين ألفا وتسعمئة وتسع وتسعين"),
    (200_000_000, MASC, GEN, True, "مئتي مليون"),
    (2 * 10**15, FEM, GEN, True, "كوادريليوني"),
    (10**17, MASC, NOM, False, "مئة كوادريليون"),
]

COUNTED = [
    (1, BOOK, ACC, "كتابا واحدا"),
    (1, STATE, NOM, "دولة واحدة"),
    (2, STATE, GEN, "دولتين"),
    (10, STATE, NOM, "عشر دول"),
    (12, STATE, NOM, "اثنتا عشرة دولة"),
    (99, BOOK, GEN, "تسعة وتسعين كتابا"),
    (101, STATE, NOM, "مئة دولة ودولة"),
    (202, BOOK, GEN, "مئتي كتاب وكتابين"),
    (508, STATE, NOM, "خمسمئة وثماني دول"),
    (2_000, BOOK, NOM, "ألفا كتاب"),
    (11_000, BOOK, NOM, "أحد عشر ألف كتاب"),
    (1_001, STATE, NOM, "ألف دولة ودولة"),
    (1_200, BOOK, GEN, "ألف ومئتي كتاب"),
    (2_000_000, STATE, GEN, "مليوني دولة"),
    (1_000_118, STATE, ACC, "مليونا ومئة وثماني عشرة دولة"),
    (3_000_011, STATE, NOM, "ثلاثة ملايين وإحدى عشرة دولة"),
]

ORDINALS = [
    (1, MASC, NOM, True, "الأول"),
    (6, FEM, NOM, True, "السادسة"),
    (12, FEM, GEN, True, "الثانية عشرة"),
    (30, FEM, NOM, True, "الثلاثون"),
    (31, MASC, GEN, True, "الحادي والثلاثين"),
    (42, FEM, NOM, True, "الثانية والأربعون"),
    (100, MASC, NOM, True, "المئة"),
    (119, FEM, NOM, True, "التاسعة عشرة بعد المئة"),
    (225, MASC, GEN, True, "الخامس والعشرين بعد المئتين"),
    (1_442, MASC, NOM, True, "الثاني والأربعون بعد الألف والأربعمئة"),
    (2_000, FEM, GEN, True, "الألفين"),
    (3, MASC, ACC, False, "ثالثا"),
    (21, FEM, NOM, False, "حادية وعشرون"),
]


@pytest.mark.parametrize(("number", "gender", "case", "construct", "words"), CARDINALS)
def test_cardinal(number, gender, case, construct, words):
    """A cardinal agrees in gender, case and construct state."""
    assert strip_marks(cardinal(number, gender=gender, case=case, construct=construct)) == words


@pytest.mark.parametrize(("number", "noun", "case", "words"), COUNTED)
def test_counted(number, noun, case, words):
    """The last two digits decide the noun's form."""
    assert counted(number, noun, case=case) == words


@pytest.mark.parametrize(("number", "gender", "case", "definite", "words"), ORDINALS)
def test_ordinal(number, gender, case, definite, words):
    """An ordinal carries the article in each of its parts."""
    assert strip_marks(ordinal(number, gender=gender, case=case, definite=definite)) == words


@pytest.mark.parametrize(("case", "mark"), [(NOM, ""), (GEN, "\u0650"), (ACC, "\u064e")])
def test_hundreds_show_their_case(case, mark):
    """In 300 to 900 the case stands inside the word: only a mark can tell it to a voice."""
    assert cardinal(845, case=case).startswith(f"ثمان{mark}مئة")
    assert strip_marks(cardinal(200_300, case=case)).endswith("وثلاثمئة")
    assert mark in cardinal(200_300, case=case).rpartition(" ")[2]


@pytest.mark.parametrize("number", [LIMIT, -LIMIT])
def test_cardinal_beyond_the_scales(number):
    """What has no words is refused, not half said."""
    with pytest.raises(ValueError, match="no words"):
        cardinal(number)


@pytest.mark.parametrize("number", [0, -3])
def test_ordinal_of_nothing(number):
    """Nothing is the zeroth of its kind."""
    with pytest.raises(ValueError, match="nothing is number"):
        ordinal(number)


def test_decimal_hears_leading_and_trailing_zeros():
    """3.05 is not 3.5, and 1.50 ends in fifty, as read in a market."""
    assert decimal("1", "50") == "واحد فاصلة خمسون"
    assert decimal("0", "007") == "صفر فاصلة صفر صفر سبعة"
    assert decimal("٤", "٢", case=GEN) == "أربعة فاصلة اثنين"


# An independent reader: a dictionary of every word that may stand in a number, and additions.

WORTH = {
    0: "صفر صفرا",
    1: "واحد واحدا واحدة إحدى أحد",
    2: "اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي",
    3: "ثلاثة ثلاث ثلاثا",
    4: "أربعة أربع أربعا",
    5: "خمسة خمس خمسا",
    6: "ستة ست ستا",
    7: "سبعة سبع سبعا",
    8: "ثمانية ثماني ثمان ثمانيا",
    9: "تسعة تسع تسعا",
    10: "عشرة عشر عشرا",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
    100: "مئة",
    200: "مئتان مئتين مئتا مئتي",
    300: "ثلاثمئة",
    400: "أربعمئة",
    500: "خمسمئة",
    600: "ستمئة",
    700: "سبعمئة",
    800: "ثمانمئة",
    900: "تسعمئة",
}
TIMES = {
    10**3: ("ألف آلاف", "ألفا", "ألفان ألفين ألفي"),
    10**6: ("مليون ملايين", "مليونا", "مليونان مليونين مليوني"),
    10**9: ("مليار ملايير", "مليارا", "ملياران مليارين ملياري"),
    10**12: ("تريليون تريليونات", "تريليونا", "تريليونان تريليونين تريليوني"),
    10**15: ("كوادريليون كوادريليونات", "كوادريليونا", "كوادريليونان كوادريليونين كوادريليوني"),
}
WORD_WORTH = {word: worth for worth, words in WORTH.items() for word in words.split()}
SINGLES = {word: worth for worth, (words, _, _) in TIMES.items() for word in words.split()}
TANWIN_OR_DUAL = {word: worth for worth, (_, word, _) in TIMES.items()}
DUALS = {word: worth for worth, (_, _, words) in TIMES.items() for word in words.split()}


def bare(word):
    """Take the conjunction off, unless it is the first letter of واحد."""
    known = word in WORD_WORTH or word in SINGLES or word in TANWIN_OR_DUAL or word in DUALS
    return word if known else word.removeprefix("و")


def read(words, *, construct, case):
    """Give the number that was said; KeyError for a word that no number has."""
    total = group = 0
    for word in map(bare, words.split()):
        if word in WORD_WORTH:
            group += WORD_WORTH[word]
            continue
        if word in DUALS:
            multiplier, scale = 2, DUALS[word]
        elif word in TANWIN_OR_DUAL:
            # «ألفا» is a thousand with tanwin, and two thousand before a noun.
            multiplier = 1 if group or not construct or case is not NOM else 2
            scale = TANWIN_OR_DUAL[word]
        else:
            multiplier, scale = 1, SINGLES[word]
        total += (group or 1) * multiplier * scale
        group = 0
    return total + group


FORMS = list(itertools.product(Gender, Case, [False, True]))
HARD = [*range(1_300), *(base + rest for base in (2_000, 11_000, 100_000, 10**6) for rest in range(120))]
HARD += [multiplier * 1_000 for multiplier in range(1_000)]


@pytest.mark.parametrize(("gender", "case", "construct"), FORMS)
def test_every_small_number_reads_back(gender, case, construct):
    """All units, teens, tens, hundreds and multipliers of ألف, in every form, are unambiguous."""
    for number in HARD:
        words = strip_marks(cardinal(number, gender=gender, case=case, construct=construct))
        assert read(words, construct=construct, case=case) == number, words


@given(number=st.integers(0, LIMIT - 1), form=st.sampled_from(FORMS))
@example(number=10**15, form=FORMS[0])
@example(number=LIMIT - 1, form=FORMS[-1])
def test_every_number_reads_back(number, form):
    """No word is unknown, and the number heard is the number written."""
    gender, case, construct = form
    words = strip_marks(cardinal(number, gender=gender, case=case, construct=construct))
    assert read(words, construct=construct, case=case) == number


@given(number=st.integers(0, 10**15), case=st.sampled_from(Case))
def test_gender_of_a_number_ending_in_zeros_is_nobodys(number, case):
    """Tens, hundreds and scales say the same for books and for states."""
    number *= 10
    if number % 100 != 10:
        assert cardinal(number, gender=MASC, case=case) == cardinal(number, gender=FEM, case=case)


@given(number=st.integers(1, 10**15), form=st.sampled_from(FORMS))
def test_every_ordinal_is_words(number, form):
    """No ordinal holds a digit, a doubled space or a doubled article."""
    gender, case, definite = form
    words = ordinal(number, gender=gender, case=case, definite=definite)
    assert words.split() == words.split(" ")
    assert "الال" not in words
    assert not any(letter.isdigit() for letter in words)


@given(st.text(alphabet="0123456789٠١٢٣۴۵ .-"))
def test_digits_say_each_digit(text):
    """As many words as digits, and each has its own."""
    heard = [WORD_WORTH[word] for word in digits(text).split()]
    assert heard == [int(letter) for letter in text if letter not in " .-"]
