"""Reading addresses of the web: servers on loopback that behave, misbehave, and lie inside.

A World stands for the internet: it knows names, and which server answers at which numeric address.
Everything inside this network is answered by one server, whose hits must stay at none.
"""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from nashra.errors import ConfigurationError, FetchError
from nashra.fetching import LIMITS, Fetcher, Limits
from nashra.fetching.addresses import onward, parse
from nashra.fetching.networks import _INSIDE_4, _INSIDE_6, inside

BOUND_S = 5  # nothing on loopback needs as long; a broken test ends here
PUBLIC, OTHER, SIX = "93.184.215.14", "151.101.1.69", "2a00:1450:4001:80e::200e"
PAGE = "<p>استقبل ميناء المدينة صباح اليوم سفينة شحن تعمل بالكهرباء.</p>".encode()
INSIDE = "is an address inside this network; name it under [fetch] allow in nashra.toml if that is meant"


def answer(body=PAGE, *headers, status="200 OK", kind="text/html; charset=utf-8", length=None):
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    head += [f"Content-Type: {kind}"] if kind else []
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def moved(to, status="302 Found"):
    return answer(b"", f"Location: {to}", status=status)


def head(*lines):
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *lines, "", ""]).encode()


def reset(sock, _over):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silent(_sock, over):
    over.wait(BOUND_S)


def drip(start, piece):
    """Return a reply that goes on for ever, a piece every 20 ms, until the other side has gone."""

    def reply(sock, over):
        sock.sendall(start)
        while not over.wait(0.02):
            sock.sendall(piece)

    return reply


class Site:
    """A server of raw replies by path: a list is a script, whose last entry is repeated.

    A reply is the bytes to send, or what is done with the socket. After `Connection: close` in its
    bytes, and after anything done, the server closes.
    """

    def __init__(self, replies, identity=None):
        self.replies = {path: list(reply) for path, reply in replies.items()}
        self.heads, self.times, self.connections = [], [], 0
        self.greeting = b""
        self._context = None
        if identity:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            identity.configure_cert(self._context)
        self._over = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    @property
    def paths(self):
        return [head.split()[1] for head in self.heads]

    def stop(self):
        self._over.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._door.close()
        for thread in self._threads:
            thread.join(BOUND_S)
            assert not thread.is_alive()

    def _listen(self):
        while not self._over.is_set():
            try:
                plain, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            plain.settimeout(BOUND_S)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._threads.append(threading.Thread(target=self._serve, args=(plain,)))
            self._threads[-1].start()

    def _serve(self, plain):
        with plain, suppress(OSError):
            if self.greeting:
                plain.sendall(self.greeting)
                return
            if self._context is None:
                while self._reply(plain):
                    pass
                return
            with self._context.wrap_socket(plain, server_side=True) as tls:
                while self._reply(tls):
                    pass

    def _reply(self, sock):
        asked = b""
        while not asked.endswith(b"\r\n\r\n"):
            byte = sock.recv(1)
            if not byte:
                return False
            asked += byte
        self.heads.append(asked.decode())
        script = self.replies.get(self.paths[-1], [answer(b"", status="404 Not Found")])
        reply = script.pop(0) if len(script) > 1 else script[0]
        if callable(reply):
            reply(sock, self._over)
            return False
        sock.sendall(reply)
        return b"Connection: close" not in reply


class World:
    """Names to numeric addresses, and those to servers; every address inside leads to one server."""

    def __init__(self, authorities):
        self._authorities = authorities  # certifi's many take 50 ms to load
        self.names = {"news.example": [[PUBLIC]], "other.example": [[OTHER]]}
        self.sites, self.dialled, self.looked_up, self.waits = {}, [], [], []
        self._made = []
        self.internal = self.site(None, {"/": [answer(b"secret")]})

    def site(self, ip, replies, identity=None):
        made = Site(replies, identity)
        self._made.append(made)
        if ip:
            self.sites[ip, 443 if identity else 80] = made
        return made

    def resolve(self, host, port):
        self.looked_up.append(host)
        if host not in self.names:  # numeric spellings are for the real resolver
            return [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, ip, port, seconds):
        self.dialled.append((ip, port))
        site = self.internal if inside(ip) else self.sites.get((ip, port))
        if site is None:
            raise ConnectionRefusedError(ip)
        return socket.create_connection(("127.0.0.1", site.port), seconds)

    def fetcher(self, **settings):
        settings = {
            "user_agent": "Nashra/0 (+https://station.example/)",
            "clock": time.monotonic,
            "sleep": self.waits.append,
            "jitter": lambda: 0.5,
            "robots": False,
            "pause_s": 0.0,
            "resolve": self.resolve,
            "dial": self.dial,
            "authorities": self._authorities,
            **settings,
        }
        return Fetcher(**settings)

    def get(self, url="http://news.example/", accept="page", *, settings=None, **known):
        with self.fetcher(**(settings or {})) as fetcher:
            return fetcher.get(url, accept=accept, **known)

    def stop(self):
        for site in self._made:
            site.stop()


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def bundle(authority, tmp_path_factory):
    file = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return str(file)


@pytest.fixture
def world(bundle):
    made = World(bundle)
    yield made
    made.stop()


def limited(**limits):
    return {"limits": {**LIMITS, "page": Limits(**limits)}}


# What comes back


def test_a_page_comes_back_whole(world):
    """Body, media type, character set and validators are what the server sent, and the request is honest."""
    site = world.site(
        PUBLIC, {"/": [answer(PAGE, 'ETag: "7"', "Last-Modified: Mon, 05 Jan 2026 10:00:00 GMT")]}
    )
    got = world.get()
    assert (got.url, got.status, got.body) == ("http://news.example/", 200, PAGE)
    assert (got.content_type, got.charset) == ("text/html", "utf-8")
    assert (got.etag, got.last_modified) == ('"7"', "Mon, 05 Jan 2026 10:00:00 GMT")
    lines = set(site.heads[0].split("\r\n"))
    assert {
        "GET / HTTP/1.1",
        "Host: news.example",
        "User-Agent: Nashra/0 (+https://station.example/)",
        "Accept-Encoding: gzip",
    } <= lines
    assert not any(line.startswith(("If-", "Cookie", "Authorization")) for line in lines)


def test_a_packed_page_is_unpacked(world):
    """Gzip is undone, also in chunks, and in several members."""
    packed = gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (packed[:9], packed[9:]))
    site = {
        "/": [answer(packed, "Content-Encoding: gzip")],
        "/chunks": [head("Content-Encoding: gzip", "Transfer-Encoding: chunked") + chunks + b"0\r\n\r\n"],
    }
    world.site(PUBLIC, site)
    assert world.get().body == PAGE
    assert world.get("http://news.example/chunks").body == PAGE


def test_a_page_without_a_length_ends_with_its_connection(world):
    world.site(PUBLIC, {"/": [head("Connection: close") + PAGE]})
    assert world.get().body == PAGE


def test_unchanged_since(world):
    """What was not changed comes back as 304, without a body; unasked, a 304 is an error."""
    unchanged = b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\n\r\n'
    site = world.site(PUBLIC, {"/": [unchanged]})
    got = world.get(etag='"7"', last_modified="Mon, 05 Jan 2026 10:00:00 GMT")
    assert (got.status, got.body, got.etag) == (304, b"", '"7"')
    assert 'If-None-Match: "7"\r\nIf-Modified-Since: Mon, 05 Jan 2026 10:00:00 GMT\r\n' in site.heads[0]
    with pytest.raises(FetchError, match="answers 304"):
        world.get()
    with pytest.raises(FetchError, match="answers 304"):  # no header is smuggled in by a record
        world.get(etag='"7"\r\nX-Bad: 1')


def test_one_connection_is_kept(world):
    """One site is asked over one connection; what was not read to its end is not used again."""
    site = world.site(
        PUBLIC,
        {"/": [answer()], "/pdf": [answer(kind="application/pdf")], "/304": [b"HTTP/1.1 304 N\r\n\r\n"]},
    )
    with world.fetcher() as fetcher:
        for _time in range(3):
            assert fetcher.get("http://news.example/", accept="page").body == PAGE
        assert fetcher.get("http://news.example/304", accept="page", etag="7").status == 304
        assert site.connections == 1
        with pytest.raises(FetchError):
            fetcher.get("http://news.example/pdf", accept="page")
        assert fetcher.get("http://news.example/", accept="page").body == PAGE
        assert site.connections == 2


def test_a_kept_connection_that_was_closed_is_made_again_at_once(world):
    def cut(sock, _over):
        sock.sendall(answer())

    site = world.site(PUBLIC, {"/": [cut]})
    with world.fetcher() as fetcher:
        assert fetcher.get("http://news.example/", accept="page").body == PAGE
        assert fetcher.get("http://news.example/", accept="page").body == PAGE
    assert (site.connections, sum(world.waits)) == (2, 0)


def test_many_sites_leave_few_connections_open(world):
    """Whoever is asked after eight others is asked over a new connection."""
    site = world.site(PUBLIC, {"/": [answer()]})
    world.names |= {f"n{number}.example": [[PUBLIC]] for number in range(20)}
    with world.fetcher() as fetcher:
        for number in (*range(20), 19, 0):
            fetcher.get(f"http://n{number}.example/", accept="page")
        assert len(fetcher._connections) == 8
    assert site.connections == 21


# Which address may be asked

SPELLINGS = (
    "127.0.0.1",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "0",
    "0.0.0.0",  # noqa: S104 nothing is bound: it is asked for
    "127.0.0.1.",
    "１２７。０。０。１",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[0:0:0:0:0:0:0:1]",
    "[fec0::1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::1]",
    "[2001:db8::1]",
    "[100::1]",
    "169.254.169.254",
    "10.0.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
)


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("way", ["direct", "redirect"])
def test_an_address_inside_is_refused_before_it_is_connected_to(world, host, way):
    """However it is spelled, given or led to: nothing is dialled, and the sentence says what to do."""
    world.site(PUBLIC, {"/": [moved(f"http://{host}/".encode().decode("latin-1"))]})
    url = "http://news.example/" if way == "redirect" else f"http://{host}/"
    with pytest.raises(FetchError) as refused:
        world.get(url)
    assert str(refused.value).endswith(INSIDE)
    assert ("(to which http://news.example/ leads)" in str(refused.value)) == (way == "redirect")
    assert world.internal.heads == []
    assert {ip for ip, _port in world.dialled} <= {PUBLIC}


@pytest.mark.parametrize(
    "url",
    [
        "http://user@127.0.0.1/",
        "http://news.example@127.0.0.1/",
        "http://user:pass@news.example/",
        "http://@news.example/",
        "http://127.0.0.1\\@news.example/",
        "http://news.example\\.127.0.0.1/",
        "http://127.0.0.1%2f@news.example/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1:80\t@news.example/",
        "http://[fe80::1%25lo]/",
        "http://news.example\r\nX: 1/",
        "http:///path",
        "http://",
        "http://news.example:99999/",
        "http://news.example:x/",
        "http://a..b/",
        "http://" + "a" * 300 + "/",
        "http://news.example/" + "a" * 9000,
        "http://[::1/",
        "",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "data:text/html,x",
        "ftp://news.example/",
        "gopher://news.example/",
        "javascript:alert(1)",
        "articles/harbour.txt",
        "/etc/passwd",
        "C:\\article.txt",
        "//news.example/",
        "www.news.example",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(world, url):
    """No other scheme, no file, no password, no trick with the host: not even a name is looked up."""
    with pytest.raises(FetchError, match=r"is no address of the web|a name or a password before its host"):
        world.get(url)
    assert (world.looked_up, world.dialled) == ([], [])


def test_an_error_holds_no_password_and_no_control_character(world):
    for url in ("http://user:hunter2@news.example/", "http://news.example/\x1b[31m", "data:" + "x" * 9000):
        with pytest.raises(FetchError) as refused:
            world.get(url)
        assert "hunter2" not in str(refused.value)
        assert "\x1b" not in str(refused.value)
        assert len(str(refused.value)) < 400


@pytest.mark.parametrize("port", [22, 0, 8080, 25])
def test_other_ports_are_refused(world, port):
    with pytest.raises(FetchError, match=rf"asks for port {port}, .* name it under \[fetch\] allow"):
        world.get(f"http://news.example:{port}/")
    assert world.dialled == []


def test_a_host_named_by_the_owner_may_be_inside(world):
    """The name given, at the port given: no other spelling, no other port."""
    allowed = {"allowed_hosts": frozenset({"Intranet.example:8000"})}
    world.names["intranet.example"] = [["10.0.0.5"]]
    assert world.get("http://intranet.example:8000/", settings=allowed).body == b"secret"
    for other in ("http://intranet.example/", "http://10.0.0.5:8000/", "http://intranet.example:8001/"):
        with pytest.raises(FetchError, match="name it under"):
            world.get(other, settings=allowed)
    assert world.dialled == [("10.0.0.5", 8000)]


def test_without_a_world_between(world):
    """The real resolver and the real socket: loopback is refused, and read when it is named."""
    site = world.site(None, {"/": [answer()]})
    real = {"clock": time.monotonic, "sleep": time.sleep, "jitter": lambda: 0.0, "user_agent": "Nashra/0"}
    with Fetcher(**real) as fetcher, pytest.raises(FetchError, match="inside this network"):
        fetcher.get("http://127.0.0.1/", accept="page")
    with Fetcher(**real, allowed_hosts=frozenset({f"127.0.0.1:{site.port}"})) as fetcher:
        assert fetcher.get(f"http://127.0.0.1:{site.port}/", accept="page").body == PAGE
    assert site.paths == ["/robots.txt", "/"]


@pytest.mark.parametrize("entry", ["", "http://intranet/", "a/b", "a:b", "x@y", "a b", "h:99999"])
def test_an_allowed_host_that_is_none_is_said(world, entry):
    with pytest.raises(ConfigurationError, match=r"nashra.toml, \[fetch\] allow: .* is no host; write it as"):
        world.fetcher(allowed_hosts=frozenset({entry}))


@pytest.mark.parametrize("addresses", [[PUBLIC, "127.0.0.1"], ["::1", PUBLIC], [SIX, PUBLIC, "10.0.0.1"]])
def test_one_address_inside_is_enough(world, addresses):
    """All addresses of a name are looked at, not only the first."""
    world.names["news.example"] = [addresses]
    with pytest.raises(FetchError, match="inside this network"):
        world.get()
    assert world.dialled == []


def test_rebinding_gains_nothing(world):
    """The address that was checked is the one connected to; each new connection is checked again."""
    world.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    world.site(PUBLIC, {"/": [answer(PAGE, "Connection: close")]})
    with world.fetcher() as fetcher:
        assert fetcher.get("http://news.example/", accept="page").body == PAGE
        with pytest.raises(FetchError, match="inside this network"):
            fetcher.get("http://news.example/", accept="page")
    assert (world.dialled, world.internal.heads) == ([(PUBLIC, 80)], [])


def test_the_next_address_is_tried(world):
    """A host whose first address is dead is read at its second."""
    world.names["news.example"] = [[SIX, PUBLIC]]
    world.site(PUBLIC, {"/": [answer()]})
    assert world.get().body == PAGE
    assert world.dialled == [(SIX, 80), (PUBLIC, 80)]


def test_a_name_that_nobody_knows_is_said(world):
    def nobody(_host, _port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for resolve in (nobody, lambda _host, _port: []):
        with pytest.raises(FetchError, match="has a host that nobody knows; check its spelling"):
            world.get(settings={"resolve": resolve})


def test_a_resolver_that_never_answers_is_left(world):
    over = threading.Event()
    with pytest.raises(FetchError, match="no whole answer in time"):
        world.get(settings={"resolve": lambda _host, _port: over.wait(BOUND_S), **limited(seconds=0.3)})
    over.set()


def test_proxies_of_the_environment_are_not_used(world, monkeypatch):
    """A proxy would look names up by itself, past our check: it is not asked, and refusals stay refusals."""
    proxy = world.site(None, {})
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv(name.lower(), f"http://127.0.0.1:{proxy.port}")
    world.site(PUBLIC, {"/": [answer()]})
    assert world.get().body == PAGE
    with pytest.raises(FetchError, match="inside this network"):
        world.get("http://127.0.0.1/")
    assert (proxy.connections, world.internal.connections) == (0, 0)


SPECIAL = st.one_of(
    st.sampled_from(_INSIDE_4), st.sampled_from(_INSIDE_6), st.just(ipaddress.ip_network("0.0.0.0/0"))
)


@given(
    SPECIAL.flatmap(
        lambda network: st.integers(int(network[0]), int(network[-1])).map(lambda at: (network, at))
    )
)
def test_whatever_the_standard_library_calls_private_is_inside(chosen):
    """An independent table, that of `ipaddress`, never calls less public what is asked here."""
    network, at = chosen
    address = type(network[0])(at)
    assert inside(str(address)) or (address.is_global and not address.is_multicast)
    assert inside(str(address)) or network.prefixlen == 0


@given(st.one_of(st.text(), st.text("htps:/@.[]%?#\\ a1٣é\t", max_size=40).map("http://".__add__)))
def test_any_text_is_an_address_or_an_error(text):
    """No text escapes as another exception, and an address read again is the same."""
    with suppress(FetchError):
        address = parse(text)
        assert parse(address.url) == address
        assert address.url.isascii()
        assert not set(address.url) & set(" \r\n\t@\\") or "@" in address.target


# Redirects


def test_redirects_are_followed(world):
    """Relative, absolute, to another host, with Arabic letters as raw bytes: the last address is told."""
    arabic = "/أخبار".encode().decode("latin-1")
    replies = {"/": [moved("a?b=c#d")], "/a?b=c": [moved("//other.example/x", "301 Moved Permanently")]}
    first = world.site(PUBLIC, replies)
    last = "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"
    second = world.site(OTHER, {"/x": [moved(arabic, "308 Permanent Redirect")], last: [answer()]})
    got = world.get()
    assert (got.url, got.body) == (f"http://other.example{last}", PAGE)
    assert (first.paths, second.paths) == (["/", "/a?b=c"], ["/x", last])


def test_redirects_end(world):
    """A circle and a long chain are left, the latter after five hops."""
    chain = {f"/{number}": [moved(f"/{number + 1}")] for number in range(30)}
    site = world.site(PUBLIC, {**chain, "/round": [moved("/and")], "/and": [moved("/round")]})
    with pytest.raises(
        FetchError, match=r"^http://news.example/0: leads on more than 5 times; give the link"
    ):
        world.get("http://news.example/0")
    assert len(site.heads) == 6
    with pytest.raises(FetchError, match=r"^http://news.example/round: leads in a circle"):
        world.get("http://news.example/round")
    assert len(site.heads) == 8


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "data:text/html,x", "ftp://x/", "http://u:p@x/", "http://[x"]
)
def test_a_redirect_to_no_address_of_the_web_is_refused(world, to):
    world.site(PUBLIC, {"/": [moved(to)]})
    with pytest.raises(
        FetchError, match=r"\(to which http://news.example/ leads\): (is no address|has a name)"
    ):
        world.get()


def test_a_redirect_without_a_place_is_an_error(world):
    world.site(PUBLIC, {"/": [answer(b"", status="302 Found")]})
    with pytest.raises(FetchError, match="answers 302"):
        world.get()


def test_a_redirect_from_tls_to_none_is_refused(world, authority):
    world.site(PUBLIC, {"/": [moved("http://other.example/")]}, authority.issue_cert("news.example"))
    with pytest.raises(FetchError, match="leads from https to http, which anybody"):
        world.get("https://news.example/")
    assert world.dialled == [(PUBLIC, 443)]


def test_nothing_of_one_site_is_told_another(world):
    """Cookies are not kept, so that no hop learns what another set."""
    world.site(
        PUBLIC, {"/": [answer(b"", "Location: http://other.example/", "Set-Cookie: a=b", status="302 F")]}
    )
    other = world.site(OTHER, {"/": [answer(PAGE, "Set-Cookie: c=d")]})
    with world.fetcher() as fetcher:
        fetcher.get("http://news.example/", accept="page")
        fetcher.get("http://other.example/", accept="page")
    assert len(other.heads) == 2
    assert not any("ookie" in asked or "Referer" in asked or "a=b" in asked for asked in other.heads)


def test_onward_keeps_where_it_began():
    """After two hops an error still names the link that was given."""
    second = onward(onward(parse("http://a.example/"), "/b"), "http://c.example/")
    assert second.where == "http://c.example/ (to which http://a.example/ leads)"


# TLS


def test_tls_is_verified_for_the_name_of_the_link(world, authority):
    """Name and Host are those of the link, although the socket goes to a numeric address."""
    names = []
    site = world.site(PUBLIC, {"/": [answer()]}, authority.issue_cert("news.example"))
    site._context.sni_callback = lambda _sock, name, _context: names.append(name)
    assert world.get("https://news.example/").body == PAGE
    assert names == ["news.example"]
    assert "\r\nHost: news.example\r\n" in site.heads[0]


@pytest.mark.parametrize(
    ("flaw", "said"),
    [
        ("wrong name", r"not trusted \(Hostname mismatch"),
        ("expired", r"not trusted \(certificate has expired"),
        ("self-signed", r"not trusted \(self.signed certificate"),
        ("stranger", r"not trusted \(unable to get local issuer"),
    ],
)
def test_a_bad_certificate_is_refused(world, authority, flaw, said):
    """Nothing is asked, and nothing is tried twice, of a host that cannot show who it is."""
    then = datetime.now(UTC) - timedelta(days=2)
    identity = {
        "wrong name": lambda: authority.issue_cert("evil.example"),
        "expired": lambda: authority.issue_cert(
            "news.example", not_before=then, not_after=then + timedelta(1)
        ),
        "self-signed": lambda: authority.issue_cert("news.example"),
        "stranger": lambda: trustme.CA().issue_cert("news.example"),
    }[flaw]()
    site = world.site(PUBLIC, {"/": [answer()]}, identity)
    settings = {}
    if flaw == "self-signed":  # an authority's own certificate is
        site._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with (
            authority.cert_pem.tempfile() as certificate,
            authority.private_key_pem.tempfile() as key,
        ):
            site._context.load_cert_chain(certificate, key)
        settings = {"authorities": ""}
    with pytest.raises(FetchError, match=rf"^https://news.example/: shows a certificate that is {said}"):
        world.get("https://news.example/", settings=settings)
    assert (site.heads, site.connections, world.waits) == ([], 1, [])


def test_no_tls_where_tls_is_asked_for_is_refused(world):
    world.sites[PUBLIC, 443] = world.site(None, {})
    world.sites[PUBLIC, 443].greeting = answer()
    with pytest.raises(FetchError, match=r"speaks no TLS that can be trusted"):
        world.get("https://news.example/")


def test_a_silent_handshake_ends(world):
    world.sites[PUBLIC, 443] = world.site(None, {})  # it waits for a request in plain text
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"no whole answer in time"):
        world.get("https://news.example/", settings=limited(seconds=0.4))
    assert time.monotonic() - begun < BOUND_S


def test_authorities_that_are_none_are_said(world, tmp_path):
    (tmp_path / "empty.pem").write_text("nothing", "utf-8")
    for name in ("empty.pem", "nowhere.pem"):
        with pytest.raises(ConfigurationError, match=rf"{name}: holds no certificates"):
            world.fetcher(authorities=str(tmp_path / name))


# How much, and how long


@pytest.mark.parametrize(
    "reply",
    [
        silent,
        drip(b"", b"x"),
        drip(b"HTTP/1.1 200 OK\r\n", b"x"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(head("Content-Length: 9999"), b"x"),
        drip(head("Connection: close"), b"x"),
        drip(head("Transfer-Encoding: chunked"), b"1\r\nx\r\n"),
        drip(head("Transfer-Encoding: chunked") + b"9999\r\n", b"x"),
        drip(head("Content-Encoding: gzip"), gzip.compress(b"")),
        drip(head("Content-Length: 9999"), b""),
    ],
    ids=[
        "silence",
        "line",
        "headers",
        "hundreds",
        "body",
        "endless",
        "chunks",
        "chunk",
        "gzip",
        "headers only",
    ],
)
def test_slowness_ends_at_the_deadline(world, reply):
    """However little comes however long, one deadline ends it, and it is not tried again."""
    site = world.site(PUBLIC, {"/": [reply]})
    begun = time.monotonic()
    with pytest.raises(
        FetchError, match=r"^http://news.example/: gives no whole answer in time; try again later"
    ):
        world.get(settings=limited(seconds=0.4))
    assert time.monotonic() - begun < BOUND_S
    assert (len(site.heads), world.waits) == (1, [])


def test_the_deadline_holds_in_tls(world, authority):
    identity = authority.issue_cert("news.example")
    site = world.site(PUBLIC, {"/": [drip(head("Content-Length: 9999"), b"x")]}, identity)
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"no whole answer in time"):
        world.get("https://news.example/", settings=limited(seconds=0.6))
    assert time.monotonic() - begun < BOUND_S
    assert len(site.heads) == 1


def test_the_deadline_is_one_for_all_hops(world):
    """Five slow hops are no five deadlines; what is waited between tries counts in none."""
    now = [0.0]

    def sleep(seconds):
        now[0] += seconds

    def slow(path):
        def reply(sock, _over):
            now[0] += 8.0
            sock.sendall(moved(path))

        return reply

    busy = answer(b"", "Retry-After: 50", status="503 Busy")
    hops = {f"/{number}": [slow(f"/{number + 1}")] for number in range(9)}
    site = world.site(PUBLIC, {"/": [busy, answer()], **hops})
    with world.fetcher(clock=lambda: now[0], sleep=sleep) as fetcher:
        assert fetcher.get("http://news.example/", accept="page").body == PAGE
        with pytest.raises(FetchError, match=r"in time"):
            fetcher.get("http://news.example/0", accept="page")
    assert site.paths == ["/", "/", "/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (answer(PAGE, length=len(PAGE) + 1), "breaks off"),
        (answer(PAGE, length=len(PAGE) - 1), "sends more than the"),
        (
            answer(gzip.compress(PAGE) * 2, "Content-Encoding: gzip", length=len(gzip.compress(PAGE))),
            "sends more",
        ),
        (head("Transfer-Encoding: chunked") + b"rubbish\r\n", "breaks off"),
        (head("Transfer-Encoding: chunked") + b"5\r\nabc", "breaks off"),
        (head("Transfer-Encoding: chunked") + b"3\r\nabc\r\n", "breaks off"),
        (answer(gzip.compress(PAGE)[:-9], "Content-Encoding: gzip"), "breaks off"),
        (answer(b"", "Content-Encoding: gzip"), "breaks off"),
        (answer(PAGE, "Content-Encoding: gzip"), "cannot be unpacked"),
        (answer(gzip.compress(PAGE) + b"rubbish", "Content-Encoding: gzip"), "cannot be unpacked"),
        (b"", "loses the connection"),
        (reset, "loses the connection"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "does not answer as a web server"),
        (b"<html>no head at all</html>\r\n\r\n", "does not answer as a web server"),
        (b"HTTP/1.1 99999 OK\r\n\r\n", "does not answer as a web server"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "does not answer as a web server"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", "does not answer as a web server"),
    ],
)
def test_a_broken_answer_is_an_error(world, reply, said):
    """Cut short or too long, in chunks or packed, with endless headers or none: never half a page."""

    def once(sock, over):
        reply(sock, over) if callable(reply) else sock.sendall(reply)

    world.site(PUBLIC, {"/": [once]})
    with pytest.raises(FetchError, match=rf"^http://news.example/: .*{said}"):
        world.get()


def test_a_length_that_is_none_is_not_believed(world):
    """A length without sense is ignored, and the page ends with its connection."""
    for length in ("-5", "x", ""):
        world.site(PUBLIC, {"/": [head(f"Content-Length: {length}", "Connection: close") + PAGE]})
        assert world.get().body == PAGE


def test_the_limit_is_of_bytes_as_unpacked(world):
    """As many as allowed pass, one more does not, packed or not, announced or not."""
    for size, passes in ((5000, True), (5001, False)):
        body = b"x" * size
        replies = [
            answer(body),
            answer(gzip.compress(body), "Content-Encoding: gzip"),
            head("Connection: close") + body,
            head("Transfer-Encoding: chunked") + b"%x\r\n" % size + body + b"\r\n0\r\n\r\n",
        ]
        site = world.site(PUBLIC, {f"/{number}": [reply] for number, reply in enumerate(replies)})
        for number in range(len(replies)):
            if passes:
                assert world.get(f"http://news.example/{number}", settings=limited(bytes=5000)).body == body
            else:
                with pytest.raises(FetchError, match=r"is longer than 5,000 bytes; check the link"):
                    world.get(f"http://news.example/{number}", settings=limited(bytes=5000))
        assert len(site.heads) == len(replies)  # what is too long is not asked for again


def test_a_length_over_the_limit_is_refused_before_its_body(world):
    """The server announces ten gigabytes and sends none of them: nobody waits for the first."""
    world.site(PUBLIC, {"/": [answer(b"", length=10_000_000_000)]})
    with pytest.raises(FetchError, match="is longer than 10,000,000 bytes"):
        world.get()


def test_a_packed_nothing_without_end_is_left(world):
    """Empty gzip members unpack to no byte, and would fill no limit of unpacked ones."""
    nothing = gzip.compress(b"") * 10_000
    world.site(PUBLIC, {"/": [head("Content-Encoding: gzip", "Connection: close") + nothing]})
    with pytest.raises(FetchError, match="is longer than"):
        world.get(settings=limited(bytes=50_000))


@pytest.mark.parametrize(
    "packed", ["br", "deflate", "zstd", "compress", "gzip, gzip", ", ".join(["gzip"] * 100)]
)
def test_other_packing_is_refused(world, packed):
    """Only gzip was asked for, once."""
    world.site(PUBLIC, {"/": [answer(gzip.compress(gzip.compress(PAGE)), f"Content-Encoding: {packed}")]})
    with pytest.raises(FetchError, match="which was not asked for; open it in a browser"):
        world.get()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory since the start")
def test_a_bomb_takes_little_memory(world):
    """A gigabyte in a megabyte of gzip is left at the limit, in a process that stays under 150 MB."""
    stream = zlib.compressobj(9, wbits=31)
    start = stream.compress(b"") + stream.flush(zlib.Z_FULL_FLUSH)
    block = stream.compress(bytes(1 << 20)) + stream.flush(zlib.Z_FULL_FLUSH)
    bomb = start + block * 1024
    assert len(bomb) < 2_000_000
    site = world.site(None, {"/": [answer(bomb, "Content-Encoding: gzip")]})
    code = (
        "import sys, time\n"
        "from nashra.errors import FetchError\n"
        "from nashra.fetching import Fetcher\n"
        "host = '127.0.0.1:' + sys.argv[1]\n"
        "try:\n"
        "    Fetcher(user_agent='x', clock=time.monotonic, sleep=time.sleep, jitter=float, robots=False,\n"
        "            allowed_hosts=frozenset({host})).get(f'http://{host}/', accept='page')\n"
        "except FetchError as refused:\n"
        "    print(refused.what)\n"
        "    print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(site.port)], capture_output=True, text=True, timeout=60, check=True
    )
    said, most_kb = ran.stdout.splitlines()  # ru_maxrss would count what pytest had when it forked
    assert said == "is longer than 10,000,000 bytes"
    assert int(most_kb) < 150_000


# Kinds


@pytest.mark.parametrize(
    ("accept", "kind", "said"),
    [
        ("page", "application/pdf", "is application/pdf, not a page of text; copy its text into a .txt file"),
        ("page", "image/jpeg", "is image/jpeg, not a page of text"),
        ("page", "application/octet-stream", "is application/octet-stream, not a page"),
        ("feed", "audio/mpeg", "is audio/mpeg, not a feed"),
        ("image", "image/svg+xml", "not a JPEG, PNG, WebP or GIF; save it as PNG"),
        ("image", "text/html", "is text/html, not a JPEG"),
        ("json", "text/html", "is text/html, not JSON"),
    ],
)
def test_another_kind_is_refused_after_its_headers(world, accept, kind, said):
    """Ten gigabytes of something else are not read, for none of them was sent."""
    world.site(PUBLIC, {"/": [answer(b"", kind=kind, length=10_000_000_000)]})
    with pytest.raises(FetchError, match=said):
        world.get(accept=accept)


@pytest.mark.parametrize(
    ("accept", "kind", "found"),
    [
        ("page", "TEXT/HTML;charset='Windows-1256'", ("text/html", "windows-1256")),
        ("page", "application/xhtml+xml", ("application/xhtml+xml", "")),
        ("page", "", ("", "")),
        ("page", "text/html; charset=", ("text/html", "")),
        ("feed", "application/rss+xml; charset=utf-8", ("application/rss+xml", "utf-8")),
        ("feed", "text/xml", ("text/xml", "")),
        ("image", "image/webp", ("image/webp", "")),
        ("json", "application/json", ("application/json", "")),
    ],
)
def test_the_kind_asked_for_passes(world, accept, kind, found):
    site = world.site(PUBLIC, {"/": [answer(kind=kind)]})
    got = world.get(accept=accept)
    assert ((got.content_type, got.charset), got.body) == (found, PAGE)
    accepted = site.heads[0].partition("Accept: ")[2].partition("\r\n")[0].split(", ")
    assert set(accepted) >= {found[0] or "text/html", "*/*;q=0.1"}


# Statuses


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (204, "answers 204"),
        (206, "answers 206"),
        (300, "answers 300"),
        (400, "answers 400; try again later"),
        (401, "answers 401; it is for those with a password"),
        (403, "answers 403; its owner keeps programs out: open it in a browser and copy its text"),
        (404, "answers 404; check the link"),
        (410, "answers 410; it was taken down for good"),
        (451, "answers 451; it was taken down by law"),
        (418, "answers 418"),
    ],
)
def test_a_status_that_stays_is_said_at_once(world, status, said):
    """Asked once; whoever asked learns the status, to tell what is gone from what is broken."""
    site = world.site(PUBLIC, {"/": [answer(status=f"{status} Whatever")]})
    with pytest.raises(FetchError, match=rf"^http://news.example/: {said}") as refused:
        world.get()
    assert refused.value.status == status
    assert refused.value.exit_code == 3
    assert (len(site.heads), world.waits) == (1, [])


DATES = ("Date: Mon, 05 Jan 2026 10:00:00 GMT", "Retry-After: Mon, 05 Jan 2026 10:00:09 GMT")


@pytest.mark.parametrize(
    ("first", "waits"),
    [
        ([answer(status="500 Oops")], [1.5]),
        ([answer(status="503 Busy"), answer(status="502 Bad"), reset], [1.5, 3.0, 6.0]),
        ([answer(PAGE, "Retry-After: 7", status="429 Slow down")], [7.0]),
        ([answer(PAGE, *DATES, status="503 Busy")], [9.0]),
        ([answer(PAGE, "Retry-After: -3", status="503 Busy")], [1.5]),
        ([answer(PAGE, "Retry-After: soon", status="503 Busy")], [1.5]),
        ([answer(PAGE, DATES[1], status="503 Busy")], [1.5]),
        ([reset], [1.5]),
        ([answer(PAGE, "Connection: close", length=9999)], [1.5]),
        ([answer(status="408 Late")], [1.5]),
    ],
)
def test_what_may_pass_is_asked_again(world, first, waits):
    """At most three times more, after waits that grow, or that the server asks for."""
    site = world.site(PUBLIC, {"/": [*first, answer()]})
    assert world.get().body == PAGE
    assert len(site.heads) == len(first) + 1
    assert [wait for wait in world.waits if wait] == waits


@pytest.mark.parametrize(
    ("reply", "said", "status"),
    [
        (answer(status="503 Busy"), "answers 503, 4 times; try again later", 503),
        (answer(status="429 Slow down"), "answers 429, 4 times; ask less often", 429),
        (reset, "refuses or loses the connection, 4 times", 0),
    ],
)
def test_what_does_not_pass_ends(world, reply, said, status):
    site = world.site(PUBLIC, {"/": [reply]})
    with pytest.raises(FetchError, match=said) as refused:
        world.get()
    assert (len(site.heads), refused.value.status) == (4, status)


def test_who_asks_for_a_long_rest_is_left_alone(world):
    site = world.site(PUBLIC, {"/": [answer(PAGE, "Retry-After: 1000000000", status="429 Slow down")]})
    with pytest.raises(
        FetchError, match="answers 429 and asks for 1000000000 seconds of rest; try again after"
    ):
        world.get()
    assert (len(site.heads), world.waits) == (1, [])


# Manners


def rules(text):
    return answer(text.encode(), kind="text/plain")


def test_robots_txt_is_respected(world):
    """Asked once for a site; what it forbids us is not asked, with a sentence; what it forbids others is."""
    text = "User-agent: *\nDisallow: /all\n\nUser-agent: nashra\nDisallow: /private/\nDisallow: /*.php$\n"
    replies = {"/robots.txt": [rules(text)], "/": [answer()], "/all": [answer()], "/private/x": [answer()]}
    site = world.site(PUBLIC, replies)
    with world.fetcher(robots=True) as fetcher:
        assert fetcher.get("http://news.example/", accept="page").body == PAGE
        assert fetcher.get("http://news.example/all", accept="page").body == PAGE
        for path in ("private/x", "a/b.php"):
            with pytest.raises(
                FetchError, match=rf"{path}: is not for programs, says the robots.txt of this site"
            ):
                fetcher.get(f"http://news.example/{path}", accept="page")
    assert site.paths == ["/robots.txt", "/", "/all"]
    assert world.get("http://news.example/private/x").body == PAGE  # the owner said robots = false


def test_robots_txt_of_the_host_led_to_counts(world):
    world.site(PUBLIC, {"/": [moved("http://other.example/")]})
    other = world.site(OTHER, {"/robots.txt": [rules("User-agent: *\nDisallow: /")], "/": [answer()]})
    with pytest.raises(
        FetchError, match=r"other.example/ \(to which http://news.example/ leads\): is not for"
    ):
        world.get(settings={"robots": True})
    assert other.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", ["404 Not Found", "401 No", "403 No", "410 Gone"])
def test_without_robots_txt_all_is_permitted(world, status):
    world.site(PUBLIC, {"/robots.txt": [answer(status=status)], "/": [answer()]})
    assert world.get(settings={"robots": True}).body == PAGE


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe\x00\x00", b"<html>not found</html>", b"\xef\xbb\xbfUser-agent: x\nDisallow: /"]
)
def test_a_robots_txt_without_rules_for_us_permits_all(world, text):
    world.site(PUBLIC, {"/robots.txt": [answer(text)], "/": [answer()]})
    assert world.get(settings={"robots": True}).body == PAGE


def test_a_long_robots_txt_is_read_as_far_as_it_must_be(world):
    """Half a megabyte counts (RFC 9309, 2.5), and the rest is not read."""
    start = b"User-agent: *\nDisallow: /no\n"
    text = start + b"#" * 600_000 + b"\nDisallow: /\n"
    site = world.site(PUBLIC, {"/robots.txt": [answer(text)], "/": [answer()]})
    with world.fetcher(robots=True) as fetcher:
        assert fetcher.get("http://news.example/", accept="page").body == PAGE
        with pytest.raises(FetchError, match="not for programs"):
            fetcher.get("http://news.example/no", accept="page")
    assert site.paths == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (answer(status="503 Busy"), r"/robots.txt answers 503, 4 times; try again later"),
        (moved("http://127.0.0.1/"), r"127.0.0.1/ \(to which .*robots.txt leads\) is an address inside"),
        (moved("/robots.txt"), r"leads in a circle"),
        (drip(head("Content-Length: 9999"), b"x"), "no whole answer in time"),
    ],
)
def test_a_robots_txt_that_cannot_be_read_permits_nothing(world, reply, said):
    """As RFC 9309 has it; asked for once, and not again for the next page."""
    site = world.site(PUBLIC, {"/robots.txt": [reply], "/a": [answer()], "/b": [answer()]})
    few = {**LIMITS, "robots": Limits(seconds=0.4, whole=False)}
    with world.fetcher(robots=True, limits=few) as fetcher:
        for page in "ab":
            with pytest.raises(FetchError, match=said) as refused:
                fetcher.get(f"http://news.example/{page}", accept="page")
            assert str(refused.value).startswith(f"http://news.example/{page}: ")
    assert set(site.paths) == {"/robots.txt"}
    assert len(site.paths) in {1, 4}
    assert world.internal.heads == []


def test_a_page_inside_is_named_although_robots_txt_is_asked_first(world):
    world.site(PUBLIC, {"/": [moved("http://127.0.0.1/page")]})
    with pytest.raises(FetchError) as refused:
        world.get("http://127.0.0.1/page", settings={"robots": True})
    assert str(refused.value) == f"http://127.0.0.1/page: {INSIDE}"
    with pytest.raises(FetchError) as refused:
        world.get(settings={"robots": True})
    assert str(refused.value) == f"http://127.0.0.1/page (to which http://news.example/ leads): {INSIDE}"


def test_robots_txt_takes_no_longer_than_its_page_may(world):
    world.site(PUBLIC, {"/robots.txt": [silent], "/": [answer()]})
    begun = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        world.get(settings={"robots": True, **limited(seconds=0.4)})
    assert time.monotonic() - begun < BOUND_S - 1


def test_patterns_that_never_end_end(world):
    """A robots.txt of many stars is matched without going back and forth."""
    text = "User-agent: *\nDisallow: /" + "*a" * 500 + "b$\n"
    world.site(PUBLIC, {"/robots.txt": [rules(text)], "/" + "a" * 2000: [answer()]})
    begun = time.monotonic()
    assert world.get("http://news.example/" + "a" * 2000, settings={"robots": True}).body == PAGE
    assert time.monotonic() - begun < BOUND_S


@pytest.mark.parametrize(
    ("text", "pauses"),
    [
        ("", [0.5, 0.5]),
        ("User-agent: *\nCrawl-delay: 3", [3.0, 3.0]),
        ("User-agent: *\nCrawl-delay: 0.1", [0.5, 0.5]),
        ("User-agent: *\nCrawl-delay: 86400", [10.0, 10.0]),
        ("User-agent: *\nCrawl-delay: nan", [0.5, 0.5]),
        ("User-agent: *\nCrawl-delay: -1", [0.5, 0.5]),
        ("User-agent: other\nCrawl-delay: 7", [0.5, 0.5]),
    ],
)
def test_one_host_is_not_asked_faster_than_it_wishes(world, text, pauses):
    """Half a second between two requests, or the crawl-delay up to ten; another host need not wait."""
    now = [100.0]

    def sleep(seconds):
        world.waits.append(seconds)
        now[0] += seconds

    world.site(PUBLIC, {"/robots.txt": [rules(text)], "/": [answer()]})
    world.site(OTHER, {"/": [answer()]})
    with world.fetcher(robots=True, pause_s=0.5, clock=lambda: now[0], sleep=sleep) as fetcher:
        for _time in range(2):
            fetcher.get("http://news.example/", accept="page")
        assert world.waits == pytest.approx(pauses)
        now[0] += 20
        fetcher.get("http://news.example/", accept="page")
        assert world.waits == pytest.approx(pauses)
        with suppress(FetchError):
            fetcher.get("http://other.example/", accept="page")
        assert world.waits == pytest.approx([*pauses, 0.5])  # between its robots.txt and its page
