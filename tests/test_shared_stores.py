"""A shared store on S3 and over SFTP: a real build leaves its work there, and another one finds it."""

import getpass
import importlib.util
import shutil
from pathlib import Path

import boto3
import pytest

from fake_bucket import BUCKET, Host, objects
from machines import Build, scheduler, worker
from nashra.audio.voices.tone import Speaker
from test_publishing_ssh import SSHD, sshd  # noqa: F401 sshd is a fixture

conf = pytest.importorskip("fsspec.config").conf

needs_s3fs = pytest.mark.skipif(importlib.util.find_spec("s3fs") is None, reason="s3fs is not installed")
needs_sshd = pytest.mark.skipif(not Path(SSHD).exists(), reason="the program sshd is not installed")
each_store = pytest.mark.parametrize(
    "store", [pytest.param("s3", marks=needs_s3fs), pytest.param("sftp", marks=needs_sshd)], indirect=True
)


@pytest.fixture
def bucket(monkeypatch, tmp_path):
    """Return the address of an empty bucket on loopback, which every process started here finds."""
    host = Host()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "a-key",
        "AWS_SECRET_ACCESS_KEY": "a-secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": host.endpoint,
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=host.endpoint)
    client.create_bucket(Bucket=BUCKET)
    yield f"s3://{BUCKET}/nashra"
    for name in objects():
        client.delete_object(Bucket=BUCKET, Key=name)
    client.delete_bucket(Bucket=BUCKET)
    client.close()
    host.stop()


@pytest.fixture
def store(request, tmp_path, monkeypatch):
    """Return a store's address, and what lists the names in it past its protocol."""
    if request.param == "s3":
        address = request.getfixturevalue("bucket")
        return address, lambda: {name.removeprefix("nashra/") for name in objects()}
    port, home = request.getfixturevalue("sshd")
    # fsspec takes a driver's arguments from the environment when it is loaded: here it was long ago.
    monkeypatch.setenv("FSSPEC_SFTP_KEY_FILENAME", str(home / "user"))
    monkeypatch.setitem(conf, "sftp", {"key_filename": str(home / "user")})
    root = tmp_path / "store"

    def names():
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}

    return f"sftp://{getpass.getuser()}@127.0.0.1:{port}{root}", names


@each_store
def test_what_one_desk_made_another_joins_without_speaking(station, run, files, monkeypatch, brief, store):
    """Clips, parts and MP3 lie there; the second desk has the same files and spoke nothing; all is whole."""
    address, names = store
    one, two = (station({"rain.txt": brief}, name=name) for name in ("one", "two"))
    ran = run(one, "build", "--store", address)
    assert (ran.code, ran.complaints) == (0, [])
    assert {name.partition("/")[0] for name in names()} >= {"clips", "parts", "readings", "levels", "media"}
    assert not [name for name in names() if name.endswith(".tmp")]

    def never(*_arguments):
        raise AssertionError("spoken again")

    monkeypatch.setattr(Speaker, "speak", never)
    ran = run(two, "build", "--store", address)
    assert (ran.code, ran.complaints) == (0, [])
    assert files(two) == files(one)
    shutil.rmtree(two / ".nashra")
    for path in (two / "audio").glob("*.mp3"):
        path.unlink()
    assert "comes from the store" in run(two, "build", "--store", address).err
    assert files(two) == files(one)
    assert run(two, "cache", "verify", "--shared", "--store", address).code == 0
    assert run(two, "cache", "prune", "--shared", "--store", address, "--max-mb", "0").code == 0
    assert names() == set()


@pytest.mark.slow
@each_store
def test_a_worker_and_a_build_meet_in_the_store_only(station, run, files, tmp_path, news, brief, store):
    """The worker leaves its work there, the build joins it: the bytes of a build by itself."""
    address, _names = store
    articles = {"harbour.txt": news, "rain.txt": brief}
    alone, apart = (station(articles, name=name) for name in ("alone", "apart"))
    assert run(alone, "build").code == 0
    with scheduler(tmp_path) as (_process, at), worker(tmp_path, at):
        build = Build(apart, "--cluster", at, "--store", address)
        code, said = build.end()
    assert code == 0, said
    assert "given up" not in said
    assert "cannot be used" not in said
    assert any(event.get("phase") == "cluster" and event["done"] == 2 for event in build.events)
    assert files(apart) == files(alone)
