"""An answer, and its body: read to its end, unpacked, and never more than was agreed."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from http.client import IncompleteRead
from typing import TYPE_CHECKING

from nashra.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse

    from nashra.fetching.limits import Limits

PIECE = 16_384
_PACKED = {"gzip": True, "x-gzip": True, "identity": False, "": False}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from an address: `url` is the last of its redirects, `charset` the header's or empty.

    `content_type` is in small letters, without parameters. With status 304 the body is empty: what
    was read before is still good.
    """

    url: str
    status: int
    content_type: str
    charset: str
    body: bytes
    etag: str
    last_modified: str


def media(header: str) -> tuple[str, str]:
    """Return media type and character set of a `Content-Type`, in small letters; empty if not said.

    >>> media('Text/HTML; Charset="windows-1256"'), media("")
    (('text/html', 'windows-1256'), ('', ''))
    """
    kind, _, rest = header.partition(";")
    charset = _CHARSET.search(rest)
    return kind.strip().lower(), charset[1].lower() if charset else ""


def body(response: HTTPResponse, limits: Limits, where: str) -> bytes:
    """Return the whole body, unpacked; raises FetchError for one that is too long or packed otherwise.

    Raises HTTPException for one of another length than announced, zlib.error for one that cannot be
    unpacked, OSError from the connection.
    """
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in _PACKED:
        what = f"is packed with {packed[:40]}, which was not asked for"
        raise FetchError(what, where=where, then="open it in a browser and save its text")
    if limits.whole and (response.length or 0) > limits.bytes:
        raise _too_long(limits, where)
    pieces = _sent(response, limits, where)
    text = bytearray()
    for piece in _unpacked(pieces) if _PACKED[packed] else pieces:
        text += piece
        if len(text) > limits.bytes:
            if limits.whole:
                raise _too_long(limits, where)
            return bytes(text[: limits.bytes])
    response.close()  # all was read: the connection can be used again
    return bytes(text)


def _sent(response: HTTPResponse, limits: Limits, where: str) -> Iterator[bytes]:
    """Yield the body as sent: to its announced length, the last chunk, or the end of the connection."""
    length, got = response.length, 0
    # read1 of the response would stop at the announced length, and never see that more was sent.
    read = response.read1 if length is None else response.fp.read1
    while length is None or got < length:
        piece = read(PIECE)
        if not piece:
            if length is not None:
                raise IncompleteRead(b"", length - got)
            return
        got += len(piece)
        if got > limits.bytes and limits.whole:  # a packed nothing can be endless too
            raise _too_long(limits, where)
        yield piece
    if length is not None and got > length:
        what = f"sends more than the {length} bytes it announces"
        raise FetchError(what, where=where, then="open it in a browser and save its text")


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(wbits=31)
    for sent in pieces:
        rest = sent
        while rest:
            if stream.eof:
                stream = zlib.decompressobj(wbits=31)  # gzip may be several, one after the other
            yield stream.decompress(rest, PIECE)
            rest = stream.unconsumed_tail or stream.unused_data
    if not stream.eof:
        raise IncompleteRead(b"")


def _too_long(limits: Limits, where: str) -> FetchError:
    what = f"is longer than {limits.bytes:,} bytes"
    return FetchError(what, where=where, then="check the link, or save its text as a file in articles/")
