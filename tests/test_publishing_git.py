"""`nashra publish` to a branch of a git repository on this machine."""

import socket
import subprocess
from dataclasses import replace

import pytest

from nashra.errors import PublishingError
from nashra.publishing import git, items, sending
from on_air import FEED, broken, nowhere

HOUR = 1_767_225_600 + 3600
CANARY = "canary-token-4711"


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """Nobody's own git settings count, and nobody knows radio.example."""
    monkeypatch.setattr("nashra.fetching.connection.socket.getaddrinfo", nowhere(socket.getaddrinfo))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def remote(tmp_path):
    """Return a bare repository."""
    folder = tmp_path / "site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", folder], check=True)
    return folder


def of(remote, branch="gh-pages") -> dict[str, bytes]:
    """Return the files of a branch, none where it is not there."""
    listed = subprocess.run(
        ["git", f"--git-dir={remote}", "ls-tree", "-r", "-z", "--name-only", branch],
        capture_output=True,
        check=False,
    )
    names = [name.decode() for name in listed.stdout.split(b"\0") if name]
    return {
        name: subprocess.run(
            ["git", f"--git-dir={remote}", "cat-file", "blob", f"{branch}:{name}"],
            capture_output=True,
            check=True,
        ).stdout
        for name in names
    }


def commits(remote, branch="gh-pages") -> int:
    told = subprocess.run(
        ["git", f"--git-dir={remote}", "rev-list", "--count", branch],
        capture_output=True,
        check=True,
        text=True,
    )
    return int(told.stdout)


def commit(remote, name: str, data: bytes, branch="gh-pages") -> None:
    """Put a file on a branch as somebody else would."""
    work = remote.parent / f"work-{name.replace('/', '-')}"
    there = subprocess.run(
        ["git", "clone", "-q", "-b", branch, remote, work], capture_output=True, check=False
    )
    if there.returncode:
        subprocess.run(["git", "init", "-q", "-b", branch, work], check=True)
    (work / name).parent.mkdir(parents=True, exist_ok=True)
    (work / name).write_bytes(data)
    as_whom = ["-c", "user.name=A", "-c", "user.email=a@localhost"]
    subprocess.run(["git", "-C", work, "add", "-A"], check=True)
    subprocess.run(["git", "-C", work, *as_whom, "commit", "-qm", "by hand"], check=True)
    subprocess.run(["git", "-C", work, "push", "-q", remote, branch], check=True)


def test_a_station_is_one_commit(on_air, run, remote):
    """The whole of it at once, and the next publication another, on top."""
    first, second = on_air
    target = f"git:{remote}"
    assert run(first, "publish", target).complaints == []
    assert commits(remote) == 1
    there = of(remote)
    assert broken(there) == []
    assert there[FEED] == (first / FEED).read_bytes()
    assert ".nojekyll" in there
    assert run(second, "publish", target, epoch=HOUR).complaints == []
    assert commits(remote) == 2
    assert broken(of(remote)) == []
    assert ": 0 sent" in run(second, "publish", target, epoch=HOUR).out
    assert commits(remote) == 2


def test_the_same_station_makes_the_same_commit(on_air, run, tmp_path):
    """Same input, same bytes: tree, date and message."""
    first, _second = on_air
    heads = []
    for name in ("one.git", "two.git"):
        subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / name], check=True)
        run(first, "publish", f"git:{tmp_path / name}")
        told = ["git", f"--git-dir={tmp_path / name}", "rev-parse", "gh-pages"]
        heads.append(subprocess.run(told, capture_output=True, check=True).stdout)
    assert heads[0] == heads[1]


def test_files_of_others_stay_on_the_branch(on_air, run, remote):
    """A CNAME, a page of one's own: never deleted, and their history is kept."""
    first, second = on_air
    commit(remote, "CNAME", b"radio.example\n")
    commit(remote, "about/index.html", b"me")
    for folder, epoch in ((first, HOUR - 3600), (second, HOUR), (second, HOUR + 90 * 86_400)):
        assert run(folder, "publish", f"git:{remote}", epoch=epoch).complaints == []
    there = of(remote)
    assert there["CNAME"] == b"radio.example\n"
    assert there["about/index.html"] == b"me"
    assert commits(remote) >= 4


def test_who_pushed_meanwhile_is_not_overwritten(on_air, run, remote, monkeypatch):
    """Non-fast-forward is refused: nothing is ever forced."""
    first, second = on_air
    run(first, "publish", f"git:{remote}")
    send = sending.send

    def late(*arguments):
        commit(remote, "note.txt", b"mine")
        send(*arguments)

    monkeypatch.setattr(sending, "send", late)
    done = run(second, "publish", f"git:{remote}", epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "remote changed" in done.complaints[0]
    there = of(remote)
    assert there["note.txt"] == b"mine"
    assert there[FEED] == (first / FEED).read_bytes()


def test_a_remote_of_the_stations_own_repository_is_taken_by_name(on_air, run, remote):
    """And with it what lets git in there; the station's own branch and index are left alone."""
    first, _second = on_air
    subprocess.run(["git", "init", "-q", first], check=True)
    subprocess.run(["git", "-C", first, "remote", "add", "origin", remote], check=True)
    before = sorted((first / ".git" / "refs" / "heads").iterdir())
    assert run(first, "publish", "git:origin#site").complaints == []
    assert broken(of(remote, "site")) == []
    assert FEED in of(remote, "site")
    assert sorted((first / ".git" / "refs" / "heads").iterdir()) == before
    assert not (first / ".git" / "index").exists()


def test_no_remote_says_so(on_air, run, tmp_path):
    """Neither one that is not there nor a name that nobody gave."""
    first, _second = on_air
    done = run(first, "publish", f"git:{tmp_path / 'none.git'}")
    assert done.code == PublishingError.exit_code
    assert "git:" in done.complaints[0]
    subprocess.run(["git", "init", "-q", first], check=True)
    assert "No such remote" in run(first, "publish", "git:elsewhere").complaints[0]


def test_credentials_that_are_missing_are_not_asked_for(on_air, run, monkeypatch):
    """No terminal question, no waiting, and no token in what is said."""
    first, _second = on_air
    subprocess.run(["git", "init", "-q", first], check=True)
    url = f"https://me:{CANARY}@127.0.0.1:9/r.git"
    subprocess.run(["git", "-C", first, "remote", "add", "origin", url], check=True)
    done = run(first, "publish", "git:origin", "--debug")
    assert done.code == PublishingError.exit_code
    assert "credential helper" in done.complaints[0]
    assert CANARY not in done.out + done.err
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    done = run(first, "publish", "git:https://127.0.0.1:9/r.git")
    assert done.code == PublishingError.exit_code


def test_a_push_that_is_refused_leaves_the_branch_as_it_was(on_air, run, remote):
    """A hook, a quota, a file of more than 100 MB: the host says no to all of it."""
    first, second = on_air
    run(first, "publish", f"git:{remote}")
    before = of(remote)
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'GH001: Large files detected.' >&2\nexit 1\n")
    hook.chmod(0o755)
    done = run(second, "publish", f"git:{remote}", epoch=HOUR)
    assert done.code == PublishingError.exit_code
    assert "rejected" in done.complaints[0] or "hook" in done.complaints[0]
    assert of(remote) == before
    hook.unlink()
    assert run(second, "publish", f"git:{remote}", epoch=HOUR).complaints == []
    assert broken(of(remote)) == []


def test_what_a_pages_host_refuses_is_said_early(on_air, run, remote, monkeypatch):
    """A file near 100 MB, a site near 1 GB; here with smaller limits, for the test has no such files."""
    first, _second = on_air
    monkeypatch.setattr(git, "FILE_BYTES", 100_000)
    monkeypatch.setattr(git, "SITE_BYTES", 200_000)
    done = run(first, "publish", f"git:{remote}", "--dry-run")
    assert done.code == 0
    assert "warning: audio/rain-" in done.err
    assert "warning: the site has" in done.err
    assert of(remote) == {}


def test_an_item_that_changes_while_it_is_sent_is_refused(on_air):
    """What was planned is what goes out."""
    first, _second = on_air
    sound = next((first / "audio").glob("*.mp3"))
    item = items.Item(f"audio/{sound.name}", sound.stat().st_size, sound)
    assert item.content() == sound.read_bytes()
    with pytest.raises(PublishingError, match="changes while it is sent"):
        replace(item, size=item.size + 1).content()
