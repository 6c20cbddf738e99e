"""The show's pages, one page per episode and its small player: values and templates in, bytes out."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nashra.errors import FeedError
from nashra.feed import corrections, linked
from nashra.feed.embedding import embed_code, oembed
from nashra.feed.filters import filters
from nashra.feed.json_feed import json_feed
from nashra.feed.labels import IN_SCRIPT, labels
from nashra.feed.list_pages import list_pages
from nashra.feed.subscribing import links, phone_code
from nashra.feed.timing import sections_of
from nashra.settings import Subscribe

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from nashra.feed.sides import Side
    from nashra.model import Episode
    from nashra.settings import Show

ASSETS = ("nashra.css", "nashra.js")
"""Templates that are copied as they are."""

LIST, PAGE, PLAYER = "index.html.j2", "episode.html.j2", "embed.html.j2"
"""Templates that are rendered: of the list of episodes, of an episode, of its small player."""

PATTERNS = ("episodes/{slug}.html", "embed/{slug}.html", "oembed/{slug}.json")
"""The files that every episode has."""

# What a template written by a station's owner can do wrong while it runs.
MISTAKES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

_USUAL = Subscribe()
_NONE: Mapping[str, str] = MappingProxyType({})


def station_pages(
    show: Show,
    episodes: Sequence[Episode],
    templates: Mapping[str, str],
    cover: str,
    subscribe: Subscribe = _USUAL,
    *,
    unchanged: Container[str] = (),
    standing: Mapping[str, str] = _NONE,
    feeds: Sequence[Show] = (),
) -> dict[str, bytes]:
    """Return the show's own pages, under their paths relative to `feed/`, and what they load.

    `episodes` are listed in their order, and may come without their cues; `templates` maps file names in
    `templates/` to their text, `cover` is the cover's file name in `feed/`. A page of the list that is
    `standing` (file to fingerprint) is not made when the slugs of all its episodes are `unchanged`. `feeds`
    are the show and its strands, where it has some. Raises FeedError for a template that is missing or
    broken. Whatever stands in an article's text is shown, never obeyed.
    """
    made = strand_pages(
        show, episodes, templates, cover, subscribe, unchanged=unchanged, standing=standing, feeds=feeds
    )
    made["sitemap.xml"] = linked.sitemap(show, episodes, feeds)
    for name in ASSETS:
        if name not in templates:
            raise FeedError("is missing", where=f"templates/{name}", then="put it back, or take Nashra's own")
        made[f"assets/{name}"] = templates[name].encode()
    return made


def episode_pages(
    show: Show,
    episode: Episode,
    templates: Mapping[str, str],
    cover: str,
    subscribe: Subscribe = _USUAL,
    *,
    beside: Sequence[Side] = (),
) -> dict[str, bytes]:
    """Return the files of one episode: its page, its small player, its oEmbed answer.

    `beside` are its transcripts and chapters (`tag`, `media_type`, `path`); for the rest see `station_pages`.
    """
    environment = _environment(tuple(templates.items()), show)
    values = {
        "show": show,
        "cover": cover,
        "apps": links(show, subscribe),
        "beside": beside,
        "episode": episode,
        "sections": sections_of(episode),
        "page_url": linked.page_url(show, episode),
        "picture_url": linked.picture_url(show, episode, cover),
        "linked": linked.of_episode(show, episode, cover),
        "embed_code": embed_code(show, episode),
        "corrections": [(each.when, corrections.sentence(show, each)) for each in corrections.of(episode)],
    }
    page, player, answer = files_of(episode.slug)
    return {
        page: _render(environment, PAGE, **values),
        player: _render(environment, PLAYER, **values),
        answer: oembed(show, episode, cover),
    }


def strand_pages(
    show: Show,
    episodes: Sequence[Episode],
    templates: Mapping[str, str],
    cover: str,
    subscribe: Subscribe,
    *,
    unchanged: Container[str],
    standing: Mapping[str, str],
    feeds: Sequence[Show],
) -> dict[str, bytes]:
    """Return the pages of a strand that list its episodes, and its JSON Feed; arguments are `station_pages`'.

    An episode's own page is that of the whole show.
    """
    environment = _environment(tuple(templates.items()), show)
    common = {"show": show, "cover": cover, "apps": links(show, subscribe), "feeds": feeds}
    made = _lists(environment, episodes, common, unchanged, standing)
    made[show.json_file] = json_feed(show, episodes, cover)
    return made


def _lists(
    environment: jinja2.Environment,
    episodes: Sequence[Episode],
    common: Mapping[str, Any],
    unchanged: Container[str],
    standing: Mapping[str, str],
) -> dict[str, bytes]:
    """Return the pages that list episodes, but for those that stand as they are."""
    show, cover = common["show"], common["cover"]
    made = {}
    for listing in list_pages(episodes, show.page_file, show.archive):
        same = standing.get(listing.file) == listing.fingerprint
        if same and all(episode.slug in unchanged for episode in listing.episodes):
            continue
        values = {"listing": listing, "episodes": listing.episodes, "linked": linked.of_show(show, cover)}
        code = phone_code(show) if not listing.number else ""
        made[listing.file] = _render(environment, LIST, phone_code=code, **values, **common)
    return made


def withdrawals(
    show: Show, episodes: Sequence[Episode], templates: Mapping[str, str], cover: str
) -> dict[str, bytes]:
    """Return what stands where the page and the small player of withdrawn episodes were, and why.

    Links to them stay alive; nothing of their text or title is in it. Raises FeedError as `station_pages`.
    """
    environment = _environment(tuple(templates.items()), show)
    made: dict[str, bytes] = {}
    for episode in episodes:
        data = _render(environment, "withdrawn.html.j2", when=episode.withdrawn, cover=cover, show=show)
        page, player, _answer = files_of(episode.slug)
        made |= {page: data, player: data}
    return made


def prepare(show: Show, templates: Mapping[str, str]) -> None:
    """Load the templates and draw the phone's code, which takes 0.05 s: while nothing else is to be done.

    A template that is broken is told of when it is rendered.
    """
    environment = _environment(tuple(templates.items()), show)
    with suppress(*MISTAKES):
        for name in (LIST, PAGE, PLAYER):
            environment.get_template(name)
    phone_code(show)


def files_of(slug: str) -> tuple[str, ...]:
    """Return the names in `feed/` of the files that an episode has here.

    >>> files_of("visit")
    ('episodes/visit.html', 'embed/visit.html', 'oembed/visit.json')
    """
    return tuple(pattern.format(slug=slug) for pattern in PATTERNS)


@lru_cache(1)
def _environment(templates: tuple[tuple[str, str], ...], show: Show) -> jinja2.Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.DictLoader(dict(templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters(show.language))
    # Escaped, an Arabic letter would take six bytes of a page; `tojson` still escapes <, >, & and '.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    say = labels(show.language)
    environment.globals.update(show=show, say=say, script_labels={name: say[name] for name in IN_SCRIPT})
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
