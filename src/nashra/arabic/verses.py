"""Where something stands in a holy book, and when something happened in a match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.numbers import Case, Gender, cardinal, ordinal
from nashra.arabic.patterns import SPACE, START, either, words

if TYPE_CHECKING:
    from nashra.arabic.place import Place

_SURAS = (
    *words(
        """
        الفاتحة البقرة النساء المائدة الأنعام الأعراف الأنفال التوبة يونس هود يوسف الرعد إبراهيم الحجر النحل
        الإسراء الكهف مريم طه الأنبياء الحج المؤمنون النور الفرقان الشعراء النمل القصص العنكبوت الروم لقمان
        السجدة الأحزاب سبأ فاطر يس الصافات ص الزمر غافر فصلت الشورى الزخرف الدخان الجاثية الأحقاف محمد الفتح
        الحجرات ق الذاريات الطور النجم القمر الرحمن الواقعة الحديد المجادلة الحشر الممتحنة الصف
        الجمعة المنافقون
        التغابن الطلاق التحريم الملك القلم الحاقة المعارج نوح الجن المزمل المدثر القيامة الإنسان
        المرسلات النبأ
        النازعات عبس التكوير الانفطار المطففين الانشقاق البروج الطارق الأعلى الغاشية الفجر البلد الشمس الليل
        الضحى الشرح التين العلق القدر البينة الزلزلة العاديات القارعة التكاثر العصر الهمزة الفيل قريش الماعون
        الكوثر الكافرون النصر المسد الإخلاص الفلق الناس
        """
    ),
    "آل عمران",
)
_BOOKS = words("يوحنا متى مرقس لوقا التكوين الخروج المزامير إشعياء رومية كورنثوس أعمال الرؤيا مزمور")
SURA = re.compile(
    rf"(?:(?<=[(\[﴾﴿])|(?<=ة[ ]))(?P<name>{either(_SURAS)}){SPACE}?[:/،-]{SPACE}?"
    rf"(?P<first>\d{{1,3}})(?:{SPACE}?[-–]{SPACE}?(?P<last>\d{{1,3}}))?(?![\d.,:/])"
)
GOSPEL = re.compile(
    rf"{START}(?P<name>{either(_BOOKS)}){SPACE}(?P<chapter>\d{{1,3}}){SPACE}?:{SPACE}?"
    rf"(?P<first>\d{{1,3}})(?:{SPACE}?[-–]{SPACE}?(?P<last>\d{{1,3}}))?(?![\d.,:/])"
)
_LATE = r"(?:45|90|105|120)"
STOPPAGE = re.compile(
    rf"(?:{START}(?P<cue>(?:[وفبل]?ال|لل)?دقيقة{SPACE}|د{SPACE}?\.?{SPACE}?))?(?<!\d)(?P<minute>{_LATE}){SPACE}?\+{SPACE}?(?P<more>\d{{1,2}})(?!\d)['’′]?"
)


def say_sura(match: re.Match[str], place: Place) -> str | None:
    """Say the verse of a sura: «(البقرة: 255)»."""
    if place.before.endswith("ة ") and place.word_before not in {"سورة", "وسورة", "بسورة", "السورة"}:
        return None
    return f"{match['name']}، {_verses(match)}" if int(match["first"]) else None


def say_gospel(match: re.Match[str], _: Place) -> str | None:
    """Say the chapter and verse of a book of the Bible: «يوحنا 3:16»."""
    chapter = int(match["chapter"])
    if not chapter or not int(match["first"]):
        return None
    return f"{match['name']}، الإصحاح {ordinal(chapter)}، {_verses(match)}"


def say_stoppage(match: re.Match[str], place: Place) -> str:
    """Say a minute of the time that was added: «90+3»."""
    cue = match["cue"] or ""
    case = place.phrase_case if cue.startswith("ال") else Case.GENITIVE
    name = cue.strip() if "دقيقة" in cue else "الدقيقة"
    minute = ordinal(int(match["minute"]), gender=Gender.FEMININE, case=case)
    return f"{name} {minute} زائد {cardinal(int(match['more']))}"


def _verses(match: re.Match[str]) -> str:
    first = ordinal(int(match["first"]), gender=Gender.FEMININE)
    if not match["last"]:
        return f"الآية {first}"
    case = Case.GENITIVE
    first = ordinal(int(match["first"]), gender=Gender.FEMININE, case=case)
    last = max(int(match["last"]), 1)
    return f"الآيات من {first} إلى {ordinal(last, gender=Gender.FEMININE, case=case)}"
