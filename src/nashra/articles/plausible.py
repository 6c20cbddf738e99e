"""Whether what was read of a page can be its article: a cookie wall or an error page is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nashra.arabic.letters import letter_count
from nashra.arabic.patterns import pattern
from nashra.errors import ArticleError

if TYPE_CHECKING:
    from nashra.articles.reading import Reading

_FEWEST = 120
"""Letters: the shortest news item seen on a page of its own had 180."""
_SHARE = 0.05
"""Of the page's visible letters: menus, lists and comments of the longest page measured left 7 %."""
_WALL = pattern(
    r"access denied|forbidden|captcha|are you a (?:human|robot)|verify you are|enable (?:javascript|cookies)"
    r"|checking your browser|just a moment|attention required|page not found|not found"
    r"|subscribe to (?:read|continue)|404|403|503"
    r"|ملفات تعريف الارتباط|الكوكيز|سياسة الخصوصية|غير مسموح|تم حظر|محظور|غير متوفرة|غير موجودة"
    r"|الصفحة المطلوبة|تفعيل جافا|للمشتركين فقط|اشترك لمتابعة القراءة|لست روبوت",
    re.IGNORECASE,
)
_SHORT = 800
"""Letters: below this, words of a wall make one; a longer text only tells of them."""
_UNSEEN = pattern(
    r"<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
"""What is never closed ends with the page: to look for its end from 100,000 beginnings took minutes."""


def check(reading: Reading, source: str, where: str) -> None:
    """Raise ArticleError if the article of a page cannot be all that its `source` shows."""
    said = "\n".join(
        line.text
        for line in reading.lines
        if line.role in {"lead", "heading", "paragraph", "question", "item"}
    )
    letters = letter_count(said)
    if letters < _SHORT:
        wall = _WALL.search(f"{reading.article.title}\n{said}")
        if wall:
            raise ArticleError(
                f"shows no article but a notice («{wall[0]}»)",
                where=where,
                then="open it in a browser, save the page, and add the file",
            )
    visible = letter_count(_UNSEEN.sub(" ", source[:2_000_000]))
    if letters < _FEWEST or letters < _SHARE * visible:
        raise ArticleError(
            f"has no article that could be found ({letters} of {visible} visible letters)",
            where=where,
            then="copy its text into a file and add that",
        )
