"""The order of publishing: files before what lists them, the feed last, deletions after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from nashra.publishing import known as knowledge
from nashra.publishing.items import FEEDS, made
from nashra.publishing.steps import worth_knowing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from nashra.publishing.items import Item
    from nashra.publishing.steps import Steps
    from nashra.publishing.target import Target


class Watching(Protocol):
    """Whoever wants to see how far it is."""

    def begun(self, files: int, size: int) -> None:
        """Be told how many files and bytes will be sent."""

    def sent(self, item: Item, tag: str) -> None:
        """Be told of an item that is there now, with its tag there (or empty)."""

    def finished(self) -> None:
        """Be told that it is over, however it went."""


def send(
    target: Target,
    steps: Steps,
    known: Mapping[str, datetime | None],
    tags: Mapping[str, str | None],
    watching: Watching,
) -> None:
    """Do the steps; `tags` are those that the feed's documents at the target had when they were read.

    Whatever fails, nothing after it is done: the feed that is there lists nothing that is not, and the
    next run sends what is missing. Raises PublishingError.
    """
    first, last = worth_knowing(steps, known)
    watching.begun(len(steps.sent), sum(item.size for item in steps.sent))
    try:
        if first:
            target.send((made(knowledge.NAME, first),), lambda _item, _tag: None)
        for group in steps.groups:
            if group[0].rule.group != FEEDS:
                target.send(group, watching.sent)
                continue
            for item in group:
                watching.sent(item, target.replace(item, tags.get(item.name)))
        target.redirect(steps.moved)
        if steps.removals:
            target.remove(steps.removals)
        if last:
            target.send((made(knowledge.NAME, last),), lambda _item, _tag: None)
        if first or last or steps.groups or steps.removals:
            target.finish()
    finally:
        watching.finished()
