"""Words in Latin letters, written as an Arabic voice can say them: a table of names, then spelling rules.

The rules of a language go from spelling to a small alphabet of sounds, where capitals are long vowels;
a second table writes those in Arabic letters, and `marked` adds the vowel marks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nashra.arabic.acronyms import spell
from nashra.arabic.latin_words import WORDS
from nashra.arabic.letters import LETTERS, MARKS, SHADDA
from nashra.arabic.patterns import pattern
from nashra.arabic.place import CLITIC

if TYPE_CHECKING:
    from nashra.arabic.place import Place

TRANSLITERATED = "transliterated by rule"

_LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏɐ-ʯḀ-ỿ"
WORD = pattern(rf"(?:{CLITIC}|(?<=\d))(?P<word>[{_LATIN}][{_LATIN}'’\u0300-\u036f-]{{0,60}})")
# McDonald's is one word, L'Opinion begins with an article and no initial.
_OF = pattern(r"['’]s\Z")
_ELIDED = pattern(r"\A[LDJMNSC](?=['’])")
_PART = pattern(rf"[{_LATIN}]+")

_V = "aeiouyéèêëàâîïôûùœ"
_FRENCH = rf"""
    eille?$ Iy | aille?$ Ay | ouille? Uy | euille? Uy | eil$ Iy | ail$ Ay | (?<=[aeou])ill y | ille Iy | illi IyI
    ville fIl | tions?$ syUn | sch $ | sc(?=[eiyéè]) s | tch t$ | ch(?=[rlnt]) k | ch $ | ph f | th t | gn ny | qu? k
    eaux?|aux?$|ault$|auds?$|auts?$|ots?$ U | eau U | au U | oin(?![{_V}]) wAn | ien(?![{_V}n]) yAn
    (?:ain|ein|in|yn|un)(?![{_V}n]) An | (?:aim|im|ym|um)(?=[bp]) Am | (?:an|en)(?![{_V}n]) An | (?:am|em)(?=[bp]) Am
    on(?![{_V}n]) Un | om(?=[bp]) Um | oix?$|oi[ts]$ wA | oy(?=[{_V}]) wAy | o[iîy] wA | ou[xtsp]?$ U | o[uùû] U
    eu[xtr]?$ U | œu|oeu U | eu U | ay(?=[{_V}]) Ay | a[iîy][st]?$ I | a[iîy] I | ei I
    er$ I | ez$ I | ets?$ I | (?<=.[^{_V}])es$ | (?<=[{_V}])es?$ | (?<=.)e$ | ées?$ I
    gu(?=[eiéèêy]) G | ge(?=[aou]) j | g(?=[eiyéèê]) j | g G | cc(?=[eiyéè]) ks | ck k | c(?=[eiyéèê]) s | ç s | c k
    (?<=[{_V}])s(?=[{_V}]) z | ss s | (?<=..)[tdpxz]s?$ | (?<=..)s$ | x ks | ^h h | h | j j | y(?=[{_V}]) y | y I
    (?<=[{_V}n])y y | [éèêë] I | e(?=[^{_V}]{{2}}|[^{_V}]$) i | e i | [aàâ] A | [iîï] I | [oô] U | [uùûü] U
"""  # noqa: E501 a table reads in rows
_ENGLISH = rf"""
    tch t$ | ch(?=[rn]) k | ch t$ | sch sk | sh $ | th T | ph f | wh w | ^kn n | ^wr r | ck k | igh Ay | gh(?=t|$) | gh G | dge j
    qu kw | tion $in | sion jin | ture$ t$ir | ing$ InG | ng nG | oo U | ee I | ea I | ie I | ou Aw | ow$ U | ow Aw
    oa U | ai I | ay$ I | ay Ay | ey$ I | ey Iy | au|aw U | oi|oy Uy | ew|ue yU | a(?=[^{_V}w]es?$) I
    i(?=[^{_V}]es?$) Ay | o(?=[^{_V}]es?$) U | u(?=[^{_V}]es?$) yU | u(?=[^{_V}]{{2}}|[^{_V}]$) A
    (?<=.)es$ s | (?<=..)e$ | er ir | c(?=[eiy]) s | g(?=[eiy]) j | g G | c k | q k | ^x z | x ks | j j
    y(?=[{_V}]) y | y I | a A | e i | i I | o U | u U | h h
"""  # noqa: E501 a table reads in rows
_SPANISH = rf"""
    ch t$ | ñ ny | gli lI | gn ny | zz tz
    ill(?=[{_V}áéíóú]) iy | ll y | ão Aw | rr r | cc(?=[ei]) t$ | gi(?=[aou]) j | gu(?=[ei]) G | qu k
    j x | g(?=[ei]) x | g G | c(?=[ei]) s | c k | z z | h | x ks | y(?=[{_V}]) y | y I
    [aáã] A | [eé] I | [ií] I | [oó] U | [uú] U
"""
_GERMAN = rf"""
    tsch t$ | sch $ | ^st $t | ^sp $b | chs ks | (?<=[aou])ch x | ch $ | ck k | ph f | qu kf | dt$ t | tz ts
    th t | ei|ai|ey|ay Ay | ie I | eu|äu Uy | ng nG | ä I | ö U | ü U | w f | v f | z ts | j y | y I | ç t$
    g G | c k | x ks | (?<=.)e$ h | er$ ir
    (?<=[{_V}äöü])h(?=[^{_V}äöü]|$) | h h | a A | e i | i I | o U | u U
"""
_ARABIC = rf"""
    kh x | gh G | dh D | ch $ | sh $ | th T | ph f | aa A | ee I | oo U | ou(?=[aei]) w | ou U | ai Ay | ei Ay
    ss s | qu?(?=[ei]) k | q q | c(?=[eiy]) s | c k | g(?=[ei]) j | g G | gu G | j j | h h | x ks
    y(?=[{_V}]) y | (?<=[{_V}])y y | y I | a A | e$ | e i | i I | o U | u U
"""
# What every language has; its own rules come first.
_COMMON = (
    "b b | d d | f f | k k | l l | m m | n n | p b | r r | s s | t t | v f | w w | z z | c k | q k"
    " | š $ | ş $ | č t$ | ć t$ | ž j | ğ G | æ I | ø U | ß s | þ T | ð D | ł l | đ d | ı I | œ U | ə i"
)

_SOUNDS = dict(zip("btTjxdDrzs$Gfqklmnhwy", "بتثجخدذرزسشغفقكلمنهوي", strict=True))
_LONG = {"A": "َا", "I": "ِي", "U": "ُو"}
_SHORT = {"a": "َ", "i": "ِ", "u": "ُ"}
_FIRST = {"A": "أَ", "I": "إِي", "U": "أُو", "a": "أَ", "i": "إِ", "u": "أُ"}
# A vowel behind a vowel: أ + ي is a diphthong, و and ي become consonants.
_HIATUS = {"A": "ا", "I": "ي", "U": "و", "a": "", "i": "", "u": ""}

_EVIDENCE = (
    ("german", pattern("[äöüßğşıčćšž]|^sch|tsch|(?:dorf|haus|stadt)$")),
    ("french", pattern("[éèêëàâîïôûùœç]")),
    ("spanish", pattern("[ñáíóúã]")),
    ("french", pattern(r"ieu|eau|aux$")),
    (
        "arabic",
        pattern(
            r"kh|dh|aa|q(?!u)|^(?:ben|abd|el|al)(?=[^aeiou][a-z]{3})|^bou(?=[^aeiou][a-z]{1,60}[aiu]$)"
            r"|h[mdnbsfz]|[^cstgp]h$|ouh?$|aou|^oua|k[a-z]{0,9}(?:ane|[ai])$"
        ),
    ),
    ("spanish", pattern(r"ez$|ill[oa]|ano$|[^aeiou]os$|[aeiou]rr[aeiou]$|zz[aeio]|cci|(?:in|ett)[io]$")),
    ("english", pattern(r"w|k|th|sh|oo|ee|ck|gh|ing$|^y|[^aeou]y$|ey$|dge|ea|ture$|tch")),
)


def _compiled(table: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Compile the rules of a language: one alternation, in their order, and the sounds of each."""
    rows = [row.split() for row in re.split(r"(?<=\S)\s+\|\s+|\n", table + "\n" + _COMMON) if row.strip()]
    return pattern("|".join(f"({row[0]})" for row in rows)), tuple("".join(row[1:]) for row in rows)


_LANGUAGES = {
    "french": _compiled(_FRENCH),
    "english": _compiled(_ENGLISH),
    "spanish": _compiled(_SPANISH),
    "german": _compiled(_GERMAN),
    "arabic": _compiled(_ARABIC),
}


def language(word: str) -> str:
    """Guess the language of a word in small letters from its spelling; French, where nothing tells.

    >>> [language(word) for word in ("château", "watching", "muñoz", "elkhattabi", "müller", "")]
    ['french', 'english', 'spanish', 'arabic', 'german', 'french']
    """
    return next((name for name, sign in _EVIDENCE if sign.search(word)), "french")


def transliterate(word: str) -> str:
    """Write one word in Latin letters in Arabic ones, with vowel marks; parts of a compound one by one.

    >>> transliterate("Macron"), transliterate("Dupont"), transliterate("")
    ('مَاكْرُونْ', 'دُوبُونْ', '')
    >>> transliterate("Jean-Luc"), transliterate("d'Or"), transliterate("'-")
    ('جَانْ لُوكْ', 'دِ أُورْ', '')
    >>> transliterate("L'Or"), transliterate("McDonald's")
    ('لِ أُورْ', 'مَاكْدُونَالْدْزْ')
    """
    word = _ELIDED.sub(lambda letter: letter[0].lower(), _OF.sub("s", word))
    return " ".join(filter(None, map(_part, _PART.findall(unicodedata.normalize("NFC", word)))))


def is_known(word: str) -> bool:
    """Say whether all parts of a word are in the table of names."""
    return all(part.lower() in WORDS for part in _PART.findall(word))


def _part(word: str) -> str:
    lower = word.lower()
    if lower in WORDS and not (len(word) == 1 and word.isupper()):
        return " ".join(map(marked, WORDS[lower].split()))
    if len(lower) == 1 and lower.isascii():
        return spell(lower)
    return marked(_written(_sounds(lower)))


def _sounds(word: str) -> str:
    """Read a word by the rules of its language; a letter that they lack is read without its accent."""
    form, sounds = _LANGUAGES[language(word)]
    bare = re.sub(r"([b-df-hj-km-np-rtv-z])\1+", r"\1", word)

    def read(text: str) -> str:
        said, end = [], 0
        for match in form.finditer(text):
            said += [text[end : match.start()], sounds[(match.lastindex or 1) - 1]]
            end = match.end()
        return "".join([*said, text[end:]])

    known = "".join(char if char.isascii() or form.search(char) else _folded(char) for char in bare)
    return "".join(char for char in read(known) if char in _SOUNDS or char in _LONG or char in _SHORT)


def _folded(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if part.isascii()).lower()


def _written(sounds: str) -> str:
    """Write sounds in Arabic letters, with the marks of their vowels."""
    text, before = [], ""
    for sound in re.sub(r"(.)\1+", r"\1", sounds):
        if sound in _SOUNDS:
            text.append(_SOUNDS[sound])
        elif not before:
            text.append(_FIRST[sound])
        elif before in _LONG or before in _SHORT:
            text.append(_HIATUS[sound])
        else:
            text.append((_LONG | _SHORT)[sound])
        before = sound
    return "".join(text)


_VOWEL_OF = {"ا": "َ", "ى": "َ", "ة": "َ", "و": "ُ", "ي": "ِ"}
_CARRIERS = tuple("اىةوي")
_LETTER = pattern(rf"([{LETTERS}])([{MARKS}]*)")


def marked(word: str) -> str:
    """Add the vowel marks that the letters of a foreign name leave out; marks that it has stay.

    A letter before ا و ي has their vowel, others none; two at the beginning get a short i between.

    >>> marked("ماكرون"), marked("فيسبوك"), marked("لويس"), marked("ماريا"), marked("برلين")
    ('مَاكْرُونْ', 'فِيسْبُوكْ', 'لُوِيسْ', 'مَارِيَا', 'بِرْلِينْ')
    """
    pieces = _LETTER.findall(word)
    text, before = [], ""
    for place, (letter, marks) in enumerate(pieces):
        following = pieces[place + 1][0] if place + 1 < len(pieces) else ""
        vowel = _VOWEL_OF.get(following, "")
        long = _VOWEL_OF.get(letter) == before and following not in _CARRIERS
        if marks.replace(SHADDA, "") or letter in "اىةآ" or (place and letter in "وي" and long):
            mark = ""
        elif vowel:
            mark = vowel
        elif letter == "إ" or (place == 0 and following and letter not in "أؤئ"):
            mark = "ِ"
        else:
            mark = "َ" if letter == "أ" and place == 0 else "ْ"
        before = mark or marks[-1:]
        text.append(letter + marks + mark)
    return "".join(text)


def say_latin(match: re.Match[str], place: Place) -> str | None:
    """Say a word in Latin letters, with the Arabic letters that are glued to it."""
    said = transliterate(match["word"])
    touching = re.match(rf"[{LETTERS}]", place.after)
    return said + " " if touching and said else said


def by_rule(match: re.Match[str]) -> str:
    """Say that a word was read by rules and not from the table."""
    return "" if is_known(match["word"]) else TRANSLITERATED
