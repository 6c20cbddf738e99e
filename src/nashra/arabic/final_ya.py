"""The last letter ya, and the alif that looks like it: «فى» is «في»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.bare_words import in_bare, once
from nashra.arabic.letters import LETTERS, strip_marks
from nashra.arabic.patterns import END, either, pattern, words
from nashra.arabic.rewriting import after  # noqa: F401 doctests show steps with `after`

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.model import Change

# Words that end in ya, written with the alif that looks like it, and the other way round. على, إلى,
# حتى, متى, لدى are right as they stand; علي is a man's name, and so is علي العلوي.
_YA = words("""
    في الذي التي هي أي ذي حوالي الماضي الثاني التالي الحالي الوطني الدولي العربي الإسلامي المصري المغربي
    السياسي الرئيسي الاجتماعي الاقتصادي الأمني التوالي الجاري اللذي اللتي القومي الحقيقي الصحفي الأهلي
    المحلي العالمي الغربي الطبيعي الشمالي الجنوبي الشرقي السعودي العسكري الصناعي الجوي الفني السوري
    القاضي المحامي النادي السيسي الأمريكي الامريكي الفرنسي الإسباني الألماني البريطاني الروسي التركي
    الصيني الإيراني الفلسطيني الجزائري التونسي الليبي العراقي السوداني اللبناني الأردني الملكي الخارجي
    الداخلي النهائي الرسمي الجامعي المركزي الديمقراطي الشعبي الشرعي القانوني التجاري المالي الرياضي
    الثقافي الصحي العلمي الجماعي النووي الأوروبي الإفريقي الإرهابي الإلكتروني السنوي اليومي الأساسي
    الابتدائي الإداري يأتي تأتي ينبغي يحتوي تحتوي يكفي ينتهي تنتهي يعاني تعاني يلتقي تلتقي نفسي توفي
    باقي الباقي مصري سعودي وادي الوادي المفتي النبي الرأي القذافي المباني الأراضي الاراضي الأغاني
    المسيحي اليهودي القبطي الأجنبي الجنائي القضائي الإعلامي البرلماني الحكومي الوزاري الرئاسي الحزبي
    الدبلوماسي الأممي الجمهوري البحري البري الساحلي الحضري الزراعي السياحي البيئي المناخي المائي
    الكهربائي الميداني التعليمي التربوي الديني الفكري الأدبي التاريخي الإنساني النسائي الأولمبي الكروي
    الهندي الياباني الإيطالي الكويتي القطري الإماراتي العماني البحريني الإسرائيلي النيلي المتوسطي
    الأطلسي يدلي تدلي ينوي تنوي يحكي تحكي يغطي تغطي
""")
_ALIF = words("""
    حتى إلى أخرى الأخرى اخرى الاخرى الكبرى كبرى العظمى القصوى مستشفى المستشفى المنتدى متى إحدى احدى مصطفى
    المصطفى موسى عيسى يحيى قتلى جرحى القتلى الجرحى الفتوى الدعوى
""")
_HAMZA = str.maketrans("أإآ", "ااا")
_YA += tuple(word.translate(_HAMZA) for word in _YA)  # «الاسلامى»: it gets its hamza later
_ENDING = {word[:-1] + "ى": word for word in _YA} | {word[:-1] + "ي": word for word in _ALIF} | {"الي": "إلى"}
# «إسلامى» as «الإسلامى»; but نادى, قاضى, جارى and توالى are verbs, too.
BARE_YA = frozenset(word[2:] for word in _YA if word.startswith("ال") and len(word) > 5) - frozenset(
    words("نادي قاضي جاري توالي")
)
"""Words in ya, without the article that they often have."""
_ENDING |= {word[:-1] + "ى": word for word in BARE_YA}
# «والي الجهة» is the governor of a region.
_FINAL = re.compile(
    rf"(?<![{LETTERS}])(?!والي{END})(?P<conjunction>[وف]?(?:[بكل]?(?=ال[{LETTERS}]{{4}})|[بل](?=مستشفي|مصطفي|موسي|حوالى))?)"
    rf"(?P<word>{either(_ENDING)}|(?<!سيدي )(?<!مولاي )علي(?= ال(?![{LETTERS}]*ي(?![{LETTERS}]))))"
    rf"(?![{LETTERS}])"
)

# Who writes one «فى» writes every final ya so: then it is the alif only of these, of measures with يت, and of
# what no article or verb of the present tells.
_WITH_ALIF = frozenset(
    words("""
    الأولى الاولى الأخرى الاخرى القوى المعنى الكبرى المستوى الأسرى الفوضى اليمنى اليسرى الأقصى الاقصى
    القرى الملتقى الموسيقى الأعلى الاعلى الشكوى الشكاوى المستشفى الفتاوى الفتوى الدعوى الدعاوى المصطفى
    القصوى القتلى الأذى الذكرى الجرحى المرضى المولى المتوفى المرمى المسمى المدى المشفى المقهى المحتوى
    الصغرى المنحى العظمى الرؤى الأدنى الادنى المعتدى البنى الأقسى السفلى المبنى المنتدى الوسطى الموتى
    الضحى الثرى الهدى البشرى الشورى المثلى الفضلى الحسنى العدوى التقوى البلوى المأوى المنفى المرسى
    المسعى المجرى المغزى المنتهى المقتضى المستثنى الجدوى النجوى السلوى الحمى الفتى الأسمى الاسمى الأقوى
    الاقوى الأعمى الصدى الندى التقى الثكلى الحبلى الأنثى العقبى القدامى اليتامى الندامى السكارى النصارى
    الحيارى الصحارى العذارى القربى الزلفى يبقى تبقى يلقى تلقى يسعى تسعى يحظى تحظى يسمى تسمى يدعى تدعى
    يحيى تحيى يخشى تخشى ينسى تنسى يرضى ترضى يرعى ترعى يرى ترى ينهى تنهى يحتذى يضاهى تضاهى يعزى تعزى يروى
    تروى يلغى تلغى يتلى تتلى تعالى تلافى تعافى تفادى تحاشى تخطى تخلى تبنى تصدى تحدى تعدى توفى تولى توالى
    تمنى تأنى تجلى تغنى تقاضى تراضى تنامى تعاطى تفانى
""")
)
_SHOWS_STYLE = pattern(rf"(?<![{LETTERS}])[وف]?(?:فى|التى|الذى|هى)(?![{LETTERS}])")
_IN_STYLE = pattern(
    rf"(?<![{LETTERS}])(?:[وفس]{{0,2}}(?:[بكل](?=ال))?)(?![يت]ت)(?P<word>(?:ال[{LETTERS}]{{3,}}|[يت][{LETTERS}]{{2,}})ى){END}"
)


def final_ya(text: str) -> Iterable[Change]:
    """Write a final ya with its dots, and the alif that looks like it without.

    >>> after("فى الذى والتى حتي الي علي الأقل", final_ya)
    'في الذي والتي حتى إلى على الأقل'
    >>> after("على إلى متى لدى مستشفى علي العلوي محمد علي، سيدي علي اليوم، والي الجهة", final_ya)
    'على إلى متى لدى مستشفى علي العلوي محمد علي، سيدي علي اليوم، والي الجهة'
    >>> after("بالماضى المصرى مصطفي، كفى ورأى المقهى، نادى يجرى", final_ya)
    'بالماضي المصري مصطفى، كفى ورأى المقهى، نادى يجرى'

    Who writes «فى» means the others, too:

    >>> after("يلتقى فى المستشفى الأهلى، ويدلى المدرب الاسبانى، تلقى يسعى الأولى", final_ya)
    'يلتقي في المستشفى الأهلي، ويدلي المدرب الاسباني، تلقى يسعى الأولى'
    """
    known = in_bare("final ya", _FINAL, lambda match: ("word", _ENDING.get(match["word"], "على"), ""), text)
    if not _SHOWS_STYLE.search(strip_marks(text)):
        return known
    more = in_bare("final ya", _IN_STYLE, lambda match: ("word", _with_dots(match["word"]), ""), text)
    return once((*more, *known))


def _with_dots(word: str) -> str:
    return word if word in _WITH_ALIF else word[:-1] + "ي"
