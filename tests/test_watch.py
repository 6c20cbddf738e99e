"""`nashra serve` and `nashra watch` as commands: addresses, complaints, edits, Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import pytest

from commanding import started
from loopback import PATIENCE, got, read_all, served
from nashra import station
from nashra.commands import live, serving
from nashra.errors import ConfigurationError
from nashra.serving import binding

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one group")


@pytest.fixture(name="new_station")
def _new_station(station):
    return station


@pytest.fixture
def start(heeding):
    """Return what runs a command of Nashra's in a folder, in a group of its own, until it is ended."""
    return partial(started, heeding)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_and_ends_under_load_when_it_is_told(built, start, number):
    """Its two addresses work as they are printed; it ends with 0 though clients are in the midst of it."""
    with start(built, "serve", "--port", "0") as running:
        assert running.get("feed/index.html").startswith("<!doctype html>")
        assert f"{running.address}audio/" in running.get("feed/feed.xml")  # another port than base_url's
        port = int(running.address.rstrip("/").rpartition(":")[2])
        clients = [socket.create_connection(("127.0.0.1", port)) for _each in range(50)]
        for each in clients:
            each.sendall(b"GET /feed/feed.xml HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
        assert running.end(number) == 0
        for each in clients:
            each.close()
        assert running.lines[-1] == "stopped\n"
        assert "Traceback" not in running.text


def test_a_station_that_was_never_built_says_what_to_do(new_station, brief, start, run):
    """On the terminal, and to whoever asks; when it is built, the same server has it."""
    folder = new_station({"rain.txt": brief})
    with start(folder, "serve", "--port", "0") as running:
        port = int(running.address.rstrip("/").rpartition(":")[2])
        assert (
            "note  nothing is built yet: run `nashra build` beside this, and it is there\n" in running.lines
        )
        assert "with --lan, a phone in the same network can listen, too" in running.lines[-1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            there = got(read_all(client))
        assert (there.status, there.headers["refresh"]) == (503, "3")
        assert b"run `nashra build`" in there.body
        assert run(folder, "build").code == 0
        assert "أمطار خفيفة" in running.get("feed/feed.xml")


def test_a_port_in_use_is_said(built, run):
    """One line, before anything is served."""
    with served(built) as other:
        ran = run(built, "serve", "--host", "127.0.0.1", "--port", str(other.port))
    assert ran.code == 2
    what = f"nashra: 127.0.0.1:{other.port}: port {other.port} is in use"
    assert ran.complaints == [f"{what}; end the other program, or choose another with --port"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--host", "192.0.2.77"), "`192.0.2.77` is no address of this machine"),
        (("--host", "no such host"), "`no such host` is no address of this machine"),
        (("--lan", "--host", "::1"), "both say where to serve"),
        (("--address", "example.org"), "`example.org` is no address"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(built, run, arguments, complaint):
    """What, where, what next; the exit code is that of configuration."""
    ran = run(built, "serve", "--port", "0", *arguments)
    assert ran.code == 2
    assert len(ran.complaints) == 1
    assert complaint in ran.complaints[0]


def test_a_port_for_administrators_is_said(monkeypatch):
    """As the kernel refuses it where ports below 1024 are kept for root."""

    def refuse(*_arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(ConfigurationError, match=r"port 80 is for administrators; choose one above 1023"):
        binding.bound("127.0.0.1", 80)


@pytest.mark.skipif(shutil.which("unshare") is None or shutil.which("setpriv") is None, reason="util-linux")
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_port_for_administrators_is_said_to_somebody_who_is_none(built, heeding):
    """A process without rights, in a network of its own, where the kernel keeps ports below 1024."""
    nobody = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    shell = 'ip link set lo up 2>/dev/null; exec "$@"'
    alone = ("unshare", "--net", "sh", "-c", shell, "sh")
    if subprocess.run((*alone, "true"), check=False).returncode:
        pytest.skip("this machine makes no networks")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # somebody else has to read it
        station = shutil.copytree(built, f"{folder}/station")
        command = (*alone, *nobody, *heeding, "serve", "--host", "127.0.0.1", "--port", "81")
        done = subprocess.run(
            command, cwd=station, capture_output=True, encoding="utf-8", timeout=3 * PATIENCE, check=False
        )
    what = (
        "nashra: 127.0.0.1:81: port 81 is for administrators; choose one above 1023 with --port, such as 8000"
    )
    assert (done.returncode, done.stderr.splitlines()) == (2, [what])


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not there: apt-get install wrk")
def test_ctrl_c_under_load_ends_it_within_three_seconds(built, start):
    """A hundred connections that never rest; what is under way has a second, and all is over in three."""
    with start(built, "serve", "--port", "0") as running:
        command = ("wrk", "-t1", "-c100", "-d20", f"{running.address}feed/feed.xml")
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as load:
            running.until(lambda: "<rss" in running.get("feed/feed.xml"))
            time.sleep(1)
            os.kill(running.process.pid, signal.SIGINT)
            assert running.process.wait(3) == 0
            load.kill()
        assert "Traceback" not in running.text


def test_localhost_is_served_in_both_families_at_one_port():
    """A browser asks ::1 first, an app 127.0.0.1; where there is no IPv6, the other one is enough."""
    sockets = binding.bound("localhost", 0)
    assert len({each.getsockname()[1] for each in sockets}) == 1
    assert {each.getsockname()[0] for each in sockets} <= {"127.0.0.1", "::1"}
    for each in sockets:
        socket.create_connection(each.getsockname()[:2], PATIENCE).close()
        each.close()


def test_ipv6_is_served(built, start):
    """Its address is printed in brackets; where there is no IPv6, it is said."""
    try:
        binding.bound("::1", 0)[0].close()
    except ConfigurationError as none:
        assert str(none) == "::1:0: `::1` is no address of this machine; try localhost, or --lan"  # noqa: PT017
        return
    with start(built, "serve", "--host", "::1", "--port", "0") as running:
        assert running.address.startswith("http://[::1]:")
        assert "<rss" in running.get("feed/feed.xml")


def test_the_local_network_gets_an_address_and_a_code_for_the_phone(built, start, run):
    """The address is this machine's in its network, and the feed names it; without a network it is said."""
    try:
        host = binding.lan_host()
    except ConfigurationError as none:
        ran = run(built, "serve", "--lan", "--port", "0")
        assert (ran.code, ran.complaints) == (2, [f"nashra: {none}"])  # noqa: PT017
        return
    with start(built, "serve", "--lan", "--port", "0") as running:
        assert running.address.startswith(f"http://{host}:")
        assert "█" in running.text or "▀" in running.text
        assert f"{running.address}audio/" in running.get("feed/feed.xml")


@pytest.mark.parametrize(
    ("base", "live", "path", "text", "after"),
    [
        ("", False, "feed/feed.xml", b"", None),
        ("http://a/", False, "feed/feed.xml", b"http://a/feed/x", b"http://here/feed/x"),
        ("http://a/", True, "feed/x.html", b"http://a/feed/x</body>", b"http://here/feed/x<script "),
        ("", True, "feed/x.html", b"http://a/feed/x</body>", b"http://a/feed/x<script "),
        ("", True, "feed/feed.xml", b"<rss/>", b"<rss/>"),
    ],
)
def test_only_a_preview_or_a_watch_changes_what_is_served(base, live, path, text, after):
    """Without either, a server sends the files as they are."""
    change = serving._change((lambda: base) if base else None, "http://here/", live=live)
    assert (change is None) == (after is None)
    if change:
        assert change(path, text).startswith(after)


def test_a_preview_follows_the_settings(built, settings):
    """A base_url that is edited meanwhile is the one that is rewritten; of a broken file the last one."""
    own = station.load(built)
    for written, base in (
        (settings.replace("[voice]", 'base_url = "https://new.example/"\n\n[voice]'), "https://new.example/"),
        ("[show", "http://localhost:8000/"),
    ):
        (built / "nashra.toml").write_text(written, "utf-8")
        assert serving._base_url(own) == base


@pytest.mark.parametrize(("files", "most"), [(64, 8), (256, 100), (1024, 400), (1_000_000, 400)])
def test_connections_leave_room_for_files(monkeypatch, files, most):
    """A socket and a file each, and some for ourselves, where a process may have few."""
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (files, files))
    assert live._limits().most == most


@pytest.mark.slow
def test_watch_builds_edits_survives_errors_and_ends(new_station, news, brief, start):
    """A new station: built, edited, broken, mended, renamed, deleted; the server shows each state."""
    folder = new_station({"harbour.txt": news})
    articles = folder / "articles"
    with start(folder, "watch", "--port", "0") as running:
        running.until(lambda: "ميناء المدينة" in running.get("feed/feed.xml"))
        page = running.get("feed/episodes/harbour.html")
        assert '<script src="/nashra-watch.js" defer></script></body>' in page
        assert "nashra-watch" not in (folder / "feed" / "episodes" / "harbour.html").read_text("utf-8")
        assert "fetch" in running.get("nashra-watch.js")
        (articles / "rain.txt").write_text(brief, "utf-8")
        running.until(lambda: "أمطار خفيفة" in running.get("feed/feed.xml"))
        (articles / "rain.txt").write_text("---\nvoice: nobody\n---\n" + brief, "utf-8")
        running.until(lambda: "nashra: articles/rain.txt" in running.text)
        assert "أمطار خفيفة" in running.get("feed/feed.xml")  # yesterday's stays
        (articles / "rain.txt").write_text(brief.replace("خفيفة", "غزيرة"), "utf-8")
        running.until(lambda: "أمطار غزيرة" in running.get("feed/feed.xml"))
        (articles / "rain.txt").rename(articles / "storm.txt")
        running.until(lambda: running.text.count("feed  ") >= 6)
        (articles / "storm.txt").unlink()
        running.until(lambda: "أمطار" not in running.get("feed/feed.xml"))
        assert running.process.poll() is None
        assert running.end() == 0
        assert "Traceback" not in running.text


@pytest.mark.slow
def test_watch_ends_in_the_midst_of_a_build(new_station, news, start):
    """Its build ends with it, also when only it was told, and leaves nothing half-made."""
    folder = new_station({f"{name}.txt": news.replace("ميناء", f"ميناء {name}") for name in range(40)})
    with start(folder, "watch", "--port", "0") as running:
        running.until(lambda: list((folder / "audio").glob("*.json")))
        os.kill(running.process.pid, signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0
    assert not (folder / "feed" / "feed.xml").exists()
