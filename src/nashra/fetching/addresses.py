"""Addresses of the web, as links, redirects and the owner write them."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from nashra.errors import ConfigurationError, FetchError

PORTS = {"http": 80, "https": 443}
LONGEST = 8000
"""Characters of an address; servers take 8 KB at most."""

_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
_ASCII = "".join(map(chr, range(128)))
_IN_PATH = "/%:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to ask for what: `target` is path and query, percent-encoded; `start` led here, if not empty."""

    scheme: str
    host: str
    port: int
    target: str
    start: str = field(default="", compare=False)

    @property
    def origin(self) -> str:
        """The address without path and query."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port == PORTS[self.scheme] else f':{self.port}'}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.target

    @property
    def where(self) -> str:
        """The address as errors say it."""
        return _where(self.url, self.start)


def parse(url: str, start: str = "") -> Address:
    """Return an address of the web in its parts; raises FetchError for whatever is none.

    >>> parse("HTTPS://Example.COM:443/أخبار?id=1#top").url
    'https://example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?id=1'
    >>> parse("http://موقع.example").host
    'xn--4gbrim.example'
    >>> parse("http://[::1]:8000/a b").url
    'http://[::1]:8000/a%20b'
    """
    where = _where(url, start)
    try:
        split = urlsplit(url.strip())
        given = split.port
        host = _host(split.hostname or "")
        query = f"?{quote(split.query, _IN_PATH + '?')}" if split.query else ""
        target = (quote(split.path, _IN_PATH) or "/") + query
    except ValueError as broken:
        raise FetchError("is no address of the web", where=where, then="check the link") from broken
    if split.scheme not in PORTS:
        then = "give a link that begins with https:// or http://"
        raise FetchError("is no address of the web", where=where, then=then)
    if "@" in split.netloc:
        where = _where(
            split._replace(netloc=split.netloc.rpartition("@")[2]).geturl(), start
        )  # no password in a log
        what, then = "has a name or a password before its host", "leave out what stands before the @"
        raise FetchError(what, where=where, then=then)
    if not host or len(url) > LONGEST or any(ord(sign) < 32 or ord(sign) == 127 for sign in url.strip()):
        raise FetchError("is no address of the web", where=where, then="check the link")
    return Address(split.scheme, host, PORTS[split.scheme] if given is None else given, target, start)


def onward(address: Address, location: str) -> Address:
    r"""Return where a redirect leads, given the header as http.client reads it, which is as Latin-1.

    Raises FetchError for no address, and for one without TLS after one with TLS.

    >>> onward(parse("http://a.example/"), "/\xd8\xa3").target  # sent as UTF-8, as most Arabic paths are
    '/%D8%A3'
    >>> onward(parse("http://a.example/"), "/\xc3?b").target  # sent as windows-1256
    '/%C3?b'
    """
    start = address.start or address.url
    sent = location.encode("latin-1")
    try:
        location = sent.decode()
    except UnicodeDecodeError:
        location = quote(sent, safe=_ASCII)
    try:
        url = urljoin(address.url, location)
    except ValueError:
        url = location  # parse says what is wrong with it
    found = parse(url, start)
    if (address.scheme, found.scheme) == ("https", "http"):
        what = "leads from https to http, which anybody on the way can change"
        raise FetchError(what, where=found.where, then="give the link of the page itself")
    return found


def named(entries: frozenset[str]) -> frozenset[tuple[str, int]]:
    """Return hosts and ports from `host` (its ports 80 and 443) or `host:port`; raises ConfigurationError.

    >>> sorted(named(frozenset({"Intranet.example", "[::1]:8000"})))
    [('::1', 8000), ('intranet.example', 80), ('intranet.example', 443)]
    """
    found: set[tuple[str, int]] = set()
    for entry in entries:
        try:
            split = urlsplit(f"//{entry}")
            host, port = _host(split.hostname or ""), split.port
        except ValueError:
            host, port = "", None
        if not host or split.netloc != entry or "@" in entry:
            what = f"`{entry}` is no host"
            then = "write it as in intranet.example or localhost:8000"
            raise ConfigurationError(what, where="nashra.toml, [fetch] allow", then=then)
        found |= {(host, each) for each in (PORTS.values() if port is None else (port,))}
    return frozenset(found)


def _host(name: str) -> str:
    """Return a host's name in ASCII, or an IPv6 address in its one spelling; raises ValueError."""
    if ":" in name:
        if "%" in name:
            raise ValueError("a network card's name is no part of a public address")
        return str(ipaddress.IPv6Address(name))
    ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    ascii_name = ascii_name.removesuffix(".")  # certificates are made out to names without it
    if name and not _HOST.fullmatch(ascii_name):
        raise ValueError("no host's name")
    return ascii_name


def _where(url: str, start: str) -> str:
    return f"{_shown(url)} (to which {_shown(start)} leads)" if start else _shown(url)


def _shown(url: str) -> str:
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in url.strip())
    return shown if len(shown) <= 200 else f"{shown[:200]}…"
