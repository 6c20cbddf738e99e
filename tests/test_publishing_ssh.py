"""`nashra publish` over SSH, by rsync and by SFTP, to a real sshd on loopback."""

import getpass
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from nashra.errors import PublishingError
from nashra.publishing import rsync, sending, sftp
from on_air import FEED, broken, nowhere

HOUR = 1_767_225_600 + 3600
CANARY = "canary-password-4711"
SSHD = shutil.which("sshd") or "/usr/sbin/sshd"

pytestmark = pytest.mark.skipif(
    not (Path(SSHD).exists() and shutil.which("rsync")), reason="needs the programs sshd and rsync"
)

each_scheme = pytest.mark.parametrize("scheme", [pytest.param("rsync", marks=pytest.mark.slow), "sftp"])
"""A publication by rsync is some 15 passes."""


class Server(NamedTuple):
    """A running sshd: its port, and a folder that it serves."""

    port: int
    www: Path

    def target(self, scheme: str) -> str:
        """Return the address of the folder."""
        return f"{scheme}://{getpass.getuser()}@127.0.0.1:{self.port}{self.www}"


@pytest.fixture(scope="module")
def sshd(tmp_path_factory):
    """Return port and folder of an sshd that lets in who has a key made for it, and nobody else."""
    home = tmp_path_factory.mktemp("ssh")
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", home / name], check=True)
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd of root locks up what it does not trust
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    key = (home / "host.pub").read_text().split()[:2]
    (home / "known_hosts").write_text(f"[127.0.0.1]:{port} {' '.join(key)}\n")
    (home / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/host\nPidFile none\nUsePAM no\n"
        "StrictModes no\n"
        f"AuthorizedKeysFile {home}/user.pub\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        "Subsystem sftp internal-sftp\nMaxStartups 100\nLogLevel ERROR\n"
        f"SetEnv HOME={home}\n"  # what a developer's shell does when it starts takes longer than a pass
    )
    child = subprocess.Popen([SSHD, "-D", "-e", "-f", home / "sshd_config"], stderr=subprocess.DEVNULL)
    for _time in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port, home
    child.terminate()
    child.wait(30)


@pytest.fixture
def server(sshd, tmp_path, monkeypatch):
    """Return the sshd with a folder of this test's; both clients know its key and have theirs."""
    port, home = sshd
    monkeypatch.setattr("nashra.fetching.connection.socket.getaddrinfo", nowhere(socket.getaddrinfo))
    monkeypatch.setenv(sftp.KEY, str(home / "user"))
    monkeypatch.setenv(sftp.KNOWN_HOSTS, str(home / "known_hosts"))
    options = f"-F none -i {home}/user -oUserKnownHostsFile={home}/known_hosts -oBatchMode=yes"
    monkeypatch.setenv("RSYNC_RSH", f"ssh {options}")
    return Server(port, tmp_path / "srv" / "www site")


@each_scheme
def test_a_station_arrives_whole(on_air, run, files, server, scheme):
    """Into a folder that is made; a second time nothing goes; an edit leaves the earlier MP3 there."""
    first, second = on_air
    target = server.target(scheme)
    server.www.parent.mkdir()
    assert run(first, "publish", target).complaints == []
    there = files(server.www)
    assert broken(there) == []
    assert there[FEED] == (first / FEED).read_bytes()
    assert ": 0 sent" in run(first, "publish", target).out
    assert run(second, "publish", target, epoch=HOUR).complaints == []
    after = files(server.www)
    assert there.keys() <= after.keys()
    assert broken(after) == []
    assert after[FEED] == (second / FEED).read_bytes()


@each_scheme
def test_only_its_own_files_are_deleted(on_air, run, files, server, scheme):
    """A withdrawn article goes, what somebody else put there stays."""
    _first, second = on_air
    own = {"about.html": b"me", "audio/rain-000000000000.mp3": b"?", "feed/episodes/x.html": b"x"}
    for name, data in own.items():
        (server.www / name).parent.mkdir(parents=True, exist_ok=True)
        (server.www / name).write_bytes(data)
    target = server.target(scheme)
    assert run(second, "publish", target, epoch=HOUR).complaints == []
    for path in (second / "articles" / "rain.txt", *(second / "audio").glob("rain*")):
        path.unlink()
    run(second, "build", epoch=HOUR)
    assert run(second, "publish", target, epoch=HOUR).complaints == []
    assert run(second, "publish", target, epoch=HOUR + 15 * 86_400).complaints == []
    left = files(server.www)
    assert own.items() <= left.items()
    assert [name for name in left if "rain" in name] == ["audio/rain-000000000000.mp3"]
    assert broken(left) == []


@each_scheme
def test_who_published_meanwhile_is_not_overwritten(on_air, run, files, server, monkeypatch, scheme):
    """The feed is read again just before it goes."""
    first, second = on_air
    server.www.mkdir(parents=True)
    run(first, "publish", server.target(scheme))
    send, path = sending.send, server.www / FEED

    def late(*arguments):
        path.write_bytes(path.read_bytes().replace(b"<generator>Nashra", b"<generator>Another"))
        send(*arguments)

    monkeypatch.setattr(sending, "send", late)
    done = run(second, "publish", server.target(scheme), epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "remote changed" in done.complaints[0]
    assert b"<generator>Another" in files(server.www)[FEED]
    assert broken(files(server.www)) == []


@each_scheme
def test_a_file_that_arrives_otherwise_than_sent_stops_it(on_air, run, files, server, monkeypatch, scheme):
    """The look behind each file: the feed that is there stays."""
    first, second = on_air
    server.www.mkdir(parents=True)
    run(first, "publish", server.target(scheme))
    if scheme == "rsync":
        monkeypatch.setattr(rsync.Server, "_differ", lambda *_: frozenset({"audio/x.mp3"}))
    else:
        monkeypatch.setattr(sftp.Server, "_bytes", lambda *_: b"?")
        monkeypatch.setattr(sftp.Server, "read", lambda *_: None)
    done = run(second, "publish", server.target(scheme), epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "does not have it as it was sent" in done.complaints[0]
    assert files(server.www)[FEED] == (first / FEED).read_bytes()


@each_scheme
def test_a_full_disk_there_leaves_the_old_feed(on_air, run, files, server, scheme):
    """A file system of 1 MB: nothing half is left under any name, and with room the same command goes on."""
    first, second = on_air
    if os.getuid() != 0:
        pytest.skip("only root can mount")
    server.www.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", server.www]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        target = server.target(scheme)
        assert run(first, "publish", target).complaints == []
        filler = server.www / "filler"
        room = os.statvfs(server.www)
        filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - 60_000)))
        done = run(second, "publish", target, epoch=HOUR)
        assert done.code == PublishingError.exit_code
        there = files(server.www)
        assert there[FEED] == (first / FEED).read_bytes()
        assert broken(there) == []
        assert not [name for name in there if name.endswith(".partial") or "/." in name]
        filler.unlink()
        subprocess.run(["mount", "-o", "remount,size=3m", server.www], check=True)
        assert run(second, "publish", target, epoch=HOUR).complaints == []
        assert broken(files(server.www)) == []
    finally:
        subprocess.run(["umount", "-l", server.www], check=True)


def published(station, target, after=None):
    """Publish in a process of its own, killed with all that it started after so many seconds."""
    command = (sys.executable, "-m", "nashra", "publish", "--first", target)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(HOUR)}
    with subprocess.Popen(
        command,
        cwd=station,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            return child.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            return child.wait(30)


def looked_at(path, seen, over):
    """Note whatever the feed is until it is over: reading it a hundred times a second."""
    while not over.wait(0.01):
        seen.add(path.read_bytes())


@each_scheme
@pytest.mark.parametrize(
    "kills", [pytest.param(2, id="some"), pytest.param(30, id="many", marks=pytest.mark.sweep)]
)
def test_killed_at_any_moment_it_leaves_a_whole_feed(on_air, files, server, tmp_path, request, scheme, kills):
    """kill -9 of Nashra and of its rsync, while the feed is read; the same command then finishes."""
    first, second = on_air
    target, start = server.target(scheme), tmp_path / "start"
    server.www.mkdir(parents=True)
    assert published(first, target) == 0
    shutil.copytree(server.www, start)
    for path in start.rglob("*"):
        os.utime(path, (HOUR, HOUR))  # it lies there for long: SFTP tells of a file the second it was written
    began = time.monotonic()
    assert published(second, target) == 0
    took = time.monotonic() - began
    feeds = {(station / FEED).read_bytes() for station in on_air}
    chance = random.Random(f"{request.config.getoption('seed')} {scheme}")  # noqa: S311 no secret
    share = request.config.getoption("share")
    hit = 0
    for _kill in range(min(kills, 4 * share) if share else kills):
        shutil.rmtree(server.www)
        shutil.copytree(start, server.www)
        seen, over = set(), threading.Event()
        reader = threading.Thread(target=looked_at, args=(server.www / FEED, seen, over))
        reader.start()
        after = chance.uniform(0.3, 1.0) * took
        hit += published(second, target, after) == -signal.SIGKILL
        over.set()
        reader.join()
        assert seen <= feeds, after
        assert broken(files(server.www)) == [], after
        assert published(second, target) == 0, after
        there = files(server.www)
        assert there[FEED] == (second / FEED).read_bytes()
        assert broken(there) == [], after
        assert not [name for name in there if name.rpartition("/")[2].startswith(".")], after
    assert hit


@each_scheme
def test_a_server_that_does_not_let_us_in_says_so(on_air, run, server, monkeypatch, tmp_path, scheme):
    """Without a question, and without the password that was tried."""
    first, _second = on_air
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
    monkeypatch.setenv(sftp.KEY, str(tmp_path / "other"))
    monkeypatch.setenv(sftp.PASSWORD, CANARY)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    known = os.environ[sftp.KNOWN_HOSTS]
    options = f"-F none -oIdentitiesOnly=yes -i {tmp_path}/other -oUserKnownHostsFile={known} -oBatchMode=yes"
    monkeypatch.setenv("RSYNC_RSH", f"ssh {options}")
    done = run(first, "publish", server.target(scheme), "--debug")
    assert done.code == PublishingError.exit_code
    assert CANARY not in done.out + done.err
    assert not server.www.exists()


@each_scheme
def test_a_server_that_nobody_knows_is_not_trusted(on_air, run, server, monkeypatch, tmp_path, scheme):
    """Whoever stands in between gets nothing."""
    first, _second = on_air
    (tmp_path / "empty").write_text("")
    monkeypatch.setenv(sftp.KNOWN_HOSTS, str(tmp_path / "empty"))
    hosts = f"-oUserKnownHostsFile={tmp_path}/empty -oGlobalKnownHostsFile={tmp_path}/empty"
    monkeypatch.setenv("RSYNC_RSH", f"ssh -F none -i {os.environ[sftp.KEY]} {hosts} -oBatchMode=yes")
    done = run(first, "publish", server.target(scheme))
    assert done.code == PublishingError.exit_code
    assert not server.www.exists()


def test_a_program_that_is_missing_is_named(on_air, run, server, monkeypatch, tmp_path):
    """And what to do."""
    first, _second = on_air
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(first, "publish", server.target("rsync"))
    assert "needs the program rsync, which is not here; install it" in done.complaints[0]


@pytest.mark.slow
def test_no_secret_is_among_a_programs_arguments(on_air, run, server, monkeypatch):
    """Whoever is on the machine can read them."""
    first, _second = on_air
    server.www.mkdir(parents=True)
    monkeypatch.setenv(sftp.PASSWORD, CANARY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", CANARY)
    started = []
    popen = subprocess.Popen.__init__

    def heard(self, command, *arguments, **named):
        started.append([str(each) for each in command])
        popen(self, command, *arguments, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", heard)
    assert run(first, "publish", server.target("rsync")).complaints == []
    assert len(started) > 5
    assert CANARY not in str(started)
