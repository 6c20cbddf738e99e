"""Money: the signs, codes and words that are written beside a figure, and the nouns they stand for."""

from __future__ import annotations

from nashra.arabic.nouns import noun
from nashra.arabic.numbers import Noun
from nashra.arabic.units import Unit, by_written

_DOLLAR = noun("دولار", "دولارات")
_DIRHAM = noun("درهم", "دراهم")
_EURO = Noun("يورو", "يوروان", "يورو", "يورو")
_DINAR, _RIYAL, _POUND = noun("دينار", "دنانير"), noun("ريال", "ريالات"), noun("جنيه", "جنيهات")
_LIRA, _FRANC, _OUGUIYA = noun("ليرة", "ليرات"), noun("فرنك", "فرنكات"), noun("أوقية", "أوقيات")
# A dotted sign may end in another stop; that is added below.
_CURRENCIES = {
    "درهم dh dhs mad د.م drh": Unit(_DIRHAM),
    "دولار $ usd us$": Unit(_DOLLAR),
    "cad": Unit(_DOLLAR, "كندي"),
    "aud": Unit(_DOLLAR, "أسترالي"),
    "يورو € eur": Unit(_EURO),
    "أورو": Unit(Noun("أورو", "أوروان", "أورو", "أورو")),
    "اورو": Unit(Noun("اورو", "اوروان", "اورو", "اورو")),
    "جنيه": Unit(_POUND),
    "£ gbp": Unit(_POUND, "إسترليني"),
    "egp ج.م": Unit(_POUND, "مصري"),
    "sdg ج.س": Unit(_POUND, "سوداني"),
    "ريال ﷼": Unit(_RIYAL),
    "sar ر.س": Unit(_RIYAL, "سعودي"),
    "qar ر.ق": Unit(_RIYAL, "قطري"),
    "omr ر.ع": Unit(_RIYAL, "عماني"),
    "yer ر.ي": Unit(_RIYAL, "يمني"),
    "aed د.إ": Unit(_DIRHAM, "إماراتي"),
    "دينار": Unit(_DINAR),
    "dzd دج د.ج": Unit(_DINAR, "جزائري"),
    "tnd د.ت": Unit(_DINAR, "تونسي"),
    "lyd د.ل": Unit(_DINAR, "ليبي"),
    "kwd د.ك": Unit(_DINAR, "كويتي"),
    "bhd د.ب": Unit(_DINAR, "بحريني"),
    "jod د.أ": Unit(_DINAR, "أردني"),
    "iqd د.ع": Unit(_DINAR, "عراقي"),
    "ليرة ₺": Unit(_LIRA),
    "try": Unit(_LIRA, "تركي"),
    "lbp ل.ل": Unit(_LIRA, "لبناني"),
    "syp ل.س": Unit(_LIRA, "سوري"),
    "mru": Unit(_OUGUIYA, "موريتاني"),
    "أوقية": Unit(_OUGUIYA),
    "روبل ₽ rub": Unit(noun("روبل", "روبلات")),
    "ين ¥ jpy": Unit(Noun("ين", "ينان", "ينات", "ينا")),
    "يوان cny": Unit(noun("يوان", "يوانات")),
    "وون krw": Unit(noun("وون", "وونات")),
    "روبية ₹ inr": Unit(noun("روبية", "روبيات")),
    "فرنك": Unit(_FRANC),
    "chf": Unit(_FRANC, "سويسري"),
    "xof xaf fcfa cfa": Unit(_FRANC, "إفريقي"),
    "شلن": Unit(noun("شلن", "شلنات")),
    "راند zar": Unit(noun("راند", "راندات")),
    "نيرة نايرا ngn": Unit(noun("نيرة", "نيرات")),
    "سنتيم": Unit(noun("سنتيم", "سنتيمات")),
    "سنت": Unit(noun("سنت", "سنتات")),
    "بنس": Unit(noun("بنس", "بنسات")),
    "قرش": Unit(noun("قرش", "قروش")),
    "فلس": Unit(noun("فلس", "فلوس")),
    "هللة": Unit(noun("هللة", "هللات")),
    "مليم": Unit(noun("مليم", "مليمات")),
    "شيكل": Unit(noun("شيكل", "شواكل")),
    "شيقل": Unit(noun("شيقل", "شواقل")),
    "btc": Unit(Noun("بيتكوين", "بيتكوينان", "بيتكوين", "بيتكوين")),
}

CURRENCIES = by_written(_CURRENCIES)
"""Every way to write a currency, with its noun and its country."""
