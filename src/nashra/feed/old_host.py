"""What the old host of a podcast answers after a move: redirects, and a feed that leads to the new one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nashra.errors import FeedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAID = re.compile(rb"\s*<itunes:new-feed-url>[^<]*</itunes:new-feed-url>")
_ITEM = re.compile(rb"\n( *)<item>")

# What each kind of host reads, by file. {path} is the station's at the old host, {place} the same as a
# regular expression, {new} the new address.
TABLES = {
    # Netlify, Cloudflare Pages: https://docs.netlify.com/manage/routing/redirects/
    "_redirects": "{path}feed/* {new}feed/:splat 301\n{path}audio/* {new}audio/:splat 301\n",
    # Apache (mod_alias), as most shared hosts have it
    ".htaccess": 'RedirectMatch 301 "^{place}(feed|audio)/(.*)$" "{new}$1/$2"\n',
    # nginx, inside its `server` block
    "nginx.conf": "location ~ ^{place}(feed|audio)/(.*)$ {{ return 301 {new}$1/$2; }}\n",
}


def redirects(old: str, new: str) -> Mapping[str, bytes]:
    r"""Return what leads from every address of a station to the same at another, in the forms hosts read.

    >>> redirects("https://a.example/p/", "https://b.example/")["_redirects"].decode()
    '/p/feed/* https://b.example/feed/:splat 301\n/p/audio/* https://b.example/audio/:splat 301\n'
    """
    path = urlsplit(old).path
    place = re.escape(path)
    return {
        file: text.format(path=path, place=place, new=new).encode("ascii") for file, text in TABLES.items()
    }


def leading_on(feed: bytes, address: str) -> bytes:
    r"""Return a document of a feed as it was, but for one tag: the address where the feed is now.

    Raises FeedError for one that lists no episode: it is none of ours.

    >>> leading_on(b"<channel>\n <item></item></channel>", "https://b.example/").decode()
    '<channel>\n <itunes:new-feed-url>https://b.example/</itunes:new-feed-url>\n <item></item></channel>'
    """
    bare = _SAID.sub(b"", feed)
    item = _ITEM.search(bare)
    if item is None:
        raise FeedError("lists no episode", where="feed/feed.xml", then="run `nashra build` first")
    tag = b"\n" + item[1] + f"<itunes:new-feed-url>{address}</itunes:new-feed-url>".encode("ascii")
    return bare[: item.start()] + tag + bare[item.start() :]
