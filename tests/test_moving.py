"""A podcast at another address: the same podcast, and nobody is lost on the way."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
import tomllib

import feedparser
import podcastparser
import pytest

OLD, NEW = "https://old.example.org/pod/", "https://radio.example.org/"
TOML = """\
# تعليق في الأول
[show] # the show
title = "محطة التجربة"
base_url = "https://old.example.org/pod/"   # here we are
author = 'هيئة التحرير'

[voice]
engine = "tone"
speed = 2.0

[[feed]]
name = "sea"
title = "أخبار البحر"
categories = ["بحر"]
"""


@pytest.fixture
def folder(station, run, news, brief):
    """Return a station that is built at its old address, with a feed of its own."""
    articles = {"harbour.txt": f"---\ncategory: بحر\n---\n{news}", "rain.txt": brief}
    folder = station(articles, TOML)
    ran = run(folder, "build")
    assert ran.code == 0, ran.err
    return folder


def feed(path) -> feedparser.FeedParserDict:
    found = feedparser.parse(path.read_bytes())
    assert not found.bozo
    return found


def items(found) -> list[tuple[str, str]]:
    return [(each.id, each.title) for each in found.entries]


def said_new(path) -> list[str]:
    return re.findall(r"<itunes:new-feed-url>(.*?)</itunes:new-feed-url>", path.read_text("utf-8"))


def test_only_two_lines_of_the_settings_change(folder, run):
    """Comments, order, quotes and line ends stay."""
    path = folder / "nashra.toml"
    path.write_bytes(TOML.replace("\n", "\r\n").encode())
    assert run(folder, "move", NEW).code == 0
    before, after = TOML.splitlines(), path.read_bytes().decode().replace("\r\n", "\n").splitlines()
    assert [line for line in before if line not in after] == [f'base_url = "{OLD}"   # here we are']
    assert [line for line in after if line and line not in before] == [
        f'base_url = "{NEW}"   # here we are',
        "[podcast]",
        f'moved_from = "{OLD}"',
    ]
    assert tomllib.loads(path.read_text("utf-8"))["show"]["author"] == "هيئة التحرير"


def test_the_podcast_is_the_same_at_its_new_address(folder, run):
    """Guids of feeds and episodes stay, nothing is spoken again, and the feeds say where they are now."""
    guids = {name: (folder / name).read_bytes() for name in ("podcast.guid", "podcast-sea.guid")}
    before = feed(folder / "feed" / "feed.xml")
    sounds = {path.name: path.stat().st_mtime_ns for path in (folder / "audio").iterdir()}
    assert not said_new(folder / "feed" / "feed.xml")
    ran = run(folder, "move", NEW.removesuffix("/"))
    assert ran.code == 0
    assert guids["podcast.guid"].decode().strip() in ran.out
    assert "nashra build" in ran.out
    assert run(folder, "build").code == 0
    assert {name: (folder / name).read_bytes() for name in guids} == guids
    after = feed(folder / "feed" / "feed.xml")
    assert items(after) == items(before)
    assert all(each.enclosures[0].href.startswith(f"{NEW}audio/") for each in after.entries)
    assert {path.name: path.stat().st_mtime_ns for path in (folder / "audio").iterdir()} == sounds
    for name, guid in (("feed", "podcast.guid"), ("sea", "podcast-sea.guid")):
        path = folder / "feed" / f"{name}.xml"
        assert said_new(path) == [f"{NEW}feed/{name}.xml"]
        assert f"<podcast:guid>{guids[guid].decode().strip()}</podcast:guid>" in path.read_text("utf-8")
    ran = run(folder, "check")
    assert ran.code == 0, ran.out


def test_a_host_that_cannot_redirect_gets_the_old_feeds_with_one_line_more(folder, run):
    """Everything in it is still at the old address, and readers understand it."""
    old = {name: (folder / "feed" / name).read_text("utf-8") for name in ("feed.xml", "sea.xml")}
    assert run(folder, "move", NEW).code == 0
    for name, text in old.items():
        copy = folder / "moved" / "feed" / name
        assert said_new(copy) == [f"{NEW}feed/{name}"]
        added = [line for line in copy.read_text("utf-8").split("\n") if line not in text.split("\n")]
        assert len(added) == 1
        assert items(feed(copy)) == items(feed(folder / "feed" / name))
        with copy.open("rb") as file:
            heard = podcastparser.parse(f"{OLD}feed/{name}", file)
        assert heard["new_url"] == f"{NEW}feed/{name}"
        assert all(each["enclosures"][0]["url"].startswith(OLD) for each in heard["episodes"])


def test_every_old_address_is_led_to_the_same_file_at_the_new_one(folder, run, files):
    """In each of the three forms; what else is on the old host is left alone."""
    assert run(folder, "move", NEW).code == 0
    moved = folder / "moved"
    apache = re.fullmatch(r'RedirectMatch 301 "(.+)" "(.+)"\n', (moved / ".htaccess").read_text("ascii"))
    nginx = re.fullmatch(
        r"location ~ (.+) \{ return 301 (.+); \}\n", (moved / "nginx.conf").read_text("ascii")
    )
    assert apache
    assert nginx
    netlify = [line.split(" ") for line in (moved / "_redirects").read_text("ascii").splitlines()]
    names = [name for part in ("feed", "audio") for name in files(folder / part)]
    assert len(names) > 20
    for part in ("feed", "audio"):
        for name in files(folder / part):
            asked, wanted = f"/pod/{part}/{name}", f"{NEW}{part}/{name}"
            for pattern, target in (apache.groups(), nginx.groups()):
                found = re.fullmatch(pattern, asked)
                assert found
                assert target.replace("$1", found[1]).replace("$2", found[2]) == wanted
            (led,) = [
                target.replace(":splat", asked.removeprefix(place[:-1]))
                for place, target, _status in netlify
                if asked.startswith(place[:-1])
            ]
            assert led == wanted
    assert not re.fullmatch(apache[1], "/feed/feed.xml")
    assert not re.fullmatch(apache[1], "/pod/index.html")


NGINX = """\
daemon off; master_process off; pid {work}/pid; error_log {work}/log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c;
  uwsgi_temp_path {work}/d; scgi_temp_path {work}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; include {moved}/nginx.conf; }}
}}
"""
APACHE = """\
ServerName localhost
ServerRoot {work}
Listen 127.0.0.1:{port}
PidFile {work}/pid
ErrorLog {work}/log
DefaultRuntimeDir {work}
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
DocumentRoot {root}
<Directory {root}>
  AllowOverride All
  Require all granted
</Directory>
"""


@pytest.mark.parametrize(
    ("program", "form", "start"),
    [
        ("nginx", NGINX, ("nginx", "-c")),
        ("apache2", APACHE, ("apache2", "-X", "-f")),
    ],
)
def test_real_servers_lead_on_as_they_are_told(folder, run, tmp_path, program, form, start):
    """nginx with the line in its server block, Apache with the .htaccess in the old folder."""
    if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip(f"{program} is not installed")
    assert run(folder, "move", NEW).code == 0
    work, root = tmp_path / "work", tmp_path / "root"
    work.mkdir()
    shutil.copytree(folder / "feed", root / "pod" / "feed")
    shutil.copy(folder / "moved" / ".htaccess", root / "pod")
    (root / "pod" / "index.html").write_text("x", "ascii")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = work / "conf"
    conf.write_text(form.format(work=work, root=root, moved=folder / "moved", port=port), "utf-8")
    server = subprocess.Popen([*start, str(conf)], env={"PATH": "/usr/sbin:/usr/bin:/bin"})
    try:

        def ask(path: str) -> tuple[int, str | None]:
            for _time in range(200):
                link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                try:
                    link.request("GET", path)
                    answer = link.getresponse()
                except ConnectionRefusedError:
                    assert server.poll() is None, (work / "log").read_text("utf-8")
                    time.sleep(0.1)
                else:
                    return answer.status, answer.headers["Location"]
                finally:
                    link.close()
            raise AssertionError(f"{program} never answered")

        (sound,) = (folder / "audio").glob("harbour-*.mp3")
        for path in ("feed/feed.xml", "feed/sea.xml", "feed/episodes/rain.html", f"audio/{sound.name}"):
            assert ask(f"/pod/{path}") == (301, f"{NEW}{path}")
        assert ask("/pod/index.html")[0] == 200
    finally:
        server.terminate()
        server.wait(30)


def test_a_second_move_leads_straight_to_the_newest_address(folder, run):
    """The feed that has a line already gets another in its place."""
    assert run(folder, "move", NEW).code == 0
    assert run(folder, "build").code == 0
    assert run(folder, "move", "https://third.example.org/").code == 0
    copy = folder / "moved" / "feed" / "feed.xml"
    assert said_new(copy) == ["https://third.example.org/feed/feed.xml"]
    assert tomllib.loads((folder / "nashra.toml").read_text("utf-8"))["podcast"]["moved_from"] == NEW


def test_a_move_can_be_taken_back(folder, run, files):
    """The settings and the feed are as before to the byte; what a person put into moved/ stays."""
    before = files(folder / "feed")
    settings = tomllib.loads((folder / "nashra.toml").read_text("utf-8"))
    assert run(folder, "move", NEW).code == 0
    (folder / "moved" / "notes.txt").write_text("x", "utf-8")
    assert run(folder, "build").code == 0
    assert files(folder / "feed") != before
    assert run(folder, "move", "--undo").code == 0
    assert [path.name for path in (folder / "moved").iterdir()] == ["notes.txt"]
    assert tomllib.loads((folder / "nashra.toml").read_text("utf-8")) == settings | {"podcast": {}}
    assert run(folder, "build").code == 0
    assert files(folder / "feed") == before
    ran = run(folder, "move", "--undo")
    assert ran.code == 2
    assert "has not moved" in ran.complaints[0]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://radio.example.org/", "is not https"),
        ("radio.example.org", "is not https"),
        ("https://localhost:8000/", "only this house"),
        ("https://192.168.1.7/", "only this house"),
        ("https://studio.local/", "only this house"),
        (OLD, "is where the podcast is already"),
        (OLD.removesuffix("/"), "is where the podcast is already"),
        ("https://radio.example.org/?a=b", "is no address of a folder"),
        ("https://radio.example.org/a b/", "is no address of a folder"),
        ("https://user:word@radio.example.org/", "is no address of a folder"),
        (f"{NEW}feed/feed.xml", f"name what stands before that: {NEW}"),
    ],
)
def test_an_address_that_nobody_could_subscribe_to_is_refused(folder, run, address, said):
    """In one line, and nothing has changed."""
    before = (folder / "nashra.toml").read_bytes()
    ran = run(folder, "move", address)
    assert ran.code == 2
    (complaint,) = ran.complaints
    assert said in complaint
    assert (folder / "nashra.toml").read_bytes() == before
    assert not (folder / "moved").exists()


def test_a_station_without_a_public_address_has_nobody_to_take_along(built, run):
    """It is told to write the address into its settings."""
    ran = run(built, "move", NEW)
    assert ran.code == 2
    assert f'write `base_url = "{NEW}"` under [show]' in ran.complaints[0]


def test_a_feed_that_was_not_built_at_the_old_address_is_built_first(folder, run):
    """Its copy would lead nobody on: the old host has another."""
    path = folder / "nashra.toml"
    path.write_text(path.read_text("utf-8").replace(OLD, "https://else.example.org/"), "utf-8")
    ran = run(folder, "move", NEW)
    assert ran.code == 6
    assert "was not built for https://else.example.org/; run `nashra build` first" in ran.complaints[0]


def test_it_is_said_how_the_command_is_used(folder, run):
    """An address or --undo, not both, not none."""
    assert run(folder, "move").code == 2
    assert run(folder, "move", NEW, "--undo").code == 2
