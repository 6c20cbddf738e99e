"""Last letters that look like others: ya and its alif, ه and ة."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.bare_words import in_bare
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
_BARE_YA = frozenset(word[2:] for word in _YA if word.startswith("ال") and len(word) > 5)
_BARE_YA -= frozenset(words("نادي قاضي جاري توالي"))
_ENDING |= {word[:-1] + "ى": word for word in _BARE_YA}
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

# Nouns and adjectives that have no owner without the article either: their masculine is no word, or rare.
_OWNERLESS = words("""
    مئه ثلاثه أربعه اربعه خمسه سته سبعه ثمانيه تسعه عشره غزه مكه طنجه فاطمه خديجه عائشه مدينه حكومه
    زياده وفاه مباراه قضيه أهميه اهميه عمليه اتفاقيه جمعيه وزاره إداره اداره لجنه هيئه محكمه جريمه سياره
    سفينه حافله جائزه نتيجه مرحله صفقه أزمه ازمه رساله عاصمه دراسه سلطه ثقافه سياسه صناعه زراعه سياحه
    رئاسه قياده رعايه حمايه نهايه بدايه مكافحه معالجه ثروه خطوه مقاطعه ولايه كبيره كثيره طويله قصيره
    عديده غزيره شديده قويه ضعيفه جيده مهمه واسعه خطيره مختلفه متعدده محدوده مشتركه عاجله طارئه مستمره
    متواصله
""")
# These have owners, too, unless the sentence writes every ة so.
_MOSTLY_OWNERLESS = words("""
    حديثه مساعده قديمه صغيره جديده مشاركه مناقشه متابعه محافظه جامعه تجربه تجاره عاليه مباشره محاوله
    مبادره نسبه حاله صوره منطقه مدرسه شركه سنه ساعه مره خدمه فرصه قوه لحظه فتره مده حركه رحله جوله قمه
    دوره بطوله مسيره طائره مجموعه دوله خاصه عامه هامه كامله سريعه رئيسه قريبه بعيده مصريه اصابه إصابه
    اقامه إقامه اضافه إضافه
""")
# Nouns in ya have owners, «محاميه», «أراضيه»; adjectives have none: «سياسيه».
_NISBA = _BARE_YA - frozenset(
    words("ماضي محامي مباني أراضي اراضي أغاني اغاني باقي وادي مفتي أهلي اهلي تالي رأي")
)
_STEMS = frozenset(word[:-1] for word in _OWNERLESS) | _NISBA
_STEMS_OF_STYLE = frozenset(word[:-1] for word in _MOSTLY_OWNERLESS)
# A table is asked, for an alternation of so many words takes long to compile.
_IN_HA = pattern(rf"(?<![{LETTERS}])(?P<prefix>[وف]?[بلك]?)(?P<stem>[{LETTERS}]{{2,}})(?P<ha>ه){END}")
_TOLD_BEHIND = pattern(rf"(?P<ha>(?<=نسب)ه(?= \d)|(?<=مجموع)ه(?= من{END})|(?<=دول)ه(?= ال))")


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
    return _once((*more, *known))


def ta_marbuta(text: str) -> Iterable[Change]:
    """Write the ه of a word that has no owner as the ة that it is, where it belongs to no root.

    With the article none has; without it, words whose masculine is rare.

    >>> after("المدرسه والحكومه بالمملكه للعائله الدوله المباراه الهيئه", ta_marbuta)
    'المدرسة والحكومة بالمملكة للعائلة الدولة المباراة الهيئة'
    >>> right = "الفقيه الاتجاه المياه التوجيه والده بالغه للقائه للونه التزامه الله والله وجهه المشتبه"
    >>> after(right, ta_marbuta) == right
    True
    >>> after("زياده كبيره بنسبه 5%، مئه سياسيه، كتابه، حاله جديده", ta_marbuta)
    'زيادة كبيرة بنسبة 5%، مئة سياسية، كتابه، حالة جديدة'
    >>> right = "محاميه أراضيه دوله مجموعه عليه إليه لديه والديه حديثه مساعده في الحياة"
    >>> after(right, ta_marbuta) == right
    True
    """
    found = [
        *in_bare("ta marbuta", _HA, lambda _: ("ha", "ة", ""), text),
        *in_bare("ta marbuta", _TOLD_BEHIND, lambda _: ("ha", "ة", ""), text),
        *in_bare("ta marbuta", _IN_HA, lambda match: ("ha", _ha(match, _STEMS), ""), text),
    ]
    if found and "ة" not in text:
        found += in_bare("ta marbuta", _IN_HA, lambda match: ("ha", _ha(match, _STEMS_OF_STYLE), ""), text)
    return _once(found)


def _with_dots(word: str) -> str:
    return word if word in _WITH_ALIF else word[:-1] + "ي"


def _once(changes: Iterable[Change]) -> list[Change]:
    """Put changes into their order, of two for one place the last."""
    found = {change.start: change for change in changes}
    return [found[start] for start in sorted(found)]


def _ha(match: re.Match[str], stems: frozenset[str]) -> str:
    """Return the last letter of a word in ه, with or without what may be a prefix: ة for one of the stems."""
    prefix, stem = match["prefix"], match["stem"]
    forms = (prefix[place:] + stem for place in range(len(prefix) + 1))
    return "ة" if any(form in stems for form in forms) else "ه"
