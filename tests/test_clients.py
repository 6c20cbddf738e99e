"""Other people's podcast clients, on loopback: they subscribe, take the same bytes, and follow an edit.

What a client does otherwise than we would like is pinned as it is today, in the tests named "known".
"""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid5

import pytest
from mutagen.mp3 import MP3

from loopback import served
from nashra import cli
from nashra.feed import old_host, paging
from nashra.feed.guid import podcast_guid
from terminal import PATIENCE, terminal

pytestmark = pytest.mark.slow

PARTYTIME = Path(
    os.environ.get("PARTYTIME", Path(__file__).parents[1] / "node_modules" / "podcast-partytime")
)
CHANNEL = "محطة التجربة"
TITLES = {"harbour": "ميناء المدينة يستقبل أول سفينة كهربائية", "rain": "أمطار خفيفة في الشمال"}
HEAVY = "أمطار غزيرة في الشمال"
BUILT = 1_767_225_600
"""2026-01-01 00:00 UTC, when the station is built first."""
DAYS = {
    "harbour": datetime(2025, 1, 30, 14, 0, tzinfo=UTC),
    "rain": datetime(2025, 2, 3, 6, 30, tzinfo=UTC),
    "wind": datetime(2025, 2, 7, 18, 15, tzinfo=UTC),
}
STATION = """\
[show]
title = "محطة التجربة"
base_url = "{address}"

[voice]
engine = "tone"

[podcast]
owner = "desk@example.org"
license = "cc-by-4.0"
funding = "ادعمونا"
funding_url = "https://example.org/support"
season = 1
numbered = true
"""
ARTICLES = {
    "harbour": """\
---
author: سلمى المرابط
date: 2025-01-30 14:00
---
ميناء المدينة يستقبل أول سفينة كهربائية
استقبل ميناء المدينة صباح اليوم سفينة شحن تعمل بالكهرباء، وعلى متنها أربعون حاوية. ورست في الرصيف الثالث.
رحلة بلا دخان
قطعت السفينة المسافة بين الجزيرة والميناء في ست ساعات، ولم تحرق في طريقها لترا من الوقود. وكان البحر هادئا.
""",
    "rain": """\
---
author: سلمى المرابط
date: 2025-02-03 06:30
---
أمطار خفيفة في الشمال
تهطل اليوم أمطار خفيفة على مدن الشمال، وتبقى السماء صافية في مدن الجنوب.
""",
}

WIND = """\
---
date: 2025-02-07 18:15
---
رياح قوية على الساحل
تهب الليلة رياح قوية على مدن الساحل، وتعود السفن إلى الميناء قبل المغيب.
"""


def program(name: str, package: str):
    """Return the mark of a test that needs a program."""
    return pytest.mark.skipif(
        shutil.which(name) is None, reason=f"{name} is not there: apt-get install {package}"
    )


class Seen(NamedTuple):
    """An episode as a client knows it; `published` in seconds since 1970."""

    guid: str
    title: str
    published: int
    enclosure: str


class Site:
    """A station behind a server on loopback: `asked` is what was asked of it, in order."""

    def __init__(self, folder: Path, build, address: str, asked: list[str]):
        self.folder, self.address, self.asked = folder, address, asked
        self._build = build
        self.feed = f"{address}feed/feed.xml"
        self.server: Server | None = None

    def build(self, epoch: int, *arguments: str) -> None:
        """Build, and date the feed with it: servers tell two states apart by whole seconds."""
        self.do("build", *arguments, epoch=epoch)

    def do(self, *arguments: str, epoch: int) -> None:
        """Run a command, and date the feed with it."""
        done = self._build(self.folder, *arguments, epoch=epoch)
        assert done.code == 0, done.err
        os.utime(self.folder / "feed" / "feed.xml", (epoch, epoch))

    def episode(self, slug: str) -> Seen:
        """Return the guid, title and enclosure of the record, and the date of the article."""
        record = json.loads((self.folder / "audio" / f"{slug}.json").read_bytes())
        enclosure = f"{self.address}audio/{record['media']['file']}"
        return Seen(record["guid"], record["title"], int(DAYS[slug].timestamp()), enclosure)

    def mp3(self, slug: str) -> Path:
        """Return the MP3 that an episode has today."""
        return self.folder / "audio" / self.episode(slug).enclosure.rpartition("/")[2]

    def sounds(self, *slugs: str) -> dict[str, bytes]:
        """Return the bytes of the MP3s of episodes, by name."""
        return {path.name: path.read_bytes() for path in map(self.mp3, slugs)}

    def edit(self) -> tuple[Path, Path]:
        """Make the light rain heavy an hour later; return the MP3 before and the one after."""
        before, path = self.mp3("rain"), self.folder / "articles" / "rain.txt"
        guid, text = self.episode("rain").guid, path.read_text("utf-8")
        path.write_text(text.replace("خفيفة", "غزيرة"), "utf-8")
        self.build(BUILT + 3600)
        after = self.mp3("rain")
        assert self.episode("rain")[:2] == (guid, HEAVY)
        assert before.name != after.name
        assert before.read_bytes() != after.read_bytes()
        self.asked.clear()
        return before, after


class Server(http.server.ThreadingHTTPServer):
    """A host of plain files on loopback, as many are: it leads nobody on. It notes what it is asked."""

    folder: Path
    asked: list[str]
    new: str = ""


class Noting(http.server.SimpleHTTPRequestHandler):
    """The answer to one request."""

    def __init__(self, request, client, server: Server):
        super().__init__(request, client, server, directory=str(server.folder))

    def log_request(self, *_arguments):
        self.server.asked.append(self.path)


@pytest.fixture(scope="module")
def port() -> int:
    """Return the port that the feed names: one server after the other has it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def built_once(port, tmp_path_factory) -> Path:
    """Return two episodes whose feed says the address of the server."""
    folder = tmp_path_factory.mktemp("clients") / "station"
    (folder / "articles").mkdir(parents=True)
    for slug, text in ARTICLES.items():
        (folder / "articles" / f"{slug}.txt").write_text(text, "utf-8")
    address = f"http://127.0.0.1:{port}/"
    (folder / "nashra.toml").write_text(STATION.format(address=address), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(BUILT))
        with pytest.raises(SystemExit, match=r"^0$"):
            cli.main(["build", "--station", str(folder)])
    os.utime(folder / "feed" / "feed.xml", (BUILT, BUILT))
    return folder


@pytest.fixture
def folder(built_once, tmp_path) -> Path:
    """Return a copy of the two episodes."""
    return Path(shutil.copytree(built_once, tmp_path / "station"))


@pytest.fixture
def site(folder, port, run) -> Site:
    """Return the two episodes behind the server of `nashra serve`."""
    asked: list[str] = []
    with served(folder, port=port, told=lambda told: asked.append(told.request.split()[1])) as here:
        yield Site(folder, run, here.address, asked)
        assert here.told == []


@pytest.fixture
def plain_site(folder, port, run) -> Site:
    """Return the two episodes on a host of plain files."""
    with Server(("127.0.0.1", port), Noting) as server:
        server.folder, server.asked = folder, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = Site(folder, run, f"http://127.0.0.1:{port}/", server.asked)
        found.server = server
        yield found
        server.shutdown()


class Client:
    """Somebody's home, with nothing of this machine in it: every client keeps all that it knows below it."""

    def __init__(self, home: Path):
        self.home = home
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(home),
            "LANG": "C.UTF-8",
            "GPODDER_HOME": str(home / "gPodder"),
        }

    def run(self, *command: str) -> str:
        """Run a program to its end and return what it said; raises where it fails, or does not end."""
        return subprocess.run(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=True,
        ).stdout

    def knows(self, database: str, query: str) -> list[Seen]:
        """Return the episodes in a client's own database."""
        with closing(sqlite3.connect(self.home / database)) as opened:
            return [Seen(*row) for row in opened.execute(query)]

    def sounds(self) -> dict[str, bytes]:
        """Return the bytes of every MP3 that the client has taken, by name."""
        return {path.name: path.read_bytes() for path in self.home.rglob("*.mp3")}


@pytest.fixture
def client(tmp_path) -> Client:
    """Return a home with nothing in it."""
    (tmp_path / "home").mkdir()
    return Client(tmp_path / "home")


def gpodder_knows(client: Client) -> list[Seen]:
    return client.knows(
        "gPodder/Database", "SELECT guid, title, published, url FROM episode ORDER BY published"
    )


@program("gpo", "gpodder")
def test_gpodder_takes_every_feed_from_the_outline(site, client):
    """`feeds.opml` as a file: two podcasts, and the episode that is in both has one guid and one address."""
    with (site.folder / "nashra.toml").open("a", encoding="utf-8") as file:
        file.write('[[feed]]\nname = "sky"\ntitle = "نشرة الطقس"\ncategories = ["طقس"]\n')
    path = site.folder / "articles" / "rain.txt"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\ncategory: طقس\n", 1), "utf-8")
    site.build(BUILT)
    client.run("gpo", "import", str(site.folder / "feed" / "feeds.opml"))
    listed = client.run("gpo", "list")
    assert CHANNEL in listed
    assert "نشرة الطقس" in listed
    assert f"{site.address}feed/sky.xml" in listed
    assert gpodder_knows(client) == [site.episode("harbour"), site.episode("rain"), site.episode("rain")]


class Led(Noting):
    """The old host after a move: everything leads on, as its `.htaccess` says."""

    def do_GET(self):
        """Answer with the new address."""
        table = old_host.redirects(f"http://127.0.0.1:{self.server.server_port}/", self.server.new)
        found = re.fullmatch(r'RedirectMatch 301 "(.+)" "(.+)"\n', table[".htaccess"].decode())
        path = re.fullmatch(found[1], self.path)
        self.send_response(301)
        self.send_header("Location", found[2].replace("$1", path[1]).replace("$2", path[2]))
        self.send_header("Content-Length", "0")
        self.end_headers()


@program("gpo", "gpodder")
def test_gpodder_comes_along_when_the_podcast_moves(plain_site, client):
    """It asks at the old address, is led on, and knows the same episodes once, with their new addresses."""
    site = plain_site
    client.run("gpo", "subscribe", site.feed)
    before = gpodder_knows(client)
    guid = podcast_guid(site.feed)  # `nashra move` takes no address on loopback: what it writes, by hand
    (site.folder / "podcast.guid").write_text(f"{guid}\n", "ascii")
    with Server(("127.0.0.1", 0), Noting) as there:
        there.folder, there.asked, there.moved = site.folder, [], {}
        threading.Thread(target=there.serve_forever, daemon=True).start()
        new = f"http://127.0.0.1:{there.server_port}/"
        path = site.folder / "nashra.toml"
        text = path.read_text("utf-8").replace(site.address, new)
        path.write_text(text.replace("[podcast]\n", f'[podcast]\nmoved_from = "{site.address}"\n'), "utf-8")
        site.build(BUILT + 7200)
        assert f"<itunes:new-feed-url>{new}feed/feed.xml<" in (site.folder / "feed" / "feed.xml").read_text(
            "utf-8"
        )
        site.server.RequestHandlerClass, site.server.new = Led, new
        try:
            client.run("gpo", "update")
        finally:
            site.server.RequestHandlerClass = Noting
            there.shutdown()
        assert "/feed/feed.xml" in there.asked
    after = gpodder_knows(client)
    assert [each[:3] for each in after] == [each[:3] for each in before]
    assert all(each.enclosure.startswith(f"{new}audio/") for each in after)
    assert f"{new}feed/feed.xml" in client.run("gpo", "list")


@program("gpo", "gpodder")
def test_gpodder_subscribes_and_takes_the_same_bytes(site, client):
    """Titles in Arabic, guids, dates, and files equal to those of the station."""
    client.run("gpo", "subscribe", site.feed)
    assert CHANNEL in client.run("gpo", "list")
    listed = client.run("gpo", "episodes", "--guid", site.feed)
    for slug, title in TITLES.items():
        assert site.episode(slug).title == title
        assert f"{site.episode(slug).guid}  *  {title}" in listed
    assert gpodder_knows(client) == [site.episode("harbour"), site.episode("rain")]
    assert "2 episodes downloaded" in client.run("gpo", "download")
    assert client.sounds() == site.sounds("harbour", "rain")


@program("gpo", "gpodder")
def test_gpodder_follows_an_edit_without_a_second_episode(site, client):
    """Who had not taken the first reading takes only the second, under the same guid."""
    client.run("gpo", "subscribe", site.feed)
    _before, after = site.edit()
    assert "2 new episodes" in client.run("gpo", "update")
    assert gpodder_knows(client) == [site.episode("harbour"), site.episode("rain")]
    client.run("gpo", "download", site.feed, site.episode("rain").guid)
    assert client.sounds() == {after.name: after.read_bytes()}


@program("gpo", "gpodder")
def test_known_gpodder_keeps_a_reading_that_it_has_until_it_is_asked(site, client):
    """It knows the new title and address, and takes it when asked, into the file of the old name."""
    client.run("gpo", "subscribe", site.feed)
    client.run("gpo", "download")
    had = client.sounds()
    before, after = site.edit()
    client.run("gpo", "update")
    assert gpodder_knows(client) == [site.episode("harbour"), site.episode("rain")]
    assert "0 episodes downloaded" in client.run("gpo", "download")
    assert client.sounds() == had
    client.run("gpo", "download", site.feed, site.episode("rain").guid)
    assert client.sounds() == had | {before.name: after.read_bytes()}


@program("gpo", "gpodder")
def test_gpodder_takes_a_reissued_episode_though_it_has_the_old_one(site, client):
    """Another guid is another episode: the correction reaches whoever has the error already."""
    client.run("gpo", "subscribe", site.feed)
    client.run("gpo", "download")
    had, old = client.sounds(), site.episode("rain")
    path = site.folder / "articles" / "rain.txt"
    path.write_text(path.read_text("utf-8").replace("تهطل", "لا تهطل"), "utf-8")
    site.build(BUILT + 3600, "--reissue", "rain")
    new = site.episode("rain")
    assert new.guid != old.guid
    assert new.title == f"تصحيح: {old.title}"
    client.run("gpo", "update")
    assert "1 episodes downloaded" in client.run("gpo", "download")
    assert client.sounds() == had | site.sounds("rain")
    known = {each.guid: each for each in gpodder_knows(client)}
    assert known[old.guid] == old
    assert known[new.guid] == new._replace(published=BUILT + 3600)


@program("gpo", "gpodder")
def test_a_withdrawn_episode_comes_to_nobody_who_has_it_not(site, client):
    """Who had seen it in the feed forgets it, who subscribes later never sees it."""
    client.run("gpo", "subscribe", site.feed)
    site.do("withdraw", "rain", epoch=BUILT + 3600)
    client.run("gpo", "update")
    assert gpodder_knows(client) == [site.episode("harbour")]
    client.run("gpo", "download")
    assert client.sounds() == site.sounds("harbour")


@program("gpo", "gpodder")
def test_gpodder_finds_what_lies_behind_the_first_page(site, client, monkeypatch):
    """With room for one month in feed.xml the other is in an archive, and both are subscribed to."""
    monkeypatch.setattr(paging, "ROOMS", (0,))
    (site.folder / ".nashra" / "feed.json").unlink()
    site.build(BUILT)
    client.run("gpo", "subscribe", site.feed)
    assert site.asked[:2] == ["/feed/feed.xml", "/feed/feed-2025-01.xml"]
    assert gpodder_knows(client) == [site.episode("harbour"), site.episode("rain")]


def newsboat_subscribes(client: Client, site: Site) -> None:
    """Put the feed among newsboat's, with its own way of taking what comes in, and let it read."""
    folder = client.home / ".newsboat"
    folder.mkdir()
    (folder / "urls").write_text(f"{site.feed}\n", "ascii")
    (folder / "config").write_text(
        f'download-path "{client.home}/taken"\npodcast-auto-enqueue yes\nmax-downloads 1\n', "utf-8"
    )
    (client.home / "taken").mkdir()
    client.run("newsboat", "-x", "reload")


def newsboat_knows(client: Client) -> list[Seen]:
    return client.knows(
        ".newsboat/cache.db", "SELECT guid, title, pubDate, enclosure_url FROM rss_item ORDER BY pubDate"
    )


def podboat_takes(client: Client, *names: str) -> None:
    """Let podboat download its queue, until it has files of these names (`.part` until they are whole)."""
    with terminal(["podboat", "-a"], client.environment) as podboat:
        podboat.until(lambda: all((client.home / "taken" / name).is_file() for name in names))
        podboat.leave("q")


@program("newsboat", "newsboat")
@program("podboat", "newsboat")
def test_newsboat_and_podboat_subscribe_and_take_the_same_bytes(site, client):
    """Titles in Arabic, which it draws from right to left; guids, dates, and equal files."""
    newsboat_subscribes(client, site)
    assert newsboat_knows(client) == [site.episode("harbour"), site.episode("rain")]
    with closing(sqlite3.connect(client.home / ".newsboat/cache.db")) as cache:
        assert cache.execute("SELECT title, is_rtl FROM rss_feed").fetchall() == [(CHANNEL, 1)]
    assert client.run("newsboat", "-x", "print-unread").split()[0] == "2"
    podboat_takes(client, *site.sounds("harbour", "rain"))
    assert client.sounds() == site.sounds("harbour", "rain")


@program("newsboat", "newsboat")
@program("podboat", "newsboat")
def test_known_newsboat_shows_an_edit_and_takes_it_when_its_key_is_pressed(site, client):
    """One article as before, with the new title and address; what was queued once is not queued by itself."""
    newsboat_subscribes(client, site)
    podboat_takes(client, *site.sounds("harbour", "rain"))
    had = client.sounds()
    _before, after = site.edit()
    client.run("newsboat", "-x", "reload")
    assert newsboat_knows(client) == [site.episode("harbour"), site.episode("rain")]
    queue = client.home / ".newsboat" / "queue"
    assert after.name not in queue.read_text("utf-8")
    with terminal(["newsboat"], client.environment) as newsboat:
        newsboat.until(lambda: CHANNEL in newsboat.screen)
        newsboat.press("\n", shows=HEAVY)
        newsboat.press("\n", shows=after.name)
        newsboat.press("e", shows="download queue")
        newsboat.leave("Q")
    podboat_takes(client, after.name)
    assert client.sounds() == had | {after.name: after.read_bytes()}


@program("newsboat", "newsboat")
@program("podboat", "newsboat")
def test_podboat_gets_the_correction_at_the_address_that_it_queued_before(site, client):
    """It asks for what it saw first; our server leads it on, and the bytes are the newest."""
    newsboat_subscribes(client, site)
    before, after = site.edit()
    podboat_takes(client, before.name, site.mp3("harbour").name)
    assert client.sounds() == site.sounds("harbour") | {before.name: after.read_bytes()}
    assert f"/audio/{after.name}" in site.asked


@program("newsboat", "newsboat")
@program("podboat", "newsboat")
def test_podboat_still_gets_what_it_queued_from_a_host_that_leads_nowhere(plain_site, client):
    """The file stays under its name: what was queued is never an error."""
    site = plain_site
    newsboat_subscribes(client, site)
    before, _after = site.edit()
    podboat_takes(client, before.name, site.mp3("harbour").name)
    assert client.sounds() == site.sounds("harbour") | {before.name: before.read_bytes()}


def podget(client: Client, site: Site) -> None:
    """Let podget look at its list, which has the feed, with a category and a name."""
    folder = client.home / "podget"
    if not folder.exists():
        client.run("podget", "--dir_config", str(folder), "--create-config", "podgetrc")
        with (folder / "podgetrc").open("a", encoding="utf-8") as settings:
            settings.write("MIN_SPACE=1\n")  # it wants 600 MB of free disk otherwise
        (folder / "serverlist").write_text(f"{site.feed} news {CHANNEL}\n", "utf-8")
    client.run("podget", "--dir_config", str(folder), "--library", str(client.home / "library"))


@program("podget", "podget")
def test_podget_takes_the_same_bytes(site, client):
    """It goes through the feed's text with sed, and finds both enclosures."""
    podget(client, site)
    assert client.sounds() == site.sounds("harbour", "rain")
    assert (client.home / "library" / "news" / CHANNEL).is_dir()


@program("podget", "podget")
def test_known_podget_takes_an_edit_as_one_more_file(site, client):
    """It knows addresses and no guids: the new file lies beside the old one, the other is not asked for."""
    podget(client, site)
    had = client.sounds()
    _before, after = site.edit()
    podget(client, site)
    assert client.sounds() == had | {after.name: after.read_bytes()}
    assert site.asked == ["/feed/feed.xml", f"/audio/{after.name}"]


def gpodder_again(client: Client, site: Site) -> None:
    """Subscribe, or look for what is new, and take it."""
    subscribed = site.feed in client.run("gpo", "list")
    client.run("gpo", *(("update",) if subscribed else ("subscribe", site.feed)))
    client.run("gpo", "download")


def newsboat_again(client: Client, site: Site) -> None:
    """Subscribe, or look for what is new, and take what is in the feed."""
    if (client.home / ".newsboat").exists():
        client.run("newsboat", "-x", "reload")
    else:
        newsboat_subscribes(client, site)
    podboat_takes(client, *(site.mp3(path.stem).name for path in (site.folder / "audio").glob("*.json")))


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(gpodder_again, marks=program("gpo", "gpodder")),
        pytest.param(newsboat_again, marks=[program("newsboat", "newsboat"), program("podboat", "newsboat")]),
        pytest.param(podget, marks=program("podget", "podget")),
    ],
)
def test_of_a_new_episode_a_client_takes_that_one_only(site, client, again):
    """Three lie there where two lay, and between the two looks nothing else was taken."""
    again(client, site)
    had = client.sounds()
    (site.folder / "articles" / "wind.txt").write_text(WIND, "utf-8")
    site.build(BUILT + 3600)
    site.asked.clear()
    again(client, site)
    new = site.mp3("wind")
    assert client.sounds() == had | {new.name: new.read_bytes()}
    assert [path for path in site.asked if path.startswith("/audio/")] == [f"/audio/{new.name}"]


PARSE = """
const { parseFeed } = require(process.argv[1]);
process.stdout.write(JSON.stringify(parseFeed(require("fs").readFileSync(0, "utf-8"))));
"""


def partytime(client: Client, feed: bytes) -> dict:
    """Return a feed as podcast-partytime parses it, the parser that came out of the Podcast Index."""
    done = subprocess.run(
        ["node", "-e", PARSE, str(PARTYTIME)],
        env=client.environment,
        input=feed,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return json.loads(done.stdout)


node = pytest.mark.skipif(
    shutil.which("node") is None or not PARTYTIME.is_dir(),
    reason="podcast-partytime is not there: npm install podcast-partytime, or name it in PARTYTIME",
)


@node
def test_partytime_reads_the_channel_that_we_meant(site, client):
    """The guid of its address, lock, licence, support, medium; and every tag of 2.0 that we wrote for it."""
    found = partytime(client, (site.folder / "feed" / "feed.xml").read_bytes())
    guid = uuid5(UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), site.feed.removeprefix("http://"))
    meant = {
        "title": CHANNEL,
        "link": f"{site.address}feed/index.html",
        "language": "ar",
        "explicit": False,
        "itunesType": "episodic",
        "itunesCategory": ["News > Daily News"],
        "itunesComplete": False,
        "pubsub": {"self": site.feed},
        "guid": str(guid),
        "medium": "podcast",
        "locked": True,
        "podcastOwner": "desk@example.org",
        "podcastFunding": [{"message": "ادعمونا", "url": "https://example.org/support"}],
        "license": {"identifier": "cc-by-4.0", "url": "https://spdx.org/licenses/CC-BY-4.0.html"},
        "podcastSeasons": {"1": {"number": 1}},
        "newestItemPubDate": "2025-02-03T06:30:00.000Z",
        "oldestItemPubDate": "2025-01-30T14:00:00.000Z",
    }
    assert {key: found.get(key) for key in meant} == meant
    assert found["pc20support"] == {
        "1": ["locked", "funding", "transcript", "chapters", "soundbite"],
        "2": ["person", "season", "episode"],
        "3": ["license", "guid", "alternateEnclosure"],
        "4": ["medium"],
    }


@node
@pytest.mark.parametrize(
    ("slug", "number", "soundbites"),
    [("rain", 2, 0), ("harbour", 1, 1)],  # the rain is shorter than the 15 s of a soundbite
)
def test_partytime_reads_the_episode_that_we_meant(site, client, slug, number, soundbites):
    """Everything but the text, which a person reads: what is not said (a value, a place) is not found."""
    episodes = partytime(client, (site.folder / "feed" / "feed.xml").read_bytes())["items"]
    assert [each["guid"] for each in episodes] == [site.episode(one).guid for one in ("rain", "harbour")]
    found = next(each for each in episodes if each["guid"] == site.episode(slug).guid)
    beside = {"podcastTranscripts": found.pop("podcastTranscripts")}
    beside["podcastChapters"] = [found.pop("podcastChapters")]
    for each in (*beside["podcastTranscripts"], *beside["podcastChapters"]):
        assert (site.folder / each["url"].removeprefix(site.address)).is_file()
    assert [each["type"] for each in beside["podcastTranscripts"]] == [
        "text/vtt",
        "application/srt",  # so it calls what we write as application/x-subrip
        "application/json",
        "text/html",
    ]
    assert {each["language"] for each in beside["podcastTranscripts"]} == {"ar"}
    assert beside["podcastChapters"][0]["type"] == "application/json+chapters"
    bites = found.pop("podcastSoundbites", [])
    assert [each["title"] for each in bites] == [TITLES[slug]] * soundbites
    assert all(15 <= each["duration"] <= 120 for each in bites)
    assert all(each["startTime"] + each["duration"] <= found["duration"] + 1 for each in bites)
    sound = site.mp3(slug).read_bytes()
    sri = base64.b64encode(hashlib.sha256(sound).digest()).decode()
    address = site.episode(slug).enclosure
    assert "هذا الخبر مقروء بصوت اصطناعي." in found.pop("description")
    assert "<i>هذا الخبر مقروء بصوت اصطناعي.</i>" in found.pop("content")
    assert found == {
        "guid": site.episode(slug).guid,
        "title": TITLES[slug],
        "author": "سلمى المرابط",
        "link": f"{site.address}feed/episodes/{slug}.html",
        "pubDate": f"{DAYS[slug]:%Y-%m-%dT%H:%M}:00.000Z",
        "duration": round(MP3(site.mp3(slug)).info.length),
        "explicit": False,
        "itunesEpisode": number,
        "itunesEpisodeType": "full",
        "itunesSeason": 1,
        "enclosure": {"url": address, "length": len(sound), "type": "audio/mpeg"},
        "podcastPeople": [
            {"name": "سلمى المرابط", "role": "Author", "group": "Writing"},
            {"name": "صوت اصطناعي (tone)", "role": "Narrator", "group": "Cast"},
        ],
        "podcastSeason": {"number": 1},
        "podcastEpisode": {"number": number},
        "alternativeEnclosures": [
            {
                "type": "audio/mpeg",
                "length": len(sound),
                "source": [{"uri": address, "contentType": "audio/mpeg"}],
                "default": True,
                "integrity": {"type": "sri", "value": f"sha256-{sri}"},
                "lang": "ar",
                "title": "MP3",
            }
        ],
    }


@node
def test_known_partytime_takes_the_true_of_a_txt_for_no_text(site, client):
    """It makes a boolean of it and asks for its letters; with any other word it reads the tag."""
    feed = (site.folder / "feed" / "feed.xml").read_bytes()
    assert feed.count(b'<podcast:txt purpose="ai-content">true<') == 3
    found = partytime(client, feed)
    assert ["podcastTxt" in each for each in (found, *found["items"])] == [False, False, False]
    found = partytime(client, feed.replace(b">true</podcast:txt>", b">so it is</podcast:txt>"))
    meant = [{"value": "so it is", "purpose": "ai-content"}]
    assert [each["podcastTxt"] for each in (found, *found["items"])] == [meant, meant, meant]


@node
def test_known_partytime_has_no_picture_of_the_name_space(site, client):
    """It knows the older `podcast:images` only, and takes the cover of iTunes."""
    found = partytime(client, (site.folder / "feed" / "feed.xml").read_bytes())
    assert "podcastImages" not in found
    assert found["itunesImage"] == found["image"]["url"]
    assert (site.folder / found["itunesImage"].removeprefix(site.address)).is_file()
