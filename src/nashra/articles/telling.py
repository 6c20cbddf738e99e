"""A reading in words and in JSON: for `nashra read`, and for whoever wants to know why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nashra.articles.reading import Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """Return an article as plain values; docs/articles.md tells what each field holds."""
    article = reading.article
    return {
        "title": article.title,
        "title_derived": article.title_derived,
        "byline": next((line.text for line in reading.lines if line.role == "byline"), ""),
        "author": article.author,
        "outlet": article.outlet,
        "date": article.date.isoformat() if article.date else "",
        "url": article.url,
        "canonical": article.canonical,
        "category": list(article.category),
        "tags": list(article.tags),
        "image": article.image,
        "language": article.language,
        "summary": article.summary,
        "lead": list(article.lead.paragraphs),
        "sections": [
            {"heading": part.heading, "paragraphs": list(part.paragraphs)} for part in article.sections
        ],
        "questions": list(article.questions),
        "dropped": [
            {"text": line.text, "line": line.line, "reason": line.why}
            for line in reading.lines
            if line.role == "dropped"
        ],
        "notes": list(reading.notes),
    }


def missing(reading: Reading) -> tuple[str, ...]:
    """Return the fields of an article that were not found in its input; a derived title was not."""
    article = reading.article
    found = {"title": not article.title_derived, "author": article.author, "date": article.date}
    return tuple(name for name, value in found.items() if not value)


_FIELDS = ("author", "outlet", "date", "url", "image", "language")


def lines(reading: Reading) -> Iterator[str]:
    """Give an article as a person reads it; a field that was not found is named as such."""
    article = reading.article
    derived = "  (taken from the text: it has no title)" if article.title_derived else ""
    yield f"# {article.title}{derived}"
    yield ""
    said = as_json(reading)
    for name in _FIELDS:
        yield f"{name}: {said[name] or '(not found)'}"
    for part in (article.lead, *article.sections):
        if part.heading:
            yield ""
            yield f"## {part.heading}"
        for paragraph in part.paragraphs:
            yield ""
            yield f"{'? ' if paragraph in article.questions else ''}{paragraph}"


def explained(reading: Reading) -> Iterator[str]:
    """Give what became of each line of the input, and why."""
    for line in reading.lines:
        why = f"  ({line.why})" if line.why else ""
        text = line.text if len(line.text) <= 70 else f"{line.text[:69]}…"
        yield f"{line.line:>5}  {line.role:<9}  {text}{why}"
