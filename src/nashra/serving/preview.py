"""The station's own address in what is served, when it is served from another: on the fly, never on disk."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable


@lru_cache(maxsize=8)
def rewriting(base: str, here: str) -> Callable[[bytes], bytes]:
    """Return what puts `here` in the place of a station's address, wherever that leads to feed or sound.

    Addresses stand as they are, escaped as markup or in a link's query (as apps' buttons have them), and
    without `https://` behind an app's own scheme. Other links to the same host stay.

    >>> rewrite = rewriting("https://news.example/pod/", "http://192.168.1.7:8000/")
    >>> rewrite(b'url="https://news.example/pod/audio/a.mp3" href="https://news.example/about"')
    b'url="http://192.168.1.7:8000/audio/a.mp3" href="https://news.example/about"'
    >>> rewrite(b"add?url=https%3A%2F%2Fnews.example%2Fpod%2Ffeed%2Ffeed.xml podcast://news.example/pod/feed/x")
    b'add?url=http%3A%2F%2F192.168.1.7%3A8000%2Ffeed%2Ffeed.xml podcast://192.168.1.7:8000/feed/x'
    """
    forms: dict[bytes, bytes] = {}
    for folder in ("feed/", "audio/"):
        for form in (lambda text: text, escape, lambda text: quote(text, safe="")):
            forms[form(base + folder).encode()] = form(here + folder).encode()
        bare, new = (address.partition("://")[2] + folder for address in (base, here))
        forms[b"://" + bare.encode()] = b"://" + new.encode()
        forms[b"subscribe/" + bare.encode()] = b"subscribe/" + new.encode()
    longest = sorted(forms, key=len, reverse=True)
    pattern = re.compile(b"|".join(re.escape(form) for form in longest))
    return lambda text: pattern.sub(lambda found: forms[found[0]], text)
