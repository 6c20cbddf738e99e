"""An article as a Markdown file: for a person to read and correct, and read back as the same article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nashra.arabic.patterns import pattern
from nashra.articles import front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nashra.articles.reading import Reading
    from nashra.model import Article

# What Markdown would take for a mark. Escaped wherever it stands: a newsroom writes none by hand.
_MARK = pattern(r"[\\`*_\[\]<>&~|]")
_LEADING = pattern(r"(?:[#+=-]|\d{1,9}[.)])(?=\s|\Z|[-=#]+)")
_LISTED = pattern(r"(\d{1,9})\s*[-–.)]\s+")
_PLAIN = pattern(r"[^\W\d_][^\n:#\"'{}\[\],&*!|>%@`]*")


def markdown(reading: Reading) -> str:
    """Return the text of an article's file: front matter, the lead, `##` headings, questions in bold.

    Fields without a value are left out. A derived title is a comment: whoever uncomments it has given one.
    """
    fields = "\n".join(_fields(reading.article))
    body = "\n\n".join(_SAID[line.role](line.text) for line in reading.lines if line.role in _SAID)
    return f"---\n{fields}\n---\n\n{body}\n"


def _fields(article: Article) -> Iterator[str]:
    if article.title_derived:
        yield f"# title: {_value(article.title)} (taken from the text; write a better one)"
    else:
        yield f"title: {_value(article.title)}"
    if article.date:
        yield f"date: {article.date.isoformat(' ').removesuffix(' 00:00:00+00:00')}"
    said = {
        "author": article.author,
        "outlet": article.outlet,
        "summary": article.summary,
        "image": article.image,
        "url": article.url,
        "canonical": article.canonical if article.canonical != article.url else "",
        "voice": article.voice,
        "source": article.source,
        "source_id": article.source_id,
    }
    for name, value in said.items():
        if value:
            yield f"{name}: {_value(value)}"
    for name, values in (("category", article.category), ("tags", article.tags)):
        if values:
            yield f"{name}: {_values(values)}"
    yield f"language: {article.language or 'ar'}"
    if article.draft:
        yield "draft: true"


def _value(text: str) -> str:
    """Return a text as a YAML value; quoted as JSON, which is YAML too, where it could mean something else.

    >>> _value("خبر اليوم"), _value("ثورة: ماذا بعد"), _value("نعم"), _value("true")
    ('خبر اليوم', '"ثورة: ماذا بعد"', 'نعم', '"true"')
    """
    plain = _PLAIN.fullmatch(text) and text.strip() == text and not text.isascii()
    return text if plain else json.dumps(text, ensure_ascii=False)


def _values(names: tuple[str, ...]) -> str:
    """Return names as a YAML value: one as it is, several as a list.

    >>> _values(("رياضة",)), _values(("رياضة", "مجتمع")), _values(("قضاء، أمن",))
    ('رياضة', '["رياضة", "مجتمع"]', '["قضاء، أمن"]')
    """
    if front_matter.names(names[0]) == names:
        return _value(names[0])
    return json.dumps(names, ensure_ascii=False)


def _escaped(text: str) -> str:
    r"""Return a paragraph with a backslash before what Markdown would read as a mark.

    >>> _escaped("- قال *نعم*"), _escaped("3. تونس"), _escaped("#وسم")
    ('\\- قال \\*نعم\\*', '3\\. تونس', '#وسم')
    """
    text = _MARK.sub(r"\\\g<0>", text)
    leading = _LEADING.match(text)
    if leading:
        text = f"{leading[0][:-1]}\\{text[leading.end() - 1 :]}"
    return text


def _item(text: str) -> str:
    r"""Return an item of a list, numbered as it was.

    >>> _item("3- تونس"), _item("تونس")
    ('3. تونس', '- تونس')
    """
    listed = _LISTED.match(text)
    return f"{listed[1]}. {_escaped(text[listed.end() :])}" if listed else f"- {_escaped(text)}"


_SAID: dict[str, Callable[[str], str]] = {
    "lead": _escaped,
    "paragraph": _escaped,
    "heading": lambda text: f"## {_escaped(text)}",
    "question": lambda text: f"**{_escaped(text)}**",
    "item": _item,
}
"""How a line of each role is written; the others stand in the front matter, or nowhere."""
