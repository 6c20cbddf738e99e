"""`nashra init --github`: the workflow that it writes is well-formed, and its steps do what it says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from on_air import FEED, broken

TESTS = Path(__file__).parent
WORKFLOW = ".github/workflows/nashra.yml"
# As `nashra` on PATH, on a machine that knows no radio.example.
NASHRA = """#!/bin/sh
exec {python} -c 'import socket, sys
sys.path.insert(0, "{tests}")
from on_air import nowhere
socket.getaddrinfo = nowhere(socket.getaddrinfo)
from nashra.cli import main
main(sys.argv[1:])' "$@"
"""


@pytest.fixture
def workflow(run, tmp_path):
    """Return the workflow of a new station, as YAML says it."""
    done = run(tmp_path, "init", "new", "--github")
    assert done.code == 0
    assert WORKFLOW in done.out
    return yaml.safe_load((tmp_path / "new" / WORKFLOW).read_text("utf-8"))


def steps(workflow) -> dict[str, str]:
    """Return the shell steps by name."""
    return {step["name"]: step["run"] for step in workflow["jobs"]["station"]["steps"] if "run" in step}


def test_it_is_yaml_and_its_steps_are_shell(workflow):
    """Parsed, and each step read by bash."""
    assert workflow["permissions"] == {"contents": "write"}
    assert workflow["concurrency"]["cancel-in-progress"] is False
    assert list(steps(workflow))[-1] == "Publish"
    for name, script in steps(workflow).items():
        done = subprocess.run(["bash", "-n"], input=script.encode(), capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), name


def test_it_names_no_secret_and_publishes_after_the_records_are_kept(workflow):
    """Keys come from GitHub's secrets, and no episode is public before its record is."""
    names = list(steps(workflow))
    assert names.index("Publish") > next(n for n, name in enumerate(names) if "version control" in name)
    publish = workflow["jobs"]["station"]["steps"][-1]
    assert all(value.startswith("${{ secrets.") for value in publish["env"].values())


def test_in_a_station_it_writes_only_the_workflow_and_never_over_another(run, built, files):
    """An owner's own workflow stays."""
    before = files(built)
    assert run(built, "init", ".", "--github").code == 0
    assert files(built).keys() - before.keys() == {WORKFLOW}
    assert run(built, "init", ".", "--github").code == 0
    (built / WORKFLOW).write_text("mine")
    done = run(built, "init", ".", "--github")
    assert done.code == 2
    assert "is there already" in done.complaints[0]
    assert (built / WORKFLOW).read_text() == "mine"


@pytest.mark.slow
def test_its_steps_build_and_publish_a_station_and_a_second_run_changes_nothing(
    workflow, on_air, tmp_path, epoch
):
    """In fresh clones, with git's own remote: the records come back to main, the site is on gh-pages."""
    first, _second = on_air
    for made in ("audio", "feed", ".nashra", "podcast.guid"):
        path = first / made
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (first / ".gitignore").write_text("/audio/*.mp3\n/audio/*.jpg\n/feed/\n/.nashra/\n")
    remote, tools = tmp_path / "remote.git", tmp_path / "bin"
    tools.mkdir()
    (tools / "nashra").write_text(NASHRA.format(python=sys.executable, tests=TESTS))
    (tools / "nashra").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GITHUB_REF_NAME": "main",
        "SOURCE_DATE_EPOCH": str(epoch),
        **workflow["jobs"]["station"]["env"],
    }

    def git(*arguments, folder=first):
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@localhost", *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", remote], check=True, env=environment)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "The station")
    git("push", "-q", str(remote), "main")

    def heads(clone):
        git("clone", "-q", str(remote), str(tmp_path / clone), folder=tmp_path)
        for name, script in steps(workflow).items():
            if name != "Install":
                done = subprocess.run(
                    ["bash", "-e", "-c", script],
                    cwd=tmp_path / clone,
                    env=environment,
                    check=False,
                    capture_output=True,
                    text=True,
                )
                assert done.returncode == 0, (name, done.stdout, done.stderr)
        return git("for-each-ref", "--format=%(refname) %(objectname)", folder=remote)

    after = heads("one")
    assert "refs/heads/gh-pages" in after
    kept = git("ls-tree", "-r", "--name-only", "main", folder=remote).split()
    assert {"audio/rain.json", "podcast.guid"} <= set(kept)
    assert not [name for name in kept if name.endswith(".mp3") or name.startswith("feed/")]
    assert heads("two") == after
    git("clone", "-q", "-b", "gh-pages", str(remote), str(tmp_path / "site"), folder=tmp_path)
    site = {
        path.relative_to(tmp_path / "site").as_posix(): path.read_bytes()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file() and ".git/" not in path.as_posix()
    }
    assert FEED in site
    assert broken(site) == []
