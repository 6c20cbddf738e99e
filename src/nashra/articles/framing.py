"""What stands above and below an article's text: its title, byline, date and signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles import bylines, names
from nashra.articles.blocks import bare
from nashra.articles.credit import Credit, credit
from nashra.articles.sorting import LONG, TERMINAL, TOP, merged
from nashra.articles.titles import same_words

if TYPE_CHECKING:
    from nashra.articles.sorting import Sorting

_HEADLINE = pattern(r"[\w«“\"'(].*[^.،؛؟…,;:!?].{0,2}(?<![.،؛؟…,;:?])")
_STOP = pattern(r"[.؟?!…][»”\"')\]]*\Z")
_SIGNATURE = pattern(
    r"\W*(?:بقلم|كتب|كتبت|إعداد|اعداد|ترجمة|تحرير|وحدة التقارير|كاتب|كاتبة|باحث|باحثة|صحفي|صحفية|صحافي"
    r"|صحافية|إعلامي|إعلامية|أستاذ|أستاذة"
    r"|محام|محامية|أكاديمي|أكاديمية|محلل|ناقد|ناقدة|شاعر|روائي|مدير|عضو|رئيس)(?![ء-ي])"
)
_END = 3
"""Lines: so many at the end may be bylines and dates."""
_LONGEST_SIGNATURE = 60
_LONGEST_HEADLINE = 120
_SITE_WORDS = 3
"""Words: no name of a site is longer."""


def title(sorting: Sorting) -> None:
    """Find the title among the first lines: a `#`, the page's own, or what looks like a headline."""
    places = sorting.open()
    if not places:
        return
    top = next((place for place in places if sorting.blocks[place].level == 1), None)
    wanted = sorting.title or sorting.facts.title
    for place in places[:6]:
        text = sorting.blocks[place].text
        level = sorting.blocks[place].level
        if wanted and same_words(text, wanted) and (level == 1 or not (level or sorting.marked)):
            sorting.roles[place] = ("title", "the title given" if sorting.title else "the page's title")
            sorting.found_title = text
            return
    if sorting.title:
        return
    if top is None and sorting.facts.title and len(sorting.facts.title.split()) <= _SITE_WORDS:
        # A page that shows its title in an h2, and calls itself by the name of its site.
        top = places[0] if sorting.blocks[places[0]].level and not sorting.marked else None
    if top is not None and not any(len(sorting.blocks[place].text) > LONG for place in places if place < top):
        sorting.roles[top] = ("title", "marked as the title")
        sorting.found_title = sorting.blocks[top].text
    elif not sorting.facts.title and not any(block.level for block in sorting.blocks) and not sorting.marked:
        _take_headline(sorting, places)


def _take_headline(sorting: Sorting, places: list[int]) -> None:
    """Take a first line that looks like a headline: unpunctuated, before a longer paragraph."""
    said = [place for place in places[:3] if not credit(sorting.blocks[place].text)]
    if len(said) < 2 or said[0] > places[min(1, len(places) - 1)]:
        return
    first, second = (bare(sorting.blocks[place].text) for place in said[:2])
    # Where paragraphs have no stops, a first one is no headline because it has none.
    plausible = len(first) <= LONG or (len(first) <= _LONGEST_HEADLINE and _STOP.search(second))
    if plausible and _HEADLINE.fullmatch(first) and len(second) >= max(45, len(first)):
        sorting.roles[said[0]] = ("title", "looks like a headline")
        sorting.found_title = sorting.blocks[said[0]].text


def byline(sorting: Sorting) -> None:
    """Take bylines and dates off the top, those with بقلم and the like behind a deck too."""
    above = True
    places = sorting.open()[:TOP]
    for place in places:
        block = sorting.blocks[place]
        found = None if block.level else credit(block.text, sorting.facts.site)
        above = above and not block.level and bool(found or len(bare(block.text)) <= LONG)
        if found and (above or bylines.is_signed(block.text)):
            _take_credit(sorting, place, found, "at the top")
    for place in places:
        near = {sorting.roles.get(other, ("", ""))[0] for other in (place - 1, place + 1)}
        block = sorting.blocks[place]
        if (
            place not in sorting.roles
            and near & {"byline", "date"}
            and not block.level
            and names.is_person(block.text)
        ):
            _take_credit(sorting, place, Credit(bylines.Byline(author=bare(block.text))), "beside the date")


def signature(sorting: Sorting) -> None:
    """Take a signature and a date off the end: short last lines that name the writer, or only a day."""
    for place in reversed(sorting.open()[2:][-_END:]):
        block = sorting.blocks[place]
        text = bare(block.text)
        if block.level or len(text) > _LONGEST_SIGNATURE or TERMINAL.search(text):
            return
        found = credit(text, sorting.facts.site)
        if found:
            _take_credit(sorting, place, found, "at the end")
        elif _SIGNATURE.match(text) and len(text.split()) <= 6:
            sorting.roles[place] = ("byline", "a signature at the end")
        else:
            return


def _take_credit(sorting: Sorting, place: int, found: Credit, where: str) -> None:
    role = "byline" if any(found.byline) else "date"
    sorting.roles[place] = (role, f"a {role} {where}")
    sorting.byline = merged(sorting.byline, found.byline)
    sorting.date = sorting.date or found.when
