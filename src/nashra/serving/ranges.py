"""Which bytes a `Range` header means (RFC 9110, section 14): one span, or all of it."""

from __future__ import annotations

import re

_ONE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.IGNORECASE | re.ASCII)
_HUGE = 18
"""Digits: a number with more of them is behind every file's end, and slow to read (a header has 8,000)."""


def span(said: str, size: int) -> tuple[int, int] | None:
    """Return first byte and the one behind the last; None for all of it. An empty span cannot be had.

    What is no single range of bytes is passed over, as RFC 9110 allows: of several ranges, however many, the
    whole file is the answer, and never more work than that.

    >>> span("bytes=0-0", 100), span("bytes=90-", 100), span("bytes=-10", 100), span("bytes=5-999", 100)
    ((0, 1), (90, 100), (90, 100), (5, 100))
    >>> span("bytes=100-", 100), span("bytes=-0", 100)
    ((0, 0), (0, 0))
    >>> [span(said, 100) for said in ("", "bytes=9-5", "bytes=-", "bytes=0-0,5-9", "items=0-5", "bytes=a-b")]
    [None, None, None, None, None, None]
    """
    found = _ONE.fullmatch(said)
    if not found or found[0].rstrip().endswith("=-"):
        return None
    if not found[1]:
        length = min(_count(found[2]), size)
        return (size - length, size) if length else (0, 0)
    first, last = _count(found[1]), _count(found[2]) if found[2] else size
    if last < first and found[2]:
        return None
    return (first, min(last + 1, size)) if first < size else (0, 0)


def _count(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= _HUGE else 10**_HUGE
