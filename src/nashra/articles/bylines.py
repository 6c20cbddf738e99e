"""Who wrote it, for whom, and where: bylines, signatures, and the head of a report («الرباط (و م ع) -»)."""

from __future__ import annotations

import re
from typing import NamedTuple

from nashra.arabic.patterns import pattern
from nashra.articles.blocks import bare
from nashra.articles.names import has_function_word, is_person, is_place, may_be_person

_DASH = r"\s*[–—-]\s+|\s+[–—-]\s*|\s*[|/]\s*"
_LONE_TATWEEL = pattern(r"(?<!\S)ـ+(?!\S)")
"""Some desks type it for a dash."""
_MOST_WORDS = 9
_TERMINAL = pattern(r"[.،؛؟!…,;:][»”\"')\]]*\Z")
_SIGNED = pattern(
    r"(?:بقلم|(?:تحرير|نشر|كتب)\s+(?:من طرف|بواسطة)|من طرف|بواسطة|كتب|كتبت|كتبه|كتبها|إعداد|اعداد|أعده"
    r"|أعدته|أعدتها|تحقيق|حوار|حاوره|حاورته|حاورها|تقرير|متابعة|ترجمة|تغطية"
    r"|روبورتاج|ربورتاج|بورتريه|مراسل\w*|من مراسلنا|أجرى الحوار|أجرت الحوار|أجراه|أجرته)"
    r"(?P<sign>\s*[:/]\s*|\s+(?:[-–]\s*)?)(?P<author>\S.{1,60})"
)
_DESK_WORDS = """
    متابعة متابعات وكالات الوكالات خاص مراسلة مراسلون المراسل أ.ف.ب هيئة تحرير التحرير القسم فريق رصد تقارير
"""
_DESKS = frozenset(_DESK_WORDS.split())
_OUTLETS = pattern(
    r"(?:اليوم|الآن|نيوز|برس|بريس|جريدة|صحيفة|مجلة|موقع|وكالة|قناة|هيئة|إذاعة|تلفزيون|بوابة|يومية"
    r"|أسبوعية|شبكة|منصة|راديو|تيفي|تي في|أونلاين|اونلاين|الصباح|سبق|إنفو|انفو|الإخبارية"
    r"|الرياضي|24|٢٤|[A-Za-z]{3,}\.(?:com|info|ma|net))(?![ء-ي])|\w*(?:بريس|برس|نيوز|سبريس)(?![ء-ي])"
)
_AGENCY = (
    r"و\.?\s?م\.?\s?ع\.?|أ\.?\s?ف\.?\s?ب\.?|ا\.?\s?ف\.?\s?ب\.?|د\.?\s?ب\.?\s?أ\.?|د\.?\s?ب\.?\s?ا\.?"
    r"|رويترز|الأناضول|الاناضول|واس|بترا|وام"
    r"|سانا|كونا|قنا|وفا|أ\s?ش\s?أ|شينخوا|سبوتنيك|فرانس\s?برس|فرانس بريس|أسوشيتد برس|إفي|ماب|سي إن إن"
    r"|سي ان ان|AFP|MAP|EFE|AP|CNN|BBC|DW|وكالات|الوكالات"
)
AGENCY = pattern(rf"\(?\s*(?:{_AGENCY})\s*\)?")
_HEAD = pattern(
    rf"(?P<head>[^:.؟!«»\"\n]{{2,80}}?)\s*(?:(?P<agency>[(/]?\s*(?:{_AGENCY})\s*\)?)\s*)?(?P<sign>[:–—-]+)\s*"
    r"(?P<rest>(?=\S).*)",
    re.DOTALL,
)
_BY_INITIAL = pattern(r"[ء-ي]\.?\s+[ء-ي]{3,}(?:\s+[ء-ي]+)?")


class Byline(NamedTuple):
    """What a byline names; empty where it says nothing."""

    outlet: str = ""
    author: str = ""
    place: str = ""
    agency: str = ""


class RunIn(NamedTuple):
    """The head of a first paragraph that is a byline: what it names, its text, and what is to be read."""

    byline: Byline
    cut: str
    rest: str


def whole(line: str) -> Byline | None:
    """Return what a line that is a byline names, or None for a line that is none.

    «x – y» without a sentence mark, or بقلم / كتب / حوار and a name. Lines of more than nine words, with
    digits or a verb's function words are none.

    >>> whole("هومبريس – ع ورديني")
    Byline(outlet='هومبريس', author='ع ورديني', place='', agency='')
    >>> whole("صدى اليوم – أغادير")
    Byline(outlet='صدى اليوم', author='', place='أغادير', agency='')
    >>> whole("عبدالإله الزياني ـ الرباط")
    Byline(outlet='', author='عبدالإله الزياني', place='الرباط', agency='')
    >>> [whole(line).author for line in ("حوار: هدى الرامي", "كتبت نادية العلوي", "الرباط: سعيد البقالي")]
    ['هدى الرامي', 'نادية العلوي', 'سعيد البقالي']
    >>> whole("الرباط (و م ع)").agency, whole("توسيع آفاق التعاون"), whole("كتب رسالة إلى الوزير")
    ('و م ع', None, None)
    >>> whole("قال الوزير - وهو يبتسم - نعم.")
    """
    line = " ".join(bare(_LONE_TATWEEL.sub("–", line)).strip("*•●_ ").split())
    words = re.sub(_DASH, " ", line).split()
    if (
        not 1 < len(words) <= _MOST_WORDS
        or _TERMINAL.search(line)
        or any(map(str.isdigit, line.replace("24", "")))
    ):
        return None
    signed = _SIGNED.fullmatch(line)
    if signed and (":" in signed["sign"] or "/" in signed["sign"] or may_be_person(signed["author"])):
        return _signed(re.split(_DASH, signed["author"]))
    place, colon, person = map(str.strip, line.partition(":"))
    if colon and is_place(place) and is_person(person):
        return Byline(author=person, place=place)
    parts = [part.strip() for part in re.split(_DASH, line) if part.strip()]
    agency = AGENCY.search(line)
    if len(parts) < 2 and not (agency and parts and is_place(AGENCY.sub("", line).strip(" ()-–"))):
        return None
    if not all(map(_may_be_named, parts)):
        return None
    return _named(parts, Byline())


def _may_be_named(part: str) -> bool:
    """Say whether a part of a byline can name somebody or something: up to four words, of letters."""
    return len(part.split()) <= 4 and not has_function_word(part) and bool(re.match(r"[(«\"]?\w", part))


def is_signed(line: str) -> bool:
    """Say whether a byline begins with بقلم, «حوار:» or the like, and so is one wherever it stands.

    Without a sign, كتب is a verb and تقرير a noun of every day: then a known forename must follow.

    >>> [is_signed(line) for line in ("بقلم فلان الفلاني", "حوار: هدى الرامي", "كتبت نادية العلوي")]
    [True, True, True]
    >>> [is_signed(line) for line in ("كتب رسالة مؤثرة", "تقرير دولي جديد")]
    [False, False]
    """
    line = bare(line)
    found = _SIGNED.fullmatch(line)
    sure = line.startswith("بقلم") or (found and found["sign"].strip(" -–"))
    return bool(found and (sure or is_person(found["author"])))


def is_credit(line: str) -> bool:
    """Say whether a line by itself, with no article around it, can only be a byline.

    Two names with a dash between them are not enough for that («الرباط - سلا»): one must be that of a
    desk, or of a writer by the initial, as Moroccan newspapers sign.

    >>> [is_credit(line) for line in ("هومبريس – ع ورديني", "بقلم: فلان الفلاني", "الرباط - متابعة")]
    [True, True, True]
    >>> [is_credit(line) for line in ("الرباط - سلا", "كتب رسالة إلى الوزير.", "", "الملك - الحكومة")]
    [False, False, False, False]
    """
    line = bare(line)
    parts = re.split(_DASH, line)
    by_sign = is_signed(line) or any(_BY_INITIAL.fullmatch(part) or part in _DESKS for part in parts[1:])
    return bool(whole(line) and by_sign)


def _signed(parts: list[str]) -> Byline:
    """Return who signed: «بقلم: فلان الفلاني – الرباط»; the first part is a person, whatever it is like."""
    rest = _named(parts[1:], Byline())
    return rest._replace(author="، ".join(filter(None, (parts[0].strip(), rest.author))))


def _named(parts: list[str], found: Byline) -> Byline:
    """Return what the parts of a byline name, told by what they are, and else by their order."""
    people: list[str] = []
    places: list[str] = []
    for part in parts:
        agency = AGENCY.fullmatch(part) or AGENCY.search(part)
        if agency and "(" not in part and not is_place(part.replace(agency[0], "").strip()):
            agency = AGENCY.fullmatch(part)
        if agency:
            found = found._replace(agency=agency[0].strip("() "))
            part = part.replace(agency[0], "").strip(" ()")  # noqa: PLW2901 what stands before its agency
        if not part or set(part.split()) <= _DESKS:
            continue
        if is_place(part):
            places.append(part.split("،")[0].strip())
        elif _OUTLETS.search(part) and not found.outlet:
            found = found._replace(outlet=part)
        else:
            people.append(part)
    if len(people) > 1 and not found.outlet and not places:
        found = found._replace(outlet=people.pop(0))
    elif len(people) == 1 and len(people[0].split()) == 1:
        # One word is no person's name: «صدى اليوم – أغادير», «جريدة - الدمام».
        if found.outlet:
            places.append(people.pop())
        else:
            found = found._replace(outlet=people.pop())
    return found._replace(author="، ".join(people), place=" - ".join(places))


def run_in(paragraph: str) -> RunIn | None:
    """Return the byline that a first paragraph begins with, and what is left to read; None without one.

    A place is read, with a colon behind it; agencies, desks, outlets and names are not.

    >>> run_in("الرباط (و م ع) - أعلنت وزارة الصحة اليوم عن خطة جديدة.").rest
    'الرباط: أعلنت وزارة الصحة اليوم عن خطة جديدة.'
    >>> head = run_in("هدى الرامي- نادية العلوي- الصباح- فاس: دعا أطباء إلى المشي كل يوم.")
    >>> head.byline
    Byline(outlet='الصباح', author='هدى الرامي، نادية العلوي', place='فاس', agency='')
    >>> head.cut, head.rest
    ('هدى الرامي- نادية العلوي- الصباح- فاس:', 'دعا أطباء إلى المشي كل يوم.')
    >>> run_in("وقال الوزير: سنبدأ غدا."), run_in("في البداية - كما قال - كان الأمر سهلا.")
    (None, None)
    """
    match = _HEAD.match(paragraph)
    if match is None or len(match["rest"]) < 15:
        return None
    tail = paragraph[: match.start("rest")]
    colon = re.match(r"[^.؟!«»\"\n]{2,80}?:\s*(?=\S)", paragraph)
    if colon and "-" in match["sign"] and colon.end() > match.end("sign"):
        tail = colon[0]  # «اسم- اسم- جدة: أجمع»: all dashes before the colon belong to the byline
    head = bare(_LONE_TATWEEL.sub("–", tail)).rstrip(" :–—-")
    parts = [part.strip() for part in re.split(r"\s*[–—/-]+\s*", head) if part.strip()]
    agency = AGENCY.search(head)
    known = [part for part in parts if is_place(AGENCY.sub("", part).strip(" ()")) or _OUTLETS.search(part)]
    if not (known or (agency and AGENCY.fullmatch(parts[-1]))) or any(
        has_function_word(part) for part in parts
    ):
        return None
    if not (agency or len(parts) > 1 or is_place(parts[0])):
        return None
    byline = _named(parts, Byline())
    rest = paragraph[len(tail) :].lstrip()
    if byline.place and len(parts) - bool(agency and agency[0].strip("() ") in parts) == 1:
        return RunIn(byline, tail.strip(), f"{byline.place}: {rest}")
    return RunIn(byline, tail.strip(), rest)
