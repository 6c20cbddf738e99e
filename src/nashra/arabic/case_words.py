"""Words before a number that ask for its case: tables only; `cues` reads a sentence with them."""

from __future__ import annotations

import re

from nashra.arabic.patterns import words

GENITIVE = frozenset(
    words("""
    في من إلى الى على عن منذ مذ حتى خلال بعد قبل بين نحو حوالي حوالى زهاء قرابة فوق تحت دون عند لدى مع ضد
    عبر حسب وفق ضمن طيلة طوال مدة سعر بسعر مقدار مبلغ معدل عمر سن أصل واقع فارق وزن طول عرض عمق ارتفاع
    ميزانية غلاف معظم كل جميع بعض نصف ربع ثلث سوى غير رغم أمام وراء خلف حول سنة عام سنتي عامي يومي يوم
    ليلة صباح مساء ظهر شهر موسم فترة مرور مقابل بدل لقاء مقتل مصرع وفاة إصابة جرح اعتقال توقيف إيقاف ضبط
    حجز سقوط حضور غياب وجود وصول عودة هدم فتح بناء بيع شراء نقل خلق قتل صرف منح رفع دعم حدود حصيلة مئات
    آلاف ملايين أكثر أقل أدنى أقصى عدد قيمة نسبة مسافة مساحة سقف عتبة حاجز سجن أبناء أعضاء تمويل جمع ربح
    كسب خسارة فقدان كأس مونديال أولمبياد نهاية بداية مطلع أواخر أوائل أواسط منتصف غاية بحلول أفق مدى طرف
    داخل خارج بعيد قبيل سنوات أعوام أيام شهور أشهر بمقتضى بموجب موجب مقتضى أحكام نص أجل سبيل قرب أغلب
    غالبية أغلبية ثلثي نصاب تجاه إزاء بغض عدا خلا ذات عشرات سباق مسافتي ثمن بثمن راتب أجر علو درجتي زمن
    ظرف غضون رصيد مجموع إجمالي حجم رأسمال قدر عجز فائض نمو دين قرض تعويض معاش هامش تأخر أداء دخول خروج
    مغادرة إجلاء ترحيل تفكيك متن لقب تداول تنازل نزوح فرار هروب غرق نفوق ظهور صدور رحيل عبور ولوج لجوء
    حدوث وقوع قبول رفض سحب نشر طرح شن خوض حصد سداد رصد كشف فحص حرق قصف طرد فصل عزل خطف ذبح غرس زرع حفر نهب
    سلب كراء قطع عقد نزول صعود إنجاب مشاركة لكل بكل تعليق رهن جلب حمل حصول فئتي خصم
    مابين بحق شنق خفض أسهم أسعار مخصصات أرباح خسائر إيرادات مبيعات جثث منازل بيوت أرواح صور أسماء حقوق
    رواتب أجور
    """)
)
# Whose object is a number in news, and verbs of rising and falling: by how much («ارتفع المؤشر 22 نقطة»).
# An imperfect that follows from the past is derived below.
_VERBS = words("""
    بلغ تجاوز ناهز قارب ضم شمل خلف سجل أحرز حصد كلف استغرق استمر أمضى جمع خصص رصد أنجز أحدث استقبل وزع حقق
    استقطب جذب ربح خسر كسب فقد دفع أنفق استثمر صرف منح قدم أنتج استورد صدر شيد أطلق افتتح نظم دشن عرض نشر
    أرسل استخدم استهدف دمر هدم أغلق فتح احتضن أصدر وقع أحصى شغل وفر أتاح شاهد جند عبأ تضمن تلقى احتل قطع
    شهد عقد اختتم مثل لعب وظف درب كون شكل فتش تفقد زار قاد أجرى ارتفع انخفض هبط صعد تراجع قفز تحسن اقتنى
    امتلك اعترض خفض عالج حرر اقترح اعتمد برمج جهز شحن زرع غرس فحص حدد أحبط فكك داهم صادر أتلف أحرق سرق نهب
    هاجم قصف اغتال هجر رشح كرم سحب أودع استهلك سدد نفذ فرض واجه قضم دخن أدرج ترك جدد رمم أرجع طلب ناقش
    استعرض تناول عرف راجع أقر استكمل تطلب استلزم اعتقل أوقف قتل ضبط حجز جرح أنقذ نقل رحل طرد احتجز أصاب
    اختطف أسر نقص رفع تكبد ضخ سلم تسلم اقترض استوعب قضى تعدى استدعى غطى ألقى أبقى أنهى اشترى ألغى أعاد
    أجلى جنى أهدى أقال أحال تبنى أخلى استعاد أضاف تقاضى تكلف
""")
# Those of which a weak letter changes, and those of whose forms some are other words: بنت, يسقط.
_VERB_FORMS = words("""
    أسقط أسقطت أسقطوا بنى بنوا يبني تبني فاق فاقت يفوق تفوق دام دامت يدوم تدوم خاض خاضت يخوض تخوض يقل تقل
    نال نالت ينال تنال يهم تهم أنشأ أنشأت زاد زادت يزيد تزيد أعد أعدت يبعد تبعد يزن تزن ملكت يملك تملك
    يملكون يعادل يساوي تساوي يوازي توازي باع باعت يبيع تبيع يعلو تعلو نما نمت ينمو تنمو
""")
# «تعرض 12 شخصا»: he of the past; but «تعرض الشركة 12 سيارة» and «الشركة تعرض 12 سيارة»: she of the imperfect.
SHE_OR_HE = frozenset(words("تعرض تقدم تخلف تدرب تنقل توقف ترشح"))
# The masculine past of these is read as a passive where the number follows at once: «قُتل 12 شخصا»,
# or the number is who did it: «غرس 200 متطوع».
_PASSIVE = frozenset(
    words("""
    اعتقل أوقف قتل ضبط حجز جرح أنقذ نقل رحل طرد احتجز اختطف أسر انتخب عين كشف كرم رشح هجر حرر سلم تسلم غطى
    غرس صعد هبط
    """)
)


def _forms(past: str) -> tuple[str, ...]:
    """Give he, she and they of the past, he and she of the imperfect and of the future, they.

    >>> _forms("أنجز")
    ('أنجز', 'أنجزت', 'أنجزوا', 'ينجز', 'تنجز', 'سينجز', 'ستنجز', 'ينجزون')
    >>> _forms("اشترى")[1:4], _forms("تلقى")[1:4], _forms("أصاب")[2:4]
    (('اشترت', 'اشتروا', 'يشتري'), ('تلقت', 'تلقوا', 'يتلقى'), ('أصابوا', 'يصيب'))
    """
    weak = past.endswith("ى")
    root, stem = past.removesuffix("ى"), past[1:] if past[0] in "أا" else past
    they = stem.removesuffix("ى")
    if weak and past[0] != "ت":
        stem = they + "ي"
    elif re.fullmatch("(?:أ|است).ا.", past):
        stem = they = f"{stem[:-2]}ي{stem[-1]}"
    return past, root + "ت", root + "وا", "ي" + stem, "ت" + stem, "سي" + stem, "ست" + stem, f"ي{they}ون"


# Never a passive, whatever stands between: «بلغت في نهاية يونيو 22 مليارا».
REACHES = frozenset(form for past in words("بلغ تجاوز ناهز قارب تخطى") for form in _forms(past))
TRANSITIVE = REACHES | frozenset((*(form for past in _VERBS for form in _forms(past)), *_VERB_FORMS))
ACCUSATIVE = TRANSITIVE - _PASSIVE - SHE_OR_HE | frozenset(
    words("""
    إن أن ان بأن لأن كأن لكن لعل إلا ليس ليست العمر البالغ البالغة البالغين المتضمن كانوا ليسوا أصبحوا صاروا
    السجن بالسجن الحبس بالحبس سجنا
    """)
)
# Verbs whose subject the number is, and words that begin a clause with it.
_SUBJECT_VERBS = """
    شارك حضر وصل توفي لقي أصيب استشهد نجا غادر عاد دخل خرج فر ولد عاش عمل وجد سقط ترشح تقدم انضم تأهل تخرج
    انتقل صوت نزح تضرر اندلع
"""
# Whose object may stand before the number: «ضرب المنطقة 12 زلزالا», «دخل السوق 20 مستثمرا».
FRONTED = frozenset(form for past in words("ضرب هز دخل غادر عبر اجتاح عم") for form in _forms(past))
# Between «إن» and what it governs: «إن هناك 12 وزيرا».
THERE = frozenset(
    words("""
    هناك هنالك ثمة لديه لديها لديهم منهم منها منهن منه بينهم بينها بينهن ضمنهم ضمنها فيهم فيها فيه عليهم متنها
    متنه معه معها
    """)
)
NOMINATIVE = (
    _PASSIVE
    | SHE_OR_HE
    | frozenset(
        (
            *(form for past in words(_SUBJECT_VERBS) for form in _forms(past)),
            *words("يوجد توجد يعيش تعيش يصل تصل يصاب يقتل تم كان كانت يكون تكون"),
            *words("بقي بقيت"),
            *THERE,
        )
    )
)
# Behind these a time says how long: «عاش في فرنسا 22 سنة».
_LASTING_VERBS = words(
    "عاش عمل مكث غاب ظل انتظر نام صام اشتغل درس أقام صمد عانى سجن امتد تأخر توقف سهر حارب ناضل انقطع تدرب"
)
LASTING = frozenset(
    (
        *(form for past in _LASTING_VERBS for form in _forms(past)),
        *words("يعيش تعيش يغيب تغيب تظل يظل يقيم تقيم"),
    )
)
# What comes between a verb and the number, if the number is to be its subject after all.
NO_SUBJECT = frozenset(words("في من على إلى الى عن مع منذ خلال بعد قبل أمس اليوم نحو حوالي أن إن عند ليلة"))
# «قتل 12 شخصا» is a passive, «تم نقل 12 شخصا» and «محاولة قتل 12 شخصا» are actions.
VERB_OR_ACTION = frozenset(words("قتل جرح نقل غرق خطف ذبح طرد عزل غرس"))
