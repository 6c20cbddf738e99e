"""Units and money: the signs and words that are written after a figure, and the nouns they stand for."""

from __future__ import annotations

from dataclasses import dataclass

from nashra.arabic.nouns import forms, noun
from nashra.arabic.numbers import SCALES, Gender, Noun
from nashra.arabic.patterns import words


@dataclass(frozen=True, slots=True)
class Unit:
    """A noun, and what goes with it: an adjective that agrees (given masculine singular), or a tail.

    `of` is a second noun that the first is bound to (كيلوواط ساعة), `per` follows unchanged.
    """

    noun: Noun
    adjective: str = ""
    of: str = ""
    per: str = ""

    def form(self, noun: str, number: int) -> str:
        """Give a form of the noun with the adjective that agrees with it."""
        return f"{noun} {self.agreeing(number)}" if self.adjective else noun

    @property
    def singular(self) -> str:
        """The unit after a decimal, a hundred or a million."""
        return self.form(self.noun.singular, 100)

    def agreeing(self, number: int, *, oblique: bool = False) -> str:
        """Give the adjective as the noun stands after this number.

        >>> square = UNITS["كلم2"]
        >>> [square.agreeing(number) for number in (1, 2, 5, 12, 100)]
        ['مربع', 'مربعان', 'مربعة', 'مربعا', 'مربع']
        """
        if not self.adjective:
            return ""
        feminine = self.noun.gender is Gender.FEMININE
        last = number % 100
        if last == 2:
            return self.adjective + ("ت" if feminine else "") + ("ين" if oblique else "ان")
        if feminine or 3 <= last <= 10:
            return self.adjective + "ة"
        return self.adjective + ("ا" if last > 10 else "")


_METRE = noun("متر", "أمتار")
_KILOMETRE = noun("كيلومتر", "كيلومترات")
_CENTIMETRE = noun("سنتيمتر", "سنتيمترات")
_DEGREE = noun("درجة", "درجات")
_LITRE = noun("لتر", "لترات")

# A sign is matched as written; a Latin one in any case. «م» alone is a metre but after a year. A word that
# is written out stays as it is, so each spelling has its row.
_SIGNS = {
    "كلم كم km": Unit(_KILOMETRE),
    "م m": Unit(_METRE),
    "سم cm": Unit(_CENTIMETRE),
    "سنتمتر": Unit(noun("سنتمتر", "سنتمترات")),
    "ملم مم mm": Unit(noun("مليمتر", "مليمترات")),
    "ميليمتر": Unit(noun("ميليمتر", "ميليمترات")),
    "ملمتر": Unit(noun("ملمتر", "ملمترات")),
    "كلم2 كم2 كلم² كم² كيلومتر2 كيلومتر² km² km2": Unit(_KILOMETRE, "مربع"),
    "م2 م² متر2 متر² m2 m²": Unit(_METRE, "مربع"),
    "م3 م³ متر3 متر³ m3 m³": Unit(_METRE, "مكعب"),
    "سم3 سم³ cm3 cm³ cc": Unit(_CENTIMETRE, "مكعب"),
    "سم2 سم² cm2 cm²": Unit(_CENTIMETRE, "مربع"),
    "هكتار هك ha": Unit(noun("هكتار", "هكتارات")),
    "كلغ كغ كجم كغم كغرام kg": Unit(noun("كيلوغرام", "كيلوغرامات")),
    "كيلوجرام": Unit(noun("كيلوجرام", "كيلوجرامات")),
    "كيلو": Unit(Noun("كيلو", "كيلوان", "كيلو", "كيلو")),
    "غ غم g gr": Unit(noun("غرام", "غرامات")),
    "جرام": Unit(noun("جرام", "جرامات")),
    "ملغ ملغم مغ مغم mg": Unit(noun("مليغرام", "مليغرامات")),
    "ميليغرام": Unit(noun("ميليغرام", "ميليغرامات")),
    "ميكروغرام µg μg": Unit(noun("ميكروغرام", "ميكروغرامات")),
    "ميكرومتر µm μm": Unit(noun("ميكرومتر", "ميكرومترات")),
    "نانومتر nm": Unit(noun("نانومتر", "نانومترات")),
    "طن": Unit(noun("طن", "أطنان")),
    "قنطار": Unit(noun("قنطار", "قناطير")),
    "لتر l L": Unit(_LITRE),
    "سنتيلتر سل cl": Unit(noun("سنتيلتر", "سنتيلترات")),
    "ل/ث": Unit(_LITRE, per="في الثانية"),
    "ليتر": Unit(noun("ليتر", "ليترات")),
    "مل ml": Unit(noun("مليلتر", "مليلترات")),
    "ميليلتر": Unit(noun("ميليلتر", "ميليلترات")),
    "هكتولتر hl": Unit(noun("هكتولتر", "هكتولترات")),
    "درجة ° º ˚": Unit(_DEGREE),
    "°م °C ℃ ºم ºC ˚C": Unit(_DEGREE, "مئوي"),
    "د min": Unit(noun("دقيقة", "دقائق")),
    "ث": Unit(noun("ثانية", "ثوان")),
    "واط w W": Unit(noun("واط", "واطات")),
    "كيلوواط kw": Unit(noun("كيلوواط", "كيلوواطات")),
    "كيلووات": Unit(noun("كيلووات", "كيلوواتات")),
    "ميغاواط mw": Unit(noun("ميغاواط", "ميغاواطات")),
    "ميغاوات": Unit(noun("ميغاوات", "ميغاواتات")),
    "ميجاوات": Unit(noun("ميجاوات", "ميجاواتات")),
    "غيغاواط gw": Unit(noun("غيغاواط", "غيغاواطات")),
    "جيغاواط": Unit(noun("جيغاواط", "جيغاواطات")),
    "كيلوواط/ساعة كيلوواط/س kwh": Unit(noun("كيلوواط", "كيلوواطات"), of="ساعة"),
    "ميغاواط/ساعة ميغاواط/س mwh": Unit(noun("ميغاواط", "ميغاواطات"), of="ساعة"),
    "غيغاواط/ساعة جيغاواط/ساعة gwh": Unit(noun("غيغاواط", "غيغاواطات"), of="ساعة"),
    "تيراواط/ساعة twh": Unit(noun("تيراواط", "تيراواطات"), of="ساعة"),
    "كيلوبايت kb ko": Unit(noun("كيلوبايت", "كيلوبايتات")),
    "ميغابايت mb mo": Unit(noun("ميغابايت", "ميغابايتات")),
    "ميجابايت": Unit(noun("ميجابايت", "ميجابايتات")),
    "غيغابايت gb go": Unit(noun("غيغابايت", "غيغابايتات")),
    "جيجابايت": Unit(noun("جيجابايت", "جيجابايتات")),
    "تيرابايت tb": Unit(noun("تيرابايت", "تيرابايتات")),
    "ميغابت": Unit(noun("ميغابت", "ميغابتات")),
    "غيغابت": Unit(noun("غيغابت", "غيغابتات")),
    "mbps mbit/s mb/s": Unit(noun("ميغابت", "ميغابتات"), per="في الثانية"),
    "gbps gbit/s gb/s": Unit(noun("غيغابت", "غيغابتات"), per="في الثانية"),
    "هرتز hz": Unit(noun("هرتز", "هرتزات")),
    "كيلوهرتز khz": Unit(noun("كيلوهرتز", "كيلوهرتزات")),
    "ميغاهرتز mhz": Unit(noun("ميغاهرتز", "ميغاهرتزات")),
    "غيغاهرتز ghz": Unit(noun("غيغاهرتز", "غيغاهرتزات")),
    "جيجاهرتز": Unit(noun("جيجاهرتز", "جيجاهرتزات")),
    "ميغابكسل ميجابكسل mp": Unit(noun("ميغابكسل", "ميغابكسلات")),
    "فولط V": Unit(noun("فولط", "فولطات")),
    "فولت": Unit(noun("فولت", "فولتات")),
    "أمبير": Unit(noun("أمبير", "أمبيرات")),
    "كيلوفولط kv": Unit(noun("كيلوفولط", "كيلوفولطات")),
    "mah": Unit(Noun("ملي أمبير", "ملي أمبيران", "ملي أمبير", "ملي أمبير"), of="ساعة"),
    "ديسيبل ديسبل db": Unit(noun("ديسيبل", "ديسيبلات")),
    "سعرة": Unit(noun("سعرة", "سعرات")),
    "kcal": Unit(noun("سعرة", "سعرات"), "حراري"),
    "ppm": Unit(noun("جزء", "أجزاء"), per="في المليون"),
    "رطل": Unit(noun("رطل", "أرطال")),
    "أونصة": Unit(noun("أونصة", "أونصات")),
    "بوصة": Unit(noun("بوصة", "بوصات")),
    "إنش": Unit(noun("إنش", "إنشات")),
    "ميل": Unit(noun("ميل", "أميال")),
    "فدان": Unit(noun("فدان", "فدادين")),
    "برميل": Unit(noun("برميل", "براميل")),
    "ملي": Unit(Noun("ملي", "مليان", "ملي", "ملي")),
    "قيراط": Unit(noun("قيراط", "قراريط")),
}
# What is written after «/» or on its own after a unit.
PER = {
    "100كلم": "لكل مئة كيلومتر",
    "100 كلم": "لكل مئة كيلومتر",
    "100كم": "لكل مئة كيلومتر",
    "100 كم": "لكل مئة كيلومتر",
    "100km": "لكل مئة كيلومتر",
    "100 km": "لكل مئة كيلومتر",
    "س": "في الساعة",
    "ساعة": "في الساعة",
    "h": "في الساعة",
    "ث": "في الثانية",
    "ثانية": "في الثانية",
    "s": "في الثانية",
    "د": "في الدقيقة",
    "دقيقة": "في الدقيقة",
    "يوم": "في اليوم",
    "سنة": "في السنة",
    "شهر": "في الشهر",
    "الشهر": "في الشهر",
    "اليوم": "في اليوم",
    "الساعة": "في الساعة",
    "السنة": "في السنة",
    "هكتار": "في الهكتار",
    "كلم": "للكيلومتر",
    "كلغ": "للكيلوغرام",
    "كغ": "للكيلوغرام",
    "لتر": "للتر",
    "ل": "للتر",
    "l": "للتر",
    "L": "للتر",
    "dl": "للديسيلتر",
    "kg": "للكيلوغرام",
    "ha": "في الهكتار",
    "min": "في الدقيقة",
    "برميل": "للبرميل",
    "قنطار": "للقنطار",
    "غ": "للغرام",
    "غرام": "للغرام",
    "أسبوع": "في الأسبوع",
    "فرد": "للفرد",
    "شخص": "للشخص",
    "نسمة": "للنسمة",
    "متر": "للمتر",
    "m2": "للمتر المربع",
    "m²": "للمتر المربع",
    "m3": "للمتر المكعب",
    "m³": "للمتر المكعب",
    "طن": "للطن",
    "م2": "للمتر المربع",
    "م²": "للمتر المربع",
    "م3": "للمتر المكعب",
    "م³": "للمتر المكعب",
    "كلم2": "للكيلومتر المربع",
    "كلم²": "للكيلومتر المربع",
    "كم2": "للكيلومتر المربع",
    "كم²": "للكيلومتر المربع",
}
ADJECTIVES = frozenset(
    words("""
    مربع مكعب مئوي مغربي أمريكي أميركي كندي أسترالي جزائري تونسي ليبي مصري سوداني سعودي قطري كويتي
    إماراتي بحريني عماني عراقي أردني سوري لبناني تركي إيراني روسي ياباني صيني هندي إسترليني استرليني
    سويسري إفريقي أفريقي بحري طري يمني موريتاني نيوزيلندي سنغافوري كوري برازيلي مكسيكي فهرنهايتي
    """)
)
"""Adjectives that agree with the unit before them, to be corrected with it."""


# As physicists spell them, neither in capitals nor capitalized.
_SPELLED = {"kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh", "kw": "kW", "mw": "MW", "gw": "GW"}
_SPELLED |= {
    "ghz": "GHz",
    "mhz": "MHz",
    "khz": "kHz",
    "db": "dB",
    "kv": "kV",
    "mah": "mAh",
    "mb/s": "Mb/s",
    "gb/s": "Gb/s",
}


def by_written(table: dict[str, Unit]) -> dict[str, Unit]:
    """Index units by every sign of their row and every form of their noun."""
    index: dict[str, Unit] = {}
    for signs, unit in table.items():
        for sign in words(signs):
            # 5g are grams and 5G is a network: a single letter is taken as it stands.
            cases = (
                (sign, sign.upper(), sign.capitalize(), _SPELLED.get(sign, sign))
                if len(sign) > 1
                else (sign,)
            )
            index |= dict.fromkeys(cases, unit)
            if "." in sign:
                index[sign + "."] = unit
    for unit in table.values():
        for form in forms(unit.noun) if not (unit.adjective or unit.of or unit.per) else ():
            index.setdefault(form, unit)
    return index


def _scales_by_form() -> dict[str, Noun]:
    return {form: scale for scale in SCALES.values() for form in forms(scale)}


LATIN_SCALES = {
    sign: scale
    for signs, scale in (
        ("K k", SCALES[10**3]),
        ("M m Mn mn million millions", SCALES[10**6]),
        # As Moroccan firms write: MDH are millions, MMDH milliards.
        ("MM Md Mds MDS Mrd Mrds MMD B b bn Bn milliard milliards billion billions", SCALES[10**9]),
        ("T tn trillion trillions", SCALES[10**12]),
    )
    for sign in words(signs)
}
"""What stands between a figure and a currency in Latin letters: «$5M», «2,5 Mds DH»."""
UNITS = by_written(_SIGNS)
_TWO_WORDS = Unit(Noun("كيلو متر", "كيلومتران", "كيلو مترات", "كيلو مترا"))
UNITS |= dict.fromkeys(("كيلو متر", "كيلو مترا", "كيلو مترات"), _TWO_WORDS)
SCALE_WORDS = _scales_by_form() | {
    "مليارات": noun("مليار", "مليارات"),
    "بليون": noun("بليون", "بلايين"),
    "بلايين": noun("بليون", "بلايين"),
    "ترليون": noun("ترليون", "ترليونات"),
    "الف": SCALES[1000],
}
