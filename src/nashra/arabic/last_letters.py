"""Last letters that look like others: ya and its alif, ه and ة."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.bare_words import in_bare
from nashra.arabic.letters import LETTERS
from nashra.arabic.patterns import END, either, words
from nashra.arabic.rewriting import after  # noqa: F401 doctests show steps with `after`

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.model import Change

# Words that end in ya, written with the alif that looks like it, and the other way round. على, إلى,
# حتى, متى, لدى are right as they stand; علي is a man's name, and so is علي العلوي.
_YA = words("""
    في الذي التي هي أي ذي حوالي الماضي الثاني التالي الحالي الوطني الدولي العربي الإسلامي المصري المغربي
    السياسي الرئيسي الاجتماعي الاقتصادي الأمني التوالي الجاري اللذي اللتي القومي الحقيقي الصحفي الأهلي
    المحلي العالمي الغربي الطبيعي الشمالي الجنوبي الشرقي السعودي العسكري الصناعي الجوي الفني السوري القاضي
    المحامي النادي السيسي الأمريكي الامريكي الفرنسي الإسباني الألماني البريطاني الروسي التركي الصيني
    الإيراني الفلسطيني الجزائري التونسي الليبي العراقي السوداني اللبناني الأردني الملكي الخارجي الداخلي
    النهائي الرسمي الجامعي المركزي الديمقراطي الشعبي الشرعي القانوني التجاري المالي الرياضي الثقافي الصحي
    العلمي الجماعي النووي الأوروبي الإفريقي الإرهابي الإلكتروني السنوي اليومي الأساسي الابتدائي الإداري يأتي
    تأتي ينبغي يحتوي تحتوي يكفي ينتهي تنتهي يعاني تعاني يلتقي تلتقي نفسي توفي باقي الباقي مصري سعودي وادي
    الوادي المفتي النبي الرأي القذافي المباني الأراضي الاراضي الأغاني
""")
_ALIF = words("""
    حتى إلى أخرى الأخرى اخرى الاخرى الكبرى كبرى العظمى القصوى مستشفى المستشفى المنتدى متى إحدى احدى مصطفى
    المصطفى موسى عيسى يحيى قتلى جرحى القتلى الجرحى الفتوى الدعوى
""")
_ENDING = {word[:-1] + "ى": word for word in _YA} | {word[:-1] + "ي": word for word in _ALIF} | {"الي": "إلى"}
# «والي الجهة» is the governor of a region.
_FINAL = re.compile(
    rf"(?<![{LETTERS}])(?!والي{END})(?P<conjunction>[وف]?(?:[بكل]?(?=ال[{LETTERS}]{{4}})|[بل](?=مستشفي|مصطفي|موسي|حوالى))?)"
    rf"(?P<word>{either(_ENDING)}|(?<!سيدي )(?<!مولاي )علي(?= ال(?![{LETTERS}]*ي(?![{LETTERS}]))))"
    rf"(?![{LETTERS}])"
)

# A word with the article has no owner written to its end: the ه of «المدرسه» is ة, where ه is not of the
# root (الفقيه), the word foreign (الكاراتيه) or the lam its own (التزامه, ألوانه).
_ENDS_IN_HA = words("""
    توجه متوجه موجه مواجه متجه وجوه أوجه اوجه وجيه توجيه منتبه تنبه تنبيه منبه نبيه نابه مشتبه شبيه تشبيه
    متشابه مشابه تشابه تشبه متشبه مشبه مشبوه أشبه فقيه تفقه متفقه فواكه فاكه تفكه ترفيه ترفه مرفه منتزه
    متنزه تنزه تنزيه نزيه منزه تافه توافه تنويه منوه تشويه تشوه مشوه تمويه مموه تفوه مفوه مكروه مكره مكاره
    كاره كريه كراهيه معتوه سفيه تسفيه تائه أبله ابله مؤله تأليه متأله تأوه جنيه كاراتيه كراتيه باليه بوفيه
    نسكافيه شاليه بورتريه كروشيه إليزيه اليزيه مايوه باركيه لاتيه ليسيه كباريه كاباريه شانزليزيه شانزيليزيه
    كركديه شاسيه كارنيه جاتوه بلاتوه تابلوه كليشيه شيفروليه كافيه بيرينيه كوبليه سوفليه إله
""")
_ROOT_LAM = words("""
    تزامه تقاطه تحاقه تماسه تهامه تهابه تفافه تصاقه تحامه تئامه تقائه تقاؤه تقطه تزمه تمسه تقمه عابه قابه
    وانه فاظه حانه بومه مامه زامه حاقه حاحه غازه غامه غائه غاؤه غاءه قائه قاؤه قاءه
""")
_HA = re.compile(
    rf"(?<![{LETTERS}])(?:[وف]?[بك]?ال|[وف]?لل(?=[{LETTERS}]{{5}}|[^اىئؤء\W]{{3}}ه{END}))"
    rf"(?!{either((*_ENDS_IN_HA, *_ROOT_LAM))}{END}|[{LETTERS}]*لله{END})"
    rf"(?:[{LETTERS}]{{2,}}[^اتئؤء\W]|(?:هي|بي|في|مفاج|م)ئ|(?:صح|جه|سن|مد|قم|قو|خط|حص|ضف|كر|جث|كف|قص|ثق|صف)"
    rf"|(?:حي|مبار|صل|زك|وف|قن|معان|مساو|فت|محام)ا)(?P<ha>ه){END}"
)


def final_ya(text: str) -> Iterable[Change]:
    """Write a final ya with its dots, and the alif that looks like it without.

    >>> after("فى الذى والتى حتي الي علي الأقل", final_ya)
    'في الذي والتي حتى إلى على الأقل'
    >>> after("على إلى متى لدى مستشفى علي العلوي محمد علي، سيدي علي اليوم، والي الجهة", final_ya)
    'على إلى متى لدى مستشفى علي العلوي محمد علي، سيدي علي اليوم، والي الجهة'
    >>> after("بالماضى المصرى مصطفي، كفى ورأى المقهى، نادى يجرى", final_ya)
    'بالماضي المصري مصطفى، كفى ورأى المقهى، نادى يجرى'
    """
    return in_bare("final ya", _FINAL, lambda match: ("word", _ENDING.get(match["word"], "على"), ""), text)


def ta_marbuta(text: str) -> Iterable[Change]:
    """Write the ه of a word with the article as the ة that it is, where it belongs to no root.

    >>> after("المدرسه والحكومه بالمملكه للعائله الدوله المباراه الهيئه", ta_marbuta)
    'المدرسة والحكومة بالمملكة للعائلة الدولة المباراة الهيئة'
    >>> right = "الفقيه الاتجاه المياه التوجيه والده بالغه للقائه للونه التزامه الله والله وجهه المشتبه"
    >>> after(right, ta_marbuta) == right
    True
    """
    return in_bare("ta marbuta", _HA, lambda _: ("ha", "ة", ""), text)
