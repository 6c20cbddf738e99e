"""Units and money: the signs and words that are written after a figure, and the nouns they stand for."""

from __future__ import annotations

from dataclasses import dataclass

from nashra.arabic.nouns import forms, noun
from nashra.arabic.numbers import SCALES, Gender, Noun
from nashra.arabic.patterns import words


@dataclass(frozen=True, slots=True)
class Unit:
    """A noun and an adjective that agrees with it (given masculine singular)."""

    noun: Noun
    adjective: str = ""

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
_DEGREE = noun("درجة", "درجات")
_LITRE = noun("لتر", "لترات")
_DOLLAR = noun("دولار", "دولارات")
_DIRHAM = noun("درهم", "دراهم")
_EURO = Noun("يورو", "يوروان", "يورو", "يورو")

# A sign is matched as written; a Latin one in any case. «م» alone is a metre but after a year.
_SIGNS = {
    "كلم كم كيلومتر km": Unit(_KILOMETRE),
    "م متر m": Unit(_METRE),
    "سم سنتمتر سنتيمتر cm": Unit(noun("سنتيمتر", "سنتيمترات")),
    "ملم مم ميليمتر مليمتر mm": Unit(noun("مليمتر", "مليمترات")),
    "كلم2 كم2 كلم² كم² km² km2": Unit(_KILOMETRE, "مربع"),
    "م2 م² m2 m²": Unit(_METRE, "مربع"),
    "م3 م³ m3 m³": Unit(_METRE, "مكعب"),
    "هكتار هك ha": Unit(noun("هكتار", "هكتارات")),
    "كلغ كغ كجم كغم كيلوغرام kg": Unit(noun("كيلوغرام", "كيلوغرامات")),
    "كيلو": Unit(Noun("كيلو", "كيلوان", "كيلو", "كيلو")),
    "غ غم غرام g gr": Unit(noun("غرام", "غرامات")),
    "ملغ ملغم ميليغرام مليغرام mg": Unit(noun("مليغرام", "مليغرامات")),
    "طن": Unit(noun("طن", "أطنان")),
    "لتر": Unit(_LITRE),
    "مل مليلتر ml": Unit(noun("مليلتر", "مليلترات")),
    "درجة °": Unit(_DEGREE),
    "°م °C": Unit(_DEGREE, "مئوي"),
    "د min": Unit(noun("دقيقة", "دقائق")),
    "ث": Unit(noun("ثانية", "ثوان")),
    "ميغاواط ميغاوات mw": Unit(noun("ميغاواط", "ميغاواطات")),
    "كيلوواط كيلووات kw": Unit(noun("كيلوواط", "كيلوواطات")),
    "جيغاواط غيغاواط gw": Unit(noun("جيغاواط", "جيغاواطات")),
    "ميغابايت ميجابايت mb": Unit(noun("ميغابايت", "ميغابايتات")),
    "غيغابايت جيجابايت gb": Unit(noun("غيغابايت", "غيغابايتات")),
    "تيرابايت tb": Unit(noun("تيرابايت", "تيرابايتات")),
    "هرتز hz": Unit(noun("هرتز", "هرتزات")),
    "ميغاهرتز mhz": Unit(noun("ميغاهرتز", "ميغاهرتزات")),
    "فولط فولت": Unit(noun("فولط", "فولطات")),
    "بوصة إنش": Unit(noun("بوصة", "بوصات")),
    "ميل": Unit(noun("ميل", "أميال")),
}
_CURRENCIES = {
    "درهم dh dhs mad د.م د.م. drh": Unit(_DIRHAM),
    "دولار $ usd us$": Unit(_DOLLAR),
    "يورو أورو اورو € eur": Unit(_EURO),
    "جنيه £ egp": Unit(noun("جنيه", "جنيهات")),
    "gbp": Unit(noun("جنيه", "جنيهات"), "إسترليني"),
    "ريال sar qar ﷼": Unit(noun("ريال", "ريالات")),
    "دينار dzd tnd kwd": Unit(noun("دينار", "دنانير")),
    "ليرة ₺": Unit(noun("ليرة", "ليرات")),
    "روبل ₽": Unit(noun("روبل", "روبلات")),
    "ين ¥ jpy": Unit(Noun("ين", "ينان", "ينات", "ينا")),
    "يوان cny": Unit(noun("يوان", "يوانات")),
    "روبية ₹": Unit(noun("روبية", "روبيات")),
    "فرنك chf": Unit(noun("فرنك", "فرنكات")),
    "سنتيم": Unit(noun("سنتيم", "سنتيمات")),
    "سنت": Unit(noun("سنت", "سنتات")),
    "شيكل شيقل": Unit(noun("شيكل", "شواكل")),
    "أوقية": Unit(noun("أوقية", "أوقيات")),
    "btc": Unit(Noun("بيتكوين", "بيتكوينان", "بيتكوين", "بيتكوين")),
}
# What is written after «/» or on its own after a unit.
PER = {
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
    "هكتار": "في الهكتار",
    "كلم": "للكيلومتر",
    "كلغ": "للكيلوغرام",
    "كغ": "للكيلوغرام",
    "لتر": "للتر",
    "طن": "للطن",
    "م2": "للمتر المربع",
    "م²": "للمتر المربع",
    "م3": "للمتر المكعب",
}
ADJECTIVES = frozenset(
    words("""
    مربع مكعب مئوي مغربي أمريكي أميركي كندي أسترالي جزائري تونسي ليبي مصري سوداني سعودي قطري كويتي إماراتي
    بحريني عماني عراقي أردني سوري لبناني تركي إيراني روسي ياباني صيني هندي إسترليني سويسري إفريقي بحري طري
    """)
)
"""Adjectives that agree with the unit before them, to be corrected with it."""


def _by_written(table: dict[str, Unit]) -> dict[str, Unit]:
    """Index units by every sign of their row and every form of their noun."""
    index: dict[str, Unit] = {}
    for signs, unit in table.items():
        for sign in words(signs):
            # 5g are grams and 5G is a network: a single letter is taken as it stands.
            cases = (sign, sign.upper(), sign.capitalize()) if len(sign) > 1 else (sign,)
            index |= dict.fromkeys(cases, unit)
    for unit in table.values():
        for form in forms(unit.noun) if not unit.adjective else ():
            index.setdefault(form, unit)
    return index


def _scales_by_form() -> dict[str, Noun]:
    return {form: scale for scale in SCALES.values() for form in forms(scale)}


UNITS = _by_written(_SIGNS)
CURRENCIES = _by_written(_CURRENCIES)
SCALE_WORDS = _scales_by_form() | {
    "مليارات": noun("مليار", "مليارات"),
    "بليون": noun("بليون", "بلايين"),
    "بلايين": noun("بليون", "بلايين"),
    "ترليون": noun("ترليون", "ترليونات"),
    "الف": SCALES[1000],
}
