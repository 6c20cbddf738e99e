"""An answer that was given, as a value, and as a line of a log."""

from __future__ import annotations

import re
from typing import NamedTuple

from nashra.serving.answering import http_date

_HARMFUL = re.compile(r"[^ !#-\[\]-~]")
"""What is no plain letter: quotes, backslashes, and what commands a terminal."""


class Told(NamedTuple):
    """An answer: when (s since 1970), who asked for what and with what, status, bytes of the body sent.

    `path` is None for what no file of a station can be called.
    """

    at: int
    client: str
    request: str
    path: str | None
    status: int
    sent: int
    agent: str = ""


def line(told: Told) -> str:
    r"""Return it in the combined log format of web servers, in UTC; what strangers sent is escaped.

    >>> print(line(Told(1767225600, "::1", "GET / HTTP/1.1", "", 302, 21, 'x"\x1b')))
    ::1 - - [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 302 21 "-" "x\x22\x1b"
    """
    _name, day, month, year, clock, _zone = http_date(told.at).split()
    agent = _plain(told.agent) or "-"
    when = f"{day}/{month}/{year}:{clock} +0000"
    return f'{told.client} - - [{when}] "{_plain(told.request)}" {told.status} {told.sent} "-" "{agent}"'


def _plain(text: str) -> str:
    raw = text.encode("utf-8", "surrogateescape").decode("latin-1")
    return _HARMFUL.sub(lambda found: f"\\x{ord(found[0]):02x}", raw)
