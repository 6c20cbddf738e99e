"""What a status or a broken connection means, and what to do about it."""

from __future__ import annotations

import ssl
import zlib
from http.client import IncompleteRead
from socket import gaierror
from typing import TYPE_CHECKING

from nashra.errors import FetchError
from nashra.fetching.waiting import PassingError, retry_after_s

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from nashra.fetching.addresses import Address

GOOD = {200, 203}
PASSING = {408, 429}
"""And 5xx: worth another try; any other status says the same a moment later."""

ADVICE = {
    401: "it is for those with a password: copy its text into a file in articles/",
    403: "its owner keeps programs out: open it in a browser and copy its text into a file in articles/",
    404: "check the link",
    410: "it was taken down for good",
    429: "ask less often",
    451: "it was taken down by law",
}
OTHERWISE = "try again later, or open it in a browser"

# The first that fits: what is wrong, what to do, and whether it may pass. TimeoutError is no
# ConnectionError, and the certificate's error is a ValueError too.
_FAILURES: tuple[tuple[type[Exception], str, str, bool], ...] = (
    (TimeoutError, "gives no whole answer in time", OTHERWISE, False),
    (gaierror, "has a host that nobody knows", "check its spelling, and your connection", False),
    (ssl.SSLCertVerificationError, "shows a certificate that is not trusted", "tell its owner", False),
    (ssl.SSLError, "speaks no TLS that can be trusted", "tell its owner", False),
    (OSError, "refuses or loses the connection", OTHERWISE, True),
    (IncompleteRead, "breaks off in the middle", OTHERWISE, True),
    (zlib.error, "is packed so that it cannot be unpacked", "open it in a browser", False),
    (Exception, "does not answer as a web server does", "open it in a browser", False),
)


def check_status(response: HTTPResponse, address: Address) -> None:
    """Return if the status is a success; raises FetchError for any other, PassingError if it may pass."""
    status = response.status
    if status in GOOD:
        return
    what, then = f"answers {status}", ADVICE.get(status, OTHERWISE)
    if status not in PASSING and status < 500:
        raise FetchError(what, where=address.where, then=then, status=status)
    passing = PassingError(what, where=address.where, then=then, status=status)
    passing.wait_s = retry_after_s(response.headers)
    raise passing


def failure(cause: Exception, address: Address, *, kept: bool) -> FetchError:
    """Return the error for an exchange that broke; `kept` says that its connection was an old one."""
    what, then, passes = next(row[1:] for row in _FAILURES if isinstance(cause, row[0]))
    if isinstance(cause, ssl.SSLCertVerificationError):
        what = f"{what} ({cause.verify_message.rstrip('.')})"
    if not passes:
        return FetchError(what, where=address.where, then=then)
    passing = PassingError(what, where=address.where, then=then)
    # Servers close kept connections as they like: a new one is made at once.
    passing.wait_s = 0.0 if kept else None
    return passing
