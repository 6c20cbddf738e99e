"""What espeak-ng reads wrongly in well-marked Arabic, written so that it reads it right.

Its rules were written for words without marks. They say the alif of the article in the middle of a
phrase (فِي الْمَدْرَسَة: fiː almadrasat), the silent alif of كَتَبُوا, a long i for يِ, three s in السَّ. The
table below is what its Arabic voice of version 1.52 needs; `tests/pronunciation.tsv` is what came of it.
Words stay apart and in order, so that the engine's word times can be told of the words as they were.
"""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 the table is annotated
from typing import TYPE_CHECKING

from nashra.arabic.cleaning import mark_order
from nashra.arabic.letters import LETTERS, MARKS, SHADDA, TATWEEL
from nashra.arabic.patterns import pattern
from nashra.arabic.rewriting import Spoken, as_written, run, substituted

if TYPE_CHECKING:
    import re

    from nashra.arabic.rewriting import Step

VERSION = "respelling 3"
"""Part of what a clip's key is made of: other spellings are other sounds."""

_A, _U, _I, _SUKUN, _DAGGER = "\u064e", "\u064f", "\u0650", "\u0652", "\u0670"
_V = f"[{_A}{_U}{_I}]"
_AN_UN_IN = "\u064b-\u064d"
_ANY = f"{_AN_UN_IN}{_A}-{_I}"
_C = "[ءأؤإئبتثجحخدذرزسشصضطظعغفقكلمنهوي]"
_SUN = "[تثدذرزسشصضطظلن]"
_START = f"(?<![{LETTERS}{MARKS}])"
_END = f"(?![{LETTERS}{MARKS}])"
_PAUSE = r"(?=\s*(?:[،,؛;:.؟?!…)»”\"\]–—-]|\Z))"
_PROCLITIC = f"{_START}(?:[وفت]{_A})?(?:[بلك]{_V})?"
# The end of a word that flows into the next: a short vowel, or a long one that the next makes short.
_INTO = r"(?<=[\u064e-\u0650])(?P<gap>[ ]+[«“\"]?)"

# An alif that is said only at the beginning of a phrase: that of the article, or before two consonants
# as those of the forms VII, VIII and X, of ابن, اسم, اثنان and امرأة have them.
_ARTICLE = f"ا(?=ل(?:{_SUKUN}|{SHADDA}|{_SUN}{SHADDA}|{_I}ا))"
# No verb has فَانْسُ or فَانْكُوفَر behind its ن: an ending alone, or a long u or i.
_VII = f"ن{_SUKUN}{_C}{SHADDA}?(?:{_A}|{_U}(?!و)|{_I}(?!ي(?!{_V})))(?=[{LETTERS}])"
_FORMS = f"س{_SUKUN}[تم]|{_VII}|(?!ن){_C}{_SUKUN}[تطد]|[تطد]{SHADDA}|[بث]{_SUKUN}ن|م{_SUKUN}ر"
_VERB = f"ا(?={_FORMS})"
# Behind كَ only nouns: كَابْنٍ، كَاسْتِثْمَارٍ, for كَانْ and كَاسْ begin many names.
_NOUN = f"ا(?=[بس]{_SUKUN}[نم]|(?:{_C}{_SUKUN}{_C}|[تطد]{SHADDA}){_I}{_C}(?:{_SUKUN}{_C})?{_A}ا)"
_ALIF = '(?= +[«“"]?ا[لب-ي])'
_TANWIN = {"\u064b": _A, "\u064c": _U, "\u064d": _I}


def _n(tanwin: re.Match[str]) -> str:
    """Write the n of a tanwin, with the i that joins it to a silent alif."""
    return f"{_TANWIN[tanwin[1]]}ن{_I}"


RULES: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    # Words that are spelled without the long vowel that is said, or with a letter that is not.
    ("dagger alif", f"{_A}?{_DAGGER}{_A}?(?!ا)", "\u064eا"),
    ("haːðaː", f"({_PROCLITIC}ه{_A})(?=ذ[{_A}{_I}]|ؤ{_U}لَ|ك{_A}ذ)", r"\1ا"),
    ("ðaːlika", f"({_PROCLITIC}(?:ك{_A})?ذ{_A})(?=ل{_I}ك)", r"\1ا"),
    ("laːkin", f"({_START}[وف]?{_A}?ل{_A})(?=ك{_I}ن)", r"\1ا"),
    ("ʔulaːʔika", f"({_PROCLITIC}أ{_U})ول{_A}ا?(?=ئ{_I}ك)", "\\1ل\u064eا"),
    ("ʔuluː", f"({_PROCLITIC}أ{_U})و(?=ل(?:{_U}و|{_I}ي|{_A}ات{_V}?){_END})", r"\1"),
    ("raħmaːn", f"(ر{SHADDA}?{_A}ح{_SUKUN}م{_A})(?=ن)", r"\1ا"),
    ("ʔilaːh", f"({_PROCLITIC}(?:ال{_SUKUN})?إ{_I}ل{_A})(?=ه)", r"\1ا"),
    ("tˤaːhaː", f"{_START}ط{_A}ه{_A}?{_END}", "طَاهَا"),
    ("daːwuːd", f"(د{_A}او{_U})(?=د)", r"\1و"),
    ("ʕamru bnu", f"(ع{_A}م{_SUKUN}ر{_U})و(?= +ب{_SUKUN}?ن)", r"\1"),
    # The diacritizer writes عَمْرُو, which would be a long u.
    ("ʕamr", f"(ع{_A}م{_SUKUN}ر[{_AN_UN_IN}{_A}{_I}]?){_U}?و{_END}", r"\1"),
    ("miʔa", f"م{_I}ا(?=ئ)", f"م{_I}"),
    ("u before an alif", f"(?<={_A})و{_SUKUN}?ا{_ALIF}", f"و{_U}"),
    ("silent alif", f"(?<=[{_A}{_U}])(و{_SUKUN}?)ا{_END}", r"\1"),
    ("silent alif in a phrase", f"(?<=[{_A}{_U}])(و{_U})ا{_ALIF}", r"\1"),
    # An author's مَدْرَسة and مُدّة, else madrast and mudd.
    ("a before ta marbuta", f"(?:(?<=[{MARKS}]){_C}|{_C}{SHADDA})(?=ة)", rf"\g<0>{_A}"),
    ("fatha on madda", f"آ{_A}", "آ"),
    ("hamza below", f"إ(?![{MARKS}])", f"إ{_I}"),
    ("hamza by itself", f"{_START}أ{_END}", "أَلِف"),
    ("tanwin on hamza", "أ\u064b(?![اى])", f"أ{_A}ن"),
    ("tanwin on alif", "\u064bى|[اى]\u064b", "\u064bا"),
    # The name of God: two l and a long a, whatever marks it has.
    ("allaːh", f"ا{_A}?لل{SHADDA}?{_A}?ا?(?=ه[{MARKS}]*(?:م|{_END}))", f"ال{_SUKUN}ل{_A}ا"),
    ("lillaːh", f"({_START}[وف]?{_A}?ل{_I})ل{SHADDA}?{_A}?ا?(?=ه[{MARKS}]*{_END})", f"\\1ل{_SUKUN}ل{_A}ا"),
    # Alifs inside a phrase.
    ("article after a letter", f"({_START}(?:[وف]{_A})?(?:[وفتك]{_A}|ب{_I})){_ARTICLE}", r"\1"),
    ("alif after the article", f"(ل{_I})ا(?={_C}(?:{_SUKUN}|{SHADDA}))", r"\1"),
    ("noun after ka", f"({_START}(?:[وف]{_A})?ك{_A}){_NOUN}", r"\1"),
    ("verb after a letter", f"({_START}(?:[وف]{_A}(?:[بل]{_I})?|[بل]{_I})){_VERB}", r"\1"),
    ("long vowel before an alif", f"(?:(?<={_A})[اى]|(?<={_I})ي|(?<={_U})و{_SUKUN}?){_ALIF}", ""),
    ("tanwin before an alif", f"([\u064b-\u064d])ا?{_ALIF}", _n),
    ("min before an article", f"({_START}(?:[وف]{_A})?م{_I}ن){_SUKUN}(?= +ال)", rf"\1{_A}"),
    ("u of their and your", f"([هكت]{_U}م|ه{_I}م){_SUKUN}{_ALIF}", rf"\1{_U}"),
    ("i between consonants", f"{_SUKUN}{_ALIF}", _I),
    ("alif in a phrase", f"{_INTO}ا{_V}?(?=[لب-ي])", r"\g<gap>"),
    # Alifs at the beginning of a phrase.
    (
        "u before two consonants",
        f"{_START}ا(?!ل|ب{_SUKUN}ن|س{_SUKUN}م)(?={_C}(?:{_SUKUN}{_C}|{SHADDA}){_U})",
        f"أ{_U}",
    ),
    ("i before two consonants", f"{_START}ا(?!ل)(?={_C}(?:{_SUKUN}|{SHADDA}))", f"إ{_I}"),
    ("u before l", f"{_START}ا(?=ل{_SUKUN}[تطد]{_U})", f"أ{_U}"),
    ("i before l", f"{_START}ا(?=ل{_SUKUN}[تطد])", f"إ{_I}"),
    ("a of the article", f"{_START}ا(?=ل(?:{_SUKUN}|{SHADDA}|{_SUN}{SHADDA}|{_V}))", f"أ{_A}"),
    # Letters of the article that it would say three times.
    (
        "sun letter",
        f"(?<![{LETTERS}])((?:[{LETTERS}]{_V})?[{LETTERS}]?{_V}?)ل({_SUN}){SHADDA}",
        f"\\1\\2{_SUKUN}\\2",
    ),
    ("l of whoever", f"(?<![{LETTERS}{MARKS}])ل{SHADDA}", f"ل{_SUKUN}ل"),
    # Vowels that it makes long, consonants that it drops. It takes a vowel and the و or ي behind it for one
    # sound (هُوَ huːa, دُوَل duːal, أَوَّل ʔauːal, بَيْت ba.it); a tatweel between them makes two of them.
    ("a of a glide", f"(?<=[{_A}-{_I}{_SUKUN}])([وي]{SHADDA}?)(?=[اى])", rf"\1{_A}"),
    ("doubled glide", f"(?<={_V})([وي]){SHADDA}(?=[{_ANY}])", f"\\1{_SUKUN}\\1"),
    ("doubled glide at the end", f"(?<=[{_A}{_U}])([وي]){SHADDA}{_SUKUN}?{_END}", f"\\1{_SUKUN}\\1{_SUKUN}"),
    ("sukun of a glide", f"(?<={_A})([وي])(?![{MARKS}ا])|(?<=[اآ{_SUKUN}])(ي){_END}", rf"\g<0>{_SUKUN}"),
    ("glide", f"(?<={_V})(?=[وي](?:[{_ANY}]|{_SUKUN}[وي]))|(?<={_A})(?=[وي])", TATWEEL),
    ("consonant before a glide", f"((?![وي]){_C})(?=[وي][{_ANY}])", rf"\1{_SUKUN}"),
    ("i after ya", f"ي(?=[{_AN_UN_IN}{_I}])", f"ي{_SUKUN}"),
    ("madda before a glide", "آ(?=[وي])", "أَا"),
    ("final kaf", f"ك(?:{_END}|(?=[{_AN_UN_IN}]))", f"ك{_SUKUN}"),
    ("ta marbuta in a pause", f"(?:(?<={_A})|(?<=[اآ]))ة(?:{_SUKUN}|{_PAUSE})", ""),
)
"""What is respelled, in order: a name, the form, and what takes its place."""


def respelled(text: str) -> Spoken:
    """Return a marked text as espeak-ng must have it, with the origin of each of its characters.

    >>> respelled("فِي الْمَدْرَسَة").text, respelled("كَتَبُوا").text
    ('فِ لْمَدْرَسَ', 'كَتَبُو')
    >>> respelled("لا علامات هنا").text, respelled("").text, respelled("FIFA 3").text
    ('لا علامات هنا', '', 'FIFA 3')
    """
    return run(as_written(text), STEPS)


def _step(name: str, form: str, to: str | Callable[[re.Match[str]], str]) -> Step:
    compiled = pattern(form)
    return lambda text: substituted(name, compiled, to, text)


STEPS: tuple[Step, ...] = (mark_order, *(_step(*rule) for rule in RULES))
