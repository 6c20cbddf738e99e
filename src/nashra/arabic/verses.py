"""Where something stands in a holy book, and when something happened in a match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.patterns import SPACE, START, either, pattern, words

if TYPE_CHECKING:
    import re

    from nashra.arabic.place import Place

_SURAS = tuple(
    name.replace("_", " ")
    for name in words(
        """
        الفاتحة البقرة آل_عمران النساء المائدة الأنعام الأعراف الأنفال التوبة يونس هود يوسف الرعد إبراهيم
        الحجر النحل الإسراء الكهف مريم طه الأنبياء الحج المؤمنون النور الفرقان الشعراء النمل القصص العنكبوت
        الروم لقمان السجدة الأحزاب سبأ فاطر يس الصافات ص الزمر غافر فصلت الشورى الزخرف الدخان الجاثية
        الأحقاف محمد الفتح الحجرات ق الذاريات الطور النجم القمر الرحمن الواقعة الحديد المجادلة الحشر
        الممتحنة الصف الجمعة المنافقون التغابن الطلاق التحريم الملك القلم الحاقة المعارج نوح الجن المزمل
        المدثر القيامة الإنسان المرسلات النبأ النازعات عبس التكوير الانفطار المطففين الانشقاق البروج الطارق
        الأعلى الغاشية الفجر البلد الشمس الليل الضحى الشرح التين العلق القدر البينة الزلزلة العاديات القارعة
        التكاثر العصر الهمزة الفيل قريش الماعون الكوثر الكافرون النصر المسد الإخلاص الفلق الناس
        """
    )
)
"""The 114 in their order."""
_BOOKS = words("يوحنا متى مرقس لوقا التكوين الخروج المزامير إشعياء رومية كورنثوس أعمال الرؤيا مزمور")
# The number of the sura itself may stand before that of the verse, «البقرة 2:255»: its name has said it.
SURA = pattern(
    rf"(?:(?<=[(\[﴾﴿])|(?<=ة[ ])|{START}(?=[^\d(]{{2,12}}\d{{1,3}}:\d))(?P<name>{either(_SURAS)})"
    rf"(?:(?P<sign>{SPACE}?[:/،-]{SPACE}?)|{SPACE}\(?(?P<number>\d{{1,3}}):|{SPACE}(?P<bracket>\()?)"
    rf"(?P<first>\d{{1,3}})(?:{SPACE}?[-–]{SPACE}?(?P<last>\d{{1,3}}))?(?![\d.,:/]|{SPACE}آي)(?(bracket)\))"
)
_NAMED = pattern(rf"{START}[وفبل]?(?:ال)?سورة{SPACE}\Z")
GOSPEL = pattern(
    rf"{START}(?P<name>{either(_BOOKS)}){SPACE}(?P<chapter>\d{{1,3}}){SPACE}?:{SPACE}?"
    rf"(?P<first>\d{{1,3}})(?:{SPACE}?[-–]{SPACE}?(?P<last>\d{{1,3}}))?(?![\d.,:/])"
)
_LATE = r"(?:45|90|105|120)"
# Written from the right, «الدقيقة 3+45» is 45+3.
STOPPAGE = pattern(
    rf"(?:{START}(?P<cue>(?:[وفبل]?ال|لل)?دقيقة{SPACE}|د{SPACE}?\.?{SPACE}?))?(?<!\d)"
    rf"(?:(?P<minute>{_LATE}){SPACE}?\+{SPACE}?(?P<more>\d{{1,2}})|(?(cue)(?P<added>\d{{1,2}})\+(?P<late>{_LATE})|(?!)))"
    r"(?!\d)['’′]?"
)
_AND_ANOTHER = pattern(rf"{SPACE}?[و،]{SPACE}?\d")
_MINUTES = pattern(rf"(?:دقيقتين|دقيقتان|دقائق){SPACE}[\d\s+و،]{{0,40}}\Z")


def say_sura(match: re.Match[str], place: Place) -> str | None:
    """Say the verse of a sura: «(البقرة: 255)»."""
    number = match["number"]
    if number and _SURAS[int(number) - 1 : int(number)] != (match["name"],):
        return None  # «الفجر 5:20» is an hour.
    named = _NAMED.search(place.before)
    # Without a sign, «(الجمعة 23 فبراير)» is a day.
    if not (named or number or (match["sign"] and place.before.endswith(tuple("([﴾﴿")))):
        return None
    return f"{match['name']}، {_verses(match)}" if int(match["first"]) else None


def say_gospel(match: re.Match[str], _: Place) -> str | None:
    """Say the chapter and verse of a book of the Bible: «يوحنا 3:16»."""
    chapter = int(match["chapter"])
    if not chapter or not int(match["first"]):
        return None
    return f"{match['name']}، الإصحاح {ordinal(chapter)}، {_verses(match)}"


def say_stoppage(match: re.Match[str], place: Place) -> str | None:
    """Say a minute of the time that was added: «90+3»; one of a row belongs to «الدقيقتين»."""
    cue = match["cue"] or ""
    if _MINUTES.search(place.before) or ("دقيقة" not in cue and cue and _AND_ANOTHER.match(place.after)):
        return None
    case = place.phrase_case if cue else Case.GENITIVE
    name = cue.strip() if "دقيقة" in cue else "الدقيقة"
    minute = ordinal(int(match["minute"] or match["late"]), gender=Gender.FEMININE, case=case)
    return f"{name} {minute} زائد {cardinal(int(match['more'] or match['added']))}"


def _verses(match: re.Match[str]) -> str:
    first = ordinal(int(match["first"]), gender=Gender.FEMININE)
    if not match["last"]:
        return f"الآية {first}"
    case = Case.GENITIVE
    first = ordinal(int(match["first"]), gender=Gender.FEMININE, case=case)
    last = max(int(match["last"]), 1)
    return f"الآيات من {first} إلى {ordinal(last, gender=Gender.FEMININE, case=case)}"
