"""Sounds in IPA written as vowelled Arabic, which every voice and every diacritizer can read."""

from __future__ import annotations

from nashra.arabic.letters import SHADDA
from nashra.arabic.patterns import pattern

# Longest first. What Arabic lacks gets the letter of Arabic news: غرينيتش, فاليري, باريس. The dental signs
# are what espeak-ng prints for ط and ص.
_CONSONANTS = (
    *(("ttˤ", "طط"), ("ddˤ", "ضض"), ("ssˤ", "صص"), ("ððˤ", "ظظ"), ("ddʒ", "جج"), ("ttʃ", "تتش")),
    *(("tˤ", "ط"), ("dˤ", "ض"), ("sˤ", "ص"), ("ðˤ", "ظ"), ("zˤ", "ظ"), ("t̪", "ط"), ("s̪", "ص")),
    *(("dʒ", "ج"), ("ʒ", "ج"), ("b", "ب"), ("p", "ب"), ("t", "ت"), ("θ", "ث"), ("ħ", "ح"), ("χ", "خ")),
    *(("x", "خ"), ("d", "د"), ("ð", "ذ"), ("r", "ر"), ("ɾ", "ر"), ("ʁ", "غ"), ("z", "ز"), ("s", "س")),
    *(("ʃ", "ش"), ("ʕ", "ع"), ("ɣ", "غ"), ("g", "غ"), ("ɡ", "غ"), ("f", "ف"), ("v", "ف"), ("q", "ق")),
    *(("k", "ك"), ("l", "ل"), ("ɫ", "ل"), ("m", "م"), ("n", "ن"), ("ŋ", "ن"), ("ɲ", "نj"), ("h", "ه")),
)
_VOWELS = str.maketrans("æɑɐʌeɛəɪoɔʊy", "aaaaiiiiuuuu")
_UNHEARD = pattern("[ˈˌ.‿]")
_WRITTEN_LONG = {"a": "َا", "i": "ِي", "u": "ُو"}
_SHORT = {"a": "َ", "i": "ِ", "u": "ُ", "": "ْ"}
# Two vowels in a row: the i or u of «ai», «iːa» is a consonant, between others stands a hamza.
_GLIDES = (
    (pattern("(?<=a)iː"), "jj"),
    (pattern("(?<=a)uː"), "ww"),
    (pattern("(?<=a)i"), "j"),
    (pattern("(?<=a)u"), "w"),
    (pattern("iː?(?=[au])"), "ij"),
    (pattern("uː?(?=[ai])"), "uw"),
)
_LETTER = "[ء-غف-يʔ]"
_DOUBLE = pattern(rf"({_LETTER})(?:\1|ː)")
_HIATUS = pattern("(?:^|(?<=[aiuː]))(?=[aiu])")
_SOUND = pattern(rf"({_LETTER})({SHADDA}?)([aiu]?)(ː?)")
_WORD = pattern(rf"(?:{_LETTER}{SHADDA}?(?:[aiu]ː?)?)+")


def ipa_to_arabic(ipa: str) -> str:
    """Return vowelled Arabic letters that sound like the IPA; the last letter is left to its sentence.

    Raises ValueError with the symbol that it does not know.

    >>> ipa_to_arabic("ħammuːʃiː"), ipa_to_arabic("tˤandʒa"), ipa_to_arabic("ʔakaːdiːr")
    ('حَمُّوشِي', 'طَنْجَة', 'أَكَادِير')
    >>> ipa_to_arabic("ziːaːʃ ˈʃˌaiːiq"), ipa_to_arabic("aːsfiː naːib muʔassasa suʔaːl")
    ('زِيَاش شَيِّق', 'آسْفِي نَائِب مُؤَسَّسَة سُؤَال')
    >>> ipa_to_arabic("a#b")
    Traceback (most recent call last):
    ...
    ValueError: no Arabic letter for the sound `#`
    """
    return " ".join(_word(word) for word in ipa.split())


def _word(ipa: str) -> str:
    word = _UNHEARD.sub("", ipa).translate(_VOWELS)
    for sound, letters in _CONSONANTS:
        word = word.replace(sound, letters)
    for form, to in _GLIDES:
        word = form.sub(to, word)
    word = _DOUBLE.sub(rf"\1{SHADDA}", word.replace("j", "ي").replace("w", "و"))
    word = _HIATUS.sub("ʔ", word)
    known = _WORD.match(word)
    if known is None or known.end() < len(word):
        raise ValueError(f"no Arabic letter for the sound `{word[known.end() if known else 0 :][:1]}`")
    said, before = "", ""
    for match in _SOUND.finditer(word):
        letter, doubled, vowel, long = match.groups()
        last = match.end() == len(word)
        if letter == "ʔ":
            letter = _seat(before, vowel, first=not said, last=last and not vowel)
            if long and vowel == "a" and letter == "أ":
                said, before = said + "آ", "aː"
                continue
        mark = "" if last and not vowel else _SHORT[vowel]
        said += letter + doubled + (_WRITTEN_LONG[vowel] if long else mark)
        if last and vowel == "a" and not long:
            said += "ة"  # a bare a at the end would be taken for an ending, and dropped in a pause
        before = vowel + long
    return said


def _seat(before: str, vowel: str, *, first: bool, last: bool) -> str:
    """Return the letter that carries a hamza between two vowels (`before` is "" behind a consonant)."""
    if first:
        return "إ" if vowel == "i" else "أ"
    if last:
        return {"a": "أ", "i": "ئ", "u": "ؤ"}.get(before, "ء")
    if vowel == "i" or before in {"i", "iː"}:
        return "ئ"
    if vowel == "u" or before == "u":
        return "ؤ"
    return "ء" if before in {"aː", "uː"} else "أ"
