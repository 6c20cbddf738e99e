"""What stands between the words: quotes, brackets, dashes and pauses.

A pause is a comma; it is written where none stands yet, and neither at the beginning nor at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.letters import LETTERS, MARKS
from nashra.arabic.patterns import QUOTES, START, pattern
from nashra.arabic.rewriting import after, substituted  # noqa: F401 doctests show steps with `after`
from nashra.model import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

# The steps below come behind `spaces`: a space stands alone, so that «␣?» is all there is to read.
_STOPS = "،؛:.!؟?,"
_WORD_END = rf"[{LETTERS}{MARKS}]"

_VARIANTS = {
    ".": "۔。",
    "،": "、，⹁",
    "؟": "⸮",
    "؛": "⁏",
    "-": "‐‑‒﹣⁃",
    "—": "―⸺⸻﹘",
    "…": "⋯",
    "/": "⁄∕",
}
_VARIANT_FORM = pattern("|".join(f"([{signs}])" for signs in _VARIANTS.values()))
_VARIANT_OF = tuple(_VARIANTS)

_ITEM = pattern(r"\A(?:[-–—•●▪■◦‣·*►▶✓✔+] ?){1,9}(?=\D|\Z)")
_OMISSION = pattern(r" ?[(\[] ?(?:…|\.{2,4}) ?[)\]]")
_ELLIPSIS = pattern(r"(?P<stop>[،؛:!؟?,])? ?(?:…|\.{2,})(?:…|\.| (?=[.…]))* ?")
_REPEATED = pattern(r"[!؟?]{2,}|،{2,}|؛{2,}|:{2,}|,{2,}")
_BEFORE_STOP = pattern(r" +(?=[،؛؟!?]|[:.](?![\w/.]))")
_AFTER_STOP = pattern(
    rf"(?<=[^\s\d])(?<![«“(])[،؛؟!](?=[{LETTERS}\d«“(])|(?<=\d)[،؛؟!](?=[{LETTERS}«“(])"
    rf"|(?<=[{LETTERS}{MARKS}]):(?=[{LETTERS}«“])|(?<=[{LETTERS}]{{5}})\.(?=[{LETTERS}]{{3}})"
    rf"|(?<=[{LETTERS}]{{3}})\.(?=[{LETTERS}]{{5}})"
)
_ASCII = pattern(
    rf"(?<=[{LETTERS}{MARKS}»”\")]) ?(?P<sign>[,;?])(?![,;?])(?=\W|[{LETTERS}]|\Z)"
    rf"|(?<=\d)(?P<behind>[,;])(?= ?[{LETTERS}])"
)
_ARABIC = {",": ("ascii comma", "،"), ";": ("ascii semicolon", "؛"), "?": ("ascii question mark", "؟")}

_QUOTED = pattern(f" ?[{QUOTES}](?: ?[{QUOTES}])* ?")
_FAMILIES = {sign: family for family, signs in enumerate(("«»‹›", "“”„‟", '"')) for sign in signs}
_SET_OFF = 4
"""Words of a quotation that gets a pause before it."""
_GOVERNS = pattern(rf"{START}[وف]?(?:في|من|على|إلى|عن|مع|بين|حول|ضمن|عبر|تحت|و|ب|ل|ك|ال|لل|بال) ?\Z")

_BRACKETS = pattern(r" ?[()\[\]](?: ?[()\[\]])* ?")
_DASHES = pattern(
    rf" ?[-–—−]{{2,}} ?| [-–—−](?: [-–—−])* ?|(?<=[\w{MARKS}.{_STOPS}%])[-–—−] |\A[-–—−]+ ?|[-–—−]+\Z"
)
_HYPHEN = pattern(rf"(?<={_WORD_END})[-–—−](?=\w)|(?<=\w)[-–—−](?=[{LETTERS}])")
_LONE_DASH = pattern(r"[–—−] ?|-(?!\w)|(?<!\w)-")
"""What is left between signs."""
_PAUSES = pattern(rf" ?[{_STOPS}](?: ?[{_STOPS}])+|\A ?[{_STOPS}]+ ?| [{_STOPS}]")
_LATE_STOP = pattern(
    rf"(?P<sign>[؟؛،!,;?])(?P<behind>(?=[{LETTERS}]))?|(?<={_WORD_END}{{3}})(?P<dot>[.:])(?=[{LETTERS}])"
)
_STRONGEST = "؟?!.:؛،,"
# What no voice says, or says in English («slash»), or takes for a command: `[[…]]` is raw phonemes to
# espeak-ng and piper, `<…>` is markup. Emoji have long names in English voices.
_SOUNDLESS = pattern(rf"(?:[^\w\s{MARKS}{_STOPS}'’()\[\]–—−-]|_)+")


def punctuation_variants(text: str) -> Iterator[Change]:
    """Write the stops and dashes of other scripts and keyboards as ours.

    >>> after("نص۔ قال⸮ كوفيد‑19", punctuation_variants)
    'نص. قال؟ كوفيد-19'
    """
    return substituted(
        "punctuation variants", _VARIANT_FORM, lambda sign: _VARIANT_OF[(sign.lastindex or 1) - 1], text
    )


def list_dash(text: str) -> Iterator[Change]:
    """Take away the dash or dot before an item or a line of dialogue; that of a number stays.

    >>> after("- المغرب", list_dash), after("• – نعم", list_dash), after("-5 درجات", list_dash)
    ('المغرب', 'نعم', '-5 درجات')
    """
    return substituted("list item", _ITEM, "", text)


def omissions(text: str) -> Iterator[Change]:
    """Take away the sign that something was left out.

    >>> after("قال (...) ثم […] عاد (…).", omissions)
    'قال ثم عاد.'
    """
    return substituted("omission", _OMISSION, "", text)


def ellipses(text: str) -> Iterator[Change]:
    """Write an ellipsis as one pause: a full stop at the end, nothing at the beginning, else a comma.

    >>> after("... انتظر... ثم تكلم .. نعم؟... لا…", ellipses)
    'انتظر، ثم تكلم، نعم؟ لا.'
    >>> after("...", ellipses), after("3.5 سي.إن.إن", ellipses)
    ('', '3.5 سي.إن.إن')
    """
    for dots in _ELLIPSIS.finditer(text):
        more = dots.end() < len(text)
        sign = "،" if more else "."
        if dots["stop"] or not dots.start():
            sign = dots["stop"] or ""
        gap = " " if more and sign and text[dots.end()] not in _STOPS + QUOTES + ")]" else ""
        yield Change("ellipsis", dots[0], sign + gap, dots.start())


def repeated_punctuation(text: str) -> Iterator[Change]:
    """Keep one of several stops; a question stays a question.

    >>> after("نعم!!! لماذا؟! ،، ثم::", repeated_punctuation)
    'نعم! لماذا؟ ، ثم:'
    """
    return substituted("repeated punctuation", _REPEATED, lambda stops: _strongest(stops[0]), text)


def space_before_punctuation(text: str) -> Iterator[Change]:
    """Take away the space before a stop, not before a number's point or an address.

    >>> after("الوطني . قال ، نعم ؟ .5 .com", space_before_punctuation)
    'الوطني. قال، نعم؟ .5 .com'
    """
    return substituted("space before punctuation", _BEFORE_STOP, "", text)


def ascii_punctuation(text: str) -> Iterator[Change]:
    """Write the comma, semicolon and question mark of Arabic words as Arabic ones.

    >>> after("الأحد, ونعم,لا; لماذا? 1,5 السبت 5, قال Paris, x", ascii_punctuation)
    'الأحد، ونعم،لا؛ لماذا؟ 1,5 السبت 5، قال Paris, x'
    """
    for sign in _ASCII.finditer(text):
        rule, arabic = _ARABIC[sign["sign"] or sign["behind"]]
        yield Change(rule, sign[0], arabic, sign.start())


def space_after_punctuation(text: str) -> Iterator[Change]:
    """Put a space behind a stop between words; not in a dotted abbreviation, nor between figures.

    >>> after("مناقشات،وذلك قال:نعم 2024،وقال الوطني.وأضاف", space_after_punctuation)
    'مناقشات، وذلك قال: نعم 2024، وقال الوطني. وأضاف'
    >>> after("سي.إن.إن 3،5 أ.د.فلان ق.م", space_after_punctuation)
    'سي.إن.إن 3،5 أ.د.فلان ق.م'
    """
    return substituted("space after punctuation", _AFTER_STOP, r"\g<0> ", text)


def quotes(text: str) -> Iterator[Change]:
    """Take away quotation marks; a quotation of four words and more gets a pause before it.

    Guillemets may be turned round. An apostrophe between Latin letters is no quote.

    >>> after("قال « فبراير » ثم »واشنطن بوست« “نعم”.", quotes)
    'قال فبراير ثم واشنطن بوست نعم.'
    >>> after("أكد أن «المغرب سيواصل دعم إفريقيا». قال: «نحن هنا اليوم جميعا»", quotes)
    'أكد أن، المغرب سيواصل دعم إفريقيا. قال: نحن هنا اليوم جميعا'
    >>> after('في «مركز محمد السادس للمؤتمرات» قال"نعم" l’Economiste «', quotes)
    "في مركز محمد السادس للمؤتمرات قال نعم l'Economiste"
    """
    long = _long_quotations(text)
    for quote in _QUOTED.finditer(text):
        start, end = quote.span()
        before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
        if _latin(before) and _latin(behind) and quote[0] in {"’", "'"}:
            said = "'"
        elif not before or not behind or behind in _STOPS + ")]" or before in "([":
            said = ""
        elif not long.isdisjoint(range(start, end)) and _needs_pause(text, start):
            said = "، "
        else:
            said = " "
        if said != quote[0]:
            yield Change("quotes", quote[0], said, start)


def brackets(text: str) -> Iterator[Change]:
    """Read what stands in brackets between pauses.

    >>> after("المركز (إيبولا) ثم [نعم]. (أولا) قال (لا)", brackets)
    'المركز، إيبولا، ثم، نعم. أولا، قال، لا'
    >>> after("((( نص ))", brackets), after("1) نص", brackets), after("قال: (نعم)، ثم", brackets)
    ('نص', '1، نص', 'قال: نعم، ثم')
    """
    for bracket in _BRACKETS.finditer(text):
        yield Change("brackets", bracket[0], _pause(text, *bracket.span()), bracket.start())


def dashes(text: str) -> Iterator[Change]:
    """Say a dash between words as a short pause, and a hyphen inside a word as a space.

    >>> after("هومبريس – ع ورديني 55- المغرب", dashes), after("قال -وهو يبتسم- نعم. - لا -", dashes)
    ('هومبريس، ع ورديني 55، المغرب', 'قال، وهو يبتسم، نعم. لا')
    >>> after("الدار-البيضاء Saint-Germain --- نص", dashes)
    'الدار البيضاء Saint-Germain، نص'
    """
    forms = ((_DASHES, True), (_HYPHEN, False), (_LONE_DASH, True))
    found = [(dash, is_pause) for form, is_pause in forms for dash in form.finditer(text)]
    end = 0
    for dash, is_pause in sorted(found, key=lambda pair: pair[0].start()):
        if dash.start() >= end:
            yield Change("dashes", dash[0], _pause(text, *dash.span()) if is_pause else " ", dash.start())
            end = dash.end()


def soundless_signs(text: str) -> Iterator[Change]:
    """Take away what no voice says: pictures, arrows, markup, commands of an engine.

    >>> after("نص 😀 ★ <b>نص</b> و/أو #هاشتاغ_جديد [[kiQ]]", soundless_signs)
    'نص      b نص b  و أو  هاشتاغ جديد [[kiQ]]'
    """
    return substituted("signs without sound", _SOUNDLESS, " ", text)


def arabic_stops(text: str) -> Iterator[Change]:
    """Write the stops behind what was a figure or a sign as Arabic ones, with their space.

    >>> after("عشرون? ثلاثة,في المئة", arabic_stops), after("نعم؟لا:مئة أ.د", arabic_stops)
    ('عشرون؟ ثلاثة، في المئة', 'نعم؟ لا:مئة أ.د')
    """
    for stop in _LATE_STOP.finditer(text):
        _, sign = _ARABIC.get(stop[0], ("", stop[0]))
        said = sign if stop["sign"] and stop["behind"] is None else f"{sign} "
        if said != stop[0]:
            yield Change("pauses", stop[0], said, stop.start())


def pauses(text: str) -> Iterator[Change]:
    """Keep the strongest of the stops that meet, and none at the beginning.

    >>> after("، نص، . ثم :، نعم ،لا؟.", pauses)
    'نص. ثم: نعم،لا؟'
    >>> after("...", pauses), after("نص،", pauses)
    ('', 'نص،')
    """
    for stops in _PAUSES.finditer(text):
        kept = _strongest(stops[0]) if stops.start() else ""
        if kept != stops[0]:
            yield Change("pauses", stops[0], kept, stops.start())


def _strongest(stops: str) -> str:
    return min(stops.replace(" ", ""), key=_STRONGEST.index)


def _pause(text: str, start: int, end: int) -> str:
    """Return the pause that a span of signs becomes, in view of what stands around it."""
    before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
    if not before or not behind or behind in _STOPS:
        return ""
    return " " if before in _STOPS else "، "


def _long_quotations(text: str) -> frozenset[int]:
    """Return the places of the quotes that open a quotation of four words or more."""
    opened: dict[int, int] = {}
    long = set()
    for place, char in enumerate(text):
        family = _FAMILIES.get(char)
        if family is None:
            continue
        start = opened.pop(family, None)
        if start is None:
            opened[family] = place
        elif len(text[start + 1 : place].split()) >= _SET_OFF:
            long.add(start)
    return frozenset(long)


def _needs_pause(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start]
    return before[-1:] not in _STOPS and not _GOVERNS.search(before)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
