"""The show's page and one page per episode: values and templates in, bytes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import jinja2

from nashra.errors import FeedError
from nashra.feed.timing import clock, sections_of
from nashra.model import seconds

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import datetime

    from nashra.feed.sides import Side
    from nashra.model import Episode, Show

MONTHS = (
    *("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو"),
    *("يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
)
"""The months as Moroccan newspapers call them."""

ASSETS = ("nashra.css", "nashra.js")
"""Templates that are copied as they are."""

# What a template written by a station's owner can do wrong while it runs.
MISTAKES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def pages(
    show: Show,
    episodes: Sequence[Episode],
    templates: Mapping[str, str],
    cover: str,
    *,
    unchanged: Container[str] = (),
    beside: Mapping[str, Sequence[Side]] | None = None,
) -> dict[str, bytes]:
    """Return every file of the show's web pages under its path relative to `feed/`.

    `episodes` are listed in their order, `templates` maps file names in `templates/` to their text,
    `cover` is the cover's file name in `feed/`. An episode whose slug is among the `unchanged` has its
    page already, and needs no cues. `beside` has by slug the transcripts and chapters of the others, for
    templates that name them. Raises FeedError for a template that is missing or
    broken. Whatever stands in an article's text is shown, never obeyed.
    """
    environment = _environment(templates)
    common = {"show": show, "cover": cover}
    made = {"index.html": _render(environment, "index.html.j2", episodes=episodes, **common)}
    for episode in episodes:
        if episode.slug in unchanged:
            continue
        made[f"episodes/{episode.slug}.html"] = _render(
            environment,
            "episode.html.j2",
            episode=episode,
            sections=sections_of(episode),
            beside=(beside or {}).get(episode.slug, ()),
            **common,
        )
    for name in ASSETS:
        if name not in templates:
            raise FeedError("is missing", where=f"templates/{name}", then="put it back, or take Nashra's own")
        made[f"assets/{name}"] = templates[name].encode()
    return made


def arabic_date(when: datetime) -> str:
    """Return the day as a Moroccan reader expects it, in the date's own time zone.

    >>> from datetime import datetime, UTC
    >>> arabic_date(datetime(2025, 7, 3, tzinfo=UTC))
    '3 يوليوز 2025'
    """
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def web_address(url: str) -> str:
    """Return the address if it leads to the web, else nothing.

    >>> web_address("https://hompress.ma/1"), web_address("javascript:alert(1)"), web_address("http://[")
    ('https://hompress.ma/1', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def megabytes(size: int) -> str:
    """Return a size in bytes in MB of a million bytes, with one digit after the point.

    >>> megabytes(2_120_000), megabytes(900)
    ('2.1', '0.1')
    """
    return f"{max(size / 1_000_000, 0.1):.1f}"


def _environment(templates: Mapping[str, str]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        arabic_date=arabic_date,
        clock=clock,
        megabytes=megabytes,
        part=lambda name: quote(name, safe=""),
        seconds=seconds,
        web_address=web_address,
    )
    return environment


def _render(environment: jinja2.Environment, name: str, **values: Any) -> bytes:  # noqa: ANN401 templates take anything
    try:
        return environment.get_template(name).render(values).encode()
    except jinja2.TemplateSyntaxError as mistake:
        where = f"templates/{mistake.name or name}:{mistake.lineno}"
        raise FeedError(str(mistake.message), where=where, then="correct the template") from mistake
    except jinja2.TemplateNotFound as missing:
        where = f"templates/{missing.name or name}"
        raise FeedError("is missing", where=where, then="put it back, or take Nashra's own") from missing
    except MISTAKES as mistake:
        raise FeedError(str(mistake), where=f"templates/{name}", then="correct the template") from mistake
