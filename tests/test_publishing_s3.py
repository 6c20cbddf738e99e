"""`nashra publish` to a bucket: the order of requests, and every way in which a host may fail."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

import boto3
import pytest

from fake_bucket import BUCKET, Host, objects
from nashra import station as stations
from nashra.errors import PublishingError
from nashra.publishing import known, preparing, sending
from nashra.publishing.address import parse
from nashra.publishing.s3 import Bucket
from on_air import FEED, broken, nowhere

NOW = datetime(2026, 1, 1, 1, tzinfo=UTC)
HOUR = 1_767_225_600 + 3600
CANARY = "canary-secret-4711"


@pytest.fixture
def host(monkeypatch, tmp_path):
    """Return an S3 host with an empty bucket; its keys are in the environment, as boto3 looks for them."""
    monkeypatch.setattr("nashra.fetching.connection.socket.getaddrinfo", nowhere(socket.getaddrinfo))
    for name, value in {
        "AWS_ACCESS_KEY_ID": "a-key",
        "AWS_SECRET_ACCESS_KEY": CANARY,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    host = Host()
    client = boto3.client("s3", endpoint_url=host.endpoint)
    client.create_bucket(Bucket=BUCKET)
    client.close()
    host.door.log.clear()
    yield host
    client = boto3.client("s3", endpoint_url=host.endpoint)
    host.door.faults.clear()
    host.door.looking = lambda _objects: None
    for name in objects():
        client.delete_object(Bucket=BUCKET, Key=name)
    client.delete_bucket(Bucket=BUCKET)
    client.close()
    host.stop()


@pytest.fixture
def aired(on_air, host):
    """Return both stations, told where the bucket is."""
    for folder in on_air:
        with (folder / "nashra.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[publish]\ntarget = "s3://{BUCKET}/"\nendpoint = "{host.endpoint}"\n')
    return on_air


class _Nobody:
    def begun(self, _files, _size):
        pass

    def sent(self, _item, _tag):
        pass

    def finished(self):
        pass


def publish(folder, host):
    """Publish without the command line: a sweep over every request has no time for one."""
    station = stations.load(folder)
    bucket = Bucket(parse(f"s3://{BUCKET}"), host.endpoint, "")
    try:
        prepared = preparing.prepare(station, bucket, lambda: None, NOW)
        sending.send(bucket, prepared.steps, prepared.known, prepared.tags, _Nobody())
    finally:
        bucket.close()


def test_everything_is_looked_at_before_the_feed_goes(aired, run, host):
    """No PUT of the feed before the HEAD of every file; no DELETE before the feed."""
    first, second = aired
    assert run(first, "publish").complaints == []
    log = host.door.log
    feed = log.index(("PUT", FEED))
    heads = {asked.name for asked in log[:feed] if asked.method == "HEAD"}
    assert heads >= objects().keys() - {FEED}
    order = [asked.name for asked in log if asked.method == "PUT"]
    assert order[0] == order[-1] == known.NAME or order[-1] == FEED
    assert broken(objects()) == []
    for path in (second / "articles" / "rain.txt", *(second / "audio").glob("rain*")):
        path.unlink()
    log.clear()
    run(second, "build", epoch=HOUR)
    assert run(second, "publish", epoch=HOUR).complaints == []
    deleted = [number for number, asked in enumerate(log) if asked.method == "DELETE"]
    assert deleted
    assert min(deleted) > log.index(("PUT", FEED))
    assert broken(objects()) == []


def test_every_file_has_its_media_type_and_how_long_it_may_be_kept(aired, run, host):
    """Sound for ever, the feed for minutes."""
    first, _second = aired
    run(first, "publish")
    client = boto3.client("s3", endpoint_url=host.endpoint)
    sound = next(name for name in objects() if name.endswith(".mp3"))
    heads = {name: client.head_object(Bucket=BUCKET, Key=name) for name in (sound, FEED, "feed/index.html")}
    client.close()
    assert heads[sound]["ContentType"] == "audio/mpeg"
    assert "immutable" in heads[sound]["CacheControl"]
    assert heads[FEED]["ContentType"] == "application/rss+xml; charset=utf-8"
    assert heads[FEED]["CacheControl"] == "public, max-age=300"
    assert heads["feed/index.html"]["ContentType"] == "text/html; charset=utf-8"


def test_a_second_publication_puts_nothing(aired, run, host):
    """ETags tell that everything is there."""
    first, _second = aired
    run(first, "publish")
    host.door.log.clear()
    assert ": 0 sent" in run(first, "publish").out
    assert {asked.method for asked in host.door.log} == {"GET"}


def test_no_request_has_what_only_amazon_understands(aired, run, host):
    """No checksum trailer, no chunks of Amazon's, the bucket in the path: what other hosts refuse."""
    first, _second = aired
    run(first, "publish")
    names = {header.partition("=")[0] for header in host.door.headers}
    assert not [
        name for name in names if "CHECKSUM" in name or "TRAILER" in name or "DECODED_CONTENT" in name
    ]
    assert not [header for header in host.door.headers if "aws-chunked" in header]
    assert {header for header in host.door.headers if header.startswith("HTTP_HOST=")} == {
        f"HTTP_HOST={host.endpoint.removeprefix('http://')}"
    }


def test_a_website_redirects_the_earlier_address(aired, run, host):
    """The bytes stay where they are, and nothing is done twice; it comes after the feed."""
    first, second = aired
    run(first, "publish")
    old = next(name for name in objects() if name.startswith("audio/rain-"))
    with (second / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write("website = true\n")
    host.door.log.clear()
    assert run(second, "publish", epoch=HOUR).complaints == []
    log = host.door.log
    assert log.index(("PUT", old)) > log.index(("PUT", FEED))
    client = boto3.client("s3", endpoint_url=host.endpoint)
    head = client.head_object(Bucket=BUCKET, Key=old)
    client.close()
    new = next(name for name in objects() if name.startswith("audio/rain-") and name != old)
    assert head["WebsiteRedirectLocation"] == f"/{new}"
    assert objects()[old] == (first / old).read_bytes()
    log.clear()
    assert ": 0 sent" in run(second, "publish", epoch=HOUR).out
    assert not [asked for asked in log if asked.method == "PUT"]


def test_a_prefix_is_kept_to(aired, run):
    """What is beside it in the bucket is not looked at."""
    first, _second = aired
    assert run(first, "publish", f"s3://{BUCKET}/a/b").complaints == []
    assert {name.partition("/b/")[0] for name in objects()} == {"a"}
    assert f"a/b/{FEED}" in objects()


@pytest.mark.parametrize("conditional", [True, False])
def test_of_two_publishers_the_second_is_told(aired, host, conditional):
    """By the host's 412, and by reading again where the host knows no conditions."""
    first, second = aired
    publish(first, host)
    host.door.conditional = conditional
    station = stations.load(second)
    bucket = Bucket(parse(f"s3://{BUCKET}"), host.endpoint, "")
    prepared = preparing.prepare(station, bucket, lambda: None, NOW)
    other = objects()[FEED].replace(b"<generator>Nashra", b"<generator>Another")
    bucket._client.put_object(Bucket=BUCKET, Key=FEED, Body=other)
    with pytest.raises(PublishingError, match="remote changed"):
        sending.send(bucket, prepared.steps, prepared.known, prepared.tags, _Nobody())
    bucket.close()
    assert objects()[FEED] == other
    assert broken(objects()) == []


def test_a_host_without_conditional_writes_is_published_to(aired, host):
    """The first time and the second."""
    first, second = aired
    host.door.conditional = False
    publish(first, host)
    publish(second, host)
    assert objects()[FEED] == (second / FEED).read_bytes()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("skewed", "set this machine's clock right"),
        ("denied", "let this key list, read, write and delete"),
        ("busy", "sends only what is missing"),
        ("cut", "the host does not answer"),
    ],
)
def test_a_refusal_says_what_to_do(aired, run, host, fault, said):
    """One line, exit code 7."""
    first, _second = aired
    host.door.faults[1] = fault
    done = run(first, "publish", "--debug")
    assert done.code == PublishingError.exit_code
    assert said in done.complaints[0]
    assert CANARY not in done.out + done.err
    assert objects() == {}


def test_a_bucket_that_is_not_there_says_so(aired, run):
    """And is not made."""
    first, _second = aired
    assert "make the bucket first" in run(first, "publish", "s3://nowhere-at-all").complaints[0]


def test_without_keys_it_says_where_they_belong(aired, run, monkeypatch):
    """boto3's own chain, nothing of ours."""
    first, _second = aired
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "AWS_SECRET_ACCESS_KEY" in run(first, "publish").complaints[0]


FAULTS = ("busy", "denied", "cut", "missing", "short", "other etag")


@pytest.mark.slow
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize(
    "step", [pytest.param(7, id="some"), pytest.param(1, id="all", marks=pytest.mark.sweep)]
)
def test_whichever_request_fails_the_feed_there_is_whole(aired, host, monkeypatch, request, for_good, step):
    """At every seventh request from one that `--seed` draws, in the sweep at each: looked at after each.

    The next run finishes, and sends no sound again that had arrived. Seven steps meet all six faults.
    """
    first, second = aired
    monkeypatch.setattr(preparing, "refuse_broken", lambda _built: None)  # the same each time
    publish(first, host)
    client = boto3.client("s3", endpoint_url=host.endpoint)
    start = objects()
    host.door.log.clear()
    publish(second, host)
    end, many = objects(), len(host.door.log)
    assert many > 30
    seen = Counter()

    def looking(there):
        found = broken(there)
        seen[bool(found)] += 1
        assert not found

    failures = []
    begin = 1 + random.Random(request.config.getoption("seed")).randrange(step)  # noqa: S311 no secret
    for number in range(begin, many + 1, step):
        host.door.looking = lambda _there: None
        host.door.faults.clear()
        for name in objects().keys() - start.keys():
            client.delete_object(Bucket=BUCKET, Key=name)
        for name, data in start.items():
            if objects().get(name) != data:
                client.put_object(Bucket=BUCKET, Key=name, Body=data)
        host.door.log.clear()
        host.door.looking = looking
        fault = FAULTS[number % len(FAULTS)]
        host.door.faults = dict.fromkeys(range(number, 10 * many if for_good else number + 1), fault)
        with pytest.raises(PublishingError) as failed:
            publish(second, host)
        failures.append(str(failed.value))
        deleted = [asked for asked in host.door.log if asked.method == "DELETE"]
        assert not deleted, (number, fault)
        arrived = {name for name, data in objects().items() if end.get(name) == data}
        host.door.faults.clear()
        host.door.log.clear()
        publish(second, host)
        assert objects() == end, (number, fault)
        again = {asked.name for asked in host.door.log if asked.method == "PUT"}
        assert not again & arrived - {known.NAME}, (number, fault)
    client.close()
    assert seen[True] == 0
    assert seen[False] > many * 5 // step
    assert not [line for line in failures if CANARY in line]


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_a_whole_feed(aired, host):
    """kill -9 at twelve requests spread over the run; the same command then finishes."""
    first, second = aired
    publish(first, host)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(HOUR)}
    command = [sys.executable, "-m", "nashra", "publish", "--first"]
    client = boto3.client("s3", endpoint_url=host.endpoint)
    start = objects()
    killed = 0
    for number in (2, 5, 8, 11, 14, 17, 20, 24, 28, 32, 36, 40):
        for name in objects().keys() - start.keys():
            client.delete_object(Bucket=BUCKET, Key=name)
        for name, data in start.items():
            client.put_object(Bucket=BUCKET, Key=name, Body=data)
        host.door.log.clear()
        child = subprocess.Popen(
            command, cwd=second, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

        def looking(there, number=number, child=child):
            assert broken(there) == []
            if len(host.door.log) == number:
                child.send_signal(signal.SIGKILL)

        host.door.looking = looking
        killed += child.wait(120) == -signal.SIGKILL
        host.door.looking = lambda _there: None
        assert broken(objects()) == []
    assert killed >= 8
    assert (
        subprocess.run(command, cwd=second, env=environment, check=False, capture_output=True).returncode == 0
    )
    assert objects()[FEED] == (second / FEED).read_bytes()
    client.close()


def test_a_secret_is_in_no_output(aired, run, host, files):
    """Neither in what is said, nor with --debug, nor in any file here or there."""
    first, _second = aired
    ran = [run(first, "publish", "--debug")]
    host.door.faults = {len(host.door.log) + 1: "denied"}
    ran.append(run(first, "publish", "--debug"))
    shutil.rmtree(first / ".nashra" / "parts")
    for said in ran:
        assert CANARY not in said.out + said.err
    everything = {**objects(), **files(first)} | {
        str(path): path.read_bytes() for path in (first / ".nashra").rglob("*") if path.is_file()
    }
    assert not [name for name, data in everything.items() if CANARY.encode() in data]
