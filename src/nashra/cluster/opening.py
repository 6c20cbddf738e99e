"""The cluster that is meant: of this machine for one build, or a real one, never in the clear."""

from __future__ import annotations

import ipaddress
import logging
import multiprocessing
import re
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nashra.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nashra.settings import ClusterSettings

CLOSE_S = 10.0
"""Seconds in which a cluster may close; what then still runs of ours is ended."""

CONNECT_S = 10
"""Seconds in which a scheduler must answer."""

SETTINGS = {
    "distributed.scheduler.allowed-failures": 3,
    "distributed.scheduler.worker-ttl": "20s",  # a stopped worker is taken for dead, and its order given away
    "distributed.scheduler.http.routes": [],  # no pages: a build has no visitors
    "distributed.worker.http.routes": [],
    "distributed.comm.timeouts.connect": "10s",
    "distributed.worker.memory.terminate": False,  # the work and its memory are in a process of its own
    "distributed.worker.memory.pause": False,
}
"""What is set of Dask for a cluster of one machine; a real one has settings of its own."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a cluster is: so many `workers` here, or the `url` of a scheduler."""

    workers: int = 0
    url: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it is started for the build, and ends with it."""
        return self.workers > 0


def address(said: str, cluster: ClusterSettings, where: str) -> Address:
    """Return what `local:N`, `tls://host:port` or `tcp://host:port` means; raises ConfigurationError.

    Dask moves pickled Python: whoever reaches its port runs what they like. So a `tcp://` that is not on
    loopback is refused, unless the owner says with `cluster.plain` that the network is theirs alone.
    """
    local = re.fullmatch(r"local:([1-9]\d{0,2})", said)
    if local:
        return Address(workers=int(local[1]))
    real = re.fullmatch(r"(tls|tcp)://(\[[0-9a-f:.]+\]|[^:/\s@]+):(\d{1,5})", said)
    if not real:
        then = "write local:2, tls://host:8786 or tcp://127.0.0.1:8786"
        raise ConfigurationError(f"`{said}` is no cluster", where=where, then=then)
    if real[1] == "tcp" and not (_is_loopback(real[2]) or cluster.plain):
        what = f"`{said}` would let anybody on that network run programs on every worker"
        then = "use tls:// with certificates, or say `cluster.plain = true` if the network is yours alone"
        raise ConfigurationError(what, where=where, then=then)
    if real[1] == "tls" and not (cluster.ca and cluster.cert and cluster.key):
        what = f"`{said}` needs certificates"
        raise ConfigurationError(what, where=where, then="name `ca`, `cert` and `key` under [cluster]")
    return Address(url=said)


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host == "localhost"


@contextmanager
def opened(where: Address, cluster: ClusterSettings, root: Path) -> Iterator[Any]:
    """Give a client of the cluster; leaving the block closes it within bounds. Raises ConfigurationError.

    On a cluster of this machine one worker has the token of online voices: one queue, one pace.
    """
    try:
        import dask  # noqa: PLC0415 not for a build without a cluster
        import distributed  # noqa: PLC0415 the same
    except ImportError as absent:
        then = 'install it with `pip install "nashra[cluster]"`'
        raise ConfigurationError("needs Dask", where="--cluster", then=then) from absent
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    with dask.config.set(SETTINGS if where.is_local else {}):
        if where.is_local:
            with _of_this_machine(distributed, where.workers) as client:
                yield client
            return
        client = _reached(distributed, where.url, _security(distributed, where.url, cluster, root))
        try:
            yield client
        finally:
            bounded(CLOSE_S, lambda: client.close(timeout=CLOSE_S / 2))


@contextmanager
def _of_this_machine(distributed: Any, workers: int) -> Iterator[Any]:  # noqa: ANN401 Dask has no types
    others = {child.pid for child in multiprocessing.active_children()}
    # TLS on loopback too: without it, every user of this machine could run programs as this one.
    security = distributed.Security.temporary()
    quiet = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
    scheduler = {
        "cls": distributed.Scheduler,
        "options": {"host": "127.0.0.1", "protocol": "tls://", "security": security, "port": 0, **quiet},
    }
    usual = {"host": "127.0.0.1", "protocol": "tls://", "nthreads": 1, "memory_limit": 0, **quiet}
    usual |= {"security": security, "silence_logs": logging.CRITICAL + 1}
    specs = {
        number: {
            "cls": distributed.Nanny,
            "options": {**usual, "resources": {} if number else {"online": 1}},
        }
        for number in range(workers)
    }
    cluster = distributed.SpecCluster(
        specs, scheduler, security=security, silence_logs=logging.CRITICAL + 1, name="nashra"
    )
    client = distributed.Client(cluster, security=security)
    try:
        yield client
    finally:
        bounded(CLOSE_S / 2, lambda: client.close(timeout=2))
        bounded(CLOSE_S, lambda: cluster.close(timeout=CLOSE_S / 2))
        # One that was stopped cannot hear that it shall end, one that was just started anew is not waited
        # for: each would hold this process up at its end.
        for child in multiprocessing.active_children():
            if child.pid not in others:
                child.kill()


def _reached(distributed: Any, url: str, security: Any) -> Any:  # noqa: ANN401 as above
    try:
        return distributed.Client(url, security=security, timeout=CONNECT_S)
    except (OSError, ValueError, RuntimeError) as refused:
        why = " ".join(str(refused).split())[:200] or type(refused).__name__
        raise ConnectionError(f"{url} does not answer: {why}") from refused


def _security(distributed: Any, url: str, cluster: ClusterSettings, root: Path) -> Any:  # noqa: ANN401 as above
    if not url.startswith("tls://"):
        return None
    ca, cert, key = (str(root / name) for name in (cluster.ca, cluster.cert, cluster.key))
    for name in (ca, cert, key):
        if not Path(name).is_file():
            raise ConfigurationError("is not there", where=name, then="correct [cluster] in nashra.toml")
    return distributed.Security(
        tls_ca_file=ca, tls_client_cert=cert, tls_client_key=key, require_encryption=True
    )


def bounded(seconds: float, work: Callable[[], object]) -> bool:
    """Do something that may hang; say whether it was done in so many seconds. What hangs is left behind."""

    def quietly() -> None:
        with suppress(Exception):  # what is being closed may be gone already
            work()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    thread.join(seconds)
    return not thread.is_alive()
