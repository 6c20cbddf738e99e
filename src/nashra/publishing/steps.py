"""What is to be done so that a target has what the station has: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from nashra.errors import PublishingError
from nashra.publishing import known as knowledge
from nashra.publishing.items import FEEDS, PAGES, ROOT_PAGE, Item, rule_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime, timedelta

    from nashra.publishing.target import Found

MOST_FILES = 256
MOST_SHARE = 10
"""Percent of what is known at the target that one run may delete, and the number of files it never
exceeds (what `hugo deploy` takes)."""
FEW = 16
"""Files that may always go: those of one withdrawn episode are ten, more than a tenth of a small station."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Groups to send, in order; what to delete then; what is known before the first and after the last.

    `same` counts the files that are there already; `moved` are earlier addresses with where they lead now.
    """

    groups: tuple[tuple[Item, ...], ...]
    removals: tuple[str, ...]
    same: int
    before: Mapping[str, datetime | None]
    after: Mapping[str, datetime | None]
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> tuple[Item, ...]:
        """Everything that is to be sent."""
        return tuple(item for group in self.groups for item in group)


def steps(
    items: Sequence[Item],
    there: Mapping[str, Found],
    known: Mapping[str, datetime | None],
    moved: Mapping[str, str],
    withdrawn: Collection[str],
    now: datetime,
    keep: timedelta,
    alike: Callable[[Item, Found], bool],
) -> Steps:
    """Return what is to be done.

    `alike` tells whether what is at the target is the item. Deleted is only what publishing put there
    itself (`known`) and nothing lists any more: a page, a document of the feed and what was `withdrawn` at
    once, anything else after `keep`, an earlier address of an episode (`moved`) never, for clients pin the
    first address they saw.
    """
    mine = [
        item
        for item in items
        if item.name != ROOT_PAGE or item.name not in there or item.name in known  # not the owner's own page
    ]
    missing = [item for item in mine if item.name not in there or not alike(item, there[item.name])]
    groups = tuple(tuple(group) for _rule, group in groupby(missing, key=lambda item: item.rule.group))
    names = {item.name for item in mine}
    after: dict[str, datetime | None] = dict.fromkeys(names)
    removals = []
    for name, since in sorted(known.items()):
        if name in names or name not in there:
            continue
        gone = since or now
        at_once = name in withdrawn or rule_of(name).group in {PAGES, FEEDS}
        if name not in moved and (at_once or now - gone >= keep):
            removals.append(name)
        else:
            after[name] = None if name in moved else gone
    before = {**dict.fromkeys(names), **known}
    lead = {old: new for old, new in moved.items() if old in there or old in names}
    return Steps(groups, tuple(removals), len(mine) - len(missing), before, after, lead)


def guard(removals: int, known: int, episodes_gone: int, episodes: int) -> None:
    """Return if that may go without being asked for; raises PublishingError for a mass deletion.

    An articles folder on a disk that is not mounted looks like a wish to withdraw everything.
    """
    for many, whole, what in ((removals, known, "files"), (episodes_gone, episodes, "episodes")):
        if many > min(MOST_FILES, max(FEW if what == "files" else 1, whole * MOST_SHARE // 100)):
            raise PublishingError(
                f"{many} of {whole} {what} there would go",
                then="if that is meant, say so with --delete-many; else look into articles/ and audio/",
            )


def worth_knowing(steps: Steps, known: Mapping[str, datetime | None]) -> tuple[bytes, bytes]:
    """Return the bytes of `published.json` before the first step and after the last; empty: as it is.

    Names are written down before their files are sent: what a killed run leaves there is still known.
    """
    then = knowledge.encode(known) if known else b""
    before = knowledge.encode(steps.before)
    first = before if steps.sent and before != then else b""
    after = knowledge.encode(steps.after)
    return first, after if after != (first or then) else b""
