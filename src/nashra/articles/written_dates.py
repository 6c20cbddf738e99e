"""The date in a visible line: every family of month names, figures in every order, and the Hijri year."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from nashra.arabic.months import MONTHS_OF
from nashra.arabic.patterns import pattern
from nashra.articles.blocks import bare

_ALIKE = str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "اااايه01234567890123456789")


def _alike(text: str) -> str:
    """Return a text with the letters and digits in which spellings differ made alike.

    >>> _alike("أكتوبر ٢٠٢٤ جمادى الأولى")
    'اكتوبر 2024 جمادي الاولي'
    """
    return bare(text).translate(_ALIKE)


# Names beside the three families: Algeria and Tunisia, Egypt, and spellings seen in the press.
_OTHER_NAMES = {
    1: "جانفي جنفي",
    2: "فيفري فبرايير",
    4: "أفريل نيسان",
    6: "جوان يونية يونيه",
    7: "جويلية يوليه يولية",
    8: "أوت",
    9: "شتمبر",
    11: "نوفنبر",
}
_MONTHS = {
    **{_alike(name): number for names in MONTHS_OF.values() for number, name in enumerate(names, 1)},
    **{_alike(name): number for number, names in _OTHER_NAMES.items() for name in names.split()},
}
_HIJRI_MONTHS = {
    _alike(name): number
    for number, names in enumerate(
        (
            "محرم|المحرم",
            "صفر",
            "ربيع الأول",
            "ربيع الثاني|ربيع الآخر",
            "جمادى الأولى|جمادى الأول",
            "جمادى الثانية|جمادى الآخرة",
            "رجب",
            "شعبان",
            "رمضان",
            "شوال",
            "ذو القعدة|ذي القعدة|ذو القعده",
            "ذو الحجة|ذي الحجة",
        ),
        1,
    )
    for name in names.split("|")
}


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_CLOCK = (
    r"(?:[\s،,|–-]*(?:(?:علي|في)?\s*الساعه\s*)?(?P<hour>\d{1,2})\s?[:hس]\s?(?P<minute>\d{2})(?::\d{2})?"
    r"\s*(?P<half>(?:صباحا|مساء|ليلا|ص|م|AM|PM)\b)?)?"
)
_DAY = r"(?<!\d)(?P<day>\d{1,2})\s*(?:من\s+)?(?:شهر\s+)?"
_NAMED = pattern(
    rf"{_DAY}(?P<month>{_either(_MONTHS)})(?:\s*[/(]\s*(?:{_either(_MONTHS)})\s*\)?)?"
    rf"[\s،,/-]*(?:سنه\s+|عام\s+)?(?P<year>\d{{4}})(?!\d)\s*(?:م\b)?{_CLOCK}"
)
_HIJRI = pattern(
    rf"{_DAY}(?P<month>{_either(_HIJRI_MONTHS)})[\s،,/-]*(?:سنه\s+"
    rf"|عام\s+)?(?P<year>1[34]\d{{2}})(?!\d)\s*(?:هـ?)?"
)
_ISO = pattern(rf"(?<!\d)(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)T?{_CLOCK}")
_FIGURES = pattern(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s?[-/.]\s?(?P<month>\d{{1,2}})\s?[-/.]\s?(?P<year>\d{{4}})(?!\d){_CLOCK}"
)
_TIME = pattern(r"\d{1,2}:\d{2}")
_AROUND = pattern(
    r"(?:ال)?(?:احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت)|يوم|في|بتاريخ|تاريخ|النشر|نشر|نشرت|تم|نشره|كتب"
    r"|و?اخر|و?حدث"
    r"|تحديث|التحديث|محدثه|انسخ|الرابط|حرر|حررت|الموافق|ل|الساعه|علي|بتوقيت|غرينتش|غرينيتش|جرينتش|توقيت"
    r"|مكه|المكرمه"
    r"|GMT|هـ?|م|ص|صباحا|مساء|"
)
"""Words that stand beside a date and say nothing else; the last is an empty one: a sign alone."""
_SIGNS = " \t،,:|/()[].–-ـ•·"


_FORMS = (_NAMED, _ISO, _FIGURES, _HIJRI, _TIME)


class Written(NamedTuple):
    """A date found in a line, and what else the line says."""

    when: datetime
    rest: str = ""

    @property
    def alone(self) -> bool:
        """Say whether the line is nothing but that date."""
        return not self.rest


def find(line: str) -> Written | None:
    """Return the first full date in a line as a UTC time, midnight if it names none; None without one.

    A day without a year is no date of publication. Days stand before months, as Arab news writes them.

    >>> find("الجمعة 8 فيفري 2019 - 10:20")
    Written(when=datetime.datetime(2019, 2, 8, 10, 20, tzinfo=datetime.timezone.utc), rest='')
    >>> find("كتب سعيد البقالي الجمعة 14 مارس 2025 10:00 ص").rest
    'كتب سعيد البقالي'
    >>> [find(line).when.date().isoformat() for line in (
    ...     "21 غشت 2025", "٢٤/٠٨/٢٠٢٠", "نشر في 9 تشرين الثاني / نوفمبر 2020 م", "2020-03-17",
    ...     "14 رمضان 1446 هـ الموافق 14 مارس 2025 م")]
    ['2025-08-21', '2020-08-24', '2020-11-09', '2020-03-17', '2025-03-14']
    >>> find("14 رمضان 1446 هـ").when.date().isoformat(), find("في 28 يناير"), find("31/02/2020")
    ('2025-03-14', None, None)
    """
    text = _alike(line)
    if not re.search(r"\d{4}", text):
        return None
    for form in _FORMS[:-1]:
        for match in form.finditer(text):
            when = _moment(match, hijri=form is _HIJRI)
            if when:
                return Written(when, _rest(bare(line), text))
    return None


def _rest(line: str, text: str) -> str:
    """Return a line without its dates, and without the words that belong to them, such as the weekday."""
    dates = sorted(match.span() for each in _FORMS for match in each.finditer(text))
    kept: list[str] = []
    reached = 0
    for start, end in [*dates, (len(line), len(line))]:
        if start >= reached:
            kept += _beside(line[reached:start].split(), left=reached > 0, right=start < len(line))
        reached = max(reached, end)
    return " ".join(kept).strip(_SIGNS)


def _beside(words: list[str], *, left: bool, right: bool) -> list[str]:
    """Return words without those at an end where a date stands that only belong to it."""
    while words and left and _AROUND.fullmatch(_alike(words[0]).strip(_SIGNS)):
        words = words[1:]
    while words and right and _AROUND.fullmatch(_alike(words[-1]).strip(_SIGNS)):
        words = words[:-1]
    return words


def iso(text: str) -> datetime | None:
    """Return the time that a page's metadata gives, in UTC; None for none, or one that is no date.

    >>> iso("2019-02-08T10:20:00+01:00"), iso("2019"), iso("")
    (datetime.datetime(2019, 2, 8, 9, 20, tzinfo=datetime.timezone.utc), None, None)
    """
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        found = find(text) if len(text.strip()) > 4 else None
        return found.when if found else None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)


def _moment(match: re.Match[str], *, hijri: bool) -> datetime | None:
    said = match.groupdict()
    day, year = int(said["day"]), int(said["year"])
    month = (_HIJRI_MONTHS if hijri else _MONTHS).get(said["month"]) or int(said["month"])
    try:
        found = _gregorian(year, month, day) if hijri else date(year, month, day)
        hour, minute = int(said.get("hour") or 0), int(said.get("minute") or 0)
        if (said.get("half") or "") in {"م", "مساء", "ليلا", "PM"} and hour < 12:
            hour += 12
        return datetime(found.year, found.month, found.day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _gregorian(year: int, month: int, day: int) -> date:
    """Return the day of the Umm al-Qura calendar, which Gulf newspapers date by; raises ValueError."""
    from hijridate import Hijri  # noqa: PLC0415 few lines have a Hijri date and no other

    try:
        return Hijri(year, month, day).to_gregorian()
    except OverflowError as beyond:
        raise ValueError(str(beyond)) from beyond
