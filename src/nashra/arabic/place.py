"""The place of a number in its sentence: what is glued to it, what stands before it, hence its case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nashra.arabic.case_words import NOMINATIVE, TRANSITIVE
from nashra.arabic.clauses import lasts
from nashra.arabic.cues import cue_after, governs, is_action
from nashra.arabic.letters import LETTERS, MARKS, strip_marks
from nashra.arabic.numbers import Case, definite_form
from nashra.arabic.patterns import SPACE, START, pattern, words
from nashra.arabic.prefixes import is_bound

if TYPE_CHECKING:
    from collections.abc import Collection

WINDOW = 120
"""Characters read on either side; a fixed number keeps a text of many numbers linear."""

# و2012, الـ134, «بـ 15», لل12. Either something is glued, or the figure starts here.
CLITIC = (
    rf"(?:{START}(?=[وفبلكا])"
    rf"(?P<conjunction>[وف]?)[{MARKS}]*(?P<preposition>[بلك]?)[{MARKS}]*(?P<article>ال|(?<=ل)ل)?"
    rf"(?:ـ+{SPACE}?|(?<=[{LETTERS}{MARKS}]){SPACE})?|(?<!\d))"
)

# Nouns that stand before a definite one, which is therefore in the genitive: «فعاليات الدورة الـ15».
_BOUND = pattern(
    rf"(?!ال)(?:[{LETTERS}]{{3,}}ات|أشغال|أعمال|ختام|برنامج|جدول|رئيس|مدير|قائد|قرار|حكم|لقب|صاحب|موعد|شعار|ضيف|رواق"
    rf"|هامش|إطار|مسك|صيغة|نجم|بطل|نهائي|حفل|ضيوف|أبطال|نجوم|دول|أيام|قائمة|أعضاء)"
)
# «فقد 12 شخصا حياتهم»: what is theirs is the object, so the number is the subject.
_OWN_OBJECT = pattern(
    rf"{SPACE}(?:[{LETTERS}]+ا{SPACE})?(?!(?:من|بين|ضمن|جميع|معظم|أغلب|كل|نصف|ثلث|ثلثا|أحد|أكثر|غالبيت|أغلبيت|بعض|علي"
    rf"|إلي|عن|مع|عند|حول|ضد)هم|[لفك]|ب(?!يوت|طائق|لدان)|و(?!ظائف|ظيفت|ثائق|عود|لاء))"
    rf"[{LETTERS}]{{2,}}(?:هم|هن)(?![{LETTERS}])"
)
_MEASURES = frozenset(
    words("نحو حوالي حوالى زهاء قرابة مقتل إصابة حضور بحضور مشاركة بمشاركة اعتقال توقيف وجود عدد")
)
_WORD = pattern(rf"[{LETTERS}]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a span: `before` and `after` are cut to `WINDOW` characters.

    `default` is the case where no word decides; `months` names the family of month names for figures.
    `passive` says that by its marks the verb right before is one: «ضُبط 344 متجرا».
    """

    before: str
    after: str
    conjunction: str = ""
    preposition: str = ""
    article: bool = False
    default: Case = Case.NOMINATIVE
    months: str = "maghreb"
    passive: bool = False

    @classmethod
    def around(
        cls,
        match: re.Match[str],
        text: str,
        months: str = "maghreb",
        passives: Collection[int] = (),
    ) -> Place:
        """Read the place of a match in the text (it may come from a copy with blanks).

        `passives` are the ends of the verbs that are passives by their marks.
        """
        found = match.groupdict()
        before = text[max(0, match.start() - WINDOW) : match.start()]
        return cls(
            before=strip_marks(before),
            after=strip_marks(text[match.end() : match.end() + WINDOW]),
            conjunction=found.get("conjunction") or "",
            preposition=found.get("preposition") or "",
            article=bool(found.get("article")),
            months=months,
            passive=match.start() - len(before) + len(before.rstrip()) in passives,
        )

    @property
    def case(self) -> Case:
        """The case of a number here.

        >>> Place("منذ ", "").case.name, Place("إن ", "").case.name, Place("وصل ", "").case.name
        ('GENITIVE', 'ACCUSATIVE', 'NOMINATIVE')
        >>> Place("ما بين 2008 ", "", conjunction="و").case.name, Place("مشاركة ", "").case.name
        ('GENITIVE', 'GENITIVE')
        """
        if self.preposition:
            return Case.GENITIVE
        if self.passive:
            return Case.NOMINATIVE
        cue = cue_after(self.before, self.conjunction)
        case = cue.case if cue else self.default
        if cue and cue.word == self.word_before and cue.word in TRANSITIVE and _OWN_OBJECT.match(self.after):
            return Case.NOMINATIVE
        # Behind an article there is no tanwin: accusative and genitive are written alike.
        return Case.GENITIVE if self.article and case is Case.ACCUSATIVE else case

    @property
    def measured(self) -> bool:
        """Whether the word before asks how many, so that a figure behind it is no year: «نحو 2000»."""
        word = self.word_before.removeprefix("و")
        return self.preposition == "ب" or word in _MEASURES | TRANSITIVE | NOMINATIVE or is_action(word)

    @property
    def lasts(self) -> bool:
        """Whether a time that stands here tells how long something lasted."""
        return not (self.preposition or self.governed) and lasts(self.before)

    @property
    def phrase_case(self) -> Case:
        """The case of an adjective here: that of the first governor within four words of its phrase.

        >>> Place("في المؤتمر الوطني ", "").phrase_case.name, Place("المؤتمر ", "").phrase_case.name
        ('GENITIVE', 'NOMINATIVE')
        >>> Place("بالذكرى ", "").phrase_case.name
        'GENITIVE'
        """
        if self.preposition:
            return Case.GENITIVE
        words = re.split(r"[.،؛:؟!()]", self.before)[-1].split()
        for word in reversed(words[-4:]):
            cue = governs(word)
            if cue and cue.case is not Case.NOMINATIVE:
                return cue.case
            if re.match(r"[وف]?(?:[بك]ال|لل)", word) or _BOUND.fullmatch(word):
                return Case.GENITIVE
        # A definite phrase that begins its clause is the subject: «المؤتمر الوطني الـ21».
        subject = len(words) <= 4 and all(word.startswith("ال") for word in words)
        return Case.NOMINATIVE if subject else self.default

    @property
    def governed(self) -> bool:
        """Whether the word before is one that asks for a case: a preposition, «مقتل», «بلغ»."""
        cue = governs(self.word_before)
        return cue is not None and cue.case is not Case.NOMINATIVE

    @property
    def word_before(self) -> str:
        """The word that directly precedes, without its و; empty at a sign and at the beginning."""
        word = self.before.rstrip().rpartition(" ")[2].lstrip('«“"([')
        return word if _WORD.fullmatch(word) else ""

    def attach(self, words: str) -> str:
        """Glue the clitics to the words.

        >>> Place("", "", preposition="ل").attach("الثامن"), Place("", "", conjunction="و").attach("مئة")
        ('للثامن', 'ومئة')
        >>> Place("", "", article=True).attach("أربع وعشرون ساعة")
        'الأربع والعشرون ساعة'
        """
        if self.article and not words.startswith("ال") and not is_bound(words):
            words = definite_form(words)
        if self.preposition == "ل" and words.startswith("ال"):
            words = words[1:]
        return self.conjunction + self.preposition + words
