"""The seat of a hamza: on the wrong letter, under an alif that has none, or missing inside a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.bare_words import in_bare
from nashra.arabic.letters import LETTERS
from nashra.arabic.patterns import END, START, either, pattern, words
from nashra.arabic.rewriting import after  # noqa: F401 doctests show steps with `after`

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.model import Change

# No ك and no ف alone: كراس, فراس are words.
_CLITICS = "(?:[وف]?(?:[بك]?ال|لل|[بل])|و?)"

# Words that news writes without the hamza inside them, and that are no other words without it.
_INSIDE = words("""
    كأس كؤوس رأس رأسه رأسها رأسمال رأسمالية تأكيد تأسيس تأسيسي تأسيسية تأجيل تأمين تأمينات تأهيل تأهل تأهيلي
    تأثير تأثيرات تأشيرة تأشيرات تأخير تأخر تأييد تأليف تأنيث تأطير تأديب تأديبية تأديبي تأزم تأقلم تألق
    تأويل مأساة مأساوي مأساوية مأزق مأوى مفاجأة مكافأة مكافآت منشأة منشآت مؤتمر مؤسسة مؤسسات مؤخرا مؤقت
    مؤقتة مؤشر مؤشرات مسؤول مسؤولة مسؤولين مسؤولون مسؤولية مسؤوليات رئيس رئيسة رئاسة رئاسية سؤال شؤون نشأة
    استئناف ائتلاف بيئة بيئي بيئية هيئة هيئات فئة فئات طائرة طائرات عائلة عائلات نتائج وثائق حدائق
""")
_BARE_SEAT = {"أ": "ا", "ؤ": "و", "ئ": "ي", "آ": "ا"}
_NOT_BARE = frozenset(
    words(
        "كووس رييس رييسة رياسة رياسية بيية بييي بييية هيية هييات فية فيات طايرة طايرات عايلة عايلات سوال شوون"
    )
)


def _without(word: str) -> str:
    """Return a word with its hamza's seat alone.

    >>> _without("تأكيد"), _without("مؤتمر"), _without("هيئة")
    ('تاكيد', 'موتمر', 'هيية')
    """
    return "".join(_BARE_SEAT.get(letter, letter) for letter in word)


_WRONG = {_without(word): word for word in _INSIDE if _without(word) not in _NOT_BARE} | {
    "شئ": "شيء",
    "برئ": "بريء",
    "جرئ": "جريء",
    "ردئ": "رديء",
    "مجئ": "مجيء",
    "مضئ": "مضيء",
    "قرائة": "قراءة",
    "برائة": "براءة",
    "كفائة": "كفاءة",
    "إسائة": "إساءة",
    "إضائة": "إضاءة",
    "شئون": "شؤون",
    "رئوس": "رؤوس",
    "كئوس": "كؤوس",
    "امرءة": "امرأة",
    "أمرأة": "امرأة",
    "مرءة": "مرأة",
    "جرءة": "جرأة",
}
_WORD = pattern(rf"{START}(?P<before>{_CLITICS})(?P<word>{either(_WRONG)}){END}")
_ANYWHERE = pattern(rf"(?<=[{LETTERS}])(?:ىء{END}|ئول(?=ين|ون|ية|يات|ة|ا|{END})(?<=مسئول))")
_SEATED = {"ىء": "ئ", "ئول": "ؤول"}

# The verbal nouns of the forms VII, VIII and X with a hamza above: الأتحاد; أستاذ, أنقاض are other words.
_ABOVE = pattern(
    rf"{START}(?P<before>{_CLITICS})أ(?P<stem>ست(?!ر[اخ]|اذ|ان)[ء-ي]{{1,2}}ا[ء-ي]+|[^لونمس\W]ت[ء-ي]ا[ء-ي]+"
    rf"|(?:لت|مت|نت)(?!ر|وان|ماي|مان)[ء-ي]ا[ء-ي]+|ت(?:فاق|صال|جاه(?!ل)|حاد|خاذ|هام|ساع)[ء-ي]*"
    rf"|ن(?:طلاق|فجار|خفاض|سحاب|هيار|قلاب|دماج|خراط|كسار|ضمام|عقاد|فصال|قسام|قطاع|عكاس|دلاع|ضباط)[ء-ي]*){END}"
)


def inside(text: str) -> Iterable[Change]:
    """Write the hamza that a word lacks inside, or has on another letter.

    >>> after("كاس العالم، للتاكيد والموتمر، شئ، الشئون، قرائة", inside)
    'كأس العالم، للتأكيد والمؤتمر، شيء، الشؤون، قراءة'
    """
    return in_bare("hamza", _WORD, lambda match: ("word", _WRONG[match["word"]], ""), text)


def seats(text: str) -> Iterable[Change]:
    """Put a hamza on its seat where the letters around it decide.

    >>> after("المسئولين، مبادىء، سيئون", seats)
    'المسؤولين، مبادئ، سيئون'
    """
    return in_bare("hamza", _ANYWHERE, lambda match: (0, _SEATED[match[0]], ""), text)


def hamza_above(text: str) -> Iterable[Change]:
    """Write a bare alif where a hamza was written above it that nobody says.

    >>> after("أجتماع الأتحاد وأستقبال بأنطلاق الأقتصاد", hamza_above)
    'اجتماع الاتحاد واستقبال بانطلاق الاقتصاد'
    >>> right = "أستاذ أستراليا أنقاض أتباع أمتار أكتاف أوتار أنصار أستقبل أستانا أنطاليا"
    >>> after(right, hamza_above) == right
    True
    """
    return in_bare("extra hamza", _ABOVE, lambda match: (0, f"{match['before']}ا{match['stem']}", ""), text)
