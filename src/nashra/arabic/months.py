"""The names of the months: three families for figures, and every name that is recognized as written."""

from __future__ import annotations

from nashra.arabic.patterns import either, words

MONTHS_OF = {
    "maghreb": words("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"),
    "gulf": words("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    "levant": (
        "كانون الثاني",
        *words("شباط آذار نيسان أيار حزيران تموز آب أيلول"),
        *("تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ),
}
"""The families of month names, for the months that are written in figures: 12/05/2024."""

HIJRI = (
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذي القعدة", "ذي الحجة"),
)
"""The months of a year of the Hijra, for those in figures: 15/09/1446."""

# Then the names that are only recognized: other spellings, Algeria and Tunisia, the Hijri year.
_ONE_WORD = words(
    """
    ابريل إبريل يونية يونيه يوليه يولية اغسطس اكتوبر شتمبر نوفنبر
    اذار ايار ايلول
    جانفي فيفري أفريل افريل جوان جويلية أوت
    محرم رجب شعبان رمضان شوال
    """
)
_TWO_WORDS = (
    ("كانون تشرين", "الأول الثاني الاول"),
    ("ربيع", "الأول الثاني الآخر الاول الاخر"),
    ("جمادى", "الأولى الثانية الآخرة الاولى الاخرة"),
    ("ذي ذو ذا", "القعدة الحجة"),
)
_PAIRED = [f"{a} {b}" for first, second in _TWO_WORDS for a in words(first) for b in words(second)]
_NAMES = {*(name for names in MONTHS_OF.values() for name in names), *_ONE_WORD, *_PAIRED}
MONTH = either(sorted(_NAMES))
"""Any of the names, as the inside of a pattern; none is ever replaced by another."""
HIJRI_MONTH = either({*HIJRI, *(name for name in _PAIRED if name[0] in "رجذ")})
"""Those of the Hijra; صفر is also zero."""
