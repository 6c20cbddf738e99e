"""Memory of sound that is done with, given back to the system."""

from __future__ import annotations

EVERY = 32
"""Passages after which it is asked for: some 15 minutes of sound."""


def give_back() -> None:
    """Have glibc give back what was freed; with another C library, nothing.

    It keeps large freed blocks for the next ones, in pieces that small values hold on to: a build of three
    hours took 298 MB, of which 235 MB were in use. Told to keep none (M_MMAP_THRESHOLD of 256 kB), it took a
    fifth more CPU.
    """
    import ctypes  # noqa: PLC0415 5 ms, for long episodes only

    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows has no library of all names
        return
    trim = getattr(library, "malloc_trim", None)
    if trim is not None:
        trim(0)
