"""Pages and feeds are parsed in a process that can be killed: a hostile one ends itself, not Nashra."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nashra.articles.blocks import Facts
    from nashra.articles.html import Page
    from nashra.articles.items import Feed

_Found = TypeVar("_Found")
_SECONDS = 10
_MEMORY = 1 << 30
"""Bytes of address space; a page of 10 MB took 300."""
_LONGEST = 10_000_000
"""Characters of a page."""


class Parsers(NamedTuple):
    """What parses texts of strangers: a page (its text, its address), a fragment of one, a feed's bytes."""

    page: Callable[[str, str], Page]
    fragment: Callable[[str, Facts], Page]
    feed: Callable[[bytes, str, str], Feed]


@contextmanager
def parser() -> Iterator[Callable[[str, str], Page]]:
    """Give a function from a page's text and address to its blocks and facts; `parsers` says how."""
    with parsers() as these:
        yield these.page


@contextmanager
def parsers() -> Iterator[Parsers]:
    """Give functions that parse pages, fragments and feeds in a process of their own.

    They raise ArticleError for what is none, and for what takes more than 10 s, 1 GB or 10 million
    characters. The process starts with the first of them and ends with the block.
    """
    from multiprocessing import get_context  # noqa: PLC0415 only pages need it

    from pebble import ProcessExpired, ProcessPool  # noqa: PLC0415

    # A spawned process shares no memory and no lock with this one.
    pool = ProcessPool(max_workers=1, initializer=_limit, context=get_context("spawn"))

    def safely(parse: Callable[..., _Found], kind: str, *given: Any) -> _Found:  # noqa: ANN401 as `parse` takes
        if kind != "feed" and len(given[0]) > _LONGEST:
            many = f"has more than {_LONGEST // 1_000_000} million characters"
            raise ArticleError(many, then="add its text only")
        try:
            found: _Found = pool.schedule(parse, args=given, timeout=_SECONDS).result()
        except TimeoutError as late:
            what = f"took more than {_SECONDS} s to read as a {kind}"
            raise ArticleError(what, then="add its text only") from late
        except (ProcessExpired, MemoryError) as dead:
            raise ArticleError(f"cannot be read as a {kind} without harm", then="add its text only") from dead
        return found

    def page(source: str, url: str) -> Page:
        from nashra.articles import html  # noqa: PLC0415

        return safely(html.page, "page", source, url)

    def fragment(source: str, facts: Facts) -> Page:
        from nashra.articles import html  # noqa: PLC0415

        return safely(html.fragment, "page", source, facts)

    def feed(raw: bytes, url: str, charset: str) -> Feed:
        from nashra.articles import feeds  # noqa: PLC0415

        return safely(feeds.feed, "feed", raw, url, charset)

    try:
        yield Parsers(page, fragment, feed)
    finally:
        pool.stop()  # type: ignore[no-untyped-call] # pebble has types for some of it
        pool.join()


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 Windows has none; the deadline holds there too
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
