"""Clusters that stay open from one station to the next: an agency's build starts its workers once."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from nashra.cluster import opening

if TYPE_CHECKING:
    from pathlib import Path

    from nashra.cluster.opening import Address
    from nashra.settings import ClusterSettings


class Lasting:
    """Clusters of one command, each opened when it is first needed and closed at the end of the block.

    One that was given up is not tried again: every other station would wait for it, too.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._clients: dict[tuple[Any, ...], Any] = {}
        self._given_up: dict[tuple[Any, ...], str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def client(self, where: Address, cluster: ClusterSettings, root: Path) -> Any:  # noqa: ANN401 Dask has no types
        """Return a client of a cluster; raises ConnectionError, ConfigurationError."""
        known = _key(where, cluster, root)
        if known in self._given_up:
            raise ConnectionError(f"{self._given_up[known]}, for the station before")
        if known not in self._clients:
            try:
                self._clients[known] = self._stack.enter_context(opening.opened(where, cluster, root))
            except ConnectionError as refused:
                self._given_up[known] = str(refused)
                raise
        return self._clients[known]

    def give_up(self, where: Address, cluster: ClusterSettings, root: Path, why: str) -> None:
        """Note that a cluster is of no use to this command any more."""
        self._given_up[_key(where, cluster, root)] = why


def _key(where: Address, cluster: ClusterSettings, root: Path) -> tuple[Any, ...]:
    named = (cluster.ca, cluster.cert, cluster.key)
    return (where, *(str((root / name).resolve()) for name in named if name and not where.is_local))
