"""Where the station is served: bound sockets, and the address by which others reach them."""

from __future__ import annotations

import errno
import ipaddress
import socket

from nashra.errors import ConfigurationError

_ELSEWHERE = ("192.0.2.1", 9)
"""An address of nobody's (RFC 5737): the kernel says which of ours would send to it, and sends nothing."""


def bound(host: str, port: int) -> list[socket.socket]:
    """Return sockets bound to every address of a host, all at one port; of port 0, at one that is free.

    Raises ConfigurationError when a port cannot be had. An address that this machine lacks, such as `::1`
    where there is no IPv6, is passed over if another one is there.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as unknown:
        what = f"`{host}` is no address of this machine"
        raise ConfigurationError(what, where="--host", then="try localhost, or an IP address") from unknown
    made: list[socket.socket] = []
    absent: OSError | None = None
    for family, kind, protocol, _name, address in dict.fromkeys(found):
        own = made[0].getsockname()[1] if made else port
        try:
            made.append(_bound(family, kind, protocol, (address[0], own, *address[2:])))
        except OSError as refused:
            absent = refused
            if refused.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
                continue
            _close(made)
            raise _complaint(host, port, refused) from refused
    if not made and absent:
        raise _complaint(host, port, absent) from absent
    return made


def _bound(family: int, kind: int, protocol: int, address: tuple[object, ...]) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: or another program may take the port from us
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # or the port is not ours again until the last connection of the last run is forgotten
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:  # `::` is IPv6 alone: 0.0.0.0 stands for itself
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
        made.listen(512)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


def _close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


def _complaint(host: str, port: int, refused: OSError) -> ConfigurationError:
    if refused.errno == errno.EADDRINUSE:
        what, then = f"port {port} is in use", "end the other program, or choose another with --port"
    elif isinstance(refused, PermissionError):
        what, then = f"port {port} is for administrators", "choose one above 1023 with --port, such as 8000"
    elif refused.errno == errno.EADDRNOTAVAIL:
        what, then = f"`{host}` is no address of this machine", "try localhost, or --lan"
    else:
        what, then = (refused.strerror or str(refused)).lower(), "choose others with --host and --port"
    return ConfigurationError(what, where=f"{host}:{port}", then=then)


def lan_host() -> str:
    """Return this machine's address in the local network; raises ConfigurationError if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_ELSEWHERE)
            found = asking.getsockname()[0]
        except OSError:
            found = ""
    if not found or ipaddress.ip_address(found).is_loopback:
        what = "this machine is in no network"
        raise ConfigurationError(what, where="--lan", then="connect it, or leave --lan away")
    if not ipaddress.ip_address(found).is_private:
        what = f"{found} is an address for everybody, not of a local network"
        raise ConfigurationError(what, where="--lan", then=f"say --host {found} if everybody shall reach it")
    return str(found)


def address(host: str, port: int) -> str:
    """Return the address of what is served there.

    >>> address("localhost", 8000), address("::1", 8000), address("192.168.1.7", 80)
    ('http://localhost:8000/', 'http://[::1]:8000/', 'http://192.168.1.7/')
    """
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}/" if port == 80 else f"http://{name}:{port}/"
