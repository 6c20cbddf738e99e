"""How much may go at once: a disk that is not there looks like a wish to withdraw everything."""

from __future__ import annotations

MOST, MOST_OF_A_HUNDRED, FEW = 256, 10, 20
"""What may go at once: no more things than that, and no larger part of all. hugo's deploy stops at 256 too.

`FEW` may always go, for a small station has no tenth that is worth a file.
"""


def too_many(going: int, of: int) -> bool:
    """Say whether so many are more than may go at once, of so many that there are.

    >>> too_many(20, 30), too_many(21, 210), too_many(22, 210), too_many(257, 100_000)
    (False, False, True, True)
    """
    return going > FEW and (going > MOST or going * 100 > of * MOST_OF_A_HUNDRED)
