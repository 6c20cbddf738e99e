"""Which numeric addresses are public, and which lie inside this network."""

from __future__ import annotations

import ipaddress

# The special-purpose registries of IANA, RFC 6890 and after. Python's own is_private and is_global
# changed from release to release (fec0::/10 and ::127.0.0.1 passed for public in 3.11).
_IPV4 = (
    "0.0.0.0/8",  # this host: Linux takes 0 for 127.0.0.1
    "10.0.0.0/8",
    "100.64.0.0/10",  # a provider's own, behind its address translation
    "127.0.0.0/8",
    "169.254.0.0/16",  # link-local: 169.254.169.254 tells a cloud machine its own keys
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",  # 6to4 relays
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",  # multicast
    "240.0.0.0/4",  # reserved, and broadcast
)
_INSIDE_4 = tuple(map(ipaddress.IPv4Network, _IPV4))
# All that is public in IPv6 is 2000::/3, without what IANA keeps for protocols (Teredo among it),
# examples, and 6to4, which carries any IPv4 address.
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_INSIDE_6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def inside(address: str) -> bool:
    """Say whether a numeric address is not public: of this machine, this network, or of no host at all.

    >>> [inside(each) for each in ("127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe", "fec0::1")]
    [True, True, True, True]
    >>> [inside(each) for each in ("93.184.215.14", "2a00:1450:4001::8a", "64:ff9b::5db8:d70e")]
    [False, False, False]
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        # Networks with NAT64 give every IPv4 host such a name: it is as public as that host.
        if ip.ipv4_mapped is None and ip not in _NAT64:
            return ip not in _GLOBAL_6 or any(ip in network for network in _INSIDE_6)
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return any(ip in network for network in _INSIDE_4)
