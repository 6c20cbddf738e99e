"""What the pages say themselves, in the languages that they know."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("ar", "fr", "en")
"""The columns of LABELS; a show in any other language is labelled in the last one."""

LABELS = {
    "dir": ("rtl", "ltr", "ltr"),
    "locale": ("ar_AR", "fr_FR", "en_US"),
    "skip": ("انتقل إلى المحتوى", "Aller au contenu", "Skip to the content"),
    # the player
    "player": ("مشغل الصوت", "Lecteur audio", "Audio player"),
    "play": ("تشغيل", "Écouter", "Play"),
    "pause": ("إيقاف مؤقت", "Pause", "Pause"),
    "back": ("رجوع 15 ثانية", "Reculer de 15 secondes", "Back 15 seconds"),
    "forward": ("تقديم 15 ثانية", "Avancer de 15 secondes", "Forward 15 seconds"),
    "position": ("موضع التشغيل", "Position de lecture", "Position"),
    "of": ("من", "sur", "of"),
    "speed": ("السرعة", "Vitesse", "Speed"),
    "failed": (
        "تعذر تشغيل الصوت. جرب تنزيل الملف.",
        "Lecture impossible. Essayez de télécharger le fichier.",
        "The sound cannot be played. Try to download the file.",
    ),
    "download": ("تنزيل", "Télécharger", "Download"),
    "megabytes": ("ميغابايت", "Mo", "MB"),
    # the episode
    "chapters": ("الفصول", "Chapitres", "Chapters"),
    "text": ("النص الكامل", "Texte intégral", "Full text"),
    "transcript": ("النص بأوقاته", "Transcription", "Transcript"),
    "from_here": ("استمع من هنا", "Écouter à partir d’ici", "Play from here"),
    "to_speech": ("إلى موضع القراءة", "Revenir à la lecture", "Back to the reading"),
    "updated": ("حُدّث في", "Mis à jour le", "Updated on"),
    "disclosure": (
        "يُقرأ هذا الخبر بصوت اصطناعي",
        "Article lu par une voix de synthèse",
        "This article is read by a synthetic voice",
    ),
    "original": ("المقال الأصلي", "Article original", "Original article"),
    "share": ("انشر هذه الحلقة", "Partager cet épisode", "Share this episode"),
    "moment": ("رابط هذه اللحظة", "Lien vers ce moment", "Link to this moment"),
    "embed": (
        "ضع هذا المشغل في صفحتك بنسخ هذا السطر",
        "Placez ce lecteur sur votre page en copiant cette ligne",
        "Put this player on your page by copying this line",
    ),
    # corrections
    "corrections": ("تصحيحات", "Corrections", "Corrections"),
    "withdrawn": ("سُحبت هذه الحلقة في", "Cet épisode a été retiré le", "This episode was withdrawn on"),
    # the show
    "episodes": ("الحلقات", "Épisodes", "Episodes"),
    "all_episodes": ("كل الحلقات", "Tous les épisodes", "All episodes"),
    "archive": ("أرشيف الحلقات", "Archives", "Archive"),
    "read": ("النص الكامل والفصول", "Texte et chapitres", "Full text and chapters"),
    "empty": ("لا توجد حلقات بعد.", "Aucun épisode pour l’instant.", "No episodes yet."),
    "newer": ("حلقات أحدث", "Plus récents", "Newer"),
    "older": ("حلقات أقدم", "Plus anciens", "Older"),
    "feeds": ("خلاصات أخرى", "Autres flux", "Other feeds"),
    "opml": (
        "كل الخلاصات في ملف واحد (OPML)",
        "Tous les flux en un fichier (OPML)",
        "All feeds in one file (OPML)",
    ),
    "subscribe": ("اشترك واستمع في تطبيقك", "Abonnez-vous dans votre appli", "Follow in your app"),
    "follow": ("اشترك", "S’abonner", "Follow"),
    "address": (
        "أو انسخ هذا العنوان إلى تطبيق البودكاست:",
        "Ou copiez cette adresse dans votre appli de podcasts :",
        "Or copy this address into your podcast app:",
    ),
    "to_copy": ("نسخ", "Copier", "Copy"),
    "copied": ("نُسخ", "Copié", "Copied"),
    "phone": (
        "صوّر الرمز لتشترك بهاتفك",
        "Scannez pour vous abonner sur votre téléphone",
        "Scan to follow on your phone",
    ),
    "rss": ("خلاصة RSS", "Flux RSS", "RSS feed"),
    "synthetic": (
        "تُقرأ هذه الأخبار بصوت اصطناعي.",
        "Ces articles sont lus par une voix de synthèse.",
        "These articles are read by a synthetic voice.",
    ),
}
"""Label by language, in the order of LANGUAGES."""

MONTHS = (
    # The months as Moroccan newspapers call them.
    ("يناير", "janvier", "January"),
    ("فبراير", "février", "February"),
    ("مارس", "mars", "March"),
    ("أبريل", "avril", "April"),
    ("ماي", "mai", "May"),
    ("يونيو", "juin", "June"),
    ("يوليوز", "juillet", "July"),
    ("غشت", "août", "August"),
    ("شتنبر", "septembre", "September"),
    ("أكتوبر", "octobre", "October"),
    ("نونبر", "novembre", "November"),
    ("دجنبر", "décembre", "December"),
)
"""The months by language, in the order of LANGUAGES."""

IN_SCRIPT = ("play", "pause", "of", "copied", "failed")
"""What `nashra.js` says; it finds them in the page."""


def column(language: str) -> int:
    """Return the column of a language such as `ar-ma`.

    >>> column("ar-ma"), column("fr"), column("de")
    (0, 1, 2)
    """
    base = language.partition("-")[0]
    return LANGUAGES.index(base) if base in LANGUAGES else len(LANGUAGES) - 1


def labels(language: str) -> Mapping[str, str]:
    """Return every label in the language of a show.

    >>> labels("ar-ma")["chapters"], labels("fr")["chapters"], labels("sw")["dir"]
    ('الفصول', 'Chapitres', 'ltr')
    """
    chosen = column(language)
    return MappingProxyType({name: each[chosen] for name, each in LABELS.items()})
