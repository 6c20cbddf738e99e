"""The last letter ta marbuta where ه is written for it: «المدرسه» is «المدرسة»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.bare_words import in_bare, once
from nashra.arabic.final_ya import BARE_YA
from nashra.arabic.letters import LETTERS
from nashra.arabic.patterns import END, either, pattern, words
from nashra.arabic.rewriting import after  # noqa: F401 doctests show steps with `after`

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nashra.model import Change

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
_NISBA = BARE_YA - frozenset(
    words("ماضي محامي مباني أراضي اراضي أغاني اغاني باقي وادي مفتي أهلي اهلي تالي رأي")
)
_STEMS = frozenset(word[:-1] for word in _OWNERLESS) | _NISBA
_STEMS_OF_STYLE = frozenset(word[:-1] for word in _MOSTLY_OWNERLESS)
# A table is asked, for an alternation of so many words takes long to compile.
_IN_HA = pattern(rf"(?<![{LETTERS}])(?P<prefix>[وف]?[بلك]?)(?P<stem>[{LETTERS}]{{2,}})(?P<ha>ه){END}")
_TOLD_BEHIND = pattern(rf"(?P<ha>(?<=نسب)ه(?= \d)|(?<=مجموع)ه(?= من{END})|(?<=دول)ه(?= ال))")


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
    return once(found)


def _ha(match: re.Match[str], stems: frozenset[str]) -> str:
    """Return the last letter of a word in ه, with or without what may be a prefix: ة for one of the stems."""
    prefix, stem = match["prefix"], match["stem"]
    forms = (prefix[place:] + stem for place in range(len(prefix) + 1))
    return "ة" if any(form in stems for form in forms) else "ه"
