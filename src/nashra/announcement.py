"""What is said before and after an article: the opening and closing templates, rendered to lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nashra.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nashra.model import Article
    from nashra.settings import Show

OPENING = "opening.txt.j2"
CLOSING = "closing.txt.j2"


def lines(
    template: str, templates: Mapping[str, str], show: Show, article: Article, correction: str = ""
) -> tuple[str, ...]:
    """Return the lines that a template says, one utterance each; `templates` maps names to texts.

    `correction` is what is said of a corrected article: a template may place it, else it comes last.
    Speech is no HTML, so nothing is escaped; the article's text is a value and never a template.
    Raises ConfigurationError for a template that is missing or broken.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.DictLoader(dict(templates)),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        text = environment.get_template(template).render(show=show, article=article, correction=correction)
    except jinja2.TemplateError as broken:
        line = getattr(broken, "lineno", None)
        where = f"templates/{template}:{line}" if line else f"templates/{template}"
        raise ConfigurationError(
            f"cannot be rendered: {broken}", where=where, then="correct it, or delete it to use Nashra's own"
        ) from broken
    found = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    placed = not correction or any(correction in line for line in found)
    return found if placed else (*found, correction)
