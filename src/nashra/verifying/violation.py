"""What is found amiss: which invariant, where, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Violation(NamedTuple):
    """A broken invariant: its name, a file of the station (perhaps with `:line`), and what is wrong."""

    invariant: str
    where: str
    what: str


NEXT = {
    "I1": "run `nashra build`; if it stays so, delete feed/ and .nashra/, and build again",
    "I2": "put the file back from where you published it, or run `nashra build`",
    "I3": "delete that file, and run `nashra build`",
    "I4": "put the record's last good copy back; listeners' apps know the episode by its guid",
    "I5": "put the file back from where you published it: listeners still ask for it",
    "I6": "run `nashra build`; if it stays so, delete that file, and build again",
    "I7": "move it out of the folder; what lies there is published",
    "I9": "run `nashra build`, which sweeps it; if it stays so, delete it",
}
"""What to do about a broken invariant. I8 and I10 are held by the tests: they need two runs."""


def lines(found: Iterable[Violation]) -> tuple[str, ...]:
    """Return a line for each violation: which, where, what, what next.

    >>> lines([Violation("I9", "audio/.7.tmp", "was left behind")])
    ('I9  audio/.7.tmp: was left behind; run `nashra build`, which sweeps it; if it stays so, delete it',)
    """
    return tuple(f"{each.invariant}  {each.where}: {each.what}; {NEXT[each.invariant]}" for each in found)
