"""From an item of a feed to its article: its own text, or the page behind its link where that is cut off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from nashra.articles import feeds, page_facts, plausible, reading, written_dates
from nashra.articles.blocks import Facts
from nashra.errors import ArticleError
from nashra.intake import sources as intake

if TYPE_CHECKING:
    from collections.abc import Callable

    from nashra.articles.items import Item
    from nashra.articles.reading import Reading
    from nashra.fetching import Kind
    from nashra.parsing import Parsers


class Fetched(Protocol):
    """What came from an address; with status 304 it has no body, and what was known is still good."""

    @property
    def url(self) -> str:
        """The address after all redirects."""

    @property
    def status(self) -> int:
        """The status of the answer: 200, or 304."""

    @property
    def charset(self) -> str:
        """The encoding that the server names, or nothing."""

    @property
    def body(self) -> bytes:
        """The bytes."""

    @property
    def etag(self) -> str:
        """The mark of this version, or nothing."""

    @property
    def last_modified(self) -> str:
        """When it was changed last, as the server says it, or nothing."""


class Fetching(Protocol):
    """Who asks the web; `fetching.Fetcher` does, safely and politely."""

    def get(self, url: str, *, accept: Kind, etag: str = "", last_modified: str = "") -> Fetched:
        """Return what is at an address; raises ArticleError."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What a pull reaches the world by: who asks the web, who parses, who puts vowel marks on a title."""

    fetch: Fetching
    parse: Parsers
    mark: Callable[[str], str]


def own_text(item: Item, site: str, parse: Parsers) -> Reading:
    """Return the article that an item holds; raises ArticleError for one that cannot be all of it."""
    feeds.check(item)
    where = item.url or item.title
    facts = Facts(
        title=item.title,
        author=page_facts.person(item.author, site),
        outlet=page_facts.outlet(site),
        date=item.date,
        site=site,
        url=item.url,
        category=_category(item),
        tags=item.tags,
    )
    try:
        found = parse.fragment(item.html, facts)
    except ArticleError as failed:
        raise failed.within(where) from failed
    read = reading.sorted_out(found.blocks, where, facts=facts)
    plausible.check(read, item.html, where)
    return read


def behind(item: Item, site: str, page: Fetched, parse: Parsers) -> Reading:
    """Return the article on the page that an item's link led to; what it does not say, the item does."""
    given = intake.Input(page.body, page.url, page.url, page.charset)
    read = intake.read(given, parse.page)
    found = read.article
    article = replace(
        found,
        title=item.title if found.title_derived and item.title else found.title,
        title_derived=found.title_derived and not item.title,
        author=found.author or page_facts.person(item.author, site),
        date=found.date or written_dates.iso(item.date),
        url=item.url,
        category=found.category or _category(item),
        tags=found.tags or item.tags,
    )
    return replace(read, article=article)


def _category(item: Item) -> tuple[str, ...]:
    return tuple(name for name in item.categories if name not in item.tags)
