"""Pages are parsed in a process of its own, which can be killed: a hostile page ends itself, not Nashra."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from nashra.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nashra.articles.html import Page

_SECONDS = 10
_MEMORY = 1 << 30
"""Bytes of address space; a page of 10 MB took 300."""
_LONGEST = 10_000_000
"""Characters of a page."""


@contextmanager
def parser() -> Iterator[Callable[[str, str], Page]]:
    """Give a function from a page's text and address to its blocks and facts.

    It raises ArticleError for a page without an article, and for one that takes more than 10 s, 1 GB or
    10 million characters. The process starts with the first page and ends with the block.
    """
    from multiprocessing import get_context  # noqa: PLC0415 only pages need it

    from pebble import ProcessExpired, ProcessPool  # noqa: PLC0415

    # A spawned process shares no memory and no lock with this one.
    pool = ProcessPool(max_workers=1, initializer=_limit, context=get_context("spawn"))

    def page(source: str, url: str) -> Page:
        from nashra.articles import html  # noqa: PLC0415

        if len(source) > _LONGEST:
            raise ArticleError(
                f"has more than {_LONGEST // 1_000_000} million characters", then="add its text only"
            )
        try:
            found: Page = pool.schedule(html.page, args=(source, url), timeout=_SECONDS).result()
        except TimeoutError as late:
            raise ArticleError(
                f"took more than {_SECONDS} s to read as a page", then="add its text only"
            ) from late
        except (ProcessExpired, MemoryError) as dead:
            raise ArticleError("cannot be read as a page without harm", then="add its text only") from dead
        return found

    try:
        yield page
    finally:
        pool.stop()
        pool.join()


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 Windows has none; the deadline holds there too
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
